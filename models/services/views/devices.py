"""The PCs that a home knows of, and what waits for a person's decision."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DeviceView:
    """One PC, as this home knows it."""

    id: str  # 32 hex digits
    unit: str  # code
    unit_name: str
    kind: str  # county, township, department
    name: str  # what people call it: the first digits of its id
    this: bool  # the PC at which one sits
    certified: str  # ISO time of its certificate, as stated; "" while it has none
    revoked: bool
    revoked_at: str  # ISO time as stated; "" while it is in use
    live: bool  # packages are complete for it
    heard: str  # ISO time of the last package taken in from it; "" never
    packages: int  # taken in from it
    forks: int  # how often its disk looked restored or copied


@dataclass(frozen=True)
class Kept:
    """What was set aside: a whole package of a stopped PC, or operations that only an old secret vouches for."""

    id: str
    what: str  # package, operations
    unit: str  # code of the unit that brought it
    unit_name: str
    device: str  # of the writing PC; "" for operations
    number: int
    at: str  # ISO time: made, or set aside
    bytes: int
    operations: int


@dataclass(frozen=True)
class Late:
    """Work of a stopped PC that came through others after it was stopped: applied, and shown to a person."""

    table: str
    record: str
    title: str
    number: str
    unit: str
    unit_name: str
    device: str
    operations: int
    at: str  # ISO time of the newest arrival


@dataclass(frozen=True)
class Decided:
    """What a decision took in."""

    operations: int
    message: str
