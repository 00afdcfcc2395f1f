"""A light says the same in list, record, overview and month, by the rules that the county laid down."""

from __future__ import annotations

from datetime import date

import pytest

from models.domain import light
from models.services.base.dictionaries import BadContent
from models.services.base.refusals import NotYours
from models.services.views.lists import Query


def seen(office, id):
    """The colour everywhere it is shown, which must be one, and why."""
    record = office.records.show("problem", id)
    line = next(one for one in office.records.lines("problem", office.records.ids(Query("problem"))) if one.id == id)
    listed = next(one for one in office.records.list("problem")[1] if one["id"] == id)
    hit = next(one for group in office.search.find(record["number"]).groups for one in group.hits if one.id == id)
    assert (record["light"], record["light_why"]) == (listed["light"], listed["light_why"])
    assert record["light_why"] == line.light_why == hit.light_why
    assert line.light == hit.light == (record["light"] or "done")
    assert id in {one.id for one in office.records.lines("problem", office.records.ids(
        Query("problem", where=(("light", line.light),))))}  # fmt: skip
    assert office.figures.overview().lights[line.light] >= 1
    return line.light, line.light_why


def test_two_months_behind_are_orange_until_the_county_says_otherwise(world):
    county, town = world["county"], world["town"]
    one = town.records.add("problem", {"description": "粉尘", "deadline": "2030-12-31"})["id"]
    for month in ("2024-02", "2024-04", "2024-05"):
        town.records.add_dispatch(one, {"month": month, "pace": "behind", "progress": "慢"})
    assert seen(town, one) == ("orange", "连续 2 个月未达到序时进度")  # March is a gap: February is another story
    world.round()
    assert seen(county, one) == ("orange", "连续 2 个月未达到序时进度")
    content = light.content_of_default()
    content["slow_long"]["number"] = 3
    county.dictionaries.set("thresholds", content)
    assert seen(county, one) == ("yellow", "未达到序时进度")
    content["slow"]["on"] = False
    county.dictionaries.set("thresholds", content)
    world.round()
    assert seen(town, one)[0] == seen(county, one)[0] == "green"
    with pytest.raises(BadContent):
        county.dictionaries.set("thresholds", {"slow": {"on": True}})
    town.records.add_dispatch(one, {"month": "2024-06", "pace": "on_schedule", "progress": "赶上"})
    county.dictionaries.set("thresholds", None)
    assert seen(town, one)[0] == "green"
    world.clock.jump(days=62)
    assert seen(town, one) == ("yellow", "2024-06 以后没有报月调度")
    town.records.edit("problem", one, {"completed_on": "2024-06-30"})
    assert seen(town, one)[0] == "yellow"
    assert "还没有验收" in seen(town, one)[1]
    assert town.care.check(deep=True).ok


def test_what_a_higher_level_named_is_red_until_that_is_ended_and_every_past_day_says_how_it_was(world):
    county, town = world["county"], world["town"]
    values = {
        "description": "粉尘",
        "township": "白水镇",
        "deadline": "2030-12-31",
        "circular_by": "省环委办〔2024〕5号",
    }
    one = county.records.add("problem", values | {"circular_on": "2024-05-12"})["id"]
    world.round()
    for office in (county, town):
        assert seen(office, one) == ("red", "2024-05-12 被上级通报")
    assert town.search.find("环委办〔2024〕").groups[0].hits[0].id == one
    with pytest.raises(NotYours):
        town.records.edit("problem", one, {"circular_ended_on": "2024-06-10"})
    assert county.records.edit("problem", one, {"circular_ended_on": "2024-06-10"})["circular"] == "ended"
    assert seen(county, one)[0] == "green"
    colours = {day: office_light(county, day) for day in ("2024-05-11", "2024-05-12", "2024-06-09", "2024-06-10")}
    assert list(colours.values()) == ["green", "red", "red", "green"]
    world.clock.jump(days=3)
    again = county.records.edit("problem", one, {"circular_on": "2024-06-16"})
    assert (again["circular"], again["circular_on"], again["circular_ended_on"]) == ("named", "2024-06-16", None)
    assert {day: office_light(county, day) for day in colours} == colours
    assert seen(county, one) == ("red", "2024-06-16 被上级通报")
    content = light.content_of_default()
    del content["circular"]  # as a program before that rule would have laid it down
    county.dictionaries.set("thresholds", content)
    assert county.dictionaries.show("thresholds").content["circular"] == {"on": True}
    assert seen(county, one)[0] == "red"
    content["circular"] = {"on": False}
    county.dictionaries.set("thresholds", content)
    assert seen(county, one)[0] == "green"
    assert county.care.check(deep=True).ok


def test_a_problem_that_was_named_asks_for_a_reminder_when_month_ends_pass(world):
    county = world["county"]
    one = county.records.add("problem", {"description": "粉尘", "township": "白水镇", "circular_on": "2024-05-12"})[
        "id"
    ]
    world.clock.jump(days=60)
    (proposal,) = county.notices.proposals()
    assert (proposal.problem, proposal.kind, proposal.light) == (one, "reminder", "red")


def office_light(office, day):
    """The one light of a past day."""
    (found,) = office.figures.tally(date.fromisoformat(day))["by_light"]
    return found["light"]
