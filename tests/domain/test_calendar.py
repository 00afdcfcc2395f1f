"""Working days: real notices as vectors, the county's word before the state's, and a window ends where it counts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.calendar import Calendar
from models.domain.dictionaries import DICTIONARIES
from models.services.base.workdays import official

REAL = Calendar(official=official)


def d(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "end", "count", "kind", "says"),
    [
        ("2025-05-21", "2025-06-04", 10, "working", ""),  # 兴国
        ("2024-09-29", "2024-10-09", 10, "working", "4 个工作日（11 个自然日）"),  # 宿州
        ("2019-12-13", "2019-12-19", 7, "calendar", ""),  # 铁东
        ("2020-03-27", "2020-04-02", None, "working", ""),  # 和布克赛尔: no count stated
        ("2024-10-09", "2024-09-29", 10, "working", "早于"),
        ("2024-10-09", "2029-09-29", 10, "working", "超过一年"),
        ("2099-06-01", "2099-06-05", 5, "working", "放假安排"),
        ("2099-06-01", "2099-06-05", 5, "calendar", ""),
    ],
)
def test_the_length_of_a_notice_is_compared_with_its_days(start, end, count, kind, says):
    doubt = REAL.doubt(d(start), d(end), count, kind)
    assert (says in doubt) if says else doubt == ""


def test_the_county_goes_before_the_state():
    own = Calendar(frozenset({"2024-09-30", "2099-01-01"}), frozenset({"2024-10-01"}), official)
    assert (own.works(d("2024-09-30")), own.works(d("2024-10-01")), own.works(d("2024-10-02"))) == (False, True, False)
    assert not REAL.is_sure(d("2099-01-01"), d("2099-02-01"))
    assert own.is_sure(d("2099-01-01"), d("2099-02-01"))


def test_without_anything_laid_down_offices_work_from_monday_to_friday():
    assert [Calendar().works(d("2024-10-01") + timedelta(days=n)) for n in range(7)] == [True] * 4 + [False] * 2 + [
        True
    ]


@given(st.dates(date(2015, 1, 1), date(2030, 12, 31)), st.integers(1, 40), st.sampled_from(("working", "calendar")))
def test_a_window_ends_on_the_first_day_that_makes_its_count(start, count, kind):
    end = REAL.end_of(start, count, kind)
    counted = REAL.working_days if kind == "working" else lambda a, b: (b - a).days + 1
    assert counted(start, end) == count
    assert counted(start, end - timedelta(days=1)) == count - 1


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ({"off": ["2027-01-01"], "worked": ["2027-01-03"]}, ""),
        ({"off": []}, "off"),
        ([], "off"),
        ({"off": "2027-01-01", "worked": []}, "一列"),
        ({"off": ["2027-02-30"], "worked": []}, "2024-06-30"),
        ({"off": ["2027-01-01"], "worked": ["2027-01-01"]}, "两边"),
    ],
)
def test_what_a_holiday_dictionary_may_say(content, says):
    fault = DICTIONARIES["holidays"].check(content)
    assert (says in fault) if says else fault == ""
