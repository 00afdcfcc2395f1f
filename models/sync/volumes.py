"""Volumes: packages of whole files (.hgf), written straight to the stick and read back from it (sync.md 5.3)."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection

from models import file_faults, uncached
from models.progress import Progress
from models.sync import export, header, meta
from models.sync.certificate import key_id
from models.sync.export import Sending
from models.sync.header import Receiver, Sender
from models.sync.packing import Draft, Laid, write_straight
from models.sync.stick import ReadBack, ReadBackDiffers, TakenAway, package_name, put_on_stick

FRAME_ROOM = 200  # bytes that one file takes beside its own, generously


@dataclass(frozen=True)
class Address:
    """Whom a volume is for: all that the ledger knows, asked before the writing begins."""

    to: str
    number: int  # of the package that it goes with
    certificate: bytes
    recipients: tuple[str, ...]


@dataclass(frozen=True)
class Volume:
    """A volume on the stick, read back and equal."""

    path: Path
    pkg_id: bytes
    sha256: bytes
    size: int
    hashes: tuple[str, ...]


def address(connection: Connection, sending: Sending, to: str, number: int) -> Address:
    """Every unrevoked device of a unit."""
    return Address(
        to, number, export.own_certificate(connection, sending), tuple(export.recipients(connection, sending, to))
    )


def grouped(chosen: Sequence[tuple[str, int]], most: int) -> Iterator[list[tuple[str, int]]]:
    """Files (hash, bytes) in groups of at most `most` bytes, and of at most as many files as a package may hold."""
    group: list[tuple[str, int]] = []
    size = 0
    for sha, bytes_ in chosen:
        if group and (size + bytes_ > most or len(group) == header.FILES_IN_PACKAGE):
            yield group
            group, size = [], 0
        group.append((sha, bytes_))
        size += bytes_
    if group:
        yield group


def write_volume(
    folder: Path,
    sending: Sending,
    at: Address,
    attached: Sequence[tuple[str, Path]],
    progress: Progress,
    *,
    read_back: ReadBack = uncached.read_uncached,
) -> Volume:
    """Write files (hash, where they lie) as one volume. AttachmentDamaged where one is not what its hash says."""
    pkg_id = secrets.token_bytes(16)
    side, root = sending.side, key_id(sending.root).hex()
    draft = Draft(
        kind=header.FILES, pkg_id=pkg_id.hex(), no=at.number, sender=Sender(side.unit, side.device.hex()),
        to=Receiver(at.to, root), schema=export.SCHEMA, made=sending.made, program=sending.program,
    )  # fmt: skip
    about = meta.Meta(
        draft.pkg_id, side.unit, side.device.hex(), at.to, root, (), meta.DigestFrame(0, "0" * 64)
    )  # fmt: skip
    with file_faults.in_words(folder):
        size = sum(path.stat().st_size + FRAME_ROOM for _, path in attached)
    laid: list[Laid] = []
    whole = sha256()

    def write(out: BinaryIO) -> None:
        named = [(bytes.fromhex(sha), path) for sha, path in attached]
        laid.append(
            write_straight(
                out, draft, at.certificate, sending.keys, at.recipients, meta.encode(about), named,
                _Scaled(progress, size, "写盘"),
            )
        )  # fmt: skip

    def compare(target: Path) -> None:
        start, payload, done = laid[0].start, sha256(), 0
        try:
            for piece in read_back(target):
                whole.update(piece)
                head = piece[: max(0, len(start) - done)]
                if head != start[done : done + len(head)]:
                    raise ReadBackDiffers(target)
                payload.update(piece[len(head) :])
                done += len(piece)
                progress.step(done, len(start) + laid[0].payload.len, "读回校验")
        except file_faults.FileGone as error:
            raise TakenAway(target) from error
        if payload.hexdigest() != laid[0].payload.sha256:
            raise ReadBackDiffers(target)

    name = package_name(side.unit, at.to, at.number, draft.pkg_id, "hgf")
    path = put_on_stick(folder, name, size, write, compare)
    length = len(laid[0].start) + laid[0].payload.len
    return Volume(path, pkg_id, whole.digest(), length, tuple(sha for sha, _ in attached))


class _Scaled:
    """Progress of the packing, told as progress of the writing to the stick."""

    def __init__(self, progress: Progress, total: int, what: str) -> None:
        self._progress, self._total, self._what = progress, total, what

    def step(self, done: int, total: int, what: str = "") -> None:  # noqa: ARG002 - how much there is, is known better here
        """Pass a step on."""
        self._progress.step(min(done, self._total), self._total, self._what)
