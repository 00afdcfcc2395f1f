"""Waiting for what a child process says, never for longer than it was given, however it says it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from multiprocessing.context import SpawnProcess
from typing import Protocol

START_SECONDS = 15  # a slow machine may take this long to start the child
_LOOK_EVERY = 0.05  # seconds between two looks at the child, and so between two chances to cancel
_ARRIVING_SECONDS = 15.0  # from the first byte of an answer to its last: 256 MB on an old PC take two or three


class Line(Protocol):
    """Our end of the pipe; its class differs from system to system."""

    def poll(self, timeout: float, /) -> bool:
        """Whether something has come, or the other end is gone; waits `timeout` seconds at most."""
        ...

    def recv_bytes(self, maxlength: int = ..., /) -> bytes:
        """The next message. Raises EOFError where the other end is gone."""
        ...

    def send_bytes(self, buf: bytes, /) -> None:
        """Send one message."""
        ...

    def close(self) -> None:
        """Give our end up."""
        ...


def answer(line: Line, process: SpawnProcess, most: int, seconds: float, look: Callable[[], None]) -> bytes:
    """What the child says: `most` bytes at most, begun within `seconds`. `look` is called while nothing comes.

    Raises EOFError or OSError where the child died of its question, or took too long and had to.
    """
    until = time.monotonic() + seconds
    while not line.poll(_LOOK_EVERY):
        look()
        if time.monotonic() > until:
            raise TimeoutError
    # Who has begun to speak may stop in the middle, and no read of a pipe knows a time: only the death of the other
    # end wakes it on every system.
    watch = threading.Timer(_ARRIVING_SECONDS, process.kill)
    watch.start()
    try:
        return line.recv_bytes(most)
    finally:
        watch.cancel()
        watch.join()
