"""The county's side of the enrolment: look at a request, approve it, read the digits over the telephone."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Slot

from gui import icons, saying
from gui.jobs import Kind
from gui.panel import Panel
from gui.widgets.buttons import button
from gui.widgets.choice import Choice
from gui.widgets.digits import Digits
from gui.widgets.facts import Facts
from gui.widgets.folder import FolderField
from gui.widgets.frames import Card, row
from gui.widgets.labels import label, retone
from gui.widgets.notice import Notice
from models.progress import Progress
from models.services.views.exchange import PackageCard
from models.services.views.home import Touched, UnitView

FURTHER = "这是县里的又一台电脑"
FURTHER_MEANS = "登记以后它与本机一样，能登记、停用全县的电脑，能下发。请只登记本单位自己的电脑。"
FILES = "数据包 (*.hgb);;所有文件 (*)"


class Approval(QObject):
    """One request, one PC."""

    def __init__(self, panel: Panel) -> None:
        super().__init__(panel)
        self._panel, self._session = panel, panel.session
        self._card: PackageCard | None = None
        self._units: tuple[UnitView, ...] = ()
        self.approval = Card("登记一台电脑", pad=20, gap=10)
        self.file = FolderField("登记申请", "各单位写在 U 盘上的登记申请，一个文件登记一台电脑。", file=FILES)
        self.look = button("查看申请", "primary", icon="search")
        self.found = Facts(gap=6, label_width=104)
        self.unit = Choice()
        self.unit.setAccessibleName("登记给哪个单位")
        self.unit_name = label("登记给哪个单位")
        self.unit_name.setBuddy(self.unit)
        self.to = FolderField("欢迎包写到哪里", "欢迎包里有县里的钥匙和这个单位的全部内容，写回同一个 U 盘即可。")
        self.to.put(self._session.settings.stick)
        self.check = Notice()
        self.check.shut.hide()
        self.approve = button("登记，写欢迎包", "primary", icon="check")
        self.code_said = label("", "", wrap=True)
        self.code = Digits()
        self.approval.add(
            self.file, row(self.look, None), self.found, self.unit_name, self.unit, self.to, self.check,
            row(self.approve, None), self.code_said, self.code,
        )  # fmt: skip
        self.cards = (self.approval,)
        self.folders = (self.to,)
        self._forget()
        self.look.clicked.connect(self._look)
        self.approve.clicked.connect(self._approve)

    def refresh(self) -> None:
        """Learn which units there are."""
        self._panel.ask(self._read_units, self._show_units)

    def look_at(self, path: Path) -> None:
        """Look at a request."""
        self.file.put(path)
        self._look()

    def _read_units(self, _: Progress) -> tuple[UnitView, ...]:
        return tuple(self._session.office.units.list())

    @Slot(object)
    def _show_units(self, units: tuple[UnitView, ...]) -> None:
        self._units = units
        self.unit.clear()
        for one in self._units:
            self.unit.addItem(f"{one.name}（{one.code}）", one.code)
        self._choose_unit()

    def _choose_unit(self) -> None:
        if self._card is not None:
            self.unit.setCurrentIndex(self.unit.findData(self._card.sender))

    @Slot()
    def _look(self) -> None:
        path = self.file.path
        if path is None:
            self._panel.notice.say("warning", "还没有选文件。", "请选 U 盘上的登记申请。")
            return
        self._panel.notice.hide()
        self._forget()
        enrolment = self._session.office.enrolment
        self._panel.ask(lambda _: enrolment.look(path), self._found)

    @Slot(object)
    def _found(self, card: PackageCard) -> None:
        self._card = card
        facts: list[tuple[str, str] | tuple[str, str, str]] = [
            ("来自", f"{card.sender_name or card.sender}（{card.sender}）"), ("写的时间", saying.moment(card.made)),
        ]  # fmt: skip
        if card.replaces:
            facts.append(("换了新密钥", f"登记以后，它原来的身份 {card.replaces[:8].upper()} 就停用", "orange"))
        self.found.show_facts(facts)
        for part in (self.found, self.unit, self.unit_name, self.to, self.approve):
            part.show()
        self.to.put(card.path.parent)  # the answer goes back on the stick that the request came on
        self._choose_unit()
        retone(self.look, kind="")
        self.look.setIcon(icons.icon("search", "text2", 16))
        known = any(one.code == card.sender for one in self._units)
        if known and card.sender == self._session.here.unit:
            self.check.say("warning", FURTHER, FURTHER_MEANS)
        elif known:
            self.check.say("info", "请先确认是谁送来的", "只登记本人送来、或电话里确认过的申请。")
        else:
            text = f"请先到“设置”里添加代码为 {card.sender} 的单位，再回来登记。"
            self.check.say("warning", f"单位名单里还没有“{card.sender_name or card.sender}”。", text)
        self.check.shut.hide()
        self.approve.setEnabled(known)

    @Slot()
    def _approve(self) -> None:
        card, to, unit = self._card, self.to.path, str(self.unit.currentData() or "")
        if card is None or not unit:
            return
        if to is None:
            self._panel.notice.say("warning", "还差写到哪里。", "请选 U 盘上的一个文件夹。")
            return
        enrolment = self._session.office.enrolment
        self._panel.ask(lambda _: enrolment.approve(card.path, unit, to), self._approved, kind=Kind.LONG)

    @Slot(object)
    def _approved(self, found: tuple[Path, str]) -> None:
        path, fingerprint = found
        self._forget()
        self._panel.notice.say("success", "登记好了，欢迎包已写到 U 盘，可以拔出 U 盘了。", f"文件：{path.name}")
        self.code_said.setText(
            "对方读入欢迎包时会看到一个 24 位号码，应当与下面的一样。请打电话核对，一组一组地念，一致才登记："
        )
        self.code_said.show()
        self.code.show_digits(fingerprint)
        self.code.show()
        self._session.tell(Touched("unit"))

    def _forget(self) -> None:
        self._card = None
        hidden = (self.found, self.unit, self.unit_name, self.to, self.approve, self.check, self.code, self.code_said)
        for part in hidden:
            part.hide()
