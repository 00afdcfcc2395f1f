"""What is shown of the monthly dispatch: the sheet of a month, the units of a county, what was written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

# How far one problem is in a month. `again`: the unit changed what the county had returned.
STATES = ("missing", "reported", "again", "returned", "accepted")


class Entry(NamedTuple):
    """What was said of a problem in one month; "" where nothing was."""

    pace: str = ""
    progress: str = ""
    difficulties: str = ""
    next_step: str = ""
    zero: bool = False  # nothing moved, and the unit says so
    reported_on: str = ""
    judgement: str = ""  # accepted returned
    opinion: str = ""


class MonthLine(NamedTuple):
    """One problem in the sheet of a month."""

    row: int
    id: str
    number: str
    title: str
    light: str
    light_why: str
    unit: str  # code; the name as written where it is no unit yet
    unit_name: str
    deadline: str
    last: Entry | None  # of the month before
    now: Entry | None
    state: str  # one of STATES
    late: bool  # reported after the due day; or the day is past and nothing is reported

    @property
    def is_told(self) -> bool:
        """Whether this month's is there, whatever the county thinks of it."""
        return self.now is not None


@dataclass(frozen=True)
class MonthUnit:
    """How far one unit is in a month. All are counts of problems."""

    unit: str
    name: str
    expected: int = 0
    reported: int = 0  # zero reports too
    zero: int = 0
    missing: int = 0
    late: int = 0
    waiting: int = 0  # for the county's judgement
    returned: int = 0
    accepted: int = 0


@dataclass(frozen=True)
class MonthSheet:
    """Every problem that is to be told of in a month, as this home knows it."""

    month: str  # 2024-05
    due: str  # ISO date of the due day
    today: str
    lines: tuple[MonthLine, ...]
    units: tuple[MonthUnit, ...]
    phrases: dict[str, list[str]]  # field → stock phrases; `opinion` those of a return

    @property
    def total(self) -> MonthUnit:
        """All units together."""
        names = ("expected", "reported", "zero", "missing", "late", "waiting", "returned", "accepted")
        return MonthUnit("", "", *(sum(getattr(one, name) for one in self.units) for name in names))


@dataclass(frozen=True)
class Saved:
    """What a verb did with the rows it was given."""

    month: str
    written: tuple[str, ...]  # ids of problems whose entry changed
    same: int  # rows that said nothing new
