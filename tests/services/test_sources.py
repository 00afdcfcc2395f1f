"""Pollution sources: both sides keep them, they travel both ways, and what is doubtful is told and never refused."""

from __future__ import annotations

import pytest

from cli.main import parse, run
from models.domain import words
from models.services.base.refusals import CountyOnly, IsVoid, NoReason, NoSuchRecord, NothingWritten, NotYours

PLANT = {"name": "白水水泥厂", "kind": "工业企业", "village": "白水村", "credit_code": "914403001922038217",
         "longitude": "28", "latitude": "116", "datum": "cgcs2000", "person": "李四"}  # fmt: skip


def seen(world, name, record):
    return world[name].records.show("source", record)


def test_a_source_goes_to_the_county_and_what_the_county_adds_comes_back(world):
    town, county = world["town"], world["county"]
    made = town.records.add("source", PLANT)
    assert made["number"].startswith("361021101-W2024-0001-")
    assert (made["township"], made["kind"], made["longitude"]) == ("361021101", "industry", 28)
    assert [one[:8] for one in made["doubts"]] == ["统一社会信用代码", "经度和纬度像是写"]
    assert town.records.add("source", {"name": "第二家"})["number"][:-3] == "361021101-W2024-0002"
    with pytest.raises(NothingWritten):
        town.records.add("source", {"kind": "mine"})
    mine = made["id"]
    town.sources.add_permit(mine, {"kind": "排污许可证", "number": "P-1", "expires_on": "2024-07-01"})
    world.round("town", "other")
    assert seen(world, "county", mine)["permits"][0]["number"] == "P-1"
    with pytest.raises(NoSuchRecord):
        seen(world, "other", mine)
    county.records.edit("source", mine, {"longitude": "116", "latitude": "28", "control": "重点管控"})
    county.sources.add_permit(mine, {"kind": "mining"})
    given = county.records.add("source", {"name": "青石采石场", "kind": "mine", "township": "白水镇"})["id"]
    world.round("town", "town2")
    for name in ("town", "town2"):
        assert seen(world, name, mine)["control"] == "重点管控"
        assert len(seen(world, name, mine)["permits"]) == 2
    town.records.edit("source", given, {"person": "王五", "village": "石村"})
    town.sources.add_permit(given, {"kind": "mining", "expires_on": "2030-01-01"})
    with pytest.raises(NotYours):
        town.records.edit("source", given, {"township": "青石镇"})
    with pytest.raises(NotYours):
        town.records.void("source", given, "不是我们的")
    world.round("town")
    assert (seen(world, "county", given)["person"], len(seen(world, "county", given)["permits"])) == ("王五", 1)
    assert seen(world, "county", given)["exchange"] == "received"
    assert world.agree("town", "other")
    assert world.sound("county", "town") == []


def test_two_sides_that_differ_make_a_conflict_that_is_settled(world):
    one = world["town"].records.add("source", PLANT)["id"]
    world.round("town")
    world["town"].records.edit("source", one, {"person": "赵六"})
    world["county"].records.edit("source", one, {"person": "钱七"})
    world.round("town")
    (conflict,) = world["county"].conflicts.list()
    assert (conflict.kind, conflict.table, conflict.title, conflict.label) == (
        "source",
        "source",
        "白水水泥厂",
        "负责人",
    )
    world.close("county")
    assert run(parse(["--home", str(world.home("county")), "conflict", "settle", conflict.id, "--value", "孙八"])) == 0
    world.round("town")
    assert seen(world, "town", one)["person"] == "孙八"


def test_a_source_is_voided_and_comes_back(world):
    town = world["town"]
    one = town.records.add("source", PLANT)["id"]
    town.records.void("source", one, "重复登记")
    assert town.records.list("source")[0] == 0
    with pytest.raises(IsVoid):
        town.records.edit("source", one, {"person": "某"})
    with pytest.raises(IsVoid):
        town.sources.add_permit(one, {"kind": "mining"})
    assert town.records.unvoid("source", one)["void"] is None
    assert town.records.list("source", words="snc")[0] == 1, "found by the sound of its name"
    assert [c.label for c in town.records.history("source", one)][:2] == ["名称", "类别"]


def test_permits_end_and_are_told_before(world):
    town = world["town"]
    one = town.records.add("source", {"name": "料场"})["id"]
    with pytest.raises(NothingWritten):
        town.sources.add_permit(one, {"number": "1"})
    for day in ("2024-06-01", "2024-08-01", "2025-01-01", ""):
        shown = town.sources.add_permit(one, {"kind": "discharge", "expires_on": day})
    assert shown["doubts"] == ["排污许可证：已于 2024-06-01 到期", "排污许可证：将于 2024-08-01 到期"]
    assert [(p["expires_on"], p["days_left"], p["name"]) for p in town.sources.permits_due()] == [
        ("2024-06-01", -14, "料场"), ("2024-08-01", 47, "料场"),
    ]  # fmt: skip
    assert len(town.sources.permits_due(0)) == 1
    old, soon = shown["permits"][0]["id"], shown["permits"][1]["id"]
    town.sources.edit_permit(one, soon, {"expires_on": "2026-08-01"})
    with pytest.raises(NoReason):
        town.sources.void_permit(one, old, " ")
    left = town.sources.void_permit(one, old, "写错了")
    assert (len(left["permits"]), left["doubts"], town.sources.permits_due()) == (3, [], [])
    with pytest.raises(NoSuchRecord):
        town.sources.edit_permit(one, old, {"number": "2"})
    world.round("town")
    theirs = world["county"].sources.add_permit(one, {"kind": "mining"})["permits"][-1]["id"]
    world.round("town")
    with pytest.raises(NotYours):
        town.sources.void_permit(one, theirs, "不是我们写的")


def test_the_county_says_where_it_lies_and_which_may_be_one(world):
    county, town = world["county"], world["town"]
    place = {"longitude": "116", "latitude": "28", "datum": "wgs84"}
    one = town.records.add("source", {"name": "甲砖厂", "kind": "industry"} | place)
    other = town.records.add("source", {"name": "乙砖厂", "kind": "industry"} | place)
    assert one["doubts"] == []
    county.dictionaries.set("county_bounds", {"west": "114", "east": "115", "south": "27", "north": "29"})
    world.round("town")
    assert town.records.show("source", one["number"])["doubts"] == ["经纬度不在本县范围内，请核对"]
    (pair,) = county.sources.doubles()
    assert (pair["one"]["id"], pair["other"]["name"], pair["why"]) == (one["id"], "乙砖厂", "同类，相距约 0 米")
    county.records.void("source", other["id"], "与甲砖厂是一家")
    assert county.sources.doubles() == []


def test_photos_of_a_source(world, tmp_path):
    (tmp_path / "执照.txt").write_text("执照", encoding="utf-8")
    one = world["town"].records.add("source", PLANT)["id"]
    world["town"].evidence.add("source", one, [tmp_path / "执照.txt"])
    world.round("town")
    assert [e["name"] for e in seen(world, "county", one)["evidence"]] == ["执照.txt"]


def test_the_list_says_of_each_what_its_own_page_says(world):
    town = world["town"]
    place = {"longitude": "116", "latitude": "28", "datum": "wgs84", "kind": "industry"}
    one = town.records.add("source", PLANT | {"village": "白水村"})["id"]
    near, other = (town.records.add("source", {"name": name, "village": "石村"} | place)["id"] for name in "甲乙")
    gone = town.records.add("source", {"name": "丙"} | place)["id"]
    town.records.void("source", gone, "重复登记")
    for day in ("2024-07-01", "2030-01-01"):
        town.sources.add_permit(one, {"kind": "discharge", "expires_on": day})
    for day in ("2024-05-01", "2024-06-01"):
        visit = town.inspections.add({"source": one, "checklists": "air-shipped-1", "inspected_on": day})
        item = visit["answers"][0]["item"]
        town.inspections.answer(visit["id"], {item: "no"}, {item: "没有盖"})
        town.inspections.register(visit["id"], item)
    lines = {line.id: line for line in town.sources.list()}
    assert [line.name for line in lines.values()] == ["丙", "白水水泥厂", "乙", "甲"], "by village and name"
    line, shown = lines[one], town.records.show("source", one)
    assert (line.expires_on, line.expiry, line.inspected_on) == ("2024-07-01", "soon", "2024-06-01")
    assert [*line.doubts, "排污许可证：将于 2024-07-01 到期"] == shown["doubts"]
    assert (line.problems, line.repeated) == (len(shown["problems"]), len(shown["repeated"])) == (2, 1)
    assert (line.exchange, line.void, line.double) == (shown["exchange"], False, "")
    assert (lines[near].double, lines[gone].double, lines[gone].void) == ("同类，相距约 0 米", "", True)
    assert (lines[near].expiry, lines[near].inspected_on, lines[near].repeated) == ("", "", 0)
    assert [(two.id, two.name, two.why) for two in town.sources.doubles_of(near)] == [
        (other, "乙", "同类，相距约 0 米")
    ]
    assert town.sources.doubles_of(one) == ()
    assert [line.id for line in town.sources.list("bssnc")] == [one], "by the sound of its name"
    assert [line.double for line in town.sources.list("甲")] == ["同类，相距约 0 米"], "with one that is not shown"
    assert (town.sources.id_of(line.row), town.sources.id_of(10**9)) == (one, "")


HEAD = "名称,类别,统一社会信用代码,乡镇,村,负责人,经度,纬度,坐标系,证号,有效期至\n"


def book(tmp_path, *rows):
    path = tmp_path / "污染源.csv"
    path.write_text(HEAD + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def test_a_workbook_fills_in_what_is_lacking_and_changes_nothing_that_stands(world, tmp_path):
    town = world["town"]
    old = town.records.add("source", {"name": "白水 水泥厂", "person": "李四"})["id"]
    path = book(
        tmp_path, "白水水泥厂,工业企业,,,白水村,王五,,,,P-1,2030-01-01", "甲砖厂,,123,,石村,,116,28,WGS-84,,",
        "乙砖厂,,,,石村,,116,28,WGS-84,,", "甲砖厂,矿山,,,,,,,,,", "丙,,,青石镇,,,,,,,", ",,,,石村,,,,,,",
        "丁,花店,123,,,,,,,,",
    )  # fmt: skip
    seen = town.imports.look(path, "sources")
    assert (seen.new, seen.changed, seen.same, seen.refused, seen.written) == (3, 1, 0, 3, False)
    assert town.records.list("source")[0] == 1
    assert [(one.cell, one.why) for one in seen.rejected] == [
        ("A5", "与第 3 行是同一个，没有再登记"), ("A6", "是青石镇的，不是本单位的，没有登记"),
        ("第 7 行", "没有写名称，没有登记"),
        ("B8", f"不在可选范围内：{'、'.join(words.SOURCE_KIND.values())}"),
    ]  # fmt: skip
    assert [(one.cell, one.why) for one in seen.flagged] == [
        ("F2", "台账里的负责人是“李四”，没有改"), ("C3", "统一社会信用代码应是 18 位，这里是 3 位"),
        ("A4", "可能和“甲砖厂”是同一个：同类，相距约 0 米，请核对"), ("C8", "统一社会信用代码应是 18 位，这里是 3 位"),
        ("A8", "可能和“甲砖厂”是同一个：统一社会信用代码相同，请核对"),
    ]  # fmt: skip
    done = town.imports.take(path, "sources")
    assert (done.new, done.changed, done.written, done.flagged) == (3, 1, True, seen.flagged)
    shown = town.records.show("source", old)
    assert (shown["kind"], shown["village"], shown["person"]) == ("industry", "白水村", "李四")
    assert [(one["kind"], one["number"], one["expires_on"]) for one in shown["permits"]] == [
        ("discharge", "P-1", "2030-01-01")
    ]
    again = town.imports.take(path, "sources")
    assert (again.new, again.changed, again.same, again.refused) == (0, 0, 4, 3)
    world.round("town")
    assert len(seen_by_county(world)) == 4
    assert world.sound("county", "town") == []


def test_what_a_workbook_says_of_a_permit_goes_to_the_one_that_is_meant(world, tmp_path):
    town = world["town"]
    ids = [town.records.add("source", {"name": name})["id"] for name in "甲乙丙丁"]
    town.sources.add_permit(ids[0], {"kind": "discharge", "number": "P1", "expires_on": "2027-01-01"})
    town.sources.add_permit(ids[1], {"kind": "discharge", "expires_on": "2028-01-01"})
    for number in ("P4", "P5"):
        town.sources.add_permit(ids[3], {"kind": "discharge", "number": number})
    path = book(
        tmp_path, "甲,,,,,,,,,,2028-01-01", "乙,,,,,,,,,P33,2028-01-01", "丙,,,,,,,,,,长期", "丁,,,,,,,,,,2029-01-01",
        f"{'长' * 32001},,,,,,,,,,", f"戊,,,,,,,,,{'9' * 32001},",
    )  # fmt: skip
    done = town.imports.take(path, "sources")
    assert (done.new, done.changed, done.same, done.refused) == (1, 1, 3, 1)
    assert [(one.cell, one.why) for one in done.rejected if one.cell != "J7"] == [
        ("K4", "不是日期"), ("A6", "名称超过 32000 字，没有登记"),
    ]  # fmt: skip
    assert [(one.cell, one.why) for one in done.flagged] == [
        ("K2", "台账里写的是 2027-01-01，没有改"), ("K5", "台账里有 2 个这一种许可，分不清是哪一个，没有登记"),
    ]  # fmt: skip
    permits = [
        [(one["number"], one["expires_on"]) for one in town.records.show("source", line.id)["permits"]]
        for line in sorted(town.sources.list(), key=lambda line: "甲乙丙丁戊".index(line.name))
    ]
    assert permits == [[("P1", "2027-01-01")], [("P33", "2028-01-01")], [], [("P4", None), ("P5", None)], []]
    kinds = tmp_path / "许可.csv"
    kinds.write_text("名称,许可种类\n甲,排污许可证\n丙,没听说过的证\n", encoding="utf-8")
    bare = town.imports.look(kinds, "sources")
    assert (bare.same, [(one.cell, one.why) for one in bare.flagged]) == (
        2, [("B3", "没有证号也没有日期，没有登记这个许可")],
    )  # fmt: skip


def seen_by_county(world):
    return world["county"].records.list("source")[1]


def test_the_county_says_whose_they_are_and_names_that_fit_two_are_refused(world, tmp_path):
    county = world["county"]
    path = book(tmp_path, "甲,,,白水镇,,,,,,P-1,2030-01-01", "乙,,,,,,,,,,", "丙,,,没有这个镇,,,,,,,")
    done = county.imports.take(path, "sources")
    assert [one.why for one in done.rejected] == ["没有写乡镇，没有登记", "单位表里没有“没有这个镇”，没有登记"]
    (one,) = seen_by_county(world)
    assert (one["unit"], one["number"][:8]) == ("361021101", "361021-W")
    later = county.imports.take(book(tmp_path, "甲,,,白水镇,,,,,,P-1,2031-01-01"), "sources")
    assert [note.why for note in later.flagged] == ["台账里写的是 2030-01-01，没有改"]
    world.round("town")
    assert [line.name for line in world["town"].sources.list()] == ["甲"]
    county.records.add("source", {"name": "甲", "township": "白水镇"})
    twice = county.imports.look(book(tmp_path, "甲,,,白水镇,,,,,,,"), "sources")
    assert [note.why for note in twice.rejected] == ["台账里有 2 个同名的，分不清是哪一个"]


def test_two_that_are_near_each_other_are_told_apart_by_the_county_for_itself_and_their_unit(world, capsys):
    town, county = world["town"], world["county"]
    ids = [town.records.add("source", {"name": "农家乐", "kind": "catering"})["id"] for _ in "12"]
    world.round("town")
    with pytest.raises(CountyOnly):
        town.doubles.tell_apart("source", *ids)
    assert [len(home.sources.doubles()) for home in (county, town)] == [1, 1]
    county.doubles.tell_apart("source", *reversed(ids))
    assert county.sources.doubles() == [] == [line for line in county.sources.list() if line.double]
    assert county.sources.doubles_of(ids[0]) == ()
    world.round("town", "other")
    assert town.sources.doubles() == [], "its unit looks for doubles too, and asks no more"
    theirs = world["other"].records.add("source", {"name": "农家乐", "kind": "catering"})["id"]
    world.round("other")
    world.close("county")
    said = ["--home", str(world.home("county")), "--json", "double", "apart", "sources", *ids, "--undo"]
    assert run(parse(said)) == 0
    assert '"apart": false' in capsys.readouterr().out
    world.round("town")
    assert [len(home.sources.doubles()) for home in (world["county"], town)] == [1, 1]
    assert theirs in {line.id for line in world["county"].sources.list()}
    assert world.sound("county", "town") == []
