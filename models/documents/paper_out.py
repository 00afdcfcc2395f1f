"""A paper as a workbook, for offices that file and sort what others print."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from models.documents.ledger_out import safe_text
from models.domain.paper import Book, Paper, Photos, Table, Text
from models.files import durable_write

_A4 = 9
_ACROSS = {False: 90, True: 140}  # letters over the width of a page: upright, across
_SONG = "宋体"
_THIN = Side(style="thin", color="FF000000")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,6})?")
_CHART_ROWS = 18  # that a chart covers
_GREY = PatternFill("solid", fgColor="FFEFEFEF")


def write_book(path: Path, book: Book) -> None:
    """Write papers as the sheets of one workbook, each set up for A4."""
    made = Workbook(write_only=True)
    for paper in book.papers:
        sheet: Any = made.create_sheet(paper.title[:31])
        told = [block.told() if isinstance(block, Photos) else block for block in paper.blocks]
        tables = [block for block in told if isinstance(block, Table)]
        widest = max(tables, key=lambda table: len(table.widths), default=Table((), (1,)))
        for at, width in enumerate(widest.widths):
            across = _ACROSS[paper.landscape] * width / sum(widest.widths)
            sheet.column_dimensions[get_column_letter(at + 1)].width = max(across, 5.0)
        _set_up(sheet, paper)
        title = paper.title if book.apart or book.title == paper.title else f"{book.title}（{paper.title}）"
        _Sheet(sheet, len(widest.widths), _ACROSS[paper.landscape]).write(title, paper)
    out = BytesIO()
    made.save(out)
    durable_write(path, out.getvalue())


def _set_up(sheet: Any, paper: Paper) -> None:
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    setup = sheet.page_setup
    setup.paperSize, setup.fitToWidth, setup.fitToHeight = _A4, 1, 0
    setup.orientation = "landscape" if paper.landscape else "portrait"
    sheet.oddFooter.center.text = "第 &P 页  共 &N 页"
    match paper.blocks:
        case (Table(headings=[_, *_]),):  # a list: its headings stay in sight, and stand on every page
            row = 2 + bool(paper.line)
            sheet.print_title_rows, sheet.freeze_panes = f"{row}:{row}", f"A{row + 1}"
        case _:
            pass


class _Sheet:
    """The one sheet, row after row."""

    def __init__(self, sheet: Any, columns: int, across: int) -> None:
        self._sheet, self._columns, self._across, self._row = sheet, columns, across, 0

    def write(self, title: str, paper: Paper) -> None:
        """All of a paper."""
        self._line(title, Font(name=_SONG, size=18, bold=True), "center")
        if paper.line:
            self._line(paper.line, Font(name=_SONG, size=11), "center")
        for block in paper.blocks:
            match block:
                case Text():
                    self._line(block.text, Font(name=_SONG, size=11, bold=block.strong), "left")
                case Table():
                    self._table(block)
                case Photos():
                    self._table(block.told())
        if paper.foot:
            self._line(paper.foot, Font(name=_SONG, size=11), "left")

    def _append(self, cells: Sequence[Cell]) -> None:
        self._row += 1
        self._sheet.append(cells)

    def _line(self, text: str, font: Font, across: str) -> None:
        lines = sum(-(-2 * len(line) // self._across) or 1 for line in text.split("\n"))
        if lines > 1:  # no program makes a merged row higher by itself
            self._sheet.row_dimensions[self._row + 1].height = lines * 18
        self._append([self._cell(text, font, across)])
        self._sheet.merged_cells.add(f"A{self._row}:{get_column_letter(self._columns)}{self._row}")

    def _table(self, table: Table) -> None:
        plain, bold = Font(name=_SONG, size=10), Font(name=_SONG, size=10, bold=True)
        large = Font(name=_SONG, size=16)
        if table.headings:
            self._append([self._cell(heading, bold, "center", boxed=True, grey=True) for heading in table.headings])
        for row in table.rows:
            self._append(
                [
                    self._cell(
                        said, large if at in table.large else plain,
                        "center" if at in table.centred else "left", boxed=True,
                        grey=not table.headings and at == 0, number=at in table.numbers,
                    )
                    for at, said in enumerate(row)
                ]
            )  # fmt: skip
        if table.chart and len(table.rows) > 1:
            self._chart(table)

    def _chart(self, table: Table) -> None:
        """Bars of the table that was written last, below it; its last row sums up and has none."""
        first, last = self._row - len(table.rows), self._row - 1
        bars: Any = BarChart()
        bars.type, bars.height, bars.width = "col", _CHART_ROWS * 0.5, 24
        for at in table.chart:
            bars.add_data(Reference(self._sheet, min_col=at + 1, min_row=first, max_row=last), titles_from_data=True)
        bars.set_categories(Reference(self._sheet, min_col=1, min_row=first + 1, max_row=last))
        for axis in (bars.x_axis, bars.y_axis):
            axis.delete = False  # else some programs draw none
        self._sheet.add_chart(bars, f"A{self._row + 2}")
        for _ in range(_CHART_ROWS):
            self._append([])

    def _cell(
        self, text: str, font: Font, across: str, *, boxed: bool = False, grey: bool = False, number: bool = False
    ) -> Cell:  # fmt: skip
        """A cell of text, also where the text looks like a formula; or of a number."""
        if number and _NUMBER.fullmatch(text):
            cell = WriteOnlyCell(self._sheet, value=float(text) if "." in text else int(text))
        else:
            cell = WriteOnlyCell(self._sheet, value=safe_text(text))
            cell.data_type = "s"
        cell.font = font
        cell.alignment = Alignment(horizontal=across, vertical="center", wrap_text=True)
        if boxed:
            cell.border = _BOX
        if grey:
            cell.fill = _GREY
        return cell
