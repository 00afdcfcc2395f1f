"""A county that lost its PC comes back from a sheet of paper: with a backup, or from what the townships hold."""

from __future__ import annotations

import shutil

import pytest

from models.services.base.refusals import CountyOnly
from models.services.exchange.incoming import NothingThere
from models.services.home.recovery import OnlyPaper, OtherCode, PrintedSheet
from models.services.home.restoring import OfAnotherDevice, restore
from models.services.opening import set_up
from models.sync import recovery
from models.sync.keyfile import load_county_keys
from models.sync.keys import make_county_keys
from models.sync.refusals import SheetMistyped, SheetOfOther
from tests.offices import COUNTY, TOWN

NAME = "临江县环委办"


def sheet(world, to):
    path = world["county"].recovery.write(to / "单子.txt", lambda _: b"")
    return path.read_text("utf-8-sig")


@pytest.fixture
def typed(world, tmp_path):
    return sheet(world, tmp_path)


@pytest.fixture
def lost(world, tmp_path, typed):
    """Work of both sides; then the county's PC is gone, a backup and old sticks are left."""
    world["county"].records.add("problem", {"description": "县里的", "township": "白水镇"})
    record = world["town"].records.add("problem", {"description": "镇里的"})["id"]
    world.round("town", "other")
    world["county"].records.edit("problem", record, {"closing_stage": "closed"})
    world.round("town", "other")
    backup = world["county"].care.backup(tmp_path)
    stick = [world.written("town").path, world.written("other").path]
    world.close("county")
    shutil.rmtree(world.home("county"))
    world._open["county"] = set_up(world.home("county"), "county", NAME, COUNTY, join=True, clock=world.clock)
    return record, backup, stick


def same_as_before(world, record):
    shown = world["county"].records.show("problem", record)
    assert (shown["closing_stage"], shown["created_by"]) == ("closed", TOWN)
    assert {r["description"] for r in world["county"].records.list("problem")[1]} == {"县里的", "镇里的"}


def test_the_sheet_says_whose_it_is_and_how_to_keep_it(world, tmp_path):
    paper = world["county"].recovery.paper()
    assert NAME in paper.line
    assert world["county"].here.device[:8].upper() in paper.foot
    assert "2024-06-15" in paper.foot
    text = sheet(world, tmp_path)
    for word in ("保险柜", "不要拍照", "县密钥恢复单", COUNTY):
        assert word in text
    assert (tmp_path / "单子.txt").stat().st_mode & 0o077 == 0
    keys = world["county"].desk.county_keys
    assert set(recovery.read(text).all_secrets) == set(keys.all_secrets)
    assert (
        world["county"].recovery.write(tmp_path / "a.pdf", lambda p: p.title.encode()).read_bytes()
        == paper.title.encode()
    )
    with pytest.raises(OnlyPaper):
        world["county"].recovery.write(tmp_path / "a.docx", lambda _: b"")


def test_it_is_due_until_it_was_written_and_again_after_a_new_secret(world, tmp_path):
    office = set_up(tmp_path / "x", "county", "望江县环委办", "361099", clock=world.clock)
    assert office.recovery.due
    office.recovery.write(tmp_path / "a.txt", lambda _: b"")
    assert not office.recovery.due
    office.devices.renew()  # the device that it was is stopped, and knows the old secret
    assert office.recovery.due
    office.close()
    assert not world["town"].recovery.due


def test_a_county_comes_back_from_its_sheet_and_the_townships(world, lost, typed):
    record, _, stick = lost
    county = world["county"]
    assert not county.here.enrolled
    county.recovery.restore(typed)
    assert county.here.enrolled
    assert world.taken("county", stick[0]).code == "S105"  # it was written to the PC that is gone
    assert set(county.recovery.meet([stick[0].parent, stick[1]])) == {"白水镇人民政府", "青石镇"}
    for _ in range(2):
        world.round("town", "other")
    same_as_before(world, record)
    assert world.agree("town", "other")
    assert county.aside.list() == ()
    assert world["town"].records.edit("problem", record, {"progress": "照旧"})
    world.round("town")
    assert county.records.show("problem", record)["progress"] == "照旧"
    assert world.sound("county", "town", "other") == []


def test_the_sheet_that_was_written_for_the_printer_is_not_read_letter_by_letter(world, lost, tmp_path):
    path = tmp_path / "单子.pdf"
    path.write_bytes(b"%PDF-1.4\n" + bytes(range(256)) * 99)
    with pytest.raises(PrintedSheet) as refused:
        world["county"].recovery.restore_from(path)
    assert "逐行录入" in refused.value.way_out
    assert not world["county"].here.enrolled


def test_a_county_that_was_founded_anew_with_a_wrong_code_is_told_by_the_covers(world, lost, typed):
    """Its packages would name another unit, and those of the townships would never be for it."""
    stick = lost[2]
    world.close("county")
    shutil.rmtree(world.home("county"))
    world._open["county"] = set_up(world.home("county"), "county", NAME, "361099", join=True, clock=world.clock)
    county = world["county"]
    county.recovery.restore(typed)
    before = world.dump("county")
    with pytest.raises(OtherCode) as refused:
        county.recovery.meet(stick)
    assert COUNTY in refused.value.message
    assert COUNTY in refused.value.way_out
    assert "361099" in refused.value.message
    assert world.dump("county") == before
    assert [unit.code for unit in county.units.list()] == ["361099"]


def test_a_county_comes_back_from_its_sheet_and_a_backup(world, lost, typed):
    record, backup, _ = lost
    device = world["county"].here.device
    world.close("county")
    with pytest.raises(OfAnotherDevice):
        restore(world.home("county"), backup, clock=world.clock)
    world["county"].recovery.restore(typed)
    world.close("county")
    restore(world.home("county"), backup, clock=world.clock)
    assert world["county"].here.device == device
    assert world["county"].here.enrolled
    same_as_before(world, record)
    for _ in range(2):
        world.round("town", "other")
    assert world.agree("town", "other")
    assert world.sound("county") == []


def test_a_backup_from_before_new_keys_goes_on_under_them(world, tmp_path):
    record = world["county"].records.add("problem", {"description": "换密钥前写的"})["id"]
    backup = world["county"].care.backup(tmp_path)
    world["county"].devices.renew()
    device = world["county"].here.device
    world.close("county")
    restore(world.home("county"), backup, clock=world.clock)
    assert world["county"].here.device == device
    assert world["county"].records.show("problem", record)["description"] == "换密钥前写的"
    for _ in range(3):
        world.round("town")
    assert world.agree("town")


def test_what_was_copied_wrongly_restores_nothing(world, lost, typed):
    before = world.dump("county")
    wrong = typed.replace("01  ", "01  7" if "01  7" not in typed else "01  8", 1)
    with pytest.raises(SheetMistyped) as refused:
        world["county"].recovery.restore(wrong)
    assert "第 1 行" in refused.value.message
    assert world.dump("county") == before
    assert not world["county"].desk.county_file.exists()


def test_a_further_pc_of_the_county_gets_the_root_key_from_the_sheet(world, typed, tmp_path):
    second = set_up(world.home("second"), "county", NAME, COUNTY, join=True, clock=world.clock)
    stick = world.stick()
    second.enrolment.accept(world["county"].enrolment.approve(second.enrolment.request(stick), COUNTY, stick).path)
    device = second.here.device
    (copied := tmp_path / "抄.txt").write_text(typed, encoding="utf-8")
    second.recovery.restore_from(copied)
    assert second.here.device == device
    assert load_county_keys(second.desk.county_file).has_root
    new = set_up(world.home("x"), "township", "白水镇", TOWN, clock=world.clock)
    assert second.enrolment.approve(new.enrolment.request(stick), TOWN, stick).fingerprint
    for office in (second, new):
        office.close()


def test_who_may_not_is_told(world, typed, tmp_path):
    town = world["town"].recovery
    for act in (town.paper, lambda: town.restore(typed), lambda: town.meet([])):
        with pytest.raises(CountyOnly):
            act()
    foreign = "\n".join(recovery.lines(make_county_keys()))
    with pytest.raises(SheetOfOther):
        world["county"].recovery.restore(foreign)
    with pytest.raises(NothingThere):
        world["county"].recovery.meet([tmp_path])
