"""Sealed months: nothing that comes later changes them; what came later is named, with its reason."""

from __future__ import annotations

from datetime import date

import pytest

from models.services.base import counting
from models.services.exchange import undo
from models.services.figures.seals import DayToCome, NoSuchSeal
from models.store.local_schema import seal
from tests.offices import TOWN, lived_in

MAY = date(2024, 5, 31)


def told(changes):
    return {one.number: (one.what, {f.name: (f.old, f.new) for f in one.fields}) for one in changes.records}


def moved(changes):
    return {(one.table, one.name): (one.then, one.now) for one in changes.figures if one.then != one.now}


def _seal(world):
    """May, sealed at the county on 15 June; by then the town had completed a problem and not told it yet."""
    county, town = world["county"], world["town"]
    for text in ("一", "二"):
        county.records.add("problem", {"description": text, "township": "白水镇", "found_on": "2024-03-01",
                                       "deadline": "2024-12-31"})  # fmt: skip
    county.records.add("petition", {"receipt_number": "S1", "content": "臭", "township": "白水镇", "fine_wan": "2"})
    world.round("town")
    first = next(one for one in town.records.list("problem")[1] if one["description"] == "一")
    town.records.edit("problem", first["id"], {"completed_on": "2024-05-20"})
    made = county.seals.add(note="五月")
    return made, first["number"]


@pytest.fixture(scope="module")
def lived(county_folder):
    with lived_in(county_folder, _seal) as world:
        yield world


@pytest.fixture
def sealed(lived):
    return lived.told


def test_what_is_written_while_a_seal_is_counted_is_in_it_or_after_it_and_never_between(world, monkeypatch):
    county = world["county"]
    count, times = counting.known, []

    def slow(connection, day, until):
        found = count(connection, day, until)
        times.append(until)
        if len(times) == 1:  # the clock stands still: it would arrive at the very moment of the seal
            county.records.add("problem", {"description": "刚写的", "found_on": "2024-03-01"})
        return found

    monkeypatch.setattr(counting, "known", slow)
    made = county.seals.add()
    monkeypatch.undo()
    assert (len(times), made.problems["total"]) == (2, 1)
    assert county.seals.agrees()
    assert county.seals.changes().records == ()


def test_a_package_that_comes_late_leaves_the_seal_and_is_named(world, sealed):
    made, number = sealed
    county, town = world["county"], world["town"]
    assert (made.number, made.as_of, made.note) == (1, "2024-05-31", "五月")
    assert (made.problems["total"], made.problems["completed"]) == (2, 0)
    assert (made.petitions["total"], made.penalties["fine_wan"]) == (1, 2)
    assert moved(county.seals.changes()) == {}
    assert county.seals.changes().records == ()

    world.clock.jump(days=3)
    third = town.records.add("problem", {"description": "三", "found_on": "2024-05-02"})
    second = next(one["id"] for one in town.records.list("problem")[1] if one["description"] == "二")
    town.records.edit("problem", second, {"remark": "只是备注"})
    world.send("town", "county")
    county.records.edit("petition", "S1", {"finished_on": "2024-05-09", "fine_wan": "3"})

    changes = county.seals.changes(1)
    assert changes.seal == made == county.seals.show(1) == county.seals.list()[0]
    assert county.seals.agrees(1)
    assert moved(changes) == {
        ("problem", "total"): (2, 3), ("problem", "time_limited"): (2, 3), ("problem", "completed"): (0, 1),
        ("petition", "completed"): (0, 1),
    }  # fmt: skip
    found = told(changes)
    assert found[number] == (
        "changed",
        {"stage": ("未完成", "已完成"), "light": ("绿", "已完成"), "pace": ("（没有写）", "完成整改")},
    )
    assert found[third["number"]] == ("new", {})
    assert found["S1"] == ("changed", {"finish": ("正在办理", "已办结"), "fine_wan": ("2", "3")})
    assert len(found) == 3
    reasons = {one.number: [cause.kind for cause in one.causes] for one in changes.records}
    assert reasons == {number: ["late"], third["number"]: ["brought"], "S1": ["here"]}
    late = next(one for one in changes.records if one.number == number)
    assert (late.unit, late.unit_name, late.causes[0].unit) == (TOWN, "白水镇人民政府", TOWN)
    assert "封账前写的，封账后才到：白水镇人民政府 本机，2024-06-15 填写，2024-06-18 到本机" in late.why
    assert changes.paragraph == county.figures.tally(MAY)["paragraph"] != made.paragraph


def test_sealing_again_keeps_both(world, sealed):
    county = world["county"]
    world.send("town", "county")
    again = county.seals.add(MAY)
    assert [one.number for one in county.seals.list()] == [2, 1]
    assert (county.seals.show().problems["completed"], county.seals.show(1).problems["completed"]) == (1, 0)
    assert county.seals.agrees(1)
    assert county.seals.agrees()
    assert again.at > sealed[0].at


@pytest.mark.parametrize("deed", [seal.update().where(seal.c.pk == 1).values(figures=seal.c.figures + " "),
                                  seal.delete().where(seal.c.pk == 1)])  # fmt: skip
def test_what_another_tool_does_to_a_seal_is_found(world, sealed, deed):
    county = world["county"]
    county.seals.add(MAY)
    assert county.care.check().ok
    with county.desk.ledger.write() as connection:
        connection.execute(deed)
    found = [one.text for one in county.care.check().findings if one.level == "damage"]
    assert ["次封账的内容被改动过" in text for text in found] == [True]
    assert not county.seals.agrees(county.seals.list()[-1].number)


def test_a_clock_that_is_set_back_after_sealing_brings_nothing_before_the_seal(world, sealed):
    county, (made, number) = world["county"], sealed
    world.clock.jump(days=-40)
    county.records.edit("problem", number, {"deadline_kind": "long_term"})
    assert county.seals.agrees()
    (one,) = county.seals.changes().records
    assert (one.number, one.causes[0].kind) == (number, "here")
    second = county.seals.add(date(2024, 4, 30))
    assert second.at > made.at


def test_what_is_only_counted_under_a_new_name_says_so(world, sealed):
    county = world["county"]
    county.records.add("problem", {"description": "四", "township": "新塘乡", "deadline": "2024-06-10"})
    county.seals.add(MAY)
    county.units.add("township", "新塘乡", "361021150")
    (one,) = county.seals.changes().records
    assert [(f.label, f.old, f.new) for f in one.fields] == [("乡镇", "新塘乡", "新塘乡（已列入单位名册）")]


def test_what_is_void_or_merged_is_told(world):
    county = world["county"]
    for number in ("S1", "S2", "S3"):
        county.records.add("petition", {"receipt_number": number, "content": "臭", "township": "白水镇"})
    kept, gone = (one["id"] for one in county.records.list("petition")[1][:2])
    today = county.desk.today()
    county.seals.add(today)
    county.doubles.merge("petition", kept, gone)
    (one,) = county.seals.changes().records
    assert (one.id, one.what, one.fields) == (gone, "gone", ())
    rules = county.dictionaries.show("thresholds").content
    county.records.add("problem", {"description": "五", "deadline": "2024-06-20"})
    county.seals.add(today)
    county.dictionaries.set("thresholds", {name: {**rule, "on": False} for name, rule in rules.items()})
    lights = county.seals.changes().records
    assert [(f.label, f.old) for f in lights[0].fields] == [("灯", "橙")]
    assert lights[0].why == "没有新的填报，是单位名册或亮灯规则改了"


def test_what_cannot_be_sealed_or_was_not_is_refused(world):
    with pytest.raises(DayToCome):
        world["county"].seals.add(date(2024, 6, 16))
    for number in (None, 7):
        with pytest.raises(NoSuchSeal) as refused:
            world["county"].seals.changes(number)
        assert refused.value.way_out
    assert world["county"].seals.list() == ()


def test_an_import_that_was_sealed_over_is_not_taken_back(world, sealed):
    county = world["county"]
    world.send("town", "county")
    with county.desk.ledger.read() as connection:
        assert undo.last(county.desk, connection).why_not == ""
    county.seals.add(MAY)
    with county.desk.ledger.read() as connection:
        assert undo.last(county.desk, connection).why_not == undo.SINCE
