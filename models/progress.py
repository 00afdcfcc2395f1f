"""How long work reports that it lives, and learns that it should stop."""

from __future__ import annotations

from typing import Protocol

STEP = 32  # of very short steps so many are reported as one


class Cancelled(Exception):
    """The user asked to stop. Not an error: the transaction rolls back."""


class Progress(Protocol):
    """What long work calls between two steps."""

    def step(self, done: int, total: int, what: str = "") -> None:
        """Report progress (total 0: unknown). Raises Cancelled where the user asked to stop."""


class Silent:
    """Progress for callers without a window: tests, scripts."""

    def step(self, done: int, total: int, what: str = "") -> None:
        """Take the report and say nothing."""


class Part:
    """Work that is a part of longer work: its steps go on from `start` by `length` of `total`."""

    def __init__(self, whole: Progress, start: int, length: int, total: int) -> None:
        self._whole, self._start, self._length, self._total = whole, start, length, total

    def step(self, done: int, total: int, what: str = "") -> None:
        """Report progress of the part as progress of the whole."""
        self._whole.step(self._start + done * self._length // max(total, 1), self._total, what)
