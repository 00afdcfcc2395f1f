"""Whom an operation concerns, and which grants are lacking: who may hold a record's history (sync.md law 5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, select

from models.domain.operation import EVERYONE
from models.domain.unit import Registry, unit_names
from models.progress import Progress, Silent
from models.services.base.desk import Desk
from models.services.base.pen import Pen
from models.store import fold
from models.store.schema import campaign, granted, inspection, local_item, notice, op, op_aud, petition, problem, source
from models.store.sqlite import among, temporary_ids

_LEADING = ("township", "lead_unit")
_BESIDE = ("responsible_units", "cooperating_units", "supervising_unit")


def of_record(desk: Desk, values: dict[str, object], registry: Registry, *more: str) -> tuple[str, ...]:
    """The audience of an operation on a record with these unit names; `more`: units that had it before."""
    own = desk.side.unit
    if not desk.is_county:
        return (own,)
    units = registry.resolve_all(str(v) for n in _LEADING if (v := values.get(n)))
    return tuple(sorted({own, *units, *(m for m in more if m)}))


class _Wanted(NamedTuple):
    leading: frozenset[str]
    beside: frozenset[str]


def link(desk: Desk, connection: Connection, tops: Iterable[bytes], progress: Progress | None = None) -> int:
    """Write the grants that these records lack, so that every unit they name holds them. The county's alone."""
    every = sorted(set(tops))
    told = progress or Silent()
    pen = Pen(desk, connection)
    written = 0
    for start in range(0, len(every), 2_000):
        told.step(start, len(every), "正在分送到各单位")
        part = every[start : start + 2_000]
        named = _units_named(connection, part, pen.registry, desk.side.unit)
        lacking = _lacking(connection, named, desk.side.unit)
        for top, grants in lacking.items():
            told.step(start, len(every), "正在分送到各单位")
            history = fold.reduce_one(connection, top, pen.registry)
            for unit, of in grants:
                leading = named[top].leading
                pen.grant(history, unit, sorted(of), sorted({desk.side.unit, unit, *leading}))
                written += 1
    if written:
        pen.put(progress)
    return written


def _units_named(connection: Connection, tops: list[bytes], registry: Registry, own: str) -> dict[bytes, _Wanted]:
    temporary_ids(connection, tops)
    found: dict[bytes, _Wanted] = {}
    for table in (problem, petition, notice, source, campaign, inspection, local_item):
        columns = [table.c[n] for n in (*_LEADING, *_BESIDE) if n in table.c]
        statement = select(table.c.id, *columns).where(among(table.c.id))
        if table is campaign:  # to other units it is issued by the county alone
            statement = statement.where(table.c.creator == own)
        for row in connection.execute(statement).mappings():
            leading, beside = (
                frozenset(registry.resolve_all(p for n in names if (text := row.get(n)) for p in unit_names(text)))
                for names in (_LEADING, _BESIDE)
            )
            if (leading | beside) - {own}:
                found[row["id"]] = _Wanted(leading - {own}, beside - leading - {own})
    return found


def _lacking(
    connection: Connection, named: dict[bytes, _Wanted], own: str
) -> dict[bytes, list[tuple[str, frozenset[str]]]]:
    """For each history the units that must be granted it, and of whose operations."""
    temporary_ids(connection, list(named))
    audiences: defaultdict[bytes, set[frozenset[str]]] = defaultdict(set)
    by_op: defaultdict[tuple[bytes, int], set[str]] = defaultdict(set)
    statement = select(op.c.top, op_aud.c.op, op_aud.c.unit).join(op, op.c.pk == op_aud.c.op)
    for row in connection.execute(statement.where(among(op.c.top))):
        by_op[row.top, row.op].add(row.unit)
    for (top, _), units in by_op.items():
        audiences[top].add(frozenset(units))
    given: defaultdict[bytes, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    statement = select(granted.c.top, granted.c.unit, granted.c.of_unit)
    for row in connection.execute(statement.where(among(granted.c.top))):
        given[row.top][row.unit].add(row.of_unit)
    out: dict[bytes, list[tuple[str, frozenset[str]]]] = {}
    for top, units in named.items():
        have = {u for audience in audiences[top] for u in audience} - {EVERYONE}
        have |= set(given[top]) | units.leading | units.beside | {own}
        for unit in sorted(units.leading | units.beside):
            of = given[top].get(unit, set())
            alone = unit in units.leading and len(units.leading) == 1 and not units.beside
            if alone and all(unit in a or EVERYONE in a or a & of for a in audiences[top]):
                continue
            if not (have - {unit}) <= of:
                out.setdefault(top, []).append((unit, frozenset(have - {unit})))
    return out
