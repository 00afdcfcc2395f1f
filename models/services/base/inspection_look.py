"""What an inspection shows beside its fields: its questions with their answers, marks, and the problems of it."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Connection, RowMapping, select

from models.domain import inspections
from models.domain.inspections import Question
from models.services.base import checklist_versions
from models.services.views.lists import Record
from models.store.schema import answer, inspection, local_item, problem


def questions(connection: Connection, row: RowMapping) -> dict[str, Question]:
    """By id, in their order: those of the versions that an inspection is bound to, and of its unit's own.

    One of the unit's own that was retired is asked no more; where it was answered it still stands.
    """
    found: dict[str, Question] = {}
    for one in checklist_versions.known(connection, row["checklists"]):
        found |= {item.id: Question.of_item(item, one.theme, one.code) for item in one.items}
        found |= _local(connection, one.theme, row["unit"], row["id"])
    return found


def _local(connection: Connection, theme: str, unit: str, top: bytes) -> dict[str, Question]:
    answered = set(connection.scalars(select(answer.c.item).where(answer.c.top == top)))
    own = select(local_item).where(local_item.c.theme == theme, local_item.c.unit == unit).order_by(local_item.c.pk)
    return {
        id_: Question(
            id_, theme, "", "本地检查项", row["text"] or "", row["how"] or "", row["basis"] or "",
            row["evidence"] or "", row["severity"] or "general",
        )
        for row in connection.execute(own).mappings()
        if (id_ := row["id"].hex()) in answered or row["void_from"] is None
    }  # fmt: skip


def text_of(connection: Connection, row: RowMapping, item: str) -> str:
    """What a question of an inspection asks; its id where that is not known here."""
    one = questions(connection, row).get(item)
    return one.text if one else item


def answers(connection: Connection, top: bytes) -> dict[str, Record]:
    """What was answered, by item."""
    rows = connection.execute(select(answer).where(answer.c.top == top, answer.c.void_from.is_(None))).mappings()
    return {
        row["item"]: {"id": row["id"].hex(), **{name: row[name] for name in ("answer", "note", "in_bulk", "problem")}}
        for row in rows
        if row["item"]
    }


def _again(connection: Connection, row: RowMapping) -> dict[str, Record]:
    """By item: how often it was answered 否 at the same source in inspections until that day, and when last."""
    if not row["source"]:
        return {}
    before = (
        select(answer.c.item, inspection.c.inspected_on)
        .join(inspection, inspection.c.id == answer.c.top)
        .where(
            inspection.c.source == row["source"], inspection.c.id != row["id"], inspection.c.void_from.is_(None),
            inspection.c.inspected_on <= (row["inspected_on"] or "9"), answer.c.answer == "no",
            answer.c.void_from.is_(None),
        )
        .order_by(inspection.c.inspected_on)
    )  # fmt: skip
    found: dict[str, Record] = {}
    for item, day in connection.execute(before):
        found[item] = {"times": found.get(item, {"times": 0})["times"] + 1, "day": day}
    return found


def of(connection: Connection, row: RowMapping) -> Record:
    """All questions with their answers, what was answered to questions that are not known here, counts and marks."""
    asked, told, again = questions(connection, row), answers(connection, row["id"]), _again(connection, row)
    blank: Record = dict.fromkeys(("id", "answer", "note", "in_bulk", "problem"))
    lines: list[Record] = [
        {"item": id_, **one.about(), **told.get(id_, blank), "again": again.get(id_)} for id_, one in asked.items()
    ]
    lines += [{"item": id_, "text": None, **one, "again": None} for id_, one in told.items() if id_ not in asked]
    count = Counter(one["answer"] for one in lines)
    by_item = {id_: one["answer"] or "" for id_, one in told.items()}
    marks = [
        {"checklist": one.code, "full": got.full, "got": got.got, "percent": got.percent}
        for one in checklist_versions.known(connection, row["checklists"])
        if any(item.score for item in one.items) and (got := inspections.marks(one.items, by_item))
    ]
    found = select(problem.c.id, problem.c.number, problem.c.description, problem.c.stage).where(
        problem.c.inspection == row["id"].hex(), problem.c.void_from.is_(None)
    )
    return {
        "answers": lines,
        "counts": {"yes": count["yes"], "no": count["no"], "na": count["na"], "left": count[None]},
        "marks": marks,
        "problems": [
            {"id": one.id.hex(), "number": one.number, "title": one.description or "", "stage": one.stage}
            for one in connection.execute(found.order_by(problem.c.pk))
        ],
    }
