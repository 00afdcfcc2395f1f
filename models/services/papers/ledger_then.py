"""The ledger of problems of a past day: who was there, and how each stood; what has no day is said as it was known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from models.domain import breakdown, facts
from models.domain.breakdown import Seen
from models.domain.paper import Paper
from models.services.base import showing
from models.services.base.desk import Desk
from models.services.figures import monthly
from models.services.figures.monthly import Looked
from models.services.papers import ledger_paper
from models.services.views.lists import Record
from models.store import figures
from models.store.schema import problem

_TEXTS = ("number", "description", "source", "responsible_units", "person", "deadline", "deadline_text", "progress")


def paper(
    desk: Desk, connection: Connection, as_of: date | None, known_by: date | None, *, seal: int | None
) -> Paper:  # fmt: skip
    """The problems that counted on a day, one in each row; `seal`: of the day, and from what was known, as sealed."""
    looked = monthly.look(desk, connection, as_of, known_by, seal)
    written = _written(connection, looked)
    records = [_record(looked, one, written[one[0].id]) for one in looked.whole.seen("problem")]
    records.sort(key=lambda one: str(one["number"]))
    return ledger_paper.paper(records, desk.here().name, looked.whole.sight.day, looked.known)


def _written(connection: Connection, looked: Looked) -> dict[str, Mapping[str, Any]]:
    """What is written of every problem, by its id."""
    if looked.until is None:
        asked = select(problem.c.id, problem.c.township, *(problem.c[name] for name in _TEXTS))
        return {row["id"].hex(): dict(row) for row in connection.execute(asked).mappings()}
    known = figures.known_records(connection, looked.until, looked.whole.who, ("problem",))
    return {record.id: record.values for record, _ in known}


def _record(looked: Looked, one: Seen, written: Mapping[str, Any]) -> Record:
    item, standing = one
    whole, of_day = looked.whole, looked.whole.day
    colour = breakdown.light_of(item, standing, whole.sight)
    return {
        **{name: written.get(name) for name in _TEXTS},
        "township_name": showing.township({"township": written.get("township"), "unit": item.unit}, whole.who)[1],
        "light": colour if colour != "done" else None,
        "pace": standing.pace,
        "completed": standing.completed,
        "completed_on": facts.since(item.completed, "completed", of_day) or None,
        "closing_stage": standing.closing,
    }
