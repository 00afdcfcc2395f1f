"""How far the exchange with each unit is: what waits, what was written, what came."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from models.domain.unit import COUNTY
from models.services.base.desk import Desk
from models.services.views.exchange import Peer
from models.store import attached, relation
from models.store.relation import Side
from models.store.schema import device, pkg_in, pkg_out, pkg_out_op, unit

_left = pkg_out.c.copied.is_not(None)  # of a package: it is on a medium; one that was only built has told nobody


def peers(desk: Desk, connection: Connection) -> tuple[Peer, ...]:
    """Every unit that this home exchanges with; its own where it has other PCs."""
    side = desk.side
    rows = connection.execute(select(unit.c.code, unit.c.name, unit.c.kind).order_by(unit.c.code)).all()
    own_others = relation.devices_of(connection, side.unit, but=side.device)
    return tuple(
        _peer(connection, side, row.code, row.name, row.kind)
        for row in rows
        if (row.code != side.unit if desk.is_county else row.kind == COUNTY) or (row.code == side.unit and own_others)
    )


def _peer(connection: Connection, side: Side, code: str, name: str, kind: str) -> Peer:
    devices = relation.devices_of(connection, code, but=side.device)
    lacks = relation.lacking(side, code, devices).subquery()
    written = (
        select(pkg_out_op.c.op, pkg_out.c.pk, pkg_out.c.made, pkg_out.c.number)
        .join(pkg_out, pkg_out.c.pk == pkg_out_op.c.package)
        .where(pkg_out.c.unit == code, _left, relation.still_listed())
    )
    in_package = select(written.subquery().c.op)
    everything = connection.scalar(select(func.count()).select_from(lacks)) or 0
    sent = connection.scalar(select(func.count()).select_from(lacks).where(lacks.c[0].in_(in_package))) or 0
    waits = written.where(pkg_out_op.c.op.in_(select(lacks.c[0]))).order_by(pkg_out.c.pk).limit(1)
    oldest = connection.execute(waits).first() if sent else None
    out = connection.execute(
        select(pkg_out.c.made, pkg_out.c.number).where(pkg_out.c.unit == code, _left).order_by(pkg_out.c.pk.desc())
    ).first()
    came = connection.execute(
        select(pkg_in.c.imported, pkg_in.c.number).where(pkg_in.c.unit == code).order_by(pkg_in.c.pk.desc())
    ).first()
    forks = connection.scalar(select(func.sum(device.c.forks)).where(device.c.unit == code)) or 0
    return Peer(
        code, name, kind, everything - sent, sent, len(devices), out.made if out else None,
        out.number if out else None, came.imported if came else None, came.number if came else None, forks,
        missing_files=attached.missing_count(connection, side, code),
        oldest_out=oldest.made if oldest else None, oldest_out_number=oldest.number if oldest else None,
    )  # fmt: skip
