"""Which step is meant, whether it may be taken now, and what it asks for: the same for one problem and for many."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from models.domain import workflow
from models.domain.roles import Deed
from models.domain.workflow import Offer, Step
from models.services.base import refusals
from models.services.problems.workflow_look import At, label_of
from models.services.problems.workflow_refusals import NoSuchStep, NotAsked, OwnWork, StepDone, StepLacks, StepNotYours
from models.services.views.workflow import Asked

ACCEPTANCE = "验收"  # the verb `accept`, whatever the stage


def deed_of(verb: str) -> Deed:
    """What a user's role must allow for a step."""
    found = next((one.deed for one in workflow.STEPS if one.verb == verb), None)
    if found is None:
        raise NoSuchStep(verb, tuple({one.verb: one.label for one in workflow.STEPS}.items()))
    return found


def name_of(verb: str) -> str:
    """What a verb is called that may be another stage for each of several problems."""
    names = {one.label for one in workflow.STEPS if one.verb == verb}
    return names.pop() if len(names) == 1 else ACCEPTANCE


def chosen(at: At, verb: str, stage: str, typed: dict[str, str], why: str = "") -> Step:
    """The step that is meant, if it may be taken now and all that it asks for is there; else it is refused."""
    if at.row["void_from"]:
        raise refusals.IsVoid
    offer = _offer(at, verb, stage)
    step = offer.step
    if step.who not in at.may:
        raise StepNotYours(step.label, "县环委办" if step.who == workflow.COUNTY else "责任单位")
    if offer.done_on is not None:
        raise StepDone(step.label, offer.done_on)
    if verb == "return" and why.strip():
        typed.setdefault("opinion", why.strip())
    _complete(at, offer, typed)
    if step.table != "problem":  # what the record says is there already
        typed |= {name: said(at, step, name) for name in step.required if not typed.get(name)}
    return step


def _complete(at: At, offer: Offer, typed: dict[str, str]) -> None:
    """Whether all that the step asks for is there."""
    step = offer.step
    for name in typed:
        if name not in step.fields:
            raise NotAsked(step.label, name, step.fields)
    lacking = [label_of(step, name) for name in step.required if not typed.get(name) and not said(at, step, name)]
    if offer.own:
        raise OwnWork(step.label, offer.own)
    if offer.missing or lacking:
        raise StepLacks(step.label, (*offer.missing, *lacking))


def _offer(at: At, verb: str, stage: str) -> Offer:
    """The step that a verb means: where it stands for several stages, the named one, else the next."""
    every = workflow.offers(at.standing, at.may)
    fit = [one for one in every if one.step.verb == verb and stage in ("", one.step.stage)]
    if not fit:
        raise NoSuchStep(stage or verb, tuple((one.step.verb, one.step.label) for one in every))
    return next((one for one in fit if one.done_on is None), fit[-1])


def said(at: At, step: Step, name: str) -> str:
    """What is known already of a field that a step asks for."""
    if step.table != "problem" or name == step.day:
        return preset(step, at.county, name)
    return at.row[name] or ""


def preset(step: Step, county: str, name: str) -> str:
    """What a field most often says, whichever the problem: at the county's own stage the county accepts."""
    return county if (step.verb, step.stage, name) == ("accept", "county", "unit") else ""


def asked(step: Step, today: date, value: Callable[[str], str] = lambda _: "") -> tuple[Asked, ...]:
    """The fields that a step asks for, with what is said already; the day is today unless said otherwise."""
    return tuple(
        Asked(name, label_of(step, name), name in step.required or name == step.day,
              today.isoformat() if name == step.day else value(name), name in step.either)
        for name in step.fields
    )  # fmt: skip
