"""From a question answered 否 to a problem: text, place, ground and deadline are proposed, its photos go along."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection, RowMapping, select

from models.domain import forms, inspections, words
from models.domain.inspections import Question
from models.domain.operation import Value
from models.domain.reduce import Reduced
from models.domain.unit import derived_id
from models.services.base import audience, inspection_look, showing
from models.services.base.desk import Desk
from models.services.base.pen import Pen, Place
from models.services.base.writing import allow, put
from models.services.inspections.inspection_refusals import NoFinding, NoSuchItem, Registered
from models.services.views.lists import Record
from models.store import fold
from models.store.number import Numbers
from models.store.schema import evidence, problem, source

OWN = "自查自纠"  # what the source of a self-found problem is called
MENDED = "立行立改，已当场整改"
_OF_PLACE = ("township", "place", "longitude", "latitude")


def register(
    desk: Desk, connection: Connection, row: RowMapping, history: Reduced, item: str, values: Mapping[str, str], *,
    fixed: bool,
) -> str:  # fmt: skip
    """Write the problem, the answer's link to it, and the photos of that answer once more; the problem's id."""
    asked = inspection_look.questions(connection, row)
    if item not in asked:
        raise NoSuchItem(item)
    answer = inspection_look.answers(connection, row["id"]).get(item)
    if answer is None or answer["answer"] != "no":
        raise NoFinding(asked[item].text)
    if number := _registered(connection, answer):
        raise Registered(number)
    allow(desk, "answer", ("problem",), history)
    said = proposed(connection, row, asked[item], answer["note"] or "", desk.today(), fixed=fixed) | dict(values)
    changes = {n: v for n, v in forms.changes("problem", said, {}, desk.today(), creating=True).items() if v}
    own, year = desk.settings, desk.today().year
    changes["number"] = Numbers(connection, own["unit"], own["device"], year).next()
    changes["inspection"] = history.top
    if row["source"]:
        changes["pollution_source"] = row["source"]
    pen = Pen(desk, connection)
    aud = audience.of_record(desk, dict(changes), pen.registry)
    new = pen.set(Place("problem"), changes, aud)
    seen_by = audience.of_record(desk, showing.values_of("inspection", row), pen.registry)
    entry = derived_id("answer", history.top, item)
    pen.set(Place("answer", entry, history), {"item": item, "problem": new}, seen_by)
    put(desk, connection, pen)
    _carry_photos(desk, connection, row["id"], entry, new, aud)
    return new


def proposed(
    connection: Connection, row: RowMapping, question: Question, note: str, today: date, *, fixed: bool
) -> dict[str, str]:
    """What the problem says unless somebody says otherwise, as it would be typed."""
    day = row["inspected_on"] or today.isoformat()
    place = {name: row[name] for name in _OF_PLACE if row[name] is not None}
    if row["source"]:
        at = connection.execute(select(source).where(source.c.id == bytes.fromhex(row["source"]))).mappings().first()
        if at is not None and at["name"] not in (row["place"] or ""):
            place["place"] = f"{at['name']}（{row['place']}）" if row["place"] else at["name"]
    elif not row["place"] and row["village"]:
        place["place"] = row["village"]
    said = {
        "description": inspections.finding(question.text, note, question.basis), "found_on": day,
        "source": words.INSPECTION_KIND["visit"] if row["kind"] == "visit" else OWN, **place,
    }  # fmt: skip
    if fixed:
        return said | {"deadline_kind": "immediate", "deadline": day, "completed_on": day, "progress": MENDED}
    by = inspections.mend_by(date.fromisoformat(day), question.severity)
    return said | {"deadline_kind": "time_limited", "deadline": by.isoformat()}


def _registered(connection: Connection, answer: Record) -> str:
    """The number of the problem that an answer has already; "" where there is none that counts."""
    if not answer["problem"]:
        return ""
    there = select(problem.c.number).where(
        problem.c.id == bytes.fromhex(answer["problem"]), problem.c.void_from.is_(None)
    )
    return connection.scalar(there) or ""


def _carry_photos(
    desk: Desk, connection: Connection, top: bytes, entry: str, new: str, aud: tuple[str, ...]
) -> None:  # fmt: skip
    mine = select(evidence).where(
        evidence.c.top == top, evidence.c.part == entry, evidence.c.void_from.is_(None),
        evidence.c.sha256.is_not(None),
    )  # fmt: skip
    rows = connection.execute(mine.order_by(evidence.c.pk)).mappings().all()
    if not rows:
        return
    history, pen = fold.reduce_one(connection, bytes.fromhex(new)), Pen(desk, connection)
    for row in rows:
        told: dict[str, Value] = {
            name: value
            for name, value in showing.values_of("evidence", row).items()
            if value is not None and name not in ("part", "paper")
        }
        pen.set(Place("evidence", None, history), {"stage": "before", **told}, aud)
    pen.put()
