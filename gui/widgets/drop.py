"""A dashed field onto which files are dropped; a button inside does the same."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from gui import theme
from gui.widgets.labels import label, picture, retone


def paths_of(data: QMimeData) -> list[Path]:
    """The local files of what is dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


class Drop(QFrame):
    """Takes files by drag; says what it is for."""

    dropped = Signal(object)  # list of paths

    def __init__(self, icon: str, title: str, text: str, buttons: Sequence[QPushButton]) -> None:
        super().__init__()
        self.setObjectName("drop")
        self.setAcceptDrops(True)
        words = QVBoxLayout()
        words.setSpacing(theme.px(4))
        words.addWidget(label(title, "h2"))
        words.addWidget(label(text, "quiet", wrap=True))
        line = QHBoxLayout(self)
        line.setContentsMargins(*(theme.px(20),) * 4)
        line.setSpacing(theme.px(16))
        line.addWidget(picture(icon, "accent", 32), 0, Qt.AlignmentFlag.AlignVCenter)
        line.addLayout(words, 1)
        for one in buttons:
            line.addWidget(one, 0, Qt.AlignmentFlag.AlignVCenter)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if paths_of(event.mimeData()):
            event.acceptProposedAction()
            retone(self, over="1")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        retone(self, over="0")
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        retone(self, over="0")
        event.acceptProposedAction()
        self.dropped.emit(paths_of(event.mimeData()))
