"""Reading a file from the medium itself, past the memory of the system: so a copy is compared with what lies there."""

from __future__ import annotations

import errno
import mmap
import os
import sys
from collections.abc import Generator, Iterator
from contextlib import suppress
from pathlib import Path

from models import windows
from models.file_faults import in_words
from models.files import CHUNK


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
