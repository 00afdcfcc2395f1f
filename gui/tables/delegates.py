"""How cells are painted: letters in tones, lights, states; level rules only."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui import theme
from gui.tables.columns import Column
from gui.tables.paged import ColumnRole, LineRole
from gui.widgets.chips import SIDE, paint_light, paint_state, paint_tick, tone_colour
from gui.widgets.labels import one_line

PAD = 8


class LineDelegate(QStyledItemDelegate):
    """Paints one cell of a list."""

    def __init__(self, parent: QObject, pad: Callable[[int], int]) -> None:
        """`pad`: the space before the words of a column."""
        super().__init__(parent)
        self._pad = pad

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        column: Column | None = index.data(ColumnRole)
        line = index.data(LineRole)
        # Qt's own names of the option are not in the stubs.
        box: QRectF = QRectF(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        if chosen:
            painter.fillRect(box, theme.colour("sel"))
        elif column and line is not None and column.ground and (tint := column.ground(line)):
            painter.fillRect(box, theme.colour(tint))
        painter.fillRect(QRectF(box.x(), box.bottom() - 1, box.width(), 1), theme.colour("line"))
        if column is not None:
            left = self._pad(index.column())
            inner = box.adjusted(theme.px(left), 0, -theme.px(PAD), -1)
            if line is None:
                self._letters(painter, inner, str(index.data() or ""), "hint", "cell", column.align)
            elif column.kind == "light":
                side = theme.px(SIDE)
                paint_light(painter, QRectF(inner.x(), inner.center().y() - side / 2, side, side), column.text(line))
            elif column.kind == "tick":
                if state := column.text(line):
                    side = theme.px(16)
                    paint_tick(painter, QRectF(inner.x(), inner.center().y() - side / 2, side, side), on=state == "1")
            elif column.kind == "state":
                if text := column.text(line):
                    paint_state(painter, inner, text, column.tone(line) or "grey")
            else:
                self._words(painter, inner, column, line)
        self._frame(painter, box, option, index)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        column: Column | None = index.data(ColumnRole)
        line = index.data(LineRole)
        if column is None or line is None:
            return QSize(theme.px(60), theme.px(37))
        metrics = QFontMetrics(theme.font("cell" if column.small else "body"))
        return QSize(metrics.horizontalAdvance(column.text(line)) + theme.px(2 * PAD + 2), theme.px(37))

    def _words(self, painter: QPainter, box: QRectF, column: Column, line: object) -> None:
        tone = column.tone(line) or ("quiet" if column.small else "")
        bold = column.bold is not None and column.bold(line)
        role = ("cellBold" if bold else "cell") if column.small else ("bold" if bold else "body")
        text = column.text(line)
        below = column.below(line) if column.below else ""
        if below:
            half = box.height() / 2
            upper = QRectF(box.x(), box.y() + theme.px(3), box.width(), half)
            self._letters(painter, upper, text, tone, role, column.align)
            lower = QRectF(box.x(), box.y() + half, box.width(), half - theme.px(3))
            self._letters(painter, lower, below, "quiet", "small", column.align)
        else:
            self._letters(painter, box, text, tone, role, column.align)

    @staticmethod
    def _letters(painter: QPainter, box: QRectF, text: str, tone: str, role: str, align: Qt.AlignmentFlag) -> None:
        font = theme.font(role)
        painter.setFont(font)
        painter.setPen(tone_colour(tone))
        shown = QFontMetrics(font).elidedText(one_line(text), Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(box, align, shown)

    @staticmethod
    def _frame(
        painter: QPainter, box: QRectF, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The line that has the focus is framed from its first to its last cell."""
        view = option.widget  # pyright: ignore[reportAttributeAccessIssue]
        if not isinstance(view, QAbstractItemView) or not view.hasFocus() or view.currentIndex().row() != index.row():
            return
        wide = 2
        accent = theme.colour("accent")
        painter.fillRect(QRectF(box.x(), box.y(), box.width(), wide), accent)
        painter.fillRect(QRectF(box.x(), box.bottom() - wide, box.width(), wide), accent)
        visible = [at for at in range(index.model().columnCount()) if not getattr(view, "isColumnHidden")(at)]  # noqa: B009
        if visible and index.column() == visible[0]:
            painter.fillRect(QRectF(box.x(), box.y(), wide, box.height()), accent)
        if visible and index.column() == visible[-1]:
            painter.fillRect(QRectF(box.right() - wide, box.y(), wide, box.height()), accent)
