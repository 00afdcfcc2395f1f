"""Measures and monthly dispatches: the parts of a problem."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping

from sqlalchemy import Connection, RowMapping

from models.domain import facts, forms, owner
from models.domain.fields import TABLES
from models.domain.operation import Value
from models.domain.reduce import Reduced
from models.domain.unit import Author, derived_id
from models.services import audience, refusals, showing
from models.services.desk import Desk
from models.services.pen import Pen, Place
from models.services.views.lists import Record
from models.services.writing import find
from models.store import fold


def add_measure(desk: Desk, problem: str, values: Mapping[str, str]) -> Record:
    """A new measure."""
    with desk.ledger.write() as connection:
        changes = forms.changes("measure", values, {}, desk.today(), creating=True)
        if not changes.get("text"):
            raise refusals.NothingWritten(TABLES["measure"]["text"].label)
        row, reduced = _problem(desk, connection, problem)
        _allow(desk, "measure", changes, reduced, None)
        pen = Pen(desk, connection)
        pen.set(Place("measure", None, reduced), changes, _audience(desk, row, pen))
        pen.put()
        return showing.record(desk, connection, "problem", find(connection, "problem", reduced.top))


def edit_measure(desk: Desk, problem: str, measure: str, values: Mapping[str, str]) -> Record:
    """Change a measure."""
    with desk.ledger.write() as connection:
        row, reduced = _problem(desk, connection, problem)
        part = reduced.records.get(measure)
        if part is None or part.table != "measure":
            raise refusals.NoSuchRecord(measure)
        changes = forms.changes("measure", values, part.values, desk.today())
        _allow(desk, "measure", changes, reduced, part.creator)
        if changes:
            pen = Pen(desk, connection)
            pen.set(Place("measure", measure, reduced), changes, _audience(desk, row, pen))
            pen.put()
        return showing.record(desk, connection, "problem", find(connection, "problem", reduced.top))


def add_dispatch(desk: Desk, problem: str, values: Mapping[str, str]) -> Record:
    """The dispatch of one month: written once, then changed. The newest month's also says how the problem stands."""
    with desk.ledger.write() as connection:
        row, reduced = _problem(desk, connection, problem)
        changes = forms.changes("dispatch", values, {}, desk.today(), creating=True)
        month = changes.get("month")
        if not isinstance(month, str):
            raise refusals.NothingWritten(TABLES["dispatch"]["month"].label)
        dispatch = derived_id("dispatch", reduced.top, month)
        part = reduced.records.get(dispatch)
        if part is not None:
            changes = forms.changes("dispatch", values, part.values, desk.today())
        _allow(desk, "dispatch", changes, reduced, None)
        pen = Pen(desk, connection)
        aud = _audience(desk, row, pen)
        if changes:
            pen.set(Place("dispatch", dispatch, reduced), {**changes, "month": month}, aud)
            pen.put()
        if month >= row["last_month"]:
            _say_how_it_stands(desk, connection, row, values, month, aud)
        return showing.record(desk, connection, "problem", find(connection, "problem", reduced.top))


def _say_how_it_stands(
    desk: Desk, connection: Connection, row: RowMapping, values: Mapping[str, str], month: str, aud: tuple[str, ...]
) -> None:
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
    new = {name: value for name, value in new.items() if value != now[name]}
    if new:
        pen = Pen(desk, connection)
        reduced = fold.reduce_one(connection, row["id"], pen.registry)
        pen.set(Place("problem", row["id"].hex(), reduced), new, aud)
        pen.put()


def _problem(desk: Desk, connection: Connection, wanted: str) -> tuple[RowMapping, Reduced]:
    row = find(connection, "problem", wanted)
    if row["void_from"]:
        raise refusals.IsVoid
    return row, fold.reduce_one(connection, row["id"], desk.registry(connection))


def _audience(desk: Desk, row: RowMapping, pen: Pen) -> tuple[str, ...]:
    return audience.of_record(desk, showing.values_of("problem", row), pen.registry)


def _allow(desk: Desk, table: str, changes: Mapping[str, Value], reduced: Reduced, creator: str | None) -> None:
    own = Author(desk.side.unit, desk.side.kind)
    for name in changes:
        field = TABLES[table][name]
        if not owner.may_write(field, own, reduced.ties, creator):
            raise refusals.NotYours(field.label, "责任单位或县环委办")


def _last_day(month: str) -> str:
    year, of_year = int(month[:4]), int(month[5:])
    return f"{month}-{monthrange(year, of_year)[1]}"
