"""Packages out and in, who they are exchanged with, and values that stand beside each other."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Written:
    """A package on the stick, read back and equal."""

    path: Path
    to: str  # unit code
    to_name: str
    number: int
    operations: int
    files: int
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Exported:
    """All packages of one export."""

    packages: tuple[Written, ...]
    skipped: tuple[tuple[str, str], ...]  # unit code, why
    warnings: tuple[str, ...]
    failed: tuple[NotWritten, ...] = ()  # those that the others did not wait for


@dataclass(frozen=True)
class NotWritten:
    """A package that was to be written and was not, and why."""

    unit: str
    name: str
    message: str
    way_out: str = ""


@dataclass(frozen=True)
class Outlook:
    """What the next package to a unit would hold, before it is written."""

    unit: str
    name: str
    number: int
    counts: tuple[tuple[str, int], ...]  # table, records of it
    new: int  # operations that no written package holds yet
    again: int  # operations that were written before and not acknowledged
    warnings: tuple[str, ...] = ()  # 校核: what a person should know
    files: int = 0  # photos and documents that go with it
    file_bytes: int = 0
    wanted: int = 0  # of the unit's, that are asked for


@dataclass(frozen=True)
class Passage:
    """One package that left or came: a line of the journal."""

    way: str  # out in
    unit: str
    name: str
    number: int
    at: str  # ISO time: written, or imported
    file: str = ""
    operations: int = 0
    state: str = ""  # out: exported received nothing (it carried only receipts) written (files); in: imported older
    answered: str = ""  # out: when the receipt came, if it was for this very package
    created: int = 0
    updated: int = 0
    conflicts: int = 0
    held: int = 0
    message: str = ""  # in: the report as it was said then
    package: str = ""  # its id
    answers: tuple[Answer, ...] = ()  # out: what devices of the other side said of it
    files: int = 0  # photos and documents that were in it, if it is of files
    is_of_files: bool = False  # a .hgf that went beside the package of this number; it has no receipt of its own


@dataclass(frozen=True)
class Answer:
    """What a device of the other side said of a package that was written here."""

    device: str
    came: str  # ISO time
    imported: str  # as that PC stated it
    created: int
    updated: int
    unchanged: int
    conflicts: int
    held: int
    refused: int
    agrees: bool | None  # whether both sides held the same afterwards; None: it was not said
    user: str
    sha256: str  # of the file that was read there
    message: str


@dataclass(frozen=True)
class Journal:
    """A page of the journal, newest first."""

    lines: tuple[Passage, ...]
    total: int


@dataclass(frozen=True)
class PackageCard:
    """What can be said of a file without taking it in."""

    path: Path
    state: str  # new already older other damaged newer unknown enrol own
    message: str
    sender: str = ""  # unit code
    sender_name: str = ""
    to: str = ""
    to_name: str = ""
    number: int = 0
    kind: str = ""  # data files enrol welcome
    made: str = ""
    bytes: int = 0
    operations: int = 0
    genuine: bool = False
    for_us: bool = False
    fingerprint: str = ""  # of an enrolment request or a welcome
    replaces: str = ""  # of a request: the device that this PC was before it took new keys
    files: int = 0  # of a package of files
    package: str = ""  # its id, where the outside is genuine


@dataclass(frozen=True)
class PreviewLine:
    """One change that a package brings."""

    what: str  # new updated unchanged conflict held
    table: str
    record: str
    title: str
    number: str
    field: str
    label: str
    now: Any
    then: Any
    why: str = ""


@dataclass(frozen=True)
class Report:
    """What taking in one package did, or would do."""

    path: Path
    result: str  # imported already skipped refused
    message: str
    code: str = ""
    way_out: str = ""
    sender: str = ""
    sender_name: str = ""
    number: int = 0
    older: bool = False
    fork: bool = False
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    conflicts: int = 0
    told_conflicts: int = 0  # of these, those that others settle
    held: int = 0  # operations or fields held and not applied
    refused_operations: int = 0  # operations not held because their author cannot be believed
    aside: int = 0  # operations that wait for a decision before they are held
    files: int = 0
    missing_files: int = 0
    voided: int = 0  # of the updated ones
    going_again: int = 0  # records that the sender lost, as far as is known: the next package brings them once more
    big_change: str = ""  # why somebody should look twice; empty: no reason
    changes: tuple[PreviewLine, ...] = ()
    package: str = ""  # its id; empty for files, and where nothing was read

    @property
    def to_choose(self) -> int:
        """The conflicts that somebody here settles."""
        return self.conflicts - self.told_conflicts


@dataclass(frozen=True)
class Entry:
    """One line of the register of media."""

    line: int  # its number; a later one has a higher one
    at: str  # ISO time, as this PC stated it
    way: str  # out in undo
    unit: str  # of the other side; empty where it cannot be told
    unit_name: str
    number: int  # of the package; 0: not known
    file: str
    bytes: int
    sha256: str
    medium: str
    user: str
    hand: str
    result: str  # written again failed imported already refused undone
    said: str


@dataclass(frozen=True)
class Register:
    """A page of the register, newest first."""

    lines: tuple[Entry, ...]
    total: int
    hand: str  # who carries packages now


@dataclass(frozen=True)
class LastImport:
    """The package that was taken in last."""

    sender: str  # unit code
    sender_name: str
    number: int
    imported: str  # ISO time
    package: str  # its id
    why_not: str = ""  # why this import cannot be undone; empty: it can


@dataclass(frozen=True)
class Peer:
    """One unit that this home exchanges with, and how far the exchange is."""

    unit: str
    name: str
    kind: str
    waiting: int  # operations that no written package holds yet
    unacknowledged: int  # operations in written packages without acknowledgement
    devices: int
    last_out: str | None
    last_out_number: int | None
    last_in: str | None
    last_in_number: int | None
    forks: int
    missing_files: int = 0
    oldest_out: str | None = None  # when the oldest package was written whose receipt is waited for
    oldest_out_number: int | None = None


@dataclass(frozen=True)
class Lost:
    """A unit that may have put an old backup back: it was written records that it is not known to have any more."""

    unit: str
    name: str
    records: int

    @property
    def said(self) -> str:
        """The same in words."""
        return f"{self.name}可能恢复过备份，{self.records} 条将重新报送。"


@dataclass(frozen=True)
class Head:
    """One of several values that stand beside each other."""

    value: Any
    by: str
    unit: str  # code
    unit_name: str
    device: str
    at: str
    operation: str = ""  # its id: what is chosen by it is this value, whatever else came meanwhile


@dataclass(frozen=True)
class Conflict:
    """Two or more different values of one field, none of which knew of the other."""

    id: str
    table: str
    record: str
    root: str
    title: str
    number: str
    field: str
    label: str
    heads: tuple[Head, ...]
    mine: bool  # this unit may settle it
    before: Any = None
    both: str | None = None  # 两者都留: the one text that keeps all values; None where there can be only one
    kind: str = "problem"  # what the record at the top is
