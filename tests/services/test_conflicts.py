"""Settling: one value, both, several at once, where a township and the county did not know of each other."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.operation import SET, Operation
from models.services.base import conflicts
from models.services.base.refusals import NoRoomForBoth
from tests.offices import COUNTY, TOWN


@pytest.fixture
def apart(world):
    """A problem at the town and at the county, changed by both; returns its id."""

    def _apart(town, county, **values):
        record = world["town"].records.add("problem", {"description": "渣土堆放", "progress": "原来"} | values)["id"]
        world.send("town", "county")
        world["town"].records.edit("problem", record, town)
        world["county"].records.edit("problem", record, county)
        world.send("county", "town")
        return record

    return _apart


def test_both_are_kept_under_the_names_of_their_units(world, apart):
    record = apart({"progress": "已清运一半。"}, {"progress": "请月底前完成。"})
    (conflict,) = world["town"].conflicts.list()
    units = {COUNTY: "临江县环委办：请月底前完成。", TOWN: "白水镇人民政府：已清运一半。"}
    assert sorted(conflict.both.split("\n")) == sorted(units.values())
    world["town"].conflicts.settle(conflict.id, both=True)
    world.send("town", "county")
    for name in ("town", "county"):
        assert not world[name].conflicts.list()
        assert world[name].records.show("problem", record)["progress"] == conflict.both


def test_of_two_pcs_on_which_nobody_signs_in_neither_is_called_this_pc(world):
    """The text travels: 本机 would be another PC for every reader."""
    record = world["county"].records.add("problem", {"description": "渣土堆放", "township": "白水镇"})["id"]
    world.round("town", "town2")
    for name, text in (("town", "清运一半。"), ("town2", "全部清运。")):
        world[name].records.edit("problem", record, {"progress": text})
        world.send(name, "county")
    (conflict,) = world["county"].conflicts.list()
    assert sorted(conflict.both.split("\n")) in (
        ["白水镇人民政府（第 1 台电脑）：清运一半。", "白水镇人民政府（第 2 台电脑）：全部清运。"],
        ["白水镇人民政府（第 1 台电脑）：全部清运。", "白水镇人民政府（第 2 台电脑）：清运一半。"],
    )


def test_lists_are_united(world, apart):
    record = apart({"categories": "水；固废"}, {"categories": "固废；大气"})
    (conflict,) = world["town"].conflicts.list()
    world["town"].conflicts.settle(conflict.id, both=True)
    assert set(world["town"].records.show("problem", record)["categories"].split("；")) == {"水", "固废", "大气"}


def test_of_what_can_be_only_one_both_are_refused_and_nothing_is_changed(world, apart):
    apart({"person": "王秀兰"}, {"person": "周海平"})
    (conflict,) = world["town"].conflicts.list()
    assert conflict.both is None
    with pytest.raises(NoRoomForBoth) as refused:
        world["town"].conflicts.settle(conflict.id, both=True)
    assert "责任人" in refused.value.message
    assert "选一个" in refused.value.way_out
    assert world["town"].conflicts.list() == (conflict,)


def test_several_are_settled_in_one_go_each_by_the_operation_that_was_looked_at(world, apart):
    record = apart(
        {"progress": "镇说", "person": "王秀兰", "phone": "1"}, {"progress": "县说", "person": "周海平", "phone": "2"}
    )
    conflicts = {one.field: one for one in world["town"].conflicts.list()}
    theirs = {name: next(h for h in one.heads if h.unit == COUNTY) for name, one in conflicts.items()}
    ours = {name: next(h for h in one.heads if h.unit == TOWN) for name, one in conflicts.items()}
    world["town"].conflicts.settle(conflicts["phone"].id, head=0)  # meanwhile
    chosen = [
        (conflicts["progress"].id, theirs["progress"].operation),
        (conflicts["person"].id, ours["person"].operation),
        (conflicts["phone"].id, theirs["phone"].operation),
        (conflicts["person"].id, "00" * 16),
        ("nonsense", "00" * 16),
    ]
    assert world["town"].conflicts.settle_many(chosen) == 2
    shown = world["town"].records.show("problem", record)
    assert (shown["progress"], shown["person"]) == ("县说", "王秀兰")
    assert not world["town"].conflicts.list()


def test_an_operation_that_is_no_value_of_the_conflict_settles_nothing(world, apart):
    apart({"person": "王秀兰"}, {"person": "周海平"})
    (conflict,) = world["town"].conflicts.list()
    assert world["town"].conflicts.settle_many([(conflict.id, "00" * 16)]) == 0
    assert world["town"].conflicts.list() == (conflict,)


def said(at, *named):
    """A value, and the ones that its writer saw."""
    fields = {"progress": (f"{at}", tuple(f"{one:016x}" for one in named))}
    return Operation(f"{at:016x}" + "0" * 16, SET, "problem", "f" * 32, "f" * 32, False, fields, (), at, "d")


@given(st.lists(st.sets(st.integers(0, 9), max_size=3), min_size=2, max_size=10), st.sets(st.integers(0, 9)))
def test_what_stood_before_is_the_newest_that_every_value_came_after(graph, chosen):
    known = {
        one.prefix: one for at, named in enumerate(graph) for one in [said(at, *sorted(o for o in named if o < at))]
    }

    def older(one):
        return {deep for name in one.fields["progress"][1] for deep in {name} | older(known[name])}

    some = [one for one in known.values() if one.lam in chosen]
    heads = [one for one in some if not any(one.prefix in older(other) for other in some)]
    if len(heads) > 1:
        common = set.intersection(*map(older, heads))
        newest = max((known[one] for one in common), key=lambda one: one.lam, default=None)
        before = newest.fields["progress"][0] if newest else None
        assert conflicts._before(heads, "progress", known) == before


def test_thousands_of_values_after_a_long_history_are_compared_in_the_time_of_their_number():
    """Every head came after all of the history: each is walked once, not once for every head."""
    many = 4_000
    history = [said(at, *([at - 1] if at else [])) for at in range(many)]
    fork = many // 2
    heads = [said(many + at, many - 1 if at else fork) for at in range(many)]
    known = {one.prefix: one for one in (*history, *heads)}
    start = time.process_time()
    assert conflicts._before(heads, "progress", known) == str(fork)
    assert time.process_time() - start < 1
