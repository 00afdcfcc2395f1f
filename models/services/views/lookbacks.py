"""What is shown of look-backs: what the rule proposes, what is planned and made, and how far all is covered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from models.domain.lookbacks import Cover


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
    rank: int  # the place at which chance drew it, from 1


@dataclass(frozen=True)
class Proposal:
    """What a rule proposes; nothing is written."""

    name: str  # under which the sample is drawn
    rules: Mapping[str, Any]  # months sources share days, and size where a number is fixed
    basis: str  # by what it was drawn, in one sentence
    candidates: tuple[Candidate, ...]


class CoverLine(NamedTuple):
    """One problem that was closed, and how far it was looked at again since."""

    problem: str
    number: str
    title: str
    unit: str
    unit_name: str
    source: str
    year: str  # of its closing; "" where no day is known
    closed_on: str
    looked_on: str  # the newest look-back; "" where there is none
    state: str  # "" planned overdue fine below relapsed derived


@dataclass(frozen=True)
class Coverage:
    """How far closed problems were looked at again as of a day: by unit, by source, by year of closing."""

    as_of: str
    lines: tuple[CoverLine, ...]
    units: tuple[Cover, ...]
    sources: tuple[Cover, ...]
    years: tuple[Cover, ...]
    total: Cover


class LookbackLine(NamedTuple):
    """One look-back with its problem; "" where nothing is said."""

    id: str
    problem: str
    number: str
    title: str
    place: str
    source: str
    closed_on: str  # "" where no day is known
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
    undo: str = ""  # of a plan that was laid down just now: the token by which it is taken back
