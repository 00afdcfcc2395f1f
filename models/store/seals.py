"""Sealed months in the ledger: rows that are only ever added, each with a sum over itself and the one before it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Row, select

from models.store.local_schema import seal

_SUMMED = ("as_of", "at", "wall", "user", "note", "program", "figures", "faces")


def add(connection: Connection, values: Mapping[str, Any]) -> None:
    """Add a seal: every column but its number and its sum."""
    last = newest(connection)
    connection.execute(seal.insert().values(**values, sum=_sum(last.sum if last else b"", values)))


def newest(connection: Connection) -> Row[Any] | None:
    """The seal that was made last."""
    return connection.execute(select(seal).order_by(seal.c.pk.desc()).limit(1)).first()


def changed(connection: Connection) -> Iterator[int]:
    """The numbers of seals that are not as they were written, or before which one is gone."""
    before = b""
    for number, row in enumerate(connection.execute(select(seal).order_by(seal.c.pk)).mappings(), 1):
        if row["pk"] != number or row["sum"] != _sum(before, row):
            yield row["pk"]
        before = row["sum"]


def _sum(before: bytes, values: Mapping[Any, Any]) -> bytes:
    """SHA-256, 32 bytes, over every part with its length."""
    found = hashlib.sha256(before)
    for name in _SUMMED:
        part = values[name] if isinstance(values[name], bytes) else str(values[name]).encode()
        found.update(len(part).to_bytes(8, "big") + part)
    return found.digest()
