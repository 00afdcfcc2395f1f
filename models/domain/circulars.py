"""上级通报: a higher level names a problem in a circular. From that day it stands named, until the county says 解除.

The events are those of a facts field (facts.py), with the states `named` and `ended`; a second circular after the end
is one more event. What was named, and completed later, does not stand named in a later round.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from models.domain import facts
from models.domain.facts import Facts
from models.domain.operation import Value

NAMED, ENDED = "named", "ended"


def named_on(value: Value) -> str | None:
    """The day of the newest circular, also where it is ended; "" where nobody wrote the day."""
    return next((day for day, state in reversed(facts.of(value)) if state == NAMED), None)


def after(value: Value, named: str | None, ended: str | None) -> Facts:
    """The events after somebody said when it was named, or when that ended: ISO days; "" it never was, None not said.

    The day of a circular that was ended can be mended: its end stays, where that is later.
    """
    events, end = facts.of(value), facts.since(value, ENDED)
    if ended == "" or named == "" or (named is not None and end is not None and named < end):
        events = facts.without_state(events, ENDED)
    if named is not None:
        events = facts.with_event(events, named, NAMED) if named else facts.without_state(events, NAMED)
        if named and end is not None and named < end and ended is None:
            events = facts.with_event(events, end, ENDED)
    return facts.with_event(events, ended, ENDED) if ended else events


def fault(value: Value, named: str | None, ended: str | None, today: str) -> tuple[str, str] | None:
    """The state whose day cannot be, and why, in Chinese; None where both can. Days are said as in `after`."""
    for state, day in ((NAMED, named), (ENDED, ended)):
        if day and day > today:
            return state, "还没有到"
    begun = named if named is not None else named_on(value)
    if not ended or (begun and begun < ended):
        return None
    return ENDED, f"应晚于被通报时间 {begun}" if begun else "还没有被通报时间"


def news(value: Value, told: Mapping[str, str], as_of: str, today: str) -> tuple[set[str], list[tuple[str, str]]]:
    """The states that a paper of a day tells anew, and those that cannot be, each with the reason in Chinese.

    `told`: the day of each state, "" where the paper names none; `as_of`: the day of the paper, "" where it has none.
    """
    known = {NAMED: named_on(value) is not None, ENDED: facts.state(value) == ENDED}
    days = {state: day or as_of for state, day in told.items() if day or not known[state]}
    if [days.get(ENDED), ENDED] in facts.of(value):
        del days[ENDED]
    wrong: list[tuple[str, str]] = []
    if days.get(ENDED) == "":
        wrong.append((ENDED, "没有写哪一天"))
    while found := fault(value, days.get(NAMED), days.get(ENDED), today):
        wrong.append(found)
        del days[found[0]]
    return {*days} - {state for state, _ in wrong}, wrong


def standing(value: Value, completed: Value, opened: Iterable[str], as_of: str | None = None) -> str | None:
    """Since when a problem stands named on a day (None: the newest events); None where it does not.

    `completed`: the events of its completion; `opened`: the days on which its later rounds began.
    """
    since = facts.since(value, NAMED, as_of)
    newest = max((day for day in opened if as_of is None or day <= as_of), default="")
    if since is None or any(state == "completed" and since <= day < newest for day, state in facts.of(completed)):
        return None
    return since
