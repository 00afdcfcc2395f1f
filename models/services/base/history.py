"""Who changed what, when, on which PC, old → new: the log of a record is its history."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from models.domain.field import Type
from models.domain.fields import LINKS, TABLES, label
from models.domain.operation import REMARK, SET, VOID, Operation, Value, visible
from models.domain.owner import fits
from models.services.base.desk import Desk
from models.services.base.exhibits import PartsSaid
from models.services.base.showing import view_of
from models.services.views.lists import Change
from models.store import fold
from models.store.schema import FOLDED


def of(desk: Desk, connection: Connection, top: bytes) -> tuple[Change, ...]:
    """Every change of a record and its parts, in the order of the log."""
    who = desk.registry(connection)
    _, found = next(fold.load(connection, [top]))
    reduced = fold.reduce_one(connection, top, who)
    not_applied = {(h.operation, h.field) for h in reduced.held}
    before: dict[tuple[str, str], Value] = {}
    parts = PartsSaid(connection, top)
    out: list[Change] = []
    for operation in sorted((o for _, o in found.values()), key=lambda o: (o.lam, o.id)):
        if operation.kind not in (SET, VOID, REMARK):
            continue
        for name, (value, _) in operation.fields.items():
            if _of_file(operation.table, name):
                continue
            shown = "remark" if operation.kind == REMARK else name
            applied = not {(operation.id, ""), (operation.id, shown)} & not_applied
            old = before.get((operation.record, name))
            author = who.author(operation.device)
            unit = author.unit if author else ""
            before_, after_ = (visible(_named(connection, parts, operation.table, name, v)) for v in (old, value))
            for field, was, is_now in _steps(operation, shown, before_, after_):
                out.append(
                    Change(
                        operation.wall, operation.user, unit, who.units.get(unit, unit), operation.device,
                        operation.record, operation.table, field, label(operation.table, field), was, is_now,
                        operation.why, applied,
                    )
                )  # fmt: skip
            if applied:
                before[operation.record, name] = value
    return tuple(out)


def _named(connection: Connection, parts: PartsSaid, table: str, name: str, value: Value) -> Value:
    """A value that is another record, as that record's number, or a part of this one, by name; any other as it is."""
    field = TABLES.get(table, {}).get(name)
    if field is None or field.type is not Type.RECORD or not isinstance(value, str):
        return value
    if (table, name) == ("evidence", "part"):
        return parts.of(value) or "另一个环节"
    into = FOLDED[LINKS.get(name, "petition" if table == "petition" else "problem")]  # parts name problems
    number = into.c["number" if "number" in into.c else "receipt_number"]
    found = connection.scalar(select(number).where(into.c.id == bytes.fromhex(value))) if fits(field, value) else ""
    return found or "另一条"


def _of_file(table: str, name: str) -> bool:
    """What a file is known by tells people nothing: its name does."""
    field = TABLES.get(table, {}).get(name)
    return field is not None and field.fixed and name != "name"


def _steps(operation: Operation, name: str, old: Value, new: Value) -> list[tuple[str, Any, Any]]:
    """One change as people read it: dated events as states and days."""
    field = TABLES.get(operation.table, {}).get(name)
    if field is None or field.type is not Type.FACTS or not fits(field, new):
        return [(name, old, new)]
    was = view_of(name, old) if old is not None else dict.fromkeys(view_of(name, new))
    now = view_of(name, new)
    steps = [(key, was.get(key), value) for key, value in now.items() if was.get(key) != value and key != "completed"]
    return steps or [(name, was.get(name), now.get(name))]
