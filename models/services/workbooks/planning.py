"""What each row of a workbook will do to the ledger, decided before anything is written.

A cell that equals what the previous import of that column brought is *same*, whatever the ledger says now. A cell that
is new, where somebody else has changed the field meanwhile, is shown and not taken: 乡镇已改为….
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from models.documents.rows import Fact, Note, Row, Understood
from models.domain import circulars, facts, owner
from models.domain.field import Type
from models.domain.fields import DATE_OF_STATE, TABLES, label
from models.domain.operation import Value
from models.domain.reduce import Reduced, same
from models.domain.unit import Author, Registry
from models.progress import Progress
from models.services.base import showing
from models.services.base.conflicts import shown
from models.services.base.desk import Desk
from models.services.base.matching import Finder, normal
from models.store import figures, fold
from models.store.local_schema import imported

_UNIT_LINE = re.compile(r"^[^：:]*[：:]\s*(\S+)")
_TOWNISH = re.compile(r"(镇|乡|街道|园区|开发区|林场|人民政府|办事处|管委会)$")
_DEFAULTS = {"completed_on": "open", "closing_stage": "none", "finish_state": "open"}
_NOT_TAKEN = ("number", "township_name")  # given by the program


@dataclass
class Plan:
    """One row and what it will do."""

    row: Row
    state: str = "same"  # new changed same refused
    record: RowMapping | None = None
    changes: dict[str, Value] = field(default_factory=dict[str, Value])
    remark: str = ""
    brought: dict[str, str] = field(default_factory=dict[str, str])  # what the cells say, to know them again
    before: dict[str, str] = field(default_factory=dict[str, str])  # what earlier imports brought
    shown: tuple[tuple[str, Any, Any], ...] = ()
    rejected: list[Note] = field(default_factory=list[Note])
    flagged: list[Note] = field(default_factory=list[Note])


def mark(value: object) -> str:
    """What is remembered of a cell: enough to know it again."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 64 else f"#{sha256(text.encode()).hexdigest()[:32]}"


def plan(desk: Desk, connection: Connection, table: str, read: Understood, progress: Progress) -> list[Plan]:
    """A plan for every row; rows = new + changed + same + refused."""
    return _Planner(desk, connection, table, read, progress).run(progress)


def _known(connection: Connection, table: str, progress: Progress) -> Iterator[dict[str, Any]]:
    """The records that are there, by what identifies them."""
    for done, row in enumerate(figures.identities(connection, table)):
        progress.step(done, 0, "正在查找已有的记录")
        yield dict(row) | {"_row": row}


class _Planner:
    def __init__(self, desk: Desk, connection: Connection, table: str, read: Understood, progress: Progress) -> None:
        self._desk, self._table, self._read = desk, table, read
        self._connection = connection
        self._who: Registry = desk.registry(connection)
        self._finder = Finder(table, _known(connection, table, progress), self._who)
        self._memory: dict[bytes, str] = {row.record: row.cells for row in connection.execute(select(imported))}
        self._own = Author(desk.side.unit, desk.side.kind)
        self._as_of = read.as_of.isoformat() if read.as_of else ""
        self._town = self._default_town()

    def run(self, progress: Progress) -> list[Plan]:
        plans: list[Plan] = []
        for row in self._read.rows:
            progress.step(len(plans), len(self._read.rows), "正在与台账比对")
            plans.append(self._plan(row))
        return plans

    def _default_town(self) -> str:
        """Whose ledger this is where no column says it: a township's own, or the unit line's."""
        if not self._desk.is_county:
            return self._desk.side.unit
        found = _UNIT_LINE.match(self._read.unit_line)
        return found[1] if found and _TOWNISH.search(found[1]) else ""

    def _plan(self, row: Row) -> Plan:
        plan = Plan(row, rejected=[*row.refused, *row.rejected], flagged=[*row.flagged])
        if row.refused:
            plan.state = "refused"
            return plan
        values: dict[str, Value] = {n: v for n, v in row.values.items() if n not in (*_NOT_TAKEN, "remark")}
        if self._town and not values.get("township"):
            values["township"] = self._town
        found = self._finder.find({**row.values, **values}, row.number)
        if found.doubt:
            plan.state = "refused"
            plan.rejected.append(self._note(row, "description", found.doubt))
            return plan
        if found.twin:
            plan.flagged.append(self._note(row, "description", f"与第 {found.twin} 行内容相同，按两条登记，请核对"))
        plan.brought = {n: mark(v) for n, v in values.items()}
        remark = str(row.values.get("remark") or "")
        if remark:
            plan.brought["remark"] = mark(remark)
        if found.record is None:
            self._new(plan, values, remark)
        else:
            self._known(plan, values, remark, found.record["_row"])
        return plan

    def _believe(self, plan: Plan, circular: Value) -> None:
        """Leave out what the row says of 上级通报 where that is no news, or cannot be; its other facts are brought."""
        row, today = plan.row, self._desk.today().isoformat()
        told = {f.state: f.day.isoformat() if f.day else "" for f in row.facts if f.field == "circular"}
        new, wrong = circulars.news(circular, told, self._as_of, today)
        names = {state: name for name, (field, state) in DATE_OF_STATE.items() if field == "circular"}
        plan.rejected += [self._note(row, names[state], f"{why}，没有采用") for state, why in wrong]
        plan.row = replace(row, facts=tuple(f for f in row.facts if f.field != "circular" or f.state in new))
        plan.brought |= self._facts_brought(plan.row)

    def _note(self, row: Row, name: str, why: str) -> Note:
        cell = row.cells.get(name) or row.cells.get("content")
        return Note(cell.address if cell else f"第 {row.number} 行", cell.text if cell else row.title, why)

    @staticmethod
    def _facts_brought(row: Row) -> dict[str, str]:
        stated: dict[str, list[list[str | None]]] = {}
        for fact in row.facts:
            stated.setdefault(fact.field, []).append([fact.day.isoformat() if fact.day else None, fact.state])
        return {name: json.dumps(some, ensure_ascii=False) for name, some in stated.items()}

    # ------------------------------------------------------------------------------------- a new record

    def _new(self, plan: Plan, values: dict[str, Value], remark: str) -> None:
        plan.state, plan.remark = "new", remark
        self._believe(plan, None)
        ties = owner.Ties(self._own.unit, (), ())
        for name, value in {**values, **self._after(plan.row, {})}.items():
            if self._allowed(plan, name, value, ties, self._own.unit):
                plan.changes[name] = value
        plan.shown = tuple((n, None, shown(self._table, n, v)) for n, v in plan.changes.items())

    def _allowed(self, plan: Plan, name: str, value: Value, ties: owner.Ties, creator: str | None) -> bool:
        known = TABLES[self._table].get(name)
        if known is None:
            return False
        if not owner.fits(known, value):
            plan.rejected.append(self._note(plan.row, name, f"“{known.label}”的内容看不懂，没有采用"))
            return False
        if owner.may_write(known, self._own, ties, creator):
            return True
        if name not in _DEFAULTS or facts.state(value) != _DEFAULTS[name]:
            plan.flagged.append(self._note(plan.row, name, f"“{known.label}”由县环委办填写，没有采用"))
        return False

    def _after(self, row: Row, now: Mapping[str, Value], skip: frozenset[str] = frozenset()) -> dict[str, Value]:
        """The events of each facts field after the row was believed."""
        out: dict[str, Value] = {}
        for fact in row.facts:
            if fact.field in skip or fact.field not in TABLES[self._table]:
                continue
            current = out.get(fact.field, now.get(fact.field))
            if not facts.of(current) and fact.state == _DEFAULTS.get(fact.field):
                continue
            if facts.state(current) == fact.state and fact.day is None:
                continue
            out[fact.field] = facts.stated(current, self._day(fact, current), fact.state)
        return out

    def _day(self, fact: Fact, current: Value) -> str:
        if fact.day is not None:
            return fact.day.isoformat()
        if fact.field == "deadline_kind":
            return "" if not facts.of(current) else self._as_of or self._desk.today().isoformat()
        return self._as_of

    # ------------------------------------------------------------------------------------- a known record

    def _known(self, plan: Plan, values: dict[str, Value], remark: str, row: RowMapping) -> None:
        plan.record = row
        if row["void_from"]:
            plan.flagged.append(self._note(plan.row, "description", "这条记录已作废，没有改动"))
            return
        now = showing.values_of(self._table, row)
        self._believe(plan, now.get("circular"))
        before = plan.before = json.loads(self._memory.get(row["id"], "{}"))
        again = frozenset(n for n, v in plan.brought.items() if before.get(n) == v)
        if row["stage"] == "closing" and any(
            (f.field, f.state) == ("closing_stage", "closing") for f in plan.row.facts
        ):
            again |= {"closing_stage"}  # the unit applied for it: the record shows 销号中, and nobody else said so
        wanted = {n: v for n, v in values.items() if n not in again and not self._says_the_same(n, v, now.get(n))}
        after = self._after(plan.row, now, again)
        wanted |= {n: v for n, v in after.items() if not same(v, now.get(n))}
        self._say_unheard(plan, now, after)
        if remark and "remark" not in again and remark not in (row["remark"] or ""):
            plan.remark = remark
        if wanted:
            self._choose(plan, wanted, now, before, row)
        plan.state = "changed" if plan.changes or plan.remark else "same"
        plan.shown = tuple(
            (n, shown(self._table, n, now.get(n)), shown(self._table, n, v)) for n, v in plan.changes.items()
        )

    def _say_unheard(self, plan: Plan, now: Mapping[str, Value], after: Mapping[str, Value]) -> None:
        """What a paper without a day says of a state changes nothing where the ledger knows the day of another one."""
        for fact in plan.row.facts:
            stands = after.get(fact.field)
            if stands and self._day(fact, now.get(fact.field)) == "" and facts.state(stands) != fact.state:
                kept = shown(self._table, fact.field, stands)
                why = f"“{label(self._table, fact.field)}”台账里是“{kept}”，表里没有写截至哪天，没有采用"
                plan.flagged.append(self._note(plan.row, fact.field, why))

    def _says_the_same(self, name: str, value: Value, now: Value) -> bool:
        if name == "township":
            return self._who.resolve(str(value)) == self._who.resolve(str(now or "")) is not None or value == now
        if name in ("description", "content"):
            return normal(value) == normal(now)
        if name in ("long_term_too", "duplicate") and value == "false" and now is None:
            return True  # a yes-or-no that nobody ever answered
        return same(value, now)

    def _choose(
        self, plan: Plan, wanted: dict[str, Value], now: Mapping[str, Value], before: Mapping[str, str], row: RowMapping
    ) -> None:
        reduced = fold.reduce_one(self._connection, row["id"], self._who)
        for name, value in wanted.items():
            if not self._allowed(plan, name, value, reduced.ties, row["creator"]):
                continue
            if now.get(name) in (None, []) or self._ours(name, now, before, reduced):
                plan.changes[name] = value
            else:
                kept = shown(self._table, name, now.get(name))
                author = self._author(reduced, name)
                plan.flagged.append(
                    self._note(plan.row, name, f"“{label(self._table, name)}”{author}已改为“{kept}”，没有采用表里的值")
                )

    def _ours(self, name: str, now: Mapping[str, Value], before: Mapping[str, str], reduced: Reduced) -> bool:
        """Whether the ledger still says what an import brought, or what this unit itself wrote."""
        if name in before:
            if TABLES[self._table][name].type is Type.FACTS:
                last = json.loads(before[name])[-1]
                return facts.state(now.get(name)) == last[1]
            return mark(now.get(name)) == before[name]
        heads = reduced.records[reduced.top].heads.get(name, ())
        authors = [self._who.author(h.device) for h in heads]
        return all(a is not None and a.unit == self._own.unit for a in authors)

    def _author(self, reduced: Reduced, name: str) -> str:
        heads = reduced.records[reduced.top].heads.get(name, ())
        author = self._who.author(heads[-1].device) if heads else None
        return self._who.units.get(author.unit, "对方") if author else "对方"
