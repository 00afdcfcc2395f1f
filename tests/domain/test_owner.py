"""Law 13 as a table: which unit may write which field of which record, asked of the fold itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain import owner
from models.domain.field import Field, Owner, Type
from models.domain.fields import KEYS, PARTS, TABLES
from models.domain.operation import SET, VOID
from models.domain.reduce import reduce
from tests.disks import OFFICE, OTHER, TOWN, UNITS, WHO, Disk, a_value, applied, merged, why_held

# What the law says, in its own words; whatever is not named here belongs to the creator.
ONLY_THE_COUNTY = {
    "problem": {"closing_stage", "county_number", "city_number", "province_number", "merged_into", "assigned_on",
                "circular", "circular_by"},
    "petition": {"closing_stage", "merged_into"},
    "dispatch": {"judgement", "opinion"},
    "request": {"decision", "decided_on", "opinion"},
    "cycle": set(TABLES["cycle"]),
    "acceptance": set(TABLES["acceptance"]),
}  # fmt: skip
EVERY_RESPONSIBLE_UNIT = {
    "problem": {"pace", "progress", "completed_on", "claimed_on", "planned_on"},
    "petition": {"investigation", "verified", "handling", "finish_state", "orders", "fine_wan", "cases", "talks",
                 "accountability"},
}  # fmt: skip
TRAVELLING = [(table, name) for table in ("problem", "petition") for name, f in TABLES[table].items()
              if f.owner is not Owner.LOCAL]  # fmt: skip


def tried(creator: str, writer: str, table: str, name: str) -> bool:
    """Whether `writer` changes a field of a record that `creator` made and that names 白水镇 and 县住建局."""
    named = {"description": "坏"} if table == "problem" else {"content": "坏"}
    first = Disk(creator)
    record = first.add(table, **named, township="白水镇", cooperating_units="住建局")
    county = Disk("county").take(first)
    if creator != "county":
        county.edit(record, table=table, cooperating_units="住建局")  # makes nobody responsible
    disk = Disk(writer).take(county)
    value = a_value(TABLES[table][name], 7)
    change = disk.write(SET, table, record, record, {name: value})
    seen = merged(record, disk)
    done = name in applied(seen, change.id)
    assert done != (name in why_held(seen, change.id))
    assert done == (seen.records[record].values.get(name) == value)
    return done


@pytest.mark.parametrize(("table", "name"), TRAVELLING)
def test_the_county_writes_every_field(table, name):
    assert tried("county", "county2", table, name)
    assert tried("town", "county", table, name)


@pytest.mark.parametrize(("table", "name"), TRAVELLING)
def test_the_creator_writes_every_field_but_the_countys(table, name):
    allowed = name not in ONLY_THE_COUNTY[table]
    assert tried("town", "town", table, name) == allowed
    assert tried("town", "town2", table, name) == allowed  # its other PC speaks for the unit, too


@pytest.mark.parametrize(("table", "name"), TRAVELLING)
def test_the_responsible_unit_writes_what_the_work_brings(table, name):
    assert tried("county", "town", table, name) == (name in EVERY_RESPONSIBLE_UNIT[table])


@pytest.mark.parametrize(("table", "name"), TRAVELLING)
def test_whoever_works_beside_it_or_not_at_all_writes_no_field(table, name):
    assert not tried("county", "office", table, name)
    assert not tried("county", "other", table, name)
    assert not tried("town", "other", table, name)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(
    ("creator", "writer", "allowed"),
    [
        ("county", "town", True), ("county", "town2", True), ("county", "county2", True), ("town", "town", True),
        ("town", "county", True), ("county", "office", False), ("county", "other", False), ("town", "other", False),
    ],
)  # fmt: skip
def test_parts_are_written_by_the_county_the_creator_and_the_responsible(part, creator, writer, allowed):
    first = Disk(creator)
    record = first.add(description="坏", township="白水镇", cooperating_units="住建局")
    disk = Disk(writer).take(first)
    new = disk.part(part, record, **{n: a_value(f, 5) for n, f in TABLES[part].items()})
    seen = merged(record, disk)
    shown = [r for r in seen.records.values() if r.table == part and r.created]
    countys = set() if writer.startswith("county") else ONLY_THE_COUNTY.get(part, set())
    theirs = set(TABLES[part]) - countys
    assert bool(shown) == (allowed and bool(theirs))
    if shown:
        assert shown[0].id == new
        assert shown[0].values == {n: a_value(TABLES[part][n], 5) for n in theirs}
    else:
        assert seen.held


def test_a_measure_of_the_county_is_kept_up_by_the_township_and_not_by_others():
    county = Disk("county")
    record = county.add(description="坏", township="白水镇", cooperating_units="住建局")
    measure = county.part("measure", record, text="拆除")
    for writer, allowed in (("town", True), ("office", False), ("other", False)):
        disk = Disk(writer).take(county)
        disk.edit(measure, table="measure", top=record, done_on="2024-06-01")
        assert ("done_on" in merged(record, disk).records[measure].values) == allowed


def test_whoever_was_ever_responsible_keeps_the_right():
    county = Disk("county")
    record = county.add(description="坏", township="白水镇")
    county.edit(record, township="青石镇")
    town = Disk("town").take(county)
    town.edit(record, progress="移交前已清运")
    assert merged(record, town).records[record].values["progress"] == "移交前已清运"


def test_nobody_makes_himself_responsible():
    county = Disk("county")
    record = county.add(description="坏", township="白水镇")
    other = Disk("other").take(county)
    other.edit(record, township="青石镇", lead_unit="青石镇")
    other.edit(record, progress="我们做的")
    seen = merged(record, other)
    assert seen.records[record].values == {"description": "坏", "township": "白水镇"}
    assert TOWN in seen.ties.responsible
    assert OTHER not in seen.ties.responsible


def test_what_was_only_said_on_one_disk_makes_nobody_responsible():
    county = Disk("county")
    record = county.add(description="坏")
    county.write(SET, "problem", record, record, {"lead_unit": "白水镇"}, ())
    assert not merged(record, county).ties.responsible


@pytest.mark.parametrize(("writer", "allowed"), [("county", True), ("town", True), ("office", True), ("other", False)])
def test_remarks_are_open_to_all_who_are_named(writer, allowed):
    county = Disk("county")
    record = county.add(description="坏", township="白水镇", cooperating_units="县住建局、县水利局")
    disk = Disk(writer).take(county)
    remark = disk.remark(record, "请注意")
    seen = merged(record, disk)
    assert ([o.id for o in seen.remarks] == [remark.id]) == allowed
    assert ("remark" in why_held(seen, remark.id)) != allowed


@pytest.mark.parametrize("field", ["supervising_unit", "responsible_units", "cooperating_units"])
def test_supervising_and_further_responsible_units_work_beside_it(field):
    county = Disk("county")
    record = county.add(**{"description": "坏", "township": "白水镇", field: "住建局"})
    ties = merged(record, county).ties
    assert OFFICE in ties.cooperating
    assert set(ties.responsible) == {TOWN}


@pytest.mark.parametrize(
    ("creator", "writer", "allowed"),
    [("county", "town", False), ("town", "town", True), ("town", "county", True), ("town", "other", False)],
)
def test_a_record_is_voided_by_its_creators_unit_or_the_county(creator, writer, allowed):
    first = Disk(creator)
    record = first.add(description="坏", township="白水镇")
    disk = Disk(writer).take(first)
    void = disk.void(record)
    seen = merged(record, disk)
    assert (seen.records[record].void_from == "2024-06-30") == allowed
    assert ("void" in why_held(seen, void.id)) != allowed


@pytest.mark.parametrize(("writer", "allowed"), [("town", False), ("county", True)])
def test_what_has_no_maker_is_voided_by_the_county_alone_not_even_by_whoever_reported_it(writer, allowed):
    first = Disk("town")
    record = first.add(description="坏", township="白水镇")
    month = first.part("dispatch", record, month="2024-05", progress="已清")
    disk = Disk(writer).take(first)
    void = disk.write(VOID, "dispatch", month, record, {"void": "2024-06-30"})
    seen = merged(record, disk)
    assert (seen.records[month].void_from == "2024-06-30") == allowed
    assert ("void" in why_held(seen, void.id)) != allowed


@pytest.mark.parametrize("writer", ["county", "town", "town2", "office"])
def test_the_internal_note_is_written_by_everybody_and_counts_on_that_disk_alone(writer):
    county = Disk("county")
    record = county.add(description="坏", township="白水镇", cooperating_units="住建局")
    disk = Disk(writer).take(county)
    disk.write(SET, "problem", record, record, {"internal_note": "只给自己看"}, ())
    assert disk.reduced(record).records[record].values["internal_note"] == "只给自己看"
    assert "internal_note" not in Disk("county").take(disk).reduced(record).records[record].values


def test_a_note_that_travels_all_the_same_and_a_shared_field_that_does_not_are_held():
    town = Disk("town")
    record = town.add(description="坏")
    loud = town.write(SET, "problem", record, record, {"internal_note": "说出去"})
    quiet = town.write(SET, "problem", record, record, {"person": "张三"}, ())
    seen = merged(record, town)
    assert seen.records[record].values == {"description": "坏"}
    assert set(why_held(seen, loud.id)) == {"internal_note"}
    assert set(why_held(seen, quiet.id)) == {"person"}


def test_units_are_the_countys_alone():
    from models.domain.unit import derived_id

    town, county = Disk("town"), Disk("county")
    record = derived_id("unit", "361021199")
    town.edit(record, table="unit", code="361021199", kind="township", name="假镇")
    seen = merged(record, town)
    assert not any(r.created for r in seen.records.values())
    county.edit(record, table="unit", code="361021199", kind="township", name="真镇")
    assert merged(record, town, county).records[record].values["name"] == "真镇"


# ------------------------------------------------------------------------------------------- values that fit


@pytest.mark.parametrize(
    ("type_", "good", "bad"),
    [
        (Type.TEXT, ["", "字", "长" * 32_000], ["长" * 32_001, 1, True, ["字"], {"a": 1}]),
        (Type.LIST, ["大气；水"], [["大气", "水"], 1]),
        (
            Type.DATE,
            ["2024-02-29"],
            ["2024-2-29", "2024-02-30", "2023-02-29", "2024-13-01", "", "20240229", 20240229, "2024-02-29\n"],
        ),
        (Type.MONTH, ["2024-05"], ["2024-5", "2024-00", "2024-13", "2024-05-01", ""]),
        (Type.NUMBER, [0, -3, 2.5, 999_999_999_999_999], [True, "3", 1e15, float("nan"), float("inf"), 10**400]),
        (Type.COUNT, [0, 3], [-1, 2.0, True, 10**9, "3"]),
    ],
)
def test_a_value_fits_its_field_or_it_is_not_applied(type_, good, bad):
    field = Field("x", "某栏", type_)
    assert all(owner.fits(field, value) for value in [*good, None])
    assert [value for value in bad if owner.fits(field, value)] == []


@pytest.mark.parametrize(
    ("value", "fits"),
    [
        ([], True),
        ([["", "none"], ["2024-05-12", "closed"]], True),
        ([["2024-05-12", "closed"], ["", "none"]], False),
        ([["2024-05-12", "closed"], ["2024-05-12", "none"]], False),
        ([["2024-02-30", "closed"]], False),
        ([["2024-05-12", "销号"]], False),
        ([["2024-05-12"]], False),
        ([["2024-05-12", "closed", "x"]], False),
        ([["2024-05-12", 1]], False),
        ([[]], False),
        ([None], False),
        ("closed", False),
        ({"2024-05-12": "closed"}, False),
    ],
)
def test_dated_events_fit_where_they_are_in_order_and_known(value, fits):
    assert owner.fits(TABLES["problem"]["closing_stage"], value) == fits


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.dates().map(str),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=6,
)


@given(st.sampled_from([(t, n) for t in TABLES for n in TABLES[t]]), json_values)
def test_whatever_json_stands_in_an_operation_the_fold_does_not_fail(where, value):
    table, name = where
    town = Disk("town")
    record = town.add(description="坏", township="白水镇")
    if table in PARTS:
        key = {KEYS[table]: a_value(TABLES[table][KEYS[table]])} if table in KEYS else {}
        town.part(table, record, **{**key, name: value})
    else:
        town.write(SET, table, record, record, {name: value})
    seen = reduce(record, town.of(record), WHO)
    for shown in seen.records.values():
        assert all(owner.fits(TABLES[shown.table][n], v) for n, v in shown.values.items())


def test_every_unit_of_this_file_is_known():
    assert WHO.resolve("临江县住建局") == OFFICE
    assert WHO.resolve("青石镇") == OTHER
    assert set(WHO.units) == set(UNITS)
