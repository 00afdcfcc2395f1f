"""Figures out of lists, counted by the real rules; seals that remember what was sealed."""

from __future__ import annotations

from models.domain.breakdown import Sight
from models.domain.meaning import FIGURES
from models.domain.tally import Item
from models.domain.unit import Registry
from models.services.base.counting import Counted
from models.services.figures import breakdowns
from models.services.views.seals import Cause, ChangedRecord, Difference, Otherwise, Seal, SealChanges
from tests.gui.fake_names import SOURCES, TITLES, TODAY, TOWNS

PACES = ("behind", "on_schedule", "not_started", "ahead")
SAID = "截至2026年10月31日，各类生态环境督察反馈、披露问题共99个，其中限期整改64个，长期坚持35个。"


def _problem(row: int) -> Item:
    about = {
        "number": f"361021-2026-{row:04}A", "description": TITLES[row % len(TITLES)], "round": "第二轮",
        "trade": ("矿山", "工业", "")[row % 3], "categories": ("水", "水；气", "")[row % 3],
        "deadline": f"2026-{10 + row % 3}-15", "lead_unit": TOWNS[row % len(TOWNS)],
        "supervising_unit": ("县住建局", "县水利局", "县生态环境局", "")[row % 4],
    }  # fmt: skip
    done = [["2026-05-10", "completed"]] if row % 3 == 0 else None
    return Item(
        TOWNS[row % len(TOWNS)], SOURCES[row % len(SOURCES)], "2026-03-01", None,
        [["", "long_term" if row % 5 == 4 else "time_limited"]], done,
        [["2026-05-12", "closed"]] if row % 6 == 0 else None, [["", PACES[row % 4]]], id=f"{row:032x}", about=about,
    )  # fmt: skip


def _petition(row: int) -> Item:
    about = {"receipt_number": f"X2JX{row:08}", "content": TITLES[row % len(TITLES)], "pollution_kinds": "水；气"}
    return Item(TOWNS[row % len(TOWNS)], "第 3 批", finish=[["2026-05-01", "finished"]], id=f"c{row:031x}", about=about)


class FakeBreakdowns:
    """The figures of so many records."""

    size: int

    def _whole(self, asked):
        problems, letters = (list(map(of, range(self.size))) for of in (_problem, _petition))
        who = Registry({}, {}, "", "")
        return Counted(Sight(asked.as_of or TODAY), who, {"problem": problems, "petition": letters})

    def breakdown(self, asked):
        return breakdowns.table(self._whole(asked), asked)

    def behind(self, asked, key, figure, column=()):
        return breakdowns.behind(self._whole(asked), asked, key, figure, column)


class FakeSeals:
    """Seals of one home: what was asked is remembered."""

    def __init__(self, many: int = 2) -> None:
        self.calls: list[tuple] = []
        self.refusal = None
        self.made = [self._seal(number, "2026-10-31", "") for number in range(1, many + 1)]

    @staticmethod
    def _seal(number, as_of, note):
        counts = dict.fromkeys((one for some in FIGURES.values() for one in some), 9)
        return Seal(number, as_of, f"2026-11-0{number}T01:00:00+00:00", f"2026-11-0{number}T09:00:00+08:00", "王秀兰",
                    note, "0.1.0", counts, counts, {}, SAID)  # fmt: skip

    def add(self, as_of=None, note=""):
        if self.refusal is not None:
            raise self.refusal
        self.calls.append((as_of.isoformat(), note))
        self.made.append(self._seal(len(self.made) + 1, as_of.isoformat(), note))
        return self.made[-1]

    def list(self):
        return tuple(reversed(self.made))

    def changes(self, number=None):
        seal = self.made[-1] if number is None else self.made[number - 1]
        if seal.number > 2:  # sealed just now: nothing came since
            return SealChanges(seal, (Difference("problem", "total", "总数", 99, 99),), (), SAID)
        came, wrote = "2026-11-08T09:12:00+08:00", "2026-10-29T16:00:00+08:00"
        cause = Cause("late", came, wrote, "李志强", TOWNS[1], TOWNS[1], "")
        done = (Otherwise("stage", "整改阶段", "未完成", "已完成"), Otherwise("light", "灯", "橙", "已完成"))
        records = tuple(
            ChangedRecord(
                "problem", f"{row:032x}", f"361021-2026-{row:04}A", TITLES[row], TOWNS[row % 4], TOWNS[row % 4],
                ("changed", "new", "gone")[row % 3],
                () if row % 3 else done, (cause,) if row % 4 else (),
            )
            for row in range(7)
        )  # fmt: skip
        figures = (
            Difference("problem", "total", "总数", 99, 101), Difference("problem", "completed", "已完成", 50, 53),
            Difference("problem", "closed", "已销号", 46, 46),
            Difference("petition", "closed", "已销号", 101, 100),
        )  # fmt: skip
        return SealChanges(seal, figures, records, SAID)
