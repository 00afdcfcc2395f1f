from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.both import Said, keep_both
from models.domain.field import Type
from models.domain.fields import TABLES
from models.domain.limits import FIELD_CHARS

PROGRESS = TABLES["problem"]["progress"]
LIST = TABLES["problem"]["categories"]


def test_two_texts_stand_under_the_names_of_their_units():
    said = [Said("已清运一半。", "白水镇", "李志强"), Said(" 请月底前完成。\n", "临江县环委办", "陈建国")]
    assert keep_both(PROGRESS, said) == "白水镇：已清运一半。\n临江县环委办：请月底前完成。"


def test_two_people_of_one_unit_stand_under_their_own_names():
    said = [Said("一", "白水镇", "李志强"), Said("二", "白水镇", "王秀兰"), Said("三", "县", "")]
    assert keep_both(PROGRESS, said) == "白水镇（李志强）：一\n白水镇（王秀兰）：二\n县：三"


@pytest.mark.parametrize("by", ["", "李志强"])
def test_one_person_at_two_computers_is_told_apart_by_the_computer(by):
    said = [Said("一", "白水镇", by), Said("二", "白水镇", by)]
    first, second = keep_both(PROGRESS, said).split("\n")
    assert first.endswith("（第 1 台电脑）：一")
    assert second.endswith("（第 2 台电脑）：二")


def test_lists_keep_each_value_once_in_their_order():
    said = [Said("水；固废", "白水镇", ""), Said("固废；大气", "县", "")]
    assert keep_both(LIST, said) == "水；固废；大气"


@pytest.mark.parametrize("field", [one for one in TABLES["problem"].values() if not one.long and one.type != Type.LIST])
def test_of_what_can_be_only_one_both_are_not_offered(field):
    assert keep_both(field, [Said("甲", "白水镇", ""), Said("乙", "县", "")]) is None


def test_nothing_is_offered_where_one_side_is_empty_or_the_field_is_unknown_or_full():
    text = Said("文字", "白水镇", "")
    assert keep_both(PROGRESS, [text, Said(None, "县", "")]) is None
    assert keep_both(PROGRESS, [text, Said("  ", "县", "")]) is None
    assert keep_both(PROGRESS, [text]) is None
    assert keep_both(None, [text, text]) is None
    assert keep_both(PROGRESS, [text, Said("满" * FIELD_CHARS, "县", "")]) is None


@given(st.lists(st.text("甲乙丙丁一二三", min_size=1, max_size=9), min_size=2, max_size=4))
def test_no_word_of_anybody_is_lost(texts):
    kept = keep_both(PROGRESS, [Said(text, f"单位{at}", "") for at, text in enumerate(texts)])
    assert all(text in kept for text in texts)
