"""Whether a ledger is whole: what SQLite says of the file, and what the operations say of themselves."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from models.progress import Progress
from models.store import sqlite
from models.store.operations import digest_of
from models.store.schema import op, op_aud


def changed(connection: Connection, progress: Progress) -> Iterator[bytes]:
    """The ids of operations whose bytes are no longer those that were stored."""
    total = connection.scalar(select(func.count()).select_from(op)) or 0
    for done, row in enumerate(connection.execute(select(op.c.id, op.c.sha, op.c.body))):
        progress.step(done, total, "正在核对操作记录")
        whole = isinstance(row.body, bytes) and digest_of(row.body) == row.sha  # SQLite keeps any type in any column
        if not whole or row.sha[:16] != row.id:
            yield row.id


def has_gaps(connection: Connection) -> bool:
    """Whether operations are gone that the ledger knows the receivers of."""
    lost = select(op_aud.c.op).where(op_aud.c.op.not_in(select(op.c.pk)))
    return connection.scalar(lost.limit(1)) is not None


def has_foreign_parts(connection: Connection) -> bool:
    """Whether somebody put a trigger or a view into the file: ours has none, and they run what others wrote."""
    found = "SELECT count(*) FROM sqlite_master WHERE type NOT IN ('table', 'index')"
    return connection.exec_driver_sql(found).scalar() != 0


def is_whole(connection: Connection, progress: Progress) -> bool:
    """Whether all that cannot be made anew is there: the file, every operation, byte for byte."""
    if sqlite.integrity(connection, quick=False) or has_gaps(connection) or has_foreign_parts(connection):
        return False
    return next(changed(connection, progress), None) is None
