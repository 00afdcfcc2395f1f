"""Work on what others made, in a child process with limits: it may die of it, and the program does not."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

from models.documents import answers, cage
from models.documents.answers import Child, Line
from models.progress import Progress

Work = Callable[[str], bytes]  # a function of a module that the child can import; b"" where nothing came of it


ANSWER_BYTES = 4 * 1024 * 1024
_SAID = b"+"  # before every answer: a pipe of Windows is not sure to pass a message of no bytes on


def serve(connection: Line, work: Work) -> None:
    """What runs in the child: an answer for each question, until nobody asks any more."""
    cage.enter()
    with suppress(EOFError, OSError):
        while True:
            question = connection.recv_bytes().decode()
            connection.send_bytes(_SAID + _tried(work, question))


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
        self._child: Child | None = None
        self._one = threading.Lock()

    def ask(self, question: str, progress: Progress) -> bytes:
        """The child's answer; b"" where it has none, dies of the question, takes too long, or cannot be started."""
        with self._one:
            # The limits are of a child's whole life: one that answered often may die of an honest question.
            for _ in range(1 if self._child is None else 2):
                try:
                    return self._answer(question, progress)
                except TimeoutError:
                    break
                except (EOFError, OSError):
                    continue
            return b""

    def close(self) -> None:
        """Let the child go."""
        with self._one:
            self._end()

    def _answer(self, question: str, progress: Progress) -> bytes:
        """The child's answer. Whatever is raised, the child is gone: it must not answer the next question with this."""
        try:
            seconds = self._seconds
            if self._child is None:
                self._child = Child(serve, self._work)
                seconds += answers.START_SECONDS
            self._child.ask(question.encode())
            said = self._child.answer(ANSWER_BYTES, seconds, lambda: progress.step(0, 0))
            return said.removeprefix(_SAID)
        except BaseException:
            self._end()
            raise

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.end()
