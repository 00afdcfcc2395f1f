"""总览: figures of today, what is to be done, how far everything is."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget

from gui import saying
from gui.page import Page
from gui.panels.overview_county import CountyOverview
from gui.panels.overview_township import TownshipOverview
from gui.places import Place
from gui.session import Session
from gui.widgets.buttons import button
from gui.widgets.empty import Empty
from gui.widgets.search_box import SearchBox
from models.services.views import Overview


class OverviewPage(Page):
    """Waits for the figures that the session has counted after each change."""

    tables: ClassVar[frozenset[str]] = frozenset()  # the session looks by itself

    def __init__(self, session: Session) -> None:
        super().__init__(session, "总览")
        self.search = SearchBox("在督察整改中查找，如 bfqc")
        self.header.add(self.search)
        self.panel = CountyOverview(session) if session.is_county else TownshipOverview(session)
        self.take_in = button("导入 Excel 台账", "primary", icon="sheet")
        self.by_hand = button("先登记一个问题", "quiet", icon="plus")
        text = "把现有的 Excel 台账导进来，几分钟就能看到今天哪些逾期、哪些快到期；也可以先登记一个问题试试。"
        self.empty = Empty("gauge", "台账里还没有内容", text, self.take_in, self.by_hand)
        self.middle = QStackedWidget()
        self.middle.addWidget(self.panel)
        self.middle.addWidget(self.empty)
        self.put(self.middle, 1)
        session.looked.connect(self._show)
        self.panel.opened.connect(self.go)
        self.panel.notice.acted.connect(self.notice.acted)
        self.search.entered.connect(self._search)
        self.take_in.clicked.connect(self._take_in)
        self.by_hand.clicked.connect(self._by_hand)

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
            townships = sum(1 for one in overview.units if one.unit.isdigit())
            facts = f"全县 {townships} 个单位{saying.SPACE}{facts}"
        self.header.quiet.say(facts)
        nothing = not overview.total and not overview.petitions
        self.middle.setCurrentWidget(self.empty if nothing and not overview.units else self.panel)
        if self.middle.currentWidget() is self.panel and self.isVisible():
            self.panel.show_figures(overview)

    @Slot(str)
    def _search(self, words: str) -> None:
        if words:
            self.search.put("")
            self.go(Place("problem", words=words, view=""))

    @Slot()
    def _take_in(self) -> None:
        self.go(Place("problem/excel"))

    @Slot()
    def _by_hand(self) -> None:
        self.go(Place("problem/record", new=True))
