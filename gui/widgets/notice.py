"""Notices live in the page, under its header: refusal, success, warning, information. Never a message box."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui import icons, theme
from gui.widgets.buttons import button
from gui.widgets.labels import label, retone
from models.errors import LedgerError

# kind → icon, its colour
_MARK = {
    "success": ("done", "green"),
    "refusal": ("refused", "red"),
    "warning": ("warning", "yellowText"),
    "info": ("info", "accent"),
}


class Notice(QWidget):
    """One bold sentence, one explaining sentence, at most three quiet buttons. Hidden, it takes no room."""

    acted = Signal(str)  # the word of the quiet button that was pressed

    def __init__(self, *margins: int) -> None:
        super().__init__()
        self.frame = QFrame()
        self.frame.setProperty("notice", "info")
        self._mark = QLabel()
        self._mark.setFixedSize(theme.px(20), theme.px(20))
        self.message = label("", "bold", wrap=True, selectable=True)
        self.way_out = label("", wrap=True, selectable=True)
        self.first = button("", "quiet", size="slim")
        self.second = button("", "quiet", size="slim")
        self.third = button("", "quiet", size="slim")
        self.shut = button("", "quiet", icon="close", tip="收起", size="square")
        self.kind = ""

        words = QVBoxLayout()
        words.setSpacing(theme.px(4))
        for sentence in (self.message, self.way_out):
            sentence.setContentsMargins(theme.px(5), 0, 0, 0)  # the words of the buttons below stand under them
        self._acts, self._beside = QHBoxLayout(), QHBoxLayout()
        for one in (self._acts, self._beside):
            one.setContentsMargins(0, 0, 0, 0)
        self._acts.addStretch(1)
        top = QHBoxLayout()
        top.addWidget(self.message, 1)
        top.addLayout(self._beside)
        words.addLayout(top)
        words.addWidget(self.way_out)
        words.addLayout(self._acts)
        line = self._line = QHBoxLayout(self.frame)
        line.setContentsMargins(theme.px(16), theme.px(10), theme.px(8), theme.px(10))
        line.setSpacing(theme.px(7))
        line.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        line.addWidget(self.shut, 0, Qt.AlignmentFlag.AlignTop)
        self._put_acts(self._acts)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(*(theme.px(part) for part in margins or (0, 0, 0, 0)))
        outer.addWidget(self.frame)
        self.first.clicked.connect(self._act_first)
        self.second.clicked.connect(self._act_second)
        self.third.clicked.connect(self._act_third)
        self.shut.clicked.connect(self.hide)
        self.hide()

    def say(self, kind: str, message: str, way_out: str = "", *acts: str) -> None:
        """Show a notice of a kind; `acts` are the words of quiet buttons."""
        self.kind = kind
        icon, tone = _MARK[kind]
        mark: QPixmap = icons.pixmap(icon, tone, 20, 2)
        self._mark.setPixmap(mark)
        self.message.setText(message)
        self.way_out.setText(way_out)
        self.way_out.setVisible(bool(way_out))
        self._put_acts(self._acts if way_out or len(acts) > 1 else self._beside)
        for one, word in zip((self.first, self.second, self.third), (*acts, "", "", ""), strict=False):
            one.setText(word)
            one.setVisible(bool(word))
        retone(self.frame, notice=kind)
        self.show()

    def _put_acts(self, line: QHBoxLayout) -> None:
        """Below the sentences; a single one beside a single sentence, which is a line less."""
        if line.indexOf(self.first) < 0:
            side = Qt.AlignmentFlag.AlignVCenter if line is self._beside else Qt.AlignmentFlag.AlignTop
            self._line.setAlignment(self._mark, side)
            for at, one in enumerate((self.first, self.second, self.third)):
                line.insertWidget(at, one)

    @Slot(object)
    def refuse(self, error: LedgerError) -> None:
        """Show a refusal: what happened, and the way out."""
        self.say("refusal", error.message, error.way_out)

    @Slot(object)
    def refuse_late(self, error: LedgerError) -> None:
        """Show a refusal of a record that one has left."""
        self.say("refusal", f"刚才离开的那一条没有保存：{error.message}", error.way_out)

    @Slot()
    def _act_first(self) -> None:
        self.acted.emit(self.first.text())

    @Slot()
    def _act_second(self) -> None:
        self.acted.emit(self.second.text())

    @Slot()
    def _act_third(self) -> None:
        self.acted.emit(self.third.text())
