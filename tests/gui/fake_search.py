"""A search that needs no ledger."""

# ruff: noqa: E501 - records of Chinese text read better as rows
from __future__ import annotations

import threading

from models.services.views.lists import Hit, HitGroup, Hits
from tests.gui.fake_names import TOWNS


class FakeSearch:
    """Finds titles that hold the words, and what "bfqc" means."""

    def __init__(self, line, size: int = 22, *, county: bool = False) -> None:
        self.line, self.size, self.county = line, size, county
        self.asked: list[str] = []
        self.held = threading.Event()
        self.held.set()

    def find(self, typed):
        self.asked.append(typed)
        self.held.wait(5)
        meant = {"bfqc": "报废汽车", "wu": "污水", "": "没有词"}.get(typed, typed)
        groups = [self._group(table, meant) for table in ("problem", "petition")]
        if meant in "白水村" and self.size:
            groups += [HitGroup("source", 1, (Hit("source", f"{0:032x}", "W1", "白水水泥厂", 0),)),
                       HitGroup("village", 1, (Hit("village", "361021100", "", "白水村", extract="6 个污染源"),))]  # fmt: skip
        if self.county:
            units = [Hit("unit", f"36102110{n}", f"36102110{n}", name, extract=f"{n + 3} 个督察整改问题", township_name="乡镇",
                         marks=(("title", name.index(meant), name.index(meant) + len(meant)),))
                     for n, name in enumerate(TOWNS) if meant in name]  # fmt: skip
            groups.append(HitGroup("unit", len(units), tuple(units)))
        return Hits(typed, tuple(group for group in groups if group.count))

    def _group(self, table, meant):
        hits = []
        for row in range(self.size):
            one = self.line(row, table)
            if meant in one.title:
                at = one.title.index(meant)
                hits.append(Hit(table, one.id, one.number, one.title, row, one.light, one.light_why, one.township_name,
                                marks=(("title", at, at + len(meant)),)))  # fmt: skip
            elif row == 3 and meant in "县里明确由污水处理公司接管运维":
                at = "县里明确由污水处理公司接管运维".index(meant)
                hits.append(Hit(table, one.id, one.number, one.title, row, one.light, one.light_why, one.township_name,
                                "2026年10月月调度", "县里明确由污水处理公司接管运维", (("extract", at, at + len(meant)),)))  # fmt: skip
        return HitGroup(table, len(hits), tuple(hits[:20]))
