"""Files on disks and sticks: the only place in models/ that writes, renames or removes one.

- What must survive a power cut is written under another name, flushed, renamed, and the folder flushed.
- A failed flush is never tried again: the page may be gone, and the second try would say that all is well.
- On Windows another program (antivirus, indexer) may hold a file for a moment: such errors are waited out.
- Every OSError becomes a refusal that names the file and the way out (file_faults.py).
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import sys
import time
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import BinaryIO

from models.file_faults import HELD, DiskFull, FileTrouble, in_words

CHUNK = 1 << 20
HELD_SECONDS = 10.0
SPARE = 1.1  # free space asked for before writing, as a multiple of what is written

_NO_FOLDER_SYNC = frozenset({errno.EINVAL, errno.EOPNOTSUPP, errno.ENOSYS, errno.EBADF, errno.EACCES})
_BINARY = getattr(os, "O_BINARY", 0)


def size_text(count: int) -> str:
    """A number of bytes as people say it: 312 MB."""
    if count < 1_000:
        return f"{count} 字节"
    for unit, size in (("KB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000)):
        if count < size * 1_000 or unit == "GB":
            return f"{count / size:.1f} {unit}" if count < size * 10 else f"{count // size} {unit}"
    raise AssertionError


def _patiently(act: Callable[[], None]) -> None:
    """Do `act`, on Windows again and again while another program holds the file, for ten seconds at most."""
    until, pause = time.monotonic() + HELD_SECONDS, 0.01
    while True:
        try:
            act()
        except OSError as error:
            if getattr(error, "winerror", None) not in HELD or time.monotonic() + pause > until:
                raise
        else:
            return
        time.sleep(pause)
        pause = min(pause * 2, 0.5)


def sync_folder(path: Path) -> None:
    """Flush the names in a folder to the medium, where the system can do that."""
    if sys.platform == "win32":
        return  # a folder cannot be opened for flushing
    with in_words(path):
        handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        except OSError as error:
            if error.errno not in _NO_FOLDER_SYNC:
                raise
        finally:
            os.close(handle)


@contextmanager
def new_file(path: Path, mode: int = 0o666, *, durable: bool = True) -> Generator[BinaryIO]:
    """Write a file under a name that nobody has. It is flushed at the end, and gone if anything fails."""
    with in_words(path):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, mode)
        try:
            with os.fdopen(handle, "wb") as out:
                yield out
                out.flush()
                if durable:
                    os.fsync(out.fileno())
        except BaseException:
            with suppress(OSError):
                path.unlink(missing_ok=True)
            raise


def part_name(path: Path) -> Path:
    """A new name beside `path` that nobody takes for a finished file."""
    return path.with_name(f".{path.name[:40]}.{secrets.token_hex(4)}.part")


def is_part(path: Path) -> bool:
    """Whether this is a file that was not finished, and is nothing unless somebody writes it just now."""
    return path.name.startswith(".") and path.suffix == ".part"


def durable_write(path: Path, content: bytes | Iterable[bytes], mode: int = 0o666) -> None:
    """Put `content` under `path`, replacing what is there: afterwards the old file or the new one, whole."""
    part = part_name(path)
    with new_file(part, mode) as out:
        for piece in (content,) if isinstance(content, bytes) else content:
            out.write(piece)
    _settle(part, path)
    _sync_name(path)


def rename_new(source: Path, target: Path) -> None:
    """Give a finished file its name, which nobody may have yet, and flush the folder."""
    if os.path.lexists(target):
        raise FileTrouble(target, "同名文件已存在")
    _settle(source, target)
    _sync_name(target)


def replace(source: Path, target: Path) -> None:
    """Put a finished file in the place of another, and flush the folder.

    For the home, where photos come by the thousand: of names on a stick Windows needs more (`rename_new`).
    """
    _settle(source, target)
    sync_folder(target.parent)


def _settle(source: Path, target: Path) -> None:
    with in_words(target):
        try:
            _patiently(lambda: _replace(source, target))
        except BaseException:
            with suppress(OSError):
                source.unlink(missing_ok=True)
            raise


def _sync_name(path: Path) -> None:
    """Flush the name that a file was given just now: with its folder, or on Windows with the file itself.

    Windows flushes no folder. NTFS journals names, FAT and exFAT on a stick do not, but a file that is flushed takes
    along what its folders say of it; so it is flushed once more under its new name.
    """
    if sys.platform != "win32":
        sync_folder(path.parent)
        return
    with in_words(path):
        try:
            handle = os.open(path, os.O_RDWR | _BINARY)
        except OSError:
            return  # a folder, or a virus scanner looks at it: the content is safe, and the name follows in seconds
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _replace(source: Path, target: Path) -> None:
    source.replace(target)


def make_folder(path: Path) -> None:
    """Make a folder that is still there after a power cut; it is no fault if it is there already."""
    with in_words(path):
        if path.is_dir():
            return
        path.mkdir(parents=True, exist_ok=True)
    sync_folder(path.parent)


def jot(path: Path, text: str) -> None:
    """Leave a note for people; it may be lost, and nothing depends on it."""
    with suppress(OSError):
        path.write_text(text, encoding="utf-8")


def remove(path: Path) -> None:
    """Remove a file; it is no fault if it is gone already."""
    with in_words(path):
        _patiently(lambda: path.unlink(missing_ok=True))


def clear_folder(path: Path) -> None:
    """Empty a folder of this program (staging at start: what a crash left may be readable text)."""
    with in_words(path):
        path.mkdir(parents=True, exist_ok=True)
        for entry in path.iterdir():
            if entry.is_dir() and not entry.is_symlink():
                _patiently(partial(shutil.rmtree, entry))
            else:
                _patiently(entry.unlink)


def clear_copies(path: Path) -> None:
    """Remove the files of a folder of copies, those that nobody holds; there may be no such folder."""
    with in_words(path):
        for entry in path.iterdir() if path.is_dir() else ():
            entry.unlink(missing_ok=True)


@contextmanager
def scratch(folder: Path) -> Generator[Path]:
    """A folder of one's own inside `folder` for a while, readable by this user alone."""
    own = folder / f"work-{secrets.token_hex(8)}"
    with in_words(own):
        folder.mkdir(parents=True, exist_ok=True)
        own.mkdir(mode=0o700)
    try:
        yield own
    finally:
        shutil.rmtree(own, ignore_errors=True)  # what antivirus holds is taken by clear_folder at the next start


def copy_new(source: Path, target: Path) -> None:
    """Copy a file that nobody writes to, under a name that nobody has; it is flushed to the disk."""
    with in_words(source), source.open("rb", buffering=0) as content, new_file(target) as out:
        shutil.copyfileobj(content, out, CHUNK)


def free(folder: Path) -> int:
    """Bytes that can still be written to the medium of a folder."""
    with in_words(folder):
        return shutil.disk_usage(folder).free


def ensure_space(folder: Path, needed: int) -> None:
    """Refuse before writing `needed` bytes to a medium that has no room for them and a tenth more."""
    lacking = int(needed * SPARE) - free(folder)
    if lacking > 0:
        raise DiskFull(folder, f"还差约 {size_text(lacking)}")


def read_chunks(path: Path, start: int = 0, length: int | None = None) -> Generator[bytes]:
    """The content of a file, or `length` bytes of it from `start` on (fewer if it ends there), in pieces.

    Whoever gives it a name closes it: Windows removes no open file, and an error keeps what its frames hold.
    """
    with in_words(path), path.open("rb", buffering=0) as source:
        source.seek(start)
        while piece := source.read(CHUNK if length is None else min(CHUNK, length)):
            yield piece
            if length is not None:
                length -= len(piece)
