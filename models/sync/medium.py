"""What a folder lies on: the name and number of a stick, as far as the system tells, for the register of media."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

_MOUNTS = Path("/proc/self/mountinfo")
_BY_LABEL, _BY_UUID = Path("/dev/disk/by-label"), Path("/dev/disk/by-uuid")
_ESCAPED = re.compile(r"\\(x[0-9a-fA-F]{2}|[0-7]{3})")


@dataclass(frozen=True)
class Medium:
    """One volume. Both are empty where the system does not tell."""

    label: str  # KINGSTON
    number: str  # of the volume: 1A2B-3C4D

    def said(self, folder: Path) -> str:
        """For the register: what a person recognises it by, else where it was mounted."""
        number = f"（{self.number}）" if self.number else ""
        return f"{self.label}{number}" if self.label else f"{folder}{number}"


def medium_of(folder: Path) -> Medium:
    """The medium of a folder that is there; a folder of a disk that says nothing of itself has neither."""
    try:
        return _windows(folder) if sys.platform == "win32" else _linux(folder)
    except (OSError, ValueError):  # what cannot be told is not told; nothing depends on it
        return Medium("", "")


def _linux(folder: Path) -> Medium:
    device = _device(folder.resolve(), _MOUNTS.read_text(encoding="utf-8", errors="replace"))
    return Medium(_named(_BY_LABEL, device), _named(_BY_UUID, device)) if device else Medium("", "")


def _device(folder: Path, mounts: str) -> str:
    """The device that the nearest mount point above a folder is of; empty: none, as in memory or on a network."""
    found: tuple[int, str] = (-1, "")
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        point, source = Path(_plain(before.split()[4])), after.split()[1]
        if folder.is_relative_to(point) and len(point.parts) >= found[0]:
            found = (len(point.parts), source if source.startswith("/dev/") else "")
    return found[1]


def _named(folder: Path, device: str) -> str:
    """The name under which the system lists a device in one of its folders of links."""
    target = Path(device).resolve()
    names = (link.name for link in sorted(folder.iterdir()) if link.resolve() == target) if folder.is_dir() else ()
    return _plain(next(iter(names), ""))


def _plain(text: str) -> str:
    """A name without the escapes that the system writes for spaces and letters beyond ASCII."""

    def one(match: re.Match[str]) -> str:
        digits = match[1]
        return chr(int(digits[1:], 16) if digits.startswith("x") else int(digits, 8))

    return _ESCAPED.sub(one, text).encode("latin-1", "replace").decode("utf-8", "replace")


def _windows(folder: Path) -> Medium:
    if sys.platform != "win32":
        raise NotImplementedError
    import ctypes  # noqa: PLC0415 - Windows alone
    from ctypes import wintypes  # noqa: PLC0415

    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    root, label = ctypes.create_unicode_buffer(261), ctypes.create_unicode_buffer(261)
    number = wintypes.DWORD()
    if not kernel.GetVolumePathNameW(str(folder.resolve()), root, len(root)):
        raise ctypes.WinError(ctypes.get_last_error())
    if not kernel.GetVolumeInformationW(root, label, len(label), ctypes.byref(number), None, None, None, 0):
        raise ctypes.WinError(ctypes.get_last_error())
    return Medium(label.value, f"{number.value >> 16:04X}-{number.value & 0xFFFF:04X}")
