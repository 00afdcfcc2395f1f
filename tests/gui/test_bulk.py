"""Ticks, the bar below the list, and several records changed at once with a preview."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QFileDialog

from gui.panels.records.at_once import PAUSE
from gui.places import Place
from gui.tables.columns import PROBLEMS
from gui.widgets.form import FormField
from models.domain.fields import TABLES
from models.services.base.refusals import ChangedMeanwhile
from tests.gui import fakes

TITLE = [one.key for one in PROBLEMS].index("title")
CONTROL = Qt.KeyboardModifier.ControlModifier


def editing(one, qtbot, rows=(0, 1, 2, 3), field="person", value="李志强"):
    """The preview of a change, as far as it is there after the pause."""
    page = one.open("problem")
    page.ticks.put(rows)
    one.do(lambda: page.begin_bulk_edit(field))
    edit = page.bulk_edit
    assert isinstance(edit.field, FormField)
    edit.field.rewrite(value)
    qtbot.wait(PAUSE + 100)
    one.settle()
    return page, edit


def lines(edit, key):
    at = [one.key for one in edit.preview.model.columns].index(key)
    return [edit.preview.model.index(row, at).data() for row in range(edit.preview.model.rowCount())]


# ------------------------------------------------------------------------------------------- ticks


def test_the_bar_is_there_while_something_is_ticked_and_does_not_move_the_table(desk, qtbot):
    one = desk()
    page = one.open("problem")
    top = page.view.mapTo(page, page.view.rect().topLeft())
    assert not page.bulk.isVisible()
    qtbot.keyClick(page.view, Qt.Key.Key_Space)
    qtbot.keyClick(page.view, Qt.Key.Key_Down)
    qtbot.keyClick(page.view, Qt.Key.Key_Space)
    one.settle()
    assert page.bulk.isVisible()
    assert page.bulk.count.text() == "已选 2 个问题"
    assert page.view.mapTo(page, page.view.rect().topLeft()) == top
    qtbot.keyClick(page.view, Qt.Key.Key_Escape)
    assert not page.bulk.isVisible()
    assert page.ticks.rows == ()


def test_ctrl_a_ticks_all_rows_of_the_filter_also_those_not_here(desk, qtbot):
    one = desk(fakes.township(20_000))
    page = one.open("problem")
    qtbot.keyClick(page.view, Qt.Key.Key_A, CONTROL)  # the watch of conftest times it
    qtbot.keyClick(page.view, Qt.Key.Key_A, CONTROL)  # again: still all
    assert page.bulk.count.text() == "已选 20000 个问题"
    assert page.view.headings.ticked is True
    assert len(one.office.records.blocks) < 3, "ticking needs no lines"
    page.view.headings.sectionClicked.emit(0)
    assert len(page.ticks) == 0


def test_ticks_outlive_a_filter_and_a_record_and_say_so(desk):
    one = desk()
    page = one.open("problem")
    page.ticks.put([0, 5])
    page.search.setText("拆解")
    page.search.returnPressed.emit()
    one.settle()
    assert not page.bulk.outside.isHidden()
    assert page.bulk.outside.text() == "其中 1 个不在现在的列表里"
    page.view.opened.emit(0)
    one.settle()
    one.window.page.back.click()
    one.settle()
    assert one.window.page is page
    assert page.ticks.rows == (0, 5)
    page.filter_bar.unfilter.click()
    one.settle()
    assert page.bulk.outside.isHidden()


def test_a_ticked_record_that_is_gone_is_ticked_no_more(desk):
    one = desk()
    page = one.open("problem")
    page.ticks.put([3, 21])
    one.office.records.size = 10
    one.do(page.refresh)
    assert page.ticks.rows == (3,)


def test_only_what_is_ticked_is_exported_in_the_order_of_the_list(desk, tmp_path, monkeypatch):
    one = desk()
    one.start()
    page = one.open("problem")
    page.ticks.put([7, 2, 5])
    asked = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a: (asked.append(a[2]), (str(tmp_path / "x"), ""))[1])
    page.bulk.write_out.click()
    one.settle()
    assert [Path(name).name for name in asked] == ["白水镇督察整改台账（选中的）_20261123.xlsx"]
    assert one.office.records.written == [("export", "problem", tmp_path / "x.xlsx", (2, 5, 7))]
    assert page.notice.message.text() == "已导出 3 条。"
    page.narrowing.go(Place("problem", where=(("source", "省督察二轮"),)))
    one.do(page.refresh)
    page.write_out.click()
    one.settle()
    assert one.office.records.written[-1] == ("export", "problem", tmp_path / "x.xlsx", (0, 8, 16)), "what is shown"


def test_the_list_is_printed_as_it_stands_or_what_is_ticked(desk, tmp_path, monkeypatch):
    one = desk()
    one.start()
    page = one.open("problem")
    asked = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a: (asked.append(a[2]), (str(tmp_path / "x"), ""))[1])
    page.narrowing.go(Place("problem", where=(("source", "省督察二轮"),)))
    one.do(page.refresh)
    one.do(page.print_out.click)
    page.ticks.put([16, 8])
    one.do(page.print_out.click)
    assert [Path(name).name for name in asked] == [
        "白水镇督察整改清单_20261123.pdf", "白水镇督察整改清单（选中的）_20261123.pdf",
    ]  # fmt: skip
    told = one.office.papers.asked
    assert [told[0][1][:3], told[2][1]] == [(0, 8, 16), [8, 16]]
    assert told[1] == ("x.pdf", b"%PDF")
    assert page.notice.message.text() == "已写出 x.pdf。"
    assert not one.open("petition").print_out.isVisible()


# ------------------------------------------------------------------------------------------- the preview


def test_the_preview_says_what_becomes_of_each_and_nothing_is_written(desk, qtbot):
    one = desk()
    _, edit = editing(one, qtbot, rows=(0, 1, 2, 4))
    assert edit.title.text() == "一次修改 4 个问题"
    assert edit.preview.summary.accessibleName() == "要改 2 条\u2003无变化 1 条\u2003不能改 1 条"
    assert lines(edit, "state") == ["不能改", "将修改", "将修改", "无变化"], "what needs a look comes first"
    assert lines(edit, "now") == ["李志强", "王秀兰", "周海平", "李志强"]
    assert lines(edit, "then") == ["这一栏两边都改过，请先选定一个", "李志强", "李志强", ""]
    assert edit.change.text() == "修改 2 条"
    assert edit.change.isEnabled()
    assert one.office.records.written == []


def test_what_was_looked_at_is_done_and_said(desk, qtbot):
    one = desk()
    page, edit = editing(one, qtbot, rows=(0, 2))
    told = []
    one.session.touched.connect(told.append)
    qtbot.mouseClick(edit.change, Qt.MouseButton.LeftButton)
    one.settle()
    assert one.office.records.written == [("edit_many", "problem", {"person": "李志强"}, [0, 2])]
    assert [(t.table, sorted(t.ids)) for t in told] == [("problem", [f"{0:032x}", f"{2:032x}"])]
    assert edit.isHidden()
    assert page.view.isVisible()
    assert page.ticks.rows == ()
    assert page.notice.message.text() == "已修改 2 条的“责任人”。"


def test_what_is_being_done_is_said_although_somebody_types_on(desk, qtbot):
    one = desk()
    page, edit = editing(one, qtbot, rows=(0, 2))
    one.office.records.slow = True
    edit.change.click()
    assert not edit.field.isEnabled()
    edit.field.changed.emit()  # a change that came late
    one.office.records.slow = False
    one.settle()
    assert page.notice.message.text() == "已修改 2 条的“责任人”。"


def test_nothing_can_be_done_before_there_is_a_preview(desk, qtbot):
    one = desk()
    _, edit = editing(one, qtbot)
    assert edit.change.isEnabled()
    edit.field.rewrite("周海平")
    assert not edit.change.isEnabled(), "the preview of another value is none"
    assert edit.preview.lines.currentWidget() is edit.preview.waiting
    qtbot.wait(PAUSE + 100)
    one.settle()
    assert edit.change.isEnabled()
    edit.field.rewrite("")
    qtbot.wait(PAUSE + 100)
    one.settle()
    assert not edit.change.isEnabled()
    assert {tuple(values) for _, values in one.office.records.plans} == {("person",)}
    assert [values["person"] for _, values in one.office.records.plans] == ["李志强", "周海平"], "nothing is no value"


def test_where_nothing_changes_there_is_nothing_to_press(desk, qtbot):
    one = desk()
    _, edit = editing(one, qtbot, rows=(1, 4))
    assert not edit.change.isEnabled()
    assert edit.reassure.text() == "没有可以修改的：都已经是这样，或者不能改。"


def test_a_value_that_is_refused_is_marked_beside_its_field(desk, qtbot):
    one = desk()
    _, edit = editing(one, qtbot, field="deadline", value="2024.2.30")
    assert edit.field.editor.property("bad") == "1"
    assert not edit.change.isEnabled()


def test_only_fields_that_this_unit_may_write_are_offered(desk, qtbot):
    one = desk()
    one.office.records.may = frozenset({"pace", "completed_on"})
    page = one.open("problem")
    page.ticks.put([1])
    one.do(lambda: page.begin_bulk_edit("person"))
    edit = page.bulk_edit
    assert [edit.which.itemData(at) for at in range(1, edit.which.count())] == ["pace", "completed_on"]
    assert edit.which.itemText(1) == TABLES["problem"]["pace"].label
    assert edit.field is None, "what is wanted and may not be written is not chosen"
    edit.which.setCurrentIndex(1)
    assert edit.field is not None
    assert edit.field.field.name == "pace"


def test_a_refusal_leaves_the_preview_open_and_looks_again(desk, qtbot):
    one = desk()
    _, edit = editing(one, qtbot)
    looked = len(one.office.records.plans)
    one.office.records.refusal = ChangedMeanwhile("河口支渠")
    qtbot.mouseClick(edit.change, Qt.MouseButton.LeftButton)
    one.settle()
    assert edit.isVisible()
    assert "河口支渠" in edit.notice.message.text()
    assert len(one.office.records.plans) == looked + 1
    assert edit.change.isEnabled()


def test_many_show_how_far_they_are_and_can_be_stopped(desk, qtbot):
    one = desk(fakes.township(2000))
    _, edit = editing(one, qtbot, rows=tuple(range(2000)))
    one.office.records.slow = True
    qtbot.mouseClick(edit.change, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: edit.working.amount.text().startswith("6") and edit.working.isVisible())
    qtbot.mouseClick(edit.working.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not edit.working.isVisible())
    one.settle()
    assert one.office.records.written == []
    assert edit.notice.message.text() == "已停下，一条也没有修改。"
    assert edit.change.isEnabled(), "the preview still stands"


def test_ten_thousand_are_looked_at_without_holding_up_the_window(desk, qtbot):
    one = desk(fakes.township(10_000))
    _, edit = editing(one, qtbot, rows=tuple(range(10_000)))
    assert edit.preview.model.rowCount() == 10_000
    edit.preview.table.scrollToBottom()
    qtbot.wait(30)
    assert lines(edit, "state")[-1] == "无变化"


def test_the_preview_keeps_the_laws_of_a_model(desk, qtbot):
    one = desk()
    _, edit = editing(one, qtbot, rows=tuple(range(22)))
    tester = QAbstractItemModelTester(edit.preview.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    edit.show_plan(None)
    edit.look()
    one.settle()
    assert edit.preview.model.rowCount() == 22
    del tester


def test_leaving_writes_nothing_and_keeps_the_ticks(desk, qtbot):
    one = desk()
    page, edit = editing(one, qtbot)
    qtbot.mouseClick(edit.leave, Qt.MouseButton.LeftButton)
    one.settle()
    assert page.view.isVisible()
    assert page.search.isVisible()
    assert page.bulk.isVisible()
    assert page.ticks.rows == (0, 1, 2, 3)
    assert one.office.records.written == []


def test_esc_is_the_safe_answer(desk, qtbot):
    one = desk()
    _, edit = editing(one, qtbot)
    qtbot.keyClick(edit.field.editor, Qt.Key.Key_Escape)
    one.settle()
    assert edit.isHidden()


def test_another_page_that_wants_the_list_gets_the_list(desk, qtbot):
    one = desk()
    page, edit = editing(one, qtbot)
    one.open("overview")
    assert one.open("problem") is page
    assert edit.isVisible(), "just coming back goes on where it was"
    one.open("problem", view="overdue")
    assert edit.isHidden()
    assert page.view.isVisible()


def test_after_a_change_elsewhere_the_preview_is_made_again(desk, qtbot):
    one = desk()
    editing(one, qtbot)
    looked = len(one.office.records.plans)
    from models.services.views.home import Touched

    one.session.tell(Touched("problem"))
    one.settle()
    assert len(one.office.records.plans) == looked + 1


@pytest.mark.parametrize("county", [False, True])
def test_petitions_have_the_same_bar_with_their_own_words(desk, qtbot, county):
    one = desk(fakes.county() if county else fakes.township())
    page = one.open("petition")
    page.ticks.put([1])
    assert page.bulk.count.text() == "已选 1 个信访件"
    assert page.bulk.change.text().strip() == "改联络人"


def test_over_a_real_ledger(desk, qtbot):
    from models.services import opening
    from tests.offices import quick_folder

    with quick_folder() as folder:
        home = opening.set_up(folder / "county", "county", "临江县环委办", "361021")
        ids = [
            home.records.add("problem", {"description": f"第{n}个", "person": "李四" if n == 2 else "张三"})["id"]
            for n in range(4)
        ]
        home.records.void("problem", ids[3], "重复")
        one = desk(home)
        page = one.open("problem")
        qtbot.keyClick(page.view, Qt.Key.Key_A, CONTROL)
        one.do(page.bulk.change.click)
        page.bulk_edit.field.rewrite("李四")
        qtbot.wait(PAUSE + 100)
        one.settle()
        assert sorted(lines(page.bulk_edit, "state")) == ["将修改", "将修改", "无变化"]
        one.do(page.bulk_edit.change.click)
        assert page.notice.message.text() == "已修改 2 条的“责任人”。"
        assert {page.model.line(at).person for at in range(3)} == {"李四"}
        assert len(home.records.history("problem", ids[0])) == 4  # made with three fields, then changed in one
        one.session.jobs.close()
        home.close()
