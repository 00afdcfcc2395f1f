"""Requests and rounds: asked by a township, answered by the county, both ways by package; past figures stay."""

from __future__ import annotations

from datetime import date

import pytest

from models.services.base.refusals import CountyOnly, IsVoid, NoSuchRecord, NotYours
from models.services.problems.cycle_refusals import Decided, NotDone, NothingToGain, NotLater, Unsaid, Waiting
from tests.services.problems import a_problem, seen

ASKED = {"kind": "申请延期", "wanted_deadline": "2024-12-31", "reason": "汛期不能施工"}


def ask(world, problem, name="town", **values):
    return world[name].requests.ask(problem, ASKED | values)["requests"][-1]["id"]


def decide(world, problem, request, **values):
    return world["county"].requests.decide(problem, request, {"decision": "approved"} | values)


def figures(world, name, as_of, known_by=None):
    found = world[name].figures.tally(date.fromisoformat(as_of), date.fromisoformat(known_by) if known_by else None)
    n = found["problems"]
    return n["total"], n["completed"], n["closed"], n["reopened"]


def test_an_extension_is_asked_for_approved_and_comes_back_with_its_history(world):
    one = a_problem(world, deadline="2024年6月底")
    world.round("town")
    request = ask(world, one)
    with pytest.raises(Waiting):
        ask(world, one)
    world.send("town", "county")
    (line,) = world["county"].requests.list()
    assert (line.id, line.problem, line.kind, line.deadline, line.wanted_deadline, line.decision) == (
        request, one, "extension", "2024-06-30", "2024-12-31", "",
    )  # fmt: skip
    decide(world, one, request, wanted_deadline="2024-10-31", opinion="只同意到十月底")
    with pytest.raises(Decided):
        decide(world, one, request)
    world.round("town")
    now = seen(world, "town", one)
    assert (now["deadline"], now["deadline_text"]) == ("2024-10-31", "延期至2024年10月31日")
    assert (now["requests"][0]["decision"], now["requests"][0]["decided_on"]) == ("approved", "2024-06-15")
    changed = [c for c in world["town"].records.history("problem", one) if c.field == "deadline"]
    assert [(c.old, c.new) for c in changed] == [(None, "2024-06-30"), ("2024-06-30", "2024-10-31")]
    assert changed[-1].why == "同意申请延期：汛期不能施工"
    assert world.agree("town")
    assert world["county"].care.check(deep=True).ok


def test_a_refusal_says_why_and_changes_nothing(world):
    one = a_problem(world, deadline="2024年6月底")
    request = ask(world, one, "county")
    with pytest.raises(Unsaid):
        decide(world, one, request, decision="refused")
    with pytest.raises(Unsaid):
        decide(world, one, request, decision="")
    with pytest.raises(NotYours):
        decide(world, one, request, reason="另一个理由")
    with pytest.raises(NoSuchRecord):
        decide(world, one, one)
    refused = decide(world, one, request, decision="不同意", opinion="时间够用")
    assert (refused["deadline"], refused["requests"][0]["opinion"]) == ("2024-06-30", "时间够用")
    ask(world, one, "county")  # may be asked once more
    assert [line.decision for line in world["county"].requests.list()] == ["", "refused"]


def test_long_term_from_the_day_of_the_answer(world):
    one = a_problem(world, deadline="2024年6月底")
    request = ask(world, one, "county", kind="to_long_term", wanted_deadline="")
    decide(world, one, request)
    tally = world["county"].figures.tally
    assert [tally(date(2024, 6, day))["problems"]["long_term"] for day in (14, 15)] == [0, 1]
    with pytest.raises(NothingToGain):
        ask(world, one, "county", kind="to_long_term", wanted_deadline="")


def test_an_approved_restart_opens_the_next_round_and_past_figures_stay(world):
    one = a_problem(world, completed_on="2024-06-01", closed_on="2024-06-10", pace="完成整改")
    world.round("town")
    request = ask(world, one, kind="restart", wanted_deadline="", reason="又有人倾倒")
    world.send("town", "county")
    then = figures(world, "county", "2024-06-16", "2024-06-15")
    assert then == (1, 1, 1, 0)
    world.clock.jump(days=5)  # 20 June
    decide(world, one, request, opinion="群众举报")
    world.round("town")
    for name in ("county", "town"):
        now = seen(world, name, one)
        assert (now["cycle"], now["completed_on"], now["closing_stage"], now["pace"]) == (
            2,
            None,
            "none",
            "not_started",
        )
        assert [(c["number"], c["kind"], c["opened_on"], c["reason"], c["basis"]) for c in now["cycles"]] == [
            ("2", "restart", "2024-06-20", "又有人倾倒", "群众举报")
        ]
        assert [(r["completed_on"], r["closed_on"]) for r in now["rounds"]] == [("2024-06-01", "2024-06-10"), ("", "")]
        assert figures(world, name, "2024-06-19") == (1, 1, 1, 0)
        assert figures(world, name, "2024-06-20") == (1, 0, 0, 1)
        assert figures(world, name, "2024-06-20", "2024-06-30") == (1, 0, 0, 1)
    assert figures(world, "county", "2024-06-16", "2024-06-15") == then
    by = world["county"].figures.tally(date(2024, 6, 20))["by_cycle"]
    assert [(c["cycle"], c["total"], c["remaining"]) for c in by] == [("2", 1, 1)]
    assert world.agree("town")
    assert world["town"].care.check(deep=True).ok


def test_what_came_back_is_opened_again_by_the_county_with_reason_and_grounds(world):
    one = a_problem(world, completed_on="2024-06-01")
    said = {"reason": "复发", "basis": "暗访"}
    open_ = world["county"].cycles.open
    with pytest.raises(CountyOnly):
        world["town"].cycles.open(one, said)
    for lacking in ({"reason": "复发"}, {"basis": "暗访", "reason": " "}):
        with pytest.raises(Unsaid):
            open_(one, lacking)
    for day in ("2024-06-01", "2024-06-16"):  # as old as the last fact; later than today
        with pytest.raises(NotLater):
            open_(one, said | {"opened_on": day})
    opened = open_(one, said | {"opened_on": "2024-06-12"})
    assert (opened["cycles"][0]["kind"], opened["cycles"][0]["opened_on"]) == ("relapse", "2024-06-12")
    with pytest.raises(NotDone):
        open_(one, said)
    world["county"].records.edit("problem", one, {"completed_on": "2024-06-14"})
    assert open_(one, said)["cycle"] == 3


def test_what_was_closed_today_may_be_opened_again_today_and_yesterday_keeps_its_figures(world):
    one = a_problem(world, source="自查自纠", completed_on="2024-06-01", deadline_kind="立行立改", progress="已清理")
    world["county"].workflow.step(one, "close", {"opinion": "已清理"})
    then = figures(world, "county", "2024-06-14")
    assert figures(world, "county", "2024-06-15")[2] == 1
    opened = world["county"].cycles.open(one, {"reason": "复发", "basis": "暗访"})
    assert [(r["number"], r["completed_on"], r["closed_on"]) for r in opened["rounds"]] == [
        (1, "2024-06-01", "2024-06-15"), (2, "", ""),
    ]  # fmt: skip
    assert figures(world, "county", "2024-06-15") == (1, 0, 0, 1)
    assert figures(world, "county", "2024-06-14") == then


def test_what_cannot_be_asked(world):
    one = a_problem(world, deadline="2024年6月底")
    world.round("town")
    for lacking in ({"reason": ""}, {"kind": ""}, {"wanted_deadline": ""}):
        with pytest.raises(Unsaid):
            ask(world, one, **lacking)
    with pytest.raises(NothingToGain):
        ask(world, one, wanted_deadline="2024-06-30")
    with pytest.raises(NotDone):
        ask(world, one, kind="restart")
    with pytest.raises(NotYours):
        ask(world, one, opinion="同意")
    with pytest.raises(CountyOnly):
        world["town"].requests.decide(one, one, {"decision": "approved"})
    world["county"].records.void("problem", one, "重复")
    with pytest.raises(IsVoid):
        ask(world, one, "county")
