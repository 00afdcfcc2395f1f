"""Words of others as they are shown: nothing in them turns, hides or cannot be seen."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.operation import visible
from models.domain.plain import plain, plain_lines, seen, seen_within

TURNING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
HIDING = "\0\x1b\x7f\x9b\xad\u115f\u1160\u180e\u200b\u200c\u200d\u2060\u2063\u206f\u2800\u3164\ufeff\uffa0\U000e0041"


@pytest.mark.parametrize("sign", [*TURNING, *HIDING], ids=lambda sign: f"U+{ord(sign):04X}")
def test_a_sign_that_turns_or_is_not_seen_is_not_shown(sign):
    assert seen(f"合格{sign}不") == "合格不"
    assert plain(f"合格{sign}不", 9) == plain_lines(f"合格{sign}不", 9) == "合格不"


@pytest.mark.parametrize(
    "text", ["河道，36 户。\n\t二", "张　三", "葛\U000e0100城", "☺\ufe0f é Ω", "𠮷野\ue000", "²³ﬁ㎡", "a\u0301"]
)
def test_what_people_write_stays_as_it_is(text):
    assert seen(text) is text


def test_lines_end_in_one_way():
    assert seen("一\r\n二\r三\x0b四") == "一\n二\n三\n四"
    assert seen("一\u2028二\x85三") == "一 二 三"


@given(st.text())
def test_no_sign_without_a_look_is_left_and_no_other_is_lost(text):
    shown = seen(text)
    assert seen(shown) == shown
    assert not [sign for sign in shown if unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp") and sign not in "\n\t"]
    kept = [sign for sign in text if unicodedata.category(sign)[0] in "NP" or "\u4e00" <= sign <= "\u9fff"]
    assert kept == [sign for sign in shown if sign in set(kept)]


def test_a_content_is_looked_through_to_its_last_text():
    assert seen_within({"a\u200b": ["\u202eb", 1, None, {"c": "d\0"}]}) == {"a": ["b", 1, None, {"c": "d"}]}


def test_a_value_that_is_no_text_is_shown_as_it_is():
    events = [["", "behind"]]
    assert visible(events) is events
    assert visible(None) is None
