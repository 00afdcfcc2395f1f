"""A workbook that is looked at or taken in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class ColumnView:
    """One column of a workbook and what it will become."""

    letter: str  # A, B, … AA
    heading: str  # all heading rows joined by " / "
    field: str | None  # None: not taken
    label: str
    samples: tuple[str, ...]
    sure: bool
    likely: tuple[tuple[str, str], ...] = ()  # where it is not sure: (field, label), the most likely first


@dataclass(frozen=True)
class RowView:
    """What one row of the workbook will do."""

    number: int  # row in the sheet
    state: str  # new changed same refused
    title: str
    record: str | None
    changes: tuple[tuple[str, Any, Any], ...]  # field, now, then
    cells: dict[str, str] = field(default_factory=dict[str, str])  # field → the cell that it is read from
    notes: tuple[CellNote, ...] = ()  # what is to be said of its cells


@dataclass(frozen=True)
class CellNote:
    """One cell that was refused, or kept as text because it is not sure."""

    cell: str  # A5
    value: str
    why: str
    suggestion: str = ""  # the date that was most likely meant


@dataclass(frozen=True)
class WorkbookView:
    """A workbook as understood, before (preview) or after it was taken in."""

    path: Path
    kind: str  # problems petitions sources
    sheet: str
    sheets: tuple[str, ...]
    as_of: str | None
    title: str
    grid: Sequence[tuple[str, ...]]  # the rows of the sheet as shown
    heading_rows: tuple[int, ...]  # sheet rows, 1-based
    columns: tuple[ColumnView, ...]
    rows: tuple[RowView, ...]
    rejected: tuple[CellNote, ...]
    flagged: tuple[CellNote, ...]
    new: int
    changed: int
    same: int
    refused: int
    written: bool
    passed: tuple[tuple[int, str], ...] = ()  # rows that are no records, and what they are
    converted: dict[str, str] = field(default_factory=dict[str, str])  # cell → the date that was worked out from it
    layout: str = ""  # of the headings: the same for the same template; "" where none is remembered
    heading: int | None = None  # the row that a person called the first of the headings
    mapping: dict[str, str] = field(default_factory=dict[str, str])  # what a person said of columns
    cells: dict[str, str] = field(default_factory=dict[str, str])  # cells that a person rewrote for this import
    remembered: bool = False  # the choices of an earlier import of this layout were used
