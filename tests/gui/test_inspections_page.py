"""The page 自查自纠: the list narrows and leads on, zero reports take two keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton

from gui.dialogs.paper import Paper
from gui.dialogs.question import Question
from gui.drafts import EDIT, Draft
from gui.places import Place
from models.services.inspections.form_refusals import BadForm
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
    one.do(lambda: part.themes.selectRow(3))
    assert (part.theme == "air", page.is_dirty) == (False, False)  # what is altered waits
    assert part._themes.columns[0].below(part._themes.lines[0]) == "改了还没有下发"
    one.do(lambda: part.themes.selectRow(0))
    assert page.is_dirty
    one.do(part.issue.click)
    issued = one.office.checklists.issued["air"]
    assert [(item["id"], item["text"]) for item in issued[:2]] == [
        (before[1]["id"], "土方是否全部覆盖？"), ("A1-7", "围挡是否干净？"),
    ]  # fmt: skip
    assert (len(issued), page.is_dirty, one.session.drafts.all()) == (len(before), False, ())
    part.items.selectRow(0)
    part.retire.click()
    one.do(page.drop)
    assert not page.is_dirty
    one.open("overview")
    one.open("inspection")
    assert page.is_dirty
    part.undo.click()
    assert (page.is_dirty, one.session.drafts.all()) == (False, ())


def test_what_is_altered_while_it_is_issued_waits_for_the_next_version(desk, monkeypatch):
    one = desk(fakes.county())
    one.start()
    page = one.go(Place("inspection", tab="checklists"))
    part, left = page.part, []
    part.retire.click()
    many = len(part.altering.content)
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
    assert (len(one.office.checklists.issued["air"]), len(part.altering.content), page.is_dirty) == (
        many - 2,
        many - 3,
        True,
    )


def test_what_is_altered_waits_as_a_draft_and_stands_on_a_newer_version(desk, monkeypatch, tmp_path):
    one = desk(fakes.county(), tmp_path)
    one.start()
    part = one.go(Place("inspection", tab="checklists")).part
    before = list(part.altering.content)
    part.items.selectRow(1)
    part.retire.click()
    one.close()
    one = desk(one.office, tmp_path)
    one.start()
    other = [{**before[0], "text": "是否都已覆盖？"}, *before[1:]]
    one.office.checklists.issue("air", other)
    page = one.go(Place("inspection", tab="checklists"))
    part = page.part
    assert (page.is_dirty, part.altering.content) == (True, [other[0], *other[2:]])
    assert "您改的接在新的一版上" in part.notice.message.text()
    newer = [*other[:1], {**other[1], "text": "是否都已洒水？"}, *other[2:]]
    one.office.checklists.issue("air", newer)
    one.do(page.refresh)
    assert part.altering.content == [other[0], *other[2:]]
    assert before[1]["id"] in part.notice.way_out.text()
    one.do(part.issue.click)
    assert (page.is_dirty, one.session.drafts.all()) == (False, ())


@pytest.mark.parametrize("content", ['"', "[7]", '[{"id": "A1"}]', "7", "{}"])
def test_a_draft_that_holds_no_questions_is_passed_over(desk, content):
    one = desk(fakes.county())
    one.session.drafts.keep(Draft("checklist", "", EDIT, "air", values={"content": content}, base={"content": "[]"}))
    page = one.go(Place("inspection", tab="checklists"))
    assert not page.is_dirty
    assert part_count(page) == len(one.office.checklists.show("air")["items"])


def part_count(page):
    return len(page.part._items.lines)


def test_what_is_typed_of_a_question_is_there_again_until_it_is_taken_or_left(desk, monkeypatch):
    one = desk()
    one.start()
    part = one.go(Place("inspection", tab="checklists")).part
    papers = []

    def killed(paper):
        paper.form.fields["text"].rewrite("村口垃圾池是否日清？")
        paper.form.left.emit()
        paper.form.left.disconnect()
        return QDialog.DialogCode.Rejected  # never answered: the program died

    monkeypatch.setattr(Paper, "exec", killed)
    part.add_one.click()
    (kept,) = one.session.drafts.all()
    assert kept.values["text"] == "村口垃圾池是否日清？"

    def left(paper):
        papers.append((paper.text.text(), paper.values))
        paper.leave.click()
        return paper.result()

    monkeypatch.setattr(Paper, "exec", left)
    part.add_one.click()
    ((said, values),) = papers
    assert said.startswith("上次没有填完的还在")
    assert values["text"] == "村口垃圾池是否日清？"
    assert one.session.drafts.all() == ()
    fill(monkeypatch, text="村口垃圾池是否日清？")
    monkeypatch.setattr(one.office.checklists, "add_item", refuse)
    one.do(part.add_one.click)
    assert [draft.values["text"] for draft in one.session.drafts.all()] == ["村口垃圾池是否日清？"]


def refuse(*_):
    raise BadForm(("第 9 行：打了 2 个勾",))


def test_a_checklist_of_which_all_is_retired_still_takes_a_question(desk, monkeypatch):
    one = desk(fakes.county())
    one.start()
    part = one.go(Place("inspection", tab="checklists")).part
    before = {item["id"] for item in part.altering.content}
    while part.altering.content:
        part.retire.click()
    fill(monkeypatch, text="围挡是否干净？", basis="县里的办法")
    part.add_one.click()
    (new,) = part.altering.content
    assert new["text"] == "围挡是否干净？"
    assert new["id"] not in before


def test_a_refused_checklist_is_not_left(desk, monkeypatch):
    one = desk(fakes.county())
    one.start()
    page = one.go(Place("inspection", tab="checklists"))
    page.part.retire.click()
    one.do(lambda: page.come(Place("inspection", tab="checks")))
    left = []
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
