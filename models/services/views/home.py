"""Who this home is, its units, and what a check of it found."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Here:
    """Who this home is."""

    unit: str  # code
    name: str
    kind: str  # county, township, department
    device: str  # 32 hex digits
    county: str = ""  # name of the county; "" while not enrolled
    enrolled: bool = False  # a county always is
    fingerprint: str = ""  # 24 digits in groups of four; "" while not enrolled


@dataclass(frozen=True)
class Touched:
    """What a verb changed, so that open pages know whether to look again."""

    table: str  # problem, petition, unit, exchange …; "*" after an import
    ids: frozenset[str] = frozenset()


@dataclass(frozen=True)
class UnitView:
    """A unit that the county deals with."""

    code: str
    kind: str
    name: str
    devices: int = 0
    problems: int = 0


@dataclass(frozen=True)
class Finding:
    """One thing that a check found."""

    level: str  # note, warning, damage
    text: str


@dataclass(frozen=True)
class CheckResult:
    """What `check` found."""

    ok: bool
    findings: tuple[Finding, ...] = field(default=())


@dataclass(frozen=True)
class Backup:
    """A copy of the ledger that the home keeps of itself."""

    path: Path
    number: int  # a later one has a higher one, whatever the clock says
    why: str  # day, import, upgrade, restore
    made: str  # as this PC stated it: 2024-06-15 09:00
    bytes: int
