"""The way of a problem from its assignment to its closing: what is possible now, and one step of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import RowMapping

from models.domain import workflow
from models.domain.workflow import Offer, Step
from models.services import dictionaries, public_notices, refusals, showing
from models.services.desk import Desk
from models.services.views.lists import Record
from models.services.views.workflow import Asked, PaperView, StepView, WayView
from models.services.workflow_look import At, label_of, look
from models.services.workflow_refusals import NoSuchStep, NotAsked, OwnWork, StepDone, StepLacks, StepNotYours
from models.services.workflow_writing import Taking
from models.services.writing import find


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
        kinds = frozenset[str]() if void else at.kinds
        return WayView(
            standing.route.name, standing.quick,
            tuple(_view(one, kinds, at.row, today) for one in workflow.offers(standing, kinds)),
            tuple(PaperView(one.name, one.must, one.here) for one in standing.papers), standards, phrases,
            doubts,
        )  # fmt: skip

    def step(self, id: str, verb: str, values: Mapping[str, str], why: str = "") -> Record:
        """Take one step: all that it writes in one transaction. Refused where something is missing."""
        typed = {name: text.strip() for name, text in values.items()}
        stage = typed.pop("stage", "")
        deed = next((one.deed for one in workflow.STEPS if one.verb == verb), None)
        if deed is None:
            raise NoSuchStep(verb, tuple({one.verb: one.label for one in workflow.STEPS}.items()))
        with self._desk.ledger.write(deed=deed) as connection:
            at = look(self._desk, connection, find(connection, "problem", id))
            if at.row["void_from"]:
                raise refusals.IsVoid
            offer = _chosen(at, verb, stage)
            step = offer.step
            if step.who not in at.kinds:
                raise StepNotYours(step.label, "县环委办" if step.who == workflow.COUNTY else "责任单位")
            if offer.done_on is not None:
                raise StepDone(step.label, offer.done_on)
            if verb == "return" and why.strip():
                typed.setdefault("opinion", why.strip())
            self._complete(at, offer, typed)
            Taking(self._desk, connection, at).take(step, typed, why)
            return showing.record(self._desk, connection, "problem", find(connection, "problem", at.history.top))

    def _complete(self, at: At, offer: Offer, typed: dict[str, str]) -> None:
        """Whether all that the step asks for is there."""
        step = offer.step
        for name in typed:
            if name not in step.fields:
                raise NotAsked(step.label, name, step.fields)
        lacking = [
            label_of(step, name) for name in step.required if not typed.get(name) and not _said(at.row, step, name)
        ]
        if offer.own:
            raise OwnWork(step.label, offer.own)
        if offer.missing or lacking:
            raise StepLacks(step.label, (*offer.missing, *lacking))


def _chosen(at: At, verb: str, stage: str) -> Offer:
    """The step that a verb means: where it stands for several stages, the named one, else the next."""
    every = workflow.offers(at.standing, at.kinds)
    fit = [one for one in every if one.step.verb == verb and stage in ("", one.step.stage)]
    if not fit:
        raise NoSuchStep(stage or verb, tuple((one.step.verb, one.step.label) for one in every))
    return next((one for one in fit if one.done_on is None), fit[-1])


def _said(row: RowMapping, step: Step, name: str) -> str:
    """What the record says already of a field that a step asks for."""
    if step.table != "problem" or name == step.day:
        return ""
    return row[name] or ""


def _view(offer: Offer, kinds: frozenset[str], row: RowMapping, today: date) -> StepView:
    step = offer.step
    fields = tuple(
        Asked(name, label_of(step, name), name in step.required or name == step.day,
              today.isoformat() if name == step.day else _said(row, step, name))
        for name in step.fields
    )  # fmt: skip
    return StepView(step.verb, step.stage, step.label, step.who, step.who in kinds, offer.possible, offer.missing,
                    offer.done_on, step.table, fields)  # fmt: skip
