"""Parts of records: measures and monthly dispatches of a problem, permits of a source."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, RowMapping

from models.domain import forms, owner
from models.domain.fields import PART_MUST, TABLES
from models.domain.reduce import Record as Part
from models.domain.reduce import Reduced
from models.domain.unit import Author
from models.services.base import audience, refusals, showing
from models.services.base.desk import Desk
from models.services.base.pen import Pen, Place
from models.services.base.writing import allow, find
from models.services.problems import dispatching
from models.services.views.lists import Record
from models.store import fold

# The record that each is part of.
_OF = {"measure": "problem", "permit": "source"}


def add(desk: Desk, part: str, top: str, values: Mapping[str, str], why: str = "") -> Record:
    """A new measure of a problem, a new permit of a source; the record with it."""
    table, must = _OF[part], PART_MUST[part]
    with desk.ledger.write() as connection:
        changes = forms.changes(part, values, {}, desk.today(), creating=True)
        if not changes.get(must):
            raise refusals.NothingWritten(TABLES[part][must].label)
        row, reduced = _live(desk, connection, table, top)
        allow(desk, part, changes, reduced)
        pen = Pen(desk, connection)
        pen.set(Place(part, None, reduced), changes, _audience(desk, table, row, pen), why)
        pen.put()
        return showing.record(desk, connection, table, find(connection, table, reduced.top))


def edit(desk: Desk, part: str, top: str, id: str, values: Mapping[str, str], why: str = "") -> Record:
    """Change one of them."""
    table = _OF[part]
    with desk.ledger.write() as connection:
        row, reduced = _live(desk, connection, table, top)
        changes = forms.changes(part, values, _known(reduced, part, id).values, desk.today())
        allow(desk, part, changes, reduced)
        if changes:
            pen = Pen(desk, connection)
            pen.set(Place(part, id, reduced), changes, _audience(desk, table, row, pen), why)
            pen.put()
        return showing.record(desk, connection, table, find(connection, table, reduced.top))


def void(desk: Desk, part: str, top: str, id: str, why: str) -> Record:
    """Void one of them, by the unit that wrote it or the county."""
    table = _OF[part]
    if not why.strip():
        raise refusals.NoReason
    with desk.ledger.write() as connection:
        row, reduced = _live(desk, connection, table, top)
        if not owner.may_void(Author(desk.side.unit, desk.side.kind), _known(reduced, part, id).creator):
            raise refusals.NotYours("作废", "登记的单位或县环委办")
        pen = Pen(desk, connection)
        pen.void(Place(part, id, reduced), desk.today().isoformat(), _audience(desk, table, row, pen), why.strip())
        pen.put()
        return showing.record(desk, connection, table, find(connection, table, reduced.top))


def _known(reduced: Reduced, part: str, id: str) -> Part:
    found = reduced.records.get(id)
    if found is None or found.table != part or found.void_from:
        raise refusals.NoSuchRecord(id)
    return found


def add_dispatch(desk: Desk, problem: str, values: Mapping[str, str], why: str = "") -> Record:
    """The dispatch of one month: written once, then changed. The newest month's also says how the problem stands."""
    with desk.ledger.write() as connection:
        row = find(connection, "problem", problem)
        month = forms.changes("dispatch", {"month": values.get("month", "")}, {}, desk.today()).get("month")
        if not isinstance(month, str):
            raise refusals.NothingWritten(TABLES["dispatch"]["month"].label)
        dispatching.write(desk, connection, month, [dispatching.Said(row, values, why=why)])
        return showing.record(desk, connection, "problem", find(connection, "problem", row["id"].hex()))


def _live(desk: Desk, connection: Connection, table: str, wanted: str) -> tuple[RowMapping, Reduced]:
    """One record that counts, and its history."""
    row = find(connection, table, wanted)
    if row["void_from"]:
        raise refusals.IsVoid
    return row, fold.reduce_one(connection, row["id"], desk.registry(connection))


def _audience(desk: Desk, table: str, row: RowMapping, pen: Pen) -> tuple[str, ...]:
    return audience.of_record(desk, showing.values_of(table, row), pen.registry)
