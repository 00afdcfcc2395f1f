"""What a list shows of pollution sources, and which two may be one."""

from __future__ import annotations

from typing import NamedTuple


class SourceLine(NamedTuple):
    """One source in a list. Dates are ISO text, "" where there is none."""

    row: int
    id: str
    number: str
    name: str
    kind: str
    unit: str
    unit_name: str
    village: str
    place: str
    person: str
    phone: str
    expires_on: str  # of the permit that ends first
    expiry: str  # ended soon; "" where nothing is to be said
    doubts: tuple[str, ...]  # of credit code and coordinates, in words
    inspected_on: str  # the last time
    problems: int  # found here, and not closed
    repeated: int  # questions that were answered 否 more than once
    double: str  # why it may be one with another source; "" where it is not
    void: bool
    exchange: str
    exchange_said: str


class LikelyDouble(NamedTuple):
    """Another source that may be the same one, and why."""

    id: str
    number: str
    name: str
    village: str
    place: str
    why: str
