"""Bugs: the report dialog and the hooks that lead to it. Refusals are shown by widgets/notice.py."""

from __future__ import annotations

import logging
import sys
import threading
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, QStandardPaths, Qt, QThread, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QFrame, QPlainTextEdit, QVBoxLayout, QWidget

from gui import diagnosis, theme
from gui.widgets.buttons import button
from gui.widgets.frames import column, row, rule
from gui.widgets.labels import label, picture

log = logging.getLogger(__name__)

FILE = "faults.log"
KEEP = 1_000_000  # bytes of the fault file that are kept


class Faults(QObject):
    """Takes bugs from anywhere, writes them down and tells the person at the desk once."""

    _caught = Signal(str, str, str)

    def __init__(self, home: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.home = home
        self._open: FaultDialog | None = None
        self._caught.connect(self._tell)  # queued when it comes from another thread

    def install(self) -> None:
        """Become the hook for exceptions that nobody caught, on whatever thread."""
        sys.excepthook = self.hook
        threading.excepthook = _as_on_the_main_thread

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
        number = f"HG-{now:%m%d-%H%M%S}"
        text = diagnosis.told(bug)
        log.error("fault %s\n%s", number, text)
        self._write_down(f"{number} {now.isoformat(timespec='seconds')}\n{text}\n\n")
        self._caught.emit(number, f"{now:%m-%d %H:%M}", text)

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

    @Slot(str, str, str)
    def _tell(self, number: str, when: str, text: str) -> None:
        if QThread.currentThread() is not self.thread() or self._open is not None:
            return  # one dialog is enough: the others are in the file
        self._open = FaultDialog(number, when, text, self.home, QApplication.activeWindow())
        self._open.finished.connect(self._closed)
        self._open.open()

    @Slot()
    def _closed(self) -> None:
        if self._open is not None:
            self._open.deleteLater()
        self._open = None


def _as_on_the_main_thread(failed: threading.ExceptHookArgs) -> None:
    if failed.exc_value is not None:
        sys.excepthook(failed.exc_type, failed.exc_value, failed.exc_traceback)


class FaultDialog(QDialog):
    """Says that the program met something unforeseen, that the data is safe, and what to do."""

    def __init__(self, number: str, when: str, text: str, home: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number, self._when, self._home = number, when, home
        self.setWindowTitle("环改台账")
        self.setFixedWidth(theme.px(600))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.text = QPlainTextEdit(text)
        self.text.setReadOnly(True)
        self.text.setFixedHeight(theme.px(160))
        self.text.setAccessibleName("给技术人员看的信息")
        self.more = button("给技术人员看的信息", "quiet", icon="right")
        self.copy = button("复制这些信息", icon="copy", size="slim")
        self.keep = button("存诊断包", icon="folder", size="slim")
        self.kept = label("诊断包里没有台账内容，没有姓名和电话。", "small", wrap=True)
        self.go_on = button("继续使用", "primary")
        self.folded = QWidget()
        folded = QVBoxLayout(self.folded)
        folded.setContentsMargins(0, 0, 0, 0)
        folded.setSpacing(theme.px(8))
        folded.addWidget(self.text)
        folded.addLayout(row(self.copy, self.keep, None))
        folded.addWidget(self.kept)
        self.folded.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(theme.px(24),) * 4)
        layout.setSpacing(theme.px(12))
        layout.addLayout(_said())
        layout.addWidget(_safe())
        layout.addWidget(label("请这样做", "bold"))
        layout.addWidget(label("1. 点“继续使用”，把刚才这一步再做一次。", wrap=True))
        layout.addWidget(label("2. 若还是这样，请关闭程序再打开。", wrap=True))
        layout.addWidget(label("3. 若仍不成功，请把编号告诉技术人员，并把诊断包交给他。", wrap=True))
        layout.addLayout(row(None, self.go_on))
        layout.addWidget(rule())
        layout.addLayout(row(self.more, None, label(f"编号 {number}\u2003{when}", "small", selectable=True)))
        layout.addWidget(self.folded)
        self.more.clicked.connect(self._unfold)
        self.copy.clicked.connect(self._copy)
        self.keep.clicked.connect(self._keep)
        self.go_on.clicked.connect(self.accept)
        self.go_on.setDefault(True)
        self.go_on.setFocus()

    @Slot()
    def _unfold(self) -> None:
        self.folded.setVisible(not self.folded.isVisible())
        self.adjustSize()

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(f"编号 {self._number}\u2003{self._when}\n{self.text.toPlainText()}")

    @Slot()
    def _keep(self) -> None:
        place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DesktopLocation)
        name, _ = QFileDialog.getSaveFileName(
            self, "存诊断包", str(Path(place) / f"诊断包_{self._number}.zip"), "诊断包 (*.zip)"
        )
        if not name:
            return
        try:
            diagnosis.bundle(Path(name), self._home, self._home / FILE if self._home else None)
        except OSError:
            self.kept.setText("这个位置写不进去，诊断包没有存成。请换一个文件夹再存。")
            return
        self.kept.setText(f"诊断包存好了：{name}。里面没有台账内容，可以交给技术人员。")


def _said() -> QVBoxLayout:
    words = column(
        label("刚才这一步没有做完", "title"), label("程序遇到了没有料到的情况，这一步没有写入台账。", wrap=True)
    )
    top = row(picture("refused", "red", 32), gap=16)
    top.addLayout(words, 1)
    return column(top)


def _safe() -> QFrame:
    made = QFrame()
    made.setProperty("notice", "success")
    line = row(picture("done", "green", 20), gap=12)
    line.setContentsMargins(*(theme.px(part) for part in (16, 10, 16, 10)))
    line.addLayout(column(label("您的数据没有受影响", "bold"), label("已保存的内容都在本机，没有改动。"), gap=4), 1)
    made.setLayout(line)
    return made
