from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from gui.panels.overview_county import matrix
from gui.panels.todo import MOST, tasks
from tests.gui import fakes


def test_a_township_sees_lights_and_what_to_do_first(desk):
    page = desk().start()
    panel = page.panel
    assert [one.count.number for one in panel.strip.buttons] == [2, 2, 3, 3, 2, 4, 7]
    assert page.header.quiet.accessibleName() == "截至 2026年11月23日\u2003星期一"
    first, *rest = panel.todo.buttons
    assert first.text() == "去选择"
    assert first.property("kind") == "primary"
    assert not [one for one in rest if one.property("kind") == "primary"]
    assert "11月 完成 10，共 22" in panel.bars.accessibleName()


def test_a_light_opens_the_list_behind_it(desk, qtbot):
    one = desk()
    page = one.start()
    qtbot.mouseClick(page.panel.strip.buttons[0], Qt.MouseButton.LeftButton)
    one.settle()
    assert one.window.page.title == "督察整改"
    assert one.window.page._query.where == (("light", "red"),)


def test_never_more_to_do_than_one_can_read():
    for office in (fakes.township(), fakes.county(), fakes.township(0, enrolled=False)):
        made = tasks(office.figures.overview(), office.here)
        assert len(made) <= MOST
    assert tasks(fakes.overview(size=0), fakes.township(0, enrolled=False).here)[0].deed == "去登记"


def test_an_empty_ledger_leads_to_the_first_import(desk, qtbot):
    one = desk(fakes.township(0))
    page = one.start()
    assert page.middle.currentWidget() is page.empty
    qtbot.mouseClick(page.take_in, Qt.MouseButton.LeftButton)
    one.settle()
    assert one.window.page.title == "导入 Excel"


def test_the_county_sees_a_matrix_with_its_total(desk):
    one = desk(fakes.county())
    panel = one.start().panel
    assert panel._model.rowCount() == len(fakes.TOWNS)
    keys = [column.key for column in panel._model.columns]
    total = panel._sum.line(0)
    assert total.total == sum(one.total for one in fakes.overview(county=True).units)
    assert [panel.total.columnWidth(at) for at in range(len(keys))] == [
        panel.table.columnWidth(at) for at in range(len(keys))
    ]
    assert panel.late.quiet.text() == "3 个"


def test_the_matrix_sorts_and_leads_to_the_list_of_a_unit(desk):
    one = desk(fakes.county())
    panel = one.start().panel
    panel.table.sorted_by.emit("total", False)
    names = [panel._model.line(row).name for row in range(3)]
    assert names == ["新田乡", "城关街道", "梅岭林场"]
    panel.table.opened.emit(0)
    one.settle()
    assert one.window.page._query.where == (("township", "361021111"),)
    assert one.window.page.filters["township"].text().strip() == "乡镇：新田乡"


def test_names_and_the_paragraph_are_copied(desk):
    panel = desk(fakes.county()).start().panel
    panel.copy_names.click()
    assert QGuiApplication.clipboard().text() == "石坪乡、龙潭乡、城关街道"
    panel.copy_paragraph.click()
    assert QGuiApplication.clipboard().text() == fakes.overview(county=True).paragraph


def test_searching_here_searches_the_problems(desk, qtbot):
    one = desk()
    page = one.start()
    qtbot.keyClicks(page.search, "bfqc")
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    one.settle()
    assert one.window.page.search.text() == "bfqc"
    assert one.window.page.model.rowCount() == 2


def test_a_name_that_is_no_unit_yet_is_not_called_late():
    state = next(column for column in matrix(fakes.TODAY) if column.key == "state")
    from dataclasses import replace

    stranger = replace(fakes.unit_figures(0, "云岭乡"), unit="云岭乡", last_in=None)
    assert state.text(stranger) == "未添加"
    assert state.tone(stranger) == "grey"
