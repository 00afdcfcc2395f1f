"""Work on what others made, in a child process with limits: it may die of it, and the program does not."""

from __future__ import annotations

import multiprocessing
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.context import SpawnProcess
from typing import Protocol

from models.documents import cage
from models.progress import Progress

Work = Callable[[str], bytes]  # a function of a module that the child can import; b"" where nothing came of it


class _Line(Protocol):
    """One end of a pipe; its class differs from system to system."""

    def poll(self, timeout: float, /) -> bool: ...
    def recv_bytes(self, maxlength: int = ..., /) -> bytes: ...
    def send_bytes(self, buf: bytes, /) -> None: ...
    def close(self) -> None: ...


START_SECONDS = 15  # a slow machine may take this long to start the child
ANSWER_BYTES = 4 * 1024 * 1024
_LOOK_EVERY = 0.05


def serve(connection: _Line, work: Work) -> None:
    """What runs in the child: an answer for each question, until nobody asks any more."""
    cage.enter()
    with suppress(EOFError, OSError):
        while True:
            question = connection.recv_bytes().decode()
            connection.send_bytes(_tried(work, question))


def _tried(work: Work, question: str) -> bytes:
    """The answer; what the file does to its reader otherwise is no answer."""
    try:
        return work(question)
    except (ValueError, TypeError, OSError, RuntimeError, ArithmeticError, LookupError, MemoryError):
        return b""


class Apart:
    """One child, started when it is first asked; one that dies or takes too long is replaced."""

    def __init__(self, work: Work, seconds: float) -> None:
        """`seconds`: that one answer may take."""
        self._work, self._seconds = work, seconds
        self._process: SpawnProcess | None = None
        self._line: _Line | None = None
        self._one = threading.Lock()

    def ask(self, question: str, progress: Progress) -> bytes:
        """The child's answer; b"" where it has none, dies of the question, or takes too long."""
        with self._one:
            fresh = self._process is None
            line = self._line or self._start()
            try:
                line.send_bytes(question.encode())
                until = time.monotonic() + self._seconds + (START_SECONDS if fresh else 0)
                while not line.poll(_LOOK_EVERY):
                    progress.step(0, 0)
                    if time.monotonic() > until:
                        self._end()
                        return b""
                return line.recv_bytes(ANSWER_BYTES)
            except (EOFError, OSError):
                self._end()
                return b""
            except BaseException:
                self._end()  # a child that still works on an old question must not answer the next
                raise

    def close(self) -> None:
        """Let the child go."""
        with self._one:
            self._end()

    def _start(self) -> _Line:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs, self._work), daemon=True)
        process.start()
        theirs.close()
        self._process, self._line = process, ours
        return ours

    def _end(self) -> None:
        process, line, self._process, self._line = self._process, self._line, None, None
        if line is not None:
            line.close()
        if process is not None:
            process.kill()
            process.join()
            process.close()
