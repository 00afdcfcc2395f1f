"""What is shown of look-backs: what the rule proposes, what is planned and made, and how far all is covered."""

from __future__ import annotations

from typing import NamedTuple


class Candidate(NamedTuple):
    """A closed problem that the rule speaks of."""

    id: str
    number: str
    title: str
    unit: str
    unit_name: str
    source: str
    closed_on: str
    chosen: bool  # drawn into the sample


class LookbackLine(NamedTuple):
    """One look-back with its problem; "" where nothing is said."""

    id: str
    problem: str
    number: str
    title: str
    unit: str
    unit_name: str
    plan: str
    due: str
    looked_on: str
    people: str
    state: str  # planned overdue fine below relapsed derived
    opinion: str
    derived_problem: str


class LookbackUnit(NamedTuple):
    """How far a unit, or all of them, has come."""

    unit: str
    name: str
    planned: int
    done: int
    overdue: int
    relapsed: int
    derived: int


class LookbackSheet(NamedTuple):
    """All look-backs: those still to be made first."""

    lines: tuple[LookbackLine, ...]
    units: tuple[LookbackUnit, ...]
    total: LookbackUnit
