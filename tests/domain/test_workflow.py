"""The table of steps without a database: every state × every step × who sits there, written out once more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.domain import words
from models.domain.dictionaries import DICTIONARIES
from models.domain.routes import (
    PAPERS,
    ROUTES,
    STANDARDS,
    Paper,
    Route,
    check_papers,
    check_routes,
    papers_of,
    route_of,
)
from models.domain.workflow import COUNTY, STEPS, UNIT, VERBS, Done, Standing, offers, returned_at

COUNTY_ROUTE = route_of(ROUTES, "县纪委工作提示", own=False)
DAY = "2024-06-01"


def at(**said):
    return Standing(**{"route": COUNTY_ROUTE, "today": "2024-06-15", "measures": True, "progress": True} | said)


# fmt: off
GIVEN = {"assigned_on": DAY, "claimed_on": DAY, "planned_on": DAY}
DONE = {**GIVEN, "completed": True, "completed_on": DAY}
ASKED = {**DONE, "self_accepted_on": DAY, "applied_on": DAY}
PASSED = {**ASKED, "closing": "closing", "stages": {"county": Done(DAY)}}
SIGNED = {**ASKED, "closing": "closing", "stages": {"county": Done(DAY), "sign_off": Done(DAY)}}
STATES = {  # state → what the unit may do, what the county may do
    "new": (at(), "plan complete", "assign"),
    "assigned": (at(assigned_on=DAY), "claim", ""),
    "claimed": (at(assigned_on=DAY, claimed_on=DAY), "plan", ""),
    "claimed, without measures": (at(assigned_on=DAY, claimed_on=DAY, measures=False), "", ""),
    "planned": (at(**GIVEN), "complete", ""),
    "done": (at(**DONE), "self-accept", "return"),
    "checked": (at(**DONE, self_accepted_on=DAY), "apply", "return"),
    "checked, a paper is missing": (
        at(**DONE, self_accepted_on=DAY, papers=(Paper("整改后照片", must=True),
                                                 Paper("监测报告", must=False))), "", "return"),
    "asked": (at(**ASKED), "", "accept return"),
    "asked for in an old ledger": (at(completed=True, closing="closing"), "self-accept", "accept return"),
    "accepted": (at(**PASSED), "", "sign-off return"),
    "signed": (at(**SIGNED), "", "close return"),
    "verdicts differ": (at(**SIGNED, undecided=True), "", ""),
    "closed": (at(**{**SIGNED, "closing": "closed", "closed_on": DAY}), "", ""),
    "own": (at(own=True, route=route_of(ROUTES, "", own=True)), "plan complete", ""),
    "put right at once": (at(own=True, immediate=True, completed=True), "", "close return"),
    "put right at once, without a word": (at(own=True, immediate=True, completed=True, progress=False), "", "return"),
}
# fmt: on


@pytest.mark.parametrize("name", STATES)
def test_what_each_side_may_do_in_each_state(name):
    state, unit, county = STATES[name]
    for kinds, wanted in (({UNIT}, unit), ({COUNTY}, county), ({UNIT, COUNTY}, f"{unit} {county}"), (set(), "")):
        may = {one.step.verb for one in offers(state, frozenset(kinds)) if one.possible}
        assert may == set(wanted.split()), kinds


def test_what_is_missing_is_named_and_only_there_where_a_step_is_not_possible():
    named = {one.step.verb: one.missing for one in offers(STATES["checked, a paper is missing"][0], frozenset({UNIT}))}
    assert named["apply"] == ("整改后照片",)
    assert named["close"] == ("提请验收", "县级验收", "主要领导审签")
    assert {one.step.verb: one.missing for one in offers(at(assigned_on=DAY), frozenset())}["complete"] == (
        "认领", "整改方案",
    )  # fmt: skip
    for state, _, _ in STATES.values():
        for one in offers(state, frozenset({UNIT, COUNTY})):
            assert (one.possible, bool(one.missing), one.done_on is not None).count(True) == 1


def test_the_longest_route_is_walked_stage_by_stage_and_waits_for_the_notice():
    route = route_of(ROUTES, "中央生态环境保护督察", own=False)
    stages: dict[str, Done] = {}
    for stage in route.stages:
        closing = "closed" if stage == "filing" else "closing"
        state = at(**ASKED, route=route, closing=closing, stages=stages)
        possible = [one.step for one in offers(state, frozenset({COUNTY})) if one.possible and one.step.stage]
        assert [one.stage for one in possible] == [stage]
        if stage != "filing":
            assert returned_at(state) == stage
        stages[stage] = Done(DAY, DAY if stage == "public_notice" else "")
    running = at(**ASKED, route=route, stages={"county": Done(DAY), "public_notice": Done(DAY, "2024-06-15")})
    assert {one.step.verb: one.missing for one in offers(running, frozenset())}["sign-off"] == (
        "公示期满（2024-06-15）",
    )


@pytest.mark.parametrize("two", [True, False])
@pytest.mark.parametrize("wrote", ["", "self-accept", "county", "city", "complete"])
def test_who_took_a_step_does_not_judge_it_where_the_route_is_of_two_people(two, wrote):
    """Every state × what he took himself: which steps are then somebody else's."""
    judged = {
        "self-accept": {("apply", "checked")},
        "county": {("sign-off", "accepted"), ("close", "without a signature")},
        "complete": {("close", "put right at once")},
    }
    states = {name: STATES[name][0] for name in ("checked", "accepted", "signed", "put right at once")}
    states["without a signature"] = replace(states["accepted"], route=Route("短", ("county", "closing"), quick=False))
    for name, state in states.items():
        of_two = replace(state, route=replace(state.route, two=two), wrote=frozenset({wrote} - {""}))
        every = offers(of_two, frozenset({UNIT, COUNTY}))
        his = {(one.step.verb, name) for one in every if one.own}
        assert his == ({pair for pair in judged.get(wrote, ()) if pair[1] == name} if two else set())
        assert not any(one.own and one.possible for one in every)


def test_routes_follow_from_the_source():
    for source, own, name in (
        ("中央督察", False, "中央督察"), ("长江经济带警示片", False, "中央督察"), ("省级督察", False, "省级督察"),
        ("信访投诉", True, "信访交办"), ("", True, "自查自纠"), (None, False, "县级交办"), ("绿盾", True, "县级交办"),
    ):  # fmt: skip
        assert route_of(ROUTES, source, own=own).name == name


def test_a_file_is_the_paper_whose_word_it_bears():
    found = papers_of(PAPERS, "县级交办", [("a", "", "IMG_1.jpg 河岸 整改后"), ("b", "", "关于某某的验收意见.pdf  ")])
    assert {one.name for one in found if one.here} == {"整改后照片", "各级验收意见"}
    assert {one.name for one in found if one.must} == {"整改后照片"}


def test_what_somebody_said_a_file_is_goes_before_the_words_in_its_name():
    found = papers_of(PAPERS, "县级交办", [("a", "各级验收意见", "IMG_1.jpg 河岸 整改后")])
    assert {one.name: one.files for one in found if one.here} == {"各级验收意见": ("a",)}


def test_every_step_has_words_and_every_stage_a_step():
    assert {one.stage for one in STEPS if one.stage} == set(words.ACCEPTANCE_STAGE)
    assert VERBS == ("assign", "claim", "plan", "complete", "self-accept", "apply", "accept", "public-notice",
                     "sign-off", "close", "file", "return")  # fmt: skip


def _routes(**change):
    return {**ROUTES, **change}


def _stages(*stages, **more):
    return _routes(routes=[{"name": "县级交办", "stages": list(stages), "quick": True, **more}], sources=[],
                   own="县级交办")  # fmt: skip


BAD_ROUTES = [
    (None, "应写明"), ({}, "应写明"), (_routes(routes=[]), "1 到"), (_routes(routes=[1]), "每条路线"),
    (_routes(routes=ROUTES["routes"] * 2), "同名"), (_routes(sources=[["省"]]), "sources"),
    (_routes(sources=[["省", "没有的"]]), "sources"), (_routes(sources=1), "sources"), (_routes(own="没有的"), "own"),
    (_stages("county"), "closing"), (_stages("closing", "county"), "后面"), (_stages("filing", "closing"), "后面"),
    (_stages("closing", "closing"), "closing"), (_stages("moon", "closing"), "环节"), (_stages(), "环节"),
    (_stages("closing", quick=1), "quick"), (_stages("closing", two=1), "two"), (_stages("closing", name=""), "路线名"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "word"), BAD_ROUTES)
def test_routes_that_do_not_fit_say_why(content, word):
    assert word in check_routes(content)


@pytest.mark.parametrize(
    "content",
    [None, [1], [{"name": "甲"}],
     [{"name": "甲", "words": [], "must": []}], [{"name": "", "words": ["甲"], "must": []}],
     [{"name": "甲", "words": ["甲"], "must": [1]}], PAPERS * 7],
)  # fmt: skip
def test_papers_that_do_not_fit_say_why(content):
    assert check_papers(content)


def test_the_defaults_fit():
    for name, default in (("routes", ROUTES), ("papers", PAPERS), ("closing_standards", STANDARDS)):
        assert DICTIONARIES[name].default == default
        assert DICTIONARIES[name].check(default) == ""
