"""Figures of a day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from models.services.views.lists import Line


@dataclass(frozen=True)
class UnitFigures:
    """One row of the county's matrix: a unit and its counts today."""

    unit: str  # code, or the name as written where it is no unit yet
    name: str
    lights: dict[str, int]  # red orange yellow green grey done
    total: int
    completed: int
    closed: int
    no_dispatch: int  # problems that are told of monthly and lack this month's dispatch
    last_in: str | None  # ISO time of the newest package from it
    told_monthly: int = 0  # problems that are told of month by month

    @property
    def is_listed(self) -> bool:
        """Whether it is on the county's list; else it is a name as some record wrote it."""
        return self.unit.isdigit()


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
    notices: dict[str, int] = field(default_factory=dict[str, int])  # that count: open (of them overdue), replied
