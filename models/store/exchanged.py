"""How far each record is on its way to the other side: 待报送, 已导出待回执, 县已接收 (sync.md 5.6)."""

from __future__ import annotations

from sqlalchemy import Connection, Select, and_, exists, select

from models.domain import words
from models.store.relation import Side, still_listed
from models.store.schema import device, known, op, pkg_out, pkg_out_op
from models.store.sqlite import among, temporary_ids

UNREPORTED, EXPORTED, RECEIVED = "unreported", "exported", "received"


class Ways:
    """The records that are not wholly received, found once for a whole list."""

    def __init__(self, unreported: set[bytes], exported: set[bytes], *, county: bool) -> None:
        self.unreported = unreported
        self.exported = exported - unreported
        self._county = county

    @classmethod
    def all(cls, connection: Connection, side: Side) -> Ways:
        """The ways of every record."""
        nowhere, written = (_waiting(side, written=w) for w in (False, True))
        return cls(_tops(connection, nowhere), _tops(connection, written), county=side.is_county)

    @classmethod
    def of_some(cls, connection: Connection, side: Side, tops: list[bytes]) -> Ways:
        """The ways of some records, as many as a screen shows."""
        temporary_ids(connection, tops)
        nowhere, written = (_waiting(side, written=w).where(among(op.c.top)) for w in (False, True))
        return cls(_tops(connection, nowhere), _tops(connection, written), county=side.is_county)

    @classmethod
    def of_one(cls, connection: Connection, side: Side, top: bytes) -> Ways:
        """The way of one record, without looking at any other."""
        nowhere, written = (_waiting(side, written=w).where(op.c.top == top) for w in (False, True))
        return cls(_tops(connection, nowhere), _tops(connection, written), county=side.is_county)

    def of(self, top: bytes) -> str:
        """The state of one record."""
        if top in self.unreported:
            return UNREPORTED
        return EXPORTED if top in self.exported else RECEIVED

    def said(self, top: bytes) -> str:
        """The same in words."""
        return words.exchange(self.of(top), county=self._county)


def going_again(connection: Connection, side: Side) -> dict[str, int]:
    """How many records go over once more, by unit: they were written to it, but since then it showed that it lost them.

    A unit that lost nothing, or has acknowledged all of it again, is not in it.
    """
    dropped = (pkg_out.c.unit != side.unit, pkg_out.c.copied.is_not(None), ~still_listed())
    found: dict[str, int] = {}
    for unit in connection.scalars(select(pkg_out.c.unit).where(*dropped).distinct().order_by(pkg_out.c.unit)):
        has_it = exists().where(known.c.op == op.c.pk, known.c.device == device.c.id, device.c.unit == unit)
        was_written = exists().where(
            pkg_out_op.c.op == op.c.pk, pkg_out.c.pk == pkg_out_op.c.package, pkg_out.c.unit == unit, *dropped
        )
        if count := len(_tops(connection, _mine(side).where(was_written, ~has_it).distinct())):
            found[unit] = count
    return found


def _tops(connection: Connection, statement: Select[bytes]) -> set[bytes]:
    return {row[0] for row in connection.execute(statement)}


def _waiting(side: Side, *, written: bool) -> Select[bytes]:
    """Tops with an operation of this unit that no device of the other side is known to have.

    `written`: whether it lies in a package that was written, read back and may still be acknowledged, or in none.
    """
    other = device.c.kind != "county" if side.is_county else device.c.kind == "county"
    has_it = exists().where(and_(known.c.op == op.c.pk, known.c.device == device.c.id, other))
    in_package = exists().where(
        and_(
            pkg_out_op.c.op == op.c.pk, pkg_out.c.pk == pkg_out_op.c.package, pkg_out.c.unit != side.unit,
            pkg_out.c.copied.is_not(None), still_listed(),
        )
    )  # fmt: skip
    return _mine(side).where(~has_it, in_package if written else ~in_package).distinct()


def _mine(side: Side) -> Select[bytes]:
    """Tops of what this unit wrote and others may hold."""
    return select(op.c.top).where(op.c.unit == side.unit, op.c.travels == 1, op.c.is_data == 1)
