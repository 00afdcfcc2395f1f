"""The light of a problem: the nearest day decides, then the pace; and every light says why."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain import light, words
from models.domain.dictionaries import DICTIONARIES

TODAY = date(2024, 6, 15)


def seen(left=None, *, kind="time_limited", pace="on_schedule", finished=False, long_term_too=False, rules=light.USUAL,
         **more):  # fmt: skip
    ends = left is not None and (kind != "long_term" or long_term_too)
    standing = light.Standing(left if ends else 0, ends, kind, pace, finished, **more)
    return light.of(standing, TODAY, rules)


@pytest.mark.parametrize(
    ("left", "colour"),
    [
        (-400, "red"),
        (-1, "red"),
        (0, "orange"),
        (15, "orange"),
        (16, "yellow"),
        (30, "yellow"),
        (31, "green"),
        (400, "green"),
    ],
)
def test_the_nearer_the_deadline_the_warmer_the_light(left, colour):
    assert seen(left).colour == colour


@pytest.mark.parametrize("pace", ["behind", "not_started"])
def test_who_does_not_keep_pace_is_yellow_however_far_the_deadline(pace):
    assert seen(200, pace=pace) == light.Light("yellow", "未达到序时进度")
    assert seen(None, pace=pace).colour == "yellow"
    assert seen(5, pace=pace).colour == "orange"


def test_without_a_deadline_it_is_grey_and_says_which_kind():
    assert seen(None) == light.Light("grey", "没有整改时限")
    assert seen(None, kind="long_term") == light.Light("grey", "没有到期日，长期推进")
    assert seen(-5, kind="long_term").colour == "grey"  # a day beside 长期坚持 binds only where it says 并长期坚持
    assert seen(-5, kind="long_term", long_term_too=True).colour == "red"


def test_finished_is_done_whatever_else():
    assert seen(-5, pace="behind", finished=True).colour == "done"


@given(
    st.one_of(st.none(), st.integers(min_value=-1000, max_value=1000)), st.sampled_from(["", *words.DEADLINE_KIND]),
    st.sampled_from(["", *words.PACE]), st.booleans(), st.booleans(),
)  # fmt: skip
def test_every_light_has_its_place_in_the_order_and_a_reason(left, kind, pace, finished, long_term_too):
    found = seen(left, kind=kind, pace=pace, finished=finished, long_term_too=long_term_too)
    assert found.colour in light.ORDER
    assert found.why
    assert found.colour == "done" or found.colour in words.LIGHT


def test_what_goes_on_for_months_is_told_with_its_number():
    assert seen(200, pace="behind", slow_months=2) == light.Light("orange", "连续 2 个月未达到序时进度")
    assert seen(200, pace="behind", slow_months=1).colour == "yellow"
    assert seen(-5, relapsed=True, named_on="2024-05-12") == light.Light("red", "2024-05-12 被上级通报")
    assert seen(200, named_on="") == light.Light("red", "被上级通报")
    assert seen(200, finished=True, named_on="2024-05-12").colour == "done"
    assert seen(200, relapsed=True) == light.Light("red", "反弹，正在重新整改")
    assert seen(200, last_month="2024-04") == light.Light("yellow", "2024-04 以后没有报月调度")
    assert seen(200, last_month="2024-05").colour == seen(200, last_month="").colour == "green"
    assert seen(-5, finished=True, waiting=31) == light.Light("yellow", "完成 31 天还没有验收")
    assert seen(-5, finished=True, waiting=30).colour == "done"


@pytest.mark.parametrize("rule", [rule.name for rule in light.EVERY])
def test_each_rule_can_be_switched_off_and_its_number_changed(rule):
    content = light.content_of_default()
    content[rule]["on"] = False
    assert not light.fault(content)
    assert rule not in light.thresholds(content)
    one = next(r for r in light.EVERY if r.name == rule)
    content[rule] = {"on": True} | ({"number": 7} if one.number else {})
    assert light.thresholds(content)[rule] == (7 if one.number else 0)
    for wrong in ({"on": "ja"}, {"on": True, "number": 0}, {"on": True, "number": True}, {"number": 3}, None, 3):
        assert light.fault(content | {rule: wrong}), wrong


def test_a_table_that_was_laid_down_before_a_rule_came_counts_with_the_default_of_that_rule():
    older = light.content_of_default()
    older["near"]["number"] = 7
    for name in light.LATER:
        del older[name]
    assert not light.fault(older)
    whole = DICTIONARIES["thresholds"].whole(older)
    assert list(whole) == [rule.name for rule in light.EVERY]
    assert whole["circular"] == {"on": True}
    assert light.thresholds(whole)["near"] == 7
    assert light.fault({name: one for name, one in older.items() if name != "near"})
    assert light.fault(older | {"later": {"on": True}})


def test_without_rules_only_end_and_time_are_told():
    assert light.fault([])
    assert light.fault({})
    assert seen(-3, rules={}) == light.Light("green", "逾期 3 天")
    assert seen(-3, finished=True, waiting=99, rules={}).colour == "done"
    assert seen(20, rules={"near": 20}).colour == "orange"


@pytest.mark.parametrize(("day", "month"), [("2024-01-01", "2023-12"), ("2024-12-31", "2024-11")])
def test_the_month_before(day, month):
    assert light.month_before(date.fromisoformat(day)) == month


@pytest.mark.parametrize(
    ("told", "running"),
    [
        ([], 0),
        ([("2024-05", "on_schedule")], 0),
        ([("2024-04", "behind"), ("2024-05", "not_started")], 2),
        ([("2023-12", "behind"), ("2024-01", "behind")], 2),
        ([("2024-03", "behind"), ("2024-05", "behind")], 1),
        ([("2024-04", "behind"), ("2024-05", "on_schedule"), ("2024-06", "behind")], 1),
        ([("2024-04", "behind"), ("nonsense", "behind")], 1),
        ([("2024-04", "behind"), ("2024-99", "behind")], 1),
    ],
)
def test_slow_months_run_back_from_the_newest_without_a_gap(told, running):
    assert light.slow_months(told) == running
