"""A part of the window that asks services through the queue of work, and has a notice for what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from PySide6.QtCore import Signal, SignalInstance, Slot
from PySide6.QtWidgets import QApplication, QWidget

from gui.jobs import Job, Kind
from gui.places import Place
from gui.session import Session
from gui.widgets.notice import Notice
from models.progress import Progress

Work = Callable[[Progress], Any]


class Panel(QWidget):
    """A part of the window that asks services. Its constructor loads nothing; `refresh` does."""

    left_for = Signal(object)  # Place: where the user wants to go
    notice_margins: ClassVar[tuple[int, ...]] = ()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._job: Job | None = None  # the one long piece of work that this part has under way
        self._saves: list[Job] = []  # under way
        self.notice = Notice(*self.notice_margins)

    def build(self) -> Iterator[None]:
        """Make its parts, where that takes long; a `yield` stands wherever the window may answer in between."""
        yield from ()

    def refresh(self) -> None:
        """Look at the ledger again."""

    def ask(
        self,
        work: Work,
        done: Callable[..., Any],
        *,
        refused: Callable[..., Any] | SignalInstance | None = None,
        progressed: Callable[..., Any] | None = None,
        ended: Callable[..., Any] | None = None,
        kind: Kind = Kind.READ,
        once: object = None,
    ) -> Job:
        """Have work done off the GUI thread. All of them are bound slots or signals; refusals are shown in the notice.

        Work that writes says so: `kind=Kind.SAVE` for one short transaction, `Kind.LONG` for all that takes longer.
        `once` tells what is saved: while that is under way, asking for it again does nothing (a key pressed twice).
        A slot that hears of it reads that from the job (`jobs.about`): another record may be shown by then.
        """
        for under_way in self._saves:
            if once is not None and under_way.about == once:
                return under_way
        job = Job(work, self.session.jobs, kind)
        if once is not None:
            job.about = once
            self._saves.append(job)
            for over in (job.done, job.refused, job.ended):  # before the others: these may ask for the next
                over.connect(self._save_over)
        job.done.connect(done)
        job.refused.connect(refused or self.notice.refuse)
        job.broken.connect(self.session.faults.show)
        if progressed is not None:
            job.progressed.connect(progressed)
        if ended is not None:
            job.ended.connect(ended)
        return self.session.jobs.start(job)

    def run(
        self,
        work: Work,
        done: Callable[..., Any],
        *,
        refused: Callable[..., Any],
        stopped: Callable[..., Any],
        progressed: Callable[..., Any] | None = None,
    ) -> None:
        """Have the one long piece of work done; `stopped` is called when it was cancelled or met a bug."""
        self._job = self.ask(work, done, refused=refused, progressed=progressed, ended=self._rest, kind=Kind.LONG)
        self._job.cancelled.connect(stopped)
        self._job.broken.connect(stopped)

    @property
    def has_saves(self) -> bool:
        """Whether something that it was asked to save once is not saved yet."""
        return bool(self._saves)

    @Slot()
    def _save_over(self) -> None:
        job = self.sender()
        if isinstance(job, Job) and job in self._saves:
            self._saves.remove(job)

    @Slot()
    def stop(self) -> None:
        """Ask the long work to stop."""
        if self._job is not None:
            self._job.cancel()

    @Slot()
    def _rest(self) -> None:
        # What follows may have begun already: only the end of the present work is a rest.
        if self.sender() is self._job:
            self._job = None

    def start_at(self, part: QWidget) -> None:
        """Give the focus to where work starts, unless a person has gone into a part already."""
        now = QApplication.focusWidget()
        if now is not None and now.isAncestorOf(self) and part.isVisible():
            part.setFocus()

    def go(self, place: Place) -> None:
        """Ask the window to show another place."""
        self.left_for.emit(place)
