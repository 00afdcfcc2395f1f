"""The view of a list: fixed rows, level rules, sorting by its headings, copying as text."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRectF, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyleOptionViewItem, QTableView

from gui import theme
from gui.tables.columns import CENTER, Column
from gui.tables.delegates import PAD, LineDelegate
from gui.tables.paged import ColumnRole, Index, PagedTable
from gui.tables.plain import PlainTable
from gui.widgets.chips import SIDE, paint_light
from gui.widgets.labels import one_line
from models.domain import words

LIGHT_HEADINGS = {word: light for light, word in words.LIGHT.items()}
COPIED = 2_000  # lines that Ctrl+C takes at most


class Headings(QHeaderView):
    """Headings that say by what the list is sorted; a heading that is a light is painted as one."""

    asked = Signal(QPoint)  # right click

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setFixedHeight(theme.px(34))
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(theme.px(40))
        self.sorted_by = -1
        self.descending = False
        self.is_dragged = False  # a width that a person gives is remembered, one that the window gives is not

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.is_dragged = True
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.is_dragged = False

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.asked.emit(event.globalPos())

    def paintSection(self, painter: QPainter, rect: object, logicalIndex: int) -> None:  # noqa: N803 - Qt's name
        box = QRectF(rect)  # pyright: ignore[reportArgumentType, reportCallIssue]
        painter.save()
        painter.fillRect(box, theme.colour("head"))
        painter.fillRect(QRectF(box.x(), box.bottom() - 1, box.width(), 1), theme.colour("line2"))
        text = str(self.model().headerData(logicalIndex, Qt.Orientation.Horizontal) or "")
        align = self.model().headerData(logicalIndex, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        side = theme.px(SIDE)
        if text in LIGHT_HEADINGS and align == CENTER:
            middle = box.center()
            paint_light(painter, QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side), LIGHT_HEADINGS[text])
        else:
            mark = ("↓" if self.descending else "↑") if logicalIndex == self.sorted_by else ""
            role = "cellBold" if mark else "cell"
            painter.setFont(theme.font(role))
            painter.setPen(theme.colour("text" if mark else "text2"))
            view = self.parent()
            left = view.pad(logicalIndex) if isinstance(view, LineView) else PAD
            inner = box.adjusted(theme.px(left), 0, -theme.px(PAD), -1)
            said = f"{text} {mark}".strip()
            metrics = QFontMetrics(theme.font(role))
            painter.drawText(
                inner,
                align or Qt.AlignmentFlag.AlignVCenter,
                metrics.elidedText(said, Qt.TextElideMode.ElideRight, int(inner.width()) + 2),
            )
        painter.restore()


class LineView(QTableView):
    """A list of lines. Enter or a double click opens one; one column takes the width that the others leave."""

    opened = Signal(int)  # place of the line
    sorted_by = Signal(str, bool)  # field, descending
    ticked = Signal(int)  # place of the line whose tick box was pressed

    def __init__(self, name: str, *, row: int = 37, many: bool = False, least: int = 160, edge: int = PAD) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._columns: tuple[Column, ...] = ()
        self.setItemDelegate(LineDelegate(self, self.pad))
        self.setHorizontalHeader(Headings())
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if many else mode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        upright = self.verticalHeader()
        upright.hide()
        upright.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        upright.setDefaultSectionSize(theme.px(row))
        self._least = least  # width that the column which takes the rest keeps
        self.edge = edge  # space before the first column: 24 where the list is the whole page
        self._stretch = -1
        self._asked_widths: dict[str, int] = {}
        self.headings.sectionClicked.connect(self._sort)
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
        self._columns = model.columns
        self._asked_widths = widths or {}
        self._stretch = next((at for at, one in enumerate(self._columns) if not one.width), -1)
        for at, one in enumerate(self._columns):
            if one.width:
                self.setColumnWidth(at, self._asked_widths.get(one.key, theme.px(one.width)))
        self.fit()

    def pad(self, column: int) -> int:
        """The space before the words of a column."""
        first = next((at for at in range(len(self._columns)) if not self.isColumnHidden(at)), 0)
        return self.edge if column == first else PAD

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
        others = sum(
            self.columnWidth(at)
            for at in range(len(self._columns))
            if at != self._stretch and not self.isColumnHidden(at)
        )
        self.setColumnWidth(self._stretch, max(self.viewport().width() - others, theme.px(self._least)))

    def widths(self) -> dict[str, int]:
        """The widths of the columns, but for the one that takes the rest."""
        return {
            one.key: self.columnWidth(at) for at, one in enumerate(self._columns) if one.width and self.columnWidth(at)
        }

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
        elif event.key() == Qt.Key.Key_Space and self.currentIndex().isValid() and self._has_ticks():
            self.ticked.emit(self.currentIndex().row())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self._columns[index.column()].kind == "tick":
            self.ticked.emit(index.row())

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

    def _copy(self) -> None:
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())[:COPIED]
        shown = [at for at in range(len(self._columns)) if not self.isColumnHidden(at)]
        QGuiApplication.clipboard().setText("\n".join("\t".join(self._said(row, at) for at in shown) for row in rows))

    def _said(self, row: int, column: int) -> str:
        text = self.model().index(row, column).data(Qt.ItemDataRole.AccessibleTextRole)
        return one_line(str(text or ""))

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(index.row())

    @Slot(int)
    def _sort(self, section: int) -> None:
        field = self._columns[section].sort
        if not field:
            return
        again = self.headings.sorted_by == section
        self.sorted_by.emit(field, again and not self.headings.descending)
