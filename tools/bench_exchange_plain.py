"""Plain work with the data of an exchange: what SQLite alone takes, by its driver, to write what was taken in."""

# ruff: noqa: S608 - the statements are our own

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from bench_exchange_parts import Clock

_AT_ONCE = 5_000  # rows held at once
# What an import writes: of these tables every row.
_WRITTEN = ("op", "op_aud", "known", "problem", "named", "granted", "conflict", "held", "remark", "measure", "dispatch")
# Of a record: what demo_county writes, id first.
FIELDS = (
    "number", "source", "round", "batch", "description", "goal", "measures_text", "categories", "township", "place",
    "lead_unit", "person", "phone", "progress", "found_on", "deadline", "deadline_kind", "pace", "completed_on",
    "void_from",
)  # fmt: skip


def tune(connection: Any) -> None:
    """Plain work is done under the same conditions."""
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "cache_size=-65536", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {pragma}").fetchall()


def rows_of(home: Path, target: Path) -> Clock:
    """Write all rows of a home's ledger into a new file with the same tables and indexes."""
    clock = Clock()
    with _opened(home / "ledger.db") as source, _opened(target) as out:
        statements = source.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type DESC")
        for (statement,) in statements.fetchall():
            out.execute(statement)
        out.execute("BEGIN IMMEDIATE")
        for table in _WRITTEN:
            for rows in _many(source, f"SELECT * FROM {table}"):
                with clock.running():
                    out.executemany(f"INSERT INTO {table} VALUES ({_places(rows[0])})", rows)
        with clock.running():
            out.execute("COMMIT")
    return clock


def changes_of(home: Path, before: Path) -> Clock:
    """Make a copy of a ledger from before an import equal to the ledger after it: new rows, and changed columns."""
    clock = Clock()
    with _opened(home / "ledger.db") as now, _opened(before) as out:
        now.execute("ATTACH ? AS before", (str(before),))
        columns = [row[1] for row in now.execute("PRAGMA main.table_info(problem)")]
        changed: defaultdict[tuple[str, ...], list[tuple[Any, ...]]] = defaultdict(list)
        for row in now.execute("SELECT a.*, b.* FROM main.problem a JOIN before.problem b USING (pk)"):
            is_, was = row[: len(columns)], row[len(columns) :]
            names = tuple(name for name, a, b in zip(columns, is_, was, strict=True) if a != b)
            if names:
                values = dict(zip(columns, is_, strict=True))
                changed[names].append((*[values[name] for name in names], values["pk"]))
        fresh = {
            table: now.execute(f"SELECT * FROM main.{table} EXCEPT SELECT * FROM before.{table}").fetchall()
            for table in _WRITTEN
            if table != "problem"
        }
        new = "SELECT * FROM main.problem WHERE pk NOT IN (SELECT pk FROM before.problem)"
        fresh["problem"] = now.execute(new).fetchall()
        now.execute("DETACH before")
        with clock.running():
            out.execute("BEGIN IMMEDIATE")
            for table, rows in fresh.items():
                if rows:
                    out.executemany(f"INSERT INTO {table} VALUES ({_places(rows[0])})", rows)
            for names, values in changed.items():
                out.executemany(f"UPDATE problem SET {' = ?, '.join(names)} = ? WHERE pk = ?", values)
            out.execute("COMMIT")
    return clock


def records_alone(home: Path, target: Path) -> Clock:
    """Write the records of a home into one table with one index."""
    names, clock = ", ".join(FIELDS), Clock()
    with _opened(home / "ledger.db") as source, _opened(target) as out:
        out.execute(f"CREATE TABLE record (id BLOB PRIMARY KEY, {names})")
        out.execute("BEGIN IMMEDIATE")
        for rows in _many(source, f"SELECT id, {names} FROM problem"):
            with clock.running():
                out.executemany(f"INSERT INTO record VALUES ({_places(rows[0])})", rows)
        with clock.running():
            out.execute("COMMIT")
    return clock


def _opened(path: Path) -> closing[sqlite3.Connection]:
    connection = sqlite3.connect(path, isolation_level=None)
    tune(connection)
    return closing(connection)


def _many(source: sqlite3.Connection, statement: str) -> Iterator[list[Any]]:
    cursor = source.execute(statement)
    while rows := cursor.fetchmany(_AT_ONCE):
        yield rows


def _places(row: tuple[Any, ...]) -> str:
    return ", ".join("?" * len(row))
