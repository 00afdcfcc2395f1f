"""日历: what falls due on which day of a month, with the days on which offices work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from gui import theme
from gui.jobs import Kind
from gui.page import Page
from gui.panels.overview.day_list import DayList
from gui.panels.overview.month_sheet import MonthView
from gui.places import Place
from gui.session import Session
from gui.widgets.buttons import button
from gui.widgets.frames import Card
from gui.widgets.labels import label
from models.progress import Progress
from models.services.views.diary import Diary, shifted

RAIL, NARROW_RAIL, NARROW = 336, 248, 1000
MEANS = "只列还没有做完的；过了日子还没做完的是红字。“休”是放假，“班”是调休上班。"
UNSURE = "这几周的放假安排还没有，只按周一至周五算工作日；请县里在节假日字典里补上。"


class CalendarPage(Page):
    """Opened from 总览."""

    tables: ClassVar[frozenset[str]] = frozenset({
        "problem", "inspection", "campaign", "source", "notice", "dispatch", "exchange", "unit", "dictionary",
    })  # fmt: skip

    def __init__(self, session: Session) -> None:
        super().__init__(session, "日历", back="总览")
        self._month: date | None = None  # any day of it; None: that of today
        self._day: date | None = None  # that one stands on

    def build(self) -> Iterator[None]:
        self.previous = button("", "quiet", icon="left", tip="上个月（PgUp）", size="square")
        self.month = label("", "bold")
        self.next = button("", "quiet", icon="right", tip="下个月（PgDn）", size="square")
        self.now = button("回到今天", size="slim", tip="回到今天（Home）")
        self.header.add(self.previous, self.month, self.next, self.now)
        yield
        self.sheet = MonthView()
        self.means = label(MEANS, "small", wrap=True)
        self.card = Card(pad=1, gap=0)
        self.card.add(self.sheet)
        self.days = DayList()
        yield
        left = QVBoxLayout()
        left.setSpacing(theme.px(6))
        left.addWidget(self.card, 1)
        left.addWidget(self.means)
        middle = QHBoxLayout()
        middle.setContentsMargins(theme.px(24), theme.px(12), theme.px(24), theme.px(8))
        middle.setSpacing(theme.px(12))
        middle.addLayout(left, 1)
        middle.addWidget(self.days)
        self.put(middle, 1)
        self.sheet.chosen.connect(self._stand)
        self.sheet.opened.connect(self._into_list)
        self.sheet.turned.connect(self._turn_to)
        self.sheet.paged.connect(self._turn)
        self.days.opened.connect(self.go)
        self.previous.clicked.connect(self._turn_back)
        self.next.clicked.connect(self._turn_on)
        self.now.clicked.connect(self._go_today)
        self._fit()

    @property
    def _today(self) -> date:
        diary = self.sheet.sheet.diary
        return diary.today if diary is not None else self.session.today

    def enter(self, place: Place) -> None:
        super().enter(place)
        self.sheet.setFocus()

    def refresh(self) -> None:
        self.ask(partial(self._read, self._month or self._today), self._show, kind=Kind.COUNT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.is_built:
            self._fit()

    def _fit(self) -> None:
        self.days.setFixedWidth(theme.px(RAIL if self.width() >= theme.px(NARROW) else NARROW_RAIL))

    def _read(self, month: date, _: Progress) -> Diary:
        return self.session.office.figures.diary(month)

    @Slot(object)
    def _show(self, diary: Diary) -> None:
        if self._month is not None and diary.month != self._month.replace(day=1):
            return  # another month was asked for meanwhile
        self.month.setText(f"{diary.month.year}年{diary.month.month}月")
        count = sum(len(one.entries) for one in diary.days if one.day.month == diary.month.month)
        self.header.quiet.say(f"{diary.month.month}月有 {count} 件到期的事" if count else "这个月没有到期的事")
        self.means.setText(MEANS if diary.is_sure else f"{UNSURE}{MEANS}")
        self.sheet.show_diary(diary, self._day or diary.today)

    @Slot(object)
    def _stand(self, day: date) -> None:
        self._day = day
        if self.sheet.day is not None and self.sheet.sheet.diary is not None:
            self.days.show_day(self.sheet.day, self.sheet.sheet.diary)

    @Slot()
    def _into_list(self) -> None:
        if self.days.lines:
            self.days.view.setFocus()

    @Slot()
    def _turn_back(self) -> None:
        self._turn(-1)

    @Slot()
    def _turn_on(self) -> None:
        self._turn(1)

    @Slot(int)
    def _turn(self, by: int) -> None:
        """To the month so many later; one stands on its first day, or on today."""
        month, today = shifted(self._month or self._today, by), self._today
        self._turn_to(today if month == today.replace(day=1) else month)

    @Slot(object)
    def _turn_to(self, day: date) -> None:
        self._month = self._day = day
        self.refresh()

    @Slot()
    def _go_today(self) -> None:
        self._turn_to(self._today)
        self.sheet.setFocus()
