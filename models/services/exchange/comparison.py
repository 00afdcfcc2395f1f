"""What taking in a package changes in the records that people see, told by the fold a batch of histories at a time.

So only the rows of one batch are compared at once, and the new ones come from the fold itself: nothing reads all rows
of a package from the tables, before or after.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, select

from models.domain import words
from models.domain.field import Field, Type
from models.domain.fields import TABLES, label
from models.domain.unit import Registry
from models.services.base import showing
from models.services.base.conflicts import shown
from models.services.base.writing import MUST
from models.services.views.exchange import PreviewLine
from models.store.rows import Rows, loaded
from models.store.schema import FOLDED, conflict
from models.store.sqlite import among, mappings

LINES_MOST = 2_000  # of a preview: more is counted, not listed

_COMPARED = ("id", "top", "void_from", "remark")  # beside the fields; the long search key is left out
_PARTS = {  # and what one of them is called by
    "measure": "text", "dispatch": "month", "evidence": "name", "cycle": "number", "request": "kind",
    "self_acceptance": "checked_on", "acceptance": "stage", "lookback": "looked_on",
    "permit": "number", "answer": "item",
}  # fmt: skip
_NUMBER = {"petition": "receipt_number", "local_item": "theme"}  # where it is not `number`

_Row = dict[str, Any]
_Change = tuple[str, Any, Any]  # field, as it was, as it is
_Place = tuple[bytes, str]  # record, field


class Comparison:
    """The records that a package speaks of: new, updated or the same, and what changed in them."""

    def __init__(self, connection: Connection, spoken: Container[bytes]) -> None:
        """`spoken`: the tops of the histories that the package speaks of."""
        self._spoken = spoken
        self._had = _conflicts(connection)
        self._old: dict[str, dict[bytes, _Row]] = {}
        self._states: dict[bytes, str] = {}  # record → new, updated or same
        self._same: dict[bytes, PreviewLine] = {}
        self._voided: set[bytes] = set()
        self.lines: list[PreviewLine] = []

    @property
    def quiet(self) -> list[PreviewLine]:
        """The records that stay as they are, as many as are listed."""
        return [line for id_, line in self._same.items() if self._states.get(id_, "same") == "same"]

    @property
    def voided(self) -> int:
        """How many records become void."""
        return len(self._voided)

    def before(self, rows: Rows) -> None:
        """Histories that have these rows are about to be folded."""
        self._old = {table: {row["id"]: row for row in rows[table]} for table in (*MUST, *_PARTS)}

    def after(self, rows: Rows, who: Registry) -> None:
        """These are their rows now."""
        conflicts = {(row["record"], row["field"]) for row in rows.get("conflict", ())} - self._had
        parts = self._part_changes(rows)
        for table in MUST:
            for row in rows.get(table, ()):
                if row["top"] in self._spoken:
                    self._compare(table, row, parts.get(row["top"], []), conflicts, who)

    def counts(self, connection: Connection) -> Counter[str]:
        """How many records are new, updated and the same. `wanted` holds the histories that nothing was folded of."""
        found = Counter(self._states.values())
        for table in MUST:
            for row in _rows(connection, table):
                found["same"] += 1
                self._stays(table, row)
        return found

    def new_conflicts(self, connection: Connection) -> set[_Place]:
        """The conflicts that were not there before."""
        return _conflicts(connection) - self._had

    def _compare(self, table: str, row: _Row, parts: list[_Change], conflicts: set[_Place], who: Registry) -> None:
        id_ = row["id"]
        old, state = self._old[table].get(id_), self._states.get(id_)
        if state == "new":  # folded a second time, since a unit that it names was understood
            return
        now = "new" if old is None else "updated" if parts or _differ(table, old, row) else state or "same"
        self._states[id_] = now
        if old is not None and not old["void_from"] and row["void_from"]:
            self._voided.add(id_)
        if now == "same":
            self._stays(table, row)
        elif len(self.lines) < LINES_MOST:
            changes = None if old is None else [*_changes(table, old, row), *parts]
            self.lines += _lines(table, row, changes, conflicts, who)

    def _stays(self, table: str, row: _Row) -> None:
        if len(self._same) < LINES_MOST:
            self._same[row["id"]] = PreviewLine(
                "unchanged", table, row["id"].hex(), row[MUST[table]] or "", _number(table, row), "", "整条", None, None
            )

    def _part_changes(self, rows: Rows) -> dict[bytes, list[_Change]]:
        """What changed in measures, dispatches and evidence, by the record that they are parts of."""
        found: dict[bytes, list[_Change]] = {}
        for table, key in _PARTS.items():
            for row in rows.get(table, ()):
                old = self._old[table].get(row["id"])
                if old is None:
                    found.setdefault(row["top"], []).append((table, None, row[key]))
                elif _differ(table, old, row):
                    changed = _changes(table, old, row)
                    found.setdefault(row["top"], []).extend((f"{table}.{n}", was, now) for n, was, now in changed)
        return found


def label_of(table: str, name: str) -> str:
    """The label of a field, also of one of a part: 措施 完成时间."""
    part, _, field = name.partition(".")
    if part in _PARTS:
        heading = words.TABLE[part]
        return f"{heading} {label(part, field)}" if field else heading
    return label(table, name)


def _rows(connection: Connection, table: str) -> list[_Row]:
    source = FOLDED[table]
    columns = [c for c in source.c if c.name in _COMPARED or c.name in TABLES[table]]
    return mappings(connection, select(*columns).where(among(source.c.top)))


def _conflicts(connection: Connection) -> set[_Place]:
    return {(r.record, r.field) for r in connection.execute(select(conflict.c.record, conflict.c.field).distinct())}


def _differ(table: str, old: _Row, new: _Row) -> bool:
    """Whether there is anything to tell of two rows: asked of many more than are listed."""
    told = _told(table)
    return told(old) != told(new)


@cache
def _told(table: str) -> Callable[[_Row], tuple[Any, ...]]:
    beside = [name for name in ("remark", "void_from") if name in FOLDED[table].c]
    return itemgetter(*TABLES[table], *beside)


def _changes(table: str, old: _Row, new: _Row) -> list[_Change]:
    found = [
        (name, shown(table, name, _value(field, old)), shown(table, name, _value(field, new)))
        for name, field in TABLES[table].items()
        if old[name] != new[name]
    ]
    for name, word in (("remark", "remark"), ("void_from", "void")):
        if name in old and old[name] != new[name]:
            found.append((word, old[name], new[name]))
    return found


def _value(field: Field, row: _Row) -> Any:
    return loaded(row[field.name]) if field.type in (Type.FACTS, Type.NUMBER) else row[field.name]


def _lines(
    table: str, row: _Row, changes: list[_Change] | None, conflicts: set[_Place], who: Registry
) -> list[PreviewLine]:
    id_, title = row["id"].hex(), row[MUST[table]] or ""
    number = _number(table, row)
    if changes is None:
        return [PreviewLine("new", table, id_, title, number, "", "整条", None, _in_short(table, row, who))]
    return [
        PreviewLine(
            "conflict" if (row["id"], name) in conflicts else "updated", table, id_, title, number, name,
            label_of(table, name), now, then,
        )
        for name, now, then in changes
    ]  # fmt: skip


def _number(table: str, row: _Row) -> str:
    return row[_NUMBER.get(table, "number")] or ""


def _in_short(table: str, row: _Row, who: Registry) -> str:
    """What a person wants to know first of a new record."""
    due = row["deadline_text"] or row["deadline"] if table == "problem" else ""
    parts = [f"时限 {due}" if due else "", showing.township(row, who)[1], row.get("person") or ""]
    return "，".join(part for part in parts if part) or "整条记录"
