from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from gui.dialogs import leaving
from gui.dialogs.question import Question
from gui.places import Place
from gui.widgets.buttons import Carrier
from tests.gui import fakes

ID = f"{0:032x}"


def texts(widget):
    return [one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget)]


def field(page, name):
    return page.form.field(name)


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
    assert [one.text().strip() for one in page.story.now.findChildren(type(page.back))] == ["看措施", "填 11月月调度"]


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
    entries = page.story.history.log.entries
    said = [line for one in entries for line in one.lines]
    assert "责任人\u2003李志强 → 王秀兰" in said
    assert "序时进度\u2003达到序时进度 → 达到序时进度；未达到序时进度（2026-11-19）" in said
    assert any(text.startswith("登记 12 处：") for text in said)
    assert [one.mark for one in entries] == ["未应用", "", "", ""]
    assert entries[1].note == "原因：与实际不符"


def test_editing_saves_only_what_was_changed(record):
    one, page = record
    page.begin_edit()
    one.settle()
    assert not page.keep.isEnabled()
    person = field(page, "person")
    person.editor.setFocus()
    person.rewrite("周海平")
    assert page.reassure.text() == "改了 1 处，还没有保存。"
    page.save()
    one.settle()
    assert one.office.records.written == [("edit", "problem", ID, {"person": "周海平"})]
    assert page.form is None
    assert page.notice.message.text() == "已保存到本机。"
    assert "责任人 周海平\u2003电话 0796-8440112" in texts(page.story.rail)


def test_a_value_that_is_refused_is_marked_beside_its_field_and_kept(record):
    one, page = record
    one.office.records.refusal = fakes.Refused(field="person")
    page.begin_edit()
    one.settle()
    person = field(page, "person")
    person.rewrite("周海平")
    page.save()
    one.settle()
    assert page.form is not None
    assert person.value == "周海平"
    assert "不是有效日期" in person.hint.text()
    assert person.editor.property("bad") == "1"
    assert page.notice.isVisible()
    assert page.keep.isEnabled()


def test_what_can_stand_is_saved_and_the_wrong_value_stays_in_the_form(record):
    one, page = record
    page.begin_edit()
    one.settle()
    field(page, "deadline").rewrite("2024.2.30")
    field(page, "person").rewrite("周海平")
    page.save()
    one.settle()
    assert one.office.records.written == [("edit", "problem", ID, {"person": "周海平"})]
    assert page.form is not None
    assert page.form.changes() == {"deadline": "2024.2.30"}
    assert field(page, "deadline").hint.text() == "2月没有 30 日，最后一天是 2024-02-29。"
    assert page.form.lacking.accessibleName() == "还有 1 处要补：整改时限"
    assert page.notice.message.text() == "其余 1 处已保存到本机，“整改时限”还没有保存。"
    (draft,) = one.session.drafts.of("problem", ID)
    assert draft.values == {"deadline": "2024.2.30"}
    field(page, "deadline").rewrite("2024-02-29")
    page.save()
    one.settle()
    assert one.office.records.written[-1] == ("edit", "problem", ID, {"deadline": "2024-02-29"})
    assert page.form is None
    assert one.session.drafts.all() == ()


def test_what_another_unit_writes_is_locked_with_the_reason(desk):
    one = desk()
    one.office.records.may = frozenset({"progress", "pace", "remark"})
    page = one.open("problem/record", id=ID)
    page.begin_edit()
    one.settle()
    page.form.finish()
    fields = {each.field.name: each for each in page.form.fields()}
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
    found = field(page, "found_on")
    found.rewrite("2026.3.9")
    assert found.value == "2026.3.9", "never while one types"
    found.editor.editingFinished.emit()
    assert found.value == "2026-03-09"


@pytest.mark.parametrize(
    ("answer", "written", "leaves"),
    [(leaving.STAY, 0, False), (leaving.LEAVE, 0, True), (leaving.SAVE, 1, True)],
)
def test_leaving_with_changes_asks(record, monkeypatch, answer, written, leaves):
    one, page = record
    page.begin_edit()
    one.settle()
    field(page, "person").rewrite("周海平")
    monkeypatch.setattr(leaving, "ask_leaving", lambda *_, **__: answer)
    one.window.go(Place("overview"))
    one.settle()
    assert len(one.office.records.written) == written
    assert (one.window.page is not page) is leaves


def test_a_save_that_is_refused_keeps_one_on_the_page(record, monkeypatch):
    one, page = record
    one.office.records.refusal = fakes.Refused(field="person")
    page.begin_edit()
    one.settle()
    field(page, "person").rewrite("周海平")
    monkeypatch.setattr(leaving, "ask_leaving", lambda *_, **__: leaving.SAVE)
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
    card.form.fields["due"].rewrite("2024-02-29")
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
    page.acts.act("作废")
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
    field(page, "source").rewrite("自查")
    page.save()
    one.settle()
    assert one.office.records.written == []
    assert "还差“问题描述”" in field(page, "description").hint.text()
    field(page, "description").rewrite("河道有垃圾")
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


def test_the_next_record_is_read_at_the_same_place(record, qtbot):
    one, page = record
    bar = page.story.scroller.verticalScrollBar()
    page.story.show_section("dispatches")
    qtbot.waitUntil(lambda: bar.value() > 0)
    at = bar.value()
    qtbot.keyClick(page, Qt.Key.Key_PageDown)
    one.settle()
    assert page.neighbours.where.text() == "2 / 22"
    assert abs(bar.value() - at) < 200
    one.open("problem/record", id=ID)
    assert bar.value() == 0, "a record that was opened begins at its top"


def test_in_a_narrow_window_the_particulars_are_a_section(record):
    one, page = record
    assert page.story.rail.isVisible()
    assert page.story.tabs.buttons["facts"].isHidden()
    one.window.resize(1024, 640)
    one.settle()
    assert not page.story.rail.isVisible()
    assert page.story.tabs.buttons["facts"].isVisible()
    assert "2026-11-15（逾期 8 天）" in texts(page.story.scroller)
    page.story.show_section("facts")
    one.settle()
    assert page.story.tabs.current == "facts"
    one.window.resize(1366, 768)
    one.settle()
    assert page.story.rail.isVisible()
    assert "2026-11-15（逾期 8 天）" in texts(page.story.rail)


def test_the_section_follows_the_scroll(record, qtbot):
    _one, page = record
    bar = page.story.scroller.verticalScrollBar()
    assert page.story.tabs.current == "now"
    bar.setValue(page.story.measures.y())
    assert page.story.tabs.current == "measures"
    bar.setValue(0)
    assert page.story.tabs.current == "now"


def test_the_particulars_are_copied_as_text(record):
    _one, page = record
    menu = page.acts.menu()
    said = [act.text() for act in menu.actions() if act.text()]
    assert said == ["修改这个问题\tF2", "复制基本情况", "复制编号", "作废这个问题…"]
    next(act for act in menu.actions() if act.text() == "复制基本情况").trigger()
    text = QGuiApplication.clipboard().text()
    assert text.startswith(fakes.TITLES[0])
    assert "整改时限：2026-11-15（逾期 8 天）（原文：“2026年11月中旬前全部清场”）" in text.splitlines()
    assert "责任人 王秀兰\u3000电话 0796-8440112" in text
    assert page.notice.message.text() == "已复制，可以粘贴到别处。"


def test_missing_months_are_seen_and_filled(desk, qtbot):
    one = desk()
    months = [{"id": "d", "month": f"2026-{m:02}", "pace": "on_schedule", "progress": "已清场"} for m in (6, 7, 9, 10)]
    one.office.records.changes = {"dispatches": months}
    page = one.open("problem/record", id=ID)
    card = page.story.dispatches
    assert card.missing() == ["2026-11", "2026-08"]
    assert card.quiet.text() == "已填 4 个月\u2003缺 2 个月"
    card.all.click()
    fill = {one.value: one for one in card.findChildren(Carrier) if one.text() in {"填写", "补填"}}
    assert list(fill) == ["2026-11", "2026-08"]
    fill["2026-08"].click()
    assert card.form.fields["month"].value == "2026-08"
    assert card.form.fields["progress"].hint.text() == "上月：已清场"
    qtbot.keyClick(card, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert card.form.fields["progress"].value == "已清场"
    card.save.click()
    one.settle()
    ((_, _, values),) = one.office.records.written
    assert (values["month"], values["pace"]) == ("2026-08", "on_schedule")


def test_last_months_words_never_replace_what_was_typed(record):
    _, page = record
    page._do_step("dispatch")
    form = page.story.dispatches.form
    form.fields["progress"].rewrite("3 号点位已清场。")
    page.story.dispatches.take_over.click()
    assert form.fields["progress"].value == "3 号点位已清场。"
    assert form.fields["difficulties"].value == "业主外出"


def test_what_is_missing_has_its_button_which_goes_to_the_field(desk, qtbot):
    one = desk()
    one.office.records.changes = {"person": None, "deadline": None, "deadline_kind": None, "measures": []}
    page = one.open("problem/record", id=ID)
    said = {button.text().strip(): button for button in page.story.now.findChildren(Carrier)}
    assert list(said) == ["加一条措施", "写责任人", "写整改时限", "填 11月月调度"]
    said["写责任人"].click()
    qtbot.waitUntil(field(page, "person").editor.hasFocus)


def test_what_another_unit_writes_asks_for_nothing_here(desk):
    one = desk()
    one.office.records.may = frozenset({"progress", "pace"})
    one.office.records.changes = {"person": None}
    page = one.open("problem/record", id=ID)
    assert "还没有写责任人" in texts(page.story.now)
    assert "写责任人" not in [button.text().strip() for button in page.story.now.findChildren(Carrier)]


def test_after_saving_the_focus_is_on_the_page(record, qtbot):
    one, page = record
    page.begin_edit("person")
    qtbot.waitUntil(field(page, "person").editor.hasFocus)
    field(page, "person").rewrite("周海平")
    page.save()
    one.settle()
    assert page.hasFocus(), "and PgDn goes on to the next record"
    page._do_step("measure")
    page.story.measures.form.fields["text"].rewrite("补种绿化")
    page.save()
    one.settle()
    assert page.story.measures.add_one.hasFocus()


def test_escape_closes_a_short_form_and_keeps_what_was_typed(record, qtbot):
    _one, page = record
    page._do_step("measure")
    page.story.measures.form.fields["text"].rewrite("补种绿化")
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert page.story.measures.form is None
    assert page.offer.way_out.text() == "新的措施：补种绿化"
    page.offer.first.click()
    assert page.story.measures.form.fields["text"].value == "补种绿化"


def test_a_row_of_the_time_line_opens_its_measure(record, qtbot):
    _one, page = record
    line = page.story.measures.timeline
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Down)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    form = page.story.measures.form
    assert form.fields["text"].value == "规模较大的 2 个拆解点清场"
    assert form.fields["done_on"].editor.hasFocus()


def test_a_new_date_beside_the_old_wording_is_asked_about(record):
    one, page = record
    page.begin_edit()
    one.settle()
    field(page, "deadline").rewrite("2026-12-20")
    field(page, "deadline").left.emit()
    assert field(page, "deadline_text").hint.text() == "整改时限改了，原文还是原来的，请核对。"
    field(page, "deadline").rewrite("2026-11-15")
    field(page, "deadline").left.emit()
    assert field(page, "deadline_text").hint.text() == ""


def test_the_form_asks_for_what_the_ledger_holds(record):
    one, page = record
    page.begin_edit()
    one.settle()
    assert field(page, "source").editor.finder.count() == len(fakes.SOURCES)
    assert field(page, "found_on").editor.finder is None
