"""The container of old office files (.xls, and every file with a password): what is in it. No number is trusted."""

from __future__ import annotations

import struct

MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")

_END = 0xFFFFFFFA  # and above: marks, no sectors
_ENTRY = 128
_STREAM = 2  # the kind of an entry that holds bytes
_MAX_SECTORS = 1 << 20


class BrokenContainer(Exception):
    """The numbers of the container contradict each other."""


class Container:
    """The names of the streams."""

    def __init__(self, content: bytes) -> None:
        """Read the tables of an OLE file; BrokenContainer where they make no sense."""
        self._content = content
        try:
            self._read_tables()
        except (struct.error, IndexError) as error:
            raise BrokenContainer from error

    def _read_tables(self) -> None:
        shift = struct.unpack_from("<H", self._content, 30)[0]
        if shift not in {9, 12}:
            raise BrokenContainer
        self._size = 1 << shift
        directory = struct.unpack_from("<I", self._content, 48)[0]
        self._fat = self._read_fat()
        names: set[str] = set()
        table = self._chain(directory)
        for at in range(0, len(table) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", table, at + 64)
            if kind == _STREAM:
                names.add(table[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace"))
        self.names = frozenset(names)

    def _read_fat(self) -> tuple[int, ...]:
        sectors = [s for s in struct.unpack_from("<109I", self._content, 76) if s < _END]
        more, count = struct.unpack_from("<II", self._content, 68)
        per = self._size // 4
        while more < _END and count:
            block = struct.unpack(f"<{per}I", self._sector(more))
            sectors += [s for s in block[:-1] if s < _END]
            more, count = block[-1], count - 1
        fat: list[int] = []
        for sector in sectors:
            if len(fat) > _MAX_SECTORS:
                raise BrokenContainer
            fat += struct.unpack(f"<{per}I", self._sector(sector))
        return tuple(fat)

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        if start >= len(self._content):
            raise BrokenContainer
        return self._content[start : start + self._size].ljust(self._size, b"\0")

    def _chain(self, sector: int) -> bytes:
        pieces: list[bytes] = []
        while sector < _END:
            pieces.append(self._sector(sector))
            if len(pieces) > len(self._fat):
                raise BrokenContainer  # a chain that bites its tail
            sector = self._fat[sector]
        return b"".join(pieces)
