"""Bringing a ledger to the newest schema: on a copy, verified, then swapped; a power cut leaves the old one whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine, inspect

from models import files
from models.errors import LedgerError
from models.store import sqlite
from models.store.ledger import LedgerBusy, NotALedger
from models.store.local_schema import metadata  # with it every table is known

if TYPE_CHECKING:  # Alembic is loaded only where a ledger is made or upgraded: a start would feel it
    from alembic.config import Config

HEAD = "v0017"  # the newest migration: known without reading the scripts, which a start of the program would feel
_SCRIPTS = Path(__file__).parent / "migrations"


class FromNewerProgram(LedgerError):
    """A newer program wrote this ledger."""

    code = "H105"
    title = "这份台账由更新版本的程序写成，本机程序打不开，台账没有改动"

    @property
    def way_out(self) -> str:
        return "请先把程序升级到最新版本，再打开台账。"


class UpgradeFailed(LedgerError):
    """The upgraded copy is not sound; the old ledger stays."""

    code = "H106"
    title = "台账升级没有通过检查，已保留原来的台账"

    @property
    def way_out(self) -> str:
        return "请用原来版本的程序继续工作，并把诊断包交县环委办。"


def create(path: Path) -> None:
    """A new, empty ledger."""
    engine = sqlite.connect(path)
    try:
        with engine.connect() as connection:
            sqlite.mark(connection)
            connection.commit()
        _migrate(engine)
    finally:
        engine.dispose()


def is_old(path: Path) -> bool:
    """Whether a ledger must be upgraded before it is used; one of a newer program is refused."""
    engine = sqlite.connect(path)
    try:
        revision = _revision(engine)
    finally:
        engine.dispose()
    if revision is None:
        raise NotALedger
    if revision == HEAD:
        return False
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    if revision not in {s.revision for s in ScriptDirectory.from_config(_config()).walk_revisions()}:
        raise FromNewerProgram
    return True


def upgrade(path: Path) -> None:
    """Upgrade a ledger that is older than this program."""
    engine = sqlite.connect(path)
    try:
        copy = path.with_name(f"{path.name}.upgrade")
        files.remove(copy)
        with engine.connect() as connection, connection.begin():
            sqlite.copy_online(connection, copy)
        if not sqlite.fold_journal(engine):
            raise LedgerBusy("")
    finally:
        engine.dispose()
    _upgrade_copy(copy)
    swap(copy, path)


def swap(new: Path, path: Path) -> None:
    """Put a closed, verified ledger in the place of another: no journal of the old one may be left to meet it."""
    for leftover in ("-wal", "-shm"):
        files.remove(path.with_name(path.name + leftover))
    files.replace(new, path)


def _upgrade_copy(copy: Path) -> None:
    engine = sqlite.connect(copy)
    try:
        _migrate(engine)
        with engine.connect() as connection:
            if sqlite.integrity(connection, quick=False):
                raise UpgradeFailed
        sqlite.fold_journal(engine)
    finally:
        engine.dispose()


def _migrate(engine: Engine) -> None:
    from alembic import command  # noqa: PLC0415

    with engine.execution_options(writes=True).begin() as connection:
        config = _config()
        config.attributes.update(connection=connection, metadata=metadata)
        command.upgrade(config, "head")


def _config() -> Config:
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    return config


def _revision(engine: Engine) -> str | None:
    """None: our mark, and no ledger behind it."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
