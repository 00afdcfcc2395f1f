"""The table of keys: every key in it does what it says, and nothing says a key that is not in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QKeySequence, QMouseEvent, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui import keys
from gui.dialogs.adding import Adding
from gui.dialogs.paper import Paper
from gui.keys import KEYS
from gui.navigation import NUMBERED
from gui.places import Place
from models.domain import words
from tests.gui import fakes, record_states
from tests.gui.fake_queue import waiting

ROOT = Path(__file__).parents[2]
CTRL, ALT, NONE = (
    Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier,
)  # fmt: skip
RECORD = Place("problem/record", id=f"{1:032x}", rows=(0, 1, 2), at=1)


class Hands:
    """A window, and somebody who types."""

    def __init__(self, desk, qtbot, office=None):
        self.desk, self.one, self.qtbot = desk, desk(office), qtbot
        self.one.start()

    @property
    def page(self):
        return self.one.window.page

    @property
    def focus(self):
        return self.one.window.focusWidget()

    def press(self, key, modifier=NONE):
        self.one.window.activateWindow()
        self.qtbot.waitUntil(self.one.window.isActiveWindow)
        self.qtbot.keyClick(self.focus or self.one.window, key, modifier)
        self.qtbot.wait(20)
        self.one.settle()

    def go(self, place):
        return self.one.go(Place(place) if isinstance(place, str) else place)


@pytest.fixture
def hands(desk, qtbot):
    return Hands(desk, qtbot)


def pages(hands):
    for number, entry in enumerate(NUMBERED, 1):
        hands.press(Qt.Key(Qt.Key.Key_0 + number % 10), CTRL)
        assert hands.one.window.navigation.buttons[entry.key].isChecked(), entry.key


def find(hands):
    hands.go(RECORD)
    hands.press(Qt.Key.Key_K, CTRL)
    assert hands.page.title == "查找"
    assert hands.focus is hands.page.search


def seek(hands):
    for place in ("overview", "problem", "petition", "search", "help"):
        page = hands.go(place)
        hands.press(Qt.Key.Key_F, CTRL)
        assert hands.focus is page.search, place


def new(hands):
    for place, title in (("problem", "新增问题"), ("petition", "新增信访件")):
        hands.go(place)
        hands.press(Qt.Key.Key_N, CTRL)
        assert hands.page.title == title


def save(hands):
    hands.go("problem")
    assert hands.one.window.status.saved.text() == "数据都在本机"
    hands.press(Qt.Key.Key_S, CTRL)
    assert hands.one.window.status.saved.text().startswith("已保存")


def export(hands):
    hands.press(Qt.Key.Key_E, CTRL)
    assert hands.page.title == "数据交换"
    assert hands.page.tabs.current == "write"


def back(hands):
    hands.go("petition")
    hands.go(RECORD)
    hands.press(Qt.Key.Key_Left, ALT)
    assert hands.page.title == "信访件"
    hands.press(Qt.Key.Key_Back)
    assert hands.page.title == "总览"


def help_(hands):
    from gui import manual

    for place in ("overview", "problem", RECORD, Place("problem/excel"), "settings", "search"):
        hands.go(place)
        key = place if isinstance(place, str) else place.page
        hands.press(Qt.Key.Key_F1)
        assert hands.page.title == "帮助"
        assert hands.page.chapter == manual.chapter_of(key, county=False), key


def refresh(hands):
    hands.go("problem")
    asked = len(hands.one.office.records.queries)
    hands.press(Qt.Key.Key_F5)
    assert len(hands.one.office.records.queries) > asked


def tab(hands):
    hands.go("problem")
    seen = set()
    for _ in range(60):
        seen.add(hands.focus)
        hands.press(Qt.Key.Key_Tab)
    page = hands.page
    assert {page.search, page.view, page.new, hands.one.window.navigation.buttons["overview"]} <= seen
    before = hands.focus
    hands.press(Qt.Key.Key_Tab)
    hands.press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert hands.focus is before


def escape(hands):
    page = hands.go("problem")
    page.seek()
    page.search.setText("拆")
    hands.press(Qt.Key.Key_Escape)
    assert page.search.text() == ""
    hands.go(RECORD)
    hands.press(Qt.Key.Key_Escape)
    assert hands.page.title == "督察整改"


def rows(hands):
    page = hands.go("problem")
    page.view.setFocus()
    page.view.setCurrentIndex(page.model.index(0, 1))
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Up)
    assert page.view.currentIndex().row() == 1


def open_row(hands):
    rows(hands)
    hands.press(Qt.Key.Key_Return)
    assert hands.page.title == fakes.TITLES[1]


def tick(hands):
    rows(hands)
    page = hands.page
    hands.press(Qt.Key.Key_Space)
    assert len(page.ticks) == 1
    hands.press(Qt.Key.Key_Space)
    assert len(page.ticks) == 0


def tick_all(hands):
    rows(hands)
    hands.press(Qt.Key.Key_A, CTRL)
    assert len(hands.page.ticks) == 22


def copy(hands):
    rows(hands)
    hands.press(Qt.Key.Key_C, CTRL)
    assert fakes.TITLES[1][:8] in QApplication.clipboard().text()


def type_ahead(hands):
    rows(hands)
    hands.press(Qt.Key.Key_B)
    assert hands.focus is hands.page.search
    assert hands.page.search.text() == "b"


def results(hands):
    page = hands.go(Place("search", words="污水"))
    hands.press(Qt.Key.Key_Down)
    assert hands.focus is page.search
    assert page.results.currentIndex().row() == 2


def open_result(hands):
    results(hands)
    page = hands.page
    hands.press(Qt.Key.Key_Return)
    assert hands.page is not page
    hands.press(Qt.Key.Key_Left, ALT)
    assert hands.page is page


def neighbours(hands):
    hands.go(RECORD)
    hands.press(Qt.Key.Key_PageDown)
    assert hands.page.title == fakes.TITLES[2]
    hands.press(Qt.Key.Key_PageUp)
    assert hands.page.title == fakes.TITLES[1]


def edit(hands):
    page = hands.go(RECORD)
    hands.press(Qt.Key.Key_F2)
    assert page.form is not None


def paste(hands):
    hands.go(RECORD)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/手机/1.jpg")])
    QGuiApplication.clipboard().setMimeData(data)
    hands.press(Qt.Key.Key_V, CTRL)
    assert [what[0] for what in hands.one.office.evidence.asked] == ["add"]


def large(hands):
    """The large view over the first photo."""
    hands.one.office.records.evidence = record_states.exhibits()
    page = hands.go(RECORD)
    hands.one.settle()
    card = page.story.exhibits
    card.choose(card.entries[0]["id"])
    card.large.click()
    hands.one.settle()
    return page.photos.viewer


def leaf_photos(hands):
    viewer = large(hands)
    QTest.keyClick(viewer, Qt.Key.Key_Right)
    assert viewer.at == 1
    QTest.keyClick(viewer, Qt.Key.Key_Left)
    assert viewer.at == 0
    viewer.reject()


def close_photos(hands):
    viewer = large(hands)
    QTest.keyClick(viewer, Qt.Key.Key_Escape)
    assert not viewer.isVisible()


def form_escape(hands):
    edit(hands)
    hands.press(Qt.Key.Key_Escape)
    assert hands.page.form is None


def form_save(hands):
    from PySide6.QtWidgets import QLineEdit

    edit(hands)
    page = hands.page
    field = next(one for one in page.form.findChildren(QLineEdit) if one.text() == fakes.PEOPLE[1])
    field.setText("周海平")
    hands.press(Qt.Key.Key_S, CTRL)
    assert ("edit", "problem", RECORD.id, {"person": "周海平"}) in hands.one.office.records.written
    assert hands.page is page


def last_month(hands):
    page = hands.go(Place("problem/record", id=RECORD.id, rows=(0, 1, 2), at=1, tab="dispatch"))
    from PySide6.QtWidgets import QPlainTextEdit

    fields = [one for one in page.findChildren(QPlainTextEdit) if one.isVisible()]
    fields[0].setFocus()
    hands.press(Qt.Key.Key_D, CTRL)
    assert any("油污土壤" in one.toPlainText() or "业主" in one.toPlainText() for one in fields)


def drop_down(hands):
    from PySide6.QtWidgets import QComboBox

    page = hands.go(RECORD)
    hands.press(Qt.Key.Key_F2)
    box = next((one for one in page.form.findChildren(QComboBox) if one.isVisible() and one.count()), None)
    if box is None:
        pytest.skip("no field with choices in this form")
    box.setFocus()
    hands.press(Qt.Key.Key_Down, ALT)
    assert box.view().isVisible() or QApplication.activePopupWidget() is not None
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.hide()


def lock(hands):
    asked = []
    hands.one.session.locking.connect(lambda: asked.append(True))
    hands.press(Qt.Key.Key_L, CTRL)
    assert asked == [True]


def grid_of(hands):
    return hands.go(Place("month", view="missing")).filling.grid


def cells(hands):
    grid = grid_of(hands)
    hands.press(Qt.Key.Key_Tab)
    hands.press(Qt.Key.Key_Return)
    assert grid.currentIndex().column() == 5
    hands.press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    hands.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert grid.currentIndex().column() == 3


def pace_by_number(hands):
    grid = grid_of(hands)
    hands.press(Qt.Key.Key_6)
    assert grid.table.typed.value(grid.table.line(0), "pace") == "closed"


def next_empty(hands):
    grid = grid_of(hands)
    hands.press(Qt.Key.Key_1)
    hands.press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    hands.press(Qt.Key.Key_Down, CTRL)
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (0, 4)


def last_month_cell(hands):
    grid = grid_of(hands)
    hands.press(Qt.Key.Key_D, CTRL)
    assert list(grid.table.typed.values.values()) == [{"pace": "not_started"}]


def last_month_row(hands):
    grid = grid_of(hands)
    hands.press(Qt.Key.Key_F6)
    assert len(grid.table.typed.values[grid.table.line(0).id]) == 4


def paste_cells(hands):
    grid = grid_of(hands)
    QGuiApplication.clipboard().setText("1\n2\n3")
    hands.press(Qt.Key.Key_V, CTRL)
    assert [grid.table.text(grid.table.line(row), 3) for row in range(3)] == list(words.PACE.values())[:3]


def undo_cells(hands):
    paste_cells(hands)
    typed = hands.page.filling.grid.table.typed
    hands.press(Qt.Key.Key_Z, CTRL)
    assert typed.cells == 0
    hands.press(Qt.Key.Key_Y, CTRL)
    assert typed.cells == 3


def long_text(hands):
    grid = grid_of(hands)
    hands.press(Qt.Key.Key_Tab)
    hands.press(Qt.Key.Key_F2)
    assert hands.focus is hands.page.filling.below.text
    hands.press(Qt.Key.Key_Escape)
    assert hands.focus is grid


def zero_row(hands):
    grid = grid_of(hands)
    hands.press(Qt.Key.Key_F7)
    assert list(grid.table.typed.values.values()) == [{"zero": "true"}]
    hands.press(Qt.Key.Key_F7)
    assert grid.table.typed.cells == 0


def zero_rest(hands):
    grid = grid_of(hands)
    hands.press(Qt.Key.Key_1)
    hands.press(Qt.Key.Key_F8)
    assert grid.table.typed.cells == grid.table.rowCount()


def judging(hands):
    hands.one.close()
    hands.one = hands.desk(fakes.county())
    hands.one.start()
    return hands.go(Place("month", view="judge")).judging


def deciding(hands):
    hands.one.close()
    hands.one = hands.desk(waiting(fakes.county(), verb="close", stage="closing"))
    hands.one.start()
    return hands.go(Place("deciding")).deciding


def leaf_decisions(hands):
    panel = deciding(hands)
    hands.press(Qt.Key.Key_PageDown)
    assert panel.place.text() == "第 2 件，共 5 件"
    hands.press(Qt.Key.Key_PageUp)
    assert panel.place.text() == "第 1 件，共 5 件"


def agree(hands):
    panel = deciding(hands)
    hands.press(Qt.Key.Key_PageDown)  # a request asks for nothing more
    hands.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert hands.one.office.requests.answered[0][2] == {"decision": "approved"}
    assert panel.place.text() == "第 3 件，共 5 件", "the next one; the queue of the fake is as it was"


def accept(hands):
    panel = judging(hands)
    first = panel.line.id
    hands.press(Qt.Key.Key_Return)
    assert hands.one.office.months.calls == [("judge", "2026-11", (first,), "accepted", "")]


def leaf(hands):
    panel = judging(hands)
    first = panel.line
    hands.press(Qt.Key.Key_PageDown)
    assert panel.line is not first
    hands.press(Qt.Key.Key_PageUp)
    assert panel.line is first


def leaf_lookbacks(hands):
    panel = hands.go(Place("lookback")).filling
    first = panel.line
    hands.press(Qt.Key.Key_PageDown)
    assert panel.line is not first
    hands.press(Qt.Key.Key_PageUp)
    assert panel.line is first


def turn_months(hands):
    page = hands.go(Place("overview/calendar"))
    before = page.month.text()
    hands.press(Qt.Key.Key_PageDown)
    assert page.month.text() != before
    hands.press(Qt.Key.Key_PageUp)
    assert page.month.text() == before


def back_to_today(hands):
    page = hands.go(Place("overview/calendar"))
    hands.press(Qt.Key.Key_Right)
    hands.press(Qt.Key.Key_Home)
    assert page.sheet.day.day == page.sheet.sheet.diary.today


def into_the_day(hands):
    page = hands.go(Place("overview/calendar"))
    hands.press(Qt.Key.Key_Return)
    assert hands.focus is page.days.view


def zero_report(hands):
    part = hands.go(Place("inspection")).part
    hands.press(Qt.Key.Key_F7)
    assert hands.one.office.inspections.calls[0][0] == "zero"
    assert part.notice.isVisible()


def filling_in(hands):
    filling = hands.go(Place("inspection/record", id=f"{1:032x}")).filling
    filling._go_to(0)
    return filling


def answers(hands):
    filling = filling_in(hands)
    for key in (Qt.Key.Key_3, Qt.Key.Key_2, Qt.Key.Key_1):
        hands.press(key)
    assert [filling.answers.value(row, "answer") for row in range(3)] == ["na", "no", "yes"]
    assert filling.grid.row == 3


def next_unanswered(hands):
    filling = filling_in(hands)
    hands.press(Qt.Key.Key_Return)
    assert filling.grid.row == filling.answers.next_open(0) > 1


def note(hands):
    filling = filling_in(hands)
    hands.press(Qt.Key.Key_2)
    hands.press(Qt.Key.Key_F2)
    assert hands.focus is filling.finding.note
    hands.press(Qt.Key.Key_Return)
    assert hands.focus is filling.grid


# fmt: off
# key, where → what shows that it does what it says
PROOFS = {
    ("Ctrl+1…9、0", keys.EVERYWHERE): pages, ("Ctrl+K", keys.EVERYWHERE): find, ("Ctrl+F", keys.ON_A_PAGE): seek,
    ("Ctrl+N", keys.ON_A_PAGE): new, ("Ctrl+S", keys.EVERYWHERE): save, ("Ctrl+E", keys.EVERYWHERE): export,
    ("Alt+←", keys.EVERYWHERE): back, ("Ctrl+L", keys.EVERYWHERE): lock,
    ("F1", keys.EVERYWHERE): help_, ("F5", keys.EVERYWHERE): refresh,
    ("Tab", keys.EVERYWHERE): tab, ("Esc", keys.EVERYWHERE): escape, ("↑ ↓", keys.IN_A_LIST): rows,
    ("Enter", keys.IN_A_LIST): open_row, ("空格", keys.IN_A_LIST): tick, ("Ctrl+A", keys.IN_A_LIST): tick_all,
    ("Ctrl+C", keys.IN_A_LIST): copy, ("直接打字", keys.IN_A_LIST): type_ahead, ("↑ ↓", keys.IN_RESULTS): results,
    ("Enter", keys.IN_RESULTS): open_result, ("PgUp / PgDn", keys.ON_A_RECORD): neighbours,
    ("F2", keys.ON_A_RECORD): edit, ("Ctrl+V", keys.ON_A_RECORD): paste,
    ("← →", keys.LARGE): leaf_photos, ("Esc", keys.LARGE): close_photos,
    ("Ctrl+S", keys.IN_A_FORM): form_save, ("Esc", keys.IN_A_FORM): form_escape,
    ("Ctrl+D", keys.IN_A_DISPATCH): last_month, ("Alt+↓", keys.IN_FIELDS): drop_down,
    ("Tab / Enter", keys.IN_A_MONTH): cells, ("1…6", keys.IN_A_MONTH): pace_by_number,
    ("Ctrl+↓", keys.IN_A_MONTH): next_empty, ("Ctrl+D", keys.IN_A_MONTH): last_month_cell,
    ("F6", keys.IN_A_MONTH): last_month_row, ("Ctrl+V", keys.IN_A_MONTH): paste_cells,
    ("Ctrl+Z / Ctrl+Y", keys.IN_A_MONTH): undo_cells, ("F2", keys.IN_A_MONTH): long_text,
    ("F7", keys.IN_INSPECTIONS): zero_report, ("1 / 2 / 3", keys.FILLING_IN): answers,
    ("Enter", keys.FILLING_IN): next_unanswered, ("F2", keys.FILLING_IN): note,
    ("PgUp / PgDn", keys.IN_A_CALENDAR): turn_months, ("Home", keys.IN_A_CALENDAR): back_to_today,
    ("Enter", keys.IN_A_CALENDAR): into_the_day,
    ("F7", keys.IN_A_MONTH): zero_row, ("F8", keys.IN_A_MONTH): zero_rest, ("Enter", keys.JUDGING): accept,
    ("PgUp / PgDn", keys.JUDGING): leaf, ("PgUp / PgDn", keys.LOOKING): leaf_lookbacks,
    ("PgUp / PgDn", keys.DECIDING): leaf_decisions, ("Ctrl+S", keys.DECIDING): agree,
}
# fmt: on


def test_the_table_and_the_proofs_name_the_same_keys():
    named = [(one.keys, one.where) for one in KEYS]
    assert len(set(named)) == len(named)
    assert set(named) == set(PROOFS)


@pytest.mark.parametrize(("key", "where"), PROOFS, ids=lambda part: part)
def test_every_key_does_what_it_says(hands, key, where, monkeypatch):
    for dialog in (Adding, Paper):
        monkeypatch.setattr(dialog, "exec", lambda self: self.accept() or self.result())
    PROOFS[key, where](hands)


def test_the_window_binds_every_key_of_the_table_and_no_other(desk):
    one = desk()
    bound = sorted(
        shortcut.key().toString() for shortcut in one.window.findChildren(QShortcut) if shortcut.parent() is one.window
    )
    assert bound == sorted(QKeySequence(press).toString() for key in KEYS for press in key.presses)
    assert len(set(bound)) == len(bound)


def test_no_word_on_the_screen_names_a_key_that_is_not_in_the_table():
    known = {part for one in KEYS for part in re.split(r"[ /]+", one.keys)} | {f"Ctrl+{n}" for n in range(10)}
    for file in (ROOT / "gui").rglob("*.py"):
        for found in re.findall(r"\b(?:Ctrl|Alt|Shift)\+[A-Z0-9←↓]\w*", file.read_text(encoding="utf-8")):
            assert found in known | {"Shift+Tab", "Alt+Left"}, (file.name, found)


def test_the_back_button_of_the_mouse_goes_back(hands):
    hands.go("petition")
    hands.go("problem")
    handle = hands.one.window.windowHandle()
    at = QPointF(300, 300)
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
        event = QMouseEvent(kind, at, at, Qt.MouseButton.BackButton, Qt.MouseButton.BackButton, NONE)
        QApplication.sendEvent(handle, event)
    hands.one.settle()
    assert hands.page.title == "信访件"


def test_words_and_keys_are_in_chinese():
    for one in KEYS:
        assert re.search("[一-鿿]", one.deed)
        assert re.search("[一-鿿]", one.where)
    assert keys.tip("查找", "seek") == "查找（Ctrl+F）"
    assert words.TABLE["unit"] in keys.of("find").deed
