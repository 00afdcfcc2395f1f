"""恢复旧值: what is offered, what is not, and that putting one back is a change like any other."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QDialog

from gui.panels.record.former import Former, FormerDialog, formers
from models.services.views.lists import Change
from tests.gui import fakes
from tests.gui.one_record import ID


def change(field, old, new, **more):
    return Change(
        "2026-11-18T09:05:00+08:00",
        "陈建国",
        "361021",
        "临江县环委办",
        "d0",
        ID,
        "problem",
        field,
        field,
        old,
        new,
        **more,
    )


def test_only_what_one_may_write_and_what_stands_no_more_is_offered():
    record = {"person": "王秀兰", "goal": "清运", "deadline": "2026-12-20", "place": "甲"}
    changes = [
        change("person", "李志强", "王秀兰"), change("person", "李志强", "张三"), change("goal", "清运", "清运完"),
        change("deadline", "2026-11-30", "2026-12-20"), change("place", "乙", "丙", applied=False),
        change("completed_on", None, "completed"), change("township", "白水镇", "青石镇"), change("place", None, "甲"),
    ]  # fmt: skip
    found = formers("problem", changes, record, frozenset({"person", "goal", "place", "township", "completed_on"}))
    assert [(one.field, one.value) for one in found] == [("person", "李志强"), ("place", "")]
    assert found[0].said.startswith("person：改回 李志强\n现在是 王秀兰（")
    assert "（空）" in found[1].said


def test_a_long_value_is_cut_in_the_list_and_not_when_it_is_put_back():
    (one,) = formers("problem", [change("goal", "长" * 99, "短")], {"goal": "短"}, frozenset({"goal"}))
    assert one.value == "长" * 99
    assert "长" * 40 + "…" in one.said


@pytest.fixture
def record(desk):
    one = desk()
    return one, one.open("problem/record", id=ID)


def test_a_former_value_is_put_back_from_the_history(record, monkeypatch):
    one, page = record
    history = page.story.history
    assert history.former.isVisible()
    monkeypatch.setattr(FormerDialog, "exec", lambda _: QDialog.DialogCode.Rejected)
    history.former.click()
    one.settle()
    assert one.office.records.written == []
    monkeypatch.setattr(FormerDialog, "exec", lambda _: QDialog.DialogCode.Accepted)
    history.former.click()
    one.settle()
    assert one.office.records.written == [("edit", "problem", ID, {"person": "李志强"}, "恢复旧值")]
    assert page.notice.message.text() == "已改回旧值，历史里记了一笔。"


def test_a_refusal_is_said(record):
    one, page = record
    one.office.records.refusal = fakes.Refused(text="这一栏由县环委办填写。")
    page.story.history.wanted.emit("person", "李志强")
    one.settle()
    assert page.notice.message.text() == "这一栏由县环委办填写。"


def test_the_dialog_offers_the_newest_first_and_needs_a_choice(qtbot):
    dialog = FormerDialog([Former("person", "李志强", "责任人：改回 李志强"), Former("goal", "", "目标：改回 （空）")])
    qtbot.addWidget(dialog)
    assert dialog.list.currentRow() == 0
    assert dialog.put.isEnabled()
    dialog.list.setCurrentRow(-1)
    assert not dialog.put.isEnabled()


def test_a_value_of_the_county_is_put_back_by_the_township_and_arrives(world):
    records = world["county"].records
    record = records.add("problem", {"description": "河道堆放", "township": "白水镇"})["id"]
    world.send("county", "town")
    town = world["town"].records
    town.edit("problem", record, {"progress": "已清运一半"})
    world.send("town", "county")
    records.edit("problem", record, {"progress": "没有动工"})
    world.send("county", "town")
    may = town.writable("problem", record)
    offered = formers("problem", town.history("problem", record), town.show("problem", record), may)
    (one,) = [former for former in offered if former.field == "progress" and former.value]
    town.edit("problem", record, {one.field: one.value}, "恢复旧值")
    assert town.history("problem", record)[-1].why == "恢复旧值"
    assert world.send("town", "county").conflicts == 0
    assert records.show("problem", record)["progress"] == "已清运一半"
