"""Charts by hand: few tones, figures written on or above the bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme


@dataclass(frozen=True)
class Bar:
    """One bar: what stands below it, how much of it is done, and the whole."""

    name: str
    done: int
    total: int
    now: bool = False


def fill(painter: QPainter, whole: QRectF, done: QRectF) -> None:
    """The two tones of a bar; in high contrast the rest is an outline."""
    if whole.height() >= 1:
        painter.setPen(theme.colour("restEdge"))
        painter.setBrush(theme.colour("rest"))
        painter.drawRect(whole.adjusted(0.5, 0.5, -0.5, -0.5))
    painter.fillRect(done, theme.colour("chart"))


class MonthBars(QWidget):
    """Upright bars, one a month: done below, the rest above, both figures written."""

    def __init__(self) -> None:
        super().__init__()
        self._bars: tuple[Bar, ...] = ()
        self.setMinimumHeight(theme.px(84))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show other figures."""
        self._bars = tuple(bars)
        self.setAccessibleName("；".join(f"{one.name} 完成 {one.done}，共 {one.total}" for one in bars))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(400), theme.px(110))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._bars:
            return
        painter = QPainter(self)
        foot, head = theme.px(22), theme.px(18)
        base, room = self.height() - foot, self.height() - foot - head
        most = max((one.total for one in self._bars), default=0) or 1
        step = self.width() / len(self._bars)
        wide = min(theme.px(34), step * 0.6)
        middle = Qt.AlignmentFlag.AlignCenter
        for number, one in enumerate(self._bars):
            x = step * (number + 0.5) - wide / 2
            tall, low = room * one.total / most, room * one.done / most
            fill(painter, QRectF(x, base - tall, wide, tall), QRectF(x, base - low, wide, low))
            painter.setFont(theme.font("small"))
            painter.setPen(theme.colour("text"))
            # What is done is written into its part, or right above it; where neither has room, before the whole.
            inside, beside = low >= head, tall - low >= head
            above = str(one.total) if inside or beside else f"{one.done}/{one.total}"
            painter.drawText(QRectF(x - wide, base - tall - head, wide * 3, head), middle, above)
            if inside or beside:
                painter.setPen(theme.colour("onAccent" if inside else "text"))
                painter.drawText(QRectF(x, base - low - (0 if inside else head), wide, head), middle, str(one.done))
            painter.setFont(theme.font("cellBold" if one.now else "small"))
            painter.setPen(theme.colour("text" if one.now else "text2"))
            painter.drawText(QRectF(x - wide, base + 2, wide * 3, foot), middle, one.name)
        painter.fillRect(QRectF(0, base, self.width(), 1), theme.colour("line2"))


class RateBar(QWidget):
    """One level bar of a ranking: its filled part is the rate."""

    def __init__(self, rate: float = 0.0) -> None:
        super().__init__()
        self._rate = 0.0
        self.setFixedHeight(theme.px(8))
        self.setMinimumWidth(theme.px(60))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_rate(rate)

    def show_rate(self, rate: float) -> None:
        """Show another rate."""
        self._rate = min(max(rate, 0.0), 1.0)
        self.setAccessibleName(f"{self._rate:.0%}")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        whole = QRectF(self.rect())
        fill(painter, whole, QRectF(0, 0, whole.width() * self._rate, whole.height()))
