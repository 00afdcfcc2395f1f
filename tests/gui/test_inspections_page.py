"""The page 自查自纠: the list narrows and leads on, zero reports take two keys."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from gui.dialogs.paper import Paper
from gui.dialogs.question import Question
from gui.places import Place
from models.services.form_refusals import BadForm
from tests.gui import fakes


def enter(self):
    """What Enter does in a dialog: its default button is pressed."""
    (default,) = [one for one in self.findChildren(QPushButton) if one.isDefault()]
    default.click()
    return self.result()


def test_a_zero_report_takes_two_keys(desk, qtbot, monkeypatch):
    one = desk()
    one.start()
    page = one.go(Place("inspection"))
    monkeypatch.setattr(Paper, "exec", enter)
    qtbot.keyClick(one.window.focusWidget(), Qt.Key.Key_F7)
    one.settle()
    today = one.session.today.isoformat()
    assert one.office.inspections.calls == [("zero", {"inspected_on": today, "people": "王秀兰、李志强"})]
    assert "零报告已保存" in page.part.notice.message.text()


def test_the_list_is_narrowed_by_what_came_of_inspections_and_by_words(desk):
    one = desk(fakes.county(10))
    one.start()
    part = one.go(Place("inspection")).part
    for view, count in (("", 10), ("open", 2), ("left", 4), ("zero", 2)):
        part.views.choose(view)
        part._show()
        assert len(part.lines.rows) == count, view
    part.views.choose("")
    part.search.setText("砂石")
    part._show()
    assert [row.place[:4] for row in part.lines.rows] == ["永丰砂石"] * 2
    part.search.setText("没有这样的")
    part._show()
    assert part.lines.currentWidget() is part.lines.empty


def test_a_filled_form_is_read_and_what_is_unclear_is_said(desk):
    one = desk()
    one.start()
    part = one.go(Place("inspection")).part
    one.office.inspections.refusal = BadForm(("第 9 行：打了 2 个勾",))
    one.do(lambda: part.read_form(Path("表.xlsx")))
    assert "第 9 行：打了 2 个勾" in part.notice.message.text()
    one.office.inspections.refusal = None
    one.do(lambda: part.read_form(Path("表.xlsx")))
    assert "是 7，否 1，不适用 1" in part.notice.message.text()
    one.do(part.notice.first.click)
    assert one.window.page._place == Place("inspection/record", id="e" * 32)


def test_the_county_alters_a_checklist_and_issues_all_of_it_at_once(desk, monkeypatch):
    one = desk(fakes.county())
    one.start()
    page = one.go(Place("inspection", tab="checklists"))
    part, before = page.part, one.office.checklists.show("air")["items"]
    part.items.selectRow(1)
    fill(monkeypatch, text="土方是否全部覆盖？")
    part.edit.click()
    fill(monkeypatch, text="围挡是否干净？", basis="县里的办法")
    part.add_one.click()
    part.items.selectRow(0)
    part.retire.click()
    assert (page.is_dirty, one.office.checklists.issued) == (True, {})
    part.themes.selectRow(3)
    assert "改了还没有下发" in part.notice.message.text()
    assert part.theme == "air"
    one.do(part.issue.click)
    issued = one.office.checklists.issued["air"]
    assert [(item["id"], item["text"]) for item in issued[:2]] == [
        (before[1]["id"], "土方是否全部覆盖？"), ("A1-7", "围挡是否干净？"),
    ]  # fmt: skip
    assert (len(issued), page.is_dirty) == (len(before), False)
    part.themes.selectRow(3)
    one.settle()
    assert part.theme != "air"
    part.items.selectRow(0)
    part.retire.click()
    page.drop()
    assert not page.is_dirty


def test_what_is_altered_while_it_is_issued_waits_for_the_next_version(desk, monkeypatch):
    one = desk(fakes.county())
    one.start()
    page = one.go(Place("inspection", tab="checklists"))
    part, left = page.part, []
    part.retire.click()
    many = len(part._content)
    page.save_then(lambda: left.append(page.is_dirty))
    part.save()
    part.retire.click()
    assert left == []  # nothing is left before it is issued
    one.settle()
    assert (left, page.is_dirty) == ([False], False)  # the second version was issued before the page was left
    assert len(one.office.checklists.issued["air"]) == many - 1
    part.retire.click()
    part.save()
    part.retire.click()
    one.settle()
    assert (len(one.office.checklists.issued["air"]), len(part._content), page.is_dirty) == (many - 2, many - 3, True)


def test_a_checklist_of_which_all_is_retired_still_takes_a_question(desk, monkeypatch):
    one = desk(fakes.county())
    one.start()
    part = one.go(Place("inspection", tab="checklists")).part
    before = {item["id"] for item in part._content}
    while part._content:
        part.retire.click()
    fill(monkeypatch, text="围挡是否干净？", basis="县里的办法")
    part.add_one.click()
    (new,) = part._content
    assert new["text"] == "围挡是否干净？"
    assert new["id"] not in before


def test_a_refused_checklist_is_not_left(desk, monkeypatch):
    one = desk(fakes.county())
    one.start()
    page = one.go(Place("inspection", tab="checklists"))
    page.part.retire.click()
    one.do(lambda: page.come(Place("inspection", tab="checks")))
    left = []

    def refuse(*_):
        raise BadForm(("第 9 行：打了 2 个勾",))

    monkeypatch.setattr(one.office.checklists, "issue", refuse)
    one.do(lambda: page.save_then(lambda: left.append(1)))
    assert (left, page.is_dirty, page.tabs.current) == ([], True, "checklists")
    assert "第 9 行" in page.part.notice.message.text()
    monkeypatch.undo()
    one.do(page.save)
    assert (left, page.is_dirty) == ([], False)


def test_a_township_adds_questions_of_its_own(desk, monkeypatch):
    one = desk()
    one.start()
    part = one.go(Place("inspection", tab="checklists")).part
    assert part.edit.isHidden()
    fill(monkeypatch, text="村口垃圾池是否日清？")
    one.do(part.add_one.click)
    part.items.selectRow(len(part._items.lines) - 1)
    assert (part.line["text"], part.retire.isEnabled()) == ("村口垃圾池是否日清？", True)
    monkeypatch.setattr(Question, "ask", lambda _: "yes")
    one.do(part.retire.click)
    assert one.office.checklists.local == []


def fill(monkeypatch, **values):
    """The next paper is filled in and taken."""

    def run(self):
        for name, value in values.items():
            self.form.fields[name].rewrite(value)
        self.take()
        return self.result()

    monkeypatch.setattr(Paper, "exec", run)
