"""3 / 22: to the records before and after this one in the list that it was opened from."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui import theme
from gui.widgets.buttons import button
from gui.widgets.labels import label


class Neighbours(QWidget):
    """Emits `wanted` with the place of another record; is not seen where there is but one."""

    wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.previous = button("", "quiet", icon="left", tip="上一条（PgUp）", size="square")
        self.where = label("", "quiet")
        self.next = button("", "quiet", icon="right", tip="下一条（PgDn）", size="square")
        self._at, self._count = -1, 0
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(12))
        for part in (self.previous, self.where, self.next):
            line.addWidget(part)
        self.previous.clicked.connect(self.go_back)
        self.next.clicked.connect(self.go_on)

    def stand(self, at: int, count: int) -> None:
        """Say where in the list this record stands."""
        self._at, self._count = at, count
        self.setVisible(count > 1 and 0 <= at < count)
        self.where.setText(f"{at + 1} / {count}")
        self.previous.setEnabled(at > 0)
        self.next.setEnabled(at + 1 < count)

    @Slot()
    def go_back(self) -> None:
        """Ask for the record before."""
        self._want(self._at - 1)

    @Slot()
    def go_on(self) -> None:
        """Ask for the record after."""
        self._want(self._at + 1)

    def _want(self, at: int) -> None:
        if self.isVisible() and 0 <= at < self._count:
            self.wanted.emit(at)
