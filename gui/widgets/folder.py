"""A folder to write to or a file to read: typed, chosen or remembered."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from gui import theme
from gui.sticks import Stick
from gui.widgets.buttons import button, carrier
from gui.widgets.frames import clear, row
from gui.widgets.labels import label


class FolderField(QWidget):
    """A labelled path with a button that opens the chooser."""

    changed = Signal()

    def __init__(self, name: str, hint: str, *, file: str = "") -> None:
        super().__init__()
        self._filter = file  # a file of this kind is wanted, not a folder
        self.text = QLineEdit()
        self.text.setAccessibleName(name)
        self.text.setMinimumWidth(theme.px(240))
        self.choose = button("选择文件…" if file else "选择文件夹…", icon="file" if file else "folder")
        words = label(name)
        words.setBuddy(self.text)
        line = row(self.text, self.choose)
        line.setStretch(0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(4))
        layout.addWidget(words)
        layout.addLayout(line)
        if hint:
            layout.addWidget(label(hint, "small", wrap=True))
        self._sticks = QHBoxLayout()
        self._sticks.setSpacing(theme.px(4))
        layout.addLayout(self._sticks)
        self.text.textChanged.connect(self.changed)
        self.choose.clicked.connect(self._choose)

    @property
    def path(self) -> Path | None:
        """The path, if something is typed."""
        text = self.text.text().strip()
        return Path(text) if text else None

    @Slot(object)
    def put(self, path: Path | str) -> None:
        """Show a path."""
        self.text.setText(str(path))

    @Slot(object)
    def offer(self, found: Sequence[Stick]) -> None:
        """Offer the sticks that are plugged in; the only one is taken where nothing is typed."""
        clear(self._sticks)
        if not found:
            return
        self._sticks.addWidget(label("插着的 U 盘", "small"))
        for one in found[:3]:
            made = carrier(one.path, one.said, "quiet", icon="stick", size="slim", tip="写到这个 U 盘")
            made.handed.connect(self.put)
            self._sticks.addWidget(made)
        self._sticks.addStretch(1)
        if len(found) == 1 and self.path is None:
            self.put(found[0].path)

    @Slot()
    def _choose(self) -> None:
        if self._filter:
            name, _ = QFileDialog.getOpenFileName(self, "选择文件", self.text.text(), self._filter)
        else:
            name = QFileDialog.getExistingDirectory(self, "选择文件夹", self.text.text())
        if name:
            self.text.setText(name)
