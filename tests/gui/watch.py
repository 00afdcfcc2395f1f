"""A watch on the window's thread: how long one pass of the event loop keeps it from answering, and what did it.

- A *pass* is all that happens between two moments at which the event loop is ready to wait for something: a person who
  clicks now is answered when it ends. The test's own work outside the loop is not the window's and is not counted.
- Work is processor time of this thread, so a busy machine fails no test. Waiting (a sleep, a lock, a slow disk) has
  none: a second thread sees it, and allows more, because whoever holds the lock may itself be kept waiting.
- A collection of garbage looks at all that the whole test run ever made: its time is taken off. The program itself puts
  what it starts with out of the collector's reach (gui/app.py).
- What did it is told by looks at the thread's stack. Where Qt alone was at work that says little: with
  HUANGAI_EVENTS=1 every event is timed at its delivery and named. That is for looking only, since wrapping every
  receiver upsets PySide when style sheets change.
"""

from __future__ import annotations

import gc
import os
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from types import FrameType
from typing import Any

from PySide6.QtCore import QAbstractEventDispatcher, QEvent, QEventLoop, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

LIMIT = 0.05  # seconds of work in one pass
ASLEEP = 0.25  # seconds of waiting in one pass
YARD = 0.004  # seconds that the yardstick takes on a machine where the limits are meant as they stand
CROWDED = 1.5
SLOWEST = 4.0  # a machine may be so many times slower: more is not believed
TIMED = hasattr(time, "pthread_getcpuclockid")  # not on Windows, where the clock of a thread ticks 64 times a second
LOOK_EVERY = 0.01  # seconds between two looks at what the thread is doing

# Where tests enter the event loop, or have events delivered at once as a hand would cause them.
ENTRIES: tuple[tuple[type, str], ...] = (
    (QEventLoop, "exec"),
    (QApplication, "processEvents"),
    *((QtBot, name) for name in ("keyClick", "keyClicks", "mouseClick", "mouseDClick", "mousePress", "mouseRelease")),
)


@dataclass
class Pass:
    """One pass of the event loop that took long."""

    worked: float
    waited: float
    seen: list[list[str]]  # stacks
    events: list[tuple[float, str]] = field(default_factory=list)

    def __str__(self) -> str:
        seen = "\n    --\n".join("\n".join(lines) for lines in self.seen[:: max(len(self.seen) // 3, 1)])
        events = "".join(f"\n    {spent * 1000:.1f} ms {what}" for spent, what in sorted(self.events)[:-6:-1])
        return (
            f"the window did not answer: {self.worked * 1000:.0f} ms of work and {self.waited * 1000:.0f} ms of waiting"
            f" in one pass. Seen at:\n{seen or '    (nowhere)'}{events}"
        )


class Watch:
    """Times the passes of the event loop on the thread that made it."""

    def __init__(self) -> None:
        self.thread, self._native = threading.get_ident(), threading.get_native_id()
        self.slow: list[Pass] = []
        self.longest = 0.0
        self.depth = 0  # loops that the thread is in
        self._is_on = False
        self._number = 0  # of the present pass
        self._base: FrameType | None = None  # where the loop was entered: Python below it is a slot at work
        self._began = self._waited = self._collected = self._collecting = self._pardoned = 0.0
        self._seen: list[list[str]] = []
        self.events: list[tuple[float, str]] = []
        gc.callbacks.append(self._garbage)
        for owner, name in ENTRIES:
            entry = self._entry(getattr(owner, name))
            setattr(owner, name, entry if owner is QEventLoop else staticmethod(entry))
        dispatcher = QAbstractEventDispatcher.instance()
        assert dispatcher is not None
        self._dispatcher = dispatcher
        dispatcher.aboutToBlock.connect(self._next)
        if TIMED:
            threading.Thread(target=self._look, name="watch on the window", daemon=True).start()

    # ------------------------------------------------------------------------------------- a test

    def begin(self) -> None:
        """Start over."""
        self.slow, self.longest, self._pardoned = [], 0.0, 0.0
        self._start()
        self._is_on = TIMED

    def end(self) -> list[Pass]:
        """What took too long since `begin`."""
        self._is_on = False
        slow, self.slow = self.slow, []
        return slow

    def pardon(self, seconds: float) -> None:
        """Allow so much in every pass of this test, whose own work is in them."""
        self._pardoned = seconds

    # ------------------------------------------------------------------------------------- timing

    def _entry(self, enter: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(enter)
        def entered(*args: Any, **kwargs: Any) -> Any:
            if not self._is_on or threading.get_ident() != self.thread:
                return enter(*args, **kwargs)
            if not self.depth:
                self._start()
            before, self._base = self._base, sys._getframe()
            self.depth += 1
            try:
                return enter(*args, **kwargs)
            finally:
                self.depth -= 1
                self._base = before
                if not self.depth:
                    self._finish()

        return entered

    def _next(self) -> None:
        """The loop is about to wait: a pass is over."""
        if self.depth:
            self._finish()
            self._start()

    def _start(self) -> None:
        self._number += 1
        self._waited = self._collected = 0.0
        self._seen, self.events = [], []
        self._began = time.thread_time()

    def _finish(self) -> None:
        worked = time.thread_time() - self._began - self._collected
        self.longest = max(self.longest, worked)
        limit = max(LIMIT, self._pardoned)
        if (worked > limit and worked > limit * slowness()) or self._waited > ASLEEP * queue():
            self.slow.append(Pass(worked, self._waited, self._seen, self.events))

    def _garbage(self, phase: str, _: dict[str, int]) -> None:
        if self.depth and threading.get_ident() == self.thread:
            if phase == "start":
                self._collecting = time.thread_time()
            else:
                self._collected += time.thread_time() - self._collecting

    # ------------------------------------------------------------------------------------- looking

    def _look(self) -> None:
        """See what the window's thread does; on a thread of its own."""
        clock = time.pthread_getcpuclockid(self.thread)
        number, last = 0, time.perf_counter()
        while True:
            time.sleep(LOOK_EVERY)
            now = time.perf_counter()
            gone, last = now - last, now
            same, number = number == self._number, self._number
            if not self.depth:
                continue
            if same and self._is_asleep():
                self._waited += gone
            busy = time.clock_gettime(clock) - self._began > LIMIT / 2
            if (busy or self._waited > ASLEEP / 2) and len(self._seen) < 100:
                self._seen.append(_where(self.thread))

    def _is_asleep(self) -> bool:
        """Whether the thread waits for something inside a slot, and not in the loop for the next event."""
        if sys._current_frames().get(self.thread) is self._base:
            return False
        try:
            with open(f"/proc/self/task/{self._native}/stat", encoding="ascii") as file:  # noqa: PTH123 - read often
                return file.read().rpartition(") ")[2][0] in "SD"
        except OSError:
            return False  # not Linux: waiting is not seen


def yardstick() -> float:
    """Plain work of the interpreter, timed: processors share their cores and caches, and are not all of one speed."""
    began = time.thread_time()
    text = ""
    for number in range(30_000):
        text = f"{number}{text[:8]}"
    return time.thread_time() - began


def slowness() -> float:
    """How many times slower this machine is now than the limits are meant for; never less than once.

    Where more wants to run than there are cores, the same work costs up to half as much again: caches are shared.
    """
    crowded = CROWDED if queue() > 1 else 1.0
    return min(max(yardstick() / YARD, 1.0) * crowded, SLOWEST)


def queue() -> float:
    """How many want to run for each that does, never less than one: so much longer does a thread wait for another."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return min(max(load / (os.cpu_count() or 1), 1.0), SLOWEST)


def _where(thread: int) -> list[str]:
    """The innermost calls of a thread, without those of the tests' own machinery.

    No frame outlives this function, and nothing in it lets another thread run: a painter that dies with its frame must
    die when its owner thinks it does.
    """
    frame = sys._current_frames().get(thread)
    lines: list[str] = []
    while frame is not None and len(lines) < 8:
        code = frame.f_code
        if code.co_filename != __file__ and "site-packages/pytest" not in code.co_filename:
            lines.append(f"    {code.co_filename}:{frame.f_lineno} in {code.co_name}")
        frame = frame.f_back
    return lines


class Watched(QApplication):
    """For looking: an application that names every event and its receiver."""

    watch: Watch | None = None

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        began, kind = time.thread_time(), event.type()
        try:
            return QApplication.notify(self, receiver, event)
        finally:
            if self.watch is not None and self.watch.depth:
                self.watch.events.append((time.thread_time() - began, f"{kind.name} → {_name(receiver)}"))


def _name(receiver: QObject) -> str:
    try:
        parent = receiver.parent()
        own = f"{type(receiver).__name__} '{receiver.objectName()}'"
        return f"{own} in {type(parent).__name__}" if parent is not None else own
    except RuntimeError:  # it was deleted by its own event
        return type(receiver).__name__


WATCHED = Watched if os.environ.get("HUANGAI_EVENTS") else QApplication
