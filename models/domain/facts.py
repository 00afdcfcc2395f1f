"""Dated facts: one field holds the events of one axis, oldest first, so that any past day can be asked again.

- An event is `[day, state]`; day is an ISO date, or "" for from the beginning.
- A new event replaces all that lie on its day or later: it says how things are from that day on.
- The same state again corrects the day of the newest event instead of adding one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from models.domain.operation import Value

Facts = list[list[str]]

# States from the weakest claim to the strongest: figures use the weaker where county verdicts differ.
STRENGTH = ("none", "closing", "closed")


def of(value: Value) -> Facts:
    """The events in a stored value; none where the field was never written."""
    return cast("Facts", value) if isinstance(value, list) else []


def state(value: Value, as_of: str | None = None) -> str | None:
    """The state on a day (None: the newest)."""
    event = _event(value, as_of)
    return event[1] if event else None


def since(value: Value, wanted: str, as_of: str | None = None) -> str | None:
    """The day from which the wanted state holds, if it is the state on that day; "" means from the beginning."""
    event = _event(value, as_of)
    return event[0] if event and event[1] == wanted else None


def _event(value: Value, as_of: str | None) -> list[str] | None:
    for event in reversed(of(value)):
        if as_of is None or event[0] <= as_of:
            return event
    return None


def first_day(value: Value) -> str | None:
    """The earliest day that an event states."""
    return min((day for day, _ in of(value) if day), default=None)


def with_event(value: Value, day: str, new: str) -> Facts:
    """The events after one more was stated."""
    events = [list(event) for event in of(value)]
    if events and events[-1][1] == new:
        events.pop()
    return [event for event in events if event[0] < day] + [[day, new]]


def stated(value: Value, day: str, new: str) -> Facts:
    """The events after a paper said how things were on a day: what is known of later days stays."""
    events = [list(event) for event in of(value)]
    if not events or day >= events[-1][0] or events[-1][1] == new:
        return with_event(value, day, new)
    if state(value, day) == new:
        return events
    return sorted([event for event in events if event[0] != day] + [[day, new]])


def without_state(value: Value, gone: str) -> Facts:
    """The events after a person said that the newest one never was."""
    events = [list(event) for event in of(value)]
    if events and events[-1][1] == gone:
        events.pop()
    return events


def applied(closing: Value, completed: Value, days: Iterable[str]) -> Facts:
    """The closing events with the days on which a unit applied for closing: under way from then on (cli.md rule 4).

    An application counts while the problem is completed, where the county has said nothing yet; what is opened again
    or returned is applied for again. It counts from the completion where that was corrected to a later day.
    """
    events = {event[0]: event[1] for event in of(closing)}
    for day in days:
        start = _completed_by(completed, day)
        if start is None or (state(closing, start) or "none") != "none" or any(day <= said <= start for said in events):
            continue
        events[start] = "closing"
        end = next((d for d, said in of(completed) if d > start and said != "completed"), None)
        if end is not None and (state(closing, end) or "none") == "none":
            events.setdefault(end, "none")
    return [[day, events[day]] for day in sorted(events)]


def _completed_by(completed: Value, day: str) -> str | None:
    """The day, where it is completed then, else the next completion; None where there is none, or it ended that day."""
    event = _event(completed, day)
    if event and (event[1] == "completed" or event[0] == day):
        return day if event[1] == "completed" else None
    return next((d for d, said in of(completed) if d > day and said == "completed"), None)


def weaker(values: Iterable[Value]) -> Facts:
    """What differing values all claim at least: on every day the state that claims least."""
    every = list(values)
    out: Facts = []
    for day in sorted({event[0] for value in every for event in of(value)}):
        least = min((state(value, day) or STRENGTH[0] for value in every), key=STRENGTH.index)
        if least != (out[-1][1] if out else STRENGTH[0]):
            out.append([day, least])
    return out
