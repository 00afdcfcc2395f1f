"""Figures of inspections: who looked and who was silent, what was found, and what became of it. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from models.domain import tally, words
from models.domain.tally import Item


@dataclass(frozen=True)
class Visit:
    """One inspection. `answers`: of each question the answer, and the id of the problem made of it ("" none)."""

    id: str
    unit: str
    day: str  # on which it was made; "" not said
    themes: tuple[str, ...] = ()
    zero: bool = False
    void_from: str | None = None
    campaign: str = ""
    village: str = ""
    source: str = ""
    people: str = ""
    answers: Mapping[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])

    def counts(self, as_of: str, since: str = "") -> bool:
        """Whether it was made by that day (and not before `since`), and is not void."""
        return since <= self.day <= as_of and bool(self.day) and (self.void_from is None or self.void_from > as_of)

    @property
    def findings(self) -> list[str]:
        """The questions that were answered 否."""
        return [item for item, (answer, _) in self.answers.items() if answer == "no"]


class Said(NamedTuple):
    """What a unit reported."""

    unit: str
    state: str  # of words.SAID
    inspections: int  # zero reports not among them
    zero: int
    findings: int


def said(units: Iterable[str], visits: Sequence[Visit]) -> list[Said]:
    """Of every unit what it reported, those that were silent too, in the order of the units."""
    return [_said(unit, [one for one in visits if one.unit == unit]) for unit in dict.fromkeys(units)]


def _said(unit: str, mine: Sequence[Visit]) -> Said:
    zero = sum(one.zero for one in mine)
    state = "silent" if not mine else "zero" if zero == len(mine) else "reported"
    return Said(unit, state, len(mine) - zero, zero, sum(len(one.findings) for one in mine))


@dataclass
class Cell:
    """Of one theme, or of one theme in one unit: how often looked, how much found, and what became of it."""

    inspections: int = 0
    findings: int = 0
    fates: Counter[str] = field(default_factory=Counter[str])

    def as_dict(self) -> dict[str, int]:
        """The counts by name; every fate is there."""
        return {"inspections": self.inspections, "findings": self.findings, **{f: self.fates[f] for f in words.FATE}}


class Found(NamedTuple):
    """One question that was answered 否: in which inspection, of which theme, and what became of it."""

    visit: Visit
    item: str
    theme: str
    problem: str  # its id; "" where it was not registered
    fate: str


def found(
    visits: Iterable[Visit], theme_of: Mapping[str, str], problems: Mapping[str, Item], as_of: str
) -> Iterator[Found]:
    """Every finding of these visits. `theme_of`: of a question; one that is not known here is of the theme ""."""
    for one in visits:
        for item in one.findings:
            made = one.answers[item][1]
            yield Found(one, item, theme_of.get(item, ""), made, fate(problems.get(made), as_of))


def matrix(
    visits: Iterable[Visit], theme_of: Mapping[str, str], problems: Mapping[str, Item], as_of: str
) -> dict[tuple[str, str], Cell]:
    """By unit and theme: the same findings, counted."""
    visits = list(visits)
    cells: dict[tuple[str, str], Cell] = {}
    for one in visits:
        for theme in one.themes:
            cells.setdefault((one.unit, theme), Cell()).inspections += 1
    for it in found(visits, theme_of, problems, as_of):
        cell = cells.setdefault((it.visit.unit, it.theme), Cell())
        cell.findings += 1
        cell.fates[it.fate] += 1
    return cells


def by_theme(cells: Mapping[tuple[str, str], Cell]) -> dict[str, Cell]:
    """The cells of all units added up."""
    sums: dict[str, Cell] = {}
    for (_, theme), cell in cells.items():
        total = sums.setdefault(theme, Cell())
        total.inspections += cell.inspections
        total.findings += cell.findings
        total.fates += cell.fates
    return sums


def fate(problem: Item | None, as_of: str) -> str:
    """What became of a finding by a day: of words.FATE. A problem that is void or not there yet is none."""
    if problem is None or not problem.counts(as_of):
        return "unregistered"
    now = tally.standing(problem, as_of)
    if now.closing == "closed":
        return "closed"
    if now.completed:
        return "completed"
    due = problem.about.get("deadline")
    ends = now.kind != "long_term" or problem.about.get("long_term_too") == "true"
    return "overdue" if isinstance(due, str) and ends and due < as_of else "open"
