from __future__ import annotations

from pathlib import Path

import pytest

from gui.panels.preview import sentence
from gui.panels.read_package import total_sentence
from models.services.views import Report
from tests.gui import fakes

ONE = Path("/media/u/hg_361021_361021101_31.hgb")


@pytest.fixture
def reading(desk):
    one = desk()
    return one, one.open("exchange", tab="read").read


def state(panel):
    return next(name for name, part in panel._states.items() if panel.middle.currentWidget() is part)


def test_a_folder_shows_what_lies_in_it_with_the_words_of_the_exchange(reading):
    one, panel = reading
    panel.look_at([Path("/media/u"), Path("/media/v")])
    one.settle()
    assert state(panel) == "list"
    words = [panel._model.index(row, 4).data() for row in range(panel._model.rowCount())]
    assert words == ["新", "已导入过", "损坏", "未登记设备", "不是给本单位"]
    assert panel.take.text().strip() == "导入 1 个数据包"
    assert one.office.exchange.imports == []


def test_one_package_is_previewed_before_anything_is_written(reading):
    one, panel = reading
    panel.look_at([ONE])
    one.settle()
    assert state(panel) == "preview"
    assert panel.preview.title.text() == "导入后：新增 3 条，更新 14 条；1 处冲突需要您选择；1 条未应用。"
    table = panel.preview._model
    assert [table.line(row).what for row in range(3)] == ["conflict", "held", "new"], "what people should see is on top"
    assert table.index(0, 3).data() == "王秀兰"
    assert table.index(0, 4).data() == "周海平"
    assert table.index(2, 3).data() == "（本机没有）"
    panel.preview._show_group("updated")
    assert table.rowCount() == 5
    assert panel.take.text().strip() == "导入 17 条"
    assert one.window.focusWidget() is panel.take
    assert one.office.exchange.imports == []


def test_importing_says_the_result_first_and_leads_to_conflicts(reading):
    one, panel = reading
    panel.look_at([ONE])
    one.settle()
    panel.take.click()
    one.settle()
    assert one.office.exchange.imports == [(ONE,)]
    assert panel.notice.message.text() == "导入成功：新增 3 条，更新 14 条；1 处需要您选择。"
    assert panel._model.index(0, 4).data() == "已导入"
    panel.notice.first.click()
    one.settle()
    assert one.window.page.tabs.current == "conflicts"


def test_not_importing_leaves_everything_as_it_was(reading):
    one, panel = reading
    panel.look_at([ONE])
    one.settle()
    panel.leave.click()
    assert state(panel) == "choose"
    assert one.office.exchange.imports == []


def test_from_a_preview_of_many_one_comes_back_to_the_list(reading):
    one, panel = reading
    panel.look_at([Path("/media/u"), Path("/media/v")])
    one.settle()
    panel.look.click()
    one.settle()
    assert state(panel) == "preview"
    panel.leave.click()
    assert state(panel) == "list"


def test_a_damaged_package_says_what_to_do(reading, monkeypatch):
    one, panel = reading
    bad = Report(ONE, "refused", "这个包不完整或被改动过，没有导入。", code="S102", way_out="请让白水镇重新写一次。")
    monkeypatch.setattr(one.office.exchange, "bring_in", lambda paths, progress: (bad,))
    panel.look_at([ONE])
    one.settle()
    panel.take.click()
    one.settle()
    assert panel.notice.kind == "refusal"
    assert panel.notice.message.text() == "1 个包没有导入：这个包不完整或被改动过，没有导入。"
    assert panel.notice.way_out.text() == "请让白水镇重新写一次。"
    assert panel._model.index(0, 4).data() == "未导入"


def test_a_refusal_in_the_middle_returns_to_the_list(reading):
    one, panel = reading
    panel.look_at([ONE])
    one.settle()
    one.office.exchange.refusal = fakes.Refused(text="U 盘不见了。")
    panel.take.click()
    one.settle()
    assert state(panel) == "list"
    assert panel.notice.message.text() == "U 盘不见了。"


def test_reading_can_be_stopped(reading, qtbot):
    one, panel = reading
    one.office.exchange.slow = True
    panel.look_at([ONE])
    qtbot.waitUntil(lambda: panel.working.amount.text().startswith("已读"))
    panel.working.stop.click()
    one.settle()
    assert state(panel) == "list"
    assert one.office.exchange.imports == []


def test_a_folder_without_packages_says_so(reading, monkeypatch):
    one, panel = reading
    monkeypatch.setattr(one.office.exchange, "cards", lambda paths: ())
    panel.look_at([Path("/media/u")])
    one.settle()
    assert panel.notice.message.text() == "这里没有数据包。"
    assert state(panel) == "choose"


def test_a_request_or_a_welcome_leads_to_enrolment(reading, monkeypatch):
    one, panel = reading
    from dataclasses import replace

    welcome = replace(fakes.card("new", 1, "临江县环委办"), kind="welcome", path=Path("/media/u/欢迎包.hgb"))
    monkeypatch.setattr(one.office.exchange, "cards", lambda paths: (welcome,))
    panel.look_at([welcome.path])
    one.settle()
    assert state(panel) == "list"
    assert panel.look.text().strip() == "去登记"
    panel.look.click()
    one.settle()
    assert one.window.page.tabs.current == "enrol"


def test_sentences():
    assert sentence(Report(ONE, "imported", "")) == "导入后：没有变化，只带来回执。"
    assert sentence(Report(ONE, "imported", "", created=2)) == "导入后：新增 2 条，更新 0 条。"
    two = [Report(ONE, "imported", "", created=2, conflicts=1), Report(ONE, "already", "", updated=3)]
    assert total_sentence(two) == "2 个包都已处理：新增 2 条，更新 3 条；1 处需要您选择。"
