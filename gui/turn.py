"""Whose turn it is in a queue: the one that is shown stays shown while the queue changes around it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


class Turn(Generic[T]):
    """A queue and a place in it."""

    def __init__(self, key: Callable[[T], Hashable], one: str = "个") -> None:
        """`key`: what stays the same of one when the queue is read again; `one`: what counts them."""
        self._key, self._one = key, one
        self.queue: list[T] = []
        self._at = 0

    @property
    def now(self) -> T | None:
        """The one that is shown."""
        return self.queue[self._at] if self._at < len(self.queue) else None

    @property
    def said(self) -> str:
        """Which one it is, and of how many."""
        return f"第 {self._at + 1} {self._one}，共 {len(self.queue)} {self._one}"

    def put(self, queue: Sequence[T], *, anew: bool = False) -> bool:
        """Another queue: whether the one that was shown still is. `anew`: begin at its head."""
        kept = None if anew or self.now is None else self._key(self.now)
        before = self._at
        self.queue = list(queue)
        places = {self._key(one): at for at, one in enumerate(self.queue)}
        self._at = places.get(kept, self._within(before) if kept is not None else 0)
        return kept is None or kept in places

    def take(self, keys: Collection[Hashable]) -> None:
        """These are done: the next one comes."""
        self.queue = [one for one in self.queue if self._key(one) not in keys]
        self._at = self._within(self._at)

    def stand(self, fits: Callable[[T], bool]) -> bool:
        """Stand on the first one that fits: whether there is one."""
        at = next((at for at, one in enumerate(self.queue) if fits(one)), None)
        if at is not None:
            self._at = at
        return at is not None

    def step(self, by: int) -> None:
        """Go on or back; after the last one comes the first."""
        if self.queue:
            self._at = (self._at + by) % len(self.queue)

    def _within(self, at: int) -> int:
        return min(at, max(len(self.queue) - 1, 0))
