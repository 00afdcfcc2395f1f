"""Windows for tests: dressed like the real one, over an office of lists, closed again after each test."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from gui import first_uses, theme
from gui.app import dress
from gui.first_start import FirstStart
from gui.main_window import PAGES, MainWindow
from gui.page import Page
from gui.places import Place
from gui.session import GATHER, Session
from gui.slices import is_growing
from tests.gui import big, fakes, lanes, leftovers, one_record
from tests.gui.watch import WATCHED, Watch, Watched

PATIENCE = 30_000  # ms that a test waits for what must come: on a crowded machine it comes late, and mostly at once
for _wait in (QtBot.waitUntil, QtBot.waitSignal):
    _wait.__kwdefaults__["timeout"] = PATIENCE


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    """What pytest-qt makes."""
    return WATCHED


@pytest.fixture(scope="session", autouse=True)
def watch(qapp: QApplication) -> Watch:
    made = Watch()
    if isinstance(qapp, Watched):
        qapp.watch = made
    return made


@pytest.fixture(scope="session", autouse=True)
def _warm(dressed) -> None:
    """What the first opening of anything costs once in a process is measured where nothing else is: test_start.py."""
    for module, _, _ in PAGES.values():
        import_module(module)
    for name in (
        "home.care",
        "base.conflicts",
        "exchange.enrolment",
        "exchange.exchange",
        "figures.figures",
        "workbooks.imports",
        "base.units",
    ):
        import_module(f"models.services.{name}")
    first_uses.get_over_with()
    font = QLabel("环改台账 0123456789 ABC")
    font.grab()
    font.deleteLater()


@pytest.fixture(autouse=True)
def _nothing_left(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail a test that leaves a window, a ticking timer, work in a pool, or a file of a ledger open."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    windows, files = leftovers.windows(), leftovers.files()
    yield
    leftovers.see_off()
    left = [leftovers.named(one) for one in leftovers.windows() - windows]
    for one in leftovers.windows() - windows:
        one.deleteLater()
    left += [f"timer “{name}”" for name in leftovers.ticking()]
    if any(name not in files for name in leftovers.files()):
        gc.collect()  # what only a ring of exceptions holds is not left behind
    left += [f"open file {name}" for name in leftovers.files() if name not in files]
    left += ["work in Qt's pool"] * leftovers.pooled()
    leftovers.see_off()
    assert not left, f"left behind: {left}"


@pytest.fixture(autouse=True)
def _no_flashes(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Fail a test in which a part of the window is shown before it is in the window: it would flash on the screen."""
    flashed: list[str] = []

    def _watch(name: str, *, shows: Callable[..., bool]) -> None:
        real = getattr(QWidget, name)

        def _called(one: QWidget, *given: bool) -> None:
            alone = one.parentWidget() is None and not isinstance(one, QMainWindow | QDialog | Page | FirstStart)
            if shows(*given) and alone and type(one).__module__.startswith("gui.") and _in_a_window():
                flashed.append(type(one).__name__)
            real(one, *given)

        monkeypatch.setattr(QWidget, name, _called)

    _watch("show", shows=lambda: True)
    _watch("setVisible", shows=lambda on: on)
    _watch("setHidden", shows=lambda off: not off)
    yield flashed
    assert not flashed, f"shown before it stood in the window: {flashed}"


def _in_a_window() -> bool:
    return any(isinstance(one, MainWindow) and one.isVisible() for one in QApplication.topLevelWidgets())


@pytest.fixture(autouse=True)
def _reading_only_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail a test in which a page saves on the thread that is there for reading."""
    for owner, name, watched in lanes.VERBS:
        monkeypatch.setattr(owner, name, watched)


@pytest.fixture(autouse=True)
def _never_frozen(watch: Watch) -> Iterator[None]:
    """Fail a test in which one pass of the event loop keeps the window from answering."""
    watch.begin()
    yield
    slow = watch.end()
    assert not slow, "\n".join(map(str, slow))


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> None:
    dress(qapp, theme.Look())


class Desk:
    """One window over one office, and a way to wait until it has nothing to do."""

    def __init__(self, qtbot, office, home: Path | None = None) -> None:
        self.qtbot, self.office = qtbot, office
        self.session = Session(office, home)
        self.broken: list[BaseException] = []
        self._closed = False
        self.session.faults.show = self.broken.append
        self.window = MainWindow(self.session)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    def settle(self) -> None:
        """Wait until nothing is under way."""
        self._rest([True])

    def _rest(self, begun: Sequence[object]) -> None:
        quiet = 0
        for _ in range(PATIENCE // 4):
            self.qtbot.wait(1 if quiet else 4)
            quiet = quiet + 1 if begun and not self._is_at_work() else 0
            if quiet > 2:
                assert not self.broken, self.broken
                return
        raise AssertionError("the window never came to rest")

    def _is_at_work(self) -> bool:
        return self.session.is_busy or is_growing(self.window) or any(map(_is_due, self._timers()))

    def _timers(self) -> list[QTimer]:
        return self.session.findChildren(QTimer) + self.window.findChildren(QTimer)

    def start(self):
        self.do(self.window.start)
        return self.window.page

    def do(self, deed: Callable[[], object]) -> None:
        """Have something done as a click does it: by the event loop, where the watch sees it."""
        done: list[object] = []
        QTimer.singleShot(0, lambda: done.append(deed()))
        self._rest(done)

    def go(self, place: Place):
        self.do(partial(self.window.go, place))
        return self.window.page

    def open(self, page: str, **where):
        return self.go(Place(page, **where))

    def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        if isinstance(self.office, fakes.FakeOffice):
            self.office.records.held.set()
            self.office.exchange.slow = False
            self.office.records.slow = False
            if hasattr(self.office, "answer"):
                self.office.answer.set()
        for page in self.window._pages.values():
            page.when_built(page.drop)
        self.window._may_stop = lambda: True  # nobody is there to be asked
        self.window.close()
        self.session.close()
        self.window.deleteLater()
        self.session.deleteLater()


def _is_due(timer: QTimer) -> bool:
    """Whether something is put off until the next pass, or until all that changed together is there."""
    return timer.isSingleShot() and timer.isActive() and timer.interval() <= GATHER


@pytest.fixture(scope="session")
def big_homes(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Path]:
    """Twenty thousand records, made once for all processes of the run. Copy them before changing anything."""
    base = tmp_path_factory.getbasetemp()
    with big.shared(base if worker_id == "master" else base.parent) as folder:
        yield folder


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


@pytest.fixture
def record(desk):
    """The page of the first problem."""
    one = desk()
    return one, one.open("problem/record", id=one_record.ID, rows=tuple(range(22)), at=0)
