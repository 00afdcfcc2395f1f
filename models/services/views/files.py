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
    state: str  # here wanted lost; of a photo with a copy also: copy asked only
    unit: str  # code of the unit that added it
    unit_name: str
    by: str
    at: str  # ISO time with zone, as the writing PC stated it
    part: str = ""  # id of the measure, dispatch, stage … that it is of; "": of the record itself
    part_said: str = ""  # what that is, in words
    paper: str = ""  # of 一问题一档, where somebody said which
    shot_at: str = ""  # by the clock of the camera: 2024-05-12 09:30:11
    longitude: float | None = None  # where it was taken, by the camera
    latitude: float | None = None
    picture: str = ""  # hash of what can be shown here: the copy or the file; "" where neither is here
    remark: str = ""  # what is odd about its time, in words


@dataclass(frozen=True)
class Looked:
    """A file that somebody wants to add, as far as its first bytes tell."""

    path: Path
    bytes: int
    media: str  # "" where it is neither a photo nor a document that is known
    refused: str = ""  # why it cannot be added, and what to do


@dataclass(frozen=True)
class Offered:
    """Files that somebody wants to add, and what of the record they may belong to."""

    files: tuple[Looked, ...]
    parts: tuple[tuple[str, str], ...]  # id of a measure, a dispatch, a stage …, and what it is called
    left: int = 0  # files in folders that are not offered: neither photo nor document, or too many
    packages: bool = False  # whether a folder holds packages


@dataclass(frozen=True)
class NotTaken:
    """A file that was not added, while others were."""

    name: str
    why: str


@dataclass(frozen=True)
class Added:
    """A file that a record names now."""

    sha256: str
    name: str
    bytes: int


@dataclass(frozen=True)
class Twice:
    """A file that is somewhere else too, or looks like one that is."""

    name: str  # of the file here
    table: str
    record: str  # id of the other record
    number: str
    title: str
    near: bool  # another file that looks the same; false: the very same file
    sha256: str = ""  # of the file here


@dataclass(frozen=True)
class AddedFiles:
    """What became of the files that were to be added."""

    added: tuple[Added, ...]
    already: tuple[Added, ...] = ()  # the record had them for the same stage
    elsewhere: tuple[str, ...] = ()  # names of those that other records have too: photos used twice
    twice: tuple[Twice, ...] = ()  # the same, and those that look alike: with the other record
    unreadable: tuple[str, ...] = ()  # names of photos that nothing can be seen of: cut off, or no pictures
    refused: tuple[NotTaken, ...] = ()  # those that were left out


@dataclass(frozen=True)
class Copy:
    """A file that was written out."""

    path: Path
    sha256: str
    bytes: int


@dataclass(frozen=True)
class Packed:
    """A dossier that was written, or one paper of it."""

    path: Path
    files: int  # photos and documents that it holds
    missing: tuple[str, ...]  # names of those that are not on this PC
