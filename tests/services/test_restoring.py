"""A backup is put back whole or not at all; what was there before is kept aside, also where it was damaged."""

from __future__ import annotations

import os
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from models import files
from models.errors import LedgerError
from models.services.base.backups import DAY, kept, make
from models.services.base.desk import LedgerGone
from models.services.exchange.undo import NO_COPY, TooLateToUndo
from models.services.home.restoring import restore
from models.services.home.user_refusals import NotYourRole
from models.services.opening import open_office, set_up
from models.services.views.users import Person
from models.store import sqlite, upgrade
from models.store.ledger import Ledger
from tests.offices import TOWN


@pytest.fixture
def town(world):
    """A township that wrote one record before its backup, and one after."""
    world["town"].records.add("problem", {"description": "备份以前"})
    world.backup = world["town"].care.backup(world.folder / "盘")
    world["town"].records.add("problem", {"description": "备份以后"})
    world.close()
    return world


def test_an_import_of_before_a_backup_is_not_taken_back_once_the_backup_is_put_back(world):
    """The copy before the import is of the ledger that was put aside, which may have other keys by now."""
    world.send("county", "town")
    assert world["town"].exchange.last_import().why_not == ""
    backup = world["town"].care.backup(world.folder / "盘")
    world.close()
    restore(world.home("town"), backup, clock=world.clock)
    assert world["town"].exchange.last_import().why_not == NO_COPY
    with pytest.raises(TooLateToUndo):
        world["town"].exchange.undo()


def titles(world, name="town"):
    return sorted(r["description"] for r in world[name].records.list("problem")[1])


def refusal(world, file, name="town"):
    """The code of a refusal that changed nothing."""
    world.close()
    before = world.dump(name)
    world.close()
    with pytest.raises(LedgerError) as refused:
        restore(world.home(name), file, clock=world.clock)
    assert world.dump(name) == before
    world.close()
    assert not list((world.home(name) / "staging").iterdir())
    assert any(word in refused.value.message for word in ("未改动", "没有改动", "没有做任何改动"))
    return refused.value.code


def test_where_there_are_users_an_admin_puts_a_backup_back(town):
    """A backup from before there were users must not be the way round them."""
    users = town["town"].users
    users.add("管平", (), "0000")
    users.sign_in("管平", "0000")
    users.add("审二", ("reviewer",), "2222")
    assert refusal(town, town.backup) == "U101"
    with pytest.raises(NotYourRole):
        restore(town.home("town"), town.backup, clock=town.clock, identify=lambda: ("审二", "2222"))
    with pytest.raises(NotYourRole):
        restore(town.home("town"), town.backup, clock=town.clock, person=Person("审二", frozenset({"reviewer"})))
    restore(town.home("town"), town.backup, clock=town.clock, identify=lambda: ("管平", "0000"))
    assert titles(town) == ["备份以前"]
    assert town["town"].users.list() == ()


def test_the_present_is_kept_aside_and_can_be_put_back_too(town):
    aside = restore(town.home("town"), town.backup, clock=town.clock)
    assert titles(town) == ["备份以前"]
    assert [one.why for one in kept(town["town"].desk)] == ["restore"]
    town.close()
    restore(town.home("town"), aside, clock=town.clock)
    assert titles(town) == ["备份以前", "备份以后"]
    assert town.sound("town") == []


def test_a_number_that_was_given_after_the_backup_is_not_given_again(town):
    """It may stand on a paper, or at the county, from where its record comes back."""

    def numbers(table):
        return {record["number"] for record in town["town"].records.list(table)[1]}

    town["town"].records.add("source", {"name": "砂石厂", "township": TOWN})
    given = numbers("problem") | numbers("source")
    for _ in range(2):  # the backup, once more the backup: each knows of all before it
        town.close()
        restore(town.home("town"), town.backup, clock=town.clock)
        new = {
            town["town"].records.add("problem", {"description": "恢复以后"})["number"],
            town["town"].records.add("source", {"name": "另一家", "township": TOWN})["number"],
        }
        assert not new & given
        given |= new
    assert [number.split("-")[-2] for number in sorted(given)] == [
        "0001",
        "0002",
        "0003",
        "0004",
        "0001",
        "0002",
        "0003",
    ]


def test_a_restore_in_the_middle_of_everything_is_healed_by_exchanging(town):
    """Operations on the way both ways, a package lost, a conflict open, a share being granted: then the backup."""
    town.round("town", "town2", "other")
    record = next(r["id"] for r in town["county"].records.list("problem")[1] if r["description"] == "备份以后")
    town["county"].records.edit("problem", record, {"township": "青石镇", "deadline": "2024-12-31"})
    town["town"].records.edit("problem", record, {"progress": "镇里"})
    town["town2"].records.edit("problem", record, {"progress": "第二台"})
    town.send("town2", "county")
    late = town.written("county", "town")
    town.written("town")  # lost on its way
    town.close()
    restore(town.home("town"), town.backup, clock=town.clock)
    town.taken("town", late)
    town["town"].records.add("problem", {"description": "恢复以后"})
    for _ in range(3):
        town.round("town", "town2", "other")
    assert town.agree("town", "town2", "other")
    assert titles(town) == ["备份以前", "备份以后", "恢复以后"]
    assert town["other"].records.show("problem", record)["progress"] == "第二台", (
        "what never left the lost disk is lost"
    )
    assert town.sound() == []


def test_what_is_no_backup_of_this_home_is_refused(town, tmp_path):
    home = town.home("town")
    none = tmp_path / "a.db"
    assert refusal(town, none) == "S304"
    for content in (b"", b"x" * 5000, b"SQLite format 3\0" + bytes(4000)):
        none.write_bytes(content)
        assert refusal(town, none) == "H111"
    assert refusal(town, home) == "H111"
    other = town["other"].care.backup(tmp_path)
    assert refusal(town, other) == "H112"
    sibling = town["town2"].care.backup(tmp_path)
    assert refusal(town, sibling) == "H112", "a second PC of the same unit is another device"


def test_a_damaged_backup_is_refused(town, tmp_path):
    whole = town.backup.read_bytes()
    bad = tmp_path / "bad.db"
    bad.write_bytes(whole[: len(whole) // 2])
    assert refusal(town, bad) == "H114"
    bad.write_bytes(whole[:8192] + b"\xa5" * 8192 + whole[16384:])
    assert refusal(town, bad) == "H114"
    for statement in (
        "UPDATE op SET body = replace(body, '备份以前', '别的内容')",
        "UPDATE op SET body = CAST(replace(body, '备份以前', '别的内容') AS BLOB)",
        "DELETE FROM op WHERE pk = (SELECT max(pk) FROM op)",
        "CREATE TRIGGER t AFTER INSERT ON op BEGIN DELETE FROM problem; END",
    ):
        shutil.copyfile(town.backup, bad)
        with closing(sqlite3.connect(bad)) as file:
            file.execute(statement)
            file.commit()
        assert refusal(town, bad) == "H114", statement


def test_the_backup_of_a_newer_program_is_refused_and_an_older_one_upgraded(town, monkeypatch):
    with closing(sqlite3.connect(town.backup)) as file:
        file.execute("UPDATE alembic_version SET version_num = 'v9999'")
        file.commit()
    assert refusal(town, town.backup) == "H105"
    asked = []
    monkeypatch.setattr(upgrade, "is_old", lambda path: path.parent.parent.name == "staging")
    monkeypatch.setattr(upgrade, "upgrade", asked.append)
    restore(town.home("town"), town.backup, clock=town.clock)
    assert len(asked) == 1


def test_a_living_ledger_that_somebody_copied_is_restored_with_its_journal(town, tmp_path):
    world = town
    with world["town"].desk.ledger.read():  # a window that is open: the journal is not folded in
        world["town"].records.add("problem", {"description": "在日志里"})
        for name in ("ledger.db", "ledger.db-wal"):
            shutil.copyfile(world.home("town") / name, tmp_path / name)
    world.close()
    assert (tmp_path / "ledger.db-wal").stat().st_size
    restore(world.home("town"), world.backup, clock=world.clock)
    restore(world.home("town"), tmp_path / "ledger.db", clock=world.clock)
    assert titles(world) == ["在日志里", "备份以前", "备份以后"]


@pytest.mark.parametrize("damage", [b"", b"x" * 9000, None])
def test_a_home_whose_ledger_is_damaged_or_gone_gets_it_back(town, damage):
    path = town.home("town") / "ledger.db"
    content = path.read_bytes()
    content = content[:4096] + b"\xa5" * 4096 * 3 + content[4096 * 4 :] if damage is None else damage
    path.write_bytes(content)
    aside = restore(town.home("town"), town.backup, clock=town.clock)
    assert aside.read_bytes() == content, "nobody knows what can still be read from it"
    assert titles(town) == ["备份以前"]
    town.close()
    path.unlink()
    assert restore(town.home("town"), town.backup, clock=town.clock) is None
    assert titles(town) == ["备份以前"]


def test_a_home_with_new_keys_whose_ledger_is_gone_gets_it_back_too(town):
    town["town"].devices.renew()
    town["town"].records.add("problem", {"description": "新密钥"})
    backup = town["town"].care.backup(town.folder / "盘2")
    device = town["town"].here.device
    town.close()
    (town.home("town") / "ledger.db").write_bytes(b"SQLite format 3\0")
    restore(town.home("town"), backup, clock=town.clock)
    assert titles(town) == ["备份以前", "备份以后", "新密钥"]
    assert town["town"].here.device == device


def test_where_there_never_was_a_ledger_nothing_is_restored(town, tmp_path):
    with pytest.raises(LedgerError, match="H101"):
        restore(tmp_path / "nowhere", town.backup)
    assert not (tmp_path / "nowhere").exists()


def test_a_home_under_a_passphrase_is_restored_without_asking_for_it(home, tmp_path):
    office = set_up(home, "township", "新塘乡", "361021150", passphrase="一二三", protect=True)
    backup = office.care.backup(tmp_path)
    office.close()
    assert restore(home, backup) is not None


def test_while_the_window_is_open_or_another_program_writes_nothing_is_restored(town, monkeypatch):
    monkeypatch.setattr("models.store.ledger.LOCK_SECONDS", 0.1)
    other = Ledger(town.home("town") / "ledger.db")
    try:
        assert other.stay()
        assert refusal(town, town.backup) == "H116"
        assert not Ledger(other.path).stay(), "one window at a time"
    finally:
        other.close()
    other = Ledger(town.home("town") / "ledger.db")
    try:
        with other.locked(), pytest.raises(LedgerError, match="H102"):
            restore(town.home("town"), town.backup)
        with other.read() as reading:
            reading.exec_driver_sql("SELECT * FROM setting").fetchone()
            town["town"].records.add("problem", {"description": "有人在看"})
            town.close()
            monkeypatch.setattr(sqlite, "_PRAGMAS", ("busy_timeout=50", "journal_mode=WAL"))
            with pytest.raises(LedgerError, match="H102"):
                restore(town.home("town"), town.backup, clock=town.clock)
    finally:
        other.close()
    assert titles(town) == ["备份以前", "备份以后", "有人在看"]


def test_a_full_disk_is_said_before_anything_is_touched(town, monkeypatch):
    monkeypatch.setattr(files, "free", lambda _: 0)
    assert refusal(town, town.backup) == "S301"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process begins in another way here")
def test_a_power_cut_at_any_write_leaves_the_old_ledger_or_the_new_one(town):
    """The process ends, without any clean-up, before the first, second … thing that it does to the disk."""
    home, ends = town.home("town"), []
    make(town["town"].desk, DAY)
    town.close()
    for number in range(1000):
        child = os.fork()
        if not child:  # pragma: no cover - its coverage dies with it
            _cut_at(number)
            restore(home, town.backup)
            os._exit(7)
        _, status = os.waitpid(child, 0)
        ends.append(titles(town))
        assert town.sound("town") == []
        assert len(kept(town["town"].desk)) >= 1
        if os.waitstatus_to_exitcode(status) == 7:
            break
        assert os.waitstatus_to_exitcode(status) == 9
        town.close()
    old, new = ["备份以前", "备份以后"], ["备份以前"]
    assert ends == [old] * ends.count(old) + [new] * ends.count(new)
    assert len(ends) > 8
    assert ends[-1] == new


def _cut_at(number):  # pragma: no cover - in a child
    count = 0

    def cut(act):
        def acted(*given, **named):
            nonlocal count
            if count == number:
                os._exit(9)
            count += 1
            return act(*given, **named)

        return acted

    for name in ("open", "fsync"):
        setattr(os, name, cut(getattr(os, name)))
    for name in ("unlink", "replace", "mkdir"):
        setattr(Path, name, cut(getattr(Path, name)))
    sqlite.copy_online = cut(sqlite.copy_online)
    sqlite.fold_journal = cut(sqlite.fold_journal)


def test_keys_without_a_ledger_are_no_new_home_and_a_backup_puts_it_back(tmp_path):
    home, copy = tmp_path / "home", tmp_path / "copies"
    office = set_up(home, "township", "白水镇", "361021101")
    record = office.records.add("problem", {"description": "在备份里"})["id"]
    backup = office.care.backup(copy)
    office.close()
    (home / "ledger.db").unlink()
    with pytest.raises(LedgerGone) as gone:
        open_office(home)
    assert gone.value.code == "H117"
    assert "没有做任何改动" in gone.value.message
    assert restore(home, backup) is None
    again = open_office(home)
    assert again.records.show("problem", record)["description"] == "在备份里"
    again.close()


def test_a_package_that_was_half_written_is_gone_at_the_next_start_if_nobody_writes_it(world):
    town = world["town"]
    left, whole = town.desk.outbox / ".hg_1.hgb.ab.part", town.desk.outbox / "hg_1.hgb"
    for path in (left, whole):
        path.write_bytes(b"x")
    with town.desk.ledger.locked(), ThreadPoolExecutor(1) as other:
        other.submit(lambda: open_office(town.desk.home).close()).result()
        assert left.exists(), "another program is at work: it may be writing it"
    open_office(town.desk.home).close()
    assert not left.exists()
    assert whole.exists()
