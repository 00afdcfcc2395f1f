"""The preview beside a list in a wide window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from gui.panels.records.peek import PAUSE
from tests.gui import fakes


@pytest.fixture
def wide(desk, qtbot):
    one = desk()
    one.window.resize(1920, 1000)
    one.start()
    page = one.open("problem")
    qtbot.wait(PAUSE + 50)
    one.settle()
    return one, page


def test_a_wide_window_shows_the_record_beside_the_list(wide, qtbot):
    _, page = wide
    peek = page.list.peek
    assert peek.isVisible()
    assert abs(peek.width() - 420) <= 2
    assert peek.title.text() == fakes.TITLES[0]
    assert peek.light.accessibleName() == "红灯：逾期 8 天"
    from PySide6.QtWidgets import QLabel

    said = [label.text() for label in peek.findChildren(QLabel) if label.isVisible()]
    assert {"现在请您做", "措施 2 / 4", "10月调度"} <= set(said)
    assert peek.fill.isVisible()


def test_a_usual_window_has_none(desk):
    one = desk()
    page = one.open("problem")
    assert page.list.peek is None
    one.window.resize(1600, 900)
    one.settle()
    assert page.list.peek.isVisible()
    one.window.resize(1366, 768)
    one.settle()
    assert page.list.peek.isHidden()


def test_running_through_the_list_reads_only_where_it_stops(wide, qtbot, monkeypatch):
    one, page = wide
    read = []
    show = one.office.records.show
    monkeypatch.setattr(one.office.records, "show", lambda table, id: read.append(id) or show(table, id))
    for _ in range(6):
        qtbot.keyClick(page.view, Qt.Key.Key_Down)
    assert page.list.peek.title.text() == fakes.TITLES[6], "what the list knows is shown at once"
    qtbot.wait(PAUSE + 50)
    one.settle()
    assert read == [f"{6:032x}"]
    page.view.verticalScrollBar().setValue(3)
    qtbot.wait(PAUSE + 50)
    one.settle()
    assert len(read) == 1, "nothing changed: it is not read again"
    one.do(page.refresh)
    qtbot.wait(PAUSE + 50)
    one.settle()
    assert len(read) == 2, "something may have"


def test_the_preview_leads_to_the_record_and_to_its_dispatch(wide, qtbot):
    one, page = wide
    qtbot.keyClick(page.view, Qt.Key.Key_Down)
    places = []
    page.left_for.connect(places.append)
    qtbot.mouseClick(page.list.peek.open, Qt.MouseButton.LeftButton)
    one.settle()
    one.window.page.back.click()
    one.settle()
    qtbot.mouseClick(page.list.peek.fill, Qt.MouseButton.LeftButton)
    one.settle()
    assert [(place.page, place.id, place.at, place.tab) for place in places] == [
        ("problem/record", f"{1:032x}", 1, ""),
        ("problem/record", f"{1:032x}", 1, "dispatch"),
    ]


def test_the_width_of_the_preview_is_remembered(desk, tmp_path):
    one = desk(home=tmp_path)
    one.window.resize(1920, 1000)
    page = one.open("problem")
    page.list.setSizes([1200, 536])
    page.list.splitterMoved.emit(1200, 1)
    one.session.keep_settings()
    again = desk(home=tmp_path)
    again.window.resize(1920, 1000)
    assert abs(again.open("problem").list.peek.width() - 536) <= 2


def test_a_list_without_lines_has_nothing_beside_it(wide):
    one, page = wide
    page.search.setText("没有这样的")
    page.search.returnPressed.emit()
    one.settle()
    assert page.list.peek.isHidden()
