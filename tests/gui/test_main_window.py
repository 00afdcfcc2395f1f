from __future__ import annotations

import threading

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication

from gui import screens
from gui.dialogs.leaving import STOP, THEN
from gui.dialogs.question import Question
from gui.main_window import PAGES
from gui.places import BACK, Place
from models.services.views.home import Touched
from tests.gui import fakes


def test_only_pages_that_work_are_in_the_navigation(desk):
    one = desk()
    one.start()
    assert list(one.window.navigation.buttons) == [
        "overview", "problem", "petition", "inspection", "source", "month", "lookback", "notice", "figures", "exchange",
        "settings", "help",
    ]  # fmt: skip
    assert set(one.window.navigation.buttons) <= set(PAGES)


def test_every_page_opens_for_both_kinds_of_desk(desk):
    for office in (fakes.township(), fakes.county(), fakes.township(0, enrolled=False)):
        one = desk(office)
        one.start()
        for key in PAGES:
            one.open(key, id="" if key.endswith("excel") else f"{0:032x}")
            assert one.window.page.title


def test_keys_lead_to_pages(desk, qtbot):
    one = desk()
    one.start()

    def press(key, modifier=Qt.KeyboardModifier.ControlModifier):
        one.window.activateWindow()
        qtbot.waitUntil(one.window.isActiveWindow)
        qtbot.keyClick(one.window.focusWidget() or one.window, key, modifier)
        one.settle()

    for number, key in enumerate([*one.window.navigation.buttons][:9], 1):  # the last one, help, has F1
        press(Qt.Key(Qt.Key.Key_0 + number))
        assert one.window.navigation.buttons[key].isChecked(), key
    press(Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier)
    assert one.window.page.title == "帮助"
    press(Qt.Key.Key_2)
    press(Qt.Key.Key_F)
    assert one.window.focusWidget() is one.window.page.search
    press(Qt.Key.Key_N)
    assert one.window.page.title == "新增问题"
    press(Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert one.window.page.title == "督察整改"


def test_back_goes_where_one_came_from(desk):
    one = desk()
    one.start()
    one.open("problem")
    one.open("problem/record", id=f"{0:032x}")
    one.open("exchange", tab="conflicts")
    titles = []
    for _ in range(4):
        one.window.go(BACK)
        one.settle()
        titles.append(one.window.page.title)
    assert titles == [fakes.TITLES[0], "督察整改", "总览", "总览"]


def test_the_focus_of_what_is_hidden_stays_in_the_page(desk):
    one = desk()
    panel = one.open("exchange", tab="read").read
    panel.foot.show()
    panel.leave.setFocus()
    panel.leave.hide()
    assert QApplication.focusWidget() is one.window.page


def test_counts_and_facts_follow_what_was_touched(desk):
    one = desk()
    one.start()
    assert one.window.navigation.buttons["problem"]._count == "22"
    assert one.window.status.waiting.text().startswith("待报送 12 条\u2003已导出待回执 5 条")
    one.office.figures.size = 23
    one.session.tell(Touched("problem"))
    one.settle()
    assert one.window.navigation.buttons["problem"]._count == "23"
    assert one.window.status.saved.text().startswith("已保存到本机 ")


def test_a_page_that_is_not_seen_looks_again_when_it_is(desk):
    one = desk()
    one.open("problem")
    one.open("help")
    asked = len(one.office.records.queries)
    one.session.tell(Touched("problem"))
    one.settle()
    assert len(one.office.records.queries) == asked
    one.open("problem")
    assert len(one.office.records.queries) > asked


def test_closing_during_a_long_write_leaves_no_thread(desk, qtbot, tmp_path, monkeypatch):
    one = desk()
    page = one.open("exchange", tab="write")
    one.office.exchange.slow = True
    page.write.write_to(tmp_path)
    qtbot.waitUntil(lambda: page.write.working.amount.text() != "")
    monkeypatch.setattr(Question, "ask", lambda _: STOP)
    assert one.window.close()
    one.session.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("ledger")]
    assert one.office.exchange.exports == []


def test_closing_during_a_long_write_asks_and_may_wait(desk, qtbot, tmp_path, monkeypatch):
    one = desk()
    page = one.open("exchange", tab="write")
    one.office.exchange.slow = True
    page.write.write_to(tmp_path)
    qtbot.waitUntil(lambda: page.write.working.amount.text() != "")
    asked = []
    monkeypatch.setattr(Question, "ask", lambda question: asked.append(list(question.buttons)) or "")
    assert not one.window.close()
    assert one.window.isVisible()
    assert asked == [[STOP, THEN]]
    monkeypatch.setattr(Question, "ask", lambda _: THEN)
    assert not one.window.close()
    assert one.window.status.busy.text() == "正在处理，做完自动关闭"
    one.office.exchange.slow = False
    qtbot.waitUntil(lambda: not one.window.isVisible())
    assert len(one.office.exchange.exports) == 1, "what was asked for was done"


def test_the_status_bar_mentions_work_only_after_a_while(desk, qtbot, tmp_path):
    one = desk()
    page = one.open("exchange", tab="write")
    assert one.window.status.busy.text() == ""
    one.office.exchange.slow = True
    page.write.write_to(tmp_path)
    qtbot.waitUntil(lambda: one.window.status.busy.text() == "正在处理…")
    page.write.stop()
    one.settle()
    assert one.window.status.busy.text() == ""


def test_files_dropped_onto_the_window_find_their_page(desk, tmp_path):
    one = desk()
    one.open("petition")

    def drop(*names):
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in names])
        event = QDropEvent(
            QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
        one.window.dropEvent(event)
        one.settle()
        return one.window.page

    assert drop("信访件.XLSX")._table == "petition"
    assert drop("包.hgb").tabs.current == "read"


def test_a_place_on_a_screen_that_is_gone_is_not_used(desk, tmp_path):
    one = desk(home=tmp_path)
    one.session.settings.geometry = [99_000, 99_000, 1200, 700]
    screens.place(one.window, one.session.settings.geometry)
    assert one.window.x() < 90_000
    one.window.go(Place("overview"))
    one.settle()
