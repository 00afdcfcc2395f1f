"""The copies that a home keeps of itself: the newest is a good one, whatever the disk, the clock or the ledger do."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from models import file_faults, files
from models.errors import LedgerError
from models.services.base import backups
from models.services.base.backups import DAY, IMPORT, NotSound, kept, make
from models.store import sqlite, upgrade


@pytest.fixture
def desk(world):
    world["town"].records.add("problem", {"description": "坏"})
    return world["town"].desk


def titles(path):
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return [row[0] for row in file.execute("SELECT description FROM problem ORDER BY pk")]


def test_a_copy_holds_what_the_ledger_held_and_leaves_nothing_beside_it(world, desk):
    one = make(desk, IMPORT)
    world["town"].records.add("problem", {"description": "以后"})
    assert titles(one.path) == ["坏"]
    assert [p.name for p in desk.backups.iterdir()] == [one.path.name]
    assert (one.why, one.number, one.bytes) == ("import", 1, one.path.stat().st_size)
    assert one.made == "2024-06-15 09:00"
    assert list(desk.staging.iterdir()) == []


def test_ten_of_each_reason_are_kept_whatever_the_clock_says(world, desk):
    day = make(desk, DAY)
    world.clock.jump(days=9000)  # a clock that was years ahead for a while
    made = [make(desk, IMPORT) for _ in range(3)]
    world.clock.jump(days=-9000)
    made += [make(desk, IMPORT) for _ in range(9)]
    assert kept(desk) == (*reversed(made[2:]), day)


def test_other_files_in_the_folder_are_left_alone(desk):
    for name in ("我的备份.db", "auto-1-day.db", "auto-00001-other-20240615-090000.db"):
        (desk.backups / name).write_bytes(b"x")
    for _ in range(12):
        make(desk, DAY)
    assert len(list(desk.backups.iterdir())) == 3 + backups.KEPT


def test_an_old_copy_that_somebody_reads_stops_nothing(desk, monkeypatch):
    before = [make(desk, IMPORT) for _ in range(backups.KEPT)]

    def held(path: Path) -> None:
        raise file_faults.FileHeld(path)

    monkeypatch.setattr(files, "remove", held)
    new = make(desk, IMPORT)
    assert kept(desk) == (new, *reversed(before)), "it goes the next time"


def test_once_a_day(world, desk):
    assert world["town"].care.daily().why == "day"
    assert world["town"].care.daily() is None
    make(desk, IMPORT)
    assert world["town"].care.daily() is None
    world.clock.jump(days=1)
    assert world["town"].care.daily() is not None
    world.clock.jump(days=-30)
    assert world["town"].care.daily() is not None, "a clock that went back does not end the copies"
    assert [one.why for one in world["town"].care.kept()] == ["day", "day", "import", "day"]


@pytest.mark.parametrize("statement", ["UPDATE op SET body = body || ' '", "DELETE FROM op WHERE pk > 3"])
def test_a_damaged_ledger_makes_no_copy_and_costs_none(world, desk, statement):
    before = [make(desk, DAY) for _ in range(backups.KEPT)]
    with closing(sqlite3.connect(desk.ledger.path)) as file:
        file.execute(statement)
        file.commit()
    with pytest.raises(NotSound) as refused:
        make(desk, DAY)
    assert refused.value.code == "H113"
    assert kept(desk) == tuple(reversed(before))
    assert list(desk.staging.iterdir()) == []


def room(monkeypatch, count):
    """A disk on which so many bytes are free, more for each copy that goes."""
    state = SimpleNamespace(free=count)
    remove = files.remove

    def removed(path):
        state.free += path.stat().st_size
        remove(path)

    monkeypatch.setattr(files.shutil, "disk_usage", lambda _: state)
    monkeypatch.setattr(files, "remove", removed)
    return state


def test_where_room_is_short_the_oldest_go_but_never_the_newest(desk, monkeypatch):
    tried = make(desk, DAY)
    *_, last = [make(desk, IMPORT) for _ in range(3)]
    needed = int(2 * backups.size_of(desk.ledger.path) * files.SPARE)
    with monkeypatch.context() as patch:
        room(patch, needed - 1)
        new = make(desk, DAY)
        assert kept(desk)[:2] == (new, last)
        assert tried in kept(desk), "those before an import were not tried"
        assert len(kept(desk)) == 4, "only as many go as must"
    with monkeypatch.context() as patch:
        state = room(patch, needed - 4 * new.bytes)
        with pytest.raises(file_faults.DiskFull):
            make(desk, DAY)
        assert len(kept(desk)) == 4, "what would not help is not given up"
        state.free = needed - 3 * new.bytes
        newer = make(desk, DAY)
        assert kept(desk) == (newer, new)


def test_a_full_disk_while_copying_is_said_in_words(desk, monkeypatch):
    def full(*_):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(sqlite, "copy_online", full)
    with pytest.raises(LedgerError) as refused:
        make(desk, DAY)
    assert refused.value.code == "H103"
    assert kept(desk) == ()


def test_before_an_upgrade_a_copy_of_the_old_ledger_is_kept(world, monkeypatch):
    path = world.home("town") / "ledger.db"
    world.close("town")
    asked = []
    monkeypatch.setattr(upgrade, "is_old", lambda at: at == path)
    monkeypatch.setattr(upgrade, "upgrade", lambda at: asked.append(kept(desk_of(world))))
    world["town"].close()
    assert [[one.why for one in found] for found in asked] == [["upgrade"]]


def desk_of(world):
    return SimpleNamespace(backups=world.home("town") / "backups")


def test_who_writes_meanwhile_neither_shows_in_the_copy_nor_holds_it_up(world, desk, monkeypatch):
    monkeypatch.setattr(sqlite, "COPIED_AT_ONCE", 1)

    class Writer:
        steps = 0

        def step(self, done, total, what=""):
            if what == "正在复制台账" and self.steps < 5:
                self.steps += 1
                world["town"].records.add("problem", {"description": f"同时 {self.steps}"})

    writer = Writer()
    one = make(desk, DAY, writer)
    assert writer.steps == 5
    assert titles(one.path) == ["坏"]
