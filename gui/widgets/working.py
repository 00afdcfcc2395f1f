"""Work under way inside a page: one big sentence, a bar, what is done, how long it still takes, and cancel."""

from __future__ import annotations

import time

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QProgressBar

from gui import saying
from gui.widgets.buttons import button
from gui.widgets.frames import Card, row, rule
from gui.widgets.labels import label

# What packages are told to be doing → how a clerk is told; what is counted there are bytes.
OF_BYTES = {
    "打包": "正在打包",
    "写入": "正在打包",
    "写盘": "正在写入 U 盘",
    "读回校验": "正在读回来逐字节核对",
    "复制": "正在复制到本机",
    "校验": "正在核对",
    "解密": "正在打开",
    "正在写入备份": "正在写入备份",
}


def time_left(seconds: float) -> str:
    """How long something still takes, in words that do not jump."""
    tens = round(seconds / 10) * 10
    if tens < 10:
        return "马上就好"
    if tens < 60:
        return f"大约还要 {tens} 秒"
    minutes, rest = divmod(tens, 60)
    return f"大约还要 {minutes} 分 {rest} 秒" if rest else f"大约还要 {minutes} 分钟"


class Working(Card):
    """The state of a page while something long is under way."""

    stopped = Signal()

    def __init__(self, title: str, stop: str, meaning: str, *, verb: str = "已写", unit: str = "") -> None:
        """`verb` stands before bytes, `unit` behind what else is counted."""
        super().__init__(pad=28, gap=12)
        self._verb, self._unit = verb, unit
        self._doing = ""
        self.title = label(title, "title")
        self.what = label("", "quiet")
        self.whose = label("", "quiet")  # which of several it is, where there are several
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(title)
        self.amount = label("", "bold")
        self.left = label("", "quiet")
        self.stop = button(stop, icon="close")
        self.stop.clicked.connect(self._stop)
        self.meaning = label(meaning, "small", wrap=True)
        self._began = 0.0
        self.add(self.title, row(self.what, self.whose, None), self.bar, row(self.amount, None, self.left), rule())
        foot = row(self.meaning, self.stop)
        foot.setStretch(0, 1)
        self.add(foot)

    def begin(self, title: str = "") -> None:
        """Start over."""
        if title:
            self.title.setText(title)
        self._began, self._doing = time.monotonic(), ""
        self.what.setText("正在准备")
        self.whose.setText("")
        self.amount.setText("")
        self.left.setText("")
        self.bar.setRange(0, 0)
        self.stop.setEnabled(True)
        self.stop.setFocus()

    @Slot(object, object, str)
    def report(self, done: int, total: int, what: str) -> None:
        """Show how far it is."""
        if what and what != self._doing:
            self._doing, self._began = what, time.monotonic()  # another part goes at another speed
            self.what.setText(OF_BYTES.get(what, what))
        in_bytes = what in OF_BYTES
        if total <= 0:
            self.bar.setRange(0, 0)
            self.amount.setText(f"{self._verb} {saying.size(done)}" if in_bytes and done else "")
            self.left.setText("")
            return
        self.bar.setRange(0, 1000)
        self.bar.setValue(round(1000 * min(done / total, 1)))
        if in_bytes:
            self.amount.setText(f"{self._verb} {saying.size(done)}，共 {saying.size(total)}")
        else:
            self.amount.setText(f"{done} / {total} {self._unit}".strip())
        gone = time.monotonic() - self._began
        self.left.setText(time_left(gone * (total - done) / done) if done and gone > 1 else "")

    @Slot()
    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self.what.setText("正在停下…")
        self.stopped.emit()
