"""One decision: the title is the question, the text says what happens and what stays, buttons are verbs."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget

from gui import theme
from gui.widgets.buttons import button
from gui.widgets.frames import row
from gui.widgets.labels import label


class Question(QDialog):
    """A question with verbs for answers; Esc is the safe one. With `reason` it also asks for a short text."""

    def __init__(
        self,
        title: str,
        text: str,
        safe: str,
        *others: tuple[str, str],
        reason: str = "",
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("环改台账")
        self.setFixedWidth(theme.px(520))
        self.answer = ""
        self.reason = QLineEdit()
        self.safe = button(safe)
        self.safe.clicked.connect(self.reject)
        self.buttons: dict[str, QPushButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(theme.px(24),) * 4)
        layout.setSpacing(theme.px(12))
        layout.addWidget(label(title, "h2"))
        layout.addWidget(label(text, wrap=True))
        if reason:
            name = label(reason)
            name.setBuddy(self.reason)
            self.reason.setAccessibleName(reason)
            self.reason.textChanged.connect(self._watch)
            box = QVBoxLayout()
            box.setSpacing(theme.px(4))
            box.addLayout(row(name, label("*", "", "red"), None, gap=4))
            box.addWidget(self.reason)
            box.addWidget(label(hint, "small"))
            layout.addLayout(box)
        for word, kind in others:
            one = button(word, kind)
            one.clicked.connect(self._take)
            self.buttons[word] = one
        layout.addSpacing(theme.px(4))
        layout.addLayout(row(None, self.safe, *self.buttons.values()))
        self._needs = bool(reason)
        self._watch()
        (self.reason if reason else self.safe).setFocus()

    def ask(self) -> str:
        """Ask and wait; the word of the answer, "" for the safe one."""
        self.exec()
        return self.answer

    @Slot()
    def _watch(self) -> None:
        for one in self.buttons.values():
            one.setEnabled(not self._needs or bool(self.reason.text().strip()))

    @Slot()
    def _take(self) -> None:
        one = self.sender()
        self.answer = next((word for word, button_ in self.buttons.items() if button_ is one), "")
        self.accept()
