"""A workbook as plain data, which is all that comes back from the child process that opened it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple


class Kind(StrEnum):
    """What a cell holds."""

    TEXT = "t"
    NUMBER = "n"
    DATE = "d"  # text is ISO: 2024-06-30, or 2024-06-30T08:00:00
    MONTH = "m"  # a date whose format shows no day: text is 2024年6月
    TIME = "h"  # a time of day, or a span
    BOOL = "b"  # text is 是 or 否
    ERROR = "e"  # text is #N/A, #REF! …
    FORMULA = "f"  # a formula that nobody calculated: text is the formula


class RawCell(NamedTuple):
    """One cell: what it holds, and how it reads."""

    kind: Kind
    text: str


class Area(NamedTuple):
    """A merged range, 0-based, both corners inside."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class RawSheet:
    """One sheet. A row ends at its last cell that holds anything; an empty cell is None."""

    name: str
    visible: bool
    rows: list[list[RawCell | None]]
    merges: list[Area] = field(default_factory=list[Area])


@dataclass(frozen=True)
class RawBook:
    """A workbook file."""

    format: str  # xlsx xls xlsb ods csv
    sheets: list[RawSheet]
    name: str = ""  # of the file, without folder and suffix
    epoch_1904: bool = False  # a number without date format counts from 1904
    formats_known: bool = False  # whether a date can be told from a month
    encoding: str = ""  # of a csv file
    macros: bool = False  # there were macros; they were not looked at


@lru_cache(maxsize=1024)
def letter(column: int) -> str:
    """The letters of a column, 0-based: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """The name of a cell, both numbers 0-based."""
    return f"{letter(column)}{row + 1}"
