"""Reading a package: Sealed (nothing believed) → Trusted (signed by a device of our county) → Opened (decrypted).

    package := MAGIC | u32 length | certificate | u32 length | header | Ed25519 signature 64 | payload

- Only `trust` and `trust_welcome` make a `Trusted`, only `Trusted.open` makes an `Opened`: bytes that nobody
  verified cannot reach the ledger, because what takes them in wants an `Opened`.
- The header is parsed after its signature holds, the payload decrypted after its hash holds, and nothing of it is
  given out before every frame up to END holds.
- A request for enrolment is a `Request`: never a `Trusted`, only shown to a person.
"""

from __future__ import annotations

import stat
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidSignature

from models import file_faults, files
from models.domain.limits import CERTIFICATE_BYTES, HEADER_BYTES
from models.domain.plain import plain
from models.progress import Progress
from models.sync import age, header
from models.sync.certificate import Certificate, check_certificate, key_id, read_claim
from models.sync.file_stream import FileStream
from models.sync.frames import BadFrames, FilePart, FrameReader, TooLarge
from models.sync.header import Header
from models.sync.keys import DeviceKeys, fingerprint
from models.sync.packing import (
    CONTEXT,
    LENGTH,
    MAGIC,
    SIGNATURE,
    Draft,
    WrittenPackage,
    named_by_us,
    write_package,
    write_request,
)
from models.sync.refusals import (
    Damaged,
    ForeignCounty,
    FromTheTrial,
    Incomplete,
    IsEnrolmentRequest,
    NeedsNewerProgram,
    NotACertificate,
    NotAnEnrolmentRequest,
    NotAPackage,
    NotAWelcome,
    NotGenuine,
    NotSealedForUs,
    OverLimit,
)

__all__ = [  # the writing half lives in packing.py; whoever uses packages asks here
    "Delivered", "Draft", "Opened", "Request", "Sealed", "Trusted", "Welcome", "WrittenPackage",
    "read_sealed", "trust", "trust_request", "trust_welcome", "write_package", "write_request",
]  # fmt: skip

_DOOR: Final = object()  # held by this module alone: who has no key makes no Trusted and no Opened

_OTHER_KINDS: Final = (
    (b"PK\x03\x04", "像是 Excel、Word 或压缩文件"),
    (b"\xd0\xcf\x11\xe0", "像是旧版 Excel 或 Word 文件"),
    (b"SQLite format 3", "像是台账或别的程序的数据文件"),
    (b"%PDF", "像是 PDF 文件"),
    (b"\xff\xd8\xff", "像是照片"),
    (b"\x89PNG", "像是图片"),
)


@dataclass(frozen=True)
class Sealed:
    """A file that is built like a package, read within limits. Nothing in it is believed."""

    path: Path
    certificate: bytes
    header: bytes
    signature: bytes
    payload_at: int
    size: int


@dataclass(frozen=True)
class Request:
    """A request for enrolment. It proves only that its writer has the key in it."""

    path: Path
    header: Header
    certificate: Certificate


@dataclass(frozen=True)
class Opened:
    """A decrypted package, verified to its last byte. Lives as long as the `with` that opened it."""

    path: Path
    header: Header
    certificate: bytes  # as it stands in the package
    meta: bytes
    _frames: FrameReader = field(repr=False)
    _door: object = field(repr=False)

    def __post_init__(self) -> None:
        if self._door is not _DOOR:
            raise TypeError("only Trusted.open makes an Opened")

    def operations(self) -> Iterator[tuple[bytes, bytes]]:
        """Stamp and bytes of every operation."""
        return self._frames.operations()

    def files(self) -> Iterator[FilePart]:
        """Every file."""
        return self._frames.files()


@dataclass(frozen=True)
class Delivered:
    """A package of files, verified to its last byte; the files are with the stream that took them."""

    path: Path
    header: Header
    certificate: bytes
    meta: bytes
    _door: object = field(repr=False)

    def __post_init__(self) -> None:
        if self._door is not _DOOR:
            raise TypeError("only Trusted.deliver makes a Delivered")


@dataclass(frozen=True)
class Trusted:
    """A package whose certificate, signature, header and length hold. Its payload is still closed."""

    path: Path
    header: Header
    certificate: Certificate
    raw_certificate: bytes = field(repr=False)
    payload_at: int
    _door: object = field(repr=False)

    def __post_init__(self) -> None:
        if self._door is not _DOOR:
            raise TypeError("only trust makes a Trusted")

    @contextmanager
    def open(self, keys: DeviceKeys, staging: Path, progress: Progress) -> Generator[Opened]:
        """Decrypt into staging and check everything; only then give it out. Staging is emptied afterwards."""
        self._check_payload(progress)
        with files.scratch(staging) as own:
            plain = own / "frames"
            files.ensure_space(own, self.header.payload.len)
            with files.new_file(plain, 0o600, durable=False) as out:
                self._decrypt(keys, out, progress)
            frames = FrameReader(plain, self.header.n_ops, self.header.n_files)
            try:
                frames.check(progress)
            except TooLarge as error:
                raise OverLimit(self.path, str(error)) from error
            except BadFrames as error:
                raise Damaged(self.path, str(error)) from error
            yield Opened(self.path, self.header, self.raw_certificate, frames.meta(), frames, _DOOR)

    def deliver(self, keys: DeviceKeys, take: FileStream, progress: Progress) -> Delivered:
        """Decrypt a package of files straight into `take`. What that keeps counts only when this returns."""
        self._check_payload(progress)
        try:
            self._decrypt(keys, take, progress)
            meta = take.end()
        except TooLarge as error:
            raise OverLimit(self.path, str(error)) from error
        except BadFrames as error:
            raise Damaged(self.path, str(error)) from error
        return Delivered(self.path, self.header, self.raw_certificate, meta, _DOOR)

    def _check_payload(self, progress: Progress) -> None:
        total, seen, length = sha256(), 0, self.header.payload.len
        for piece in self._payload():
            total.update(piece)
            seen += len(piece)
            progress.step(seen, length, "校验")
        if seen < length:
            raise Incomplete(self.path, missing=length - seen)
        if total.hexdigest() != self.header.payload.sha256:
            raise Damaged(self.path)

    def _decrypt(self, keys: DeviceKeys, out: BinaryIO | FileStream, progress: Progress) -> None:
        seen, length = 0, self.header.payload.len

        def take(piece: bytes) -> None:
            nonlocal seen
            seen += len(piece)
            progress.step(seen, length, "解密")
            out.write(piece)

        try:
            age.check_header(b"".join(self._payload(age.HEADER_BYTES)))
            age.decrypt(self._payload(), take, keys.opens)
        except age.NotForThisKey as error:
            raise NotSealedForUs(self.path) from error
        except age.BadAge as error:
            raise Damaged(self.path, str(error)) from error

    def _payload(self, most: int | None = None) -> Generator[bytes]:
        length = self.header.payload.len
        return files.read_chunks(self.path, self.payload_at, length if most is None else min(most, length))


@dataclass(frozen=True)
class Welcome:
    """The county's answer to a request, believed only as far as two people compare the fingerprint."""

    trusted: Trusted
    root: bytes  # the county's public root key, from inside the certificate
    fingerprint: str


def read_sealed(path: Path) -> Sealed:
    """Read the outside of a package, within limits."""
    with file_faults.in_words(path):
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise NotAPackage(path)
        with path.open("rb") as source:
            start = source.read(len(MAGIC))
            if start != MAGIC:
                if MAGIC.startswith(start) and (start or named_by_us(path)):
                    raise Incomplete(path)
                if named_by_us(path):
                    raise Damaged(path)
                raise NotAPackage(path, _guess(start + source.read(16)))
            certificate = _read_block(path, source, CERTIFICATE_BYTES)
            raw_header = _read_block(path, source, HEADER_BYTES)
            signature = source.read(SIGNATURE)
            if len(signature) < SIGNATURE:
                raise Incomplete(path)
            return Sealed(path, certificate, raw_header, signature, source.tell(), found.st_size)


def trust(sealed: Sealed, roots: Sequence[bytes]) -> Trusted:
    """The package, if a device that one of these county root keys (public, 32 bytes) certified signed it."""
    for root in roots:
        try:
            certificate = check_certificate(sealed.certificate, root)
        except NotACertificate:
            continue
        return _trusted(sealed, certificate)
    raise _stranger(sealed)


def trust_welcome(sealed: Sealed, keys: DeviceKeys) -> Welcome:
    """The county's welcome, under the root key that it brings itself: the caller has the fingerprint compared."""
    try:
        root = bytes.fromhex(read_claim(sealed.certificate).root)
        certificate = check_certificate(sealed.certificate, root)
    except NotACertificate:
        raise NotAWelcome(sealed.path) from None
    trusted = _trusted(sealed, certificate)
    if trusted.header.kind != header.WELCOME:
        raise NotAWelcome(sealed.path)
    return Welcome(trusted, root, fingerprint(keys.public, root))


def trust_request(sealed: Sealed) -> Request:
    """A request for enrolment, if it is signed by the key that is in it."""
    try:
        certificate = check_certificate(sealed.certificate, None)
    except NotACertificate:
        raise NotAnEnrolmentRequest(sealed.path) from None
    body = _header(sealed, certificate)
    if body.kind != header.ENROL:
        raise NotGenuine(sealed.path)
    return Request(sealed.path, body, certificate)


def _trusted(sealed: Sealed, certificate: Certificate) -> Trusted:
    body = _header(sealed, certificate)
    if body.kind == header.ENROL or body.to.root != key_id(bytes.fromhex(certificate.root)).hex():
        raise NotGenuine(sealed.path)
    if body.kind == header.WELCOME and certificate.kind != "county":
        raise NotGenuine(sealed.path, "只有县里能批准登记")
    return Trusted(sealed.path, body, certificate, sealed.certificate, sealed.payload_at, _DOOR)


def _header(sealed: Sealed, certificate: Certificate) -> Header:
    """The header, once its signature holds; it must be of the certificate's device and fit the length of the file."""
    try:
        certificate.public.verify(sealed.signature, CONTEXT + sealed.header)
    except InvalidSignature:
        raise NotGenuine(sealed.path) from None
    try:
        body = header.decode(sealed.header)
    except header.Unknown as error:
        raise NeedsNewerProgram(sealed.path, str(error)) from error
    except header.OfTheTrial as error:
        raise FromTheTrial(sealed.path) from error
    except ValueError as error:
        raise NotGenuine(sealed.path, "包头不合规定") from error
    if (body.sender.device, body.sender.unit) != (certificate.device.hex(), certificate.unit):
        raise NotGenuine(sealed.path, "发件单位与证书不一致")
    surplus = sealed.size - sealed.payload_at - body.payload.len
    if surplus < 0:
        raise Incomplete(sealed.path, missing=-surplus)
    if surplus:
        raise Damaged(sealed.path, f"末尾多出 {files.size_text(surplus)}")
    return body


def _stranger(sealed: Sealed) -> NotGenuine | IsEnrolmentRequest | ForeignCounty:
    """Why no root vouches for the certificate: damaged, a request, or of another county."""
    try:
        claim = read_claim(sealed.certificate)
        check_certificate(sealed.certificate, None if claim.is_request else bytes.fromhex(claim.root))
    except NotACertificate:
        return NotGenuine(sealed.path)
    if claim.is_request:
        return IsEnrolmentRequest(sealed.path)
    named = dict.fromkeys((plain(claim.county, 40), plain(claim.name, 40)))  # of a county's own PC both are one name
    return ForeignCounty(sealed.path, f"证书写的是“{' '.join(named)}”")


def _read_block(path: Path, source: BinaryIO, limit: int) -> bytes:
    length = source.read(LENGTH.size)
    if len(length) < LENGTH.size:
        raise Incomplete(path)
    count: int = LENGTH.unpack(length)[0]
    if count > limit:
        raise OverLimit(path)
    block = source.read(count)
    if len(block) < count:
        raise Incomplete(path)
    return block


def _guess(start: bytes) -> str:
    if not start:
        return "空文件"
    return next((kind for magic, kind in _OTHER_KINDS if start.startswith(magic)), "")
