"""One history on real disks in which everything happens that the laws are about, each thing on purpose."""

from __future__ import annotations

import pytest

from tests.model.county import FOLDERS, cast
from tests.model.laws import COUNTY, REMARK, SET, VOID
from tests.model.package import Answer
from tests.model.real_clerks import FILLED
from tests.model.real_world import RealWorld
from tests.offices import OFFICE, OTHER, TOWN, quick_folder

ALL = next(seed for seed in range(60) if cast(seed) == FOLDERS)  # a world with every home in it
FIRST, SECOND, TOWN1, TOWN2, OTHER1, OFFICE1 = range(len(FOLDERS))


@pytest.fixture
def scene(grown_folder):
    with quick_folder() as folder:
        world = RealWorld(ALL, grown_folder, folder)
        yield world
        world.leave()


def carry(world, giver, *takers):
    """One stick from a home to others of one unit; what the last of them says."""
    package = world._export(world.homes[giver], world.homes[takers[0]].unit)
    return [world._import(world.homes[taker], package) for taker in takers][-1]


def record(world, number):
    """A new record of the first township, which the department reads if the number says so."""
    values = {"description": "新的", "township": TOWN, "cooperating_units": OFFICE if number & 2 else ""}
    world._verb(world.homes[FIRST], lambda twin: twin.office.records.add("problem", values))
    return world.tops[-1]


def written(world, kind, unit):
    """The operations of a kind by the hand of a unit."""
    return [op for op, fact in world.truth.facts.items() if (op.kind, fact.hand) == (kind, unit)]


def test_a_copied_disk_is_seen_told_and_gets_new_keys_and_so_does_the_other(scene):
    top = record(scene, 0)
    carry(scene, FIRST, TOWN1, TOWN2)
    scene.copied(0, 0, 0)  # the first township's first PC; the copy gets new keys
    copy = max(scene.homes)
    assert scene.shown_forks == 1
    assert len(scene.renewed) == 1
    scene._fill(scene.homes[TOWN1], top, 6, "progress")
    assert carry(scene, TOWN1, FIRST) is Answer.ASIDE
    scene.renew(0)  # whose name was stopped
    assert scene.homes[TOWN1].device != scene.homes[copy].device
    assert len(scene.homes[TOWN1].former) == len(scene.homes[copy].former) == 1
    assert carry(scene, TOWN1, FIRST) is Answer.IMPORTED
    assert carry(scene, TOWN2, copy) is Answer.IMPORTED  # sealed to its former name by a PC that has not heard
    assert carry(scene, copy, TOWN2) is Answer.IMPORTED
    assert carry(scene, TOWN2, copy) is Answer.IMPORTED
    scene.close()
    late = [op for op in scene.homes[FIRST].held if op.device in scene.renewed and op.value("progress") == "进展6"]
    assert late  # what was written under the stopped name


def test_the_county_stops_its_second_pc_and_its_first_gets_new_keys(scene):
    first, second = scene.homes[FIRST], scene.homes[SECOND]
    top = record(scene, 0)
    carry(scene, FIRST, SECOND)
    scene._revoke(second.device)
    scene._fill(second, top, 1, "closing_stage")
    assert carry(scene, SECOND, TOWN1) is Answer.IMPORTED  # which has not heard that it is stopped
    assert carry(scene, TOWN1, FIRST) is Answer.IMPORTED
    assert first.aside  # the verdict, under the secret that the stopped PC knows
    scene._renew(FIRST)
    scene._fill(first, top, 2, "deadline")
    assert carry(scene, TOWN2, FIRST) is Answer.IMPORTED  # sealed to the keys that it had
    scene.close()
    assert first.secrets == {1, 2, 3}
    assert any(op.value("closing_stage") for op in first.fold(top).operations)


def test_what_crosses_is_listed_and_who_is_named_holds_it(scene):
    county, town, other, office = (scene.homes[slot] for slot in (FIRST, TOWN1, OTHER1, OFFICE1))
    judged, void, moved = (record(scene, number) for number in (2, 0, 2))
    carry(scene, FIRST, TOWN1, TOWN2)
    carry(scene, FIRST, OFFICE1)
    scene._pen(office, judged, lambda pen, history, aud: pen.remark(history, "看过现场", aud))
    scene._fill(town, judged, 1, "progress")
    carry(scene, TOWN1, FIRST)
    scene._fill(county, judged, 1, "closing_stage")  # saw that
    scene._fill(town, judged, 2, "progress")  # did not know the verdict
    scene._verb(county, lambda twin: twin.office.records.void("problem", f"{void:032x}", "误报"))
    scene._fill(town, void, 3, "progress")
    scene._verb(
        county, lambda twin: twin.office.records.edit("problem", f"{moved:032x}", {"progress": FILLED}, why="电话了解")
    )
    scene._verb(county, lambda twin: twin.office.records.edit("problem", f"{moved:032x}", {"township": OTHER}))
    carry(scene, TOWN1, FIRST)
    carry(scene, OFFICE1, FIRST)
    scene.back_up(FIRST)
    carry(scene, FIRST, TOWN1)
    scene._fill(town, judged, 4, "progress")  # knows the verdict
    assert carry(scene, TOWN1, TOWN2) is Answer.IMPORTED  # without the county
    scene.undo(TOWN2)
    scene.close()
    assert scene.undone == 1
    folds = {top: county.fold(top) for top in (judged, void, moved)}
    assert folds[judged].under_review("closing_stage")
    assert folds[void].under_review(VOID)
    assert any(op.saw for op in written(scene, SET, COUNTY))
    assert any(op.after for op in written(scene, SET, TOWN))
    assert folds[judged].remarks == set(written(scene, REMARK, OFFICE))
    assert {op for op in folds[moved].operations if op.aud} <= other.held  # what was written before it was theirs
    assert folds[moved].shown[moved, "progress"] == FILLED
    assert not written(scene, SET, OTHER)
