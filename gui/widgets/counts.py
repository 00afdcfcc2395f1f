"""The strip of figures: each is a button that opens the list behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from gui import theme
from gui.places import Place
from gui.widgets.chips import SIDE, paint_light, tone_colour
from gui.widgets.frames import Card, clear, upright
from models.domain import words


@dataclass(frozen=True)
class Count:
    """One figure: what it counts, its light if it has one, and the list behind it."""

    number: int
    below: str
    place: Place | None = None
    light: str = ""
    tone: str = ""
    apart: bool = False  # a line stands before it


def light_counts(lights: dict[str, int], which: Sequence[str], *, apart: bool = False) -> list[Count]:
    """The figures of lights, each opening the list of its light; `apart`: a line stands before the first."""
    return [
        Count(
            lights.get(one, 0),
            words.LIGHT_MEANING[one],
            Place("problem", where=(("light", one),)),
            one,
            "red" if one == "red" and lights.get(one) else "",
            apart=apart and at == 0,
        )
        for at, one in enumerate(which)
    ]


class CountButton(QPushButton):
    """One figure of the strip."""

    opened = Signal(object)

    def __init__(self, count: Count) -> None:
        super().__init__()
        self.setProperty("kind", "tile")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._open)
        self.show_count(count)

    def show_count(self, count: Count) -> None:
        """Show another figure."""
        self.count = count
        light = f"{words.LIGHT[count.light]}灯 " if count.light in words.LIGHT else ""
        self.setAccessibleName(f"{light}{count.below} {count.number}")
        opens = count.place is not None
        self.setToolTip(f"{count.below}：打开名单" if opens else "")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if opens else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        large = QFontMetrics(theme.font("display")).horizontalAdvance(str(self.count.number)) + theme.px(SIDE + 8)
        return QSize(max(self._below(), large + theme.px(12)), theme.px(60))

    def _below(self) -> int:
        return QFontMetrics(theme.font("small")).horizontalAdvance(self.count.below) + theme.px(8)

    def minimumSizeHint(self) -> QSize:
        return QSize(max(self._below(), theme.px(60)), theme.px(60))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        x, side = theme.px(4), theme.px(SIDE)
        if self.count.light:
            paint_light(painter, QRectF(x, theme.px(9), side, side), self.count.light)
            x += side + theme.px(8)
        painter.setFont(theme.font("display"))
        painter.setPen(tone_colour(self.count.tone))
        upper = QRectF(x, 0, self.width() - x, theme.px(40))
        painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter, str(self.count.number))
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("text2"))
        lower = QRectF(theme.px(4), theme.px(38), self.width() - theme.px(4), theme.px(20))
        shown = painter.fontMetrics().elidedText(self.count.below, Qt.TextElideMode.ElideRight, int(lower.width()))
        painter.drawText(lower, Qt.AlignmentFlag.AlignVCenter, shown)

    @Slot()
    def _open(self) -> None:
        if self.count.place is not None:
            self.opened.emit(self.count.place)


class Strip(Card):
    """The row of figures on top of the first page."""

    opened = Signal(object)  # Place

    def __init__(self) -> None:
        super().__init__(pad=8)
        self.body.setContentsMargins(theme.px(16), theme.px(10), theme.px(16), theme.px(8))
        self._line = QHBoxLayout()
        self._line.setSpacing(theme.px(6))
        self.add(self._line)
        self.buttons: list[CountButton] = []

    def show_counts(self, counts: Sequence[Count]) -> None:
        """Show other figures. Their buttons stay where they are as long as they are as many."""
        if len(counts) == len(self.buttons):
            for button, count in zip(self.buttons, counts, strict=True):
                button.show_count(count)
            return
        clear(self._line)
        self.buttons = []
        for one in counts:
            if one.apart:
                self._line.addWidget(upright())
                self._line.addSpacing(theme.px(8))
            made = CountButton(one)
            made.opened.connect(self.opened)
            self.buttons.append(made)
            self._line.addWidget(made, 1)

    def widgets(self) -> list[QWidget]:
        """Its figures."""
        return list(self.buttons)
