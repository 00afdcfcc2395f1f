"""Look-backs out of lists: some planned, some late, some made, one relapsed."""

from __future__ import annotations

from datetime import timedelta

from models.domain import lookbacks
from models.domain.lookbacks import Covered
from models.services.views.lookbacks import (
    Candidate,
    Coverage,
    CoverLine,
    LookbackLine,
    LookbackSheet,
    LookbackUnit,
    Proposal,
)
from tests.gui.fake_names import SOURCES, TITLES, TODAY, TOWNS

RULES = {"months": 12, "sources": [], "share": 50, "days": 30}
STATES = ("planned", "overdue", "planned", "fine", "relapsed", "", "derived", "")


class FakeLookbacks:
    """One unit's look-backs, or a county's; what is written is remembered."""

    def __init__(self, size: int = 22, *, county: bool = False) -> None:
        self.size, self.county = size, county
        self.made: dict[str, dict[str, str]] = {}
        self.calls: list[tuple] = []
        self.refusal = None

    def _state(self, row):
        said = self.made.get(f"{row:032x}")
        return STATES[row % len(STATES)] if said is None else "relapsed" if said["relapsed"] == "true" else "fine"

    def _name(self, row):
        return TOWNS[row % len(TOWNS)] if self.county else TOWNS[0]

    def list(self, unit=None):
        lines = tuple(self._line(row) for row in range(self.size) if self._state(row))
        counts = lookbacks.counts([one.state for one in lines])
        ordered = sorted(lines, key=lambda one: (bool(one.looked_on), one.due))
        return LookbackSheet(tuple(ordered), (), LookbackUnit("", "合计", **counts))

    def _line(self, row):
        state, id_ = self._state(row), f"{row:032x}"
        due = TODAY + timedelta(days=-5 if state == "overdue" else 20 - row % 3)
        looked = "" if state in lookbacks.WAITING else "2026-11-12"
        return LookbackLine(
            f"b{row:031x}", id_, f"361021-2026-{row:04}A", TITLES[row % len(TITLES)], "下洲村 316 国道旁",
            SOURCES[row % len(SOURCES)], "2026-05-10", self._name(row), self._name(row), "2026年11月回头看",
            due.isoformat(), looked, "王秀兰、李志强" if looked else "", state, "设施运行正常" if looked else "", "",
        )  # fmt: skip

    def propose(self, name="", asked=None):
        rules = {**RULES, **(asked or {})}
        rows = [row for row in range(self.size) if not self._state(row)]
        many = lookbacks.size(len(rows), rules)
        name = name or "2026年11月回头看"
        order = lookbacks.drawn((f"{row:032x}" for row in rows), name)
        some = tuple(
            Candidate(
                f"{row:032x}", f"361021-2026-{row:04}A", TITLES[row % len(TITLES)], self._name(row), self._name(row),
                SOURCES[row % len(SOURCES)], "2026-05-10", order.index(f"{row:032x}") < many,
                order.index(f"{row:032x}") + 1,
            )
            for row in rows
        )  # fmt: skip
        return Proposal(name, rules, lookbacks.basis(rules, name, len(rows), many), some)

    def coverage(self, as_of=None, unit=None):
        lines = tuple(
            CoverLine(
                f"{row:032x}", f"361021-2026-{row:04}A", TITLES[row % len(TITLES)], self._name(row), self._name(row),
                SOURCES[row % len(SOURCES)], str(2025 + row % 2), f"{2025 + row % 2}-05-10",
                "" if self._state(row) in ("", *lookbacks.WAITING) else "2026-11-12", self._state(row),
            )
            for row in range(self.size)
        )  # fmt: skip
        groups = (
            tuple(lookbacks.covers(Covered(getattr(one, by), getattr(one, by), one.state) for one in lines))
            for by in ("unit", "source", "year")
        )
        return Coverage(TODAY.isoformat(), lines, *groups, lookbacks.cover("", "合计", [one.state for one in lines]))

    def plan(self, name="", due=None, problems=None, asked=None):
        self.calls.append(("plan", name, due.isoformat(), tuple(problems), dict(asked)))
        return self.list()._replace(undo=f"look-again-100-{100 + len(problems)}")

    def add(self, wanted, values, id=""):
        if self.refusal is not None:
            raise self.refusal
        self.calls.append(("add", wanted, dict(values), id))
        self.made[wanted] = dict(values)
        return {"id": wanted, "undo": "look-100-101"}
