"""What a list shows, fetched off the GUI thread: first the order of all rows, then lines in blocks as they are seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from gui.jobs import Job
from gui.session import Session
from gui.tables.paged import PagedTable
from models.services.views.lists import Line, Query

Ask = Callable[..., Job]


class Feed(QObject):
    """Asks for rows and lines, one thing at a time; what nobody waits for any more is not fetched."""

    found = Signal(object)  # tuple of rows of the query that was asked last
    came = Signal()  # lines are here
    moved_on = Signal()  # a fetch ended: what was dropped meanwhile may be missed again

    def __init__(self, model: PagedTable, session: Session, ask: Ask) -> None:
        """`ask`: how work is done off the GUI thread (Panel.ask)."""
        super().__init__(model)
        self._model, self._session, self._ask = model, session, ask
        self._query: Query | None = None
        self._looking: Job | None = None
        self._fetching: tuple[int, ...] = ()  # rows that are on their way
        self._next: tuple[int, ...] = ()  # rows that are wanted after them
        model.wanted.connect(self._fetch)

    def look(self, query: Query) -> None:
        """Have the order of all rows found; an older look that is still under way is not waited for."""
        if self._looking is not None:
            self._looking.cancel()
        self._query, records = query, self._session.office.records
        self._looking = self._ask(lambda _: (query, records.ids(query)), self._take_rows)

    @Slot(object)
    def _take_rows(self, found: tuple[Query, tuple[int, ...]]) -> None:
        query, rows = found
        if query == self._query:
            self._looking = None
            self.found.emit(rows)

    @Slot(object)
    def _fetch(self, rows: tuple[int, ...]) -> None:
        """Fetch lines, one block after the other.

        While one is on its way only the newest wish counts: whoever drags the scroll bar through the list is not
        interested in what lay between.
        """
        if self._fetching:
            self._model.drop(self._next)
            self._next = rows
            return
        self._fetching, self._next = rows, ()
        records, table = self._session.office.records, self._query.table if self._query else ""
        self._ask(lambda _: (rows, records.lines(table, rows)), self._take_lines, ended=self._fetched)

    @Slot(object)
    def _take_lines(self, found: tuple[Sequence[int], Sequence[Line]]) -> None:
        self._model.take(*found)
        self.came.emit()

    @Slot()
    def _fetched(self) -> None:
        # Refused lines stay "on their way" until the list is read anew: asked again, they would be refused again.
        self._fetching = ()
        if self._next:
            self._fetch(self._next)
        self.moved_on.emit()

    def fetch(self, rows: Sequence[int], then: Callable[[], Any]) -> None:
        """Fetch lines that nobody looks at, and call when they are here: for the clipboard."""
        records, table = self._session.office.records, self._query.table if self._query else ""
        wanted = tuple(rows)
        self._ask(lambda _: (wanted, records.lines(table, wanted)), self._take_lines, ended=then)
