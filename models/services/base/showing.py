"""One record as people and scripts see it: folded rows turned into the field names of the glossary."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from models.domain import circulars, cycles, facts, light, words
from models.domain.field import Type
from models.domain.fields import LINKS, MUST, TABLES
from models.domain.unit import Registry, unit_names
from models.services.base import dictionaries, inspection_look, refusals, source_look
from models.services.base.desk import Desk
from models.services.base.exhibits import entries
from models.services.views.lists import Line, Record
from models.store import doubles, exchanged
from models.store.rows import loaded
from models.store.schema import FOLDED, conflict, remark

_PARTS = {
    "cycles": "cycle", "requests": "request", "self_acceptances": "self_acceptance", "acceptances": "acceptance",
    "lookbacks": "lookback",
}  # fmt: skip

_SHOWN = (
    "id", "township_name", "unit", "created_by", "created_by_name", "remark", "void", "review", "stage", "exchange",
    "exchange_said", "undecided", "light", "light_why",
)  # fmt: skip


def values_of(table: str, row: RowMapping) -> dict[str, Any]:
    """The stored values of a row: facts as lists of events."""
    return {
        name: loaded(row[name]) if field.type in (Type.FACTS, Type.NUMBER) else row[name]
        for name, field in TABLES[table].items()
    }


def flat(table: str, row: RowMapping) -> Record:
    """A row with its dated events as the fields that people know: states, and the days of states."""
    record: Record = {}
    for name, value in values_of(table, row).items():
        field = TABLES[table][name]
        record |= view_of(name, value) if field.type is Type.FACTS else {name: value}
    return record


def view_of(name: str, value: Any) -> Record:
    """What a facts field shows as: 2024-06-25 for completed_on; a state, and its day, for the others."""
    match name:
        case "completed_on":
            day = facts.since(value, "completed")
            return {"completed_on": day or None, "completed": day is not None}
        case "closing_stage":
            return {"closing_stage": facts.state(value) or "none", "closed_on": facts.since(value, "closed") or None}
        case "circular":
            return {"circular": facts.state(value), "circular_on": circulars.named_on(value),
                    "circular_ended_on": facts.since(value, "ended")}  # fmt: skip
        case "finish_state":
            return {"finish_state": facts.state(value) or "open", "finished_on": facts.since(value, "finished") or None}
        case _:
            return {name: facts.state(value)}


def township(row: RowMapping | dict[str, Any], registry: Registry) -> tuple[str | None, str]:
    """The township as code where it is a unit, else as written; and its name."""
    written = row["township"]
    if not written:
        return None, registry.units.get(row["unit"], "")
    for part in unit_names(written):
        if code := registry.resolve(part):
            return code, registry.units[code]
    return written, written


def brief(
    table: str, row: RowMapping, who: Registry, ways: exchanged.Ways, today: date, rules: light.Thresholds
) -> Record:
    """One record with all its own fields, as a list of records shows it."""
    shown = flat(table, row)
    shown["id"] = row["id"].hex()
    shown["township"], shown["township_name"] = township(row, who)
    shown["unit"] = row["unit"] or None
    shown["created_by"] = row["creator"]
    shown["created_by_name"] = who.units.get(row["creator"] or "", row["creator"] or "")
    shown["remark"] = row["remark"] or None
    shown["void"] = row["void_from"]
    shown["review"] = bool(row["review"])
    shown["stage"] = row["stage"]
    shown["exchange"], shown["exchange_said"] = ways.of(row["id"]), ways.said(row["id"])
    if row["undecided"]:
        shown["closing_stage"] = None
        shown["undecided"] = True
    if table == "problem":
        if row["stage"] == "closing" and shown["closing_stage"] == "none":  # applied for; the county has said nothing
            shown["closing_stage"] = "closing"
        found = light_of(row, today, rules)
        shown["light"], shown["light_why"] = found.colour if found.colour != "done" else None, found.why
    return shown


def asked(table: str, name: str, value: str, who: Registry) -> tuple[str, str]:
    """A field as `brief` names it and the value that it must have, which may be asked for in the words of the screen.

    Raises NoSuchColumn where no record shows such a field, NotAChoice where it never has such a value.
    """
    facts_fields = [one for one, field in TABLES[table].items() if field.type is Type.FACTS]
    known = {*TABLES[table], *_SHOWN, *(shown for one in facts_fields for shown in view_of(one, None))}
    if name not in known:
        raise refusals.NoSuchColumn(name, tuple(sorted(known)))
    if name == "township":
        return name, who.resolve(value) or value
    choices = _choices(table, name)
    found = next((one for one, word in choices if value in (one, word)), value)
    if name == "completed_on":  # shows a day; whether there is one stands beside it
        return ("completed", "true" if found == "completed" else "false") if found in dict(choices) else (name, value)
    if value and choices and found not in dict(choices):
        raise refusals.NotAChoice(name, value, tuple(f"{word}（{one}）" for one, word in choices))
    return name, "" if (name, found) == ("light", "done") else found


def _choices(table: str, name: str) -> list[tuple[str, str]]:
    """The values that a field of a shown record may have, each with a word of the screen; [] where it may be any."""
    if name in ("completed", "review"):
        return [*words.YES_NO.items()]
    if name == "stage":
        return [*words.STAGE.get(table, {}).items()]
    if name == "exchange":
        return [*words.EXCHANGE.items(), *words.EXCHANGE_OF_COUNTY.items()]
    return [*(TABLES[table][name].states if name in TABLES[table] else words.BY_FIELD.get(name, {})).items()]


def record(desk: Desk, connection: Connection, table: str, row: RowMapping) -> Record:
    """One record with its parts."""
    who = desk.registry(connection)
    ways = exchanged.Ways.of_one(connection, desk.side, row["id"])
    shown = brief(table, row, who, ways, desk.today(), dictionaries.thresholds(connection))
    shown["table"], shown["title"] = table, row[MUST[table]] or ""
    if table == "problem":
        shown["measures"] = _parts(connection, "measure", row["id"])
        shown["dispatches"] = sorted(_parts(connection, "dispatch", row["id"]), key=lambda d: d["month"] or "")
        shown |= {many: _parts(connection, one, row["id"]) for many, one in _PARTS.items()}
        shown["cycle"] = cycles.number_now(shown["cycles"])
        events = values_of(table, row)
        done = cycles.rounds(shown["cycles"], events["completed_on"], events["closing_stage"], shown["acceptances"])
        shown["rounds"] = [one._asdict() for one in done]
    if table == "source":
        shown["permits"] = _parts(connection, "permit", row["id"])
        shown |= source_look.of(connection, shown, desk.today())
    if table == "inspection":
        shown |= inspection_look.of(connection, row)
    shown |= _linked(connection, table, row)
    shown["remarks"] = [
        {"id": r.id.hex(), "text": r.text, "by": r.by, "unit": r.unit, "unit_name": who.units.get(r.unit, r.unit),
         "at": r.wall}
        for r in connection.execute(select(remark).where(remark.c.top == row["id"]).order_by(remark.c.pk))
    ]  # fmt: skip
    shown["evidence"] = [asdict(one) for one in entries(desk, connection, row["id"])]
    fields = select(conflict.c.record, conflict.c.field).where(conflict.c.top == row["id"]).distinct()
    if "merged_into" in row:
        shown |= _merging(connection, table, row)
    shown["conflicts"] = [{"record": r.record.hex(), "field": r.field} for r in connection.execute(fields)]
    return shown


def _linked(connection: Connection, table: str, row: RowMapping) -> Record:
    """The records of other kinds that a record names, where they are here."""
    found: Record = {}
    for name, kind in LINKS.items():
        if name in TABLES[table] and TABLES[table][name].type is Type.RECORD and row[name]:
            into = select(FOLDED[kind]).where(FOLDED[kind].c.id == bytes.fromhex(row[name]))
            one = connection.execute(into).mappings().first()
            found[f"{name}_record"] = None if one is None else _named(kind, one)
    return found


def _merging(connection: Connection, table: str, row: RowMapping) -> Record:
    """What was merged into a record; and into which it was merged, where that one is here."""
    shown: Record = {"merged": [_named(table, one) for one in doubles.merged(connection, table, row["id"].hex())]}
    if row["merged_into"] and row["void_from"]:
        source = FOLDED[table]
        into = select(source).where(source.c.id == bytes.fromhex(row["merged_into"]))
        target = connection.execute(into).mappings().first()
        shown["merged_into_record"] = None if target is None else _named(table, target)
    return shown


def _named(table: str, row: RowMapping) -> Record:
    number = row["receipt_number"] if table == "petition" else row["number"]
    return {"id": row["id"].hex(), "number": number, "title": row[MUST[table]] or "", "void": row["void_from"]}


def _parts(connection: Connection, table: str, top: bytes) -> list[Record]:
    source = FOLDED[table]
    statement = select(source).where(source.c.top == top, source.c.void_from.is_(None)).order_by(source.c.pk)
    return [{**flat(table, row), "id": row["id"].hex()} for row in connection.execute(statement).mappings()]


def light_of(row: RowMapping, today: date, rules: light.Thresholds = light.USUAL) -> light.Light:
    """The light of a problem today."""
    deadline, completed = _day(row["deadline"]), _day(row["completed_day"])
    named = row["circular_day"]
    ends = deadline is not None and (row["kind_now"] != "long_term" or row["long_term_too"] == "true")
    standing = light.Standing(
        (deadline - today).days if ends and deadline else 0, ends, row["kind_now"], row["pace_now"],
        row["completed_day"] is not None or row["stage"] == "closed",
        row["slow_months"], bool(row["relapsed"]), row["last_month"],
        named if named is not None and named <= today.isoformat() else None,
        (today - completed).days if completed and _unaccepted(row) else None,
    )  # fmt: skip
    return light.of(standing, today, rules)


def _unaccepted(row: RowMapping) -> bool:
    """Whether the county has said nothing yet of what was completed, also where closing was applied for."""
    return row["stage"] in ("completed", "closing") and facts.state(loaded(row["closing_stage"])) in (None, "none")


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def line(
    table: str, row: RowMapping, registry: Registry, ways: exchanged.Ways, today: date, rules: light.Thresholds
) -> Line:
    """One record in a list."""
    is_problem = table == "problem"
    seen = light_of(row, today, rules) if is_problem else light.Light("", "")
    due = _day(row["deadline"]) if is_problem else None
    finished = row["stage"] not in ("open", "staged")
    return Line(
        row=row["pk"],
        id=row["id"].hex(),
        number=(row["number"] if is_problem else row["receipt_number"]) or "",
        title=row[MUST[table]] or "",
        light=seen.colour,
        light_why=seen.why,
        source=(row["source"] if is_problem else row["batch"]) or "",
        township_name=township(row, registry)[1],
        person=row["person"] or "",
        deadline=row["deadline"] if is_problem else None,
        deadline_text=(row["deadline_text"] if is_problem else None) or "",
        deadline_kind=row["kind_now"] if is_problem else "",
        days_left=(due - today).days if due and not finished else None,
        pace=row["pace_now"] if is_problem else "",
        stage=row["stage"],
        kinds=(row["categories"] if is_problem else row["pollution_kinds"]) or "",
        verified="" if is_problem else row["verified"] or "",
        exchange=ways.of(row["id"]),
        exchange_said=ways.said(row["id"]),
        conflicts=row["conflicts"],
    )
