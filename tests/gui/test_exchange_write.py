from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from gui.panels.write_package import check_code
from gui.tables.view import LineView
from gui.widgets.working import time_left
from models.services.views import Written
from tests.gui import fakes

STICK = Path("/media/U盘")


def write(desk, office=None):
    one = desk(office)
    return one, one.open("exchange", tab="write").write


def state(panel):
    return next((name for name, part in panel._states.items() if panel.middle.currentWidget() is part), "unknown")


def said(panel):
    return [one.text() for one in panel.findChildren(QLabel) if one.isVisible()]


def test_a_township_sees_what_the_package_holds(desk):
    _, panel = write(desk)
    assert state(panel) == "ready"
    assert "12 条，另带上还没有回执的 5 条，不会重复计数" in said(panel)
    assert panel.reason.text() == "还差写到哪里"
    assert not panel.write.isEnabled()
    panel.folder.put(STICK)
    assert panel.write.isEnabled()


def test_only_a_package_that_came_back_lets_the_stick_be_pulled(desk, qtbot):
    one, panel = write(desk)
    panel.folder.put(STICK)
    qtbot.mouseClick(panel.write, Qt.MouseButton.LeftButton)
    assert state(panel) == "working"
    assert panel.working.title.text() == "正在写入 U 盘，请不要拔出"
    one.settle()
    assert state(panel) == "done"
    assert panel.done.title.text() == "可以拔出 U 盘了"
    assert "4A7C 91E0 22BD 7F13" in said(panel)
    assert one.office.exchange.exports == [(STICK, None)]
    assert one.window.focusWidget() is panel.finish
    panel.finish.click()
    one.settle()
    assert state(panel) == "ready"


def test_a_stick_that_breaks_is_never_said_to_be_ready(desk):
    one, panel = write(desk)
    one.office.exchange.refusal = fakes.Refused(text="U 盘中途断开，数据包没有写完。")
    panel.write_to(STICK)
    one.settle()
    assert state(panel) == "refused"
    assert panel.refusal.title.text() == "U 盘中途断开，数据包没有写完。"
    assert not [text for text in said(panel) if "可以拔出 U 盘了" in text]
    assert "您的数据没有受影响" in said(panel)
    one.office.exchange.refusal = None
    panel.folder.put(STICK)
    panel.retry.click()
    one.settle()
    assert state(panel) == "done"


def test_cancel_says_what_cancelling_meant(desk, qtbot):
    one, panel = write(desk)
    one.office.exchange.slow = True
    panel.write_to(STICK)
    qtbot.waitUntil(lambda: panel.working.amount.text() != "")
    assert panel.working.amount.text().endswith("，共 214 MB")
    panel.working.stop.click()
    one.settle()
    assert state(panel) == "ready"
    assert panel.notice.message.text() == "已取消写入。"
    assert one.office.exchange.exports == []


def test_another_part_can_be_looked_at_while_writing(desk, qtbot):
    one, panel = write(desk)
    one.office.exchange.slow = True
    panel.write_to(STICK)
    qtbot.waitUntil(lambda: panel.working.amount.text() != "")
    one.window.go(fakes_place("help"))
    assert one.window.page.title == "帮助"
    one.window.go(fakes_place("exchange"))
    assert state(panel) == "working"
    panel.working.stop.click()
    one.settle()


def fakes_place(page):
    from gui.places import Place

    return Place(page)


def test_the_county_chooses_units_and_only_those_with_a_computer(desk):
    one, panel = write(desk, fakes.county())
    assert panel.ready.quiet.text() == "已选 11 个"
    panel._tick(10)
    assert panel.ready.quiet.text() == "已选 11 个", "城关街道 has no computer yet"
    panel._tick(0)
    assert panel.ready.quiet.text() == "已选 10 个"
    panel.write_to(STICK)
    one.settle()
    ((_, units),) = one.office.exchange.exports
    assert len(units) == 10
    assert "361021100" not in units
    table = next(view for view in panel.findChildren(LineView) if view.accessibleName() == "写好的包")
    assert table.model().rowCount() == 3
    assert panel.notice.way_out.text() == "城关街道：这个单位还没有登记电脑"


def test_space_ticks_a_unit(desk, qtbot):
    _, panel = write(desk, fakes.county())
    panel.units.setFocus()
    panel.units.selectRow(1)
    qtbot.keyClick(panel.units, Qt.Key.Key_Space)
    assert panel.ready.quiet.text() == "已选 10 个"
    panel.all.click()
    assert panel.ready.quiet.text() == "已选 11 个"
    panel.all.click()
    assert panel.reason.text() in {"还没有选单位", "还差写到哪里"}


def test_a_pc_that_is_not_enrolled_is_led_to_enrolment(desk):
    one, panel = write(desk, fakes.township(enrolled=False))
    assert state(panel) == "unknown"
    panel.enrol.click()
    one.settle()
    assert one.window.page.tabs.current == "enrol"


def test_check_codes_can_be_read_aloud():
    one = Written(STICK, "3", "", 1, 1, 0, 1, "4a7c91e022bd7f13" + "0" * 48)
    assert check_code(one.sha256) == "4A7C 91E0 22BD 7F13"


def test_the_time_left_does_not_jump():
    assert [time_left(seconds) for seconds in (3, 42, 80, 240)] == [
        "马上就好", "大约还要 40 秒", "大约还要 1 分 20 秒", "大约还要 4 分钟",
    ]  # fmt: skip
