"""What parts that paint their rows by themselves have in common: being seen, being heard, cutting words."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter
from PySide6.QtWidgets import QScrollArea, QWidget


def reveal(part: QWidget, box: QRect) -> None:
    """Scroll what is around a part so far that a row of it is seen."""
    around = part.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    inner = around.widget() if around is not None else None
    if around is not None and inner is not None:
        middle = part.mapTo(inner, QPoint(0, box.center().y()))
        around.ensureVisible(0, middle.y(), 0, box.height())


def tell(part: QWidget, text: str) -> None:
    """Say the current row to somebody who hears the window."""
    part.setAccessibleDescription(text)
    QAccessible.updateAccessibility(QAccessibleEvent(part, QAccessible.Event.DescriptionChanged))


def cut(painter: QPainter, text: str, wide: int) -> str:
    """The words in one line, cut off where the room ends."""
    return painter.fontMetrics().elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, wide)
