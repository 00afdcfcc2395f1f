"""专项排查: issued by the county to many units, or begun by a township; who has looked where, and what was missed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from models.domain import forms, inspected, inspections, words
from models.domain.fields import label
from models.domain.inspected import Visit
from models.domain.operation import Value
from models.domain.unit import split_names
from models.errors import LedgerError
from models.services import audience, inspection_figures, refusals, showing
from models.services.desk import Desk
from models.services.inspections import bound
from models.services.pen import Pen, Place
from models.services.views.lists import Record
from models.services.writing import allow, find, put, write_changes
from models.store import fold
from models.store.number import Numbers
from models.store.schema import campaign, source


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

    def list(self) -> list[Record]:
        """Every campaign that counts, the newest first, with what its units said so far."""
        with self._desk.ledger.read() as connection:
            every = select(campaign).where(campaign.c.void_from.is_(None)).order_by(campaign.c.pk.desc())
            made = inspection_figures.known(self._desk, connection, None, self._desk.registry(connection))
            return [self._about(connection, row, made, None) for row in connection.execute(every).mappings().all()]

    def show(self, id: str, as_of: date | None = None) -> Record:
        """One of them with its coverage as of a day."""
        with self._desk.ledger.read() as connection:
            return self._show(connection, id, as_of)

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
            return self._show(connection, made, None)

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
            return self._show(connection, history.top, None)

    def _resolved(self, connection: Connection, values: Mapping[str, str]) -> dict[str, str]:
        """What was typed, with units, sources and checklists by their codes and ids."""
        said, who = dict(values), self._desk.registry(connection)
        if said.get("responsible_units", "").strip():
            if not self._desk.is_county:
                raise refusals.NotYours(label("campaign", "responsible_units"), "县环委办")
            codes = [(name, who.resolve(name)) for name in split_names(said["responsible_units"])]
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
        units = who.resolve_all(split_names(said.get("responsible_units", ""))) or {self._desk.side.unit}
        wanted = str(forms.changes("source", {"kind": kind}, {}, self._desk.today())["kind"])
        live = select(source.c.id).where(
            source.c.void_from.is_(None), source.c.kind == wanted, source.c.unit.in_(units)
        )
        return [id_.hex() for id_ in connection.scalars(live.order_by(source.c.pk))]

    def _check(self, values: Mapping[str, Value]) -> None:
        start, end = values.get("from_on"), values.get("until_on")
        if isinstance(start, str) and isinstance(end, str) and end < start:
            raise EndsFirst

    # ------------------------------------------------------------------------------------- looking

    def _show(self, connection: Connection, id: str, as_of: date | None) -> Record:
        row = find(connection, "campaign", id)
        made = inspection_figures.known(self._desk, connection, None, self._desk.registry(connection))
        shown = showing.record(self._desk, connection, "campaign", row)
        return shown | self._about(connection, row, made, as_of)

    def _about(self, connection: Connection, row: RowMapping, every: list[Visit], as_of: date | None) -> Record:
        """Who said what by a day, where was looked, and what was missed; at a unit, of itself."""
        desk = self._desk
        who, day = desk.registry(connection), (as_of or desk.today()).isoformat()
        id_ = row["id"].hex()
        some = [one for one in every if one.campaign == id_ and one.counts(day)]
        units = sorted(who.resolve_all([*split_names(row["responsible_units"] or ""), row["township"] or ""]))
        if not desk.is_county:
            units = [desk.side.unit]
        told = [inspection_figures.about(one, who.units) for one in inspected.said(units, some)]
        scope = _sources(connection, split_names(row["sources"] or ""))
        villages = inspections.coverage(split_names(row["villages"] or ""), {one.village for one in some})
        places = inspections.coverage(scope, {one.source for one in some})
        state = inspections.campaign_state(row["from_on"], row["until_on"], as_of or desk.today())
        return {
            "id": id_, "number": row["number"], "title": row["title"], "from_on": row["from_on"],
            "until_on": row["until_on"], "state": state, "said": words.CAMPAIGN_STATE[state], "as_of": day,
            "units": told, "inspections": sum(one["inspections"] for one in told),
            "findings": sum(one["findings"] for one in told),
            "people": sorted({name for one in some for name in split_names(one.people)}),
            "villages_done": list(villages.done), "sources_done": [scope[one] for one in places.done],
            "missed": {
                "villages": list(villages.missed), "sources": [scope[one] for one in places.missed],
                "units": [one["unit"] for one in told if one["state"] == "silent"],
            },
        }  # fmt: skip


def _sources(connection: Connection, ids: tuple[str, ...]) -> dict[str, Record]:
    """Those that are here and count, in their order: a unit sees its own."""
    rows = connection.execute(select(source).where(source.c.void_from.is_(None))).mappings()
    live = {row["id"].hex(): row for row in rows}
    return {
        id_: {"id": id_, **{name: live[id_][name] for name in ("number", "name", "unit", "village")}}
        for id_ in ids
        if id_ in live
    }
