"""The fold as a pure function: heads, conflicts, verdicts, what is held and not applied, and what has no say."""

from __future__ import annotations

import pytest

from models.domain.fields import TABLES
from models.domain.limits import HELD_FIELDS, LAM_MAX, NAMES
from models.domain.operation import CERT, PREFIX, REVOKE, SET, next_lam
from models.domain.reduce import reduce, same
from models.domain.unit import derived_id
from tests.disks import COUNTY, OFFICE, OTHER, TOWN, WHO, Disk, a_value, device, everything, merged, registry, why_held


def a_problem(**values):
    """A problem of 白水镇, made by the county, on three disks."""
    county = Disk("county")
    record = county.add(**{"description": "坏", "township": "白水镇"} | values)
    return record, county, Disk("town").take(county), Disk("town2").take(county)


def test_of_an_operation_with_very_many_fields_that_are_not_applied_the_first_are_listed_and_the_rest_counted():
    record, county, town, _ = a_problem()
    change = town.write(
        SET, "problem", record, record, {f"x{n}": n for n in range(HELD_FIELDS + 7)} | {"progress": "进场"}
    )
    seen = merged(record, county, town)
    assert seen.records[record].values["progress"] == "进场"
    listed = [one for one in seen.held if one.operation == change.id]
    assert len({one.field for one in listed}) == len(listed) == HELD_FIELDS + 1
    assert [one.why for one in listed if not one.field] == ["另有 7 栏也没有应用"]


# ------------------------------------------------------------------------------------------- heads


def test_a_later_writer_who_saw_the_value_replaces_it():
    record, county, town, _ = a_problem()
    town.edit(record, progress="进场")
    county.take(town)
    county.edit(record, progress="已清运")
    seen = merged(record, county, town)
    assert seen.records[record].values["progress"] == "已清运"
    assert len(seen.records[record].heads["progress"]) == 1
    assert not seen.conflicts


def test_writers_who_did_not_know_of_each_other_leave_two_values_until_somebody_chooses():
    record, _, town, town2 = a_problem()
    town.edit(record, progress="甲说")
    town2.edit(record, progress="乙说")
    seen = merged(record, town, town2)
    heads = seen.conflicts[record, "progress"]
    assert {h.fields["progress"][0] for h in heads} == {"甲说", "乙说"}
    winner = max(heads, key=lambda o: (o.lam, o.id))
    assert seen.records[record].values["progress"] == winner.fields["progress"][0]
    town.take(town2)
    town.edit(record, progress="合并")
    seen = merged(record, town, town2)
    assert not seen.conflicts
    assert seen.records[record].values["progress"] == "合并"


def test_fields_of_one_record_do_not_disturb_each_other():
    record, _, town, town2 = a_problem()
    town.edit(record, progress="进场")
    town2.edit(record, pace=[["", "ahead"]])
    seen = merged(record, town, town2)
    assert not seen.conflicts
    assert seen.records[record].values["progress"] == "进场"
    assert seen.records[record].values["pace"] == [["", "ahead"]]


def test_the_same_value_from_two_sides_is_no_conflict():
    record, _, town, town2 = a_problem()
    town.edit(record, progress="已清运")
    town2.edit(record, progress="已清运")
    seen = merged(record, town, town2)
    assert not seen.conflicts
    assert len(seen.records[record].heads["progress"]) == 2


def test_values_are_compared_as_json_text():
    assert same("1", "1")
    assert not same(1, "1")
    assert not same(1, 1.0)
    assert not same([["", "closed"]], [["2024-05-12", "closed"]])
    assert not same(None, "")


def test_an_operation_names_what_is_not_here_yet():
    """The predecessor may come later, with an older stick: it is superseded when it comes."""
    record, county, town, _ = a_problem()
    first = town.write(SET, "problem", record, record, {"progress": "一"})
    second = town.write(SET, "problem", record, record, {"progress": "二"})
    late = everything(county, town)
    del late.held[first.id]
    assert late.reduced(record).records[record].values["progress"] == "二"
    late.held[first.id] = first
    seen = late.reduced(record)
    assert [h.id for h in seen.records[record].heads["progress"]] == [second.id]
    assert not seen.conflicts


def test_a_field_that_is_not_applied_supersedes_nothing():
    record, county, town, _ = a_problem(lead_unit="白水镇")
    other = Disk("other").take(county)
    change = other.write(SET, "problem", record, record, {"description": "没有这回事", "progress": "不关我的事"})
    assert all(before for _, before in [change.fields["description"]])  # it names what it saw
    seen = merged(record, county, town, other)
    assert seen.records[record].values["description"] == "坏"
    assert set(why_held(seen, change.id)) == {"description", "progress"}


def test_one_operation_may_be_applied_in_part():
    record, county, town, _ = a_problem()
    change = town.write(SET, "problem", record, record, {"progress": "进场", "description": "改写", "shape": "圆"})
    seen = merged(record, county, town)
    assert seen.records[record].values["progress"] == "进场"
    assert set(why_held(seen, change.id)) == {"description", "shape"}


def test_a_value_that_does_not_fit_is_held_and_supersedes_nothing():
    record, county, town, _ = a_problem()
    town.edit(record, pace=[["", "ahead"]])
    bad = town.write(SET, "problem", record, record, {"pace": "ahead"})
    seen = merged(record, county, town)
    assert seen.records[record].values["pace"] == [["", "ahead"]]
    assert why_held(seen, bad.id) == {"pace": "这个值看不懂"}


def test_a_broken_hash_that_names_itself_away_still_leaves_a_value():
    record, county, town, _ = a_problem()
    one = town.write(SET, "problem", record, record, {"progress": "一"})
    two = town.write(SET, "problem", record, record, {"progress": "二"})
    town.held[one.id] = one._replace(fields={"progress": ("一", (two.prefix,))})
    assert merged(record, county, town).records[record].values["progress"] == "二"


# ------------------------------------------------------------------------------------------- Lamport numbers


def test_the_greatest_lam_is_shown_and_the_id_decides_among_equals():
    record, _, town, town2 = a_problem()
    town.edit(record, person="不算")  # a field of the county: held, and it does not count
    town.edit(record, progress="甲一")
    town.edit(record, progress="甲二")
    late = town2.write(SET, "problem", record, record, {"progress": "乙"})
    heads = merged(record, town, town2).conflicts[record, "progress"]
    assert [h.lam for h in heads] == [2, 3]
    assert late in heads
    assert merged(record, town, town2).records[record].values["progress"] == "甲二"


def test_a_number_at_the_limit_blocks_nothing():
    record, county, town, _ = a_problem()
    town.write(SET, "problem", record, record, {"progress": "顶"}, lam=LAM_MAX)
    county.take(town)
    assert county.reduced(record).lam == LAM_MAX
    county.edit(record, progress="后来")
    seen = merged(record, county, town)
    assert seen.lam == next_lam(LAM_MAX) == LAM_MAX
    assert seen.records[record].values["progress"] == "后来"


def test_what_is_not_applied_does_not_raise_the_number():
    record, county, _, _ = a_problem()
    other = Disk("other").take(county)
    other.write(SET, "problem", record, record, {"progress": "x"}, lam=500)
    assert merged(record, county, other).lam == 1


# ------------------------------------------------------------------------------------------- verdicts


def test_of_two_verdicts_none_is_shown_and_the_weaker_counts():
    record, county, _, _ = a_problem()
    county2 = Disk("county2").take(county)
    county.edit(record, closing_stage=[["2024-05-12", "closed"]])
    county2.edit(record, closing_stage=[["2024-05-12", "closing"]])
    seen = merged(record, county, county2)
    assert seen.records[record].undecided
    assert seen.records[record].values["closing_stage"] == [["2024-05-12", "closing"]]
    assert len(seen.conflicts[record, "closing_stage"]) == 2
    county.take(county2)
    county.edit(record, closing_stage=[["2024-05-12", "closed"]])
    seen = merged(record, county, county2)
    assert not seen.records[record].undecided
    assert seen.records[record].values["closing_stage"] == [["2024-05-12", "closed"]]


def test_two_verdicts_that_agree_are_one():
    record, county, _, _ = a_problem()
    county2 = Disk("county2").take(county)
    for disk in (county, county2):
        disk.edit(record, closing_stage=[["2024-05-12", "closed"]])
    seen = merged(record, county, county2)
    assert not seen.conflicts
    assert not seen.records[record].undecided
    assert seen.records[record].values["closing_stage"] == [["2024-05-12", "closed"]]


# ------------------------------------------------------------------------------------------- void, remarks


def test_a_void_can_be_taken_back_and_differing_voids_are_a_conflict():
    record, county, town, _ = a_problem()
    county2 = Disk("county2").take(county)
    county.void(record, "2024-06-01")
    assert merged(record, county).records[record].void_from == "2024-06-01"
    county2.void(record, "2024-06-15")
    seen = merged(record, county, county2)
    assert (record, "void") in seen.conflicts
    county.take(county2)
    county.void(record, None)
    seen = merged(record, county, county2, town)
    assert seen.records[record].void_from is None
    assert not seen.conflicts


@pytest.mark.parametrize("day", [[["", "closed"]], 20240601, "2024-02-30", "昨天"])
def test_a_void_that_cannot_be_read_is_held(day):
    record, county, _, _ = a_problem()
    void = county.void(record, day)
    seen = merged(record, county)
    assert seen.records[record].void_from is None
    assert set(why_held(seen, void.id)) == {"void"}


def test_remarks_are_entries_in_their_order_and_never_replace_each_other():
    record, county, town, town2 = a_problem()
    town.remark(record, "一")
    town2.remark(record, "二")
    county.take(town, town2)
    county.remark(record, "三")
    seen = merged(record, county, town, town2)
    assert {o.fields["text"][0] for o in seen.remarks[:2]} == {"一", "二"}
    assert seen.remarks[2].fields["text"][0] == "三"
    assert not seen.conflicts


def test_a_remark_without_words_is_held():
    record, county, _, _ = a_problem()
    bad = county.write("remark", "remark", None, record, {"text": ["x"]})
    seen = merged(record, county)
    assert not seen.remarks
    assert set(why_held(seen, bad.id)) == {"remark"}


# ------------------------------------------------------------------------------------------- parts and derived ids


def test_two_who_report_one_month_make_one_dispatch():
    record, county, town, town2 = a_problem()
    for disk, progress in ((town, "甲说"), (town2, "乙说")):
        disk.part("dispatch", record, month="2024-05", progress=progress)
    seen = merged(record, county, town, town2)
    dispatches = [r for r in seen.records.values() if r.table == "dispatch"]
    assert [r.id for r in dispatches] == [derived_id("dispatch", record, "2024-05")]
    assert dispatches[0].created
    assert dispatches[0].creator is None
    assert set(seen.conflicts) == {(dispatches[0].id, "progress")}


def test_an_id_that_is_not_the_hash_of_its_key_is_no_record():
    record, county, town, _ = a_problem()
    wrong = derived_id("dispatch", record, "2024-06")
    town.edit(wrong, table="dispatch", top=record, month="2024-05", progress="错位")
    seen = merged(record, county, town)
    assert not any(r.created for r in seen.records.values() if r.table == "dispatch")


def test_what_is_one_by_nature_is_made_under_no_other_id_and_gets_no_other_key_not_even_by_the_county():
    record, county, town, _ = a_problem()
    month = town.part("dispatch", record, month="2024-05", progress="五月的")
    loose = county.write(SET, "dispatch", None, record, {"month": "2024-05", "progress": "另一份"})
    county.take(town).edit(month, table="dispatch", top=record, month="2024-06")
    seen = merged(record, county, town)
    assert {r.id for r in seen.records.values() if r.table == "dispatch"} == {month}
    assert seen.records[month].values["month"] == "2024-05"
    assert set(why_held(seen, loose.id)) == {""}


def test_what_is_one_by_nature_is_not_made_without_its_key():
    record, county, _, _ = a_problem()
    loose = county.write(SET, "dispatch", None, record, {"progress": "没写是哪个月"})
    seen = merged(record, county)
    assert set(seen.records) == {record}
    assert set(why_held(seen, loose.id)) == {""}


@pytest.mark.parametrize("name", [name for name, known in TABLES["evidence"].items() if known.fixed])
@pytest.mark.parametrize("writer", ["county", "town"])
def test_what_a_file_is_was_said_when_it_was_added_and_is_never_said_anew(writer, name):
    record, county, town, _ = a_problem()
    then, now = (a_value(TABLES["evidence"][name], n) for n in (1, 2))
    photo = town.part("evidence", record, **{name: then})
    disk = Disk(writer).take(county, town)
    change = disk.write(SET, "evidence", photo, record, {name: now, "caption": "换了"})
    seen = merged(record, county, town, disk)
    assert seen.records[photo].values == {name: then, "caption": "换了"}
    assert set(why_held(seen, change.id)) == {name}


def test_a_notice_is_a_paper_of_the_county_alone():
    fake = Disk("town").write(SET, "notice", None, None, {"title": "督办函", "township": "青石镇"})
    seen = reduce(fake.id, [fake], WHO)
    assert not seen.records
    assert set(why_held(seen, fake.id)) == {""}


def test_a_part_waits_for_its_record_and_for_its_creation():
    record, county, town, _ = a_problem()
    measure = town.part("measure", record, text="拆除")
    town.edit(measure, table="measure", top=record, done_on="2024-06-01")
    alone = Disk("county")
    alone.held = {i: o for i, o in town.held.items() if o.record == measure and not o.creates}
    seen = alone.reduced(record)
    assert not any(r.created for r in seen.records.values())
    assert merged(record, county, town).records[measure].values == {"text": "拆除", "done_on": "2024-06-01"}


@pytest.mark.parametrize("lam", [0, 99])
@pytest.mark.parametrize("writer", ["county", "town", "other"])
def test_nobody_turns_a_record_into_one_of_another_table(writer, lam):
    record, county, town, _ = a_problem()
    measure = town.part("measure", record, text="拆除")
    disk = Disk(writer).take(county, town)
    disk.write(SET, "petition", record, record, {"content": "信访"}, lam=lam)
    disk.write(SET, "dispatch", measure, record, {"month": "2024-05"}, lam=lam)
    disk.write("void", "petition", record, record, {"void": "2024-01-01"}, lam=lam)
    seen = merged(record, county, town, disk)
    assert (seen.records[record].table, seen.records[record].created) == ("problem", True)
    assert (seen.records[measure].table, seen.records[measure].created) == ("measure", True)
    assert seen.records[record].values["description"] == "坏"
    assert seen.records[record].void_from is None


def test_a_record_whose_creation_is_not_here_stays_in_the_table_that_was_named_first():
    record, county, _, _ = a_problem()
    part = "ab" * 16
    county.edit(part, table="measure", top=record, text="拆除")
    other = county.write(SET, "evidence", part, record, {"caption": "不是措施"})
    seen = merged(record, county)
    assert (seen.records[part].table, seen.records[part].values) == ("measure", {"text": "拆除"})
    assert set(why_held(seen, other.id)) == {""}


def test_a_record_at_the_top_is_no_part_and_a_part_no_top():
    record, county, town, _ = a_problem()
    measure = county.write(SET, "measure", None, None, {"text": "没有问题的措施"})
    inside = town.write(SET, "problem", None, record, {"description": "问题里的问题"})
    assert not merged(measure.id, county).records
    assert set(why_held(merged(record, county, town), inside.id)) == {""}


# ------------------------------------------------------------------------------------------- grants, county facts


def test_grants_count_from_the_county_alone():
    record, county, town, _ = a_problem()
    county.grant(record, OFFICE, [COUNTY, TOWN])
    stolen = town.grant(record, OTHER, [COUNTY])
    broken = county.write("grant", "grant", None, record, {"unit": OTHER, "of": "all"})
    seen = merged(record, county, town)
    assert seen.grants == [(OFFICE, (COUNTY, TOWN))]
    assert set(why_held(seen, stolen.id)) == set(why_held(seen, broken.id)) == {""}


def test_revocations_count_from_the_county_alone():
    county, town = Disk("county"), Disk("town")
    ours = county.write(REVOKE, "certificate", None, None, {"device": device("town2")}, ("*", COUNTY))
    theirs = town.write(REVOKE, "certificate", None, None, {"device": device("county")})
    assert merged(ours.id, county).revoked.keys() == {device("town2")}
    seen = merged(theirs.id, town)
    assert not seen.revoked
    assert seen.held
    cert = town.write(CERT, "certificate", None, None, {"certificate": "x", "device": device("town2")})
    assert merged(cert.id, town).held


# ------------------------------------------------------------------------------------------- newer programs


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "merge"}, ""),
        ({"table": "drone"}, ""),
        ({"readable": False, "fields": {}}, ""),
        ({"fields": {"odour": (3, ())}}, "odour"),
    ],
)
def test_what_a_newer_program_wrote_is_held_and_waits_for_the_upgrade(changes, field):
    record, county, _, _ = a_problem()
    newer = county.write(SET, "problem", record, record, {"progress": "x"}, **changes)
    seen = merged(record, county)
    assert set(why_held(seen, newer.id)) == {field}
    assert "升级" in why_held(seen, newer.id)[field]
    assert seen.records[record].values == {"description": "坏", "township": "白水镇"}


def test_a_record_whose_creation_is_all_new_is_there_and_empty():
    county = Disk("county")
    record = county.write(SET, "problem", None, None, {"odour": "臭"}).id
    seen = merged(record, county)
    assert seen.records[record].created
    assert seen.records[record].values == {}


def test_the_author_decides_and_is_asked_by_certificate():
    record, county, town, _ = a_problem()
    change = town.write(SET, "problem", record, record, {"progress": "x"}, device="f" * 32)
    seen = merged(record, county, town)
    assert why_held(seen, change.id) == {"": "写入的电脑没有登记"}
    assert "progress" not in seen.records[record].values


def test_nothing_held_is_nothing():
    seen = reduce("0" * 32, [], WHO)
    assert (seen.records, seen.held, seen.review, seen.lam) == ({}, [], False, 0)


def test_a_unit_that_is_added_later_is_understood_then():
    record, county, town, _ = a_problem()
    town.edit(record, progress="进场")
    early = registry({COUNTY: "临江县环委办"})
    seen = reduce(record, everything(county, town).of(record), early)
    assert "progress" not in seen.records[record].values
    assert seen.names == {"白水镇": True}
    assert reduce(record, everything(county, town).of(record), WHO).records[record].values["progress"] == "进场"


def test_names_are_found_by_the_key_that_all_spellings_share():
    record, county, *_ = a_problem(township="临江县白水镇人民政府", cooperating_units="县住建局、青石镇；水利局")
    assert merged(record, county).names == {"白水镇": True, "住建局": False, "青石镇": False, "水利局": False}
    county.edit(record, township=OTHER)
    assert merged(record, county).names["青石镇"]  # by its code, and leading now


def test_a_prefix_is_half_an_id():
    record, _, town, _ = a_problem()
    operation = town.write(SET, "problem", record, record, {"progress": "x"})
    assert operation.prefix == operation.id[:PREFIX]
    assert len(operation.id) == 2 * PREFIX


def test_of_very_many_units_in_one_field_the_last_are_not_responsible():
    county, town = Disk("county"), Disk("town")
    strangers = "；".join(f"单位{at}" for at in range(NAMES))
    record = county.add(description="坏", lead_unit=f"{strangers}；白水镇")
    town.take(county)
    town.edit(record, progress="写不上")
    folded = merged(record, county, town)
    assert folded.ties.responsible == set()
    assert len(folded.names) == NAMES
    assert [held.field for held in folded.held] == ["progress"]
    assert folded.records[record].values["lead_unit"].endswith("白水镇")
