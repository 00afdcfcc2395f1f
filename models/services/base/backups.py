"""Copies of the ledger that a home keeps of itself: made, tried, named, listed; of each reason the oldest go.

A copy gets its name only after it was opened and found whole, and nothing is let go before that: so whatever happens,
a good one is there. Those before an import are many and must be quick: they are tried when somebody wants them, and
never take the place of one that was tried. The order is that of their numbers, because a PC's clock may be wrong.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from models import file_faults, files
from models.errors import LedgerError
from models.progress import Progress, Silent
from models.services.base.desk import Desk
from models.services.views.home import Backup
from models.store import relation, soundness, sqlite
from models.store.ledger import Ledger
from models.store.relation import Digest
from models.store.schema import op

DAY, IMPORT, UPGRADE, RESTORE = "day", "import", "upgrade", "restore"
KEPT = 10  # newest copies of each reason
_ROOM = 2  # free space asked for, as a multiple of the copy: whoever works on must not find the disk full
_NAME = re.compile(r"auto-(\d{5,9})-(day|import|upgrade|restore)-(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)\d\d\.db")


@dataclass(eq=False)
class NotSound(LedgerError):
    """What was copied is damaged: there is no new backup, and the older ones stay."""

    code = "H113"
    title = "台账没有通过检查，没有做成备份，原有的备份都还在"

    @property
    def way_out(self) -> str:
        return "请不要删除任何文件，先做一次彻底检查；台账有损坏的，请用最近的备份恢复，恢复后与县里交换一次。"


def make(desk: Desk, why: str, progress: Progress | None = None) -> Backup:
    """A copy in the home, tried before it counts. Refused where the ledger is damaged or the disk has little room."""
    told = progress or Silent()
    path = _new_path(desk, why)
    with files.scratch(desk.staging) as own:
        copied(desk.ledger, own / "ledger.db", told)
        files.rename_new(own / "ledger.db", path)
    _let_old_go(desk, why)
    return next(one for one in kept(desk) if one.path == path)


def before_import(desk: Desk, *, plain: bool) -> Path:
    """A copy of the ledger as it is without the transaction that is under way. It is tried when somebody wants it.

    `plain`: the journal was folded before, so the file holds all: its bytes are copied, a tenth of the time.
    """
    path = _new_path(desk, IMPORT)
    with files.scratch(desk.staging) as own:
        if plain:
            files.copy_new(desk.ledger.path, own / "ledger.db")
        else:
            with desk.ledger.read() as connection:
                sqlite.copy_online(connection, own / "ledger.db")
        files.rename_new(own / "ledger.db", path)
    _let_old_go(desk, IMPORT)
    return path


def _new_path(desk: Desk, why: str) -> Path:
    _make_room(desk)
    number = max((one.number for one in kept(desk)), default=0) + 1
    stamp = desk.wall()[:19].replace("-", "").replace(":", "").replace("T", "-")
    return desk.backups / f"auto-{number:05}-{why}-{stamp}.db"


def _let_old_go(desk: Desk, why: str) -> None:
    for old in [one for one in kept(desk) if one.why == why][KEPT:]:
        with suppress(file_faults.FileHeld):  # somebody copies it just now: it goes the next time
            files.remove(old.path)


def kept(desk: Desk) -> tuple[Backup, ...]:
    """The copies in the home, newest first."""
    found: list[Backup] = []
    with file_faults.in_words(desk.backups):
        for path in desk.backups.iterdir():
            if name := _NAME.fullmatch(path.name):
                number, why, year, month, day, hour, minute = name.groups()
                made = f"{year}-{month}-{day} {hour}:{minute}"
                found.append(Backup(path, int(number), why, made, path.stat().st_size))
    return tuple(sorted(found, key=lambda one: one.number, reverse=True))


def daily(desk: Desk, progress: Progress | None = None) -> Backup | None:
    """Today's copy; None where there is one already."""
    today = desk.today().isoformat()
    newest = next((one for one in kept(desk) if one.why == DAY), None)
    return None if newest is not None and newest.made[:10] == today else make(desk, DAY, progress)


def copied(ledger: Ledger, copy: Path, progress: Progress) -> None:
    """A copy of a ledger under `copy`, closed, that was opened and holds the same operations."""
    with ledger.read() as connection:
        there = relation.digest(connection, select(op.c.pk))
        sqlite.copy_online(connection, copy, progress)
    if tried(copy, progress) != there:
        raise NotSound


def tried(copy: Path, progress: Progress) -> Digest:
    """Open a copy as one would to work with it, and read all that cannot be made anew. Refused if it is not whole."""
    progress.step(0, 0, "正在试着恢复")
    ledger = Ledger(copy)
    try:
        with ledger.read() as connection:
            if not soundness.is_whole(connection, progress):
                raise NotSound
            held = relation.digest(connection, select(op.c.pk))
        ledger.settle()
    finally:
        ledger.close()
    return held


def size_of(path: Path) -> int:
    """Bytes that a ledger and its journal take."""
    journal = path.with_name(f"{path.name}-wal")
    with file_faults.in_words(path):
        return sum(one.stat().st_size for one in (path, journal) if one.exists())


def _make_room(desk: Desk) -> None:
    """Where the disk has little room the oldest copies go, never the newest, nor the newest that was tried."""
    lacking = int(_ROOM * size_of(desk.ledger.path) * files.SPARE) - files.free(desk.backups)
    every = kept(desk)
    tried_last = next((one for one in every if one.why != IMPORT), None)
    old = [one for one in every[1:] if one != tried_last]
    while lacking > 0 and old and sum(one.bytes for one in old) >= lacking:
        oldest = old.pop()
        files.remove(oldest.path)
        lacking -= oldest.bytes
    files.ensure_space(desk.backups, _ROOM * size_of(desk.ledger.path))
