"""Care for the ledger: is it sound, do the tables say what the operations say, a copy that was tried."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select

from models import files
from models.errors import LedgerError
from models.progress import Progress, Silent
from models.services.desk import Desk
from models.services.views.home import CheckResult, Finding
from models.store import fold, sqlite, upgrade
from models.store.ledger import Ledger, in_words
from models.store.operations import digest_of
from models.store.schema import FOLDED, op, op_aud, setting
from models.sync.keyfile import protected


class Care:
    """Checks and copies."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def check(self, *, deep: bool = False, progress: Progress | None = None) -> CheckResult:
        """Database, log and keys; `deep` folds everything again in a copy and compares row for row."""
        told = progress or Silent()
        found: list[Finding] = []
        told.step(0, 0, "正在检查台账文件")
        with self._desk.ledger.read() as connection:
            found += [
                Finding("damage", f"台账文件有损坏：{text}") for text in sqlite.integrity(connection, quick=not deep)
            ]
            found += _log(connection, told, deep=deep)
        if deep and not found:
            found += self._refolded(told)
        if not protected(self._desk.device_file):
            found.append(Finding("note", "本机密钥没有设口令，只靠系统的文件权限保护。"))
        return CheckResult(not any(f.level == "damage" for f in found), tuple(found))

    def _refolded(self, progress: Progress) -> list[Finding]:
        with files.scratch(self._desk.staging) as own:
            copy = own / "ledger.db"
            sqlite.copy_online(self._desk.ledger.engine, copy, progress)
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
        """A copy of the ledger, opened and checked before it is called a backup."""
        told = progress or Silent()
        stamp = self._desk.wall()[:19].replace(":", "").replace("T", "-")
        target = to / f"huangai-{self._desk.settings['unit']}-{stamp}.db"
        with files.scratch(self._desk.staging) as own:
            copy = own / "ledger.db"
            sqlite.copy_online(self._desk.ledger.engine, copy, told)
            _try_out(copy, told)
            with files.in_words(to):
                to.mkdir(parents=True, exist_ok=True)
            files.durable_write(target, _counted(copy, told))
        return target

    def must_be_ours(self, copy: Path, shown: Path) -> None:
        """Refuse a backup that is damaged, or of another unit or device."""
        with in_words():
            if upgrade.is_old(copy):
                upgrade.upgrade(copy)
        _try_out(copy, Silent())
        ledger = Ledger(copy)
        try:
            with ledger.read() as connection:
                own = {row.name: row.value for row in connection.execute(select(setting))}
        finally:
            ledger.close()
        if own.get("device") != self._desk.settings["device"]:
            raise OfAnotherDevice(shown, own.get("name", ""))


@dataclass(eq=False)
class OfAnotherDevice(LedgerError):
    """The backup was made on another installation."""

    code = "H112"
    title = "这份备份不是本机的"
    path: Path
    name: str

    @property
    def message(self) -> str:
        return f"“{self.path.name}”是另一台电脑（{self.name}）的备份，没有恢复，本机数据未改动。"

    @property
    def way_out(self) -> str:
        return "请选择本机的备份；更换电脑的，请复制整个数据文件夹。"


def _counted(file: Path, progress: Progress) -> Iterator[bytes]:
    """The pieces of a file, with how much of it is gone. The last word is with whoever takes them."""
    size, done = file.stat().st_size, 0
    for piece in files.read_chunks(file):
        progress.step(done, size, "正在写入备份")
        yield piece
        done += len(piece)


def _try_out(copy: Path, progress: Progress) -> None:
    ledger = Ledger(copy)
    progress.step(0, 0, "正在试着恢复")
    try:
        with ledger.read() as connection:
            if sqlite.integrity(connection, quick=False) or _log(connection, progress, deep=False):
                raise upgrade.UpgradeFailed
        sqlite.fold_journal(ledger.engine)
    finally:
        ledger.close()


def _log(connection: Connection, progress: Progress, *, deep: bool) -> list[Finding]:
    found: list[Finding] = []
    if deep:
        total = connection.scalar(select(func.count()).select_from(op)) or 0
        for done, row in enumerate(connection.execute(select(op.c.id, op.c.sha, op.c.body))):
            progress.step(done, total, "正在核对操作记录")
            if digest_of(row.body) != row.sha or row.sha[:16] != row.id:
                found.append(Finding("damage", f"操作 {row.id.hex()} 的内容被改动过。"))
    lost = select(op_aud.c.op).where(op_aud.c.op.not_in(select(op.c.pk)))
    if connection.scalar(lost.limit(1)) is not None:
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
