"""A list of places that were drawn for 抽查."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

OF = {"sources": "污染源", "inspections": "检查过的地方"}
SIZE = 3


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


@dataclass(frozen=True)
class Lot:
    """What is drawn from, and how many: `size` of each unit, or with 0 `share` percent of what it has."""

    name: str = ""
    of: str = "sources"  # of OF
    units: tuple[str, ...] = ()  # codes or names; () all
    themes: tuple[str, ...] = ()  # of inspections
    kinds: tuple[str, ...] = ()  # of sources
    size: int = SIZE
    share: int = 10
