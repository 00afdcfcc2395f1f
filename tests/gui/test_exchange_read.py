from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from gui import saying
from gui.panels.exchange.preview import BY_TABLE, COLUMNS, sentence
from gui.panels.exchange.read_items import Item, found_sentence, in_order, total_sentence
from gui.panels.exchange.read_package import WRITE_BACK
from gui.panels.exchange.read_rail import why
from gui.panels.exchange.take_back import TAKE_BACK
from gui.sticks import Stick
from models.services.views.exchange import Peer, PreviewLine, Report
from tests.gui import fakes

ONE = Path("/media/u/hg_361021_361021101_31.hgb")
MANY = [Path("/media/u"), Path("/media/v")]


@pytest.fixture
def reading(desk):
    one = desk()
    return one, one.open("exchange", tab="read").read


def state(panel):
    return next(name for name, part in panel._states.items() if panel.middle.currentWidget() is part)


def act(panel, row):
    """Press the act of a row."""
    model = panel.list.model
    panel.list.table.clicked.emit(model.index(row, model.columnCount() - 1))


def test_a_folder_shows_what_lies_in_it_with_the_words_of_the_exchange(reading):
    one, panel = reading
    panel.look_at(MANY)
    one.settle()
    assert state(panel) == "list"
    model = panel.list.model
    words = [model.index(row, 4).data() for row in range(model.rowCount())]
    assert words == ["新", "未登记设备", "损坏", "不是给本单位", "已导入过"], "what can be done comes first"
    acts = [model.index(row, 6).data() for row in range(model.rowCount())]
    assert acts == ["看变化", "怎么办", "怎么办", "说明", "看记录"]
    assert panel.list.title.text() == (
        "找到 5 个包：1 个可以导入，1 个未登记设备，1 个损坏，1 个不是给本单位，1 个已导入过。"
    )
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


def test_a_month_that_comes_is_told_as_a_month():
    line = PreviewLine("updated", "problem", "1" * 32, "拆解点", "1", "dispatch", "月调度", None, "2026-11")
    assert next(one for one in COLUMNS if one.key == "then").text(line) == "填了2026年11月的"


def test_a_preview_is_grouped_by_content_too(reading, monkeypatch):
    one, panel = reading
    petition = PreviewLine("updated", "petition", "9", "来信反映油烟", "X1", "handling", "处理和整改情况", "甲", "乙")
    both = replace(fakes.report(ONE), changes=(*fakes.report(ONE).changes, petition))
    monkeypatch.setattr(one.office.exchange, "preview", lambda path, progress: both)
    panel.look_at([ONE])
    one.settle()
    panel.preview._show_group(f"{BY_TABLE}petition")
    assert [line.title for line in panel.preview._model.lines] == ["来信反映油烟"]


def test_importing_says_the_result_first_and_leads_to_conflicts(reading):
    one, panel = reading
    panel.look_at([ONE])
    one.settle()
    panel.take.click()
    one.settle()
    assert one.office.exchange.imports == [(ONE,)]
    assert panel.notice.message.text() == "导入成功：新增 3 条，更新 14 条；1 处需要您选择。"
    assert panel.list.model.index(0, 4).data() == "已导入"
    assert panel.list.model.index(0, 5).data() == "新增 3，更新 14，冲突 1，未应用 1"
    acts = (panel.notice.first, panel.notice.second, panel.notice.third)
    assert [one.text() for one in acts] == ["去选择", WRITE_BACK, TAKE_BACK]
    assert all(one.isVisible() for one in acts)
    panel.notice.first.click()
    one.settle()
    assert one.window.page.tabs.current == "conflicts"


def test_with_conflicts_too_a_receipt_goes_back_at_once(reading):
    one, panel = reading
    panel.look_at([ONE])
    one.settle()
    panel.take.click()
    one.settle()
    panel.notice.second.click()
    one.settle()
    assert one.office.exchange.exports == [(ONE.parent, ("361021",))]
    assert one.window.page.tabs.current == "write"


def brought(one, panel, monkeypatch, *senders):
    """Import a package of each sender, as it comes without conflicts."""
    made = [fakes.card("new", 3 + at, name) for at, (_, name) in enumerate(senders)]
    reports = {
        card.path: replace(fakes.report(card.path), sender=code, sender_name=name, conflicts=0)
        for card, (code, name) in zip(made, senders, strict=True)
    }
    monkeypatch.setattr(one.office.exchange, "cards", lambda paths: tuple(made))
    monkeypatch.setattr(one.office.exchange, "bring_in", lambda paths, progress, sure: [reports[p] for p in paths])
    panel.look_at(MANY)
    one.settle()
    panel.take.click()
    one.settle()
    return made[0].path.parent


def test_a_receipt_goes_back_at_once_to_where_the_package_came_from(desk, monkeypatch):
    one = desk(fakes.county())
    panel = one.open("exchange", tab="read").read
    folder = brought(one, panel, monkeypatch, ("361021103", "石坪乡"), ("361021101", "白水镇"))
    assert panel.notice.first.text().strip() == WRITE_BACK
    panel.notice.first.click()
    one.settle()
    page = one.window.page
    assert one.office.exchange.exports == [(folder, ("361021101", "361021103"))]
    assert page.tabs.current == "write"
    assert page.write.done.title.text() == "可以拔出 U 盘了"
    assert page.write.done.isVisible()
    assert panel._last is not None, "it can still be taken back"


def test_a_place_that_takes_nothing_is_the_only_one_that_is_asked_about(desk, monkeypatch):
    one = desk(fakes.county())
    panel = one.open("exchange", tab="read").read
    brought(one, panel, monkeypatch, ("361021101", "白水镇"))
    one.office.exchange.refusal = fakes.Refused(text="这个 U 盘只能读。")
    panel.notice.first.click()
    one.settle()
    write = one.window.page.write
    assert write.refusal.title.text() == "这个 U 盘只能读。"
    assert one.office.exchange.exports == []
    one.office.exchange.refusal = None
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "/media/w")
    write.other.click()
    one.settle()
    assert one.office.exchange.exports == [(Path("/media/w"), ("361021101",))]
    assert write.done.isVisible()


def test_many_are_read_one_after_the_other_and_each_has_its_result(reading, monkeypatch):
    one, panel = reading
    cards = tuple(fakes.card("new", number, "桥头镇") for number in (12, 3, 7))
    monkeypatch.setattr(one.office.exchange, "cards", lambda paths: cards)
    panel.look_at(MANY)
    one.settle()
    assert [item.card.number for item in panel.list.items] == [3, 7, 12], "older ones first"
    panel.take.click()
    one.settle()
    assert [paths[0].name for paths in one.office.exchange.imports] == [
        "桥头镇_第3包.hgb", "桥头镇_第7包.hgb", "桥头镇_第12包.hgb",
    ]  # fmt: skip
    assert {item.report.result for item in panel.list.items} == {"imported"}
    assert panel.notice.message.text() == "3 个包都已处理：新增 9 条，更新 42 条；3 处需要您选择。"


def slow_after_the_first(exchange, cards, monkeypatch):
    """These packages lie there; the first is read at once, those behind it take their time."""
    monkeypatch.setattr(exchange, "cards", lambda paths: cards)
    first = exchange.bring_in

    def bring_in(paths, progress, *, sure):
        made = first(paths, progress, sure=sure)
        exchange.slow = True
        return made

    monkeypatch.setattr(exchange, "bring_in", bring_in)


def test_while_many_are_read_it_is_said_which_one_it_is_and_nothing_untrue(reading, monkeypatch, qtbot):
    one, panel = reading
    cards = tuple(fakes.card("new", number, "桥头镇") for number in (3, 7, 12))
    slow_after_the_first(one.office.exchange, cards, monkeypatch)
    panel.look_at(MANY)
    one.settle()
    panel.take.click()
    assert panel.list.strip.title.text() == "正在读入第 1 个，共 3 个，请不要拔出"
    qtbot.waitUntil(lambda: panel.list.strip.title.text() == "正在读入第 2 个，共 3 个，请不要拔出")
    assert panel.reassure.text() == "读完一个就导入一个；停下来，没有读的包不动。"
    panel.list.strip.stop.click()
    one.settle()
    assert panel.reassure.text() == "没有导入的包还没有动。"


def refuse(monkeypatch, one, is_bad):
    """Some packages turn out to be damaged while they are imported."""
    real = one.office.exchange.bring_in

    def bring_in(paths, progress, *, sure):
        if is_bad(paths[0]):
            return (Report(paths[0], "refused", "数据包内容已损坏。", code="S108", way_out="请重新写一次。"),)
        return real(paths, progress, sure=sure)

    monkeypatch.setattr(one.office.exchange, "bring_in", bring_in)


def test_a_spoilt_copy_of_what_was_read_in_whole_is_no_reason_to_ask_anybody(reading, monkeypatch):
    one, panel = reading
    good, bad = (replace(fakes.card("new", number, "白水镇"), package="p7") for number in (7, 8))
    monkeypatch.setattr(one.office.exchange, "cards", lambda paths: (bad, good))
    refuse(monkeypatch, one, lambda path: path == bad.path)
    panel.look_at(MANY)
    one.settle()
    panel.take.click()
    one.settle()
    assert panel.notice.kind == "success"
    assert panel.notice.message.text().startswith("导入成功")
    assert panel.notice.way_out.text().startswith("1 个损坏的文件不用管，同一个包已经读入了完好的一份。")


@pytest.mark.parametrize("bad", [(7,), (3, 12)])
def test_of_many_those_that_were_refused_are_named_and_the_others_told_whole(reading, monkeypatch, bad):
    one, panel = reading
    names = {3: "白水镇", 7: "石坪乡", 12: "桥头镇"}
    cards = tuple(fakes.card("new", number, name) for number, name in names.items())
    monkeypatch.setattr(one.office.exchange, "cards", lambda paths: cards)
    refuse(monkeypatch, one, lambda path: any(f"第{number}包" in path.name for number in bad))
    panel.look_at(MANY)
    one.settle()
    panel.take.click()
    one.settle()
    message, way_out = panel.notice.message.text(), panel.notice.way_out.text()
    if len(bad) == 1:
        assert message == "石坪乡的包没有导入：数据包内容已损坏。"
        assert way_out == "请重新写一次。其余 2 个都已处理：新增 6 条，更新 28 条；2 处需要您选择。"
        assert panel.list.title.text() == "3 个包：2 个已导入，1 个未导入。"
    else:
        assert message == "2 个包没有导入：白水镇、桥头镇。"
        assert (
            way_out == "为什么、怎么办，点那一行的“怎么办”。其余 1 个都已处理：新增 3 条，更新 14 条；1 处需要您选择。"
        )
        assert panel.list.title.text() == "3 个包：2 个未导入，1 个已导入。"


def test_the_package_that_is_read_just_now_is_marked_and_the_list_stays(reading, qtbot):
    one, panel = reading
    panel.look_at(MANY)
    one.settle()
    one.office.exchange.slow = True
    panel.take.click()
    assert state(panel) == "list"
    assert panel.list.model.index(0, 4).data() == "正在读入"
    assert panel.list.strip.title.text() == "正在读入，请不要拔出"
    assert not panel.take.isEnabled()
    assert not panel.leave.isEnabled()
    act(panel, 1)
    assert not panel.notice.isVisible(), "one thing at a time"
    qtbot.waitUntil(lambda: panel.list.strip.what.accessibleName() != "")
    panel.list.strip.stop.click()
    one.settle()
    assert one.office.exchange.imports == []
    assert panel.notice.message.text() == "已停下，没有导入。"
    assert panel.list.model.index(0, 4).data() == "新"
    assert not panel.list.strip.isVisible()


def test_what_was_imported_before_one_stopped_stays(reading, monkeypatch, qtbot):
    one, panel = reading
    cards = tuple(fakes.card("new", number, "桥头镇") for number in (3, 7))
    slow_after_the_first(one.office.exchange, cards, monkeypatch)
    panel.look_at(MANY)
    one.settle()
    panel.take.click()
    qtbot.waitUntil(lambda: panel.list.items[0].report is not None)
    assert panel.list.items[1].now
    panel.list.strip.stop.click()
    one.settle()
    assert panel.notice.message.text() == "停下了：前 1 个包已经导入，其余没有动。"
    assert panel.take.text().strip() == "导入 1 个数据包"


def test_not_importing_leaves_everything_as_it_was(reading):
    one, panel = reading
    panel.look_at([ONE])
    one.settle()
    panel.leave.click()
    assert state(panel) == "choose"
    assert one.office.exchange.imports == []


def test_from_a_preview_of_many_one_comes_back_to_the_list(reading):
    one, panel = reading
    panel.look_at(MANY)
    one.settle()
    act(panel, 0)
    one.settle()
    assert state(panel) == "preview"
    panel.leave.click()
    assert state(panel) == "list"


def test_the_changes_of_an_imported_package_can_be_looked_at_again(reading, monkeypatch):
    one, panel = reading
    quiet = replace(fakes.report(ONE), conflicts=0)
    monkeypatch.setattr(one.office.exchange, "bring_in", lambda paths, progress, *, sure: (quiet,))
    panel.look_at([ONE])
    one.settle()
    panel.take.click()
    one.settle()
    act(panel, 0)
    assert state(panel) == "preview"
    assert not panel.take.isVisible()
    assert panel.leave.text() == "回到列表"
    panel.leave.click()
    assert state(panel) == "list"


def test_each_odd_package_has_its_way_out(reading, monkeypatch):
    one, panel = reading
    bad = Report(ONE, "refused", "这个包不完整或被改动过，没有导入。", code="S102", way_out="请让龙潭乡重新写一次。")
    monkeypatch.setattr(one.office.exchange, "preview", lambda path, progress: bad)
    panel.look_at(MANY)
    one.settle()
    act(panel, 2)
    one.settle()
    assert state(panel) == "list"
    assert (panel.notice.kind, panel.notice.way_out.text()) == ("refusal", "请让龙潭乡重新写一次。")
    act(panel, 3)
    assert panel.notice.message.text() == "收件单位是东岭县某镇，没有打开"
    act(panel, 4)
    one.settle()
    assert one.window.page.tabs.current == "journal"


def test_a_press_beside_the_act_only_selects(reading):
    one, panel = reading
    panel.look_at(MANY)
    one.settle()
    panel.list.table.clicked.emit(panel.list.model.index(3, 0))
    assert not panel.notice.isVisible()


def test_a_damaged_package_says_what_to_do(reading, monkeypatch):
    one, panel = reading
    bad = Report(ONE, "refused", "这个包不完整或被改动过，没有导入。", code="S102", way_out="请让白水镇重新写一次。")
    monkeypatch.setattr(one.office.exchange, "bring_in", lambda paths, progress, *, sure: (bad,))
    panel.look_at([ONE])
    one.settle()
    panel.take.click()
    one.settle()
    assert panel.notice.kind == "refusal"
    assert panel.notice.message.text() == "1 个包没有导入：这个包不完整或被改动过，没有导入。"
    assert panel.notice.way_out.text() == "请让白水镇重新写一次。"
    assert panel.list.model.index(0, 4).data() == "未导入"
    panel.notice.hide()
    act(panel, 0)
    assert panel.notice.way_out.text() == "请让白水镇重新写一次。"


def test_a_refusal_in_the_middle_returns_to_the_list(reading):
    one, panel = reading
    panel.look_at([ONE])
    one.settle()
    one.office.exchange.refusal = fakes.Refused(text="U 盘不见了。")
    panel.take.click()
    one.settle()
    assert state(panel) == "list"
    assert panel.notice.message.text() == "U 盘不见了。"
    assert not panel.list.is_busy


def test_looking_can_be_stopped(reading, qtbot):
    one, panel = reading
    one.office.exchange.slow = True
    panel.look_at([ONE])
    qtbot.waitUntil(lambda: panel.working.isVisible() and panel.working.amount.text() != "")
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
    welcome = replace(fakes.card("new", 1, "临江县环委办"), kind="welcome", path=Path("/media/u/欢迎包.hgb"))
    monkeypatch.setattr(one.office.exchange, "cards", lambda paths: (welcome,))
    panel.look_at([welcome.path])
    one.settle()
    assert state(panel) == "list"
    assert panel.list.model.index(0, 6).data() == "去登记"
    panel.list.table.opened.emit(0)
    one.settle()
    assert one.window.page.tabs.current == "enrol"


def test_sticks_that_are_plugged_in_are_offered(reading, qtbot):
    one, panel = reading
    panel._show_sticks((Stick(Path("/media/u"), "KINGSTON", 11_200_000_000),))
    offer = panel._sticks.itemAt(0).layout().itemAt(0).widget()
    assert offer.text().strip() == f"看看这个 U 盘：KINGSTON（{Path('/media/u')}），剩余 11 GB"
    qtbot.mouseClick(offer, Qt.MouseButton.LeftButton)
    one.settle()
    assert state(panel) == "list"


# ------------------------------------------------------------------------------------- the county


def test_the_county_sees_who_has_come_and_who_is_missing(desk):
    one = desk(fakes.county())
    panel = one.open("exchange", tab="read").read
    assert panel.rail.isVisible()
    assert (panel.rail.count.text(), panel.rail.of.text()) == ("9", "/ 12 个单位")
    panel.rail.copy.click()
    assert QGuiApplication.clipboard().text() == "石坪乡、龙潭乡、城关街道"
    panel.look_at(MANY)
    one.settle()
    assert panel.rail.isVisible()
    act(panel, 1)
    assert "登记后再读" in panel.notice.way_out.text()


def test_why_a_unit_is_missing():
    peer = Peer("1", "石坪乡", "township", 0, 0, 1, None, None, None, None, 0)
    today = fakes.TODAY
    assert why(peer, {}, today) == "从没收到过"
    assert why(replace(peer, devices=0), {}, today) == "还没有登记电脑"
    assert why(replace(peer, last_in="2026-10-25T09:00:00+08:00"), {}, today) == "上次 10月25日"
    assert why(peer, {"1": "文件损坏"}, today) == "文件损坏"
    assert saying.came_this_month("2026-11-01T09:00:00+08:00", today)
    assert not saying.came_this_month("2025-11-20T09:00:00+08:00", today)


def test_sentences():
    assert sentence(Report(ONE, "imported", "")) == "导入后：没有变化，只带来回执。"
    assert sentence(Report(ONE, "imported", "", created=2)) == "导入后：新增 2 条，更新 0 条。"
    two = [Report(ONE, "imported", "", created=2, conflicts=1), Report(ONE, "already", "", updated=3)]
    assert total_sentence(two) == "2 个包都已处理：新增 2 条，更新 3 条；1 处需要您选择。"
    others = Report(ONE, "imported", "", updated=1, conflicts=1, told_conflicts=1)
    assert sentence(others) == "导入后：新增 0 条，更新 1 条；1 处冲突由负责的单位选定。"
    assert total_sentence([*two, others]) == "3 个包都已处理：新增 2 条，更新 4 条；1 处需要您选择。"
    old = [Item(fakes.card("already", 4, "石坪乡"))]
    assert found_sentence(old) == "找到 1 个包：没有可以导入的，1 个已导入过。"
    assert in_order([]) == []
