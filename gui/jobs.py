"""Work off the GUI thread: one queue, one thread, with progress and cancel."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from models.errors import LedgerError
from models.progress import Cancelled, Progress

log = logging.getLogger(__name__)

TELL_EVERY = 0.1  # seconds between two reports to the window


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

    def __init__(self, work: Callable[[Progress], Any], parent: QObject) -> None:
        super().__init__(parent)
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
        """Do the work; called on the worker thread."""
        try:
            if self._stop.is_set():
                raise Cancelled  # noqa: TRY301 - the same path as a stop in the middle
            self.done.emit(self._work(self))
        except Cancelled:
            self.cancelled.emit()
        except LedgerError as error:
            log.warning("refused: %s", error)
            self.refused.emit(error)
        except Exception as bug:
            log.exception("a job broke")
            self.broken.emit(bug)
        self.ended.emit()


class Jobs(QObject):
    """The one queue for work that touches the ledger: one job at a time, in order.

    One thread means one writer, so the ledger is never busy and a later save never overtakes an earlier one.
    """

    busied = Signal(bool)  # whether any work is under way or queued

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ledger")
        self._open: set[Job] = set()
        self._closed = False

    @property
    def busy(self) -> bool:
        """Whether any work is under way or queued."""
        return bool(self._open)

    def start(self, job: Job) -> Job:
        """Queue a job. Connect its signals first: it may finish at once."""
        if self._closed:
            return job
        job.ended.connect(self._forget)
        self._open.add(job)
        if len(self._open) == 1:
            self.busied.emit(True)
        self._thread.submit(job.run)
        return job

    def close(self) -> None:
        """Ask everything to stop and wait for what is under way: it ends whole or not at all."""
        self._closed = True
        for job in self._open:
            job.cancel()
        self._thread.shutdown(wait=True, cancel_futures=True)
        self._open.clear()

    @Slot()
    def _forget(self) -> None:
        job = self.sender()
        if isinstance(job, Job):
            self._open.discard(job)
            job.deleteLater()
        if not self._open:
            self.busied.emit(False)
