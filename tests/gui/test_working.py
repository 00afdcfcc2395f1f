from __future__ import annotations

import pytest

from gui.widgets import working
from gui.widgets.working import Working, time_left


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.4, "马上就好"),
        (4.9, "马上就好"),
        (12, "大约还要 10 秒"),
        (54.9, "大约还要 50 秒"),
        (57, "大约还要 1 分钟"),
        (80, "大约还要 1 分 20 秒"),
        (118, "大约还要 2 分钟"),
    ],
)
def test_time_left_is_said_in_words_that_do_not_jump(seconds, said):
    assert time_left(seconds) == said


class Clock:
    now = 100.0

    def monotonic(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    made = Clock()
    monkeypatch.setattr(working, "time", made)
    return made


@pytest.fixture
def card(qtbot, dressed, clock):
    made = Working("正在写入 U 盘，请不要拔出", "取消写入", "取消不会丢数据。")
    qtbot.addWidget(made)
    made.begin()
    return made


def test_what_is_done_of_how_much_and_how_long_it_takes(card, clock):
    assert card.what.text() == "正在准备"
    card.report(0, 214_000_000, "写盘")
    assert card.left.text() == "", "nothing is known yet"
    clock.now += 60
    card.report(130_000_000, 214_000_000, "写盘")
    assert card.what.text() == "正在写入 U 盘"
    assert card.amount.text() == "已写 130 MB，共 214 MB"
    assert card.left.text() == "大约还要 40 秒"
    assert card.bar.value() == 607


def test_a_new_phase_goes_at_a_speed_of_its_own(card, clock):
    card.report(0, 100, "正在读取台账")
    clock.now += 50
    card.report(99, 100, "正在读取台账")
    assert card.left.text() == "马上就好"
    card.report(0, 20_000, "正在写出台账")
    clock.now += 2
    card.report(1_000, 20_000, "正在写出台账")
    assert card.left.text() == "大约还要 40 秒", "2 s for a twentieth, whatever the phase before took"
    assert card.amount.text() == "1000 / 20000"


def test_work_of_unknown_length_says_what_it_does_and_no_time(card, clock):
    clock.now += 30
    card.report(7, 0, "正在读取工作簿")
    assert card.left.text() == ""
    assert card.bar.maximum() == 0
    assert card.amount.text() == ""


def test_stopping_is_said_at_once_and_asked_once(card, qtbot):
    with qtbot.waitSignal(card.stopped):
        card.stop.click()
    assert not card.stop.isEnabled()
    assert card.what.text() == "正在停下…"
