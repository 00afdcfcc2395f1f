"""A child process that is asked: nobody waits for it longer than it was given, whatever it does or leaves undone."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context, process
from typing import Protocol

START_SECONDS = 15  # a slow machine may take this long to start the child
_LOOK_EVERY = 0.05  # seconds between two looks at the child, and so between two chances to cancel
_ARRIVING_SECONDS = 15.0  # from the first byte of an answer to its last: 256 MB on an old PC take two or three
_DYING_SECONDS = 2.0  # a child that a broken disk holds in the kernel dies when that lets go of it, or never


class Line(Protocol):
    """An end of the pipe; its class differs from system to system."""

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


class Child:
    """One child and our end of the pipe to it. Whoever starts it ends it."""

    def __init__(self, serve: Callable[..., None], *given: object) -> None:
        """Start it: `serve` gets the other end of the pipe and what is `given`. Raises OSError."""
        context = get_context("spawn")
        self._line, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs, *given), daemon=True)
        self._hearing: _Hearing | None = None
        try:
            self._process.start()
        finally:
            theirs.close()

    def ask(self, question: bytes) -> None:
        """Send a question. Raises OSError where the child is dead."""
        self._line.send_bytes(question)

    def answer(self, most: int, seconds: float, look: Callable[[], None]) -> bytes:
        """What the child says: `most` bytes at most, begun within `seconds`. `look` is called until all has come.

        Raises EOFError or OSError where the child died of its question, TimeoutError where it took too long.
        """
        until = time.monotonic() + seconds
        while not self._line.poll(_LOOK_EVERY):
            look()
            if time.monotonic() > until:
                raise TimeoutError
        # Who has begun to speak may stop in the middle, and no read of a pipe knows a time: another thread reads.
        self._hearing = hearing = _Hearing(self._line, most)
        until = time.monotonic() + _ARRIVING_SECONDS
        while not hearing.is_over(_LOOK_EVERY):
            look()
            if time.monotonic() > until:
                raise TimeoutError
        return hearing.message()

    def end(self) -> None:
        """Let the child go. One that does not die within seconds is left to the system, and its pipe with it."""
        until = time.monotonic() + _DYING_SECONDS
        with suppress(OSError):
            self._process.kill()
        self._process.join(_DYING_SECONDS)
        if self._hearing is None or self._hearing.is_over(max(0.0, until - time.monotonic())):
            self._line.close()
        if self._process.exitcode is None:
            # At its end Python waits for every child it knows, without a limit.
            known: set[object] = vars(process)["_children"]
            known.discard(self._process)
        else:
            self._process.close()


class _Hearing:
    """One message, taken in by a thread of its own, which a child that is never silent and never done may keep."""

    def __init__(self, line: Line, most: int) -> None:
        self._line, self._most = line, most
        self._said, self._failed = b"", None
        self._thread = threading.Thread(target=self._hear, name="hearing-a-child", daemon=True)
        self._thread.start()

    def is_over(self, seconds: float) -> bool:
        """Whether the message is here, or none will come; waits `seconds` at most."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def message(self) -> bytes:
        """The message. Raises what reading it raised."""
        if self._failed is not None:
            raise self._failed
        return self._said

    def _hear(self) -> None:
        try:
            self._said = self._line.recv_bytes(self._most)
        except (EOFError, OSError, MemoryError) as error:
            self._failed = error
