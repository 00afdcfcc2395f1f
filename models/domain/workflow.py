"""The table of steps of a rectification: who takes each, what must be there before, what is asked, what it writes.

Buttons, checks, `problem steps` and the services read this table; nothing is said twice. A step that lacks something is
not possible and says what it lacks, in words; saving a record never depends on it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from models.domain import words
from models.domain.roles import Deed
from models.domain.routes import Paper, Route

UNIT, COUNTY = "unit", "county"  # who takes a step: the unit whose problem it is, or the county
ACCEPTED = ("county", "city", "trade", "province")  # stages that the verb `accept` takes, each in its turn


@dataclass(frozen=True)
class Done:
    """A stage, or another step, that was taken in the present round since it was last returned."""

    day: str
    until: str = ""  # of a public notice: its last day


@dataclass(frozen=True)
class Standing:
    """How a problem stands in its present round, as far as steps ask."""

    route: Route
    today: str = ""
    own: bool = False  # the unit registered it itself: nobody assigns it
    immediate: bool = False  # 立行立改
    unit: bool = True  # some unit is responsible
    measures: bool = False  # there is a measure, or a text of measures
    progress: bool = False  # what was done is written
    assigned_on: str = ""
    claimed_on: str = ""
    planned_on: str = ""
    completed: bool = False
    completed_on: str = ""
    closing: str = "none"  # closing_stage
    closed_on: str = ""
    undecided: bool = False  # verdicts of two PCs of the county differ
    self_accepted_on: str = ""
    applied_on: str = ""
    stages: Mapping[str, Done] = field(default_factory=dict[str, Done])
    papers: tuple[Paper, ...] = ()
    wrote: frozenset[str] = frozenset()  # steps and stages that who sits here took himself; empty without a second user

    @property
    def quick(self) -> bool:
        """Whether it goes straight from completion to closing."""
        return self.immediate and self.route.quick

    @property
    def applied(self) -> bool:
        """Whether acceptance was asked for; an imported ledger says so by 销号中 alone."""
        return bool(self.applied_on) or self.closing == "closing"


@dataclass(frozen=True)
class Step:
    """One step."""

    verb: str
    label: str
    who: str  # UNIT or COUNTY
    deed: Deed  # what a user's role must allow
    table: str  # whose fields it asks for
    fields: tuple[str, ...]  # what may be said
    required: tuple[str, ...]  # what must be said
    day: str  # the field that says when, today where nothing is said
    due: Callable[[Standing], bool]  # whether its turn is over or still to come rather than never
    lacks: Callable[[Standing], list[str]]  # what is missing before it can be taken
    done: Callable[[Standing], str | None]  # the day on which it was taken ("" unknown), None: not yet
    stage: str = ""  # of the route: what an acceptance row says
    either: tuple[str, ...] = ()  # of these one must be said


@dataclass(frozen=True)
class Offer:
    """One step as it stands for one problem."""

    step: Step
    possible: bool
    missing: tuple[str, ...]
    done_on: str | None
    own: str = ""  # the step that it judges, where who sits here took that one himself


def _not(text: str, *, unless: object) -> list[str]:
    return [] if unless else [text]


def _lacks_unit(at: Standing) -> list[str]:
    return _not("责任单位", unless=at.unit)


def _lacks_claim(at: Standing) -> list[str]:
    return _not("认领", unless=at.claimed_on or not at.assigned_on)


def _lacks_assignment(at: Standing) -> list[str]:
    return _not("县里交办", unless=at.assigned_on)


def _assignable(at: Standing) -> bool:
    return at.closing != "closed" and not at.completed and not at.own


def _lacks_plan(at: Standing) -> list[str]:
    return _lacks_claim(at) + _not("整改措施", unless=at.measures)


def _lacks_completion(at: Standing) -> list[str]:
    planned = at.planned_on or not at.assigned_on or at.immediate
    return _lacks_claim(at) + _not("整改方案", unless=planned)


def _lacks_self_acceptance(at: Standing) -> list[str]:
    return _not("完成整改", unless=at.completed)


def _lacks_application(at: Standing) -> list[str]:
    lacking = [one.name for one in at.papers if one.must and not one.here]
    return _lacks_self_acceptance(at) + _not("自查自验", unless=at.self_accepted_on) + lacking


def _lacks_return(at: Standing) -> list[str]:
    return _not("完成整改或提请验收", unless=at.completed or at.applied) + _agreed(at)


def _agreed(at: Standing) -> list[str]:
    return _not("县级结论统一（两台电脑的结论不同）", unless=not at.undecided)


def _lacks_stage(stage: str) -> Callable[[Standing], list[str]]:
    def lacks(at: Standing) -> list[str]:
        if stage == "filing":
            return _not("销号", unless=at.closing == "closed") + _agreed(at)
        before = at.route.stages[: at.route.stages.index(stage)]
        if at.quick and stage == "closing":
            return _not("完成整改", unless=at.completed) + _not("目前进展", unless=at.progress) + _agreed(at)
        missing = _not("完成整改", unless=at.completed) + _not("提请验收", unless=at.applied)
        missing += [words.ACCEPTANCE_STAGE[one] for one in before if one not in at.stages]
        notice = at.stages.get("public_notice")
        if notice and notice.until >= at.today:
            missing.append(f"公示期满（{notice.until}）")
        return missing + _agreed(at)

    return lacks


def _stage_done(stage: str) -> Callable[[Standing], str | None]:
    def done(at: Standing) -> str | None:
        if stage == "closing":
            return at.closed_on if at.closing == "closed" else None
        found = at.stages.get(stage)
        return found.day if found else None

    return done


def _on_route(stage: str) -> Callable[[Standing], bool]:
    def due(at: Standing) -> bool:
        skipped = at.quick and stage not in ("closing", "filing")
        return stage in at.route.stages and not skipped and (stage == "filing" or at.closing != "closed")

    return due


def _open(at: Standing) -> bool:
    return at.closing != "closed"


def _not_quick(at: Standing) -> bool:
    return at.closing != "closed" and not at.quick


def _day_or_none(day: str) -> str | None:
    return day or None


# fmt: off
def _accept(stage: str) -> Step:
    return Step("accept", words.ACCEPTANCE_STAGE[stage], COUNTY, Deed.JUDGE, "acceptance",
                ("expected_on", "actual_on", "unit", "people", "standards", "opinion"), ("unit",), "actual_on",
                _on_route(stage), _lacks_stage(stage), _stage_done(stage), stage)


STEPS: tuple[Step, ...] = (
    Step("assign", "交办", COUNTY, Deed.EDIT, "problem", ("assigned_on",), (), "assigned_on",
         _assignable, _lacks_unit, lambda at: _day_or_none(at.assigned_on)),
    Step("claim", "认领", UNIT, Deed.EDIT, "problem", ("claimed_on",), (), "claimed_on",
         _assignable, _lacks_assignment, lambda at: _day_or_none(at.claimed_on)),
    Step("plan", "整改方案", UNIT, Deed.EDIT, "problem", ("planned_on",), (), "planned_on",
         lambda at: _open(at) and not at.completed, _lacks_plan, lambda at: _day_or_none(at.planned_on)),
    Step("complete", "完成整改", UNIT, Deed.EDIT, "problem", ("completed_on", "progress"), ("progress",),
         "completed_on", _open, _lacks_completion, lambda at: at.completed_on if at.completed else None),
    Step("self-accept", "自查自验", UNIT, Deed.EDIT, "self_acceptance",
         ("checked_on", "people", "standards", "opinion"), ("people",), "checked_on",
         _not_quick, _lacks_self_acceptance, lambda at: _day_or_none(at.self_accepted_on)),
    Step("apply", "提请验收", UNIT, Deed.JUDGE, "self_acceptance", ("applied_on",), (), "applied_on",
         _not_quick, _lacks_application, lambda at: at.applied_on if at.applied else None),
    *(_accept(stage) for stage in ACCEPTED),
    Step("public-notice", "公示", COUNTY, Deed.JUDGE, "acceptance",
         ("from_on", "until_on", "days", "day_kind", "opinion"), (), "from_on",
         _on_route("public_notice"), _lacks_stage("public_notice"), _stage_done("public_notice"), "public_notice",
         ("until_on", "days")),
    Step("sign-off", "主要领导审签", COUNTY, Deed.JUDGE, "acceptance", ("actual_on", "people", "opinion"), ("people",),
         "actual_on", _on_route("sign_off"), _lacks_stage("sign_off"), _stage_done("sign_off"), "sign_off"),
    Step("close", "销号", COUNTY, Deed.JUDGE, "acceptance", ("closed_on", "opinion"), (), "closed_on",
         _on_route("closing"), _lacks_stage("closing"), _stage_done("closing"), "closing"),
    Step("file", "备案", COUNTY, Deed.EDIT, "acceptance", ("actual_on", "unit", "opinion"), (), "actual_on",
         _on_route("filing"), _lacks_stage("filing"), _stage_done("filing"), "filing"),
    Step("return", "退回整改", COUNTY, Deed.JUDGE, "acceptance", ("actual_on", "opinion"), ("opinion",), "actual_on",
         _open, _lacks_return, lambda _: None),
)
# fmt: on
VERBS = tuple(dict.fromkeys(one.verb for one in STEPS))


def offers(at: Standing, kinds: frozenset[str]) -> tuple[Offer, ...]:
    """The steps on the way of a problem, in the order of its route; `kinds`: UNIT, COUNTY, or both, for this desk.

    What somebody else takes is listed, but not possible here. What was done is listed with its day.
    """
    made: list[Offer] = []
    for one in sorted(STEPS, key=lambda step: _order(step, at.route)):
        done = one.done(at)
        if done is None and not one.due(at):
            continue
        missing = () if done is not None else tuple(one.lacks(at))
        own = called(judged) if done is None and (judged := _judged(one, at)) in at.wrote else ""
        if own:
            missing += (f"另一位用户来办（“{own}”是您自己办的）",)
        made.append(Offer(one, done is None and not missing and one.who in kinds, missing, done, own))
    return tuple(made)


def _judged(step: Step, at: Standing) -> str:
    """The step or stage that a step judges, which on a route of two people is somebody else's; "" for none."""
    if not at.route.two:
        return ""
    accepted = [one for one in at.route.stages if one in at.stages and one in ACCEPTED]
    if step.verb == "apply":
        return "self-accept"
    if step.verb == "sign-off":
        return accepted[-1] if accepted else ""
    if step.verb == "close" and (at.quick or "sign_off" not in at.route.stages):
        return accepted[-1] if accepted else "complete"
    return ""


def own_work(at: Standing) -> tuple[str, str] | None:
    """Whether closing the problem without its steps is somebody judging what he took himself: the step, and that."""
    for one in STEPS:
        key = _judged(one, at) if one.verb in ("sign-off", "close") and one.done(at) is None else ""
        if key in at.wrote:
            return one.label, called(key)
    return None


def called(key: str) -> str:
    """What a step, or a stage of the route, is called."""
    return next(one.label for one in STEPS if key in (one.stage or one.verb, one.verb))


def _order(step: Step, route: Route) -> tuple[int, int]:
    """Steps before the route in the order of the table, then the stages of the route, the return last."""
    if step.verb == "return":
        return (2, 0)
    if not step.stage:
        return (0, STEPS.index(step))
    return (1, route.stages.index(step.stage) if step.stage in route.stages else len(route.stages))


def returned_at(at: Standing) -> str:
    """The stage of the route at which a problem is: what a return speaks of."""
    return next((one for one in at.route.stages if one not in at.stages), "closing")
