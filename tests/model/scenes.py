"""Short stories for what random histories seldom meet. Each ends with every promise kept, or with a broken one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from tests.model.home import Home
from tests.model.laws import COUNTY, LAM_MAX, SET
from tests.model.package import Answer
from tests.model.truth import promise
from tests.model.villain import Forger
from tests.model.world import World


def disk(world: World, device: str) -> Home:
    """The disk of a device."""
    return next(home for home in world.homes.values() if home.device == device)


def carry(world: World, giver: str, *takers: str) -> None:
    """One stick from a device to others of one unit."""
    homes = [disk(world, taker) for taker in takers]
    world._carry(disk(world, giver), homes, homes[0].unit)


def work(world: World, device: str, name: str = "progress", value: int = 5, record: int = 0) -> None:
    """A form with one field on one of the first records."""
    home = disk(world, device)
    top = world.tops[record]
    world._write(home, SET, {name: value}, world.audience(home, top), top)


def a_sibling_brings_the_work_of_a_new_pc(home_class: type[Home]) -> None:
    """The county's second PC meets a new PC's work on its sibling's stick before it meets the new PC."""
    world = World(0, home_class)
    world.enrol(0, 1)
    new = list(world.homes.values())[-1].device
    carry(world, "C1", "A1", "A2", new)
    for value in range(20):
        work(world, new, value=value)
    carry(world, new, "A1")
    carry(world, "A1", "C2")
    world.close()


def two_verdicts_and_work_after_both(home_class: type[Home]) -> None:
    """A township works on after two county PCs have judged a record apart: neither verdict is flagged."""
    world = World(0, home_class)
    carry(world, "C1", "C2")
    work(world, "C1", "verdict", 1)
    work(world, "C2", "verdict", 0)
    carry(world, "C1", "A1")
    carry(world, "C2", "A1")
    work(world, "A1")
    world.close()
    fold = disk(world, "C1").fold(world.tops[0])
    promise("flags", list(fold.flags.values()) == [False, False], fold.flags)
    promise("shown", fold.shown[world.tops[0], "verdict"] is None)


def a_borrowed_number(home_class: type[Home]) -> None:
    """A villain gives its package the number of its sibling's lost one; the sibling must not think that it arrived."""
    world = World(0, home_class, "forger")
    world.truth.liars.add("A2")
    carry(world, "A1", "C1")
    carry(world, "C1", "A1")
    work(world, "A1")
    lost = world._export(disk(world, "A1"), COUNTY)
    world._import(disk(world, "C1"), replace(world._export(disk(world, "A2"), COUNTY), id=lost.id))
    carry(world, "C1", "A1")
    world.close()


def a_villain_lists_the_packages_of_another(home_class: type[Home]) -> None:
    """A villain calls a package of its sibling older; it is a restored disk's, and must be heard."""
    world = World(0, home_class, "forger")
    world.truth.liars.add("A2")
    world.back_up(2)
    work(world, "C1", "deadline")
    carry(world, "C1", "A1")
    carry(world, "A1", "C1")
    world.restore(0)
    package = world._export(disk(world, "A1"), COUNTY)
    lie = world._export(disk(world, "A2"), COUNTY)
    world._import(disk(world, "C1"), replace(lie, bases=lie.bases | {package.id}))
    world._import(disk(world, "C1"), package)
    promise("a fork is said", "A1" in disk(world, "C1").forks)
    world.close()


def an_older_package_is_not_the_newest(home_class: type[Home]) -> None:
    """An older package comes late; a disk restored to the time between is still seen as a fork."""
    world = World(0, home_class)
    first = world._export(disk(world, "B1"), COUNTY)
    world.back_up(4)
    carry(world, "B1", "C1")
    world._import(disk(world, "C1"), first)
    world.restore(0)
    carry(world, "B1", "C1")
    promise("a fork is said", disk(world, "C1").forks == ("B1",), disk(world, "C1").forks)
    world.close()


def no_undo_after_writing(home_class: type[Home]) -> None:
    """What has been acknowledged on a stick cannot be taken back."""
    world = World(0, home_class)
    carry(world, "A1", "C1")
    work(world, "C1", "deadline")
    carry(world, "C1", "A1")
    package = world._export(disk(world, "A1"), COUNTY)
    disk(world, "A1").undo()
    world._import(disk(world, "C1"), package)
    carry(world, "A1", "C1")
    promise("no undo after writing", disk(world, "A1").held & set(disk(world, "A1").fold(world.tops[0]).operations))
    world.close()


def the_greatest_number(home_class: type[Home]) -> None:
    """A villain writes the greatest Lamport number; work on that record goes on, and can be read."""
    world = World(0, home_class, "forger")
    villain = disk(world, "A2")
    assert isinstance(villain, Forger)
    op = villain.compose(SET, {"progress": 66}, {"A"}, world.tops[0])
    world._enter(villain, replace(op, lam=LAM_MAX))
    carry(world, "A2", "C1")
    carry(world, "C1", "A1")
    work(world, "A1")
    work(world, "A1")
    carry(world, "A1", "C1")
    promise("shown", disk(world, "C1").fold(world.tops[0]).shown[world.tops[0], "progress"] == 5)
    world.close()


def two_disks_with_one_name(home_class: type[Home]) -> None:
    """Of a disk and its clone one has read a package; what the other has not, it is told although its name has it."""
    world = World(0, home_class)
    world.clone(2)
    work(world, "C1", "deadline")
    clone, sibling, county = world.homes[max(world.homes)], disk(world, "A2"), disk(world, "C1")
    world._carry(county, [clone, sibling], "A")
    for home in (clone, sibling):
        world._carry(home, [county], COUNTY)
    world.close()


def a_long_drawer(home_class: type[Home]) -> None:
    """More packages in a row are lost than a header lists: a fork is said, though there is none; nothing is lost."""
    world = World(0, home_class)
    carry(world, "E1", "C1")
    for _ in range(65):
        world._export(disk(world, "E1"), COUNTY)
    world.truth.disturbed.add("E1")
    carry(world, "E1", "C1")
    promise("a fork is said", disk(world, "C1").forks == ("E1",))
    world.close()


def a_refused_operation_that_is_held(home_class: type[Home]) -> None:
    """The villain spoils the stamp of what the county holds: refused from it, held all the same, and counted once."""
    world = World(0, home_class, "forger")
    villain, county = disk(world, "A2"), disk(world, "C1")
    carry(world, "A2", "C1")
    villain.stamps.update(dict.fromkeys(villain.stamps, 1))
    villain.known.clear()
    carry(world, "A2", "C1")
    promise("only the forger is refused", county.refused["A2"] <= county.held and county.refused["A2"])
    promise("counted once", county.refused["A2"] & county.known["A2"])
    promise("no full resend without a fault", not county.doubts)
    world.close()


def a_pc_in_the_drawer(home_class: type[Home]) -> None:
    """A PC that was written off gets a verdict without the work that it saw: no flag, and the digest is not for it."""
    world = World(0, home_class)
    carry(world, "A1", "C1")
    for value in range(5):
        work(world, "A2", value=value)
        carry(world, "A2", "C1")
        carry(world, "C1", "A2")
    work(world, "C1", "verdict", 1)
    package = world._export(disk(world, "C1"), "A")
    promise("complete for the live", package.complete_for == {"A2"}, package.complete_for)
    promise("who is known can read", world._import(disk(world, "A1"), package) is Answer.IMPORTED)
    promise("flags", list(disk(world, "A1").fold(world.tops[0]).flags.values()) == [False])
    world.close()


def six_pcs_of_one_unit(home_class: type[Home]) -> None:
    """Six PCs bring a stick before the county writes one; what the first of them alone has lost is sent again."""
    world = World(0, home_class)
    for _ in range(4):
        world.enrol(0, 1)
    world._round()
    world.back_up(2)
    work(world, "C1")
    carry(world, "C1", *(h.device for h in world.homes.values() if h.unit == "A"))
    world._round()
    world.restore(0)
    world.close()
    promise("a fork is said", "A1" in disk(world, "C1").forks)


def the_last_heard_is_stopped(home_class: type[Home]) -> None:
    """A PC was silent while its sibling brought five sticks; then the sibling is stopped, and it is the only one."""
    world = World(0, home_class)
    carry(world, "B1", "C1")
    for value in range(5):
        work(world, "C1", value=value, record=1)
        carry(world, "B2", "C1")
        carry(world, "C1", "B2")
    world.revoke(0)
    package = world._export(disk(world, "C1"), "B")
    promise("complete for the live", package.complete_for == {"B1"}, package.complete_for)
    world._import(disk(world, "B1"), package)
    promise("nothing is missing", disk(world, "B1").travelling() == disk(world, "C1").scope("B"))
    world.close()


def a_stopped_pc_of_the_county_writes_on(home_class: type[Home]) -> None:
    """It knows the old secret, and a township that has not heard yet brings its verdict: that waits for a person."""
    world = World(0, home_class)
    top = world.tops[0]
    world.revoke(1)
    work(world, "C2", "verdict", 1)
    carry(world, "C2", "A1")
    carry(world, "A1", "C1")
    verdict = next(op for op in disk(world, "A1").fold(top).operations if op.value("verdict") == 1)
    county = disk(world, "C1")
    promise("an old stamp speaks for nobody", verdict not in county.held and verdict not in county.loud)
    county.take_aside()
    promise("shown", county.fold(top).shown[top, "verdict"] == 1)
    world.close()


def the_county_forgets_its_new_secret(home_class: type[Home]) -> None:
    """Its disk is put back to before it stopped a PC of its own; its later work comes home under the later number."""
    world = World(0, home_class)
    world.back_up(0)
    world.revoke(1)
    work(world, "C1", "verdict", 1)
    carry(world, "C1", "A1")
    world.restore(0)
    carry(world, "A1", "C1")
    world.close()
    promise("shown", disk(world, "C1").fold(world.tops[0]).shown[world.tops[0], "verdict"] == 1)


def the_former_unit(home_class: type[Home]) -> None:
    """After a reassignment the new unit has the history, and the old one hears no more of the new one's work."""
    world = World(0, home_class)
    top = world.tops[0]
    work(world, "A1")
    carry(world, "A1", "C1")
    world.reassign(0, next(n for n in range(0, 9, 3) if n % 2))
    carry(world, "C1", "B1")
    work(world, "B1", value=6)
    carry(world, "B1", "C1")
    work(world, "C1", "deadline", 7)
    world.close()
    hands = {unit: {world.truth.facts[op].hand for op in disk(world, f"{unit}1").fold(top).operations} for unit in "AB"}
    promise("the new unit has the history", hands["B"] == {COUNTY, "A", "B"}, hands)
    promise("the old unit hears no more", hands["A"] == {COUNTY, "A"}, hands)


def a_cut_off_newcomer(home_class: type[Home]) -> None:
    """The first PC has new keys; the second took up two PCs that do not know these, and its disk forgot both."""
    world = World(0, home_class)
    world.enrol(1, 0)
    world.enrol(1, 1)
    new = [home.device for home in list(world.homes.values())[-2:]]
    world.renew(0)
    second = disk(world, "C2")
    for op in [op for op in second.held if op.value("device") in new]:
        second.lose(op.top, [op])
    world.truth.disturbed.add("C2")
    hub = world.homes[0]
    promise("cut off", not any(hub.device in disk(world, d).units or d in hub.units for d in new))
    world.close()
    promise("known", set(new) <= set(hub.units))


def nothing_new(home_class: type[Home]) -> None:
    """When everybody has told everybody often enough, packages are empty and still written."""
    world = World(0, home_class)
    work(world, "A1")
    for _ in range(9):
        world._round()
    last = world.ever[-1]
    world._round()
    packages = world.ever[world.ever.index(last) + 1 :]
    promise("the exchange falls silent", packages and not any(package.operations for package in packages))
    world.close()


def a_clone_meets_itself(home_class: type[Home]) -> None:
    """An own package is one that this disk wrote; a clone's is imported, and said."""
    world = World(0, home_class)
    world.clone(0)
    first, second = world.homes[0], world.homes[max(world.homes)]
    package = world._export(first, COUNTY)
    promise("own", world._import(first, package) is Answer.OWN)
    promise("a clone's", world._import(second, package) is Answer.IMPORTED)
    carry(world, "C1", "C2")
    world.close()


SCENES: Mapping[str, Callable[[type[Home]], None]] = MappingProxyType({
    scene.__name__: scene
    for scene in (
        a_sibling_brings_the_work_of_a_new_pc, two_verdicts_and_work_after_both, a_borrowed_number,
        a_villain_lists_the_packages_of_another, an_older_package_is_not_the_newest, no_undo_after_writing,
        the_greatest_number, two_disks_with_one_name, a_long_drawer, a_refused_operation_that_is_held,
        a_pc_in_the_drawer, six_pcs_of_one_unit, the_last_heard_is_stopped, the_former_unit, nothing_new,
        a_stopped_pc_of_the_county_writes_on, the_county_forgets_its_new_secret,
        a_cut_off_newcomer, a_clone_meets_itself,
    )
})  # fmt: skip
