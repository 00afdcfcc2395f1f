"""The same values for many records: a plan to look at, and one transaction that does exactly what was looked at.

- Planning writes nothing. It says of every record what would change, and of those that cannot be changed why.
- Doing plans again, in the transaction that writes. Where one record's plan is another than the one that was looked
  at, or anybody wrote to one of them since, nothing at all is written.
- Each record gets one operation, as if its form had been saved.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from models.domain import forms, owner
from models.domain.field import Owner, Type
from models.domain.fields import DATE_OF_STATE, FOREIGN_NUMBERS, TABLES, label
from models.domain.operation import Value
from models.domain.reduce import VERDICTS
from models.domain.roles import Deed
from models.domain.unit import Author, Registry
from models.progress import Progress
from models.services.base import audience, refusals, showing, since
from models.services.base.conflicts import shown
from models.services.base.desk import Desk
from models.services.base.pen import Pen, Place
from models.services.base.writing import MUST, put
from models.services.problems import workflow_look
from models.services.views.lists import BulkLine, BulkPlan
from models.store import fold, pages
from models.store.schema import conflict

AT_ONCE = 100  # records between two looks at whether to stop
# What each record says for itself: the same number, place or wording in several records would be a mistake.
OWN = {"number", "receipt_number", *FOREIGN_NUMBERS, "place", "deadline_text"}
_COUNTED = (Type.NUMBER, Type.COUNT)
_NAMES_A_UNIT = ("township", "lead_unit")
_WHOSE = {
    Owner.COUNTY: "这一栏由县环委办填写",
    Owner.CREATOR: "这一栏由登记这条记录的单位或县环委办填写",
    Owner.RESPONSIBLE: "这一栏由责任单位或县环委办填写",
}


@dataclass
class _Item:
    """One record, and what will be written to it."""

    line: BulkLine
    row: RowMapping | None = None
    now: dict[str, Any] = field(default_factory=dict[str, Any])
    changes: dict[str, Value] = field(default_factory=dict[str, Value])
    unreadable: forms.BadValue | None = None


def fields(desk: Desk, table: str) -> tuple[str, ...]:
    """The fields that may be given to several records at once, and that this unit may write in some record."""
    some = [
        known.name
        for known in TABLES[table].values()
        if not known.long
        and not known.by_verb
        and known.type not in _COUNTED
        and known.name not in OWN
        and known.owner is not Owner.LOCAL
        and (desk.is_county or known.owner is not Owner.COUNTY)
    ]
    dated = [name for name, (source, _) in DATE_OF_STATE.items() if source in some and name not in some]
    return (*some, *dated)


def plan(desk: Desk, table: str, rows: Sequence[int], values: Mapping[str, str], progress: Progress) -> BulkPlan:
    """What these values would change in these records."""
    _may_be_given(desk, table, values)
    items: list[_Item] = []
    with desk.ledger.read() as connection:
        at = since.length(connection)
        for some in _Planner(desk, connection, table, values).run(rows, progress, "正在核对"):
            items += some
    _readable(items)
    lines = tuple(item.line for item in items)
    counts = {state: sum(line.state == state for line in lines) for state in ("change", "same", "refused")}
    return BulkPlan(
        table, tuple(values.items()), lines, counts["change"], counts["same"], counts["refused"], at,
    )  # fmt: skip


def edit(desk: Desk, looked_at: BulkPlan, why: str, progress: Progress) -> int:
    """Write what was planned; refuse all of it if one record is not as it was looked at."""
    table, values = looked_at.table, dict(looked_at.values)
    _may_be_given(desk, table, values)
    if any(name in VERDICTS for name in values):
        desk.ledger.gate(Deed.JUDGE)
    written = 0
    with desk.ledger.write() as connection:
        since.untouched(connection, looked_at.at, looked_at.lines)
        planner = _Planner(desk, connection, table, values)
        for some in planner.run([line.row for line in looked_at.lines], progress, "正在修改"):
            for item, line in zip(some, looked_at.lines[written : written + len(some)], strict=True):
                if item.line != line:
                    raise refusals.ChangedMeanwhile(line.title)
            _write(desk, connection, table, [item for item in some if item.changes], why)
            written += len(some)
        progress.step(written, written, "正在保存")
    return looked_at.changed


def _may_be_given(desk: Desk, table: str, values: Mapping[str, str]) -> None:
    allowed = fields(desk, table)
    for name in values:
        if name not in allowed:
            raise refusals.NotForMany(label(table, name))


def _readable(items: list[_Item]) -> None:
    """A value that no record can take is the value's fault: said beside the field, not beside every record."""
    tried = [item for item in items if item.row is not None and not item.row["void_from"]]
    first = tried[0].unreadable if tried else None
    if first is not None and all(item.unreadable for item in tried):
        raise first


def _write(desk: Desk, connection: Connection, table: str, items: list[_Item], why: str) -> None:
    pen = Pen(desk, connection)
    tops = [item.row["id"] for item in items if item.row is not None]
    histories = dict(fold.reduce_many(connection, tops, pen.registry))
    for item, top in zip(items, tops, strict=True):
        before = audience.of_record(desk, item.now, pen.registry)
        aud = audience.of_record(desk, {**item.now, **item.changes}, pen.registry, *before)
        pen.set(Place(table, top.hex(), histories[top]), item.changes, aud, why)
    put(desk, connection, pen)


class _Planner:
    def __init__(self, desk: Desk, connection: Connection, table: str, values: Mapping[str, str]) -> None:
        self._desk, self._connection = desk, connection
        self._table, self._values = table, values
        self._who: Registry = desk.registry(connection)
        self._own = Author(desk.side.unit, desk.side.kind)
        self._ground = workflow_look.ground(desk, connection) if table == "problem" else None

    def run(self, rows: Sequence[int], progress: Progress, what: str) -> Iterator[list[_Item]]:
        """The items in the order of the rows, a handful at a time."""
        for start in range(0, len(rows), AT_ONCE):
            progress.step(start, len(rows), what)
            yield self._some(rows[start : start + AT_ONCE])

    def _some(self, rows: Sequence[int]) -> list[_Item]:
        found = {row["pk"]: row for row in pages.block(self._connection, self._table, rows)}
        tops = [row["id"] for row in found.values()]
        two = select(conflict.c.record, conflict.c.field).where(conflict.c.record.in_(tops)).distinct()
        disputed = {(row.record, row.field) for row in self._connection.execute(two)}
        ties: dict[bytes, owner.Ties] = {}
        if not self._own.is_county:  # the county may write everything, whoever else is tied to it
            ties = {top: r.ties for top, r in fold.reduce_many(self._connection, tops, self._who)}
        return [self._item(number, found.get(number), ties, disputed) for number in rows]

    def _item(
        self, number: int, row: RowMapping | None, ties: Mapping[bytes, owner.Ties],
        disputed: set[tuple[bytes, str]],
    ) -> _Item:  # fmt: skip
        if row is None:
            return _Item(BulkLine(number, "", "", "", "refused", (), "这条记录已经不在了"))
        item = _Item(BulkLine(number, "", "", "", "same", ()), row, showing.values_of(self._table, row))
        why = self._why_not(item, row, ties.get(row["id"]), disputed)
        state = "refused" if why else "change" if item.changes else "same"
        item.line = BulkLine(
            number, row["id"].hex(), (row["number"] if self._table == "problem" else row["receipt_number"]) or "",
            row[MUST[self._table]] or "", state, self._shown(item), why, row["unit"] or "",
        )  # fmt: skip
        if why:
            item.changes = {}
        return item

    def _why_not(self, item: _Item, row: RowMapping, ties: owner.Ties | None, disputed: set[tuple[bytes, str]]) -> str:
        """Find what changes; say why it may not, if it may not."""
        if row["void_from"]:
            return "这条记录已作废"
        try:
            changes = forms.changes(self._table, self._values, item.now, self._desk.today())
        except forms.BadValue as error:
            item.unreadable = error
            return error.why
        item.changes = {name: value for name, value in changes.items() if not self._same_unit(name, value, item.now)}
        for name in item.changes:
            known = TABLES[self._table][name]
            if not owner.may_write(known, self._own, ties or owner.Ties(None, (), ()), row["creator"]):
                return _WHOSE[known.owner]
            if (row["id"], name) in disputed:
                return "这一栏两边都改过，请先选定一个"
        if self._ground is None:
            return ""
        own = workflow_look.own_work(self._desk, self._connection, row, item.changes, self._ground)
        return f"“{own[1]}”是您自己办的，要另一位用户来办“{own[0]}”" if own else ""

    def _same_unit(self, name: str, value: Value, now: Mapping[str, Any]) -> bool:
        """A unit may be written by its code or by its name."""
        if name not in _NAMES_A_UNIT or not value or not now.get(name):
            return False
        code = self._who.resolve(str(value))
        return code is not None and code == self._who.resolve(str(now[name]))

    def _shown(self, item: _Item) -> tuple[tuple[str, Any, Any], ...]:
        """What stands there and what will: at least of the fields that were asked for."""
        asked = [DATE_OF_STATE[name][0] if name in DATE_OF_STATE else name for name in self._values]
        names = dict.fromkeys((*asked, *item.changes))
        return tuple(
            (name, self._say(name, item.now.get(name)), self._say(name, item.changes.get(name, item.now.get(name))))
            for name in names
        )

    def _say(self, name: str, value: Value) -> Any:
        said = shown(self._table, name, value)
        return self._who.units.get(str(said), said) if name in _NAMES_A_UNIT else said
