"""How far closed problems were looked at again: every one that was closed up to a day, and what came of it by then."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, or_, select

from models.domain import facts, lookbacks
from models.domain.lookbacks import Covered
from models.services.base import showing
from models.services.base.desk import Desk
from models.services.views.lookbacks import Coverage, CoverLine
from models.store import rows
from models.store.schema import lookback, problem

ALL = "合计"


def coverage(desk: Desk, connection: Connection, as_of: date, whose: str | None = None) -> Coverage:
    """Count as of a day, all or one unit by its code.

    What is planned and not made has no day of its own: it counts as this home knows it now.
    """
    day = as_of.isoformat()
    names = desk.registry(connection).units
    looked = _looked(connection)
    statement = (
        select(*(problem.c[name] for name in ("id", "number", "description", "unit", "source", "closing_stage")))
        .where(or_(problem.c.void_from.is_(None), problem.c.void_from > day), problem.c.closing_stage.is_not(None))
        .order_by(problem.c.pk)
    )
    lines: list[CoverLine] = []
    for row in connection.execute(statement).mappings():
        closed = lookbacks.closed_on(facts.of(rows.loaded(row["closing_stage"])), day)
        if closed is not None and whose in (None, row["unit"]):
            newest = _newest(looked.get(row["id"], []), closed, day)
            state = lookbacks.state(newest, day) if newest else ""
            seen = str(newest["looked_on"] or "") if newest else ""
            unit = row["unit"] or ""
            what = (row["number"] or "", row["description"] or "", unit, names.get(unit, unit), row["source"] or "")
            lines.append(CoverLine(row["id"].hex(), *what, closed[:4], closed, seen, state))
    return Coverage(
        day, tuple(lines),
        tuple(lookbacks.covers(Covered(one.unit, one.unit_name, one.state) for one in lines)),
        tuple(lookbacks.covers(Covered(one.source, one.source, one.state) for one in lines)),
        tuple(lookbacks.covers(Covered(one.year, one.year, one.state) for one in lines)),
        lookbacks.cover("", ALL, [one.state for one in lines]),
    )  # fmt: skip


def _looked(connection: Connection) -> dict[bytes, list[Mapping[str, Any]]]:
    found: dict[bytes, list[Mapping[str, Any]]] = {}
    for row in connection.execute(select(lookback).where(lookback.c.void_from.is_(None))).mappings():
        found.setdefault(row["top"], []).append(showing.values_of("lookback", row))
    return found


def _newest(some: list[Mapping[str, Any]], closed: str, day: str) -> Mapping[str, Any] | None:
    """The newest look-back that was made since the closing and by that day, else one that is planned."""
    made = [one for one in some if one["looked_on"] and closed <= one["looked_on"] <= day]
    if made:
        return max(made, key=lambda one: str(one["looked_on"]))
    waiting = [
        {**one, "looked_on": None} for one in some if not one["looked_on"] or (one["due"] and one["looked_on"] > day)
    ]
    return min(waiting, key=lambda one: str(one["due"] or "9"), default=None)
