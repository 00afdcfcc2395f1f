"""The way of a problem as pages see it, without a ledger."""

from __future__ import annotations

from models.domain.fields import label
from models.domain.routes import PAPERS, ROUTES, STANDARDS, papers_of, route_of
from models.domain.workflow import COUNTY, UNIT, Standing, offers
from models.services.views.workflow import (
    Asked,
    ManyStep,
    ManyWay,
    PaperView,
    StepLine,
    StepPlan,
    StepView,
    Taken,
    WayView,
)  # fmt: skip

DAY = "2026-03-12"


class FakeWorkflow:
    """Every problem stands the same way; what was taken is remembered."""

    def __init__(self, *, county: bool) -> None:
        self.kinds = frozenset({COUNTY if county else UNIT})
        self.taken: list[tuple] = []
        self.refusal = self.back_refusal = None
        self.taken_back: list[str] = []
        self.doubts: tuple[str, ...] = ()
        self.source = "县级交办"
        self.files: list[tuple[str, str, str]] = []  # as papers_of takes them
        self.said: dict[str, object] = {"assigned_on": DAY, "claimed_on": DAY, "measures": True, "progress": True}

    def steps(self, id):
        route = route_of(ROUTES, self.source, own=False)
        papers = papers_of(PAPERS, route.name, self.files)
        at = Standing(route, today="2026-11-23", papers=papers, **self.said)
        return WayView(route.name, at.quick, tuple(self._view(one) for one in offers(at, self.kinds)),
                       tuple(PaperView(one.name, one.must, one.here, one.files) for one in papers), tuple(STANDARDS),
                       ("请补充具体进展和数据", "请附现场照片"), self.doubts)  # fmt: skip

    def _view(self, offer):
        step = offer.step
        asked = tuple(Asked(name, label("problem" if name == "closed_on" else step.table, name),
                            name in step.required or name == step.day, "2026-11-23" if name == step.day else "")
                      for name in step.fields)  # fmt: skip
        return StepView(step.verb, step.stage, step.label, step.who, step.who in self.kinds, offer.possible,
                        offer.missing, offer.done_on, step.table, asked)  # fmt: skip

    def step(self, id, verb, values, why=""):
        if self.refusal is not None:
            raise self.refusal
        self.taken.append((id, verb, dict(values)))
        if verb == "plan":
            self.said["planned_on"] = values["planned_on"]
        return {"id": id, "undo": f"{verb}-100-101"}

    # several at once: every fifth lacks something, and what was taken may be taken back

    def many(self, rows, progress):
        way = self.steps("")
        progress.step(len(rows), len(rows), "正在查看")
        able = [one for one in way.steps if one.possible]
        steps = tuple(ManyStep(one.verb, one.stage, one.label, sum(row % 5 != 1 for row in rows), one.table, one.fields)
                      for one in able)  # fmt: skip
        return ManyWay(steps, way.standards, way.phrases)

    def plan_many(self, rows, verb, values, progress):
        if self.refusal is not None:
            raise self.refusal
        label = next(one.label for one in self.steps("").steps if one.verb == verb)
        lines = tuple(self._line(row, verb, values) for row in rows)
        progress.step(0, len(rows), "正在核对")
        return StepPlan(verb, label, tuple(values.items()), lines, 0)

    def _line(self, row, verb, values):
        from tests.gui.fakes import line

        one = line(row)
        why = (
            "还缺：认领" if row % 5 == 1 else "还缺：退回原因" if verb == "return" and not values.get("opinion") else ""
        )
        return StepLine(row, one.id, one.number, one.title, "白水镇", "stays" if why else "goes", why)

    def step_many(self, plan, progress):
        progress.step(len(plan.lines), len(plan.lines), "正在写入")
        ids = tuple(one.id for one in plan.going)
        self.taken.append((ids, plan.verb, dict(plan.values)))
        return Taken(plan.label, ids, f"{plan.verb}-100-{100 + len(ids)}")

    def take_back(self, token):
        if self.back_refusal is not None:
            raise self.back_refusal
        self.taken_back.append(token)
        _, after, last = token.rsplit("-", 2)
        return frozenset(f"{row:032x}" for row in range(int(last) - int(after)))

    def may_take_back(self, token):
        return self.back_refusal is None and token not in self.taken_back
