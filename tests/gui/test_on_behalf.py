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
