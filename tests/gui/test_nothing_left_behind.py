"""The check that runs after every test of the window (tests/gui/conftest.py), seen to see something."""

from __future__ import annotations

import gc
import sqlite3
import threading

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel

from gui.places import Place
from gui.widgets.labels import Prose
from tests.gui import fakes, leftovers


def test_a_window_that_is_kept_is_seen_and_one_that_goes_is_not(qapp):
    before = leftovers.windows()
    kept = QLabel("左")
    kept.show()
    assert leftovers.windows() - before == {kept}
    kept.deleteLater()
    leftovers.see_off()
    assert leftovers.windows() - before == set()


def test_a_timer_that_ticks_is_seen_by_its_name(qapp):
    owner = QLabel()
    timer = QTimer(owner)
    timer.setObjectName("search soon")
    assert leftovers.ticking() == []
    timer.start(10_000)
    assert leftovers.ticking() == ["search soon"]
    owner.deleteLater()
    leftovers.see_off()
    assert leftovers.ticking() == []


def test_an_open_ledger_is_seen(tmp_path):
    assert leftovers.files() == []
    connection = sqlite3.connect(tmp_path / "ledger.db")
    connection.execute("CREATE TABLE one (two)")
    assert leftovers.files() == [str(tmp_path / "ledger.db")]
    connection.close()
    assert leftovers.files() == []


def test_a_thread_is_seen():
    before = leftovers.threads()
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait, name="left")
    thread.start()
    assert {one.name for one in leftovers.threads() - before} == {"left"}
    stop.set()
    thread.join()


def test_a_session_of_many_pages_and_long_work_leaves_nothing(desk, qtbot, tmp_path):
    """Everything at once, so that what the check finds elsewhere can be hunted here."""
    gc.collect()
    widgets, threads = leftovers.orphans(), leftovers.threads()
    one = desk(fakes.township(), tmp_path)
    one.start()
    page = one.open("problem")
    page.search.setText("正在输入")  # its pause is not over when the window goes
    one.go(Place("exchange", tab="write"))
    one.office.exchange.slow = True
    one.window.page.write.write_to(tmp_path)
    qtbot.wait(30)
    one.close()
    one.window = one.session = page = None
    leftovers.see_off()
    gc.collect()
    leftovers.see_off()
    assert leftovers.orphans() - widgets == set(), "not even parts that were never shown"
    assert leftovers.threads() - threads == set()
    assert leftovers.ticking() == []
    assert leftovers.pooled() == 0


def test_a_part_that_flashes_is_seen(desk, request):
    """The check itself: shown without a parent, a label would be a window for an instant."""
    check = request.getfixturevalue("_no_flashes")
    desk().start()
    flashing = Prose("左")
    flashing.setVisible(True)
    flashing.hide()
    flashing.deleteLater()
    assert check == ["Prose"]
    check.clear()
