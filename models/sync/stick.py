"""Packages on a stick: written under a new name and read back from the medium, found by what they are, copied away.

- Nothing is ever written over: a name on a stick is new, and `.part` until the file is whole and flushed.
- "可以拔出" may be said when `copy_to_stick` returns: the bytes were read from the medium and are those we sent.
- The program never works on a stick: `copy_to_inbox` first.
"""

from __future__ import annotations

import os
import stat
from collections import deque
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from models import file_faults, files, uncached
from models.file_faults import FileGone, FileTrouble
from models.progress import Progress
from models.sync.package import read_sealed
from models.sync.packing import MAGIC, named_by_us
from models.sync.refusals import Damaged

DEPTH = 2  # folders below the one that is searched
ENTRIES = 1000
_REPARSE = 0x400  # FILE_ATTRIBUTE_REPARSE_POINT: junctions of Windows

ReadBack = Callable[[Path], Generator[bytes]]


@dataclass(eq=False)
class ReadBackDiffers(FileTrouble):
    """What the medium holds is not what was written to it."""

    code = "S310"
    title = "写入后读回不一致，已删除该文件；这个 U 盘可能已损坏或是扩容盘"
    advice = "请换一个 U 盘重新写出，这个 U 盘不要再用来报送数据。"


@dataclass(eq=False)
class TakenAway(FileTrouble):
    """The file was there, and was not when it was read back."""

    code = "S311"
    title = "写入后被安全软件删除，或 U 盘已被拔出"
    advice = "请在安全软件中把 U 盘上的数据包设为信任后重新写出，写完前不要拔出 U 盘。"


@dataclass(frozen=True)
class Found:
    """The packages in a folder; not `whole` if there was more in it than is looked at."""

    packages: tuple[Path, ...]
    whole: bool


def package_name(from_code: str, to_code: str, no: int, pkg_id: str, suffix: str = "hgb") -> str:
    """The name of a package on a stick: lower-case ASCII, never two alike. `pkg_id` in hex."""
    name = f"hg_{from_code}_{to_code}_{no}_{pkg_id[:8]}.{suffix}".lower()
    return "".join(sign if sign.isascii() and (sign.isalnum() or sign in "_-.") else "-" for sign in name)


def copy_to_stick(
    source: Path,
    folder: Path,
    name: str,
    progress: Progress,
    *,
    expected: bytes | None = None,
    cover: str = "",
    read_back: ReadBack = uncached.read_uncached,
) -> Path:
    """Copy a finished package to a stick, read it back, and lay a cover sheet (text for people) beside it.

    `expected`: its SHA-256 when it was written, so that a file that rotted in the outbox is not handed on.
    """
    with file_faults.in_words(source):
        size = source.stat().st_size
    total = sha256()

    def write(out: BinaryIO) -> None:
        for piece in _counted(files.read_chunks(source), size, progress, "写盘"):
            total.update(piece)
            out.write(piece)
        _check_source(source, total.digest(), expected)

    def compare(target: Path) -> None:
        if _digest(_counted(read_back(target), size, progress, "读回校验"), target) != total.digest():
            raise ReadBackDiffers(target)

    return put_on_stick(folder, name, size, write, compare, cover=cover)


def put_on_stick(
    folder: Path,
    name: str,
    size: int,
    write: Callable[[BinaryIO], object],
    compare: Callable[[Path], object],
    *,
    cover: str = "",
) -> Path:
    """Write a file to a stick under a name that is new there, whole or not at all.

    `size`: about how many bytes it takes. `write` fills it; `compare` reads it back and raises where it differs.
    """
    with file_faults.in_words(folder):
        folder.mkdir(parents=True, exist_ok=True)
    files.ensure_space(folder, size)
    target = _new_name(folder / name)
    sheet = target.with_suffix(".txt")
    part = files.part_name(target)
    ours = [part]
    try:
        if cover:
            ours.append(sheet)
            files.durable_write(sheet, _for_notepad(cover))
        with files.new_file(part) as out:
            write(out)
        files.rename_new(part, target)
        ours.append(target)
        compare(target)
        _still_there(target)
    except BaseException:
        for leftover in ours:
            with suppress(OSError, FileTrouble):
                files.remove(leftover)
        raise
    return target


def copy_to_inbox(source: Path, inbox: Path, progress: Progress) -> tuple[Path, bytes]:
    """Copy a package from wherever it is to the inbox, named by its SHA-256, which is returned too."""
    with file_faults.in_words(source):
        read_sealed(source)  # nobody copies a film to learn that it is no package
        size = source.stat().st_size
    with file_faults.in_words(inbox):
        inbox.mkdir(parents=True, exist_ok=True)
    files.ensure_space(inbox, size)
    total = sha256()
    part = files.part_name(inbox / source.name)
    with files.new_file(part, 0o600) as out:
        for piece in _counted(files.read_chunks(source), size, progress, "复制"):
            total.update(piece)
            out.write(piece)
    target = inbox / f"{total.hexdigest()}.hgb"
    if target.exists():
        files.remove(part)
    else:
        files.rename_new(part, target)
    return target, total.digest()


def find_packages(folder: Path) -> list[Path]:
    """The packages in a folder: by their MAGIC, whatever they are called, and what is called like one of ours.

    A stick that was pulled out leaves the name and nothing behind it: that is told, and not passed over.
    """
    return list(search(folder).packages)


def search(folder: Path) -> Found:
    """Look for packages at most two folders deep and at a thousand entries, nearest first, never through a link."""
    found: list[Path] = []
    waiting = deque([(folder, 0)])
    looked = 0
    while waiting:
        here, depth = waiting.popleft()
        for entry in _entries(here, first=depth == 0):
            looked += 1
            if looked > ENTRIES:
                return Found(tuple(found), whole=False)
            kind = _kind(entry)
            if kind is stat.S_ISDIR and depth < DEPTH:
                waiting.append((Path(entry.path), depth + 1))
            elif kind is stat.S_ISREG and not entry.name.endswith(".part") and _is_package(Path(entry.path)):
                found.append(Path(entry.path))
    return Found(tuple(found), whole=True)


def _entries(folder: Path, *, first: bool) -> list[os.DirEntry[str]]:
    try:
        with file_faults.in_words(folder), os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except FileTrouble:
        if first:
            raise
        return []  # "System Volume Information" and its like are nobody's business


def _kind(entry: os.DirEntry[str]) -> Callable[[int], bool] | None:
    """What an entry is by itself, not what a link points to."""
    try:
        found = entry.stat(follow_symlinks=False)
    except OSError:
        return None
    if getattr(found, "st_file_attributes", 0) & _REPARSE:
        return None
    return next((kind for kind in (stat.S_ISDIR, stat.S_ISREG) if kind(found.st_mode)), None)


def _is_package(path: Path) -> bool:
    try:
        with path.open("rb") as source:
            return source.read(len(MAGIC)) == MAGIC or named_by_us(path)
    except OSError:
        return False  # locked or unreadable: whoever names it singly is told why


def _new_name(path: Path) -> Path:
    """`path`, or with a number where that name is taken: the same package was written here before."""
    candidate, number = path, 1
    while os.path.lexists(candidate) or os.path.lexists(candidate.with_suffix(".txt")):
        number += 1
        candidate = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return candidate


def _check_source(source: Path, found: bytes, expected: bytes | None) -> None:
    if expected not in {None, found}:
        raise Damaged(source, "发件箱中的文件已损坏")


def _still_there(target: Path) -> None:
    with file_faults.in_words(target.parent):
        there = target.is_file()
    if not there:
        raise TakenAway(target)


def _digest(pieces: Iterator[bytes], path: Path) -> bytes:
    """The SHA-256 of what is read back."""
    total = sha256()
    try:
        for piece in pieces:
            total.update(piece)
    except FileGone as error:
        raise TakenAway(path) from error
    return total.digest()


def _counted(pieces: Generator[bytes], size: int, progress: Progress, what: str) -> Iterator[bytes]:
    done = 0
    with closing(pieces):
        for piece in pieces:
            yield piece
            done += len(piece)
            progress.step(done, size, what)


def _for_notepad(text: str) -> bytes:
    return ("\ufeff" + text.replace("\r\n", "\n").replace("\n", "\r\n")).encode()
