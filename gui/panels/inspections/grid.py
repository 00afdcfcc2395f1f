"""The grid: forty questions are answered without the mouse, and each with one click by it."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from gui import theme
from gui.panels.inspections.answers import ANSWER, NOTE
from gui.panels.inspections.table import CHOICES, CODE, KINDS, TEXT, AnswerTable
from gui.tables.columns import LEFT
from gui.tables.headings import Headings
from gui.tables.lettering import Lettering
from gui.tables.paged import Index
from gui.widgets.rows import fix_rows
from models.domain import words

ROW = 52
WIDTHS = {CODE: 76, CHOICES: 236}
BOX = (62, 34)  # one of the three choices
TONES = {"yes": ("greenTint", "green", "greenText"), "no": ("redTint", "red", "redText"),
         "na": ("greyTint", "control", "text")}  # fmt: skip


class AnswerDelegate(QStyledItemDelegate):
    """Paints a question and its three choices."""

    def __init__(self, view: QTableView, table: AnswerTable) -> None:
        super().__init__(view)
        self._view, self._table, self._lettering = view, table, Lettering()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        box = QRectF(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        row, column = index.row(), index.column()
        current = self._view.currentIndex().row() == row
        colour, draw = self._lettering.colour, self._lettering.draw
        if current:
            painter.fillRect(box, colour("sel"))
        painter.fillRect(QRectF(box.x(), box.bottom() - 1, box.width(), 1), colour("line"))
        if current and column == CODE:
            painter.fillRect(QRectF(box.x(), box.y(), theme.px(3), box.height() - 1), colour("accent"))
        role = "bold" if current else "body"
        if column == CODE:
            draw(painter, box.adjusted(theme.px(14), 0, 0, 0), str(index.data()), "quiet", "cell", LEFT)
        elif column == TEXT:
            half = box.height() / 2
            inner = box.adjusted(theme.px(6), theme.px(3), -theme.px(8), -theme.px(3))
            upper = QRectF(inner.x(), inner.y(), inner.width(), half - theme.px(2))
            lower = QRectF(inner.x(), box.y() + half, inner.width(), half - theme.px(4))
            again = self._table.again(row)
            beside = self._table.beside(row)
            below = beside or (f"{again}　{self._table.below(row)}" if again else self._table.below(row))
            noted = bool(self._table.answers.value(row, NOTE))
            draw(painter, upper, self._table.text(row), "", role, LEFT)
            draw(painter, lower, below, "orange" if beside or again else "" if noted else "quiet", "small", LEFT)
        else:
            self._choices(painter, box, self._table.answers.value(row, ANSWER))

    def _choices(self, painter: QPainter, box: QRectF, chosen: str) -> None:
        for kind, place in zip(KINDS, boxes(box), strict=True):
            on = kind == chosen
            ground, edge, ink = TONES[kind] if on else ("surface", "control", "text")
            painter.fillRect(place, self._lettering.colour(ground))
            painter.setPen(QPen(self._lettering.colour(edge), 2 if on else 1))
            painter.drawRect(place.adjusted(0.5, 0.5, -0.5, -0.5))
            painter.setPen(self._lettering.colour(ink))
            painter.setFont(theme.font("bold" if on else "body"))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words.ANSWER[kind])


def boxes(cell: QRectF) -> list[QRectF]:
    """Where the three choices stand in a cell."""
    wide, tall = theme.px(BOX[0]), theme.px(BOX[1])
    left, top = cell.right() - theme.px(24) - 3 * wide, cell.center().y() - tall / 2
    return [QRectF(left + at * wide, top, wide, tall) for at in range(len(KINDS))]


class AnswerGrid(QTableView):
    """1, 2 and 3 answer and go on; ↑ ↓ go without answering; Enter goes to the next question that is left."""

    moved = Signal()  # another row is the current one, by a person's wish
    answered = Signal(int, str)  # row, answer: somebody gave it
    none_left = Signal()  # Enter, and every question is answered
    note_wanted = Signal()  # F2

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__()
        self.setAccessibleName("检查项")
        self.table = AnswerTable(self)
        self.setHorizontalHeader(Headings())
        self.setItemDelegate(AnswerDelegate(self, self.table))
        self.setModel(self.table)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setTabKeyNavigation(False)
        fix_rows(self, ROW)
        self.verticalHeader().hide()
        self.horizontalHeader().hide()
        self.may_answer = True
        self._just_answered = False  # the last key gave an answer, and went on by itself
        self.setObjectName("plain")
        del parent

    @property
    def row(self) -> int:
        """The current row; -1 for none."""
        return self.currentIndex().row()

    def stand(self, row: int) -> None:
        """Make a row the current one."""
        if 0 <= row < self.table.rowCount():
            index = self.table.index(row, TEXT)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(index)
            self.viewport().update()

    def give(self, row: int, kind: str, *, go_on: bool) -> None:
        """Answer a question. `go_on`: to the one below, or where that is the last one, to one that is left."""
        if not self.may_answer or not 0 <= row < self.table.rowCount():
            return
        self.table.put(row, ANSWER, kind)
        if go_on:
            last = row + 1 == self.table.rowCount()
            self.stand(self.table.answers.next_open(row) if last else row + 1)
        else:
            self.stand(row)
        self._just_answered = go_on
        self.answered.emit(row, kind)

    def go_to_open(self) -> None:
        """To the next question that is left; where one stands on such a one after an answer, one stays."""
        answers = self.table.answers
        if self._just_answered and self.row >= 0 and not answers.value(self.row, ANSWER):
            self._just_answered = False
            return
        row = answers.next_open(self.row)
        if row < 0:
            self.none_left.emit()
            return
        self.stand(row)
        self.moved.emit()

    # ------------------------------------------------------------------------------------- being used

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and typed and typed in "123":
            self.give(self.row, KINDS[int(typed) - 1], go_on=True)
            return
        answered, self._just_answered = self._just_answered, False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._just_answered = answered
            self.go_to_open()
        elif event.key() == Qt.Key.Key_F2:
            self.note_wanted.emit()
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) and self.may_answer and self.row >= 0:
            if self.table.answers.changed(self.row):
                self.table.let_go(self.row)
                self.moved.emit()
            else:
                self.give(self.row, "", go_on=False)
        else:
            before = self.row
            super().keyPressEvent(event)
            if self.row != before:
                self.viewport().update()
                self.moved.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if not index.isValid():
            return
        self.setFocus()
        self.stand(index.row())
        self.moved.emit()
        places = boxes(QRectF(self.visualRect(index))) if index.column() == CHOICES else []
        for kind, place in zip(KINDS, places, strict=False):
            if place.contains(event.position()):
                self.give(index.row(), kind, go_on=False)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.row < 0:
            self.stand(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Give the questions what the others leave."""
        for column, wide in WIDTHS.items():
            self.setColumnWidth(column, theme.px(wide))
        self.setColumnWidth(TEXT, max(self.viewport().width() - sum(map(theme.px, WIDTHS.values())), theme.px(200)))
