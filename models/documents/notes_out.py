"""A list of the cells of a workbook that were not taken, as a small workbook to mend the ledger by."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font

from models.documents.ledger_out import safe_text
from models.files import durable_write

_HEADINGS = (("单元格", 10), ("哪一条", 44), ("表里写的", 30), ("为什么", 60))
_LINE = tuple[str, str, str, str]


def write_notes(path: Path, title: str, lines: Iterable[_LINE]) -> None:
    """Write address, record, value and reason of each cell."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("要改的格子")
    for at, (_, width) in enumerate(_HEADINGS):
        sheet.column_dimensions["ABCD"[at]].width = width
    sheet.append([_cell(sheet, f"{title}：没有导入或要再看一眼的格子", bold=True)])
    sheet.append([_cell(sheet, heading, bold=True) for heading, _ in _HEADINGS])
    for line in lines:
        sheet.append([_cell(sheet, text) for text in line])
    out = BytesIO()
    book.save(out)
    durable_write(path, out.getvalue())


def _cell(sheet: Any, text: str, *, bold: bool = False) -> Cell:
    cell = WriteOnlyCell(sheet, value=safe_text(text))
    cell.data_type = "s"  # a text that looks like a formula stays text
    cell.font = Font(bold=bold)
    cell.alignment = Alignment(wrap_text=not bold, vertical="top")
    return cell
