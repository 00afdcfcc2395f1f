"""Where the window stands on the screens: as it was left, but never where nobody can see it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

LEAST = QSize(1024, 640)
USUAL = QSize(1366, 740)
_GRIP = 80  # pixels of the title bar that must be on a screen, to take hold of


def fitting(kept: Sequence[int], screens: Sequence[QRect]) -> QRect | None:
    """The kept place (x, y, width, height) moved and cut so that it lies on one of these screens; None: anywhere."""
    if len(kept) != 4 or not screens:
        return None
    box = QRect(*kept)
    if box.width() < 1 or box.height() < 1:
        return None
    screen = max(screens, key=lambda one: _area(one.intersected(box)))
    top = QRect(box.x(), box.y(), box.width(), _GRIP // 2)
    seen = screen.intersected(top)
    if seen.width() < _GRIP or seen.height() < 1:
        return None  # its screen has vanished
    size = QSize(min(box.width(), screen.width()), min(box.height(), screen.height())).expandedTo(
        LEAST.boundedTo(screen.size())
    )
    x = min(max(box.x(), screen.x()), screen.x() + screen.width() - size.width())
    y = min(max(box.y(), screen.y()), screen.y() + screen.height() - size.height())
    return QRect(x, y, size.width(), size.height())


def place(window: QWidget, kept: Sequence[int]) -> None:
    """Put a window where it was left, else in its usual size where the platform likes."""
    window.resize(USUAL)
    box = fitting(kept, [screen.availableGeometry() for screen in QGuiApplication.screens()])
    if box is not None:
        window.setGeometry(box)


def _area(box: QRect) -> int:
    return max(box.width(), 0) * max(box.height(), 0)
