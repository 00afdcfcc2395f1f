"""The rows of folded histories, replaced by what they come to now: what stays as it is is not written again.

A record keeps its row, so only columns that changed are written, with the indexes that hold them: most of a ledger's
rows are long and change in three fields. Rows that have no number of their own are written anew together, by history.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import compress
from operator import ne
from typing import Any

from sqlalchemy import Connection, Table

from models.store.rows import Rows
from models.store.schema import FOLDED
from models.store.sqlite import insert_many, wanted_rows

_Row = dict[str, Any]


def there(connection: Connection) -> Rows:
    """The rows of the histories whose tops stand in `wanted`."""
    return {name: wanted_rows(connection, table) for name, table in FOLDED.items()}


def replace(connection: Connection, old: Rows, new: Rows) -> None:
    """Write what differs between the rows of some histories as they stand and as they should be."""
    for name, table in FOLDED.items():
        was, now = old[name], new.get(name, [])
        if was != now:
            own = "pk" in now[0] if now else False
            (_by_number if own else _by_history)(connection, table, was, now)


def _by_number(connection: Connection, table: Table, was: list[_Row], now: list[_Row]) -> None:
    """Rows that have numbers: each is a record's, and keeps it."""
    before = {row["pk"]: row for row in was}
    fresh: list[_Row] = []
    changed: defaultdict[tuple[str, ...], list[tuple[Any, ...]]] = defaultdict(list)
    for row in now:
        there_ = before.pop(row["pk"], None)
        if there_ is None:
            fresh.append(row)
        elif names := tuple(compress(row, map(ne, row.values(), map(there_.__getitem__, row)))):
            changed[names].append((*[row[name] for name in names], row["pk"]))
    _delete(connection, table, "pk", before)
    for names, values in changed.items():
        columns = ", ".join(f'"{name}" = ?' for name in names)
        connection.exec_driver_sql(f'UPDATE "{table.name}" SET {columns} WHERE pk = ?', values)  # noqa: S608 - our names
    insert_many(table, fresh, connection)


def _by_history(connection: Connection, table: Table, was: list[_Row], now: list[_Row]) -> None:
    """Rows that have none: of a history in which anything differs all are written anew."""
    before, after = _of_tops(was), _of_tops(now)
    differ = {top for top in before | after if before.get(top) != after.get(top)}
    _delete(connection, table, "top", differ & before.keys())
    insert_many(table, [row for row in now if row["top"] in differ], connection)


def _of_tops(rows: list[_Row]) -> dict[bytes, list[_Row]]:
    """The rows of each history, without numbers."""
    found: defaultdict[bytes, list[_Row]] = defaultdict(list)
    for row in rows:
        found[row["top"]].append({name: value for name, value in row.items() if name != "pk"})
    return found


def _delete(connection: Connection, table: Table, column: str, values: Any) -> None:
    if values:
        statement = f'DELETE FROM "{table.name}" WHERE {column} = ?'  # noqa: S608 - our own names
        connection.exec_driver_sql(statement, [(value,) for value in values])
