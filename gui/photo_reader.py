"""Looks into photos that are added, in a child process of their own."""

from __future__ import annotations

from pathlib import Path

from gui import photo_child
from models.progress import Progress
from models.services.evidence.apart import Apart
from models.services.evidence.photo_facts import PhotoRead, unpack

SECONDS = 20.0  # that one photo may take


class PhotoReader:
    """The child that looks into photos; it starts with the first of them."""

    def __init__(self) -> None:
        self._child = Apart(photo_child.read, SECONDS)

    def read(self, path: Path, progress: Progress) -> PhotoRead | None:
        """What a photo says; None where it is no picture that can be opened."""
        return unpack(self._child.ask(str(path), progress))

    def close(self) -> None:
        """Let the child go."""
        self._child.close()
