"""What doubles ask of the database: the live records to compare, pairs told apart, and what was merged into what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, RowMapping, and_, literal, select

from models.store.schema import FOLDED, apart
from models.store.sqlite import as_hex


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
    ends = select(literal(id_).label("id")).cte("ends", recursive=True)
    was_merged = and_(source.c.merged_into == ends.c.id, source.c.void_from.is_not(None))
    ends = ends.union(select(as_hex(source.c.id)).where(was_merged))
    statement = select(source).where(
        source.c.merged_into.in_(select(ends.c.id)), source.c.void_from.is_not(None), source.c.id != bytes.fromhex(id_)
    )
    return list(connection.execute(statement.order_by(source.c.pk)).mappings())


def survivors(into: Mapping[str, str]) -> dict[str, str]:
    """Of every merged record the one that stands for it: `into` says of each what it was merged into.

    Two PCs may have merged two records into each other: then the smaller id stands for both.
    """
    ends: dict[str, str] = {}
    for start in into:
        way: dict[str, int] = {}
        at = start
        while at in into and at not in way and at not in ends:
            way[at] = len(way)
            at = into[at]
        ring = list(way)[way[at] :] if at in way else [ends.get(at, at)]
        ends |= dict.fromkeys(way, min(ring))
    return ends
