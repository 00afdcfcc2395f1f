"""The operations of an opened package in batches, and what can be seen of them before any is judged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from models.store import operations
from models.sync.keys import CountyKeys
from models.sync.package import Opened

AT_ONCE = 2_000  # operations that are in memory together
BYTES_AT_ONCE = 8 * 1024 * 1024  # and of what length: what they say takes many times as much


@dataclass(frozen=True)
class Ahead:
    """What is seen of the operations of a package before any is judged."""

    last: dict[bytes, int]  # top of a history → the last batch that speaks of it
    certificates: list[bytes]  # operations that may be some
    secret: int  # of the county's secrets the latest that a genuine stamp was made with, where it is later than ours


def look_ahead(opened: Opened, county: CountyKeys | None) -> Ahead:
    """One pass over the bytes, before anything is judged. `county`: its keys, at the county."""
    secret = county.current if county else 0
    last: dict[bytes, int] = {}
    certificates: list[bytes] = []
    for number, batch in enumerate(batches(opened)):
        for stamp, body in batch:
            if county and stamp[0] > secret and county.genuine(stamp, body):
                secret = stamp[0]
            if (top := operations.top_of(body)) is not None:
                last[top] = number
            if b'"k":"cert"' in body[:200]:
                certificates.append(body)
    return Ahead(last, certificates, secret)


def batches(opened: Opened) -> Iterator[list[tuple[bytes, bytes]]]:
    """Stamp and bytes of all operations, so many at once."""
    batch: list[tuple[bytes, bytes]] = []
    size = 0
    for pair in opened.operations():
        batch.append(pair)
        size += len(pair[1])
        if len(batch) == AT_ONCE or size >= BYTES_AT_ONCE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
