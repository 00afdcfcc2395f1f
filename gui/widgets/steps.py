"""Steps of an assistant, and the stations of a record: what is done, where we are, what follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme


def _disc(painter: QPainter, at: QPointF, radius: float, state: str, text: str = "") -> None:
    """A round mark: done (tick on green), now (blue), open (outline)."""
    box = QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius)
    if state == "open":
        painter.setPen(QPen(theme.colour("control"), 1.2))
        painter.setBrush(theme.colour("surface"))
        painter.drawEllipse(box)
        painter.setPen(theme.colour("text2"))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("green" if state == "done" else "accent"))
        painter.drawEllipse(box)
        painter.setPen(theme.colour("onAccent"))
    if state == "done":
        pen = QPen(theme.colour("greenInk"), max(radius / 5, 1.6))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        points = [
            QPointF(at.x() + radius * x, at.y() + radius * y) for x, y in ((-0.42, 0.05), (-0.1, 0.36), (0.45, -0.3))
        ]
        painter.drawPolyline(QPolygonF(points))
    elif text:
        painter.setFont(theme.font("cellBold"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    elif state == "now":
        painter.setBrush(theme.colour("surface"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(at, radius * 0.38, radius * 0.38)


class Steps(QWidget):
    """Numbered steps in a row: 检查 → 生成 → 写盘并校验."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self._names = tuple(names)
        self._at = 0
        self.setFixedHeight(theme.px(36))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.go(0)

    def go(self, at: int) -> None:
        """Go to a step; past the last one all are done."""
        self._at = at
        now = self._names[at] if at < len(self._names) else "全部完成"
        self.setAccessibleName(f"共 {len(self._names)} 步，现在：{now}")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, radius, x = self.height() / 2, theme.px(12), 0.0
        for number, name in enumerate(self._names):
            state = "done" if number < self._at else "now" if number == self._at else "open"
            if number:
                painter.setPen(QPen(theme.colour("green" if number <= self._at else "line2"), 2))
                painter.drawLine(QPointF(x, middle), QPointF(x + theme.px(50), middle))
                x += theme.px(62)
            _disc(painter, QPointF(x + radius, middle), radius, state, str(number + 1))
            x += 2 * radius + theme.px(8)
            painter.setFont(theme.font("bold" if state == "now" else "body"))
            painter.setPen(theme.colour("text2" if state == "open" else "text"))
            wide = painter.fontMetrics().horizontalAdvance(name)
            painter.drawText(QRectF(x, 0, wide + 4, self.height()), Qt.AlignmentFlag.AlignVCenter, name)
            x += wide + theme.px(12)


@dataclass(frozen=True)
class Station:
    """One station on the way of a record."""

    name: str
    below: str = ""  # its date, or how late it is
    state: str = "open"  # done now open


class Stations(QWidget):
    """The way of a record from its hand-over to its closing, as a line with stations."""

    def __init__(self) -> None:
        super().__init__()
        self._stations: tuple[Station, ...] = ()
        self.setFixedHeight(theme.px(66))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_stations(self, stations: Sequence[Station]) -> None:
        """Show another way."""
        self._stations = tuple(stations)
        words = {"done": "已过", "now": "现在", "open": "以后"}
        self.setAccessibleName("；".join(f"{one.name} {words[one.state]} {one.below}".strip() for one in stations))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(500), theme.px(62))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._stations:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step, radius, y = self.width() / len(self._stations), theme.px(9), theme.px(14)
        for number, one in enumerate(self._stations):
            x = step * (number + 0.5)
            if number:
                passed = one.state != "open"
                painter.setPen(QPen(theme.colour("green" if passed else "line2"), 2))
                painter.drawLine(QPointF(x - step + radius + 4, y), QPointF(x - radius - 4, y))
            _disc(painter, QPointF(x, y), radius, one.state)
            painter.setFont(theme.font("bold" if one.state == "now" else "body"))
            painter.setPen(theme.colour({"now": "accent", "done": "text"}.get(one.state, "text2")))
            middle = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
            painter.drawText(QRectF(x - step / 2, y + theme.px(12), step, theme.px(22)), middle, one.name)
            painter.setFont(theme.font("small"))
            painter.setPen(theme.colour("text2"))
            painter.drawText(QRectF(x - step / 2, y + theme.px(31), step, theme.px(18)), middle, one.below)
