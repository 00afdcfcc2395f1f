"""What is SQLite's alone: connecting, pragmas, statements of its dialect, online copies. Nothing else may hold such."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any, cast

from sqlalchemy import (
    URL,
    Column,
    ColumnElement,
    Connection,
    Dialect,
    Engine,
    LargeBinary,
    MetaData,
    Select,
    SelectBase,
    Table,
    create_engine,
    event,
    func,
    select,
    text,
)
from sqlalchemy.dialects.sqlite import Insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.pool import NullPool
from sqlalchemy.util import LRUCache

from models.progress import Progress, Silent
from models.store.hearing import heard
from models.store.schema import APPLICATION_ID

COPIED_AT_ONCE = 2_000  # pages between two reports

# Ids that a statement is about, so that it need not carry a long list: filled by `temporary_ids`, asked by `among`.
wanted = Table("wanted", MetaData(), Column("id", LargeBinary(16), primary_key=True))

_PRAGMAS = (
    "foreign_keys=ON",
    "busy_timeout=5000",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
    "temp_store=MEMORY",
    "secure_delete=ON",
    "journal_mode=WAL",
    "synchronous=FULL",
    "cache_size=-65536",
)


_TO_READ = tuple(one for one in _PRAGMAS if not one.startswith(("journal_mode", "synchronous")))

_COMPILED = LRUCache[Any, Any](1_000)  # by the dialect and the statement


def connect(path: Path) -> Engine:
    """An engine over a ledger file. Transactions are begun by us: `BEGIN IMMEDIATE` for writers."""
    dialect = _dialect()
    pool = NullPool(lambda: _opened(path, dialect), dialect=dialect)
    engine = Engine(pool, dialect, URL.create("sqlite", database=str(path)))
    engine.update_execution_options(compiled_cache=_COMPILED)
    event.listen(engine, "begin", _begin)
    return engine


@cache
def _dialect() -> Dialect:
    """One for all ledgers: what a statement is compiled to is then remembered for all of them."""
    engine = create_engine("sqlite://", poolclass=NullPool)
    with engine.connect():  # which tells it about the library
        return engine.dialect


def _opened(path: Path, dialect: Dialect) -> Any:
    """A connection. Where the disk takes nothing any more (full, read-only), what lies there can still be read.

    That is sure while the file alone holds all; whoever has it open keeps a journal beside it, which is then shared.
    """
    try:
        return _tuned(dialect.connect(str(path), timeout=5.0, check_same_thread=False), _PRAGMAS)
    except sqlite3.OperationalError as error:
        journal = path.with_name(f"{path.name}-wal")
        busy = error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
        if busy or not path.is_file() or (journal.is_file() and journal.stat().st_size):
            raise
        address = f"{path.absolute().as_uri()}?immutable=1"
        return _tuned(dialect.connect(address, uri=True, check_same_thread=False), _TO_READ)


def _tuned(connection: Any, pragmas: tuple[str, ...]) -> Any:
    try:
        connection.isolation_level = None  # no transaction but those that we begin
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")
        connection.create_function("heard", 2, heard, deterministic=True)
    except BaseException:
        connection.close()
        raise
    return connection


def _begin(connection: Connection) -> None:
    kind = "IMMEDIATE" if connection.get_execution_options().get("writes") else "DEFERRED"
    connection.exec_driver_sql(f"BEGIN {kind}")


def mark(connection: Connection) -> None:
    """Write into a new file whose ledger it is."""
    connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")


def is_ledger(path: Path) -> bool:
    """Whether a file is a ledger of this program, by its application id."""
    with path.open("rb") as file:
        head = file.read(100)
    return head[:16] == b"SQLite format 3\0" and int.from_bytes(head[68:72], "big") == APPLICATION_ID


def insert_new(table: Table, rows: list[dict[str, Any]], connection: Connection) -> None:
    """Insert rows of one shape, passing over those whose key is there."""
    _insert(table, rows, connection, " ON CONFLICT DO NOTHING")


def insert_many(table: Table, rows: list[dict[str, Any]], connection: Connection) -> None:
    """Insert rows of one shape."""
    _insert(table, rows, connection, "")


def _insert(table: Table, rows: list[dict[str, Any]], connection: Connection, otherwise: str) -> None:
    """By the driver, without a look at each value: this is where most rows of a package go."""
    if rows:
        names = ", ".join(f'"{name}"' for name in rows[0])
        places = ", ".join("?" * len(rows[0]))
        statement = f"INSERT INTO {table.name} ({names}) VALUES ({places}){otherwise}"  # noqa: S608 - our own names
        connection.exec_driver_sql(statement, [tuple(row.values()) for row in rows])


def put(table: Table, values: dict[str, Any], connection: Connection) -> None:
    """Insert one row or replace it by its primary key."""
    connection.execute(_replacing(table, tuple(values)), values)


def put_all(table: Table, rows: list[dict[str, Any]], connection: Connection) -> None:
    """Insert rows of one shape or replace them by their primary key."""
    if rows:
        connection.execute(_replacing(table, tuple(rows[0])), rows)


@cache
def _replacing(table: Table, names: tuple[str, ...]) -> Insert:
    """What writes rows with values of these names over those with the same primary key."""
    keys = [c.name for c in table.primary_key]
    statement = sqlite_insert(table)
    changed = {name: statement.excluded[name] for name in names if name not in keys}
    return statement.on_conflict_do_update(index_elements=keys, set_=changed)


def copy_online(source: Connection, target: Path, progress: Progress | None = None) -> None:
    """A copy of what a transaction sees of a living ledger (the online backup API; never a copy of the file).

    Whoever writes meanwhile neither shows in the copy nor makes it begin anew.
    """
    told = progress or Silent()

    def tell(_state: int, left: int, all_: int) -> None:
        told.step(all_ - left, all_, "正在复制台账")

    source.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar()  # only a read begins the view of it
    with closing(sqlite3.connect(target)) as copy:
        _raw(source).backup(copy, pages=COPIED_AT_ONCE, progress=tell)


def put_back(copy: Path, into: Engine) -> None:
    """Put what a closed ledger holds into a living one: one transaction, which programs that have it open see whole."""
    with closing(sqlite3.connect(copy)) as source, into.connect() as target:
        source.backup(_raw(target))


def integrity(connection: Connection, *, quick: bool) -> list[str]:
    """What SQLite finds wrong with the file; empty where nothing."""
    pragma = "quick_check" if quick else "integrity_check"
    return [row[0] for row in connection.execute(text(f"PRAGMA {pragma}")) if row[0] != "ok"]


def temporary_ids(connection: Connection, ids: list[bytes]) -> None:
    """Fill the temporary table `wanted`."""
    connection.exec_driver_sql("CREATE TEMP TABLE IF NOT EXISTS wanted (id BLOB PRIMARY KEY) WITHOUT ROWID")
    connection.exec_driver_sql("DELETE FROM temp.wanted")
    if ids:
        connection.exec_driver_sql("INSERT OR IGNORE INTO temp.wanted VALUES (?)", [(i,) for i in ids])


def end_to_end(connection: Connection, hashes: SelectBase) -> bytes:
    """One column of bytes as one value, in any order: of a whole ledger a third of the time of reading the rows."""
    column: ColumnElement[bytes] = hashes.subquery().c[0]
    joined = func.group_concat(column, "").cast(LargeBinary)  # text of the same bytes: SQLite looks at none of them
    return connection.scalar(select(joined)) or b""


def as_hex(column: ColumnElement[bytes]) -> ColumnElement[str]:
    """An id as other rows write it."""
    return func.lower(func.hex(column))


def mappings(connection: Connection, statement: Select[Any]) -> list[dict[str, Any]]:
    """Rows by the names of their columns, by the driver: of rows with many columns."""
    return _mapped(connection.execute(statement).cursor)


def wanted_rows(connection: Connection, table: Table) -> list[dict[str, Any]]:
    """All of the rows whose `top` stands in `wanted`, by number.

    As text: a process asks each table a few times, and making such a statement takes longer than answering it.
    """
    names = ", ".join(f'"{column.name}"' for column in table.c)
    statement = f'SELECT {names} FROM "{table.name}" WHERE top IN (SELECT id FROM wanted) ORDER BY pk'  # noqa: S608 - our own names
    return _mapped(connection.exec_driver_sql(statement).cursor)


def _mapped(cursor: Any) -> list[dict[str, Any]]:
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def among(ids: ColumnElement[bytes]) -> ColumnElement[bool]:
    """Whether an id stands in `wanted`: each is looked up. A join would rather read the whole ledger."""
    return ids.in_(select(wanted.c.id))


def fold_journal(engine: Engine) -> bool:
    """Bring all that stands in the write-ahead log into the file itself; False: somebody reads it, some is left."""
    with engine.connect() as connection:
        busy, _, _ = _raw(connection).execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def _raw(connection: Connection) -> sqlite3.Connection:
    """The driver's own connection, below SQLAlchemy."""
    return cast("sqlite3.Connection", connection.connection.driver_connection)
