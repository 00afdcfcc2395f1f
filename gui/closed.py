"""What is shown when the ledger cannot be opened now: what happened, that the data is safe, what to do."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from gui import theme
from gui.widgets.buttons import button
from gui.widgets.outcome import Refusal
from models.errors import LedgerError


class Unexpected(LedgerError):
    """A bug met while the ledger was opened; its trace is in the log."""

    code = "H190"
    title = "打开台账时程序出了意外。"

    @property
    def message(self) -> str:
        return "打开台账时程序出了意外。本机数据未改动，经过已写入日志。"

    @property
    def way_out(self) -> str:
        return "请再试一次；还是打不开，请把数据文件夹里的日志交给技术人员。"


GONE = "H117"  # the refusal that means: the ledger is gone, the keys are there
DAMAGED = frozenset({"H104", "H108", GONE})  # the refusals that a backup helps against


class Closed(QWidget):
    """One refusal, and a button to try again; where the ledger is damaged or gone, one to put a backup in its place."""

    retried = Signal()
    putting_back = Signal(object)  # Path
    beginning = Signal()  # a ledger is to be set up anew

    def __init__(self, error: LedgerError, home: Path) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setWindowTitle("环改台账")
        self.resize(theme.px(760), theme.px(460))
        self.leave = button("关闭")
        self.again = button("再试一次", "primary", icon="refresh")
        self.back = button("用备份恢复…", icon="clock")
        self._home = home
        self.anew = button("重新建立台账…")
        parts = [self.leave]
        parts += [self.anew] if error.code == GONE else []
        parts += [self.back] if error.code in DAMAGED else []
        card = Refusal((*parts, self.again))
        card.refuse(error)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(theme.px(24),) * 4)
        layout.addWidget(card)
        layout.addStretch(1)
        self.again.clicked.connect(self.retried)
        self.leave.clicked.connect(self.close)
        self.back.clicked.connect(self._choose)
        self.anew.clicked.connect(self.beginning)
        self.again.setFocus()

    @Slot()
    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "选择备份文件", str(self._home / "backups"), "台账备份 (*.db)")
        if name:
            self.putting_back.emit(Path(name))
