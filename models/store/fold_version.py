"""By which rules the rows of a ledger were folded, so that a program with other rules folds them anew by itself.

What an older program held and could not apply (fields, tables, kinds that it did not know) takes effect here: its
operations lie in the log, byte for byte, and folding asks nothing else.
"""

from __future__ import annotations

from hashlib import sha256

from sqlalchemy import Connection, select

from models.domain.fields import TABLES
from models.domain.operation import KINDS
from models.progress import Progress
from models.store import fold, operations
from models.store.schema import setting
from models.store.sqlite import put

RULES = 7  # raised whenever the same operations come to other rows than before: tests/golden tells
NAME = "fold_version"  # of the setting


def current() -> str:
    """The rules of this program: their number, and all fields, tables, kinds and versions that it understands."""
    fields = [(table, f.name, f.type, f.owner, f.fixed, sorted(f.states)) for table in sorted(TABLES)
              for f in sorted(TABLES[table].values(), key=lambda one: one.name)]  # fmt: skip
    return f"{RULES}-{sha256(repr((fields, KINDS, operations.VERSION)).encode()).hexdigest()[:16]}"


def is_current(connection: Connection) -> bool:
    """Whether the rows of this ledger are those that this program would fold."""
    return connection.scalar(select(setting.c.value).where(setting.c.name == NAME)) == current()


def fold_anew(connection: Connection, progress: Progress) -> None:
    """Fold all rows by the rules of this program, and remember that."""
    fold.rebuild(connection, progress)
    remember(connection)


def remember(connection: Connection) -> None:
    """Note that the rows of this ledger are folded by the rules of this program."""
    put(setting, {"name": NAME, "value": current()}, connection)
