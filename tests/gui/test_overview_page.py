from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton

from gui import theme
from gui.panels.overview import awaits, matrix, standing, township
from gui.panels.overview.todo import MOST, calm, tasks
from gui.panels.overview.township import DueRow, month_ends
from gui.places import Place
from gui.tables.columns import CENTER
from gui.tables.delegates import CLOSE
from gui.widgets.labels import TwoLines, one_line
from models.domain import words
from models.services.views.agenda import KINDS, Agenda
from models.services.views.exchange import Lost
from models.services.views.figures import Asks, UnitFigures
from models.services.views.home import Touched
from tests.gui import exchange_states, fakes
from tests.gui.looks import cut_off


def quiet_day(**other):
    """A day on which nothing is overdue or due soon."""
    lights = {"red": 0, "orange": 0, "yellow": 0, "green": 10, "grey": 2, "done": 10}
    none = dict.fromkeys(("overdue", "due_7", "due_30", "conflicts", "unreported", "no_dispatch", "petitions_open"), 0)
    none["notices"] = {}
    return replace(fakes.overview(), lights=lights, urgent=(), next_due=fakes.line(7), **(none | other))


# ------------------------------------------------------------------------------------- township


@pytest.mark.parametrize("place", ["overview", "exchange"])
def test_a_line_stands_while_the_county_lacks_what_it_had_and_goes_by_itself(desk, place):
    one = desk(exchange_states.restored())
    page = one.open(place)
    one.session.look()
    one.settle()
    assert page.lost.notice.message.text() == "县里可能恢复过备份，17 条将重新报送。"
    assert page.lost.notice.isVisible()
    assert page.lost.notice.shut.isHidden(), "it cannot be put away: it goes when the receipt is there"
    if place == "overview":
        one.do(page.lost.notice.first.click)
        assert (one.window.page.tabs.current, one.window.page.lost.notice.isVisible()) == ("write", True)
    one.office.exchange.have_lost = ()
    one.session.tell(Touched("exchange"))
    one.settle()
    assert not one.window.page.lost.notice.isVisible()


def test_the_county_names_the_unit_that_lost_something(desk):
    office = fakes.county()
    office.exchange.have_lost = (Lost("361021101", "白水镇", 3), Lost("361021102", "青石镇", 1))
    page = desk(office).start()
    assert page.lost.notice.message.text() == "白水镇可能恢复过备份，3 条将重新报送。另有 1 个单位也是这样。"


def test_a_township_sees_lights_and_what_to_do_first(desk):
    page = desk().start()
    panel = page.panel
    assert [one.count.number for one in panel.strip.buttons] == [2, 2, 3, 3, 2, 2, 8]
    assert sum(one.count.number for one in panel.strip.buttons) == fakes.overview().listed
    assert page.header.quiet.accessibleName() == "截至 2026年11月23日\u2003星期一"
    first, *rest = panel.todo.buttons
    assert first.text() == "填进展"
    assert first.property("kind") == "primary"
    assert not [one for one in rest if one.property("kind") == "primary"]
    assert "11月 完成 10，共 22" in panel.bars.accessibleName()


def test_a_light_opens_the_list_behind_it(desk, qtbot):
    one = desk()
    page = one.start()
    qtbot.mouseClick(page.panel.strip.buttons[0], Qt.MouseButton.LeftButton)
    one.settle()
    assert one.window.page.title == "督察整改"
    assert one.window._place.where == (("light", "red"),)


def test_never_more_to_do_than_one_can_read_and_the_most_urgent_first():
    for office in (fakes.township(), fakes.county(), fakes.township(0, enrolled=False)):
        made = tasks(office.figures.overview(), office.here)
        assert len(made) <= MOST
        assert [one.rank for one in made] == sorted(one.rank for one in made)
    assert tasks(fakes.overview(size=0), fakes.township(0, enrolled=False).here)[0].deed == "去登记"
    many = replace(fakes.overview(), urgent=tuple(fakes.line(0)._replace(id=f"{n:032x}") for n in range(8)))
    made = tasks(many, fakes.township().here)
    assert len(made) == MOST
    assert {"去选择", "去填写", "写数据包"} <= {one.deed for one in made}, "what is overdue does not hide the rest"


def test_each_problem_says_why_and_has_the_button_that_fits():
    asks = {
        f"{0:032x}": Asks(dispatched=False, measures=4, measures_done=2, measures_late=1),
        f"{1:032x}": Asks(dispatched=True, measures=3, measures_done=1, measures_late=1),
        f"{2:032x}": Asks(dispatched=True),
    }
    overview = replace(fakes.overview(), asks=asks, urgent=tuple(fakes.line(row) for row in range(3)))
    first, second, third = [one for one in tasks(overview, fakes.township().here) if one.light]
    assert first.light_why == "逾期 8 天"
    assert first.why == "时限 11月15日\u200311月月调度还没填\u2003整改措施 4 项中 2 项完成，1 项逾期\u2003王秀兰"
    assert (first.deed, first.place.tab) == ("填进展", "dispatch")
    assert (second.deed, second.place.tab) == ("更新措施", "measures")
    assert (third.deed, third.place.tab) == ("打开", "")


def test_the_button_leads_to_the_form_it_names(desk):
    one = desk()
    one.start().panel.todo.buttons[0].click()
    one.settle()
    assert one.window.page._place.id == f"{0:032x}"
    assert one.window.page.story.dispatches.form is not None


def test_a_quiet_day_says_so_and_names_the_next_date(desk):
    one = desk()
    one.office.figures.overview = quiet_day
    one.office.figures.agenda = Agenda
    panel = one.start().panel
    rest = calm(quiet_day())
    assert rest.title == "今天没有急事"
    assert rest.why.startswith("下一个到期的是 2027年3月31日（还有 128 天）")
    assert [button.text() for button in panel.todo.buttons] == ["打开"]
    assert panel.todo.buttons[0].property("kind") != "primary"
    assert cut_off(one.window) == []
    assert calm(fakes.overview()) is None
    assert calm(replace(quiet_day(), next_due=None)).deed == ""


def test_the_link_to_all_that_is_overdue_stands_where_not_all_are_shown(desk):
    one = desk()
    one.office.figures.overview = lambda: replace(fakes.overview(), overdue=30)
    todo = one.start().panel.todo
    assert todo.all_late.isVisible()
    todo.all_late.click()
    one.settle()
    assert one.window._place.view == "overdue"


@pytest.mark.parametrize("missing", [0, 3])
def test_the_exchange_has_exactly_four_facts(desk, missing):
    one = desk()
    peers = tuple(replace(peer, missing_files=missing) for peer in one.office.exchange.peers())
    one.office.exchange.peers = lambda: peers
    facts = one.start().panel.facts
    said = [facts._grid.itemAtPosition(row, 0).widget().text() for row in range(facts._grid.count() // 2)]
    assert len(said) == 4
    assert ("缺照片" in said) == bool(missing)


def test_what_falls_due_is_told_in_full_and_opens(desk, qtbot):
    one = desk()
    panel = one.start().panel
    rows = [row for row in panel.findChildren(DueRow) if row.isVisible()]
    assert rows
    for row in rows:
        title = row.findChild(TwoLines)
        assert title.height() >= title.heightForWidth(title.width()), "two lines have the height of two"
    qtbot.mouseClick(rows[0], Qt.MouseButton.LeftButton)
    one.settle()
    assert one.window.page._place.id == rows[0].value.id


def test_two_lines_are_at_most_two_and_tell_the_rest_in_the_tip(qtbot, dressed):
    whole = "河口支渠垃圾堆放点清运后反弹，" * 6
    two = TwoLines(whole)
    qtbot.addWidget(two)
    two.resize(200, 40)
    two.show()
    assert len(two.lines(200)) == 2
    assert two.lines(200)[1].endswith("…")
    assert two.toolTip() == one_line(whole)
    short = TwoLines("石灰窑砂石堆场未覆盖")
    qtbot.addWidget(short)
    short.resize(200, 40)
    short.show()
    assert short.lines(200) == ["石灰窑砂石堆场未覆盖"]
    assert short.toolTip() == ""


def test_month_ends_go_back_over_the_year():
    ends = month_ends(fakes.TODAY, 12)
    assert (ends[0].isoformat(), ends[2].isoformat(), ends[-1]) == ("2025-12-31", "2026-02-28", fakes.TODAY)


def test_an_empty_ledger_leads_to_the_first_import(desk, qtbot):
    one = desk(fakes.township(0))
    page = one.start()
    assert page.middle.currentWidget() is page.empty
    qtbot.mouseClick(page.take_in, Qt.MouseButton.LeftButton)
    one.settle()
    assert one.window.page.title == "导入 Excel"


@pytest.mark.parametrize("size", [(1366, 768), (1366, 697), (1024, 640)])
def test_no_figure_of_the_strip_loses_its_words(desk, size):
    for office in (fakes.township(), fakes.county()):
        one = desk(office)
        one.window.resize(*size)
        strip = one.start().panel.strip
        assert [b.count.below for b in strip.buttons if b.width() < b.minimumSizeHint().width()] == []
        assert strip.width() <= one.window.page.width() - 48


# ------------------------------------------------------------------------------------- county


def test_the_county_sees_a_matrix_with_its_total(desk):
    one = desk(fakes.county())
    panel = one.start().panel
    assert panel._model.rowCount() == len(fakes.TOWNS)
    keys = [column.key for column in panel._model.columns]
    total = panel._sum.line(0)
    assert total.total == sum(one.total for one in fakes.overview(county=True).units)
    assert [panel.total.columnWidth(at) for at in range(len(keys))] == [
        panel.table.columnWidth(at) for at in range(len(keys))
    ]
    assert panel.late.quiet.text() == "3 个"


def test_the_matrix_sorts_by_every_column(desk):
    panel = desk(fakes.county()).start().panel
    panel.table.sorted_by.emit("total", False)
    names = [panel._model.line(row).name for row in range(3)]
    assert names == ["新田乡", "城关街道", "梅岭林场"]
    for column in panel._model.columns:
        assert column.sort, f"{column.heading} cannot be sorted by"
        panel.table.sorted_by.emit(column.sort, True)
        panel.table.sorted_by.emit(column.sort, False)
    states = [matrix.state(one, fakes.TODAY) for one in panel._model.lines]
    assert states[0] == "未报送", "the last column is 本月"


@pytest.mark.parametrize(
    ("key", "where"),
    [
        ("name", (("township", "361021103"),)),
        ("red", (("township", "361021103"), ("light", "red"))),
        ("orange", (("township", "361021103"),)),
    ],
)
def test_a_cell_opens_the_list_behind_it(desk, key, where):
    one = desk(fakes.county())
    panel = one.start().panel
    at = [column.key for column in panel._model.columns].index(key)
    panel.table.clicked.emit(panel._model.index(3, at))
    one.settle()
    assert one.window._place.where == where, "a cell with 0 opens the unit's list"
    assert "乡镇：石坪乡" in {found.text().strip() for found in one.window.page.findChildren(QPushButton)}


def test_enter_opens_the_list_of_a_unit_and_the_total_opens_a_light_of_all(desk, qtbot):
    one = desk(fakes.county())
    page = one.start()
    page.panel.table.setFocus()
    qtbot.keyClick(page.panel.table, Qt.Key.Key_Return)
    one.settle()
    assert one.window._place.where == (("township", "361021100"),)
    at = [column.key for column in page.panel._model.columns].index("red")
    page.panel.total.clicked.emit(page.panel._sum.index(0, at))
    one.settle()
    assert one.window._place.where == (("light", "red"),)


def test_thirty_units_scroll_between_headings_and_total(desk):
    one = desk(fakes.county())
    many = tuple(fakes.unit_figures(n % 12, f"第 {n} 镇") for n in range(30))
    one.office.figures.overview = lambda: replace(fakes.overview(county=True), units=many)
    panel = one.start().panel
    assert panel.table.verticalScrollBar().maximum() > 0
    assert panel.total.isVisible()
    assert panel.total.y() > panel.table.y() + panel.table.height() - 1
    panel.table.verticalScrollBar().setValue(panel.table.verticalScrollBar().maximum())
    assert panel.total.columnWidth(0) == panel.table.columnWidth(0)
    assert cut_off(one.window) == []
    assert len(panel.late.names.split("、")) == sum(1 for n in range(30) if n % 12 in {3, 7, 10})


def test_names_and_the_paragraph_are_copied(desk):
    panel = desk(fakes.county()).start().panel
    panel.late.copy.click()
    assert QGuiApplication.clipboard().text() == "石坪乡、龙潭乡、城关街道"
    assert panel.late.copy.text().endswith("已复制")
    panel.copy_paragraph.click()
    assert QGuiApplication.clipboard().text() == fakes.overview(county=True).paragraph


def test_the_ranking_says_its_definition_and_the_change_to_last_month(desk):
    panel = desk(fakes.county()).start().panel
    assert panel.ranking._since.text() == "名次，较 10月31日"
    assert "完成率 = 已完成 ÷ 总数，含长期坚持。" in {one.text() for one in panel.ranking.findChildren(QLabel)}
    assert standing.ranks({"a": 0.5, "b": 0.75, "c": 0.5, "d": 0.1}) == {"b": 1, "a": 2, "c": 2, "d": 4}
    assert [standing.moved(*pair) for pair in ((1, 3), (3, 1), (2, 2), (2, None))] == ["↑2", "↓2", "平", "—"]


def test_in_a_narrow_window_rail_and_matrix_take_turns(desk):
    one = desk(fakes.county())
    one.window.resize(1024, 640)
    panel = one.start().panel
    assert (panel.matrix.isVisible(), panel.rail.isVisible()) == (True, False)
    panel.parts.buttons["rail"].click()
    assert (panel.matrix.isVisible(), panel.rail.isVisible()) == (False, True)
    one.window.resize(1366, 768)
    assert (panel.matrix.isVisible(), panel.rail.isVisible(), panel.parts.isVisible()) == (True, True, False)


def test_searching_here_searches_everything(desk, qtbot):
    one = desk()
    page = one.start()
    qtbot.keyClicks(page.search, "bfqc")
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    one.settle()
    assert one.window.page.title == "查找"
    assert one.window.page.search.text() == "bfqc"
    assert one.window.page.hits.count == 4


def test_a_name_that_is_no_unit_yet_is_not_called_late():
    stranger = replace(fakes.unit_figures(0, "云岭乡"), unit="云岭乡", last_in=None)
    state = next(column for column in matrix.columns(fakes.TODAY) if column.key == "state")
    assert state.text(stranger) == "未添加"
    assert state.tone(stranger) == "grey"
    assert matrix.place_of(stranger, "name").where == (("unit", ""), ("township", "云岭乡"))


def test_bars_say_both_figures_of_each_month(desk):
    bars = desk().start().panel.bars
    assert bars.accessibleName().startswith("12月 完成 0，共 17；1月 完成 1，共 18")


def test_the_figure_of_late_units_brings_them_to_the_top(desk):
    panel = desk(fakes.county()).start().panel
    panel.strip.buttons[-1].click()
    assert [matrix.state(one, fakes.TODAY) for one in panel._model.lines[:4]] == ["未报送"] * 3 + ["已接收"]


def test_a_paragraph_that_says_all_is_on_time_is_doubted_while_something_is_overdue(desk):
    one = desk(fakes.county())
    said = "都在有序推进，均达序时进度。"
    one.office.figures.overview = lambda: replace(fakes.overview(county=True), paragraph=said)
    panel = one.start().panel
    assert panel.caution.isVisible()
    assert "2 个问题亮红灯" in panel.caution.text()
    panel.show_figures(replace(fakes.overview(county=True), paragraph=said, lights={"red": 0}))
    assert not panel.caution.isVisible()


@pytest.mark.parametrize(
    ("office", "word", "title"),
    [
        (lambda: fakes.township(0, enrolled=False), "先与县里联系", "数据交换"),
        (lambda: fakes.township(0), "先登记一个问题", "新增问题"),
    ],
)
def test_an_empty_ledger_offers_what_else_one_may_begin_with(desk, office, word, title):
    one = desk(office())
    page = one.start()
    assert page.other.text().strip() == word
    page.other.click()
    one.settle()
    assert one.window.page.title == title


@pytest.mark.parametrize("office", [fakes.township(), fakes.county()], ids=["township", "county"])
def test_what_stands_beside_is_refused_on_the_page_and_not_in_a_window_of_its_own(desk, monkeypatch, office):
    def refuse(*_):
        raise fakes.Refused(text="台账正忙。")

    monkeypatch.setattr(office.figures, "course", refuse)
    monkeypatch.setattr(office.figures, "tally", refuse)
    one = desk(office)
    one.start()
    assert one.window.page.notice.isVisible()
    assert one.window.page.notice.message.text() == "台账正忙。"
    assert not one.window.page.panel.notice.isVisible()


def test_what_is_to_be_looked_at_stands_among_what_is_to_be_done():
    here = fakes.township().here
    agenda = fakes.township().figures.agenda()
    made = tasks(fakes.overview(size=0), here, agenda)
    titles = [one.title for one in made]
    assert titles.index("排查：秋冬季大气污染防治专项排查") < titles.index("有 4 个回头看等着去看")
    said = {one.deed: one for one in made}
    assert said["去排查"].place == Place("inspection", id=f"{0:032x}", tab="campaigns")
    assert said["去排查"].why == "还有 3 处没有查到，还有 5 天；另有 1 次排查没有查完"
    assert [one.why for one in made if one.place.page == "source"] == ["其中 1 个已经到期"]
    assert any(one.place.where == (("source", "自查自纠"), ("stage", "completed")) for one in made)
    last = tasks(fakes.overview(size=0), here, agenda._replace(days_left=0, left=0, campaigns=1))
    assert any(one.why == "还没有查，也没有报，今天截止" for one in last)
    assert len(tasks(fakes.overview(), here, agenda)) <= MOST


def test_before_it_is_known_what_waits_nobody_says_that_nothing_does(dressed):
    card = awaits.Awaits()
    assert card._none.text() == "正在统计…"
    card.show_waiting((), 0)
    assert card._none.text() == "现在没有等您办的。"
    card.deleteLater()


def test_every_kind_that_waits_for_the_county_has_its_line_and_its_place(desk):
    assert set(awaits.WAYS) == {*KINDS, awaits.CONFLICTS}
    one = desk(fakes.county())
    card = one.start().panel.awaits
    lines = [line for line in card.lines if not line.isHidden()]
    assert [line.accessibleName() for line in lines[:3]] == [
        "待复核的问题 2",
        "待复核的信访件 1",
        "两边都改过，等您选 1",
    ]
    assert (card.quiet.text(), len(lines)) == ("13 样", 13)
    for at, line in enumerate(lines):
        one.do(line.click)
        page, place = one.window.page, one.window._place
        assert place == line.value, at
        if place.view is not None and hasattr(page, "_view"):
            assert page._view == place.view, f"{line.text()} leads to its own list"
        one.do(lambda: one.window.go(Place("overview")))


def test_in_a_narrow_window_what_waits_has_a_part_of_its_own(desk):
    one = desk(fakes.county())
    one.window.resize(1024, 640)
    panel = one.start().panel
    assert panel.parts.buttons["awaits"].text() == "等您办的 13"
    panel.parts.buttons["awaits"].click()
    assert (panel.matrix.isVisible(), panel.awaits.isVisible(), panel.late.isVisible()) == (False, True, False)
    panel.parts.buttons["rail"].click()
    assert (panel.awaits.isVisible(), panel.late.isVisible()) == (False, True)
    panel.awaits.show_waiting((), 0)
    assert panel.awaits._none.isVisibleTo(panel.awaits)


def test_the_month_counts_what_is_told_monthly_completed_problems_too():
    column = next(one for one in matrix.columns(fakes.TODAY) if one.key == "no_dispatch")
    none = replace(fakes.unit_figures(0, "白水镇"), total=9, completed=8, no_dispatch=5, told_monthly=5)
    some = replace(none, no_dispatch=2)
    assert [column.text(one) for one in (none, some, matrix.sum_of([none, some]))] == ["0 / 5", "3 / 5", "3 / 10"]
    assert [column.tone(one) for one in (none, some)] == ["red", ""]
    assert column.tip(some) == "每月要报的 5 个问题中，2 个缺本月调度"
    assert column.text(replace(none, no_dispatch=0, told_monthly=0)) == "—"


def test_no_column_of_the_matrix_is_hidden_beside_the_rail(desk):
    one = desk(fakes.county())
    for width in (1366, 1340, 1300, 1180, 1024):
        one.window.resize(width, 768)
        panel = one.start().panel
        if panel.matrix.isVisible():
            assert panel.table.horizontalHeader().length() <= panel.table.viewport().width(), width


def test_no_figure_of_the_matrix_is_cut_off_in_a_county_of_20_000(desk):
    one = desk(fakes.county())
    panel = one.start().panel
    small = one.session.overview
    lights = {"red": 1174, "orange": 23, "yellow": 1340, "green": 2, "grey": 1347, "done": 1279}
    units = [
        replace(unit, lights=lights, total=1686, completed=1279, closed=1009, no_dispatch=700, told_monthly=706)
        for unit in small.units
    ]
    for some in (units, small.units):  # and narrow again where there are few
        one.do(lambda some=some: panel.show_figures(replace(small, units=tuple(some))))
        for view in (panel.table, panel.total):
            for row, at in product(range(view.model().rowCount()), range(1, len(view.model().columns))):
                index = view.model().index(row, at)
                wide = QFontMetrics(theme.font("bold")).horizontalAdvance(index.data())
                if view.model().columns[at].kind != "state":
                    assert wide + 2 * CLOSE <= view.columnWidth(at), index.data()
        widths = [one.width for one in panel.table.model().columns]
    assert widths == [one.width for one in matrix.columns(fakes.TODAY, small.units)]


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (None, "还没有"),
        ("2026-11-14T10:00:00+08:00", "11月14日（9 天前）"),
        ("2024-05-24T10:00:00+08:00", "2024年5月24日"),  # how many days ago says nothing more, and had no room
    ],
)
def test_the_last_exchange_is_said_with_its_days_within_the_year(at, said):
    assert township._when(at, fakes.TODAY) == said


def test_the_total_of_a_great_county_is_not_cut_off(dressed):
    """Thirty townships with some 20,000 problems: nobody guesses at the end of a figure."""
    lights = dict.fromkeys(words.LIGHT, 300)
    units = [UnitFigures(f"3610{at}", "某镇", lights, 660, 330, 220, 40, None, 320) for at in range(30)]
    total = matrix.sum_of(units)
    metrics = QFontMetrics(theme.font("bold"))
    cut = [
        (column.heading, text)
        for column in matrix.columns(date(2026, 11, 23))
        if column.align == CENTER
        and metrics.horizontalAdvance(text := column.text(total)) > theme.px(column.width - 2 * CLOSE)
    ]
    assert cut == []
