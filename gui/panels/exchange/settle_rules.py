"""Choosing by one rule in several conflicts at once: which value a rule takes in each, or why it takes none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from models.services.views.exchange import Conflict, Head

OURS, THEIRS, NEWER = "ours", "theirs", "newer"
TWO_OF_OURS = "本单位两台电脑都改过，请单独选"
NONE_OF_OURS = "本单位没有改过这一处，请单独选"
SEVERAL_OF_THEIRS = "不止一个单位改过，请单独选"
SAME_TIME = "看不出哪个后改，请单独选"


@dataclass(frozen=True)
class Pick:
    """What becomes of one conflict: the value that is taken, or why it waits for a choice of its own."""

    conflict: Conflict
    head: Head | None
    why: str = ""


def pick(conflict: Conflict, rule: str, own: str) -> Pick:
    """What a rule takes; `own` is the code of this unit."""
    ours = [one for one in conflict.heads if one.unit == own]
    theirs = [one for one in conflict.heads if one.unit != own]
    if rule == NEWER:
        return _newer(conflict)
    if rule == OURS:
        return _only(conflict, ours, NONE_OF_OURS, TWO_OF_OURS)
    return _only(conflict, theirs, TWO_OF_OURS, SEVERAL_OF_THEIRS)


def picks(conflicts: Iterable[Conflict], rule: str, own: str) -> list[Pick]:
    """What becomes of each; those that wait for a choice of their own come first."""
    return sorted((pick(one, rule, own) for one in conflicts), key=lambda one: one.head is not None)


def _only(conflict: Conflict, heads: list[Head], none: str, several: str) -> Pick:
    if len(heads) == 1:
        return Pick(conflict, heads[0])
    return Pick(conflict, None, several if heads else none)


def _newer(conflict: Conflict) -> Pick:
    """By the clocks of the PCs that wrote: a person asked for it and sees every result before anything is written."""
    times = sorted((_moment(one.at), at) for at, one in enumerate(conflict.heads))
    if times[-1][0] == times[-2][0]:
        return Pick(conflict, None, SAME_TIME)
    return Pick(conflict, conflict.heads[times[-1][1]])


def _moment(written: str) -> float:
    try:
        return datetime.fromisoformat(written).timestamp()
    except (ValueError, OverflowError, OSError):
        return 0.0
