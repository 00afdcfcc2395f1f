"""What a workbook says once it is understood: plain frozen values that the service compares with the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Cell:
    """One cell as it stands in the sheet."""

    address: str  # F12
    text: str


@dataclass(frozen=True)
class Note:
    """One cell that was not taken, or was taken with doubt, and why."""

    cell: str
    value: str
    why: str


@dataclass(frozen=True)
class Fact:
    """One event of a facts field (models.domain.fields): the state, and the day if the workbook states one."""

    field: str  # deadline_kind pace completed_on closing_stage finish_state
    state: str
    day: date | None = None


@dataclass(frozen=True)
class Row:
    """One record as the workbook states it.

    - `values` holds only what the row says: an empty cell says nothing. Dates are ISO text, lists joined by ；,
      choices their English words; `remark` is a value too.
    - `cells` names the cell that each value or fact came from, and its text before reading.
    - With `refused` the row cannot be taken as a record; `rejected` cells are not taken, but their text stands in
      the remark; `flagged` cells were taken, or kept as text, and want a look.
    """

    number: int  # row in the sheet, 1-based
    title: str
    values: dict[str, str | int | float] = field(default_factory=dict[str, str | int | float])
    facts: tuple[Fact, ...] = ()
    cells: dict[str, Cell] = field(default_factory=dict[str, Cell])
    refused: tuple[Note, ...] = ()
    rejected: tuple[Note, ...] = ()
    flagged: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Column:
    """One column that holds anything, and what becomes of it."""

    letter: str
    heading: str  # all heading rows joined by " / "
    field: str | None  # None: not taken
    samples: tuple[str, ...]
    sure: bool
    likely: tuple[str, ...] = ()  # where it is not sure: the fields that it may be, the most likely first


@dataclass(frozen=True)
class Understood:
    """A sheet as a table of records."""

    sheet: str
    sheets: tuple[str, ...]  # the names that may be chosen instead, hidden ones included
    as_of: date | None
    title: str
    unit_line: str  # 填报单位：… as written
    grid: Sequence[tuple[str, ...]]  # all rows as shown, made when they are looked at
    heading_rows: tuple[int, ...]  # 1-based
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    passed: tuple[tuple[int, str], ...]  # rows below the headings that are no data, and what they are
    flagged: tuple[Note, ...]  # what is to be said of the sheet as a whole
    fingerprint: str  # of the headings: the same for the same template
