"""The cupboard: files that the program carries along, and the one way to find them."""

from __future__ import annotations

from pathlib import Path


def path(name: str) -> Path:
    """Where a file of this folder lies, in the source tree and in the built folder alike."""
    return Path(__file__).parent / name


def manual(name: str) -> Path:
    """Where a file of the manual lies; it is part of the documents, and is carried along by the built folder too."""
    return Path(__file__).parent.parent / "docs" / "manual" / name
