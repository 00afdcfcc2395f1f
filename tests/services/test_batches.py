"""A package is taken in by batches so that memory stays bounded; how it is cut changes nothing that anybody sees."""

from __future__ import annotations

import gc
from dataclasses import replace

import pytest

from models.progress import Cancelled
from models.services.exchange import intake
from models.sync import ahead
from models.sync import intake as sync_intake


def told(report):
    """What a report says, whatever comes first in it."""
    said = report.message.partition("：")[2]  # before it stands whether it was only tried
    return replace(report, changes=(), message=said), sorted(report.changes, key=repr)


def folded(world, name):
    """The rows that the fold wrote; where their numbers mean nothing, without them."""
    dump = world.dump(name)
    rows = {table: dump[table] for table in ("problem", "remark", "dispatch", "unit")}
    return rows | {table: sorted(row[1:] for row in dump[table]) for table in ("named", "conflict", "held", "granted")}


def history(world):
    """Histories whose operations lie far apart in the package, and a conflict."""
    town, county = world["town"].records, world["county"].records
    ids = [
        town.add("problem", {"description": f"坏{n}", "lead_unit": "新成立的局", "person": "张三"})["id"]
        for n in "一二三"
    ]
    world.send("town", "county")
    world.send("county", "town")
    county.edit("problem", ids[0], {"person": "李四"})
    town.edit("problem", ids[0], {"person": "王五"})
    for one in ids:
        town.edit("problem", one, {"progress": "已清运"})
    town.add_dispatch(ids[0], {"month": "2024-05", "progress": "清运中", "pace": "ahead"})
    town.edit("problem", ids[1], {"remark": "请协调"})
    town.void("problem", ids[2], "重复")
    town.add("problem", {"description": "坏四"})
    return world.written("town")


@pytest.mark.parametrize("size", [1, 2, 5])
def test_an_import_in_small_batches_says_and_does_what_one_batch_does(world, monkeypatch, size):
    package = history(world)
    whole = world["county"].exchange.preview(package.path)
    assert (whole.created, whole.updated, whole.conflicts) == (1, 3, 1)
    with world.restored("county"):
        world.taken("county", package)
        rows = folded(world, "county")
    monkeypatch.setattr(ahead, "AT_ONCE", size)
    assert told(world["county"].exchange.preview(package.path)) == told(whole)
    assert told(world.taken("county", package)) == told(whole)
    assert folded(world, "county") == rows
    assert not world.sound("county")


def test_a_unit_that_comes_after_what_names_it_is_understood(world, monkeypatch):
    """The county's list grows while records that name the unit are on their way in the same package."""
    monkeypatch.setattr(ahead, "AT_ONCE", 1)
    record = world["county"].records.add("problem", {"description": "坏", "township": "白水镇", "lead_unit": "新局"})[
        "id"
    ]
    world["county"].units.add("department", "县新局", "361021999")
    world.send("county", "town")
    assert record in {one["id"] for one in world["town"].records.list("problem")[1]}
    assert not world.sound("town")


def test_an_import_is_not_interrupted_to_look_for_garbage_and_leaves_the_collector_as_it_was(world, monkeypatch):
    world["town"].records.add("problem", {"description": "坏"})
    package = world.written("town")
    resting: list[bool] = []
    look_ahead = intake.look_ahead

    def looked(*given):
        resting.append(not gc.isenabled())
        if len(resting) == 1:
            raise Cancelled
        return look_ahead(*given)

    monkeypatch.setattr(intake, "look_ahead", looked)
    with pytest.raises(Cancelled):
        world["county"].exchange.preview(package.path)
    assert gc.isenabled()
    world["county"].exchange.preview(package.path)
    assert gc.isenabled()
    gc.disable()  # as a window does
    try:
        world.taken("county", package)
        assert not gc.isenabled()
    finally:
        gc.enable()
    assert resting == [True, True, True]


def test_an_operation_that_stands_twice_in_a_package_is_held_and_counted_once(world, monkeypatch):
    world["town"].records.add("problem", {"description": "坏"})
    package = world.written("town")
    once = ahead.batches
    monkeypatch.setattr(sync_intake, "batches", lambda opened: ([*some, *some] for some in once(opened)))
    report = world.taken("county", package)
    assert (report.created, report.refused_operations) == (1, 0)
    assert not world.sound("county")
