"""How an entry of the monthly dispatch is written: one of them, or a whole month in one transaction."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, RowMapping

from models.domain import facts, forms
from models.domain.operation import Value
from models.domain.reduce import Reduced
from models.domain.unit import derived_id
from models.services.base import audience, refusals, showing
from models.services.base.desk import Desk
from models.services.base.pen import Pen, Place
from models.services.base.writing import allow
from models.store import fold

_SAYS = ("pace", "progress", "difficulties", "next_step")


class Said(NamedTuple):
    """One problem's row, and what is said of it; texts as people type them."""

    row: RowMapping
    values: Mapping[str, str]
    again: tuple[str, ...] = ()  # said once more although it is the same: a second judgement of a changed entry
    why: str = ""  # why somebody else than the unit says it


def write(desk: Desk, connection: Connection, month: str, said: Sequence[Said]) -> list[str]:
    """Write what changes in these problems' entries of a month; the ids of the problems that were written to.

    The newest month's entry also says how the problem stands.
    """
    pen = Pen(desk, connection)
    histories = dict(fold.reduce_many(connection, [one.row["id"] for one in said], pen.registry))
    written: list[str] = []
    for one in said:
        if one.row["void_from"]:
            raise refusals.IsVoid
        history = histories[one.row["id"]]
        entry = derived_id("dispatch", history.top, month)
        changes = _changes(desk, history, entry, one)
        stands = _how_it_stands(desk, one.row, one.values, month) if month >= one.row["last_month"] else {}
        allow(desk, "dispatch", ("month", *changes), history)
        aud = audience.of_record(desk, showing.values_of("problem", one.row), pen.registry)
        if changes or entry not in history.records:
            pen.set(Place("dispatch", entry, history), {**changes, "month": month}, aud, one.why)
        if stands:
            pen.set(Place("problem", history.top, history), stands, aud, one.why)
        if changes or stands:
            written.append(history.top)
    pen.put()
    return written


def _changes(desk: Desk, history: Reduced, entry: str, said: Said) -> dict[str, Value]:
    """What is new; whoever reports without saying when reports today, and what moved is no zero report."""
    part, values = history.records.get(entry), said.values
    now = part.values if part else {}
    changes = forms.changes("dispatch", {n: v for n, v in values.items() if n != "month"}, now, desk.today())
    changes |= {name: now[name] for name in said.again if now.get(name)} | changes
    if not set(changes) - {"judgement", "opinion"}:
        return changes
    if not now.get("reported_on") and "reported_on" not in values:
        changes["reported_on"] = desk.today().isoformat()
    if now.get("zero") == "true" and "zero" not in values and any(changes.get(name) for name in _SAYS):
        changes["zero"] = None
    return changes


def _how_it_stands(desk: Desk, row: RowMapping, values: Mapping[str, str], month: str) -> dict[str, Value]:
    now = showing.values_of("problem", row)
    new: dict[str, Value] = {}
    if values.get("progress", "").strip():
        new["progress"] = values["progress"].strip()
    if values.get("pace", "").strip():
        state = forms.changes("dispatch", {"pace": values["pace"]}, {}, desk.today())["pace"]
        events = facts.of(now["pace"])
        stated = min(_last_day(month), desk.today().isoformat())  # of the running month: today
        day = max(stated, events[-1][0] if events else "")
        if isinstance(state, str) and state != facts.state(now["pace"]):
            new["pace"] = facts.with_event(now["pace"], day, state)
    return {name: value for name, value in new.items() if value != now[name]}


def _last_day(month: str) -> str:
    year, of_year = int(month[:4]), int(month[5:])
    return f"{month}-{monthrange(year, of_year)[1]}"
