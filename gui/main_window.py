"""The frame: navigation, pages from a table, where we came from, the keys that work everywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from gui import dropping, focus, modules, screens, shortcuts
from gui.navigation import NUMBERED, Navigation
from gui.page import Page
from gui.places import BACK, Place
from gui.session import Session
from gui.slices import Slices
from gui.status_bar import StatusBar
from gui.widgets.drop import paths_of
from gui.widgets.search_box import SearchBox
from models.services.views.figures import Overview
from models.services.views.home import Touched

# key → module, class, arguments. The modules are read in after the start: the window is there sooner.
# fmt: off
PAGES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "overview":        ("gui.pages.overview", "OverviewPage", ()),
    "overview/calendar": ("gui.pages.calendar", "CalendarPage", ()),
    "problem":         ("gui.pages.records", "RecordsPage", ("problem",)),
    "petition":        ("gui.pages.records", "RecordsPage", ("petition",)),
    "problem/record":  ("gui.pages.record", "RecordPage", ("problem",)),
    "petition/record": ("gui.pages.record", "RecordPage", ("petition",)),
    "problem/excel":   ("gui.pages.workbook", "WorkbookPage", ("problem",)),
    "petition/excel":  ("gui.pages.workbook", "WorkbookPage", ("petition",)),
    "source/excel":    ("gui.pages.workbook", "WorkbookPage", ("source",)),
    "inspection":      ("gui.pages.inspections", "InspectionsPage", ()),
    "inspection/record": ("gui.pages.inspection", "InspectionPage", ()),
    "source":          ("gui.pages.sources", "SourcesPage", ()),
    "source/record":   ("gui.pages.source", "SourcePage", ()),
    "month":           ("gui.pages.months", "MonthsPage", ()),
    "deciding":        ("gui.pages.deciding", "DecidingPage", ()),
    "lookback":        ("gui.pages.lookbacks", "LookbacksPage", ()),
    "notice":          ("gui.pages.notices", "NoticesPage", ()),
    "figures":         ("gui.pages.figures", "FiguresPage", ()),
    "search":          ("gui.pages.search", "SearchPage", ()),
    "exchange":        ("gui.pages.exchange", "ExchangePage", ()),
    "settings":        ("gui.pages.settings", "SettingsPage", ()),
    "settings/rules":  ("gui.pages.rules", "RulesPage", ()),
    "help":            ("gui.pages.help", "HelpPage", ()),
}
# fmt: on


class MainWindow(QMainWindow):
    """Shows one page at a time."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.setWindowTitle("环改台账")
        self.setMinimumSize(screens.LEAST)
        self.setAcceptDrops(True)
        self._pages: dict[str, Page] = {}
        self._place = Place("")
        self._came_from: list[Place] = []
        self._closing = False
        self._reading = Slices("next module", self)
        self.navigation = Navigation()
        self.desk = QStackedWidget()
        self.desk.setObjectName("desk")
        self.status = StatusBar(session)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.desk, 1)
        right.addWidget(self.status)
        middle = QWidget()
        line = QHBoxLayout(middle)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addLayout(right, 1)
        line.insertWidget(0, self.navigation)
        self.setCentralWidget(middle)
        self.navigation.chosen.connect(self._choose)
        self.status.left_for.connect(self.go)
        session.looked.connect(self._looked)
        session.touched.connect(self._touched)
        for counted in (session.looked, session.refused):  # the first page is there: now for the others
            counted.connect(self._reading.go_on)
        self._make_keys()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._keep_focus)
        self.hint = dropping.DropHint(self)
        screens.place(self, session.settings.geometry)
        self.navigation.show_here(session.here)

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        page = self.desk.currentWidget()
        return page if isinstance(page, Page) else None

    def start(self) -> None:
        """Show the first page and count the figures."""
        self.go(Place("overview"))
        self.session.look()
        self._reading.begin(modules.read(modules.every()))
        self._reading.pause()

    @Slot(object)
    def go(self, place: Place) -> None:
        """Leave this page for a place; ask first if something would be lost."""
        page = self.page
        if page is not None and page.may_lose:
            self._ask_leaving(page, partial(self._go, place))
            return
        self._go(place)

    def _go(self, place: Place) -> None:
        if place == BACK:
            place = self._came_from.pop() if self._came_from else Place("overview")
        elif self._place.page and place.page != self._place.page:
            self._came_from = [*self._came_from[-19:], self._place]
        self._place = place
        page = self._page(place.page)
        self.desk.setCurrentWidget(page)
        self.navigation.choose(place.page.partition("/")[0])
        page.come(place)
        page.say_back(self._where_back())
        self._say_title()
        page.when_built(self._say_title)

    def _say_title(self) -> None:
        if self.page is not None:
            self.setWindowTitle(f"环改台账 - {self.session.here.name} - {self.page.title}")

    def _where_back(self) -> str:
        """What the way back is called: the page one came from; a record has no short name."""
        before = self._came_from[-1].page if self._came_from else "overview"
        return self._page(before).title if "/" not in before else "返回"

    def _page(self, key: str) -> Page:
        if key not in self._pages:
            module, name, arguments = PAGES[key]
            page: Page = getattr(import_module(module), name)(self.session, *arguments)
            page.left_for.connect(self.go)
            page.moved.connect(self._moved)
            page.built.connect(self._listen)
            self._pages[key] = page
            self.desk.addWidget(page)
        return self._pages[key]

    @Slot(object)
    def _moved(self, place: Place) -> None:
        """What is shown has another place now: whoever comes back finds it there."""
        if self.sender() is self.page:
            self._place = place

    @Slot()
    def _listen(self) -> None:
        """A page is whole: what its search boxes want from everywhere is looked for."""
        page = self.sender()
        if isinstance(page, Page):
            page.built.disconnect(self._listen)
            for box in page.findChildren(SearchBox):
                box.everywhere.connect(self.find_words)

    def _ask_leaving(self, page: Page, after: Callable[[], object]) -> None:
        from gui.dialogs.leaving import LEAVE, SAVE, ask_leaving  # noqa: PLC0415 - rarely needed

        answer = ask_leaving(self, page.title, drafts=page.keeps_drafts)
        if answer == SAVE:
            page.save_then(after)
        elif answer == LEAVE:
            page.drop()
            after()

    def _make_keys(self) -> None:
        deeds: dict[str, Callable[[], object]] = {
            "back": self._back, "help": self._explain, "lock": self._lock, "refresh": self._refresh, "seek": self._seek,
            "find": self._find, "new": self._new, "save": self._save, "export": self._export,
        }  # fmt: skip
        shortcuts.bind(self, deeds, self._choose_number)
        self._mouse = shortcuts.MouseBack(self)
        self._mouse.pressed.connect(self._back)

    @Slot()
    def _back(self) -> None:
        self.go(BACK)

    @Slot()
    def _lock(self) -> None:
        self.session.locking.emit()

    @Slot()
    def _export(self) -> None:
        self.go(Place("exchange", tab="write"))

    def _choose_number(self, number: int) -> None:
        if number <= len(NUMBERED):
            self._choose(NUMBERED[number - 1].key)

    @Slot(str)
    def _choose(self, key: str) -> None:
        self.navigation.choose(self._place.page.partition("/")[0])  # until the page agreed to be left
        self.go(Place(key))

    @Slot()
    def _explain(self) -> None:
        """The chapter of the help that explains what is shown."""
        here = self._place
        if here.page != "help":
            self.go(Place("help", tab=f"{here.page}/{here.tab}" if here.tab else here.page))

    @Slot()
    def _refresh(self) -> None:
        if self.page is not None and not self.page.may_lose:
            self.page.when_built(self.page.refresh)
            self.session.look()

    @Slot()
    def _seek(self) -> None:
        if self.page is not None:
            self.page.when_built(self.page.seek)

    @Slot()
    def _find(self) -> None:
        """Look in everything, for what stands in the search box that one is in."""
        box = self.focusWidget()
        self.find_words(box.text().strip() if isinstance(box, SearchBox) and box.offers else "")

    @Slot(str)
    def find_words(self, words: str) -> None:
        """Look for words in everything."""
        self.go(Place("search", words=words))

    @Slot()
    def _new(self) -> None:
        if self.page is not None:
            self.page.when_built(self.page.make_new)

    @Slot()
    def _save(self) -> None:
        if self.page is not None:
            self.page.when_built(partial(self._save_page, self.page))

    def _save_page(self, page: Page) -> None:
        """Save; where there was nothing to save, say that all is saved."""
        is_dirty = page.is_dirty
        page.save()
        if not is_dirty:
            self.status.say_saved()

    @Slot(object)
    def _looked(self, overview: Overview) -> None:
        counts = {
            "problem": overview.listed,
            "petition": overview.petitions_listed,
            "notice": overview.notices.get("replied" if self.session.is_county else "open", 0),
            "exchange": overview.conflicts if self.session.is_county else overview.unreported,
        }
        for key, count in counts.items():
            self.navigation.buttons[key].count(count)

    @Slot(object)
    def _touched(self, _touched: Touched) -> None:
        self.navigation.show_here(self.session.here)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's name and way
        """Tab goes through the page from its head to its foot, then to the navigation."""
        if self.page is not None and not self.page.is_built:
            self.page.when_built(partial(self.focusNextPrevChild, next))
            return True
        now = QApplication.focusWidget()
        if now is not None and not now.isVisible() and self.page is not None:
            self.page.setFocus()  # Qt moves on from what was hidden: to whatever comes next would be to nowhere
            return True
        return focus.step((self.desk, self.navigation, self.status), forward=next)

    @Slot(QWidget, QWidget)
    def _keep_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Give the focus to the page where what had it has gone: the keys go on working, Tab begins at its head."""
        if now is None and self.isActiveWindow() and self.page is not None:
            self.page.setFocus()

    @property
    def _takes_files(self) -> bool:
        return self.page is not None and self.page.takes_files

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if paths := paths_of(event.mimeData()):
            event.acceptProposedAction()
            self.hint.offer(dropping.sort(paths, on_record=self._takes_files))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.hint.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Files that are dropped anywhere."""
        self.hint.hide()
        if paths := paths_of(event.mimeData()):
            event.acceptProposedAction()
            self.open_files(paths)

    def open_files(self, paths: Sequence[Path]) -> None:
        """Packages are read, a workbook is imported; what cannot be opened here is answered in words."""
        dropped = dropping.sort(paths, on_record=self._takes_files)
        place = dropped.place(self._place.page)
        before = self._place
        if place is not None:
            self.go(place)
        said, why = dropped.left
        page = self.page
        if page is not None and dropped.for_record:
            page.take_files(dropped.for_record)
        if said and page is not None and (place is None or self._place is not before):
            page.when_built(partial(page.notice.say, "info", said, why))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.navigation.fit(self.width())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._mouse.watch(self)

    def closeEvent(self, event: QCloseEvent) -> None:
        page = self.page
        if page is not None and page.may_lose and not self._closing:
            event.ignore()
            self._ask_leaving(page, self._close_now)
            return
        if self.session.jobs.busy_long and not self._may_stop():
            event.ignore()
            return
        settings = self.session.settings
        settings.maximised = self.isMaximized()
        box = self.normalGeometry()
        settings.geometry = [box.x(), box.y(), box.width(), box.height()]
        super().closeEvent(event)

    def _may_stop(self) -> bool:
        """Ask whether long work may be stopped. What is short is carried out, whatever is closed."""
        from gui.dialogs.leaving import STOP, THEN, ask_closing  # noqa: PLC0415 - rarely needed

        answer = ask_closing(self)
        if answer == THEN and self.session.jobs.busy_long:
            self.status.tell("正在处理，做完自动关闭")
            self.session.jobs.busied.connect(self._close_if_idle)
            return False
        return answer in {STOP, THEN}

    @Slot(bool)
    def _close_if_idle(self, busy: bool) -> None:  # noqa: FBT001 - a slot
        if not busy:
            self.session.jobs.busied.disconnect(self._close_if_idle)
            self._close_now()

    def _close_now(self) -> None:
        self._closing = True
        self.close()
