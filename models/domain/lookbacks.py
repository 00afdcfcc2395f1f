"""Which closed problems are to be looked at again, by the county's rule; and what a look-back came to."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from math import ceil
from typing import Any, NamedTuple


class Closed(NamedTuple):
    """A problem that was closed, as the rule sees it."""

    id: str
    source: str
    closed_on: str  # ISO; "" where no day is known


def fits(closed: Closed, rules: Mapping[str, Any], today: date) -> bool:
    """Whether the rule speaks of this problem: closed in the last months, of one of its sources (none: of any)."""
    since = months_before(today, rules["months"]).isoformat()
    return since <= closed.closed_on <= today.isoformat() and (
        not rules["sources"] or closed.source in rules["sources"]
    )


def sample(ids: Iterable[str], share: int, name: str) -> list[str]:
    """So many percent of them, at least one, as chance has it: the same for all who draw under the same name."""
    every = sorted(ids, key=lambda one: sha256(f"{name}\0{one}".encode()).digest())
    return every[: ceil(len(every) * share / 100)]


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def state(row: Mapping[str, Any], today: str) -> str:
    """How far one look-back is: planned overdue, or what it came to: relapsed derived below fine."""
    if not row["looked_on"]:
        return "overdue" if row["due"] and row["due"] < today else "planned"
    if row["relapsed"] == "true":
        return "relapsed"
    if row["derived"] == "true":
        return "derived"
    return "below" if row["up_to_standard"] == "false" or row["feigned"] == "true" else "fine"


def counts(states: Sequence[str]) -> dict[str, int]:
    """Coverage: all that were planned or made, those made, those late, and what they came to."""
    waiting = sum(one in ("planned", "overdue") for one in states)
    return {
        "planned": len(states),
        "done": len(states) - waiting,
        "overdue": states.count("overdue"),
        "relapsed": states.count("relapsed"),
        "derived": states.count("derived"),
    }
