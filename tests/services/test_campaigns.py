"""A campaign goes out to many units by package and its results come back; what it amounts to on any day."""

from __future__ import annotations

from datetime import date

import pytest

from models.services.campaigns import EndsFirst, NobodyToLook
from models.services.refusals import IsVoid, NoSuchRecord, NothingWritten, NotYours
from tests.offices import OTHER, TOWN


def issued(world, **values):
    said = {
        "title": "废旧拆解点专项排查",
        "checklists": "scrap_cars",
        "from_on": "2024-06-10",
        "until_on": "2024-06-30",
    }
    return world["county"].campaigns.add(said | {"responsible_units": "白水镇；青石镇"} | values)


def looked(world, name, campaign, finds=1, **values):
    """An inspection of a campaign with its first questions answered 否, of which the first becomes a problem."""
    at = world[name].inspections
    one = at.add({"campaign": campaign, "people": "张三、李四"} | values)
    items = [line["item"] for line in one["answers"]]
    at.answer(one["id"], dict.fromkeys(items[:finds], "no"), rest="yes")
    at.finish(one["id"])
    return one["id"], at.register(one["id"], items[0])["id"] if finds else ""


def test_out_by_package_and_results_back(world):
    town, county = world["town"], world["county"]
    plants = [town.records.add("source", {"name": name, "kind": "scrap"})["id"] for name in ("甲点", "乙点")]
    theirs = world["other"].records.add("source", {"name": "丙点", "kind": "scrap"})["id"]
    world.round("town", "other")
    one = county.campaigns.add(
        {"title": "废旧拆解点", "checklists": "scrap_cars", "responsible_units": "白水镇；青石镇",
         "villages": "白水村、石村", "from_on": "2024-06-10", "until_on": "2024-06-30"}, kind="报废机动车拆解点",
    )  # fmt: skip
    assert one["number"].startswith("361021-Z2024-0001-")
    assert (one["state"], one["sources"].split("；")) == ("running", [*plants, theirs])
    assert one["missed"]["units"] == [TOWN, OTHER]
    world.round("town", "other", "office")
    mine = town.campaigns.show(one["id"])
    assert [at["name"] for at in mine["missed"]["sources"]] == ["甲点", "乙点"], "another's are not known here"
    assert [unit["unit"] for unit in mine["units"]] == [TOWN]
    with pytest.raises(NoSuchRecord):
        world["office"].campaigns.show(one["id"])
    with pytest.raises(NotYours):
        town.campaigns.edit(one["id"], {"title": "改"})
    visit, problem = looked(world, "town", one["number"], finds=2, source=plants[0], village="白水村")
    world["other"].inspections.zero({"campaign": one["id"]})
    world.round("town", "other")
    told = county.campaigns.show(one["id"])
    assert [(u["unit"], u["state"], u["inspections"], u["zero"], u["findings"]) for u in told["units"]] == [
        (TOWN, "reported", 1, 0, 2), (OTHER, "zero", 0, 1, 0),
    ]  # fmt: skip
    assert (told["people"], told["villages_done"], told["missed"]["villages"]) == (
        ["张三", "李四"],
        ["白水村"],
        ["石村"],
    )
    assert [at["id"] for at in told["sources_done"]] == [plants[0]]
    assert [at["id"] for at in told["missed"]["sources"]] == [plants[1], theirs]
    assert told["missed"]["units"] == []
    assert county.records.show("inspection", visit)["campaign_record"]["number"] == one["number"]
    assert county.campaigns.show(one["id"], date(2024, 6, 14))["missed"]["units"] == [TOWN, OTHER]
    town.records.edit("problem", problem, {"completed_on": "2024-06-15"})
    figures = county.inspections.figures(campaign=one["id"])
    assert [(t["theme"], t["findings"], t["open"], t["unregistered"]) for t in figures["themes"]] == [
        ("scrap_cars", 2, 1, 1)
    ]
    world.round("town")
    assert county.inspections.figures()["themes"][0]["completed"] == 1
    county.campaigns.edit(one["id"], {"until_on": "2024-07-10"})
    world.round("town", "other")
    assert town.campaigns.list()[0]["until_on"] == "2024-07-10"
    assert world.agree("town", "other")
    assert world.sound("county", "town", "other") == []


def test_figures_of_a_past_day_stay_what_they_were(world):
    one = issued(world)["id"]
    world.round("town", "other")
    looked(world, "town", one)
    world.round("town")
    before = world["county"].inspections.figures(as_of=date(2024, 6, 15), known_by=date(2024, 6, 15))
    assert [(u["unit"], u["state"]) for u in before["units"]] == [(TOWN, "reported"), (OTHER, "silent")]
    assert before["matrix"] == [
        {"unit": TOWN, "unit_name": "白水镇人民政府", "theme": "scrap_cars", "inspections": 1, "findings": 1,
         "unregistered": 0, "open": 1, "overdue": 0, "completed": 0, "closed": 0}
    ]  # fmt: skip
    now = world["county"].inspections.figures(as_of=date(2024, 6, 15))
    assert {**now, "known_by": "2024-06-15"} == before
    world.clock.jump(days=40)
    looked(world, "other", one, inspected_on="2024-06-14")
    looked(world, "town", one, finds=0)
    world.round("town", "other")
    county = world["county"].inspections
    assert county.figures(as_of=date(2024, 6, 15), known_by=date(2024, 6, 15)) == before
    later = county.figures(as_of=date(2024, 6, 15))
    assert [(u["unit"], u["inspections"]) for u in later["units"]] == [(TOWN, 1), (OTHER, 1)]
    assert county.figures()["themes"][0]["overdue"] == 2
    assert [u["inspections"] for u in county.figures(since=date(2024, 7, 1))["units"]] == [1, 0]
    assert [u["unit"] for u in world["town"].inspections.figures()["units"]] == [TOWN]


def test_a_township_begins_one_of_its_own(world):
    one = world["town"].campaigns.add({"title": "本镇垃圾", "checklists": "waste", "villages": "白水村；石村"})
    looked(world, "town", one["id"], finds=0, village="石村")
    world.round("town", "other")
    told = world["county"].campaigns.show(one["id"])
    assert ([u["unit"] for u in told["units"]], told["missed"]["villages"]) == ([TOWN], ["白水村"])
    assert world["other"].campaigns.list() == []
    assert world["town"].campaigns.edit(one["id"], {"text": "逐村看"})["text"] == "逐村看"
    world["town"].records.void("campaign", one["id"], "重复")
    assert world["town"].campaigns.list() == []
    with pytest.raises(IsVoid):
        world["town"].campaigns.edit(one["id"], {"text": "x"})
    with pytest.raises(IsVoid):
        world["town"].inspections.add({"campaign": one["id"]})


def test_what_a_campaign_refuses(world):
    for units in ("", "不知道", "临江县环委办"):
        with pytest.raises(NobodyToLook) as refused:
            issued(world, responsible_units=units)
        assert "没有做任何改动" in refused.value.message
    with pytest.raises(EndsFirst):
        issued(world, until_on="2024-06-09")
    with pytest.raises(NothingWritten):
        issued(world, title="")
    with pytest.raises(NotYours):
        world["town"].campaigns.add({"title": "越权", "responsible_units": "青石镇"})
    assert world["county"].campaigns.list() == []
    everybody = world["county"].campaigns.add({"title": "全县"}, everybody=True)
    assert [u["unit"] for u in everybody["units"]] == [TOWN, OTHER]
    with pytest.raises(EndsFirst):
        world["county"].campaigns.edit(everybody["id"], {"from_on": "2024-06-10", "until_on": "2024-06-01"})
