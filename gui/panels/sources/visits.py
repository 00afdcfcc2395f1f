"""What was found at a pollution source: its problems, its inspections, what was found again and again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from gui import saying, theme
from gui.widgets.buttons import button, carrier
from gui.widgets.chips import State
from gui.widgets.frames import Card, clear, row
from gui.widgets.labels import Elided, label
from models.domain import words
from models.services.views.lists import Record

SHOWN = 6  # inspections that are shown at first
STAGE_TONE = {"open": "yellow", "completed": "accent", "closing": "accent", "closed": "green"}


class Problems(Card):
    """The problems that were found here; those that are open first."""

    opened = Signal(object)  # id of a problem

    def __init__(self) -> None:
        super().__init__("在这里查出的问题", " ", gap=4)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.px(4))
        self.add(self._rows)

    def show_problems(self, record: Record) -> None:
        """Show the problems of a source."""
        clear(self._rows)
        some = sorted(record.get("problems") or (), key=lambda one: one["stage"] == "closed")
        left = sum(one["stage"] != "closed" for one in some)
        self.quiet.setText(f"共 {len(some)} 个{saying.SPACE}未销号 {left} 个" if some else "")
        if not some:
            self._rows.addWidget(label("还没有查出问题。检查里答“否”的，登记成问题以后列在这里。", "quiet", wrap=True))
        for one in some:
            state = State(saying.stage("problem", one["stage"]), STAGE_TONE.get(one["stage"], "grey"))
            deed = carrier(one["id"], "打开", "quiet", icon="forward", size="slim", tip=str(one["number"]))
            deed.handed.connect(self.opened)
            line = row(state, Elided(str(one["title"])), deed, gap=10)
            line.setStretch(1, 1)
            self._rows.addLayout(line)


class Visits(Card):
    """The inspections of a source, the newest first, below what was found in more than one of them."""

    opened = Signal(object)  # id of an inspection

    def __init__(self) -> None:
        super().__init__("检查记录", " ", gap=4)
        self.all = button("", "quiet", size="slim", tip="列出全部检查")
        self.all.hide()
        self.tools.addWidget(self.all)
        self._again, self._rows = QVBoxLayout(), QGridLayout()
        self._again.setSpacing(theme.px(4))
        self._rows.setHorizontalSpacing(theme.px(10))
        self._rows.setVerticalSpacing(theme.px(4))
        self._rows.setColumnStretch(2, 1)
        self.add(self._again, self._rows)
        self._visits: Sequence[Record] = ()
        self.all.clicked.connect(self._show_all)

    def show_visits(self, record: Record) -> None:
        """Show the inspections of a source."""
        clear(self._again)
        for one in record.get("repeated") or ():
            line = row(State(f"查出 {one['times']} 次", "red"), label(str(one["text"]), wrap=True), gap=10)
            line.setStretch(1, 1)
            self._again.addLayout(line)
        self._visits = sorted(record.get("inspections") or (), key=_day, reverse=True)
        self.quiet.setText(f"共 {len(self._visits)} 次" if self._visits else "")
        self.all.setText(f"全部 {len(self._visits)} 次")
        self._fill(self._visits[:SHOWN])

    @Slot()
    def _show_all(self) -> None:
        self._fill(self._visits)

    def _fill(self, some: Sequence[Record]) -> None:
        clear(self._rows)
        self.all.setVisible(len(some) < len(self._visits))
        if not some:
            self._rows.addWidget(label("还没有检查过。", "quiet"), 0, 0, 1, 4)
        for at, one in enumerate(some):
            found = f"查出 {one['findings']} 项" if one["findings"] else "没有查出问题"
            told = (words.INSPECTION_KIND.get(one["kind"], ""), str(one["people"] or ""), str(one["number"] or ""))
            said = Elided(saying.SPACE.join(part for part in told if part))
            self._rows.addWidget(label(_day(one) or "没有写日期", "bold" if one["findings"] else ""), at, 0)
            self._rows.addWidget(State(found, "yellow" if one["findings"] else "green"), at, 1)
            self._rows.addWidget(said, at, 2)
            deed = carrier(one["id"], "打开", "quiet", icon="forward", size="slim")
            deed.handed.connect(self.opened)
            self._rows.addWidget(deed, at, 3)


def _day(visit: Record) -> str:
    return str(visit["inspected_on"] or "")
