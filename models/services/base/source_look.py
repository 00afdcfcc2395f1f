"""What a pollution source shows beside its fields: doubts about what was written, its open problems."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, select

from models.domain import inspections, sources
from models.services.base import dictionaries, inspection_look
from models.services.views.lists import Record
from models.store.schema import inspection, problem

_OF_VISIT = ("number", "kind", "inspected_on", "people", "stage")


def of(connection: Connection, shown: Record, today: date) -> Record:
    """Of a record with its permits: doubts in words, problems found at it, inspections, what was found again."""
    bounds = sources.bounds(dictionaries.content(connection, "county_bounds"))
    problems = select(problem.c.id, problem.c.number, problem.c.description, problem.c.stage).where(
        problem.c.pollution_source == shown["id"], problem.c.void_from.is_(None)
    )
    at = select(inspection).where(inspection.c.source == shown["id"], inspection.c.void_from.is_(None))
    visits = connection.execute(at.order_by(inspection.c.inspected_on, inspection.c.pk)).mappings().all()
    found = [(item, row) for row in visits for item in _findings(connection, row["id"])]
    again = inspections.repeated((item, row["id"].hex()) for item, row in found)
    asked = {item: row for item, row in found if item in again}  # of several the newest
    return {
        "doubts": sources.doubts(shown, bounds, today),
        "problems": [
            {"id": row.id.hex(), "number": row.number, "title": row.description or "", "stage": row.stage}
            for row in connection.execute(problems.order_by(problem.c.pk))
        ],
        "inspections": [
            {"id": row["id"].hex(), **{name: row[name] for name in _OF_VISIT},
             "findings": sum(one["id"] == row["id"] for _, one in found)}
            for row in visits
        ],
        "repeated": [
            {"item": item, "text": inspection_look.text_of(connection, asked[item], item), "times": times}
            for item, times in again.items()
        ],
    }  # fmt: skip


def _findings(connection: Connection, top: bytes) -> list[str]:
    return [item for item, one in inspection_look.answers(connection, top).items() if one["answer"] == "no"]
