"""Who takes a package in, and what it brought."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from models.store.relation import Side
from models.sync.header import Header
from models.sync.keys import CountyKeys
from models.sync.meta import Meta


@dataclass(frozen=True)
class Receiving:
    """The home that takes a package in."""

    side: Side
    root: bytes  # the county's public root key
    county: CountyKeys | None  # the county's own secrets; None at a township
    now: str  # UTC


@dataclass
class Taken:
    """What one package brought, before anybody asks what it changed."""

    path: Path
    header: Header
    meta: Meta
    new: int = 0  # operations that were not held before
    not_held: int = 0  # operations whose author cannot be believed, or that cannot be read
    aside: int = 0  # operations that wait for a person's decision
    county: CountyKeys | None = None  # the county's keys with those that another PC of the county sent
    tops: set[bytes] = field(default_factory=set[bytes])  # histories that were folded again
    units: set[bytes] = field(default_factory=set[bytes])  # those of them that are units
    older: bool = False
    fork: bool = False
    clone: bool = False  # written by a disk that has our own keys
    resend: bool = False  # what the writer has is no longer believed: the next package is complete
