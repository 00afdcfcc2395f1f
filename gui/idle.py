"""How long nobody has touched the window: after a while it asks who sits there."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QWindow

LOOK_EVERY = 10_000  # milliseconds
SIGNS = frozenset({
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
    QEvent.Type.TouchBegin, QEvent.Type.DragMove,
})  # fmt: skip


class Idle(QObject):
    """Watches one window of the screen. `passed` comes once, when it was left alone for so long."""

    passed = Signal()

    def __init__(self, window: QWindow, minutes: int, parent: QObject) -> None:
        super().__init__(parent)
        self._seconds = minutes * 60
        self._last = time.monotonic()
        self._timer = QTimer(self)
        self._timer.setObjectName("idle")
        self._timer.setInterval(LOOK_EVERY)
        self._timer.timeout.connect(self.look)
        if minutes:
            window.installEventFilter(self)  # of the screen's window: a filter on every part would cost time
            self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Somebody is there."""
        if event.type() in SIGNS:
            self._last = time.monotonic()
        return super().eventFilter(watched, event)

    @Slot()
    def look(self) -> None:
        """See whether it is time."""
        if time.monotonic() - self._last >= self._seconds:
            self.close()
            self.passed.emit()

    def close(self) -> None:
        """Watch no more."""
        self._timer.stop()
