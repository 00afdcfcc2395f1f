"""The files themselves: each once, under its SHA-256 (files/ab/cdef…), whole and flushed before anybody names it."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from models import file_faults, files
from models.domain.media import HEAD

DAMAGED = "damaged"  # the folder of what lies here under a hash that it has not


@dataclass(frozen=True)
class Staged:
    """A file on its way in: written and flushed under a name of no meaning."""

    part: Path
    sha256: str
    size: int
    head: bytes  # its first bytes, by which its kind is known


class Blobs:
    """The folder of one home's files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """Where a file lies, or would lie."""
        return self.folder / sha256[:2] / sha256[2:]

    def has(self, sha256: str) -> bool:
        """Whether a file lies here under that name."""
        with file_faults.in_words(self.folder):
            return self.path(sha256).is_file()

    def settle(self, staged: Staged) -> None:
        """Give a staged file its place. It is there when this returns, power cut or not."""
        target = self.path(staged.sha256)
        if self.has(staged.sha256):
            files.remove(staged.part)
            return
        files.make_folder(target.parent)
        files.replace(staged.part, target)

    def is_whole(self, sha256: str) -> bool:
        """Read a file to its end: whether it still is what its name says."""
        return _digest(files.read_chunks(self.path(sha256))) == sha256

    def put_aside(self, sha256: str) -> Path:
        """Move a damaged file out of the way; it is kept for whoever wants to look at it."""
        aside = self.folder / DAMAGED / f"{sha256}.{secrets.token_hex(4)}"
        files.make_folder(aside.parent)
        files.replace(self.path(sha256), aside)
        return aside

    def all(self) -> Iterator[str]:
        """The hashes of all files that lie here."""
        with file_faults.in_words(self.folder):
            shelves = sorted(path for path in self.folder.iterdir() if len(path.name) == 2)
            for shelf in shelves:
                yield from sorted(shelf.name + path.name for path in shelf.iterdir())

    def size(self, sha256: str) -> int:
        """How many bytes a file has."""
        with file_faults.in_words(self.folder):
            return self.path(sha256).stat().st_size

    def drop(self, sha256: str) -> None:
        """Remove a file that nobody names."""
        files.remove(self.path(sha256))


def stage(pieces: Iterable[bytes], part: Path) -> Staged:
    """Write a file under a name of no meaning, and learn what it is."""
    total, size, head = sha256(), 0, b""
    with files.new_file(part, 0o600) as out:
        for piece in pieces:
            head = head or bytes(piece[:HEAD])
            total.update(piece)
            size += len(piece)
            out.write(piece)
    return Staged(part, total.hexdigest(), size, head)


def _digest(pieces: Iterable[bytes]) -> str:
    total = sha256()
    for piece in pieces:
        total.update(piece)
    return total.hexdigest()
