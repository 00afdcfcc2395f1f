"""Every model under Qt's own tester, alone and as its page uses it. A model that is new must be listed here."""

from __future__ import annotations

import importlib
import pkgutil
from datetime import date

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QAbstractItemModelTester

import gui
from gui.panels.inspections.table import AnswerTable
from gui.panels.lookbacks.proposing import COLUMNS as CANDIDATES
from gui.panels.months.table import PACE, MonthTable
from gui.panels.overview.month_sheet import MonthModel
from gui.places import Place
from gui.tables.columns import PROBLEMS
from gui.tables.paged import PagedTable
from gui.tables.plain import PlainTable
from gui.tables.sheet_cells import Sheet
from gui.tables.ticking import TickTable
from gui.widgets.field_choice import Fields
from tests.gui import fake_diary, fakes

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal
TESTERS_OWN = 1.0  # seconds: after every signal the tester looks at every cell, and that is not the window's work


def paged():
    table = PagedTable(PROBLEMS)
    table.wanted.connect(lambda rows: table.take(rows, [fakes.line(row) for row in rows]))
    yield table
    table.show(range(40))
    table.data(table.index(0, 2))
    table._ask()
    yield table
    table.show(range(0, 40, 3))
    yield table
    table.show(())


def plain():
    table = PlainTable(PROBLEMS)
    yield table
    table.show([fakes.line(row) for row in range(20)])
    yield table
    table.show(sorted(table.lines, key=lambda one: one.title, reverse=True))
    yield table
    table.show([])


def sheet():
    made = Sheet()
    yield made
    made.show(fakes.workbook())
    yield made
    made.show(fakes.workbook(mapping={"完成情况": "pace"}))


def fields():
    made = Fields()
    yield made
    made.show_fields([("person", "责任人"), ("deadline", "整改时限")])
    yield made
    made.show_fields([])


def calendar():
    made = MonthModel()
    yield made
    made.show(fake_diary.of(fakes.TODAY))
    yield made
    made.show(fake_diary.of(date(2027, 2, 1)))


def month():
    made = MonthTable()
    yield made
    sheet = fakes.FakeMonths(20).sheet("2026-11")
    made.show(sheet, sheet.lines)
    yield made
    made.put([(0, PACE, "1"), (1, PACE, "飞快")])
    made.zero(range(20))
    made.step(back=True)
    yield made
    made.show(sheet, sheet.lines[:3])
    yield made
    made.show(fakes.FakeMonths(2).sheet("2026-10"), ())


def tick():
    table = TickTable(CANDIDATES)
    yield table
    table.show(fakes.FakeLookbacks().propose().candidates)
    yield table
    table.toggle((0, 1))
    table.show(sorted(table.lines, key=lambda one: one.rank, reverse=True))
    yield table
    table.show([])


def answers():
    table = AnswerTable()
    yield table
    lines = fakes.FakeInspections().show("e" * 32)["answers"]
    table.show(lines, again=False)
    yield table
    table.put(3, "answer", "no")
    table.show(lines[:5], again=True)
    yield table
    table.show([], again=False)


# What each model goes through. Those of a page alone are seen with it, below.
ALONE = {
    PagedTable: paged, PlainTable: plain, Sheet: sheet, Fields: fields, MonthTable: month, TickTable: tick,
    AnswerTable: answers, MonthModel: calendar,
}  # fmt: skip
WITH_A_PAGE = {"Found"}


def models_of_the_house():
    for module in pkgutil.walk_packages(gui.__path__, "gui."):
        for one in vars(importlib.import_module(module.name)).values():
            if isinstance(one, type) and issubclass(one, QAbstractItemModel) and one.__module__ == module.name:
                yield one


def test_every_model_is_listed():
    assert {one.__name__ for one in models_of_the_house()} == {one.__name__ for one in ALONE} | WITH_A_PAGE


@pytest.mark.parametrize("model", ALONE, ids=lambda one: one.__name__)
def test_a_model_keeps_the_laws_through_all_that_is_done_to_it(dressed, watch, model):
    watch.pardon(TESTERS_OWN)
    life = ALONE[model]()
    made = next(life)
    tester = QAbstractItemModelTester(made, FATAL)
    for _ in life:
        assert made.rowCount() >= 0
    del tester


def test_the_models_of_every_page_keep_the_laws_while_it_is_used(desk, watch, qtbot):
    watch.pardon(TESTERS_OWN)
    one = desk(fakes.county(40))
    testers: dict[int, QAbstractItemModelTester] = {}

    def put_under_test():
        for model in one.window.findChildren(QAbstractItemModel):
            if type(model).__module__.startswith("gui.") and id(model) not in testers:
                testers[id(model)] = QAbstractItemModelTester(model, FATAL)

    one.start()
    put_under_test()
    page = one.open("problem")
    put_under_test()
    for section in (2, 2, 3):
        one.do(lambda at=section: page.view.headings.sectionClicked.emit(at))
    page.search.setText("清场")
    qtbot.wait(300)
    one.settle()
    page.search.setText("")
    qtbot.wait(300)
    one.settle()
    qtbot.keyClick(page.view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    for place in (
        Place("petition"),
        Place("search", words="污水"),
        Place("problem/excel", id="/tmp/整改台账20261120.xlsx"),
        Place("exchange", tab="read"),
        Place("exchange", tab="journal"),
        Place("exchange", tab="write"),
        Place("month", view=""),
        Place("month", view="units"),
        Place("settings"),
        Place("overview"),
    ):
        one.go(place)
        put_under_test()
    assert len(testers) >= 8, "the models of the pages were found"
    one.close()
    testers.clear()
