"""Finding: every typed word stands somewhere in the record, whatever was typed, and pinyin finds what is spoken."""

from __future__ import annotations

import re
import time
import unicodedata
from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from models.domain.plain import seen
from models.store import hearing, readings, search
from models.store.pages import Wanted
from models.store.schema import FOLDED

TODAY = date(2024, 6, 15)
HOSTILE = st.text(alphabet="%_\\/'\"*;-[]()ab AB\0\n\t甲废弃汽车😀İßſ\u3000\u202e", max_size=10)
TITLES = (
    "报废汽车拆解点未按期清场，油污渗入沟渠",
    "河口支渠垃圾堆放点清运后反弹（第 2 轮）", "石灰窑砂石堆场未覆盖、未设喷淋",
    "下洲村 36 户生活污水直排，管网未应收尽收",
    "兴旺养殖场粪污贮存池容积不足，雨天外溢", "集镇餐饮店 7 家未装油烟净化器",
    "青山矿区复绿苗木成活率偏低", "上坪村非正规垃圾堆放点清理与围挡", "白水河清淤砂石销售台账与批复不一致",
    "入河排污口 4 处未树牌、未监测", "农村生活垃圾日清日运长效管护", "秸秆露天焚烧巡查与网格责任落实",
    "永利新材料废气设施未开启，排放口冒黑烟", "废弃污水池存水未处理，废液桶露天堆放", "畜禽养殖场重复建设，长期超载",
    "饮用水水源一级保护区内存在违章建筑，行业主管部门未及时调查处置", "都昌大道还建工程弹药厂旧址土壤重金属超标",
)  # fmt: skip
records = st.lists(
    st.fixed_dictionaries({"description": HOSTILE.filter(str.strip), "person": HOSTILE, "progress": HOSTILE}),
    min_size=1, max_size=6,
)  # fmt: skip


def naive(values, typed):
    """The same question, asked of one record in Python, of what is written alone, as it is shown."""
    key = "\n".join(search.usual(seen(str(v))) for v in values.values())
    return all(word in key for word in search.words_of(typed))


def explained(values, typed):
    """Whether every word has a place in some text of the record that a person could be shown."""
    texts = [search.usual(seen(str(v))) for v in values.values()]
    return all(any(hearing.found_in(text, word) for text in texts) for word in search.words_of(typed))


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(records, st.lists(HOSTILE, min_size=1, max_size=8))
@example([{"description": "100%", "person": "a_b", "progress": "\\"}], ["%", "_", "\\", "0%", "a_", "x", "\0", "/"])
@example([{"description": "甲\0乙", "person": "", "progress": ""}], ["乙", "甲 乙", "甲\0乙"])
@example([{"description": ";", "person": "", "progress": "B 废"}], ["B废"])
@example([{"description": ";", "person": "", "progress": "弃;ſ"}], ["弃ſ", "弃;ſ", "弃"])
@example([{"description": "x' OR '1'='1", "person": '"; DROP', "progress": ""}], ["' OR '1'='1", '"; DROP', "' OR 1=1"])
def test_search_equals_a_naive_filter(new_log, written, typed):
    log = new_log()
    ids = log.many("problem", written)
    for words in typed:
        found = set(log.rows(Wanted("problem", TODAY, words=words)))
        pairs = list(zip(ids, written, strict=True))
        written_so = {i for i, values in pairs if naive(values, words)}
        assert written_so <= found, words
        letters = unicodedata.normalize("NFKC", words).lower()  # a long s is an s to the search, as a wide one is
        if not any("a" <= sign <= "z" for sign in letters):  # none: nobody means a sound
            assert found == written_so, words
        assert found <= {i for i, values in pairs if explained(values, words)}, words


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
        "报fei",
        "bao废汽",
        "baofqc",
        "bfeiqc",
        "bao fei",
        "baof",
        "3610212024",
        "2024-1",
        "2024 1 ab",
        "2024－0001",
        "000001-ab",
        "ＢＦＱＣ",
    ],
)
def test_a_record_is_found_by_words_numbers_and_pinyin(log, typed):
    found = log.write("problem", {
        "number": "361021-2024-0001-AB", "description": "报废汽车拆解场污染", "place": "东门村", "person": "张三",
        "township": "361021101",
    })  # fmt: skip
    log.write("problem", {"description": "别的事"})
    assert log.rows(Wanted("problem", TODAY, words=typed)) == [found]


@pytest.mark.parametrize("typed", ["bfq拆", "报汽", "张三丰", "2024-0002", "2024-01a", "an", "aofei", "baoqi", "张f"])
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


def test_a_key_tells_numbers_title_and_the_rest_apart():
    key = search.key(["0012-A", None], ["废汽车"], ["废汽车", "", None], ["目前进展ＡＢＣ"])
    numbers, rest = key.split(search.END_OF_NUMBERS)
    title, rest = rest.split(search.END_OF_TITLE)
    assert numbers.split() == ["0012-a", "0012a", "#12#a#"]
    assert title.split() == ["废汽车", "fqc", "fEIqIcHE"]
    assert rest.split() == ["废汽车", "fqc", "fEIqIcHE", "目前进展abc"]
    assert search.key([], [], [], []).split() == [search.END_OF_NUMBERS, search.END_OF_TITLE]


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("重复信访", "chongfu zhongfu cfxf zfxf chongfxf"),
        ("长期坚持", "changqi cqjc zhangqi changqijianchi"),
        ("畜禽养殖", "xuqin chuqin xqyz cqyz"),
        ("行业调查", "hangye hydc xingye diaocha"),
        ("单志强", "shanzhiqiang danzhiqiang szq dzq"),
        ("污水调节池清淤行动", "tiaojie diaojie wstjcqyxd"),
        ("河道疏浚、清淤（第 2 轮）", "qingyudi qydl 轮 第2轮 hdsjqydl"),
        ("绿化带", "lvhua lhd lühua"),
    ],
)
def test_a_character_that_is_read_in_two_ways_is_found_by_both(log, text, typed):
    found = log.write("problem", {"description": text})
    for word in typed.split():
        assert log.rows(Wanted("problem", TODAY, words=word)) == [found], word
        assert hearing.found_in(search.usual(text), search.words_of(word)[0]), word


@given(st.sampled_from(TITLES), st.data())
def test_every_title_is_found_by_any_of_its_words_however_they_are_typed(title, data):
    key = search.key([], [title], [], [])
    run = data.draw(st.sampled_from(re.findall("[一-鿿]+", title)))
    start = data.draw(st.integers(0, len(run) - 1))
    word = run[start : data.draw(st.integers(start + 1, min(start + 6, len(run))))]
    ways = [data.draw(st.sampled_from(readings.of(character) or (character,))) for character in word]
    for typed in (word, "".join(ways), "".join(one[0] for one in ways), "".join(ways[:-1]) + ways[-1][0]):
        assert all(search.fits(key, one) for one in search.words_of(typed)), typed
        assert hearing.found_in(search.usual(title), typed), typed
    mixed = "".join(data.draw(st.sampled_from((c, way, way[0]))) for c, way in zip(word, ways, strict=True))
    assert hearing.found_in(search.usual(title), mixed), mixed


def test_what_fits_in_sql_fits_in_python(log):
    """Units are looked for without SQL: both ways of asking must agree."""
    texts = ["报废汽车拆解场", "饮食店油烟扰民", "报纸", "飞机厂"]
    ids = log.many("problem", [{"description": text} for text in texts])
    for typed in ("报fei", "bf", "baofqc", "baofei", "fei", "feijc", "yy", "油y", "x"):
        found = set(log.rows(Wanted("problem", TODAY, words=typed)))
        assert found == {
            i for i, text in zip(ids, texts, strict=True) if search.fits(search.key([], [text], [], []), typed)
        }, typed


def test_units_people_and_notes_are_found(log):
    found = log.write("problem", {
        "description": "甲", "supervising_unit": "县环委办", "deadline_text": "2024年6月底前", "phone": "0796-8440112",
    })  # fmt: skip
    log.write("problem", {"description": "乙"})
    for words in ("县环委办", "xhwb", "6月底前", "xian环委", "07968440112", "8440112"):
        assert log.rows(Wanted("problem", TODAY, words=words)) == [found], words


def test_the_best_comes_first(log):
    rest, title, number, exact = log.many("problem", [
        {"description": "甲", "progress": "见 2024-7"}, {"description": "2024-7 号清单"},
        {"number": "361021-2024-0070"}, {"number": "2024-7"},
    ])  # fmt: skip
    with log.ledger.read() as connection:
        table = FOLDED["problem"]
        ranks = select(table.c.id, search.rank(table.c.search_key, "2024-7"))
        by = {row[0].hex(): row[1] for row in connection.execute(ranks)}
    assert [by[one] for one in (exact, title, rest)] == [0, 2, 3]
    assert by[number] == 3, "2024-0070 is another number"


def test_a_pattern_never_loses_its_way():
    """Whatever is typed, and whatever it is looked for in: no text makes the search wander."""
    began = time.process_time()
    for word in ("a" * 64, "ab" * 32, "x" * 30 + "废", "%" * 64, "wanwanwanwanwanwanwanwan废", "0" * 60, "1-" * 30):
        for text in ("a" * 20_000, "%" * 20_000, "湾，" * 10_000, "0" * 20_000, "1 " * 10_000):
            hearing.found_in(text, word)
    assert time.process_time() - began < 5


def test_what_cannot_be_seen_hides_nothing_from_a_search(new_log):
    log = new_log()
    (hidden,) = log.many(
        "problem", [{"description": "河\u200b道\u202e垃\ufe01圾\u3164未清", "person": "", "progress": ""}]
    )
    for words in ("河道垃圾", "河道\u200b垃圾", "hdlj", "垃圾未清"):
        assert set(log.rows(Wanted("problem", TODAY, words=words))) == {hidden}, words
