"""Who is it? Asked at the start, and again after a while without a key, where this PC has users."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from gui import theme
from gui.dialogs.question import Question
from gui.jobs import Job, Kind
from gui.panels.settings.users_card import CODE
from gui.session import Session
from gui.widgets.buttons import button
from gui.widgets.frames import Card, row, rule
from gui.widgets.labels import label
from gui.widgets.notice import Notice
from models.domain import words
from models.errors import LedgerError
from models.services.views.users import UserView

WIDE = 420


class SignIn(QWidget):
    """One card: a name, a secret. The ledger is not seen meanwhile, and work under way goes on."""

    signed = Signal()

    def __init__(self, session: Session, users: Sequence[UserView], last: str = "") -> None:
        """`last`: who signed in before; chosen beforehand."""
        super().__init__()
        self.setObjectName("page")
        self.setWindowTitle("环改台账 - 登录")
        self.resize(theme.px(1000), theme.px(640))
        self._session = session
        self.name = QComboBox()
        self.name.setAccessibleName("用户")
        for one in users:
            said = "、".join(words.ROLE.get(role, role) for role in one.roles)
            self.name.addItem(f"{one.name}（{said}）", one.name)
        self.name.setCurrentIndex(max(self.name.findData(last), 0))
        self.secret = QLineEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.secret.setAccessibleName("口令")
        self.enter = button("登录", "primary", key="Enter")
        self.notice = Notice()
        card = Card("请登录", session.here.name, pad=24, gap=10)
        card.setFixedWidth(theme.px(WIDE))
        for said, field in (("用户", self.name), ("口令", self.secret)):
            beside = label(said)
            beside.setBuddy(field)
            card.add(beside, field)
        card.add(self.notice, row(None, self.enter))
        card.add(label("改了什么会记在您的名下。忘了口令，请管理员在设置里重设。", "small", wrap=True))
        self.forgot = button("管理员忘了口令…", "quiet", size="slim")
        self.forgot.clicked.connect(self._forget)
        self.lost = Lost()
        self.lost.hide()
        self.lost.save.clicked.connect(self._recover)
        card.add(row(self.forgot, None), self.lost)
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        layout.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)
        self.enter.clicked.connect(self.sign_in)
        self.secret.returnPressed.connect(self.sign_in)
        self.name.activated.connect(self.secret.setFocus)
        self.secret.setFocus()

    @Slot()
    def sign_in(self) -> None:
        """Have name and secret looked at; what takes long on purpose is done aside."""
        if not self.enter.isEnabled():
            return
        if not self.secret.text():
            self.notice.say("warning", "还没有输口令。", "请输入您的口令。")
            self.secret.setFocus()
            return
        users, name, secret = self._session.office.users, self.name.currentData(), self.secret.text()
        self._start(lambda: users.sign_in(name, secret), self._done)

    def _start(self, verb: Callable[[], object], done: Callable[..., object]) -> None:
        self.enter.setEnabled(False)
        job = Job(lambda _: verb(), self._session.jobs, Kind.SAVE)
        job.done.connect(done)
        job.refused.connect(self._refused)
        job.broken.connect(self._session.faults.show)
        job.ended.connect(self._ended)
        self._session.jobs.start(job)

    @Slot(object)
    def _done(self, _: object) -> None:
        self.signed.emit()

    @Slot(object)
    def _refused(self, error: LedgerError) -> None:
        self.notice.refuse(error)
        self.secret.clear()
        self.secret.setFocus()

    @Slot()
    def _forget(self) -> None:
        self.lost.setVisible(not self.lost.isVisible())
        (self.lost.code if self.lost.isVisible() else self.secret).setFocus()

    @Slot()
    def _recover(self) -> None:
        """The code on paper gives the admin who is chosen above a new secret."""
        lost, users, name = self.lost, self._session.office.users, self.name.currentData()
        if lost.secret.text() != lost.again.text():
            self.notice.say("warning", "两次输的新口令不一样。", "请再输一遍。")
            lost.again.setFocus()
            return
        code, secret = lost.code.text(), lost.secret.text()
        self._start(lambda: users.recover(code, name, secret), self._recovered)

    @Slot(object)
    def _recovered(self, _: object) -> None:
        self.lost.hide()
        code = self._session.office.users.take_code()
        Question(f"新的恢复码：{code}", "新口令已设好。" + CODE, "抄好了", parent=self).ask()
        self.notice.say("success", "新口令已设好。", "请用它登录。")
        self.secret.clear()
        self.secret.setFocus()

    @Slot()
    def _ended(self) -> None:
        self.enter.setEnabled(True)


class Lost(QWidget):
    """The recovery code, and a new secret twice."""

    def __init__(self) -> None:
        super().__init__()
        self.code, self.secret, self.again = QLineEdit(), QLineEdit(), QLineEdit()
        self.save = button("设新口令")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(rule())
        layout.addWidget(label("在上面选好管理员，照纸上抄恢复码，再设一个新口令。", "small", wrap=True))
        for said, field in (("恢复码", self.code), ("新口令（至少 4 个字）", self.secret), ("再输一遍", self.again)):
            beside = label(said)
            beside.setBuddy(field)
            field.setAccessibleName(said)
            layout.addWidget(beside)
            layout.addWidget(field)
        for field in (self.secret, self.again):
            field.setEchoMode(QLineEdit.EchoMode.Password)
        self.again.returnPressed.connect(self.save.click)
        layout.addLayout(row(None, self.save))
