"""Writing a package: frames are encrypted into staging, then header, signature and payload go to their file at once."""

from __future__ import annotations

import re
import struct
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Final

from models import file_faults, files
from models.domain.limits import LAM_MAX
from models.progress import Progress
from models.sync import age, header
from models.sync.certificate import read_claim
from models.sync.frames import FrameWriter
from models.sync.header import Header, Payload, Receiver, Sender
from models.sync.keys import DeviceKeys
from models.sync.refusals import CannotPack

MAGIC: Final = b"\x89HGB\r\n\x1a\n"
CONTEXT: Final = b"hgb-v1\0"
LENGTH: Final = struct.Struct(">I")
SIGNATURE = 64
_OUR_NAMES: Final = re.compile(r"hg_.+_[0-9a-f]{8}(-[0-9]+)?\.hg[bf]")  # of stick.py, with the number of a second copy


def named_by_us(path: Path) -> bool:
    """Whether this program gave a file its name."""
    return _OUR_NAMES.fullmatch(path.name) is not None


@dataclass(frozen=True)
class Draft:
    """A header before anybody knows how long the payload is. Ids are lower-case hex."""

    kind: str
    pkg_id: str
    no: int
    sender: Sender
    to: Receiver
    schema: int
    made: str
    program: str
    bases: tuple[str, ...] = ()
    complete_for: tuple[str, ...] = ()

    def header(self, payload: Payload, n_ops: int = 0, n_files: int = 0) -> Header:
        """The header of the finished package."""
        return Header(
            fmt=header.FORMAT_OF_KIND[self.kind], v=header.V, min_reader=header.V,
            suite=header.SUITE_OF_KIND[self.kind], kind=self.kind, pkg_id=self.pkg_id, no=self.no,
            bases=self.bases, sender=self.sender, to=self.to, complete_for=self.complete_for, schema=self.schema,
            made=self.made, n_ops=n_ops, n_files=n_files, payload=payload, program=self.program,
        )  # fmt: skip


@dataclass(frozen=True)
class WrittenPackage:
    """A finished package: it lies whole and flushed under its path."""

    path: Path
    sha256: bytes
    size: int
    n_ops: int
    n_files: int


def write_package(
    path: Path,
    draft: Draft,
    certificate: bytes,
    keys: DeviceKeys,
    recipients: Sequence[str],
    meta: bytes,
    operations: Iterable[tuple[bytes, bytes]],
    attached: Sequence[tuple[bytes, Path]],
    staging: Path,
    progress: Progress,
) -> WrittenPackage:
    """Write a package of operations (stamp, bytes) or of files (SHA-256, path) for these recipients (age1…)."""
    if not 0 < len(set(recipients)) <= age.RECIPIENTS:
        raise CannotPack("收件单位没有可用的设备")
    frames = FrameWriter(meta, operations, attached, progress)
    with files.scratch(staging) as own:
        files.ensure_space(own, sum(_size(attachment) for _, attachment in attached))
        sealed = own / "payload"
        total = sha256()
        size = 0
        with files.new_file(sealed, 0o600, durable=False) as out:

            def take(piece: bytes) -> None:
                nonlocal size
                total.update(piece)
                size += len(piece)
                out.write(piece)

            age.encrypt(iter(frames), take, recipients)
        body = draft.header(Payload(size, total.hexdigest()), frames.n_ops, len(attached))
        start = _start(certificate, body, keys)
        files.ensure_space(path.parent, len(start) + size)
        return _finish(path, start, files.read_chunks(sealed), body, progress)


@dataclass(frozen=True)
class Laid:
    """A package that was written straight to its place: what stands before the payload, and what the payload is."""

    start: bytes
    payload: Payload
    n_files: int


def write_straight(
    out: BinaryIO,
    draft: Draft,
    certificate: bytes,
    keys: DeviceKeys,
    recipients: Sequence[str],
    meta: bytes,
    attached: Sequence[tuple[bytes, Path]],
    progress: Progress,
) -> Laid:
    """Write a package of files into an empty file that is open for writing: each byte once.

    Room is kept for the header; it is written last, when the payload is known, with blanks behind it.
    """
    if not 0 < len(set(recipients)) <= age.RECIPIENTS:
        raise CannotPack("收件单位没有可用的设备")
    longest = draft.header(Payload(LAM_MAX, sha256().hexdigest()), 0, len(attached))
    room = len(header.encode(longest))
    out.seek(len(_start(certificate, longest, keys, room)))
    total, size = sha256(), 0

    def take(piece: bytes) -> None:
        nonlocal size
        total.update(piece)
        size += len(piece)
        out.write(piece)

    age.encrypt(iter(FrameWriter(meta, (), attached, progress)), take, recipients)
    payload = Payload(size, total.hexdigest())
    start = _start(certificate, draft.header(payload, 0, len(attached)), keys, room)
    out.seek(0)
    out.write(start)
    return Laid(start, payload, len(attached))


def write_request(path: Path, draft: Draft, certificate: bytes, keys: DeviceKeys) -> WrittenPackage:
    """Write a request for enrolment: a self-signed certificate in a package without payload."""
    body = draft.header(Payload(0, sha256().hexdigest()))
    return _finish(path, _start(certificate, body, keys), (b"" for _ in ()), body, None)


def _start(certificate: bytes, body: Header, keys: DeviceKeys, room: int = 0) -> bytes:
    """All that stands before the payload. `room`: bytes that the header takes at least, blanks where it is shorter."""
    claim = read_claim(certificate)
    if (claim.device, body.sender) != (keys.id, Sender(claim.unit, keys.id.hex())):
        raise ValueError("certificate, header and keys are not of one device")
    if claim.is_request != (body.kind == header.ENROL):
        raise ValueError("a request, and nothing else, is signed by its own certificate")
    try:
        raw = header.encode(body).ljust(room)
    except ValueError as error:
        raise CannotPack(f"包头不合规定（{error}）") from error
    signature = keys.sign.sign(CONTEXT + raw)
    return b"".join((MAGIC, LENGTH.pack(len(certificate)), certificate, LENGTH.pack(len(raw)), raw, signature))


def _finish(
    path: Path, start: bytes, payload: Generator[bytes], body: Header, progress: Progress | None
) -> WrittenPackage:
    total, size = sha256(), 0

    def pieces() -> Iterator[bytes]:
        nonlocal size
        yield start
        total.update(start)
        size += len(start)
        for piece in payload:
            yield piece
            total.update(piece)
            size += len(piece)
            if progress:
                progress.step(size, len(start) + body.payload.len, "写入")

    with closing(payload):
        files.durable_write(path, pieces())
    return WrittenPackage(path, total.digest(), size, body.n_ops, body.n_files)


def _size(path: Path) -> int:
    with file_faults.in_words(path):
        return path.stat().st_size
