"""The door: pragmas on every connection, one writer at a time who is named, all or nothing, and troubles in words."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import OperationalError

from models.store import ledger as door
from models.store import sqlite
from models.store.ledger import DiskTrouble, Ledger, LedgerBusy, NotALedger
from models.store.schema import setting

# reliability.md 5.1
PRAGMAS = {
    "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000, "trusted_schema": 0,
    "cell_size_check": 1, "mmap_size": 0, "temp_store": 2, "secure_delete": 1,
}  # fmt: skip

HOLDER = """
import sys, time
from filelock import FileLock
with FileLock(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


def remember(connection, name="x", value="1"):
    connection.execute(insert(setting).values(name=name, value=value))


def test_where_the_disk_takes_nothing_any_more_a_ledger_is_read_all_the_same(ledger):
    with ledger.write() as connection:
        remember(connection)
    shared = ledger.path.with_name(f"{ledger.path.name}-shm")
    shared.symlink_to(shared)  # as on a full disk: it cannot be made
    assert "x" in kept(ledger)
    with pytest.raises(DiskTrouble), ledger.write() as connection:
        remember(connection, "y")
    ledger.path.with_name(f"{ledger.path.name}-wal").write_bytes(b"of somebody who has it open")
    with pytest.raises(DiskTrouble):
        kept(ledger)


def test_what_another_program_holds_is_not_read_past_its_lock(ledger, monkeypatch):
    impatient = tuple("busy_timeout=1" if one.startswith("busy_timeout") else one for one in sqlite._PRAGMAS)
    monkeypatch.setattr(sqlite, "_PRAGMAS", impatient)
    with closing(sqlite3.connect(ledger.path, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode=DELETE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LedgerBusy):
            kept(ledger)


def kept(ledger):
    with ledger.read() as connection:
        return sorted(connection.scalars(select(setting.c.name)))


@pytest.mark.parametrize("kind", ["read", "write"])
def test_every_connection_has_the_settings_that_survive_a_power_cut(ledger, kind):
    with getattr(ledger, kind)() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in PRAGMAS}
    # An in-memory file system has no memory map to switch off and says nothing.
    assert {n: v for n, v in found.items() if v is not None} == {
        n: v for n, v in PRAGMAS.items() if found[n] is not None
    }
    assert set(PRAGMAS) - {n for n, v in found.items() if v is not None} <= {"mmap_size"}


def test_a_writer_begins_at_once_and_a_reader_does_not(ledger, path):
    """BEGIN IMMEDIATE: two writers never meet half-way; readers go on beside a writer."""
    with ledger.write() as connection:
        remember(connection)
        other = Ledger(path)
        with other.read() as reading:
            assert list(reading.scalars(select(setting.c.name))) == []
        quick = other.engine.execution_options(writes=True).connect()
        quick.connection.driver_connection.execute("PRAGMA busy_timeout=50")
        with pytest.raises(OperationalError, match="locked"):
            quick.begin()
        quick.close()
        other.close()
    assert kept(ledger) == ["x"]


def test_a_verb_is_all_or_nothing(ledger):
    with pytest.raises(ZeroDivisionError), ledger.write() as connection:  # noqa: PT012 - what is undone comes first
        remember(connection)
        raise ZeroDivisionError
    assert kept(ledger) == []


def test_a_dry_run_is_the_real_thing_rolled_back(ledger):
    with ledger.write(keep=False) as connection:
        remember(connection)
        assert list(connection.scalars(select(setting.c.name))) == ["x"]
    assert kept(ledger) == []


def test_a_reader_sees_one_state_however_long_it_looks(ledger):
    with ledger.read() as reading:
        assert list(reading.scalars(select(setting.c.name))) == []
        with ledger.write() as connection:
            remember(connection)
        assert list(reading.scalars(select(setting.c.name))) == []
    assert kept(ledger) == ["x"]


def test_who_holds_the_home_is_named(ledger, path, monkeypatch):
    monkeypatch.setattr(ledger._lock, "timeout", 0.3)
    path.with_name("lock.txt").write_text("环改台账（进程 4711）", encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path.with_name("lock"))], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout.readline().strip() == b"held"
        before = time.monotonic()
        with pytest.raises(LedgerBusy) as refused, ledger.write():
            pytest.fail("two writers")
        assert 0.2 < time.monotonic() - before < 60
        assert "进程 4711" in refused.value.message
        assert "本机数据未改动" in refused.value.message
        assert kept(ledger) == []  # reading needs no lock
        holder.stdin.close()
    with ledger.write() as connection:
        remember(connection)
    assert kept(ledger) == ["x"]


def test_the_wait_for_another_writer_is_five_seconds():
    assert door.LOCK_SECONDS == 5.0


def test_a_holder_that_died_holds_nothing(ledger, path):
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path.with_name("lock"))], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout.readline().strip() == b"held"
    holder.kill()
    holder.communicate()
    with ledger.write() as connection:
        remember(connection)
    assert kept(ledger) == ["x"]


def test_the_lock_is_this_programs_own_again_and_again(ledger):
    with ledger.write(), ledger.locked():
        pass
    with ledger.write() as connection:
        remember(connection)
    assert kept(ledger) == ["x"]


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("database is locked", LedgerBusy), ("database or disk is full", DiskTrouble), ("disk I/O error", DiskTrouble),
        ("attempt to write a readonly database", DiskTrouble), ("unable to open database file", DiskTrouble),
        ("locking protocol", DiskTrouble),
    ],
)  # fmt: skip
def test_what_the_environment_does_is_said_to_people(ledger, text, refusal):
    with pytest.raises(refusal) as refused, ledger.read():
        raise OperationalError("SELECT 1", {}, Exception(text))
    assert refused.value.code.startswith("H")
    assert refused.value.way_out.endswith("。")


def test_a_bug_stays_a_bug(ledger):
    with pytest.raises(OperationalError), ledger.read() as connection:
        connection.exec_driver_sql("SELECT nonsense")


def test_a_full_disk_loses_nothing_and_works_again_when_there_is_room(ledger):
    with ledger.write() as connection:
        remember(connection, "before")
        most = connection.exec_driver_sql("PRAGMA page_count").scalar()
    with pytest.raises(DiskTrouble), ledger.write() as connection:  # noqa: PT012 - the disk is made small first
        connection.exec_driver_sql(f"PRAGMA max_page_count={most}")
        remember(connection, "big", "x" * 3_000_000)
    assert kept(ledger) == ["before"]
    with ledger.write() as connection:
        remember(connection, "after")
    assert kept(ledger) == ["after", "before"]


@pytest.mark.parametrize("at", [0, 16, 100, 4096 * 3])
def test_a_damaged_file_is_refused_in_words(path, at):
    raw = bytearray(path.read_bytes())
    raw[at : at + 4096] = b"\xa5" * 4096
    path.write_bytes(raw)
    damaged = Ledger(path)
    try:
        with pytest.raises(NotALedger) as refused, damaged.read() as connection:  # noqa: PT012 - at whichever look
            if sqlite.integrity(connection, quick=True):
                raise NotALedger
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema, setting, op").scalar()
        assert "备份" in refused.value.way_out
    finally:
        damaged.close()
