"""Beside the packages of a county: how many units have come this month, and who is missing, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout

from gui import saying, theme
from gui.widgets.buttons import button
from gui.widgets.frames import Card, Scroller, clear, row, rule
from gui.widgets.labels import Elided, label
from models.domain import words
from models.services.views.exchange import PackageCard, Peer

WIDTH = 252


def why(peer: Peer, brought: Mapping[str, str], today: date) -> str:
    """Why a unit is missing."""
    if peer.unit in brought:
        return brought[peer.unit]
    if not peer.devices:
        return "还没有登记电脑"
    day = saying.date_of(peer.last_in)
    return f"上次 {saying.day(day, today)}" if day else "从没收到过"


class ReadRail(Card):
    """本月收了."""

    def __init__(self) -> None:
        super().__init__("本月收了", gap=8)
        self.setFixedWidth(theme.px(WIDTH))
        self.count = label("", "display")
        self.of = label("", "quiet")
        self.missing = label("还没收到", "bold")
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.px(6))
        lists = Scroller(margins=(0, 0, 0, 0))
        lists.body.addLayout(self._list)
        lists.body.addStretch(1)
        self.copy = button("复制名单", icon="copy", tip="复制还没收到的单位名单")
        self.names: list[str] = []
        self.add(row(self.count, self.of, None), rule(), self.missing)
        self.body.addWidget(lists, 1)
        self.add(row(self.copy, None))
        self.copy.clicked.connect(self._copy)

    def show_peers(self, peers: Sequence[Peer], cards: Sequence[PackageCard], today: date) -> None:
        """Show who came; `cards` is what lies on the sticks now."""
        units = [one for one in peers if one.kind != "county"]
        brought = {one.sender: words.BROUGHT[one.state] for one in cards if one.state in words.BROUGHT}
        missing = [one for one in units if not saying.came_this_month(one.last_in, today)]
        self.count.setText(str(len(units) - len(missing)))
        self.of.setText(f"/ {len(units)} 个单位")
        self.names = [one.name for one in missing]
        clear(self._list)
        for one in missing:
            line = row(Elided(one.name), label(why(one, brought, today), "small"))
            line.setStretch(0, 1)
            self._list.addLayout(line)
        self.missing.setText("还没收到" if missing else "都收到了")
        self.copy.setVisible(bool(missing))
        self.copy.setText("\u2002复制名单")

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("、".join(self.names))
        self.copy.setText("\u2002已复制")
