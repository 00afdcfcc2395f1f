"""Conflicts: values that stand beside each other because neither writer knew of the other; and settling them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from models.domain import facts, forms, owner, words
from models.domain.both import Said, keep_both
from models.domain.field import Type
from models.domain.fields import TABLES, label
from models.domain.operation import Operation, Value, visible
from models.domain.reduce import Reduced, reduce
from models.domain.unit import Author, Registry
from models.services.base import audience, refusals, showing
from models.services.base.desk import Desk
from models.services.base.pen import Pen, Place
from models.services.base.writing import MUST, find
from models.services.views.exchange import Conflict, Head
from models.services.views.lists import Record
from models.store import fold
from models.store.schema import FOLDED
from models.store.schema import conflict as table_of_conflicts


class Conflicts:
    """What waits for a person to choose. Nothing is blocked by waiting."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def list(self) -> tuple[Conflict, ...]:
        """Every conflict of this home."""
        with self._desk.ledger.read() as connection:
            who = self._desk.registry(connection)
            tops = connection.scalars(select(table_of_conflicts.c.top).distinct().order_by(table_of_conflicts.c.top))
            return tuple(c for top in list(tops) for c in self._of(connection, top, who))

    def settled_here(self, connection: Connection, places: set[tuple[bytes, str]]) -> int:
        """How many of these (record, field) this home may settle; of the others it is only told."""
        if not places or self._desk.is_county:
            return len(places)
        who, wanted = self._desk.registry(connection), {f"{record.hex()}-{name}" for record, name in places}
        column = table_of_conflicts.c
        named = connection.execute(select(column.top, column.record, column.field).distinct()).all()
        tops = {row.top for row in named if (row.record, row.field) in places}
        return sum(c.mine for top in tops for c in self._of(connection, top, who) if c.id in wanted)

    def _of(self, connection: Connection, top: bytes, who: Registry) -> Sequence[Conflict]:
        _, found = next(fold.load(connection, [top]))
        known = {operation.prefix: operation for _, operation in found.values()}
        reduced = reduce(top.hex(), known.values(), who)
        main = reduced.records.get(reduced.top)
        if main is None or main.table not in MUST:
            return ()
        title = str(main.values.get(MUST[main.table]) or "")
        number = str(main.values.get("number") or main.values.get("receipt_number") or "")
        return [
            Conflict(
                f"{record}-{name}", reduced.records[record].table, record, reduced.top, title, number, name,
                label(reduced.records[record].table, name),
                tuple(_head(o, reduced.records[record].table, name, who) for o in heads),
                self._may_settle(reduced, record, name),
                shown(reduced.records[record].table, name, _before(heads, name, known)),
                _both(reduced.records[record].table, name, heads, who), main.table,
            )
            for (record, name), heads in sorted(reduced.conflicts.items())
        ]  # fmt: skip

    def _may_settle(self, reduced: Reduced, record: str, name: str) -> bool:
        own = Author(self._desk.side.unit, self._desk.side.kind)
        creator = reduced.records[record].creator
        if name == "void":
            return owner.may_void(own, creator)
        field = TABLES[reduced.records[record].table][name]
        return owner.may_write(field, own, reduced.ties, creator)

    def settle(
        self, id: str, *, head: int | None = None, value: str | None = None, take: str | None = None, both: bool = False
    ) -> Record:
        """Choose one of the values, keep both, or write a third: one operation that names every head it saw."""
        record, _, name = id.partition("-")
        with self._desk.ledger.write() as connection:
            who = self._desk.registry(connection)
            reduced = self._reduced(connection, record, name, who)
            if reduced is None:
                raise refusals.NoSuchConflict
            if not self._may_settle(reduced, record, name):
                raise refusals.NotYours(label(reduced.records[record].table, name), "负责这一栏的单位或县环委办")
            heads = reduced.conflicts[record, name]
            if both:
                value = _both(reduced.records[record].table, name, heads, who)
                if value is None:
                    raise refusals.NoRoomForBoth(label(reduced.records[record].table, name))
            chosen = self._choice(reduced, record, name, heads, head, value, take, who)
            self._write(connection, reduced, record, name, chosen)
            main = reduced.records[reduced.top].table
            return showing.record(self._desk, connection, main, find(connection, main, reduced.top))

    def settle_many(self, chosen: Sequence[tuple[str, str]]) -> int:
        """Choose of several conflicts (id) one value each (its operation), in one transaction; how many were settled.

        What was settled meanwhile, has other values now or is not ours to settle stays as it is.
        """
        settled = 0
        with self._desk.ledger.write() as connection:
            who = self._desk.registry(connection)
            for id_, operation in chosen:
                record, _, name = id_.partition("-")
                reduced = self._reduced(connection, record, name, who)
                if reduced is None or not self._may_settle(reduced, record, name):
                    continue
                one = next((o for o in reduced.conflicts[record, name] if o.id == operation), None)
                if one is not None:
                    self._write(connection, reduced, record, name, one.fields[name][0])
                    settled += 1
        return settled

    def _reduced(self, connection: Connection, record: str, name: str, who: Registry) -> Reduced | None:
        """The record of a conflict and its parts; None where there is no such conflict."""
        top = connection.scalar(
            select(table_of_conflicts.c.top)
            .where(table_of_conflicts.c.record == _bytes(record), table_of_conflicts.c.field == name)
            .limit(1)
        )
        return None if top is None else fold.reduce_one(connection, top, who)

    def _choice(
        self, reduced: Reduced, record: str, name: str, heads: tuple[Operation, ...], head: int | None,
        value: str | None, take: str | None, who: Registry,
    ) -> Value:  # fmt: skip
        if value is not None:
            return self._typed(reduced.records[record].table, name, value)
        if take is not None:
            mine = [n for n, o in enumerate(heads) if (a := who.author(o.device)) and a.unit == self._desk.side.unit]
            if len(heads) != 2 or len(mine) != 1:
                raise refusals.NoSuchHead
            head = mine[0] if take == "ours" else 1 - mine[0]
        if head is None or not 0 <= head < len(heads):
            raise refusals.NoSuchHead
        return heads[head].fields[name][0]

    def _typed(self, table: str, name: str, text: str) -> Value:
        field = TABLES[table].get(name)
        if field is None or field.type is not Type.FACTS:
            return forms.changes(table, {name: text}, {}, self._desk.today()).get(name)
        return forms.facts_after(field, {name: text}, {}, self._desk.today(), creating=True)

    def _write(self, connection: Connection, reduced: Reduced, record: str, name: str, chosen: Value) -> None:
        pen = Pen(self._desk, connection)
        main = reduced.records[reduced.top]
        aud = audience.of_record(self._desk, dict(main.values), pen.registry)
        place = Place(reduced.records[record].table, record, reduced)
        if name == "void":
            pen.void(place, chosen if isinstance(chosen, str) else None, aud, "")
        else:
            pen.set(place, {name: chosen}, aud)
        tops = pen.put()
        if self._desk.is_county and main.table in FOLDED:
            audience.link(self._desk, connection, tops)


def _before(heads: Sequence[Operation], name: str, known: Mapping[str, Operation]) -> Value:
    """What stood there when both sides still agreed: the newest value that every one of the heads came after."""
    after = {head.prefix: 1 << at for at, head in enumerate(heads)}  # which of the heads come after an operation: bits
    every = (1 << len(heads)) - 1
    for prefix in reversed(_oldest_first(heads, name, known)):
        for older in _named(known[prefix], name, known):
            after[older] = after.get(older, 0) | after[prefix]
    common = (known[prefix] for prefix, bits in after.items() if bits == every)
    agreed = max(common, key=lambda one: (one.lam, one.id), default=None)
    return agreed.fields[name][0] if agreed else None


def _oldest_first(heads: Sequence[Operation], name: str, known: Mapping[str, Operation]) -> list[str]:
    """The heads and all that they came after, each behind those that it names, and once however many name it."""
    found: list[str] = []
    begun = set[str]()
    for head in heads:
        if head.prefix in begun:
            continue
        begun.add(head.prefix)
        way = [(head.prefix, iter(_named(head, name, known)))]
        while way:
            prefix, older = way[-1]
            new = next((one for one in older if one not in begun), None)
            if new is None:
                found.append(prefix)
                way.pop()
            else:
                begun.add(new)
                way.append((new, iter(_named(known[new], name, known))))
    return found


def _named(one: Operation, name: str, known: Mapping[str, Operation]) -> list[str]:
    """Those operations on a field that its writer saw and that are here."""
    return [prefix for prefix in one.fields[name][1] if prefix in known and name in known[prefix].fields]


def _head(operation: Operation, table: str, name: str, who: Registry) -> Head:
    author = who.author(operation.device)
    unit = author.unit if author else ""
    value = shown(table, name, operation.fields[name][0])
    return Head(value, operation.user, unit, who.units.get(unit, unit), operation.device, operation.wall, operation.id)


def _both(table: str, name: str, heads: Sequence[Operation], who: Registry) -> str | None:
    said = [
        Said(visible(one.fields[name][0]), head.unit_name, "" if head.by == words.NO_USER else head.by)
        for one in heads
        if (head := _head(one, table, name, who))
    ]
    return keep_both(TABLES.get(table, {}).get(name), said)


def shown(table: str, name: str, value: Value) -> Any:
    """A stored value as one thing to look at: a state with its day for dated events."""
    field = TABLES.get(table, {}).get(name)
    if field is None or field.type is not Type.FACTS:
        return visible(value)
    state = facts.state(value)
    if name == "completed_on":
        return facts.since(value, "completed") or None
    day = facts.since(value, state or "")
    return f"{state} {day}" if day and name in ("closing_stage", "finish_state", "circular") else state


def _bytes(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""
