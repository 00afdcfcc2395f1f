"""The keys of the window, bound to its deeds as gui/keys.py says; those of a part; the back button of a mouse."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QMouseEvent, QShortcut
from PySide6.QtWidgets import QWidget

from gui.keys import KEYS

Deed = Callable[[], object]


def bind(window: QWidget, deeds: Mapping[str, Deed], numbered: Callable[[int], object]) -> None:
    """Bind every key of the table that belongs to the window; `numbered` is called by Ctrl+1…9 and 0, with 1…10."""
    for key in KEYS:
        for number, press in enumerate(key.presses, 1):
            shortcut = QShortcut(QKeySequence(press), window)
            if key.act == "page":
                _Number(number, numbered, shortcut)
            else:
                shortcut.activated.connect(deeds[key.act])


def within(part: QWidget, deeds: Mapping[str, Deed]) -> None:
    """Bind keys that work while one is in this part of a page."""
    for press, deed in deeds.items():
        shortcut = QShortcut(QKeySequence(press), part)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(deed)


class _Number(QObject):
    """One of Ctrl+1…9 and 0, which is the tenth."""

    def __init__(self, number: int, deed: Callable[[int], object], shortcut: QShortcut) -> None:
        super().__init__(shortcut)
        self._number, self._deed = number, deed
        shortcut.activated.connect(self._act)

    def _act(self) -> None:
        self._deed(self._number)


class MouseBack(QObject):
    """The back button of a mouse, wherever the pointer is: seen before any part of the window sees it."""

    pressed = Signal()

    def watch(self, window: QWidget) -> None:
        """Watch a window that is on the screen. Only what comes from the system passes here: that costs nothing."""
        handle = window.windowHandle()
        if handle is not None:
            handle.removeEventFilter(self)
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.MouseButtonPress
            and isinstance(event, QMouseEvent)
            and event.button() == Qt.MouseButton.BackButton
        ):
            self.pressed.emit()
            return True
        return super().eventFilter(watched, event)
