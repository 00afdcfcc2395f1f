"""What Windows is asked itself, where Python does not pass everything on: a file opened on terms of our own."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


def let_errors_come_back() -> None:
    """Ask that a drive without a stick is an error of the call, not a box of the system that somebody has to click."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - Windows alone

        fail_critical_errors = 1
        kernel = ctypes.windll.kernel32
        kernel.SetErrorMode(kernel.GetErrorMode() | fail_critical_errors)


def tell(text: str) -> None:
    """Say something before there is a window: a program of Windows that has a window has no console to say it in."""
    if sys.platform == "win32" and sys.stderr is None:
        import ctypes  # noqa: PLC0415 - Windows alone

        warning = 0x30
        ctypes.windll.user32.MessageBoxW(None, text, "环改台账", warning)
    else:
        sys.stderr.write(f"{text}\n")


@contextmanager
def opened(path: Path, flags: int) -> Generator[tuple[Any, int]]:
    """The library and a handle to read a file by, which lets others do with the file what they like.

    `flags`: FILE_FLAG_… of CreateFileW. Raises OSError with the number that Windows gave (`winerror`).
    """
    if sys.platform != "win32":
        raise NotImplementedError
    import ctypes  # noqa: PLC0415 - Windows alone
    from ctypes import wintypes  # noqa: PLC0415

    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.CreateFileW.restype = wintypes.HANDLE
    word, pointer = wintypes.DWORD, wintypes.LPVOID
    kernel.CreateFileW.argtypes = (wintypes.LPCWSTR, word, word, pointer, word, word, wintypes.HANDLE)
    kernel.ReadFile.argtypes = (wintypes.HANDLE, pointer, word, ctypes.POINTER(word), pointer)
    kernel.CloseHandle.argtypes = (wintypes.HANDLE,)
    read, share, existing = 0x80000000, 0x7, 3
    handle = kernel.CreateFileW(str(path), read, share, None, existing, flags, None)
    if handle == ctypes.c_void_p(-1).value:
        raise ctypes.WinError(ctypes.get_last_error())
    try:
        yield kernel, handle
    finally:
        kernel.CloseHandle(handle)
