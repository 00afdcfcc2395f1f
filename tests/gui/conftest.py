"""Windows for tests: dressed like the real one, over an office of lists, closed again after each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from gui import theme
from gui.app import dress
from gui.main_window import MainWindow
from gui.places import Place
from gui.session import Session
from tests.gui import fakes


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> None:
    dress(qapp, theme.Look())


class Desk:
    """One window over one office, and a way to wait until it has nothing to do."""

    def __init__(self, qtbot, office, home: Path | None = None) -> None:
        self.qtbot, self.office = qtbot, office
        self.session = Session(office, home)
        self.broken: list[BaseException] = []
        self.session.faults.show = self.broken.append
        self.window = MainWindow(self.session)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    def settle(self) -> None:
        """Wait until nothing is under way."""
        quiet = 0
        for _ in range(2000):
            self.qtbot.wait(5)
            quiet = 0 if self.session.is_busy else quiet + 1
            if quiet > 4:
                assert not self.broken, self.broken
                return
        raise AssertionError("the window never came to rest")

    def start(self):
        self.window.start()
        self.settle()
        return self.window.page

    def open(self, page: str, **where):
        self.window.go(Place(page, **where))
        self.settle()
        return self.window.page

    def close(self) -> None:
        if isinstance(self.office, fakes.FakeOffice):
            self.office.records.held.set()
            self.office.exchange.slow = False
        for page in self.window._pages.values():
            page.drop()
        self.window.close()
        self.session.close()
        self.window.deleteLater()
        self.session.deleteLater()


@pytest.fixture
def desk(qtbot, dressed) -> Iterator[Callable[..., Desk]]:
    """Open a window over an office."""
    opened: list[Desk] = []

    def _open(office=None, home: Path | None = None) -> Desk:
        opened.append(Desk(qtbot, office or fakes.township(), home))
        return opened[-1]

    yield _open
    for one in opened:
        one.close()
