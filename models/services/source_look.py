"""What a pollution source shows beside its fields: doubts about what was written, its open problems."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, select

from models.domain import sources
from models.services import dictionaries
from models.services.views.lists import Record
from models.store.schema import problem


def of(connection: Connection, shown: Record, today: date) -> Record:
    """Of a record with its permits: doubts in words, and the problems found at it, the newest last."""
    bounds = sources.bounds(dictionaries.content(connection, "county_bounds"))
    found = select(problem.c.id, problem.c.number, problem.c.description, problem.c.stage).where(
        problem.c.pollution_source == shown["id"], problem.c.void_from.is_(None)
    )
    return {
        "doubts": sources.doubts(shown, bounds, today),
        "problems": [
            {"id": row.id.hex(), "number": row.number, "title": row.description or "", "stage": row.stage}
            for row in connection.execute(found.order_by(problem.c.pk))
        ],
    }
