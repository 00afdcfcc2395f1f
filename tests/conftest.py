"""What every test stands on: no screen, a home of its own, Chinese letters, and nothing left running."""

from __future__ import annotations

import gc
import os
import sys
import threading
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from weakref import WeakSet

import pytest
from hypothesis import is_hypothesis_test, settings

from tests.offices import World, quick_folder

# On Windows the offscreen platform has no fonts.
os.environ.setdefault("QT_QPA_PLATFORM", "minimal:enable_fonts" if sys.platform == "win32" else "offscreen")

# Two slow cores shared with other tests: no example may fail for its time alone.
settings.register_profile("house", deadline=None, print_blob=True)
settings.load_profile("house")

# Not measured, which saves them a third of their time: dear, and what they reach others reach too.
UNMEASURED = frozenset(
    {
        "cli/test_whole_way.py",
        "documents/test_layouts.py",
        "gui/test_manual_pictures.py",
        "gui/test_never_frozen.py",
        "gui/test_start.py",
        "gui/test_stopping.py",
        "sync/test_damage.py",
    }
)

# Begun first: at the end of a run one core would wait for what takes the other ten seconds and more.
LONG = frozenset(
    {
        "attack/test_arguments.py",
        "attack/test_kill.py",
        "attack/test_poison.py",
        "cli/test_demo.py",
        "cli/test_whole_way.py",
        "gui/test_drafts_on_the_page.py",
        "gui/test_never_frozen.py",
        "gui/test_stopping.py",
        "model/test_services.py",
        "services/test_random.py",
        "services/test_restoring.py",
        "sync/test_damage.py",
    }
)

PATIENCE = 30.0  # seconds that a thread may take to end after its test, on however busy a machine


@pytest.hookimpl(wrapper=True, tryfirst=True)  # before `-m "not no_cover"` leaves them out, and after they are shuffled
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Generator[None]:
    """Measure what is shown the same way every time: what a property reaches by luck counts for nothing."""
    for item in items:
        if is_hypothesis_test(getattr(item, "obj", None)) or _module(item) in UNMEASURED:
            item.add_marker(pytest.mark.no_cover)
    yield
    items.sort(key=lambda item: _module(item) not in LONG)


def _module(item: pytest.Item) -> str:
    return item.path.relative_to(Path(__file__).parent).as_posix()


def pytest_collection_finish() -> None:
    """Modules and tests stay till the end: Python's collector need not look at them again and again."""
    gc.freeze()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder for this test alone, not made yet; nothing reaches the home of whoever runs the tests."""
    place = tmp_path / "home"
    monkeypatch.setenv("HUANGAI_HOME", str(place))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    for name in ("HUANGAI_PASSPHRASE", "HUANGAI_PIN"):
        monkeypatch.delenv(name, raising=False)
    return place


@pytest.fixture(autouse=True)
def _no_thread_left() -> Iterator[None]:
    """Fail a test that leaves a thread running: it would write into the next test's ledger."""
    before = set(threading.enumerate())
    yield
    until = time.monotonic() + PATIENCE
    while (left := set(threading.enumerate()) - before) and time.monotonic() < until:
        time.sleep(0.01)
    assert not left, f"threads left running: {sorted(thread.name for thread in left)}"


@pytest.fixture(autouse=True)
def _no_timer_left(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail a test of the window that leaves a timer ticking after its widgets are gone."""
    if "qapp" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("_chinese_letters")
    from PySide6.QtCore import QCoreApplication, QEvent, QTimer
    from shiboken6 import isValid

    started: WeakSet[QTimer] = WeakSet()
    start = QTimer.start

    def remember(timer: QTimer, *args: object) -> None:
        started.add(timer)
        start(timer, *args)

    monkeypatch.setattr(QTimer, "start", remember)
    yield
    # pytest-qt has asked the widgets to go; without a running event loop somebody has to see them off.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [timer for timer in started if isValid(timer) and timer.isActive()]
    for timer in left:
        timer.stop()
    assert not left, f"timers left running: {[timer.objectName() or repr(timer.parent()) for timer in left]}"


@pytest.fixture(scope="session")
def county_folder() -> Iterator[Path]:
    """A county whose homes are enrolled and empty: copied for every test, since a copied home works."""
    with quick_folder() as folder:
        World.new(folder / "homes").close()
        yield folder / "homes"


@pytest.fixture
def world(request: pytest.FixtureRequest, county_folder: Path) -> Iterator[World]:
    """A county, two townships, one with two PCs, and a department: tests/offices.py.

    Where the test stands on `lived`, a fixture of its module, that county is copied.
    """
    source = request.getfixturevalue("lived") if "lived" in request.fixturenames else World(county_folder)
    with quick_folder() as folder:
        copied = source.copied(folder / "homes")
        yield copied
        copied.close()


@pytest.fixture(scope="session")
def _chinese_letters(qapp: object) -> None:
    """Without a Chinese font every width is wrong and every picture shows boxes."""
    from PySide6.QtGui import QFontDatabase

    if not QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese):
        pytest.exit("本机没有中文字体，窗口的测试不可信。请先运行 python3 tools/dev.py test。", returncode=1)


if sys.platform.startswith("linux") and os.environ["QT_QPA_PLATFORM"] == "offscreen":
    # Offscreen needs no display; a stale DISPLAY must not tempt anything into opening one.
    os.environ.pop("DISPLAY", None)
    os.environ.pop("WAYLAND_DISPLAY", None)
