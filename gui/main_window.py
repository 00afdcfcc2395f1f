"""The frame: navigation, pages from a table, where we came from, the keys that work everywhere."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module

from PySide6.QtCore import QRect, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from gui.navigation import ENTRIES, Navigation
from gui.page import Page
from gui.places import BACK, Place
from gui.session import Session
from gui.status_bar import StatusBar
from gui.widgets.drop import paths_of
from models.services.views import Overview, Touched

# key → module, class, arguments. A page is imported when it is first opened: the window is there sooner.
# fmt: off
PAGES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "overview":        ("gui.pages.overview", "OverviewPage", ()),
    "problem":         ("gui.pages.records", "RecordsPage", ("problem",)),
    "petition":        ("gui.pages.records", "RecordsPage", ("petition",)),
    "problem/record":  ("gui.pages.record", "RecordPage", ("problem",)),
    "petition/record": ("gui.pages.record", "RecordPage", ("petition",)),
    "problem/excel":   ("gui.pages.workbook", "WorkbookPage", ("problem",)),
    "petition/excel":  ("gui.pages.workbook", "WorkbookPage", ("petition",)),
    "exchange":        ("gui.pages.exchange", "ExchangePage", ()),
    "settings":        ("gui.pages.settings", "SettingsPage", ()),
    "help":            ("gui.pages.help", "HelpPage", ()),
}
# fmt: on
WORKBOOKS = {".xlsx", ".xls", ".csv"}


class MainWindow(QMainWindow):
    """Shows one page at a time."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.setWindowTitle("环改台账")
        self.setMinimumSize(1024, 640)
        self.setAcceptDrops(True)
        self._pages: dict[str, Page] = {}
        self._place = Place("")
        self._came_from: list[Place] = []
        self._closing = False
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
        QWidget.setTabOrder(self.desk, self.navigation)
        self.navigation.chosen.connect(self._choose)
        session.looked.connect(self._looked)
        session.touched.connect(self._touched)
        self._make_keys()
        self._restore_place()
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

    @Slot(object)
    def go(self, place: Place) -> None:
        """Leave this page for a place; ask first if something would be lost."""
        page = self.page
        if page is not None and page.is_dirty:
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
        page.enter(place)
        self.setWindowTitle(f"环改台账 - {self.session.here.name} - {page.title}")

    def _page(self, key: str) -> Page:
        if key not in self._pages:
            module, name, arguments = PAGES[key]
            page: Page = getattr(import_module(module), name)(self.session, *arguments)
            page.left_for.connect(self.go)
            self._pages[key] = page
            self.desk.addWidget(page)
        return self._pages[key]

    def _ask_leaving(self, page: Page, after: Callable[[], object]) -> None:
        from gui.dialogs.leaving import LEAVE, SAVE, ask_leaving  # noqa: PLC0415 - rarely needed

        answer = ask_leaving(self, page.title)
        if answer == SAVE:
            page.save_then(after)
        elif answer == LEAVE:
            page.drop()
            after()

    def _make_keys(self) -> None:
        deeds: list[tuple[str, Callable[[], object]]] = [
            ("Alt+Left", partial(self.go, BACK)),
            ("F1", partial(self._choose, "help")),
            ("F5", self._refresh),
            ("Ctrl+F", self._find),
            ("Ctrl+K", self._find),
            ("Ctrl+N", self._new),
            ("Ctrl+S", self._save),
            ("Ctrl+E", partial(self.go, Place("exchange", tab="write"))),
            *((f"Ctrl+{number}", partial(self._choose, entry.key)) for number, entry in enumerate(ENTRIES, 1)),
        ]
        for key, deed in deeds:
            QShortcut(QKeySequence(key), self).activated.connect(deed)

    @Slot(str)
    def _choose(self, key: str) -> None:
        self.navigation.choose(self._place.page.partition("/")[0])  # until the page agreed to be left
        self.go(Place(key))

    @Slot()
    def _refresh(self) -> None:
        if self.page is not None and not self.page.is_dirty:
            self.page.refresh()
            self.session.look()

    @Slot()
    def _find(self) -> None:
        if self.page is not None:
            self.page.seek()

    @Slot()
    def _new(self) -> None:
        if self.page is not None:
            self.page.make_new()

    @Slot()
    def _save(self) -> None:
        if self.page is not None:
            self.page.save()

    @Slot(object)
    def _looked(self, overview: Overview) -> None:
        counts = {
            "problem": overview.total,
            "petition": overview.petitions,
            "exchange": overview.conflicts if self.session.is_county else overview.unreported,
        }
        for key, count in counts.items():
            self.navigation.buttons[key].count(count)

    @Slot(object)
    def _touched(self, _touched: Touched) -> None:
        self.navigation.show_here(self.session.here)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if paths_of(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A workbook goes to the import of the list that is shown, anything else to the packages."""
        paths = paths_of(event.mimeData())
        if not paths:
            return
        event.acceptProposedAction()
        if paths[0].suffix.lower() in WORKBOOKS:
            kind = "petition" if self._place.page.startswith("petition") else "problem"
            self.go(Place(f"{kind}/excel", id=str(paths[0])))
        else:
            self.go(Place("exchange", tab="read", id="\n".join(str(path) for path in paths)))

    def closeEvent(self, event: QCloseEvent) -> None:
        page = self.page
        if page is not None and page.is_dirty and not self._closing:
            event.ignore()
            self._ask_leaving(page, self._close_now)
            return
        settings = self.session.settings
        settings.maximised = self.isMaximized()
        box = self.normalGeometry()
        settings.geometry = [box.x(), box.y(), box.width(), box.height()]
        super().closeEvent(event)

    def _close_now(self) -> None:
        self._closing = True
        self.close()

    def _restore_place(self) -> None:
        """The place on the screen of last time, if that screen is still there."""
        geometry = self.session.settings.geometry
        self.resize(1366, 740)
        if len(geometry) == 4:
            box = QRect(*geometry)
            if any(screen.availableGeometry().contains(box.center()) for screen in QGuiApplication.screens()):
                self.setGeometry(box)
