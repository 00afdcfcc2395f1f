"""词典与规则: the county changes what holds for everybody, and sees before saving what that is; a unit looks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from gui.dialogs.leaving import SAVE
from gui.dialogs.question import Question
from gui.places import Place
from models.domain.dictionaries import DICTIONARIES
from tests.gui import fakes


@pytest.fixture
def county(desk):
    one = desk(fakes.county())
    one.start()
    return one


def test_the_settings_lead_there_and_every_dictionary_is_in_the_list(county):
    settings = county.open("settings")
    county.do(settings.rules.click)
    page = county.window.page
    assert set(page.choices) == set(DICTIONARIES)
    for name, choice in page.choices.items():
        county.do(choice.click)
        assert page._view.name == name
        assert not page.is_dirty
    assert page.choices["trades"].isChecked()
    assert page.history.text() == "还没有改过。"


def test_a_number_of_the_lights_is_changed_said_and_laid_down(county):
    page = county.open("settings/rules")
    form = page._parts[""]
    assert form.example.text() == "橙灯：还有 10 天"
    number = form.numbers["near"]
    number.setFocus()
    number.selectAll()
    county.qtbot.keyClicks(number, "5")
    assert form.example.text() == "黄灯：还有 10 天"
    assert page.said.text() == "距整改时限不多于 15 天，橙灯 → 距整改时限不多于 5 天，橙灯"
    page.why.setText("按县里文件")
    county.do(lambda: county.qtbot.keyClick(county.window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier))
    assert county.office.dictionaries.said["thresholds"]["near"] == {"on": True, "number": 5}
    assert "已保存" in page.notice.message.text()
    assert "按县里文件" in page.history.text()
    assert not page.changes.isVisible()
    county.do(page.notice.first.click)
    assert county.window._place == Place("exchange", tab="write")


def test_a_table_is_worked_by_keyboard_alone_and_a_double_is_shown_where_it_stands(county):
    page = county.open("settings/rules", tab="trades")
    entries, table = page._parts[""], page._parts[""].table
    table.setFocus()
    county.qtbot.keyClick(table, Qt.Key.Key_Insert)
    editor = table.findChild(QLineEdit)
    assert editor is not None, entries.rows
    county.qtbot.keyClick(editor, Qt.Key.Key_Escape)
    table.item(1, 0).setText("工业")
    assert entries.rows[:2] == [("工业",), ("工业",)]
    county.do(page.keep.click)
    assert entries.fault.text() == "第 2 行：和第 1 行重复。"
    assert "trades" not in county.office.dictionaries.said
    assert table.hasFocus()
    county.qtbot.keyClick(table, Qt.Key.Key_Delete)
    county.qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert entries.fault.isHidden()
    county.do(page.keep.click)
    assert county.office.dictionaries.said["trades"][1:3] == ["畜禽养殖", "矿山"]


def test_what_is_not_saved_is_asked_for_before_another_is_shown(county, monkeypatch):
    page = county.open("settings/rules", tab="dispatch_rules")
    page._parts["due_day"].field.setText("20")
    page._parts["due_day"].changed.emit()
    county.do(page.choices["trades"].click)
    assert page._view.name == "dispatch_rules"
    assert "还没有保存" in page.notice.message.text()
    county.do(page.notice.second.click)
    assert page._parts["due_day"].value == "25"
    page._parts["due_day"].field.setText("20")
    page._parts["due_day"].changed.emit()
    monkeypatch.setattr(Question, "ask", lambda _: SAVE)
    county.open("overview")
    assert county.office.dictionaries.said["dispatch_rules"]["due_day"] == 20
    assert county.window._place.page == "overview"


def test_a_template_is_typed_and_what_nobody_knows_is_marked_where_it_stands(county):
    page = county.open("settings/rules", tab="notice_templates")
    part = page._parts["reminder"]
    part.text.setPlainText("{单位}：请在{何时}前回复。")
    assert page.said.text() == "提示单的内容有改动"
    county.do(page.keep.click)
    assert "不认识“{何时}”" in part.fault.text()
    assert part.text.hasFocus()
    assert "notice_templates" not in county.office.dictionaries.said
    part.text.setPlainText("{单位}：请在{回复期限}前回复。")
    part.days.setText("7")
    county.do(page.keep.click)
    said = county.office.dictionaries.said["notice_templates"]["reminder"]
    assert (said["days"], said["text"]) == (7, "{单位}：请在{回复期限}前回复。")


def test_it_goes_back_to_what_the_program_brings_and_a_refusal_is_said(county, monkeypatch):
    county.office.dictionaries.set("trades", ["渔业"])
    page = county.open("settings/rules", tab="trades")
    monkeypatch.setattr(Question, "ask", lambda _: "恢复")
    county.office.dictionaries.refuses = True
    county.do(page.usual.click)
    assert "内容太长" in page.notice.message.text()
    county.office.dictionaries.refuses = False
    county.do(page.usual.click)
    assert page._parts[""].rows[0] == ("工业",)
    assert "恢复程序自带的" in page.history.text()


def test_a_unit_only_looks(desk):
    one = desk(fakes.township())
    one.start()
    page = one.open("settings/rules", tab="routes")
    assert page.foot.isHidden()
    table = page._parts["routes"].table
    table.setFocus()
    one.qtbot.keyClick(table, Qt.Key.Key_Delete)
    assert len(page._parts["routes"].rows) == 5
    assert page._parts["own"].field.isReadOnly()
    one.do(page.save)
    assert one.office.dictionaries.said == {}


def test_over_a_real_ledger_a_route_is_laid_down_and_steps_follow_it(desk, world):
    county = world["county"]
    record = county.records.add("problem", {"description": "坏", "township": "白水镇", "source": "省级督察"})["id"]
    one = desk(county)
    one.start()
    page = one.open("settings/rules", tab="routes")
    table = page._parts["routes"].table
    table.item(3, 1).setText("县级验收、销号")
    one.do(page.save)
    assert "已保存" in page.notice.message.text()
    assert [step.verb for step in county.workflow.steps(record).steps if step.stage] == ["accept", "close"]
    assert county.dictionaries.show("routes").content["routes"][3]["two"] is True
