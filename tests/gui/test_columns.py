"""The columns of a list: order, widths and sorting, what is remembered, what leaves a narrow window."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QPoint

from gui import settings as saved
from gui.tables.columns import PROBLEMS
from models.services.views.lists import Query
from tests.gui import fakes
from tests.gui.menus import menu_of

KEYS = [one.key for one in PROBLEMS]


def order(page):
    headings = page.view.headings
    return [KEYS[headings.logicalIndex(at)] for at in range(headings.count())]


def drag(page, section, deed):
    page.view.headings.is_dragged = True
    deed()
    page.view.headings.is_dragged = False
    assert section


def test_order_widths_and_sorting_are_remembered_and_can_be_forgotten(desk, tmp_path):
    one = desk(home=tmp_path)
    page = one.open("problem")
    headings = page.view.headings
    drag(page, "person", lambda: headings.moveSection(headings.visualIndex(KEYS.index("person")), 2))
    drag(page, "source", lambda: headings.resizeSection(KEYS.index("source"), 150))
    one.do(lambda: headings.sectionClicked.emit(KEYS.index("deadline")))
    assert order(page)[:4] == ["tick", "light", "person", "number"]
    again = desk(home=tmp_path)
    page = again.open("problem")
    assert order(page)[:4] == ["tick", "light", "person", "number"]
    assert page.view.columnWidth(KEYS.index("source")) == 150
    assert page.narrowing.query == Query("problem", sort="deadline")
    assert page.view.headings.sorted_by == KEYS.index("deadline")
    assert page.view.columnWidth(KEYS.index("title")) >= 160
    page.list.arrangement.open_menu(QPoint(5, 5))
    menu = menu_of(page)
    menu.actions()[-1].trigger()
    menu.close()
    assert order(page) == KEYS
    assert page.view.columnWidth(KEYS.index("source")) == PROBLEMS[KEYS.index("source")].width
    assert saved.load(tmp_path).order == {}


def test_the_tick_box_stays_first(desk):
    page = desk().open("problem")
    headings = page.view.headings
    assert not headings.isFirstSectionMovable()
    assert page.view.pad(0) == page.view.edge
    page.view.setColumnHidden(0, True)
    assert page.view.pad(1) == page.view.edge, "the space at the left belongs to whatever is first"


def test_a_width_that_the_window_gives_is_not_remembered(desk):
    one = desk()
    page = one.open("problem")
    one.window.resize(1100, 700)
    one.settle()
    page.view.setColumnWidth(KEYS.index("source"), 99)
    assert one.session.settings.widths == {}


@pytest.mark.parametrize(
    ("width", "gone"),
    [(1366, set()), (1290, {"source"}), (1210, {"source", "stage"}), (1100, {"source", "stage", "number"}),
     (1024, {"source", "stage", "number", "person"})],  # the navigation is narrower here
)  # fmt: skip
def test_columns_leave_in_the_order_of_the_design(desk, width, gone):
    one = desk()
    page = one.open("problem")
    one.window.resize(width, 700)
    one.settle()
    hidden = {key for at, key in enumerate(KEYS) if page.view.isColumnHidden(at)} - {"township_name"}
    assert hidden == gone
    assert page.view.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("table", ["problem", "petition"])
def test_no_column_of_a_usual_line_is_cut_off_at_1366(desk, table):
    one = desk(fakes.county())
    page = one.open(table)
    cut = []
    for at, column in enumerate(page.model.columns):
        if column.key in {"title", "kinds", "tick", "light", "exchange"} or page.view.isColumnHidden(at):
            continue
        for row in range(20):
            index = page.model.index(row, at)
            room = page.view.columnWidth(at) - page.view.pad(at) - 8
            if page.view.itemDelegate().sizeHint(None, index).width() - 18 > room:
                cut.append((column.key, index.data()))
    assert cut == []


def test_columns_that_a_newer_program_had_are_no_trouble(desk, tmp_path):
    kept = {"order": {"problem": ["person", "nie", "number"]}, "hidden": {"problem": ["nie"]},
            "widths": {"problem": {"nie": 9}}, "sorts": {"problem": ["nie", True]}}  # fmt: skip
    (tmp_path / saved.FILE).write_text(json.dumps(kept))
    page = desk(home=tmp_path).open("problem")
    assert order(page)[:3] == ["tick", "person", "number"]
    assert page.model.rowCount() == 22
