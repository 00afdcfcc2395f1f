"""Random histories of six disks: the fold is a function of the set, and what it says agrees with what disks knew."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.domain.operation import REMARK, SET, VOID
from models.domain.reduce import Reduced, reduce, same
from tests.disks import COUNTY, DISKS, OFFICE, OTHER, TOWN, WHO, Disk, device, everything

DAYS = ("", "2024-04-30", "2024-05-31", "2024-06-30")
VERDICT = "closing_stage"


@dataclass
class World:
    """Six disks and one problem. Whoever syncs holds afterwards what both held."""

    rng: random.Random
    creator: str
    disks: dict[str, Disk] = field(default_factory=dict)
    top: str = ""
    backups: dict[str, dict] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.disks = {name: Disk(name) for name in DISKS}
        maker = self.disks[self.creator]
        self.top = maker.add(description="坏", township="白水镇", cooperating_units="住建局")

    def step(self) -> None:
        disk = self.disks[self.rng.choice(sorted(DISKS))]
        if self.rng.random() < 0.35 or self.top not in disk.held:
            self.sync(disk)
            return
        if self.rng.random() < 0.1:
            self.restore(disk)
            return
        act = self.rng.choice(sorted(ACTS))
        ACTS[act](self, disk)

    def sync(self, disk: Disk) -> None:
        other = self.disks[self.rng.choice(sorted(DISKS))]
        disk.take(other)
        other.take(disk)

    def restore(self, disk: Disk) -> None:
        """A backup comes back, or one is made; what was written since is on other disks, or nowhere."""
        if disk.name in self.backups and self.rng.random() < 0.5:
            disk.held = dict(self.backups[disk.name])
        else:
            self.backups[disk.name] = dict(disk.held)

    def value(self) -> str:
        return self.rng.choice("甲乙丙")

    def day(self) -> str:
        return self.rng.choice(DAYS)


def _part(world: World, disk: Disk) -> None:
    measures = [r for r in disk.reduced(world.top).records.values() if r.table == "measure" and r.created]
    if measures and world.rng.random() < 0.5:
        measure = world.rng.choice(sorted(measures, key=lambda r: r.id)).id
        disk.edit(measure, table="measure", top=world.top, text=world.value())
    else:
        disk.part("measure", world.top, text=world.value())


ACTS = {
    "progress": lambda w, d: d.edit(w.top, progress=w.value()),
    "form": lambda w, d: d.edit(w.top, progress=w.value(), person=w.value(), pace=[[w.day(), "ahead"]]),
    "reassign": lambda w, d: d.edit(w.top, township=w.rng.choice(["白水镇", "青石镇", OTHER, "没有的镇"])),
    "verdict": lambda w, d: d.edit(w.top, closing_stage=[[w.day(), w.rng.choice(["none", "closing", "closed"])]]),
    "void": lambda w, d: d.void(w.top, w.rng.choice([None, "2024-06-30", "2024-07-31"])),
    "remark": lambda w, d: d.remark(w.top, w.value()),
    "note": lambda w, d: d.write(SET, "problem", w.top, w.top, {"internal_note": w.value()}, ()),
    "dispatch": lambda w, d: d.part("dispatch", w.top, month=w.rng.choice(["2024-04", "2024-05"]), progress=w.value()),
    "measure": _part,
    "grant": lambda w, d: d.grant(w.top, w.rng.choice([TOWN, OTHER, OFFICE]), [COUNTY, TOWN]),
    "unfit": lambda w, d: d.edit(w.top, deadline="下个月", pace="ahead"),
    "newer": lambda w, d: d.write("newer", "problem", w.top, w.top, {"x": 1}),
    "elsewhere": lambda w, d: d.write(SET, "petition", w.top, w.top, {"content": w.value()}),
}


def played(seed: int, creator: str, steps: int) -> World:
    world = World(random.Random(seed), creator)
    for _ in range(steps):
        world.step()
    return world


worlds = st.builds(
    played, st.integers(min_value=0, max_value=2**32), st.sampled_from(["county", "town"]),
    st.integers(min_value=10, max_value=80),
)  # fmt: skip


def same_outcome(one: Reduced, other: Reduced) -> bool:
    """Equal in all that rows are made of. (`names` and ties are sets by nature.)"""
    return (
        one.records == other.records and one.remarks == other.remarks and one.grants == other.grants
        and sorted(map(str, one.held)) == sorted(map(str, other.held)) and one.conflicts == other.conflicts
        and one.names == other.names and one.review == other.review and one.lam == other.lam
        and set(one.ties.responsible) == set(other.ties.responsible)
        and set(one.ties.cooperating) == set(other.ties.cooperating) and one.revoked == other.revoked
    )  # fmt: skip


@settings(max_examples=60)
@given(worlds, st.randoms(use_true_random=False))
def test_the_order_in_which_operations_came_does_not_matter(world, rng):
    operations = everything(*world.disks.values()).of(world.top)
    before = reduce(world.top, operations, WHO)
    rng.shuffle(operations)
    assert same_outcome(before, reduce(world.top, iter(operations), WHO))


@settings(max_examples=60)
@given(worlds)
def test_who_holds_the_same_operations_sees_the_same(world):
    disks = list(world.disks.values())
    for disk in (*disks, *disks):
        disk.take(*disks)
        disk.held = {i: o for i, o in disk.held.items() if o.travels}
    first = disks[0].reduced(world.top)
    assert all(same_outcome(first, disk.reduced(world.top)) for disk in disks[1:])


@settings(max_examples=80)
@given(worlds)
def test_every_field_of_every_operation_is_shown_was_replaced_or_is_listed(world):
    operations = everything(*world.disks.values()).of(world.top)
    seen = reduce(world.top, operations, WHO)
    listed = {(h.operation, h.field) for h in seen.held}
    heads = {(h.id, f) for r in seen.records.values() for f, hs in r.heads.items() for h in hs}
    remarks = {o.id for o in seen.remarks}
    for operation in operations:
        if operation.kind not in (SET, VOID, REMARK) or (operation.id, "") in listed:
            continue
        for name in operation.fields:
            shown = "remark" if operation.kind == REMARK else name
            replaced = any(
                operation.prefix in o.fields[name][1] and (o.id, name) not in listed and (o.id, "") not in listed
                for o in operations
                if name in o.fields and o.record == operation.record
            )
            states = [
                (operation.id, shown) in listed,
                (operation.id, name) in heads or operation.id in remarks,
                replaced and operation.kind != REMARK,
            ]
            assert sum(states) == 1, (operation, name, states)


@settings(max_examples=80)
@given(worlds)
def test_heads_with_different_values_are_conflicts_and_nothing_else_is(world):
    seen = reduce(world.top, everything(*world.disks.values()).of(world.top), WHO)
    for record in seen.records.values():
        for name, heads in record.heads.items():
            values = [h.fields[name][0] for h in heads]
            differ = any(not same(values[0], v) for v in values)
            assert ((record.id, name) in seen.conflicts) == differ
            newest = max(heads, key=lambda o: (o.lam, o.id)).fields[name][0]
            if name == "void":
                assert record.void_from == newest
            elif not (differ and name == VERDICT):
                assert same(record.values[name], newest)
            assert not any(h.prefix in o.fields[name][1] for h in heads for o in heads)


def truth(world: World, seen: Reduced) -> bool:
    """Law 14 in words: somebody else's work that the verdict did not see, by one who did not know the verdict."""
    all_of = everything(*world.disks.values())
    work = [o for o in all_of.of(world.top) if o.travels and DISKS_OF[o.device] != COUNTY]
    record = seen.records[world.top]
    for name in ("void", VERDICT):
        flagged = [
            (
                v.fields[name][0],
                any(o.id != v.id and o.id not in all_of.knew[v.id] and v.id not in all_of.knew[o.id] for o in work),
            )
            for v in record.heads.get(name, ())
            if v.fields[name][0] is not None
        ]
        if any(all(flag for value, flag in flagged if same(value, given)) for given, _ in flagged):
            return True
    return False


DISKS_OF = {device(name): unit for name, unit in DISKS.items()}


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(worlds)
def test_the_review_flag_agrees_with_what_every_disk_really_knew(world):
    seen = reduce(world.top, everything(*world.disks.values()).of(world.top), WHO)
    assert seen.review == truth(world, seen)


@pytest.mark.soak
@settings(max_examples=20_000, suppress_health_check=[HealthCheck.too_slow])
@given(worlds, st.randoms(use_true_random=False))
def test_long(world, rng):
    """All of the above, many times."""
    operations = everything(*world.disks.values()).of(world.top)
    seen = reduce(world.top, operations, WHO)
    rng.shuffle(operations)
    assert same_outcome(seen, reduce(world.top, operations, WHO))
    assert seen.review == truth(world, seen)
