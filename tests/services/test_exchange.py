"""The exchange between real homes over folders as sticks: there and back, also of two PCs of one unit."""

from __future__ import annotations

from collections import Counter

import pytest

from models.errors import LedgerError
from tests.offices import COUNTY, OFFICE, OTHER, TOWN
from tests.services.problems import a_problem, has, seen


def test_a_package_that_never_reached_its_stick_was_not_written(world):
    """The stick was pulled out, or somebody cancelled: nobody waits for a receipt of what lies in the outbox."""

    def peer():
        (county,) = [p for p in world["town"].exchange.peers() if p.unit == COUNTY]
        return county

    record = world["town"].records.add("problem", {"description": "坏"})["id"]
    before = peer()
    gone = world.stick() / "gone"
    gone.parent.mkdir(parents=True, exist_ok=True)
    gone.write_text("no folder")
    with pytest.raises(LedgerError):
        world["town"].exchange.export(gone)
    assert seen(world, "town", record)["exchange"] == "unreported"
    assert (peer().waiting, peer().unacknowledged) == (1, 0)
    assert peer() == before  # the last one that went out neither
    world.send("town", "county")
    assert seen(world, "county", record)["description"] == "坏"


def test_a_problem_goes_out_progress_comes_back_and_a_verdict_goes_out_again(world):
    record = a_problem(world, deadline="2024年底前")
    world.send("county", "town")
    town = world["town"].records
    assert town.show("problem", record)["deadline"] == "2024-12-31"
    town.add_dispatch(record, {"month": "2024-05", "progress": "已清运", "pace": "ahead"})
    measure = town.add_measure(record, {"text": "拆除", "person": "张三"})["measures"][0]["id"]
    town.edit_measure(record, measure, {"done_on": "2024-06-01"})
    town.edit("problem", record, {"completed_on": "2024-06-01", "remark": "请验收"})
    report = world.send("town", "county")
    assert (report.result, report.created, report.updated, report.conflicts, report.held) == ("imported", 0, 1, 0, 0)
    there = seen(world, "county", record)
    assert (there["pace"], there["progress"], there["completed_on"]) == ("ahead", "已清运", "2024-06-01")
    assert there["measures"] == [
        {
            "text": "拆除",
            "unit": None,
            "person": "张三",
            "due": None,
            "done_on": "2024-06-01",
            "kind": None,
            "id": measure,
        }
    ]
    assert [(d["month"], d["progress"]) for d in there["dispatches"]] == [("2024-05", "已清运")]
    assert [(r["text"], r["unit"]) for r in there["remarks"]] == [("请验收", TOWN)]
    world["county"].records.edit("problem", record, {"closing_stage": "closed", "closed_on": "2024-06-10"})
    world.send("county", "town")
    assert (seen(world, "town", record)["closing_stage"], seen(world, "town", record)["closed_on"]) == (
        "closed", "2024-06-10",
    )  # fmt: skip
    assert not seen(world, "town", record)["review"]
    assert world.agree("town")
    assert world.sound("county", "town") == []


def test_the_record_tells_how_far_it_is_reported(world):
    record = world["town"].records.add("problem", {"description": "自查"})["id"]

    def state(name="town"):
        return seen(world, name, record)["exchange"]

    assert state() == "unreported"
    package = world.written("town")
    assert state() == "exported"
    world.taken("county", package)
    assert state() == "exported"
    assert state("county") == "received"  # nothing of it was written there
    world.send("county", "town")
    assert state() == "received"
    world["town"].records.edit("problem", record, {"progress": "清运"})
    assert state() == "unreported"
    assert [p.waiting for p in world["town"].exchange.peers() if p.unit == COUNTY] == [1]
    world["town"].records.edit("problem", record, {"internal_note": "只给自己"})
    world.round("town")
    assert state() == "received"


def test_status_counts_what_waits_and_what_is_under_way(world):
    world.round("town")
    world["town"].records.add("problem", {"description": "一"})
    (peer,) = [p for p in world["town"].exchange.peers() if p.unit == COUNTY]
    assert (peer.waiting, peer.unacknowledged) == (1, 0)
    written = world.written("town")
    (peer,) = [p for p in world["town"].exchange.peers() if p.unit == COUNTY]
    assert (peer.waiting, peer.unacknowledged, peer.last_out_number) == (0, 1, written.number)
    world.taken("county", written)
    world.send("county", "town")
    (peer,) = [p for p in world["town"].exchange.peers() if p.unit == COUNTY]
    assert (peer.waiting, peer.unacknowledged) == (0, 0)
    of_county = {p.unit: p for p in world["county"].exchange.peers()}
    assert set(of_county) == {TOWN, OTHER, OFFICE}
    assert of_county[TOWN].devices == 2
    assert of_county[TOWN].last_in_number == written.number


def test_a_verdict_on_older_progress_is_flagged_on_all_sides(world):
    record = a_problem(world)
    world.round("town")
    world["town"].records.edit("problem", record, {"progress": "又堆了"})
    world["county"].records.edit("problem", record, {"closing_stage": "closed"})
    world.round("town")
    assert seen(world, "county", record)["review"]
    assert seen(world, "town", record)["review"]
    world["county"].records.edit("problem", record, {"closing_stage": "none"})
    world.round("town")
    assert not seen(world, "county", record)["review"]


def test_a_voided_record_keeps_the_work_and_is_listed_for_review(world):
    record = a_problem(world)
    world.round("town")
    world["town"].records.edit("problem", record, {"progress": "刚写的"})
    world["county"].records.void("problem", record, "重复")
    world.round("town")
    for name in ("county", "town"):
        there = seen(world, name, record)
        assert there["void"] == "2024-06-15"
        assert there["progress"] == "刚写的"
        assert there["review"]
        assert not has(world, name, record)


def test_importing_writes_no_operation(world):
    """Law 7: else every exchange makes work for the next, and digests never meet."""
    a_problem(world, cooperating_units="住建局")
    world.round()
    world.round()
    for name in ("county", "town", "town2", "other", "office"):
        before = world[name].exchange.digest()
        written = world.written(name, "town" if name == "county" else None)
        assert (written.operations, world[name].exchange.digest()) == (0, before)


# ------------------------------------------------------------------------------------------- two PCs of one unit


def test_two_pcs_of_one_township_meet_through_the_county(world):
    record = a_problem(world)
    world.round("town", "town2")
    world["town"].records.edit("problem", record, {"progress": "甲说"})
    world["town2"].records.edit("problem", record, {"progress": "乙说", "pace": "ahead"})
    reports = world.round("town", "town2") + world.round("town", "town2")
    assert [r.conflicts for r in reports] == [0, 1, 1, 1, 0, 0, 0, 0]  # at the county, then at each of them, once
    for name in ("town", "town2", "county"):
        (conflict,) = world[name].conflicts.list()
        assert (conflict.record, conflict.field) == (record, "progress")
        assert sorted(h.value for h in conflict.heads) == ["乙说", "甲说"]
        assert seen(world, name, record)["pace"] == "ahead"
    world["town"].conflicts.settle(conflict.id, value="合并")
    world.round("town", "town2")
    for name in ("town", "town2", "county"):
        assert world[name].conflicts.list() == ()
        assert seen(world, name, record)["progress"] == "合并"
    assert world.agree("town", "town2")


def test_a_package_goes_straight_to_the_other_pc(world):
    record = world["town"].records.add("problem", {"description": "一"})["id"]
    package = world.written("town", "town2")
    assert package.to == TOWN
    assert world.taken("town2", package).created == 1
    assert has(world, "town2", record)
    assert world.written("town2").operations == 1  # it will bring it to the county, too
    assert world.taken("other", package).code == "S104"
    assert world.taken("county", package).code == "S104"


def test_what_only_the_other_pc_of_the_unit_has_is_not_reported(world):
    record = world["town"].records.add("problem", {"description": "一"})["id"]
    world.written("town", "town2")
    assert seen(world, "town", record)["exchange"] == "unreported"
    world.send("town", "town2")
    world.send("town2", "town")  # which acknowledges it
    assert seen(world, "town", record)["exchange"] == "unreported"


def test_the_same_value_from_both_is_no_conflict(world):
    record = a_problem(world)
    world.round("town", "town2")
    for name in ("town", "town2"):
        world[name].records.edit("problem", record, {"progress": "已清运"})
    world.round("town", "town2")
    world.round("town", "town2")
    assert world["county"].conflicts.list() == world["town"].conflicts.list() == ()


def test_a_pc_that_is_silent_for_long_waits_and_catches_up_when_it_speaks(world):
    """Live is who was heard within the last five packages of its siblings; others open it and ignore its digest."""
    record = a_problem(world)
    world.send("county", "town")
    for n in range(6):
        world["town"].records.edit("problem", record, {"progress": str(n)})
        world.round("town")
    package = world.written("county", "town")
    addressed = world["town"].exchange.read(package.path).header.complete_for
    assert addressed == (world["town"].desk.settings["device"],)
    report = world.taken("town2", package)
    assert (report.result, report.fork) == ("imported", False)
    assert world.written("town2").operations == 0  # what it knows of the county, it still believes
    assert not has(world, "town2", record)  # for it, the record went by in packages that it never saw
    world.send("town2", "county")
    package = world.written("county", "town")
    assert len(world["town"].exchange.read(package.path).header.complete_for) == 2
    world.taken("town2", package)
    assert seen(world, "town2", record)["progress"] == "5"
    assert world.agree("town2")


def test_thirty_packages_in_one_folder_are_thirty_imports_and_a_bad_one_stops_none(world):
    """As on the day before the monthly report: oldest first for each sender, each whole or not at all."""
    folder = world.stick()
    names = ("town", "other", "office")
    for number in range(10):
        for name in names:
            if name != "office":
                world[name].records.add("petition", {"content": f"{name}第{number}件"})
            world[name].exchange.export(folder, with_files=False)
    bad = max(folder.glob(f"hg_{TOWN}_*.hgb"), key=lambda path: path.stat().st_mtime_ns)  # the last of them
    bad.write_bytes(bad.read_bytes()[:-9])
    reports = world["county"].exchange.bring_in([folder])
    assert Counter(report.result for report in reports) == {"imported": 29, "refused": 1}
    assert [r.path for r in reports if r.result == "refused"] == [bad]
    for code in (TOWN, OTHER):
        numbers = [report.number for report in reports if report.sender == code]
        assert numbers == sorted(numbers)
    assert sum(report.created for report in reports) == 19
    assert len(world.dump("county")["petition"]) == 19
    world.send("town", "county")  # says once more what was in the bad one
    assert len(world.dump("county")["petition"]) == 20
    assert all(r.result == "already" for r in world["county"].exchange.bring_in([folder]) if r.path != bad)
