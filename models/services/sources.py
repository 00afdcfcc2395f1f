"""污染源: what concerns several of them, and their permits. One of them is a record like any other (records.py)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from models.domain import sources
from models.services import parts, showing
from models.services.desk import Desk
from models.services.views.lists import Record
from models.store.schema import permit, source


class Sources:
    """Everything the window and the hatch may ask of sources, beside what they have in common with other records."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add_permit(self, id: str, values: Mapping[str, str], why: str = "") -> Record:
        """A permit of a source; the source."""
        return parts.add(self._desk, "permit", id, values, why)

    def edit_permit(self, id: str, permit: str, values: Mapping[str, str], why: str = "") -> Record:
        """Change a permit."""
        return parts.edit(self._desk, "permit", id, permit, values, why)

    def void_permit(self, id: str, permit: str, why: str) -> Record:
        """Take a permit away that should not stand there."""
        return parts.void(self._desk, "permit", id, permit, why)

    def permits_due(self, days: int = sources.EXPIRES_SOON) -> list[Record]:
        """The permits that have ended, or end within so many days; the earliest first."""
        last = (self._desk.today() + timedelta(days=days)).isoformat()
        ending = (
            select(permit.c.id, permit.c.kind, permit.c.number, permit.c.expires_on, permit.c.top)
            .join(source, source.c.id == permit.c.top)
            .where(permit.c.void_from.is_(None), source.c.void_from.is_(None), permit.c.expires_on <= last)
            .order_by(permit.c.expires_on, permit.c.pk)
        )
        with self._desk.ledger.read() as connection:
            by_id = {row["id"]: row for row in _live(connection)}
            return [self._due(connection, row, by_id[row["top"]]) for row in connection.execute(ending).mappings()]

    def _due(self, connection: Connection, row: RowMapping, of: RowMapping) -> Record:
        names = self._desk.registry(connection).units
        left = (date.fromisoformat(row["expires_on"]) - self._desk.today()).days
        return {
            "id": row["id"].hex(), "kind": row["kind"], "number": row["number"], "expires_on": row["expires_on"],
            "days_left": left, "source": of["id"].hex(), "source_number": of["number"], "name": of["name"],
            "unit": of["unit"], "unit_name": names.get(of["unit"], of["unit"]), "village": of["village"],
        }  # fmt: skip

    def doubles(self) -> list[Record]:
        """Pairs of sources that may be one, and why. A person decides, and voids one of them."""
        with self._desk.ledger.read() as connection:
            live = {row["id"].hex(): row for row in _live(connection)}
        told: list[dict[str, Any]] = [
            {**showing.values_of("source", row), "id": id_, "unit": row["unit"]} for id_, row in live.items()
        ]
        return [
            {"one": _side(live[pair.one]), "other": _side(live[pair.other]), "why": pair.why}
            for pair in sources.likely_doubles(told)
        ]


def _live(connection: Connection) -> list[RowMapping]:
    return list(
        connection.execute(select(source).where(source.c.void_from.is_(None)).order_by(source.c.pk)).mappings()
    )  # fmt: skip


def _side(row: RowMapping) -> Record:
    return {"id": row["id"].hex(), **{name: row[name] for name in ("number", "name", "unit", "village", "place")}}
