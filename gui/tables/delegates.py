"""How cells are painted: letters in tones, lights, states; level rules only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from gui import theme
from gui.tables.columns import CENTER, Column
from gui.tables.lettering import Lettering
from gui.tables.paged import WAITING, ColumnRole, LineRole
from gui.widgets.bars import fill
from gui.widgets.chips import SIDE, paint_light, paint_state, paint_tick

PAD, CLOSE = 8, 2  # beside words; beside figures that stand in the middle of a narrow column
_BAR = 5  # height of a bar in a cell
_WIDE = 2  # of the frame around the line that has the focus
# row, column → its column, its line if it is here, whether that is ticked. Asking by roles costs three times as much.
Glance = Callable[[int, int], tuple[Column, Any | None, bool | None]]


class LineDelegate(QStyledItemDelegate):
    """Paints one cell of a list. This runs for every cell that is seen: what can be kept is kept."""

    def __init__(
        self, parent: QObject, glance: Glance, pad: Callable[[int], int], ends: Callable[[], tuple[int, int]]
    ) -> None:
        """`pad`: the space before the words of a column; `ends`: the columns that are seen first and last."""
        super().__init__(parent)
        self._glance, self._pad, self._ends = glance, pad, ends
        self._lettering = Lettering()

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        column, line, ticked = self._glance(index.row(), index.column())
        colour = self._lettering.colour
        # Qt's own names of the option are not in the stubs.
        box: QRectF = QRectF(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        selected = bool(option.state & QStyle.StateFlag.State_Selected)  # pyright: ignore[reportAttributeAccessIssue]
        if selected or ticked:
            painter.fillRect(box, colour("sel"))
        elif line is not None and column.ground and (tint := column.ground(line)):
            painter.fillRect(box, colour(tint))
        painter.fillRect(QRectF(box.x(), box.bottom() - 1, box.width(), 1), colour("line"))
        centred = column.align == CENTER and column.kind != "bar"
        before, behind = (CLOSE, CLOSE) if centred else (self._pad(index.column()), PAD)
        inner = box.adjusted(theme.px(before), 0, -theme.px(behind), -1)
        self._fill(painter, inner, column, line, ticked)
        self._frame(painter, box, option, index)

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        column: Column | None = index.data(ColumnRole)
        line = index.data(LineRole)
        if column is None or line is None:
            return QSize(theme.px(60), theme.px(37))
        metrics = QFontMetrics(theme.font("cell" if column.small else "body"))
        return QSize(metrics.horizontalAdvance(column.text(line)) + theme.px(2 * PAD + 2), theme.px(37))

    def _fill(self, painter: QPainter, box: QRectF, column: Column, line: Any, ticked: bool | None) -> None:  # noqa: FBT001
        match column.kind:
            case "tick":
                said = "" if line is None else column.text(line)
                if ticked is not None or said:
                    paint_tick(painter, _square(box, 16), on=bool(ticked) or said == "1")
            case _ if line is None:
                waiting = "" if column.width else WAITING
                self._lettering.draw(painter, box, waiting, "hint", "cell", column.align)
            case "light":
                paint_light(painter, _square(box, SIDE), column.text(line))
            case "state":
                if text := column.text(line):
                    paint_state(painter, box, text, column.tone(line) or "grey")
            case "bar" if column.share is not None:
                self._bar(painter, box, column.share(line))
                self._words(painter, box.adjusted(0, 0, 0, -theme.px(_BAR + 2)), column, line)
            case _:
                self._words(painter, box, column, line)

    @staticmethod
    def _bar(painter: QPainter, box: QRectF, share: float) -> None:
        """A level bar at the foot of a cell: its dark part is the share."""
        whole = QRectF(box.x(), box.bottom() - theme.px(_BAR + 4), box.width(), theme.px(_BAR))
        fill(painter, whole, QRectF(whole.x(), whole.y(), whole.width() * share, whole.height()))

    def _words(self, painter: QPainter, box: QRectF, column: Column, line: Any) -> None:
        tone = column.tone(line) or ("quiet" if column.small else "")
        bold = column.bold is not None and column.bold(line)
        role = ("cellBold" if bold else "cell") if column.small else ("bold" if bold else "body")
        text = column.text(line)
        below = column.below(line) if column.below else ""
        draw = self._lettering.draw
        if below:
            half = box.height() / 2
            upper = QRectF(box.x(), box.y() + theme.px(3), box.width(), half)
            draw(painter, upper, text, tone, role, column.align)
            lower = QRectF(box.x(), box.y() + half, box.width(), half - theme.px(3))
            draw(painter, lower, below, "quiet", "small", column.align)
        else:
            draw(painter, box, text, tone, role, column.align)

    def _frame(
        self, painter: QPainter, box: QRectF, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The line that has the focus is framed from its first to its last cell."""
        view = option.widget  # pyright: ignore[reportAttributeAccessIssue]
        if not isinstance(view, QTableView) or view.currentIndex().row() != index.row() or not view.hasFocus():
            return
        accent = self._lettering.colour("accent")
        painter.fillRect(QRectF(box.x(), box.y(), box.width(), _WIDE), accent)
        painter.fillRect(QRectF(box.x(), box.bottom() - _WIDE, box.width(), _WIDE), accent)
        first, last = self._ends()
        if index.column() == first:
            painter.fillRect(QRectF(box.x(), box.y(), _WIDE, box.height()), accent)
        if index.column() == last:
            painter.fillRect(QRectF(box.right() - _WIDE, box.y(), _WIDE, box.height()), accent)


def _square(box: QRectF, side: int) -> QRectF:
    """A square at the left of a box, in its middle."""
    wide = theme.px(side)
    return QRectF(box.x(), box.center().y() - wide / 2, wide, wide)
