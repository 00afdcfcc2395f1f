"""A paper as a workbook, for offices that file and sort what others print."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from models.documents.ledger_out import safe_text
from models.domain.paper import Paper, Table, Text
from models.files import durable_write

_A4 = 9
_ACROSS = {False: 90, True: 140}  # letters over the width of a page: upright, across
_SONG = "宋体"
_THIN = Side(style="thin", color="FF000000")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_GREY = PatternFill("solid", fgColor="FFEFEFEF")


def write_paper(path: Path, paper: Paper) -> None:
    """Write a paper as a workbook of one sheet, set up for A4."""
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(paper.title[:31])
    tables = [block for block in paper.blocks if isinstance(block, Table)]
    widest = max(tables, key=lambda table: len(table.widths), default=Table((), (1,)))
    for at, width in enumerate(widest.widths):
        across = _ACROSS[paper.landscape] * width / sum(widest.widths)
        sheet.column_dimensions[get_column_letter(at + 1)].width = max(across, 5.0)
    _set_up(sheet, paper)
    _Sheet(sheet, len(widest.widths)).write(paper)
    out = BytesIO()
    book.save(out)
    durable_write(path, out.getvalue())


def _set_up(sheet: Any, paper: Paper) -> None:
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    setup = sheet.page_setup
    setup.paperSize, setup.fitToWidth, setup.fitToHeight = _A4, 1, 0
    setup.orientation = "landscape" if paper.landscape else "portrait"
    sheet.oddFooter.center.text = "第 &P 页  共 &N 页"


class _Sheet:
    """The one sheet, row after row."""

    def __init__(self, sheet: Any, columns: int) -> None:
        self._sheet, self._columns, self._row = sheet, columns, 0

    def write(self, paper: Paper) -> None:
        """All of a paper."""
        self._line(paper.title, Font(name=_SONG, size=18, bold=True), "center")
        if paper.line:
            self._line(paper.line, Font(name=_SONG, size=11), "center")
        for block in paper.blocks:
            match block:
                case Text():
                    self._line(block.text, Font(name=_SONG, size=11, bold=block.strong), "left")
                case Table():
                    self._table(block)
        if paper.foot:
            self._line(paper.foot, Font(name=_SONG, size=11), "left")

    def _append(self, cells: Sequence[Cell]) -> None:
        self._row += 1
        self._sheet.append(cells)

    def _line(self, text: str, font: Font, across: str) -> None:
        self._append([self._cell(text, font, across)])
        self._sheet.merged_cells.add(f"A{self._row}:{get_column_letter(self._columns)}{self._row}")

    def _table(self, table: Table) -> None:
        plain, bold = Font(name=_SONG, size=10), Font(name=_SONG, size=10, bold=True)
        if table.headings:
            self._append([self._cell(heading, bold, "center", boxed=True, grey=True) for heading in table.headings])
        for row in table.rows:
            self._append(
                [
                    self._cell(
                        said, plain, "center" if at in table.centred else "left", boxed=True,
                        grey=not table.headings and at == 0,
                    )
                    for at, said in enumerate(row)
                ]
            )  # fmt: skip

    def _cell(self, text: str, font: Font, across: str, *, boxed: bool = False, grey: bool = False) -> Cell:
        """A cell of text, also where the text looks like a formula."""
        cell = WriteOnlyCell(self._sheet, value=safe_text(text))
        cell.data_type = "s"
        cell.font = font
        cell.alignment = Alignment(horizontal=across, vertical="center", wrap_text=True)
        if boxed:
            cell.border = _BOX
        if grey:
            cell.fill = _GREY
        return cell
