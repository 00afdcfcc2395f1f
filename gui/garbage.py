"""Garbage is collected by the window's own thread only.

Python collects rings of objects wherever memory is asked for: also on a thread that reads the ledger. A ring that
holds a part of the window would then be taken apart by a thread that does not own it, and Qt dies of that or waits for
ever (docs/adr/0017). So the collector is switched off, and a timer of the window asks what it would ask.
"""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QObject, QTimer, Slot

LOOK_EVERY = 200  # milliseconds
SHARE = 100  # a full collection is followed by so many times its own length without another


class Garbage(QObject):
    """Collects for the whole program until it is closed; whatever has other threads beside the window has one."""

    _open = 0

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        Garbage._open += 1
        gc.disable()
        self._quiet_until = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def close(self) -> None:
        """Leave it to Python again, if nothing else has threads."""
        if self._timer.isActive():
            self._timer.stop()
            Garbage._open -= 1
            if not Garbage._open:
                gc.enable()

    @Slot()
    def look(self) -> None:
        """Collect what Python would have collected by now."""
        due = [count > limit for count, limit in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        if due[2] and time.monotonic() >= self._quiet_until:
            began = time.monotonic()
            gc.collect()
            ended = time.monotonic()
            self._quiet_until = ended + SHARE * (ended - began)
        elif due[1]:
            gc.collect(1)
        elif due[0]:
            gc.collect(0)
