"""Frames: what lies inside the encrypted payload. Written as a stream; read twice, first to check, then to release.

frame := type u8 | length u64 | SHA-256 of data | data       (big-endian)
frames := 1 meta, then 2 operations or 3 files, then 255 END(frames before it, bytes before it), and nothing after
"""

from __future__ import annotations

import struct
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

import zstandard

from models import file_faults, files
from models.domain.limits import (
    DOCUMENT_BYTES,
    EXPANSION,
    FRAME_BYTES,
    META_BYTES,
    OPERATION_BYTES,
    PACKAGE_OPERATIONS,
)
from models.progress import Progress
from models.sync.refusals import AttachmentDamaged, CannotPack

META, OPERATIONS, FILE, END = 1, 2, 3, 255

HEAD: Final = struct.Struct(">BQ32s")
END_DATA: Final = struct.Struct(">QQ")
OPERATION_HEAD: Final = struct.Struct(">16sI")
PACKED_BYTES = FRAME_BYTES + FRAME_BYTES // 64  # more than zstd ever needs for a full frame

_LEVEL = 3
_SKIPPABLE: Final = struct.Struct("<II")  # a zstd frame of nothing, as padding
_SKIPPABLE_MAGIC = 0x184D2A50


class BadFrames(ValueError):
    """The frames do not hold: damaged, or by a faulty or hostile sender."""


class TooLarge(BadFrames):
    """A frame, or what it unpacks to, is over a limit."""


class _At(NamedTuple):
    """Where the data of one frame lies."""

    kind: int
    start: int
    length: int
    sha256: bytes


@dataclass(frozen=True)
class FilePart:
    """One file inside an opened package. Its name is its SHA-256."""

    sha256: bytes
    size: int
    source: Path
    start: int

    def chunks(self) -> Iterator[bytes]:
        """The bytes of the file, in pieces."""
        return files.read_chunks(self.source, self.start, self.size)


class FrameWriter:
    """The frames of one package as a stream of bytes; counts what it wrote."""

    def __init__(
        self,
        meta: bytes,
        operations: Iterable[tuple[bytes, bytes]],
        attached: Sequence[tuple[bytes, Path]],
        progress: Progress,
    ) -> None:
        self._meta = meta
        self._operations = operations
        self._attached = attached
        self._progress = progress
        self._frames = 0
        self._bytes = 0
        self.n_ops = 0

    def __iter__(self) -> Generator[bytes]:
        if len(self._meta) > META_BYTES:
            raise CannotPack("回执和摘要太长")
        yield from self._frame(META, self._meta)
        for block in self._blocks():
            yield from self._frame(OPERATIONS, pack(block))
        for digest, path in self._attached:
            yield from self._file(digest, path)
        yield from self._frame(END, END_DATA.pack(self._frames, self._bytes))

    def _frame(self, kind: int, data: bytes) -> Iterator[bytes]:
        yield self._head(kind, len(data), sha256(data).digest())
        yield data

    def _head(self, kind: int, length: int, digest: bytes) -> bytes:
        self._frames += 1
        self._bytes += HEAD.size + length
        self._progress.step(self._bytes, 0, "打包")
        return HEAD.pack(kind, length, digest)

    def _blocks(self) -> Iterator[bytes]:
        """Operations with their stamps, gathered into blocks of at most FRAME_BYTES."""
        block = bytearray()
        for stamp, body in self._operations:
            if not 0 < len(body) <= OPERATION_BYTES:
                raise CannotPack("有一条操作超出允许的长度")
            if len(block) + OPERATION_HEAD.size + len(body) > FRAME_BYTES:
                yield bytes(block)
                block.clear()
            block += OPERATION_HEAD.pack(stamp, len(body))
            block += body
            self.n_ops += 1
            if self.n_ops > PACKAGE_OPERATIONS:
                raise CannotPack("操作条数超出一个数据包的上限")
        if block:
            yield bytes(block)

    def _file(self, digest: bytes, path: Path) -> Iterator[bytes]:
        """A file under the hash that it is kept by: one that no longer has it is not sent under its name."""
        with file_faults.in_words(path):
            size = path.stat().st_size
        if size > DOCUMENT_BYTES:
            raise CannotPack(f"附件超出允许的大小：{path.name}")
        yield self._head(FILE, size, digest)
        total, seen = sha256(), 0
        for piece in files.read_chunks(path):
            total.update(piece)
            seen += len(piece)
            self._progress.step(self._bytes - size + seen, 0, "打包")
            yield piece
        if seen != size or total.digest() != digest:
            raise AttachmentDamaged(f"附件已损坏或被改动：{path.name}", digest)


def pack(block: bytes) -> bytes:
    """Compress a block, padded where it would unpack to more than a reader allows."""
    packed = zstandard.ZstdCompressor(level=_LEVEL).compress(block)
    lacking = -(-len(block) // EXPANSION) - len(packed)
    if lacking <= 0:
        return packed
    padding = max(0, lacking - _SKIPPABLE.size)
    return _SKIPPABLE.pack(_SKIPPABLE_MAGIC, padding) + bytes(padding) + packed


def unpack(data: bytes) -> bytes:
    """The block inside a frame of operations, within the limits whatever the data claims."""
    packed = data
    if len(data) >= _SKIPPABLE.size and _SKIPPABLE.unpack_from(data)[0] == _SKIPPABLE_MAGIC:
        packed = data[_SKIPPABLE.size + _SKIPPABLE.unpack_from(data)[1] :]
    try:
        size = zstandard.get_frame_parameters(packed).content_size
        if size == zstandard.CONTENTSIZE_UNKNOWN:
            raise BadFrames("unpacked size not stated")
        if size > FRAME_BYTES or size > EXPANSION * len(data):
            raise TooLarge("unpacked size")
        return zstandard.ZstdDecompressor().decompress(packed, allow_extra_data=False)  # of exactly this size
    except zstandard.ZstdError as error:
        raise BadFrames(str(error)) from None


def split(block: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The operations of a block, each with its stamp."""
    at = 0
    while at < len(block):
        if at + OPERATION_HEAD.size > len(block):
            raise BadFrames("operation cut off")
        stamp, length = OPERATION_HEAD.unpack_from(block, at)
        at += OPERATION_HEAD.size
        if not 0 < length <= OPERATION_BYTES:
            raise TooLarge("operation")
        if at + length > len(block):
            raise BadFrames("operation cut off")
        yield stamp, block[at : at + length]
        at += length


class FrameReader:
    """Frames in a decrypted file. Nothing is given out that `check` has not seen to the end."""

    def __init__(self, path: Path, n_ops: int, n_files: int) -> None:
        """`n_ops` and `n_files`: what the signed header promises."""
        self._path = path
        self._n_ops = n_ops
        self._n_files = n_files
        self._frames: tuple[_At, ...] = ()

    def check(self, progress: Progress) -> None:
        """Read everything once: hashes, order, counts, limits, END and the end. BadFrames or TooLarge if not."""
        found: list[_At] = []
        left_ops, left_files = self._n_ops, self._n_files
        with file_faults.in_words(self._path), self._path.open("rb") as source:
            size = self._path.stat().st_size
            while True:
                at = _read_head(source, size)
                if at.kind == END:
                    _check_end(source, at, len(found), size)
                    break
                if (at.kind == META) != (not found):
                    raise BadFrames("the first frame, and no other, is the meta frame")
                left_ops -= _check_operations(source, at) if at.kind == OPERATIONS else 0
                if at.kind != OPERATIONS:
                    _check_hash(source, at)
                left_files -= at.kind == FILE
                if left_ops < 0 or left_files < 0:
                    raise BadFrames("more than the header promises")
                found.append(at)
                progress.step(source.tell(), size, "校验")
        if left_ops or left_files:
            raise BadFrames("less than the header promises")
        self._frames = tuple(found)

    def meta(self) -> bytes:
        """The data of the first frame."""
        return self._data(self._frames[0])

    def operations(self) -> Iterator[tuple[bytes, bytes]]:
        """Stamp and bytes of every operation, in the order of the package."""
        for at in self._frames:
            if at.kind == OPERATIONS:
                yield from split(unpack(self._data(at)))

    def files(self) -> Iterator[FilePart]:
        """Every file of the package."""
        for at in self._frames:
            if at.kind == FILE:
                yield FilePart(at.sha256, at.length, self._path, at.start)

    def _data(self, at: _At) -> bytes:
        return b"".join(files.read_chunks(self._path, at.start, at.length))


LIMITS: Final = {META: META_BYTES, OPERATIONS: PACKED_BYTES, FILE: DOCUMENT_BYTES, END: END_DATA.size}


def _read_head(source: BinaryIO, size: int) -> _At:
    head = source.read(HEAD.size)
    if len(head) < HEAD.size:
        raise BadFrames("no END")
    kind, length, digest = HEAD.unpack(head)
    if kind not in LIMITS:
        raise BadFrames(f"frame of type {kind}")
    if length > LIMITS[kind]:
        raise TooLarge(f"frame of {length} bytes")
    start = source.tell()
    if start + length > size:
        raise BadFrames("frame cut off")
    return _At(kind, start, length, digest)


def _check_hash(source: BinaryIO, at: _At) -> None:
    total, left = sha256(), at.length
    while left:
        piece = source.read(min(files.CHUNK, left))
        if not piece:
            raise BadFrames("frame cut off")
        total.update(piece)
        left -= len(piece)
    if total.digest() != at.sha256:
        raise BadFrames("hash of a frame")


def _check_operations(source: BinaryIO, at: _At) -> int:
    data = source.read(at.length)
    if sha256(data).digest() != at.sha256:
        raise BadFrames("hash of a frame")
    count = sum(1 for _ in split(unpack(data)))
    if not count:
        raise BadFrames("empty frame of operations")
    return count


def _check_end(source: BinaryIO, at: _At, frames: int, size: int) -> None:
    data = source.read(at.length)
    if at.length != END_DATA.size or sha256(data).digest() != at.sha256:
        raise BadFrames("END")
    if END_DATA.unpack(data) != (frames, at.start - HEAD.size):
        raise BadFrames("END does not count what came before it")
    if not frames:
        raise BadFrames("no meta frame")
    if source.tell() != size:
        raise BadFrames("bytes after END")
