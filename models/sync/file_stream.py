"""Frames of a package of files while they are decrypted: read once, each file written to its own part as it comes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from models import files
from models.domain.media import HEAD as MEDIA_HEAD
from models.store.blobs import Staged
from models.sync.frames import END, END_DATA, FILE, HEAD, LIMITS, META, BadFrames, TooLarge


class FileStream:
    """Takes decrypted bytes in pieces of any length. Use as a context: after a fault what is half written is gone."""

    def __init__(self, folder: Path, n_files: int, wanted: Callable[[str, int], bool]) -> None:
        """`wanted`: asked for each file, by hash and size, before its bytes come; the others are only checked."""
        self.kept: list[Staged] = []
        self.seen: list[str] = []  # the hashes of all files, kept or not
        self._folder, self._n_files, self._wanted = folder, n_files, wanted
        self._head, self._meta = bytearray(), bytearray()
        self._frames = self._bytes = 0
        self._kind, self._digest, self._left = 0, b"", -1  # of the frame that is being read; -1: none
        self._total, self._size, self._start = sha256(), 0, b""
        self._out: BinaryIO | None = None
        self._open = ExitStack()
        self._ended = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.__exit__(kind, fault, trace)  # so that the file knows that it failed: it is removed, not flushed

    def write(self, piece: bytes) -> None:
        """The next bytes. BadFrames or TooLarge as soon as they cannot be of a sound package."""
        view = memoryview(piece)
        while view:
            if self._left < 0:
                view = self._read_head(view)
            else:
                here = view[: self._left]
                self._read_data(here)
                view = view[len(here) :]
            if self._left == 0:
                self._close_frame()

    def end(self) -> bytes:
        """The last byte was read: the data of the meta frame, if all holds."""
        if not self._ended or self._head or self._left >= 0:
            raise BadFrames("no END")
        if len(self.seen) != self._n_files:
            raise BadFrames("less than the header promises")
        return bytes(self._meta)

    def _read_head(self, view: memoryview) -> memoryview:
        if self._ended:
            raise BadFrames("bytes after END")
        lacking = HEAD.size - len(self._head)
        self._head += view[:lacking]
        if len(self._head) == HEAD.size:
            self._kind, self._left, self._digest = HEAD.unpack(self._head)
            self._head.clear()
            self._begin_frame()
        return view[lacking:]

    def _begin_frame(self) -> None:
        if self._kind not in (META, FILE, END):
            raise BadFrames(f"frame of type {self._kind}")
        if self._left > LIMITS[self._kind]:
            raise TooLarge(f"frame of {self._left} bytes")
        if (self._kind == META) != (self._frames == 0):
            raise BadFrames("the first frame, and no other, is the meta frame")
        self._total, self._size, self._start = sha256(), 0, b""
        if self._kind == FILE:
            if len(self.seen) == self._n_files:
                raise BadFrames("more than the header promises")
            name = self._digest.hex()
            if self._wanted(name, self._left):
                self._out = self._open.enter_context(files.new_file(self._part(), 0o600))

    def _part(self) -> Path:
        return self._folder / str(len(self.seen))

    def _read_data(self, data: memoryview) -> None:
        self._left -= len(data)
        self._total.update(data)
        if self._kind in (META, END):
            self._meta += data if self._kind == META else b""
            self._start += bytes(data) if self._kind == END else b""
            return
        self._size += len(data)
        if len(self._start) < MEDIA_HEAD:
            self._start += bytes(data[: MEDIA_HEAD - len(self._start)])
        if self._out is not None:
            self._out.write(data)

    def _close_frame(self) -> None:
        self._left = -1
        if self._total.digest() != self._digest:
            raise BadFrames("hash of a frame")
        if self._kind == END:
            if len(self._start) != END_DATA.size or END_DATA.unpack(self._start) != (self._frames, self._bytes):
                raise BadFrames("END does not count what came before it")
            self._ended = True
            return
        if self._kind == FILE:
            name = self._digest.hex()
            if self._out is not None:
                self._open.close()  # flushed: it must be on the disk before anybody names it
                self._out = None
                self.kept.append(Staged(self._part(), name, self._size, self._start))
            self.seen.append(name)
        self._frames += 1
        self._bytes += HEAD.size + (len(self._meta) if self._kind == META else self._size)
