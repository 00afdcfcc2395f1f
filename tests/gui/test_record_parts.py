"""The short forms of a record: measures, monthly dispatches, remarks."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt

from gui.widgets.buttons import Carrier
from tests.gui import fakes
from tests.gui.one_record import ID, go_meanwhile, long_work


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


def test_a_form_that_was_opened_is_seen_whole(record, qtbot):
    _, page = record
    page.story.dispatches.add_one.click()
    form, scroller = page.story.dispatches.form, page.story.scroller
    qtbot.waitUntil(
        lambda: form.mapTo(scroller.viewport(), QPoint(0, form.height())).y() < scroller.viewport().height()
    )
    assert form.mapTo(scroller.viewport(), QPoint(0, 0)).y() >= 0


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


def test_what_is_saved_late_leaves_the_next_record_alone_and_is_saved_once(record):
    one, page = record
    go_on, story, other = long_work(one), page.story, f"{1:032x}"
    story.measures.begin()
    story.measures.form.fields["text"].rewrite("补种绿化")
    page._do_step("dispatch")
    for name, value in {"pace": "behind", "progress": "清场中"}.items():
        story.dispatches.form.fields[name].rewrite(value)
    story.remarks.text.setText("已现场核实")
    for _ in range(2):
        story.measures.save.click()
        story.dispatches.save.click()
        story.remarks.write.click()
    page.parts._put_back("person", "王五")
    page = go_meanwhile(one, "problem/record", other)
    story.measures.begin()
    story.measures.form.fields["text"].rewrite("还没有写完")
    story.remarks.text.setText("也没有")
    go_on.set()
    one.settle()
    assert [written[:2] for written in one.office.records.written] == [
        ("add_measure", ID), ("add_dispatch", ID), ("edit", "problem"), ("edit", "problem"),
    ]  # fmt: skip
    assert story.measures.form.fields["text"].value == "还没有写完"
    assert story.remarks.text.text() == "也没有"
    assert {draft.record for draft in one.session.drafts.all()} <= {other}


def test_what_is_refused_late_marks_nothing_of_the_record_that_is_shown_by_then(record):
    one, page = record
    go_on, other, story = long_work(one), f"{1:032x}", page.story
    story.measures.begin()
    for name, value in {"text": "补种绿化", "due": "2026-12-31"}.items():
        story.measures.form.fields[name].rewrite(value)
    story.measures.save.click()
    page.begin_edit()
    one.qtbot.waitUntil(lambda: page.form.is_ready)
    page.form.field("person").rewrite("周海平")
    page.save()
    one.office.records.refusal = fakes.Refused(field="person")
    page = go_meanwhile(one, "problem/record", other)
    story.measures.begin()
    page.begin_edit()
    one.qtbot.waitUntil(lambda: page.form.is_ready)
    page.form.field("person").rewrite("李四")
    go_on.set()
    one.settle()
    assert (story.measures.form.fields["person"].wrong, page.form.field("person").wrong) == ("", "")
    assert page.notice.message.text().startswith("刚才离开的那一条没有保存：")
    assert page.keep.isEnabled()
    assert {(draft.record, draft.part) for draft in one.session.drafts.of("problem", ID)} == {
        (ID, "edit"),
        (ID, "measure"),
    }


def test_one_is_led_on_when_all_is_saved_and_never_later(record):
    one, page = record
    card, remarks, led = page.story.measures, page.story.remarks, []
    card.begin()
    card.form.fields["due"].rewrite("2026-12-31")
    remarks.text.setText("已现场核实")
    one.do(lambda: page.save_then(lambda: led.append("lacking")))
    card.form.fields["text"].rewrite("补种绿化")
    one.office.records.refusal = fakes.Refused()
    one.do(lambda: page.save_then(lambda: led.append("refused")))
    one.office.records.refusal = None
    one.do(remarks.write.click)
    assert (led, page.is_dirty) == ([], True)
    remarks.text.setText("再核实一次")
    one.do(lambda: page.save_then(lambda: led.append("all saved")))
    assert (led, page.is_dirty) == (["all saved"], False)


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
