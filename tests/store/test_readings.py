"""How characters are read: every reading in the table is one that the dictionary knows."""

from __future__ import annotations

import pytest
from pypinyin import Style, pinyin

from models.domain.pinyin import FIRST, LAST
from models.domain.pinyin import table as usual_readings
from models.store import readings


def known(character):
    return {one.replace("ü", "v") for one in pinyin(character, style=Style.NORMAL, heteronym=True)[0]}


def test_the_table_of_usual_readings_is_that_of_the_library():
    every = map(chr, range(ord(FIRST), ord(LAST) + 1))
    assert usual_readings() == {
        c: found[0][0] for c in every if (found := pinyin(c, style=Style.NORMAL, errors="ignore"))
    }


def test_every_listed_reading_is_in_the_dictionary():
    more = {"略": {"lue"}, "掠": {"lue"}, "虐": {"nue"}, "疟": {"nue"}, "谌": {"shen"}}
    for table in (readings.both(), readings.surnames()):
        for character, ways in table.items():
            assert len(character) == 1
            assert set(ways) <= known(character) | more.get(character, set()), character
            assert len(set(ways)) == len(ways), character
    assert all(len(ways) > 1 for ways in readings.both().values())


def test_the_usual_reading_comes_first():
    assert [readings.of(c)[0] for c in "长重行调绿女大石"] == [
        "chang", "zhong", "xing", "diao", "lv", "nv", "da", "shi",
    ]  # fmt: skip
    assert readings.of("a") == readings.of("，") == readings.of("😀") == ()


@pytest.mark.parametrize(
    ("letters", "first"),
    [
        ("baofei", ("bao", "fei")), ("xian", ("xian",)), ("yange", ("yan", "ge")), ("baof", ("bao", "f")),
        ("zhuangx", ("zhuang", "x")), ("bfqc", None), ("baofqc", None), ("uuu", None), ("", None),
    ],
)  # fmt: skip
def test_letters_are_read_as_syllables(letters, first):
    ways = readings.splits(letters)
    assert (ways[0] if ways else None) == first
    assert all("".join(way) == letters for way in ways)


def test_syllables_and_initials_in_one_row():
    assert ("bao", "f", "q", "c") in readings.mixed_splits("baofqc")
    assert ("b", "fei", "q", "c") in readings.mixed_splits("bfeiqc")
    assert readings.mixed_splits("x" * 60) == ()
