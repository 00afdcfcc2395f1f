"""How something long ended: done with its facts, or refused with what to do, in the place where it was begun."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gui import theme
from gui.widgets.frames import Card, row, rule
from gui.widgets.labels import label, picture
from gui.widgets.notice import Notice
from models.errors import LedgerError


class Outcome(Card):
    """A big sentence with its mark, room for facts, what comes next, and buttons."""

    def __init__(self, good: bool, *buttons: QPushButton) -> None:  # noqa: FBT001 - two outcomes
        super().__init__(pad=28, gap=14)
        self.title = label("", "title", wrap=True)
        self.text = label("", "quiet", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(self.title)
        words.addWidget(self.text)
        top = QHBoxLayout()
        top.setSpacing(theme.px(16))
        top.addWidget(
            picture("done" if good else "refused", "green" if good else "red", 40), 0, Qt.AlignmentFlag.AlignTop
        )
        top.addLayout(words, 1)
        self.add(top)
        self.middle = QVBoxLayout()
        self.middle.setSpacing(theme.px(10))
        self.add(self.middle)
        self.next = Notice()
        self.next.shut.hide()
        self.add(self.next, rule())
        *others, last = buttons
        self.add(row(*others, None, last))
        self.first = last

    def say(self, title: str, text: str) -> None:
        """Change the sentences."""
        self.title.setText(title)
        self.text.setText(text)
        self.text.setVisible(bool(text))

    def hold(self, *parts: QWidget) -> None:
        """Show facts in the middle."""
        for part in parts:
            self.middle.addWidget(part)


class Refusal(Outcome):
    """What happened, that the data is safe, what to do."""

    def __init__(self, buttons: Sequence[QPushButton]) -> None:
        super().__init__(False, *buttons)
        self.safe = Notice()
        self.safe.say("success", "您的数据没有受影响", "本机台账没有改动。")
        self.safe.shut.hide()
        self.code = label("", "small")
        self.do = label("", "", wrap=True)
        self.hold(self.safe, label("请这样做", "bold"), self.do, self.code)

    def refuse(self, error: LedgerError, safe: str = "") -> None:
        """Show a refusal."""
        self.say(error.message, "")
        self.do.setText(error.way_out)
        self.code.setText(f"编号 {error.code}")
        if safe:
            self.safe.say("success", "您的数据没有受影响", safe)
            self.safe.shut.hide()
