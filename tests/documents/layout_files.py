"""A generated ledger as the bytes of a file."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import datetime
from random import Random

import openpyxl
import xlwt

Merge = tuple[int, int, int, int]  # top, left, bottom, right


@dataclass
class Sheet:
    """The cells of a sheet and its merged ranges, 0-based."""

    rows: list[list[object]]
    merges: list[Merge]
    random: Random


def as_xlsx(made: Sheet, *, others: bool, hide_a_row: bool) -> bytes:
    """A workbook; `others`: with an explanation in front and last year's table hidden behind."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "台账"
    if others:
        book.create_sheet("填报说明", 0).append(["填报说明：问题来源、整改时限、责任单位按方案填写"])
        hidden = book.create_sheet("2023年旧表")
        hidden.sheet_state = "hidden"
        for row in made.rows[:12]:
            hidden.append(row)
    for at, row in enumerate(made.rows, start=1):
        for place, value in enumerate(row, start=1):
            if value is None:
                continue
            cell = sheet.cell(at, place, value)
            if isinstance(value, datetime):
                cell.number_format = made.random.choice(['yyyy"年"m"月"d"日"', "yyyy-mm-dd", "yyyy/m/d;@"])
    sheet.row_dimensions[len(made.rows) // 2].hidden = hide_a_row
    for top, left, bottom, right in made.merges:
        sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_xls(made: Sheet) -> bytes:
    """A workbook of the old kind."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("台账")
    dated = xlwt.easyxf(num_format_str='yyyy"年"m"月"d"日"')
    for at, row in enumerate(made.rows):
        for place, value in enumerate(row):
            if value is not None:
                sheet.write(at, place, value, *([dated] if isinstance(value, datetime) else []))
    for top, left, bottom, right in made.merges:
        if (top, left) != (bottom, right):
            sheet.merge(top, bottom, left, right)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_csv(made: Sheet) -> bytes:
    """A text table, in which merged cells are one cell and empty ones."""
    out = io.StringIO()
    lines = [["" if value is None else value for value in row] for row in made.rows]
    csv.writer(out, delimiter=made.random.choice(",;\t")).writerows(lines)
    return out.getvalue().encode(made.random.choice(["gb18030", "gbk", "utf-8", "utf-8-sig", "utf-16"]), "replace")
