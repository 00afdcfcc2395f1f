"""A campaign goes out to many units by package and its results come back; what it amounts to on any day."""

from __future__ import annotations

from datetime import date

import pytest

from models.services.base.refusals import IsVoid, NoSuchRecord, NothingWritten, NotYours
from models.services.inspections.campaign_visits import NotAVisit, WhoseProblem
from models.services.inspections.campaigns import EndsFirst, NobodyToLook
from models.services.problems.cycle_refusals import NotARule
from models.services.views.campaigns import Wanted
from models.services.views.sampling import Lot
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
    assert (told["looked_by"], told["villages_done"], told["missed"]["villages"]) == (
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


def test_a_plan_comes_again_every_month(world):
    county, town = world["county"], world["town"]
    plan = county.campaigns.add(
        {"title": "每月巡河", "kind": "patrol", "repeat": "每月", "villages": "白水村；石村", "from_on": "2024-05-20",
         "people": "河长", "responsible_units": "白水镇；青石镇"}
    )  # fmt: skip
    assert (plan["round"], plan["days_left"]) == ({"first": "2024-06-01", "last": "2024-06-30"}, 15)
    world.round("town", "other")
    assert [one["title"] for one in town.campaigns.due()] == ["每月巡河"]
    todo = town.figures.agenda()
    assert (todo.campaigns, todo.campaign, todo.title, todo.days_left, todo.left) == (1, plan["id"], "每月巡河", 15, 2)
    for village in ("白水村", "石村"):
        made = town.inspections.add({"campaign": plan["id"], "village": village})
    assert made["kind"] == "patrol", "what the plan is, its inspections are"
    assert town.campaigns.due() == []
    world["other"].inspections.zero({"campaign": plan["id"]})
    world.round("town", "other")
    assert county.campaigns.due() == []
    world.clock.jump(days=20)
    assert [one["round"]["last"] for one in town.campaigns.due()] == ["2024-07-31"]
    again = county.campaigns.show(plan["id"])
    assert ([u["state"] for u in again["units"]], again["missed"]["villages"]) == (
        ["silent", "silent"], ["白水村", "石村"],
    )  # fmt: skip
    then = county.campaigns.show(plan["id"], date(2024, 6, 30))
    assert ([u["state"] for u in then["units"]], then["missed"]["villages"]) == (["reported", "zero"], [])
    assert then["people"] == "河长"


def test_a_visit_from_outside_and_what_it_left(world):
    county, town = world["county"], world["town"]
    visit = town.campaigns.add(
        {"title": "省督察组暗访", "kind": "visit", "visitor": "省督察组", "people": "王五", "from_on": "2024-06-12"}
    )
    left = [town.campaigns.leave(visit["id"], {"description": text}) for text in ("河边堆渣", "料场没有围挡")]
    assert {(one["source"], one["found_on"], one["township"]) for one in left} == {
        ("督导来访、暗访", "2024-06-12", TOWN)
    }
    shown = town.campaigns.show(visit["id"])
    assert [(one["title"], one["fate"]) for one in shown["problems"]] == [
        ("河边堆渣", "open"),
        ("料场没有围挡", "open"),
    ]
    assert (shown["inspections"], shown["looked_by"]) == (1, ["王五"]), "both stand under one inspection"
    world.round("town")
    assert [one["title"] for one in county.campaigns.show(visit["id"])["problems"]] == ["河边堆渣", "料场没有围挡"]
    theirs = county.campaigns.add({"title": "县暗访", "kind": "visit", "responsible_units": "白水镇；青石镇"})
    for whose in ({}, {"township": "没有镇"}):
        with pytest.raises(WhoseProblem, match="没有做任何改动"):
            county.campaigns.leave(theirs["id"], {"description": "烧秸秆", **whose})
    county.campaigns.leave(theirs["id"], {"description": "烧秸秆", "township": "青石镇"})
    world.round("town", "other")
    town.inspections.zero({"campaign": theirs["id"]})
    town.campaigns.leave(theirs["id"], {"description": "后来看到的"})
    told = {
        one["unit"]: (one["state"], one["inspections"], one["zero"])
        for one in town.campaigns.show(theirs["id"])["units"]
    }
    assert told == {TOWN: ("reported", 1, 1)}, "a zero report has no problems"
    assert [one["unit"] for one in county.campaigns.show(theirs["id"])["problems"]] == [OTHER]
    assert [one["title"] for one in world["other"].campaigns.show(theirs["id"])["problems"]] == ["烧秸秆"]
    with pytest.raises(NotAVisit) as refused:
        town.campaigns.leave(town.campaigns.add({"title": "自查"})["id"], {"description": "x"})
    assert "没有做任何改动" in refused.value.message
    with pytest.raises(NothingWritten):
        town.campaigns.leave(visit["id"], {})
    town.records.void("campaign", visit["id"], "重复")
    with pytest.raises(IsVoid):
        town.campaigns.leave(visit["id"], {"description": "x"})
    world.round("town", "other")
    assert world.agree("town", "other")


def test_the_findings_behind_a_number(world):
    one = issued(world)["id"]
    world.round("town", "other")
    place = world["town"].records.add("source", {"name": "甲点", "kind": "scrap"})["id"]
    looked(world, "town", one, finds=2, source=place)
    world["town"].inspections.add({"checklists": "waste", "village": "石村"})
    world.round("town", "other")
    county = world["county"].inspections
    (cell,) = county.figures(campaign=one)["matrix"]
    found = county.findings(Wanted(campaign=one, unit="白水镇", theme="scrap_cars"))
    assert len(found) == cell["findings"] == 2
    assert sorted(line["fate"] for line in found) == ["open", "unregistered"]
    assert {(line["place"], line["theme_name"], line["unit_name"]) for line in found} == {
        ("甲点", "报废机动车拆解", "白水镇人民政府")
    }
    assert all(line["text"].endswith("？") or len(line["text"]) > 5 for line in found)
    (open_,) = county.findings(Wanted(fate="open"))
    assert open_["problem_number"].startswith(TOWN)
    assert county.findings(Wanted(unit=OTHER)) == county.findings(Wanted(theme="waste")) == []
    assert county.findings(Wanted(as_of=date(2024, 6, 14))) == county.findings(Wanted(since=date(2024, 6, 16))) == []
    assert len(county.findings(Wanted(known_by=date(2024, 6, 15)))) == 2
    assert county.findings(Wanted(known_by=date(2024, 6, 14))) == []


def test_a_sample_is_drawn_again_by_its_name(world):
    town, county = world["town"], world["county"]
    plants = [town.records.add("source", {"name": f"{n}号点", "kind": "scrap"})["id"] for n in range(5)]
    town.records.add("source", {"name": "料场", "kind": "yard"})
    world["other"].records.add("source", {"name": "丙点", "kind": "scrap"})
    town.inspections.add({"source": plants[0], "checklists": "scrap_cars"})
    town.inspections.zero({"village": "石村"})
    world.round("town", "other")
    lot = Lot("六月抽查", kinds=("scrap",), size=2)
    made = county.sampling.draw(lot)
    assert (made.candidates, [(one.unit, one.rank) for one in made.lines]) == (6, [(TOWN, 1), (TOWN, 2), (OTHER, 1)])
    assert made == county.sampling.draw(lot)
    assert "报废机动车拆解点" in made.basis
    whole = county.sampling.draw(Lot("六月抽查", units=("白水镇",), size=0, share=100))
    assert {one.title: one.looked_on for one in whole.lines}["0号点"] == "2024-06-15"
    assert len(whole.lines) == 6
    said = county.sampling.draw(Lot(of="inspections"))
    assert (said.name, {(one.title, one.kind) for one in said.lines}) == (
        "2024年6月抽查", {("0号点", "报废机动车拆解"), ("石村", "日常排查")},
    )  # fmt: skip
    assert [one.title for one in county.sampling.draw(Lot(of="inspections", themes=("scrap_cars",))).lines] == ["0号点"]
    paper = county.sampling.paper(lot)
    assert [row[2] for row in paper.blocks[1].rows] == [one.title for one in made.lines]
    with pytest.raises(NotARule):
        county.sampling.draw(Lot(size=-1))
