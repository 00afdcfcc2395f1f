"""The way of a problem from its assignment to its closing: what is possible now, and one step of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from models.domain import workflow
from models.domain.workflow import Offer
from models.progress import Progress, Silent
from models.services.base import dictionaries, showing, since
from models.services.base.desk import Desk
from models.services.base.pen import Pen
from models.services.base.writing import find, put
from models.services.problems import public_notices, taking_back, workflow_many
from models.services.problems.workflow_choice import asked, chosen, deed_of, said
from models.services.problems.workflow_look import At, look
from models.services.problems.workflow_writing import Taking
from models.services.views.lists import Record
from models.services.views.workflow import ManyWay, PaperView, StepPlan, StepView, Taken, WayView


class Workflow:
    """Everything the window and the hatch may ask of the way of a problem."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def steps(self, id: str) -> WayView:
        """The steps of a problem in their order, what each lacks, and the papers of its file."""
        with self._desk.ledger.read() as connection:
            at = look(self._desk, connection, find(connection, "problem", id))
            standards = tuple(dictionaries.content(connection, "closing_standards"))
            phrases = tuple(dictionaries.content(connection, "phrases")["opinion"])
            doubts = tuple(said for one in at.notices if (said := public_notices.doubt(connection, one.values)))
        standing, today = at.standing, self._desk.today()
        void = bool(at.row["void_from"])
        nobody = frozenset[str]()
        return WayView(
            standing.route.name, standing.quick,
            tuple(
                _view(one, nobody if void else at.kinds, at, today)
                for one in workflow.offers(standing, nobody if void else at.may)
            ),
            tuple(PaperView(one.name, one.must, one.here, one.files) for one in standing.papers), standards, phrases,
            doubts,
        )  # fmt: skip

    def step(self, id: str, verb: str, values: Mapping[str, str], why: str = "") -> Record:
        """Take one step: all that it writes in one transaction. Refused where something is missing.

        The record tells `undo` too: the token by which the step is taken back.
        """
        typed = {name: text.strip() for name, text in values.items()}
        stage = typed.pop("stage", "")
        deed = deed_of(verb)
        with self._desk.ledger.write(deed=deed) as connection:
            at = look(self._desk, connection, find(connection, "problem", id))
            step = chosen(at, verb, stage, typed, why)
            pen = Pen(self._desk, connection)
            Taking(self._desk, connection, at, pen).take(step, typed, why)
            after = since.length(connection)
            put(self._desk, connection, pen)
            record = showing.record(self._desk, connection, "problem", find(connection, "problem", at.history.top))
            return {**record, "undo": taking_back.token(connection, verb, after)}

    # ------------------------------------------------------------------------------------- several at once

    def many(self, rows: Sequence[int], progress: Progress | None = None) -> ManyWay:
        """The steps that some of these problems can take here, and how many of them."""
        return workflow_many.offered(self._desk, rows, progress or Silent())

    def plan_many(
        self, rows: Sequence[int], verb: str, values: Mapping[str, str], progress: Progress | None = None
    ) -> StepPlan:
        """Which of these problems the step would be taken for, and why not for the others. Nothing is written."""
        return workflow_many.plan(self._desk, rows, verb, values, progress or Silent())

    def step_many(self, looked_at: StepPlan, progress: Progress | None = None) -> Taken:
        """Take the step for all that were said to go, whole or not at all."""
        return workflow_many.take(self._desk, looked_at, progress or Silent())

    def take_back(self, token: str) -> frozenset[str]:
        """Undo what one verb wrote, as one, unless somebody wrote to one of its problems since: their ids.

        `token`: as a step, a decision, a request, a look-back or a plan of look-backs told it.
        """
        return taking_back.take_back(self._desk, token)

    def may_take_back(self, token: str) -> bool:
        """Whether nobody wrote to one of its problems since."""
        return taking_back.stands(self._desk, token)

    def rows(self, ids: Sequence[str]) -> tuple[int, ...]:
        """The row numbers of problems: by id or number."""
        with self._desk.ledger.read() as connection:
            return tuple(find(connection, "problem", one)["pk"] for one in ids)


def _view(offer: Offer, kinds: frozenset[str], at: At, today: date) -> StepView:
    step = offer.step
    fields = asked(step, today, lambda name: said(at, step, name))
    return StepView(step.verb, step.stage, step.label, step.who, step.who in kinds, offer.possible, offer.missing,
                    offer.done_on, step.table, fields)  # fmt: skip
