"""The county's list of units: adding one links the records that name it, however they spell it."""

from __future__ import annotations

import pytest

from models.domain.operation import GRANT
from models.services.base.refusals import CountyOnly
from models.services.base.units import BadUnit
from models.store import fold
from tests.offices import COUNTY, OFFICE, OTHER, TOWN


def grants(office, record):
    """The units that a record was given to."""
    with office.desk.ledger.read() as connection:
        return sorted({unit for unit, _ in fold.reduce_one(connection, bytes.fromhex(record)).grants})


@pytest.mark.parametrize(
    ("written", "listed"),
    [
        ("新塘乡", "新塘乡"),
        ("新塘乡人民政府", "新塘乡"),
        ("新塘乡", "新塘乡人民政府"),
        ("临江县新塘乡", "新塘乡人民政府"),
        ("361021150", "新塘乡"),
        ("城关街道", "城关街道办事处"),
        ("工业园区", "临江县工业园区管委会"),
        (" 新塘 乡 ", "新塘乡"),
    ],
)
@pytest.mark.parametrize("field", ["township", "lead_unit"])
def test_adding_a_unit_gives_it_the_records_that_name_it(world, field, written, listed):
    county = world["county"]
    record = county.records.add("problem", {"description": "坏", field: written})
    assert record["unit"] is None
    assert record["township"] in (written.strip(), None)
    assert grants(county, record["id"]) == []
    county.units.add("township", listed, "361021150")
    record = county.records.show("problem", record["id"])
    assert record["unit"] == "361021150"
    if field == "township":
        assert (record["township"], record["township_name"]) == ("361021150", listed)
    assert grants(county, record["id"]) == ["361021150"]
    assert county.figures.tally(unit="361021150")["problems"]["total"] == 1
    assert world.sound("county") == []


def test_a_unit_that_works_beside_gets_it_too_and_others_do_not(world):
    county = world["county"]
    beside = county.records.add(
        "problem", {"description": "配合", "township": "白水镇", "cooperating_units": "县水利局、县住建局"}
    )
    apart = county.records.add("problem", {"description": "无关", "township": "白水镇"})
    assert grants(county, beside["id"]) == [TOWN, OFFICE]
    county.units.add("department", "水利局", "361021902")
    assert grants(county, beside["id"]) == [TOWN, OFFICE, "361021902"]
    assert grants(county, apart["id"]) == []


def test_renaming_a_unit_keeps_its_records(world):
    county = world["county"]
    record = county.records.add("problem", {"description": "坏", "township": "白水镇"})
    units = county.units.add("township", "白水新镇", TOWN)
    assert [u.name for u in units if u.code == TOWN] == ["白水新镇"]
    shown = county.records.show("problem", record["id"])
    assert (shown["unit"], shown["township_name"]) == (TOWN, "白水新镇")
    assert world.sound("county") == []


def test_adding_a_unit_again_changes_nothing(world):
    before = world["county"].exchange.digest()
    units = world["county"].units.add("township", "青石镇", OTHER)
    assert world["county"].exchange.digest() == before
    assert [u.code for u in units] == [COUNTY, TOWN, OTHER, "361021901"]
    assert [u.devices for u in units] == [1, 2, 1, 1]


def test_units_are_counted_with_their_problems(world):
    county = world["county"]
    for _ in range(2):
        county.records.add("problem", {"description": "坏", "township": "白水镇"})
    gone = county.records.add("problem", {"description": "误报", "township": "白水镇"})
    county.records.void("problem", gone["id"], "误报")
    assert {u.code: u.problems for u in county.units.list()}[TOWN] == 2


@pytest.mark.parametrize(
    ("kind", "name", "code"),
    [("county", "另一个县", "361099"), ("village", "东门村", "1"), ("township", "", "1"), ("township", " ", "1"),
     ("township", "镇" * 101, "1"), ("township", "东镇", ""), ("township", "东镇", "a b"), ("township", "东镇", "../x"),
     ("township", "东镇", "1" * 33), ("township", "假的县", COUNTY)],
)  # fmt: skip
def test_what_cannot_be_a_unit_is_refused(world, kind, name, code):
    before = world["county"].exchange.digest()
    with pytest.raises(BadUnit) as refused:
        world["county"].units.add(kind, name, code)
    assert "没有做任何改动" in refused.value.message
    assert world["county"].exchange.digest() == before


def test_units_are_the_countys_to_add(world):
    with pytest.raises(CountyOnly):
        world["town"].units.add("township", "东镇", "361021150")


def test_everybody_knows_the_list_after_the_next_exchange(world):
    world["county"].units.add("township", "新塘乡", "361021150")
    world.round("town", "office")
    for name in ("town", "office"):
        assert "新塘乡" in [u.name for u in world[name].units.list()]
    assert world.sound("town", "office", "county") == []


def test_a_unit_that_comes_with_a_package_is_understood_in_the_records_that_were_there(world):
    """The township wrote a name, or a code, that was no unit to it then."""
    town = world["town"]
    by_name = town.records.add("problem", {"description": "甲", "lead_unit": "新塘乡政府、新塘乡"})
    by_code = town.records.add("problem", {"description": "乙", "township": "361021150"})
    world["county"].units.add("township", "新塘乡人民政府", "361021150")
    world.round("town")
    assert town.records.show("problem", by_code["id"])["unit"] == "361021150"
    assert world["county"].records.show("problem", by_code["id"])["unit"] == "361021150"
    assert town.records.show("problem", by_name["id"])["unit"] == TOWN  # its township comes first
    assert world.sound("town", "county") == []


def test_a_grant_is_written_once(world):
    county = world["county"]
    record = county.records.add("problem", {"description": "坏", "township": "白水镇", "cooperating_units": "住建局"})

    def written():
        with county.desk.ledger.read() as connection:
            _, found = next(fold.load(connection, [bytes.fromhex(record["id"])]))
        return sorted(o.fields["unit"][0] for _, o in found.values() if o.kind == GRANT)

    assert written() == [TOWN, OFFICE]
    world.round("town", "office")
    county.records.edit("problem", record["id"], {"goal": "清运"})
    world["office"].records.edit("problem", record["id"], {"remark": "已到场"})
    world.round("town", "office")
    assert written() == [TOWN, OFFICE]
