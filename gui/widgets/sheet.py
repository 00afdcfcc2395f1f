"""A sheet as it looks: addresses, heading rows, doubtful cells; above each column what it will become."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QVBoxLayout, QWidget

from gui import theme
from gui.tables.paged import NOWHERE, Index, Role
from gui.widgets.chips import paint_state, tone_colour
from gui.widgets.form import Choice
from gui.widgets.labels import one_line, retone
from models.services.views import CellNote, RowView, WorkbookView

LEAST, MOST = 96, 240  # widths of columns
STATE = {
    "new": ("新增", "green"),
    "changed": ("更新", "accent"),
    "same": ("无变化", "grey"),
    "refused": ("未导入", "red"),
}
NoteRole = Role.UserRole.value + 2
HeadingRole = Role.UserRole.value + 3
StateRole = Role.UserRole.value + 4


class Sheet(QAbstractTableModel):
    """The first rows of a sheet; column 0 says what becomes of each row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._grid: tuple[tuple[str, ...], ...] = ()
        self._columns: tuple[str, ...] = ()
        self._headings: frozenset[int] = frozenset()
        self._states: dict[int, RowView] = {}
        self._bad: dict[str, CellNote] = {}
        self._odd: dict[str, CellNote] = {}

    def show(self, book: WorkbookView) -> None:
        """Show a workbook."""
        self.beginResetModel()
        self._grid = book.grid
        self._columns = tuple(one.letter for one in book.columns)
        self._headings = frozenset(book.heading_rows)
        self._states = {one.number: one for one in book.rows}
        self._bad = {one.cell: one for one in book.rejected}
        self._odd = {one.cell: one for one in book.flagged}
        self.endResetModel()

    def address(self, cell: str) -> QModelIndex:
        """The cell with an address like C6; an invalid one if it is not shown."""
        letters = cell.rstrip("0123456789")
        number = cell[len(letters) :]
        if letters in self._columns and number.isdigit() and 0 < int(number) <= len(self._grid):
            return self.index(int(number) - 1, self._columns.index(letters) + 1)
        return QModelIndex()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._grid)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._columns) + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if role == Role.DisplayRole:
            if orientation is Qt.Orientation.Vertical:
                return str(section + 1)
            return self._columns[section - 1] if section else ""
        return None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        number, column = index.row() + 1, index.column()
        if column == 0:
            state = self._states.get(number)
            word = STATE.get(state.state, ("", "")) if state else ("", "")
            return (
                word[0] if role in (Role.DisplayRole, Role.AccessibleTextRole) else word if role == StateRole else None
            )
        row = self._grid[index.row()]
        text = row[column - 1] if column - 1 < len(row) else ""
        cell = f"{self._columns[column - 1]}{number}"
        note = self._bad.get(cell) or self._odd.get(cell)
        if role == Role.DisplayRole:
            return text
        if role == Role.ToolTipRole:
            return f"{cell}：{note.why}" if note else text if len(text) > 12 else None
        if role == HeadingRole:
            return number in self._headings
        return ("red" if cell in self._bad else "yellow") if role == NoteRole and note else None


class SheetDelegate(QStyledItemDelegate):
    """Paints cells of a sheet: headings on a tint, refused cells red, doubtful ones yellow, each with a corner."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        box = QRectF(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        note, heading = index.data(NoteRole), bool(index.data(HeadingRole))
        ground = f"{note}Tint" if note else "tint" if heading else "surface"
        painter.fillRect(box, theme.colour(ground))
        inner = box.adjusted(theme.px(8), 0, -theme.px(6), 0)
        if state := index.data(StateRole):
            if state[0]:
                paint_state(painter, inner, *state)
        else:
            font = theme.font("cellBold" if heading else "cell")
            painter.setFont(font)
            painter.setPen(tone_colour(note or ""))
            text = QFontMetrics(font).elidedText(
                one_line(str(index.data() or "")), Qt.TextElideMode.ElideRight, int(inner.width())
            )
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, text)
        if note:
            corner = box.topRight()
            side = theme.px(8)
            painter.setBrush(theme.colour(note))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawPolygon(
                QPolygonF([corner, corner + QRectF(-side, 0, 0, 0).topLeft(), corner + QRectF(0, side, 0, 0).topLeft()])
            )
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(theme.px(LEAST), theme.px(32))


class SheetView(QWidget):
    """The sheet with a choice above each column; the choices follow the columns when one scrolls."""

    mapped = Signal(str, str)  # heading, or letters where headings repeat; field ("" is not taken)

    def __init__(self) -> None:
        super().__init__()
        self.model = Sheet(self)
        self.view = QTableView()
        self.view.setAccessibleName("工作表")
        self.view.setModel(self.model)
        self.view.setItemDelegate(SheetDelegate(self.view))
        self.view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.view.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.view.setWordWrap(False)
        upright, level = self.view.verticalHeader(), self.view.horizontalHeader()
        upright.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        upright.setDefaultSectionSize(theme.px(32))
        upright.setFixedWidth(theme.px(44))
        upright.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        level.setFixedHeight(theme.px(26))
        level.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        level.setHighlightSections(False)
        upright.setHighlightSections(False)
        self.strip = QWidget()
        self.strip.setFixedHeight(theme.px(44))
        self.choices: list[Choice] = []
        self._names: list[str] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.strip)
        layout.addWidget(self.view, 1)
        level.sectionResized.connect(self._place)
        self.view.horizontalScrollBar().valueChanged.connect(self._place)

    def show_book(self, book: WorkbookView, fields: Sequence[tuple[str, str]]) -> None:
        """Show a workbook; `fields` are (name, label) that a column may become."""
        self.model.show(book)
        headings = [one.heading for one in book.columns]
        self._names = [
            one.heading if one.heading and headings.count(one.heading) == 1 else one.letter for one in book.columns
        ]
        for one in self.choices:
            one.hide()
            one.deleteLater()
        self.choices = []
        for column in book.columns:
            choice = Choice()
            choice.setParent(self.strip)
            choice.setProperty("sz", "slim")
            choice.setAccessibleName(f"{column.letter} 栏“{column.heading}”是什么")
            choice.setToolTip(f"{column.letter} 栏“{one_line(column.heading)}”\n如：{'、'.join(column.samples[:3])}")
            choice.addItem("不要", "")
            for name, label in fields:
                choice.addItem(label, name)
            if column.field and choice.findData(column.field) < 0:
                choice.addItem(column.label, column.field)
            choice.view().setMinimumWidth(theme.px(180))
            choice.setCurrentIndex(max(choice.findData(column.field or ""), 0))
            retone(choice, doubt="0" if column.sure else "1", none="0" if column.field else "1")
            choice.activated.connect(self._chosen)
            choice.show()
            self.choices.append(choice)
        self._size_columns(book)
        self._span_titles(book)
        self._place()

    def show_cell(self, cell: str) -> None:
        """Scroll to a cell."""
        index = self.model.address(cell)
        if index.isValid():
            self.view.setCurrentIndex(index)
            self.view.scrollTo(index, QTableView.ScrollHint.PositionAtCenter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _span_titles(self, book: WorkbookView) -> None:
        """A title or a signature that stands alone in its row is shown across all columns."""
        self.view.clearSpans()
        for at, cells in enumerate(book.grid):
            filled = [number for number, text in enumerate(cells) if text.strip()]
            if len(filled) == 1 and len(book.columns) > filled[0] + 1 and at + 1 not in book.heading_rows:
                self.view.setSpan(at, filled[0] + 1, 1, len(book.columns) - filled[0])

    def _size_columns(self, book: WorkbookView) -> None:
        metrics = QFontMetrics(theme.font("cell"))
        self.view.setColumnWidth(0, theme.px(72))
        # The title rows are long and stand in the first column; they must not widen it.
        first = min(book.heading_rows, default=1)
        for at in range(len(book.columns)):
            texts = [row[at] for row in book.grid[first - 1 : first + 30] if at < len(row)]
            widest = max((metrics.horizontalAdvance(one_line(text)) for text in texts), default=0) + theme.px(18)
            self.view.setColumnWidth(at + 1, min(max(widest, theme.px(LEAST)), theme.px(MOST)))

    @Slot()
    def _place(self) -> None:
        header, left = self.view.horizontalHeader(), self.view.verticalHeader().width() + self.view.frameWidth()
        for at, one in enumerate(self.choices):
            x = header.sectionViewportPosition(at + 1) + left
            one.setGeometry(x + 3, theme.px(6), self.view.columnWidth(at + 1) - 6, theme.px(32))
            one.setVisible(x >= left - 1)

    @Slot()
    def _chosen(self) -> None:
        choice = self.sender()
        if isinstance(choice, Choice) and choice in self.choices:
            self.mapped.emit(self._names[self.choices.index(choice)], str(choice.currentData() or ""))
