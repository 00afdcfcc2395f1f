"""封账: keep the figures of a month as they stand, and say later what became otherwise and by what.

A seal is of this home alone (ADR 0022): what a home knew is nobody else's knowledge. Its row is never changed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

import msgspec
import zstandard
from sqlalchemy import Connection, Row, select

from models.domain import seal as faces
from models.domain.breakdown import WAYS
from models.domain.meaning import FIGURES, PENALTIES
from models.domain.operation import VOID, Operation
from models.domain.roles import Deed
from models.domain.seal import COUNTED, Changed, Face, Field
from models.domain.unit import Registry
from models.errors import LedgerError
from models.services.base import counting, since
from models.services.base.counting import Counted
from models.services.base.desk import Desk
from models.services.figures.figures import headline
from models.services.views.seals import Cause, ChangedRecord, Difference, Otherwise, Seal, SealChanges
from models.store import holding, operations, seals
from models.store.local_schema import seal
from models.store.schema import op
from models.version import VERSION

TABLES = ("problem", "petition")
Faces = dict[str, dict[str, Face]]  # table → id → face
_FACES = msgspec.json.Decoder(Faces)
MERGED = "合并到"


@dataclass(eq=False)
class DayToCome(LedgerError):
    """What is not over cannot be sealed."""

    code = "R370"
    title = "这一天还没有到，没有封账"
    day: str  # ISO

    @property
    def message(self) -> str:
        return f"{self.day} 还没有到，那一天的数字还会变，没有封账，本机数据未改动。"

    @property
    def way_out(self) -> str:
        return "请把截至日期改成今天或以前的一天，再封账。"


@dataclass(eq=False)
class NoSuchSeal(LedgerError):
    """Nothing was sealed, or not under this number."""

    code = "R371"
    title = "没有这次封账"
    number: int | None

    @property
    def message(self) -> str:
        which = "还没有封过账" if self.number is None else f"没有第 {self.number} 次封账"
        return f"{which}，没有可以看的，本机数据未改动。"

    @property
    def way_out(self) -> str:
        return "请先在“统计”里封账；已经封过的，请核对是第几次。"


class _Kept(NamedTuple):
    seal: Seal
    faces: Faces


class Seals:
    """Everything the window and the hatch may ask of sealed months."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add(self, as_of: date | None = None, note: str = "") -> Seal:
        """Seal a day, from all that is known now; no day: the end of the newest month that is over.

        The same day may be sealed again: that is another seal, and both stay.
        """
        desk = self._desk
        day = as_of or faces.month_end(desk.today())
        if day > desk.today():
            raise DayToCome(day.isoformat())
        desk.ledger.gate(Deed.EDIT)
        with desk.ledger.read() as connection:  # counting takes long, and nobody need wait with what he writes
            counted = _counted(desk, connection, day)
        with desk.ledger.write() as connection:
            if (since.length(connection), holding.arrival(connection, counted.at)) != (counted.log, counted.at):
                counted = _counted(desk, connection, day)  # somebody wrote or sealed meanwhile
            row = {
                **counted.row, "as_of": day.isoformat(), "at": counted.at, "user": desk.user, "note": note.strip(),
                "wall": _as_stated(counted.at, desk.wall()), "program": VERSION,
            }  # fmt: skip
            seals.add(connection, row)
            return found(connection, None)

    def list(self) -> tuple[Seal, ...]:
        """Every seal of this home, the newest first."""
        with self._desk.ledger.read() as connection:
            return tuple(map(_seal, connection.execute(select(seal).order_by(seal.c.pk.desc()))))

    def show(self, number: int | None = None) -> Seal:
        """One seal; no number: the newest."""
        with self._desk.ledger.read() as connection:
            return found(connection, number)

    def agrees(self, number: int | None = None) -> bool:
        """Whether a seal is as it was written, and this program counts the same from what was known then."""
        with self._desk.ledger.read() as connection:
            kept = _found(connection, number)
            if kept.seal.number in seals.changed(connection):
                return False
            again = counting.known(connection, date.fromisoformat(kept.seal.as_of), kept.seal.at)
            return _figures(again) == _said(kept.seal) and not any(_changed(kept.faces, _faces(again)))

    def changes(self, number: int | None = None) -> SealChanges:
        """What became otherwise since a seal, as of the same day from all that is known now."""
        with self._desk.ledger.read() as connection:
            kept = _found(connection, number)
            now = counting.read(self._desk, connection, date.fromisoformat(kept.seal.as_of))
            new = _faces(now)
            changed = _changed(kept.faces, new)
            causes = _causes(connection, kept.seal, {one.id for one in changed}, now.who)
        said = _Words(now, kept.faces, new)
        records = tuple(said.record(one, causes.get(one.id, ())) for one in changed)
        return SealChanges(kept.seal, _differences(kept.faces, new), records, _figures(now)["paragraph"])


# ------------------------------------------------------------------------------------------- keeping


class _Counted(NamedTuple):
    row: dict[str, Any]  # what a seal keeps of the figures
    at: str  # from what had arrived by this moment: UTC
    log: int  # how long the log was


def _counted(desk: Desk, connection: Connection, day: date) -> _Counted:
    """Count a day from all that is known now."""
    at = holding.arrival(connection, desk.utc())
    whole = counting.known(connection, day, at)
    row = {
        "figures": json.dumps(_figures(whole), ensure_ascii=False),
        "faces": zstandard.compress(msgspec.json.encode(_faces(whole))),
    }
    return _Counted(row, at, since.length(connection))


def _figures(whole: Counted) -> dict[str, Any]:
    return headline(whole, whole.seen("problem"), whole.seen("petition"))


def _faces(whole: Counted) -> Faces:
    return {table: faces.faces(table, whole.seen(table), whole.sight) for table in TABLES}


def _changed(old: Faces, new: Faces) -> list[Changed]:
    return [one for table in TABLES for one in faces.changed(table, old[table], new[table])]


def _differences(old: Faces, new: Faces) -> tuple[Difference, ...]:
    """Every figure, also those that are the same."""
    made: list[Difference] = []
    for table in TABLES:
        then, now = (faces.counted(table, some[table].values()) for some in (old, new))
        made += [
            Difference(table, name, one.heading, getattr(then, name), getattr(now, name))
            for name, one in FIGURES[table].items()
        ]
    return tuple(made)


def _as_stated(at: str, wall: str) -> str:
    """The moment of a seal in the zone of this PC."""
    zone = datetime.fromisoformat(wall).tzinfo
    return datetime.fromisoformat(at).astimezone(zone).isoformat(timespec="seconds")


def found(connection: Connection, number: int | None) -> Seal:
    """One seal; no number: the newest."""
    return _found(connection, number).seal


def _found(connection: Connection, number: int | None) -> _Kept:
    if number is None:
        row = seals.newest(connection)
    else:
        row = connection.execute(select(seal).where(seal.c.pk == number)).first()
    if row is None:
        raise NoSuchSeal(number)
    return _Kept(_seal(row), _FACES.decode(zstandard.decompress(row.faces)))


def _seal(row: Row[Any]) -> Seal:
    figures = json.loads(row.figures)
    return Seal(
        row.pk, row.as_of, row.at, row.wall, row.user, row.note, row.program, figures["problems"], figures["petitions"],
        figures["penalties"], figures["paragraph"],
    )  # fmt: skip


def _said(one: Seal) -> dict[str, Any]:
    return {name: getattr(one, name) for name in ("problems", "petitions", "paragraph", "penalties")}


# ------------------------------------------------------------------------------------------- what came since


def _causes(connection: Connection, one: Seal, ids: set[str], who: Registry) -> Mapping[str, tuple[Cause, ...]]:
    """The operations that came after a seal and may have changed how these records count, in the order they came."""
    statement = (
        select(op.c.top, op.c.body, op.c.sha, op.c.package, op.c.arrived)
        .where(op.c.is_data == 1, op.c.arrived > one.at)
        .order_by(op.c.pk)
    )
    found: dict[str, list[Cause]] = {}
    for row in connection.execute(statement):
        if (top := row.top.hex()) in ids and _counts(operation := operations.read(row.body, row.sha)):
            kind = "here" if row.package is None else "late" if _is_before(operation.wall, one.at) else "brought"
            author = who.author(operation.device)
            unit = author.unit if author else ""
            came = _as_stated(row.arrived, one.wall)
            said = (came, operation.wall, operation.user, unit, who.units.get(unit, unit), operation.why)
            found.setdefault(top, []).append(Cause(kind, *said))
    return {top: tuple(some) for top, some in found.items()}


def _counts(operation: Operation) -> bool:
    """Whether an operation may change how its record counts."""
    fields = COUNTED.get(operation.table)
    return fields is not None and (
        operation.kind == VOID or operation.creates or not fields.isdisjoint(operation.fields)
    )


def _is_before(wall: str, at: str) -> bool:
    """Whether an operation was written before the seal, as its own PC says: clocks lie, nothing rests on it."""
    try:
        return datetime.fromisoformat(wall) <= datetime.fromisoformat(at)
    except (ValueError, TypeError):  # no time, or one without its zone
        return False


class _Words:
    """Changes as people read them."""

    def __init__(self, whole: Counted, *some: Faces) -> None:
        self._whole = whole
        self._numbers = {id_: face.number for one in some for of in one.values() for id_, face in of.items()}

    def record(self, one: Changed, causes: tuple[Cause, ...]) -> ChangedRecord:
        """One record: what it says otherwise."""
        unit = one.face.rows["township"][0]
        return ChangedRecord(
            one.table, one.id, one.face.number, one.face.title, unit, self._whole.who.units.get(unit, unit), one.what,
            tuple(self._field(one.table, field) for field in one.fields), causes,
        )  # fmt: skip

    def _field(self, table: str, field: Field) -> Otherwise:
        if field.name in PENALTIES:
            return Otherwise(field.name, PENALTIES[field.name], field.old[0], field.new[0])
        if field.name == "group":
            old, new = (self._numbers.get(some[0], "") for some in (field.old, field.new))
            return Otherwise("merged_into", MERGED, old, new)
        way = WAYS[table][field.name]
        old, new = ("；".join(self._whole.name(way, key) for key in keys) for keys in (field.old, field.new))
        if old == new:  # a name that has become a unit of the list
            new = f"{new}（已列入单位名册）"
        return Otherwise(field.name, way.label, old, new)
