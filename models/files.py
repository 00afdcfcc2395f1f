"""Files on disks and sticks: the only place in models/ that writes, renames or removes one.

- What must survive a power cut is written under another name, flushed, renamed, and the folder flushed.
- A failed flush is never tried again: the page may be gone, and the second try would say that all is well.
- On Windows another program (antivirus, indexer) may hold a file for a moment: such errors are waited out.
- Every OSError becomes a refusal that names the file and the way out.
"""

from __future__ import annotations

import errno
import mmap
import os
import secrets
import shutil
import sys
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from models import windows
from models.errors import LedgerError

CHUNK = 1 << 20
HELD_SECONDS = 10.0
SPARE = 1.1  # free space asked for before writing, as a multiple of what is written

_WIN_HELD = frozenset({5, 32, 33, 145})  # access denied, sharing or lock violation, a folder of a removed file
_WIN_FULL = frozenset({39, 112})
_WIN_PROTECTED = 19
_WIN_LONG, _WIN_MOST = 206, 240  # a path too long, and from how many characters on that is what “not found” means
_WIN_NO_ANSWER = frozenset({2, 5})  # no such file, as is right of a new one; not allowed: what `open` said already
_WIN_GONE = frozenset({3, 21, 55, 433, 1112, 1167})  # nothing there, no medium, or the stick was pulled out
_NO_FOLDER_SYNC = frozenset({errno.EINVAL, errno.EOPNOTSUPP, errno.ENOSYS, errno.EBADF, errno.EACCES})
_BINARY = getattr(os, "O_BINARY", 0)
_REASONS = {
    errno.EIO: "磁盘或 U 盘读写不了",
    errno.EINVAL: "磁盘或 U 盘读写不了",
    errno.EEXIST: "同名文件已存在",
    errno.EISDIR: "这是一个文件夹",
    errno.EFBIG: "文件超过该磁盘格式允许的大小",
}


@dataclass(eq=False)
class FileTrouble(LedgerError):
    """The disk or stick answered with an error that has no class of its own here."""

    code = "S300"
    title = "这个文件没有读写成功"
    advice = "请检查磁盘或 U 盘是否接触良好，换一个 U 盘或接口后重试。"
    path: Path
    reason: str = ""

    @property
    def message(self) -> str:
        """What happened to which file, and that nothing was changed."""
        return f"{self.title}：{self.path}{f'（{self.reason}）' if self.reason else ''}。本机数据未改动。"

    @property
    def way_out(self) -> str:
        """What to do about the disk, the stick or the other program."""
        return self.advice


@dataclass(eq=False)
class DiskFull(FileTrouble):
    """There is no room for what should be written."""

    code = "S301"
    title = "磁盘空间不足，没有写入"
    advice = "请清理该磁盘或换一个容量更大的 U 盘后重试。"


@dataclass(eq=False)
class FileHeld(FileTrouble):
    """Another program holds the file, and held it for ten seconds."""

    code = "S302"
    title = "文件正被其他程序占用"
    advice = "请关闭正在打开该文件的程序（如 WPS、Excel 或杀毒软件的扫描）后重试。"


@dataclass(eq=False)
class NotWritable(FileTrouble):
    """The place is write-protected, or this user may not read or write there."""

    code = "S303"
    title = "这个位置有写保护或没有读写权限"
    advice = "请关闭 U 盘的写保护开关，或换一个有读写权限的文件夹后重试。"


@dataclass(eq=False)
class FileGone(FileTrouble):
    """The file or folder is not there, or not any more."""

    code = "S304"
    title = "找不到文件或文件夹"
    advice = "请确认 U 盘没有被拔出、文件没有被移走或被安全软件删除，然后重试。"


@dataclass(eq=False)
class PathTooLong(FileTrouble):
    """The names of a file and of the folders around it are longer than the system takes."""

    code = "S305"
    title = "名字太长，或者文件夹套得太深"
    advice = "请换一个层数少、名字短的文件夹（例如直接放在硬盘的第一层），或者把名字改短，然后重试。"


def size_text(count: int) -> str:
    """A number of bytes as people say it: 312 MB."""
    if count < 1_000:
        return f"{count} 字节"
    for unit, size in (("KB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000)):
        if count < size * 1_000 or unit == "GB":
            return f"{count / size:.1f} {unit}" if count < size * 10 else f"{count // size} {unit}"
    raise AssertionError


def _refusal(path: Path, error: OSError) -> FileTrouble:
    number = _told_by_windows(path, error)
    missing = error.errno in {errno.ENOENT, errno.ENOTDIR}
    if error.errno == errno.ENAMETOOLONG or number == _WIN_LONG or (missing and _too_long_for_windows(path)):
        return PathTooLong(path.parent if is_part(path) else path)
    path = path.parent if path.suffix == ".part" else path  # nobody knows our names for unfinished files
    if error.errno in {errno.ENOSPC, errno.EDQUOT} or number in _WIN_FULL:
        return DiskFull(path)
    if number in _WIN_HELD:
        return FileHeld(path)
    if number in _WIN_GONE:
        return FileGone(path)
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS} or number == _WIN_PROTECTED:
        return NotWritable(path)
    if missing:
        return FileGone(path)
    return FileTrouble(path, _REASONS.get(error.errno or 0) or error.strerror or type(error).__name__)


def _too_long_for_windows(path: Path) -> bool:
    """Whether the length alone explains that Windows finds nothing at a path."""
    return sys.platform == "win32" and len(str(path.absolute())) > _WIN_MOST


def _told_by_windows(path: Path, error: OSError) -> int | None:
    """The number that Windows has for an error. `open` and `write` lose it; then the file is asked once more."""
    told: int | None = getattr(error, "winerror", None)
    if told is not None or error.errno not in {errno.EACCES, errno.EINVAL} or sys.platform != "win32":
        return told
    try:
        with windows.opened(path, 0):
            return None
    except OSError as again:
        return None if again.winerror in _WIN_NO_ANSWER else again.winerror


@contextmanager
def in_words(path: Path) -> Generator[None]:
    """Turn what the system says about `path` into a refusal."""
    try:
        yield
    except OSError as error:
        raise _refusal(path, error) from error


def _patiently(act: Callable[[], None]) -> None:
    """Do `act`, on Windows again and again while another program holds the file, for ten seconds at most."""
    until, pause = time.monotonic() + HELD_SECONDS, 0.01
    while True:
        try:
            act()
        except OSError as error:
            if getattr(error, "winerror", None) not in _WIN_HELD or time.monotonic() + pause > until:
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


def read_uncached(path: Path) -> Generator[bytes]:
    """The content of a file from the medium itself, past the memory of the system."""
    yield from _read_unbuffered_windows(path) if sys.platform == "win32" else _read_direct(path)


def _read_direct(path: Path) -> Iterator[bytes]:
    """O_DIRECT where the file system has it, else after telling the system to forget the file."""
    if sys.platform == "win32":
        raise NotImplementedError
    with in_words(path):
        handle = os.open(path, os.O_RDONLY)
        try:
            with suppress(OSError):  # a read-only medium has nothing to flush
                os.fdatasync(handle)  # pages not yet written cannot be forgotten
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
            _set_direct(handle, on=True)
            with mmap.mmap(-1, CHUNK) as room:  # memory of whole pages, as O_DIRECT wants it
                while count := _read_some(handle, room):
                    yield room[:count]
        finally:
            os.close(handle)


def _set_direct(handle: int, *, on: bool) -> None:
    if sys.platform == "win32":
        raise NotImplementedError
    import fcntl  # noqa: PLC0415 - not on Windows

    flags = fcntl.fcntl(handle, fcntl.F_GETFL)
    with suppress(OSError):  # a file system that has no O_DIRECT
        fcntl.fcntl(handle, fcntl.F_SETFL, flags | os.O_DIRECT if on else flags & ~os.O_DIRECT)


def _read_some(handle: int, room: mmap.mmap) -> int:
    if sys.platform == "win32":
        raise NotImplementedError
    try:
        return os.readv(handle, [room])
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
    _set_direct(handle, on=False)  # promised on opening, refused on reading
    return os.readv(handle, [room])


def _read_unbuffered_windows(path: Path) -> Iterator[bytes]:
    """FILE_FLAG_NO_BUFFERING: reads whole sectors into memory of whole pages."""
    if sys.platform != "win32":
        raise NotImplementedError
    import ctypes  # noqa: PLC0415 - Windows alone
    from ctypes import wintypes  # noqa: PLC0415

    unbuffered, sequential = 0x20000000, 0x08000000
    with (
        in_words(path),
        windows.opened(path, unbuffered | sequential) as (kernel, handle),
        mmap.mmap(-1, CHUNK) as room,
    ):
        place = (ctypes.c_char * CHUNK).from_buffer(room)
        try:
            count = wintypes.DWORD()
            while True:
                if not kernel.ReadFile(handle, place, CHUNK, ctypes.byref(count), None):
                    raise ctypes.WinError(ctypes.get_last_error())
                if not count.value:
                    break
                yield room[: count.value]
        finally:
            del place  # the mapping cannot close while it is lent out
