"""What is shown of figures broken down: the rows of one breakdown, and the records behind one of its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from models.domain.meaning import Meaning


@dataclass(frozen=True)
class Asked:
    """Which figures: of what, by what, of which day, from what was known by when, and how they are read."""

    table: str = "problem"
    way: str = "township"  # one of models/domain/breakdown.py
    as_of: date | None = None  # None: today
    known_by: date | None = None  # None: all that is known
    meaning: Meaning = field(default_factory=Meaning)
    across: str = ""  # the rows once more by this, as columns of their totals; "": the figures stand there


class Across(NamedTuple):
    """One column of a breakdown that is crossed with another."""

    name: str
    keys: tuple[str, ...]  # the values that stand in it
    light: str = ""  # where it is one


class FigureRow(NamedTuple):
    """The figures of one value of a breakdown, or of all."""

    key: str
    name: str
    counts: Mapping[str, int]  # figure → number
    rates: Mapping[str, str]  # completion closing, or finish closing → as it is written: 56.3%
    shares: Mapping[str, float]  # the same between 0 and 1; 0 of nothing
    cells: tuple[int, ...] = ()  # of the columns across: how many records


@dataclass(frozen=True)
class FigureTable:
    """One breakdown."""

    asked: Asked
    as_of: date
    label: str  # by what it is broken down
    several: bool  # a record may stand in several rows
    rows: tuple[FigureRow, ...]
    total: FigureRow
    paragraph: str
    meanings: tuple[tuple[str, str], ...]  # heading of a figure or rate, what it means as the switches stand
    across: tuple[Across, ...] = ()


class FigureLine(NamedTuple):
    """One record behind a number."""

    table: str
    id: str
    number: str
    title: str
    unit_name: str
    source: str
    deadline: str  # petitions: ""
    light: str
    pace: str
    stage: str  # as models/domain/words.py STAGE has it
