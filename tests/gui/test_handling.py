"""The card 办理: what each side sees of the way, what is said to be missing, and that a step is taken with its form."""

from __future__ import annotations

from datetime import date

from gui.panels.record.step_form import StepForm
from gui.places import Place
from gui.widgets.buttons import Carrier
from models.domain.forms import BadValue
from models.domain.workflow import STEPS
from models.services.problems.workflow_choice import asked
from models.services.views.workflow import StepView
from tests.gui import fakes
from tests.gui.one_record import ID, texts


def test_a_step_that_is_offered_above_does_not_stand_there_twice(record):
    one, page = record
    story = page.story
    shown = {name for name, button in story.handling.buttons.items() if not button.isHidden()}
    assert story.now.offers == {"plan"}
    assert shown == {"complete", "self-accept", "apply"}
    one.do(story.now._first.click)
    assert story.handling.asking.step.verb == "plan"


def test_a_township_takes_its_step_and_reads_beside_the_others_what_they_lack(record):
    one, page = record
    card, workflow = page.story.handling, one.office.workflow
    assert {name: button.isEnabled() for name, button in card.buttons.items()} == {
        "plan": True, "complete": False, "self-accept": False, "apply": False,
    }  # fmt: skip
    said = texts(card)
    assert "还缺：整改方案" in said
    assert any(line.startswith("已办：交办 2026-03-12") for line in said)
    assert any(line.startswith("由县环委办来办：县级验收") for line in said)
    card.buttons["plan"].click()
    assert not page.is_dirty
    field = card.form.fields["planned_on"]
    field.rewrite("")
    card.save.click()
    assert workflow.taken == []  # the day is missing
    field.rewrite("2026-04-01")
    assert page.is_dirty
    assert not page.keeps_drafts
    card.save.click()
    one.settle()
    assert workflow.taken == [(ID, "plan", {"planned_on": "2026-04-01"})]
    assert card.form is None
    assert card.buttons["complete"].isEnabled()
    assert "刚办的：整改方案。点错了可以撤销。" in texts(card)
    page.refresh()
    one.settle()
    one.do(page.notice.first.click)
    assert workflow.taken_back == ["plan-100-101"]
    assert page.notice.message.text() == "已撤销“整改方案”，和办以前一样。"
    assert not any(line.startswith("刚办的") for line in texts(card))


def test_the_county_returns_with_a_phrase_and_a_refusal_marks_its_field(desk):
    one = desk(fakes.county())
    one.start()
    workflow = one.office.workflow
    workflow.said |= {"completed": True, "completed_on": "2026-11-20", "planned_on": "2026-04-01"}
    page = one.go(Place("problem/record", id=ID))
    card = page.story.handling
    card.buttons["return"].click()
    card.asking._phrase("请附现场照片")
    card.asking._phrase("台账不全")
    workflow.refusal = BadValue("actual_on", "实际时间", "2026-11-01", "早于完成整改的 2026-11-20")
    card.save.click()
    one.settle()
    assert any("早于完成整改" in line for line in texts(card))
    workflow.refusal = None
    card.form.fields["actual_on"].rewrite("2026-11-22")
    page.save()
    one.settle()
    assert workflow.taken[0][1:] == ("return", {"actual_on": "2026-11-22", "opinion": "请附现场照片；台账不全"})


def test_the_step_whose_turn_it_is_stands_first_and_its_form_is_seen_and_saved_as_it_is(record):
    one, page = record
    story = page.story
    assert story.now.heading.text() == "现在请您做"
    assert "轮到您办：整改方案" in texts(story.now)
    deed = next(button for button in story.now.findChildren(Carrier) if button.text().strip() == "办整改方案")
    one.do(deed.click)
    form = story.handling.form
    shown = form.mapTo(story.scroller.viewport(), form.rect().bottomRight())
    assert 0 <= shown.y() < story.scroller.viewport().height(), "the form stands below what is seen"
    form.fields["planned_on"].rewrite("2026-04-01")
    story.scroller.verticalScrollBar().setValue(0)
    one.do(deed.click)
    assert story.handling.form is form, "what is typed is not lost"
    shown = form.mapTo(story.scroller.viewport(), form.rect().bottomRight())
    assert 0 <= shown.y() < story.scroller.viewport().height(), "one is led to what is typed"
    form.fields["planned_on"].rewrite("2026-11-23")
    one.do(page.save)  # the day is as it was proposed: nothing was typed
    assert one.office.workflow.taken == [(ID, "plan", {"planned_on": "2026-11-23"})]
    assert "整改做完以后办：完成整改" in texts(story.now)


def test_a_form_that_is_no_longer_possible_closes_and_escape_leaves_it(record):
    one, page = record
    card = page.story.handling
    card.buttons["plan"].click()
    page._escape()
    assert card.form is None
    card.buttons["plan"].click()
    one.office.workflow.said["planned_on"] = "2026-04-02"  # on another PC
    page.refresh()
    one.settle()
    assert card.form is None


def test_a_doubtful_public_notice_is_told_and_blocks_nothing(desk):
    one = desk(fakes.county())
    one.start()
    workflow = one.office.workflow
    before = set(one.go(Place("problem/record", id=ID)).story.handling.buttons)
    workflow.doubts = ("写的是 10 个工作日，2024-09-29 至 2024-10-09 实际是 4 个工作日（11 个自然日），请核对。",)
    one.window.page.refresh()
    one.settle()
    card = one.window.page.story.handling
    assert any("实际是 4 个工作日" in line for line in texts(card))
    assert set(card.buttons) == before


def test_of_a_public_notice_its_end_or_its_length_is_needed_and_one_is_enough(desk):
    desk()
    (step,) = [one for one in STEPS if one.verb == "public-notice"]
    view = StepView(
        step.verb, step.stage, step.label, "county", True, True, (), None, step.table, asked(step, date(2026, 11, 23))
    )
    form = StepForm(view, date(2026, 11, 23), (), ())
    end, days = form.form.fields["until_on"], form.form.fields["days"]
    assert form.wrong() == [end, days]
    assert end.wrong == days.wrong == "“公示结束”、“公示天数”，填一个就行。"
    days.rewrite("10")
    assert form.wrong() == []
    form.deleteLater()
