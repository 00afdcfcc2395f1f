"""The search box of the header: answers while one types, but not to every key."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLineEdit

from gui import icons, theme

PAUSE = 200  # milliseconds of quiet after which the words are taken


class SearchBox(QLineEdit):
    """Emits `wanted` with the words after a short pause, at once on Enter; Esc empties it."""

    wanted = Signal(str)
    entered = Signal(str)

    def __init__(self, hint: str) -> None:
        super().__init__()
        self.setProperty("find", "1")
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setToolTip("查找（Ctrl+F），可以输入拼音首字母")
        self.setFixedWidth(theme.px(264))
        self.setClearButtonEnabled(True)
        self.addAction(icons.icon("search", "text2", 16), QLineEdit.ActionPosition.LeadingPosition)
        self._told = ""
        self._pause = QTimer(self)
        self._pause.setObjectName("search pause")
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._tell)
        self.textChanged.connect(self._changed)
        self.returnPressed.connect(self._enter)
        leave = QAction(self)
        leave.setShortcut(QKeySequence("Esc"))
        leave.setShortcutContext(leave.shortcutContext().WidgetShortcut)
        leave.triggered.connect(self.clear)
        self.addAction(leave)

    def put(self, words: str) -> None:
        """Show words without asking for them."""
        self._told = words
        self.setText(words)

    @Slot(str)
    def _changed(self, _text: str) -> None:
        self._pause.start()

    @Slot()
    def _tell(self) -> None:
        self._pause.stop()
        words = self.text().strip()
        if words != self._told:
            self._told = words
            self.wanted.emit(words)

    @Slot()
    def _enter(self) -> None:
        self._tell()
        self.entered.emit(self.text().strip())
