"""Writing the official ledger: a workbook that is printed on A3, and that reads back as the same records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import copy
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from models.documents.ledger_columns import OF_KIND, OutColumn, Record, Shown
from models.documents.refusals import TooLongForASheet
from models.documents.take_values import CUT
from models.documents.understanding import MADE_HERE
from models.domain import limits
from models.files import durable_write
from models.progress import Progress, Silent

CELL_CHARS = 32_767  # what one cell can hold, in UTF-16 units

_A3 = 8
_TOP_ROWS = 4  # title, unit line, two rows of headings
_ROWS = limits.SHEET_ROWS - 10
_GAP = " " * 12
_FOOT = _GAP.join(("填报单位（盖章）：{unit}", "填报人：", "审核人：", "联系电话：", "填报日期：    年  月  日"))
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LIKE_AN_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_LIKE_A_FORMULA = re.compile(r"^[=+\-@\t\r＝＋－\uff20]")
_THIN = Side(style="thin", color="FF808080")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_SONG = "宋体"
_STYLES = ("title", "line", "heading", "text", "centre", "date", "quoted")
_TELL_EVERY = 500


def write_ledger(
    path: Path, kind: str, records: Iterable[Record], *, unit_name: str, as_of: date, title: str,
    progress: Progress | None = None,
) -> int:  # fmt: skip
    """Write records (as `records show` gives them) as the official ledger; the number of rows written."""
    rows = list(records)
    if len(rows) > _ROWS:
        raise TooLongForASheet(path.name, f"{len(rows)} 条")
    columns = [c for c in OF_KIND[kind] if c.always or any(c.show(record) not in {"", None} for record in rows)]
    content = _Ledger(columns, title, unit_name, as_of).written(rows, progress or Silent())
    durable_write(path, content)
    return len(rows)


def safe_text(text: str) -> str:
    """The text as a cell can hold it: what XML cannot write is shown as �, what is too long ends in a mark."""
    text = _UNWRITABLE.sub("�", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _LIKE_AN_ESCAPE.sub("_x005F_", text)
    if len(text.encode("utf-16-le")) // 2 <= CELL_CHARS:
        return text
    kept = text.encode("utf-16-le")[: 2 * (CELL_CHARS - len(CUT))].decode("utf-16-le", "ignore")
    return kept + CUT


class _Ledger:
    """One workbook under way."""

    def __init__(self, columns: list[OutColumn], title: str, unit_name: str, as_of: date) -> None:
        self._columns = columns
        self._title, self._unit, self._as_of = title, unit_name, as_of
        self._two_rows = any(column.above for column in columns)
        self._last = get_column_letter(len(columns) + 1)
        self._book = Workbook(write_only=True)
        self._sheet: Any = self._book.create_sheet("台账")
        self._style = {name: self._pattern(name) for name in _STYLES}

    def written(self, rows: list[Record], progress: Progress) -> bytes:
        """The bytes of the workbook."""
        self._set_up(len(rows))
        try:
            self._write(rows, progress)
        except BaseException:  # cancelled: the library must let go of its temporary file
            self._sheet.close()
            self._sheet._writer.cleanup()  # noqa: SLF001
            raise
        out = BytesIO()
        self._book.save(out)
        return out.getvalue()

    def _write(self, rows: list[Record], progress: Progress) -> None:
        for line in self._top():
            self._sheet.append(line)
        for number, record in enumerate(rows, start=1):
            if number % _TELL_EVERY == 0:
                progress.step(number, len(rows), "正在写出台账")
            self._sheet.append(
                [self._cell("centre", number), *(self._value(column.show(record)) for column in self._columns)]
            )
        self._sheet.append([])
        self._sheet.append([self._cell("line", _FOOT.format(unit=safe_text(self._unit)))])

    def _set_up(self, count: int) -> None:
        sheet = self._sheet
        heading_rows = 2 if self._two_rows else 1
        first = _TOP_ROWS - 1
        sheet.freeze_panes = f"A{first + heading_rows}"
        sheet.print_title_rows = f"{first}:{first + heading_rows - 1}"
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        setup = sheet.page_setup
        setup.paperSize, setup.orientation, setup.fitToWidth, setup.fitToHeight = _A3, "landscape", 1, 0
        margins = sheet.page_margins
        margins.left = margins.right = 0.4
        margins.top, margins.bottom = 0.5, 0.6
        sheet.oddFooter.center.text = "第 &P 页  共 &N 页"
        sheet.column_dimensions["A"].width = 6
        for place, column in enumerate(self._columns, start=2):
            dimension = sheet.column_dimensions[get_column_letter(place)]
            dimension.width, dimension.hidden = column.width, column.hidden
        for row, height in enumerate((34, 22, 26, *((40,) if self._two_rows else ())), start=1):
            sheet.row_dimensions[row].height = height
        for area in self._merges(count, first, heading_rows):
            sheet.merged_cells.add(area)

    def _merges(self, count: int, first: int, heading_rows: int) -> Iterator[str]:
        for row in (1, 2, first + heading_rows + count + 1):
            yield f"A{row}:{self._last}{row}"
        if not self._two_rows:
            return
        yield f"A{first}:A{first + 1}"
        start = 0
        while start < len(self._columns):
            above = self._columns[start].above
            end = start
            while above and end + 1 < len(self._columns) and self._columns[end + 1].above == above:
                end += 1
            left, right = get_column_letter(start + 2), get_column_letter(end + 2)
            if not above:
                yield f"{left}{first}:{left}{first + 1}"
            elif end > start:
                yield f"{left}{first}:{right}{first}"
            start = end + 1

    def _top(self) -> Iterator[list[Any]]:
        yield [self._cell("title", self._title)]
        day = f"{self._as_of.year}年{self._as_of.month}月{self._as_of.day}日"
        yield [self._cell("line", f"填报单位：{self._unit}        截至日期：{day}        {MADE_HERE}")]
        headings = [c.heading for c in self._columns]
        if not self._two_rows:
            yield self._heading_row(["序号", *headings])
            return
        aboves = [c.above for c in self._columns]
        befores = ["", *aboves[:-1]]
        upper = [h if not a else "" if a == b else a for h, a, b in zip(headings, aboves, befores, strict=True)]
        yield self._heading_row(["序号", *upper])
        yield self._heading_row(["", *(h if a else "" for a, h in zip(aboves, headings, strict=True))])

    def _heading_row(self, texts: Iterable[str]) -> list[Any]:
        return [self._cell("heading", text) for text in texts]

    def _value(self, value: Shown) -> Any:
        match value:
            case date():
                return self._cell("date", value)
            case int() | float():
                return self._cell("centre", value)
            case _:
                text = str(value or "")
                return self._cell("quoted" if _LIKE_A_FORMULA.match(text) else "text", text)

    def _pattern(self, name: str) -> Any:
        cell: Any = WriteOnlyCell(self._sheet)
        bold = name in {"title", "heading"}
        cell.font = Font(name=_SONG, size={"title": 18, "line": 11}.get(name, 10), bold=bold)
        across = "left" if name in {"line", "text", "quoted"} else "center"
        cell.alignment = Alignment(horizontal=across, vertical="center", wrap_text=name != "line")
        if name not in {"title", "line"}:
            cell.border = _BOX
        if name == "heading":
            cell.fill = PatternFill("solid", fgColor="FFEAF1EC")
        if name == "date":
            cell.number_format = 'yyyy"年"m"月"d"日"'
        cell.quotePrefix = name == "quoted"
        return cell

    def _cell(self, style: str, value: str | float | date) -> Any:
        """A cell in one of the styles; a text is a text, whatever it looks like."""
        cell: Any = WriteOnlyCell(self._sheet)
        cell._style = copy(self._style[style]._style)  # noqa: SLF001 - the one fast way to share a style
        if isinstance(value, str):
            cell._value, cell.data_type = safe_text(value), "s"  # noqa: SLF001 - past the guess that = begins a formula
        elif isinstance(value, date):
            cell._value, cell.data_type = value, "d"  # noqa: SLF001
        else:
            cell._value, cell.data_type = value, "n"  # noqa: SLF001
        return cell
