"""Inspections out of lists: finished ones, one half filled, findings with and without problems, zero reports."""

from __future__ import annotations

from datetime import timedelta

from models.services.views.inspections import InspectionLine
from tests.gui.fake_names import PEOPLE, TODAY, TOWNS

PLACES = ("永丰砂石料场 上坪村 上坪村 2 组", "下洲村", "白水砖厂 白水村 村口", "新街农贸市场", "大塘村 大塘养殖小区")
THEMES = ("大气：四尘三烟三气", "农村生活污水与黑臭水体、畜禽养殖", "建筑垃圾与生活垃圾")
# state, answered, found, registered
RESULTS = (
    ("open", 11, 1, 0),
    ("finished", 27, 2, 2),
    ("zero", 0, 0, 0),
    ("finished", 18, 0, 0),
    ("finished", 27, 3, 1),
)


class FakeInspections:
    """One unit's inspections, or a county's; what is written is remembered."""

    def __init__(self, size: int = 22, *, county: bool = False) -> None:
        self.size, self.county = size, county
        self.calls: list[tuple] = []

    def lines(self, since=None):
        return tuple(self._line(row) for row in range(self.size))

    def _line(self, row):
        state, answered, found, registered = RESULTS[row % len(RESULTS)]
        zero = state == "zero"
        return InspectionLine(
            f"{row:032x}", f"361021101-J2026-{row:04}-AB", (TODAY - timedelta(days=row)).isoformat(),
            ("patrol", "campaign", "visit")[row % 3], state, "" if zero else THEMES[row % len(THEMES)],
            "" if zero else PLACES[row % len(PLACES)], TOWNS[row % len(TOWNS)] if self.county else TOWNS[0],
            f"{PEOPLE[0]}、{PEOPLE[1]}", "秋冬季大气专项排查" if row % 3 == 1 else "", answered, found, registered,
        )  # fmt: skip

    def zero(self, values=None):
        self.calls.append(("zero", values))
        return {"id": "f" * 32, "zero": "true", **(values or {})}
