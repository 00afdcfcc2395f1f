"""Sticks that are plugged in: found by how the system mounts them. Asking may take a while: not on the GUI thread."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStorageInfo

from gui import saying

PLACES = ("/media/", "/run/media/", "/mnt/")  # where Linux desktops mount what is plugged in
_REMOVABLE = 2  # DRIVE_REMOVABLE of GetDriveTypeW


@dataclass(frozen=True)
class Stick:
    """One stick."""

    path: Path
    name: str
    free: int  # bytes

    @property
    def said(self) -> str:
        """What a person recognises it by: KINGSTON（E:），剩余 11 GB."""
        place = str(self.path).rstrip("/\\")
        shown = f"{self.name}（{place}）" if self.name and self.name not in place else place
        return f"{shown}，剩余 {saying.size(self.free)}"


def sticks() -> tuple[Stick, ...]:
    """The sticks that can be written to now."""
    return tuple(
        Stick(Path(one.rootPath()), one.name(), one.bytesAvailable())
        for one in QStorageInfo.mountedVolumes()
        if one.isValid() and one.isReady() and not one.isReadOnly() and is_removable(one.rootPath())
    )


def is_removable(root: str) -> bool:
    """Whether a volume is one that people plug in."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - there alone

        return ctypes.windll.kernel32.GetDriveTypeW(root.replace("/", "\\")) == _REMOVABLE
    return root.startswith(PLACES)
