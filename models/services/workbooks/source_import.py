"""Pollution sources from a workbook: what each row would do is decided first, then all of it is written, or nothing.

A source that is here already is known by its name in its unit. What it lacks is filled in; what it says otherwise is
named and stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from models.documents.sources_in import SourceRow, SourceTable
from models.domain import forms, sources
from models.domain.fields import TABLES
from models.domain.limits import FIELD_CHARS
from models.domain.operation import Value
from models.domain.unit import Registry
from models.errors import LedgerError
from models.services.base import audience, dictionaries, showing
from models.services.base.desk import Desk
from models.services.base.pen import Pen, Place
from models.services.base.writing import put
from models.services.inspections.source_list import permits, told
from models.store import fold
from models.store.number import Numbers
from models.store.schema import source


@dataclass
class Plan:
    """One row and what it will do."""

    row: SourceRow
    state: str  # new changed same refused
    record: RowMapping | None = None
    changes: dict[str, Value] = field(default_factory=dict[str, Value])
    permit: dict[str, Value] = field(default_factory=dict[str, Value])
    held: str | None = None  # the id of the permit that this is filled into; None: a new one


def plan(desk: Desk, connection: Connection, table: SourceTable) -> list[Plan]:
    """What each row of a workbook would do. Nothing is written."""
    return _Planner(desk, connection).run(table)


class _Planner:
    def __init__(self, desk: Desk, connection: Connection) -> None:
        self._desk = desk
        self._who: Registry = desk.registry(connection)
        self._rows = connection.execute(select(source).where(source.c.void_from.is_(None))).mappings().all()
        self._bounds = sources.bounds(dictionaries.content(connection, "county_bounds"))
        self._by_key: dict[tuple[str, str], list[RowMapping]] = {}
        for one in self._rows:
            self._by_key.setdefault(_key(one["unit"], one["name"]), []).append(one)
        self._permits = permits(connection)
        self._seen: dict[tuple[str, str], int] = {}  # what a row is known by → its number

    def run(self, table: SourceTable) -> list[Plan]:
        """A plan for every row; rows that may be one with another source say so."""
        plans = [self._plan(row) for row in table.rows]
        self._name_doubles(plans)
        return plans

    def _plan(self, row: SourceRow) -> Plan:
        unit, why = self._unit(row)
        values = {name: value for name, value in row.values.items() if name != "township"}
        if not why and not values.get("name"):
            why = "没有写名称，没有登记"
        if not why and len(values["name"]) > FIELD_CHARS:
            why = f"名称超过 {FIELD_CHARS} 字，没有登记"
        if why:
            return self._refuse(row, why)
        values = self._checked(row, "source", values)
        key = _key(unit, values["name"])
        if key in self._seen:
            return self._refuse(row, f"与第 {self._seen[key]} 行是同一个，没有再登记")
        self._seen[key] = row.number
        there = self._by_key.get(key, [])
        if len(there) > 1:
            return self._refuse(row, f"台账里有 {len(there)} 个同名的，分不清是哪一个")
        said = self._checked(row, "permit", row.permit)
        row.flagged += [
            row.note("credit_code" if "代码" in doubt else "longitude", doubt)
            for doubt in sources.own_doubts(values, self._bounds)
        ]
        if not there:
            return Plan(row, "new", None, {**values, "township": unit}, *self._permit(row, said, ()))
        return self._compare(row, there[0], values, said)

    def _refuse(self, row: SourceRow, why: str) -> Plan:
        row.rejected.append(row.note("name", why))
        return Plan(row, "refused")

    def _unit(self, row: SourceRow) -> tuple[str, str]:
        """The unit that a row belongs to, or why it belongs nowhere."""
        own, written = self._desk.side.unit, row.values.get("township", "")
        code = self._who.resolve(written) if written else None
        if not self._desk.is_county:
            return own, "" if not written or code in (None, own) else f"是{written}的，不是本单位的，没有登记"
        if not code:
            return "", f"单位表里没有“{written}”，没有登记" if written else "没有写乡镇，没有登记"
        return code, ""

    def _checked(self, row: SourceRow, table: str, typed: Mapping[str, str]) -> dict[str, Value]:
        """The values as fields hold them; what does not fit is refused by its cell, and the rest stands."""
        made: dict[str, Value] = {}
        for name, text in typed.items():
            try:
                made |= forms.changes(table, {name: text}, {}, self._desk.today(), creating=True)
            except LedgerError as error:
                at = name if table == "source" else f"{table}.{name}"
                row.rejected.append(row.note(at, error.message))
        return made

    def _compare(
        self, row: SourceRow, there: RowMapping, values: Mapping[str, Value], said: dict[str, Value]
    ) -> Plan:  # fmt: skip
        now = showing.values_of("source", there)
        changes = {name: value for name, value in values.items() if now.get(name) in (None, "")}
        for name, value in values.items():
            if name not in (*changes, "name") and now[name] != value:
                label, kept = TABLES["source"][name].label, _in_words(name, now[name])
                row.flagged.append(row.note(name, f"台账里的{label}是“{kept}”，没有改"))
        said, held = self._permit(row, said, self._permits.get(there["id"], ()))
        return Plan(row, "changed" if changes or said else "same", there, changes, said, held)

    def _permit(
        self, row: SourceRow, said: dict[str, Value], held: Sequence[Mapping[str, Any]]
    ) -> tuple[dict[str, Value], str | None]:  # fmt: skip
        """What is written of a permit, and the id of the one that lacks it; None where it is a new one."""
        some = sources.same_permits(said, held) if said else []
        if len(said) == 1 and not some and "permit.kind" in row.cells:
            row.flagged = [one for one in row.flagged if one.cell != row.cells["permit.kind"]]  # of its kind
            row.flagged.append(row.note("permit.kind", "没有证号也没有日期，没有登记这个许可"))
        if len(said) > 1 and len(some) > 1:
            at = next(name for name in row.cells if name.startswith("permit."))
            row.flagged.append(row.note(at, f"台账里有 {len(some)} 个这一种许可，分不清是哪一个，没有登记"))
        if len(some) != 1:
            return {} if some or len(said) == 1 else said, None
        for name, value in said.items():
            if some[0][name] and some[0][name] != value:
                row.flagged.append(row.note(f"permit.{name}", f"台账里写的是 {some[0][name]}，没有改"))
        return {name: value for name, value in said.items() if not some[0][name]}, some[0]["id"].hex()

    def _name_doubles(self, plans: list[Plan]) -> None:
        """New ones that may be one with another: near it, or under its credit code."""
        new: list[dict[str, Any]] = [
            {**dict.fromkeys(TABLES["source"]), **one.changes, "id": f"{one.row.number}",
             "unit": one.changes["township"]}
            for one in plans if one.state == "new"
        ]  # fmt: skip
        by_id = {one["id"]: one for one in [*told(self._rows), *new]}
        rows = {f"{one.row.number}": one.row for one in plans}
        for pair in sources.likely_doubles(list(by_id.values())):
            for mine, other in ((pair.one, pair.other), (pair.other, pair.one)):
                if mine in rows and (other not in rows or int(other) < int(mine)):
                    name = by_id[other]["name"]
                    rows[mine].flagged.append(rows[mine].note("name", f"可能和“{name}”是同一个：{pair.why}，请核对"))


def _key(unit: str, name: object) -> tuple[str, str]:
    """What a source is known by: its name in its unit. A credit code may stand for several places of one firm."""
    return unit, "".join(str(name or "").split())


def _in_words(name: str, value: object) -> str:
    return TABLES["source"][name].states.get(str(value), str(value))


def write(desk: Desk, connection: Connection, plans: list[Plan]) -> None:
    """Write what rows do.

    All sources first, then their permits: a permit belongs to a history that is there.
    """
    pen, own = Pen(desk, connection), desk.settings
    numbers = Numbers(connection, own["unit"], own["device"], desk.today().year, "source")
    ids: dict[int, str] = {}
    for plan in plans:
        if plan.state == "new":
            values = {**plan.changes, "number": numbers.next()}
            ids[plan.row.number] = pen.set(
                Place("source"), values, audience.of_record(desk, dict[str, object](values), pen.registry)
            )
        elif plan.record is not None:
            ids[plan.row.number] = plan.record["id"].hex()
            if plan.changes:
                history = fold.reduce_one(connection, plan.record["id"], pen.registry)
                now = {**showing.values_of("source", plan.record), **plan.changes}
                place = Place("source", history.top, history)
                pen.set(place, plan.changes, audience.of_record(desk, dict[str, object](now), pen.registry))
    put(desk, connection, pen)
    pen = Pen(desk, connection)
    for plan in plans:
        if plan.permit and plan.state != "refused":
            history = fold.reduce_one(connection, bytes.fromhex(ids[plan.row.number]), pen.registry)
            values = history.records[history.top].values
            aud = audience.of_record(desk, dict[str, object](values), pen.registry)
            pen.set(Place("permit", plan.held, history), plan.permit, aud)
    put(desk, connection, pen)
