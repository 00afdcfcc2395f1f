"""What is told about cells besides what they become: dates that were worked out, and days that may have been meant."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable

from models.documents.rows import Row
from models.domain.deadline import FIRST_YEAR, LAST_YEAR, plain, read_day, read_deadline

_DATES = ("deadline", "found_on")
_YMD = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})\D*$")


def converted(rows: Iterable[Row]) -> dict[str, str]:
    """By address: the date that was read from a cell whose words are not that date: 46326, 6月底, 30天."""
    found: dict[str, str] = {}
    for row in rows:
        for name in _DATES:
            cell, value = row.cells.get(name), row.values.get(name)
            if cell and isinstance(value, str) and not _says(cell.text, value):
                found[cell.address] = value
        for fact in row.facts:
            cell, day = row.cells.get(fact.field), fact.day.isoformat() if fact.day else ""
            if cell and day and not _says(cell.text, day) and _means(cell.text, day):
                found[cell.address] = day
    return found


def _says(text: str, day: str) -> bool:
    """Whether the words show the very figures of the day."""
    return [int(part) for part in re.findall(r"\d+", text)][:3] == [int(part) for part in day.split("-")]


def _means(text: str, day: str) -> bool:
    """The day of a fact may come from another cell than its word."""
    read = read_day(text)
    return read is not None and read.day is not None and read.day.isoformat() == day


def day_meant(text: str, year: int | None = None) -> str:
    """The day that was most likely meant where a cell states none for certain; "" where nobody can tell.

    `year`: of the workbook, for dates that name none.
    """
    read = read_day(text, today_year=year)
    if read is not None and read.day is not None:
        return "" if read.sure else read.day.isoformat()
    limit = read_deadline(text, found_on=None)
    if limit.sure:
        return ""
    if limit.day is not None:
        return limit.day.isoformat()
    found = _YMD.search(plain(text))
    if not found:
        return ""
    year, month, day = (int(part) for part in found.groups())
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 and day):
        return ""
    return f"{year:04}-{month:02}-{min(day, calendar.monthrange(year, month)[1]):02}"
