"""Empty states: what this place is for, how it fills itself, one button."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gui import theme
from gui.widgets.labels import label, picture

WIDTH = 440  # of the explanation at most


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
        """As wide as makes its lines even: its height does not come by itself."""
        self.text.ensurePolished()
        metrics, words, wrap = self.text.fontMetrics(), self.text.text(), int(Qt.TextFlag.TextWordWrap)

        def tall(wide: int) -> int:
            return metrics.boundingRect(QRect(0, 0, wide, 1 << 20), wrap, words).height()

        wide, step = theme.px(WIDTH), theme.px(7)
        height = tall(wide)
        while wide > theme.px(WIDTH) // 2 and tall(wide - step) == height:
            wide -= step
        self.text.setFixedSize(wide, height)
