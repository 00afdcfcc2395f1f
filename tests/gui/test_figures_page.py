"""The page 统计: every number opens its list, days and switches count anew, a month is sealed; once for real."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from gui.pages.figures import FiguresPage
from gui.places import Place
from models.domain.meaning import Meaning
from models.services import opening
from tests.gui import fakes
from tests.offices import quick_folder


@pytest.fixture
def page(desk):
    one = desk(fakes.county(40))
    one.start()
    return one, one.go(Place("figures"))


def test_each_number_opens_as_many_records_as_it_says_and_one_comes_back(page):
    one, shown = page
    rows = shown.counting._model.lines
    assert [rows[0].name, rows[0].counts["total"]] == ["合计", 40]
    for at, figure in ((0, "total"), (1, "remaining"), (2, "completed"), (0, "behind")):
        one.do(lambda at=at, figure=figure: shown.counting._want(at, figure))
        assert len(shown.lines.rows) == rows[at].counts[figure]
    assert shown.behind.text().strip() == "只看 合计 未达序时"
    one.do(lambda: shown.counting._open_cell(shown.counting._model.index(1, len(shown.counting._model.columns) - 1)))
    assert len(shown.lines.rows) == rows[1].counts["total"], "a rate opens what it is the rate of"
    one.do(lambda: shown.lines.table.sorted_by.emit("number", True))
    numbers = [line.number for line in shown.lines.rows]
    assert numbers == sorted(numbers, reverse=True)
    one.do(shown.behind.click)
    assert shown.middle.currentWidget() is shown.counting
    one.do(lambda: shown.counting.table.sorted_by.emit("rate:completion", True))
    shares = [line.shares["completion"] for line in shown.counting._model.lines[1:]]
    assert shares == sorted(shares, reverse=True)
    one.do(lambda: shown.counting._open(0))
    one.do(lambda: shown.lines._open(0))
    assert one.window.page is not shown


def test_what_stands_above_the_figures_is_as_wide_whenever_it_is_first_seen(desk, qtbot):
    widths = set[int]()
    for seen_after in (2, 4):  # slices: the window answers between two
        page = FiguresPage(desk(fakes.county(3)).session)
        qtbot.addWidget(page)
        page.resize(1100, 700)
        for _ in range(seen_after):
            page._slices.step()
        page.show()
        page.choices.layout().activate()
        page._slices.finish()
        widths.add(page.way.sizeHint().width())
    assert len(widths) == 1, widths


def test_one_breakdown_is_crossed_with_another_and_each_cell_opens_its_list(page):
    one, shown = page

    def cross(way, across):
        shown.way.setCurrentIndex(shown.way.findData(way))
        shown.counting.across.setCurrentIndex(shown.counting.across.findData(across))
        one.do(lambda: shown.counting.across.activated.emit(0))
        return shown.counting._model

    model = cross("township", "stage")
    assert [column.heading for column in model.columns[2:]] == [across.name for across in shown._found.across]
    for at in (0, 1):
        line = model.lines[at]
        assert sum(line.cells) == line.counts["total"]
        for number, many in enumerate(line.cells):
            one.do(lambda at=at, number=number: shown.counting._open_cell(shown.counting._model.index(at, 2 + number)))
            assert len(shown.lines.rows) == many
    assert shown.behind.text().strip() == f"只看 {line.name} {shown._found.across[-1].name}"
    one.do(shown.behind.click)
    one.do(lambda: shown.counting.table.sorted_by.emit("cell:0", True))
    cells = [line.cells[0] for line in shown.counting._model.lines[1:]]
    assert cells == sorted(cells, reverse=True)
    one.do(shown.counting.take.click)
    assert QGuiApplication.clipboard().text().splitlines()[1].split("\t")[:2] == ["合计", "40"]
    assert cross("department", "township").columns[-1].heading.startswith("其余 ")
    assert cross("township", "township").columns[2].key != "cell:0", "by itself it is not crossed"


def test_other_ways_days_and_switches_count_anew_and_a_day_that_is_none_is_said(page):
    one, shown = page
    one.do(lambda: (shown.way.setCurrentIndex(shown.way.findData("category")), shown.way.activated.emit(0)))
    assert "各行相加大于合计" in shown.counting.said.accessibleName()
    shown.as_of.setText("11.1")
    shown.known_by.setText("2026-11-2")
    one.do(shown.as_of.editingFinished.emit)
    asked = shown._found.asked
    assert (asked.as_of, asked.known_by, asked.way) == (date(2026, 11, 1), date(2026, 11, 2), "category")
    assert shown.counting.said.accessibleName().endswith(
        "已知截至 2026-11-02 当天结束，一条可以有几个，各行相加大于合计"
    )
    before = shown._found.total.rates["completion"]
    one.do(lambda: shown._choose("meaning"))
    one.do(shown.meanings.boxes["without_long_term"].click)
    assert shown._found.total.rates["completion"] != before
    assert ("完成率", "已完成除以限期整改数，不计长期坚持") in shown.meanings._model.lines
    shown.as_of.setText("2026-02-30")
    one.do(shown.as_of.editingFinished.emit)
    assert "2月没有 30 日" in shown.notice.message.text()
    assert shown._found.asked.as_of == date(2026, 11, 1)
    shown.as_of.setText("")
    one.do(shown.table.buttons["petition"].click)
    assert shown._found.asked.table == "petition"
    one.do(shown.table.buttons["petition"].click)  # pressed again it is given up: problems then
    assert (shown._found.asked.table, shown.table.value) == ("problem", "problem")


def test_sentence_and_table_are_copied_and_the_report_is_written_as_it_is_looked_at(page, monkeypatch, tmp_path):
    one, shown = page
    one.do(shown.counting.copy.click)
    assert QGuiApplication.clipboard().text() == shown._found.paragraph
    one.do(shown.counting.take.click)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[:3] == ["乡镇", "总数", "限期整改"]
    assert lines[1].split("\t")[:2] == ["合计", "40"]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "月报.xlsx"), "xlsx"))
    shown.as_of.setText("2026-10-31")
    one.do(shown.out.click)
    assert one.office.papers.asked[0] == ("monthly", date(2026, 10, 31), None, None, Meaning())
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "一览表.pdf"), "pdf"))
    one.do(shown.matrix.click)
    assert one.office.papers.asked[2] == ("matrix", date(2026, 10, 31), None, None, Meaning())
    assert one.office.papers.asked[3] == ("一览表.pdf", b"%PDF")
    shown.as_of.setText("2026-02-30")
    one.do(shown.matrix.click)  # no such day: nothing is written
    assert len(one.office.papers.asked) == 4
    shown.as_of.setText("")
    one.do(lambda: shown._choose("sealed"))
    assert shown.matrix.isHidden()
    one.do(shown.sealed.out.click)
    assert one.office.papers.asked[4][:4] == ("monthly", None, None, 2)


def test_a_month_is_sealed_and_another_seal_is_looked_at(page):
    one, shown = page
    one.do(lambda: shown._choose("sealed"))
    panel, seals = shown.sealed, one.office.seals
    assert (panel.as_of.text(), len(panel._records.lines), len(panel._figures.lines)) == ("2026-10-31", 7, 3)
    panel.records.selectRow(1)
    assert panel.detail.text().endswith("2026-10-29 填写，2026-11-08 到本机")
    panel.as_of.setText("")
    one.do(panel.do.click)
    assert (seals.calls, panel.notice.message.text()) == ([], "还没有写截至哪一天。")
    panel.as_of.setText("10月31日")
    panel.note.setText("十月")
    one.do(panel.do.click)
    assert seals.calls == [("2026-10-31", "十月")]
    assert (panel.chosen, panel._records.lines, panel.note.text()) == (3, [], "")
    one.do(lambda: (panel.which.setCurrentIndex(2), panel._choose()))
    assert (panel.chosen, len(panel._records.lines)) == (1, 7)
    seals.refusal = fakes.Refused()
    one.do(panel.do.click)
    assert panel.do.isEnabled()
    one.do(lambda: panel._open(0))
    assert one.window.page is not shown


def test_sealed_and_changed_over_a_real_ledger(desk):
    with quick_folder() as folder:
        home = opening.set_up(folder / "county", "county", "临江县环委办", "361021")
        one = desk(home)
        said = {"found_on": "2020-01-01", "deadline_kind": "immediate"}
        first = home.records.add("problem", {"description": "河边有垃圾", "source": "自查"} | said)
        page = one.open("figures")
        assert page.counting._model.lines[0].counts["total"] == 1
        one.do(lambda: page._choose("sealed"))
        assert page.sealed.middle.currentWidget() is page.sealed.empty
        one.do(page.sealed.do.click)
        assert home.seals.list()[0].problems["completed"] == 0
        home.records.edit("problem", first["id"], {"completed_on": "2020-02-01"})
        one.do(page.refresh)
        assert [line.id for line in page.sealed._records.lines] == [first["id"]]
        one.do(lambda: page._choose("count"))
        one.do(lambda: page.counting._want(0, "completed"))
        assert [line.title for line in page.lines.rows] == ["河边有垃圾"]
        one.close()
        home.close()
