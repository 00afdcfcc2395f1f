"""Look-backs: planned at the county, made by a township, what relapsed is opened again, what was found is linked."""

from __future__ import annotations

from datetime import date

import pytest

from models.services.base.refusals import CountyOnly, NoSuchRecord, NothingWritten, NotYours
from models.services.papers.problem_papers import NoSuchLookback
from models.services.problems.cycle_refusals import DerivedAlready, NotARule, NotDone, Unsaid
from tests.offices import OTHER, TOWN
from tests.services.problems import a_problem, seen

FINE = {"up_to_standard": "是", "relapsed": "否", "derived": "否", "people": "张三"}


def closed(world, **values):
    return a_problem(world, **({"completed_on": "2024-05-01", "closed_on": "2024-05-10"} | values))


def states(world, name="county"):
    return [(one.problem, one.state) for one in world[name].lookbacks.list().lines]


def test_a_plan_goes_to_the_township_and_its_forms_come_back(world):
    one, two = closed(world), closed(world, closed_on="2024-06-01")
    other = closed(world, township="青石镇")
    old, unfinished = closed(world, closed_on="2023-01-01", completed_on="2022-12-01"), a_problem(world)
    county, town = world["county"].lookbacks, world["town"].lookbacks
    assert {c.id for c in county.propose().candidates} == {one, two, other}
    with pytest.raises(CountyOnly):
        town.plan()
    sheet = county.plan("夏季", date(2024, 6, 30))
    assert (sheet.total.planned, sheet.total.done, {x.plan for x in sheet.lines}) == (3, 0, {"夏季"})
    assert county.plan().total.planned == 3  # nobody is asked twice
    assert not {old, unfinished} & {c.problem for c in county.list().lines}
    world.round("town")
    assert states(world, "town") == [(one, "planned"), (two, "planned")]
    made = town.add(one, FINE | {"opinion": "设施正常"})
    assert (len(made["lookbacks"]), made["lookbacks"][0]["looked_on"], made["lookbacks"][0]["plan"]) == (
        1, "2024-06-15", "夏季",
    )  # fmt: skip
    world.clock.jump(days=20)  # 5 July
    assert [(u.unit, u.planned, u.done, u.overdue) for u in town.list().units] == [(TOWN, 2, 1, 1)]
    world.send("town", "county")
    assert [(u.unit, u.planned, u.done, u.overdue) for u in county.list().units] == [(TOWN, 2, 1, 1), (OTHER, 1, 0, 1)]
    assert county.list("青石镇").total.planned == 1
    assert county.propose().candidates == ()  # looked at since it was closed
    corrected = town.add(one, {"opinion": "一台风机停用", "up_to_standard": "否"}, made["lookbacks"][0]["id"])
    assert len(corrected["lookbacks"]) == 1
    assert dict(states(world, "town"))[one] == "below"
    assert world["town"].care.check(deep=True).ok


def test_what_relapsed_is_opened_again_by_the_county_at_once(world):
    one = closed(world)
    with pytest.raises(Unsaid):
        world["county"].lookbacks.add(one, {"relapsed": "是"})
    again = world["county"].lookbacks.add(one, {"relapsed": "是", "opinion": "又堆了废料", "looked_on": "2024-06-12"})
    assert (again["cycle"], again["completed_on"], again["closing_stage"]) == (2, None, "none")
    assert [(c["kind"], c["opened_on"], c["reason"], c["basis"]) for c in again["cycles"]] == [
        ("relapse", "2024-06-12", "又堆了废料", "2024-06-12 回头看")
    ]
    assert states(world) == [(one, "relapsed")]
    with pytest.raises(NotDone):  # nothing of it is left over
        world["county"].lookbacks.add(one, {"relapsed": "是", "opinion": "还在堆"})
    assert len(seen(world, "county", one)["lookbacks"]) == 1


def test_what_relapsed_at_a_township_waits_for_the_county(world):
    one = closed(world)
    world.round("town")
    found = world["town"].lookbacks.add(one, {"relapsed": "是", "opinion": "又堆了废料"})
    assert (found["cycle"], [r["kind"] for r in found["requests"]]) == (1, ["restart"])
    twice = world["town"].lookbacks.add(one, {"relapsed": "是", "opinion": "更多了"})
    assert (len(twice["lookbacks"]), len(twice["requests"])) == (2, 1)
    world.send("town", "county")
    world["county"].requests.decide(one, found["requests"][0]["id"], {"decision": "approved"})
    world.round("town")
    assert seen(world, "town", one)["cycle"] == 2
    assert world.agree("town")


def test_what_was_found_beside_it_becomes_a_linked_problem(world):
    one = closed(world, source="省督")
    world.round("town")
    town = world["town"].lookbacks
    entry = town.add(one, FINE)["lookbacks"][0]["id"]
    with pytest.raises(NothingWritten):
        town.derive(one, entry, {})
    new = town.derive(one, entry, {"description": "下游新排口"})
    assert (new["township"], new["source"], new["found_on"], new["description"]) == (
        TOWN, "省督", "2024-06-15", "下游新排口",
    )  # fmt: skip
    assert new["number"].startswith(f"{TOWN}-")
    said = {c.field: c.new for c in world["town"].records.history("problem", one)}
    assert (said["derived"], said["derived_problem"]) == ("true", new["number"])
    with pytest.raises(DerivedAlready):
        town.derive(one, entry, {"description": "再一个"})
    world.send("town", "county")
    row = seen(world, "county", one)["lookbacks"][0]
    assert (row["derived"], row["derived_problem"]) == ("true", new["id"])
    assert seen(world, "county", new["id"])["description"] == "下游新排口"
    mine = world["county"].lookbacks
    entry = mine.add(one, {"looked_on": "2024-06-14", "up_to_standard": "是"})["lookbacks"][-1]["id"]
    theirs = mine.derive(one, entry, {"description": "厂区北侧扬尘"})
    world.round("town")
    assert seen(world, "town", theirs["id"])["township"] == TOWN


def test_what_cannot_be_looked_at(world):
    one = closed(world)
    world["county"].records.edit("problem", one, {"cooperating_units": "青石镇"})
    world.round("other")
    with pytest.raises(NotYours):
        world["other"].lookbacks.add(one, FINE)
    with pytest.raises(Unsaid):
        world["county"].lookbacks.add(one, {})
    with pytest.raises(NoSuchRecord):
        world["county"].lookbacks.add(one, FINE, one)
    planned = world["county"].lookbacks.add(one, {"plan": "专项", "due": "2024-07-01"})["lookbacks"]
    assert [(p["due"], p["looked_on"]) for p in planned] == [("2024-07-01", None)]
    assert states(world) == [(one, "planned")]


def test_a_sample_is_drawn_again_by_its_name_and_its_grounds_are_in_the_history(world):
    ids = [closed(world, source="省督" if number % 2 else "自查") for number in range(6)]
    county = world["county"].lookbacks
    shown = county.propose("夏季", {"size": 2, "months": 3})
    drawn = [c.id for c in sorted(shown.candidates, key=lambda c: c.rank) if c.chosen]
    assert (len(shown.candidates), len(drawn), sorted(c.rank for c in shown.candidates)) == (6, 2, [*range(1, 7)])
    assert "近 3 个月销号、全部来源，还没有回头看的 6 个，抽 2 个，以安排名称“夏季”抽签" in shown.basis
    assert county.propose("夏季", {"size": 2}).candidates == shown.candidates
    assert {c.source for c in county.propose("", {"sources": ["自查"]}).candidates} == {"自查"}
    assert county.propose("", {"months": 1}).candidates == ()
    for wrong in ({"size": 0}, {"share": 101}, {"months": "六"}):
        with pytest.raises(NotARule):
            county.propose("", wrong)
    sheet = county.plan("夏季", problems=[*drawn[:1], ids[0]], asked={"size": 2})
    planned = {one.problem for one in sheet.lines}
    assert planned == {drawn[0], ids[0]}
    assert county.plan("秋季", problems=[drawn[0]]).total.planned == len(planned)  # waits already
    whys = {c.why for c in world["county"].records.history("problem", drawn[0]) if c.field == "plan"}
    assert len(whys) == 1
    assert ("由人改为" in whys.pop()) == (planned != set(drawn))


def test_coverage_of_what_was_closed_as_of_any_day(world):
    one, two = (
        closed(world, source="省督"),
        closed(world, source="自查", closed_on="2023-05-10", completed_on="2023-05-01"),
    )
    three = closed(world, township="青石镇")
    closed(world, closed_on="", completed_on="2024-05-01")  # only completed
    county = world["county"].lookbacks
    county.plan("夏季", date(2024, 6, 20), problems=[one, three])
    county.add(one, {"relapsed": "是", "opinion": "又堆了", "looked_on": "2024-06-12"})
    now = county.coverage()
    assert {(x.problem, x.state, x.year) for x in now.lines} == {
        (one, "relapsed", "2024"), (two, "", "2023"), (three, "planned", "2024"),
    }  # fmt: skip
    assert (now.total.closed, now.total.looked, now.total.rate, now.total.relapsed, now.total.never) == (3, 1, 33, 1, 1)
    assert [(u.key, u.closed, u.looked) for u in now.units] == [(TOWN, 2, 1), (OTHER, 1, 0)]
    assert [(u.key, u.closed) for u in now.sources] == [("", 1), ("省督", 1), ("自查", 1)]
    assert [(u.key, u.closed) for u in now.years] == [("2023", 1), ("2024", 2)]
    before = county.coverage(date(2024, 6, 11))
    assert {(x.problem, x.state) for x in before.lines} == {(one, "planned"), (two, ""), (three, "planned")}
    assert county.coverage(date(2024, 5, 1)).total.closed == 1
    assert county.coverage(date(2024, 7, 1)).total.overdue == 1
    assert {x.problem for x in county.coverage(unit="青石镇").lines} == {three}
    world.round("town")
    assert {x.problem for x in world["town"].lookbacks.coverage().lines} == {one, two}


def test_the_forms_of_a_plan_are_one_book_unit_after_unit_and_a_plan_without_any_is_refused(world):
    one, two, other = closed(world), closed(world), closed(world, township="青石镇")
    county = world["county"]
    with pytest.raises(NoSuchLookback) as refused:
        county.problem_papers.lookbacks()
    assert "还没有安排过" in refused.value.way_out
    county.lookbacks.plan("夏季", date(2024, 6, 30), [other, two])
    county.lookbacks.plan("年底", date(2024, 12, 30), [one])
    county.lookbacks.add(two, FINE)

    def of(*plan, **how):
        return [dict(paper.blocks[0].rows) for paper in county.problem_papers.lookbacks(*plan, **how).papers]

    assert [(row["乡镇"][:3], row["回头看安排"]) for row in of()] == [
        ("白水镇", "夏季"), ("白水镇", "年底"), ("青石镇", "夏季"),
    ]  # fmt: skip
    assert [row["是否达标"][0] for row in of("夏季")] == ["√", "□"], "those that were made are filled in"
    assert [row["乡镇"][:3] for row in of("夏季", waiting=True)] == ["青石镇"]
    with pytest.raises(NoSuchLookback) as refused:
        county.problem_papers.lookbacks("春季")
    assert "夏季、年底" in refused.value.way_out
