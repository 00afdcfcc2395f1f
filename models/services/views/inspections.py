"""Inspections as the window sees them: a list that says who looked where, and what came of it."""

from __future__ import annotations

from typing import NamedTuple


class InspectionLine(NamedTuple):
    """One inspection in a list. Days are ISO text, "" where none is written; counts are of questions."""

    id: str
    number: str
    day: str
    kind: str  # a word of INSPECTION_KIND
    state: str  # open finished zero
    themes: str  # what was gone by, in words
    place: str  # the source, the place, the village: as far as they are written
    unit_name: str
    people: str
    campaign: str  # its title; "" outside of any
    answered: int
    found: int  # answered 否
    registered: int  # of those, that became problems


class Themed(NamedTuple):
    """A theme that may be inspected: by its newest checklist."""

    theme: str
    title: str  # with whose version it is
    size: int  # questions


class Place(NamedTuple):
    """A source at which may be inspected."""

    id: str
    name: str
    village: str


class Asked(NamedTuple):
    """A campaign that has not ended."""

    id: str
    title: str
    checklists: str  # codes joined by ；


class InspectionChoices(NamedTuple):
    """What one chooses from when an inspection begins."""

    themes: tuple[Themed, ...]
    places: tuple[Place, ...]
    campaigns: tuple[Asked, ...]
    villages: tuple[str, ...]
