"""A month of dispatches out of lists: some told, some not, one returned."""

from __future__ import annotations

from models.services.views.months import Entry, MonthLine, MonthSheet, MonthUnit, Saved
from tests.gui.fake_names import TITLES, TODAY, TOWNS

PHRASES = {
    "progress": ["按整改方案推进，本月无新增", "施工单位已进场"],
    "difficulties": ["无", "资金尚未到位"],
    "next_step": ["继续按方案推进"],
    "opinion": ["请补充具体进展和数据", "请附现场照片"],
}
PACES = ("behind", "not_started", "on_schedule", "ahead", "on_schedule")
LAST = "2 号点位已腾空；3 号点位业主外出未归，剩余车壳约 40 台。已书面催告两次，拟于 11月上旬依法清理。"


class FakeMonths:
    """One unit's months, or a county's; what is saved is remembered."""

    def __init__(self, size: int = 22, *, county: bool = False) -> None:
        self.size, self.county = size, county
        self.entries: dict[str, Entry] = {}
        self.calls: list[tuple] = []
        for row in range(size):
            if row % 3 == 0:
                state = ("", "accepted", "returned")[row // 3 % 3]
                opinion = "请补充具体进展和数据" if state == "returned" else ""
                self.entries[f"{row:032x}"] = Entry(
                    PACES[row % 5], "喷淋设施 2 套已安装，覆盖 80%。", "无", "11月28日前接完",
                    reported_on="2026-11-20", judgement=state, opinion=opinion,
                )  # fmt: skip

    def sheet(self, month, unit=None):
        lines = tuple(self._line(row, month) for row in range(self.size))
        names = sorted({one.unit_name for one in lines})
        units = tuple(self._unit(name, [one for one in lines if one.unit_name == name]) for name in names)
        return MonthSheet(month, f"{month}-25", TODAY.isoformat(), lines, units, PHRASES)

    def _line(self, row, month):
        id_ = f"{row:032x}"
        name = TOWNS[row % len(TOWNS)] if self.county else TOWNS[0]
        now = self.entries.get(id_) if month == "2026-11" else None
        last = Entry(PACES[row % 5], LAST, "业主外出", "依法清理", reported_on="2026-10-20") if row % 4 else None
        state = "missing" if now is None else now.judgement or "reported"
        light = ("red", "red", "orange", "yellow", "green", "grey")[row % 6]
        return MonthLine(
            row, id_, f"361021-2026-{row:04}A", TITLES[row % len(TITLES)], light, "逾期 8 天" if light == "red" else "",
            name, name, "2026-12-20", last, now, state, row % 7 == 6,
        )  # fmt: skip

    @staticmethod
    def _unit(name, lines):
        states = [one.state for one in lines]
        return MonthUnit(
            name, name, len(lines), len(lines) - states.count("missing"),
            sum(1 for one in lines if one.now and one.now.zero), states.count("missing"),
            sum(one.late for one in lines), *map(states.count, ("reported", "returned", "accepted")),
        )  # fmt: skip

    def save(self, month, rows):
        self.calls.append(("save", month, {id_: dict(texts) for id_, texts in rows.items()}))
        for id_, texts in rows.items():
            before = self.entries.get(id_) or Entry(reported_on=TODAY.isoformat())
            self.entries[id_] = before._replace(**{**texts, "zero": texts.get("zero", "") == "true"})
        return Saved(month, tuple(rows), 0)

    def judge(self, month, problems, judgement, opinion=""):
        self.calls.append(("judge", month, tuple(problems), judgement, opinion))
        for id_ in problems:
            self.entries[id_] = self.entries[id_]._replace(judgement=judgement, opinion=opinion)
        return Saved(month, tuple(problems), 0)
