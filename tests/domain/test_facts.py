"""Dated events: any past day can be asked, and a new event changes nothing of the days before it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain import facts
from models.domain.fields import TABLES
from models.domain.owner import fits

STATES = ("none", "closing", "closed")
days = st.dates(min_value=date(2024, 1, 1), max_value=date(2024, 1, 20))
some_days = st.one_of(st.just(""), days.map(str))
states = st.sampled_from(STATES)


@st.composite
def events(draw: st.DrawFn) -> facts.Facts:
    when = draw(st.lists(some_days, max_size=4, unique=True))
    return [[day, draw(states)] for day in sorted(when)]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (None, "closed"),
        ("2024-05-12", "closed"),
        ("2024-05-11", "closing"),
        ("2024-03-01", "closing"),
        ("2024-02-29", "none"),
    ],
)
def test_the_state_of_a_day_is_the_newest_event_up_to_it(day, expected):
    value = [["", "none"], ["2024-03-01", "closing"], ["2024-05-12", "closed"]]
    assert facts.state(value, day) == expected


def test_nothing_written_is_no_state():
    assert facts.state(None) is facts.state([]) is None
    assert facts.since(None, "closed") is None
    assert facts.first_day(None) is None
    assert facts.state([["2024-05-01", "closed"]], "2024-04-30") is None


def test_since_tells_from_the_beginning_and_never_from_each_other():
    assert facts.since([["", "completed"]], "completed") == ""
    assert facts.since([["2024-06-25", "completed"]], "completed") == "2024-06-25"
    assert facts.since([["2024-06-25", "completed"], ["2024-07-01", "open"]], "completed") is None
    assert facts.since([["2024-06-25", "completed"], ["2024-07-01", "open"]], "completed", "2024-06-30") == "2024-06-25"


def test_the_first_day_passes_over_what_holds_from_the_beginning():
    assert facts.first_day([["", "none"], ["2024-03-01", "closing"], ["2024-05-12", "closed"]]) == "2024-03-01"
    assert facts.first_day([["", "none"]]) is None


def test_the_same_state_again_corrects_its_day():
    assert facts.with_event([["", "none"], ["2024-05-12", "closed"]], "2024-05-20", "closed") == [
        ["", "none"],
        ["2024-05-20", "closed"],
    ]
    assert facts.with_event([["", "none"], ["2024-05-12", "closed"]], "2024-04-01", "closed") == [
        ["", "none"],
        ["2024-04-01", "closed"],
    ]


def test_a_person_can_say_that_the_newest_event_never_was():
    value = [["", "none"], ["2024-05-12", "closed"]]
    assert facts.without_state(value, "closed") == [["", "none"]]
    assert facts.without_state(value, "closing") == value
    assert facts.without_state(None, "closed") == []


def test_an_older_paper_leaves_what_is_known_of_later_days():
    value = [["2024-05-12", "closed"]]
    assert facts.stated(value, "2024-03-31", "closing") == [["2024-03-31", "closing"], ["2024-05-12", "closed"]]
    assert facts.stated(value, "2024-06-30", "closed") == [["2024-06-30", "closed"]]
    assert facts.stated([["", "none"], ["2024-05-12", "closed"]], "2024-03-31", "none") == [
        ["", "none"],
        ["2024-05-12", "closed"],
    ]


@given(events(), some_days, states)
def test_a_new_event_holds_from_its_day_and_changes_nothing_before_it(value, day, new):
    after = facts.with_event(value, day, new)
    assert fits(TABLES["problem"]["closing_stage"], after)
    assert facts.state(after) == facts.state(after, day) == new
    corrected = facts.state(value) == new
    for earlier in (f"2024-01-{n:02}" for n in range(1, 21)):
        if earlier < day and not (corrected and earlier >= value[-1][0]):
            assert facts.state(after, earlier) == facts.state(value, earlier)


@given(events(), some_days, states)
def test_what_a_paper_states_of_a_day_holds_on_that_day_and_not_beyond_the_next_event(value, day, new):
    after = facts.stated(value, day, new)
    assert fits(TABLES["problem"]["closing_stage"], after)
    assert facts.state(after, day) == new
    if facts.state(value) != new:
        later = min((event[0] for event in value if event[0] > day), default=None)
        for asked in (f"2024-01-{n:02}" for n in range(1, 21)):
            if asked < day or (later is not None and asked >= later):
                assert facts.state(after, asked) == facts.state(value, asked)


@given(events(), st.lists(st.tuples(some_days, states), max_size=6))
def test_whatever_is_stated_in_whatever_order_the_events_still_fit_their_field(value, stated):
    for day, new in stated:
        value = facts.stated(value, day, new)
        assert fits(TABLES["problem"]["closing_stage"], value)


DONE = [["2024-01-05", "completed"]]
AGAIN = [*DONE, ["2024-01-10", "open"], ["2024-01-12", "completed"]]


@pytest.mark.parametrize(
    ("closing", "completed", "days", "expected"),
    [
        (None, DONE, ["2024-01-06"], [["2024-01-06", "closing"]]),
        (None, DONE, ["2024-01-04"], [["2024-01-05", "closing"]]),  # the day of completion was corrected since
        (None, [["2024-01-05", "open"]], ["2024-01-06"], []),  # not completed yet
        ([["2024-01-04", "none"]], DONE, ["2024-01-04"], [["2024-01-04", "none"]]),
        (None, AGAIN, ["2024-01-10"], []),  # opened again that day: it is applied for again
        (
            None,
            AGAIN,
            ["2024-01-06", "2024-01-11"],
            [["2024-01-06", "closing"], ["2024-01-10", "none"], ["2024-01-12", "closing"]],
        ),
        (None, None, ["2024-01-06"], []),
        ([["2024-01-03", "closed"]], DONE, ["2024-01-06"], [["2024-01-03", "closed"]]),
        (
            [["2024-01-08", "closing"], ["2024-01-09", "closed"]],
            DONE,
            ["2024-01-06"],
            [["2024-01-06", "closing"], ["2024-01-08", "closing"], ["2024-01-09", "closed"]],
        ),
        ([["2024-01-06", "none"]], DONE, ["2024-01-06"], [["2024-01-06", "none"]]),  # returned on the same day
        (None, AGAIN, ["2024-01-06"], [["2024-01-06", "closing"], ["2024-01-10", "none"]]),  # opened again
        (
            None,
            AGAIN,
            ["2024-01-06", "2024-01-12"],
            [["2024-01-06", "closing"], ["2024-01-10", "none"], ["2024-01-12", "closing"]],
        ),
    ],
)
def test_an_application_is_under_way_while_it_is_completed_and_the_county_silent(closing, completed, days, expected):
    for said in (days, days[::-1]):
        after = facts.applied(closing, completed, said)
        assert after == expected
        assert fits(TABLES["problem"]["closing_stage"], after)


@pytest.mark.parametrize(
    ("one", "other", "weaker"),
    [
        ([["", "none"]], [["2024-05-12", "closed"]], []),
        ([["2024-05-12", "closing"]], [["2024-05-12", "closed"]], [["2024-05-12", "closing"]]),
        ([["2024-06-12", "closed"]], [["2024-05-12", "closed"]], [["2024-06-12", "closed"]]),
        (
            [["2024-01-01", "closing"], ["2024-06-12", "closed"]],
            [["2024-05-12", "closed"]],
            [["2024-05-12", "closing"], ["2024-06-12", "closed"]],
        ),
    ],
)
def test_of_two_verdicts_the_weaker_claims_less_or_later(one, other, weaker):
    assert facts.weaker([one, other]) == facts.weaker([other, one]) == weaker


@given(st.lists(events(), min_size=1, max_size=3))
def test_the_weaker_verdict_claims_on_every_day_what_all_of_them_claim(values):
    weaker = facts.weaker(values)
    assert fits(TABLES["problem"]["closing_stage"], weaker)
    for asked in ("", *(f"2024-01-{n:02}" for n in range(1, 21))):
        least = min((facts.state(value, asked) or "none" for value in values), key=STATES.index)
        assert (facts.state(weaker, asked) or "none") == least
