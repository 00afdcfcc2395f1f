"""The cells of the grid: how they are painted, and the line in which one is typed into."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QCompleter, QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui import theme
from gui.panels.months.table import FIELD_OF, LAST, LIGHT, PACE, PROGRESS, STATE, TITLE, ZERO, MonthTable
from gui.tables.columns import LEFT
from gui.tables.lettering import Lettering
from gui.tables.paged import Index, Role
from gui.widgets.chips import PACE_TONE, SIDE, paint_light, paint_state
from models.domain import words

PAD = 8
_FRAME = 2


class CellLine(QLineEdit):
    """A text that is typed into a cell, with the stock phrases of its column."""

    def __init__(self, parent: QWidget, phrases: list[str]) -> None:
        super().__init__(parent)
        self.setProperty("cell", "1")
        if phrases:
            offered = QCompleter(phrases, self)
            offered.setFilterMode(Qt.MatchFlag.MatchContains)
            offered.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            self.setCompleter(offered)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """↓ in an empty cell lists all phrases."""
        offered = self.completer()
        if event.key() == Qt.Key.Key_Down and not event.modifiers() and offered is not None and not self.text():
            offered.setCompletionPrefix("")
            offered.complete()
            return
        super().keyPressEvent(event)


class CellDelegate(QStyledItemDelegate):
    """Paints the grid, and makes the editors of its cells."""

    moved = Signal(int)  # the editor was left by a key: 1 to the next cell, -1 to the one before
    typing = Signal()  # something is typed that no cell has yet

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.open: tuple[CellLine, int, int] | None = None  # the editor that is open, its row and column
        self._lettering = Lettering()

    # ------------------------------------------------------------------------------------- editing

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        table = index.model()
        field = FIELD_OF.get(index.column(), "")
        phrases = table.sheet.phrases.get(field, []) if isinstance(table, MonthTable) else []
        made = CellLine(parent, [*words.PACE.values()] if field == "pace" else phrases)
        made.setAccessibleName(str(table.headerData(index.column(), Qt.Orientation.Horizontal) or ""))
        made.textEdited.connect(self.typing)
        self.open = (made, index.row(), index.column())
        return made

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        self.open = None
        super().destroyEditor(editor, index)

    def take(self) -> None:
        """Take what is typed into the editor that is open, and close it."""
        if self.open is not None:
            editor = self.open[0]
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, CellLine):
            said = index.data(Role.DisplayRole if index.column() == PACE else Role.EditRole)
            editor.setText(" ".join(str(said or "").splitlines()))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, CellLine) and editor.isModified():
            model.setData(index, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        editor.setGeometry(option.rect)  # pyright: ignore[reportAttributeAccessIssue]

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter and Tab take what was typed and go on; a list of phrases that is open has them first."""
        if isinstance(editor, CellLine) and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                self.commitData.emit(editor)
                self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
                self.moved.emit(-1 if back or event.key() == Qt.Key.Key_Backtab else 1)
                return True
        return super().eventFilter(editor, event)

    # ------------------------------------------------------------------------------------- painting

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        table = index.model()
        line = table.line(index.row()) if isinstance(table, MonthTable) else None
        if line is None or not isinstance(table, MonthTable):
            return
        colour, draw, column = self._lettering.colour, self._lettering.draw, index.column()
        box: QRectF = QRectF(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        field = FIELD_OF.get(column, "")
        fault = table.typed.fault(line, field) if field else ""
        selected = bool(option.state & QStyle.StateFlag.State_Selected)  # pyright: ignore[reportAttributeAccessIssue]
        changed = bool(field) and table.typed.is_changed(line, field)
        ground = (
            "sel" if selected else "redTint" if fault else "tint" if changed else "canvas" if column == LAST else ""
        )
        if ground:
            painter.fillRect(box, colour(ground))
        painter.fillRect(QRectF(box.x(), box.bottom() - 1, box.width(), 1), colour("line"))
        painter.fillRect(QRectF(box.right() - 1, box.y(), 1, box.height()), colour("line"))
        inner = box.adjusted(theme.px(PAD), 0, -theme.px(PAD), -1)
        text = table.text(line, column)
        if column == LIGHT:
            side = theme.px(SIDE)
            paint_light(painter, QRectF(inner.x(), inner.center().y() - side / 2, side, side), line.light)
        elif column == STATE:
            word, tone = table.state(line)
            paint_state(painter, inner, word, tone)
        elif fault and not text:
            draw(painter, inner, fault, "red", "small", LEFT)
        else:
            role = "body" if column == TITLE else "cell"
            draw(painter, inner, text, self._tone(column, text), role, LEFT)
        if option.state & QStyle.StateFlag.State_HasFocus:  # pyright: ignore[reportAttributeAccessIssue]
            self._frame(painter, box, colour("red" if fault else "accent"))

    @staticmethod
    def _tone(column: int, text: str) -> str:
        if column == LAST:
            return "quiet"
        if column == PACE:
            value = next((one for one, word in words.PACE.items() if word == text), "")
            return "red" if not value or PACE_TONE[value] == "red" else ""
        return "quiet" if column == PROGRESS and text == ZERO else ""

    @staticmethod
    def _frame(painter: QPainter, box: QRectF, colour: QColor) -> None:
        painter.fillRect(QRectF(box.x(), box.y(), box.width(), _FRAME), colour)
        painter.fillRect(QRectF(box.x(), box.bottom() - _FRAME, box.width(), _FRAME), colour)
        painter.fillRect(QRectF(box.x(), box.y(), _FRAME, box.height()), colour)
        painter.fillRect(QRectF(box.right() - _FRAME, box.y(), _FRAME, box.height()), colour)
