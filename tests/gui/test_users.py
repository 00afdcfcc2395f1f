"""Signing in, locking, and the card of users in the settings."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from gui import idle as idling
from gui import theme
from gui.app import Desk, dress
from gui.dialogs.question import Question
from gui.idle import Idle
from gui.main_window import MainWindow
from gui.panels.settings.users_card import NONE, UsersCard
from gui.sign_in import SignIn
from tests.gui import fakes
from tests.gui.looks import cut_off, nameless
from tests.gui.test_app import Counter, rest
from tests.gui.test_looks import keep

GOOD = "1234"
TWO = (("管平", ("admin",)), ("经一", ("clerk", "reviewer")))


@pytest.fixture
def front(qtbot, dressed, tmp_path):
    desks = []

    def _open(office):
        desk = Desk(QApplication.instance(), tmp_path, Counter(office))
        desks.append(desk)
        desk.open()
        qtbot.waitUntil(lambda: desk._opening is None)
        return desk

    yield _open
    import sys

    sys.excepthook = sys.__excepthook__
    for desk in desks:
        desk.close()
        for window in (desk.window, desk._behind):
            if window is not None:
                window.hide()
                window.deleteLater()
        desk.deleteLater()
    dress(QApplication.instance(), theme.Look())


def staffed():
    office = fakes.township()
    office.users = fakes.FakeUsers(*TWO)
    return office


def sign_in(qtbot, desk, name, secret=GOOD):
    asking = desk.window
    assert isinstance(asking, SignIn)
    asking.name.setCurrentIndex(asking.name.findData(name))
    qtbot.keyClicks(asking.secret, secret)
    qtbot.keyClick(asking.secret, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.window is not asking or asking.enter.isEnabled())


def test_where_there_are_users_the_ledger_is_shown_after_signing_in(front, qtbot):
    desk = front(staffed())
    asking = desk.window
    assert isinstance(asking, SignIn)
    assert [asking.name.itemText(at) for at in range(2)] == ["管平（管理员）", "经一（经办、审核）"]
    assert asking.secret.hasFocus() or asking.focusWidget() is asking.secret
    assert asking.secret.echoMode() is QLineEdit.EchoMode.Password
    keep(asking, "sign-in")
    keep(asking, "sign-in@2", 2)
    assert cut_off(asking) == []
    assert nameless(asking) == []
    asking.enter.click()
    assert "还没有输口令" in asking.notice.message.text()
    sign_in(qtbot, desk, "经一", "4321")
    qtbot.waitUntil(lambda: "口令不对" in asking.notice.message.text())
    assert asking.secret.text() == ""
    assert desk.window is asking
    sign_in(qtbot, desk, "经一")
    rest(qtbot, desk)
    assert isinstance(desk.window, MainWindow)
    assert "登录：经一" in desk.window.status.backed_up.text()


def test_ctrl_l_locks_and_the_same_person_finds_everything_as_it_was(front, qtbot):
    desk = front(staffed())
    sign_in(qtbot, desk, "经一")
    rest(qtbot, desk)
    window = desk.window
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: isinstance(desk.window, SignIn))
    assert not window.isVisible()
    assert desk.window.name.currentData() == "经一"
    desk.lock()  # once is enough
    sign_in(qtbot, desk, "经一")
    qtbot.waitUntil(lambda: desk.window is window)
    assert window.isVisible()
    desk.lock()
    qtbot.waitUntil(lambda: isinstance(desk.window, SignIn))
    sign_in(qtbot, desk, "管平")
    qtbot.waitUntil(lambda: isinstance(desk.window, MainWindow))
    assert desk.window is not window, "what somebody typed is not saved by another"
    rest(qtbot, desk)


def test_without_users_nothing_is_locked(front, qtbot):
    desk = front(fakes.township())
    rest(qtbot, desk)
    window = desk.window
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    rest(qtbot, desk)
    assert desk.window is window
    assert desk._idle is None


def test_a_window_that_nobody_touches_is_locked(front, qtbot, monkeypatch):
    desk = front(staffed())
    sign_in(qtbot, desk, "经一")
    rest(qtbot, desk)
    now = [0.0]
    monkeypatch.setattr(idling.time, "monotonic", lambda: now[0])
    watch = Idle(desk.window.windowHandle(), 10, desk)
    locked = []
    watch.passed.connect(lambda: locked.append(now[0]))
    now[0] = 599.0
    watch.look()
    qtbot.mouseClick(desk.window.page, Qt.MouseButton.LeftButton)
    QApplication.sendEvent(desk.window.windowHandle(), _press())
    now[0] = 601.0
    watch.look()
    assert locked == []
    now[0] = 1199.0
    watch.look()
    assert locked == [1199.0]
    never = Idle(desk.window.windowHandle(), 0, desk)
    assert not never._timer.isActive()
    desk._idle._last = -10_000
    desk._idle.look()
    qtbot.waitUntil(lambda: isinstance(desk.window, SignIn))


def _press():
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    return QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Shift, Qt.KeyboardModifier.NoModifier)


def card_of(one) -> UsersCard:
    return one.open("settings").users


def test_an_admin_who_forgot_gets_in_by_the_code_on_paper(front, qtbot, monkeypatch):
    desk = front(staffed())
    asking, lost = desk.window, desk.window.lost
    asking.forgot.click()
    assert lost.isVisible()
    assert lost.code.hasFocus() or asking.focusWidget() is lost.code
    keep(asking, "sign-in-lost")
    assert cut_off(asking) == []
    assert nameless(asking) == []
    shown = []
    monkeypatch.setattr(Question, "ask", lambda asked: shown.append(asked.findChildren(QLabel)[0].text()) or "")
    lost.secret.setText("9999")
    lost.again.setText("9998")
    lost.save.click()
    assert "不一样" in asking.notice.message.text()
    lost.again.setText("9999")
    lost.code.setText("2345")
    lost.save.click()
    qtbot.waitUntil(lambda: "恢复码不对" in asking.notice.message.text())
    lost.code.setText("2345-6789-ABCD-EFGH-JKMN")
    qtbot.waitUntil(asking.enter.isEnabled)
    lost.save.click()
    qtbot.waitUntil(lambda: "新口令已设好" in asking.notice.message.text())
    assert shown == ["新的恢复码：2345-6789-ABCD-EFGH-JKMN"]
    sign_in(qtbot, desk, "管平", "9999")
    rest(qtbot, desk)
    assert isinstance(desk.window, MainWindow)


def test_a_new_code_is_made_and_shown_once(desk, monkeypatch):
    one = desk(staffed())
    one.office.users.me, one.office.users.have_code = "管平", False
    one.start()
    card = card_of(one)
    assert card.no_code.isVisible()
    shown = []
    monkeypatch.setattr(Question, "ask", lambda asked: shown.append(asked) or "")
    one.do(card.code.click)
    assert len(shown) == 1
    assert not card.no_code.isVisible()
    assert "恢复码已换" in card.notice.message.text()


def test_the_first_user_is_added_in_the_settings_and_then_it_is_asked_who_sits_there(desk, monkeypatch):
    one = desk(fakes.township())
    one.start()
    card = card_of(one)
    asked = []
    one.session.locking.connect(lambda: asked.append(True))
    assert card.none.text() == NONE
    assert not card.lock.isVisible()
    one.do(card.new.click)
    form = card.form
    assert form.boxes["admin"].isChecked()
    form.name.setText("管平")
    form.secret.setText("1234")
    form.again.setText("1235")
    one.do(form.save.click)
    assert "不一样" in card.notice.message.text()
    form.again.setText("1234")
    keep(one.window, "users-first")
    shown = []
    monkeypatch.setattr(Question, "ask", lambda asked: shown.append(asked.findChildren(QLabel)[0].text()) or "")
    one.do(form.save.click)
    assert shown == ["恢复码：2345-6789-ABCD-EFGH-JKMN"]
    assert one.office.users.users["管平"].roles == ("admin", "clerk")
    assert asked == [True]
    assert not form.isVisible()


def test_an_admin_adds_changes_and_removes_and_is_told_what_cannot_be(desk, monkeypatch):
    one = desk(staffed())
    one.office.users.me = "管平"
    one.start()
    card = card_of(one)
    keep(one.window, "users")
    one.do(card.new.click)
    card.form.name.setText("经一")
    card.form.secret.setText("1234")
    card.form.again.setText("1234")
    one.do(card.form.save.click)
    assert "已经有叫“经一”的用户" in card.notice.message.text()
    assert card.form.isVisible(), "what was typed is still there"
    one.do(lambda: card._act_on(("roles", "经一")))
    assert card.form.roles == ("clerk", "reviewer")
    card.form.boxes["reviewer"].setChecked(False)
    one.do(card.form.save.click)
    assert one.office.users.users["经一"].roles == ("clerk",)
    one.do(lambda: card._act_on(("secret", "经一")))
    assert not card.form.boxes["clerk"].isVisible()
    card.form.secret.setText("9999")
    card.form.again.setText("9999")
    one.do(card.form.save.click)
    assert one.office.users.secrets["经一"] == "9999"
    answers = iter(["", "删除", "删除"])
    monkeypatch.setattr(Question, "ask", lambda _: next(answers))
    one.do(lambda: card._act_on(("remove", "经一")))
    assert len(one.office.users.users) == 2
    one.do(lambda: card._act_on(("remove", "管平")))
    assert "最后一个管理员" in card.notice.message.text()
    one.do(lambda: card._act_on(("remove", "经一")))
    assert list(one.office.users.users) == ["管平"]
    card.after.setCurrentIndex(card.after.findData(0))
    one.do(lambda: card.after.activated.emit(0))
    assert one.session.settings.lock_after == 0


def test_who_does_not_manage_changes_his_own_secret_only(desk):
    one = desk(staffed())
    one.office.users.me = "经一"
    one.start()
    card = card_of(one)
    assert not card.new.isVisible()
    acts = [b for b in card.findChildren(type(card._act("x", "y", "z"))) if b.isVisible()]
    assert [b.accessibleName() for b in acts] == ["经一：换口令"]
    one.do(card._drop)
