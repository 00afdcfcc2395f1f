"""The bar below: what is saved, when the last backup was made, what waits; each fact leads to its place."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt

from gui import saying
from models.services.views.home import Touched
from tests.gui import fakes


@pytest.mark.parametrize(
    ("number", "title", "tab"), [(0, "数据交换", "write"), (1, "数据交换", "journal"), (2, "数据交换", "conflicts")]
)
def test_every_fact_of_a_township_leads_to_its_place(desk, qtbot, number, title, tab):
    one = desk()
    one.start()
    button = one.window.status.waiting.buttons[number]
    assert button.text() == ("待报送 12 条", "已导出待回执 5 条", "冲突 3 处")[number] or number == 2
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    one.settle()
    assert one.window.page.title == title
    assert one.window.page.tabs.current == tab


def test_facts_of_a_county_lead_to_what_came_in(desk, qtbot):
    one = desk(fakes.county())
    one.start()
    facts = one.window.status.waiting
    assert facts.text().startswith("本月已收 9 个单位\u2003未报送 3 个单位")
    qtbot.mouseClick(facts.buttons[1], Qt.MouseButton.LeftButton)
    one.settle()
    assert one.window.page.tabs.current == "read"


def test_the_last_backup_is_told_only_if_one_is_known(desk, qtbot, tmp_path):
    one = desk(home=tmp_path)
    one.start()
    status = one.window.status
    assert status.backed_up.text() == ""
    one.session.settings.backed_up = datetime(2026, 11, 23, 8, 31).astimezone().isoformat()
    one.session.tell(Touched("setting"))
    one.settle()
    assert status.backed_up.text() == "上次备份 今天 08:31"
    qtbot.mouseClick(status.backed_up.buttons[0], Qt.MouseButton.LeftButton)
    one.settle()
    assert one.window.page.title == "设置"


def test_a_fact_that_is_no_more_goes_and_the_others_stay(desk):
    one = desk()
    one.start()
    status = one.window.status
    shown = len([one for one in status.waiting.buttons if one.isVisible()])
    first = status.waiting.buttons[0]
    status.waiting.say([("只剩这个", first.value)])
    assert status.waiting.text() == "只剩这个"
    assert status.waiting.buttons[0] is first
    assert len([one for one in status.waiting.buttons if one.isVisible()]) == 1 < shown


def test_saved_is_answered_with_the_time(desk):
    one = desk()
    one.start()
    status = one.window.status
    status.say_saved()
    assert status.saved.text() == "已保存，没有新的改动"
    one.session.tell(Touched("problem"))
    one.settle()
    status.say_saved()
    assert status.saved.text() == f"已保存到本机 {one.session.saved_at:%H:%M}"


def test_times_are_said_in_few_words():
    now = datetime(2026, 11, 23, 8, 31).astimezone()
    assert saying.lately(now.isoformat(), now.date()) == "今天 08:31"
    assert saying.lately((now - timedelta(days=9)).isoformat(), now.date()) == "11月14日"
    assert saying.lately((now - timedelta(days=400)).isoformat(), now.date()) == "2025年10月19日"
    assert saying.lately("", now.date()) == saying.lately("?", now.date()) == ""
