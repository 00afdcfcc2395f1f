"""What services hand to the window and to the hatch: plain frozen values, no rows, no sessions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

Record = dict[str, Any]  # one record as docs and scripts see it: field name → JSON value


@dataclass(frozen=True)
class Here:
    """Who this home is."""

    unit: str  # code
    name: str
    kind: str  # county, township, department
    device: str  # 32 hex digits
    county: str = ""  # name of the county; "" while not enrolled
    enrolled: bool = False  # a county always is
    fingerprint: str = ""  # 24 digits in groups of four; "" while not enrolled


@dataclass(frozen=True)
class Touched:
    """What a verb changed, so that open pages know whether to look again."""

    table: str  # problem, petition, unit, exchange …; "*" after an import
    ids: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Query:
    """Which records of a list are wanted, in which order."""

    table: str = "problem"
    words: str = ""  # what was typed: words, numbers, pinyin or its initials; all must fit
    where: tuple[tuple[str, str], ...] = ()  # field = value; several values of one field mean any of them
    view: str = ""  # a named condition: one of VIEWS
    sort: str = ""  # a column of Line; "" the order of urgency
    descending: bool = False


# Named conditions of a list. Labels are the window's.
VIEWS = (
    "open", "overdue", "due_7", "due_30", "due_month", "no_dispatch", "unreported", "closed", "conflict", "review",
    "void",
)  # fmt: skip


class Line(NamedTuple):
    """One record in a list. Dates are ISO text or None; enum values are the stored English words."""

    row: int
    id: str
    number: str  # receipt number for petitions
    title: str  # description or content
    light: str  # red orange yellow green grey done; "" for petitions
    light_why: str  # one sentence: 逾期 8 天
    source: str  # batch for petitions
    township_name: str
    person: str
    deadline: str | None
    deadline_text: str
    deadline_kind: str
    days_left: int | None
    pace: str
    stage: str  # open completed closing closed (petitions: open staged finished closed)
    kinds: str  # categories or pollution kinds
    verified: str
    exchange: str  # unreported exported received
    conflicts: int


@dataclass(frozen=True)
class Hit:
    """One record or unit that fits what was typed, and where the words stand in it."""

    table: str  # problem petition unit
    id: str  # of a unit its code
    number: str
    title: str
    row: int = 0  # its row number in the list of its kind
    light: str = ""
    light_why: str = ""
    township_name: str = ""
    where: str = ""  # label of the field that the extract is from
    extract: str = ""
    marks: tuple[tuple[str, int, int], ...] = ()  # part (number title township extract), from, to


@dataclass(frozen=True)
class HitGroup:
    """All of one kind that fit: how many, and the first of them."""

    table: str
    count: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True)
class Hits:
    """What fits the words that were typed."""

    words: str
    groups: tuple[HitGroup, ...] = ()

    @property
    def count(self) -> int:
        """How many fit."""
        return sum(group.count for group in self.groups)


@dataclass(frozen=True)
class Facet:
    """One value of a field with the number of records that have it: what a filter offers."""

    value: str
    label: str
    count: int


class BulkLine(NamedTuple):
    """What changing many records at once will do to one of them."""

    row: int
    id: str  # "" where the record is gone
    number: str
    title: str
    state: str  # change same refused
    changes: tuple[tuple[str, Any, Any], ...]  # field, now, then
    why: str = ""  # why it cannot be changed


@dataclass(frozen=True)
class BulkPlan:
    """What changing many records at once will do, looked at before anything is written."""

    table: str
    values: tuple[tuple[str, str], ...]  # field, text as typed
    lines: tuple[BulkLine, ...]  # one for each record that was asked for, in that order
    changed: int
    same: int
    refused: int
    at: int  # how long the log was: a record that somebody changes later is not changed by this plan


@dataclass(frozen=True)
class Change:
    """One line of the history of a record."""

    at: str  # ISO time with zone, as the writing PC stated it
    by: str  # user as written
    unit: str  # code
    unit_name: str
    device: str
    record: str
    table: str
    field: str
    label: str
    old: Any
    new: Any
    why: str = ""
    applied: bool = True


# ------------------------------------------------------------------------------------------------- figures


@dataclass(frozen=True)
class UnitFigures:
    """One row of the county's matrix: a unit and its counts today."""

    unit: str  # code, or the name as written where it is no unit yet
    name: str
    lights: dict[str, int]  # red orange yellow green grey done
    total: int
    completed: int
    closed: int
    no_dispatch: int  # open problems without a dispatch for this month
    last_in: str | None  # ISO time of the newest package from it

    @property
    def open(self) -> int:
        """Problems that are neither completed nor on their way to be closed."""
        return self.total - self.completed


@dataclass(frozen=True)
class Asks:
    """What an open problem asks of its people, beside its light."""

    dispatched: bool  # the dispatch of this month is there
    measures: int = 0
    measures_done: int = 0
    measures_late: int = 0


@dataclass(frozen=True)
class DayFigures:
    """The figures of one day, of the whole ledger and of each unit."""

    day: date
    total: int
    time_limited: int
    completed: int  # time-limited ones, as in the tally
    closed: int
    units: dict[str, tuple[int, int]]  # code → problems, and how many of them are completed, long-term ones too


@dataclass(frozen=True)
class Overview:
    """The first page: figures of today."""

    today: date
    lights: dict[str, int]
    total: int
    time_limited: int
    long_term: int
    completed: int
    closing: int
    closed: int
    petitions: int
    petitions_finished: int
    overdue: int
    due_7: int
    due_30: int
    no_dispatch: int
    unreported: int
    exported: int
    conflicts: int
    urgent: tuple[Line, ...]  # at most eight, most urgent first
    units: tuple[UnitFigures, ...]  # county: every unit; township: itself
    paragraph: str  # the sentence with all figures
    listed: int = 0  # rows of the list of problems: what all lights add up to
    listed_closed: int = 0  # of them, closed ones, long-term ones too
    petitions_listed: int = 0
    petitions_open: int = 0  # neither finished nor closed
    asks: dict[str, Asks] = field(default_factory=dict[str, Asks])  # of the urgent ones, by id
    next_due: Line | None = None  # the open problem that falls due next


# ------------------------------------------------------------------------------------------------- workbooks


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
    kind: str  # problems petitions
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
    layout: str = ""  # of the headings: the same for the same template
    heading: int | None = None  # the row that a person called the first of the headings
    mapping: dict[str, str] = field(default_factory=dict[str, str])  # what a person said of columns
    cells: dict[str, str] = field(default_factory=dict[str, str])  # cells that a person rewrote for this import
    remembered: bool = False  # the choices of an earlier import of this layout were used


# ------------------------------------------------------------------------------------------------- exchange


@dataclass(frozen=True)
class Written:
    """A package on the stick, read back and equal."""

    path: Path
    to: str  # unit code
    to_name: str
    number: int
    operations: int
    files: int
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Exported:
    """All packages of one export."""

    packages: tuple[Written, ...]
    skipped: tuple[tuple[str, str], ...]  # unit code, why
    warnings: tuple[str, ...]
    failed: tuple[NotWritten, ...] = ()  # those that the others did not wait for


@dataclass(frozen=True)
class NotWritten:
    """A package that was to be written and was not, and why."""

    unit: str
    name: str
    message: str
    way_out: str = ""


@dataclass(frozen=True)
class Outlook:
    """What the next package to a unit would hold, before it is written."""

    unit: str
    name: str
    number: int
    counts: tuple[tuple[str, int], ...]  # table, records of it
    new: int  # operations that no written package holds yet
    again: int  # operations that were written before and not acknowledged
    warnings: tuple[str, ...] = ()  # 校核: what a person should know


@dataclass(frozen=True)
class Passage:
    """One package that left or came: a line of the journal."""

    way: str  # out in
    unit: str
    name: str
    number: int
    at: str  # ISO time: written, or imported
    file: str = ""
    operations: int = 0
    state: str = ""  # out: exported received nothing (it carried only receipts); in: imported older
    answered: str = ""  # out: when the receipt came, if it was for this very package
    created: int = 0
    updated: int = 0
    conflicts: int = 0
    held: int = 0
    message: str = ""  # in: the report as it was said then


@dataclass(frozen=True)
class Journal:
    """A page of the journal, newest first."""

    lines: tuple[Passage, ...]
    total: int


@dataclass(frozen=True)
class PackageCard:
    """What can be said of a file without taking it in."""

    path: Path
    state: str  # new already older other damaged newer unknown enrol own
    message: str
    sender: str = ""  # unit code
    sender_name: str = ""
    to: str = ""
    to_name: str = ""
    number: int = 0
    kind: str = ""  # data files enrol welcome
    made: str = ""
    bytes: int = 0
    operations: int = 0
    genuine: bool = False
    for_us: bool = False
    fingerprint: str = ""  # of an enrolment request or a welcome


@dataclass(frozen=True)
class PreviewLine:
    """One change that a package brings."""

    what: str  # new updated conflict held
    table: str
    record: str
    title: str
    number: str
    field: str
    label: str
    now: Any
    then: Any
    why: str = ""


@dataclass(frozen=True)
class Report:
    """What taking in one package did, or would do."""

    path: Path
    result: str  # imported already skipped refused
    message: str
    code: str = ""
    way_out: str = ""
    sender: str = ""
    sender_name: str = ""
    number: int = 0
    older: bool = False
    fork: bool = False
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    conflicts: int = 0
    held: int = 0  # operations or fields held and not applied
    refused_operations: int = 0  # operations not held because their author cannot be believed
    files: int = 0
    missing_files: int = 0
    changes: tuple[PreviewLine, ...] = ()


@dataclass(frozen=True)
class Peer:
    """One unit that this home exchanges with, and how far the exchange is."""

    unit: str
    name: str
    kind: str
    waiting: int  # operations that no written package holds yet
    unacknowledged: int  # operations in written packages without acknowledgement
    devices: int
    last_out: str | None
    last_out_number: int | None
    last_in: str | None
    last_in_number: int | None
    forks: int
    missing_files: int = 0
    oldest_out: str | None = None  # when the oldest package was written whose receipt is waited for
    oldest_out_number: int | None = None


@dataclass(frozen=True)
class Head:
    """One of several values that stand beside each other."""

    value: Any
    by: str
    unit: str  # code
    unit_name: str
    device: str
    at: str


@dataclass(frozen=True)
class Conflict:
    """Two or more different values of one field, none of which knew of the other."""

    id: str
    table: str
    record: str
    root: str
    title: str
    number: str
    field: str
    label: str
    heads: tuple[Head, ...]
    mine: bool  # this unit may settle it
    before: Any = None


@dataclass(frozen=True)
class UnitView:
    """A unit that the county deals with."""

    code: str
    kind: str
    name: str
    devices: int = 0
    problems: int = 0


@dataclass(frozen=True)
class Finding:
    """One thing that a check found."""

    level: str  # note, warning, damage
    text: str


@dataclass(frozen=True)
class CheckResult:
    """What `check` found."""

    ok: bool
    findings: tuple[Finding, ...] = field(default=())
