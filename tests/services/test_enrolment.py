"""Enrolment: a request, an approval, 24 digits by telephone; and what is refused on the way."""

from __future__ import annotations

import shutil
from hashlib import sha256

import pytest

from models.services.base.refusals import CountyOnly
from models.services.base.units import BadUnit
from models.services.exchange.enrolment import (
    AlreadyEnrolled,
    FingerprintDiffers,
    OtherUnit,
    UnknownUnit,
)
from models.services.opening import open_office, set_up
from models.sync.refusals import NotAnEnrolmentRequest, NotAWelcome, NotSealedForUs
from tests.offices import COUNTY, TOWN, lived_in

NEW = "361021150"


@pytest.fixture(scope="module")
def lived(county_folder):
    def live(world):
        world["county"].units.add("township", "新塘乡人民政府", NEW)
        set_up(world.folder / "new", "township", "新塘乡", NEW, clock=world.clock).close()

    with lived_in(county_folder, live) as world:
        yield world


@pytest.fixture
def new(lived, world):
    """A township that works alone so far; the county has it on its list."""
    world.codes["new"] = NEW
    return world["new"]


def answered(world, office, code=NEW):
    stick = world.stick()
    return world["county"].enrolment.approve(office.enrolment.request(stick), code, stick)


def test_the_registers_of_both_sides_say_that_a_request_and_a_welcome_went_over(world, new):
    def lines(office):
        return [(e.way, e.unit, e.result, e.said) for e in office.exchange.register().lines if e.said]

    welcome = answered(world, new)
    new.enrolment.accept(welcome.path)
    assert lines(new) == [("in", COUNTY, "imported", "欢迎包"), ("out", "", "written", "登记申请")]
    mine = [line for line in lines(world["county"]) if line[1] == NEW]
    assert mine == [("out", NEW, "written", "欢迎包"), ("in", NEW, "approved", "登记申请")]
    there, here = new.exchange.register().lines[0], world["county"].exchange.register().lines[0]
    assert there.sha256 == here.sha256 == sha256(welcome.path.read_bytes()).hexdigest()
    assert (there.file, there.number) == (here.file, here.number)


def test_what_was_written_alone_arrives_after_enrolment(world, new):
    record = new.records.add("problem", {"description": "登记前写的", "internal_note": "内部"})["id"]
    new.records.add_dispatch(record, {"month": "2024-05", "progress": "登记前"})
    new.records.edit("problem", record, {"remark": "登记前备注"})
    assert new.records.show("problem", record)["exchange"] == "unreported"
    assert not new.here.enrolled
    waiting = world["county"].records.add("problem", {"description": "县里等着的", "township": "新塘乡"})["id"]
    done = new.enrolment.accept(answered(world, new).path)
    assert done.operations > 0
    assert done.county == "临江县环委办"
    assert new.records.show("problem", waiting)["township"] == NEW
    assert new.records.show("problem", record)["created_by"] == NEW
    report = world.send("new", "county")
    assert (report.created, report.refused_operations, report.held) == (1, 0, 0)
    there = world["county"].records.show("problem", record)
    assert (there["progress"], there["township_name"]) == ("登记前", "新塘乡人民政府")
    assert [r["text"] for r in there["remarks"]] == ["登记前备注"]
    world.send("county", "new")
    assert world.agree("new")
    assert world.sound("new", "county") == []


def test_the_digits_are_the_same_on_both_sides_and_stay_so(world, new):
    answer = answered(world, new)
    done = new.enrolment.accept(answer.path, answer.fingerprint)
    assert done.fingerprint == answer.fingerprint == new.here.fingerprint
    assert sum(sign.isdigit() for sign in answer.fingerprint) == 24
    assert new.here.enrolled
    assert (new.here.county, new.here.name) == ("临江县环委办", "新塘乡人民政府")
    again = open_office(world.home("new"), clock=world.clock)
    assert again.here == new.here
    again.close()


@pytest.mark.parametrize(
    "spoil", [lambda d: d[:-1] + str((int(d[-1]) + 1) % 10), lambda d: d[:-1], lambda _: "", lambda _: "0" * 24]
)
def test_other_digits_enrol_nothing(world, new, spoil):
    answer = answered(world, new)
    before = world.dump("new")
    with pytest.raises(FingerprintDiffers) as refused:
        new.enrolment.accept(answer.path, spoil(answer.fingerprint))
    assert "本机数据未改动" in refused.value.message
    assert world.dump("new") == before
    assert not new.here.enrolled
    typed = answer.fingerprint.replace(" ", "-").translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert new.enrolment.accept(answer.path, typed).operations > 0


def test_a_second_time_is_refused(world, new):
    answer = answered(world, new)
    new.enrolment.accept(answer.path)
    before = world.dump("new")
    for again in (lambda: new.enrolment.accept(answer.path), lambda: new.enrolment.request(world.stick())):
        with pytest.raises(AlreadyEnrolled):
            again()
    with pytest.raises(AlreadyEnrolled):
        world["county"].enrolment.accept(answer.path)
    assert world.dump("new") == before


def test_a_request_with_another_code_is_refused(world, new):
    stick = world.stick()
    asked = new.enrolment.request(stick)
    before = world["county"].exchange.digest()
    with pytest.raises(OtherUnit) as refused:
        world["county"].enrolment.approve(asked, TOWN, stick)
    assert NEW in refused.value.message
    assert TOWN in refused.value.message
    assert world["county"].exchange.digest() == before
    assert [p.name for p in stick.glob("*.hgb")] == [asked.name]


def test_a_unit_that_is_not_on_the_list_is_refused(world, tmp_path):
    stranger = set_up(tmp_path / "x", "township", "天外乡", "999", clock=world.clock)
    asked = stranger.enrolment.request(tmp_path)
    stranger.close()
    with pytest.raises(UnknownUnit) as refused:
        world["county"].enrolment.approve(asked, "999", tmp_path)
    assert "单位名单" in refused.value.way_out


def test_nobody_is_enrolled_under_the_countys_own_code(world, tmp_path):
    """A township certificate with the county's code would be neither the one nor the other."""
    mole = set_up(tmp_path / "x", "township", "临江县环委办", COUNTY, clock=world.clock)
    asked = mole.enrolment.request(tmp_path)
    mole.close()
    before = world["county"].exchange.digest()
    with pytest.raises(BadUnit):
        world["county"].enrolment.approve(asked, COUNTY, tmp_path)
    assert world["county"].exchange.digest() == before


def test_only_the_county_approves(world, new):
    with pytest.raises(CountyOnly):
        world["town"].enrolment.approve(new.enrolment.request(world.stick()), NEW, world.stick())


def test_what_is_no_request_or_no_answer_is_said(world, new, tmp_path):
    package = world.written("county", "town").path
    with pytest.raises(NotAnEnrolmentRequest):
        world["county"].enrolment.approve(package, TOWN, tmp_path)
    with pytest.raises(NotAWelcome):
        new.enrolment.accept(package)
    with pytest.raises(Exception, match="S1") as refused:
        new.enrolment.accept(new.enrolment.request(tmp_path))
    assert refused.value.code in ("S112", "S110")


def test_the_answer_opens_on_the_pc_that_asked_alone(world, new):
    answer = answered(world, new)
    second = set_up(world.folder / "second", "township", "新塘乡", NEW, clock=world.clock)
    with pytest.raises(NotSealedForUs):
        second.enrolment.accept(answer.path)
    assert not second.here.enrolled
    second.close()


def test_an_answer_that_was_tampered_with_enrols_nothing(world, new):
    answer = answered(world, new)
    raw = bytearray(answer.path.read_bytes())
    for at in (50, 400, 900, len(raw) - 10):
        broken = bytearray(raw)
        broken[at] ^= 1
        answer.path.write_bytes(broken)
        with pytest.raises(Exception, match=r"\[S1"):
            new.enrolment.accept(answer.path)
    assert not new.here.enrolled
    assert new.desk.root is None
    answer.path.write_bytes(raw)
    assert new.enrolment.accept(answer.path).operations > 0


def test_asking_twice_is_no_harm(world, new):
    stick = world.stick()
    asked = [new.enrolment.request(stick) for _ in range(2)]
    assert asked[0] != asked[1]
    answers = [world["county"].enrolment.approve(path, NEW, stick) for path in asked]
    assert answers[0].fingerprint == answers[1].fingerprint
    new.enrolment.accept(answers[0].path)  # the older one
    assert [u.devices for u in world["county"].units.list() if u.code == NEW] == [1]
    world.round("new")
    assert world.agree("new")


def test_a_request_carries_names_and_public_keys_only(world, new):
    new.records.add("problem", {"description": "秘密的问题"})
    asked = new.enrolment.request(world.stick())
    raw = asked.read_bytes()
    assert "秘密".encode() not in raw
    card = world["county"].exchange.inspect(asked)
    assert (card.state, card.sender, card.sender_name) == ("enrol", NEW, "新塘乡")
    assert card.fingerprint == answered(world, new).fingerprint


def test_a_stranger_s_name_turns_no_line_of_ours(world, new):
    with new.desk.ledger.write() as connection:
        new.desk.remember(connection, name="白水镇\u202e\n" * 30)
    card = world["county"].exchange.inspect(new.enrolment.request(world.stick()))
    assert card.sender_name == "白水镇" * 8
    assert card.message == f"{card.sender_name}（{NEW}）申请登记"


def test_a_second_pc_of_a_unit_gets_the_whole_scope_at_once(world):
    record = world["town"].records.add("problem", {"description": "第一台写的"})["id"]
    world.round("town")
    third = set_up(world.folder / "third", "township", "白水镇", TOWN, clock=world.clock)
    world._open["third"], world.codes["third"] = third, TOWN
    third.enrolment.accept(answered(world, third, TOWN).path)
    assert third.records.show("problem", record)["description"] == "第一台写的"
    assert world.agree("third")
    third.records.edit("problem", record, {"progress": "第三台写的"})
    world.round("third", "town")
    assert world["town"].records.show("problem", record)["progress"] == "第三台写的"


def test_a_county_cannot_be_changed(world, tmp_path):
    foreign = set_up(tmp_path / "c", "county", "望江县环委办", "361099", clock=world.clock)
    foreign.units.add("township", "白水镇", TOWN)
    with pytest.raises(AlreadyEnrolled):
        world["town"].enrolment.request(tmp_path)
    copy = tmp_path / "t"
    town = set_up(copy, "township", "白水镇", TOWN, clock=world.clock)
    answer = foreign.enrolment.approve(town.enrolment.request(tmp_path), TOWN, tmp_path)
    with pytest.raises(AlreadyEnrolled):
        world["town"].enrolment.accept(answer.path)
    shutil.rmtree(copy / "staging", ignore_errors=True)
    foreign.close()
    town.close()
