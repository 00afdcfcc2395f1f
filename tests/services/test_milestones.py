"""Milestones over real homes: the county's template, the township's plan, after an extension only what is left."""

from __future__ import annotations

from datetime import date

import pytest

from models.domain.forms import BadValue
from models.services.base.refusals import NoSuchRecord, NothingWritten, NotYours
from models.services.problems.milestones import NoDeadline, NoTemplate, TooLate, WrittenSince
from tests.services.problems import a_problem, seen

TEMPLATE = [
    {"name": "本县的", "kinds": ["time_limited", "immediate"], "days": 0, "steps": [
        {"text": "开工", "share": 20}, {"text": "过半", "share": 50}, {"text": "申请验收", "before": 2},
    ]},
]  # fmt: skip


def stood(world, name, record):
    return [(m["text"], m["due"], m["done_on"], m["kind"]) for m in seen(world, name, record)["measures"]]


def test_planned_by_the_countys_template_and_after_an_extension_only_what_is_left(world):
    county, town = world["county"], world["town"]
    county.dictionaries.set("backplan", TEMPLATE)
    one = a_problem(world, deadline="2024-08-30", deadline_kind="限期整改", assigned_on="2024-06-03")
    world.round("town")
    shown = town.milestones.propose(one)
    assert (shown.template, shown.start, shown.deadline, shown.doubts()) == ("本县的", "2024-06-03", "2024-08-30", [])
    assert [(m.text, m.due, m.state) for m in shown.lines] == [
        ("开工", "2024-06-21", "new"), ("过半", "2024-07-17", "new"), ("申请验收", "2024-08-28", "new"),
    ]  # fmt: skip
    assert stood(world, "town", one) == []
    edited = [shown.lines[0]._replace(due="2024年6月20日"), *shown.lines[1:]]
    planned = town.milestones.plan(one, edited, shown.template)
    assert stood(world, "town", one) == [
        ("开工", "2024-06-20", None, "milestone"), ("过半", "2024-07-17", None, "milestone"),
        ("申请验收", "2024-08-28", None, "milestone"),
    ]  # fmt: skip
    town.records.edit_measure(one, planned.made[0], {"done_on": "2024-06-15"})

    asked = {"kind": "extension", "wanted_deadline": "2024-09-30", "reason": "雨季"}
    wanted = town.requests.ask(one, asked)["requests"][0]["id"]
    world.send("town", "county")
    county.requests.decide(one, wanted, {"decision": "approved"})
    world.round("town")
    again = town.milestones.propose(one)
    assert again.done == ("开工",)
    assert [(m.text, m.before, m.due, m.state) for m in again.lines] == [
        ("过半", "2024-07-17", "2024-08-02", "moved"),
        ("申请验收", "2024-08-28", "2024-09-27", "moved"),  # 29 September is a Sunday that offices work
    ]  # fmt: skip
    moved = town.milestones.plan(one)
    assert (moved.made, len(moved.moved)) == ((), 2)
    assert town.milestones.plan(one).moved == ()  # all stand where they should
    world.send("town", "county")
    for name in ("county", "town"):
        assert [m[1] for m in stood(world, name, one)] == ["2024-06-20", "2024-08-02", "2024-09-27"]
    town.milestones.take_back(moved)
    assert [m[1] for m in stood(world, "town", one)] == ["2024-06-20", "2024-07-17", "2024-08-28"]
    with pytest.raises(WrittenSince):
        town.milestones.take_back(moved)
    with pytest.raises(WrittenSince):  # the first was reached
        town.milestones.take_back(planned)
    world.round("town")
    assert world.agree("town")


def test_taken_back_whole_and_planned_in_the_next_round_anew(world):
    county = world["county"].milestones
    one = a_problem(world, deadline="2024-07-31", found_on="2024-06-01")
    planned = county.plan(one, template="一般整改")
    assert len(planned.made) == 6
    county.take_back(planned)
    assert stood(world, "county", one) == []
    reached = county.plan(one, county.propose(one, "一般整改").lines[:1]).made[0]
    world["county"].records.edit_measure(one, reached, {"done_on": "2024-06-10"})
    world["county"].records.edit("problem", one, {"completed_on": "2024-06-12"})
    world["county"].cycles.open(one, {"reason": "又堆了", "basis": "现场", "opened_on": "2024-06-14"})
    again = county.propose(one, "一般整改")
    assert (again.start, again.done, len(again.lines)) == ("2024-06-14", (), 6)


def test_what_cannot_be_planned(world):
    county = world["county"].milestones
    with pytest.raises(NoDeadline):
        county.propose(a_problem(world))
    with pytest.raises(TooLate) as late:
        county.propose(a_problem(world, deadline="2024-06-14"))
    assert "2024-06-14" in late.value.message
    one = a_problem(world, deadline="2024-06-15", found_on="2024-06-15", cooperating_units="青石镇")
    last = county.propose(one)  # due today, a Saturday: told, not refused
    assert {m.due for m in last.lines} == {"2024-06-15"}
    assert ["同一天" in said for said in last.doubts()] == [True, False]
    assert "不是工作日" in last.doubts()[1]
    assert last.doubts([("验收", date(2024, 6, 17))]) == ["有的节点晚于整改时限，请核对。"]
    assert [one.template for one in county.proposals(one)] == ["一个月以内", "一般整改", "工程类整改"]
    with pytest.raises(NoTemplate) as none:
        county.propose(one, "没有的")
    assert "一般整改" in none.value.way_out
    line = last.lines[0]
    with pytest.raises(BadValue):
        county.plan(one, [line._replace(due="某天")])
    with pytest.raises(NothingWritten):
        county.plan(one, [line._replace(due="")])
    with pytest.raises(NoSuchRecord):
        county.plan(one, [line._replace(id=one)])
    world.round("other")
    with pytest.raises(NotYours):
        world["other"].milestones.plan(one)
    assert stood(world, "county", one) == []
