"""用户 in 设置: who may sit at this PC, and as what; a PC without users asks nobody."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QVBoxLayout, QWidget

from gui import keys, theme
from gui.dialogs.question import Question
from gui.focus import reveal
from gui.jobs import Kind
from gui.panel import Panel
from gui.session import Session
from gui.widgets.buttons import Carrier, button, carrier
from gui.widgets.frames import Card, clear, row, rule
from gui.widgets.labels import label
from models.domain import words
from models.services.views.users import UserView

NONE = "这台电脑没有设登录用户，谁都可以用。几个人合用、要分清谁改的，可以设登录用户，每人一个口令。"
FIRST = "第一个是管理员。"
MINUTES = {5: "5 分钟", 10: "10 分钟", 30: "30 分钟", 0: "不自动锁定"}
GONE = "以后不能再登录。以前改过的内容仍记在其名下，台账不变。"
NO_CODE = "还没有恢复码：管理员忘了口令就没有办法。请现在做一个，抄在纸上锁好。"
CODE = "请抄在纸上锁好，只显示这一次。管理员忘了口令，在登录页点“忘了口令”，凭它设新口令；用过一次就换新的。"
ADD, SECRET, ROLES, REMOVE = "add", "secret", "roles", "remove"
TITLE = {ADD: "添加登录用户", SECRET: "换“{}”的口令", ROLES: "调整“{}”的角色"}


class UsersCard(Panel):
    """The list, and one form below it for whatever is being done."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.none = label(NONE, "quiet", wrap=True)
        self._list = QVBoxLayout()
        self.new = button("添加登录用户…", icon="plus")
        self.lock = button("现在锁定", "quiet", tip=keys.tip("离开座位时用，回来要输口令", "lock"))
        self.code = button("换恢复码…", "quiet", tip="管理员忘了口令时用；原来那张纸丢了、被人看过，就换一个")
        self.no_code = label(NO_CODE, "", "orange", wrap=True)
        self.after = QComboBox()
        self.after.setAccessibleName("没有人动多久以后锁定")
        for minutes, said in MINUTES.items():
            self.after.addItem(said, minutes)
        self._waits = label("没有人动多久以后锁定")
        self._waits.setBuddy(self.after)
        self.form = _Form()
        self.form.hide()
        card = Card("登录用户", pad=20, gap=10)
        acts = row(self.new, self.code, self.lock, None, self._waits, self.after)
        card.add(self.none, self._list, self.no_code, acts, self.notice, self.form)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)
        self.new.clicked.connect(partial(self._open, ADD, ""))
        self.lock.clicked.connect(session.locking)
        self.after.activated.connect(self._keep_minutes)
        self.code.clicked.connect(self._change_code)
        self.form.save.clicked.connect(self._save)
        self.form.drop.clicked.connect(self._drop)
        self._doing, self._whom = ADD, ""
        self._users: tuple[UserView, ...] = ()

    def refresh(self) -> None:
        self.ask(lambda _: self.session.office.users.list(), self._show)

    @Slot(object)
    def _show(self, users: tuple[UserView, ...]) -> None:
        self._users = users
        me = self.session.office.users.me
        manages = not users or any(one.name == me and "admin" in one.roles for one in users)
        clear(self._list)
        for one in users:
            said = "、".join(words.ROLE.get(role, role) for role in one.roles)
            acts: list[QWidget] = [self._act(SECRET, one.name, "换口令")] if manages or one.name == me else []
            if manages:
                acts += [self._act(ROLES, one.name, "调整角色"), self._act(REMOVE, one.name, "删除")]
            mark = "（已登录）" if one.name == me else ""
            self._list.addLayout(row(label(f"{one.name}{mark}", "bold"), label(said, "quiet"), None, *acts))
        self.none.setVisible(not users)
        self.new.setVisible(manages)
        self.code.setVisible(manages and bool(users))
        self.no_code.setVisible(manages and bool(users) and not self.session.office.users.have_code)
        for part in (self.lock, self._waits, self.after):
            part.setVisible(bool(users))
        self.after.setCurrentIndex(max(self.after.findData(self.session.settings.lock_after), 0))

    def _act(self, deed: str, name: str, said: str) -> Carrier:
        made = carrier((deed, name), said, "quiet", size="slim")
        made.setAccessibleName(f"{name}：{said}")
        made.handed.connect(self._act_on)
        return made

    @Slot(object)
    def _act_on(self, what: tuple[str, str]) -> None:
        deed, name = what
        if deed != REMOVE:
            self._open(deed, name)
        elif Question(f"删除登录用户“{name}”？", GONE, "不删除", ("删除", "danger"), parent=self.window()).ask():
            users = self.session.office.users
            self._write(lambda: users.remove(name), f"“{name}”已删除。")

    def _open(self, doing: str, whom: str) -> None:
        self._doing, self._whom = doing, whom
        self.notice.hide()
        roles = next((one.roles for one in self._users if one.name == whom), ())
        self.form.open(TITLE[doing].format(whom), doing, roles, first=not self._users)
        QTimer.singleShot(0, self.form, partial(reveal, self.form.drop))  # once it is laid out

    @Slot()
    def _drop(self) -> None:
        self.form.hide()
        self.new.setFocus()

    @Slot()
    def _save(self) -> None:
        form, users, whom = self.form, self.session.office.users, self._whom
        name, secret, roles = form.name.text().strip(), form.secret.text(), form.roles
        if self._doing != ROLES and secret != form.again.text():
            self.notice.say("warning", "两次输的口令不一样。", "请再输一遍。")
            form.again.setFocus()
        elif self._doing == ADD:
            self._write(lambda: users.add(name, roles, secret), f"“{name}”已添加。")
        elif self._doing == SECRET:
            self._write(lambda: users.set_secret(whom, secret), f"“{whom}”的口令已换。")
        else:
            self._write(lambda: users.set_roles(whom, roles), f"“{whom}”的角色已调整。")

    @Slot()
    def _change_code(self) -> None:
        users = self.session.office.users

        def verb() -> tuple[UserView, ...]:
            users.new_code()
            return users.list()

        self._write(verb, "恢复码已换，以前的不再有用。")

    def _write(self, verb: Callable[[], tuple[UserView, ...]], said: str) -> None:
        self._said = said
        self.ask(lambda _: verb(), self._written, kind=Kind.SAVE)

    @Slot(object)
    def _written(self, users: tuple[UserView, ...]) -> None:
        self.form.hide()
        self.notice.say("success", self._said)
        self._show(users)
        if code := self.session.office.users.take_code():
            Question(f"恢复码：{code}", CODE, "抄好了", parent=self.window()).ask()
        if users and not self.session.office.users.me:  # the first one: from now on it is asked who sits here
            self.session.locking.emit()

    @Slot()
    def _keep_minutes(self) -> None:
        self.session.settings.lock_after = self.after.currentData()
        self.session.keep_settings()


class _Form(QWidget):
    """Name, secret twice, roles with what they mean: as much of it as is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.title = label("", "bold")
        self.name, self.secret, self.again = QLineEdit(), QLineEdit(), QLineEdit()
        self.boxes = {role: QCheckBox(f"{said}：{words.ROLE_MEANING[role]}") for role, said in words.ROLE.items()}
        self.save = button("保存", "primary")
        self.drop = button("取消")
        self._first = label(FIRST, "small")
        self._named = self._line("姓名", self.name)
        self._secrets = [self._line("口令（至少 4 个字）", self.secret), self._line("再输一遍", self.again)]
        for field in (self.secret, self.again):
            field.setEchoMode(QLineEdit.EchoMode.Password)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(rule())
        layout.addWidget(self.title)
        for part in (self._named, *self._secrets, *self.boxes.values(), self._first):
            layout.addWidget(part)
        layout.addLayout(row(self.save, self.drop, None))

    @staticmethod
    def _line(said: str, field: QLineEdit) -> QWidget:
        made, words_ = QWidget(), label(said)
        field.setAccessibleName(said)
        field.setMaximumWidth(theme.px(360))
        words_.setBuddy(field)
        inner = QVBoxLayout(made)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(words_)
        inner.addWidget(field)
        return made

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that are ticked."""
        return tuple(role for role, box in self.boxes.items() if box.isChecked())

    def open(self, title: str, doing: str, roles: tuple[str, ...], *, first: bool) -> None:
        """Ask for what is to be done."""
        self.title.setText(title)
        for field in (self.name, self.secret, self.again):
            field.clear()
        self._named.setVisible(doing == ADD)
        for part in self._secrets:
            part.setVisible(doing != ROLES)
        for role, box in self.boxes.items():
            box.setVisible(doing != SECRET)
            box.setChecked(role in roles or (doing == ADD and (role == "clerk" or (first and role == "admin"))))
        self._first.setVisible(doing == ADD and first)
        self.show()
        (self.name if doing == ADD else self.secret if doing == SECRET else next(iter(self.boxes.values()))).setFocus()
