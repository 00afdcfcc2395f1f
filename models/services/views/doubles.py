"""Likely doubles: pairs for a list, and two records beside each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from models.services.views.lists import Record


@dataclass(frozen=True)
class Side:
    """One record of a pair, as a list shows it."""

    id: str
    number: str
    title: str
    township_name: str


@dataclass(frozen=True)
class Double:
    """Two records that may be one: the earlier in the ledger first."""

    table: str
    one: Side
    other: Side
    field: str  # whose number is the same; "" where only the text is alike
    label: str
    percent: int  # of the text that they have in common


@dataclass(frozen=True)
class Doubles:
    """The surest pairs, and how many there are in all."""

    count: int
    pairs: tuple[Double, ...]


@dataclass(frozen=True)
class Compared:
    """Two records whole, and the fields in which either says something: label, one, other (stored values)."""

    table: str
    one: Record
    other: Record
    fields: tuple[tuple[str, str, Any, Any], ...]  # name, label, one, other
