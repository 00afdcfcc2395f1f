"""The way of a problem as pages see it, without a ledger."""

from __future__ import annotations

from models.domain.fields import label
from models.domain.routes import PAPERS, ROUTES, STANDARDS, papers_of, route_of
from models.domain.workflow import COUNTY, UNIT, Standing, offers
from models.services.views.workflow import Asked, PaperView, StepView, WayView

DAY = "2026-03-12"


class FakeWorkflow:
    """Every problem stands the same way; what was taken is remembered."""

    def __init__(self, *, county: bool) -> None:
        self.kinds = frozenset({COUNTY if county else UNIT})
        self.taken: list[tuple] = []
        self.refusal = None
        self.doubts: tuple[str, ...] = ()
        self.source = "县级交办"
        self.said: dict[str, object] = {"assigned_on": DAY, "claimed_on": DAY, "measures": True, "progress": True}

    def steps(self, id):
        route = route_of(ROUTES, self.source, own=False)
        papers = papers_of(PAPERS, route.name, [])
        at = Standing(route, today="2026-11-23", papers=papers, **self.said)
        return WayView(route.name, at.quick, tuple(self._view(one) for one in offers(at, self.kinds)),
                       tuple(PaperView(one.name, one.must, one.here) for one in papers), tuple(STANDARDS),
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
        return {"id": id}
