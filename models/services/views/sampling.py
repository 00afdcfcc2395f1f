"""A list of places that were drawn for 抽查."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Drawn(NamedTuple):
    """One place: a source, or what a unit inspected."""

    id: str
    number: str
    title: str
    unit: str
    unit_name: str
    kind: str  # of the source, or the themes that were gone by, in words
    place: str
    looked_on: str  # ISO day of its newest inspection; "" never
    rank: int = 0  # the place at which chance drew it in its unit, from 1


@dataclass(frozen=True)
class Sample:
    """What was drawn; nothing is written."""

    name: str
    of: str
    basis: str  # by what it was drawn, in one sentence
    candidates: int
    lines: tuple[Drawn, ...]
