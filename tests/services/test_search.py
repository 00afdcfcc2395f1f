"""Search in everything: all kinds at once, the best first, and where the words stand."""

from __future__ import annotations

import pytest

from models.services.records.search import MOST, _aligned, _cut
from tests.offices import TOWN


@pytest.fixture
def county(world):
    office = world["county"]
    office.records.add("problem", {
        "description": "报废汽车拆解点未按期清场，油污渗入沟渠", "township": "白水镇", "person": "王秀兰",
        "deadline": "2024-06-10", "deadline_kind": "time_limited", "internal_note": "私下提醒过",
    })  # fmt: skip
    office.records.add("petition", {
        "receipt_number": "X2JX202404180012", "content": "来信反映白水镇一处废旧汽车场噪声扰民", "township": "白水镇",
    })  # fmt: skip
    return office


def found(office, words):
    return {(group.table, hit.title[:4]): hit for group in office.search.find(words).groups for hit in group.hits}


def marked(hit):
    parts = {"number": hit.number, "title": hit.title, "township": hit.township_name, "extract": hit.extract}
    return [(part, parts[part][start:end]) for part, start, end in hit.marks]


@pytest.mark.parametrize("typed", ["", "   ", "'", "\0", "\ud800", "　"])
def test_nothing_typed_finds_nothing(county, typed):
    assert county.search.find(typed).groups == () or typed == "'"


def test_all_kinds_are_found_at_once(county):
    hits = county.search.find("baishui")
    assert [group.table for group in hits.groups] == ["problem", "petition", "unit"]
    assert hits.count == 3
    unit = hits.groups[2].hits[0]
    assert (unit.id, unit.title, unit.extract) == (TOWN, "白水镇人民政府", "1 个督察整改问题")
    assert marked(unit) == [("title", "白水")]


def test_units_are_for_the_county_alone(world, county):
    assert "unit" in {group.table for group in county.search.find("白水镇").groups}
    assert "unit" not in {group.table for group in world["town"].search.find("白水镇").groups}


@pytest.mark.parametrize(
    ("typed", "marks"),
    [
        ("拆解", [("title", "拆解")]),
        ("bfqc", [("title", "报废汽车")]),
        ("报fei", [("title", "报废")]),
        ("拆解 王秀兰", [("extract", "王秀兰"), ("title", "拆解")]),
        ("wxl", [("extract", "王秀兰")]),
        ("bsz", [("township", "白水镇")]),
        ("私下", [("extract", "私下")]),
    ],
)
def test_where_the_words_stand(county, typed, marks):
    hit = found(county, typed)["problem", "报废汽车"]
    assert marked(hit) == marks
    assert bool(hit.where) == any(part == "extract" for part, _ in marks)
    assert (hit.light, hit.light_why, hit.township_name) == ("red", "逾期 5 天", "白水镇人民政府")


def test_parts_and_remarks_lead_to_their_record(county):
    record = county.records.list("problem")[1][0]["id"]
    county.records.add_measure(record, {"text": "规模较小的拆解点清场", "person": "周海平"})
    county.records.add_dispatch(record, {"month": "2024-05", "progress": "危废转移联单齐全", "pace": "behind"})
    county.records.add_dispatch(record, {"month": "2024-06", "progress": "还在办", "pace": "behind"})
    county.records.edit("problem", record, {"remark": "请补拍３号点位照片"})
    for typed, where, shown in (
        ("zhp", "整改措施", "周海平"), ("转移联单", "2024年5月月调度", "转移联单"), ("3号点位", "备注", "３号点位"),
    ):  # fmt: skip
        hit = found(county, typed)["problem", "报废汽车"]
        assert hit.where == where
        assert marked(hit) == [("extract", shown)]


def test_a_number_is_found_however_it_is_typed_and_comes_first(county):
    number = found(county, "拆解")["problem", "报废汽车"].number
    other = county.records.add("problem", {"description": f"与 {number} 是同一处"})["id"]
    for typed in (number, number.lower(), number.replace("-", ""), number.replace("-0001-", "-1-")):
        hits = county.search.find(typed).groups[0].hits
        assert hits[0].number == number, typed
        assert [part for part, _ in marked(hits[0])] == ["number"], typed
    assert county.search.find(number).groups[0].hits[1].id == other
    assert marked(found(county, "404180012")["petition", "来信反映"]) == [("number", "404180012")]


def test_void_records_are_not_found(county):
    record = county.records.list("problem")[1][0]["id"]
    county.records.void("problem", record, "重复登记")
    assert ("problem", "报废汽车") not in found(county, "拆解")


def test_many_are_counted_and_the_first_are_shown(county):
    for number in range(MOST + 3):
        county.records.add("problem", {"description": f"餐饮油烟第 {number} 家"})
    (group,) = county.search.find("油烟").groups
    assert group.count == MOST + 3
    assert len(group.hits) == MOST


def test_what_comes_with_a_package_is_found_there(world, county):
    town = world["town"]
    town.records.add("problem", {"description": "兴旺养殖场粪污外溢"})
    world.send("town", "county")
    assert ("problem", "兴旺养殖") in found(county, "xwyzc")


def test_old_keys_are_written_anew_by_a_rebuild(county):
    from models.store import fold

    with county.desk.ledger.write() as connection:
        fold.rebuild(connection)
    assert ("problem", "报废汽车") in found(county, "bfqc")
    assert county.care.check(deep=True).ok


def test_an_extract_is_one_line_around_the_word():
    text = "甲" * 50 + "\n油污\n" + "乙" * 100
    extract, shift = _cut(text, 51)
    assert extract.startswith("…")
    assert extract.endswith("…")
    assert "\n" not in extract
    assert extract[51 + shift : 53 + shift] == "油污"


def test_places_are_those_of_the_text_as_written():
    usual, places = _aligned("①㎡ＡＢ污水…")
    assert usual == "1m2ab污水..."
    assert [places[usual.index(sign)] for sign in "ab污水"] == [2, 3, 4, 5]


def test_sources_and_villages_are_found_by_name_sound_and_permit(world):
    town = world["town"]
    cement = town.records.add(
        "source", {"name": "白水水泥厂", "kind": "industry", "village": "石塘村", "person": "王秀兰"}
    )
    town.records.add("source", {"name": "砂场", "village": "石塘村"})
    gone = town.records.add("source", {"name": "石塘旧料场", "village": "旧屋村"})["id"]
    town.records.void("source", gone, "重复登记")
    town.sources.add_permit(cement["id"], {"kind": "discharge", "number": "PW-77"})
    for typed in ("bssnc", "baishuisnc", "水ni厂", "pw77", cement["number"]):
        (group,) = town.search.find(typed).groups
        assert (group.table, [hit.id for hit in group.hits]) == ("source", [cement["id"]]), typed
    assert marked(found(town, "pw-77")["source", "白水水泥"]) == [("extract", "PW-77")]
    both = town.search.find("stc")
    assert [(group.table, group.count) for group in both.groups] == [("source", 2), ("village", 1)]
    village = both.groups[1].hits[0]
    assert (village.id, village.title, village.extract) == (TOWN, "石塘村", "2 个污染源")
    assert marked(village) == [("title", "石塘村")]
    assert ("village", "石塘村") in found(town, "白水镇 shit")
    assert {table for table, _ in found(town, "白水镇")} == {"source"}, "a township is not each of its villages"
    assert town.search.find("jwc").groups == ()
