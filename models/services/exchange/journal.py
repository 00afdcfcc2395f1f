"""往来记录: every package that left or came, with what became of it. Reading only; nothing of it travels."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, exists, func, select

from models.domain.unit import Registry
from models.services.base.desk import Desk
from models.services.exchange import reports
from models.services.views.exchange import Journal, Passage
from models.store import relation
from models.store.relation import Side
from models.store.schema import pkg_in, pkg_out, pkg_out_op, volume_in, volume_out, volume_out_file

PAGE = 200


def journal(desk: Desk, connection: Connection, unit: str | None, skip: int, most: int) -> Journal:
    """The packages to and from one unit, or all of them, newest first."""
    who = desk.registry(connection)
    lines = [*_out(connection, desk.side, who, unit), *_in(connection, who, unit), *_volumes(connection, who, unit)]
    lines.sort(key=lambda one: datetime.fromisoformat(one.at).timestamp(), reverse=True)
    return Journal(tuple(lines[skip : skip + most]), len(lines))


def _out(connection: Connection, side: Side, who: Registry, unit: str | None) -> list[Passage]:
    columns = (
        pkg_out.c.pk, pkg_out.c.unit, pkg_out.c.number, pkg_out.c.name, pkg_out.c.operations, pkg_out.c.made,
        pkg_out.c.acknowledged,
        pkg_out.c.id,
    )  # fmt: skip
    rows = connection.execute(select(*columns).where(pkg_out.c.unit == unit if unit else pkg_out.c.pk > 0)).all()
    said = reports.answers(connection, [row.pk for row in rows])
    waiting = {code: _waiting(connection, side, code) for code in {row.unit for row in rows}}
    return [
        Passage(
            "out", row.unit, who.units.get(row.unit, row.unit), row.number, row.made, row.name, row.operations,
            _state(row, waiting[row.unit], side.unit), row.acknowledged or "", package=row.id.hex(),
            answers=said.get(row.pk, ()),
        )
        for row in rows
    ]  # fmt: skip


def _state(row: Any, waiting: set[int], own: str) -> str:
    if row.acknowledged:
        return "received"
    if row.pk in waiting:  # another PC of this unit writes to the county: nobody waits for a receipt of its own
        return "written" if row.unit == own else "exported"
    # Nothing of it is waited for: a later package brought it, or it held nothing but receipts.
    return "received" if row.operations else "nothing"


def _waiting(connection: Connection, side: Side, unit: str) -> set[int]:
    """The packages of which a device of the unit still lacks something, as far as is known here."""
    devices = relation.devices_of(connection, unit, but=side.device)
    lacks = relation.lacking(side, unit, devices).subquery()
    inside = exists().where(pkg_out_op.c.package == pkg_out.c.pk, pkg_out_op.c.op == lacks.c[0])
    return set(connection.scalars(select(pkg_out.c.pk).where(pkg_out.c.unit == unit, inside)))


def _in(connection: Connection, who: Registry, unit: str | None) -> list[Passage]:
    found = select(pkg_in).where(pkg_in.c.unit == unit if unit else pkg_in.c.pk > 0)
    return [
        Passage(
            "in", row.unit, who.units.get(row.unit, row.unit), row.number, row.imported,
            state="older" if row.older else "imported", package=row.id.hex(), **_report(row.report),
        )
        for row in connection.execute(found)
    ]  # fmt: skip


def _volumes(connection: Connection, who: Registry, unit: str | None) -> list[Passage]:
    """The files that went beside packages: they are asked for again by themselves, and have no receipts."""
    count = select(func.count()).where(volume_out_file.c.volume == volume_out.c.pk).scalar_subquery()
    left = (
        select(pkg_out.c.unit, pkg_out.c.number, volume_out.c.copied, volume_out.c.name, count.label("files"))
        .join(pkg_out, pkg_out.c.pk == volume_out.c.package)
        .where(pkg_out.c.unit == unit if unit else pkg_out.c.pk > 0)
    )
    came = select(volume_in).where(volume_in.c.unit == unit) if unit else select(volume_in)
    return [
        Passage("out", row.unit, who.units.get(row.unit, row.unit), row.number, row.copied, row.name, state="written",
                files=row.files, is_of_files=True)
        for row in connection.execute(left)
    ] + [
        Passage("in", row.unit, who.units.get(row.unit, row.unit), row.number, row.imported, state="imported",
                files=row.files, is_of_files=True)
        for row in connection.execute(came)
    ]  # fmt: skip


def _report(text: str) -> dict[str, Any]:
    """What was said of a package when it came in."""
    kept: dict[str, Any] = json.loads(text)
    return {name: kept[name] for name in ("created", "updated", "conflicts", "held", "message") if name in kept}
