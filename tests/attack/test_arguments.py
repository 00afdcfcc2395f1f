"""Hostile arguments at the hatch, and homes that something happened to: refused in words, never a bug."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.attack.forging import Scene
from tests.attack.hatch import ask, calm, pages

_SIGNS = (
    "a\x00b",
    "\udcff",
    "\u202e倒",
    "'; DROP TABLE op; --",
    "%",
    "_",
    "*",
    "[",
    "\\",
    '"',
    "a" * 70_000,
    "\n\r\t",
    "=1+1",
    "；；；",
    "\u202e",
)
_CLOSED = ("/proc/nowhere", "/dev/full", "/sys/kernel") if os.name == "posix" else ("?:/below", "//?/nowhere")
_IDS = (
    "../../etc/passwd",
    "/",
    "",
    " ",
    "0" * 32,
    "F" * 32,
    "%",
    "' OR 1=1 --",
    "x" * 100_000,
    "\udcff",
    "a\x00",
    "１２",
)
_DATES = (
    "0000-01-01",
    "0001-01-01",
    "9999-12-31",
    "10000-01-01",
    "2024-02-30",
    "20240101",
    "2024-W01-1",
    "",
    "今天",
    "-1",
    "²⁰²⁴-01-01",
)
_NUMBERS = ("1e400", "nan", "-inf", "9" * 5_000, "١٢", "1_000", "0x10", "-0", "1e15", "", "½")


def test_dates_of_a_tally_at_the_ends_of_time(scene: Scene):
    home = scene.world.home("county")
    for option in ("--as-of", "--known-by"):
        for text in _DATES:
            calm(home, "tally", f"{option}={text}")
    for text in _SIGNS:
        calm(home, "tally", f"--unit={text}", f"--source={text}")
        calm(home, "digest", f"--unit={text}")


def test_words_that_SQL_could_take_for_its_own(scene: Scene):
    home = scene.world.home("county")
    for text in _SIGNS:
        calm(home, "records", "list", "problems", f"--search={text}", endings=(0, 2))
        calm(home, "records", "list", "problems", f"--where=description={text}", endings=(0, 2))
        calm(home, "records", "list", "problems", f"--where={text}=1", endings=(2, 3))
    for text in ("-1", "0", "99999999999999999999", "x"):
        calm(home, "records", "list", "problems", f"--limit={text}", endings=(0, 2))
    for text in _IDS:
        for verb in ("show", "history", "unvoid"):
            calm(home, "records", verb, "problems", text, endings=(2, 3))
        calm(home, "records", "edit", "problems", text, "--set", "progress=x", endings=(2, 3))
        calm(home, "conflict", "settle", text, "--head", "0", endings=(2, 3))
        calm(home, "measure", "edit", scene.given, text, "--set", "text=x", endings=(2, 3))
    for wild in ("%", "_", "*", "["):
        assert calm(home, "records", "list", "problems", "--search", wild).json["total"] == 0


def test_values_that_are_none(scene: Scene):
    home = scene.world.home("county")
    # Fields of each type, and what is no field of its own.
    of_days = ("found_on", "completed_on", "void", "", "remark")
    of_numbers = ("longitude", "number", "pace", "long_term_too")
    every = ("description", "township", *of_days, *of_numbers)
    for texts, fields in ((_SIGNS[:7], every), (_DATES, of_days), (_NUMBERS, of_numbers)):
        for text in texts:
            for name in fields:
                calm(home, "records", "edit", "problems", scene.given, f"--set={name}={text}")
    for text in (*_NUMBERS, *_DATES):
        for name in ("orders", "fine_wan", "finish_state", "finished_on"):
            calm(home, "records", "add", "petitions", "--set", "content=x", f"{name}={text}")
    for month in ("0000-05", "0001-01", "9999-12", "2024-13", "2024-00", "２０２４-05", "2024年5月", "10000-01"):
        calm(home, "dispatch", "add", scene.given, "--set", f"month={month}", "pace=behind", "progress=x")
    pages(home, scene.world.folder)


def test_units_and_numbers_that_are_none(scene: Scene, tmp_path: Path):
    home = scene.world.home("county")
    for text in (*_SIGNS, "", "-", "../x", "COUNTY"):
        calm(home, "unit", "add", "--kind", "township", f"--name={text}", "--code", "77")
        calm(home, "unit", "add", "--kind", "township", "--name", "新镇", f"--code={text}")
        calm(home, "exchange", "export", "--to", tmp_path, f"--unit={text}")
        calm(tmp_path / "new", "setup", "--kind", "township", f"--name={text}", f"--code={text}")
    pages(home, scene.world.folder)


def _odd_files(folder: Path) -> list[Path]:
    folder.mkdir()
    (folder / "folder").mkdir()
    (folder / "empty").touch()
    (folder / "text").write_text("环改" * 1_000)
    (folder / "magic").write_bytes(b"\x89HGB\r\n\x1a\n" + os.urandom(500))
    (folder / "half").write_bytes(b"\x89HG")
    (folder / "database").write_bytes(b"SQLite format 3\0" + bytes(200))
    (folder / "marked").write_bytes(b"SQLite format 3\0" + bytes(52) + b"HGL1" + bytes(4_000))
    (folder / "zip.xlsx").write_bytes(b"PK\x03\x04" + os.urandom(300))
    if os.name == "posix":
        (folder / "loop").symlink_to(folder / "loop")
        os.mkfifo(folder / "pipe")
    long = folder / ("长" * 80)
    long.touch()
    return [
        *sorted(folder.iterdir()),
        folder / "missing",
        folder / "text" / "below",
        Path("/dev/null"),
        folder / ("x" * 300),
        Path("/proc/self/mem"),
        Path(),
    ]


def test_files_that_are_none(scene: Scene, tmp_path: Path):
    home, town = scene.world.home("county"), scene.world.home("town")
    for path in _odd_files(tmp_path / "odd"):
        calm(home, "exchange", "import", path)
        calm(home, "exchange", "inspect", path)
        calm(home, "enrol", "approve", path, "--unit", "361021101", "--to", tmp_path / "out")
        calm(town, "enrol", "accept", path)
        calm(home, "restore", path)
        calm(home, "records", "import", "problems", path)
        calm(home, "records", "import", "problems", path, "--map", path)
    pages(home, scene.world.folder)


def test_places_that_cannot_be_written(scene: Scene, tmp_path: Path):
    home, town = scene.world.home("county"), scene.world.home("town")
    (tmp_path / "file").touch()
    for place in (
        tmp_path / "file",
        tmp_path / "file" / "below",
        tmp_path / ("x" * 300),
        *map(Path, _CLOSED),
    ):
        calm(home, "exchange", "export", "--to", place, "--all", endings=(2, 3))
        calm(home, "backup", "--to", place, endings=(2, 3))
        calm(town, "enrol", "request", "--to", place, endings=(2, 3))
        calm(home, "records", "export", "problems", "--out", place)
        calm(place, "records", "list", "problems", endings=(2, 3))
        calm(place, "setup", "--kind", "county", "--name", "县", "--code", "1", endings=(2, 3))
    calm(home, "records", "export", "problems", "--out", tmp_path, endings=(3,))
    pages(home, scene.world.folder)


# ------------------------------------------------------------------------------------- homes


def _flip(home: Path, start: int, count: int, seed: int) -> None:
    rng, path = random.Random(seed), home / "ledger.db"
    raw = bytearray(path.read_bytes())
    for _ in range(count):
        raw[rng.randrange(start, len(raw))] ^= 1 << rng.randrange(8)
    path.write_bytes(raw)


def _header(home: Path) -> None:
    raw = bytearray((home / "ledger.db").read_bytes())
    raw[16:100] = os.urandom(84)
    (home / "ledger.db").write_bytes(raw)


def _cut(home: Path) -> None:
    path = home / "ledger.db"
    os.truncate(path, path.stat().st_size // 2 + 77)


def _pages_of_zeros(home: Path) -> None:
    path = home / "ledger.db"
    raw = bytearray(path.read_bytes())
    for page in range(1, len(raw) // 4096, 3):
        raw[page * 4096 : page * 4096 + 4096] = bytes(4096)
    path.write_bytes(raw)


def _another(home: Path) -> None:
    import sqlite3

    (home / "ledger.db").unlink()
    with sqlite3.connect(home / "ledger.db") as connection:
        connection.execute("CREATE TABLE a (b)")
        connection.execute("PRAGMA application_id=0x48474C31")
    connection.close()


HARM: dict[str, Callable[[Path], object]] = {
    "header": _header,
    "application id": lambda home: _flip(home, 68, 0, 0) or _poke(home, 68, b"XXXX"),
    "page size": lambda home: _poke(home, 16, b"\x00\x07"),
    "newer file format": lambda home: _poke(home, 18, b"\x09\x09"),
    "zeros": _pages_of_zeros,
    "cut": _cut,
    "short": lambda home: os.truncate(home / "ledger.db", 99),
    "empty": lambda home: os.truncate(home / "ledger.db", 0),
    "another database": _another,
    "a folder": lambda home: (home / "ledger.db").unlink() or (home / "ledger.db").mkdir(),
    "unreadable wal": lambda home: (home / "ledger.db-wal").write_bytes(os.urandom(9_000)),
    "wal is a folder": lambda home: (home / "ledger.db-wal").mkdir(),
    "lock is a folder": lambda home: (home / "lock").unlink(missing_ok=True) or (home / "lock").mkdir(),
    "staging is a file": lambda home: _in_the_way(home / "staging"),
    "inbox is a file": lambda home: _in_the_way(home / "inbox"),
    "outbox is a file": lambda home: _in_the_way(home / "outbox"),
    "keys gone": lambda home: shutil.rmtree(home / "keys"),
    "device key empty": lambda home: (home / "keys" / "device.key").write_bytes(b""),
    "device key damaged": lambda home: (home / "keys" / "device.key").write_bytes(os.urandom(300)),
    "device key of the county": lambda home: shutil.copy(home / "keys" / "county.key", home / "keys" / "device.key"),
    "county key gone": lambda home: (home / "keys" / "county.key").unlink(),
    "county key a folder": lambda home: (
        (home / "keys" / "county.key").unlink() or (home / "keys" / "county.key").mkdir()
    ),
} | {f"random bytes {seed}": lambda home, seed=seed: _flip(home, 4096, 400, seed) for seed in range(6)}


def _poke(home: Path, at: int, new: bytes) -> None:
    raw = bytearray((home / "ledger.db").read_bytes())
    raw[at : at + len(new)] = new
    (home / "ledger.db").write_bytes(raw)


def _in_the_way(path: Path) -> None:
    shutil.rmtree(path, ignore_errors=True)
    path.touch()


@pytest.mark.parametrize("harm", HARM)
def test_a_harmed_home_is_refused_in_words_or_works(harm: str, scene: Scene, tmp_path: Path):
    home = scene.world.home("county")
    package = scene.package([scene.op({"progress": "新"}, r=scene.own)])
    scene.world.close()
    assert not (home / "ledger.db-wal").exists()
    HARM[harm](home)
    for words in (
        ("records", "list", "problems"),
        ("records", "show", "problems", scene.given),
        ("check",),
        ("check", "--deep"),
        ("tally",),
        ("records", "add", "problems", "--set", "description=x"),
        ("exchange", "status"),
        ("exchange", "import", package),
        ("exchange", "export", "--all", "--to", tmp_path),
        ("backup", "--to", tmp_path),
        ("records", "history", "problems", scene.given),
        ("digest",),
        ("unit", "list"),
        ("conflict", "list"),
    ):
        calm(home, *words)


def test_a_home_that_is_a_file_or_nothing(tmp_path: Path):
    (tmp_path / "file").write_text("x")
    for home in (tmp_path / "file", tmp_path / "none", tmp_path / "file" / "below", tmp_path):
        for words in (("records", "list", "problems"), ("check",), ("digest",), ("exchange", "import", tmp_path)):
            answer = ask(home, *words)
            assert answer.status == 3, (home, words, answer)
            assert answer.json["error"]["way_out"].endswith("。")


def test_a_home_copied_while_it_is_open_works(scene: Scene, tmp_path: Path):
    scene.world["county"].records.edit("problem", scene.given, {"description": "刚写完还没有关"})
    with scene.world["county"].desk.ledger.write() as connection:  # something is under way
        connection.exec_driver_sql("UPDATE setting SET value = value")
        shutil.copytree(scene.world.home("county"), tmp_path / "copy")
    shown = pages(tmp_path / "copy", tmp_path)
    assert shown[scene.given]["description"] == "刚写完还没有关"


def _small_disk(folder: Path, size: str) -> bool:
    folder.mkdir(exist_ok=True)
    return subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", folder], check=False).returncode == 0


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may mount a disk")
def test_a_full_disk_as_home_and_as_stick(scene: Scene, tmp_path: Path):
    home, disk = scene.world.home("county"), tmp_path / "disk"
    package = scene.package([scene.op({"progress": "长" * 30_000}, r=scene.own) for _ in range(20)])
    scene.world.close()
    used = sum(f.stat().st_size for f in home.rglob("*") if f.is_file())
    if not _small_disk(disk, f"{used // 1024 + 400}k"):
        pytest.skip("this machine may not mount")
    try:
        small = disk / "home"
        shutil.copytree(home, small)
        before = calm(small, "digest", endings=(0,)).json
        for words in (
            ("exchange", "import", package),
            ("exchange", "export", "--all", "--to", disk / "stick"),
            ("backup", "--to", disk),
            ("check", "--deep"),
            ("records", "export", "problems", "--out", disk / "a.xlsx"),
        ):
            calm(small, *words)
        assert calm(small, "digest", endings=(0,)).json == before
        (disk / "filler").write_bytes(b"")
        with (disk / "filler").open("wb", buffering=0) as filler:
            try:
                while filler.write(b"x" * 512):
                    pass
            except OSError:
                pass
        for words in (
            ("records", "list", "problems"),
            ("records", "add", "problems", "--set", "description=" + "长" * 9_000),
            ("records", "edit", "problems", scene.given, "--set", "progress=" + "长" * 9_000),
            ("check", "--deep"),
            ("exchange", "export", "--all", "--to", tmp_path / "stick"),
            ("exchange", "import", package),
        ):
            calm(small, *words)
        calm(home, "exchange", "export", "--all", "--to", disk / "stick", endings=(3,))
        calm(home, "backup", "--to", disk, endings=(3,))
        calm(disk / "new", "setup", "--kind", "county", "--name", "县", "--code", "1", endings=(3,))
        (disk / "filler").unlink()
        assert calm(small, "check", "--deep", endings=(0,)).json["ok"]
    finally:
        subprocess.run(["umount", "-l", disk], check=True)
