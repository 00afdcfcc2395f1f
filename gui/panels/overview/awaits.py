"""What waits for the county itself, a line each, which leads to where it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import NamedTuple

from PySide6.QtCore import Signal

from gui import theme
from gui.places import THIS_MONTH, Place
from gui.widgets.buttons import CountRow
from gui.widgets.frames import Card
from gui.widgets.labels import label
from models.services.views.agenda import KINDS, Awaiting


class Way(NamedTuple):
    """What waits, why, and where it is done."""

    words: str
    why: str
    place: Place


CONFLICTS = "conflicts"
AGAIN = "验收、销号以后，所依据的内容又改过"
# kind → its line
WAYS = {
    "review": Way("待复核的问题", AGAIN, Place("problem", view="review")),
    "petition_review": Way("待复核的信访件", AGAIN, Place("petition", view="review")),
    CONFLICTS: Way("两边都改过，等您选", "没选之前照常使用", Place("exchange", tab="conflicts")),
    "aside": Way("停用的电脑写来的内容", "收不收由您定", Place("exchange", tab="enrol")),
    "replied": Way("通知单有了回复", "看过写办结意见", Place("notice", view="replied")),
    "proposed": Way("建议发的通知单", "红灯久了，按规则该提示、该督办的", Place("notice", view="proposed")),
    "silent": Way("排查还没有查完、报完", "有单位没有报，或者有村、污染源没有查", Place("inspection", tab="campaigns")),
    "unjudged": Way("月调度等您评定", "本月各单位报来的，认可或者退回", Place("month", view="judge", where=THIS_MONTH)),
    "late_lookbacks": Way("回头看过了日子", "过了应看时间还没有看", Place("lookback", view="overdue")),
    "unplanned": Way("该安排的回头看", "按规则抽到、还没有安排的", Place("lookback", view="plan")),
    "permits": Way("许可证快到期、已到期", "提醒单位督促企业办延续", Place("source", view="expiry")),
    "unsent": Way("有内容要下发的单位", "给他们各写一个数据包", Place("exchange", tab="write")),
    "unheard": Way("还没有回执的单位", "写给他们的包，还没有收到回执", Place("exchange", tab="journal")),
}  # fmt: skip
ORDER = (*KINDS[:2], CONFLICTS, *KINDS[2:])


class Awaits(Card):
    """The card 等您办的."""

    chosen = Signal(object)  # Place

    def __init__(self) -> None:
        super().__init__("等您办的", " ", gap=0)
        self.body.setContentsMargins(theme.px(8), theme.px(12), theme.px(8), theme.px(8))
        self.top.setContentsMargins(theme.px(8), 0, theme.px(8), theme.px(4))
        self.lines = [CountRow(Place(""), "", 0, checkable=False) for _ in ORDER]
        self._none = label("", "quiet")
        self._none.setContentsMargins(theme.px(8), 0, theme.px(8), theme.px(4))
        for one in self.lines:
            one.handed.connect(self.chosen)
        self.add(*self.lines, self._none)
        self.body.addStretch(1)
        self.count = 0  # of kinds
        self.show_waiting((), 0)
        self._none.setText("正在统计…")  # until it is known

    def show_waiting(self, found: Sequence[Awaiting], conflicts: int) -> None:
        """Show other things; `conflicts`: places that wait for a choice."""
        by_kind = {one.kind: one for one in (*found, Awaiting(CONFLICTS, conflicts)) if one.number}
        shown = [by_kind[kind] for kind in ORDER if kind in by_kind]
        self.count = len(shown)
        self.quiet.setText(f"{len(shown)} 样" if shown else "")
        self._none.setText("现在没有等您办的。")
        self._none.setVisible(not shown)
        for line, one in zip_longest(self.lines, shown):
            line.setVisible(one is not None)
            if one is not None:
                way = WAYS[one.kind]
                line.show_count(replace(way.place, id=one.id), way.words, one.number)
                line.setToolTip(way.why)
