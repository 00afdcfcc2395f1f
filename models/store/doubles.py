"""What doubles ask of the database: the live records to compare, pairs told apart, and what was merged into what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, RowMapping, select

from models.store.schema import FOLDED, apart


def live(connection: Connection, table: str) -> Iterator[RowMapping]:
    """Every record of a table that is not void, in the order of the ledger."""
    source = FOLDED[table]
    yield from connection.execute(
        select(source).where(source.c.void_from.is_(None)).order_by(source.c.pk)
    ).mappings()  # fmt: skip


def told_apart(connection: Connection) -> set[tuple[str, str]]:
    """The pairs (ids, hex) of which the county says that they are two."""
    said = connection.scalars(select(apart.c.pair).where(apart.c.apart == "true"))
    return {(one, other) for pair in said for one, _, other in [pair.partition("-")]}


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
