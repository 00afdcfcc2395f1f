"""The row of views under the header: words with counts, a line under the chosen one."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QWidget

from gui import theme
from gui.widgets.buttons import button


class Tabs(QFrame):
    """Views or parts of a page; `chosen` brings the key of the one that was pressed."""

    chosen = Signal(str)

    def __init__(self, entries: Iterable[tuple[str, str]], *, plain: bool = False) -> None:
        super().__init__()
        self.setObjectName("plain" if plain else "tabs")
        self.setFixedHeight(theme.px(36))
        self._words: dict[str, str] = {}
        self._counts: dict[str, int | None] = {}
        self.buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(0 if plain else theme.px(24), 0, 0 if plain else theme.px(24), 0)
        self.line.setSpacing(theme.px(16 if plain else 20))
        for key, words in entries:
            self.insert(key, words, self.line.count())
        self.line.addStretch(1)

    @property
    def current(self) -> str:
        """The key of the chosen one."""
        one = self._group.checkedButton()
        return one.objectName() if one else ""

    def insert(self, key: str, words: str, at: int) -> None:
        """Put one more in, at a place of the line."""
        one = button(words, "view")
        one.setCheckable(True)
        one.setObjectName(key)
        one.clicked.connect(self._press)
        self._group.addButton(one)
        self.line.insertWidget(at, one)
        self.buttons[key], self._words[key] = one, words

    def remove(self, key: str) -> None:
        """Take one out."""
        one = self.buttons.pop(key)
        self._words.pop(key)
        self._counts.pop(key, None)
        self._group.removeButton(one)
        self.line.removeWidget(one)
        one.hide()
        one.deleteLater()

    def rename(self, key: str, words: str) -> None:
        """Give one another name; its count stays."""
        self._words[key] = words
        self.buttons[key].setAccessibleName(words)
        self.count(key, self._counts.get(key))

    def choose(self, key: str) -> None:
        """Mark one as chosen, without telling anybody."""
        if key in self.buttons:
            self.buttons[key].setChecked(True)
            self.buttons[key].setVisible(True)

    def count(self, key: str, number: int | None) -> None:
        """Write the count behind a word."""
        words = self._words[key].replace("&", "&&")
        self._counts[key] = number
        self.buttons[key].setText(words if number is None else f"{words} {number}")

    def add(self, widget: QWidget) -> None:
        """Put something at the right end."""
        self.line.addWidget(widget)

    @Slot()
    def _press(self) -> None:
        self.chosen.emit(self.current)
