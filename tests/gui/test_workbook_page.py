from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPixmap
from PySide6.QtTest import QAbstractItemModelTester

from gui import theme
from gui.panels.workbook.notes import ManyRow
from gui.panels.workbook.words import choices, of_others, told
from gui.tables.sheet_cells import KindRole, NoteRole, Sheet
from gui.widgets.field_choice import ASK
from models.services import opening
from models.services.views.workbooks import CellNote
from tests.gui import fakes
from tests.offices import quick_folder

BOOK = Path("/tmp/整改台账20261120.xlsx")
TIP = Qt.ItemDataRole.ToolTipRole


@pytest.fixture
def looking(desk):
    one = desk()
    return one, one.open("problem/excel", id=str(BOOK))


@pytest.fixture
def checking(looking):
    one, page = looking
    page._map("完成情况", "pace")
    one.settle()
    page.next_step.click()
    one.settle()
    return one, page


def state(page):
    return next(name for name, part in page._states.items() if page.middle.currentWidget() is part)


class TooOdd(fakes.Refused):
    code = "X110"


# ------------------------------------------------------------------------------------- the columns


def test_the_sheet_is_shown_as_it_looks_and_nothing_is_written(looking):
    one, page = looking
    assert state(page) == "look"
    model = page.sheet.sheet.model
    assert model.index(0, 1).data() == "临江县生态环境问题整改台账（白水镇）"
    assert model.index(2, 1).data(KindRole) == "heading"
    assert model.index(0, 1).data(KindRole) == "passed"
    assert model.index(4, 1).data(KindRole) == ""
    assert model.address("C6").data(NoteRole) == "red"
    assert model.address("C4").data(NoteRole) == "yellow"
    assert model.address("C8").data() == "46326 → 2026-10-31"
    assert model.address("C8").data(NoteRole) == "green"
    assert model.address("E5").data(NoteRole) == "ask"
    assert "不是有效日期" in model.address("C6").data(TIP)
    assert not model.address("ZZ1").isValid()
    assert one.office.imports.taken == 0
    assert page.header.quiet.accessibleName() == "已认出 6 栏"
    assert page.sheet.where.accessibleName() == "工作表：白水镇（共 3 张）\u2003截至 2026-11-20"


def test_rows_that_are_no_records_are_told_below_the_sheet(looking):
    _, page = looking
    assert told(page._book) == [(3, "第 3 行", "认作标题行"), (36, "第 36 行", "合计行，不导入")]


def test_one_question_is_asked_about_the_doubtful_column_and_waited_for(looking):
    one, page = looking
    question = page.rail.question
    assert question.isVisible()
    assert question.title.text() == "E 栏“完成情况”是哪一种？"
    assert question.samples.text() == "这几行写的是：未达序时、正在整改、达到序时进度、已完成"
    assert [answer.text() for answer in question.answers] == ["序时进度", "目前进展", "完成时间", "记入备注"]
    assert not page.next_step.isEnabled()
    assert page.reason.text() == "还有 1 栏没选"
    assert page.sheet.sheet.choices[4].currentText() == "请选一个"
    assert page.sheet.sheet.choices[4].property("doubt") == "1"
    question.answers[0].click()
    one.settle()
    assert one.office.imports.mappings == [None, {"完成情况": "pace"}]
    assert page.sheet.sheet.choices[4].field == "pace"
    assert not question.isVisible()
    assert page.rail.clear_.isVisible()
    assert page.next_step.isEnabled()
    assert page.reason.text() == ""


def test_a_column_is_mapped_anew_above_it_by_typing_a_few_letters(looking, qtbot):
    one, page = looking
    choice = page.sheet.sheet.choices[6]
    assert choice.currentText() == "不要"
    choice.showPopup()
    popup = choice._popup
    qtbot.keyClicks(popup.search, "mqjz")
    shown = [popup.list.item(at).text() for at in range(popup.list.count()) if not popup.list.item(at).isHidden()]
    assert shown == ["目前进展"]
    qtbot.keyClick(popup.search, Qt.Key.Key_Return)
    one.settle()
    assert one.office.imports.mappings[-1] == {"备注": "progress"}
    assert choice.field == "progress"


def test_escape_and_the_arrows_in_the_list_of_fields(looking, qtbot):
    one, page = looking
    choice = page.sheet.sheet.choices[1]
    choice.showPopup()
    popup = choice._popup
    assert popup.list.currentItem().text() == "问题描述"
    qtbot.keyClick(popup.search, Qt.Key.Key_Down)
    assert popup.list.currentItem().text() == "整改目标"
    qtbot.keyClick(popup.search, Qt.Key.Key_Escape)
    one.settle()
    assert len(one.office.imports.mappings) == 1
    assert choice.field == "description"
    assert choice._popup is None


def test_the_tip_of_a_choice_holds_samples(looking):
    _, page = looking
    assert page.sheet.sheet.choices[4].toolTip() == "E 栏“完成情况”\n如：未达序时、正在整改、达到序时进度、已完成"


def test_choices_follow_their_columns(looking):
    one, page = looking
    sheet = page.sheet.sheet
    bar = sheet.view.horizontalScrollBar()
    bar.setValue(0)
    before = sheet.choices[3].x()
    bar.setValue(bar.maximum())
    one.settle()
    assert sheet.choices[3].x() == before - bar.maximum()


def test_what_is_said_while_it_looks_is_looked_at_too(looking):
    one, page = looking
    page._map("完成情况", "pace")
    page._map("备注", "remark")
    one.settle()
    assert one.office.imports.mappings[-1] == {"完成情况": "pace", "备注": "remark"}
    assert page.sheet.sheet.choices[6].field == "remark"


# ------------------------------------------------------------------------------------- sheets and headings


def test_another_sheet_is_chosen_from_a_list(looking):
    one, page = looking
    assert page.sheet.other_sheet.isVisible()
    page.sheet.sheet_chosen.emit("河口镇")
    one.settle()
    assert one.office.imports.asked[-1]["sheet"] == "河口镇"
    assert one.office.imports.mappings[-1] is None, "another table is mapped by itself"


def test_a_person_points_at_the_headings(looking):
    one, page = looking
    page.sheet.other_heading.click()
    assert page.sheet.ask.message.text() == "请点一下标题所在的那一行。"
    assert not page.sheet.sheet.strip.isVisible()
    page.sheet.sheet.view.verticalHeader().sectionClicked.emit(1)
    one.settle()
    assert one.office.imports.asked[-1]["heading"] == 2
    assert not page.sheet.ask.isVisible()
    assert page.sheet.sheet.strip.isVisible()


def test_one_may_leave_the_headings_as_they_are(looking):
    one, page = looking
    page.sheet.other_heading.click()
    page.sheet.ask.first.click()
    page.sheet.sheet.view.clicked.emit(page.sheet.sheet.model.index(1, 1))
    one.settle()
    assert len(one.office.imports.mappings) == 1
    assert page.sheet.other_heading.isEnabled()


def test_unknown_headings_are_no_dead_end(desk):
    one = desk()
    one.office.imports.refusal = TooOdd(text="没有认出台账的表头。")
    page = one.open("problem/excel", id=str(BOOK))
    assert state(page) == "look"
    assert page.sheet.ask.message.text() == "没有认出哪一行是标题行。"
    assert page.reason.text() == "还没有选标题行"
    assert not page.next_step.isEnabled()
    assert not page.rail.isVisible()
    page.sheet.sheet.view.clicked.emit(page.sheet.sheet.model.index(2, 1))
    one.settle()
    assert one.office.imports.asked[-1]["heading"] == 3
    assert page.rail.question.isVisible()


def test_without_a_description_no_row_can_be_imported(looking):
    one, page = looking
    page._map("完成情况", "pace")
    page._map("问题", "")
    one.settle()
    assert page.reason.text() == "还没有说哪一栏是“问题描述”"
    assert not page.next_step.isEnabled()


# ------------------------------------------------------------------------------------- the rows


def test_each_row_says_what_becomes_of_it_and_where(checking):
    _, page = checking
    assert page.take.text().strip() == "导入 22 条"
    assert not page.next_step.isVisible()
    assert page.sheet.sheet.model.index(4, 0).data() == "新增"
    page.sheet.tabs.chosen.emit("rows")
    lines = page.sheet.lines
    assert lines.line(0).state == "refused", "what people should see stands on top"
    changed = next(at for at in range(lines.rowCount()) if lines.line(at).number == 6)
    said = lines.index(changed, 3).data()
    assert said.startswith("C6 整改时限：2026-11-30 → 2026-12-20；C6“2026.2.30”：")
    page.sheet.rows.opened.emit(changed)
    assert page.sheet.parts.currentWidget() is page.sheet.sheet
    assert page.sheet.sheet.view.currentIndex() == page.sheet.sheet.model.address("C6")


def test_a_count_lists_its_rows(checking):
    _, page = checking
    page.rail.listed.emit("same")
    assert page.sheet.parts.currentWidget() is page.sheet.rows
    assert {page.sheet.lines.line(at).state for at in range(page.sheet.lines.rowCount())} == {"same"}
    page.sheet.all.click()
    assert page.sheet.lines.rowCount() == 32


def test_a_note_leads_to_its_cell(checking):
    _, page = checking
    page.sheet.show_part("rows")
    page.rail.cell_wanted.emit("C11")
    assert page.sheet.sheet.view.currentIndex() == page.sheet.sheet.model.address("C11")


def test_a_wrong_date_is_mended_for_this_import_alone_and_put_back(checking):
    one, page = checking
    note = next(note for note in page.rail.notes.notes if note.note.cell == "C6")
    assert note.take.text() == "改成 2026-02-28"
    note.take.click()
    one.settle()
    assert one.office.imports.asked[-1]["cells"] == {"C6": "2026-02-28"}
    assert page.sheet.sheet.model.address("C6").data() == "2026.2.30 → 2026-02-28"
    assert "C6" not in [note.note.cell for note in page.rail.notes.notes]
    page.rail.notes._restore("C6")
    one.settle()
    assert one.office.imports.asked[-1]["cells"] == {}
    note = next(note for note in page.rail.notes.notes if note.note.cell == "C6")
    note.empty.click()
    one.settle()
    assert one.office.imports.asked[-1]["cells"] == {"C6": ""}


def test_a_cell_is_rewritten_by_hand(checking):
    one, page = checking
    note = next(note for note in page.rail.notes.notes if note.note.cell == "C4")
    assert not note.empty.isVisible(), "its words are kept anyway"
    note.edit.click()
    assert note.line.text() == "2026年11月中旬"
    note.line.setText(" 2026-11-15 ")
    note.line.returnPressed.emit()
    one.settle()
    assert one.office.imports.asked[-1]["cells"] == {"C4": "2026-11-15"}


def test_a_doubt_may_be_called_fine(checking):
    _, page = checking
    next(note for note in page.rail.notes.notes if note.note.cell == "C4").fine.click()
    assert [note.note.cell for note in page.rail.notes.notes] == ["C6", "C11"]
    assert page.rail.notes.quiet.text() == "2 处"


def test_the_same_matter_in_many_cells_is_said_once(checking):
    _, page = checking
    why = "“市序号”由县环委办填写，没有采用"
    many = tuple(CellNote(f"G{at}", f"抚{at}", why) for at in range(4, 9))
    notes, book = page.rail.notes, replace(page._book, flagged=(*page._book.flagged, *many))
    notes.show_book(book)
    (one,) = notes.findChildren(ManyRow)
    assert [note.cell for note in one.notes] == ["G4", "G5", "G6", "G7", "G8"]
    assert notes.quiet.text() == "8 处"
    one.each.click()
    assert [note.note.cell for note in notes.notes][-5:] == ["G4", "G5", "G6", "G7", "G8"]
    notes.start_over()
    notes.show_book(book)
    notes.findChildren(ManyRow)[-1].fine.click()
    assert notes.quiet.text() == "3 处"
    page.done.show_book(replace(book, rejected=(), flagged=many))
    assert page.done.next.way_out.text().startswith(f"G4 起 5 格：{why}。")


@pytest.mark.parametrize(
    ("named", "said"),
    [("河口镇", "这张表里有 1 条写的不是本单位：河口镇。"), ("白水镇人民政府", ""), (None, "")],
)
def test_rows_of_other_units_are_found(checking, named, said):
    _, page = checking
    row = replace(page._book.rows[0], state="new", changes=(("township", None, named),))
    assert of_others(replace(page._book, rows=(row, replace(row, state="changed"))), "白水镇") == said


def test_a_township_is_told_that_a_workbook_holds_the_problems_of_others(checking):
    _, page = checking
    row = replace(page._book.rows[0], state="new", changes=(("township", None, "河口镇"),))
    page._book = replace(page._book, rows=(row,))
    page._go_on()
    assert page.notice.message.text() == "这张表里有 1 条写的不是本单位：河口镇。"


def test_one_goes_back_to_the_columns(checking):
    _, page = checking
    page.back_step.click()
    assert page.next_step.isVisible()
    assert page.rail.clear_.isVisible()
    assert page.sheet.sheet.view.isColumnHidden(0)


# ------------------------------------------------------------------------------------- the end


def test_taking_in_says_how_much_and_where_to_look_again(checking):
    one, page = checking
    page.take.click()
    one.settle()
    assert one.office.imports.taken == 1
    assert one.office.imports.remember == [True]
    assert state(page) == "done"
    assert page.done.title.text() == "导入成功：新增 17 条，更新 5 条。"
    assert page.done.next.way_out.text() == "在 C6、C11、C4。改好原来的表格再导入一次，不会重复。"
    page.done.copy.click()
    assert QGuiApplication.clipboard().text().startswith("C6“2026.2.30”：")
    page.save_list(Path("/tmp/清单.xlsx"))
    one.settle()
    assert page.notice.message.text() == "清单存好了。"
    page.done.to_list.click()
    one.settle()
    assert one.window.page.title == "督察整改"


def test_a_layout_is_not_remembered_if_one_does_not_want_it(looking):
    one, page = looking
    page._map("完成情况", "pace")
    one.settle()
    assert page.rail.memory.isVisible()
    page.rail.remember.click()
    page.next_step.click()
    page.take.click()
    one.settle()
    assert one.office.imports.remember == [False]


def test_a_remembered_layout_goes_straight_to_what_would_change_and_can_be_forgotten(desk):
    one = desk()
    one.office.imports.remembered = {"完成情况": "pace"}
    page = one.open("problem/excel", id=str(BOOK))
    assert page.take.isVisible()
    assert page.notice.message.text() == "这种表以前对过，已照上次的对好。"
    page.back_step.click()
    assert page.rail.forget.isVisible()
    page.rail.forget.click()
    one.settle()
    assert one.office.imports.forgotten == ["ab12"]
    assert page.rail.question.isVisible()


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
        assert ASK not in names


def test_a_doubtful_cell_is_seen(looking):
    _, page = looking
    view = page.sheet.sheet.view
    view.horizontalScrollBar().setValue(0)
    picture = QPixmap(view.viewport().size())
    view.viewport().render(picture)
    box = view.visualRect(page.sheet.sheet.model.address("C4"))
    ground = picture.toImage().pixelColor(box.left() + 3, box.center().y())
    assert ground == QColor(theme.token("yellowTint"))


def test_the_model_keeps_the_rules_of_models(qtbot):
    model = Sheet()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(fakes.workbook())
    model.show(fakes.workbook(cells={"C6": ""}))
    assert model.address("C6").data() == "2026.2.30 → （空）"
    assert tester.model() is model


def test_a_long_real_sheet_is_looked_at_mended_and_taken(desk, tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["白水镇生态环境问题整改台账"])
    sheet.append(["序号", "反馈问题", "乡镇", "整改时限", "责任人"])
    for number in range(1, 3001):
        due = "2024.2.30" if number == 7 else "2024.6.30"
        sheet.append([number, f"第{number}处垃圾堆放点没有清运", "白水镇", due, "王某"])
    sheet.append(["合计", "3000 件"])
    path = tmp_path / "长.xlsx"
    book.save(path)
    with quick_folder() as folder:
        office = opening.set_up(folder / "town", "township", "白水镇", "361021101")
        one = desk(office)
        page = one.open("problem/excel", id=str(path))
        view = page.sheet.sheet
        assert view.model.rowCount() == 3003
        view.show_row(2990)
        assert view.model.index(2989, 2).data() == "第2988处垃圾堆放点没有清运"
        page.next_step.click()
        one.settle()
        (note,) = page.rail.notes.notes
        assert note.note.cell == "D9"
        note.take.click()
        one.settle()
        assert page.take.text().strip() == "导入 3000 条"
        page.take.click()
        one.settle()
        assert page.done.title.text() == "导入成功：新增 3000 条，更新 0 条。"
        office.close()
