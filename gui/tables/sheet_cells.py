"""The cells of a sheet as it looks: what stands in them, what they become, and how they are painted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui import theme
from gui.tables.paged import NOWHERE, Index, Role
from gui.widgets.chips import paint_state, tone_colour
from gui.widgets.labels import one_line
from models.domain import words
from models.services.views.workbooks import CellNote, RowView, WorkbookView

_TONE = {"new": "green", "changed": "accent", "same": "grey", "refused": "red"}
STATE = {name: (word, _TONE[name]) for name, word in words.ROW.items()}
NoteRole = Role.UserRole.value + 2  # red: refused, yellow: doubtful, green: worked out, ask: its column is in question
KindRole = Role.UserRole.value + 3  # heading, passed, or ""
StateRole = Role.UserRole.value + 4
WholeRole = Role.UserRole.value + 5  # all that painting asks for, at once
LEAST = 72  # width of a column


class Sheet(QAbstractTableModel):
    """The rows of a sheet, read when they are looked at; column 0 says what becomes of each row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._grid: Sequence[tuple[str, ...]] = ()
        self._columns: tuple[str, ...] = ()
        self._headings: frozenset[int] = frozenset()
        self._states: dict[int, RowView] = {}
        self._notes: dict[str, tuple[str, CellNote]] = {}
        self._converted: dict[str, str] = {}
        self._rewritten: dict[str, str] = {}
        self._asked: frozenset[int] = frozenset()

    def show(self, book: WorkbookView) -> None:
        """Show a workbook."""
        self.beginResetModel()
        self._grid = book.grid
        self._columns = tuple(one.letter for one in book.columns)
        self._headings = frozenset(book.heading_rows)
        self._states = {one.number: one for one in book.rows}
        self._notes = {one.cell: ("yellow", one) for one in book.flagged}
        self._notes |= {one.cell: ("red", one) for one in book.rejected}
        self._converted, self._rewritten = book.converted, book.cells
        self._asked = frozenset(at + 1 for at, one in enumerate(book.columns) if not one.sure)
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
        if role == WholeRole:
            roles = (Role.DisplayRole, NoteRole, KindRole, StateRole)
            return tuple(self.data(index, one) for one in roles)
        if column == 0:
            return self._state(number, role)
        cell = f"{self._columns[column - 1]}{number}"
        if role in (Role.DisplayRole, Role.AccessibleTextRole):
            return self._text(cell, index.row(), column - 1)
        if role == Role.ToolTipRole:
            return self._tip(cell, index.row(), column - 1)
        if role == KindRole:
            return "heading" if number in self._headings else "passed" if self._is_passed(number) else ""
        return self._note(cell, number, column) if role == NoteRole else None

    def _state(self, number: int, role: int) -> Any:
        known = self._states.get(number)
        word = STATE.get(known.state, ("", "")) if known else ("", "")
        if role in (Role.DisplayRole, Role.AccessibleTextRole):
            return word[0]
        return word if role == StateRole else None

    def _is_passed(self, number: int) -> bool:
        """Whether a row is no record: a title, a total, what stands above the headings or below the table."""
        return number not in self._states and bool(self._headings)

    def _text(self, cell: str, row: int, column: int) -> str:
        cells = self._grid[row]
        text = cells[column] if column < len(cells) else ""
        new = self._rewritten.get(cell)
        if new is not None:
            return f"{text} → {new or '（空）'}"
        worked_out = self._converted.get(cell)
        return f"{text} → {worked_out}" if worked_out else text

    def _tip(self, cell: str, row: int, column: int) -> str | None:
        if note := self._notes.get(cell):
            return f"{cell}：{note[1].why}"
        text = self._text(cell, row, column)
        return f"{cell}：{text}" if len(text) > 12 else None

    def _note(self, cell: str, number: int, column: int) -> str | None:
        if cell in self._rewritten:
            return "green"
        if note := self._notes.get(cell):
            return note[0]
        if cell in self._converted:
            return "green"
        return "ask" if column in self._asked and number in self._states else None


class SheetDelegate(QStyledItemDelegate):
    """Paints cells: headings on a tint, refused cells red, doubtful ones yellow, each with a corner."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        fonts = {bold: theme.font("cellBold" if bold else "cell") for bold in (False, True)}
        self._letters = {bold: (font, QFontMetrics(font)) for bold, font in fonts.items()}

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        # Qt's own names of the option are not in the stubs.
        box = QRectF(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        now = bool(option.state & QStyle.StateFlag.State_Selected)  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        text, note, kind, state = index.data(WholeRole)
        tint = {"ask": "yellowTint", None: "tint" if kind == "heading" else "surface"}.get(note, f"{note}Tint")
        painter.fillRect(box, theme.colour(tint))
        inner = box.adjusted(theme.px(8), 0, -theme.px(6), 0)
        if state is not None:
            if state[0]:
                paint_state(painter, inner, *state)
        elif text:
            font, metrics = self._letters[kind == "heading"]
            painter.setFont(font)
            painter.setPen(tone_colour("quiet" if kind == "passed" else "" if note == "ask" else note or ""))
            shown = metrics.elidedText(one_line(text), Qt.TextElideMode.ElideRight, int(inner.width()))
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, shown)
        if note in {"red", "yellow"}:
            self._corner(painter, box, note)
        if now:
            painter.setPen(theme.colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(0.5, 0.5, -1.5, -1.5))
            painter.drawRect(box.adjusted(1.5, 1.5, -2.5, -2.5))
        painter.restore()

    @staticmethod
    def _corner(painter: QPainter, box: QRectF, tone: str) -> None:
        corner, side = box.topRight(), theme.px(8)
        painter.setBrush(theme.colour(tone))
        painter.setPen(Qt.PenStyle.NoPen)
        left, below = QRectF(corner.x() - side, corner.y(), 0, 0), QRectF(corner.x(), corner.y() + side, 0, 0)
        painter.drawPolygon(QPolygonF([corner, left.topLeft(), below.topLeft()]))

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(theme.px(LEAST), theme.px(32))
