"""密钥恢复单: the county's keys to paper, and from paper on a new PC; 换新密钥 where a disk was copied."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit

from gui import printing, theme
from gui.dialogs.question import Question
from gui.jobs import Kind
from gui.panel import Panel
from gui.panels.exchange.pcs import Pcs
from gui.panels.record.on_behalf import with_devices
from gui.widgets.buttons import button
from gui.widgets.frames import Card, row
from gui.widgets.labels import label
from gui.widgets.notice import Notice
from models.progress import Progress
from models.services.views.devices import DeviceView
from models.services.views.home import Touched

PRINT = "写恢复单（PDF）…"
DUE = "还没有打印密钥恢复单，或者打印以后密钥又换过。"
WHY = "县里的电脑坏了、丢了，凭这张纸可以在新电脑上恢复；没有它，就要请全县重新登记。请现在写出来打印，锁进保险柜。"
MEET = "认以前的包…"
MEET_WHY = "凭恢复单恢复、又没有备份的，选各单位以前写给县里的包所在的文件夹，就认得回它们的电脑，可以再给它们写包。"
RENEW, RESTORED = "换新密钥", "只是恢复过备份"
FORKED = "对方看到：本机的台账像是恢复过备份，或者整个数据文件夹被复制到了别的电脑上。"
FORKED_WAY = "只恢复过备份的，不用做什么。两台电脑在用同一份的，请在其中一台上换新密钥，再重新登记；内容都会保留。"


class Sheet(QObject):
    """The card of the sheet: printing it where the keys are, typing it in where they are not yet."""

    def __init__(self, panel: Panel) -> None:
        super().__init__(panel)
        self._panel, self._session = panel, panel.session
        self.card = Card("密钥恢复单", pad=20, gap=10)
        self.due = Notice()
        self.due.shut.hide()
        self.print = button(PRINT, icon="write")
        self.said = label("在新电脑上恢复：照恢复单逐行录入，一行一行地抄，字母不分大小写。", wrap=True)
        self.typed = QPlainTextEdit()
        self.typed.setAccessibleName("恢复单上的各行")
        self.typed.setPlaceholderText("一行抄五组，每组四个；行首的行号也抄上")
        self.typed.setFixedHeight(theme.px(180))
        self.restore = button("恢复密钥")
        self.how = label(MEET_WHY, "small", wrap=True)
        self.meet = button(MEET, icon="folder")
        self.card.add(self.due, row(self.print, None), self.said, self.typed, row(self.restore, None))
        self.card.add(self.how, row(self.meet, None))
        self.print.clicked.connect(self._print)
        self.restore.clicked.connect(self._restore)
        self.meet.clicked.connect(self._choose_old)

    def refresh(self) -> None:
        """Look whether the newest keys are on paper."""
        county, enrolled = self._session.is_county, self._session.here.enrolled
        self.card.setVisible(county)
        for part in (self.said, self.typed, self.restore):
            part.setVisible(county and not enrolled)
        for part in (self.due, self.print, self.how, self.meet):
            part.hide()
        if county and enrolled:
            self._panel.ask(self._read, self._show)

    def _read(self, _: Progress) -> tuple[bool, bool, bool]:
        office = self._session.office
        recovery = office.recovery
        return recovery.due, recovery.possible, recovery.possible and not with_devices(office.units)

    @Slot(object)
    def _show(self, found: tuple[bool, bool, bool]) -> None:
        due, possible, alone = found
        self.card.setVisible(possible)
        self.print.setVisible(possible)
        for part in (self.how, self.meet):
            part.setVisible(alone)
        if due:
            self.due.say("warning", DUE, WHY)
        self.due.setVisible(due)

    @Slot()
    def _print(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self._panel, "恢复单写到哪里", "县密钥恢复单.pdf", "PDF (*.pdf)")
        if name:
            self.write(Path(name).with_suffix(".pdf"))

    def write(self, path: Path) -> None:
        """Write the sheet."""
        recovery = self._session.office.recovery
        self._panel.ask(lambda _: recovery.write(path, printing.pdf), self._written, kind=Kind.SAVE)

    @Slot(object)
    def _written(self, path: Path) -> None:
        self._panel.notice.say(
            "success",
            "恢复单已写好，请打印两份，然后删除这个文件。",
            f"文件：{path.name}。纸封好，锁进保险柜。",
        )
        self.refresh()
        self._session.tell(Touched("exchange"))

    @Slot()
    def _choose_old(self) -> None:
        name = QFileDialog.getExistingDirectory(self._panel, "以前的包在哪里", self._session.settings.stick)
        if name:
            recovery, folder = self._session.office.recovery, Path(name)
            self._panel.ask(lambda _: recovery.meet([folder]), self._met, kind=Kind.LONG)

    @Slot(object)
    def _met(self, names: tuple[str, ...]) -> None:
        self._panel.notice.say(
            "success", f"认出 {len(names)} 个单位的电脑：{'、'.join(names)}。",
            "现在给它们各写一个包；它们读入以后再报送，内容就都回来了。",
        )  # fmt: skip
        self._session.tell(Touched("*"))

    @Slot()
    def _restore(self) -> None:
        recovery, text = self._session.office.recovery, self.typed.toPlainText()
        self._panel.ask(lambda _: recovery.restore(text), self._restored, kind=Kind.SAVE)

    @Slot(object)
    def _restored(self, _: object) -> None:
        self.typed.clear()
        self._panel.notice.say(
            "success", "密钥已恢复，这台电脑是县里的电脑了。",
            "有台账备份的，现在恢复备份；没有的，请各单位把以前写给县里的包和新写的包送来。",
        )  # fmt: skip
        self._session.tell(Touched("*"))


class Renewal(QObject):
    """Shown where somebody saw that this disk was restored or copied."""

    def __init__(self, panel: Panel, pcs: Pcs) -> None:
        super().__init__(panel)
        self._panel, self._session, self._pcs = panel, panel.session, pcs
        self.notice = Notice()
        self.notice.shut.hide()
        self.notice.acted.connect(self._act)
        pcs.shown.connect(self._look)

    @Slot(object)
    def _look(self, devices: tuple[DeviceView, ...]) -> None:
        forks = next((one.forks for one in devices if one.this), 0)
        if forks and self._session.here.enrolled:
            self.notice.say("warning", FORKED, FORKED_WAY, RENEW, RESTORED)
        else:
            self.notice.hide()

    @Slot(str)
    def _act(self, word: str) -> None:
        if word == RESTORED:
            devices = self._session.office.devices
            self._panel.ask(lambda _: devices.fork_seen(), self._saw, kind=Kind.SAVE)
            return
        text = "台账内容都保留。换好以后要再写登记申请，县里登记之前不能与县里交换。"
        if Question("给本机换新密钥？", text, "不换", (RENEW, "primary"), parent=self._panel.window()).ask():
            self.renew()

    def renew(self) -> None:
        """Give this PC new keys."""
        devices = self._session.office.devices
        self._panel.ask(lambda _: devices.renew(), self._renewed, kind=Kind.SAVE)

    @Slot(object)
    def _renewed(self, _: object) -> None:
        self._panel.notice.say("success", "新密钥换好了。", "请接着写登记申请，交县环委办。")
        self._session.tell(Touched("*"))

    @Slot(object)
    def _saw(self, _: object) -> None:
        self._pcs.refresh()
