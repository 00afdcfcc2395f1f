"""数据交换 → 设备与登记: how a PC becomes known to the county, with 24 digits that are read over the telephone."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout

from gui import icons, saying, theme
from gui.page import Panel
from gui.session import Session
from gui.widgets.buttons import GAP, button
from gui.widgets.facts import Facts
from gui.widgets.folder import FolderField
from gui.widgets.frames import Card, Scroller, row
from gui.widgets.labels import label, retone
from gui.widgets.notice import Notice
from models.errors import LedgerError
from models.progress import Progress
from models.services.views import PackageCard, Touched, UnitView

NO_REQUEST = "S111"  # the refusal to look at what is no request
DIGITS = 24
FILES = "数据包 (*.hgb);;所有文件 (*)"


class EnrolPanel(Panel):
    """Two desks: the township asks and accepts, the county approves."""

    notice_margins = (0, 0, 0, 0)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.scroller = Scroller()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.scroller)
        self.scroller.body.addWidget(self.notice)
        self.here = Card("本机", pad=20)
        self.facts = Facts(gap=6, label_width=104)
        self.here.add(self.facts)
        self.code = label("", "code", selectable=True)
        self.code_said = label("", "small", wrap=True)
        self._card: PackageCard | None = None
        if session.is_county:
            self._make_county()
        else:
            self._make_township()
        for card in self._cards():
            card.setMaximumWidth(theme.px(800))
            self.scroller.body.addWidget(card)
        self.scroller.body.addStretch(1)

    def _cards(self) -> list[Card]:
        return [self.approval, self.here] if self.session.is_county else [self.request, self.welcome, self.here]

    # ------------------------------------------------------------------------------------- township

    def _make_township(self) -> None:
        self.request = Card("第一步  写登记申请", pad=20, gap=10)
        self.request_to = FolderField("写到哪里", "插好 U 盘，选它上面的文件夹，然后把 U 盘交给县环委办。")
        self.request_to.put(self.session.settings.stick)
        self.ask_for = button("写登记申请", "primary", icon="write")
        self.request.add(self.request_to, row(self.ask_for, None))
        self.welcome = Card("第二步  读入县里的欢迎包", pad=20, gap=10)
        self.welcome_file = FolderField("欢迎包", "县里登记之后，会在同一个 U 盘上写一个欢迎包。", file=FILES)
        self.look = button("查看欢迎包", icon="search")
        self.found = Facts(gap=6, label_width=104)
        self.found.hide()
        self.check = Notice()
        self.check.shut.hide()
        self.accept = button("号码一致，登记", "primary", icon="check")
        self.accept.hide()
        self.digits = QLineEdit()
        self.digits.setPlaceholderText("县里在电话里报的 24 位号码，空格可有可无")
        self.digits.setAccessibleName("24 位号码")
        self.digits.setMaximumWidth(theme.px(360))
        self.digits.textChanged.connect(self._watch_digits)
        self.digits.hide()
        self.welcome.add(
            self.welcome_file, self.found, self.code, self.check, self.digits, row(self.look, self.accept, None)
        )
        self.code.hide()
        self.ask_for.clicked.connect(self._request)
        self.look.clicked.connect(self._look)
        self.accept.clicked.connect(self._accept)

    @Slot()
    def _request(self) -> None:
        to = self.request_to.path
        if to is None:
            self.notice.say("warning", "还差写到哪里。", "请选 U 盘上的一个文件夹。")
            return
        self.session.settings.stick = str(to)
        self.ask(lambda _: self.session.office.enrolment.request(to), self._requested)

    @Slot(object)
    def _requested(self, path: Path) -> None:
        self.notice.say(
            "success", "登记申请已写好，可以拔出 U 盘了。", f"文件：{path.name}。请交给县环委办，等他们写回欢迎包。"
        )

    @Slot()
    def _accept(self) -> None:
        card = self._card
        if card is None:
            return
        enrolment, digits = self.session.office.enrolment, card.fingerprint or self.digits.text().strip()
        self.ask(lambda _: enrolment.accept(card.path, digits), self._accepted)

    @Slot()
    def _watch_digits(self) -> None:
        """Registering needs the number: seen and compared, or typed as it was read out."""
        seen = self._card is not None and bool(self._card.fingerprint)
        self.accept.setEnabled(seen or sum(letter.isdigit() for letter in self.digits.text()) == DIGITS)

    @Slot(object)
    def _found_nothing(self, error: LedgerError) -> None:
        """A welcome that cannot be looked at before it is accepted is accepted by the number that is read out."""
        path = None if self.session.is_county else self.welcome_file.path
        if error.code != NO_REQUEST or path is None:
            self.notice.refuse(error)
            return
        self._found(PackageCard(path, "new", ""))

    @Slot(object)
    def _accepted(self, _: object) -> None:
        self._forget()
        self.notice.say("success", "登记好了，现在可以报送了。", "县里给本单位的内容已经读入。")
        self.session.tell(Touched("*"))
        self.refresh()

    # ------------------------------------------------------------------------------------- county

    def _make_county(self) -> None:
        self.approval = Card("登记一台电脑", pad=20, gap=10)
        self.file = FolderField("登记申请", "各单位写在 U 盘上的登记申请，一个文件登记一台电脑。", file=FILES)
        self.look = button("查看申请", "primary", icon="search")
        self.found = Facts(gap=6, label_width=104)
        self.found.hide()
        self.unit = QComboBox()
        self.unit.setAccessibleName("登记给哪个单位")
        self.unit_name = label("登记给哪个单位")
        self.unit_name.setBuddy(self.unit)
        self.to = FolderField("欢迎包写到哪里", "欢迎包里有县里的钥匙和这个单位的全部内容，写回同一个 U 盘即可。")
        self.to.put(self.session.settings.stick)
        self.check = Notice()
        self.check.shut.hide()
        self.approve = button("登记，写欢迎包", "primary", icon="check")
        self.approval.add(
            self.file, row(self.look, None), self.found, self.unit_name, self.unit, self.to, row(self.approve, None),
            self.code_said, self.code, self.check,
        )  # fmt: skip
        self._show_approval(False)
        self.code.hide()
        self.code_said.hide()
        self.look.clicked.connect(self._look)
        self.approve.clicked.connect(self._approve)

    def _show_approval(self, shown: bool) -> None:  # noqa: FBT001
        for part in (self.found, self.unit, self.unit_name, self.to, self.approve):
            part.setVisible(shown)

    @Slot()
    def _approve(self) -> None:
        card, to, unit = self._card, self.to.path, str(self.unit.currentData() or "")
        if card is None or to is None or not unit:
            if unit:
                self.notice.say("warning", "还差写到哪里。", "请选 U 盘上的一个文件夹。")
            else:
                self.notice.say("warning", "还没有这个单位。", "请先到“设置”里添加这个单位，代码要与申请一致。")
            return
        enrolment = self.session.office.enrolment
        self.ask(lambda _: enrolment.approve(card.path, unit, to), self._approved)

    @Slot(object)
    def _approved(self, found: tuple[Path, str]) -> None:
        path, fingerprint = found
        self._show_approval(False)
        self.look.setVisible(True)
        self.notice.say("success", "登记好了，欢迎包已写到 U 盘，可以拔出 U 盘了。", f"文件：{path.name}")
        self.code_said.setText("对方读入欢迎包时会看到一个 24 位号码，应当与下面的一样。请打电话核对，一致才登记：")
        self.code_said.show()
        self.code.setText(fingerprint)
        self.code.show()
        self.session.tell(Touched("unit"))

    # ------------------------------------------------------------------------------------- both

    def refresh(self) -> None:
        here = self.session.here
        facts: list[tuple[str, str] | tuple[str, str, str]] = [
            ("单位", f"{here.name}（{here.unit}）"),
            ("这台电脑", here.device[:8].upper()),
        ]
        if here.enrolled and here.kind != "county":
            facts.append(("县里", here.county, "green"))
        elif not here.enrolled:
            facts.append(("县里", "还没有登记", "orange"))
        if here.fingerprint:
            facts.append(("24 位号码", here.fingerprint))
        self.facts.show_facts(facts)
        if self.session.is_county:
            self.ask(self._units, self._show_units)
        else:
            self.request.setVisible(not here.enrolled)
            self.welcome.setVisible(not here.enrolled)

    def look_at(self, path: Path) -> None:
        """Look at a request or a welcome package that was found elsewhere."""
        (self.file if self.session.is_county else self.welcome_file).put(path)
        self._look()

    def _units(self, _: Progress) -> tuple[UnitView, ...]:
        return tuple(self.session.office.units.list())

    @Slot(object)
    def _show_units(self, units: tuple[UnitView, ...]) -> None:
        self.unit.clear()
        for one in units:
            if one.kind != "county":
                self.unit.addItem(f"{one.name}（{one.code}）", one.code)
        self._choose_unit()

    def _choose_unit(self) -> None:
        if self._card is not None:
            self.unit.setCurrentIndex(self.unit.findData(self._card.sender))

    @Slot()
    def _look(self) -> None:
        path = (self.file if self.session.is_county else self.welcome_file).path
        if path is None:
            self.notice.say("warning", "还没有选文件。", "请选 U 盘上的文件。")
            return
        self.notice.hide()
        self._forget()
        enrolment = self.session.office.enrolment
        self.ask(lambda _: enrolment.look(path), self._found, refused=self._found_nothing)

    def _forget(self) -> None:
        self._card = None
        self.code.hide()
        self.code_said.hide()
        self.found.hide()
        self.check.hide()
        if self.session.is_county:
            self._show_approval(False)
        else:
            self.accept.hide()
            self.digits.hide()
            self.digits.clear()
            self.look.show()

    @Slot(object)
    def _found(self, card: PackageCard) -> None:
        self._card = card
        facts: list[tuple[str, str] | tuple[str, str, str]] = [
            ("来自", f"{card.sender_name or card.sender}（{card.sender}）" if card.sender else saying.MISSING),
            ("写的时间", saying.moment(card.made)),
        ]
        self.found.show_facts(facts)
        self.found.show()
        if card.fingerprint:
            self.code.setText(card.fingerprint)
            self.code.show()
        if self.session.is_county:
            self._show_approval(True)
            self._choose_unit()
            retone(self.look, kind="")
            self.look.setIcon(icons.icon("search", "text2", 16))
            self.code_said.setText("这台电脑的号码：")
            self.code_said.setVisible(bool(card.fingerprint))
            self.check.say("info", "请先确认是谁送来的", "只登记本人送来、或电话里确认过的申请。")
        else:
            self.accept.show()
            self.look.hide()
            retone(self.ask_for, kind="")
            self.ask_for.setIcon(icons.icon("write", "text2", 16))
            self.digits.setVisible(not card.fingerprint)
            self.accept.setText(f"{GAP}号码一致，登记" if card.fingerprint else f"{GAP}登记")
            said = "请打电话与县环委办核对这个号码" if card.fingerprint else "请打电话给县环委办，照他们报的号码填写"
            self.check.say("info", said, "一致才登记；不一致请不要登记，先问清楚这个 U 盘的来处。")
            self._watch_digits()
        self.check.shut.hide()
