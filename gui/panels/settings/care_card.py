"""备份与检查 in 设置: a copy that was tried, and whether the ledger is sound, in words."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout

from gui import saying, theme
from gui.jobs import Kind
from gui.panel import Panel
from gui.panels.settings.copies import Copies
from gui.session import Session
from gui.widgets.buttons import button
from gui.widgets.folder import FolderField
from gui.widgets.frames import Card, clear, row, rule
from gui.widgets.labels import label, picture
from models.errors import LedgerError
from models.services.views.home import CheckResult

# level of a finding → icon, tone
MARK = {"note": ("info", "accent"), "warning": ("warning", "yellowText"), "damage": ("refused", "red")}
HELP = "请先备份，再与县环委办联系；不要删除数据文件夹里的任何文件。"


class CareCard(Panel):
    """Results are said here, under the buttons."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        hint = "最好是另一块硬盘或单位的 U 盘。备份写完会试着恢复一次，确认能用。"
        self.backup_to = FolderField("备份到", hint)
        self.last = label("", "quiet")
        self.backup = button("立即备份", "primary", icon="copy")
        self.quick = button("检查一下", icon="check", tip="看台账文件是否完好，几秒钟")
        self.deep = button("彻底检查", "quiet", tip="把全部记录重新算一遍再比较，记录多时要几分钟")
        self.copies = Copies(session)
        self._findings = QVBoxLayout()
        self._findings.setSpacing(theme.px(6))
        card = Card("备份与检查", pad=20, gap=10)
        card.add(self.backup_to, self.last, row(self.backup, self.quick, self.deep, None), self.notice, self._findings)
        card.add(rule(), self.copies)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)
        self.backup.clicked.connect(self._back_up)
        self.quick.clicked.connect(self._check)
        self.deep.clicked.connect(self._check_deep)

    def refresh(self) -> None:
        settings = self.session.settings
        if not self.backup_to.text.text():
            self.backup_to.put(settings.backup)
        at = settings.backed_up
        when = f"{saying.on_day(at, self.session.today)}（{saying.ago(at, self.session.today)}）" if at else ""
        self.copies.refresh()
        self._say_put_back()
        self.last.setText(f"上次备份：{when}" if when else "还没有备份过。建议每周备份一次。")

    def _say_put_back(self) -> None:
        """What became of a backup that was put back just now, or why there is no copy of today."""
        after, self.session.put_back = self.session.put_back, False
        missing = self.session.not_copied
        if isinstance(after, LedgerError):
            self.notice.refuse(after)
        elif after:
            said = "请与县里交换一次，把备份以后的内容补回来。恢复前的台账也留着，在下面的备份里。"
            self.notice.say("success", "恢复好了。", said)
        elif missing is not None:
            self.notice.say("warning", f"今天没有自动留备份。{missing.message}", missing.way_out)

    @Slot()
    def _back_up(self) -> None:
        to = self.backup_to.path
        if to is None:
            self.notice.say("warning", "还差备份到哪里。", "请选一个文件夹。")
            self.backup_to.text.setFocus()
            return
        self._start("正在备份，写完会试着恢复一次…")
        self.ask(lambda _: self.session.office.care.backup(to), self._backed_up, ended=self._rest, kind=Kind.LONG)

    @Slot(object)
    def _backed_up(self, path: Path) -> None:
        clear(self._findings)
        settings = self.session.settings
        settings.backup, settings.backed_up = str(path.parent), datetime.now().astimezone().isoformat()
        self.session.keep_settings()
        self.refresh()
        self.notice.say("success", "备份好了，并且试着恢复过一次。", f"文件：{path}")

    @Slot()
    def _check(self) -> None:
        self._look(deep=False)

    @Slot()
    def _check_deep(self) -> None:
        self._look(deep=True)

    def _look(self, *, deep: bool) -> None:
        self._start("正在检查…")
        care = self.session.office.care
        self.ask(lambda _: care.check(deep=deep), self._show_findings, ended=self._rest, kind=Kind.LONG)

    def _start(self, said: str) -> None:
        self.notice.hide()
        clear(self._findings)
        self._findings.addWidget(label(said, "quiet"))
        for one in (self.backup, self.quick, self.deep):
            one.setEnabled(False)

    @Slot(object)
    def _show_findings(self, result: CheckResult) -> None:
        clear(self._findings)
        said = "检查完了，台账完好。" if result.ok else "检查完了，有需要处理的地方。本机数据没有改动。"
        icon, tone = ("done", "green") if result.ok else MARK["damage"]
        self._findings.addLayout(row(picture(icon, tone, 18), label(said, "bold"), None))
        for one in result.findings:
            icon, tone = MARK.get(one.level, MARK["note"])
            line = row(picture(icon, tone, 16), label(one.text, wrap=True))
            line.setStretch(1, 1)
            self._findings.addLayout(line)
        if not result.ok:
            self._findings.addWidget(label(HELP, "", "red", wrap=True))

    @Slot()
    def _rest(self) -> None:
        if self.notice.isVisible() and self.notice.kind == "refusal":
            clear(self._findings)
        for one in (self.backup, self.quick, self.deep):
            one.setEnabled(True)
