"""What was found at a pollution source: its problems, its inspections, what was found again and again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from gui import saying, theme
from gui.slices import Slices
from gui.widgets.buttons import button, carrier
from gui.widgets.chips import State
from gui.widgets.frames import Card, clear, row
from gui.widgets.labels import Elided, label
from models.domain import words
from models.services.views.lists import Record

SHOWN = 6  # rows that are shown at first
SLICE = 6  # rows that are built between two answers of the window
STAGE_TONE = {"open": "yellow", "completed": "accent", "closing": "accent", "closed": "green"}


class Listed(Card):
    """What was found here: some of it at first, all of it where it is asked for, a slice at a time."""

    opened = Signal(object)  # id of what stands in a row

    def __init__(self, title: str) -> None:
        super().__init__(title, " ", gap=4)
        self.all = button("", "quiet", size="slim", tip="全部列出来")
        self.all.hide()
        self.tools.addWidget(self.all)
        self.rows = QGridLayout()
        self.rows.setHorizontalSpacing(theme.px(10))
        self.rows.setVerticalSpacing(theme.px(4))
        self._every: Sequence[Record] = ()
        self._slices = Slices("next rows of the source", self)
        self.all.clicked.connect(self._show_all)

    def add_row(self, at: int, one: Record) -> None:
        """Build a row."""
        raise NotImplementedError

    def show_first(self, every: Sequence[Record], unit: str) -> None:
        """Show the first of them; the button offers all, counted in this unit."""
        self._slices.begin(iter(()))  # rows that were still to come are of before
        self._every = every
        clear(self.rows)
        self.all.setText(f"全部 {len(every)} {unit}")
        self.all.setVisible(len(every) > SHOWN)
        for at, one in enumerate(every[:SHOWN]):
            self.add_row(at, one)

    @Slot()
    def _show_all(self) -> None:
        self.all.hide()
        self._slices.begin(self._rest())

    def _rest(self) -> Iterator[None]:
        for at, one in enumerate(self._every[SHOWN:], SHOWN):
            self.add_row(at, one)
            if at % SLICE == 0:
                yield


class Problems(Listed):
    """The problems that were found here; those that are open first."""

    def __init__(self) -> None:
        super().__init__("在这里查出的问题")
        self.rows.setColumnStretch(1, 1)
        self.add(self.rows)

    def show_problems(self, record: Record) -> None:
        """Show the problems of a source."""
        some = sorted(record.get("problems") or (), key=lambda one: one["stage"] == "closed")
        left = sum(one["stage"] != "closed" for one in some)
        self.quiet.setText(f"共 {len(some)} 个{saying.SPACE}未销号 {left} 个" if some else "")
        self.show_first(some, "个")
        if not some:
            none = label("还没有查出问题。检查里答“否”的，登记成问题以后列在这里。", "quiet", wrap=True)
            self.rows.addWidget(none, 0, 0, 1, 3)

    def add_row(self, at: int, one: Record) -> None:
        state = State(saying.stage("problem", one["stage"]), STAGE_TONE.get(one["stage"], "grey"))
        deed = carrier(one["id"], "打开", "quiet", icon="forward", size="slim", tip=str(one["number"]))
        deed.handed.connect(self.opened)
        for column, part in enumerate((state, Elided(str(one["title"])), deed)):
            self.rows.addWidget(part, at, column)


class Visits(Listed):
    """The inspections of a source, the newest first, below what was found in more than one of them."""

    def __init__(self) -> None:
        super().__init__("检查记录")
        self._again = QVBoxLayout()
        self._again.setSpacing(theme.px(4))
        self.rows.setColumnStretch(2, 1)
        self.add(self._again, self.rows)

    def show_visits(self, record: Record) -> None:
        """Show the inspections of a source."""
        clear(self._again)
        for one in record.get("repeated") or ():
            line = row(State(f"查出 {one['times']} 次", "red"), label(str(one["text"]), wrap=True), gap=10)
            line.setStretch(1, 1)
            self._again.addLayout(line)
        visits = sorted(record.get("inspections") or (), key=_day, reverse=True)
        self.quiet.setText(f"共 {len(visits)} 次" if visits else "")
        self.show_first(visits, "次")
        if not visits:
            self.rows.addWidget(label("还没有检查过。", "quiet"), 0, 0, 1, 4)

    def add_row(self, at: int, one: Record) -> None:
        found = f"查出 {one['findings']} 项" if one["findings"] else "没有查出问题"
        told = (words.INSPECTION_KIND.get(one["kind"], ""), str(one["people"] or ""), str(one["number"] or ""))
        deed = carrier(one["id"], "打开", "quiet", icon="forward", size="slim")
        deed.handed.connect(self.opened)
        parts = (
            label(_day(one) or "没有写日期", "bold" if one["findings"] else ""),
            State(found, "yellow" if one["findings"] else "green"),
            Elided(saying.SPACE.join(part for part in told if part)),
            deed,
        )
        for column, part in enumerate(parts):
            self.rows.addWidget(part, at, column)


def _day(visit: Record) -> str:
    return str(visit["inspected_on"] or "")
