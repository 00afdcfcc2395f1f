"""What the next package would hold, counted before it is written."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from models.domain.fields import INSPECTING, NOTICES, PARTS, TOPS
from models.services.base.desk import Desk
from models.services.views.exchange import Outlook
from models.store import attached, operations, relation
from models.store.schema import BARE, op, pkg_out, pkg_out_op, problem

COUNTED = 20_000  # operations that are looked into; of more only their number is told


def outlook(desk: Desk, connection: Connection, unit: str) -> Outlook:
    """What a unit would get."""
    side = desk.side
    devices = relation.devices_of(connection, unit, but=side.device)
    lacks = relation.lacking(side, unit, devices).subquery()
    everything = connection.scalar(select(func.count()).select_from(lacks)) or 0
    written = (
        select(pkg_out_op.c.op)
        .join(pkg_out, pkg_out.c.pk == pkg_out_op.c.package)
        .where(pkg_out.c.unit == unit, relation.still_listed())
    )
    again = connection.scalar(select(func.count()).select_from(lacks).where(lacks.c[0].in_(written))) or 0
    last = connection.scalar(select(func.max(pkg_out.c.number)).where(pkg_out.c.unit == unit)) or 0
    counts: dict[str, set[str]] = {table: set() for table in (*TOPS, *NOTICES, *INSPECTING, *PARTS)}
    if everything <= COUNTED:
        for body in connection.scalars(select(op.c.body).where(op.c.pk.in_(select(lacks.c[0])))):
            _count(counts, body)
    goods = attached.to_send(connection, side, unit)
    who = desk.registry(connection)
    return Outlook(
        unit, who.units.get(unit, unit), last + 1,
        tuple((table, len(found)) for table, found in counts.items() if found), everything - again, again,
        tuple(warnings(connection)), len(goods), sum(size for _, size in goods),
        attached.missing_count(connection, side, unit),
    )  # fmt: skip


def warnings(connection: Connection) -> list[str]:
    """校核: what a person should know before the stick leaves; nothing is refused for it."""
    bare = connection.scalar(select(func.count()).select_from(problem).where(BARE))
    return [f"有 {bare} 个未完成的问题没有填整改时限。"] if bare else []


def _count(counts: dict[str, set[str]], body: bytes) -> None:
    try:
        one = operations.read(body)
    except (operations.Unreadable, operations.OverLimit):
        return  # of a newer program: it travels, but nobody here can say what it is
    if one.table in counts:
        counts[one.table].add(one.record)
