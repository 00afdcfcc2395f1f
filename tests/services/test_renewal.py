"""New keys for a PC whose disk was copied: its data stay, its old name is stopped, and the county knows it anew."""

from __future__ import annotations

import shutil

import pytest

from models.services.exchange.devices import AlreadyRenewed, NotYetEnrolled
from models.services.exchange.enrolment import NotEnrolled
from models.services.opening import open_office, set_up
from models.sync.keyfile import has_passphrase
from models.sync.refusals import ForeignCounty, PassphraseNeeded
from tests.offices import TOWN


def this(world, name):
    (found,) = [d for d in world[name].devices.list() if d.this]
    return found


def test_a_copied_disk_gets_keys_of_its_own(world):
    town = world["town"]
    record = town.records.add("problem", {"description": "旧密钥写的"})["id"]
    world.round("town")
    world.clone("town", "copy")
    old = world["town"].here.device
    late = world["town"].records.add("problem", {"description": "旧密钥写的，还没报送"})["id"]
    world["town"].devices.renew()
    assert world["town"].here.device != old
    assert not world["town"].here.enrolled
    world["town"].records.edit("problem", record, {"progress": "等批准时写的"})
    with pytest.raises(NotEnrolled):
        world["town"].exchange.export(world.stick())
    with pytest.raises(AlreadyRenewed):
        world["town"].devices.renew()
    world.close("town")  # and is opened again, with the new keys
    stick = world.stick()
    answer = world["county"].enrolment.approve(world["town"].enrolment.request(stick), TOWN, stick)
    world["town"].enrolment.accept(answer.path, answer.fingerprint)
    assert world["town"].here.enrolled
    stopped = {d.id: d.revoked for d in world["county"].devices.list() if d.unit == TOWN}
    assert stopped[old]
    assert not stopped[world["town"].here.device]
    for _ in range(2):
        world.round("town")
    shown = world["county"].records.show("problem", record)
    assert (shown["progress"], shown["created_by"]) == ("等批准时写的", TOWN)
    assert world["county"].records.show("problem", late)["description"] == "旧密钥写的，还没报送"
    assert [one.record for one in world["county"].aside.late()] == [late]
    assert world.agree("town")
    assert world.taken("county", world.written("copy")).code == "S122"
    assert world.sound("town", "county") == []


def test_a_pc_learns_that_its_disk_looks_copied(world):
    with world.restored("town"):
        world.round("town")
    assert world.send("town", "county").fork
    assert this(world, "town").forks == 0
    for _ in range(2):  # told once more with the next package, and counted once
        world.send("county", "town")
    assert this(world, "town").forks == 1
    world["town"].devices.fork_seen()
    assert this(world, "town").forks == 0
    world.send("county", "town")
    assert this(world, "town").forks == 0


def test_a_county_with_its_root_key_renews_itself(world):
    old = world["county"].here.device
    record = world["county"].records.add("problem", {"description": "旧密钥写的", "township": "白水镇"})["id"]
    world["county"].devices.renew()
    assert world["county"].here.enrolled
    assert {d.id for d in world["county"].devices.list() if d.revoked} == {old}
    assert world["county"].desk.county_keys.current == 2
    late = world["town"].records.add("problem", {"description": "乡镇还不知道新密钥时写的"})["id"]
    world.round("town")  # the first package still goes to the old keys: the township does not know the new ones
    assert world["county"].records.show("problem", late)["description"] == "乡镇还不知道新密钥时写的"
    assert world["town"].records.show("problem", record)["description"] == "旧密钥写的"
    assert world.agree("town")
    assert [d.revoked for d in world["town"].devices.list() if d.kind == "county"].count(True) == 1


def test_a_former_key_that_cannot_be_read_any_more_stops_nothing(world):
    former = world["county"].desk.device_file
    world["county"].devices.renew()
    former.write_bytes(b"x")
    world.close("county")
    assert world.send("town", "county").code == "S105"  # sealed to what is gone
    world.send("county", "town")
    assert world.send("town", "county").result == "imported"


def test_another_county_cannot_take_up_a_pc_that_waits(world, tmp_path):
    foreign = set_up(tmp_path / "c", "county", "望江县环委办", "361099", clock=world.clock)
    foreign.units.add("township", "白水镇", TOWN)
    world["town"].devices.renew()
    answer = foreign.enrolment.approve(world["town"].enrolment.request(tmp_path), TOWN, tmp_path)
    foreign.close()
    before = world.dump("town")
    with pytest.raises(ForeignCounty):
        world["town"].enrolment.accept(answer.path)
    assert world.dump("town") == before
    assert not world["town"].here.enrolled
    with pytest.raises(ForeignCounty) as refused:
        world["other"].exchange.read(answer.path)
    assert "证书写的是“望江县环委办”" in refused.value.message  # its name once


def test_new_keys_are_under_the_same_passphrase(world, tmp_path):
    office = set_up(
        tmp_path / "x", "county", "望江县环委办", "361099", passphrase="一二三", protect=True, clock=world.clock
    )
    office.devices.renew()
    assert has_passphrase(office.desk.device_file)
    assert has_passphrase(office.desk.county_file)
    device = office.here.device
    office.close()
    again = open_office(tmp_path / "x", passphrase=lambda: "一二三", clock=world.clock)
    assert again.desk.keys.id.hex() == device
    assert len(again.desk.keys.former) == 1
    assert again.desk.county_keys.current == 2
    again.close()
    without = open_office(tmp_path / "x", clock=world.clock)
    with pytest.raises(PassphraseNeeded):
        without.devices.renew()
    without.close()


def test_who_has_no_county_has_nothing_to_renew(world, tmp_path):
    office = set_up(tmp_path / "x", "township", "白水镇", TOWN, clock=world.clock)
    with pytest.raises(NotYetEnrolled):
        office.devices.renew()
    office.close()


def test_a_new_pc_of_a_unit_takes_the_place_of_a_broken_one(world, tmp_path):
    """Whether it gets a copy of the whole folder, or is enrolled as a second PC with nothing in it."""
    record = world["town"].records.add("problem", {"description": "老电脑写的"})["id"]
    world.round("town")
    world.close("town")
    shutil.move(world.home("town"), tmp_path / "copied")
    shutil.copytree(tmp_path / "copied", world.home("town"))
    world["town"].records.edit("problem", record, {"progress": "新电脑写的"})
    reports = world.round("town")
    assert not any(r.fork for r in reports)
    assert world["county"].records.show("problem", record)["progress"] == "新电脑写的"


def test_a_pc_that_was_stopped_is_known_anew_under_new_keys(world):
    """What the county is told when it stops a PC: new keys, a request, and it goes on."""
    record = world["town"].records.add("problem", {"description": "停用前写的"})["id"]
    world.round("town")
    world["county"].devices.revoke(world["town"].here.device)
    world["town"].devices.renew()
    answer = world["county"].enrolment.approve(world["town"].enrolment.request(world.stick()), TOWN, world.stick())
    world["town"].enrolment.accept(answer.path, answer.fingerprint)
    world["town"].records.edit("problem", record, {"progress": "新密钥写的"})
    world.send("town", "county")
    assert world["county"].records.show("problem", record)["progress"] == "新密钥写的"


def test_a_request_stops_no_pc_of_another_unit(world, tmp_path):
    """A request says itself which PC it takes the place of: only one of its own unit."""
    victim = world["other"].here.device
    asking = set_up(tmp_path / "x", "township", "白水镇", TOWN, clock=world.clock)
    with asking.desk.ledger.write() as connection:
        asking.desk.remember(connection, replaces=victim)
    world["county"].enrolment.approve(asking.enrolment.request(tmp_path), TOWN, tmp_path)
    asking.close()
    assert not any(d.revoked for d in world["county"].devices.list() if d.id == victim)
