"""The application: style, Chinese words of Qt, hooks for bugs, and which window is shown first."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QStandardPaths, QTranslator, Slot
from PySide6.QtWidgets import QApplication, QWidget

from gui import settings, theme
from gui.counter import Counter, Office
from gui.faults import Faults
from gui.session import Session
from models.errors import LedgerError

NO_HOME = "H101"  # the refusal that means: nothing here yet, ask whose ledger this will be


def dress(app: QApplication, look: theme.Look) -> None:
    """Give the application its look and its language."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    if app.findChild(QTranslator) is None:
        translator = QTranslator(app)
        if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            app.installTranslator(translator)
    theme.apply(app, look)


class Desk(QObject):
    """Holds the one window that is open; builds it anew when letters or contrast change."""

    def __init__(self, app: QApplication, home: Path, counter: Counter) -> None:
        super().__init__(app)
        self._app, self._home, self._counter = app, home, counter
        self.window: QWidget | None = None
        self.session: Session | None = None

    @Slot()
    def open(self) -> None:
        """Open the ledger that is there, or ask whose it will be."""
        try:
            office = self._counter.open_office(self._home)
        except LedgerError as error:
            if error.code == NO_HOME:
                self._ask_whose()
            else:
                self._say_closed(error)
            return
        self.show_office(office)

    @Slot(object)
    def show_office(self, office: Office) -> None:
        """Show the window of an open ledger."""
        self.session = Session(office, self._home, self)
        self.session.relooked.connect(self.rebuild)
        self.session.faults.install()
        self._build("overview")

    @Slot()
    def rebuild(self) -> None:
        """Build the window anew with another look."""
        if self.session is not None:
            saved = self.session.settings
            dress(self._app, theme.Look(saved.large, saved.contrast))
            self._build("settings")

    def close(self) -> None:
        """End all work and give the ledger back."""
        if self.session is not None:
            self.session.close()
            self.session.office.close()

    def _build(self, page: str) -> None:
        from gui.main_window import MainWindow  # noqa: PLC0415 - not needed by the first start
        from gui.places import Place  # noqa: PLC0415

        assert self.session is not None  # noqa: S101 - set by show_office
        old = self.window
        window = MainWindow(self.session)
        if old is not None and old.isVisible() and isinstance(old, MainWindow):
            window.setGeometry(old.geometry())
        self._show(window, maximised=self.session.settings.maximised)
        window.start()
        if page != "overview":
            window.go(Place(page))

    def _ask_whose(self) -> None:
        from gui.first_start import FirstStart  # noqa: PLC0415 - once in the life of a ledger

        first = FirstStart(self._counter.set_up, self._home)
        first.opened.connect(self.show_office)
        self._show(first)

    def _say_closed(self, error: LedgerError) -> None:
        from gui.closed import Closed  # noqa: PLC0415

        closed = Closed(error)
        closed.retried.connect(self.open)
        self._show(closed)

    def _show(self, window: QWidget, *, maximised: bool = False) -> None:
        """Show a window before the old one goes: an application without windows would end."""
        old, self.window = self.window, window
        if maximised:
            window.showMaximized()
        else:
            window.show()
        if old is not None:
            old.hide()
            old.deleteLater()


def run(home: Path | None, counter: Counter) -> int:
    """Open the window and stay until it is closed."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("huangai")
    app.setApplicationDisplayName("环改台账")
    data = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
    place = home or Path(data) / "huangai"
    saved = settings.load(place)
    dress(app, theme.Look(saved.large, saved.contrast))
    Faults(place, app).install()
    desk = Desk(app, place, counter)
    desk.open()
    try:
        return app.exec()
    finally:
        desk.close()
