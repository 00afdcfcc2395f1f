"""Putting operations into the log: made here or brought by a package, each once, with whom they concern (law 5)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, func, select

from models.domain.fields import ISSUED
from models.domain.operation import Operation
from models.domain.unit import Author, Registry
from models.store import operations
from models.store.local_schema import seal
from models.store.schema import op, op_aud
from models.store.sqlite import among, insert_many, insert_new, temporary_ids

NO_STAMP = bytes(16)
_TICK = timedelta(microseconds=1)


class Incoming(NamedTuple):
    """One operation on its way into the log."""

    operation: Operation
    body: bytes
    sha: bytes
    stamp: bytes = NO_STAMP


def arrival(connection: Connection, now: str) -> str:
    """When an operation arrives now: never earlier than one before it, so that no past day's figures can change.

    It is later than every seal: what is sealed was counted from all that had arrived up to that moment.
    """
    last = connection.scalar(select(func.max(op.c.arrived)).where(op.c.is_data == 1))
    sealed = connection.scalar(select(func.max(seal.c.at)))
    after = datetime.fromisoformat(sealed) + _TICK if sealed else None
    return max(now, last or "", after.isoformat(timespec="microseconds") if after else "")


def hold(
    connection: Connection, incoming: list[Incoming], who: Registry, now: str, package: bytes | None = None
) -> set[bytes]:
    """Insert operations that are not there yet. Returns the tops of the histories to fold again."""
    there = numbers_of(connection, [i.sha[:16] for i in incoming])
    add(connection, {i.sha[:16]: i for i in incoming if i.sha[:16] not in there}, who, now, package)
    return {bytes.fromhex(i.operation.top) for i in incoming}


def add(
    connection: Connection, fresh: dict[bytes, Incoming], who: Registry, now: str, package: bytes | None = None
) -> dict[bytes, int]:
    """Insert operations, by their ids, none of which is there. Returns their row numbers."""
    if not fresh:
        return {}
    arrived, last = arrival(connection, now), connection.scalar(select(func.max(op.c.pk))) or 0
    numbers = {id_: last + number for number, id_ in enumerate(fresh, 1)}
    authors = {device: who.author(device) for device in {i.operation.device for i in fresh.values()}}
    rows = [_row(numbers[id_], i, authors[i.operation.device], arrived, package) for id_, i in fresh.items()]
    insert_many(op, rows, connection)
    audiences = [
        {"op": numbers[id_], "unit": unit}
        for id_, i in fresh.items()
        for unit in audience_of(i.operation, authors[i.operation.device])
    ]
    insert_new(op_aud, audiences, connection)
    return numbers


def _row(pk: int, incoming: Incoming, author: Author | None, arrived: str, package: bytes | None) -> dict[str, Any]:
    operation = incoming.operation
    return {
        "pk": pk,
        "id": incoming.sha[:16],
        "sha": incoming.sha,
        "top": bytes.fromhex(operation.top),
        "device": bytes.fromhex(operation.device),
        "unit": author.unit if author else "",
        "body": incoming.body,
        "stamp": incoming.stamp,
        "travels": int(operation.travels),
        "is_data": int(operation.table not in (*ISSUED, "certificate")),
        "package": package,
        "arrived": arrived,
    }


def stamp_late(connection: Connection, stamps: Iterable[tuple[bytes, bytes]]) -> None:
    """Operations that were held without the county's stamp and now come with it: (id, stamp)."""
    rows = [{"op_id": i, "new": stamp} for i, stamp in stamps]
    if rows:
        late = op.update().where(op.c.id == bindparam("op_id"), op.c.stamp == NO_STAMP)
        connection.execute(late.values(stamp=bindparam("new")), rows)


def audience_of(operation: Operation, author: Author | None) -> tuple[str, ...]:
    """Whose scope an operation is in: only the county may name others than itself."""
    if not operation.travels or author is None:
        return ()
    return operation.aud if author.is_county else (author.unit,)


def numbers_of(connection: Connection, ids: list[bytes]) -> dict[bytes, int]:
    """The row numbers of those operations that are held."""
    temporary_ids(connection, ids)
    found = connection.execute(select(op.c.id, op.c.pk).where(among(op.c.id)))
    return {row.id: row.pk for row in found}


def learned(connection: Connection, new_device: bytes, author: Author) -> set[bytes]:
    """A certificate came after operations of its device: give them their unit. Returns histories to fold again."""
    statement = select(op.c.pk, op.c.top, op.c.body, op.c.sha).where(op.c.device == new_device, op.c.unit == "")
    late = connection.execute(statement).all()
    for row in late:
        audience = audience_of(operations.read(row.body, row.sha), author)
        insert_new(op_aud, [{"op": row.pk, "unit": unit} for unit in audience], connection)
    connection.execute(op.update().where(op.c.device == new_device, op.c.unit == "").values(unit=author.unit))
    return {row.top for row in late}
