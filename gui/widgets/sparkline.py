"""A sparkline: how a figure went over the last months, as high as a line; its last value is written beside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme

TALL, WIDE, BESIDE = 24, 120, 48
NONE = "—"


def said(value: float) -> str:
    """A value as one writes it: whole numbers without a point."""
    return f"{value:g}" if value == round(value) else f"{value:.1f}"


class Sparkline(QWidget):
    """A line through the values, oldest first; a value that is missing (None) leaves a gap and is not made up."""

    def __init__(self, values: Sequence[float | None] = (), name: str = "", *, unit: str = "") -> None:
        super().__init__()
        self._values: tuple[float | None, ...] = ()
        self._name, self._unit = name, unit
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_values(values)

    def show_values(self, values: Sequence[float | None]) -> None:
        """Show other values."""
        self._values = tuple(values)
        words = "、".join(NONE if one is None else f"{said(one)}{self._unit}" for one in self._values)
        told = f"{self._name}：{words or '还没有数'}" if self._name else words or "还没有数"
        self.setAccessibleName(told)
        self.setToolTip(told)
        self.updateGeometry()
        self.update()

    @property
    def last(self) -> str:
        """The last value in words, as it stands at the right."""
        value = self._values[-1] if self._values else None
        return NONE if value is None else f"{said(value)}{self._unit}"

    def sizeHint(self) -> QSize:
        return QSize(theme.px(WIDE) + self._beside(), theme.px(TALL))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(40) + self._beside(), theme.px(TALL))

    def points(self) -> list[list[QPointF]]:
        """The line in pieces, one for each run without a gap."""
        known = [one for one in self._values if one is not None]
        if not known:
            return []
        low, high = min(known), max(known)
        edge = theme.px(4)
        wide, tall = self.width() - self._beside() - 2 * edge, self.height() - 2 * edge
        step = wide / max(len(self._values) - 1, 1)
        pieces: list[list[QPointF]] = [[]]
        for number, value in enumerate(self._values):
            if value is None:
                pieces.append([])
                continue
            share = (value - low) / (high - low) if high > low else 0.5
            pieces[-1].append(QPointF(edge + step * number, edge + tall * (1 - share)))
        return [piece for piece in pieces if piece]

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = theme.colour("chart")
        pieces = self.points()
        for piece in pieces:
            painter.setPen(QPen(ink, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(QPolygonF(piece))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            if len(piece) == 1 or (piece is pieces[-1] and self._values[-1] is not None):
                painter.drawEllipse(piece[-1], theme.px(25) / 10, theme.px(25) / 10)
        painter.setFont(theme.font("cellBold"))
        painter.setPen(theme.colour("hint" if self.last == NONE else "text"))
        beside = QRectF(self.width() - self._beside(), 0, self._beside(), self.height())
        painter.drawText(beside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self.last)

    def _beside(self) -> int:
        wide = QFontMetrics(theme.font("cellBold")).horizontalAdvance(self.last) + theme.px(8)
        return max(wide, theme.px(BESIDE))  # lines below each other then end at the same place
