"""The figures of a report as a pure function of dated facts: the same day gives the same figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from models.domain import facts
from models.domain.light import SLOW
from models.domain.operation import Value


@dataclass(frozen=True, slots=True)
class Item:
    """What the figures ask of one record. Days are ISO text; a found day of "" holds from the beginning."""

    unit: str
    source: str = ""
    found_on: str | None = None
    void_from: str | None = None
    kind: Value = None
    completed: Value = None
    closing: Value = None
    pace: Value = None
    finish: Value = None
    group: str = ""  # the record that it was merged into, or itself: counts once where asked
    opened: tuple[str, ...] = ()  # days on which it was opened again, oldest first
    id: str = ""
    dispatches: str = ""  # month and pace of each monthly dispatch: "2024-04 behind;2024-05 ahead"
    relapses: tuple[str, ...] = ()  # of the days in `opened` those of a relapse
    circular: Value = None
    about: Mapping[str, Any] = field(default_factory=dict[str, Any])  # fields that hold whatever the day: trade …
    accepted: tuple[tuple[str, str], ...] = ()  # stages of acceptance that were passed, each with its day
    applied: tuple[str, ...] = ()  # days on which closing was applied for

    def cycle(self, as_of: str) -> int:
        """In which round of rectification it was on that day."""
        return 1 + sum(day <= as_of for day in self.opened)

    def found(self) -> str:
        """From which day the record counts: never later than its earliest dated fact."""
        days = [d for v in (self.completed, self.closing, self.finish) if (d := facts.first_day(v))]
        return min([self.found_on or "", *days]) if self.found_on else ""

    def counts(self, as_of: str) -> bool:
        """Whether it is there on that day: found, and not yet void."""
        return self.found() <= as_of and (self.void_from is None or self.void_from > as_of)


class Standing(NamedTuple):
    """How a problem stands on a day."""

    kind: str
    completed: bool
    closing: str  # none closing closed
    pace: str
    cycle: int


def standing(item: Item, as_of: str) -> Standing:
    """How a problem stands on a day; what is closed is completed."""
    events = facts.applied(item.closing, item.completed, item.applied) if item.applied else item.closing
    closing = facts.state(events, as_of) or "none"
    completed = closing == "closed" or facts.state(item.completed, as_of) == "completed"
    kind, pace = facts.state(item.kind, as_of) or "", facts.state(item.pace, as_of) or ""
    return Standing(kind, completed, closing, pace, item.cycle(as_of))


@dataclass
class ProblemCounts:
    """Problems on a day. closed ⊆ completed; remaining = time_limited - completed."""

    total: int = 0
    time_limited: int = 0
    long_term: int = 0
    completed: int = 0
    closed: int = 0
    closing: int = 0
    remaining: int = 0
    long_term_completed: int = 0
    long_term_closed: int = 0
    reopened: int = 0  # those that are in their second round or a later one
    behind: int = 0  # unfinished ones that do not keep pace
    pace: Counter[str] = field(default_factory=Counter[str])

    def add(self, one: Standing) -> None:
        """Count one problem that is there on the day of which its standing is."""
        completed, closed = one.completed, one.closing == "closed"
        self.total += 1
        self.reopened += one.cycle > 1
        if not completed:
            self.pace[one.pace] += 1
            self.behind += one.pace in SLOW
        if one.kind == "long_term":
            self.long_term += 1
            self.long_term_completed += completed
            self.long_term_closed += closed
            return
        self.time_limited += 1
        self.completed += completed
        self.closed += closed
        self.closing += completed and one.closing == "closing"
        self.remaining += not completed


@dataclass
class PetitionCounts:
    """Petitions on a day. `completed` counts 已办结; 阶段性办结 is `staged`."""

    total: int = 0
    completed: int = 0
    staged: int = 0
    closed: int = 0

    def add(self, item: Item, as_of: str) -> None:
        """Count one petition that is there on that day."""
        finish = facts.state(item.finish, as_of)
        self.total += 1
        self.completed += finish == "finished"
        self.staged += finish == "staged"
        self.closed += facts.state(item.closing, as_of) == "closed"


def problems(items: Iterable[Item], as_of: str) -> ProblemCounts:
    """The figures of problems on a day."""
    counts = ProblemCounts()
    for item in items:
        if item.counts(as_of):
            counts.add(standing(item, as_of))
    return counts


def once(items: Iterable[Item]) -> list[Item]:
    """Of records that were merged into one another only the first."""
    seen: set[str] = set()
    first: list[Item] = []
    for item in items:
        if not item.group or item.group not in seen:
            first.append(item)
            seen.add(item.group)
    return first


def petitions(items: Iterable[Item], as_of: str, *, merged_once: bool = False) -> PetitionCounts:
    """The figures of petitions on a day; merged ones once where asked."""
    counts = PetitionCounts()
    here = [item for item in items if item.counts(as_of)]
    for item in once(here) if merged_once else here:
        counts.add(item, as_of)
    return counts


def _pace(problem: ProblemCounts, unfinished: int) -> str:
    """What is known of the pace of what is left; what nobody has told is not said to be in time."""
    if not unfinished:
        return ""
    parts = [(problem.behind, "未达序时进度"), (problem.pace[""], "还没有填报序时进度")]
    told = "，".join(f"{count}个{what}" for count, what in parts if count)
    return f"正在推进，其中{told}" if told else "都在有序推进，均达序时进度"


def paragraph(problem: ProblemCounts, petition: PetitionCounts, day: str) -> str:
    """The sentence with all figures, as the county's leader reads it out."""
    year, month, of_month = day.split("-")
    endless = problem.long_term - problem.long_term_completed
    staged = f"阶段性办结{petition.staged}个，" if petition.staged else ""
    return (
        f"截至{year}年{int(month)}月{int(of_month)}日，各类生态环境督察反馈、披露问题共{problem.total}个，"
        f"其中限期整改{problem.time_limited}个，长期坚持{problem.long_term}个。"
        f"限期整改问题已完成{problem.completed}个（其中{problem.closed}个已销号，{problem.closing}个正在销号中），"
        f"剩余{problem.remaining}个限期整改问题和{endless}个长期坚持问题{_pace(problem, problem.remaining + endless)}。"
        f"交办信访件共{petition.total}个，已完成整改{petition.completed}个，{staged}销号{petition.closed}个。"
    )
