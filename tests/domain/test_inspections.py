"""Marks, coverage, findings that come again, days to mend: rules without a ledger."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain import inspections
from models.domain.checklists import Item
from models.domain.inspections import Marks, Question


def item(id_, score=None):
    return Item(id_, "组", "是否已覆盖？", "看", "法", "照片", "general", score=score)


LIST = [item("A1", 10), item("A2", 30), item("A3", 60), item("A4")]


@pytest.mark.parametrize(
    ("answers", "full", "got", "percent"),
    [
        ({"A1": "yes", "A2": "yes", "A3": "yes"}, 100, 100, 100.0),
        ({"A1": "yes", "A2": "no", "A3": "yes"}, 100, 70, 70.0),
        ({"A1": "yes", "A2": "no", "A3": "na"}, 40, 10, 25.0),
        ({"A1": "yes"}, 100, 10, 10.0),
        ({"A4": "no"}, 100, 0, 0.0),
        ({"A1": "na", "A2": "na", "A3": "na"}, 0, 0, None),
        ({"A1": "yes", "A2": "no", "A3": "no", "X9": "yes"}, 100, 10, 10.0),
    ],
)
def test_what_does_not_apply_leaves_the_full_mark(answers, full, got, percent):
    found = inspections.marks(LIST, answers)
    assert (found, found.percent) == (Marks(full, got), percent)


def test_without_points_there_is_no_mark():
    assert inspections.marks([item("A4")], {"A4": "yes"}).percent is None


scored = st.lists(st.tuples(st.integers(1, 100), st.sampled_from(["yes", "no", "na", ""])), max_size=12)


@given(scored, st.data())
def test_marks_keep_their_bounds_and_a_better_answer_never_costs(some, data):
    items = [item(f"A{n}", score) for n, (score, _) in enumerate(some)]
    answers = {f"A{n}": one for n, (_, one) in enumerate(some)}
    before = inspections.marks(items, answers)
    assert 0 <= before.got <= before.full == sum(score for score, one in some if one != "na")
    if some:
        at = data.draw(st.integers(0, len(some) - 1))
        after = inspections.marks(items, answers | {f"A{at}": "yes"})
        assert (after.percent or 0) >= (before.percent or 0)


@given(st.lists(st.sampled_from("甲乙丙丁")), st.sets(st.sampled_from("甲乙丙丁")))
def test_coverage_parts_the_scope(scope, inspected):
    found = inspections.coverage(scope, inspected)
    assert sorted(found.done + found.missed) == sorted(set(scope))
    assert set(found.done) == set(scope) & inspected
    more = inspections.coverage(scope, inspected | set(found.missed[:1]))
    assert len(more.missed) == max(len(found.missed) - 1, 0), "one more visit covers one place more"


def test_coverage_is_what_was_and_what_was_missed():
    found = inspections.coverage(["乙", "甲", "乙", "丙"], {"甲", "丁"})
    assert (found.done, found.missed) == (("甲",), ("乙", "丙"))


places = st.lists(st.sampled_from("甲乙丙丁戊"))


@given(places, st.sets(st.sampled_from("甲乙丙丁戊己")), st.sets(st.sampled_from("甲乙丙丁戊己")))
def test_coverage_divides_the_scope_and_grows_with_what_is_done(scope, inspected, more):
    found = inspections.coverage(scope, inspected)
    assert sorted((*found.done, *found.missed)) == sorted(set(scope))
    assert set(found.done) <= inspected
    assert not set(found.missed) & inspected
    assert set(found.done) <= set(inspections.coverage(scope, inspected | more).done)


def test_what_was_found_twice_is_repeated():
    assert inspections.repeated([("A1", "一"), ("A1", "一"), ("A2", "一"), ("A2", "二"), ("A2", "三")]) == {"A2": 3}


def test_words_and_days_that_are_proposed():
    assert inspections.finding("是否已覆盖？", "", "") == "检查“是否已覆盖？”，结果为“否”"
    assert inspections.finding("是否已覆盖？", " 裸土未覆盖 ", "某法") == "裸土未覆盖（依据：某法）"
    day = date(2024, 6, 15)
    assert inspections.mend_by(day, "major") == date(2024, 6, 30)
    assert inspections.mend_by(day, "general") == inspections.mend_by(day, "新词") == date(2024, 7, 15)
    asked = Question.of_item(LIST[0], "air", "air-shipped-1")
    assert (asked.about()["checklist"], "id" in asked.about()) == ("air-shipped-1", False)


@pytest.mark.parametrize(
    ("start", "end", "state"),
    [(None, None, "running"), ("2024-06-16", None, "coming"), ("2024-06-15", "2024-06-15", "running"),
     ("2024-06-01", "2024-06-14", "ended"), (None, "2024-06-14", "ended")],
)  # fmt: skip
def test_how_far_a_campaign_is(start, end, state):
    assert inspections.campaign_state(start, end, date(2024, 6, 15)) == state
