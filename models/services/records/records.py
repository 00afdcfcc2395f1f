"""Records: lists, one record, and the verbs that change it. One verb is one transaction."""

from __future__ import annotations

import builtins
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection, RowMapping, select

from models.domain import forms, owner, words
from models.domain.dictionaries import WORDS_OF
from models.domain.field import Owner
from models.domain.fields import DATE_OF_STATE, PLURAL, SOURCES, TABLES, label
from models.domain.operation import Value
from models.domain.reduce import VERDICTS, Reduced
from models.domain.roles import Deed
from models.domain.unit import Author
from models.progress import Progress, Silent
from models.services.base import audience, dictionaries, history, refusals, showing
from models.services.base.desk import Desk
from models.services.base.pen import Pen, Place
from models.services.base.writing import MUST, find, void, write_changes
from models.services.figures import agenda
from models.services.inspections import source_list
from models.services.problems import parts, workflow_look
from models.services.problems.workflow_refusals import OwnWork
from models.services.records import bulk
from models.services.views.lists import BulkPlan, Change, Facet, Line, Query, Record
from models.store import exchanged, fold, pages
from models.store.number import NUMBERED, Numbers
from models.store.pages import Wanted
from models.store.schema import FOLDED

READ_AT_ONCE = 500  # records between two reports
_TITLES = {
    "problem": "生态环境保护督察反馈问题整改工作台账", "petition": "交办信访件办理情况一览表", "source": "污染源台账",
}  # fmt: skip


class Records:
    """Everything the window and the hatch may ask of problems and petitions, and of any record as a record."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    # ------------------------------------------------------------------------------------- lists

    def ids(self, query: Query) -> tuple[int, ...]:
        """The row numbers of a list, in its order."""
        with self._desk.ledger.read() as connection:
            return pages.rows(connection, self._wanted(connection, query))

    def count(self, query: Query) -> int:
        """How many records a list has."""
        with self._desk.ledger.read() as connection:
            return pages.count(connection, self._wanted(connection, query))

    def lines(self, table: str, rows: Sequence[int]) -> tuple[Line, ...]:
        """The lines with these row numbers."""
        with self._desk.ledger.read() as connection:
            who = self._desk.registry(connection)
            found = pages.block(connection, table, rows)
            ways = exchanged.Ways.of_some(connection, self._desk.side, [row["id"] for row in found])
            rules = dictionaries.thresholds(connection)
            return tuple(showing.line(table, row, who, ways, self._desk.today(), rules) for row in found)

    def facets(self, table: str, field: str) -> tuple[Facet, ...]:
        """The values of a field with their counts."""
        with self._desk.ledger.read() as connection:
            query = Wanted(table, self._desk.today(), rules=dictionaries.thresholds(connection))
            found = self._ways(connection, query) if field == "exchange" else pages.facets(connection, query, field)
            names = self._desk.registry(connection).units
        if field == "exchange":
            known = {name: words.exchange(name, county=self._desk.is_county) for name, _ in found}
        else:
            known = words.BY_FIELD.get(field, words.STAGE[table] if field == "stage" else {})
        return tuple(Facet(v, known.get(v, names.get(v, v)), n) for v, n in found)

    def listed(self, field: str) -> tuple[str, ...]:
        """The words that the county's dictionary lists for a field; () where it has none. Others may be typed too."""
        if field not in WORDS_OF:
            return ()
        with self._desk.ledger.read() as connection:
            return tuple(dictionaries.content(connection, WORDS_OF[field]))

    def _ways(self, connection: Connection, query: Wanted) -> builtins.list[tuple[str, int]]:
        """How many records of a list are how far on their way to the other side: together they are the whole list."""
        ways = exchanged.Ways.all(connection, self._desk.side)
        waits, left = (
            pages.count(connection, replace(query, tops=frozenset(tops))) for tops in (ways.unreported, ways.exported)
        )
        rest = pages.count(connection, query) - waits - left
        return [(exchanged.UNREPORTED, waits), (exchanged.EXPORTED, left), (exchanged.RECEIVED, rest)]

    def _wanted(self, connection: Connection, query: Query) -> Wanted:
        where = list(query.where)
        tops: set[bytes] | None = None
        states = {value for name, value in where if name == "exchange"}
        if query.view == "unreported":
            states.add("unreported")
        if states:
            ways = exchanged.Ways.all(connection, self._desk.side)
            tops = set()
            if "unreported" in states:
                tops |= ways.unreported
            if "exported" in states:
                tops |= ways.exported
            if "received" in states:
                table = FOLDED[query.table]
                tops |= set(connection.scalars(select(table.c.id))) - ways.unreported - ways.exported
        where = [(f, v) for f, v in where if f != "exchange"]
        view = "" if query.view == "unreported" else query.view
        return Wanted(
            query.table, self._desk.today(), query.words, tuple(self._resolved(connection, where)), view,
            query.sort, query.descending, None if tops is None else frozenset(tops),
            dictionaries.thresholds(connection), dictionaries.monthly(self._desk, connection),
            agenda.claimed_as(self._desk, connection) if view == "unclaimed" else None,
        )  # fmt: skip

    def _resolved(self, connection: Connection, where: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """A township may be asked for by code, though the record names it in words."""
        who = self._desk.registry(connection)
        return [("unit", code) if f in ("township", "township_name") and (code := who.resolve(v)) else (f, v)
                for f, v in where]  # fmt: skip

    def list(
        self, table: str, *, words: str = "", where: Sequence[tuple[str, str]] = (), limit: int | None = None,
        void: bool = False, progress: Progress | None = None,
    ) -> tuple[int, builtins.list[Record]]:  # fmt: skip
        """Records with their fields but without their parts, for scripts: how many fit, and the first of them."""
        told = progress or Silent()
        with self._desk.ledger.read() as connection:
            who = self._desk.registry(connection)
            ways = exchanged.Ways.all(connection, self._desk.side)
            wanted = Wanted(table, self._desk.today(), words, view="void" if void else "", sort="pk")
            asked = [showing.asked(table, name, value, who) for name, value in where]
            found: builtins.list[Record] = []
            rules = dictionaries.thresholds(connection)
            numbers = pages.rows(connection, wanted)
            for start in range(0, len(numbers), READ_AT_ONCE):
                told.step(start, len(numbers), "正在读取台账")
                rows = pages.block(connection, table, numbers[start : start + READ_AT_ONCE])
                found += [showing.brief(table, row, who, ways, self._desk.today(), rules) for row in rows]
        fit = [r for r in found if all(_text(r.get(name)) == value for name, value in asked)]
        return len(fit), fit[:limit]

    def export(
        self, table: str, path: Path, progress: Progress | None = None, rows: Sequence[int] | None = None
    ) -> int:
        """The official ledger as a workbook (.xlsx), or only these rows of it: how many rows."""
        from models.documents.ledger_out import write_ledger  # noqa: PLC0415 - openpyxl, only where it is needed

        if path.suffix.lower() != ".xlsx":
            raise refusals.NotAWorkbook(path.name)
        told = progress or Silent()
        found = self.list(table, progress=told)[1] if rows is None else self.chosen(table, rows)
        if table == "source":
            with self._desk.ledger.read() as connection:
                held = source_list.permits(connection)
            found = [{**one, "permits": held.get(bytes.fromhex(one["id"]), [])} for one in found]
        here, day = self._desk.here(), self._desk.today()
        kind = next(kind for kind, name in (PLURAL | SOURCES).items() if name == table)
        title = f"{here.name}{_TITLES[table]}"
        return write_ledger(path, kind, found, unit_name=here.name, as_of=day, title=title, progress=told)

    def chosen(self, table: str, rows: Sequence[int]) -> builtins.list[Record]:
        """The records of these row numbers, in their order, without their parts."""
        with self._desk.ledger.read() as connection:
            who = self._desk.registry(connection)
            found = pages.block(connection, table, rows)
            ways = exchanged.Ways.of_some(connection, self._desk.side, [row["id"] for row in found])
            rules = dictionaries.thresholds(connection)
            return [showing.brief(table, row, who, ways, self._desk.today(), rules) for row in found]

    # ------------------------------------------------------------------------------------- one record

    def show(self, table: str, id: str) -> Record:
        """One record with its parts; found by id, number or receipt number."""
        with self._desk.ledger.read() as connection:
            return showing.record(self._desk, connection, table, find(connection, table, id))

    def history(self, table: str, id: str) -> tuple[Change, ...]:
        """The log of one record and its parts, oldest first."""
        with self._desk.ledger.read() as connection:
            return history.of(self._desk, connection, find(connection, table, id)["id"])

    def writable(self, table: str, id: str | None) -> frozenset[str]:
        """The fields that this unit may write."""
        own = Author(self._desk.side.unit, self._desk.side.kind)
        with self._desk.ledger.read() as connection:
            if id is None:
                ties, creator = owner.Ties(own.unit, (), ()), own.unit
            else:
                row = find(connection, table, id)
                ties = fold.reduce_one(connection, row["id"]).ties
                creator = row["creator"]
        fields = (f for f in TABLES[table].values() if not f.by_verb and owner.may_write(f, own, ties, creator))
        allowed = {f.name for f in fields} - {"number"}
        allowed |= {name for name, (field, _) in DATE_OF_STATE.items() if field in allowed}
        return frozenset(allowed | ({"remark"} if owner.may_remark(own, ties) else set()))

    # ------------------------------------------------------------------------------------- verbs

    def add(self, table: str, values: Mapping[str, str], why: str = "") -> Record:
        """A new record."""
        with self._desk.ledger.write() as connection:
            changes = forms.changes(table, _without_remark(values), {}, self._desk.today(), creating=True)
            if not changes.get(MUST[table]):
                raise refusals.NothingWritten(label(table, MUST[table]))
            if not self._desk.is_county and "township" not in changes:
                changes["township"] = self._desk.side.unit
            self._allow(table, changes, None, None)
            if table in NUMBERED:
                own, year = self._desk.settings, self._desk.today().year
                changes["number"] = Numbers(connection, own["unit"], own["device"], year, table).next()
            new = self._write_new(connection, table, changes, values.get("remark", ""), why)
            return showing.record(self._desk, connection, table, find(connection, table, new))

    def _write_new(self, connection: Connection, table: str, changes: dict[str, Value], remark: str, why: str) -> str:
        local = {n: changes.pop(n) for n in forms.local_fields(table) if n in changes}
        pen = Pen(self._desk, connection)
        aud = audience.of_record(self._desk, dict(changes), pen.registry)
        new = pen.set(Place(table), changes, aud, why)
        tops = pen.put()
        if local or remark.strip():
            reduced = fold.reduce_one(connection, bytes.fromhex(new))
            if local:
                pen.set(Place(table, new, reduced), local, ())
            if remark.strip():
                pen.remark(reduced, remark.strip(), aud)
            pen.put()
        if self._desk.is_county:
            audience.link(self._desk, connection, tops)
        return new

    def edit(self, table: str, id: str, values: Mapping[str, str], why: str = "") -> Record:
        """Change fields of a record. Nothing changed: nothing is written."""
        with self._desk.ledger.write() as connection:
            row = find(connection, table, id)
            now = showing.values_of(table, row)
            changes = forms.changes(table, _without_remark(values), now, self._desk.today())
            remark = values.get("remark", "").strip()
            if changes or remark:
                self._change(connection, table, row, changes, remark, why)
            return showing.record(self._desk, connection, table, find(connection, table, row["id"].hex()))

    def _change(
        self, connection: Connection, table: str, row: RowMapping, changes: dict[str, Value], remark: str, why: str
    ) -> None:
        if row["void_from"]:
            raise refusals.IsVoid
        reduced = fold.reduce_one(connection, row["id"])
        self._allow(table, changes, reduced, row["creator"])
        if table == "problem" and (own := workflow_look.own_work(self._desk, connection, row, changes)):
            raise OwnWork(*own)
        write_changes(self._desk, connection, table, row, reduced, changes, why, remark)

    def _allow(self, table: str, changes: Mapping[str, Value], reduced: Reduced | None, creator: str | None) -> None:
        own = Author(self._desk.side.unit, self._desk.side.kind)
        ties = reduced.ties if reduced else owner.Ties(own.unit, (), ())
        if any(name in VERDICTS for name in changes):
            self._desk.ledger.gate(Deed.JUDGE)
        for name in changes:
            field = TABLES[table][name]
            if field.owner is Owner.LOCAL:
                continue
            if not owner.may_write(field, own, ties, creator if reduced else own.unit):
                whose = "县环委办" if field.owner is Owner.COUNTY else "登记这条记录的单位或县环委办"
                raise refusals.NotYours(field.label, whose)

    def void(self, table: str, id: str, why: str) -> Record:
        """Mark a record void from today: it counts nowhere any more; history and photos stay."""
        if not why.strip():
            raise refusals.NoReason
        return void(self._desk, table, id, self._desk.today().isoformat(), why.strip())

    def unvoid(self, table: str, id: str) -> Record:
        """Take a void back."""
        return void(self._desk, table, id, None, "")

    # ------------------------------------------------------------------------------------- several at once

    def bulk_fields(self, table: str) -> tuple[str, ...]:
        """The fields that this unit may give the same value in several records."""
        return bulk.fields(self._desk, table)

    def plan_bulk(
        self, table: str, rows: Sequence[int], values: Mapping[str, str], progress: Progress | None = None
    ) -> BulkPlan:
        """What giving these records the same values would change. Nothing is written."""
        return bulk.plan(self._desk, table, rows, values, progress or Silent())

    def edit_many(self, plan: BulkPlan, why: str = "", progress: Progress | None = None) -> int:
        """Do what was looked at, whole or not at all: how many records were changed."""
        return bulk.edit(self._desk, plan, why, progress or Silent())

    # ------------------------------------------------------------------------------------- parts

    def add_measure(self, problem: str, values: Mapping[str, str], why: str = "") -> Record:
        """A measure of a problem."""
        return parts.add(self._desk, "measure", problem, values, why)

    def edit_measure(self, problem: str, measure: str, values: Mapping[str, str], why: str = "") -> Record:
        """Change a measure."""
        return parts.edit(self._desk, "measure", problem, measure, values, why)

    def add_dispatch(self, problem: str, values: Mapping[str, str], why: str = "") -> Record:
        """The dispatch of one month; the newest month's also says how the problem stands."""
        return parts.add_dispatch(self._desk, problem, values, why)


def _without_remark(values: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if name != "remark"}


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
