"""Photos and documents as people see them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class EvidenceView:
    """One entry of a record: which file, for what, by whom, and whether it is here."""

    id: str
    sha256: str
    name: str
    bytes: int
    media: str
    stage: str  # before during after; "" where nobody said
    caption: str
    taken_on: str  # ISO date or ""
    state: str  # here wanted lost
    unit: str  # code of the unit that added it
    unit_name: str
    by: str
    at: str  # ISO time with zone, as the writing PC stated it


@dataclass(frozen=True)
class Added:
    """A file that a record names now."""

    sha256: str
    name: str
    bytes: int


@dataclass(frozen=True)
class AddedFiles:
    """What became of the files that were to be added."""

    added: tuple[Added, ...]
    already: tuple[Added, ...] = ()  # the record had them for the same stage
    elsewhere: tuple[str, ...] = ()  # names of those that other records have too: photos used twice


@dataclass(frozen=True)
class Copy:
    """A file that was written out."""

    path: Path
    sha256: str
    bytes: int
