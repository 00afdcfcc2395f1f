"""What waits for the county itself: each thing is counted while it waits, and by the list that it leads to."""

from __future__ import annotations

from datetime import date

from tests.services.problems import a_problem


def waits(world):
    return {one.kind: one.number for one in world["county"].figures.awaiting()}


def test_what_waits_for_the_county_is_counted_until_it_is_done(world):
    county, town = world["county"], world["town"]
    assert waits(world) == {}
    late = a_problem(world, deadline="2024-03-01")
    closed = a_problem(world, completed_on="2024-06-01", closed_on="2024-06-05")
    campaign = county.campaigns.add(
        {"title": "夏季专项", "until_on": "2024-06-30", "responsible_units": "白水镇；青石镇"}
    )
    plant = county.records.add("source", {"name": "甲厂", "kind": "industry", "township": "青石镇"})["id"]
    county.sources.add_permit(plant, {"kind": "排污许可证", "expires_on": "2024-06-30"})
    there = {"silent": 1, "permits": 1, "unplanned": 1, "proposed": len(county.notices.proposals())}
    assert there["proposed"] == 1
    assert waits(world) == there | {"unsent": 2}, "白水镇 and 青石镇 are to get something"
    first = next(one for one in county.figures.awaiting() if one.kind == "silent")
    assert first.id == campaign["id"]
    world.taken("town", world.written("county", "town"))
    assert waits(world) == there | {"unsent": 1, "unheard": 1}
    assert town.figures.awaiting() == (), "at a unit nothing waits for the county"

    town.months.save("2024-06", {late: {"pace": "behind", "progress": "还没有清"}})
    notice = county.notices.add({"kind": "提示单", "township": "白水镇", "title": "请注意", "problems": late})["id"]
    world.round("town")
    town.notices.reply(notice, {"reply": "马上清"})
    county.lookbacks.plan("六月", date(2024, 6, 16), [closed])
    judged = a_problem(world)
    world.round("town")
    county.records.edit("problem", judged, {"completed_on": "2024-06-14", "closed_on": "2024-06-15"})
    town.records.edit("problem", judged, {"progress": "其实没有清", "completed_on": "2024-06-10"})
    world.round("town")
    world.clock.jump(days=3)
    now = waits(world)
    assert {kind: now.get(kind, 0) for kind in ("review", "replied", "late_lookbacks", "unplanned", "proposed")} == {
        "review": 1, "replied": 1, "late_lookbacks": 1, "unplanned": 1, "proposed": 0,
    }, "the one that was closed just now is to be planned"  # fmt: skip
    assert waits(world)["unjudged"] == 1 == county.months.sheet("2024-06").total.waiting
    county.months.judge("2024-06", [late], "认可")
    county.notices.close(notice, "知道了")
    assert not {"unjudged", "replied"} & set(waits(world))


def test_nothing_waits_for_ever(world):
    county = world["county"]
    county.units.add("township", "新乡", "361021103")
    a_problem(world, township="新乡")
    assert waits(world) == {"unsent": 3}, (
        "all are told that it is a unit; no package can be written for a unit without a PC"
    )
    for _ in range(3):
        a_problem(world, completed_on="2024-06-01", closed_on="2024-06-05")
    county.dictionaries.set("lookback_rules", {"months": 6, "sources": [], "share": 50, "days": 30})
    assert waits(world)["unplanned"] == 2
    county.lookbacks.plan()
    assert "unplanned" not in waits(world), "a sample is drawn once a month"
    world.clock.jump(days=31)
    assert waits(world)["unplanned"] == 1
