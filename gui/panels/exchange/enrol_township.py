"""The township's side of the enrolment: write a request, compare the digits, accept the welcome."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QLineEdit

from gui import icons, saying, theme
from gui.jobs import Kind
from gui.panel import Panel
from gui.widgets.buttons import GAP, button
from gui.widgets.digits import COUNT, Digits, lacking, plain
from gui.widgets.facts import Facts
from gui.widgets.folder import FolderField
from gui.widgets.frames import Card, row
from gui.widgets.labels import label, retone
from gui.widgets.notice import Notice
from models.errors import LedgerError
from models.services.views.exchange import PackageCard
from models.services.views.home import Touched

NO_REQUEST = "S111"  # the refusal to look at what is no request
FILES = "数据包 (*.hgb);;所有文件 (*)"


class Asking(QObject):
    """Two steps: 写登记申请, 读入欢迎包."""

    def __init__(self, panel: Panel) -> None:
        super().__init__(panel)
        self._panel, self._session = panel, panel.session
        self._card: PackageCard | None = None
        self.request = Card("第一步  写登记申请", pad=20, gap=10)
        self.request_to = FolderField("写到哪里", "插好 U 盘，选它上面的文件夹，然后把 U 盘交给县环委办。")
        self.request_to.put(self._session.settings.stick)
        self.ask_for = button("写登记申请", "primary", icon="write")
        self.request.add(self.request_to, row(self.ask_for, None))
        self.welcome = Card("第二步  读入县里的欢迎包", pad=20, gap=10)
        self.file = FolderField("欢迎包", "县里登记之后，会在同一个 U 盘上写一个欢迎包。", file=FILES)
        self.look = button("查看欢迎包", icon="search")
        self.found = Facts(gap=6, label_width=104)
        self.code = Digits()
        self.check = Notice()
        self.check.shut.hide()
        self.digits = QLineEdit()
        self.digits.setPlaceholderText("县里在电话里报的 24 位号码，空格可有可无")
        self.digits.setAccessibleName(f"{COUNT} 位号码")
        self.digits.setMaximumWidth(theme.px(360))
        self.digits_wrong = label("", "small", "orange", wrap=True)
        self.accept = button("号码一致，登记", "primary", icon="check")
        self.differs = button("号码不一致")
        self.welcome.add(
            self.file, self.found, self.code, self.check, self.digits, self.digits_wrong,
            row(self.look, self.accept, self.differs, None),
        )  # fmt: skip
        self.cards = (self.request, self.welcome)
        self.folders = (self.request_to,)
        self._forget()
        self.ask_for.clicked.connect(self._request)
        self.look.clicked.connect(self._look)
        self.accept.clicked.connect(self._accept)
        self.differs.clicked.connect(self._say_what_to_do)
        self.digits.textChanged.connect(self._watch)

    def refresh(self) -> None:
        """Nothing is left to do once the PC is enrolled."""
        enrolled = self._session.here.enrolled
        for card in self.cards:
            card.setVisible(not enrolled)

    def look_at(self, path: Path) -> None:
        """Look at a welcome package."""
        self.file.put(path)
        self._look()

    @Slot()
    def _request(self) -> None:
        to = self.request_to.path
        if to is None:
            self._panel.notice.say("warning", "还差写到哪里。", "请选 U 盘上的一个文件夹。")
            return
        self._session.settings.stick = str(to)
        enrolment = self._session.office.enrolment
        self._panel.ask(lambda _: enrolment.request(to), self._requested, kind=Kind.SAVE)

    @Slot(object)
    def _requested(self, path: Path) -> None:
        self._panel.notice.say(
            "success", "登记申请已写好，可以拔出 U 盘了。", f"文件：{path.name}。请交给县环委办，等他们写回欢迎包。"
        )

    @Slot()
    def _look(self) -> None:
        path = self.file.path
        if path is None:
            self._panel.notice.say("warning", "还没有选文件。", "请选 U 盘上的欢迎包。")
            return
        self._panel.notice.hide()
        self._forget()
        enrolment = self._session.office.enrolment
        self._panel.ask(lambda _: enrolment.look(path), self._found, refused=self._found_nothing)

    @Slot(object)
    def _found_nothing(self, error: LedgerError) -> None:
        """A welcome that cannot be looked at before it is accepted is accepted by the number that is read out."""
        if error.code != NO_REQUEST or self.file.path is None:
            self._panel.notice.refuse(error)
            return
        self._found(PackageCard(self.file.path, "new", ""))

    @Slot(object)
    def _found(self, card: PackageCard) -> None:
        self._card = card
        self.found.show_facts([
            ("来自", f"{card.sender_name or card.sender}（{card.sender}）" if card.sender else saying.MISSING),
            ("写的时间", saying.moment(card.made)),
        ])  # fmt: skip
        seen = bool(card.fingerprint)
        self.code.show_digits(card.fingerprint)
        for part, shown in (
            (self.found, True), (self.code, seen), (self.digits, not seen), (self.accept, True),
            (self.differs, seen), (self.look, False),
        ):  # fmt: skip
            part.setVisible(shown)
        retone(self.ask_for, kind="")
        self.ask_for.setIcon(icons.icon("write", "text2", 16))
        self.accept.setText(f"{GAP}号码一致，登记" if seen else f"{GAP}登记")
        title = "请打电话与县环委办逐组核对这个号码" if seen else "请打电话给县环委办，照他们报的号码填写"
        self.check.say("info", title, "六组，每组四位。一致才登记；不一致请不要登记，先问清楚这个 U 盘的来处。")
        self.check.shut.hide()
        self._watch()

    @Slot()
    def _watch(self) -> None:
        """Registering needs the number: seen and compared, or typed as it was read out."""
        seen = self._card is not None and bool(self._card.fingerprint)
        wrong = "" if seen else lacking(self.digits.text())
        self.digits_wrong.setText(wrong)
        self.digits_wrong.setVisible(bool(wrong))
        self.accept.setEnabled(seen or (not wrong and len(plain(self.digits.text())) == COUNT))

    @Slot()
    def _accept(self) -> None:
        card = self._card
        if card is None:
            return
        enrolment, digits = self._session.office.enrolment, card.fingerprint or plain(self.digits.text())
        self._panel.ask(lambda _: enrolment.accept(card.path, digits), self._accepted, kind=Kind.LONG)

    @Slot(object)
    def _accepted(self, _: object) -> None:
        self._forget()
        if self._session.is_county:
            self._panel.notice.say("success", "登记好了，这台也是县里的电脑了。", "县里的密钥和全部内容已经读入。")
        else:
            self._panel.notice.say("success", "登记好了，现在可以报送了。", "县里给本单位的内容已经读入。")
        self._session.tell(Touched("*"))
        self._panel.refresh()

    @Slot()
    def _say_what_to_do(self) -> None:
        self._forget()
        self._panel.notice.say(
            "warning",
            "号码不一致，没有登记，本机数据未改动。",
            "请不要使用这个欢迎包，让县环委办当面或电话确认后重新写一个。",
        )

    def _forget(self) -> None:
        self._card = None
        self.digits.clear()
        hidden = (self.found, self.code, self.check, self.digits, self.digits_wrong, self.accept, self.differs)
        for part in hidden:
            part.hide()
        self.look.show()
