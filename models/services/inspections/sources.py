"""污染源: what concerns several of them, and their permits. One of them is a record like any other (records.py)."""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import Connection, RowMapping, select

from models.domain import sources
from models.services.base.desk import Desk
from models.services.base.writing import find
from models.services.inspections import source_list
from models.services.problems import parts
from models.services.views.lists import Record
from models.services.views.sources import LikelyDouble, SourceLine
from models.store.doubles import told_apart
from models.store.schema import permit, source


class Sources:
    """Everything the window and the hatch may ask of sources, beside what they have in common with other records."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def list(self, words: str = "") -> tuple[SourceLine, ...]:
        """All of them, void ones too, or those that fit the words; by unit, village and name."""
        with self._desk.ledger.read() as connection:
            return source_list.lines(self._desk, connection, words)

    def id_of(self, row: int) -> str:
        """The source with a row number of the list; "" where it is not there any more."""
        with self._desk.ledger.read() as connection:
            found = connection.scalar(select(source.c.id).where(source.c.pk == row))
        return found.hex() if found else ""

    def add_permit(self, id: str, values: Mapping[str, str], why: str = "") -> Record:
        """A permit of a source; the source."""
        return parts.add(self._desk, "permit", id, values, why)

    def edit_permit(self, id: str, permit: str, values: Mapping[str, str], why: str = "") -> Record:
        """Change a permit."""
        return parts.edit(self._desk, "permit", id, permit, values, why)

    def void_permit(self, id: str, permit: str, why: str) -> Record:
        """Take a permit away that should not stand there."""
        return parts.void(self._desk, "permit", id, permit, why)

    def permits_due(self, days: int = sources.EXPIRES_SOON) -> builtins.list[Record]:
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

    def doubles(self) -> builtins.list[Record]:
        """Pairs of sources that may be one, and why. A person voids one, or the county says they are two."""
        with self._desk.ledger.read() as connection:
            live = {row["id"].hex(): row for row in _live(connection)}
            apart = told_apart(connection)
        return [
            {"one": _side(live[pair.one]), "other": _side(live[pair.other]), "why": pair.why}
            for pair in sources.likely_doubles(source_list.told(list(live.values())), apart)
        ]

    def doubles_of(self, id: str) -> tuple[LikelyDouble, ...]:
        """The other sources that may be one with this one."""
        with self._desk.ledger.read() as connection:
            own = find(connection, "source", id)["id"].hex()
            live = {row["id"].hex(): row for row in _live(connection)}
            apart = told_apart(connection)
        pairs = sources.likely_doubles(source_list.told(list(live.values())), apart)
        found = {one: pair.why for pair in pairs for one in pair[:2] if own in pair[:2] and one != own}
        return tuple(_likely(live[other], why) for other, why in found.items())


def _live(connection: Connection) -> list[RowMapping]:
    return list(
        connection.execute(select(source).where(source.c.void_from.is_(None)).order_by(source.c.pk)).mappings()
    )  # fmt: skip


def _side(row: RowMapping) -> Record:
    return {"id": row["id"].hex(), **{name: row[name] for name in ("number", "name", "unit", "village", "place")}}


def _likely(row: RowMapping, why: str) -> LikelyDouble:
    return LikelyDouble(
        row["id"].hex(), row["number"] or "", row["name"] or "", row["village"] or "", row["place"] or "", why
    )
