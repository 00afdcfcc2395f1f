"""What is to be done today beside the figures: what to claim, 排查, 回头看, permits that end, what to recheck."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from models.domain.unit import unit_names
from models.services.base.desk import Desk
from models.services.inspections import campaign_look
from models.services.inspections.findings import OWN
from models.services.inspections.sources import Sources
from models.services.problems.lookbacks import Lookbacks
from models.services.views.agenda import Agenda
from models.services.views.campaigns import line
from models.store import pages
from models.store.schema import problem


def agenda(desk: Desk) -> Agenda:
    """All of it, of this home's own unit at a township, of everybody at the county."""
    with desk.ledger.read() as connection:
        due = [line(one) for one in campaign_look.due(campaign_look.every(desk, connection, None))]
        again = rechecks(connection)
        mine = pages.Wanted("problem", desk.today(), view="unclaimed", claimed_as=claimed_as(desk, connection))
        unclaimed = pages.count(connection, mine)
    first = due[0] if due else None
    permits = [one["days_left"] for one in Sources(desk).permits_due()]
    looks = Lookbacks(desk).list(None if desk.is_county else desk.side.unit).total
    return Agenda(
        len(due), first.id if first else "", first.title if first else "", (first.days_left or 0) if first else 0,
        first.left if first else 0, looks.planned - looks.done, looks.overdue, len(permits),
        sum(days < 0 for days in permits), again, unclaimed,
    )  # fmt: skip


def claimed_as(desk: Desk, connection: Connection) -> frozenset[str] | None:
    """Townships and lead units, as problems write them, that are this home's unit: it claims those; None: the county's.

    Who is named beside them holds the record too, and claims nothing.
    """
    if desk.is_county:
        return None
    who, unit = desk.registry(connection), desk.side.unit
    written = connection.scalars(select(problem.c.township).union(select(problem.c.lead_unit)))
    return frozenset(one for one in written if one and unit in who.resolve_all(unit_names(one)))


def rechecks(connection: Connection) -> int:
    """How many self-found problems are completed and not closed: somebody is to see that it is so."""
    completed = select(func.count()).where(
        problem.c.void_from.is_(None), problem.c.stage == "completed", problem.c.source == OWN
    )
    return connection.scalar(completed.select_from(problem)) or 0
