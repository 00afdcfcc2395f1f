"""Putting a backup in the place of the ledger. The present one is kept aside; a power cut leaves one or the other.

It works where the present ledger is damaged or gone: then the keys say whose home this is. Where the present ledger has
users, an admin of them must be there: an older ledger knows fewer of them. A ledger that cannot be read asks nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import inspect, select

from models import file_faults, files
from models.domain.roles import Deed
from models.errors import LedgerError
from models.progress import Progress, Silent
from models.services.base import backups
from models.services.base.backups import NotSound
from models.services.base.desk import (
    LEDGER,
    Clock,
    Desk,
    Identify,
    NoHome,
    Passphrase,
    no_passphrase,
    nobody,
    system_clock,
)
from models.services.exchange import undo
from models.services.home import identity, users
from models.services.views.users import Person
from models.store import number, sqlite, upgrade
from models.store.ledger import Ledger, LedgerBusy, NotALedger, in_words, rewriting
from models.store.local_schema import user
from models.store.schema import setting
from models.sync.keyfile import load_device_keys


@dataclass(eq=False)
class NotABackup(LedgerError):
    """The file is no copy of a ledger of this program."""

    code = "H111"
    title = "这个文件不是台账备份"
    path: Path

    @property
    def message(self) -> str:
        return f"“{self.path.name}”不是本程序的台账备份，没有恢复，本机数据未改动。"

    @property
    def way_out(self) -> str:
        return "请选择由“备份”写出的 .db 文件。"


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


@dataclass(eq=False)
class BackupDamaged(LedgerError):
    """The backup is not whole."""

    code = "H114"
    title = "这份备份有损坏"
    path: Path

    @property
    def message(self) -> str:
        return f"“{self.path.name}”有损坏，没有恢复，本机数据未改动。"

    @property
    def way_out(self) -> str:
        return "请换一份更早的备份；程序自己留的几份在“设置”的“备份与检查”里。"


class WindowOpen(LedgerError):
    """The window works with the ledger that should be put aside."""

    code = "H116"
    title = "台账正在窗口里打开着，没有恢复，本机数据未改动"

    @property
    def way_out(self) -> str:
        return "请在窗口的“设置”里恢复，或关闭窗口后再用命令恢复。"


def restore(
    home: Path, file: Path, progress: Progress | None = None, *, passphrase: Passphrase = no_passphrase,
    clock: Clock = system_clock, person: Person | None = None, identify: Identify = nobody,
) -> Path | None:  # fmt: skip
    """Restore a backup of this home. Returns where the ledger that was there lies now; None: there was none.

    `person`: who signed in before, where this PC has users; else `identify` is asked.
    """
    told = progress or Silent()
    with file_faults.in_words(file):
        if not file.exists():
            raise file_faults.FileGone(file)
        if not file.is_file() or not sqlite.is_ledger(file):
            raise NotABackup(file)
    path = home / LEDGER
    with file_faults.in_words(home):
        if not path.exists() and not (home / "keys").is_dir():
            raise NoHome(home)
    ledger = Ledger(path)
    desk = Desk(home, ledger, clock=clock, passphrase=passphrase, identify=identify)
    desk.person = person
    try:
        if not ledger.stay():
            raise WindowOpen
        _ask_for_admin(desk)
        with ledger.locked(), files.scratch(desk.staging) as own:
            copy = own / LEDGER
            _fetch(file, copy, told)
            whose = _readable(copy, file, told)
            if whose.get("device") not in _own_devices(desk, passphrase):
                if not identity.goes_on(desk, whose):
                    raise OfAnotherDevice(file, whose.get("name", ""))
                identity.carry_over(desk, copy)
            _forget_import(copy)
            _count_on(desk, copy)
            aside = _keep_aside(desk, told)
            ledger.close()
            upgrade.swap(copy, path)
    finally:
        ledger.close()
    return aside


def _ask_for_admin(desk: Desk) -> None:
    """Refuse whoever may not manage this PC. An older ledger that has no table of users has no users."""
    if not desk.ledger.path.is_file() or not sqlite.is_ledger(desk.ledger.path):
        return
    try:
        with in_words():
            if inspect(desk.ledger.engine).has_table(user.name):
                users.greet(desk, Deed.MANAGE)
                with desk.ledger.read() as connection:
                    users.gate(desk, Deed.MANAGE, connection)
    except NotALedger:
        return


def _fetch(file: Path, copy: Path, progress: Progress) -> None:
    """Bring a backup into the home, with the journal that lies beside it where somebody copied a living ledger."""
    size, done = backups.size_of(file), 0
    files.ensure_space(copy.parent, size)
    for end in ("", "-wal"):
        source = file.with_name(file.name + end)
        if source.is_file():
            with files.new_file(copy.with_name(copy.name + end)) as out:
                for piece in files.read_chunks(source):
                    progress.step(done, size, "正在读取备份")
                    out.write(piece)
                    done += len(piece)


def _readable(copy: Path, shown: Path, progress: Progress) -> dict[str, str]:
    """What a backup says of itself. Damaged, or of a newer program: refused. Older: brought up to date."""
    try:
        backups.tried(copy, progress)
        with in_words():
            if upgrade.is_old(copy):
                upgrade.upgrade(copy)
        return _settings(copy)
    except (NotALedger, NotSound) as error:
        raise BackupDamaged(shown) from error


def _forget_import(copy: Path) -> None:
    """Its last import cannot be taken back any more: the copy before it belongs to the ledger that is put aside."""
    with rewriting(copy) as connection:
        connection.execute(setting.delete().where(setting.c.name == undo.MARK))


def _count_on(desk: Desk, copy: Path) -> None:
    """No number is given twice: those that the present ledger gave since stand on papers, or at the county."""
    path = desk.ledger.path
    try:
        with in_words():
            if not path.is_file() or not sqlite.is_ledger(path) or upgrade.is_old(path):
                return
        own = desk.settings
        with desk.ledger.read() as connection:
            given = number.given(connection, own["unit"], own["device"])
    except (NotALedger, KeyError):
        return
    with rewriting(copy) as connection:
        sqlite.put(setting, {"name": number.GIVEN, "value": given}, connection)


def _settings(path: Path) -> dict[str, str]:
    ledger = Ledger(path)
    try:
        with ledger.read() as connection:
            return {row.name: row.value for row in connection.execute(select(setting))}
    finally:
        ledger.close()


def _own_devices(desk: Desk, passphrase: Passphrase) -> set[str]:
    """Whose home this is: as its ledger says, or its keys where the ledger cannot be read."""
    try:
        if desk.ledger.path.is_file() and sqlite.is_ledger(desk.ledger.path):
            return {desk.settings["device"]}
    except (NotALedger, KeyError):
        pass
    phrase = passphrase()
    with file_faults.in_words(desk.home):
        found = sorted((desk.home / "keys").glob("device*.key"))  # one for each time that the device was renewed
    return {load_device_keys(path, phrase).id.hex() for path in found}


def _keep_aside(desk: Desk, progress: Progress) -> Path | None:
    """A tried copy of the present ledger; where it is damaged, its bytes as they are."""
    path = desk.ledger.path
    if not path.is_file():
        return None
    try:
        if sqlite.is_ledger(path):
            aside = backups.make(desk, backups.RESTORE, progress).path
            if not desk.ledger.settle():  # a journal that is left must not be torn from its file
                raise LedgerBusy("")
            return aside
    except (NotALedger, NotSound):
        pass
    return _bytes_aside(desk)


def _bytes_aside(desk: Desk) -> Path:
    path, stamp = desk.ledger.path, desk.wall()[:19].replace("-", "").replace(":", "").replace("T", "-")
    files.ensure_space(desk.backups, backups.size_of(path))
    aside = desk.backups / f"damaged-{stamp}.db"
    for end in ("-wal", ""):
        source = path.with_name(path.name + end)
        if source.is_file():
            files.durable_write(aside.with_name(aside.name + end), files.read_chunks(source))
    return aside
