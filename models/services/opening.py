"""The front door of a home: make one, open one, put a backup in its place, try the samples."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from models import file_faults, files
from models.domain.unit import TOWNSHIP
from models.errors import LedgerError
from models.progress import Progress, Silent
from models.services.base import backups, units
from models.services.base.desk import (
    LEDGER,
    USER,
    Clock,
    Desk,
    Identify,
    LedgerGone,
    NoHome,
    Passphrase,
    no_passphrase,
    nobody,
    system_clock,
)
from models.services.office import Office
from models.store import fold_version, sqlite, upgrade
from models.store.ledger import Ledger, in_words
from models.sync.refusals import PassphraseNeeded

if TYPE_CHECKING:
    from models.services.views.users import Person


@dataclass(eq=False)
class HomeExists(LedgerError):
    """There is a ledger in this folder already."""

    code = "H107"
    title = "这个数据文件夹里已经有台账，没有重新建立"

    @property
    def way_out(self) -> str:
        return "请直接打开它；要另建一份，请换一个空文件夹。"


@dataclass(eq=False)
class NotALedgerFile(LedgerError):
    """What lies there under the ledger's name is none."""

    code = "H108"
    title = "数据文件夹里的 ledger.db 不是本程序的台账，没有改动它"

    @property
    def way_out(self) -> str:
        return "请换一个数据文件夹，或用备份恢复。"


def set_up(
    home: Path, kind: str, name: str, code: str, *, passphrase: str | None = None, protect: bool = False,
    join: bool = False, clock: Clock = system_clock,
) -> Office:  # fmt: skip
    """Make a new home: ledger and device keys; the county also its root key. `protect`: keys under a passphrase.

    `join`: a further PC of a county that has its root key already, on another PC or on its recovery sheet.
    """
    from models.services.home import founding  # noqa: PLC0415 - once in the life of a ledger

    units.check(kind, name, code)
    if protect and not passphrase:
        raise PassphraseNeeded(home / "keys")
    with file_faults.in_words(home):
        if (home / LEDGER).exists():
            raise HomeExists
        (home / "keys").mkdir(parents=True, exist_ok=True)
    fresh = home / "ledger.new"
    ledger = Ledger(fresh)
    with ledger.locked():
        if (home / LEDGER).exists():  # another program was faster: its keys must stay
            raise HomeExists
        desk = Desk(home, ledger, clock=clock)
        founding.build(desk, fresh, (kind, name, code), passphrase if protect else None, join=join)
    return open_office(home, passphrase=lambda: passphrase, clock=clock)


def open_office(
    home: Path, *, passphrase: Passphrase = no_passphrase, clock: Clock = system_clock, user: str = USER,
    identify: Identify = nobody, progress: Progress | None = None,
) -> Office:  # fmt: skip
    """Open a home that is there, bringing its ledger to the newest schema and its rows to the rules of this program."""
    path = home / LEDGER
    with file_faults.in_words(path):
        if not path.is_file():
            raise LedgerGone(home) if (home / "keys" / "device.key").is_file() else NoHome(home)
        if not sqlite.is_ledger(path):
            raise NotALedgerFile
    ledger = Ledger(path)
    desk = Desk(home, ledger, clock=clock, passphrase=passphrase, user=user, identify=identify)
    with _closing(ledger), in_words():
        _bring_up(desk, progress or Silent())
        _sweep(desk)
    return Office(desk)


def _bring_up(desk: Desk, progress: Progress) -> None:
    """What an older program wrote is made fit for this one. The ledger as it was is kept, until it has been."""
    ledger = desk.ledger
    if upgrade.is_old(ledger.path):
        with ledger.locked():
            backups.make(desk, backups.UPGRADE, progress)
            upgrade.upgrade(ledger.path)
    with ledger.read() as connection:
        if fold_version.is_current(connection):
            return
    with ledger.write() as connection:
        if not fold_version.is_current(connection):  # another program may have been faster
            fold_version.fold_anew(connection, progress)


def restore(
    home: Path, file: Path, progress: Progress | None = None, person: Person | None = None
) -> Path | None:  # fmt: skip
    """Put a backup in the place of a home's ledger; where the one that was there lies now (None: there was none).

    `person`: who signed in.
    """
    from models.services.home import restoring  # noqa: PLC0415 - once in years

    return restoring.restore(home, file, progress, person=person)


def open_samples(home: Path, kind: str, progress: Progress) -> Office:
    """Open the samples of a kind of desk in a folder of their own; the first time they are made."""
    from models.services.home import sample_checks, samples  # noqa: PLC0415 - whoever never tries them never loads them

    if (home / LEDGER).exists():
        return open_office(home)
    kind = kind if kind in samples.HOMES else TOWNSHIP
    office = set_up(home, kind, *samples.HOMES[kind])
    try:
        samples.fill(office.units, office.imports, kind, progress)
        verbs = sample_checks.Verbs(office.records, office.sources, office.campaigns, office.inspections)
        samples.live_through(verbs, kind, office.desk.today())
    except BaseException:
        office.close()
        files.clear_folder(home)  # half a sample would be opened the next time
        raise
    return office


def _sweep(desk: Desk) -> None:
    """Empty what a crash may have left opened or half written; another program that is at work keeps its own."""
    parts = [path for path in desk.outbox.iterdir() if files.is_part(path)]
    if (parts or any(desk.staging.iterdir())) and desk.ledger.alone():
        try:
            files.clear_folder(desk.staging)
            for part in parts:
                files.remove(part)
        finally:
            desk.ledger.let_go()
    with suppress(file_faults.FileTrouble):  # another program may still show a photo: it is swept the next time
        files.clear_copies(desk.opened)


@contextmanager
def _closing(ledger: Ledger) -> Generator[None]:
    """Give the file back if opening it fails half-way."""
    try:
        yield
    except BaseException:
        ledger.close()
        raise
