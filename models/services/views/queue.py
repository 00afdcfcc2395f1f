"""What waits for a decision at this desk: one line for each, the longest waiting first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class WaitingLine(NamedTuple):
    """One problem, and what is to be decided of it."""

    problem: str  # id
    number: str
    title: str
    unit_name: str
    light: str
    light_why: str
    since: str  # the day on which it was asked, or on which it was completed; "" unknown
    label: str  # of the step, or the kind of the request in words
    verb: str  # of the step; "" for a request
    stage: str
    request: str  # id of the request; "" for a step

    @property
    def key(self) -> tuple[str, str]:
        """What the line is, whatever it says of the problem."""
        return self.problem, self.request or self.stage or self.verb


@dataclass(frozen=True)
class WaitingSheet:
    """All that waits for who sits here."""

    lines: tuple[WaitingLine, ...]
    others: int = 0  # that somebody else has to decide, because this user took himself what is judged
    role: bool = True  # whether this user may decide at all
