"""The window answers within 50 ms whatever it shows: over fakes in every other test, over 20,000 real records here."""

from __future__ import annotations

import threading
import time

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt, QTimer
from PySide6.QtWidgets import QApplication

from gui import app
from models.services import opening
from models.services.views.lists import Query
from tests.gui import big, fakes
from tests.gui import watch as watching
from tests.gui.watch import ASLEEP, LIMIT, SLOWEST

TOO_LONG = 1.2 * LIMIT * SLOWEST  # seconds of work that are too much on the slowest machine that is believed

# ------------------------------------------------------------------------------------- the watch itself


def burn(seconds):
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass


def passes(watch, qtbot, deed):
    """What the watch says of a deed that the event loop does; forgotten afterwards."""
    watch.begin()
    QTimer.singleShot(0, deed)
    qtbot.wait(20)
    said = watch.end()
    watch.begin()
    return said


def test_the_watch_sees_work_and_says_where(qtbot, watch):
    (one,) = passes(watch, qtbot, lambda: burn(TOO_LONG))
    assert TOO_LONG * 0.9 < one.worked < TOO_LONG * 3
    assert "in burn" in str(one)


def test_the_watch_sees_a_sleep_and_says_where(qtbot, watch, monkeypatch):
    monkeypatch.setattr(watching.os, "getloadavg", lambda: (0.1, 0, 0))
    (one,) = passes(watch, qtbot, lambda: time.sleep(0.4))
    assert one.waited > ASLEEP
    assert one.worked < LIMIT
    assert "test_never_frozen.py" in str(one)


def test_the_watch_adds_up_what_one_pass_does(qtbot, watch):
    def many():
        for _ in range(5):
            QTimer.singleShot(0, lambda: burn(TOO_LONG / 4))

    assert passes(watch, qtbot, many)


def test_the_watch_leaves_short_work_and_the_tests_own_alone(qtbot, watch):
    assert passes(watch, qtbot, lambda: burn(0.01)) == []
    watch.begin()
    burn(0.1)
    qtbot.wait(5)
    burn(0.1)
    assert watch.end() == []
    watch.begin()


def test_the_watch_does_not_blame_the_window_for_a_busy_thread_beside_it(qtbot, watch):
    stop = threading.Event()
    others = [threading.Thread(target=lambda: [None for _ in iter(stop.is_set, True)]) for _ in range(2)]
    for one in others:
        one.start()
    try:
        assert passes(watch, qtbot, lambda: burn(0.02)) == []
    finally:
        stop.set()
        for one in others:
            one.join()


def test_the_watch_allows_more_where_the_machine_is_slow(monkeypatch):
    monkeypatch.setattr(watching, "yardstick", lambda: 2 * watching.YARD)
    monkeypatch.setattr(watching.os, "getloadavg", lambda: (9.0, 0, 0))
    assert watching.slowness() == 2 * watching.CROWDED
    monkeypatch.setattr(watching.os, "getloadavg", lambda: (0.1, 0, 0))
    assert watching.slowness() == 2
    monkeypatch.setattr(watching, "yardstick", lambda: watching.YARD / 5)
    assert watching.slowness() == 1
    monkeypatch.setattr(watching, "yardstick", lambda: 90 * watching.YARD)
    assert watching.slowness() == watching.SLOWEST


def test_the_watch_lets_a_thread_wait_longer_where_many_want_to_run(qtbot, watch, monkeypatch):
    monkeypatch.setattr(watching.os, "cpu_count", lambda: 2)
    monkeypatch.setattr(watching.os, "getloadavg", lambda: (6.0, 0, 0))
    assert watching.queue() == 3
    assert passes(watch, qtbot, lambda: time.sleep(1.1 * ASLEEP)) == []
    monkeypatch.setattr(watching.os, "getloadavg", lambda: (0.5, 0, 0))
    assert watching.queue() == 1
    assert passes(watch, qtbot, lambda: time.sleep(1.1 * ASLEEP))


def test_the_program_keeps_its_own_out_of_the_collectors_reach(qtbot, dressed, tmp_path, monkeypatch):
    """A full collection over all that a program with a window holds takes longer than a pass may."""
    frozen = []
    monkeypatch.setattr(app, "STARTED", 0)
    monkeypatch.setattr(app.gc, "freeze", lambda: frozen.append(1))
    desk = app.Desk(QApplication.instance(), tmp_path, None)
    desk.show_office(fakes.township())
    qtbot.waitUntil(lambda: bool(frozen) and not desk.session.is_busy)
    desk.close()
    desk.window.close()
    desk.window.deleteLater()
    desk.deleteLater()


# ------------------------------------------------------------------------------------- 20,000 records


@pytest.fixture(scope="module")
def homes(big_homes):
    with big.copied(big_homes) as folder:
        yield folder


@pytest.fixture
def town(homes, desk):
    office = opening.open_office(homes / "town")
    one = desk(office)
    yield one
    one.session.close()
    office.close()


def test_a_long_list_opens_scrolls_and_sorts(town, qtbot):
    page = town.open("problem")
    assert page.model.rowCount() == big.RECORDS
    bar = page.view.verticalScrollBar()
    for part in (0.1, 0.5, 0.9, 1.0, 0.0):
        town.do(lambda p=part: bar.setValue(int(bar.maximum() * p)))
        top = page.view.rowAt(4)
        assert page.model.line(top) is not None, "what is looked at is there when the window rests"
    for _ in range(10):
        qtbot.keyClick(page.view, Qt.Key.Key_PageDown)
    qtbot.keyClick(page.view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    town.settle()
    assert page.view.currentIndex().row() == big.RECORDS - 1
    sortable = [at for at, one in enumerate(page.model.columns) if one.sort]
    for section in sortable:
        town.do(lambda s=section: page.view.headings.sectionClicked.emit(s))
    assert page.model.rowCount() == big.RECORDS


def test_all_rows_can_be_chosen(town):
    page = town.open("problem")
    town.do(page.view.selectAll)
    town.do(page.view.clearSelection)
    flags = QItemSelectionModel.SelectionFlag
    middle = page.model.index(big.RECORDS // 2, 0)
    town.do(lambda: page.view.selectionModel().setCurrentIndex(middle, flags.ClearAndSelect | flags.Rows))


def test_typing_searches_a_long_list(town, qtbot):
    page = town.open("problem")
    page.search.setFocus()
    for key in "fqcl":
        qtbot.keyClick(page.search, key)
        qtbot.wait(20)
    qtbot.waitUntil(lambda: 0 < page.model.rowCount() < big.RECORDS)
    qtbot.keyClicks(page.search, "x" * 20)
    qtbot.waitUntil(lambda: page.model.rowCount() == 0)
    town.do(page.search.clear)
    qtbot.waitUntil(lambda: page.model.rowCount() == big.RECORDS)
    town.settle()


def test_the_first_page_counts_everything(town):
    town.start()
    assert town.session.overview.total == big.RECORDS
    town.do(town.session.look)
    town.open("problem")
    town.open("overview")


def test_a_record_with_a_thousand_changes_opens(town):
    (row,) = town.office.records.ids(Query("problem", words=big.LONG))
    (line,) = town.office.records.lines("problem", [row])
    assert len(town.office.records.history("problem", line.id)) > big.CHANGES
    page = town.open("problem/record", id=line.id)
    assert page.title.startswith(big.LONG)


def test_a_record_of_a_long_list_opens_with_its_neighbours(town):
    page = town.open("problem")
    town.do(lambda: page.view.verticalScrollBar().setValue(100))
    town.do(lambda: page.view.opened.emit(101))
    record = town.window.page
    assert record is not page
    town.do(record._go_back)
    assert town.window.page is page


def test_every_page_opens_over_many_records(town):
    from gui.main_window import PAGES

    for key in PAGES:
        if "/" not in key:
            town.open(key)


def test_the_list_is_used_while_a_package_is_written_and_a_workbook_too(town, qtbot, tmp_path):
    """Reading goes on beside long work, and the window answers although another thread works hard."""
    page = town.open("problem")
    from gui.jobs import Job, Kind

    records = town.office.records
    job = Job(
        lambda progress: records.export("problem", tmp_path / "台账.xlsx", progress), town.session.jobs, Kind.LONG
    )
    ended = []
    job.ended.connect(lambda: ended.append(1))
    town.session.jobs.start(job)
    bar = page.view.verticalScrollBar()
    for part in range(10):
        bar.setValue(bar.maximum() * part // 10)
        top = page.view.rowAt(4)
        qtbot.waitUntil(lambda at=top: page.model.line(at) is not None)
    assert not ended, "the list was here before the workbook was done"
    job.cancel()
    town.settle()
    assert ended
