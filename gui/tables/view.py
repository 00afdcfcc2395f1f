"""The view of a list: fixed rows, level rules, sorting by its headings, ticking, copying as text."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionRange, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QTableView

from gui import theme
from gui.tables.columns import Column
from gui.tables.delegates import PAD, LineDelegate
from gui.tables.headings import Headings
from gui.tables.paged import ColumnRole, Index, PagedTable
from gui.tables.plain import PlainTable
from gui.widgets.labels import one_line
from gui.widgets.rows import fix_rows

COPIED = 1_000  # lines that Ctrl+C takes at most


class LineView(QTableView):
    """A list of lines. Enter or a double click opens one; one column takes the width that the others leave."""

    opened = Signal(int)  # place of the line
    sorted_by = Signal(str, bool)  # field, descending
    ticked = Signal(int)  # place of the line whose tick box was pressed
    ticked_some = Signal(object)  # places of several lines that are ticked together
    ticked_all = Signal(bool)  # whether the ticks are to be taken away where all have one
    lines_missed = Signal(object)  # places of lines that are to be copied and are not here
    copied_in_part = Signal(int)  # more lines were selected than are copied: how many were
    typed = Signal(str)  # letters that were typed into the list: they belong into the search box
    left = Signal()  # Esc

    def __init__(self, name: str, *, row: int = 37, many: bool = False, least: int = 160, edge: int = PAD) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._columns: tuple[Column, ...] = ()
        self._lines: PagedTable | PlainTable
        self.setHorizontalHeader(Headings())
        self.setItemDelegate(LineDelegate(self, self._glance, self.pad, self.ends))
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if many else mode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        fix_rows(self, row)
        self.verticalHeader().hide()
        self._least = self._roomy = least  # width that the column which takes the rest keeps
        self.edge = edge  # space before the first column: 24 where the list is the whole page
        self.has_order = False  # whether the list has an order of its own, that of urgency
        self.seeks = False  # whether typed letters are passed on, and do not jump to a line
        self._stretch = -1
        self._ends: tuple[int, int] | None = None
        self._pressed = -1  # the line whose tick box the mouse went down on
        self.headings.sectionClicked.connect(self._sort)
        for change in (self.headings.sectionMoved, self.headings.sectionResized, self.headings.sectionCountChanged):
            change.connect(self._rearranged)
        self.doubleClicked.connect(self._open)

    @property
    def headings(self) -> Headings:
        """Its headings."""
        header = self.horizontalHeader()
        assert isinstance(header, Headings)  # noqa: S101 - set in the constructor
        return header

    def show_model(self, model: PagedTable | PlainTable, widths: dict[str, int] | None = None) -> None:
        """Show a table, with the widths that the user gave to its columns."""
        self.setModel(model)
        self._lines, self._columns = model, model.columns
        self._ends = None
        self._stretch = next((at for at, one in enumerate(self._columns) if not one.width), -1)
        self.show_widths(widths or {})

    def _glance(self, row: int, column: int) -> tuple[Column, object | None, bool | None]:
        return self._lines.glance(row, column)

    def show_widths(self, widths: dict[str, int]) -> None:
        """Give the columns these widths (of the normal letters), and the others their own."""
        for at, one in enumerate(self._columns):
            if one.width:
                self.setColumnWidth(at, theme.px(widths.get(one.key, one.width)))
        self.fit()

    def pad(self, column: int) -> int:
        """The space before the words of a column."""
        return self.edge if column == self.ends()[0] else PAD

    def ends(self) -> tuple[int, int]:
        """The columns that are seen first and last, as a person has arranged them; -1 where none is seen."""
        if self._ends is None:
            order = map(self.headings.logicalIndex, range(len(self._columns)))
            seen = [at for at in order if not self.isColumnHidden(at)]
            self._ends = (seen[0], seen[-1]) if seen else (-1, -1)
        return self._ends

    def give(self, text: str, most: int) -> None:
        """The widest column is to have room for a text, as far as the others can give it; `most` at normal letters."""
        wide = QFontMetrics(theme.font("bold")).horizontalAdvance(text) * 1000 // theme.px(1000)
        self._least = max(self._roomy, min(wide + 2 * PAD + 2, most))
        self.fit()

    @Slot()
    def _rearranged(self) -> None:
        self._ends = None

    def sort_mark(self, field: str, *, descending: bool) -> None:
        """Say in the headings by what the list is sorted."""
        fields = [one.sort for one in self._columns]
        self.headings.sorted_by = fields.index(field) if field and field in fields else -1
        self.headings.descending = descending
        self.headings.viewport().update()

    def fit(self) -> None:
        """Give the widest column what the others leave."""
        if self._stretch < 0 or not self._columns:
            return
        if not self.seeks:  # a list of records lets columns leave instead
            self._squeeze()
        others = sum(
            self.columnWidth(at)
            for at in range(len(self._columns))
            if at != self._stretch and not self.isColumnHidden(at)
        )
        self.setColumnWidth(self._stretch, max(self.viewport().width() - others, theme.px(self._least)))

    def _squeeze(self) -> None:
        """Where the others leave too little, the widest give way, down to their headings; with room they are wide."""
        shown = [at for at, one in enumerate(self._columns) if one.width and not self.isColumnHidden(at)]
        widths = {at: theme.px(self._columns[at].width) for at in shown}
        short = sum(widths.values()) + theme.px(self._least) - self.viewport().width()
        metrics = QFontMetrics(theme.font("cellBold"))
        heads = {at: metrics.horizontalAdvance(self._columns[at].heading) for at in shown}
        least = {at: heads[at] + theme.px(self.pad(at) + PAD) for at in shown}
        while short > 0 and (wide := [at for at in shown if widths[at] > least[at]]):
            at = max(wide, key=widths.__getitem__)
            step = min(short, widths[at] - least[at], 8)
            widths[at] -= step
            short -= step
        for at, width in widths.items():
            if self.columnWidth(at) != width:
                self.setColumnWidth(at, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.currentIndex()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and current.isValid():
            self.opened.emit(current.row())
        elif event.key() == Qt.Key.Key_Space and current.isValid() and self._has_ticks():
            self._tick(current.row(), several=True)
        elif event.matches(QKeySequence.StandardKey.SelectAll) and self.seeks:
            self.ticked_all.emit(False)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() == Qt.Key.Key_Escape and self.seeks:
            self.left.emit()
        elif self.seeks and _is_letter(event):
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        self._pressed = index.row() if self._is_tick(index) else -1
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if self._is_tick(index) and index.row() == self._pressed:
            self._tick(index.row(), several=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        self._pressed = -1

    def _is_tick(self, index: Index) -> bool:
        return index.isValid() and self._columns[index.column()].kind == "tick"

    def _tick(self, at: int, *, several: bool) -> None:
        """Tick one line, or all that are selected if it is one of them."""
        rows = [index.row() for index in self.selectionModel().selectedRows()] if several else []
        if len(rows) > 1 and at in rows:
            self.ticked_some.emit(tuple(sorted(rows)))
        else:
            self.ticked.emit(at)

    def _has_ticks(self) -> bool:
        return any(one.kind == "tick" for one in self._columns)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model() and self.model().rowCount():
            self.setCurrentIndex(self.model().index(0, max(self._stretch, 0)))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()  # the frame goes around whole lines

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell the whole text of a cell that is cut off, where its column has no tip of its own."""
        if event.type() == QEvent.Type.ToolTip and (index := self.indexAt(event.pos())).isValid():  # pyright: ignore[reportAttributeAccessIssue]
            column = index.data(ColumnRole)
            if column is not None and not index.data(Qt.ItemDataRole.ToolTipRole):
                wide = self.itemDelegate().sizeHint(QStyleOptionViewItem(), index).width()
                text = index.data() if wide > self.columnWidth(index.column()) else ""
                self.viewport().setToolTip(str(text or ""))
            else:
                self.viewport().setToolTip("")
        return super().viewportEvent(event)

    def copy(self) -> None:
        """Put the selected lines on the clipboard as a table; several lines come with their headings."""
        if self._count_selected() > COPIED:
            self.copied_in_part.emit(COPIED)
        missed = [at for at in self._selected() if self._lines.line(at) is None]
        if missed:
            self.lines_missed.emit(tuple(missed))
        else:
            self.copy_what_is_here()

    def _count_selected(self) -> int:
        ranges: list[QItemSelectionRange] = list(self.selectionModel().selection())  # pyright: ignore[reportArgumentType]
        return sum(some.bottom() - some.top() + 1 for some in ranges)

    def _selected(self) -> list[int]:
        """The selected lines, as many as are copied; by ranges, for there may be 20,000."""
        rows: set[int] = set()
        ranges: list[QItemSelectionRange] = list(self.selectionModel().selection())  # pyright: ignore[reportArgumentType]
        for some in ranges:
            rows.update(range(some.top(), min(some.bottom(), some.top() + COPIED) + 1))
        return sorted(rows)[:COPIED]

    @Slot()
    def copy_what_is_here(self) -> None:
        """Copy the selected lines without asking for those that are not here."""
        order = map(self.headings.logicalIndex, range(len(self._columns)))
        shown = [self._columns[at] for at in order if not self.isColumnHidden(at) and self._columns[at].kind != "tick"]
        lines = [self._lines.line(at) for at in self._selected()]
        said = ["\t".join(_said(column, line) for column in shown) for line in lines if line is not None]
        if len(said) > 1:
            said.insert(0, "\t".join(column.heading for column in shown))
        QGuiApplication.clipboard().setText("\n".join(said))

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        if not self._is_tick(index):
            self.opened.emit(index.row())

    @Slot(int)
    def _sort(self, section: int) -> None:
        """Up, then down, then up again, or back to the order of its own that a list may have."""
        column = self._columns[section]
        if column.kind == "tick" and self.seeks:
            self.ticked_all.emit(True)
        if not column.sort:
            return
        again = self.headings.sorted_by == section
        back = again and self.headings.descending and self.has_order
        self.sorted_by.emit("" if back else column.sort, again and not self.headings.descending)


def _said(column: Column, line: object) -> str:
    text = column.tip(line) if column.tip and column.kind == "light" else column.text(line)
    return text if text.isprintable() and text == text.strip() else one_line(text)


def _is_letter(event: QKeyEvent) -> bool:
    plain = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
    return bool(event.text()) and event.text().isprintable() and not (event.modifiers() & ~plain)
