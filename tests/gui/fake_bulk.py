"""What the records of a fake office answer when several are changed at once."""

from __future__ import annotations

import time

from models.services.views.lists import BulkLine, BulkPlan

# fmt: off
BULK = {
    "problem": ("source", "round", "categories", "township", "leader", "person", "phone", "deadline", "pace",
                "completed_on"),
    "petition": ("batch", "person", "pollution_kinds", "verified", "finish_state", "finished_on"),
}
# fmt: on


class FakeBulk:
    """A part of FakeRecords."""

    def __init__(self) -> None:
        self.plans: list[tuple] = []
        self.slow = False

    def bulk_fields(self, table):
        return tuple(name for name in BULK[table] if name in self.writable(table, None))

    def plan_bulk(self, table, rows, values, progress):
        ((name, new),) = values.items()
        from tests.gui.fakes import Refused, line

        if name == "deadline" and new == "2024.2.30":
            raise Refused(field="deadline")
        self.plans.append((tuple(rows), dict(values)))
        lines = []
        for done, row in enumerate(rows):
            progress.step(done, len(rows), "正在核对")
            one = line(row, table)
            now = getattr(one, name, None) or None
            state = "refused" if row % 14 == 1 else "same" if now == new else "change"
            why = "这一栏两边都改过，请先选定一个" if state == "refused" else ""
            lines.append(BulkLine(row, one.id, one.number, one.title, state, ((name, now, new),), why, "361021101"))
        counts = [sum(one.state == state for one in lines) for state in ("change", "same", "refused")]
        return BulkPlan(table, tuple(values.items()), tuple(lines), *counts, at=0)

    def edit_many(self, plan, why, progress):
        for done in range(plan.changed):
            progress.step(done, plan.changed, "正在修改")
        while self.slow:
            progress.step(plan.changed // 2, plan.changed, "正在修改")
            time.sleep(0.005)
        changed = [one.row for one in plan.lines if one.state == "change"]
        self._write("edit_many", plan.table, dict(plan.values), changed, *((why,) if why else ()))
        return plan.changed
