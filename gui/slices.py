"""What takes long to build is built in slices: after each one the window answers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget


class Slices(QObject):
    """Takes one step of an iterator in each pass of the event loop, until there is none left."""

    done = Signal()

    def __init__(self, name: str, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: Iterator[object] | None = None
        self._next = QTimer(self)
        self._next.setObjectName(name)
        self._next.setSingleShot(True)
        self._next.setInterval(1)  # not 0: what a person does meanwhile goes first
        self._next.timeout.connect(self.step)

    @property
    def are_done(self) -> bool:
        """Whether nothing is still to be built."""
        return self._steps is None

    def begin(self, steps: Iterator[object]) -> None:
        """Build this, and nothing of what was to be built before."""
        self._steps = steps
        self.go_on()

    def add(self, steps: Iterator[object]) -> None:
        """Build this too, behind what is still to come."""
        self.begin(steps if self._steps is None else chain(self._steps, steps))

    @Slot()
    def go_on(self) -> None:
        """Go on after a pause."""
        if self._steps is not None:
            self._next.start()

    def pause(self) -> None:
        """Build nothing for now."""
        self._next.stop()

    @Slot()
    def step(self) -> None:
        """Build one slice now."""
        self._next.stop()
        if self._steps is None:
            return
        if next(self._steps, self) is not self:
            self._next.start()
            return
        self._steps = None
        self.done.emit()

    def finish(self) -> None:
        """Build all that is still to come now."""
        while self._steps is not None:
            self.step()


def is_growing(window: QWidget) -> bool:
    """Whether a part of the window that is seen is still being built."""
    return any(not one.are_done and _is_seen(one.parent()) for one in window.findChildren(Slices))


def _is_seen(part: QObject | None) -> bool:
    return isinstance(part, QWidget) and part.isVisible()
