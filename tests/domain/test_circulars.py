"""A problem that a higher level named stands named until it is done or that is ended, on any day that is asked for."""

from __future__ import annotations

from datetime import date

import pytest

from models.domain import circulars, forms
from models.domain.forms import BadValue

TODAY = date(2024, 9, 15)
ONCE = [["2024-05-12", "named"]]
ENDED = [*ONCE, ["2024-07-01", "ended"]]
DONE = [["2024-06-01", "completed"]]


@pytest.mark.parametrize(
    ("value", "typed", "after"),
    [
        (None, {"circular_on": "2024-05-12"}, ONCE),
        (ONCE, {"circular_on": "2024-05-10"}, [["2024-05-10", "named"]]),
        (ONCE, {"circular_on": ""}, []),
        (ONCE, {"circular_ended_on": "2024-07-01"}, ENDED),
        (None, {"circular_on": "2024-05-12", "circular_ended_on": "2024-07-01"}, ENDED),
        (ENDED, {"circular_on": "2024-05-10"}, [["2024-05-10", "named"], ["2024-07-01", "ended"]]),
        (ENDED, {"circular_on": "2024-08-01"}, [*ENDED, ["2024-08-01", "named"]]),  # a second circular
        (ENDED, {"circular_ended_on": "2024-07-05"}, [*ONCE, ["2024-07-05", "ended"]]),
        (ENDED, {"circular_ended_on": ""}, ONCE),
        (ENDED, {"circular_on": ""}, []),
        (ENDED, {"circular_on": "2024-05-10", "circular_ended_on": "2024-05-20"},
         [["2024-05-10", "named"], ["2024-05-20", "ended"]]),
        (ENDED, {"circular_ended_on": "", "circular_on": "2024-05-10"}, [["2024-05-10", "named"]]),
        (ONCE, {"circular": "已解除"}, [*ONCE, ["2024-09-15", "ended"]]),
        (None, {"circular": "named", "circular_on": "2024-05-12"}, ONCE),
    ],
)  # fmt: skip
def test_days_that_are_typed_are_events(value, typed, after):
    assert forms.changes("problem", typed, {"circular": value}, TODAY).get("circular", value) == after


@pytest.mark.parametrize(
    ("value", "typed", "why"),
    [
        (None, {"circular_ended_on": "2024-07-01"}, "还没有被通报时间"),
        (ONCE, {"circular_ended_on": "2024-05-12"}, "应晚于被通报时间 2024-05-12"),
        (None, {"circular_on": "2024-05-12", "circular_ended_on": "2024-05-01"}, "应晚于被通报时间 2024-05-12"),
        ([["2024-09-15", "named"]], {"circular": "已解除"}, "应晚于被通报时间 2024-09-15"),  # the same day
        (ONCE, {"circular_ended_on": "2024-09-16"}, "还没有到"),
        (ONCE, {"circular": "ended", "circular_ended_on": "2024-09-16"}, "还没有到"),
    ],
)
def test_an_end_before_the_beginning_or_still_to_come_is_refused(value, typed, why):
    with pytest.raises(BadValue) as refused:
        forms.changes("problem", typed, {"circular": value}, TODAY)
    assert why in refused.value.message
    assert refused.value.field == "circular_ended_on"


def test_a_circular_of_a_day_that_is_still_to_come_is_refused():
    with pytest.raises(BadValue, match="还没有到") as refused:
        forms.changes("problem", {"circular_on": "2024-09-16"}, {}, TODAY)
    assert (refused.value.field, refused.value.label) == ("circular_on", "被通报时间")


@pytest.mark.parametrize(
    ("value", "told", "new", "wrong"),
    [
        (None, {"named": "2024-05-12", "ended": "2024-07-01"}, {"named", "ended"}, []),
        (None, {"named": ""}, {"named"}, []),
        (ONCE, {"named": ""}, set(), []),  # 是 of what is known
        (ENDED, {"named": "", "ended": ""}, set(), []),
        ([*ENDED, ["2024-08-01", "named"]], {"ended": "2024-07-01"}, set(), []),  # an older paper
        (ENDED, {"named": "2024-05-12", "ended": "2024-07-05"}, {"named", "ended"}, []),  # its day is mended
        (ONCE, {"ended": ""}, set(), [("ended", "没有写哪一天")]),
        (None, {"ended": "2024-07-01"}, set(), [("ended", "还没有被通报时间")]),
        (None, {"named": "2024-05-12", "ended": "2024-05-01"}, {"named"}, [("ended", "应晚于被通报时间 2024-05-12")]),
        (None, {"named": "2024-09-16", "ended": "2024-09-17"}, set(),
         [("named", "还没有到"), ("ended", "还没有到")]),
    ],
)  # fmt: skip
def test_of_a_paper_only_that_is_taken_which_can_be_and_is_news(value, told, new, wrong):
    assert circulars.news(value, told, "", "2024-09-15") == (new, wrong)
    if told == {"ended": ""}:
        assert circulars.news(value, told, "2024-08-31", "2024-09-15") == ({"ended"}, [])


@pytest.mark.parametrize(
    ("value", "completed", "opened", "as_of", "since"),
    [
        (None, None, (), None, None),
        (ONCE, None, (), None, "2024-05-12"),
        (ONCE, None, (), "2024-05-11", None),
        (ENDED, None, (), None, None),
        (ENDED, None, (), "2024-06-30", "2024-05-12"),
        ([*ENDED, ["2024-08-01", "named"]], None, (), "2024-07-15", None),
        ([*ENDED, ["2024-08-01", "named"]], None, (), None, "2024-08-01"),
        ([["", "named"]], None, (), "2024-01-01", ""),
        (ONCE, DONE, (), None, "2024-05-12"),  # done is done: another rule of the light says so
        (ONCE, DONE, ("2024-08-01",), None, None),  # opened again for another reason: that circular is settled
        (ONCE, DONE, ("2024-08-01",), "2024-07-31", "2024-05-12"),
        (ONCE, [["2024-05-01", "completed"]], ("2024-06-01",), None, "2024-05-12"),  # it was opened because of it
    ],
)
def test_on_any_day_it_is_known_whether_a_problem_stands_named(value, completed, opened, as_of, since):
    assert circulars.standing(value, completed, opened, as_of) == since


def test_the_newest_circular_is_told_also_when_it_is_ended():
    assert circulars.named_on(ENDED) == "2024-05-12"
    assert circulars.named_on([*ENDED, ["2024-08-01", "named"]]) == "2024-08-01"
    assert circulars.named_on(None) is None
