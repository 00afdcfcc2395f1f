"""The page of one record: what is read on it, where one comes from there, what its menu does."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from gui.dialogs.question import Question
from gui.places import Place
from gui.widgets.buttons import Carrier
from tests.gui import fakes
from tests.gui.one_record import ID, field, texts


def test_a_record_is_read_with_its_stations_facts_and_parts(record):
    _, page = record
    assert page.header.title.accessibleName() == fakes.TITLES[0]
    assert page.light.accessibleName() == "红灯：逾期 8 天"
    assert page.neighbours.where.text() == "1 / 22"
    rail = texts(page.story.rail)
    assert "2026-11-15（逾期 8 天）" in rail
    assert "原文：“2026年11月中旬前全部清场”" in rail
    assert page.story.tabs.buttons["measures"].text() == "措施 2 / 4"
    assert "整改 现在 逾期 8 天" in page.story.stations.accessibleName()
    assert [one.text().strip() for one in page.story.now.findChildren(type(page.back))] == [
        "填 11月月调度", "看措施", "办整改方案",
    ]  # fmt: skip


def test_neighbours_are_reached_and_the_ends_are_ends(record):
    one, page = record
    assert not page.neighbours.previous.isEnabled()
    page.neighbours.next.click()
    one.settle()
    assert page.neighbours.where.text() == "2 / 22"
    assert page.header.title.accessibleName() == fakes.TITLES[1]
    assert page.neighbours.previous.isEnabled()


def test_history_says_old_and_new_and_what_was_not_applied(record):
    _, page = record
    entries = page.story.history.log.entries
    said = [line for one in entries for line in one.lines]
    assert "责任人\u2003李志强 → 王秀兰" in said
    assert "序时进度\u2003达到序时进度 → 达到序时进度；未达到序时进度（2026-11-19）" in said
    assert any(text.startswith("登记 12 处：") for text in said)
    assert [one.mark for one in entries] == ["未应用", "", "", ""]
    assert entries[1].note == "原因：与实际不符"


def test_voiding_asks_for_the_reason_and_can_be_taken_back(record, monkeypatch):
    one, page = record

    def answer(question):
        assert not question.buttons["作废这个问题"].isEnabled(), "first the reason"
        question.reason.setText("重复登记")
        assert question.buttons["作废这个问题"].isEnabled()
        return "作废这个问题"

    monkeypatch.setattr(Question, "ask", answer)
    page.acts.act("作废")
    one.settle()
    assert one.office.records.written == [("void", "problem", ID, "重复登记")]
    assert page.notice.message.text() == "这条记录已作废，不再计入台账和统计。"
    assert not page.story.edit.isVisible()
    page.notice.first.click()
    one.settle()
    assert one.office.records.written[-1] == ("unvoid", "problem", ID)
    assert page.story.edit.isVisible()


def test_what_somebody_wrote_is_never_interpreted(desk):
    one = desk()
    evil = "<b>粗</b><img src='file:///etc/passwd'> =HYPERLINK(\"x\")"
    one.office.records.changes = {"title": evil, "description": evil, "source": evil}
    page = one.open("problem/record", id=ID)
    labels = [label for label in page.findChildren(QLabel) if "<b>" in label.text()]
    assert labels
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}


def test_the_answer_for_a_record_that_was_left_is_dropped(desk, qtbot):
    one = desk()
    page = one.open("problem/record", id=ID)
    one.window.go(Place("problem/record", id=f"{1:032x}"))
    one.window.go(Place("problem/record", id=f"{2:032x}"))
    one.settle()
    assert page.header.title.accessibleName() == fakes.TITLES[2]


def test_the_county_is_not_asked_to_fill_the_month(desk):
    page = desk(fakes.county()).open("problem/record", id=ID)
    said = texts(page.story.now)
    assert "现在的情况" in said
    assert "11月月调度还没有收到" in said


def test_a_petition_has_its_own_parts(desk):
    page = desk().open("petition/record", id=ID)
    assert "处理结果" in texts(page.story)
    assert "measures" not in page.story.tabs.buttons
    assert page.story.pace.text() == "属实"


def test_the_next_record_is_read_at_the_same_place(record, qtbot):
    one, page = record
    bar = page.story.scroller.verticalScrollBar()
    page.story.show_section("dispatches")
    qtbot.waitUntil(lambda: bar.value() > 0)
    at = bar.value()
    qtbot.keyClick(page, Qt.Key.Key_PageDown)
    one.settle()
    assert page.neighbours.where.text() == "2 / 22"
    assert abs(bar.value() - at) < 200
    one.open("problem/record", id=ID)
    assert bar.value() == 0, "a record that was opened begins at its top"


def test_in_a_narrow_window_the_particulars_are_a_section(record):
    one, page = record
    assert page.story.rail.isVisible()
    assert page.story.tabs.buttons["facts"].isHidden()
    one.window.resize(1024, 640)
    one.settle()
    assert not page.story.rail.isVisible()
    assert page.story.tabs.buttons["facts"].isVisible()
    assert "2026-11-15（逾期 8 天）" in texts(page.story.scroller)
    page.story.show_section("facts")
    one.settle()
    assert page.story.tabs.current == "facts"
    one.window.resize(1366, 768)
    one.settle()
    assert page.story.rail.isVisible()
    assert "2026-11-15（逾期 8 天）" in texts(page.story.rail)


def test_the_section_follows_the_scroll(record, qtbot):
    _one, page = record
    bar = page.story.scroller.verticalScrollBar()
    assert page.story.tabs.current == "now"
    bar.setValue(page.story.measures.y())
    assert page.story.tabs.current == "measures"
    bar.setValue(0)
    assert page.story.tabs.current == "now"


def test_the_particulars_are_copied_as_text(record):
    _one, page = record
    menu = page.acts.menu()
    said = [act.text() for act in menu.actions() if act.text()]
    assert said == ["修改这个问题\tF2", "申请和回头看", "打印和写出", "复制基本情况", "复制编号", "作废这个问题…"]
    next(act for act in menu.actions() if act.text() == "复制基本情况").trigger()
    text = QGuiApplication.clipboard().text()
    assert text.startswith(fakes.TITLES[0])
    assert "整改时限：2026-11-15（逾期 8 天）（原文：“2026年11月中旬前全部清场”）" in text.splitlines()
    assert "责任人 王秀兰\u3000电话 0796-8440112" in text
    assert page.notice.message.text() == "已复制，可以粘贴到别处。"


def test_what_is_missing_has_its_button_which_goes_to_the_field(desk, qtbot):
    one = desk()
    one.office.records.changes = {"person": None, "deadline": None, "deadline_kind": None, "measures": []}
    page = one.open("problem/record", id=ID)
    said = {button.text().strip(): button for button in page.story.now.findChildren(Carrier)}
    assert list(said) == ["填 11月月调度", "加一条措施", "写责任人", "写整改时限", "办整改方案"]
    said["写责任人"].click()
    qtbot.waitUntil(field(page, "person").editor.hasFocus)


def test_what_another_unit_writes_asks_for_nothing_here(desk):
    one = desk()
    one.office.records.may = frozenset({"progress", "pace"})
    one.office.records.changes = {"person": None}
    page = one.open("problem/record", id=ID)
    assert "还没有写责任人" in texts(page.story.now)
    assert "写责任人" not in [button.text().strip() for button in page.story.now.findChildren(Carrier)]
