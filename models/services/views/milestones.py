"""What is shown of back-planning: the proposed milestones of one problem, and what was written of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from models.domain import backplan
from models.domain.calendar import Calendar


class Milestone(NamedTuple):
    """One proposed milestone; days are ISO text."""

    id: str  # of the measure that it moves; "" for a new one
    text: str
    due: str
    before: str  # the day that stands there now; "" where none does
    state: str  # new moved same


@dataclass(frozen=True)
class Backplan:
    """A proposal; nothing is written."""

    problem: str
    template: str
    templates: tuple[str, ...]  # the county's, by name
    start: str
    deadline: str
    lines: tuple[Milestone, ...]
    done: tuple[str, ...]  # milestones of this round that were reached: they are not proposed again
    calendar: Calendar = field(repr=False)  # of this home

    def doubts(self, days: Iterable[tuple[str, date]] | None = None) -> list[str]:
        """What to look at twice, in Chinese: in the proposal, or in the names and days that a person chose."""
        said = ((one.text, date.fromisoformat(one.due)) for one in self.lines) if days is None else days
        nodes = [backplan.Node(*one) for one in said]
        return backplan.doubts(nodes, date.fromisoformat(self.deadline), self.calendar)


@dataclass(frozen=True)
class Planned:
    """What one planning wrote, so that it can be taken back."""

    problem: str
    made: tuple[str, ...]  # ids of new measures
    moved: tuple[Milestone, ...]  # `due` is what was written
