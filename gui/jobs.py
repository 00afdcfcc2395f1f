"""Work off the GUI thread: one thread writes, one reads, one counts, one copies; with progress and cancel.

- One thread writes, so the ledger is never busy and a later save never overtakes an earlier one.
- What is short keeps the order in which it was asked, whichever thread does it: a list asked for after a save shows
  that save, and an old look at a record never arrives after a newer one.
- Figures over all records are counted aside: neither a list nor a save waits for them. So are copies of the ledger.
- Long work holds up other writing, and no reading: who looks meanwhile sees the ledger as it was before. A save that
  waits behind long work is not waited for either; `touched` tells the pages when it has come about.
- Closing asks reading and long work to stop, and carries out the saves that are asked already: nothing is lost.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from enum import Enum
from itertools import takewhile
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from gui.garbage import Garbage
from models.errors import LedgerError
from models.progress import Cancelled, Progress

log = logging.getLogger(__name__)

TELL_EVERY = 0.1  # seconds between two reports to the window


class Kind(Enum):
    """What a piece of work is to the others."""

    READ = "read"  # looks, and is short: somebody waits for it
    COUNT = "count"  # counts over everything: people go on meanwhile
    COPY = "copy"  # copies the ledger: nobody waits for it, not even the figures
    SAVE = "save"  # one short transaction
    LONG = "long"  # packages, workbooks, checks: minutes perhaps, writing or not


WRITING = frozenset({Kind.SAVE, Kind.LONG})


class Job(QObject):
    """One piece of work under way. It is the Progress that the work reports to.

    It belongs to Jobs, not to a page: a page may close while the work goes on, and Qt then drops the page's
    connections by itself.
    """

    progressed = Signal(object, object, str)  # objects, because byte counts do not fit into a C int
    done = Signal(object)  # the work's result
    refused = Signal(object)  # a LedgerError: say it and its way out
    broken = Signal(object)  # any other exception: a bug
    cancelled = Signal()
    ended = Signal()  # after any of the four above

    def __init__(self, work: Callable[[Progress], Any], parent: QObject, kind: Kind = Kind.SAVE) -> None:
        super().__init__(parent)
        self.kind = kind
        self.about: Any = None  # what is saved, for whoever hears late what came of it
        self.over = threading.Event()
        self.follows: tuple[threading.Event, ...] = ()  # what must be over before it begins
        self._work = work
        self._stop = threading.Event()
        self._told = 0.0

    def cancel(self) -> None:
        """Ask to stop. The work stops at its next step and rolls back."""
        self._stop.set()

    def step(self, done: int, total: int, what: str = "") -> None:
        """Report progress. Raises Cancelled where the user asked to stop."""
        if self._stop.is_set():
            raise Cancelled
        now = time.monotonic()
        if done == total or now - self._told >= TELL_EVERY:
            self._told = now
            self.progressed.emit(done, total, what)

    def run(self) -> None:
        """Do the work; called on a thread of Jobs."""
        for other in self.follows:
            other.wait()
        try:
            if self._stop.is_set():
                raise Cancelled  # noqa: TRY301 - the same path as a stop in the middle
            self.done.emit(self._work(self))
        except Cancelled:
            self.cancelled.emit()
        except LedgerError as error:
            log.info("refused: %s", error)
            self.refused.emit(error)
        except Exception as bug:
            log.exception("a job broke")
            self.broken.emit(bug)
        finally:
            self.over.set()
        self.ended.emit()


class Jobs(QObject):
    """All work that touches the ledger; the rules are at the top of this module."""

    busied = Signal(bool)  # whether any work is under way or queued

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        names = ("ledger-write", "ledger-read", "ledger-count", "ledger-copy")
        writing, *others = (ThreadPoolExecutor(max_workers=1, thread_name_prefix=name) for name in names)
        asides = zip((Kind.READ, Kind.COUNT, Kind.COPY), others, strict=True)
        self._threads = {Kind.SAVE: writing, Kind.LONG: writing, **dict(asides)}
        self._open: dict[Job, tuple[list[Job], Future[None]]] = {}  # in the order in which they were asked
        self._closed = False
        self._garbage = Garbage(self)

    @property
    def busy(self) -> bool:
        """Whether any work is under way or queued."""
        return bool(self._open)

    @property
    def busy_long(self) -> bool:
        """Whether long work is under way or queued: what a window that closes would stop."""
        return any(job.kind is Kind.LONG for job in self._open)

    def start(self, job: Job) -> Job:
        """Queue a job. Connect its signals first: it may finish at once."""
        if self._closed:
            return job
        job.follows = tuple(other.over for other in self._before(job))
        job.ended.connect(self._forget)
        held = [job]
        self._open[job] = held, self._threads[job.kind].submit(_run, held)
        if len(self._open) == 1:
            self.busied.emit(True)
        return job

    def wind_up(self) -> None:
        """Take no more work; stop what is long and what only looks. `busied` tells when the last save is done."""
        self._closed = True
        for job in self._open:
            if job.kind is not Kind.SAVE:
                job.cancel()

    def close(self) -> None:
        """Wind up, and wait: what is under way ends whole or not at all, saves that were asked are carried out."""
        self.wind_up()
        for thread in self._threads.values():
            thread.shutdown()
        self._open.clear()
        self._garbage.close()

    def _before(self, job: Job) -> list[Job]:
        """What a job must wait for on another thread. Only on what was asked before it: nothing waits in a ring."""
        if job.kind in WRITING:
            return [other for other in self._open if other.kind is Kind.READ]
        writing = (other for other in self._open if other.kind in WRITING)
        return list(takewhile(lambda other: other.kind is Kind.SAVE, writing))

    @Slot()
    def _forget(self) -> None:
        job = self.sender()
        if isinstance(job, Job):
            if job in self._open:
                held, future = self._open.pop(job)
                future.exception()  # its thread has done all but return
                held.clear()  # so the last to know the job, and the parts of the window it knows, is this thread
            job.deleteLater()
        if not self._open:
            self.busied.emit(False)


def about(job: QObject | None) -> Any:
    """What the job is about that a slot hears of: its `sender()`."""
    return job.about if isinstance(job, Job) else None


def _run(held: list[Job]) -> None:
    held[0].run()
