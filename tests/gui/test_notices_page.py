"""The page 通知单: proposals become drafts, drafts are looked at and issued, notices are answered and ended."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QFileDialog

from gui.dialogs.question import Question
from gui.panels.overview.todo import tasks
from gui.places import BACK, Place
from models.services.views.home import UnitView
from tests.gui import fakes


@pytest.fixture
def county(desk):
    one = desk(fakes.county())
    one.start()
    return one


def test_what_is_ticked_becomes_drafts_and_a_draft_is_seen_before_it_is_issued(county):
    page = county.go(Place("notice"))
    proposing, writing, calls = page.proposing, page.writing, county.office.notices.calls
    proposing.table.ticked_some.emit((0, 2, 3))
    assert proposing.do.text() == "起草 3 份通知单"
    county.do(proposing.do.click)
    assert calls == [], "a draft is no notice"
    assert {writing.which.itemText(at) for at in range(writing.which.count())} == {
        "新写一份", "督办函：白水镇", "提示单：青山镇、石坪乡",
    }  # fmt: skip
    assert writing.values["kind"] == "reminder"
    assert writing.values["township"] == "361021102；361021103"
    assert set(writing.values["problems"].split("；")) == {f"{2:032x}", f"{3:032x}"}
    assert writing.values["title"] == "关于加快生态环境问题整改的提示", "as the county's template says"
    writing.whom.boxes["361021105"].click()
    county.do(page.refresh)
    assert writing.whom.boxes["361021105"].isChecked(), "what one ticks stays when the page looks again"
    county.do(writing.whom.boxes["361021105"].click)
    county.do(writing.do.click)
    assert writing.is_looking
    assert calls == []
    assert "青山镇" in writing.look.paper.toPlainText()
    writing.look.one_of.setCurrentIndex(1)
    writing.look._show(1)
    assert "石坪乡" in writing.look.paper.toPlainText()
    county.do(writing.do.click)
    assert [(call[0], call[1]["township"]) for call in calls] == [("issue", "361021102；361021103")]
    assert "已发出" in page.notice.message.text()
    assert writing.values["kind"] == "supervision", "the next draft is shown"
    county.do(writing.drop.click)
    assert writing.values == {}
    assert county.session.drafts.of("notice", "") == ()


def test_what_is_lacking_is_marked_and_what_is_written_stays_when_the_kind_changes(county):
    page = county.go(Place("notice", view="write"))
    writing = page.writing
    county.do(writing.do.click)
    assert "还没有选发给哪个单位" in writing.notice.message.text()
    assert writing.kind.wrong
    assert writing.form.fields["title"].wrong
    county.do(lambda: writing.kind.rewrite("assignment"))
    assert writing.form.fields["title"].value == "关于交办生态环境问题的通知"
    writing.form.fields["title"].rewrite("自己写的标题")
    county.do(lambda: writing.kind.rewrite("reminder"))
    assert writing.form.fields["title"].value == "自己写的标题"
    assert "提示" in writing.form.fields["text"].value
    county.do(writing.whom.all.click)
    assert len(writing.values["township"].split("；")) == len(county.office.units.units)
    writing.drafts.now()
    county.open("overview")
    page = county.go(Place("notice", view="write"))
    assert page.writing.values["title"] == "自己写的标题"
    county.do(lambda: page.writing._choose(0))
    assert page.writing.values == {}
    county.do(lambda: page.writing._choose(1))
    assert page.writing.values["title"] == "自己写的标题"


def test_the_month_page_urges_those_who_have_not_reported(county):
    units = county.go(Place("month")).units
    late = [one.unit for one in units._units if one.missing]
    county.office.units.units = [UnitView(one.unit, "township", one.name) for one in units._units]
    county.do(units.urge.click)
    page = county.window.page
    assert page.title == "通知单"
    assert page.writing.values["kind"] == "month_request"
    assert page.writing.values["month"] == f"{county.session.today:%Y-%m}"
    assert set(page.writing.values["township"].split("；")) == set(late)
    county.do(lambda: county.window.go(BACK))
    county.do(county.window.page.units.urge.click)
    county.do(lambda: county.window.go(BACK))
    county.do(lambda: county.window.go(BACK))
    assert len(county.session.drafts.of("notice", "")) == 1, "coming again makes no other draft"


def test_the_county_ends_one_answers_for_a_unit_and_takes_one_back(county, monkeypatch):
    page = county.go(Place("notice", view="replied"))
    letter, calls = page.box.letter, county.office.notices.calls
    county.do(letter.do.click)
    assert "还没有写办结意见" in letter.notice.message.text()
    first = letter.id
    letter.text.setPlainText("予以办结")
    county.do(page.save)
    assert calls.pop() == ("close", first, "予以办结")
    assert first not in [one["id"] for one in page.box.lines]
    county.do(lambda: page._choose("open"))
    first = letter.id
    letter._other()
    letter.text.setPlainText("纸质回复已收")
    letter._other()
    assert letter.text.toPlainText() == "", "an opinion is not an answer"
    letter._other()
    assert letter.text.toPlainText() == "纸质回复已收"
    county.do(letter.do.click)
    assert calls.pop() == ("reply", first, {"reply": "纸质回复已收"})
    monkeypatch.setattr(Question, "ask", lambda one: one.reason.setText("发错了") or "作废这份通知单")
    first = letter.id
    county.do(letter.void.click)
    assert calls.pop() == ("void", first, "发错了")
    assert "已作废" in page.notice.message.text()
    county.do(lambda: page._choose("void"))
    assert [one["id"] for one in page.box.lines] == [first]
    assert letter.notice.way_out.text() == "2026-11-23，原因：发错了"
    assert not letter.void.isVisible()
    assert not letter.do.isVisible()


def test_one_is_printed(county, monkeypatch, tmp_path):
    letter = county.go(Place("notice", view="open")).box.letter
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "督办函.pdf"), ""))
    county.do(letter.print.click)
    assert county.office.papers.asked == [("督办函.pdf", b"%PDF")]
    assert "已写出 督办函.pdf" in letter.notice.message.text()


def test_a_township_answers_and_nothing_typed_is_lost_by_reading_another(desk):
    one = desk()
    one.start()
    page = one.go(Place("notice"))
    box, letter, calls = page.box, page.box.letter, one.office.notices.calls
    first = letter.id
    assert "督办" in letter.paper.toPlainText()
    letter.text.setPlainText("已组织清场")
    one.do(lambda: box.table.selectRow(1))
    assert letter.id != first
    assert letter.text.toPlainText() == ""
    one.do(lambda: box.table.selectRow(0))
    assert letter.text.toPlainText() == "已组织清场"
    one.office.notices.refusal = fakes.Refused()
    one.do(letter.do.click)
    assert letter.text.toPlainText() == "已组织清场", "a refusal takes nothing"
    one.office.notices.refusal = None
    one.do(letter.do.click)
    assert calls == [("reply", first, {"reply": "已组织清场"})]
    assert one.session.drafts.of("notice", first) == ()
    assert "已回复" in page.notice.message.text()
    one.do(lambda: page._choose("replied"))
    assert not letter.do.isVisible()
    letter._other()
    assert letter.text.toPlainText() == str(letter._record["reply"])
    one.do(lambda: letter._open(0))
    assert one.window._place.page == "problem/record"


def test_the_overview_leads_there_on_both_sides(desk, county):
    page = county.start()
    line = next(one for one in page.panel.awaits.lines if one.text() == "通知单有了回复")
    assert line.accessibleName() == "通知单有了回复 2"
    county.do(line.click)
    assert (county.window._place.page, county.window._place.view) == ("notice", "replied")
    made = tasks(fakes.overview(), fakes.township().here)
    mine = next(one for one in made if one.place.page == "notice")
    assert (mine.title, mine.why) == ("县里发来的通知单有 3 份没有回复", "其中 1 份已经过了回复期限")


def test_from_the_county_to_a_township_and_back_over_real_ledgers(desk, world):
    county, town = world["county"], world["town"]
    said = {"description": "河边垃圾没有清完", "township": "白水镇", "deadline": "2024-05-01"}
    problem = county.records.add("problem", said)["id"]
    one = desk(county)
    one.start()
    page = one.go(Place("notice"))
    assert [p.problem for p in page.proposing._model.lines] == [problem]
    one.do(page.proposing.all.click)
    one.do(page.proposing.do.click)
    one.do(page.writing.do.click)
    assert "河边垃圾没有清完" in page.writing.look.paper.toPlainText()
    one.do(page.writing.do.click)
    issued = county.notices.list()[0]
    assert issued["number"].startswith("环提〔2024〕1号-")
    one.go(Place("notice", view="open", id=issued["id"]))
    assert [p["id"] for p in page.box.letter._problems.lines] == [problem]
    assert page.proposing._model.lines == [], "what is sent is not proposed again"
    world.round()
    there = desk(town)
    there.start()
    received = there.go(Place("notice"))
    received.box.letter.text.setPlainText("已经清完")
    there.do(received.box.letter.do.click)
    assert town.notices.show(issued["id"])["reply"] == "已经清完"
    world.round()
    one.do(page.refresh)
    one.do(lambda: page._choose("replied"))
    assert "已经清完" in page.box.letter.paper.toPlainText()
    page.box.letter.text.setPlainText("予以办结")
    one.do(page.box.letter.do.click)
    assert county.notices.show(issued["id"])["state"] == "closed"
