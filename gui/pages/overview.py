"""总览: figures of today, what is to be done, how far everything is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget

from gui import saying
from gui.page import Page
from gui.panels.overview.county import CountyOverview
from gui.panels.overview.reminder import LostReminder, PageReminder, WaitingReminder
from gui.panels.overview.township import TownshipOverview
from gui.places import Place
from gui.session import Session
from gui.widgets.buttons import button, carrier
from gui.widgets.empty import Empty
from gui.widgets.search_box import SearchBox
from models.services.views.figures import Overview

TAKE_IN = "把现有的 Excel 台账导进来，几分钟就能看到今天哪些逾期、哪些快到期"
# What an empty ledger asks for: its text, and what else one may begin with.
EMPTY = {
    "county": (f"{TAKE_IN}。要和哪些单位交换，在“设置”里添加。", "添加单位", "plus", Place("settings")),
    "known": (f"{TAKE_IN}；也可以先登记一个问题试试。", "先登记一个问题", "plus", Place("problem/record", new=True)),
    "unknown": (f"{TAKE_IN}。县里已经在用的，可以先与县里联系：欢迎包会带来交办给您的全部内容。", "先与县里联系", "key",
                Place("exchange", tab="enrol")),
}  # fmt: skip


class OverviewPage(Page):
    """Waits for the figures that the session has counted after each change."""

    tables: ClassVar[frozenset[str]] = frozenset()  # the session looks by itself

    def __init__(self, session: Session) -> None:
        super().__init__(session, "总览")

    def build(self) -> Iterator[None]:
        session = self.session
        self.search = SearchBox("查找问题、信访件、单位" if session.is_county else "查找问题、信访件", everywhere=True)
        self.calendar = carrier(Place("overview/calendar"), "日历", "quiet", icon="calendar", tip="哪一天有什么到期")
        self.calendar.handed.connect(self.go)
        self.header.add(self.calendar, self.search)
        yield
        self.panel = CountyOverview(session) if session.is_county else TownshipOverview(session)
        yield from self.panel.build()
        yield
        self.take_in = button("导入 Excel 台账", "primary", icon="sheet")
        kind = "unknown" if not session.here.enrolled else "county" if session.is_county else "known"
        text, word, icon, self._other = EMPTY[kind]
        self.other = button(word, "quiet", icon=icon)
        self.empty = Empty("gauge", "台账里还没有内容", text, self.take_in, self.other)
        self.middle = QStackedWidget()
        self.middle.addWidget(self.panel)
        self.middle.addWidget(self.empty)
        self.lost = LostReminder(session)
        self.lost.left_for.connect(self.left_for)
        self.put(self.lost)
        self.waiting = WaitingReminder(session)
        self.waiting.left_for.connect(self.left_for)
        self.put(self.waiting)
        if session.is_county:
            self.reminder = PageReminder(session)
            self.reminder.left_for.connect(self.left_for)
            self.put(self.reminder)
        self.put(self.middle, 1)
        session.looked.connect(self._show)
        session.refused.connect(self.notice.refuse)
        self.panel.opened.connect(self.go)
        self.search.entered.connect(self._search)
        self.take_in.clicked.connect(self._take_in)
        self.other.clicked.connect(self._go_other)

    def enter(self, place: Place) -> None:
        super().enter(place)
        if self.session.overview is not None:
            self._show(self.session.overview)

    def refresh(self) -> None:
        """The session counts; `looked` brings the figures here."""

    def seek(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    @Slot(object)
    def _show(self, overview: Overview) -> None:
        facts = saying.today_line(overview.today)
        if self.session.is_county:
            townships = sum(1 for one in overview.units if one.is_listed)
            facts = f"全县 {townships} 个单位{saying.SPACE}{facts}"
        self.header.quiet.say(facts)
        self.lost.refresh()
        self.waiting.refresh()
        if self.session.is_county:
            self.reminder.refresh()
        nothing = not overview.listed and not overview.petitions_listed
        self.middle.setCurrentWidget(self.empty if nothing and not overview.units else self.panel)
        if self.middle.currentWidget() is self.panel and self.isVisible():
            self.panel.show_figures(overview)
        elif self.middle.currentWidget() is self.empty and self.hasFocus():
            self.take_in.setFocus()

    @Slot(str)
    def _search(self, words: str) -> None:
        if words:
            self.search.put("")
            self.go(Place("search", words=words))

    @Slot()
    def _take_in(self) -> None:
        self.go(Place("problem/excel"))

    @Slot()
    def _go_other(self) -> None:
        self.go(self._other)

    def make_new(self) -> None:
        self.go(Place("problem/record", new=True))
