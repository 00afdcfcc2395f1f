"""Finding one record, and the operations of one saved form on it: what several services share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, RowMapping, false, or_, select

from models.domain import forms, owner
from models.domain.fields import MUST, TABLES
from models.domain.operation import Value
from models.domain.reduce import Reduced
from models.domain.unit import Author
from models.services.base import audience, refusals, showing
from models.services.base.desk import Desk
from models.services.base.matching import number_key
from models.services.base.pen import Pen, Place
from models.services.views.lists import Record
from models.store import fold
from models.store.schema import FOLDED

_ID = re.compile("[0-9a-f]{32}")


def write_changes(
    desk: Desk, connection: Connection, table: str, row: RowMapping, reduced: Reduced, changes: Mapping[str, Value],
    why: str = "", remark: str = "",
) -> None:  # fmt: skip
    """The operations of one saved form on an existing record: its shared fields, its local ones, its remark."""
    now: dict[str, Any] = showing.values_of(table, row)
    shared = dict(changes)
    local = {n: shared.pop(n) for n in forms.local_fields(table) if n in shared}
    pen = Pen(desk, connection)
    before = audience.of_record(desk, now, pen.registry)
    aud = audience.of_record(desk, {**now, **shared}, pen.registry, *before)
    if shared:
        pen.set(Place(table, row["id"].hex(), reduced), shared, aud, why)
    if local:
        pen.set(Place(table, row["id"].hex(), reduced), local, ())
    if remark:
        pen.remark(reduced, remark, aud)
    put(desk, connection, pen)


def put(desk: Desk, connection: Connection, pen: Pen) -> None:
    """Put what a pen collected; at the county, let every unit hold what now names it."""
    tops = pen.put()
    if desk.is_county:
        audience.link(desk, connection, tops)


def allow(
    desk: Desk, table: str, names: Iterable[str], history: Reduced, creator: str | None = None,
    whose: str = "责任单位或县环委办",
) -> None:  # fmt: skip
    """Refuse where this unit may not write one of these fields. `creator`: of the record at the top, else None."""
    own = Author(desk.side.unit, desk.side.kind)
    for name in names:
        field = TABLES[table][name]
        if not owner.may_write(field, own, history.ties, creator):
            raise refusals.NotYours(field.label, whose)


def void(desk: Desk, table: str, id: str, day: str | None, why: str) -> Record:
    """Mark one record void from a day on, or take that back (None); the record as it is then."""
    with desk.ledger.write() as connection:
        row = find(connection, table, id)
        if not owner.may_void(Author(desk.side.unit, desk.side.kind), row["creator"]):
            raise refusals.NotYours("作废", "登记这条记录的单位或县环委办")
        if bool(row["void_from"]) != bool(day):
            reduced = fold.reduce_one(connection, row["id"])
            pen = Pen(desk, connection)
            aud = audience.of_record(desk, showing.values_of(table, row), pen.registry)
            place = Place(table, row["id"].hex(), reduced)
            if row.get("merged_into") and desk.is_county:  # what counts again was merged into nothing
                pen.set(place, {"merged_into": None}, aud)
            pen.void(place, day, aud, why)
            pen.put()
        return showing.record(desk, connection, table, find(connection, table, row["id"].hex()))


def is_id(text: str) -> bool:
    """Whether a text is the id of a record."""
    return bool(_ID.fullmatch(text))


def find(connection: Connection, table: str, wanted: str) -> RowMapping:
    """The row of one record, by id, number or receipt number, however large its letters and wherever its blanks.

    A number that fits several is refused with the list.
    """
    source = FOLDED[table]
    key = wanted.strip()
    names = [source.c[n] for n in ("number", "receipt_number") if n in source.c]
    by_id = [source.c.id == bytes.fromhex(key)] if is_id(key) else []
    found = connection.execute(select(source).where(or_(false(), *by_id, *(c == key for c in names)))).mappings().all()
    if not found and names and number_key(key):  # as another typist writes it
        rows = connection.execute(select(source.c.pk, *names))
        like = [pk for pk, *numbers in rows if number_key(key) in map(number_key, numbers)]
        found = connection.execute(select(source).where(source.c.pk.in_(like))).mappings().all()
    if not found:
        raise refusals.NoSuchRecord(wanted)
    exact = [row for row in found if row["id"].hex() == key]
    if len(found) > 1 and not exact:
        title = MUST[table]
        raise refusals.SeveralRecords(wanted, tuple((row["id"].hex(), row[title] or "") for row in found))
    return exact[0] if exact else found[0]
