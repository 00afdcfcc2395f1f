"""Lights and states: small marks that carry their character or word, never colour alone."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from gui import theme
from gui.widgets.labels import retone
from models.domain import words

SIDE = 22
ORDER = ("red", "orange", "yellow", "green", "grey", "done")

# fmt: off
# State of the exchange and of a package → tone. A state is never solid, a light never pale.
EXCHANGE_TONE = {"unreported": "accent", "exported": "yellow", "received": "grey"}
PACE_TONE = {
    "not_started": "red", "behind": "red", "on_schedule": "green", "ahead": "green", "completed": "green",
    "closed": "green",
}
# fmt: on


def paint_light(painter: QPainter, box: QRectF, light: str) -> None:
    """Paint a light into a square; a finished one is outlined with a tick, not solid."""
    if light not in ORDER:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    radius = theme.px(4)
    if light == "done":
        painter.setPen(QPen(theme.colour("green"), 1.5))
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius, radius)
        _paint_check(painter, box, "green")
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(light))
        painter.drawRoundedRect(box, radius, radius)
        painter.setFont(theme.font("chip"))
        painter.setPen(theme.colour(f"{light}Ink"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words.LIGHT[light])
    painter.restore()


def _paint_check(painter: QPainter, box: QRectF, tone: str) -> None:
    pen = QPen(theme.colour(tone), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    side = box.width()
    points = [QPointF(box.x() + side * x, box.y() + side * y) for x, y in ((0.26, 0.52), (0.44, 0.69), (0.75, 0.34))]
    painter.drawPolyline(QPolygonF(points))


def paint_tick(painter: QPainter, box: QRectF, *, on: bool) -> None:
    """Paint a tick box."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("accent" if on else "control"), 1))
    painter.setBrush(theme.colour("accent" if on else "surface"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    if on:
        _paint_check(painter, box, "onAccent")
    painter.restore()


def paint_state(painter: QPainter, box: QRectF, text: str, tone: str) -> None:
    """Paint a state at the left of a box: its word on a pale ground."""
    font = theme.font("small")
    wide = min(QFontMetrics(font).horizontalAdvance(text) + theme.px(16), box.width())
    chip = QRectF(box.x(), box.center().y() - theme.px(11), wide, theme.px(22))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour(f"{tone}Edge"), 1))
    painter.setBrush(theme.colour(f"{tone}Tint"))
    painter.drawRoundedRect(chip.adjusted(0.5, 0.5, -0.5, -0.5), theme.px(4), theme.px(4))
    painter.setFont(font)
    painter.setPen(theme.colour(f"{tone}Text"))
    painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


def tone_colour(tone: str) -> QColor:
    """The colour of letters in a tone; the plain one where there is none."""
    return theme.colour({"": "text", "quiet": "text2", "hint": "hint"}.get(tone, f"{tone}Text"))


class Light(QWidget):
    """A light by itself: 22 × 22, with its reason as tool tip and name."""

    def __init__(self, light: str = "", why: str = "") -> None:
        super().__init__()
        self._light = ""
        self.setFixedSize(theme.px(SIDE), theme.px(SIDE))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_light(light, why)

    @property
    def light(self) -> str:
        """Which light it shows."""
        return self._light

    def show_light(self, light: str, why: str = "") -> None:
        """Show another light; "" hides it."""
        self._light = light
        name = name_of(light, why)
        self.setToolTip(name)
        self.setAccessibleName(name)
        self.setVisible(light in ORDER)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(SIDE), theme.px(SIDE))

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_light(QPainter(self), QRectF(self.rect()), self._light)


def name_of(light: str, why: str = "") -> str:
    """A light in words: 红灯：逾期 8 天."""
    return words.light(light, why)


class State(QLabel):
    """A state: a word of 12 px on a pale ground."""

    def __init__(self, text: str = "", tone: str = "grey") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("state", tone)
        self.setFixedHeight(theme.px(22))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def say(self, text: str, tone: str = "grey") -> None:
        """Show another state; "" hides it."""
        self.setText(text)
        retone(self, state=tone)
        self.setVisible(bool(text))
