"""Drafts on the page of a record: kept while one types, offered again, never lost, also when the program is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from gui.dialogs import leaving
from gui.drafts import DISPATCH, MEASURE, REMARK
from gui.panels.record.draft_offer import GO_ON, LET_GO, PUT_BACK
from gui.places import Place
from models.services import opening
from models.services.views.home import Touched
from models.services.views.lists import Query
from tests.gui.one_record import ID, a_draft, field, go_meanwhile, long_work
from tests.offices import quick_folder

ROOT = Path(__file__).parents[2]


@pytest.fixture
def record(desk, tmp_path):
    one = desk(home=tmp_path)
    return one, one.open("problem/record", id=ID, rows=tuple(range(22)), at=0)


def start_typing(one, page, name="person", value="周海平"):
    page.begin_edit()
    one.settle()
    field(page, name).rewrite(value)


def test_what_was_typed_is_kept_when_a_field_is_left_and_a_while_after_the_last_key(record, qtbot):
    one, page = record
    assert (page.editing.typing._soon.interval(), page.editing.typing._at_last.interval()) == (2000, 10_000)
    start_typing(one, page)
    assert one.session.drafts.all() == (), "not at once"
    field(page, "person").left.emit()
    (draft,) = one.session.drafts.all()
    assert (draft.values, draft.base) == ({"person": "周海平"}, {"person": "王秀兰"})
    assert page.reassure.text().startswith("改了 1 处，还没有保存。草稿已留在本机 ")
    page.editing.typing._soon.setInterval(20)
    field(page, "leader").rewrite("陈")
    with qtbot.waitSignal(page.editing.typing.kept):
        pass
    assert one.session.drafts.all()[0].values == {"person": "周海平", "leader": "陈"}


def test_the_draft_goes_when_the_form_is_saved_or_typed_back(record):
    one, page = record
    start_typing(one, page)
    field(page, "person").left.emit()
    field(page, "person").rewrite("王秀兰")
    field(page, "person").left.emit()
    assert one.session.drafts.all() == ()
    field(page, "person").rewrite("周海平")
    page.save()
    one.settle()
    assert one.office.records.written == [("edit", "problem", ID, {"person": "周海平"})]
    assert one.session.drafts.all() == ()


def test_a_form_that_is_saved_late_leaves_the_next_form_alone_and_is_saved_once(record):
    one, page = record
    go_on, other = long_work(one), f"{1:032x}"
    page.begin_edit()
    one.qtbot.waitUntil(lambda: page.form.is_ready)
    field(page, "person").rewrite("周海平")
    page.save()
    page.save()
    page = go_meanwhile(one, "problem/record", other)
    page.begin_edit()
    one.qtbot.waitUntil(lambda: page.form.is_ready)
    field(page, "person").rewrite("李四")
    field(page, "person").left.emit()
    go_on.set()
    one.settle()
    assert one.office.records.written == [("edit", "problem", ID, {"person": "周海平"})]
    assert page.form.changes() == {"person": "李四"}
    assert [draft.record for draft in one.session.drafts.all()] == [other]


def test_leaving_the_form_loses_nothing_and_one_goes_on_where_one_was(record, qtbot):
    one, page = record
    start_typing(one, page)
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    one.settle()
    assert page.form is None
    assert page.offer.isVisible()
    assert page.offer.message.text().startswith("上次没有保存的内容还在（")
    assert page.offer.way_out.text() == "填了 1 处：责任人。"
    assert (page.offer.first.text(), page.offer.second.text()) == (GO_ON, LET_GO)
    page.offer.first.click()
    one.settle()
    assert field(page, "person").value == "周海平"
    assert field(page, "person").is_changed
    assert not page.offer.isVisible()
    page.save()
    one.settle()
    assert one.office.records.written == [("edit", "problem", ID, {"person": "周海平"})]
    assert one.session.drafts.all() == ()


def test_the_time_is_said_as_offices_write_it(record):
    one, page = record
    one.session.drafts.keep(a_draft(at="2026-11-23T10:42:00"))
    one.window._go(Place("problem/record", id=ID))
    one.settle()
    assert page.offer.message.text() == "上次没有保存的内容还在（11月23日 10:42）"


def test_what_is_not_wanted_goes_and_can_be_put_back(record):
    one, page = record
    one.session.drafts.keep(a_draft())
    one.open("problem/record", id=ID)
    page.offer.second.click()
    assert one.session.drafts.all() == ()
    assert page.offer.first.text() == PUT_BACK
    page.offer.first.click()
    assert one.session.drafts.all() == (a_draft(),)
    assert page.offer.first.text() == GO_ON


def test_typing_anew_never_writes_over_what_waits(record):
    one, page = record
    one.session.drafts.keep(a_draft())
    one.open("problem/record", id=ID)
    start_typing(one, page, value="李四")
    field(page, "person").left.emit()
    assert sorted(draft.values["person"] for draft in one.session.drafts.all()) == ["周海平", "李四"]
    page.editing.end()
    one.settle()
    assert "后面还有 1 份" in page.offer.way_out.text()


def test_another_page_is_left_with_a_question_that_frightens_nobody(record, monkeypatch):
    one, page = record
    start_typing(one, page)
    asked: list[object] = []

    def answer(question):
        asked.append(question)
        return leaving.LATER

    monkeypatch.setattr("gui.dialogs.leaving.Question.ask", answer)
    one.window.go(Place("overview"))
    one.settle()
    assert one.window.page is not page
    assert list(asked[0].buttons) == [leaving.LATER, leaving.SAVE]
    assert [draft.values for draft in one.session.drafts.all()] == [{"person": "周海平"}]
    one.open("problem/record", id=ID)
    assert page.offer.isVisible()


@pytest.mark.parametrize("part", [MEASURE, DISPATCH, REMARK])
def test_short_forms_are_kept_too(record, part):
    one, page = record
    if part == REMARK:
        page.story.remarks.text.setFocus()
        page.story.remarks.text.setText("已现场核实")
        page.story.remarks.text.textEdited.emit("已现场核实")
    else:
        page._do_step(part)
        form = page.story.measures if part == MEASURE else page.story.dispatches
        name = "text" if part == MEASURE else "progress"
        form.form.fields[name].rewrite("补种绿化")
    page.drop()
    (draft,) = one.session.drafts.all()
    assert draft.part == part
    one.open("problem/record", id=ID)
    assert page.offer.isVisible()
    page.offer.first.click()
    one.settle()
    assert page.is_dirty
    if part == REMARK:
        assert page.story.remarks.text.text() == "已现场核实"
    else:
        assert form.form.fields[name].value == "补种绿化"
    page.parts.save()
    one.settle()
    if part == DISPATCH:  # its grade is still missing: nothing is lost by that
        assert one.session.drafts.all() == (draft,)
        form.form.fields["pace"].rewrite("behind")
        page.parts.save()
        one.settle()
    assert len(one.office.records.written) == 1
    assert one.session.drafts.all() == ()


def test_a_draft_on_a_record_that_changed_underneath_shows_both(record):
    one, page = record
    one.session.drafts.keep(a_draft())
    one.office.records.changes = {"person": "李志强"}
    one.open("problem/record", id=ID)
    assert "台账里的责任人后来也改过" in page.offer.way_out.text()
    page.offer.first.click()
    one.settle()
    person = field(page, "person")
    assert person.value == "周海平"
    assert person.asks
    assert page.form.lacking.accessibleName() == "还有 1 处要您选：责任人"
    page.save()
    one.settle()
    assert one.office.records.written == [("edit", "problem", ID, {"person": "周海平"})], "seen and meant"


def test_an_import_under_an_open_form_loses_nobodys_value(record):
    one, page = record
    start_typing(one, page)
    one.office.records.changes = {"person": "李志强", "leader": "新领导"}
    one.session.tell(Touched("*"))
    one.settle()
    person = field(page, "person")
    assert person.value == "周海平"
    assert person.asks
    assert field(page, "leader").value == "新领导", "what was not touched follows the ledger"
    assert not field(page, "leader").is_changed
    assert page.notice.message.text() == "“责任人”刚才在台账里也改过，您填的还在。"
    person._take_meanwhile()
    assert person.value == "李志强"
    assert page.form.changes() == {}


def test_what_changed_between_the_last_look_and_saving_is_seen_before_it_is_overwritten(record):
    one, page = record
    start_typing(one, page)
    one.office.records.changes = {"person": "李志强"}  # and nobody told the window
    page.save()
    one.settle()
    assert one.office.records.written == []
    assert field(page, "person").asks
    assert page.form is not None
    page.save()
    one.settle()
    assert one.office.records.written == [("edit", "problem", ID, {"person": "周海平"})]


def test_the_same_month_written_by_another_pc_is_seen_first(record):
    one, page = record
    page._do_step("dispatch")
    form = page.story.dispatches
    form.form.fields["pace"].rewrite("behind")
    form.form.fields["progress"].rewrite("3 号点位清场中")
    shown = one.office.records.show("problem", ID)
    theirs = {
        "id": "d11",
        "month": "2026-11",
        "pace": "on_schedule",
        "progress": "已清场",
        "difficulties": "",
        "next_step": "",
    }
    one.office.records.changes = {"dispatches": [*shown["dispatches"], theirs]}
    page.parts.save()
    one.settle()
    assert one.office.records.written == []
    assert form.asks() == ["序时进度", "进展情况"]
    assert form.form.fields["progress"].value == "3 号点位清场中"
    assert "刚才在台账里也改过" in page.notice.message.text()


def test_a_new_record_is_kept_and_offered_again(desk, tmp_path):
    one = desk(home=tmp_path)
    page = one.open("problem/record", new=True)
    one.settle()
    field(page, "description").rewrite("河道有垃圾")
    page.drop()
    one.open("overview")
    page = one.open("problem/record", new=True)
    one.settle()
    assert page.offer.way_out.text() == "新登记，填了 1 处：问题描述。"
    page.offer.first.click()
    one.settle()
    assert field(page, "description").value == "河道有垃圾"
    page.save()
    one.settle()
    assert one.office.records.written == [("add", "problem", {"description": "河道有垃圾"})]
    assert one.session.drafts.all() == ()


def test_of_a_new_record_that_is_saved_late_the_rest_is_its_draft_and_registers_no_second_one(desk, tmp_path):
    one = desk(home=tmp_path)
    page = one.open("problem/record", new=True)
    one.settle()
    field(page, "description").rewrite("河道有垃圾")
    field(page, "deadline").rewrite("2024.2.30")
    go_on = long_work(one)
    page.save()
    field(page, "person").rewrite("周海平")
    page = go_meanwhile(one, "problem/record", ID)
    one.window.go(Place("problem/record", new=True))
    one.qtbot.waitUntil(page.offer.isVisible)
    page.offer.first.click()
    one.qtbot.waitUntil(lambda: page.form.is_ready)
    page.save()  # it is being saved already
    page = go_meanwhile(one, "problem/record", ID)
    go_on.set()
    one.settle()
    (added,) = one.office.records.written
    assert added == ("add", "problem", {"description": "河道有垃圾"})
    (draft,) = one.session.drafts.all()
    assert draft.record not in ("", ID)
    assert draft.values == {"deadline": "2024.2.30", "person": "周海平"}


def _typing(home, part):
    """A typist at work, and all that it said until it had typed, or ended."""
    typist = subprocess.Popen(
        [sys.executable, "-m", "tests.gui.typist", str(home), part],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONFAULTHANDLER": "1"},
    )  # fmt: skip
    said = [typist.stdout.readline()]
    while said[-1] not in (b"typed\n", b""):
        said.append(typist.stdout.readline())
    return typist, said


@pytest.mark.parametrize("part", ["edit", "new", "measure", "remark"])
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no such signal here")
def test_what_was_typed_survives_the_death_of_the_program(desk, part):
    with quick_folder() as folder:
        home = folder / "town"
        town = opening.set_up(home, "township", "白水镇", "361021101")
        town.records.add("problem", {"description": "白水镇报废汽车拆解点未按期清场", "person": "王秀兰"})
        town.close()
        typist, said = _typing(home, part)
        try:
            assert said[-1] == b"typed\n", b"".join(said).decode()
        finally:
            typist.send_signal(signal.SIGKILL)
            typist.wait()
            typist.stdout.close()
        office = opening.open_office(home)
        one = desk(office, home)
        row = office.records.ids(Query("problem"))[0]
        id_ = office.records.lines("problem", [row])[0].id
        page = one.open("problem/record", new=True) if part == "new" else one.open("problem/record", id=id_)
        one.settle()
        assert office.records.show("problem", id_)["person"] == "王秀兰", "a draft is no operation"
        assert page.offer.isVisible()
        page.offer.first.click()
        one.settle()
        if part == "measure":
            assert page.story.measures.form.fields["text"].value.startswith("Zhou Haiping")
        elif part == "remark":
            assert page.story.remarks.text.text().startswith("Zhou Haiping")
        else:
            assert field(page, "person" if part == "edit" else "description").value.startswith("Zhou Haiping")
            page.save()
            one.settle()
            assert page.form is None
            assert one.session.drafts.all() == ()
        one.close()
        one.close = lambda: None
        office.close()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no such signal here")
def test_what_the_county_altered_and_wrote_survives_the_death_of_the_program(desk):
    with quick_folder() as folder:
        home = folder / "county"
        opening.set_up(home, "county", "资溪县", "361021").close()
        typist, said = _typing(home, "county")
        try:
            assert said[-1] == b"typed\n", b"".join(said).decode()
        finally:
            typist.send_signal(signal.SIGKILL)
            typist.wait()
            typist.stdout.close()
        office = opening.open_office(home)
        one = desk(office, home)
        page = one.go(Place("inspection", tab="checklists"))
        assert len(page.part.altering.content) == len(office.checklists.show("air")["items"]) - 1
        assert page.part.issue.isEnabled()
        one.do(page.drop)
        tab = one.go(Place("inspection", tab="campaigns")).part
        assert office.campaigns.list() == [], "a draft is no operation"
        one.do(tab.offer.first.click)
        assert tab.writing.form.fields["title"].value.startswith("Zhou Haiping")
        one.close()
        one.close = lambda: None
        office.close()
