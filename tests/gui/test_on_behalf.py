"""The county fills in what a unit with a PC of its own fills in itself: it says why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.gui import fakes

ID = f"{0:032x}"


def change(one, **values):
    page = one.open("problem/record", id=ID, rows=tuple(range(22)), at=0)
    page.begin_edit()
    one.settle()
    for name, value in values.items():
        page.form.field(name).rewrite(value)
    return page


def save(one, page):
    page.save()
    one.settle()
    return [written for written in one.office.records.written if written[0] == "edit"]


def test_the_reason_is_asked_for_and_goes_with_the_change(desk):
    one = desk(fakes.county())
    page = change(one, progress="已清运两车。")
    reason = page.editing.behalf.reason
    assert reason.isVisible()
    assert save(one, page) == []
    assert page.notice.message.text() == "还没有保存：这些内容由责任单位自己填写，请写一句代填原因。"
    assert reason.hasFocus()
    assert page.form.field("progress").value == "已清运两车。"
    assert page.keep.isEnabled()
    reason.setText(" 镇里电话报来 ")
    assert save(one, page) == [("edit", "problem", ID, {"progress": "已清运两车。"}, "镇里电话报来")]
    assert page.form is None
    page.begin_edit()
    one.settle()
    page.form.field("progress").rewrite("已清运三车。")
    assert not reason.text()


def test_it_is_seen_only_while_such_a_field_is_changed(desk):
    one = desk(fakes.county())
    page = change(one, person="周海平")
    behalf = page.editing.behalf
    assert behalf.isHidden()
    page.form.field("progress").rewrite("已清运两车。")
    assert behalf.isVisible()
    page.form.field("progress").rewrite(page.form.base()["progress"])
    assert behalf.isHidden()
    assert save(one, page) == [("edit", "problem", ID, {"person": "周海平"})]


def _without_a_device(office):
    office.units.units = [replace(unit, devices=0) for unit in office.units.units]
    return office


def _of_the_county_itself(office):
    office.units.units = [replace(unit, kind="county") for unit in office.units.units]
    return office


@pytest.mark.parametrize("prepare", [_without_a_device, _of_the_county_itself])
def test_where_nobody_else_can_fill_it_in_nothing_is_asked(desk, prepare):
    one = desk(prepare(fakes.county()))
    page = change(one, progress="已清运两车。")
    assert page.editing.behalf.isHidden()
    assert save(one, page) == [("edit", "problem", ID, {"progress": "已清运两车。"})]


def test_the_unit_itself_is_not_asked(desk):
    one = desk(fakes.township())
    page = change(one, progress="已清运两车。")
    assert save(one, page) == [("edit", "problem", ID, {"progress": "已清运两车。"})]


def test_a_new_record_is_not_asked_about(desk):
    one = desk(fakes.county())
    page = one.open("problem/record", new=True)
    page.form.field("description").rewrite("河道有垃圾")
    page.form.field("progress").rewrite("已清运两车。")
    assert page.editing.behalf.isHidden()
    page.save()
    one.settle()
    assert [written[0] for written in one.office.records.written] == ["add"]


SAID = "还没有保存：这些内容由责任单位自己填写，请写一句代填原因。"


def fill_in(page, form, **values):
    for name, value in values.items():
        form.form.fields[name].rewrite(value)
    form.save.click()


@pytest.mark.parametrize("part", ["measures", "dispatches"])
def test_measures_and_dispatches_ask_for_the_reason_too(desk, part):
    one = desk(fakes.county())
    page = one.open("problem/record", id=ID, rows=tuple(range(22)), at=0)
    form = getattr(page.story, part)
    one.do(form.begin)
    assert form.behalf.isHidden(), "nothing is changed yet"
    typed = {"text": "清运"} if part == "measures" else {"progress": "已清运两车。", "pace": "on_schedule"}
    one.do(lambda: fill_in(page, form, **typed))
    assert form.behalf.isVisible()
    assert one.office.records.written == []
    assert page.notice.message.text() == SAID
    assert form.behalf.reason.hasFocus()
    form.behalf.reason.setText("镇里电话报来")
    one.do(form.save.click)
    ((*_, why),) = one.office.records.written
    assert why == "镇里电话报来"
    assert form.form is None
    one.do(form.begin)
    assert not form.behalf.reason.text(), "a reason is for one change"


def test_a_township_fills_its_own_measures_in_without_a_reason(desk):
    one = desk(fakes.township())
    page = one.open("problem/record", id=ID, rows=tuple(range(22)), at=0)
    one.do(page.story.measures.begin)
    one.do(lambda: fill_in(page, page.story.measures, text="清运"))
    assert one.office.records.written == [("add_measure", ID, {"text": "清运"})]


def bulk(one, field, value):
    page = one.open("problem")
    page.ticks.put(range(3))
    one.do(lambda: page.begin_bulk_edit(field))
    one.do(lambda: page.bulk_edit.field.rewrite(value))
    one.do(page.bulk_edit.look)
    return page.bulk_edit


def test_changing_many_asks_once_and_writes_it_to_each(desk):
    one = desk(fakes.county())
    panel = bulk(one, "pace", "ahead")
    assert panel.behalf.isVisible()
    one.do(panel.change.click)
    assert one.office.records.written == []
    assert panel.notice.message.text() == SAID
    panel.behalf.reason.setText("各镇电话报来")
    one.do(panel.change.click)
    assert one.office.records.written == [("edit_many", "problem", {"pace": "ahead"}, [0, 2], "各镇电话报来")]


@pytest.mark.parametrize(("prepare", "field", "value"), [
    (_without_a_device, "pace", "ahead"), (lambda office: office, "person", "赵六"),
])  # fmt: skip
def test_changing_many_asks_only_where_the_unit_writes_it_itself(desk, prepare, field, value):
    one = desk(prepare(fakes.county()))
    panel = bulk(one, field, value)
    assert panel.behalf.isHidden()
    one.do(panel.change.click)
    assert len(one.office.records.written) == 1


MOVED = "还没有保存：改整改时限要写一句原因。"


def test_the_county_says_why_it_moves_a_deadline(desk):
    one = desk(fakes.county())
    page = change(one, deadline="2027-03-31")
    behalf = page.editing.behalf
    assert (behalf.isVisible(), behalf.name.text()) == (True, "改时限的原因")
    assert save(one, page) == []
    assert page.notice.message.text() == MOVED
    behalf.reason.setText("县政府会议纪要")
    (written,) = save(one, page)
    assert written[-1] == "县政府会议纪要"
    assert set(written[3]) <= {"deadline", "deadline_text"}


def test_many_deadlines_are_moved_for_one_reason(desk):
    one = desk(fakes.county())
    panel = bulk(one, "deadline", "2027-03-31")
    assert panel.behalf.name.text() == "改时限的原因"
    one.do(panel.change.click)
    assert panel.notice.message.text() == MOVED
    panel.behalf.reason.setText("统一延期")
    one.do(panel.change.click)
    assert one.office.records.written[-1][-1] == "统一延期"


def test_a_township_and_a_first_deadline_ask_for_nothing(desk):
    one = desk(fakes.township())
    page = change(one, deadline="2027-03-31")
    assert page.editing.behalf.isHidden()
    one.close()
    one = desk(fakes.county())
    one.office.records.changes = {"deadline": None, "deadline_text": ""}
    page = change(one, deadline="2027-03-31")
    assert page.editing.behalf.isHidden()
