"""Which files this process holds open: Windows removes none of these, and Linux does not say so by itself."""

from __future__ import annotations

import sys
from pathlib import Path

DESCRIPTORS = Path("/proc/self/fd")


def held_open(folder: Path) -> list[Path]:
    """The files below a folder that are open here; where the system cannot be asked, none."""
    links = list(DESCRIPTORS.iterdir()) if sys.platform == "linux" else ()
    targets = [link.readlink() for link in links if link.is_symlink()]
    return [target for target in targets if target.is_relative_to(folder)]
