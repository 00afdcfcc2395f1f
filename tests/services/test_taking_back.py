"""One wrong click is taken back whole: a step, a decision with all that followed from it, a plan; never over others."""

from __future__ import annotations

import pytest

from models.services.base.since import WrittenSince
from models.services.problems.workflow_refusals import NoSuchToken
from tests.services.problems import a_problem, seen
from tests.services.test_lookbacks import closed
from tests.services.test_workflow import step


@pytest.fixture
def county(world):
    return world["county"]


def test_a_single_step_is_taken_back_and_can_be_taken_again(world, county):
    one = a_problem(world)
    undo = step(world, "county", one, "assign", assigned_on="2024-06-10")["undo"]
    assert county.workflow.may_take_back(undo)
    assert county.workflow.take_back(undo) == {one}
    assert seen(world, "county", one)["assigned_on"] is None
    assert not county.workflow.may_take_back(undo)
    with pytest.raises(WrittenSince) as twice:
        county.workflow.take_back(undo)
    assert "县环委办" in twice.value.message
    assert "已经撤销过" in twice.value.message
    assert step(world, "county", one, "assign", assigned_on="2024-06-11")["assigned_on"] == "2024-06-11"
    told = [(c.old, c.new) for c in county.records.history("problem", one) if c.field == "assigned_on"]
    assert told == [(None, "2024-06-10"), ("2024-06-10", None), (None, "2024-06-11")], "nothing is overwritten"


def test_a_step_that_somebody_built_on_stays_and_it_is_said_who_did(world, county):
    one = a_problem(world)
    undo = step(world, "county", one, "assign")["undo"]
    world.round("town")
    step(world, "town", one, "claim")
    world.send("town", "county")
    assert not county.workflow.may_take_back(undo)
    with pytest.raises(WrittenSince) as refused:
        county.workflow.take_back(undo)
    assert "白水镇" in refused.value.message
    assert seen(world, "county", one)["assigned_on"]


def test_an_approved_restart_is_taken_back_with_its_round_and_may_be_approved_again(world, county):
    one = closed(world)
    asked = {"kind": "申请重启", "reason": "又堆上了"}
    request = county.requests.ask(one, asked)["requests"][-1]["id"]
    for _ in range(2):
        given = county.requests.decide(one, request, {"decision": "approved"})
        assert (given["stage"], len(given["cycles"])) == ("open", 1)
        county.workflow.take_back(given["undo"])
        now = seen(world, "county", one)
        assert (now["stage"], now["cycles"], now["requests"][-1]["decision"]) == ("closed", [], None)
    again = county.cycles.open(one, {"reason": "又堆上了", "basis": "暗访"})
    assert (again["stage"], [c["number"] for c in again["cycles"]]) == ("open", ["2"])
    world.round("town")
    assert seen(world, "town", one)["stage"] == "open"
    assert world.agree("town")
    assert county.care.check(deep=True).ok


def test_a_plan_of_lookbacks_is_taken_back_unless_one_was_made(world, county):
    one, two = closed(world), closed(world)
    sheet = county.lookbacks.plan(problems=[one, two])
    assert county.workflow.take_back(sheet.undo) == {one, two}
    assert county.lookbacks.list().lines == ()
    sheet = county.lookbacks.plan(problems=[one, two])
    county.lookbacks.add(two, {"up_to_standard": "true"})
    with pytest.raises(WrittenSince):
        county.workflow.take_back(sheet.undo)
    assert len(county.lookbacks.list().lines) == 2


def test_what_is_no_token_is_refused(county):
    for wrong in ("", "fly-1-2", "assign-1", "assign-1-2", "assign-1-2-3x", "fly-1-2-0123456789ab"):
        with pytest.raises(NoSuchToken):
            county.workflow.may_take_back(wrong)


def test_a_token_fits_its_own_verb_its_own_operations_and_its_own_ledger_alone(world, county):
    one = closed(world)
    request = county.requests.ask(one, {"kind": "申请重启", "reason": "又堆上了"})["requests"][-1]["id"]
    undo = county.requests.decide(one, request, {"decision": "approved"})["undo"]
    _, after, last, mark = undo.split("-")
    other = step(world, "county", a_problem(world), "assign")["undo"].rpartition("-")[2]
    for wrong in (f"ask-{after}-{last}-{mark}", f"decide-{after}-999999999-{mark}", f"decide-{after}-{last}-{other}"):
        assert not county.workflow.may_take_back(wrong)
        with pytest.raises(NoSuchToken):
            county.workflow.take_back(wrong)
    assert county.workflow.take_back(undo) == {one}
