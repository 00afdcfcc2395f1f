"""Facts: a quiet label and its value, level or below each other."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from gui import theme
from gui.widgets.frames import clear
from gui.widgets.labels import label


class Facts(QWidget):
    """Label and value in two columns."""

    def __init__(self, *, align_right: bool = False, gap: int = 8, label_width: int = 0) -> None:
        super().__init__()
        self._right = align_right
        self._wide = label_width
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(16))
        self._grid.setVerticalSpacing(theme.px(gap))
        self._grid.setColumnStretch(1, 1)

    def show_facts(self, facts: list[tuple[str, str] | tuple[str, str, str]]) -> None:
        """Show other facts: label, value, and the tone of the value if it has one."""
        clear(self._grid)
        for at, (name, value, *tone) in enumerate(facts):
            left = label(name, "quiet")
            if self._wide:
                left.setFixedWidth(theme.px(self._wide))
            bold = "bold" if any(tone) else ""
            right = label(value, bold, *tone, wrap=not self._right, selectable=True)
            side = Qt.AlignmentFlag.AlignRight if self._right else Qt.AlignmentFlag.AlignLeft
            right.setAlignment(side | Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(left, at, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(right, at, 1)


class Particulars(QWidget):
    """Small label above its value, one below the other: the rail of a record."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_facts(self, facts: list[tuple[str, str, str, str]]) -> None:
        """Show other facts: label, value, tone of the value, a small line below."""
        clear(self._column)
        for name, value, tone, below in facts:
            self._column.addWidget(label(name, "small"))
            self._column.addWidget(label(value, "bold" if tone else "", tone, wrap=True, selectable=True))
            if below:
                self._column.addWidget(label(below, "small", wrap=True))
            self._column.addSpacing(theme.px(8))
        self._column.addStretch(1)
