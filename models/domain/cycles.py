"""Rounds of rectification: when each began, and what it came to. An older round's dates are never touched again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

from models.domain import facts
from models.domain.operation import Value

FIRST = 1
_END = "9999-12-31"


class Round(NamedTuple):
    """One round; a day is ISO text, "" where there is none yet."""

    number: int
    opened_on: str
    completed_on: str
    closed_on: str


def number_now(cycles: Iterable[Mapping[str, Any]]) -> int:
    """In which round a problem is: 1 until it is opened again."""
    return max((int(n) for one in cycles if (n := str(one.get("number") or "")).isdecimal()), default=FIRST)


def days_opened(cycles: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """On which days a problem was opened again, oldest first."""
    return tuple(sorted(day for one in cycles if isinstance(day := one.get("opened_on"), str)))


def rounds(
    cycles: Iterable[Mapping[str, Any]], completed: Value, closing: Value, judged: Iterable[Mapping[str, Any]] = ()
) -> tuple[Round, ...]:
    """Every round with its own dates, from the dated events of the problem.

    `judged`: its acceptances. They keep the closing of a round that was followed by the next one on the same day.
    """
    closed = {str(one["cycle"] or FIRST): str(one["actual_on"] or "") for one in judged if one["stage"] == "closing"}
    starts = ["", *days_opened(cycles), _END]
    return tuple(
        Round(
            n,
            start,
            _last(completed, "completed", start, end),
            _last(closing, "closed", start, end) or (closed.get(str(n), "") if end != _END else ""),
        )
        for n, (start, end) in enumerate(pairwise(starts), FIRST)
    )


def reopening(values: Mapping[str, Value], day: str) -> dict[str, Value]:
    """What a problem says of itself from the day on which it is opened again: nothing is done any more.

    What is so already stays as it stands: the same state once more would move the day from which it held.
    """
    return {
        name: facts.with_event(values.get(name), day, state)
        for name, state in (("completed_on", "open"), ("closing_stage", "none"), ("pace", "not_started"))
        if facts.state(values.get(name)) != state
    }


def is_done(values: Mapping[str, Value]) -> bool:
    """Whether there is a round that can be followed by another."""
    return facts.state(values.get("completed_on")) == "completed" or facts.state(values.get("closing_stage")) in (
        "closing",
        "closed",
    )


def last_day(values: Mapping[str, Value]) -> str:
    """The newest day that the facts of a problem speak of; a new round begins later, or today, so that they stay."""
    every = (facts.of(values.get(name)) for name in ("completed_on", "closing_stage", "pace"))
    return max((events[-1][0] for events in every if events), default="")


def _last(value: Value, state: str, start: str, end: str) -> str:
    return max((day for day, said in facts.of(value) if said == state and start <= day < end), default="")
