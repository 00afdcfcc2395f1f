"""Care for the ledger: is it sound, do the tables say what the operations say, a copy that was tried."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select

from models import file_faults, files, uncached
from models.errors import LedgerError
from models.progress import Progress, Silent
from models.services.base import backups
from models.services.base.desk import Desk
from models.services.home import file_check, surroundings
from models.services.views.home import Backup, CheckResult, Finding
from models.store import fold, seals, soundness, sqlite
from models.store.ledger import Ledger
from models.store.schema import FOLDED


class Care:
    """Checks and copies."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def check(self, *, deep: bool = False, progress: Progress | None = None) -> CheckResult:
        """Database, log, and what lies around them; `deep` folds everything again in a copy and compares all rows."""
        told = progress or Silent()
        found: list[Finding] = []
        told.step(0, 0, "正在检查台账文件")
        with self._desk.ledger.read() as connection:
            found += [
                Finding("damage", f"台账文件有损坏：{text}") for text in sqlite.integrity(connection, quick=not deep)
            ]
            found += _log(connection, told, deep=deep)
            found += [
                Finding("damage", f"第 {number} 次封账的内容被改动过，或它前面有一次不见了；请不要再引用这次的数字。")
                for number in seals.changed(connection)
            ]
            nameless = list(surroundings.own_facts(connection))
            around = list(surroundings.clock(self._desk, connection))
        if deep and not found:
            found += self._refolded(told)
        if not nameless:  # who does not know whose it is knows nothing of its keys and files either
            found += (*file_check.check(self._desk, told, deep=deep), *surroundings.keys(self._desk))
        found += (*nameless, *around, *surroundings.leftovers(self._desk))
        return CheckResult(not any(f.level == "damage" for f in found), tuple(found))

    def _refolded(self, progress: Progress) -> list[Finding]:
        with files.scratch(self._desk.staging) as own:
            copy = own / "ledger.db"
            with self._desk.ledger.read() as connection:
                sqlite.copy_online(connection, copy, progress)
            ledger = Ledger(copy)
            try:
                with ledger.write(keep=False) as connection:
                    before = _rows(connection, progress)
                    fold.rebuild(connection, progress)
                    after = _rows(connection, progress)
            finally:
                ledger.close()
        return [
            Finding("damage", f"表格“{name}”与操作记录对不上：{differ.total()} 行不同。")
            for name in FOLDED
            if (differ := (before[name] - after[name]) + (after[name] - before[name]))
        ]

    def backup(self, to: Path, progress: Progress | None = None) -> Path:
        """A copy of the ledger, opened and checked before it is called a backup, and read back from its medium."""
        told = progress or Silent()
        stamp = self._desk.wall()[:19].replace(":", "").replace("T", "-")
        target = to / f"huangai-{self._desk.settings['unit']}-{stamp}.db"
        with files.scratch(self._desk.staging) as own:
            copy = own / "ledger.db"
            backups.copied(self._desk.ledger, copy, told)
            with file_faults.in_words(to):
                to.mkdir(parents=True, exist_ok=True)
            files.ensure_space(to, copy.stat().st_size)
            written = sha256()
            files.durable_write(target, _counted(copy, written.update, told))
            read = sha256()
            for piece in uncached.read_uncached(target):
                read.update(piece)
            if read.digest() != written.digest():
                files.remove(target)
                raise NotReadBack(target)
        return target

    def daily(self, progress: Progress | None = None) -> Backup | None:
        """Today's copy in the home; None where there is one."""
        return backups.daily(self._desk, progress)

    def kept(self) -> tuple[Backup, ...]:
        """The copies in the home, newest first."""
        return backups.kept(self._desk)


@dataclass(eq=False)
class NotReadBack(LedgerError):
    """The medium gave back something else than what was written to it."""

    code = "H115"
    title = "备份写完后读回来不一样"
    path: Path

    @property
    def message(self) -> str:
        return f"写到“{self.path.parent}”的备份读回来与写的不一样，已删去，本机数据未改动。"

    @property
    def way_out(self) -> str:
        return "这个盘可能有故障，请换一个 U 盘或硬盘再备份一次。"


def _counted(file: Path, seen: Callable[[bytes], None], progress: Progress) -> Iterator[bytes]:
    """The pieces of a file, with how much of it is gone. The last word is with whoever takes them."""
    size, done = file.stat().st_size, 0
    for piece in files.read_chunks(file):
        progress.step(done, size, "正在写入备份")
        seen(piece)
        yield piece
        done += len(piece)


def _log(connection: Connection, progress: Progress, *, deep: bool) -> list[Finding]:
    changed = soundness.changed(connection, progress) if deep else ()
    found = [Finding("damage", f"操作 {one.hex()} 的内容被改动过。") for one in changed]
    if soundness.has_gaps(connection):
        found.append(Finding("damage", "操作记录有缺失。"))
    return found


def _rows(connection: Connection, progress: Progress) -> dict[str, Counter[tuple[Any, ...]]]:
    """Every row of every folded table, but for numbers that only tell rows apart."""
    out: dict[str, Counter[tuple[Any, ...]]] = {}
    for name, table in FOLDED.items():
        columns = [c for c in table.c if c.name != "pk"]
        found = out[name] = Counter()
        total = connection.scalar(select(func.count()).select_from(table)) or 0
        for done, row in enumerate(connection.execute(select(*columns)).mappings()):
            progress.step(done, total, "正在逐行比对")
            found[tuple(row.values())] += 1
    return out
