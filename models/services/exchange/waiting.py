"""What of a package waits for a person: values that stand beside each other, and what was held and not applied."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from models.domain import owner
from models.domain.fields import TABLES
from models.domain.operation import VOID
from models.domain.plain import plain
from models.services.base.conflicts import shown
from models.services.base.writing import MUST
from models.services.views.exchange import PreviewLine
from models.store import operations
from models.store.schema import FOLDED, conflict, held, op
from models.store.sqlite import among, temporary_ids

LISTED = 200  # of each kind: more is counted, not listed

BOTH_WROTE = "两边都改过"
_SHOWN_CHARS = 60
_WHY_CHARS = 200

Label = Callable[[str, str], str]
_Place = tuple[bytes, str]  # record, field


def conflict_lines(
    connection: Connection, package: bytes, found: Iterable[_Place], covered: set[_Place], label: Label
) -> list[PreviewLine]:
    """Conflicts that change nothing that is shown: the value of this home stays, the other stands beside it."""
    lines: list[PreviewLine] = []
    for record, name in [pair for pair in found if pair not in covered][:LISTED]:
        rows = connection.execute(
            select(conflict.c.top, conflict.c.tbl, op.c.body, op.c.package)
            .join(op, op.c.id == conflict.c.op)
            .where(conflict.c.record == record, conflict.c.field == name)
        ).all()
        theirs = next((row for row in rows if row.package == package), None)
        ours = next((row for row in rows if row.package != package), None)
        if theirs is None:
            continue
        about = _about(connection, theirs.top)
        lines.append(
            PreviewLine(
                "conflict", *about, name, label(theirs.tbl, name),
                _value(ours.body, theirs.tbl, name) if ours else None, _value(theirs.body, theirs.tbl, name),
            )
        )  # fmt: skip
    return lines


def held_lines(connection: Connection, package: bytes, label: Label) -> list[PreviewLine]:
    """What the package brought and is not applied, each with the reason."""
    statement = (
        select(held.c.top, held.c.field, held.c.why, op.c.body)
        .join(op, op.c.id == held.c.op)
        .where(op.c.package == package)
        .order_by(held.c.pk)
        .limit(LISTED)
    )
    lines: list[PreviewLine] = []
    for row in connection.execute(statement):
        table, record, title, number = _about(connection, row.top)
        read = operations.read(row.body)
        then, said = _value(row.body, read.table, row.field), label(read.table, row.field)
        lines.append(PreviewLine("held", table, record, title, number, row.field, said, None, then, row.why))
    return lines


def with_reasons(connection: Connection, package: bytes, lines: list[PreviewLine]) -> list[PreviewLine]:
    """The same lines; beside a conflict that both sides wrote, beside what becomes void why it does."""
    lines = [replace(one, why=BOTH_WROTE) if one.what == "conflict" else one for one in lines]
    voided = [bytes.fromhex(one.record) for one in lines if one.field == VOID and one.then]
    if not voided:
        return lines
    temporary_ids(connection, voided)
    brought = select(op.c.body).where(op.c.package == package, among(op.c.top)).order_by(op.c.pk)
    read = [operations.read(body) for body in connection.scalars(brought)]
    said = {one.record: plain(one.why, _WHY_CHARS) for one in read if one.kind == VOID}
    return [replace(one, why=one.why or said.get(one.record, "")) if one.field == VOID else one for one in lines]


def _about(connection: Connection, top: bytes) -> tuple[str, str, str, str]:
    """Table, id, title and number of the record that a history is of."""
    for table, name in MUST.items():
        source = FOLDED[table]
        row: RowMapping | None = connection.execute(select(source).where(source.c.id == top)).mappings().first()
        if row is not None:
            return table, top.hex(), row[name] or "", row.get("number") or row.get("receipt_number") or ""
    return "", top.hex(), "", ""


def _value(body: bytes, table: str, name: str) -> Any:
    """A value as one thing to look at. What does not fit its field, or has none here, is told as plain text."""
    read = operations.read(body)
    if name not in read.fields:
        return None
    value, field = read.fields[name][0], TABLES.get(table, {}).get(name)
    if field is not None and owner.fits(field, value):
        return shown(table, name, value)
    return None if value is None else plain(str(value), _SHOWN_CHARS)
