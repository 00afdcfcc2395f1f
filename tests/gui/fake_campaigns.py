"""Campaigns out of lists: running, recurring, ended, a visit; units that reported, reported zero, were silent."""

from __future__ import annotations

from datetime import timedelta

from models.domain import words
from models.domain.paper import Paper
from models.services.views.sampling import Drawn, Sample
from tests.gui.fake_names import TITLES, TODAY, TOWNS

# title, kind, repeat, first and last day from today, themes
CAMPAIGNS = (
    ("秋冬季大气污染防治专项排查", "campaign", "", -20, 5, ("air", "waste")),
    ("饮用水水源地每月巡查", "patrol", "month", -22, 7, ("drinking_water",)),
    ("省生态环境保护督察组下沉暗访", "visit", "", -9, -8, ()),
    ("报废机动车拆解点集中排查", "campaign", "", -80, -50, ("scrap_cars", "hazardous_waste")),
)
STATES = ("reported", "zero", "silent")
VILLAGES = ("上坪村", "下洲村", "大塘村", "新街社区")


class FakeCampaigns:
    """One unit's campaigns, or a county's; what is written is remembered."""

    def __init__(self, size: int = 4, *, county: bool = False) -> None:
        self.size, self.county = size, county
        self.calls: list[tuple] = []

    def list(self, as_of=None):
        del as_of
        return [self._one(at) for at in range(min(self.size, len(CAMPAIGNS)))]

    def show(self, id, as_of=None):
        del as_of
        return self._one(int(id, 16))

    def _one(self, at):
        title, kind, repeat, first, last, themes = CAMPAIGNS[at]
        from_on, until_on = ((TODAY + timedelta(days=days)).isoformat() for days in (first, last))
        state = "ended" if last < 0 else "running"
        units = [
            {"unit": f"3610211{row:02}", "name": town, "state": STATES[(row + at) % 3],
             "zero": int((row + at) % 3 == 1),
             "inspections": 3 * ((row + at) % 3 == 0), "findings": 2 * ((row + at) % 3 == 0),
             "said": words.SAID[STATES[(row + at) % 3]]}
            for row, town in enumerate(TOWNS if self.county else TOWNS[:1])
        ]  # fmt: skip
        sources = [{"id": f"{row:032x}", "number": f"W{row}", "name": f"永丰砂石料场 {row} 号", "unit": "361021100",
                    "village": VILLAGES[row]} for row in range(2)]  # fmt: skip
        problems = [
            {"id": f"{row:032x}", "number": f"361021101-2026-{row:04}-AB", "title": TITLES[row], "unit": "361021101",
             "unit_name": TOWNS[row], "fate": fate, "fate_said": words.FATE[fate]}
            for row, fate in enumerate(("overdue", "open", "completed", "closed"))
        ]  # fmt: skip
        return {
            "id": f"{at:032x}", "number": f"361021-Z2026-{at:04}-AB", "title": title, "kind": kind, "repeat": repeat,
            "visitor": "省督察组" if kind == "visit" else None, "people": "王秀兰、李志强", "from_on": from_on,
            "until_on": until_on, "state": state, "said": words.CAMPAIGN_STATE[state], "as_of": TODAY.isoformat(),
            "round": {"first": from_on, "last": until_on}, "days_left": last, "themes": list(themes), "units": units,
            "inspections": sum(one["inspections"] for one in units), "findings": sum(one["findings"] for one in units),
            "looked_by": ["王秀兰", "周海平"], "villages_done": ["下洲村"], "sources_done": [],
            "missed": {"villages": ["上坪村"] if kind != "visit" else [], "sources": sources if kind != "visit" else [],
                       "units": [one["unit"] for one in units if one["state"] == "silent"]},
            "problems": problems if at != 1 else [], "created_by": "361021", "begun_by": "",
            "text": "逐村逐点查，查到的当场能改的立即改，不能当场改的登记为问题。", "checklists": "air-shipped-1",
            "villages": "上坪村；下洲村" if kind != "visit" else None, "sources": None, "responsible_units": None,
        }  # fmt: skip

    def add(self, values, *, kind=""):
        self.calls.append(("add", values, kind))
        return self._one(0)

    def edit(self, id, values):
        self.calls.append(("edit", id, values))
        return self._one(int(id, 16))

    def leave(self, id, values):
        self.calls.append(("leave", id, values))
        return {"id": "e" * 32, "number": "361021101-2026-0099-AB"}


class FakeSampling:
    """A sample with two places for each unit."""

    def __init__(self, size: int = 12) -> None:
        self.size = size

    def draw(self, lot):
        lines = tuple(
            Drawn(f"{row:032x}", f"361021101-W2026-{row:04}-AB", "永丰砂石料场", f"3610211{row // 2:02}",
                  TOWNS[row // 2 % len(TOWNS)], "砂石料场", "上坪村 2 组", "2026-10-11" if row % 3 else "", row % 2 + 1)
            for row in range(self.size)
        )  # fmt: skip
        basis = "污染源共 86 个，每个单位抽 3 个，共 24 个，以名称“2026年11月抽查”抽签"
        return Sample(lot.name or "2026年11月抽查", lot.of, basis, 86, lines)

    def paper(self, lot):
        return Paper(lot.name, ())


def figures(*, county: bool) -> dict:
    """Figures of inspections: every theme, every unit."""
    units = [
        {"unit": f"3610211{row:02}", "name": town, "state": STATES[row % 3], "inspections": 4 * (row % 3 == 0),
         "zero": 0, "findings": 0, "said": words.SAID[STATES[row % 3]]}
        for row, town in enumerate(TOWNS if county else TOWNS[:1])
    ]  # fmt: skip
    matrix = [
        {"unit": one["unit"], "unit_name": one["name"], "theme": theme, **_cell(at + 3 * row)}
        for row, one in enumerate(units)
        for at, theme in enumerate(words.THEME)
        if one["state"] == "reported"
    ]
    themes = [{"theme": key, "name": name, **_cell(at)} for at, (key, name) in enumerate(words.THEME.items())]
    return {"units": units, "matrix": matrix, "themes": themes}


def _cell(at):
    fates = dict(zip(words.FATE, (at % 2, at % 3, at % 4 == 1, at % 5, at % 4), strict=True))
    return {"inspections": at % 4 + 1, "findings": sum(fates.values()), **fates}


def findings() -> list[dict]:
    """A finding of every fate."""
    return [
        {"inspection": f"{at:032x}", "inspection_number": "J1", "inspected_on": "2026-11-12", "unit": "361021101",
         "unit_name": TOWNS[at], "village": "上坪村", "place": "永丰砂石料场", "theme": "air",
         "theme_name": words.THEME["air"], "item": "A1", "text": "裸露土方是否已覆盖", "note": TITLES[at],
         "problem": f"{at:032x}" if at else None, "problem_number": f"361021101-2026-{at:04}-AB" if at else None,
         "fate": fate, "fate_said": words.FATE[fate]}
        for at, fate in enumerate(words.FATE)
    ]  # fmt: skip
