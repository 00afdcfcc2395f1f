from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from gui.dialogs import leaving
from gui.dialogs.question import Question
from gui.places import Place
from tests.gui import fakes

ID = f"{0:032x}"


def texts(widget):
    return [one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget)]


@pytest.fixture
def record(desk):
    one = desk()
    return one, one.open("problem/record", id=ID, rows=tuple(range(22)), at=0)


def test_a_record_is_read_with_its_stations_facts_and_parts(record):
    _, page = record
    assert page.header.title.accessibleName() == fakes.TITLES[0]
    assert page.light.accessibleName() == "红灯：逾期 8 天"
    assert page.neighbours.where.text() == "1 / 22"
    rail = texts(page.story.rail)
    assert "2026-11-15（逾期 8 天）" in rail
    assert "原文：“2026年11月中旬前全部清场”" in rail
    assert page.story.tabs.buttons["measures"].text() == "措施 2 / 4"
    assert "整改 现在 逾期 8 天" in page.story.stations.accessibleName()
    assert [one.text().strip() for one in page.story.now.findChildren(type(page.back))] == ["填 11月月调度"]


def test_neighbours_are_reached_and_the_ends_are_ends(record):
    one, page = record
    assert not page.neighbours.previous.isEnabled()
    page.neighbours.next.click()
    one.settle()
    assert page.neighbours.where.text() == "2 / 22"
    assert page.header.title.accessibleName() == fakes.TITLES[1]
    assert page.neighbours.previous.isEnabled()


def test_history_says_old_and_new_and_what_was_not_applied(record):
    _, page = record
    said = [one.accessibleName() for one in page.story.history.findChildren(QLabel)]
    assert "责任人\u2003李志强 → 王秀兰" in said
    assert "序时进度\u2003达到序时进度 → 达到序时进度；未达到序时进度（2026-11-19）" in said
    assert any(text.startswith("登记 12 处：") for text in said)
    assert "未应用" in texts(page.story.history)


def test_editing_saves_only_what_was_changed(record):
    one, page = record
    page.begin_edit()
    one.settle()
    assert not page.keep.isEnabled()
    person = page.form._forms[2].fields["person"]
    person.editor.setFocus()
    person.rewrite("周海平")
    assert page.reassure.text() == "改了 1 处，还没有保存。"
    page.save()
    one.settle()
    assert one.office.records.written == [("edit", "problem", ID, {"person": "周海平"})]
    assert page.form is None
    assert page.notice.message.text() == "已保存到本机。"
    assert "责任人 周海平\u2003电话 0796-8440112" in texts(page.story.rail)


def test_a_wrong_value_is_marked_beside_its_field_and_kept(record):
    one, page = record
    one.office.records.refusal = fakes.Refused(field="deadline")
    page.begin_edit()
    one.settle()
    deadline = page.form._forms[1].fields["deadline"]
    deadline.rewrite("2024.2.30")
    page.save()
    one.settle()
    assert page.form is not None
    assert deadline.value == "2024.2.30"
    assert "不是有效日期" in deadline.hint.text()
    assert deadline.editor.property("bad") == "1"
    assert page.notice.isVisible()
    assert page.keep.isEnabled()


def test_what_another_unit_writes_is_locked_with_the_reason(desk):
    one = desk()
    one.office.records.may = frozenset({"progress", "pace", "remark"})
    page = one.open("problem/record", id=ID)
    page.begin_edit()
    one.settle()
    fields = {name: field for form in page.form._forms for name, field in form.fields.items()}
    assert fields["description"].editor.isReadOnly()
    assert fields["description"].hint.text() == "由登记这条记录的单位填写"
    assert fields["county_number"].hint.text() == "由县环委办填写"
    assert not fields["closing_stage"].editor.isEnabled()
    assert fields["closed_on"].hint.text() == "由县环委办填写"
    assert not fields["progress"].editor.isReadOnly()
    assert fields["progress"].editor.hasFocus() or fields["pace"].editor.hasFocus()


def test_a_date_is_tidied_when_the_field_is_left(record):
    one, page = record
    page.begin_edit()
    one.settle()
    field = page.form._forms[1].fields["deadline"]
    field.editor.setText("2026.3.9")
    field.editor.editingFinished.emit()
    assert field.value == "2026-03-09"


@pytest.mark.parametrize(
    ("answer", "written", "leaves"),
    [(leaving.STAY, 0, False), (leaving.LEAVE, 0, True), (leaving.SAVE, 1, True)],
)
def test_leaving_with_changes_asks(record, monkeypatch, answer, written, leaves):
    one, page = record
    page.begin_edit()
    one.settle()
    page.form._forms[2].fields["person"].rewrite("周海平")
    monkeypatch.setattr(leaving, "ask_leaving", lambda *_: answer)
    one.window.go(Place("overview"))
    one.settle()
    assert len(one.office.records.written) == written
    assert (one.window.page is not page) is leaves


def test_a_save_that_is_refused_keeps_one_on_the_page(record, monkeypatch):
    one, page = record
    one.office.records.refusal = fakes.Refused(field="person")
    page.begin_edit()
    one.settle()
    page.form._forms[2].fields["person"].rewrite("周海平")
    monkeypatch.setattr(leaving, "ask_leaving", lambda *_: leaving.SAVE)
    one.window.go(Place("overview"))
    one.settle()
    assert one.window.page is page
    assert page.form is not None


def test_a_monthly_dispatch_takes_over_last_month(record, qtbot):
    one, page = record
    page._do_step("dispatch")
    card = page.story.dispatches
    assert card.form.fields["month"].value == "2026-11"
    qtbot.mouseClick(card.take_over, Qt.MouseButton.LeftButton)
    assert card.form.fields["pace"].value == "behind"
    card.form.fields["progress"].rewrite("3 号点位已清场。")
    qtbot.mouseClick(card.save, Qt.MouseButton.LeftButton)
    one.settle()
    ((verb, problem, values),) = one.office.records.written
    assert (verb, problem) == ("add_dispatch", ID)
    assert values["month"] == "2026-11"
    assert values["progress"] == "3 号点位已清场。"
    assert card.form is None


def test_a_dispatch_without_its_grade_says_what_is_missing(record, qtbot):
    one, page = record
    page._do_step("dispatch")
    card = page.story.dispatches
    card.form.fields["progress"].rewrite("清场中")
    qtbot.mouseClick(card.save, Qt.MouseButton.LeftButton)
    one.settle()
    assert one.office.records.written == []
    assert card.form.fields["pace"].hint.text() == "还差序时进度，请选一个。"


def test_measures_are_added_and_changed(record, qtbot):
    one, page = record
    card = page.story.measures
    card.begin()
    card.form.fields["text"].rewrite("补种绿化")
    card.form.fields["due"].rewrite("2026-12-31")
    qtbot.mouseClick(card.save, Qt.MouseButton.LeftButton)
    one.settle()
    card._edit(page._shown.record["measures"][1])
    card.form.fields["done_on"].rewrite("2026-11-22")
    qtbot.mouseClick(card.save, Qt.MouseButton.LeftButton)
    one.settle()
    assert one.office.records.written == [
        ("add_measure", ID, {"text": "补种绿化", "due": "2026-12-31"}),
        ("edit_measure", ID, "a2", {"done_on": "2026-11-22"}),
    ]


def test_a_measure_that_is_refused_keeps_its_form(record, qtbot):
    one, page = record
    one.office.records.refusal = fakes.Refused(field="due")
    card = page.story.measures
    card.begin()
    card.form.fields["text"].rewrite("补种绿化")
    card.form.fields["due"].rewrite("2024.2.30")
    qtbot.mouseClick(card.save, Qt.MouseButton.LeftButton)
    one.settle()
    assert "不是有效日期" in card.form.fields["due"].hint.text()


def test_a_remark_is_added_to_those_that_are_there(record, qtbot):
    one, page = record
    remarks = page.story.remarks
    remarks.text.setText("已现场核实")
    assert page.is_dirty
    qtbot.keyClick(remarks.text, Qt.Key.Key_Return)
    one.settle()
    assert one.office.records.written == [("edit", "problem", ID, {"remark": "已现场核实"})]
    assert not page.is_dirty


def test_voiding_asks_for_the_reason_and_can_be_taken_back(record, monkeypatch):
    one, page = record

    def answer(question):
        assert not question.buttons["作废这个问题"].isEnabled(), "first the reason"
        question.reason.setText("重复登记")
        assert question.buttons["作废这个问题"].isEnabled()
        return "作废这个问题"

    monkeypatch.setattr(Question, "ask", answer)
    page._act("作废")
    one.settle()
    assert one.office.records.written == [("void", "problem", ID, "重复登记")]
    assert page.notice.message.text() == "这条记录已作废，不再计入台账和统计。"
    assert not page.story.edit.isVisible()
    page.notice.first.click()
    one.settle()
    assert one.office.records.written[-1] == ("unvoid", "problem", ID)
    assert page.story.edit.isVisible()


def test_a_new_record_needs_its_description(desk, qtbot):
    one = desk()
    page = one.open("problem/record", new=True)
    page.form._forms[0].fields["source"].rewrite("自查")
    page.save()
    one.settle()
    assert one.office.records.written == []
    assert "还差“问题描述”" in page.form._forms[0].fields["description"].hint.text()
    page.form._forms[0].fields["description"].rewrite("河道有垃圾")
    page.save()
    one.settle()
    assert one.office.records.written == [("add", "problem", {"description": "河道有垃圾", "source": "自查"})]
    assert page.form is None
    assert page._place.id == f"{3:032x}"


def test_what_somebody_wrote_is_never_interpreted(desk):
    one = desk()
    evil = "<b>粗</b><img src='file:///etc/passwd'> =HYPERLINK(\"x\")"
    one.office.records.changes = {"title": evil, "description": evil, "source": evil}
    page = one.open("problem/record", id=ID)
    labels = [label for label in page.findChildren(QLabel) if "<b>" in label.text()]
    assert labels
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}


def test_the_answer_for_a_record_that_was_left_is_dropped(desk, qtbot):
    one = desk()
    page = one.open("problem/record", id=ID)
    one.window.go(Place("problem/record", id=f"{1:032x}"))
    one.window.go(Place("problem/record", id=f"{2:032x}"))
    one.settle()
    assert page.header.title.accessibleName() == fakes.TITLES[2]


def test_the_county_is_not_asked_to_fill_the_month(desk):
    page = desk(fakes.county()).open("problem/record", id=ID)
    said = texts(page.story.now)
    assert "现在的情况" in said
    assert "11月月调度还没有收到" in said


def test_a_petition_has_its_own_parts(desk):
    page = desk().open("petition/record", id=ID)
    assert "处理结果" in texts(page.story)
    assert "measures" not in page.story.tabs.buttons
    assert page.story.pace.text() == "属实"
