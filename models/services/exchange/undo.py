"""撤销导入: the last import is taken back whole, from the copy of the ledger that was made just before it (law 16).

The copy is written back in one transaction, so a power cut leaves the state after the import or the one before it.
What is of this home alone and not of the import stays as it is now: settings, layouts of workbooks, the register.
"""

from __future__ import annotations

import json
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select

from models import files
from models.domain.roles import Deed
from models.errors import LedgerError
from models.progress import Progress
from models.services.base import backups, register
from models.services.base.backups import NotSound
from models.services.base.desk import Desk
from models.services.views.exchange import LastImport
from models.store import fold_version, sqlite, upgrade
from models.store.ledger import NotALedger, in_words, rewriting
from models.store.local_schema import mapping, seal, user
from models.store.schema import file, op, pkg_in, pkg_out, setting, volume_in
from models.sync.header import Header

# What no import of operations writes, but for these two settings; and what is told of files that lie in the home.
OURS: tuple[Table, ...] = (setting, mapping, register.register, file, volume_in, user)
MARK = "undo"  # which copy belongs to which import
STATE = (MARK, fold_version.NAME)

SINCE = "导入以后本机又改过台账、封过账或写过数据包"
NO_COPY = "导入前留的那份台账已经不在"


@dataclass(eq=False)
class NothingToUndo(LedgerError):
    """No package was taken in, or not under this roof."""

    code = "S130"
    title = "没有可以撤销的导入，本机数据未改动"

    @property
    def way_out(self) -> str:
        return "只能撤销最近一次读入的数据包；某一条要改回去的，请在它的历史里点“恢复旧值”。"


@dataclass(eq=False)
class TooLateToUndo(LedgerError):
    """Something rests on the import by now, or its copy is gone."""

    code = "S131"
    title = "这次导入不能再整包撤销"
    why: str

    @property
    def message(self) -> str:
        return f"{self.why}，不能整包撤销最近一次导入，本机数据未改动。"

    @property
    def way_out(self) -> str:
        return "请打开要改回去的记录，在它的历史里点“恢复旧值”。"


@dataclass(eq=False)
class NotTheLast(LedgerError):
    """Somebody was asked about a package that is not the last one any more."""

    code = "S135"
    title = "这个包已经不是最近一次导入，没有撤销"
    sender: str  # of the one that is
    number: int

    @property
    def message(self) -> str:
        return (
            f"这个包已经撤销过，或者以后又读入过别的包：最近一次导入是{self.sender}第 {self.number} 包。"
            "没有撤销，本机数据未改动。"
        )

    @property
    def way_out(self) -> str:
        return "要撤销最近一次导入的，请到“往来记录”里选那个包。"


@contextmanager
def ready(desk: Desk, *, keep: bool) -> Generator[bool]:
    """Before an import: nobody else writes until it is over. Whether the file holds all that the ledger holds."""
    with desk.ledger.locked():
        yield keep and desk.ledger.settle()


def keep_before(desk: Desk, connection: Connection, header: Header, *, plain: bool) -> None:
    """The last step of an import, before it counts: a copy without it, and which import may be taken back by it."""
    copy = backups.before_import(desk, plain=plain)
    mark = {"copy": copy.name, "package": header.pkg_id, "device": header.sender.device, "last": _last(connection)}
    desk.remember(connection, **{MARK: json.dumps(mark)})


def last(desk: Desk, connection: Connection) -> LastImport | None:
    """The import that may be taken back, or why it may not."""
    row = connection.execute(select(pkg_in).order_by(pkg_in.c.pk.desc()).limit(1)).first()
    if row is None:
        return None
    names = desk.registry(connection).units
    found = LastImport(row.unit, names.get(row.unit, row.unit), row.number, row.imported, row.id.hex())
    mark = _mark(connection)
    if (mark.get("package"), mark.get("device")) != (row.id.hex(), row.device.hex()):
        return replace(found, why_not=NO_COPY)
    if mark["last"] != _last(connection)[: len(mark["last"])]:
        return replace(found, why_not=SINCE)
    return found if _copy(desk, mark).is_file() else replace(found, why_not=NO_COPY)


def take_back(desk: Desk, progress: Progress, package: str) -> LastImport:
    """Put the ledger back as it was before the last import, if that is this package (none named: whichever it is)."""
    desk.ledger.gate(Deed.EXCHANGE)
    with desk.ledger.locked():
        with desk.ledger.read() as connection:
            found = last(desk, connection)
            if found is None:
                raise NothingToUndo
            if package and found.package != package:
                raise NotTheLast(found.sender_name, found.number)
            if found.why_not:
                raise TooLateToUndo(found.why_not)
            copy = _copy(desk, _mark(connection))
            ours = {table.name: _rows(connection, table) for table in OURS}
        with files.scratch(desk.staging) as own:
            before = own / "ledger.db"
            _fetch(copy, before, progress)
            _put_ours(desk, found, before, ours, progress)
            progress.step(0, 0, "正在放回导入前的台账")
            with in_words():
                sqlite.put_back(before, desk.ledger.engine)
    desk.settings.pop(MARK, None)
    return found


def _last(connection: Connection) -> list[int]:
    """The newest operation, package out, package in and seal: the same as long as nothing was written or sealed.

    A mark of an older program ends before the seals.
    """
    newest = (connection.scalar(select(func.max(table.c.pk))) for table in (op, pkg_out, pkg_in, seal))
    return [number or 0 for number in newest]


def _mark(connection: Connection) -> dict[str, Any]:
    return json.loads(connection.scalar(select(setting.c.value).where(setting.c.name == MARK)) or "{}")


def _copy(desk: Desk, mark: dict[str, Any]) -> Path:
    return desk.backups / mark["copy"]


def _rows(connection: Connection, table: Table) -> list[dict[str, Any]]:
    found = select(table) if table is not setting else select(setting).where(setting.c.name.not_in(STATE))
    return [dict(row) for row in connection.execute(found).mappings()]


def _fetch(copy: Path, before: Path, progress: Progress) -> None:
    """A working copy of the copy, tried, and brought to the schema of today."""
    progress.step(0, 0, "正在检查导入前的台账")
    files.ensure_space(before.parent, 2 * copy.stat().st_size)
    files.copy_new(copy, before)
    try:
        backups.tried(before, progress)
        with in_words():
            if upgrade.is_old(before):
                upgrade.upgrade(before)
    except (NotALedger, NotSound) as error:
        raise TooLateToUndo("导入前留的那份台账有损坏") from error


def _put_ours(
    desk: Desk, undone: LastImport, before: Path, ours: dict[str, list[dict[str, Any]]], progress: Progress
) -> None:
    """What is of this home alone stands in the old state as it stands now."""
    with rewriting(before) as connection:
        for table in OURS:
            kept = table.delete() if table is not setting else table.delete().where(setting.c.name.not_in(STATE))
            connection.execute(kept)
            if ours[table.name]:
                connection.execute(insert(table), ours[table.name])
        register.enter(desk, connection, way=register.UNDO, result="undone", unit=undone.sender, number=undone.number)
        if not fold_version.is_current(connection):
            fold_version.fold_anew(connection, progress)
