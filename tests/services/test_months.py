"""The monthly dispatch: a whole month is saved at once, judged row by row, and comes back by package."""

from __future__ import annotations

import json

import pytest

from cli.main import parse, run
from models.domain import dictionaries as rules
from models.domain.forms import BadValue
from models.errors import LedgerError
from models.services.base.dictionaries import BadContent
from models.services.base.refusals import CountyOnly, IsVoid, NothingWritten
from models.services.problems.months import NoOpinion, NotReported
from models.services.views.lists import Query
from tests.offices import OTHER, TOWN
from tests.services.problems import a_problem, seen
from tests.services.test_records import log


def states(world, name, month="2024-06"):
    return {one.id: one.state for one in world[name].months.sheet(month).lines}


def line(world, name, record, month="2024-06"):
    return next(one for one in world[name].months.sheet(month).lines if one.id == record)


def test_a_month_goes_to_the_county_is_judged_and_comes_back(world):
    one, two, three = (a_problem(world, description=text) for text in ("甲", "乙", "丙"))
    theirs = a_problem(world, township="青石镇")
    world.round()
    town, county = world["town"].months, world["county"].months
    assert states(world, "town") == dict.fromkeys((one, two, three), "missing")
    said = {
        one: {"pace": "behind", "progress": "清运一半", "difficulties": "资金", "next_step": "催款"},
        two: {"pace": "达到序时进度", "progress": "已进场"},
    }
    saved = town.save("2024年6月", said)
    assert (set(saved.written), saved.same) == ({one, two}, 0)
    assert town.save("2024-06", said).same == 2
    zero = town.zero("2024-06")
    assert (zero.written, zero.same) == ((three,), 0)
    assert (seen(world, "town", one)["pace"], seen(world, "town", one)["progress"]) == ("behind", "清运一半")
    assert seen(world, "town", three)["progress"] is None
    world.send("town", "county")
    sheet = county.sheet("2024-06")
    assert (sheet.due, sheet.total.expected, sheet.total.reported, sheet.total.zero) == ("2024-06-25", 4, 3, 1)
    assert [(u.unit, u.missing, u.waiting) for u in sheet.units] == [(TOWN, 0, 3), (OTHER, 1, 0)]
    assert [x.id for x in county.sheet("2024-06", "青石镇").lines] == [theirs]
    county.judge("2024-06", [one], "accepted")
    county.judge("2024-06", [two, three], "returned", "请补充数据")
    world.round("town")
    assert states(world, "town") == {one: "accepted", two: "returned", three: "returned"}
    assert line(world, "town", two).now.opinion == "请补充数据"
    town.save("2024-06", {three: {"progress": "清了 3 吨"}})
    world.send("town", "county")
    assert states(world, "county") == {one: "accepted", two: "returned", three: "again", theirs: "missing"}
    assert not line(world, "county", three).now.zero
    assert county.judge("2024-06", [three], "returned", "请补充数据").same == 0  # the same once more is a new judgement
    assert states(world, "county")[three] == "returned"
    assert line(world, "county", three, "2024-07").last.progress == "清了 3 吨"
    assert world["county"].care.check(deep=True).ok


def test_a_save_is_one_operation_for_each_changed_record(world):
    one = a_problem(world)
    world.round("town")
    before = len(log(world["town"], one))
    world["town"].months.save("2024-06", {one: {"pace": "ahead", "progress": "快", "next_step": ""}})
    entry, problem = log(world["town"], one)[before:]
    assert set(entry.fields) == {"month", "pace", "progress", "reported_on"}
    assert set(problem.fields) == {"pace", "progress"}
    world["town"].months.save("2024-06", {one: {"pace": "ahead", "progress": "快", "difficulties": "无"}})
    assert [set(o.fields) for o in log(world["town"], one)[before + 2 :]] == [{"month", "difficulties"}]


def test_an_older_month_does_not_say_how_the_problem_stands(world):
    one = a_problem(world, township="", responsible_units="")
    county = world["county"].months
    county.save("2024-06", {one: {"pace": "ahead", "progress": "新"}})
    county.save("2024-05", {one: {"pace": "behind", "progress": "旧"}})
    assert (seen(world, "county", one)["pace"], seen(world, "county", one)["progress"]) == ("ahead", "新")


def test_whoever_is_late_is_marked_and_a_correction_does_not_make_one_late(world):
    one, two = a_problem(world, description="甲"), a_problem(world, description="乙")
    county = world["county"].months
    county.save("2024-06", {one: {"progress": "按时"}})
    assert not line(world, "county", two).late
    world.clock.jump(days=11)  # the 26th
    county.save("2024-06", {one: {"progress": "改了"}})
    assert (line(world, "county", one).late, line(world, "county", two).late) == (False, True)
    county.save("2024-06", {two: {"progress": "晚了"}})
    assert (line(world, "county", two).late, county.sheet("2024-06").total.late) == (True, 1)


def test_what_is_asked_follows_the_countys_rules(world):
    dated = a_problem(world, description="甲", deadline="2024-12-31")
    endless = a_problem(world, description="乙", deadline_kind="long_term")
    closed = a_problem(world, description="丙")
    later = a_problem(world, description="丁", found_on="2024-06-10")
    world["county"].records.edit("problem", closed, {"closed_on": "2024-06-01"})
    assert set(states(world, "county")) == {dated, endless, later}
    assert later not in states(world, "county", "2024-05")
    world["county"].dictionaries.set("dispatch_rules", {"due_day": 31, "kinds": ["time_limited"]})
    assert set(states(world, "county")) == {dated, later}  # of which no kind is known is asked too
    assert world["county"].months.sheet("2024-06").due == "2024-06-30"
    world["county"].months.save("2024-06", {endless: {"progress": "报了"}})
    assert endless in states(world, "county")


def test_the_first_page_and_the_list_count_what_the_sheet_asks_for(world):
    one, done, endless = (a_problem(world, description=text) for text in ("甲", "乙", "丙"))
    closed, beside = a_problem(world), a_problem(world, township="青石镇", cooperating_units="白水镇")
    world["county"].records.edit("problem", done, {"completed_on": "2024-06-01"})
    world["county"].records.edit("problem", endless, {"deadline_kind": "long_term"})
    world["county"].records.edit("problem", closed, {"closing_stage": "closed"})
    world.round("town", "other")
    world["town"].months.save("2024-06", {one: {"progress": "在做", "pace": "behind"}})

    def missing(name):
        office = world[name]
        asked = {line.id for line in office.months.sheet("2024-06").lines if line.state == "missing"}
        listed = office.records.ids(Query("problem", view="no_dispatch"))
        assert {line.id for line in office.records.lines("problem", listed)} == asked
        overview = office.figures.overview()
        assert overview.no_dispatch == sum(unit.no_dispatch for unit in overview.units) == len(asked)
        return asked

    assert missing("town") == {done, endless}, "not what it only works beside"
    assert missing("county") == {one, done, endless, beside}
    world["county"].dictionaries.set("dispatch_rules", {"due_day": 25, "kinds": ["time_limited", "immediate"]})
    world.round("town")
    assert missing("town") == {done}
    assert missing("county") == {done, beside}


def test_what_is_refused_changes_nothing(world):
    one, gone = a_problem(world), a_problem(world, description="作废的")
    world["county"].records.void("problem", gone, "重复")
    world.round("town")
    town, county = world["town"].months, world["county"].months
    before = world["town"].exchange.digest(), world["county"].exchange.digest()
    for refusal, deed in (
        (BadValue, lambda: town.save("2024-06", {one: {"progress": "好", "pace": "飞快"}})),
        (BadValue, lambda: town.sheet("六月")),
        (NothingWritten, lambda: town.sheet("")),
        (IsVoid, lambda: county.save("2024-06", {one: {"progress": "好"}, gone: {"progress": "好"}})),
        (CountyOnly, lambda: town.judge("2024-06", [one], "accepted")),
        (NotReported, lambda: county.judge("2024-06", [one], "accepted")),
        (NoOpinion, lambda: county.judge("2024-06", [one], "退回", " ")),
        (NothingWritten, lambda: county.judge("2024-06", [one], "", "好")),
    ):  # fmt: skip
        with pytest.raises(refusal) as told:
            deed()
        assert isinstance(told.value, LedgerError)
        assert told.value.message
        assert told.value.way_out
    assert (world["town"].exchange.digest(), world["county"].exchange.digest()) == before


@pytest.mark.parametrize("content", [
    [], {"due_day": 0, "kinds": ["time_limited"]}, {"due_day": True, "kinds": ["time_limited"]}, {"due_day": 25},
    {"due_day": 25, "kinds": []}, {"due_day": 25, "kinds": ["often"]}, {"due_day": 25, "kinds": "time_limited"},
])  # fmt: skip
def test_rules_that_do_not_fit_are_refused(world, content):
    with pytest.raises(BadContent):
        world["county"].dictionaries.set("dispatch_rules", content)


def test_phrases_belong_to_the_columns_that_have_some():
    assert rules.phrases({"progress": ["好"]})
    assert rules.phrases({name: ["好", "好"] for name in rules.PHRASED})
    assert rules.phrases([])
    assert not rules.phrases({name: [] for name in rules.PHRASED})


def test_the_commands_say_who_has_not_reported(world, capsys):
    one, two = a_problem(world, description="甲"), a_problem(world, description="乙")
    home = str(world.home("county"))

    def told(*words):
        assert run(parse(["--home", home, "--json", "dispatch", *words])) in (0, 3)
        return json.loads(capsys.readouterr().out)

    assert told("zero", "2024-06", one) == {"month": "2024-06", "written": [one], "same": 0}
    assert told("zero", "2024-06", one)["same"] == 1
    assert told("judge", one, "2024-06", "--set", "judgement=accepted")["written"] == [one]
    assert told("judge", one, "2024-06", "--set", "judgment=accepted")["error"]["code"] == "R102"
    month = told("month", "2024-06", "--unit", TOWN)
    assert (month["expected"], month["missing"], month["accepted"]) == (2, 1, 1)
    by_id = {row["id"]: row for row in month["problems"]}
    assert (by_id[two]["state"], by_id[one]["now"]["zero"], by_id[two]["now"]) == ("missing", True, None)
    assert run(parse(["--home", home, "dispatch", "month", "2024-06"])) == 0
    assert "应报 2，已报 1（零报告 1），还差 1" in capsys.readouterr().out
    assert told("zero", "2024-06")["written"] == []  # the county reports for nobody
