"""The light of a problem: the nearest day decides, then the pace; and every light says why."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain import light, words

TODAY = date(2024, 6, 15)


def seen(left=None, *, kind="time_limited", pace="on_schedule", finished=False, long_term_too=False):
    deadline = None if left is None else TODAY + timedelta(days=left)
    return light.of(
        today=TODAY, deadline=deadline, kind=kind, pace=pace, finished=finished, long_term_too=long_term_too
    )


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
