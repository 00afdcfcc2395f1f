"""Finding: every typed word stands somewhere in the record, whatever was typed, and pinyin finds what is spoken."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pypinyin import lazy_pinyin

from models.store import search
from models.store.pages import Wanted

TODAY = date(2024, 6, 15)
HOSTILE = st.text(alphabet="%_\\/'\"*;-[]()ab AB\0\n\t甲废弃汽车😀İßſ\u3000\u202e", max_size=10)
records = st.lists(
    st.fixed_dictionaries({"description": HOSTILE.filter(str.strip), "person": HOSTILE, "progress": HOSTILE}),
    min_size=1, max_size=6,
)  # fmt: skip


def words_of(typed):
    return typed.replace("\0", " ").encode("utf-8", "ignore").decode().lower().split()


def naive(values, typed, sounds=""):
    """The same question, asked of one record in Python."""
    key = "\n".join([*(str(v).lower().replace("\0", " ") for v in values.values()), sounds])
    return all(word in key for word in words_of(typed))


def sounds_of(values):
    """What is also found: the initials and the full pinyin of what people speak of."""
    spoken = [
        lazy_pinyin(c)[0] for name in ("description", "person") for c in values[name] if "\u4e00" <= c <= "\u9fff"
    ]
    return "\n".join(["".join(s[0] for s in spoken), "".join(spoken)])


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(records, st.lists(HOSTILE, min_size=1, max_size=8))
@example([{"description": "100%", "person": "a_b", "progress": "\\"}], ["%", "_", "\\", "0%", "a_", "x", "\0", "/"])
@example([{"description": "甲\0乙", "person": "", "progress": ""}], ["乙", "甲 乙", "甲\0乙"])
@example([{"description": "x' OR '1'='1", "person": '"; DROP', "progress": ""}], ["' OR '1'='1", '"; DROP', "' OR 1=1"])
def test_search_equals_a_naive_filter(new_log, written, typed):
    log = new_log()
    ids = log.many("problem", written)
    for words in typed:
        found = set(log.rows(Wanted("problem", TODAY, words=words)))
        pairs = list(zip(ids, written, strict=True))
        written_so = {i for i, values in pairs if naive(values, words)}
        assert written_so <= found, words
        if not any("a" <= sign <= "z" for sign in words.lower()):  # no letters: nobody means a sound
            assert found == written_so, words
        assert found <= {i for i, values in pairs if naive(values, words, sounds_of(values))}, words


@pytest.mark.parametrize(
    "typed",
    [
        "bfqc",
        "BFQC",
        "baofei",
        "baofeiqiche",
        "报废汽车",
        "报废 拆解",
        "拆解 bfqc",
        "0001-AB",
        "361021-2024",
        "东门村",
        "dmc",
        "张三",
        "zs",
        "白水镇",
        "bsz",
    ],
)
def test_a_record_is_found_by_words_numbers_and_pinyin(log, typed):
    found = log.write("problem", {
        "number": "361021-2024-0001-AB", "description": "报废汽车拆解场污染", "place": "东门村", "person": "张三",
        "township": "361021101",
    })  # fmt: skip
    log.write("problem", {"description": "别的事"})
    assert log.rows(Wanted("problem", TODAY, words=typed)) == [found]


@pytest.mark.parametrize("typed", ["bfq拆", "报汽", "张三丰", "2024-0002"])
def test_what_does_not_stand_there_is_not_found(log, typed):
    log.write("problem", {"number": "361021-2024-0001-AB", "description": "报废汽车拆解场污染", "person": "张三"})
    assert log.rows(Wanted("problem", TODAY, words=typed)) == []


@pytest.mark.parametrize(
    "typed", ["长" * 100_000, "a " * 50_000, "%" * 60_000, "\ud800", "a\ud800b", "\0" * 100, "((((", "NEAR/3", '"', "*"]
)
def test_nothing_that_can_be_typed_breaks_the_list(log, typed):
    log.write("problem", {"description": "甲"})
    with log.ledger.read():
        assert len(log.rows(Wanted("problem", TODAY, words=typed))) <= 1


def test_the_key_keeps_every_text_and_adds_sounds_to_what_is_spoken():
    key = search.key(["目前进展ABC", None], ["废汽车", "", None])
    assert key.split("\n") == ["目前进展abc", "废汽车", "fqc", "feiqiche"]
    assert search.key([], []) == ""
