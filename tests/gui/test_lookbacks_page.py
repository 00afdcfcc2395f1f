"""The page 回头看: the queue of forms, the plan that is ticked, coverage whose cells open lists; once for real."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QFileDialog

from gui.places import Place
from models.services import opening
from tests.gui import fakes
from tests.offices import quick_folder


def test_forms_are_filled_in_one_after_the_other(desk):
    one = desk()
    one.start()
    page = one.go(Place("lookback"))
    panel, calls = page.filling, one.office.lookbacks.calls
    first = panel.line
    waiting = len(panel._turn.queue)
    one.do(page.save)
    assert calls == []  # three answers are missing
    assert panel.form.fields["relapsed"].wrong
    panel.form.fields["people"].rewrite("张三")
    panel.form.fields["relapsed"].rewrite("true")
    assert page.is_dirty
    assert not panel.fine.isEnabled()
    panel._step(1)
    assert panel.line is first, "what was found is not lost by going on"
    panel.form.fields["relapsed"].rewrite("")
    one.do(panel.fine.click)
    assert calls[0][:2] == ("add", first.problem)
    assert calls[0][2] == {
        "people": "张三", "up_to_standard": "true", "relapsed": "false", "derived": "false", "feigned": "false",
        "facilities": "true", "papers_kept": "true",
    }  # fmt: skip
    assert calls[0][3] == first.id
    assert (len(panel._turn.queue), panel.form.fields["people"].value) == (waiting - 1, "张三")
    assert panel.line is not first


def test_the_county_ticks_and_plans_what_was_drawn_and_every_figure_opens_its_list(desk):
    one = desk(fakes.county(40))
    one.start()
    page = one.go(Place("lookback", view="plan"))
    panel = page.proposing
    drawn = set(panel._model.ticked)
    assert (len(panel._model.lines), len(drawn)) == (10, 5)
    panel.table.ticked.emit(0)
    assert len(panel._model.ticked) == 4
    one.do(panel.do.click)
    verb, name, _, planned, asked = one.office.lookbacks.calls[0]
    assert (verb, name, set(planned) < drawn, asked["share"]) == ("plan", "2026年11月回头看", True, 50)
    coverage = one.office.lookbacks.coverage()
    one.do(lambda: page._choose("cover"))
    group = coverage.units[0]
    for view in ("closed", "looked", "never", "waiting", "overdue", "relapsed"):
        page._open_cell("units", group.key, view)
        assert len(page.lines.rows) == getattr(group, view), view
    page._open_cell("", "", "closed")
    assert len(page.lines.rows) == coverage.total.closed


@pytest.fixture
def county(desk):
    with quick_folder() as folder:
        home = opening.set_up(folder / "county", "county", "临江县环委办", "361021")
        yield desk(home), home
        home.close()


def test_planned_and_written_over_a_real_ledger(county):
    one, home = county
    day = one.session.today.isoformat()
    said = {"description": "河边有垃圾", "completed_on": "2024-01-02", "closed_on": day}
    ids = {home.records.add("problem", {**said, "description": f"河边有垃圾 {n}"})["id"] for n in range(3)}
    page = one.open("lookback", view="plan")
    assert {c.id for c in page.proposing._model.lines} == ids
    one.do(page.proposing.do.click)
    assert home.lookbacks.list().total.planned == 3
    one.do(lambda: page._choose("fill"))
    panel = page.filling
    panel.form.fields["up_to_standard"].rewrite("false")
    panel.form.fields["relapsed"].rewrite("false")
    panel.form.fields["derived"].rewrite("true")
    one.do(panel.keep.click)
    done = home.lookbacks.list()
    assert (done.total.done, done.total.derived) == (1, 1)
    page._open_cell("", "", "derived")
    assert [row.problem for row in page.lines.rows] == [done.lines[-1].problem]


def test_the_forms_of_a_plan_are_written_in_one_go(desk, monkeypatch, tmp_path):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "表.pdf"), ""))
    one = desk()
    one.start()
    page = one.go(Place("lookback"))
    menu = page.printing.menu()
    waiting, every = menu.actions()[:2]
    lines = one.office.lookbacks.list().lines
    assert str(sum(not line.looked_on for line in lines)) in waiting.text()
    assert str(len(lines)) in every.text()
    one.do(waiting.trigger)
    menu.deleteLater()
    assert one.office.problem_papers.asked == [("2026年11月回头看", True)]
    assert one.office.papers.asked == [("表.pdf", b"%PDF")]
    assert page.notice.kind == "success"
    page.printing.show_lines((lines[0], lines[1]._replace(plan="年底")))
    menu = page.printing.menu()
    assert [act.data() for act in menu.actions() if act.data()] == [
        ("", True),
        ("2026年11月回头看", True),
        ("年底", True),
    ]
    menu.deleteLater()
