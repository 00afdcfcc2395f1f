"""Likely doubles over real ledgers: found, told apart, merged at the county, seen at the township, and taken back."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.domain.meaning import Meaning
from models.services.base.refusals import CannotMerge, CountyOnly
from models.store.operations import read
from models.store.schema import op
from tests.model.county import SECOND, second_pc
from tests.offices import COUNTY, OTHER, lived_in

FARM = "下洲村养猪场臭气扰民，污水直排河道。"
AGAIN = "反映下洲村某养猪场臭气扰民，污水直排河道问题"


def _twice(world):
    """A petition told twice of 白水镇, one by the county and one by the township; both know both."""
    county, town = world["county"], world["town"]
    kept = county.records.add(
        "petition", {"receipt_number": "甲1", "content": FARM, "township": "白水镇", "found_on": "2024-03-01"}
    )["id"]
    gone = town.records.add("petition", {"receipt_number": "乙7", "content": AGAIN, "found_on": "2024-04-01"})["id"]
    world.round("town")
    return kept, gone


@pytest.fixture(scope="module")
def lived(county_folder):
    with lived_in(county_folder, _twice) as world:
        yield world


@pytest.fixture
def twice(lived):
    return lived.told


def petitions(world, name, *, merged_once=False, **asked):
    return world[name].figures.tally(**asked, meaning=Meaning(merged_once=merged_once))["petitions"]["total"]


def test_both_are_found_with_what_they_have_in_common(world, twice):
    found = world["county"].doubles.list("petition")
    (pair,) = found.pairs
    assert found.count == 1
    assert {pair.one.id, pair.other.id} == set(twice)
    assert (pair.one.number, pair.one.township_name, pair.field) == ("甲1", "白水镇人民政府", "")
    assert 60 <= pair.percent < 100
    told = {name: (label, one, other) for name, label, one, other in
            world["county"].doubles.compare("petition", *twice).fields}  # fmt: skip
    assert told["content"] == ("交办问题基本情况", FARM, AGAIN)
    assert told["created_by"][0] == "登记单位"
    assert not {"merged_into", "internal_note", "duplicate"} & set(told)


def test_the_same_number_of_the_same_source_is_told_by_its_name(world):
    for town, text in (("白水镇", "河道有垃圾"), ("青石镇", "完全是另一回事")):
        world["county"].records.add(
            "problem", {"description": text, "township": town, "source": "中央督察", "province_number": "十二"}
        )
    (pair,) = world["county"].doubles.list("problem").pairs
    assert (pair.field, pair.label) == ("province_number", "省序号")


def test_merging_counts_one_keeps_both_histories_and_reaches_the_township(world, twice):
    kept, gone = twice
    world["town"].records.edit("petition", gone, {"handling": "已停业"})
    world.send("town", "county")
    record = world["county"].doubles.merge("petition", kept, gone)
    assert [(one["id"], one["number"]) for one in record["merged"]] == [(gone, "乙7")]
    world.send("county", "town")
    for name in ("county", "town"):
        left = world[name].records.show("petition", gone)
        assert left["void"] == "2024-06-15"
        assert left["merged_into_record"]["id"] == kept
        assert petitions(world, name) == 1
        assert not left["review"]
        changes = world[name].records.history("petition", gone)
        assert ("handling", "已停业") in {(one.field, one.new) for one in changes}
        assert ("merged_into", "甲1") in {(one.field, one.new) for one in changes}
        assert world[name].records.show("petition", kept)["merged"][0]["id"] == gone
    assert not world["county"].doubles.list("petition").count
    assert world.agree("town")


def test_what_the_township_wrote_meanwhile_is_kept_and_listed_for_review(world, twice):
    kept, gone = twice
    world["county"].doubles.merge("petition", kept, gone)
    world["town"].records.edit("petition", gone, {"handling": "已停业"})
    world.round("town")
    left = world["county"].records.show("petition", gone)
    assert (left["handling"], left["review"]) == ("已停业", True)
    assert left["void"]


@pytest.mark.parametrize("verb", ["unmerge", "unvoid"])
def test_taking_it_back_makes_two_of_them_again_everywhere(world, twice, verb):
    kept, gone = twice
    county = world["county"]
    county.doubles.merge("petition", kept, gone)
    world.send("county", "town")
    (county.doubles.unmerge if verb == "unmerge" else county.records.unvoid)("petition", gone)
    world.send("county", "town")
    for name in ("county", "town"):
        back = world[name].records.show("petition", gone)
        assert (back["void"], back["merged_into"]) == (None, None)
        assert world[name].records.show("petition", kept)["merged"] == []
        assert petitions(world, name) == 2
    assert county.doubles.list("petition").count == 1
    assert county.care.check(deep=True).ok


def test_merged_once_counts_the_day_before_the_merging_too(world, twice):
    kept, gone = twice
    assert petitions(world, "county", merged_once=True) == 2
    world["county"].doubles.merge("petition", kept, gone)
    before = world["county"].desk.today().replace(day=1)
    today = world["county"].desk.today()
    assert petitions(world, "county", as_of=before) == 2
    assert petitions(world, "county", as_of=before, merged_once=True) == 1
    assert petitions(world, "county", as_of=before, known_by=today, merged_once=True) == 1
    assert petitions(world, "county", as_of=before, known_by=today) == 2


def test_three_of_one_thing_stand_under_the_last(world, twice):
    kept, gone = twice
    last = world["county"].records.add("petition", {"content": FARM + "再次反映", "township": "白水镇"})["id"]
    world["county"].doubles.merge("petition", kept, gone)
    record = world["county"].doubles.merge("petition", last, kept)
    assert {one["id"] for one in record["merged"]} == {kept, gone}
    assert petitions(world, "county", as_of=world["county"].desk.today().replace(day=1), merged_once=True) == 1


def test_what_was_told_apart_is_not_asked_again_until_somebody_wants_it(world, twice):
    doubles = world["county"].doubles
    doubles.tell_apart("petition", *twice)
    assert not doubles.list("petition").count
    doubles.tell_apart("petition", *reversed(twice))
    doubles.ask_again("petition", *reversed(twice))
    assert doubles.list("petition").count == 1


def test_what_one_pc_of_the_county_told_apart_its_other_pc_does_not_ask_and_no_unit_hears(world, twice):
    kept, gone = twice
    county = world["county"]
    world.codes[SECOND] = COUNTY
    second_pc(world)
    world.send("county", SECOND)
    assert world[SECOND].doubles.list("petition").count == 1
    county.doubles.tell_apart("petition", *twice)
    world[SECOND].doubles.tell_apart("petition", *reversed(twice))  # it had not heard: the same record, no conflict
    county.records.edit("petition", kept, {"township": "青石镇"})  # grants the history of the record to another unit
    for pc in (SECOND, "county"):
        world.send(pc, SECOND if pc == "county" else "county")
    world.round("town", "other")
    for pc in ("county", SECOND):
        assert not world[pc].doubles.list("petition").count
        assert not world[pc].conflicts.list()
    for unit in ("town", "other"):
        assert _tables_held(world[unit]).isdisjoint({"apart"})
        assert world.agree(unit)
    assert "apart" in _tables_held(county)
    world[SECOND].doubles.ask_again("petition", kept, gone)
    before = len(world.dump(SECOND)["op"])
    world[SECOND].doubles.ask_again("petition", kept, gone)  # is so already
    assert len(world.dump(SECOND)["op"]) == before
    world.send(SECOND, "county")
    county.records.edit("petition", kept, {"township": "白水镇"})
    assert county.doubles.list("petition").count == 1
    assert world.sound("county", SECOND) == []


def _tables_held(office):
    with office.desk.ledger.read() as connection:
        return {read(body).table for body in connection.scalars(select(op.c.body))}


def test_only_the_county_merges_and_nothing_void_or_alone_is_merged(world, twice):
    kept, gone = twice
    town, county = world["town"].doubles, world["county"].doubles
    for verb in (
        lambda: town.merge("petition", kept, gone), lambda: town.unmerge("petition", gone),
        lambda: town.tell_apart("petition", kept, gone), lambda: town.ask_again("petition", kept, gone),
    ):  # fmt: skip
        with pytest.raises(CountyOnly):
            verb()
    before = world["county"].exchange.export(world.stick(), [OTHER]).packages
    with pytest.raises(CannotMerge, match="同一条"):
        county.merge("petition", kept, kept)
    with pytest.raises(CannotMerge, match="没有并入"):
        county.unmerge("petition", gone)
    county.merge("petition", kept, gone, "重复来信")
    with pytest.raises(CannotMerge, match="作废") as refused:
        county.merge("petition", kept, gone)
    assert "恢复" in refused.value.way_out
    assert before
    why = [one.why for one in world["county"].records.history("petition", gone) if one.field == "void"]
    assert why == ["重复来信"]


def test_nobody_sets_it_as_a_field(world, twice):
    kept, gone = twice
    with pytest.raises(Exception, match="由程序生成"):
        world["county"].records.edit("petition", gone, {"merged_into": kept})
    assert "merged_into" not in world["county"].records.writable("petition", gone)
    assert "merged_into" not in world["county"].records.bulk_fields("petition")
