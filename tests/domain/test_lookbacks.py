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


@given(st.sets(st.text("0123456789abcdef", min_size=4, max_size=4), max_size=30), st.integers(1, 100))
def test_a_sample_is_as_large_as_it_should_be_and_does_not_hang_on_the_order(ids, share):
    drawn = lookbacks.sample(ids, share, "六月")
    assert len(drawn) == -(-len(ids) * share // 100)
    assert drawn == lookbacks.sample(sorted(ids, reverse=True), share, "六月")
    assert set(drawn) <= ids


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
