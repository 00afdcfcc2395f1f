"""Rounds of a recurring plan: rules without a ledger."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain import rhythm, words
from models.domain.rhythm import Round, round_of


@pytest.mark.parametrize(
    ("repeat", "first", "last"),
    [
        ("day", "2024-02-29", "2024-02-29"),
        ("week", "2024-02-26", "2024-03-03"),
        ("half_month", "2024-02-16", "2024-02-29"),
        ("month", "2024-02-01", "2024-02-29"),
        ("quarter", "2024-01-01", "2024-03-31"),
        ("year", "2024-01-01", "2024-12-31"),
    ],
)
def test_the_calendar_says_the_round(repeat, first, last):
    assert round_of(repeat, "", "", date(2024, 2, 29)) == Round(first, last)
    assert rhythm.natural("half_month", date(2024, 2, 15)) == (date(2024, 2, 1), date(2024, 2, 15))


def test_a_plan_without_rhythm_has_one_round():
    assert round_of("", "2024-01-10", "", date(2024, 6, 1)) == Round("2024-01-10", "")
    assert round_of("", "", "2024-01-10", date(2024, 1, 8)).days_left(date(2024, 1, 8)) == 2
    assert Round("2024-01-10", "").days_left(date(2024, 1, 8)) is None


def test_the_first_and_the_last_round_end_where_the_plan_does():
    assert round_of("month", "2024-01-10", "2024-03-20", date(2023, 5, 1)) == Round("2024-01-10", "2024-01-31")
    assert round_of("month", "2024-01-10", "2024-03-20", date(2025, 5, 1)) == Round("2024-03-01", "2024-03-20")
    assert round_of("week", "9999-12-31", "", date(2024, 1, 1)) == Round("9999-12-31", "9999-12-31")


@given(st.sampled_from(list(words.REPEAT)), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_rounds_follow_one_another_without_a_gap(repeat, day):
    first, last = rhythm.natural(repeat, day)
    assert first <= day <= last
    assert rhythm.natural(repeat, first) == rhythm.natural(repeat, last) == (first, last)
    assert rhythm.natural(repeat, last + timedelta(days=1))[0] == last + timedelta(days=1)
