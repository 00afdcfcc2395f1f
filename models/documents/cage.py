"""The limits under which a hostile file is opened: memory, time and one process, whatever the reader does."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

from models.domain import limits


def enter() -> None:
    """Limit this process for good, and keep its last words (a panic of the reader) from the terminal."""
    with suppress(OSError):
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 2)
    if sys.platform == "win32":
        _enter_job()
    else:
        _set_limits()


def _set_limits() -> None:
    import resource  # noqa: PLC0415 - not on Windows

    for what, most in (
        (resource.RLIMIT_AS, limits.CHILD_MEMORY),
        (resource.RLIMIT_CPU, limits.CHILD_SECONDS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),  # nothing is written, whatever the file asks for
    ):
        hard = resource.getrlimit(what)[1]
        soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with suppress(OSError, ValueError):
            resource.setrlimit(what, (soft, soft))


def _enter_job() -> None:
    """A job object of this process alone: memory, processor time, no child, no error window."""
    if sys.platform != "win32":
        raise NotImplementedError
    import ctypes  # noqa: PLC0415 - Windows alone
    from ctypes import wintypes  # noqa: PLC0415

    class Basic(ctypes.Structure):
        _fields_ = (
            ("PerProcessUserTimeLimit", wintypes.LARGE_INTEGER), ("PerJobUserTimeLimit", wintypes.LARGE_INTEGER),
            ("LimitFlags", wintypes.DWORD), ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t), ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t), ("PriorityClass", wintypes.DWORD), ("SchedulingClass", wintypes.DWORD),
        )  # fmt: skip

    class Extended(ctypes.Structure):
        _fields_ = (
            ("Basic", Basic), ("IoInfo", ctypes.c_ulonglong * 6), ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t), ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )  # fmt: skip

    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.CreateJobObjectW.restype = wintypes.HANDLE
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    kernel.SetInformationJobObject.argtypes = (wintypes.HANDLE, ctypes.c_int, wintypes.LPVOID, wintypes.DWORD)
    kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
    process_time, process_memory, one_process, die_quietly = 0x2, 0x100, 0x8, 0x400
    wanted = Extended()
    wanted.Basic.LimitFlags = process_time | process_memory | one_process | die_quietly
    wanted.Basic.PerProcessUserTimeLimit = limits.CHILD_SECONDS * 10_000_000
    wanted.Basic.ActiveProcessLimit = 1
    wanted.ProcessMemoryLimit = limits.CHILD_MEMORY
    job = kernel.CreateJobObjectW(None, None)  # lives as long as this process, which never closes it
    extended_limits = 9
    if job and kernel.SetInformationJobObject(job, extended_limits, ctypes.byref(wanted), ctypes.sizeof(wanted)):
        kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
    kernel.SetErrorMode(0x8007)
