"""A second PC of the county: taken up by the first, equal in all but the root key; and what a stopped one leaves."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.progress import Silent
from models.services.base.units import BadUnit
from models.services.exchange.enrolment import AlreadyEnrolled, NotEnrolled
from models.services.opening import set_up
from models.store import relation
from models.store.schema import refused
from models.sync.keyfile import load_county_keys
from models.sync.meta import decode
from models.sync.refusals import NoRootKey
from tests.offices import COUNTY, TOWN

NAME = "临江县环委办"


@pytest.fixture
def second(world):
    """The leader's PC beside the clerk's."""
    office = set_up(world.home("second"), "county", NAME, COUNTY, join=True, clock=world.clock)
    world._open["second"], world.codes["second"] = office, COUNTY
    return office


@pytest.fixture
def joined(world, second):
    world["county"].records.add("problem", {"description": "县里的", "township": "白水镇"})
    world["town"].records.add("problem", {"description": "镇里的"})
    world.round("town")
    stick = world.stick()
    answer = world["county"].enrolment.approve(second.enrolment.request(stick), COUNTY, stick)
    second.enrolment.accept(answer.path, answer.fingerprint)
    return second


def texts(world, name):
    return {r["description"]: r["progress"] for r in world[name].records.list("problem")[1]}


def between(world, *pairs):
    for one, other in pairs:
        package = world[one].exchange.export(world.stick(), [world.codes[other]]).packages[0]
        assert world.taken(other, package).result == "imported"


def secrets_in(world, package, reader):
    trusted = world[reader].exchange.read(package.path)
    with trusted.open(world[reader].desk.keys, world[reader].desk.staging, Silent()) as opened:
        return decode(opened.meta).secrets


def test_a_pc_that_waits_for_its_welcome_is_sound_and_one_whose_keys_are_gone_is_not(joined, world):
    waits = set_up(world.home("third"), "county", NAME, COUNTY, join=True, clock=world.clock)
    world._open["third"] = waits
    assert waits.care.check(deep=True).ok
    joined.desk.county_file.unlink()
    assert not joined.care.check().ok


def test_what_it_wrote_before_it_joined_is_the_countys_work_too(world, second):
    assert not second.here.enrolled
    with pytest.raises(NotEnrolled):
        second.exchange.export(world.stick(), [TOWN])
    early = second.records.add("problem", {"description": "登记前写的", "township": "白水镇"})["id"]
    stick = world.stick()
    answer = world["county"].enrolment.approve(second.enrolment.request(stick), COUNTY, stick)
    second.enrolment.accept(answer.path, answer.fingerprint)
    between(world, ("second", "town"))
    assert world["town"].records.show("problem", early)["description"] == "登记前写的"
    report = world.send("town", "county")  # by the township, with the stamp of the second PC
    assert report.refused_operations == 0
    assert world["county"].records.show("problem", early)["description"] == "登记前写的"


def test_it_holds_the_whole_ledger_and_the_secret_but_not_the_root_key(world, joined):
    assert texts(world, "second") == texts(world, "county") == {"县里的": None, "镇里的": None}
    assert joined.exchange.digest() == world["county"].exchange.digest()
    mine, first = joined.desk.county_keys, world["county"].desk.county_keys
    assert mine.all_secrets == first.all_secrets
    assert (mine.has_root, mine.root_public) == (False, first.root_public)
    assert load_county_keys(joined.desk.county_file).all_secrets == first.all_secrets
    with pytest.raises(AlreadyEnrolled):
        joined.enrolment.request(world.stick())
    new = set_up(world.home("x"), "township", "白水镇", TOWN, clock=world.clock)
    asked = new.enrolment.request(world.stick())
    new.close()
    before = world.dump("second")
    with pytest.raises(NoRootKey):
        joined.enrolment.approve(asked, TOWN, world.stick())
    assert world.dump("second") == before


def test_both_exchange_with_everybody_and_with_each_other(world, joined):
    new = joined.records.add("problem", {"description": "第二台写的", "township": "白水镇"})["id"]
    between(world, ("second", "town"))
    world["town"].records.edit("problem", new, {"progress": "镇里回的"})
    world.round("town")
    between(world, ("county", "second"), ("second", "county"))
    assert texts(world, "second") == texts(world, "county") == texts(world, "town")
    assert joined.exchange.digest() == world["county"].exchange.digest()
    assert world.agree("town")
    assert COUNTY in {p.to for p in world["county"].exchange.export(world.stick()).packages}
    assert world.sound("second", "county", "town") == []


def test_of_two_deadlines_of_the_county_a_township_is_told_and_not_asked_to_choose(world, joined):
    (record,) = [r["id"] for r in joined.records.list("problem")[1] if r["description"] == "县里的"]
    for name, day in (("county", "2024-12-15"), ("second", "2024-12-20")):
        world[name].records.edit("problem", record, {"deadline": day})
    world["town"].records.edit("problem", record, {"progress": "镇里写的"})
    world["county"].records.edit("problem", record, {"progress": "县里代填的"})
    first = world.send("county", "town")
    assert (first.conflicts, first.to_choose) == (1, 1)
    assert first.message.endswith("1 处需要您选择。")
    report = world.taken("town", joined.exchange.export(world.stick(), [TOWN]).packages[0])
    assert (report.conflicts, report.to_choose) == (1, 0)
    assert report.message.endswith("1 处由负责的单位选定，您不用选。")
    assert [c.field for c in world["town"].conflicts.list() if not c.mine] == ["deadline"]
    assert world.taken("county", joined.exchange.export(world.stick(), [COUNTY]).packages[0]).to_choose == 1


def test_no_township_is_ever_sent_the_secret(world, joined):
    assert secrets_in(world, world["county"].exchange.export(world.stick(), [COUNTY]).packages[0], "second")
    assert not secrets_in(world, world.written("county", "town"), "town")
    own = world["town"].exchange.export(world.stick(), [TOWN]).packages[0]
    assert not secrets_in(world, own, "town2")


def test_a_county_pc_is_for_the_county_alone(world, second):
    asked = second.enrolment.request(world.stick())
    with pytest.raises(Exception, match="S210"):
        world["county"].enrolment.approve(asked, TOWN, world.stick())
    mole = set_up(world.home("mole"), "county", "白水镇", TOWN, join=True, clock=world.clock)
    with pytest.raises(BadUnit):
        world["county"].enrolment.approve(mole.enrolment.request(world.stick()), TOWN, world.stick())
    mole.close()


def test_stopping_a_county_pc_makes_a_new_secret_that_reaches_the_others(world, joined):
    third = set_up(world.home("third"), "county", NAME, COUNTY, join=True, clock=world.clock)
    world._open["third"], world.codes["third"] = third, COUNTY
    answer = world["county"].enrolment.approve(third.enrolment.request(world.stick()), COUNTY, world.stick())
    third.enrolment.accept(answer.path)
    world["county"].devices.revoke(joined.here.device)
    keys = world["county"].desk.county_keys
    assert (keys.current, len(keys.secrets)) == (2, 2)
    package = world["county"].exchange.export(world.stick(), [COUNTY]).packages[0]
    assert world.taken("second", package).code == "S105"
    assert third.exchange.preview(package.path).result == "imported"
    assert third.desk.county_keys.current == 1, "a look keeps nothing"
    assert world.taken("third", package).result == "imported"
    assert third.desk.county_keys.current == 2
    assert load_county_keys(third.desk.county_file).all_secrets == keys.all_secrets
    record = third.records.add("problem", {"description": "新密钥下写的", "township": "白水镇"})["id"]
    between(world, ("third", "town"))
    assert world.send("town", "county").refused_operations == 0
    assert world["county"].records.show("problem", record)["description"] == "新密钥下写的"


def forged_by_the_thief(world, text):
    """An operation in the county's name that a township took from a stopped county PC before it knew."""
    record = world["second"].records.add("problem", {"description": text, "township": "白水镇"})["id"]
    between(world, ("second", "town"))
    return record


def believed_of(world, name):
    """The digest of what the county believes of a PC, with what it refused from it."""
    with world["county"].desk.ledger.read() as connection:
        return relation.known_digest(connection, bytes.fromhex(world[name].here.device))


def test_what_only_an_old_secret_vouches_for_waits_for_a_decision(world, joined):
    world["county"].devices.revoke(joined.here.device)
    record = forged_by_the_thief(world, "贼写的")
    report = world.send("town", "county")
    assert report.aside >= 1
    assert report.refused_operations == 0
    assert "由您决定" in report.message
    assert "贼写的" not in texts(world, "county")
    (kept,) = world["county"].aside.list()
    assert (kept.what, kept.unit, kept.operations) == ("operations", TOWN, report.aside)
    world.round("town")
    assert "贼写的" not in texts(world, "county")
    assert sum(k.operations for k in world["county"].aside.list()) == report.aside  # once, however often it comes
    before = world.dump("county")
    seen = world["county"].aside.look(kept.id)
    assert (seen.created, seen.updated) == (1, 0)
    assert seen.message == "预览（还没有写入）：接收 1 条改动，新增 1 条，更新 0 条。"
    assert [(line.what, line.title) for line in seen.changes] == [("new", "贼写的")]
    assert world.dump("county") == before
    believed = believed_of(world, "town")
    world["county"].aside.take(kept.id)
    assert world["county"].aside.list() == ()
    assert believed_of(world, "town") == believed, "who brought it has it: nothing is sent again for that"
    assert world["county"].records.show("problem", record)["description"] == "贼写的"
    for _ in range(2):
        world.round("town")
    assert world.agree("town")
    assert world.sound("county", "town") == []
    with world["county"].desk.ledger.read() as connection:
        assert not connection.scalars(select(refused.c.sha)).all()


def test_old_stamps_from_a_pc_of_the_county_are_taken(world, joined):
    """Whoever joins after a new secret was made gets all work under the old ones."""
    world["county"].devices.revoke(joined.here.device)
    third = set_up(world.home("third"), "county", NAME, COUNTY, join=True, clock=world.clock)
    world._open["third"], world.codes["third"] = third, COUNTY
    answer = world["county"].enrolment.approve(third.enrolment.request(world.stick()), COUNTY, world.stick())
    third.enrolment.accept(answer.path)
    assert third.aside.list() == ()
    assert third.exchange.digest() == world["county"].exchange.digest()
    assert third.desk.county_keys.current == 2


def test_a_county_put_back_to_before_it_stopped_a_pc_gets_its_later_work_back(world, joined):
    with world.restored("county"):
        world["county"].devices.revoke(joined.here.device)
        late = world["county"].records.add("problem", {"description": "停用以后写的", "township": "白水镇"})["id"]
        world.send("county", "town")
    assert world["county"].desk.county_keys.current == 1
    world.send("county", "town")  # from which the township sees that the county has lost something
    report = world.send("town", "county")
    assert report.refused_operations == 0
    assert world["county"].records.show("problem", late)["description"] == "停用以后写的"
    assert world["county"].desk.county_keys.current == 2
    assert load_county_keys(world["county"].desk.county_file).current == 2
    assert joined.here.device in {d.id for d in world["county"].devices.list() if d.revoked}
