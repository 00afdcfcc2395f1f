"""Bugs: the report dialog and the hooks that lead to it. Refusals are shown by widgets/notice.py."""

from __future__ import annotations

import itertools
import logging
import sys
import traceback
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from gui import theme
from gui.widgets.buttons import button
from gui.widgets.labels import label, picture

log = logging.getLogger(__name__)

FILE = "faults.log"
KEEP = 1_000_000  # bytes of the fault file that are kept


class Faults(QObject):
    """Takes bugs from anywhere, writes them down and tells the person at the desk once."""

    _caught = Signal(str, str)

    def __init__(self, home: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.home = home
        self._numbers = itertools.count(1)
        self._open: FaultDialog | None = None
        self._caught.connect(self._tell)  # queued when it comes from another thread

    def install(self) -> None:
        """Become the hook for exceptions that nobody caught."""
        sys.excepthook = self.hook

    def hook(self, kind: type[BaseException], bug: BaseException, trace: TracebackType | None) -> None:
        """Take what reached the top of the program."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, bug, trace)
            return
        self.show(bug)

    @Slot(object)
    def show(self, bug: BaseException) -> None:
        """Write a bug down and show it."""
        now = datetime.now().astimezone()
        number = f"HG-{now:%m%d}{next(self._numbers):02d}"
        text = "".join(traceback.format_exception(bug))
        log.error("fault %s\n%s", number, text)
        self._write_down(f"{number} {now.isoformat(timespec='seconds')}\n{text}\n")
        self._caught.emit(f"编号 {number}\u2003{now:%m-%d %H:%M}", text)

    def _write_down(self, text: str) -> None:
        if self.home is None or not self.home.is_dir():
            return
        file = self.home / FILE
        try:
            if file.exists() and file.stat().st_size > KEEP:
                file.replace(file.with_suffix(".old.log"))
            with file.open("a", encoding="utf-8") as out:
                out.write(text)
        except OSError:
            log.warning("the fault could not be written down")

    @Slot(str, str)
    def _tell(self, number: str, text: str) -> None:
        if QThread.currentThread() is not self.thread() or self._open is not None:
            return  # one dialog is enough: the others are in the file
        self._open = FaultDialog(number, text, QApplication.activeWindow())
        self._open.finished.connect(self._closed)
        self._open.open()

    @Slot()
    def _closed(self) -> None:
        if self._open is not None:
            self._open.deleteLater()
        self._open = None


class FaultDialog(QDialog):
    """Says that the program met something unforeseen, that the data is safe, and what to do."""

    def __init__(self, number: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("环改台账")
        self.setMinimumWidth(theme.px(560))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.text = QPlainTextEdit(text)
        self.text.setReadOnly(True)
        self.text.setMinimumHeight(theme.px(180))
        self.text.hide()
        self.more = button("给技术人员看的信息", "quiet", icon="right")
        self.copy = button("复制这些信息", icon="copy")
        self.go_on = button("继续使用", "primary")
        self.more.clicked.connect(self._unfold)
        self.copy.clicked.connect(self._copy)
        self.go_on.clicked.connect(self.accept)

        top = QHBoxLayout()
        top.setSpacing(theme.px(12))
        top.addWidget(picture("refused", "red", 32), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(theme.px(8))
        words.addWidget(label("刚才这一步没有做完", "title"))
        words.addWidget(label("程序遇到了没有料到的情况。这一步没有写入台账，已保存的内容都还在。", wrap=True))
        words.addWidget(label("请再试一次；若仍不成功，请把下面的编号告诉技术人员。", wrap=True))
        top.addLayout(words, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.more)
        foot.addStretch()
        foot.addWidget(label(number, "small"))
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.copy)
        buttons.addWidget(self.go_on)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(theme.px(24),) * 4)
        layout.setSpacing(theme.px(12))
        layout.addLayout(top)
        layout.addLayout(foot)
        layout.addWidget(self.text)
        layout.addLayout(buttons)
        self._number = number
        self.go_on.setFocus()

    @Slot()
    def _unfold(self) -> None:
        self.text.setVisible(not self.text.isVisible())
        self.adjustSize()

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(f"{self._number}\n{self.text.toPlainText()}")
