"""What is shown of notices beside the records themselves: a draft, and what the lights propose."""

from __future__ import annotations

from typing import NamedTuple


class Draft(NamedTuple):
    """What a notice of a kind says before anybody changes it; places in braces are filled in when it is issued."""

    kind: str
    title: str
    text: str
    answer_by: str  # ISO date


class Proposal(NamedTuple):
    """A notice that a lasting light asks for."""

    kind: str
    problem: str  # id
    number: str
    title: str
    unit: str  # code
    unit_name: str
    light: str  # red or orange
    light_why: str
    why: str

    @property
    def id(self) -> str:
        """By what it is told from the others: a problem is proposed for once."""
        return self.problem
