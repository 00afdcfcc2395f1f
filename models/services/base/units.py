"""The units that the county deals with; adding one gives it the records that name it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Table, func, select

from models.domain import unit as rules
from models.domain.operation import EVERYONE
from models.domain.roles import Deed
from models.errors import LedgerError
from models.services.base import audience, refusals
from models.services.base.desk import Desk
from models.services.base.pen import Pen, Place
from models.services.views.home import UnitView
from models.store import fold
from models.store.schema import device, named, problem, unit

_CODE = re.compile(r"[0-9A-Za-z_-]{1,32}")


@dataclass(eq=False)
class BadUnit(LedgerError):
    """Name or code cannot be a unit's."""

    code = "S220"
    title = "单位没有添加"
    why: str

    @property
    def message(self) -> str:
        return f"{self.why}，没有做任何改动。"

    @property
    def way_out(self) -> str:
        return "请核对单位名称和行政区划代码后再填。"


@dataclass(eq=False)
class NoSuchUnit(LedgerError):
    """No unit of the list is called so."""

    code = "R448"
    title = "没有这个单位"
    wanted: str

    @property
    def message(self) -> str:
        return f"单位名单里没有“{self.wanted}”，没有统计，本机数据未改动。"

    @property
    def way_out(self) -> str:
        return "请在单位名单里核对代码或名称后再试。"


def check(kind: str, name: str, code: str) -> None:
    """Refuse what cannot be a unit."""
    if kind not in rules.KINDS:
        raise BadUnit(f"单位类别“{kind}”不是县、乡镇、部门之一")
    if not _CODE.fullmatch(code):
        raise BadUnit(f"单位代码“{code}”应为 1 到 32 位数字或字母")
    if not name.strip() or len(name) > 100:
        raise BadUnit("单位名称应为 1 到 100 字")


class Units:
    """The list of units."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def list(self) -> tuple[UnitView, ...]:
        """Every unit that this home knows of, the county first."""
        with self._desk.ledger.read() as connection:
            devices = _counted(connection, device, device.c.revoked == 0)
            problems = _counted(connection, problem, problem.c.void_from.is_(None))
            rows = connection.execute(select(unit.c.code, unit.c.kind, unit.c.name).order_by(unit.c.code))
            found = [UnitView(r.code, r.kind, r.name, devices.get(r.code, 0), problems.get(r.code, 0)) for r in rows]
        return tuple(sorted(found, key=lambda u: (u.kind != rules.COUNTY, u.code)))

    def code_of(self, wanted: str) -> str:
        """The code of a unit of the list, which is named by its code or name."""
        with self._desk.ledger.read() as connection:
            found = self._desk.registry(connection).resolve(wanted.strip())
        if not found and wanted.strip() != self._desk.side.unit:  # before it is enrolled it is on no list
            raise NoSuchUnit(wanted)
        return found or self._desk.side.unit

    def add(self, kind: str, name: str, code: str) -> tuple[UnitView, ...]:
        """Add a unit, or rename it; the records that name it are granted to it."""
        if not self._desk.is_county:
            raise refusals.CountyOnly
        check(kind, name, code)
        if kind == rules.COUNTY:
            raise BadUnit("一个台账只有一个县")
        with self._desk.ledger.write(deed=Deed.MANAGE) as connection:
            there = connection.execute(select(unit.c.kind, unit.c.name).where(unit.c.code == code)).first()
            if there is not None and there.kind == rules.COUNTY:
                raise BadUnit(f"代码 {code} 是县里自己的")
            who = write(self._desk, connection, kind, name.strip(), code)
            keys = {who.key(name.strip()), who.key(code)}  # people write the name, or the code
            tops = set(connection.scalars(select(named.c.top).where(named.c.name_key.in_(keys))))
            audience.link(self._desk, connection, tops)
        return self.list()


def _counted(connection: Connection, table: Table, *counted: ColumnElement[bool]) -> dict[str, int]:
    """Rows by unit."""
    statement = select(table.c.unit, func.count()).where(*counted).group_by(table.c.unit)
    return {unit: n for unit, n in connection.execute(statement)}  # noqa: C416 - rows are no pairs to a type checker


def write(desk: Desk, connection: Connection, kind: str, name: str, code: str) -> rules.Registry:
    """The operation that makes or renames a unit, for everybody to hold."""
    record = rules.derived_id("unit", code)
    history = fold.reduce_one(connection, bytes.fromhex(record))
    known = history.records.get(record)
    values = {"code": code, "kind": kind, "name": name}
    changed = {n: v for n, v in values.items() if known is None or known.values.get(n) != v}
    pen = Pen(desk, connection)
    if changed:
        pen.set(Place("unit", record, history), {**changed, "code": code}, (EVERYONE, desk.settings["unit"]))
        pen.put()
    return pen.registry
