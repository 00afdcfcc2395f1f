from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QAbstractItemModelTester

from gui.tables.columns import LISTS, PETITIONS, PROBLEMS
from gui.tables.paged import BLOCK, KEPT, WAITING, LineRole, PagedTable
from gui.tables.plain import PlainTable
from gui.tables.ticks import Ticks
from gui.tables.view import LineView
from tests.gui.fakes import line

TITLE = [one.key for one in PROBLEMS].index("title")
pytestmark = pytest.mark.usefixtures("dressed")


def answer(table):
    """Answer what the table asks at once."""
    table.wanted.connect(lambda rows: table.take(rows, [line(row) for row in rows]))


def test_a_list_keeps_the_laws_of_a_model():
    ticks = Ticks()
    table = PagedTable(PROBLEMS, None, ticks)
    tester = QAbstractItemModelTester(table, QAbstractItemModelTester.FailureReportingMode.Fatal)
    answer(table)
    table.show(range(300))
    ticks.put(range(0, 600, 3))
    table.index(299, TITLE).data()
    table._ask()  # not in the event loop: the tester looks at every cell after every signal
    assert table.line(299) is not None
    table.show(range(0, 300, 2))
    table.show(())
    del tester


def test_twenty_thousand_rows_keep_the_laws_of_a_model():
    table = PagedTable(PROBLEMS[TITLE : TITLE + 1])  # the tester looks at every cell after every signal
    tester = QAbstractItemModelTester(table, QAbstractItemModelTester.FailureReportingMode.Fatal)
    answer(table)
    table.show(range(20_000))
    assert table.rowCount() == 20_000
    table.index(9_999, 0).data()
    table._ask()
    assert table.index(9_999, 0).data() == line(9_999).title
    table.show(range(0, 20_000, 2))
    assert table.rowCount() == 10_000
    del tester


def test_only_blocks_that_are_looked_at_are_fetched_and_each_once(qtbot):
    table, asked = PagedTable(PROBLEMS), []
    table.wanted.connect(asked.append)
    table.show(range(20_000))
    for at in range(10_000, 10_020):
        assert table.index(at, TITLE).data() == WAITING
    qtbot.waitUntil(lambda: asked != [])
    first = 10_000 // BLOCK * BLOCK
    assert asked == [tuple(range(first, first + BLOCK))]
    table.index(10_001, TITLE).data()
    qtbot.wait(20)
    assert len(asked) == 1, "what is on its way is not asked for again"


def test_rows_of_a_former_list_do_not_disturb_the_present_one(qtbot):
    table, asked = PagedTable(PROBLEMS), []
    table.wanted.connect(asked.append)
    table.show(range(100))
    table.index(0, TITLE).data()
    qtbot.waitUntil(lambda: asked != [])
    table.show(range(5_000, 5_100))
    table.take(asked[0], [line(row) for row in asked[0]])
    assert table.line(0) is None
    assert table.index(0, TITLE).data() == WAITING
    qtbot.wait(10)


def test_the_same_list_again_shows_its_old_lines_until_new_ones_come(qtbot):
    table = PagedTable(PROBLEMS)
    answer(table)
    table.show(range(100))
    table.index(3, TITLE).data()
    qtbot.waitUntil(lambda: table.line(3) is not None)
    asked = []
    table.wanted.connect(asked.append)
    table.show(range(100))
    assert table.index(3, TITLE).data() == line(3).title
    qtbot.waitUntil(lambda: asked != [])
    assert 3 in asked[0]


def test_memory_is_bounded(qtbot):
    table = PagedTable(PROBLEMS)
    table.show(range(20_000))
    for start in range(0, 20_000, 1000):
        rows = range(start, start + 1000)
        table.take(rows, [line(row) for row in rows])
    assert len(table._lines) == KEPT


@pytest.mark.parametrize("table", ["problem", "petition"])
def test_every_column_says_something_of_every_line(table):
    model = PlainTable(LISTS[table])
    model.show([line(row, table) for row in range(28)])
    for at, column in enumerate(model.columns):
        if column.kind == "tick":
            continue
        said = {model.index(row, at).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(28)}
        assert said != {""}, column.key
        assert None not in said, column.key


def test_no_stored_english_word_reaches_a_list():
    for table, columns in LISTS.items():
        for row in range(28):
            for column in columns:
                said = str(column.text(line(row, table)))
                english = [
                    word for word in ("open", "closed", "behind", "unreported", "true", "staged") if word in said
                ]
                assert column.kind == "light" or not english, (column.key, said)


def test_enter_opens_and_copying_gives_text(qtbot):
    from PySide6.QtGui import QGuiApplication

    view, model = LineView("清单", many=True), PlainTable(PETITIONS)
    qtbot.addWidget(view)
    model.show([line(row, "petition")._replace(title="=1+1\n第二行") for row in range(3)])
    view.show_model(model)
    view.resize(1000, 300)
    view.show()
    opened = []
    view.opened.connect(opened.append)
    view.setFocus()
    view.selectRow(1)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert opened == [1]
    copied = QGuiApplication.clipboard().text()
    assert copied.split("\t")[:2] == [line(1, "petition").number, "=1+1 第二行"]
    assert "\n" not in copied, "one line needs no headings"
    view.setColumnHidden([one.key for one in PETITIONS].index("source"), True)
    view.headings.moveSection(2, 1)
    view.selectAll()
    view.copy()
    copied = [row.split("\t") for row in QGuiApplication.clipboard().text().split("\n")]
    assert copied[0][:3] == ["反映情况", "受理编号", "行政区域"], "as the columns stand, without those not seen"
    assert [row[1] for row in copied[1:]] == [line(row, "petition").number for row in range(3)]


def test_a_heading_sorts_up_and_then_down(qtbot):
    view, model = LineView("清单"), PlainTable(PROBLEMS)
    qtbot.addWidget(view)
    view.show_model(model)
    asked = []
    view.sorted_by.connect(lambda *which: asked.append(which))
    section = [one.key for one in PROBLEMS].index("deadline")
    view.headings.sectionClicked.emit(section)
    view.sort_mark("deadline", descending=False)
    view.headings.sectionClicked.emit(section)
    view.headings.sectionClicked.emit([one.key for one in PROBLEMS].index("exchange"))
    view.sort_mark("deadline", descending=True)
    view.headings.sectionClicked.emit(section)
    view.has_order = True
    view.headings.sectionClicked.emit(section)
    assert asked == [("deadline", False), ("deadline", True), ("deadline", False), ("", False)]


@pytest.fixture
def listed(qtbot):
    """A list on a window, with ticks."""
    ticks = Ticks()
    model = PagedTable(PROBLEMS, None, ticks)
    answer(model)
    view = LineView("清单", many=True, edge=24)
    view.show_model(model)
    view.seeks = True
    qtbot.addWidget(view)
    view.resize(1200, 400)
    view.show()
    view.activateWindow()
    view.setFocus()
    model.show(range(50))
    qtbot.waitUntil(lambda: model.line(5) is not None)
    return view, model, ticks


def middle(view, at, column):
    return view.visualRect(view.model().index(at, column)).center()


def test_a_tick_box_is_pressed_and_let_go_on_the_same_line(qtbot, listed):
    view, *_ = listed
    asked, opened = [], []
    view.ticked.connect(asked.append)
    view.opened.connect(opened.append)
    left = Qt.MouseButton.LeftButton
    qtbot.mouseClick(view.viewport(), left, pos=middle(view, 3, 0))
    qtbot.mousePress(view.viewport(), left, pos=middle(view, 2, 0))
    qtbot.mouseRelease(view.viewport(), left, pos=middle(view, 4, 0))
    qtbot.mouseClick(view.viewport(), left, pos=middle(view, 5, TITLE))
    assert asked == [3]
    qtbot.mouseClick(view.viewport(), left, pos=middle(view, 3, 0))
    qtbot.mouseDClick(view.viewport(), left, pos=middle(view, 3, 0))
    assert opened == [], "a tick box is not a way into the record"
    qtbot.mouseClick(view.viewport(), left, pos=middle(view, 3, TITLE))
    qtbot.mouseDClick(view.viewport(), left, pos=middle(view, 3, TITLE))
    assert opened == [3]


def test_space_ticks_the_line_or_all_that_are_selected(qtbot, listed):
    view, *_ = listed
    one, some = [], []
    view.ticked.connect(one.append)
    view.ticked_some.connect(some.append)
    view.selectRow(4)
    qtbot.keyClick(view, Qt.Key.Key_Space)
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert (one, some) == ([4], [(4, 5, 6)])


def test_letters_are_passed_on_and_keys_are_not(qtbot, listed):
    view, *_ = listed
    typed, all_, left = [], [], []
    view.typed.connect(typed.append)
    view.ticked_all.connect(all_.append)
    view.left.connect(lambda: left.append(1))
    view.selectRow(0)
    for key in ("b", "清", "7", "A", "-"):
        QCoreApplication.sendEvent(view, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, key))
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert typed == ["b", "清", "7", "A", "-"]
    assert (all_, left) == ([False], [1])
    assert view.currentIndex().row() == 1


def test_what_is_ticked_is_said_and_painted(qtbot, listed):
    view, model, ticks = listed
    plain = view.viewport().grab(view.visualRect(model.index(2, TITLE))).toImage()
    ticks.flip([2, 3])
    qtbot.wait(20)
    assert model.index(2, 0).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    assert model.index(2, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "已选"
    assert model.index(4, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "未选"
    assert view.viewport().grab(view.visualRect(model.index(2, TITLE))).toImage() != plain, "a ground of its own"
    ticks.flip([3, 4])
    assert ticks.rows == (2, 3, 4), "not all of them were ticked: all are ticked now"
    ticks.flip([2, 3])
    assert ticks.rows == (4,)
    told = []
    ticks.changed.connect(lambda: told.append(1))
    ticks.put([4])
    assert told == [], "nothing changed"


def test_ticks_are_of_rows_and_not_of_places(listed):
    _, model, ticks = listed
    ticks.put([10, 11])
    model.show(range(49, -1, -1))
    assert model.index(49 - 10, 0).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    assert model.index(10, 0).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Unchecked
    assert ticks.share(tuple(range(11))) == 1


def test_lines_that_are_not_here_are_fetched_before_they_are_copied(listed):
    view, model, _ = listed
    model.show(range(1000, 1500))
    view.selectAll()
    missed = []
    view.lines_missed.connect(missed.append)
    view.copy()
    ((first, *_, last),) = missed
    assert (first, last) == (0, 499)


def test_the_box_in_the_heading_says_none_some_or_all(listed):
    view, *_ = listed
    shown = []
    for share in (0, 7, 50):
        view.headings.say_ticked(share, 50)
        shown.append(view.headings.ticked)
    assert shown == [False, None, True]
    asked = []
    view.ticked_all.connect(asked.append)
    view.headings.sectionClicked.emit(0)
    assert asked == [True]


@pytest.mark.parametrize(
    ("text", "said"),
    [("2025年底前，并长期坚持", "2025年底前并长期"), ("2025年底前并长期坚持", "2025年底前并长期"), ("", "长期坚持")],
)
def test_a_deadline_for_ever_is_said_in_few_letters(text, said):
    column = next(one for one in PROBLEMS if one.key == "deadline")
    one = line(10)._replace(deadline=None, deadline_text=text, deadline_kind="long_term")
    assert column.text(one) == said
    assert text in column.tip(one)


def test_the_line_is_kept_whole_for_whoever_owns_the_table():
    model = PlainTable(PROBLEMS)
    model.show([line(0)])
    assert model.index(0, 0).data(LineRole) == line(0)
