"""Empty states: what this place is for, how it fills itself, one button."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gui import theme
from gui.widgets.labels import label, picture


class Empty(QWidget):
    """A round icon, one sentence, one explanation, at most one primary and one quiet button."""

    def __init__(self, icon: str, title: str, text: str, *buttons: QPushButton) -> None:
        super().__init__()
        circle = QFrame()
        circle.setObjectName("round")
        inner = QVBoxLayout(circle)
        inner.addWidget(picture(icon, "accent", 32), 0, Qt.AlignmentFlag.AlignCenter)
        self.title = label(title, "h2")
        self.text = label(text, "", wrap=True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.text.setFixedWidth(theme.px(440))
        self._fit()
        acts = QHBoxLayout()
        acts.setSpacing(theme.px(8))
        acts.addStretch(1)
        for one in buttons:
            acts.addWidget(one)
        acts.addStretch(1)
        middle = Qt.AlignmentFlag.AlignHCenter
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.px(12))
        layout.addStretch(2)
        layout.addWidget(circle, 0, middle)
        layout.addSpacing(theme.px(8))
        layout.addWidget(self.title, 0, middle)
        layout.addWidget(self.text, 0, middle)
        layout.addSpacing(theme.px(4))
        layout.addLayout(acts)
        layout.addStretch(3)

    def say(self, title: str, text: str) -> None:
        """Change the words."""
        self.title.setText(title)
        self.text.setText(text)
        self._fit()

    def _fit(self) -> None:
        """A wrapped label between stretches does not get its height by itself."""
        self.text.ensurePolished()
        self.text.setMinimumHeight(self.text.heightForWidth(self.text.width()))
