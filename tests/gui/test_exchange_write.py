from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from gui.panels.exchange.write_card import check_code, holds
from gui.places import Place
from gui.sticks import Stick, is_removable, sticks
from gui.tables.view import LineView
from gui.widgets.folder import FolderField
from gui.widgets.working import time_left
from models.progress import Silent
from models.services.views.exchange import Exported, NotWritten, Outlook, Written
from tests.gui import fakes

STICK = Path("/media/U盘")


def write(desk, office=None):
    one = desk(office)
    one.start()  # the day is that of the figures
    return one, one.open("exchange", tab="write").write


def state(panel):
    if panel.unknown.isVisible():
        return "unknown"
    return next(name for name, part in panel._states.items() if panel.middle.currentWidget() is part)


def said(panel):
    return [one.text() for one in panel.findChildren(QLabel) if one.isVisible()]


def now(panel):
    return panel.parts.accessibleName().rpartition("：")[2]


class StickGone(fakes.Refused):
    code = "S304"


def test_a_township_sees_what_the_package_holds_before_it_is_written(desk):
    _, panel = write(desk)
    assert state(panel) == "ready"
    assert panel.steps.accessibleName() == "共 3 步，现在：检查"
    shown = said(panel)
    assert "4 个问题、9 条月调度" in shown
    assert "白水镇 第 7 包" in shown
    assert "包含第 6 包起还没有收到回执的 5 条，不会重复计数。" in shown
    assert "有 2 个未完成的问题没有填整改时限。" in shown
    assert "不含信访人姓名、电话、住址" in shown
    assert panel.ready.reason.text() == "还差写到哪里"
    assert not panel.write.isEnabled()
    panel.folder.put(STICK)
    assert panel.write.isEnabled()


def test_a_receipt_that_does_not_come_is_asked_for_until_one_puts_it_away(desk):
    one, panel = write(desk)
    assert panel.notice.message.text() == "第 6 包已写出 9 天，还没有收到县里回执。"
    assert panel.notice.way_out.text() == "请问问县环委办是否收到；下一包会自动带上这 5 条，不会漏。"
    panel.notice.shut.click()
    panel.refresh()
    one.settle()
    assert not panel.notice.isVisible()


def test_only_a_package_that_came_back_lets_the_stick_be_pulled(desk, qtbot):
    one, panel = write(desk)
    panel.folder.put(STICK)
    qtbot.mouseClick(panel.write, Qt.MouseButton.LeftButton)
    assert state(panel) == "working"
    assert panel.working.title.text() == "正在写入 U 盘，请不要拔出"
    assert now(panel) == "生成数据包"
    one.settle()
    assert state(panel) == "done"
    assert panel.done.title.text() == "可以拔出 U 盘了"
    assert "4A7C 91E0 22BD 7F13" in said(panel)
    assert one.office.exchange.exports == [(STICK, None)]
    assert one.window.focusWidget() is panel.done.finish
    panel.done.finish.click()
    one.settle()
    assert state(panel) == "ready"


def test_photos_stay_at_home_for_this_once_if_one_says_so(desk):
    office = fakes.township()
    office.exchange.files = 3
    one, panel = write(desk, office)
    choice = panel.ready.without_files
    assert choice.isVisible()
    assert not choice.isChecked()
    choice.click()
    panel.write_to(STICK)
    one.settle()
    panel.done.finish.click()
    one.settle()
    assert not choice.isChecked(), "it was for that once"
    panel.write_to(STICK)
    one.settle()
    assert office.exchange.with_files == [False, True]


def test_where_no_photos_would_go_nothing_is_asked_about_them(desk):
    _, panel = write(desk)
    assert state(panel) == "ready"
    assert panel.ready.without_files.isHidden()


def test_the_county_may_leave_photos_at_home_too(desk):
    one, panel = write(desk, fakes.county())
    panel.ready.without_files.click()
    panel.write_to(STICK)
    one.settle()
    assert one.office.exchange.with_files == [False]


def test_the_steps_follow_the_work(desk):
    _, panel = write(desk)
    panel._progress(0, 0, "正在生成给临江县环委办的数据包")
    assert (panel.steps.accessibleName(), now(panel)) == ("共 3 步，现在：生成", "生成数据包")
    panel._progress(130_000_000, 214_000_000, "写盘")
    assert (panel.steps.accessibleName(), now(panel)) == ("共 3 步，现在：写盘并校验", "写入 U 盘")
    assert panel.working.amount.text() == "已写 130 MB，共 214 MB"
    assert panel.working.what.text() == "正在写入 U 盘"
    panel._progress(10, 214_000_000, "读回校验")
    assert now(panel) == "读回来逐字节核对"


def test_a_stick_that_breaks_is_never_said_to_be_ready(desk):
    one, panel = write(desk)
    one.office.exchange.refusal = StickGone(text="U 盘中途断开，数据包没有写完。")
    panel.folder.put(STICK)
    panel.write_to(STICK)
    one.settle()
    assert state(panel) == "refused"
    assert panel.refusal.title.text() == "U 盘中途断开，数据包没有写完。"
    assert not [text for text in said(panel) if "可以拔出 U 盘了" in text]
    assert "您的数据没有受影响" in said(panel)
    assert panel.refusal.do.text().splitlines()[1:] == [
        "2. 插好后点“再写一次”，不用重新填什么。", "3. 如果再次断开，请换一个 U 盘。",
    ]  # fmt: skip
    one.office.exchange.refusal = None
    panel.retry.click()
    one.settle()
    assert state(panel) == "done"


def test_what_technicians_want_is_folded_away(desk):
    one, panel = write(desk)
    one.office.exchange.refusal = fakes.Refused(text="不行。")
    panel.write_to(STICK)
    one.settle()
    details = panel.refusal.details
    assert details.code.text().startswith("编号 R199")
    assert not details.text.isVisible()
    details.fold.click()
    assert details.text.isVisible()
    details.copy.click()
    assert "Refused R199：不行。" in QGuiApplication.clipboard().text()
    assert panel.refusal.do.text() == "请改成 2024-02-29 或别的日子。", "one thing to do is not numbered"
    panel.later.click()
    one.settle()
    assert state(panel) == "ready"


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
    one.window.go(Place("help"))
    assert one.window.page.title == "帮助"
    one.window.go(Place("exchange"))
    assert state(panel) == "working"
    panel.working.stop.click()
    one.settle()


def test_the_same_package_is_written_to_a_second_stick(desk):
    one, panel = write(desk)
    panel.write_to(STICK)
    one.settle()
    panel.write_again(Path("/media/另一个"))
    one.settle()
    assert one.office.exchange.copies == [(Path("/media/另一个"), 1)]
    assert len(one.office.exchange.exports) == 1, "no new package"
    assert str(Path("/media/另一个")) in said(panel)


# ------------------------------------------------------------------------------------- the county


def test_the_county_chooses_units_and_only_those_with_a_computer(desk):
    one, panel = write(desk, fakes.county())
    assert not panel.holds.isVisible()
    assert panel.ready.quiet.text() == "已选 11 个"
    panel.ready._tick(10)
    assert panel.ready.quiet.text() == "已选 11 个", "城关街道 has no computer yet"
    panel.ready._tick(0)
    assert panel.ready.quiet.text() == "已选 10 个"
    panel.write_to(STICK)
    one.settle()
    ((_, units),) = one.office.exchange.exports
    assert len(units) == 10
    assert "361021100" not in units
    table = next(view for view in panel.findChildren(LineView) if view.accessibleName() == "写好的包")
    assert table.model().rowCount() == 3
    assert panel.notice.way_out.text() == "城关街道：这个单位还没有登记电脑"


def test_one_unit_that_failed_is_told_beside_those_that_were_written(desk):
    one, panel = write(desk, fakes.county())
    one.office.exchange.failed = (NotWritten("3", "青山镇", "磁盘空间不足，没有写入。", "请换一个 U 盘。"),)
    panel.write_to(STICK)
    one.settle()
    assert state(panel) == "done"
    assert panel.notice.kind == "refusal"
    assert panel.notice.message.text() == "1 个单位没有写，其他 3 个已经写好。"
    assert panel.notice.way_out.text().splitlines()[0] == "青山镇：磁盘空间不足，没有写入。请换一个 U 盘。"


def test_space_ticks_a_unit(desk, qtbot):
    _, panel = write(desk, fakes.county())
    panel.ready.units.setFocus()
    panel.ready.units.selectRow(1)
    qtbot.keyClick(panel.ready.units, Qt.Key.Key_Space)
    assert panel.ready.quiet.text() == "已选 10 个"
    panel.ready.all.click()
    assert panel.ready.quiet.text() == "已选 11 个"
    panel.ready.all.click()
    assert panel.ready.reason.text() == "还没有选单位"


# ------------------------------------------------------------------------------------- around it


def test_a_pc_that_is_not_enrolled_is_led_to_enrolment(desk):
    one, panel = write(desk, fakes.township(enrolled=False))
    assert state(panel) == "unknown"
    assert not panel.steps.isVisible()
    panel.enrol.click()
    one.settle()
    assert one.window.page.tabs.current == "enrol"


def test_check_codes_can_be_read_aloud():
    one = Written(STICK, "3", "", 1, 1, 0, 1, "4a7c91e022bd7f13" + "0" * 48)
    assert check_code(one.sha256) == "4A7C 91E0 22BD 7F13"


@pytest.mark.parametrize(
    ("counts", "new", "words"),
    [
        ((("problem", 4), ("petition", 2)), 9, "4 个问题、2 件信访件"),
        ((), 9, "9 处改动"),
        ((), 0, "没有新内容，只带回执"),
    ],
)
def test_what_a_package_holds_in_words(counts, new, words):
    assert holds(Outlook("1", "县", 1, counts, new, 0)) == words


def test_a_stick_is_known_by_its_name_and_its_room(qtbot):
    one = Stick(Path("/media/u/KINGSTON"), "KINGSTON", 11_200_000_000)
    assert one.said == f"{one.path}，剩余 11 GB"
    assert Stick(Path("E:/"), "白水镇-03", 11_200_000_000).said == "白水镇-03（E:），剩余 11 GB"
    if sys.platform != "win32":
        assert is_removable("/media/u")
        assert not is_removable("/")
    assert all(found.free >= 0 for found in sticks())
    field = FolderField("写到哪里", "")
    qtbot.addWidget(field)
    field.offer((one,))
    assert field.path == one.path, "the only one is taken"
    field.offer((one, Stick(Path("/media/u/B"), "B", 1)))
    assert field.path == one.path, "what stands there stays"


def test_the_time_left_does_not_jump():
    assert [time_left(seconds) for seconds in (3, 42, 80, 240)] == [
        "马上就好", "大约还要 40 秒", "大约还要 1 分 20 秒", "大约还要 4 分钟",
    ]  # fmt: skip


def test_of_many_packages_it_is_said_whose_is_written(desk, monkeypatch, tmp_path):
    one = desk(fakes.county())
    panel = one.open("exchange", tab="write").write
    shown = []

    def export(folder, units, progress, *, with_files, chosen):
        assert chosen
        for at, name in enumerate(("白水镇", "河口镇"), 1):
            progress.step(at - 1, 0, f"正在生成给{name}的数据包（{at}/2）")
            progress.step(1, 1, "写盘")
            shown.append(panel._receiver.now)
        return Exported((), (), ())

    monkeypatch.setattr(one.office.exchange, "export", export)
    panel.write_to(tmp_path)
    one.settle()
    assert shown == ["给白水镇的数据包（1/2）", "给河口镇的数据包（2/2）"]
    panel._progress(1, 2, "写盘")
    assert panel.working.whose.text() == "给河口镇的数据包（2/2）"
    panel._progress(0, 0, "正在生成给河口镇的数据包（2/2）")
    assert panel.working.whose.text() == "", "it is said already"
    panel._receiver.over(Silent()).step(0, 0, "正在生成给临江县环委办的数据包")
    assert panel._receiver.now == "给河口镇的数据包（2/2）", "one alone needs no count"


def test_beside_what_was_written_stands_what_was_written(desk, tmp_path):
    """A receipt that goes at once was never checked before, and a try that failed took a number."""
    one = desk()
    page = one.open("exchange", tab="read")
    page._answer(tmp_path, ("361021",))
    one.settle()
    said = [words.text() for words in page.write.holds.facts.findChildren(QLabel)]
    assert said == ["接收单位", "临江县环委办", "包编号", "白水镇 第 7 包", "内容", "12 处改动"]
    assert page.write.holds.note.isHidden()
