"""A stopped PC: nothing is written to it any more, what it writes waits, and what others bring of it is shown."""

from __future__ import annotations

import pytest

from models.progress import Silent
from models.services.base.refusals import CountyOnly
from models.services.exchange.aside import NotAside
from models.services.exchange.devices import AlreadyStopped, LastOfCounty, NoSuchDevice
from models.services.opening import set_up
from models.sync.export import build
from tests.offices import TOWN


def problem(world, name, text):
    return world[name].records.add("problem", {"description": text})["id"]


def listed(world, at, of):
    (found,) = [d for d in world[at].devices.list() if d.id == world[of].here.device]
    return found


@pytest.fixture
def stopped(world):
    """A record of the unit of two PCs; the second of them is stopped, and everybody knows."""
    record = problem(world, "town2", "共有的")
    world.round("town", "town2")
    world["county"].devices.revoke(world["town2"].here.device)
    world.round("town")
    return record


def test_the_county_lists_every_pc(world):
    found = world["county"].devices.list()
    assert [d.this for d in found] == [True, False, False, False, False]
    assert {d.unit_name for d in found} == {"临江县环委办", "白水镇人民政府", "青石镇", "县住建局"}
    assert all(d.live and not d.revoked and d.certified for d in found)
    assert all(bool(d.heard) == (d.packages > 0) == (not d.this) for d in found)


def test_everybody_learns_who_is_stopped_and_nothing_is_written_to_it(world, stopped):
    for at in ("county", "town"):
        one = listed(world, at, "town2")
        assert (one.revoked, one.live) == (True, False)
        assert one.revoked_at
    package = world.written("county", "town")
    assert world.taken("town", package).result == "imported"
    refusal = world.taken("town2", package)
    assert refusal.code == "S105"
    assert "有没有被停用" in refusal.way_out
    assert [u.devices for u in world["county"].units.list() if u.code == TOWN] == [1]
    assert world.sound("county", "town") == []


def test_before_a_package_of_a_stopped_pc_is_read_it_is_said_what_will_become_of_it(world):
    package = world.written("town2")
    county = world["county"]
    assert county.exchange.inspect(package.path).message == "新的数据包，可以导入。"
    county.devices.revoke(world["town2"].here.device)
    said = county.exchange.inspect(package.path)
    assert (said.state, said.message) == ("new", "写这个包的电脑已停用：读入时整包放在一边，由县里决定要不要。")


def test_the_last_one_in_use_is_live_however_long_it_was_silent(world):
    for _ in range(6):
        world.round("town2")
    assert not listed(world, "county", "town").live
    world["county"].devices.revoke(world["town2"].here.device)
    assert listed(world, "county", "town").live
    record = world["county"].records.add("problem", {"description": "新的", "township": "白水镇"})["id"]
    world.send("county", "town")
    assert world["town"].records.show("problem", record)["description"] == "新的"


def test_six_pcs_that_come_in_turn_are_all_live(world):
    """Five siblings that come once each make nobody silent (sync.md 5.4)."""
    for n in range(4):
        name = f"more{n}"
        world._open[name] = set_up(world.home(name), "township", "白水镇", TOWN, clock=world.clock)
        world.codes[name] = TOWN
        answer = world["county"].enrolment.approve(world[name].enrolment.request(world.stick()), TOWN, world.stick())
        world[name].enrolment.accept(answer.path)
    six = ("town", "town2", "more0", "more1", "more2", "more3")
    for _ in range(2):
        for name in six:
            world.send(name, "county")
    assert [d.live for d in world["county"].devices.list() if d.unit == TOWN] == [True] * 6
    record = world["county"].records.add("problem", {"description": "新的", "township": "白水镇"})["id"]
    package = world.written("county", "town")
    for name in six:
        world.taken(name, package)
        assert world[name].records.show("problem", record)["description"] == "新的"


def test_a_new_pc_is_live_before_it_was_ever_heard(world):
    """It was learned of just now: what its sibling brought before that does not count (sync.md 5.4)."""
    for _ in range(6):
        world.send("town", "county")
    world._open["more"] = set_up(world.home("more"), "township", "白水镇", TOWN, clock=world.clock)
    world.codes["more"] = TOWN
    answer = world["county"].enrolment.approve(world["more"].enrolment.request(world.stick()), TOWN, world.stick())
    assert listed(world, "county", "more").live
    world["more"].enrolment.accept(answer.path)
    record = world["county"].records.add("problem", {"description": "新的", "township": "白水镇"})["id"]
    world.taken("town", world.written("county", "town"))
    world.send("town", "county")
    world.send("county", "more")  # the sibling has acknowledged it, and nobody has heard this one yet
    assert world["more"].records.show("problem", record)["description"] == "新的"


def test_its_packages_are_set_aside_whole_and_taken_in_by_a_decision(world, stopped):
    world["town2"].records.edit("problem", stopped, {"progress": "停用后写的"})
    new = problem(world, "town2", "停用后登记的")
    package = world.written("town2")
    before = world.dump("county")
    assert world["county"].exchange.preview(package.path).code == "S122"
    assert world["county"].aside.list() == ()
    for _ in range(2):
        assert world.taken("county", package).code == "S122"
    assert world.dump("county") == before
    (kept,) = world["county"].aside.list()
    assert (kept.what, kept.unit, kept.device, kept.number) == ("package", TOWN, world["town2"].here.device, 4)
    seen = world["county"].aside.look(kept.id[:8])
    assert (seen.created, seen.updated) == (1, 1)
    assert seen.message.startswith("预览（还没有写入）：")
    assert world.dump("county") == before
    package.path.unlink()  # the stick is long gone
    done = world["county"].aside.take(kept.id)
    assert "新增 1 条" in done.message
    assert world["county"].aside.list() == ()
    assert world["county"].records.show("problem", new)["description"] == "停用后登记的"
    assert world["county"].records.show("problem", stopped)["progress"] == "停用后写的"
    assert world["county"].aside.late() == ()  # somebody decided on it already
    world.round("town")
    assert world["town"].records.show("problem", new)["description"] == "停用后登记的"
    assert world.agree("town")
    with pytest.raises(NotAside):
        world["county"].aside.take(kept.id)


def test_files_of_a_stopped_pc_are_refused_and_not_kept(world, stopped, tmp_path):
    """Whoever lacks them asks for them by name: there is nothing to decide."""
    photo = tmp_path / "a.txt"
    photo.write_bytes(b"photo")
    world["town2"].evidence.add("problem", stopped, [photo])
    written = world["town2"].exchange.export(world.stick()).packages
    (volume,) = [p.path for p in written if p.path.suffix == ".hgf"]
    assert world.taken("county", volume).code == "S134"
    assert world["county"].aside.list() == ()


def test_a_township_sets_aside_too_and_does_not_decide(world, stopped):
    package = world["town2"].exchange.export(world.stick(), [TOWN]).packages[0]
    assert world.taken("town", package).code == "S122"
    (kept,) = world["town"].aside.list()
    with pytest.raises(CountyOnly):
        world["town"].aside.take(kept.id)
    with pytest.raises(CountyOnly):
        world["town"].devices.revoke(world["town2"].here.device)


def test_what_others_bring_of_it_is_applied_and_shown(world):
    record = problem(world, "town2", "停用前写的")
    sibling = world["town2"].exchange.export(world.stick(), [TOWN]).packages[0]
    world.taken("town", sibling)
    world["county"].devices.revoke(world["town2"].here.device)
    report = world.send("town", "county")
    assert (report.created, report.refused_operations) == (1, 0)
    (late,) = world["county"].aside.late()
    assert (late.record, late.title, late.device) == (record, "停用前写的", world["town2"].here.device)
    world["county"].aside.seen()
    assert world["county"].aside.late() == ()
    world.send("county", "town")
    assert world.agree("town")


def test_what_others_brought_before_it_was_stopped_is_not_late(world):
    problem(world, "town2", "早就送到的")
    world.send("town2", "town")
    world.send("town", "county")
    world["county"].devices.revoke(world["town2"].here.device)
    assert world["county"].aside.late() == ()


def test_a_package_that_was_in_before_is_still_called_so(world):
    package = world.written("town2")
    world.taken("county", package)
    world["county"].devices.revoke(world["town2"].here.device)
    assert world.taken("county", package).result == "already"
    assert world["county"].aside.list() == ()


def test_a_certificate_revives_nobody(world, stopped):
    """Whether it comes in a package, or by a second approval of the same key."""
    with world["county"].desk.ledger.write() as connection:
        connection.exec_driver_sql("DELETE FROM device WHERE id = ?", (world["town2"].desk.side.device,))
    package = world.written("town2")
    for _ in range(2):  # its certificate is learned from the package itself
        assert world.taken("county", package).code == "S122"
    with world["county"].desk.ledger.write() as connection:
        build(connection, world["county"].enrolment.sending(), TOWN, Silent())
    assert world.taken("town2", world.written("county", "town")).code == "S105"


def test_what_cannot_be_stopped_is_said(world, stopped):
    county = world["county"]
    before = world.dump("county")
    with pytest.raises(LastOfCounty):
        county.devices.revoke(county.here.device)
    with pytest.raises(AlreadyStopped):
        county.devices.revoke(world["town2"].here.device)
    for wanted in ("", "abc", "ffffffff"):
        with pytest.raises(NoSuchDevice):
            county.devices.revoke(wanted)
    assert world.dump("county") == before
