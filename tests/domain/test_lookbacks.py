"""Which closed problems are looked at again: by month, source and a sample that is the same for all who draw it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain import lookbacks
from models.domain.dictionaries import DICTIONARIES
from models.domain.lookbacks import Closed

TODAY = date(2024, 3, 31)


@pytest.mark.parametrize(
    ("closed_on", "source", "sources", "fits"),
    [
        ("2024-02-29", "省督", [], True),  # a month before: the last day of a shorter month
        ("2024-02-28", "省督", [], False),
        ("2024-04-01", "省督", [], False),
        ("", "省督", [], False),
        ("2024-03-01", "省督", ["自查"], False),
        ("2024-03-01", "自查", ["自查"], True),
    ],
)
def test_whom_the_rule_speaks_of(closed_on, source, sources, fits):
    rules = {"months": 1, "sources": sources, "share": 100, "days": 30}
    assert lookbacks.fits(Closed("a", source, closed_on), rules, TODAY) is fits


IDS = st.sets(st.text("0123456789abcdef", min_size=4, max_size=4), max_size=30)


@given(IDS, st.integers(1, 100), st.integers(1, 40))
def test_a_sample_is_as_large_as_it_should_be_and_does_not_hang_on_the_order(ids, share, many):
    order = lookbacks.drawn(ids, "六月")
    assert order == lookbacks.drawn(sorted(ids, reverse=True), "六月")
    assert sorted(order) == sorted(ids)
    assert lookbacks.size(len(ids), {"share": share}) == -(-len(ids) * share // 100)
    assert lookbacks.size(len(ids), {"share": share, "size": many}) == min(many, len(ids))


def test_another_name_draws_another_sample_and_who_is_gone_changes_nothing_for_the_others():
    ids = [f"{number:04x}" for number in range(40)]
    order = lookbacks.drawn(ids, "六月")
    assert order != lookbacks.drawn(ids, "七月")
    assert lookbacks.drawn(ids[1:], "六月") == [one for one in order if one != ids[0]]
    rules = {"months": 6, "sources": ["省督", "自查"], "share": 20, "days": 30}
    assert lookbacks.basis(rules, "六月", 40, 8) == (
        "近 6 个月销号、省督、自查，还没有回头看的 40 个，抽 20%，共 8 个，以安排名称“六月”抽签"
    )


STATES = st.lists(st.sampled_from(["", "planned", "overdue", "fine", "below", "relapsed", "derived"]), max_size=20)


@given(st.dictionaries(st.sampled_from(["甲", "乙", "丙"]), STATES))
def test_coverage_adds_up(states):
    some = [lookbacks.Covered(key, key, one) for key, many in states.items() for one in many]
    groups = lookbacks.covers(some)
    total = lookbacks.cover("", "合计", [one.state for one in some])
    for field in ("closed", "looked", "never", "waiting", "overdue", "below", "relapsed", "derived"):
        assert sum(getattr(one, field) for one in groups) == getattr(total, field)
    for one in (*groups, total):
        assert one.closed == one.looked + one.never + one.waiting
        assert one.overdue <= one.waiting
        assert one.below + one.relapsed + one.derived <= one.looked
        assert 0 <= one.rate <= 100
        assert (one.rate == 100) == (0 < one.looked == one.closed)


@pytest.mark.parametrize(
    ("as_of", "day"),
    [("2024-05-09", None), ("2024-05-10", "2024-05-10"), ("2024-07-01", "2024-05-10"), ("2024-09-01", "2024-08-01")],
)
def test_what_was_opened_again_was_closed_all_the_same(as_of, day):
    events = [["", "none"], ["2024-05-10", "closed"], ["2024-06-12", "none"], ["2024-08-01", "closed"]]
    assert lookbacks.closed_on(events, as_of) == day


@pytest.mark.parametrize(
    ("row", "state"),
    [
        ({"due": "2024-07-01"}, "planned"),
        ({"due": "2024-06-01"}, "overdue"),
        ({}, "planned"),
        ({"looked_on": "2024-06-02", "due": "2024-06-01"}, "fine"),
        ({"looked_on": "2024-06-02", "up_to_standard": "false"}, "below"),
        ({"looked_on": "2024-06-02", "feigned": "true"}, "below"),
        ({"looked_on": "2024-06-02", "derived": "true", "up_to_standard": "false"}, "derived"),
        ({"looked_on": "2024-06-02", "relapsed": "true", "derived": "true"}, "relapsed"),
    ],
)
def test_what_a_lookback_came_to(row, state):
    blank = dict.fromkeys(("due", "looked_on", "relapsed", "derived", "up_to_standard", "feigned"))
    assert lookbacks.state(blank | row, "2024-06-15") == state


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ({"months": 6, "sources": ["自查"], "share": 20, "days": 15}, ""),
        ({"months": 6}, "months"),
        ({"months": 0, "sources": [], "share": 20, "days": 15}, "整数"),
        ({"months": True, "sources": [], "share": 20, "days": 15}, "整数"),
        ({"months": 6, "sources": [], "share": 101, "days": 15}, "整数"),
        ({"months": 6, "sources": [""], "share": 20, "days": 15}, "每一条"),
    ],
)
def test_what_the_rule_may_say(content, says):
    fault = DICTIONARIES["lookback_rules"].check(content)
    assert (says in fault) if says else fault == ""
