from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QFontMetrics

from gui import theme
from gui.places import Place
from gui.tables.columns import PROBLEMS
from gui.tables.delegates import PAD
from gui.tables.paged import WAITING
from gui.widgets.search_box import PAUSE
from models.services.views.lists import Query
from tests.gui import fakes

KEYS = [one.key for one in PROBLEMS]
TITLE = KEYS.index("title")


def shown(page):
    return [page.model.index(row, TITLE).data() for row in range(page.model.rowCount())]


def test_an_empty_ledger_says_what_this_place_is_for(desk):
    page = desk(fakes.township(0)).open("problem")
    assert page.list.is_empty
    assert page.list.empty.title.text() == "还没有督察整改问题"


def test_a_full_list_shows_lines_counts_and_how_many(desk):
    one = desk()
    page = one.open("problem")
    assert page.header.quiet.accessibleName() == "共 22 个", "no figure is said before it is known"
    one.session.look()
    one.settle()
    assert page.tabs.quiet.text() == "截至 2026-11-23"
    assert page.list.middle.currentWidget() is page.view
    assert shown(page)[0] == fakes.TITLES[0]
    assert page.header.quiet.accessibleName() == "共 22 个\u2003完成 11\u2003销号 7"
    assert page.tabs.buttons[""].text() == "全部 22"
    assert page.tabs.buttons["no_dispatch"].text() == "未填 11月调度 4"
    assert not page.tabs.buttons["conflict"].isVisible(), "a rare view without records is not shown"


def test_each_list_says_how_far_its_records_are_and_narrows_to_them(desk, qtbot):
    one = desk()
    page = one.open("problem")
    ways = page.narrowing.ways.buttons
    assert [one.text() for one in ways.values()] == ["待报送 8", "已导出待回执 7", "县已接收 7"]
    qtbot.mouseClick(ways["exported"], Qt.MouseButton.LeftButton)
    one.settle()
    assert page.model.rowCount() == 7
    assert ways["exported"].property("on") == "1"
    assert page.filter_bar.in_words() == "报送：已导出待回执", "the filter above the list says the same"
    qtbot.mouseClick(ways["received"], Qt.MouseButton.LeftButton)
    one.settle()
    assert page.narrowing.query.where == (("exchange", "received"),)
    qtbot.mouseClick(ways["received"], Qt.MouseButton.LeftButton)
    one.settle()
    assert page.model.rowCount() == 22


def test_the_county_says_it_in_its_own_words(desk):
    one = desk(fakes.county())
    page = one.open("problem", where=(("exchange", "unreported"),))
    assert [way.text().split()[0] for way in page.narrowing.ways.buttons.values()] == [
        "待下发", "已导出待回执", "单位已接收",
    ]  # fmt: skip
    assert page.filter_bar.in_words() == "报送：待下发"


def test_twenty_thousand_rows_do_not_hold_up_the_window(desk, qtbot):
    """The watch of conftest fails this test if one leap keeps the window from answering."""
    one = desk(fakes.township(20_000))
    page = one.open("problem")
    bar = page.view.verticalScrollBar()
    for _ in range(30):
        QTimer.singleShot(0, lambda: bar.setValue(bar.value() + 611))
        qtbot.wait(1)
    one.settle()
    assert page.model.rowCount() == 20_000
    assert len(one.office.records.blocks) < 80, "only what was looked at is fetched"


def test_paging_down_twenty_thousand_rows_answers_each_key(desk, qtbot):
    """The watch of conftest fails this test if one key keeps the window from answering."""
    one = desk(fakes.township(20_000))
    page = one.open("problem")
    for _ in range(40):
        qtbot.keyClick(page.view, Qt.Key.Key_PageDown)
        qtbot.wait(1)
    for key in (Qt.Key.Key_End, Qt.Key.Key_Home, Qt.Key.Key_End):
        qtbot.keyClick(page.view, key, Qt.KeyboardModifier.ControlModifier)
    one.settle()
    assert page.view.currentIndex().row() == 19_999
    assert page.model.line(19_999) is not None


def test_copying_lines_that_were_never_looked_at_fetches_them(desk, qtbot):
    from PySide6.QtGui import QGuiApplication

    one = desk(fakes.township(2000))
    page = one.open("problem")
    page.view.selectAll()
    qtbot.keyClick(page.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    one.settle()
    copied = QGuiApplication.clipboard().text().split("\n")
    assert len(copied) == 1001
    assert page.notice.message.text() == "只复制了前 1000 行。", "nothing is left out in silence"
    assert copied[0].split("\t")[:3] == ["灯", "编号", "问题"]
    assert all(fakes.TITLES[at % 14] in line for at, line in enumerate(copied[1:]))


def test_placeholders_stand_until_the_lines_come(desk, qtbot):
    one = desk()
    one.office.records.held.clear()
    one.window.go(Place("problem"))
    qtbot.waitUntil(lambda: one.window.page.is_built)
    qtbot.waitUntil(lambda: one.window.page.model.rowCount() == 22)
    assert set(shown(one.window.page)) == {WAITING}
    one.office.records.held.set()
    one.settle()
    assert WAITING not in shown(one.window.page)


def test_typing_searches_after_a_pause_and_only_once(desk, qtbot):
    one = desk()
    page = one.open("problem")
    one.office.records.queries.clear()
    qtbot.keyClicks(page.search, "bfqc")
    qtbot.wait(PAUSE + 100)
    one.settle()
    asked = [query for query in one.office.records.queries if query.words]
    assert asked == [Query("problem", words="bfqc")]
    assert set(shown(page)) == {fakes.TITLES[0]}
    assert page.header.quiet.accessibleName() == "显示 2 个，共 22 个"


def test_nothing_found_is_not_an_empty_ledger(desk, qtbot):
    one = desk()
    page = one.open("problem", words="没有这样的", view="")
    assert page.list.middle.currentWidget() is page.list.nothing
    qtbot.mouseClick(page.list.unfilter, Qt.MouseButton.LeftButton)
    one.settle()
    assert page.list.middle.currentWidget() is page.view
    assert page.search.text() == ""


def test_a_filter_offers_values_with_counts_and_takes_effect_at_once(desk, qtbot):
    one = desk()
    page = one.open("problem")
    source = page.filter_bar.filters["source"]
    qtbot.mouseClick(source, Qt.MouseButton.LeftButton)
    one.settle()
    popup = source.popup
    assert popup.list.item(0).text() == "省督察二轮\u20032"
    popup.list.item(0).setCheckState(Qt.CheckState.Checked)
    one.settle()
    assert one.office.records.queries[-1].where == (("source", "省督察二轮"),) or any(
        query.where == (("source", "省督察二轮"),) for query in one.office.records.queries
    )
    assert source.text().strip() == "来源：省督察二轮"
    assert page.filter_bar.unfilter.isVisible()
    qtbot.keyClick(popup, Qt.Key.Key_Escape)
    assert source.popup is None
    qtbot.mouseClick(page.filter_bar.unfilter, Qt.MouseButton.LeftButton)
    one.settle()
    assert source.text().strip() == "来源"


def test_opening_from_another_page_sets_the_filter(desk):
    page = desk().open("problem", where=(("light", "red"),))
    assert page.filter_bar.filters["light"].text().strip() == "灯：红"
    assert page.narrowing.query == Query("problem", where=(("light", "red"),))


def test_a_heading_sorts(desk):
    one = desk()
    page = one.open("problem")
    assert page.view.headings.sorted_by == KEYS.index("light"), "the order of urgency is that of the lights"
    page.view.headings.sectionClicked.emit(KEYS.index("deadline"))
    one.settle()
    assert page.narrowing.query.sort == "deadline"
    assert one.office.records.queries[-1].sort == "deadline"
    assert page.view.headings.sorted_by == KEYS.index("deadline")


def test_back_from_a_record_keeps_the_place(desk):
    one = desk(fakes.township(2000))
    page = one.open("problem")
    page.view.selectRow(500)
    page.view.scrollTo(page.model.index(500, 0))
    one.settle()
    top = page.view.verticalScrollBar().value()
    page.view.opened.emit(500)
    one.settle()
    assert one.window.page.header.title.accessibleName() == fakes.line(500).title
    one.window.page.back.click()
    one.settle()
    assert one.window.page is page
    assert page.view.currentIndex().row() == 500
    assert page.view.verticalScrollBar().value() == top


def test_a_refusal_is_shown_in_the_page(desk, tmp_path):
    one = desk()
    page = one.open("problem")
    one.office.records.refusal = fakes.Refused(text="“台账.xlsx”正被别的程序打开。")
    page.writing_out.write_to(tmp_path / "台账.xlsx")
    one.settle()
    assert page.notice.isVisible()
    assert page.notice.message.text() == "“台账.xlsx”正被别的程序打开。"
    assert page.write_out.isEnabled()


def test_writing_the_ledger_says_where_it_is(desk, tmp_path):
    one = desk()
    page = one.open("petition")
    page.writing_out.write_to(tmp_path / "台账.xlsx")
    one.settle()
    assert one.office.records.written == [("export", "petition", tmp_path / "台账.xlsx")]
    assert page.notice.message.text() == "已导出 22 条。"


def test_columns_that_are_not_wanted_are_remembered(desk, tmp_path):
    one = desk(home=tmp_path)
    page = one.open("problem")
    page.list.arrangement.open_menu(QPoint(10, 10))
    from PySide6.QtWidgets import QMenu

    (menu,) = page.findChildren(QMenu)
    next(action for action in menu.actions() if action.data() == "person").trigger()
    menu.close()
    assert page.view.isColumnHidden(KEYS.index("person"))
    again = desk(home=tmp_path).open("problem")
    assert again.view.isColumnHidden(KEYS.index("person"))


def test_a_narrow_window_leaves_the_columns_that_never_leave(desk):
    one = desk()
    page = one.open("problem")
    one.window.resize(1024, 700)
    one.settle()
    seen = {key for at, key in enumerate(KEYS) if not page.view.isColumnHidden(at)}
    assert {"tick", "light", "title", "deadline", "days_left", "exchange"} <= seen
    assert "source" not in seen
    assert page.view.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("county", [True, False])
@pytest.mark.parametrize("table", ["problem", "petition"])
def test_at_1366_a_list_tells_enough_of_each_text_to_know_it_by(desk, county, table):
    page = desk(fakes.county() if county else fakes.township()).open(table)
    at = next(at for at, column in enumerate(page.view.model().columns) if column.key == "title")
    assert page.view.columnWidth(at) - 2 * PAD >= QFontMetrics(theme.font("body")).horizontalAdvance("字" * 19)
    gone = {column.key for at, column in enumerate(page.view.model().columns) if page.view.isColumnHidden(at)}
    assert gone <= {"source", "township_name"}, "no more leaves than must"


@pytest.mark.parametrize("county", [True, False])
def test_a_township_does_not_filter_by_township(desk, county):
    page = desk(fakes.county() if county else fakes.township()).open("problem")
    assert ("township" in page.filter_bar.filters) is county


def test_lines_that_are_refused_are_not_asked_for_again_and_again(desk, qtbot):
    one = desk()
    one.office.records.refusal, one.office.records.refuses_lines = fakes.Refused(text="台账读不出来。"), True
    page = one.open("problem")
    qtbot.wait(200)
    one.settle()
    assert page.notice.message.text() == "台账读不出来。"
    assert one.office.records.refused <= 2
    one.office.records.refusal = None
    page.refresh()
    one.settle()
    assert shown(page)[0] == fakes.TITLES[0]


def test_dragging_through_the_list_fetches_where_it_ends(desk, qtbot):
    one = desk(fakes.township(20_000))
    page = one.open("problem")
    one.office.records.held.clear()
    one.office.records.blocks.clear()
    bar = page.view.verticalScrollBar()
    for step in range(40):
        bar.setValue(bar.maximum() * (step + 1) // 40)
        qtbot.wait(2)
    one.office.records.held.set()
    one.settle()
    assert page.model.line(19_999) is not None
    assert len(one.office.records.blocks) <= 4, "what lay between was not fetched"
