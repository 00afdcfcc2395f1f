from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QPixmap

from gui import theme
from gui.pages.workbook import choices
from gui.widgets.sheet import HeadingRole, NoteRole
from tests.gui import fakes

BOOK = Path("/tmp/整改台账20261120.xlsx")


@pytest.fixture
def looking(desk):
    one = desk()
    return one, one.open("problem/excel", id=str(BOOK))


def state(page):
    return next(name for name, part in page._states.items() if page.middle.currentWidget() is part)


def test_the_sheet_is_shown_as_it_looks_and_nothing_is_written(looking):
    one, page = looking
    assert state(page) == "look"
    model = page.sheet.model
    assert model.index(0, 1).data() == "临江县生态环境问题整改台账（白水镇）"
    assert model.index(2, 1).data(HeadingRole) is True
    assert model.index(4, 0).data() == "新增"
    assert model.address("C6").data(NoteRole) == "red"
    assert model.address("C4").data(NoteRole) == "yellow"
    assert "2月没有 30 日" in model.address("C6").data(3)  # the tool tip
    assert not model.address("ZZ1").isValid()
    assert one.office.imports.taken == 0
    assert page.take.text().strip() == "导入 22 条"
    assert page.header.quiet.accessibleName() == "已认出 6 栏，共 7 栏\u2003截至 2026-11-20"


def test_a_column_is_mapped_anew_above_it(looking):
    one, page = looking
    unsure = page.sheet.choices[4]
    assert unsure.property("doubt") == "1"
    unsure.setCurrentIndex(unsure.findData("progress"))
    unsure.activated.emit(unsure.currentIndex())
    one.settle()
    assert one.office.imports.mappings == [None, {"完成情况": "progress"}]
    assert page.sheet.choices[4].currentData() == "progress"
    last = page.sheet.choices[6]
    assert last.currentText() == "不要"


def test_choices_follow_their_columns(looking):
    one, page = looking
    bar = page.sheet.view.horizontalScrollBar()
    before = page.sheet.choices[3].x()
    bar.setValue(bar.maximum())
    one.settle()
    if bar.maximum():
        assert page.sheet.choices[3].x() == before - bar.maximum()
    assert not page.sheet.choices[0].isVisible() or bar.maximum() < 40


def test_a_note_leads_to_its_cell(looking):
    _, page = looking
    page.tabs.chosen.emit("rows")
    assert page.parts.currentWidget() is page.rows
    page._show_cell("C10")
    assert page.parts.currentWidget() is page.sheet
    assert page.sheet.view.currentIndex() == page.sheet.model.address("C10")


def test_rows_say_what_becomes_of_them(looking):
    _, page = looking
    model = page._rows
    changed = next(row for row in range(model.rowCount()) if model.line(row).state == "changed")
    assert model.index(changed, 3).data() == "整改时限：2026-11-30 → 2026-12-20"


def test_taking_in_says_how_much_and_where_to_look_again(looking):
    one, page = looking
    page.take.click()
    one.settle()
    assert one.office.imports.taken == 1
    assert state(page) == "done"
    assert page.done.title.text() == "导入成功：新增 17 条，更新 5 条。"
    assert page.done.next.way_out.text() == "在 C6、C10、C4。"
    page.to_list.click()
    one.settle()
    assert one.window.page.title == "督察整改"


def test_a_file_that_is_none_is_refused_in_its_place(desk):
    one = desk()
    one.office.imports.refusal = fakes.Refused(text="“照片.xlsx”不是表格。")
    page = one.open("problem/excel", id="/tmp/照片.xlsx")
    assert state(page) == "refused"
    assert page.refusal.title.text() == "“照片.xlsx”不是表格。"


def test_a_refused_mapping_keeps_the_sheet(looking):
    one, page = looking
    one.office.imports.refusal = fakes.Refused(text="没有这一列。")
    page._map("完成情况", "progress")
    one.settle()
    assert state(page) == "look"
    assert page.notice.message.text() == "没有这一列。"


def test_choices_are_labels_not_field_names():
    for table in ("problem", "petition"):
        for name, label in choices(table):
            assert label != name, name
            assert not label.isascii(), name
        names = [name for name, _ in choices(table)]
        assert len(names) == len(set(names))
        assert "internal_note" not in names


def test_a_doubtful_cell_is_seen(looking):
    _, page = looking
    view = page.sheet.view
    picture = QPixmap(view.viewport().size())
    view.viewport().render(picture)
    box = view.visualRect(page.sheet.model.address("C4"))
    ground = picture.toImage().pixelColor(box.left() + 3, box.center().y())
    assert ground == QColor(theme.token("yellowTint"))
