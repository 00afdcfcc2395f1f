"""Lists, one record, its history, what was searched, and several records changed at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

Record = dict[str, Any]  # one record as docs and scripts see it: field name → JSON value


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
    "unclaimed", "void",
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
    exchange_said: str  # the same in the words of this side
    conflicts: int


@dataclass(frozen=True)
class Hit:
    """One record or unit that fits what was typed, and where the words stand in it."""

    table: str  # problem petition source village unit
    id: str  # of a unit its code, of a village that of its unit
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
    unit: str = ""  # code of the unit whose record it is


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
