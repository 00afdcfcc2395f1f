"""What is shown of back-planning: the proposed milestones of one problem, and what was written of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


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
    doubts: tuple[str, ...]  # what to look at twice, in Chinese


@dataclass(frozen=True)
class Planned:
    """What one planning wrote, so that it can be taken back."""

    problem: str
    made: tuple[str, ...]  # ids of new measures
    moved: tuple[Milestone, ...]  # `due` is what was written
