"""One step for several problems: who can and who cannot, one transaction, undone as one."""

from __future__ import annotations

import json

import pytest

from cli.main import parse, run
from models.domain.forms import BadValue
from models.services.base.refusals import ChangedMeanwhile
from models.services.base.since import WrittenSince
from models.services.problems import taking_back
from models.services.problems.workflow_refusals import NobodyCan, NoSuchStep, NoSuchToken
from tests.services.problems import a_problem, seen
from tests.services.test_workflow import photo, sitting, step

QUICK = {"deadline_kind": "immediate", "source": "乡镇自查", "progress": "已清"}


@pytest.fixture
def county(world):
    return world["county"]


def some(county, *ids):
    return county.workflow.rows(ids)


def stays(plan):
    return {line.id: line.why for line in plan.lines if line.state == "stays"}


def log(office, one):
    return [(c.field, c.old, c.new, c.why) for c in office.records.history("problem", one)]


def test_assigning_to_many_writes_those_that_can_and_names_those_that_cannot(world, county):
    one, two = a_problem(world), a_problem(world)
    nobodys = county.records.add("problem", {"description": "没有单位"})["id"]
    gone = a_problem(world)
    county.records.void("problem", gone, "重复")
    step(world, "county", two, "assign", assigned_on="2024-06-01")
    every = some(county, one, two, nobodys, gone)
    way = county.workflow.many(every)
    assert [(s.verb, s.can) for s in way.steps] == [("assign", 1), ("complete", 1)], (
        "nobody's problem is the county's own"
    )
    assert [(f.name, f.required, f.value) for f in way.steps[0].fields] == [("assigned_on", True, "2024-06-15")]
    before = log(county, one)
    plan = county.workflow.plan_many([*every, 999], "assign", {"assigned_on": "2024-06-10"})
    assert [line.id for line in plan.going] == [one]
    assert stays(plan) == {
        two: "2024-06-01 已办过", nobodys: "还缺：责任单位", gone: "这条记录已作废", "": "这条记录已经不在了",
    }  # fmt: skip
    assert log(county, one) == before, "looking writes nothing"
    taken = county.workflow.step_many(plan)
    assert (taken.ids, seen(world, "county", one)["assigned_on"]) == ((one,), "2024-06-10")
    world.round("town")
    assert seen(world, "town", one)["assigned_on"] == "2024-06-10"


def closable(world, count=2):
    """Problems that a township put right at once: at the county they wait for closing alone."""
    town = world["town"]
    ids = [town.records.add("problem", {"description": f"第{n}个"} | QUICK)["id"] for n in range(count)]
    for one in ids:
        step(world, "town", one, "complete", completed_on="2024-06-01")
    world.round("town")
    return ids


def test_what_was_closed_together_is_undone_together_and_figures_of_then_stay(world, county):
    ids = closable(world)
    before = {one: seen(world, "county", one) for one in ids}
    as_was = county.workflow.steps(ids[0]).steps
    taken = county.workflow.step_many(county.workflow.plan_many(some(county, *ids), "close", {}))
    assert [seen(world, "county", one)["closing_stage"] for one in ids] == ["closed", "closed"]
    world.round("town")
    world.clock.jump(days=1)
    assert county.workflow.take_back(taken.token) == set(ids)
    for one in ids:
        now = seen(world, "county", one)
        assert (now["closing_stage"], now["closed_on"], now["completed_on"]) == ("none", None, "2024-06-01")
        assert now["acceptances"] == before[one]["acceptances"] == []
        assert any(why == "撤销“销号”" for *_, why in log(county, one)), "the history says so"
    assert county.workflow.steps(ids[0]).steps == tuple(
        one._replace(fields=tuple(f._replace(value=f.value.replace("06-15", "06-16")) for f in one.fields))
        for one in as_was
    )
    world.round("town")
    assert seen(world, "town", ids[0])["closing_stage"] == "none"
    closed = [county.figures.tally(known_by=day)["problems"]["closed"] for day in (world.clock.now.date(),)]
    assert closed == [0]
    with pytest.raises(WrittenSince):
        county.workflow.take_back(taken.token)


def test_nothing_is_undone_where_somebody_wrote_since(world, county):
    ids = closable(world)
    taken = county.workflow.step_many(county.workflow.plan_many(some(county, *ids), "close", {}))
    county.records.edit("problem", ids[1], {"goal": "改过"})
    with pytest.raises(WrittenSince):
        county.workflow.take_back(taken.token)
    assert [seen(world, "county", one)["closing_stage"] for one in ids] == ["closed", "closed"]


def test_what_another_pc_wrote_is_not_undone_by_a_token(world, county):
    ids = closable(world, 1)
    with county.desk.ledger.read() as connection:
        token = taking_back.token(connection, "close", 0)
    with pytest.raises(WrittenSince):
        county.workflow.take_back(token)
    assert seen(world, "county", ids[0])["completed_on"] == "2024-06-01"


def test_self_acceptances_of_many_are_undone_at_their_township(world):
    town = world["town"]
    ids = [town.records.add("problem", {"description": "坏", "source": "乡镇自查"})["id"] for _ in range(2)]
    for one in ids:
        step(world, "town", one, "complete", progress="已清")
    rows = town.workflow.rows(ids)
    plan = town.workflow.plan_many(rows, "self-accept", {})
    assert set(stays(plan).values()) == {"还缺：自验人员"}
    with pytest.raises(NobodyCan) as refused:
        town.workflow.step_many(plan)
    assert "还缺：自验人员（例如“坏”）" in refused.value.way_out
    town.workflow.step_many(town.workflow.plan_many(rows, "self-accept", {"people": "张三"}))
    photo(world, "town", ids[0])
    photo(world, "town", ids[1])
    applied = town.workflow.step_many(town.workflow.plan_many(rows, "apply", {"applied_on": "2024-06-15"}))
    town.workflow.take_back(applied.token)
    (row,) = seen(world, "town", ids[0])["self_acceptances"]
    assert (row["people"], row["applied_on"]) == ("张三", None)


def test_a_value_that_no_problem_can_take_is_the_values_fault(world, county):
    ids = closable(world)
    rows = some(county, *ids)
    with pytest.raises(BadValue) as wrong:
        county.workflow.plan_many(rows, "close", {"closed_on": "2024-06-30"})
    assert wrong.value.field == "closed_on"
    step(world, "county", ids[0], "close")
    plan = county.workflow.plan_many(rows, "return", {"opinion": "台账不全", "actual_on": "2024-06-14"})
    assert stays(plan) == {ids[0]: "不用办这一步"}
    with pytest.raises(NoSuchStep):
        county.workflow.plan_many(rows, "fly", {})


def test_a_problem_that_was_written_to_since_the_look_stops_all_of_it(world, county):
    ids = closable(world)
    plan = county.workflow.plan_many(some(county, *ids), "close", {})
    county.records.edit("problem", ids[0], {"goal": "改过"})
    with pytest.raises(ChangedMeanwhile):
        county.workflow.step_many(plan)
    assert seen(world, "county", ids[1])["closing_stage"] == "none"


def test_what_would_be_taken_otherwise_than_looked_at_is_not_taken(world, county):
    ids = closable(world)
    plan = county.workflow.plan_many(some(county, *ids), "close", {"closed_on": "2024-06-15"})
    world.clock.jump(days=-1)  # the clock of the PC was put right meanwhile
    with pytest.raises(ChangedMeanwhile):
        county.workflow.step_many(plan)
    assert seen(world, "county", ids[0])["closing_stage"] == "none"


def test_who_accepted_does_not_sign_off_for_many_either(world, county):
    said = {"source": "信访投诉", "completed_on": "2024-06-01", "closing_stage": "closing", "progress": "好"}
    ids = [a_problem(world, **said) for _ in range(2)]
    sit = sitting(county, 审二="reviewer", 李县长="leader")
    sit("审二")
    step(world, "county", ids[0], "accept", unit="甲", actual_on="2024-06-01")
    step(world, "county", ids[0], "public-notice", from_on="2024-06-05", until_on="2024-06-14")
    rows, people = some(county, *ids), {"people": "李县长"}
    assert stays(county.workflow.plan_many(rows, "sign-off", people)) == {
        ids[0]: "要另一位用户来办（“县级验收”是您自己办的）", ids[1]: "还缺：县级验收、公示",
    }  # fmt: skip
    sit("李县长")
    assert [one.id for one in county.workflow.plan_many(rows, "sign-off", people).going] == [ids[0]]


def test_by_command(world, county, capsys):
    one, two = a_problem(world), a_problem(world)
    nobodys = county.records.add("problem", {"description": "没有单位"})["id"]
    world.close()

    def answer(*words):
        code = run(parse(["--home", str(world.home("county")), "--json", "problem", *words]))
        return code, json.loads(capsys.readouterr().out)

    assigned = ("assign", "--set", "assigned_on=2024-06-02")
    code, said = answer("step", one, two, nobodys, *assigned, "--preview")
    assert (code, said["done"], said["would"], said["undo"]) == (0, [], [one, two], "")
    code, said = answer("step", one, two, nobodys, *assigned)
    assert (code, said["done"], [s["why"] for s in said["stayed"]]) == (0, [one, two], ["还缺：责任单位"])
    code, undone = answer("unstep", said["undo"])
    assert (code, undone) == (0, {"undone": sorted([one, two])})
    code, said = answer("unstep", "assign")
    assert (code, said["error"]["code"]) == (3, NoSuchToken.code)
    assert run(parse(["--home", str(world.home("county")), "problem", "step", one, two, "assign"])) == 0
    assert "已办“交办” 2 个" in capsys.readouterr().out
