"""The tab 专项: what is asked for, what is still to be looked at, the numbers that open lists, what a visit left."""

from __future__ import annotations

import threading
from contextlib import contextmanager

import pytest
from PySide6.QtCore import Qt

from gui.dialogs.paper import Paper
from gui.dialogs.question import Question
from gui.jobs import Job, Kind
from gui.panels.campaigns.lines import columns
from gui.places import Place
from models.services.inspections.campaigns import NobodyToLook
from models.services.views import campaigns
from tests.gui import fake_campaigns, fakes

TAB = Place("inspection", tab="campaigns")


@contextmanager
def waiting(one):
    """Long work is under way: what is saved waits behind it, until all is done that is done here."""
    go_on = threading.Event()
    one.session.jobs.start(Job(lambda _: go_on.wait(), one.session.jobs, Kind.LONG))
    try:
        yield
    finally:
        go_on.set()
    one.settle()


@pytest.fixture
def part(desk):
    def open_(office=None, id_=None):
        one = desk(office or fakes.county())
        one.start()
        made = one.go(TAB).part
        if id_ is not None:
            one.do(lambda: made.open_one(f"{id_:032x}"))
        return one, made

    return open_


def test_a_campaign_is_issued_to_all_townships_unless_some_are_left_out(part):
    one, tab = part()
    one.do(tab.make_new)
    form = tab.writing.form.fields
    form["title"].rewrite("冬季焚烧排查")
    form["villages"].rewrite("上坪村")
    tab.writing.themes.put(["air"])
    tab.writing.sources.setCurrentIndex(1)
    one.do(tab.save)
    ((name, said, kind),) = one.office.campaigns.calls
    assert (name, kind) == ("add", "industry")
    townships = [unit.name for unit in one.office.units.list() if unit.kind == "township"]
    assert said["responsible_units"].split("；") == townships
    assert (said["title"], said["checklists"], said["kind"]) == ("冬季焚烧排查", "air", "campaign")
    assert "已保存到本机" in tab.notice.message.text()
    assert tab.middle.currentWidget() is tab.looking


def test_a_change_says_only_what_changed(part):
    one, tab = part(id_=0)
    one.do(tab.looking.edit.click)
    tab.writing.form.fields["until_on"].rewrite("2026-12-10")
    one.do(tab.save)
    assert one.office.campaigns.calls == [("edit", f"{0:032x}", {"until_on": "2026-12-10"})]


def test_what_is_written_is_saved_once_and_stays_one_campaign_whatever_is_begun_meanwhile(part):
    one, tab = part(id_=0)
    one.do(tab.looking.edit.click)
    tab.writing.form.fields["until_on"].rewrite("2026-12-10")
    with waiting(one):
        for press in (tab.save, tab.save, tab.make_new, tab.save):
            press()
        assert not tab.writing.middle.isEnabled()
    assert one.office.campaigns.calls == [("edit", f"{0:032x}", {"until_on": "2026-12-10"})]
    assert (tab.middle.currentWidget(), tab.is_dirty) == (tab.looking, False)
    with waiting(one):
        one.window.go(TAB)
        tab.looking.left.table.opened.emit(0)
        tab.looking.left.table.opened.emit(0)
        one.window.go(Place("overview"))
    assert [call[0] for call in one.office.inspections.calls].count("add") == 1
    assert one.window._place == Place("overview")


def test_a_late_save_leaves_the_list_alone_to_which_one_went(part):
    one, tab = part()
    one.do(tab.make_new)
    tab.writing.form.fields["title"].rewrite("冬季焚烧排查")
    with waiting(one):
        tab.save()
        tab._choose("list")
    assert tab.middle.currentWidget() is tab.lines
    assert "已保存到本机" in tab.notice.message.text()


def test_what_is_typed_is_never_lost(part, monkeypatch):
    one, tab = part()
    one.do(tab.make_new)
    assert not tab.is_dirty
    title = tab.writing.form.fields["title"]
    title.rewrite("冬季焚烧排查")
    one.do(lambda: tab._choose("list"))
    assert "新的一次，填了 1 处：名称" in tab.offer.way_out.text()
    one.do(tab._begin_visit)
    assert (title.value, tab.is_dirty) == ("", False)  # another one; the first waits
    one.do(tab.writing.leave.click)
    one.do(tab.offer.first.click)
    assert (title.value, tab.writing.form.fields["kind"].value, tab.is_dirty) == ("冬季焚烧排查", "campaign", True)
    asked = []
    monkeypatch.setattr(one.window, "_ask_leaving", lambda page, after: asked.append((page, after)))
    one.do(lambda: one.window.go(Place("overview")))
    ((page, after),) = asked
    title.rewrite("")
    tab.writing.form.fields["people"].rewrite("王秀兰")
    one.do(lambda: page.save_then(after))
    assert one.window.page is page  # what was refused is seen
    title.rewrite("冬季焚烧排查")
    one.do(lambda: page.save_then(after))
    assert one.window._place == Place("overview")
    assert one.office.campaigns.calls[-1][1]["title"] == "冬季焚烧排查"
    assert one.session.drafts.all() == ()


def test_a_draft_goes_when_one_says_so(part):
    one, tab = part()
    one.do(tab.make_new)
    tab.writing.themes.boxes["air"].click()
    one.do(tab.drop)
    assert (tab.middle.currentWidget(), tab.is_dirty) == (tab.lines, False)
    one.do(tab.offer.second.click)
    assert one.session.drafts.all() == ()
    one.do(tab.make_new)
    assert tab.writing.themes.value == []


def test_what_was_changed_in_a_campaign_is_there_after_the_window_was_built_anew(desk, tmp_path):
    one = desk(fakes.county(), tmp_path)
    one.start()
    tab = one.go(TAB).part
    one.do(lambda: tab.open_one(f"{0:032x}"))
    one.do(tab.looking.edit.click)
    units = list(tab.writing.whom.boxes)
    was = tab.writing.whom.value
    tab.writing.form.fields["people"].rewrite("周海平")
    tab.writing.whom.boxes[units[0]].click()
    tab.writing.themes.boxes["waste"].click()
    tab.writing.typing.now()
    one.close()
    theirs = one.office.campaigns.show(f"{0:032x}")
    theirs |= {"people": "张三", "themes": ["air", "waste", "hazardous_waste"]}
    one.office.campaigns.show = lambda _, __=None: dict(theirs)
    one = desk(one.office, tmp_path)
    one.start()
    tab = one.go(TAB).part
    assert tab.lines._model.columns[1].below(tab.lines._model.lines[0]) == "有没保存的草稿"
    one.do(lambda: tab.open_one(f"{0:032x}"))
    assert "参加人员" in tab.offer.way_out.text()
    one.do(tab.offer.first.click)
    people = tab.writing.form.fields["people"]
    assert (people.value, people.asks) == ("周海平", True)
    assert tab.writing.whom.value == [one for one in units if (one in was) is not (one == units[0])]
    assert tab.writing.themes.value == ["air", "hazardous_waste"]
    one.do(tab.writing.leave.click)
    assert tab.middle.currentWidget() is tab.looking
    assert tab.offer.isVisible()


def test_what_is_refused_after_one_left_is_said_and_stays_a_draft(part, monkeypatch):
    one, tab = part()
    one.do(tab.make_new)
    tab.writing.form.fields["title"].rewrite("冬季焚烧排查")
    monkeypatch.setattr(one.office.campaigns, "add", refuse)
    with waiting(one):
        tab.save()
        tab._choose("list")
    assert "没有保存" in tab.notice.message.text()
    assert "名称" in tab.offer.way_out.text()


def refuse(*_, **__):
    raise NobodyToLook("")


def test_a_check_begins_at_what_is_left(part):
    one, tab = part(fakes.township(), id_=0)
    went = []
    tab.left_for.connect(went.append)
    one.do(lambda: tab.looking.left.table.opened.emit(0))
    assert one.office.inspections.calls[-1] == ("add", {"campaign": f"{0:032x}", "village": "上坪村"})
    assert [place.page for place in went] == ["inspection/record"]


def test_what_a_visit_left_is_registered(part, monkeypatch):
    one, tab = part(id_=2)
    monkeypatch.setattr(Paper, "ask", lambda self: {**self.values, "description": "河边堆渣"})
    one.do(tab.looking.problem.click)
    ((name, id_, said),) = one.office.campaigns.calls
    assert (name, id_, said["description"], said["source"]) == ("leave", f"{2:032x}", "河边堆渣", "省督察组")
    assert "已登记为问题" in tab.notice.message.text()


def test_a_number_opens_its_findings_and_a_finding_its_problem(part):
    one, tab = part()
    one.do(lambda: tab._choose("matrix"))
    matrix = tab.matrix
    column = [each.key for each in matrix._model.columns].index("air")
    assert [matrix._model.index(at, column).data() for at in (1, 2)] == ["0", "—"]  # a zero report, and silence
    one.do(lambda: matrix.table.clicked.emit(matrix._model.index(3, column)))
    wanted = one.office.inspections.calls[-1][1]
    assert (wanted.unit, wanted.theme, wanted.fate) == ("361021103", "air", "")
    assert tab.closing.text().strip() == "只看 石坪乡 大气"
    one.do(lambda: matrix.what.setCurrentIndex(1) or matrix._fill())
    one.do(lambda: matrix.table.clicked.emit(matrix._model.index(12, len(matrix._model.columns) - 1)))
    assert one.office.inspections.calls[-1][1].unit == ""
    assert {line.fate for line in tab.found._model.lines} == set(campaigns.WAITING)
    went = []
    tab.left_for.connect(went.append)
    one.do(lambda: tab.found.table.opened.emit(1))
    assert went == [Place("problem/record", id=f"{1:032x}")]


def test_enter_opens_the_cell_on_which_one_stands(part, qtbot):
    one, tab = part()
    one.do(lambda: tab._choose("matrix"))
    matrix, wanted = tab.matrix, []
    matrix.wanted.disconnect()
    matrix.wanted.connect(lambda *what: wanted.append(what))
    keys = [each.key for each in matrix._model.columns]
    for key in ("air", "name"):
        matrix.table.setCurrentIndex(matrix._model.index(3, keys.index(key)))
        qtbot.keyClick(matrix.table, Qt.Key.Key_Return)
    assert [what[:3] for what in wanted] == [("361021103", "air", ""), ("361021103", None, "")]


def test_fates_and_a_wrong_day(part, qtbot):
    one, tab = part()
    one.do(lambda: tab._choose("matrix"))
    tab.matrix.what.setCurrentIndex(3)
    tab.matrix._fill()
    column = [each.key for each in tab.matrix._model.columns].index("overdue")
    one.do(lambda: tab.matrix.table.clicked.emit(tab.matrix._model.index(0, column)))
    assert one.office.inspections.calls[-1][1].fate == "overdue"
    tab.as_of.setText("昨天吧")
    one.do(lambda: qtbot.keyClick(tab.as_of, Qt.Key.Key_Return))
    assert "截至" in tab.notice.way_out.text()


def test_the_sample_is_drawn_from_what_is_chosen(part):
    one, tab = part()
    one.do(lambda: tab._choose("sample"))
    sampling = tab.sampling
    sampling.of.put("inspections")
    one.do(sampling._change)
    sampling.only.setCurrentIndex(1)
    sampling.many.setCurrentIndex(sampling.many.count() - 1)
    lot = sampling._lot()
    assert (lot.of, lot.themes, lot.kinds, lot.size, lot.share) == ("inspections", ("air",), (), 0, 50)
    assert "以名称" in sampling.basis.text()


def test_voiding_asks_why(part, monkeypatch):
    one, tab = part(id_=1)
    monkeypatch.setattr(Question, "ask", lambda self: self.reason.setText("重复下发") or "作废")
    one.do(tab.looking.void.click)
    assert ("void", "campaign", f"{1:032x}", "重复下发") in one.office.records.written
    assert tab.middle.currentWidget() is tab.lines


def test_one_that_a_unit_began_says_so_at_the_county(part, monkeypatch):
    office = fakes.county()
    real = office.campaigns._one
    monkeypatch.setattr(office.campaigns, "_one", lambda at: real(at) | {"begun_by": "" if at else "白水镇"})
    one, tab = part(office)
    lines, titled = tab.lines.table.model(), columns(one.session.today, tuple, county=True)[1]
    said = {lines.line(at).title: titled.below(lines.line(at)) for at in range(lines.rowCount())}
    first, *others = (title for title, *_ in fake_campaigns.CAMPAIGNS)
    assert said[first].startswith("白水镇自己发起")
    assert not any("自己发起" in said[title] for title in others)
    assert "自己发起" not in columns(one.session.today, tuple, county=False)[1].below(lines.line(0)), "it knows"
    one.do(lambda: tab.open_one(f"{0:032x}"))
    assert "白水镇自己发起" in tab.looking.facts.text()


def test_a_matrix_adds_up_and_tells_zero_from_silence():
    figures = fake_campaigns.figures(county=True)
    for count in campaigns.COUNTS:
        rows = campaigns.by_unit(figures, count)
        assert [row.said for row in rows[:3]] == ["reported", "zero", "silent"]
        total = campaigns.total(rows, "合计")
        cells = [cell for cell in figures["matrix"] if cell["theme"] == "air"]
        name = {"waiting": campaigns.WAITING}.get(count, (count,))
        assert total.counts["air"] == sum(cell[each] for cell in cells for each in name)
