"""The copies that the program keeps by itself, and putting one back: in 设置, under 备份与检查."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QFileDialog, QVBoxLayout

from gui import saying, theme
from gui.dialogs.question import Question
from gui.panel import Panel
from gui.session import Session
from gui.widgets.buttons import button
from gui.widgets.choice import Choice
from gui.widgets.frames import row
from gui.widgets.labels import label
from models.domain import words
from models.services.views.home import Backup

ABOUT = (
    "程序每天、读取数据包之前和升级之前自动在本机留一份，各留最近 10 份。"
    "备份里是台账和往来记录；密钥、照片和文书模板不在里面，它们在数据文件夹里。电脑坏了，本机的备份也没了，所以还要备份到别处。"
)
MEANING = (
    "台账会回到那时的样子。现在的台账先另留一份，随时可以再恢复回来。"
    "恢复后请与县里交换一次：县里已有而本机缺少的内容会自动补回来；还没有报送的内容不会回来。"
)


class Copies(Panel):
    """Which copies there are; a person chooses one, or a file from elsewhere, and is asked once more."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.choice = Choice()
        self.choice.setAccessibleName("本机自动留的备份")
        self.back = button("恢复这一份…", icon="clock", tip="把台账换成这一份备份")
        self.elsewhere = button("用别处的备份恢复…", "quiet", icon="file", tip="U 盘或别的硬盘上的备份文件")
        self.none = label("本机还没有自动留的备份。", "quiet")
        name = label("本机自动留的备份")
        name.setBuddy(self.choice)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(6))
        layout.addWidget(name)
        layout.addLayout(row(self.choice, self.none, self.back, self.elsewhere, None))
        layout.addWidget(label(ABOUT, "small", wrap=True))
        layout.addWidget(self.notice)
        self.back.clicked.connect(self._back)
        self.elsewhere.clicked.connect(self._from_elsewhere)
        self._show(())

    def refresh(self) -> None:
        self.ask(lambda _: self.session.office.care.kept(), self._show)

    @Slot(object)
    def _show(self, kept: tuple[Backup, ...]) -> None:
        self.choice.clear()
        for one in kept:
            self.choice.addItem(f"{one.made}　{words.COPY_WHY[one.why]}　{saying.size(one.bytes)}", one)
        self.choice.setVisible(bool(kept))
        self.back.setVisible(bool(kept))
        self.none.setVisible(not kept)

    @Slot()
    def _back(self) -> None:
        one: Backup = self.choice.currentData()
        self._put_back(one.path, f"恢复到 {one.made} 的备份吗？")

    @Slot()
    def _from_elsewhere(self) -> None:
        folder = self.session.settings.backup
        name, _ = QFileDialog.getOpenFileName(self, "选择备份文件", folder, "台账备份 (*.db)")
        if name:
            self._put_back(Path(name), f"用“{Path(name).name}”恢复台账吗？")

    def _put_back(self, file: Path, title: str) -> None:
        if Question(title, MEANING, "不恢复", ("恢复", "danger"), parent=self.window()).ask():
            # The window goes meanwhile: not from within a signal of one of its own buttons.
            QTimer.singleShot(0, self.session, lambda: self.session.putting_back.emit(file))
