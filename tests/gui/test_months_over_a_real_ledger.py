"""A clerk fills in a whole month over a real ledger, and never touches the mouse; the county judges it so too."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication

from gui.panels.months.table import NEXT, PACE, PROGRESS
from gui.panels.overview import awaits, day_list
from models.services import opening
from tests.offices import quick_folder

CTRL, SHIFT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)
K = Qt.Key


class Clerk:
    """Only keys, and what they led to."""

    def __init__(self, one, qtbot):
        self.one, self.qtbot = one, qtbot

    @property
    def page(self):
        return self.one.window.page

    @property
    def grid(self):
        return self.page.filling.grid

    def press(self, key, modifier=NONE, times=1):
        for _ in range(times):
            self.qtbot.keyClick(QApplication.focusWidget() or self.one.window, key, modifier)
            self.qtbot.wait(1)

    def type(self, text):
        for sign in text:  # the first one opens the cell, the others go there
            self.qtbot.keyClicks(QApplication.focusWidget(), sign)
        self.qtbot.wait(1)

    def save(self):
        self.press(K.Key_S, CTRL)
        self.one.settle()


@pytest.fixture
def home():
    with quick_folder() as folder:
        office = opening.set_up(folder / "county", "county", "临江县环委办", "361021")
        yield office, folder / "county"
        office.close()


@pytest.fixture
def clerk(desk, qtbot, home):
    office, folder = home
    for number in range(40):
        office.records.add("problem", {"description": f"问题{number:02}", "deadline": f"2099-01-{number % 28 + 1:02}"})
    one = desk(office, folder)
    one.start()
    made = Clerk(one, qtbot)
    made.press(K.Key_6, CTRL)
    one.settle()
    return made


def entries(home, month):
    return {one.title: one.now for one in home[0].months.sheet(month).lines}


def test_a_month_of_forty_problems_by_keyboard_alone(clerk, home):
    page = clerk.page
    page._choose("")
    clerk.one.settle()
    month = page._month
    grid = clerk.grid
    assert QApplication.focusWidget() is grid
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (0, PACE)

    # One row, cell after cell: the pace by its number, a text, Enter and Tab lead on.
    first = grid.current()[0].title
    clerk.press(K.Key_3)
    assert grid.currentIndex().column() == PROGRESS
    clerk.type("jinchang")
    clerk.press(K.Key_Return)
    clerk.type("wu")
    clerk.press(K.Key_Tab)
    clerk.type("x")
    clerk.press(K.Key_Tab)
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (1, PACE)

    # A pace by the first letter of its sound, the next one by the same letter; a step back, and forth.
    second = grid.current()[0]
    clerk.press(K.Key_W)
    clerk.press(K.Key_W)
    assert grid.table.typed.value(second, "pace") == "completed"
    clerk.press(K.Key_Z, CTRL)
    assert grid.table.typed.value(second, "pace") == "behind"
    clerk.press(K.Key_Y, CTRL)
    clerk.press(K.Key_Z, CTRL)

    # A block from a workbook: a cell of two lines, and one that is no pace.
    QGuiApplication.clipboard().setText('2\t"清运\n30 吨"\t\t验收\n飞快\t围挡\n达到序时进度\t完工\n')
    clerk.press(K.Key_V, CTRL)
    assert grid.table.typed.value(second, "progress") == "清运\n30 吨"
    odd = grid.table.line(2)
    assert "飞快" in grid.table.typed.fault(odd, "pace")
    whole = {first, second.title, grid.table.line(3).title}
    clerk.save()
    assert {title for title, entry in entries(home, month).items() if entry} == whole
    assert "另有 1 个没填完" in page.notice.way_out.text()
    assert [one.values for one in page.session.drafts.all()] == [
        {f"{odd.id} pace": "飞快", f"{odd.id} progress": "围挡"}
    ]

    # To what is still empty, the rest in one key, and all of it in one transaction.
    clerk.press(K.Key_Down)
    clerk.press(K.Key_4)  # over the pace that nobody understood
    clerk.press(K.Key_Down, CTRL)
    assert grid.currentIndex().column() in (PACE, PROGRESS)
    clerk.press(K.Key_F8)
    clerk.save()
    told = entries(home, month)
    assert sum(1 for entry in told.values() if entry and entry.zero) >= 35
    assert told[first][:4] == ("on_schedule", "jinchang", "wu", "x")
    assert page.filling.count.text() == "应报 40\u2003已报 40\u2003还差 0"
    assert (page.header.quiet.accessibleName(), page.filling.zero.isEnabled()) == ("都填好了", False)

    # Next month takes over what stands in this one: a cell, a row, with one key.
    page.month.setFocus()
    clerk.press(K.Key_Up)
    clerk.one.settle()
    grid.setFocus()
    assert page._month > month
    row = grid.table.row_of(next(one.id for one in page._sheet.lines if one.title == first))
    grid.stand(row, PROGRESS)
    clerk.press(K.Key_D, CTRL)
    assert grid.table.typed.value(grid.table.line(row), "progress") == "jinchang"
    clerk.press(K.Key_F6)
    assert grid.table.typed.value(grid.table.line(row), "pace") == "on_schedule"
    clerk.press(K.Key_F2)
    assert QApplication.focusWidget() is page.filling.below.text
    clerk.type("!")
    clerk.press(K.Key_Escape)
    assert QApplication.focusWidget() is grid
    clerk.save()
    saved = entries(home, page._month)[first]
    assert saved[:4] == ("on_schedule", "jinchang!", "wu", "x")
    assert not page.is_dirty
    assert page.session.drafts.all() == ()


def test_what_was_typed_is_there_again_after_a_crash(clerk, desk, home):
    page = clerk.page
    page._choose("")
    clerk.one.settle()
    clerk.press(K.Key_3)
    clerk.type("ban")  # the cell is still open
    page.filling.drafts.now()
    drafts = clerk.one.session.drafts
    drafts._thread.submit(lambda: None).result()
    again = desk(home[0], home[1])
    again.start()
    other = again.open("month", view="")
    line = other._sheet.lines[0]
    assert (other.filling.table.typed.value(line, "pace"), other.filling.table.typed.value(line, "progress")) == (
        "on_schedule",
        "ban",
    )
    assert "带回来" in other.notice.message.text()
    other.drop()
    assert not other.is_dirty


def test_the_county_judges_with_one_key_after_the_other(clerk, home):
    office, _ = home
    page = clerk.page
    month = page._month
    lines = office.months.sheet(month).lines
    office.months.save(month, {one.id: {"pace": "ahead", "progress": "好"} for one in lines[:4]})
    page.refresh()
    clerk.one.settle()
    page._choose("judge")
    clerk.one.settle()
    judging = page.judging
    first, second, third, fourth = [one.id for one in judging._turn.queue]
    clerk.press(K.Key_Return)
    clerk.one.settle()
    clerk.press(K.Key_PageDown)
    assert judging.line.id == third
    clerk.press(K.Key_PageUp)
    judging.opinion.setFocus()
    clerk.press(K.Key_Return)
    assert judging.notice.kind == "warning"
    clerk.type("qing bu shuju")
    clerk.press(K.Key_Return)
    clerk.one.settle()
    judging.same.click()
    clerk.one.settle()
    states = {one.id: one.state for one in office.months.sheet(month).lines}
    assert [states[one] for one in (first, second, third, fourth)] == ["accepted", "returned", "accepted", "accepted"]
    assert judging.line is None
    assert judging.empty.isVisible()


def test_a_cell_of_the_matrix_opens_the_list_behind_it(clerk, home):
    page = clerk.page
    assert page._view == "units"
    units = page.units
    assert "还没报齐" in units.said.text()
    units._open_cell(units._model.index(0, 4))
    clerk.one.settle()
    assert (page._view, page.filling.table.rowCount()) == ("missing", 40)
    units.copy.click()
    clerk.grid.stand(0, NEXT)
    clerk.press(K.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == ""


def test_what_waits_is_of_this_month_whichever_was_looked_at_last(clerk):
    page = clerk.page
    now = page._month
    page.month.setCurrentIndex(3)
    page._choose_month(3)
    page._unit = "361021101"
    assert page._month != now
    for place in (awaits.WAYS["unjudged"].place, day_list.PLACES["month"]):
        page._choose_month(3)
        clerk.one.go(place)
        assert (page._month, page.month.currentData(), page._unit, page._view) == (now, now, "", place.view)


def test_words_that_an_input_method_gives_at_once_go_into_the_cell(desk):
    grid = desk().open("month").filling.grid
    grid.stand(0, PROGRESS)
    words = QInputMethodEvent()
    words.setCommitString("已清运")
    QApplication.sendEvent(grid, words)
    grid.cells.take()
    assert grid.table.index(0, PROGRESS).data() == "已清运"


def test_where_all_is_saved_the_button_leads_on_to_the_package(desk):
    one = desk()
    page = one.open("month")
    filling = page.filling
    filling.grid.table.put([(row, column, text) for row in range(filling.grid.table.rowCount())
                            for column, text in ((PACE, "3"), (PROGRESS, "已清运"))])  # fmt: skip
    filling.keep.click()
    one.settle()
    assert filling.keep.text() == "去写数据包"
    filling.keep.click()
    one.settle()
    assert one.window.page.tabs.current == "write"
