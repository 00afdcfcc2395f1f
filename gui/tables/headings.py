"""The headings of a list: by what it is sorted, lights as lights, a box that ticks all; widths and order by hand."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView

from gui import theme
from gui.tables.columns import CENTER, Column
from gui.tables.paged import ColumnRole
from gui.widgets.chips import SIDE, paint_light, paint_tick
from models.domain import words

LIGHT_HEADINGS = {word: light for light, word in words.LIGHT.items()}
PAD = 8
TICK = 16


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
        self.ticked: bool | None = False  # all of them; None: some
        self.is_dragged = False  # a width that a person gives is remembered, one that the window gives is not

    def say_ticked(self, share: int, all_: int) -> None:
        """Show how many of all lines are ticked."""
        self.ticked = (None if share < all_ else True) if share else False
        self.viewport().update()

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
        text = str(self._said(logicalIndex, Qt.ItemDataRole.DisplayRole) or "")
        align = self._said(logicalIndex, Qt.ItemDataRole.TextAlignmentRole)
        column = self._said(logicalIndex, ColumnRole)
        if isinstance(column, Column) and column.kind == "tick":
            if column.heading:
                self._paint_tick(painter, box.adjusted(self._pad(logicalIndex), 0, 0, 0))
        elif text in LIGHT_HEADINGS and align == CENTER:
            side = theme.px(SIDE)
            middle = box.center()
            paint_light(painter, QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side), LIGHT_HEADINGS[text])
        else:
            self._paint_words(painter, box, text, align, logicalIndex)
        painter.restore()

    def _said(self, section: int, role: int) -> object:
        return self.model().headerData(section, Qt.Orientation.Horizontal, role)

    def _pad(self, section: int) -> int:
        pad = getattr(self.parent(), "pad", None)
        return theme.px(pad(section) if pad else PAD)

    def _paint_tick(self, painter: QPainter, box: QRectF) -> None:
        side = theme.px(TICK)
        square = QRectF(box.x(), box.center().y() - side / 2, side, side)
        paint_tick(painter, square, on=self.ticked is True)
        if self.ticked is None:
            wide = theme.px(8)
            painter.fillRect(QRectF(square.center().x() - wide / 2, square.center().y() - 1, wide, 2),
                             theme.colour("accent"))  # fmt: skip

    def _paint_words(self, painter: QPainter, box: QRectF, text: str, align: object, section: int) -> None:
        mark = ("↓" if self.descending else "↑") if section == self.sorted_by else ""
        role = "cellBold" if mark else "cell"
        painter.setFont(theme.font(role))
        painter.setPen(theme.colour("text" if mark else "text2"))
        inner = box.adjusted(self._pad(section), 0, -theme.px(PAD if not mark else 0), -1)
        said = QFontMetrics(theme.font(role)).elidedText(
            f"{text} {mark}".strip(), Qt.TextElideMode.ElideRight, int(inner.width()) + 2
        )
        where = align if isinstance(align, Qt.AlignmentFlag) else Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inner, where, said)
