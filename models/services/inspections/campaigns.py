"""专项排查, recurring plans and visits from outside: issued by the county to many units, or begun by a township."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from models.domain import forms
from models.domain.fields import label
from models.domain.operation import Value
from models.domain.unit import split_names, unit_names
from models.errors import LedgerError
from models.services.base import audience, refusals, showing
from models.services.base.desk import Desk
from models.services.base.pen import Pen, Place
from models.services.base.writing import allow, find, put, write_changes
from models.services.inspections import campaign_look, campaign_visits, inspection_figures
from models.services.inspections.inspections import bound
from models.services.views.lists import Record
from models.store import fold
from models.store.number import Numbers
from models.store.schema import source


@dataclass(eq=False)
class NobodyToLook(LedgerError):
    """A campaign of the county goes to units of its list."""

    code = "N112"
    title = "专项排查没有保存"
    name: str

    @property
    def message(self) -> str:
        said = f"“{self.name}”不是单位名单里的单位" if self.name else "还没有写参加单位"
        return f"{said}，没有做任何改动。"

    @property
    def way_out(self) -> str:
        return "请写单位名单里的单位，几个单位之间用分号隔开。"


@dataclass(eq=False)
class EndsFirst(LedgerError):
    """The last day lies before the first."""

    code = "N113"
    title = "专项排查的截止日期早于开始日期，没有做任何改动"

    @property
    def way_out(self) -> str:
        return "请把开始日期和截止日期核对后再保存。"


class Campaigns:
    """Everything the window and the hatch may ask of campaigns, beside what they have in common with records."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def list(self, as_of: date | None = None) -> list[Record]:
        """Every campaign that counts, the newest first, with what its units said by a day."""
        with self._desk.ledger.read() as connection:
            return campaign_look.every(self._desk, connection, as_of)

    def due(self) -> list[Record]:
        """What is to be looked at now, the soonest first: the plans and campaigns of which something is left."""
        return campaign_look.due(self.list())

    def show(self, id: str, as_of: date | None = None) -> Record:
        """One of them with its coverage as of a day."""
        with self._desk.ledger.read() as connection:
            return campaign_look.show(self._desk, connection, id, as_of)

    def leave(self, id: str, values: Mapping[str, str]) -> Record:
        """A problem that a visit from outside left; the problem."""
        with self._desk.ledger.write() as connection:
            new = campaign_visits.leave(self._desk, connection, id, values)
            return showing.record(self._desk, connection, "problem", find(connection, "problem", new))

    def add(self, values: Mapping[str, str], *, everybody: bool = False, kind: str = "") -> Record:
        """Issue one. `everybody`: to all townships; `kind`: with all sources of that kind that its units have."""
        desk = self._desk
        with desk.ledger.write() as connection:
            given = dict(values)
            if everybody:
                given["responsible_units"] = "；".join(inspection_figures.townships(desk, connection))
            said = self._resolved(connection, given)
            if kind:
                said["sources"] = "；".join(self._of_kind(connection, said, kind))
            changes = {n: v for n, v in forms.changes("campaign", said, {}, desk.today(), creating=True).items() if v}
            if "title" not in changes:
                raise refusals.NothingWritten(label("campaign", "title"))
            self._check(changes)
            if desk.is_county and "responsible_units" not in changes:
                raise NobodyToLook("")
            if not desk.is_county:
                changes["township"] = desk.side.unit
            own, year = desk.settings, desk.today().year
            changes["number"] = Numbers(connection, own["unit"], own["device"], year, "campaign").next()
            pen = Pen(desk, connection)
            made = pen.set(Place("campaign"), changes, audience.of_record(desk, dict(changes), pen.registry))
            put(desk, connection, pen)
            return campaign_look.show(desk, connection, made, None)

    def edit(self, id: str, values: Mapping[str, str], why: str = "") -> Record:
        """Change one; by who issued it."""
        with self._desk.ledger.write() as connection:
            row = find(connection, "campaign", id)
            if row["void_from"]:
                raise refusals.IsVoid
            now: dict[str, Any] = showing.values_of("campaign", row)
            changes = forms.changes("campaign", self._resolved(connection, values), now, self._desk.today())
            history = fold.reduce_one(connection, row["id"], self._desk.registry(connection))
            allow(self._desk, "campaign", changes, history, row["creator"], "发起这次排查的单位")
            self._check({**now, **changes})
            if changes:
                write_changes(self._desk, connection, "campaign", row, history, changes, why)
            return campaign_look.show(self._desk, connection, history.top, None)

    def _resolved(self, connection: Connection, values: Mapping[str, str]) -> dict[str, str]:
        """What was typed, with units, sources and checklists by their codes and ids."""
        said, who = dict(values), self._desk.registry(connection)
        if said.get("responsible_units", "").strip():
            if not self._desk.is_county:
                raise refusals.NotYours(label("campaign", "responsible_units"), "县环委办")
            codes = [(name, who.resolve(name)) for name in unit_names(said["responsible_units"])]
            unknown = next((name for name, code in codes if code in (None, self._desk.side.unit)), None)
            if unknown is not None:
                raise NobodyToLook(unknown)
            said["responsible_units"] = "；".join(dict.fromkeys(who.units[code] for _, code in codes if code))
        if "sources" in said:
            rows = [find(connection, "source", one) for one in split_names(said["sources"])]
            said["sources"] = "；".join(dict.fromkeys(row["id"].hex() for row in rows))
        if "checklists" in said:
            said["checklists"] = bound(connection, said["checklists"])
        return said

    def _of_kind(self, connection: Connection, said: Mapping[str, str], kind: str) -> list[str]:
        who = self._desk.registry(connection)
        units = who.resolve_all(unit_names(said.get("responsible_units", ""))) or {self._desk.side.unit}
        wanted = str(forms.changes("source", {"kind": kind}, {}, self._desk.today())["kind"])
        live = select(source.c.id).where(
            source.c.void_from.is_(None), source.c.kind == wanted, source.c.unit.in_(units)
        )
        return [id_.hex() for id_ in connection.scalars(live.order_by(source.c.pk))]

    def _check(self, values: Mapping[str, Value]) -> None:
        start, end = values.get("from_on"), values.get("until_on")
        if isinstance(start, str) and isinstance(end, str) and end < start:
            raise EndsFirst
