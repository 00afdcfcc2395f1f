"""One line of reason: what is typed, or a phrase of the county; ↓ lists them all."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit


class PhraseLine(QLineEdit):
    """Offers phrases that contain what is typed."""

    def offer(self, phrases: Sequence[str]) -> None:
        """These phrases may be chosen."""
        offered = QCompleter(list(phrases), self)
        offered.setFilterMode(Qt.MatchFlag.MatchContains)
        offered.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCompleter(offered)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self.completer() is not None:
            self.completer().setCompletionPrefix("")
            self.completer().complete()
        else:
            super().keyPressEvent(event)
