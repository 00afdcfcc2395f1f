"""What doubles ask of the database: the live records to compare, pairs told apart, and what was merged into what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, RowMapping, delete, select

from models.domain.doubles import pair_key
from models.store.local_schema import not_double
from models.store.schema import FOLDED
from models.store.sqlite import put


def live(connection: Connection, table: str) -> Iterator[RowMapping]:
    """Every record of a table that is not void, in the order of the ledger."""
    source = FOLDED[table]
    yield from connection.execute(
        select(source).where(source.c.void_from.is_(None)).order_by(source.c.pk)
    ).mappings()  # fmt: skip


def told_apart(connection: Connection) -> set[tuple[str, str]]:
    """The pairs (ids, hex) of which somebody said that they are two."""
    return {(row.one.hex(), row.other.hex()) for row in connection.execute(select(not_double))}


def tell_apart(connection: Connection, one: str, other: str, at: str, by: str) -> None:
    """Remember that these two are two."""
    first, second = (bytes.fromhex(id_) for id_ in pair_key(one, other))
    put(not_double, {"one": first, "other": second, "at": at, "by": by}, connection)


def forget(connection: Connection, one: str, other: str) -> None:
    """Forget that somebody told these two apart."""
    first, second = (bytes.fromhex(id_) for id_ in pair_key(one, other))
    connection.execute(delete(not_double).where(not_double.c.one == first, not_double.c.other == second))


def merged(connection: Connection, table: str, id_: str) -> list[RowMapping]:
    """The rows of all records that were merged into this one, and into those, the earliest first."""
    source = FOLDED[table]
    found: dict[str, RowMapping] = {}
    asked = [id_]
    while asked:
        rows = connection.execute(
            select(source).where(source.c.merged_into.in_(asked), source.c.void_from.is_not(None))
        ).mappings()
        new = {hex_: row for row in rows if (hex_ := row["id"].hex()) not in found and hex_ != id_}
        found |= new
        asked = list(new)
    return sorted(found.values(), key=lambda row: row["pk"])


def survivors(into: Mapping[str, str]) -> dict[str, str]:
    """Of every merged record the one that stands for it: `into` says of each what it was merged into.

    Two PCs may have merged two records into each other: then the smaller id stands for both.
    """
    ends: dict[str, str] = {}
    for start in into:
        way = [start]
        while (end := into.get(way[-1])) is not None and end not in way:
            way.append(end)
        ends[start] = min(way[way.index(end) :]) if end is not None else way[-1]
    return ends
