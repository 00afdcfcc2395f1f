from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.domain import doubles
from models.domain.doubles import Told, likely, pair_key
from models.progress import Cancelled

FARM = "河口镇下洲村养猪场臭气扰民污水直排河道"
AGAIN = "反映河口镇下洲村某养猪场臭气扰民污水直排河道问题"
QUARRY = "河口镇上洲村采石场扬尘未采取喷淋措施道路泥泞"


def told(*texts, town="河口镇", numbers=()):
    return [Told(f"{at:032x}", town, text, numbers) for at, text in enumerate(texts)]


def pairs(records, dismissed=()):
    return [(int(one.one, 16), int(one.other, 16)) for one in likely(records, dismissed)]


def test_one_thing_in_two_wordings_is_found_and_another_thing_is_not():
    (found,) = likely(told(FARM, QUARRY, AGAIN))
    assert (int(found.one, 16), int(found.other, 16), found.number) == (0, 2, "")
    assert found.alike >= doubles.ALIKE


def test_another_township_is_another_thing():
    one, other = told(FARM, AGAIN)
    assert not likely([one, Told(other.id, "石坪乡", other.text)])


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("下洲村", "上洲村", False),
        ("下洲村", "上洲村与下洲村", True),
        ("下洲村", "", True),
        ("行政村", "上洲村", True),
        ("堆了320吨", "堆了180吨", False),
        ("堆了320吨", "堆了320吨共180平方米", True),
        ("堆了3吨", "堆了5吨", True),
    ],
)
def test_villages_and_figures_that_both_name_tell_them_apart(one, other, same):
    tail = "养猪场臭气扰民污水直排河道群众反映强烈"
    assert bool(likely(told(f"{one}{tail}", f"{other}{tail}"))) is same


def test_the_same_number_of_the_same_source_is_found_whatever_the_text_says():
    numbers = [(("province_number", "12", "中央督察"),), (("province_number", "12", "中央督察"),),
               (("province_number", "12", "省级督察"),)]  # fmt: skip
    texts = (FARM, "另一件事", QUARRY)
    records = [Told(f"{at:032x}", f"镇{at}", texts[at], numbers[at]) for at in range(3)]
    (found,) = likely(records)
    assert (found.number, int(found.one, 16), int(found.other, 16)) == ("province_number", 0, 1)


def test_the_surest_come_first_and_a_pair_comes_once():
    records = told(FARM, AGAIN, FARM)
    records[0] = Told(records[0].id, "河口镇", FARM, (("receipt_number", "甲1"),))
    records[1] = Told(records[1].id, "河口镇", AGAIN, (("receipt_number", "甲1"),))
    assert pairs(records) == [(0, 1), (0, 2)]


def test_what_was_told_apart_is_not_asked_again():
    records = told(FARM, AGAIN)
    assert pairs(records, {pair_key(records[1].id, records[0].id)}) == []


def test_short_and_empty_texts_are_like_nothing():
    assert not likely(told("臭气扰民", "臭气扰民", "", ""))
    assert not likely([])


def test_what_every_text_says_makes_none_alike():
    tail = "清单所列问题至今未全部整改到位群众反映强烈"
    others = [f"{chr(0x4E00 + at) * 3}{chr(0x5E00 + at)}{chr(0x6E00 + at)}地块{tail}" for at in range(60)]
    assert not likely(told(*others))


def test_it_can_be_stopped():
    class Stopped:
        def step(self, done, total, what=""):
            raise Cancelled

    with pytest.raises(Cancelled):
        likely(told(FARM, AGAIN), progress=Stopped())


@given(st.lists(st.text("甲乙丙丁戊己庚辛", min_size=8, max_size=14), max_size=12), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_the_order_of_the_records_changes_nothing_where_nothing_is_too_common(texts, dice):
    records = told(*dict.fromkeys(texts))
    shuffled = dice.sample(records, len(records))
    keyed = [{pair_key(one.one, one.other): one.alike for one in likely(some)} for some in (records, shuffled)]
    assert keyed[0].keys() == keyed[1].keys()
    assert all(value >= doubles.ALIKE for value in keyed[0].values())


def test_a_word_for_word_copy_is_always_found():
    dice = random.Random(3)
    texts = ["".join(dice.choices("的一是在不了有和人这中大为上个国我以要他时来用们", k=40)) for _ in range(50)]
    found = likely(told(*texts, texts[17]))
    assert [(int(one.one, 16), int(one.other, 16)) for one in found if one.alike > 0.999] == [(17, 50)]


def test_four_times_as_many_records_take_about_four_times_as_long():
    """Each with each would take sixteen times as long."""

    def taken(count):
        dice, signs = random.Random(5), "".join(chr(0x4E00 + 7 * at) for at in range(900))
        texts = ("".join(dice.choices(signs, k=40)) + "至今未整改到位" for _ in range(count))
        records = [Told(f"{at:032x}", f"镇{at % (count // 250)}", text) for at, text in enumerate(texts)]
        began = time.thread_time()
        likely(records)
        return time.thread_time() - began

    taken(500)
    assert taken(4_000) < 9 * taken(1_000)
