"""The door to the database: open, read, write. One verb is one transaction; it commits whole, or leaves no trace."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError, OperationalError

from models import files
from models.domain.roles import Deed
from models.errors import LedgerError
from models.store import fold, sqlite

LOCK_SECONDS = 5.0


class LedgerBusy(LedgerError):
    """Another program writes to this home."""

    code = "H102"
    title = "另一个程序正在使用这个数据文件夹"

    def __init__(self, holder: str) -> None:
        super().__init__()
        self.holder = holder

    @property
    def message(self) -> str:
        return f"正在使用这个数据文件夹的是：{self.holder or '另一个环改台账窗口'}。本机数据未改动。"

    @property
    def way_out(self) -> str:
        return "请等它做完，或关闭那个窗口，再做一次。"


class DiskTrouble(LedgerError):
    """The disk is full, or does not do what it is told."""

    code = "H103"
    title = "磁盘写不进去，这一步没有完成，本机原有数据未改动"

    @property
    def way_out(self) -> str:
        return "请清理磁盘空间，确认数据文件夹可以写入，再做一次。"


class NotALedger(LedgerError):
    """The file is damaged, or no ledger."""

    code = "H104"
    title = "台账文件打不开，可能已损坏"

    @property
    def way_out(self) -> str:
        return "请不要删除任何文件，用最近的备份恢复；恢复后请与县里交换一次。"


# How SQLite names a disk that is full, read-only or broken; the last: its journal cannot be opened for long.
_DISK = ("full", "disk I/O", "readonly", "unable to open", "locking protocol")


class Ledger:
    """An open ledger file and its lock."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = FileLock(path.with_name("lock"), timeout=LOCK_SECONDS)
        self._holder = path.with_name("lock.txt")
        self._open = FileLock(path.with_name("open"), timeout=0, thread_local=False)
        self.engine: Engine = sqlite.connect(path)
        self._writing = self.engine.execution_options(writes=True)
        fold.guard(self.engine)
        self.greet: Callable[[Deed], None] = lambda _: None  # has him sign in who is named, before a transaction
        self.let_pass: Callable[[Deed, Connection], None] = lambda _deed, _connection: None  # or refuse

    @contextmanager
    def read(self) -> Generator[Connection]:
        """One consistent view of the ledger."""
        with in_words(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self, *, keep: bool = True, deed: Deed = Deed.EDIT) -> Generator[Connection]:
        """One transaction under the home's lock. With `keep=False` it is the same, and rolled back: a dry run.

        `deed`: what it is to the ledger, so that the user who sits here may do it, or is refused.
        """
        if keep:
            self.greet(deed)
        with self.locked(), in_words(), self._writing.connect() as connection:
            transaction = connection.begin()
            try:
                if keep:
                    self.let_pass(deed, connection)
                yield connection
            except BaseException:
                transaction.rollback()
                raise
            if keep:
                transaction.commit()
            else:
                transaction.rollback()

    def settle(self) -> bool:
        """Bring all that stands in the journal into the file itself; False: somebody reads it, some is left."""
        with in_words():
            return sqlite.fold_journal(self.engine)

    def gate(self, deed: Deed) -> None:
        """Refuse what the user may not do, before anything is prepared; `write` asks by itself."""
        self.greet(deed)
        with self.read() as connection:
            self.let_pass(deed, connection)

    @contextmanager
    def locked(self) -> Generator[None]:
        """Hold the home's lock; it is re-entrant within this program."""
        try:
            self._lock.acquire()
        except Timeout as error:
            raise LedgerBusy(self._who_holds()) from error
        except OSError as error:
            raise DiskTrouble from error
        if self._lock.lock_counter == 1:
            files.jot(self._holder, f"环改台账（进程 {os.getpid()}）")
        try:
            yield
        finally:
            self._lock.release()

    def alone(self) -> bool:
        """Whether nobody writes now; then the lock is held until `let_go`."""
        try:
            self._lock.acquire(timeout=0)
        except (Timeout, OSError):
            return False
        return True

    def let_go(self) -> None:
        """Give back what `alone` took."""
        self._lock.release()

    def stay(self) -> bool:
        """Claim this ledger until it is closed here, so that nobody puts another in its place. False: it is claimed."""
        try:
            self._open.acquire()
        except (Timeout, OSError):
            return False
        return True

    def _who_holds(self) -> str:
        try:
            return self._holder.read_text(encoding="utf-8")[:200]
        except (OSError, UnicodeDecodeError):
            return ""

    def close(self) -> None:
        """Give the file back."""
        self._open.release()
        self.engine.dispose()


@contextmanager
def rewriting(path: Path) -> Generator[Connection]:
    """One transaction on a ledger that lies aside and nobody works with; afterwards its file alone holds all."""
    ledger = Ledger(path)
    try:
        with ledger.write() as connection:
            yield connection
        ledger.settle()
    finally:
        ledger.close()


@contextmanager
def in_words() -> Generator[None]:
    """What the environment does to a database is said to people; everything else is a bug and passes."""
    try:
        yield
    except (DatabaseError, sqlite3.DatabaseError) as error:  # SQLAlchemy's, or the driver's own while it copies
        refusal = _refusal(error)
        if refusal is None:
            raise
        raise refusal from error
    except UnicodeDecodeError as error:
        raise NotALedger from error


def _refusal(error: DatabaseError | sqlite3.DatabaseError) -> LedgerError | None:
    text = str(error.orig if isinstance(error, DatabaseError) else error)
    if isinstance(error, OperationalError | sqlite3.OperationalError):
        if "locked" in text or "busy" in text:
            return LedgerBusy("")
        trouble = any(sign in text for sign in _DISK)
        return DiskTrouble() if trouble else None
    return NotALedger() if any(sign in text for sign in ("malformed", "not a database", "encrypted")) else None
