"""How something long ended: done with its facts, or refused with what to do, in the place where it was begun."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gui import icons, theme
from gui.widgets.buttons import button
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


class Details(QWidget):
    """给技术人员看的信息: folded, with the number and the time always in sight."""

    def __init__(self) -> None:
        super().__init__()
        self.fold = button("给技术人员看的信息", "quiet", icon="right", size="slim")
        self.copy = button("复制", "quiet", icon="copy", size="slim")
        self.code = label("", "small")
        self.text = label("", "small", wrap=True, selectable=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(4))
        layout.addLayout(row(self.fold, self.copy, None, self.code))
        layout.addWidget(self.text)
        self.fold.clicked.connect(self._turn)
        self.copy.clicked.connect(self._copy)
        self._show(shown=False)

    def say(self, error: LedgerError) -> None:
        """Tell about a refusal."""
        at = datetime.now().astimezone()
        self.code.setText(f"编号 {error.code}\u2003{at:%m-%d %H:%M}")
        facts = "；".join(f"{name}={value}" for name, value in vars(error).items())
        self.text.setText(f"{type(error).__name__} {error.code}：{error.message}{f'（{facts}）' if facts else ''}")
        self._show(shown=False)

    def _show(self, *, shown: bool) -> None:
        self.text.setVisible(shown)
        self.copy.setVisible(shown)
        self.fold.setIcon(icons.icon("down" if shown else "right", "accent", 16))

    @Slot()
    def _turn(self) -> None:
        self._show(shown=self.text.isHidden())

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(f"{self.code.text()}\n{self.text.text()}")


class Refusal(Outcome):
    """What happened, that the data is safe, what to do."""

    def __init__(self, buttons: Sequence[QPushButton]) -> None:
        super().__init__(False, *buttons)
        self.safe = Notice()
        self.do = label("", "", wrap=True)
        self.details = Details()
        self.hold(self.safe, label("请这样做", "bold"), self.do)
        self.add(self.details)
        self.safe.say("success", "您的数据没有受影响", "本机台账没有改动。")
        self.safe.shut.hide()

    def refuse(self, error: LedgerError, safe: str = "", *then: str) -> None:
        """Show a refusal; `then` are further things to do, in their order."""
        self.say(error.message, "")
        steps = (error.way_out, *then)
        self.do.setText(
            "\n".join(f"{number}. {text}" for number, text in enumerate(steps, 1)) if then else error.way_out
        )
        self.details.say(error)
        if safe:
            self.safe.say("success", "您的数据没有受影响", safe)
            self.safe.shut.hide()
