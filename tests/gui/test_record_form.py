"""The form of a record: what is saved, marked, locked and asked about; leaving it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from gui.dialogs import leaving
from gui.panels.record import saving
from gui.panels.record.form import RecordForm
from gui.places import Place
from models.progress import Silent
from models.services.views.lists import Facet
from tests.gui import fakes
from tests.gui.one_record import ID, field, texts


def test_editing_saves_only_what_was_changed(record):
    one, page = record
    page.begin_edit()
    one.settle()
    assert not page.keep.isEnabled()
    person = field(page, "person")
    person.editor.setFocus()
    person.rewrite("周海平")
    assert page.reassure.text() == "改了 1 处，还没有保存。"
    page.save()
    one.settle()
    assert one.office.records.written == [("edit", "problem", ID, {"person": "周海平"})]
    assert page.form is None
    assert page.notice.message.text() == "已保存到本机。"
    assert "责任人 周海平\u2003电话 0796-8440112" in texts(page.story.rail)


def test_a_value_that_is_refused_is_marked_beside_its_field_and_kept(record):
    one, page = record
    one.office.records.refusal = fakes.Refused(field="person")
    page.begin_edit()
    one.settle()
    person = field(page, "person")
    person.rewrite("周海平")
    page.save()
    one.settle()
    assert page.form is not None
    assert person.value == "周海平"
    assert "不是有效日期" in person.hint.text()
    assert person.editor.property("bad") == "1"
    assert page.notice.isVisible()
    assert page.keep.isEnabled()


def test_what_can_stand_is_saved_and_the_wrong_value_stays_in_the_form(record):
    one, page = record
    page.begin_edit()
    one.settle()
    field(page, "deadline").rewrite("2024.2.30")
    field(page, "person").rewrite("周海平")
    page.save()
    one.settle()
    assert one.office.records.written == [("edit", "problem", ID, {"person": "周海平"})]
    assert page.form is not None
    assert page.form.changes() == {"deadline": "2024.2.30"}
    assert field(page, "deadline").hint.text() == "2月没有 30 日，最后一天是 2024-02-29。"
    assert page.form.lacking.accessibleName() == "还有 1 处要补：整改时限"
    assert page.notice.message.text() == "其余 1 处已保存到本机，“整改时限”还没有保存。"
    (draft,) = one.session.drafts.of("problem", ID)
    assert draft.values == {"deadline": "2024.2.30"}
    field(page, "deadline").rewrite("2024-02-29")
    page.save()
    one.settle()
    assert one.office.records.written[-1] == ("edit", "problem", ID, {"deadline": "2024-02-29"})
    assert page.form is None
    assert one.session.drafts.all() == ()


def test_what_another_unit_writes_is_locked_with_the_reason(desk):
    one = desk()
    one.office.records.may = frozenset({"progress", "pace", "remark"})
    page = one.open("problem/record", id=ID)
    page.begin_edit()
    one.settle()
    page.form.finish()
    fields = {each.field.name: each for each in page.form.fields()}
    assert fields["description"].editor.isReadOnly()
    assert fields["description"].hint.text() == "由登记这条记录的单位填写"
    assert fields["county_number"].hint.text() == "由县环委办填写"
    assert not fields["closing_stage"].editor.isEnabled()
    assert fields["closed_on"].hint.text() == "由县环委办填写"
    assert not fields["progress"].editor.isReadOnly()
    assert page.window().focusWidget() in (fields["progress"].editor, fields["pace"].editor)


def test_a_date_is_tidied_when_the_field_is_left(record):
    one, page = record
    page.begin_edit()
    one.settle()
    found = field(page, "found_on")
    found.rewrite("2026.3.9")
    assert found.value == "2026.3.9", "never while one types"
    found.editor.editingFinished.emit()
    assert found.value == "2026-03-09"


@pytest.mark.parametrize(
    ("answer", "written", "leaves"),
    [(leaving.STAY, 0, False), (leaving.LEAVE, 0, True), (leaving.SAVE, 1, True)],
)
def test_leaving_with_changes_asks(record, monkeypatch, answer, written, leaves):
    one, page = record
    page.begin_edit()
    one.settle()
    field(page, "person").rewrite("周海平")
    monkeypatch.setattr(leaving, "ask_leaving", lambda *_, **__: answer)
    one.window.go(Place("overview"))
    one.settle()
    assert len(one.office.records.written) == written
    assert (one.window.page is not page) is leaves


def test_a_save_that_is_refused_keeps_one_on_the_page(record, monkeypatch):
    one, page = record
    one.office.records.refusal = fakes.Refused(field="person")
    page.begin_edit()
    one.settle()
    field(page, "person").rewrite("周海平")
    monkeypatch.setattr(leaving, "ask_leaving", lambda *_, **__: leaving.SAVE)
    one.window.go(Place("overview"))
    one.settle()
    assert one.window.page is page
    assert page.form is not None


def test_a_new_record_needs_its_description(desk, qtbot):
    one = desk()
    page = one.open("problem/record", new=True)
    field(page, "source").rewrite("自查")
    page.save()
    one.settle()
    assert one.office.records.written == []
    assert "还差“问题描述”" in field(page, "description").hint.text()
    field(page, "description").rewrite("河道有垃圾")
    page.save()
    one.settle()
    assert one.office.records.written == [("add", "problem", {"description": "河道有垃圾", "source": "自查"})]
    assert page.form is None
    assert page._place.id == f"{3:032x}"


def test_after_saving_the_focus_is_on_the_page(record, qtbot):
    one, page = record
    page.begin_edit("person")
    qtbot.waitUntil(field(page, "person").editor.hasFocus)
    field(page, "person").rewrite("周海平")
    page.save()
    one.settle()
    assert page.hasFocus(), "and PgDn goes on to the next record"
    page._do_step("measure")
    page.story.measures.form.fields["text"].rewrite("补种绿化")
    page.save()
    one.settle()
    assert page.story.measures.add_one.hasFocus()


def test_a_new_date_beside_the_old_wording_is_asked_about(record):
    one, page = record
    page.begin_edit()
    one.settle()
    field(page, "deadline").rewrite("2026-12-20")
    field(page, "deadline").left.emit()
    assert field(page, "deadline_text").hint.text() == "整改时限改了，原文还是原来的，请核对。"
    field(page, "deadline").rewrite("2026-11-15")
    field(page, "deadline").left.emit()
    assert field(page, "deadline_text").hint.text() == ""


def test_the_form_asks_for_what_the_ledger_holds(record):
    one, page = record
    page.begin_edit()
    one.settle()
    assert field(page, "source").editor.finder.count() == len(fakes.SOURCES)
    assert field(page, "found_on").editor.finder is None


def test_a_field_offers_what_the_ledger_holds_and_then_the_words_of_the_county():
    held = (Facet("养殖；矿山", "养殖；矿山", 1), Facet("养殖", "养殖", 2))
    records = SimpleNamespace(facets=lambda _table, _name: held, listed=lambda _name: ("工业", "矿山"))
    found = saving.offers(records, "problem", ("trade",), Silent())
    assert [word for word, _ in found["trade"]] == ["养殖", "矿山", "工业"]


@pytest.mark.parametrize("early", [True, False])
def test_a_field_that_is_locked_offers_nothing_whenever_the_offers_come(qtbot, dressed, early):
    form = RecordForm("problem")
    qtbot.addWidget(form)
    offers = {"source": ["省级督察反馈"], "person": ["周海平"]}
    if early:  # the ledger was quicker than the form, of which parts were still to come
        form.suggest(offers)
    form.show_record({}, frozenset({"person"}))
    form.finish()
    if not early:
        form.suggest(offers)
    assert [len(form.field(name).editor.actions()) for name in offers] == [0, 1]
