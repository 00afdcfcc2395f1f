"""From a reduced history to rows of the folded tables. Pure but for the pinyin of the search key."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain
from operator import attrgetter
from typing import Any

import msgspec

from models.domain import circulars, cycles, facts, light
from models.domain.field import Type
from models.domain.fields import TABLES
from models.domain.operation import Operation, Value, visible
from models.domain.reduce import Record, Reduced
from models.domain.unit import Registry, unit_names
from models.store import search
from models.store.schema import FOLDED

Rows = dict[str, list[dict[str, Any]]]

# The columns of each table that hold JSON text; and of all tables, what a row is before anything is known of it.
_AS_JSON = {
    table: [f.name for f in fields.values() if f.type in (Type.FACTS, Type.NUMBER)] for table, fields in TABLES.items()
}
_BLANK = {table: dict.fromkeys(c.name for c in FOLDED[table].c) for table in TABLES}

NO_DEADLINE = "9999-12-31"
_DATED = ("completed_on", "closing_stage", "finish_state")  # what is known of a record, it was found by then

# Which fields a record is found by, the most telling first; those that people speak of also by their sound.
# fmt: off
NUMBERS = ("number", "receipt_number", "county_number", "city_number", "province_number", "credit_code")
TITLE = ("description", "content", "title", "name")
SPOKEN = (
    "township", "place", "lead_unit", "responsible_units", "cooperating_units", "supervising_unit", "leader", "person",
    "source", "round", "batch", "categories", "pollution_kinds", "trade", "village", "villages", "people",
    "control_person",
)
WRITTEN = (
    "goal", "measures_text", "progress", "investigation", "handling", "phone", "deadline_text", "internal_note", "text",
    "reply", "opinion", "control", "circular_by",
)
_PARTS_SPOKEN = {
    "measure": ("unit", "person"), "dispatch": (), "evidence": (), "request": (), "self_acceptance": ("people",),
    "acceptance": ("unit", "people"), "lookback": ("people",), "cycle": (), "permit": (), "answer": (),
}
_PARTS_WRITTEN = {
    "measure": ("text",), "dispatch": ("progress", "difficulties", "next_step"), "evidence": ("name", "caption"),
    "request": ("reason", "opinion"), "self_acceptance": ("opinion",), "acceptance": ("opinion",),
    "lookback": ("opinion",), "cycle": ("reason", "basis"), "permit": ("number",), "answer": ("note",),
}
# fmt: on

_WALL = attrgetter("wall")
_dump = json.JSONEncoder(ensure_ascii=False).encode
_load = msgspec.json.Decoder().decode


def of(reduced: Reduced, operations: dict[str, tuple[int, Operation]], registry: Registry) -> Rows:
    """The rows of one history. `operations`: id → (row number in the log, operation)."""
    top = bytes.fromhex(reduced.top)
    rows: Rows = {}
    numbers: dict[str, int] = {}
    for pk, operation in operations.values():
        numbers[operation.record] = min(pk, numbers.get(operation.record, pk))
    for record in reduced.records.values():
        if not record.created:
            continue
        row = _base(record, numbers[record.id])
        if record.id == reduced.top and record.table in _STATE:
            row |= _top(record, reduced, registry)
            row |= _STATE[record.table](record, reduced)
        if record.table == "unit":
            row["names"] = json.dumps(_names(operations, registry), ensure_ascii=False)
        rows.setdefault(record.table, []).append(row)
    rows["named"] = [{"top": top, "name_key": key, "leads": int(leads)} for key, leads in reduced.names.items()]
    if reduced.remarks or reduced.grants or reduced.revoked or reduced.held or reduced.conflicts:  # seldom
        rows |= _beside(top, reduced, operations, registry)
    return rows


def _beside(top: bytes, reduced: Reduced, operations: dict[str, tuple[int, Operation]], registry: Registry) -> Rows:
    """The rows that most histories have none of."""
    return {
        "remark": [_remark(operations[o.id][0], top, o, registry) for o in reduced.remarks],
        "granted": [{"top": top, "unit": unit, "of_unit": of} for unit, all_of in reduced.grants for of in all_of],
        "revocation": [
            {"top": top, "device": bytes.fromhex(device), "wall": wall} for device, wall in reduced.revoked.items()
        ],
        "held": [{"top": top, "op": bytes.fromhex(h.operation), "field": h.field, "why": h.why} for h in reduced.held],
        "conflict": [
            {"top": top, "record": bytes.fromhex(id_), "tbl": head.table, "field": name, "op": bytes.fromhex(head.id)}
            for (id_, name), heads in reduced.conflicts.items()
            for head in heads
        ],
    }


def _base(record: Record, pk: int) -> dict[str, Any]:
    row: dict[str, Any] = _BLANK[record.table] | record.values
    for name in _AS_JSON[record.table]:
        row[name] = stored(row[name])
    row["pk"] = pk
    row["id"] = bytes.fromhex(record.id)
    row["top"] = bytes.fromhex(record.top)
    row["creator"] = record.creator
    row["void_from"] = record.void_from
    return row


def _names(operations: dict[str, tuple[int, Operation]], registry: Registry) -> list[str]:
    """Every name that the county ever gave to a unit: records keep the name of their day."""
    names: set[str] = set()
    for _, operation in operations.values():
        author, value = registry.author(operation.device), visible(operation.fields.get("name", (None,))[0])
        if author is not None and author.is_county and isinstance(value, str):
            names.add(value)
    return sorted(names)


def stored(value: Value) -> str | None:
    """A value that is no plain text, as it stands in a column: JSON."""
    if isinstance(value, list):  # events, whose days and states need no escapes
        events = [f'["{day}", "{state}"]' for day, state in value]
        return f"[{', '.join(events)}]"
    return None if value is None else _dump(value)


def loaded(text: str | None) -> Value:
    """The value that `stored` wrote."""
    return None if text is None else _load(text)


def responsible(values: dict[str, Value], registry: Registry) -> str:
    """The code of a record's unit: its township if that is a unit, else its lead unit (cli.md rule 5)."""
    for name in ("township", "lead_unit"):
        text = values.get(name)
        for part in unit_names(text) if isinstance(text, str) else ():
            if code := registry.resolve(part):
                return code
    return ""


def _top(record: Record, reduced: Reduced, registry: Registry) -> dict[str, Any]:
    values = record.values
    unit = responsible(values, registry)
    dated = [d for n in _DATED if (v := values.get(n)) and (d := facts.first_day(v))]
    found = values.get("found_on")
    return {
        "unit": unit,
        "undecided": int(record.undecided),
        "review": int(reduced.review),
        "conflicts": len(reduced.conflicts),
        "found": min([str(found), *dated]) if found else "",
        "remark": "\n".join(_text(o) for o in reduced.remarks),
        "search_key": _search_key(record, reduced, registry.units.get(unit, "")),
        "updated": max(map(_WALL, chain.from_iterable(record.heads.values())), default=""),
    }


def _search_key(record: Record, reduced: Reduced, unit: str) -> str:
    """All words that a record is found by, those of its measures, dispatches and remarks too."""
    parts = [r for r in reduced.records.values() if r.created and r.table in _PARTS_SPOKEN]
    return search.key(
        _some(record, NUMBERS),
        _some(record, TITLE),
        [*_some(record, SPOKEN), unit, *(v for r in parts for v in _some(r, _PARTS_SPOKEN[r.table]))],
        [
            *_some(record, WRITTEN),
            *(v for r in parts for v in _some(r, _PARTS_WRITTEN[r.table])),
            *map(_text, reduced.remarks),
        ],
    )


def _some(record: Record, names: tuple[str, ...]) -> Iterator[Value]:
    return filter(None, map(record.values.get, names))


def is_application(record: Record) -> bool:
    """Whether a part is one in which a unit may have applied for closing."""
    return record.table == "self_acceptance" and record.created and record.void_from is None


def _problem(record: Record, reduced: Reduced) -> dict[str, Any]:
    values = record.values
    parts = [r for r in reduced.records.values() if r is not record and r.created]
    applied = [str(day) for r in parts if is_application(r) and (day := r.values.get("applied_on"))]
    said = values.get("closing_stage")
    closing = facts.state(facts.applied(said, values.get("completed_on"), applied) if applied else said) or "none"
    completed = facts.since(values.get("completed_on"), "completed")
    stage = closing if closing != "none" else "completed" if completed is not None else "open"
    told = {str(r.values.get("month") or ""): r for r in parts if r.table == "dispatch"}
    rounds = [r.values for r in parts if r.table == "cycle" and not r.void_from]
    newest = max(rounds, key=lambda one: str(one.get("opened_on") or ""), default=dict[str, Value]())
    return {
        "kind_now": facts.state(values.get("deadline_kind")) or "",
        "pace_now": facts.state(values.get("pace")) or "",
        "completed_day": completed,
        "stage": stage,
        "due_key": values.get("deadline") or NO_DEADLINE,
        "last_month": max(told, default=""),
        "slow_months": light.slow_months([(month, told[month].values.get("pace")) for month in sorted(told)]),
        "circular_day": circulars.standing(
            values.get("circular"), values.get("completed_on"), cycles.days_opened(rounds)
        ),
        "relapsed": int(newest.get("kind") == "relapse"),
    }


def _petition(record: Record, _: Reduced) -> dict[str, Any]:
    finish = facts.state(record.values.get("finish_state")) or "open"
    closed = facts.state(record.values.get("closing_stage")) == "closed"
    return {
        "stage": "closed" if closed else finish,
        "finished_day": facts.since(record.values.get("finish_state"), "finished"),
    }


def _notice(record: Record, _: Reduced) -> dict[str, Any]:
    values = record.values
    return {"stage": "closed" if values.get("ended_on") else "replied" if values.get("reply") else "open"}


def _inspection(record: Record, _: Reduced) -> dict[str, Any]:
    values = record.values
    return {"stage": "zero" if values.get("zero") == "true" else "finished" if values.get("finished_on") else "open"}


def _lasting(_record: Record, _: Reduced) -> dict[str, Any]:
    return {"stage": "open"}


# What each says of itself at the top.
_STATE = {
    "problem": _problem, "petition": _petition, "notice": _notice, "inspection": _inspection, "source": _lasting,
    "campaign": _lasting, "local_item": _lasting,
}  # fmt: skip


def _text(remark: Operation) -> str:
    return str(visible(remark.fields["text"][0]))


def _remark(pk: int, top: bytes, operation: Operation, registry: Registry) -> dict[str, Any]:
    author = registry.author(operation.device)
    return {
        "pk": pk, "id": bytes.fromhex(operation.id), "top": top, "text": _text(operation),
        "by": operation.user, "unit": author.unit if author else "", "wall": operation.wall,
    }  # fmt: skip
