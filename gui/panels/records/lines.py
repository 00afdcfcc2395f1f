"""The list itself: its lines, ticks and columns, what is said where there are none, a preview beside it if wide."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, Qt, Signal, Slot
from PySide6.QtWidgets import QSplitter, QStackedWidget

from gui import theme
from gui.panels.records.peek import WIDTH, Peek
from gui.session import Session
from gui.tables.arrangement import Arrangement
from gui.tables.columns import LISTS
from gui.tables.feed import Ask, Feed
from gui.tables.kinds import KINDS
from gui.tables.paged import PagedTable
from gui.tables.ticks import Ticks
from gui.tables.view import LineView
from gui.widgets.buttons import button
from gui.widgets.empty import Empty
from models.services.views.lists import Line, Query

WIDE = 1400  # content width from which a preview stands beside the list (window.md §2)
_FLAGS = QItemSelectionModel.SelectionFlag


class RecordList(QSplitter):
    """Shows the records of a query."""

    opened = Signal(int)  # place in the list
    filled = Signal(int)  # the monthly dispatch of this one is to be written
    shown = Signal()  # other rows are shown
    came = Signal()  # lines are here

    def __init__(self, session: Session, table: str, ask: Ask) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._session, self._table = session, table
        self._query = Query(table)
        self._keep: int | None = None  # the row that stays current
        kind = KINDS[table]
        self.ticks = Ticks(self)
        self.model = PagedTable(LISTS[table], self, self.ticks)
        self.view = LineView(kind.title, many=True, edge=24)
        self.view.seeks = self.view.has_order = True
        self.view.show_model(self.model, session.settings.widths.get(table))
        alone = () if session.is_county else ("township_name",)
        self.arrangement = Arrangement(self.view, table, session.settings, session.keep_settings, alone)
        self.feed = Feed(self.model, session, ask)
        self.fill = button("导入 Excel 台账", "primary", icon="sheet")
        self.by_hand = button(f"登记一个{kind.one}", "quiet", icon="plus")
        self.empty = Empty(*kind.empty, self.fill, self.by_hand)
        self.unfilter = button("清除筛选")
        self.nothing = Empty("search", f"没有符合筛选的{kind.one}", "换几个字，或者把筛选条件清掉再看。", self.unfilter)
        self.middle = QStackedWidget()
        for part in (self.view, self.empty, self.nothing):
            self.middle.addWidget(part)
        self.peek: Peek | None = None
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.addWidget(self.middle)
        self._connect()

    def _connect(self) -> None:
        self.ticks.changed.connect(self._show_ticks)
        self.view.ticked.connect(self._tick)
        self.view.ticked_some.connect(self._tick_some)
        self.view.ticked_all.connect(self._tick_all)
        self.view.left.connect(self.untick)
        self.view.opened.connect(self._open)
        self.view.lines_missed.connect(self._fetch_to_copy)
        self.view.selectionModel().currentRowChanged.connect(self._peek)
        self.feed.found.connect(self._show_rows)
        self.feed.came.connect(self._peek)
        self.feed.came.connect(self.came)
        self.feed.moved_on.connect(self.view.viewport().update)
        self.splitterMoved.connect(self._keep_peek)

    @property
    def is_empty(self) -> bool:
        """Whether there are no records at all."""
        return self.middle.currentWidget() is self.empty

    def look(self, query: Query) -> None:
        """Show the records of a query."""
        self._query = query
        if self.peek is not None:
            self.peek.refresh()
        self.feed.look(query)

    @Slot(object)
    def _show_rows(self, rows: tuple[int, ...]) -> None:
        query = self._query
        filtered = bool(query.words or query.where or query.view)
        current = self.model.line(self.view.currentIndex().row())
        keep = current.row if current is not None else self._keep
        top = self.view.verticalScrollBar().value()
        same = rows == self.model.rows
        self.model.show(rows)
        own = "light" if self._table == "problem" else ""
        self.view.sort_mark(query.sort or own, descending=query.descending)
        self.middle.setCurrentWidget(self.view if rows else self.nothing if filtered else self.empty)
        select = self.view.selectionModel()
        if not same and keep is not None and (at := self.model.place(keep)) >= 0:
            select.setCurrentIndex(self.model.index(at, 0), _FLAGS.ClearAndSelect | _FLAGS.Rows)
        elif rows and not self.view.currentIndex().isValid():
            select.setCurrentIndex(self.model.index(0, 0), _FLAGS.NoUpdate)
        if not same:
            self.view.verticalScrollBar().setValue(top)
        if not filtered:  # records that are gone are ticked no more
            self.ticks.put([row for row in self.ticks.rows if self.model.place(row) >= 0])
        self._show_ticks()
        self.fit()
        self.shown.emit()

    # ------------------------------------------------------------------------------------- ticks

    @Slot()
    def untick(self) -> None:
        """Take all ticks away."""
        self.ticks.put(())

    @Slot(int)
    def _tick(self, at: int) -> None:
        self._tick_some((at,))

    @Slot(object)
    def _tick_some(self, places: Sequence[int]) -> None:
        self.ticks.flip(self.model.rows[at] for at in places)

    @Slot(bool)
    def _tick_all(self, back: bool) -> None:  # noqa: FBT001 - a slot
        """Tick every row of the filter; `back`: if all are ticked, take them away."""
        rows = self.model.rows
        if back:
            self.ticks.flip(rows)
        else:
            self.ticks.put([*self.ticks.rows, *rows])

    @Slot()
    def _show_ticks(self) -> None:
        self.view.headings.say_ticked(self.ticks.share(self.model.rows), len(self.model.rows))

    @Slot(object)
    def _fetch_to_copy(self, places: Sequence[int]) -> None:
        self.feed.fetch([self.model.rows[at] for at in places], self.view.copy_what_is_here)

    # ------------------------------------------------------------------------------------- the one that is current

    @Slot(int)
    def _open(self, at: int) -> None:
        line = self.model.line(at)
        if line is not None:
            self._keep = line.row
            self.opened.emit(at)

    @Slot()
    def _open_current(self) -> None:
        self._open(self.view.currentIndex().row())

    @Slot()
    def _fill_current(self) -> None:
        at = self.view.currentIndex().row()
        if self.model.line(at) is not None:
            self.filled.emit(at)

    @property
    def current(self) -> Line | None:
        """The line on which the list stands, if it is here."""
        return self.model.line(self.view.currentIndex().row())

    @Slot()
    def _peek(self) -> None:
        if self.peek is not None and not self.peek.isHidden():
            self.peek.show_line(self.current)

    # ------------------------------------------------------------------------------------- room

    def fit(self) -> None:
        """A wide window has room for a preview, a narrow one not for all columns."""
        wide = self.width() >= theme.px(WIDE) and self.middle.currentWidget() is self.view
        if wide and self.peek is None:
            self.peek = Peek(self._session, self._table)
            self.peek.opened.connect(self._open_current)
            self.peek.filled.connect(self._fill_current)
            self.addWidget(self.peek)
            self.setStretchFactor(0, 1)
            self.peek.hide()
        if self.peek is not None and self.peek.isHidden() is wide:
            self.peek.setVisible(wide)
            if wide:
                room = theme.px(self._session.settings.peek or WIDTH)
                self.setSizes([max(self.width() - room, 1), room])
                self._peek()
        self.arrangement.fit()

    @Slot()
    def _keep_peek(self) -> None:
        if self.peek is not None:
            self._session.settings.peek = round(self.peek.width() * 100 / theme.px(100))
        self.arrangement.fit()
