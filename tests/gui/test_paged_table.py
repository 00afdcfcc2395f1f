from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from gui.tables.columns import LISTS, PETITIONS, PROBLEMS
from gui.tables.paged import BLOCK, KEPT, WAITING, LineRole, PagedTable
from gui.tables.plain import PlainTable
from gui.tables.view import LineView
from tests.gui.fakes import line

TITLE = [one.key for one in PROBLEMS].index("title")
pytestmark = pytest.mark.usefixtures("dressed")


def answer(table):
    """Answer what the table asks at once."""
    table.wanted.connect(lambda rows: table.take(rows, [line(row) for row in rows]))


def test_a_list_keeps_the_laws_of_a_model(qtbot):
    table = PagedTable(PROBLEMS)
    tester = QAbstractItemModelTester(table, QAbstractItemModelTester.FailureReportingMode.Fatal)
    answer(table)
    table.show(range(300))
    table.index(299, 0).data()
    qtbot.waitUntil(lambda: table.line(299) is not None)
    table.show(range(0, 300, 2))
    table.show(())
    del tester


def test_twenty_thousand_rows_keep_the_laws_of_a_model(qtbot):
    table = PagedTable(PROBLEMS[TITLE : TITLE + 1])  # the tester looks at every cell after every signal
    tester = QAbstractItemModelTester(table, QAbstractItemModelTester.FailureReportingMode.Fatal)
    answer(table)
    table.show(range(20_000))
    assert table.rowCount() == 20_000
    table.index(9_999, 0).data()
    qtbot.waitUntil(lambda: table.index(9_999, 0).data() == line(9_999).title)
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
    assert asked == [("deadline", False), ("deadline", True)]


def test_the_line_is_kept_whole_for_whoever_owns_the_table():
    model = PlainTable(PROBLEMS)
    model.show([line(0)])
    assert model.index(0, 0).data(LineRole) == line(0)
