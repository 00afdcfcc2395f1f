"""The way of a problem through real homes: county → township → county by packages, and back again when returned."""

from __future__ import annotations

import json
from datetime import date

import pytest

from cli.main import parse, run
from models.domain.forms import BadValue
from models.domain.workflow import VERBS
from models.errors import LedgerError
from models.services.base.refusals import IsVoid
from models.services.problems.cycle_refusals import NotLater
from models.services.problems.workflow_refusals import NoSuchStep, NotAsked, OwnWork, StepDone, StepLacks, StepNotYours
from models.services.views.lists import Query
from tests.offices import TOWN
from tests.services.problems import a_problem, seen


def may(world, name, record):
    """What is possible and this desk's turn."""
    return {one.verb for one in world[name].workflow.steps(record).steps if one.possible and one.mine}


def step(world, name, record, verb, **values):
    return world[name].workflow.step(record, verb, values)


def closing(world, name, day, known_by=None):
    known = date.fromisoformat(known_by) if known_by else None
    return world[name].figures.tally(date.fromisoformat(day), known)["problems"]["closing"]


def photo(world, name, record, stage="after"):
    path = world.folder / f"{name}-{stage}.txt"
    path.write_text(f"{name} {stage}", encoding="utf-8")
    world[name].evidence.add("problem", record, [path], {"stage": stage})


def returned(world, record, values):
    step(world, "county", record, "return", opinion="台账不全", **values)


def opened_again(world, record, values):
    world["county"].cycles.open(record, {"reason": "反弹", "basis": "暗访", **values})


def test_from_the_county_to_the_township_and_back_until_it_is_closed_with_one_return_between(world):
    one = a_problem(world, source="县纪委工作提示", measures_text="清运", deadline="2024-12-31")
    assert may(world, "county", one) == {"assign"}
    step(world, "county", one, "assign", assigned_on="2024-05-01")
    world.round("town")
    assert may(world, "town", one) == {"claim"}
    assert (
        world["town"].figures.agenda().unclaimed == world["town"].records.count(Query("problem", view="unclaimed")) == 1
    )
    step(world, "town", one, "claim", claimed_on="2024-05-02")
    assert world["town"].figures.agenda().unclaimed == 0
    step(world, "town", one, "plan", planned_on="2024-05-10")
    step(world, "town", one, "complete", completed_on="2024-06-01", progress="全部清运")
    step(world, "town", one, "self-accept", checked_on="2024-06-02", people="张三", standards="整改效果符合；长效机制")
    with pytest.raises(StepLacks) as lacks:
        step(world, "town", one, "apply")
    assert lacks.value.missing == ("整改后照片",)
    photo(world, "town", one)
    step(world, "town", one, "apply", applied_on="2024-06-03")
    world.round("town")
    for name in ("town", "county"):  # under way from the application on, before the county says a word
        assert (seen(world, name, one)["closing_stage"], seen(world, name, one)["closed_on"]) == ("closing", None)
        assert world[name].records.list("problem", where=(("closing_stage", "closing"),))[0] == 1
        days = ("2024-06-02", "2024-06-03", "2024-06-15")
        assert [closing(world, name, day) for day in days] == [0, 1, 1]
        assert [closing(world, name, day, "2024-06-15") for day in days] == [0, 1, 1]
        out = world.folder / f"{name}.xlsx"
        world[name].records.export("problem", out)
        untouched = world[name].imports.look(out, "problems")  # what it shows is no verdict of the county
        assert (untouched.same, untouched.changed, untouched.flagged) == (1, 0, ())

    assert may(world, "county", one) == {"accept", "return"}
    for act, day in ((returned, "actual_on"), (opened_again, "opened_on")):  # what was applied for later would stand
        with pytest.raises((BadValue, NotLater), match="2024-06-03"):
            act(world, one, {day: "2024-06-02"})
    step(world, "county", one, "accept", actual_on="2024-06-05", unit="县住建局", opinion="基本到位")
    shown = seen(world, "county", one)
    assert (shown["closing_stage"], shown["acceptances"][0]["stage"]) == ("closing", "county")
    step(world, "county", one, "return", actual_on="2024-06-06", opinion="台账不全")
    world.round("town")
    shown = seen(world, "town", one)
    assert (shown["closing_stage"], shown["completed_on"], shown["review"]) == ("none", None, False)
    assert [(a["stage"], a["conclusion"], a["opinion"]) for a in shown["acceptances"]] == [
        ("county", "passed", "基本到位"), ("sign_off", "returned", "台账不全"),
    ]  # fmt: skip
    assert may(world, "town", one) == {"complete"}
    assert [closing(world, "town", day) for day in ("2024-06-05", "2024-06-06", "2024-06-15")] == [1, 0, 0]

    step(world, "town", one, "complete", completed_on="2024-06-10")
    step(world, "town", one, "self-accept", people="张三")
    step(world, "town", one, "apply")
    world.round("town")
    assert may(world, "county", one) == {"accept", "return"}  # what was accepted before the return does not count
    step(world, "county", one, "accept", unit="县住建局")
    step(world, "county", one, "sign-off", people="李县长")
    step(world, "county", one, "close")
    assert may(world, "county", one) == set()
    world.round("town")
    for name in ("county", "town"):
        shown = seen(world, name, one)
        assert (shown["closing_stage"], shown["closed_on"], shown["completed_on"]) == (
            "closed", "2024-06-15", "2024-06-10",
        )  # fmt: skip
        assert world[name].workflow.steps(one).steps == tuple(
            view._replace(mine=view.who == ("county" if name == "county" else "unit"))
            for view in world["town"].workflow.steps(one).steps
        )
    assert world.agree("town")
    tally = world["county"].figures.tally
    days = {day: tally(date(2024, 6, day))["problems"] for day in (1, 5, 6, 10, 15)}
    assert {day: (p["completed"], p["closing"], p["closed"]) for day, p in days.items()} == {
        1: (1, 0, 0), 5: (1, 1, 0), 6: (0, 0, 0), 10: (1, 0, 0), 15: (1, 0, 1),
    }  # fmt: skip
    assert not world.sound("county", "town")


def test_what_a_township_found_and_put_right_at_once_is_closed_by_the_county_straight(world):
    one = world["town"].records.add("problem", {"description": "焚烧秸秆", "deadline_kind": "immediate"})["id"]
    with pytest.raises(StepLacks) as lacks:
        step(world, "town", one, "complete")
    assert lacks.value.missing == ("目前进展",)
    step(world, "town", one, "complete", progress="当场扑灭")
    way = world["town"].workflow.steps(one)
    assert (way.route, way.quick) == ("自查自纠", True)
    assert [s.verb for s in way.steps] == ["complete", "close", "return"]
    world.round("town")
    assert step(world, "county", one, "close")["closing_stage"] == "closed"


def test_what_waits_to_be_claimed_waits_only_where_it_can_be(world):
    beside, leading = (
        a_problem(world, deadline="2024-12-31", **{name: "县住建局"}) for name in ("responsible_units", "lead_unit")
    )
    for one in (beside, leading):
        step(world, "county", one, "assign", assigned_on="2024-05-01")
    own = world["town"].records.add("problem", {"description": "坏"})["id"]
    world.round("town", "office")
    world["county"].records.edit("problem", own, {"assigned_on": "2024-05-01"})
    world.round("town", "office")
    for name, theirs in (("town", {beside, leading}), ("office", {leading})):
        there = world[name].records.ids(Query("problem", view="unclaimed"))
        assert {one.id for one in world[name].records.lines("problem", there)} == theirs, name
        assert world[name].figures.agenda().unclaimed == len(theirs), name
        assert [one for one in (beside, leading) if "claim" in may(world, name, one)] == [
            one for one in (beside, leading) if one in theirs
        ], name
    assert world["county"].records.count(Query("problem", view="unclaimed")) == 2, "of all units"


def test_a_verdict_that_did_not_see_what_the_township_wrote_is_to_be_looked_at_again(world):
    one = world["town"].records.add("problem", {"description": "焚烧", "deadline_kind": "immediate"})["id"]
    step(world, "town", one, "complete", progress="扑灭")
    world.round("town")
    step(world, "county", one, "close")
    world["town"].records.edit("problem", one, {"progress": "又着了"})  # it does not know of the closing yet
    world.send("town", "county")
    assert seen(world, "county", one)["review"]


def sitting(office, **users):
    """Users of a PC with the secret 1234, and what signs one of them in."""
    office.users.add("管平", ("admin",), "1234")
    office.users.sign_in("管平", "1234")
    for name, roles in users.items():
        office.users.add(name, roles.split(), "1234")
    return lambda name: office.users.sign_in(name, "1234")


def test_every_role_of_every_kind_of_unit_at_every_step(world):
    """unit kind × role × step: who is refused at the door, and who gets as far as the table of steps."""
    judge = {"apply", "accept", "public-notice", "sign-off", "close", "return"}
    for home in ("county", "town", "office"):
        sit = sitting(world[home], 经一="clerk", 审二="reviewer", 领三="leader")
        for name, deeds in (("经一", {False}), ("审二", {False, True}), ("领三", {True}), ("管平", set())):
            sit(name)
            for verb in VERBS:
                with pytest.raises(LedgerError) as refused:
                    step(world, home, "没有这一条", verb)
                assert (refused.value.code == "U105") == ((verb in judge) not in deeds), (home, name, verb)


def test_who_checked_it_himself_does_not_ask_for_acceptance_where_the_route_is_of_two_people(world):
    one = a_problem(world, source="信访投诉", completed_on="2024-06-01", progress="好")
    world.round("town")
    photo(world, "town", one)
    report = world.folder / "完成情况报告.txt"
    report.write_text("好", encoding="utf-8")
    world["town"].evidence.add("problem", one, [report])
    sit = sitting(world["town"], 经一="clerk reviewer", 审二="reviewer")
    sit("经一")
    step(world, "town", one, "self-accept", people="张三")
    apply = next(s for s in world["town"].workflow.steps(one).steps if s.verb == "apply")
    assert (apply.possible, apply.missing) == (False, ("另一位用户来办（“自查自验”是您自己办的）",))
    with pytest.raises(OwnWork):
        step(world, "town", one, "apply")
    sit("审二")
    assert step(world, "town", one, "apply")["self_acceptances"][0]["applied_on"] == "2024-06-15"


def test_who_accepted_does_not_sign_off_while_there_is_somebody_else(world):
    one = a_problem(world, source="信访投诉", completed_on="2024-06-01", closing_stage="closing", progress="好")
    world["county"].users.add("审二", ("reviewer",), "1234")
    world["county"].users.sign_in("审二", "1234")
    step(world, "county", one, "accept", unit="甲", actual_on="2024-06-01")
    step(world, "county", one, "public-notice", from_on="2024-06-05", until_on="2024-06-14")
    assert "sign-off" in may(world, "county", one), "a PC with one user: nobody else could"
    world["county"].users.add("李县长", ("leader",), "1234")
    with pytest.raises(OwnWork) as refused:
        step(world, "county", one, "sign-off", people="李县长")
    assert "没有做任何改动" in refused.value.message
    world["county"].users.sign_in("李县长", "1234")
    step(world, "county", one, "sign-off", people="李县长")
    world["county"].users.sign_in("审二", "1234")
    assert step(world, "county", one, "close")["closing_stage"] == "closed"


def test_who_accepted_does_not_close_by_hand_either(world):
    one = a_problem(world, source="信访投诉", completed_on="2024-06-01", closing_stage="closing", progress="好")
    county = world["county"]
    sit = sitting(county, 审二="reviewer", 经一="clerk")
    sit("审二")
    step(world, "county", one, "accept", unit="甲", actual_on="2024-06-01")
    closed = {"closing_stage": "closed", "closed_on": "2024-06-10"}
    row = county.records.ids(Query("problem"))
    assert county.records.plan_bulk("problem", row, closed).changed == 1, "a second user who may not judge is no other"
    sit("管平")
    county.users.add("领三", ("leader",), "1234")
    sit("审二")
    before = world.dump("county")
    with pytest.raises(OwnWork):
        county.records.edit("problem", one, closed)
    plan = county.records.plan_bulk("problem", row, closed)
    assert (plan.changed, plan.lines[0].why) == (0, "“县级验收”是您自己办的，要另一位用户来办“主要领导审签”")
    assert world.dump("county") == before
    sit("领三")
    assert county.records.plan_bulk("problem", row, closed).changed == 1


def test_steps_that_are_refused_write_nothing(world):
    one = a_problem(world, source="信访投诉")
    world.round("town")
    county, town = world["county"].workflow, world["town"].workflow
    before = world.dump("county")
    refusals = [
        (county, "fly", {}, NoSuchStep), (county, "claim", {}, StepLacks), (county, "close", {}, StepLacks),
        (county, "assign", {"weather": "x"}, NotAsked), (county, "assign", {"assigned_on": "2024-06-16"}, BadValue),
        (county, "return", {"opinion": "不行"}, StepLacks), (county, "accept", {"stage": "city"}, NoSuchStep),
        (town, "assign", {}, StepNotYours), (town, "close", {}, StepNotYours),
    ]  # fmt: skip
    for office, verb, values, kind in refusals:
        with pytest.raises(LedgerError) as refused:
            office.step(one, verb, values)
        assert type(refused.value) is kind, verb
        assert refused.value.message.endswith(("改动。", "内容。"))
        assert refused.value.way_out
    assert world.dump("county") == before
    county.step(one, "assign", {})
    with pytest.raises(StepDone):
        county.step(one, "assign", {})
    world["county"].records.void("problem", one, "重复")
    assert not any(s.possible for s in county.steps(one).steps)
    with pytest.raises(IsVoid):
        county.step(one, "assign", {})


def test_the_county_fills_in_for_a_unit_and_takes_what_nobody_else_would(world):
    def can(record):
        return {one.verb for one in world["county"].workflow.steps(record).steps if one.possible}

    world["county"].units.add("township", "无电脑镇", "361021190")
    one, alone = a_problem(world, source="信访投诉"), a_problem(world, source="信访投诉", township="无电脑镇")
    for record in (one, alone):
        step(world, "county", record, "assign")
    assert (may(world, "county", one), may(world, "county", alone)) == (set(), {"claim"}), "whose turn it is"
    rows = world["county"].workflow.rows([one, alone])
    assert [line.state for line in world["county"].workflow.plan_many(rows, "claim", {}).lines] == ["stays", "goes"]
    for record in (one, alone):
        assert can(record) == {"claim"}
        assert world["county"].workflow.step(record, "claim", {}, "镇里电话报来")["claimed_on"] == "2024-06-15"
    world.round("town")
    assert seen(world, "town", one)["claimed_on"] == "2024-06-15"
    assert {"镇里电话报来"} == {c.why for c in world["town"].records.history("problem", one) if c.field == "claimed_on"}


def test_another_unit_may_do_nothing(world):
    one = a_problem(world, cooperating_units="青石镇")
    world.round()
    assert may(world, "other", one) == set()
    with pytest.raises(StepNotYours):
        step(world, "other", one, "complete", progress="我来")


def test_days_that_contradict_what_was_said_before_are_refused_and_a_notice_is_counted(world):
    one = a_problem(world, source="信访投诉", completed_on="2024-06-01", closing_stage="closing", progress="好")
    with pytest.raises(BadValue, match="早于完成整改"):
        step(world, "county", one, "accept", unit="甲", actual_on="2024-05-01")
    step(world, "county", one, "accept", unit="甲")
    with pytest.raises(BadValue, match="早于公示开始"):
        step(world, "county", one, "public-notice", from_on="2024-06-10", until_on="2024-06-09")
    shown = step(world, "county", one, "public-notice", from_on="2024-06-08", until_on="2024-06-14")
    assert (shown["acceptances"][1]["days"], shown["acceptances"][1]["day_kind"]) == (7, "calendar")
    with pytest.raises(BadValue, match="早于上一次"):
        step(world, "county", one, "return", actual_on="2024-06-14", opinion="有异议")
    step(world, "county", one, "sign-off", people="李县长")
    step(world, "county", one, "close", closed_on="2024-06-15", opinion="同意")
    assert may(world, "county", one) == {"file"}
    step(world, "county", one, "file", unit="市环委办")
    assert may(world, "county", one) == set()


def to_public_notice(world):
    one = a_problem(world, source="信访投诉", completed_on="2024-06-01", closing_stage="closing", progress="好")
    step(world, "county", one, "accept", unit="甲", actual_on="2024-06-01")
    return one


def noticed(world, one):
    (row,) = (a for a in seen(world, "county", one)["acceptances"] if a["stage"] == "public_notice")
    return row["from_on"], row["until_on"], row["days"], row["day_kind"]


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ({"days": "10"}, ("2024-06-05", "2024-06-19", 10, "working")),  # 端午 lies between
        ({"days": "10", "day_kind": "自然日"}, ("2024-06-05", "2024-06-14", 10, "calendar")),
        ({"until_on": "2024-06-07"}, ("2024-06-05", "2024-06-07", 3, "calendar")),
        ({"until_on": "2024-06-18", "days": "9"}, ("2024-06-05", "2024-06-18", 9, "working")),
    ],
)
def test_a_public_notice_is_told_by_its_end_or_by_its_length(world, said, stands):
    one = to_public_notice(world)
    step(world, "county", one, "public-notice", from_on="2024-06-05", **said)
    assert noticed(world, one) == stands
    assert world["county"].workflow.steps(one).doubts == ()


def test_a_public_notice_needs_an_end_and_a_doubtful_one_is_told_and_not_refused(world):
    one = to_public_notice(world)
    with pytest.raises(StepLacks, match="公示天数"):
        step(world, "county", one, "public-notice", from_on="2024-06-05")
    for days in ("0", "367"):
        with pytest.raises(BadValue):
            step(world, "county", one, "public-notice", from_on="2024-06-05", days=days)
    said = {"from_on": "2024-09-29", "until_on": "2024-10-09", "days": "10", "day_kind": "working"}
    step(world, "county", one, "public-notice", **said)
    (doubt,) = world["county"].workflow.steps(one).doubts
    assert "实际是 4 个工作日（11 个自然日）" in doubt  # domain.md 1.5: the vector of 宿州
    worked = ["2024-10-05", "2024-10-06"]
    world["county"].dictionaries.set("holidays", {"off": [], "worked": worked})
    (doubt,) = world["county"].workflow.steps(one).doubts
    assert "实际是 6 个工作日" in doubt, "the county's own calendar goes before the state's"


def test_by_command(world, capsys):
    one = a_problem(world)
    world.close()

    def answer(*words):
        code = run(parse(["--home", str(world.home("county")), "--json", *words]))
        return code, json.loads(capsys.readouterr().out)

    code, said = answer("problem", "steps", one)
    assert (code, said["steps"][0]["verb"], said["steps"][0]["possible"]) == (0, "assign", True)
    assert {"verb", "label", "possible", "missing", "who", "done_on"} <= set(said["steps"][0])
    code, said = answer("problem", "step", one, "assign", "--set", "assigned_on=2024-06-02")
    assert (code, said["assigned_on"], said["unit"]) == (0, "2024-06-02", TOWN)
    code, said = answer("problem", "step", one, "close")
    assert (code, said["error"]["code"]) == (3, "R182")
    other = ("--home", str(world.home("town")), "--json")
    assert run(parse([*other, "records", "add", "problems", "--set", "description=焚烧"])) == 0
    mine = json.loads(capsys.readouterr().out)["id"]
    assert run(parse([*other, "problem", "steps", mine])) == 0
    complete = next(at for at in json.loads(capsys.readouterr().out)["steps"] if at["verb"] == "complete")
    assert (complete["possible"], complete["missing"]) == (True, ["目前进展"])
    assert run(parse([*other[:2], "problem", "steps", mine])) == 0
    assert "可以办，要写明：目前进展" in capsys.readouterr().out
    assert run(parse(["--home", str(world.home("county")), "problem", "steps", one])) == 0
    assert "assign  交办（县环委办）  已办 2024-06-02" in capsys.readouterr().out


def test_the_countys_stage_proposes_the_county_and_a_public_notice_asks_for_its_end_or_its_length(world):
    one = a_problem(world, source="群众信访", completed_on="2024-05-01", closing_stage="closing")
    county, name = world["county"], world["county"].here.name

    def view(verb):
        return next(step for step in county.workflow.steps(one).steps if step.verb == verb)

    assert (view("accept").unsaid, {ask.name: ask.value for ask in view("accept").fields}["unit"]) == ((), name)
    (many,) = [at for at in county.workflow.many(county.workflow.rows([one])).steps if at.verb == "accept"]
    assert {ask.name: ask.value for ask in many.fields}["unit"] == name
    step(world, "county", one, "accept")
    assert seen(world, "county", one)["acceptances"][0]["unit"] == name
    assert view("public-notice").unsaid == ("公示结束或公示天数",)
    with pytest.raises(StepLacks):
        step(world, "county", one, "public-notice")
    step(world, "county", one, "public-notice", days="5")
    assert view("public-notice").unsaid == ()
