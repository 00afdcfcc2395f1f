"""What the ledger holds now, beside what was typed into a field before it held that."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from gui.widgets.buttons import button
from gui.widgets.frames import row
from gui.widgets.labels import label

MOST = 120  # characters of it


class Meanwhile(QWidget):
    """The other value in one line, and a button that takes it."""

    taken = Signal()

    def __init__(self, value: str) -> None:
        super().__init__()
        said = value or "（空）"
        short = said if len(said) <= MOST else f"{said[:MOST]}…"
        take = button("改用台账里的", "quiet", size="slim")
        take.clicked.connect(self.taken)
        inside = row(label(f"台账里这一栏已改为：{short}", "small", "orange", wrap=True), gap=4)
        inside.setStretch(0, 1)
        inside.addWidget(take, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(inside)
