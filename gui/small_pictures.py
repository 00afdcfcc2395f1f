"""Pictures of photos, small or large: made by a child process aside, and remembered while the window is open."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Protocol

from PySide6.QtGui import QImage

from gui import shrink
from models.progress import Progress
from models.services.evidence.apart import Apart

REMEMBERED = 400  # pictures: 110 MB at most
LARGE_REMEMBERED = 12  # 50 MB at most
SECONDS = 10.0  # that one photo may take


class Places(Protocol):
    """Where files lie."""

    def place(self, sha256: str) -> Path | None: ...


class SmallPictures:
    """The pictures of one session, as its lists show them."""

    def __init__(
        self, work: Callable[[str], bytes] = shrink.shrink, side: int = shrink.WIDE, most: int = REMEMBERED
    ) -> None:
        self._child = Apart(work, SECONDS)
        self._side, self._most = side, most
        self._known: OrderedDict[str, QImage | None] = OrderedDict()

    def known(self, hashes: Iterable[str]) -> dict[str, QImage | None]:
        """Those that are made already; None where nothing can be shown."""
        return {sha256: self._known[sha256] for sha256 in hashes if sha256 in self._known}

    def make(self, places: Places, hashes: Iterable[str], progress: Progress) -> dict[str, QImage | None]:
        """Pictures of these files; what is not here is left out."""
        made: dict[str, QImage | None] = {}
        for sha256 in hashes:
            path = places.place(sha256)
            if path is not None:
                made[sha256] = shrink.unpack(self._child.ask(str(path), progress), self._side)
        self.remember(made)
        return made

    def remember(self, made: Mapping[str, QImage | None]) -> None:
        """Keep pictures for the next time; the oldest go where there are too many."""
        self._known |= made
        while len(self._known) > self._most:
            self._known.popitem(last=False)

    def close(self) -> None:
        """Let the child go."""
        self._child.close()


def large_pictures() -> SmallPictures:
    """The pictures of one session for the large view."""
    return SmallPictures(shrink.enlarge, shrink.LARGE, LARGE_REMEMBERED)
