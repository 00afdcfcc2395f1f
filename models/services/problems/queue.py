"""What waits for a decision at this desk: steps that judge, as the table of steps says, and requests of units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import Connection, exists, or_, select

from models.domain import light, words, workflow
from models.domain.roles import Deed, may
from models.progress import Progress, Silent
from models.services.base import dictionaries, showing
from models.services.base.desk import Desk
from models.services.problems.workflow_look import At
from models.services.problems.workflow_many import each
from models.services.views.queue import WaitingLine, WaitingSheet
from models.store.schema import problem, request, self_acceptance

LAST = "9999"  # what waits since nobody knows when comes last


class Queue:
    """The queue of whoever decides here: the county, or who judges at a unit."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def sheet(self, progress: Progress | None = None) -> WaitingSheet:
        """All of it; nothing for a user whose role decides nothing."""
        desk = self._desk
        person = desk.person
        if person is not None and not may(person.roles, Deed.JUDGE):
            return WaitingSheet((), role=False)
        found: list[WaitingLine] = []
        others = 0
        with desk.ledger.read() as connection:
            names, rules = desk.registry(connection).units, dictionaries.thresholds(connection)
            for at in each(desk, connection, _asked(connection), progress or Silent(), "正在查看"):
                if at is not None:
                    mine, own = _of(at)
                    others += own
                    found += [_line(desk, at, offer, names, rules) for offer in mine]
            if desk.is_county:
                found += _requests(desk, connection, names, rules)
        return WaitingSheet(tuple(sorted(found, key=lambda one: (one.since or LAST, one.number))), others)

    def counts(self, progress: Progress | None = None) -> dict[str, int]:
        """How many of what wait, by their label: the most first."""
        return dict(Counter(one.label for one in self.sheet(progress).lines).most_common())


def _asked(connection: Connection) -> list[int]:
    """The problems of which a step may wait: completed, and something was asked or they go straight to closing."""
    asked = exists().where(self_acceptance.c.top == problem.c.id, self_acceptance.c.void_from.is_(None))
    statement = select(problem.c.pk).where(
        problem.c.void_from.is_(None),
        problem.c.stage.in_(("completed", "closing")),
        or_(asked, problem.c.stage == "closing", problem.c.kind_now == "immediate"),
    )
    return list(connection.scalars(statement))


def _of(at: At) -> tuple[list[workflow.Offer], int]:
    """The steps of one problem that judge and are possible here; and whether one waits for another user."""
    every = [
        one for one in workflow.offers(at.standing, at.kinds)
        if one.step.deed is Deed.JUDGE and one.step.verb != "return" and one.step.who in at.kinds
    ]  # fmt: skip
    return [one for one in every if one.possible], any(one.own and len(one.missing) == 1 for one in every)


def _line(
    desk: Desk, at: At, offer: workflow.Offer, names: Mapping[str, str], rules: light.Thresholds
) -> WaitingLine:  # fmt: skip
    row, seen = at.row, showing.light_of(at.row, desk.today(), rules)
    unit = row["unit"] or ""
    since = at.standing.applied_on or at.standing.completed_on
    return WaitingLine(
        row["id"].hex(), row["number"] or "", row["description"] or "", names.get(unit, unit), seen.colour, seen.why,
        since, offer.step.label, offer.step.verb, offer.step.stage, "",
    )  # fmt: skip


def _requests(
    desk: Desk, connection: Connection, names: Mapping[str, str], rules: light.Thresholds
) -> list[WaitingLine]:  # fmt: skip
    statement = (
        select(problem, request.c.id.label("asked"), request.c.kind, request.c.asked_on)
        .join(request, problem.c.id == request.c.top)
        .where(request.c.decision.is_(None), request.c.void_from.is_(None), problem.c.void_from.is_(None))
    )
    found: list[WaitingLine] = []
    for row in connection.execute(statement).mappings():
        seen, unit = showing.light_of(row, desk.today(), rules), row["unit"] or ""
        found.append(
            WaitingLine(
                row["id"].hex(), row["number"] or "", row["description"] or "", names.get(unit, unit), seen.colour,
                seen.why, row["asked_on"] or "", words.REQUEST_KIND.get(row["kind"] or "", ""), "", "",
                row["asked"].hex(),
            )
        )  # fmt: skip
    return found
