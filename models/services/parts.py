"""Measures and monthly dispatches: the parts of a problem."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, RowMapping

from models.domain import forms
from models.domain.fields import TABLES
from models.domain.reduce import Reduced
from models.services import audience, dispatching, refusals, showing
from models.services.desk import Desk
from models.services.pen import Pen, Place
from models.services.views.lists import Record
from models.services.writing import allow, find
from models.store import fold


def add_measure(desk: Desk, problem: str, values: Mapping[str, str], why: str = "") -> Record:
    """A new measure."""
    with desk.ledger.write() as connection:
        changes = forms.changes("measure", values, {}, desk.today(), creating=True)
        if not changes.get("text"):
            raise refusals.NothingWritten(TABLES["measure"]["text"].label)
        row, reduced = _problem(desk, connection, problem)
        allow(desk, "measure", changes, reduced)
        pen = Pen(desk, connection)
        pen.set(Place("measure", None, reduced), changes, _audience(desk, row, pen), why)
        pen.put()
        return showing.record(desk, connection, "problem", find(connection, "problem", reduced.top))


def edit_measure(desk: Desk, problem: str, measure: str, values: Mapping[str, str], why: str = "") -> Record:
    """Change a measure."""
    with desk.ledger.write() as connection:
        row, reduced = _problem(desk, connection, problem)
        part = reduced.records.get(measure)
        if part is None or part.table != "measure":
            raise refusals.NoSuchRecord(measure)
        changes = forms.changes("measure", values, part.values, desk.today())
        allow(desk, "measure", changes, reduced, part.creator)
        if changes:
            pen = Pen(desk, connection)
            pen.set(Place("measure", measure, reduced), changes, _audience(desk, row, pen), why)
            pen.put()
        return showing.record(desk, connection, "problem", find(connection, "problem", reduced.top))


def add_dispatch(desk: Desk, problem: str, values: Mapping[str, str], why: str = "") -> Record:
    """The dispatch of one month: written once, then changed. The newest month's also says how the problem stands."""
    with desk.ledger.write() as connection:
        row = find(connection, "problem", problem)
        month = forms.changes("dispatch", {"month": values.get("month", "")}, {}, desk.today()).get("month")
        if not isinstance(month, str):
            raise refusals.NothingWritten(TABLES["dispatch"]["month"].label)
        dispatching.write(desk, connection, month, [dispatching.Said(row, values, why=why)])
        return showing.record(desk, connection, "problem", find(connection, "problem", row["id"].hex()))


def _problem(desk: Desk, connection: Connection, wanted: str) -> tuple[RowMapping, Reduced]:
    row = find(connection, "problem", wanted)
    if row["void_from"]:
        raise refusals.IsVoid
    return row, fold.reduce_one(connection, row["id"], desk.registry(connection))


def _audience(desk: Desk, row: RowMapping, pen: Pen) -> tuple[str, ...]:
    return audience.of_record(desk, showing.values_of("problem", row), pen.registry)
