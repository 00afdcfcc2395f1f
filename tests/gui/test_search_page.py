"""查找: everything at once, while one types, without a mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester

from gui.places import BACK, Place
from gui.widgets.buttons import words_of
from gui.widgets.search_box import PAUSE
from tests.gui import fakes


def press(one, qtbot, key, modifier=Qt.KeyboardModifier.NoModifier):
    one.window.activateWindow()
    qtbot.waitUntil(one.window.isActiveWindow)
    qtbot.keyClick(one.window.focusWidget() or one.window, key, modifier)
    qtbot.wait(PAUSE + 50)
    one.settle()


def typed(one, qtbot, text):
    qtbot.keyClicks(one.window.focusWidget(), text)
    qtbot.wait(PAUSE + 50)
    one.settle()


def rows(page):
    return [row.said for row in page.results.found.rows]


def test_ctrl_k_opens_it_from_anywhere_with_the_words_of_the_box(desk, qtbot):
    one = desk()
    one.open("problem")
    press(one, qtbot, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert one.window.page.title == "查找"
    assert one.window.focusWidget() is one.window.page.search
    assert not any(button.isChecked() for button in one.window.navigation.buttons.values())
    one.open("petition")
    press(one, qtbot, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    typed(one, qtbot, "wu")
    press(one, qtbot, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert one.window.page.search.text() == "wu"
    assert one.office.search.asked == ["wu"]
    assert one.window.navigation.buttons["petition"].isChecked() is False


def test_results_of_all_kinds_with_counts_while_one_types(desk, qtbot):
    one = desk(fakes.county(22))
    page = one.open("search")
    assert page.middle.currentWidget() is page.hint
    typed(one, qtbot, "bf")
    typed(one, qtbot, "qc")
    assert one.office.search.asked[-1] == "bfqc"
    assert rows(page)[0] == "督察整改\u20032 个问题"
    assert rows(page)[1].startswith("红，报废汽车拆解点")
    assert "信访件\u20032 件" in rows(page)
    assert page.header.quiet.accessibleName() == "找到 4 条"
    page.search.setText("镇")
    qtbot.wait(PAUSE + 50)
    one.settle()
    assert "单位\u20035 个" in rows(page)
    assert page.results.found.rows[-1].hit.id


def test_arrows_and_enter_work_from_the_box_and_back_finds_all_as_it_was(desk, qtbot):
    one = desk()
    page = one.open("search", words="污水")
    assert page.results.currentIndex().row() == 1, "the first that can be opened, not the heading"
    press(one, qtbot, Qt.Key.Key_Down)
    press(one, qtbot, Qt.Key.Key_Down)
    press(one, qtbot, Qt.Key.Key_Up)
    chosen = page.results.found.rows[page.results.currentIndex().row()].hit
    assert one.window.focusWidget() is page.search
    press(one, qtbot, Qt.Key.Key_Return)
    assert one.window.page.title == chosen.title
    place = one.window._place
    assert place.rows == tuple(hit.row for hit in page.hits.groups[0].hits)
    assert place.rows[place.at] == chosen.row
    asked = list(one.office.search.asked)
    press(one, qtbot, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert one.window.page is page
    assert page.results.currentIndex().row() == 2
    assert page.search.text() == "污水"
    assert one.office.search.asked == asked


def test_what_was_typed_after_coming_stays_when_one_comes_back(desk, qtbot):
    one = desk()
    page = one.open("search", words="污水")
    page.search.setText("报废")
    qtbot.wait(PAUSE + 50)
    one.settle()
    press(one, qtbot, Qt.Key.Key_Return)
    assert one.window.page is not page
    one.go(BACK)
    assert page.search.text() == "报废"
    assert page.hits.words == "报废"


def test_a_click_opens_a_record_a_unit_and_a_whole_list(desk, qtbot):
    one = desk(fakes.county(400))
    page = one.open("search", words="镇")

    def click(kind, table):
        at = next(n for n, row in enumerate(page.results.found.rows) if (row.kind, row.group.table) == (kind, table))
        page.results.scrollTo(page.results.found.index(at))
        box = page.results.visualRect(page.results.found.index(at))
        qtbot.mouseClick(page.results.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
        one.settle()

    click("hit", "unit")
    assert one.window.page.title == "督察整改"
    assert one.office.records.queries[-1].where or any(query.where for query in one.office.records.queries)
    one.go(BACK)
    click("more", "problem")
    assert one.window.page.title == "督察整改"
    assert one.window.page.search.text() == "镇"
    one.go(BACK)
    click("head", "problem")
    assert one.window.page is page, "a heading opens nothing"


def test_only_the_newest_words_wait_for_an_answer(desk, qtbot):
    one = desk()
    page = one.open("search")
    one.office.search.held.clear()
    for text in ("报", "报废", "报废汽", "报废汽车"):
        page.search.setText(text)
        qtbot.wait(PAUSE)
    one.office.search.held.set()
    one.settle()
    assert one.office.search.asked == ["报", "报废汽车"]
    assert page.hits.words == "报废汽车"


def test_an_answer_that_comes_after_the_box_was_emptied_is_not_shown(desk, qtbot):
    one = desk()
    page = one.open("search")
    one.office.search.held.clear()
    page.search.setText("报废")
    qtbot.wait(PAUSE)
    page.search.clear()
    qtbot.wait(PAUSE)
    one.office.search.held.set()
    one.settle()
    assert page.middle.currentWidget() is page.hint
    assert rows(page) == []


def test_nothing_found_says_what_else_to_try(desk):
    one = desk()
    page = one.open("search", words="没有这样的")
    assert page.middle.currentWidget() is page.nothing
    assert page.nothing.title.text() == "没有找到“没有这样的”"
    assert page.header.quiet.accessibleName() == "找到 0 条"


def test_esc_empties_the_box_and_then_goes_back(desk, qtbot):
    one = desk()
    one.open("petition")
    page = one.open("search", words="污水")
    press(one, qtbot, Qt.Key.Key_Escape)
    assert page.search.text() == ""
    assert one.window.page is page
    press(one, qtbot, Qt.Key.Key_Escape)
    assert one.window.page.title == "信访件"


def test_enter_on_the_overview_leads_to_everything(desk, qtbot):
    one = desk()
    page = one.start()
    page.seek()
    typed(one, qtbot, "wu")
    press(one, qtbot, Qt.Key.Key_Return)
    assert one.window.page.title == "查找"
    assert one.office.search.asked == ["wu"]


def test_the_line_below_a_search_box_leads_to_everything(desk, qtbot):
    one = desk()
    page = one.open("problem")
    assert page.search.offer is None
    press(one, qtbot, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    typed(one, qtbot, "wu")
    offer = page.search.offer
    assert offer.isVisible()
    assert words_of(offer) == "在全部里找 “wu”（Ctrl+K）"
    below = page.search.mapToGlobal(QPoint(0, page.search.height()))
    assert offer.mapToGlobal(QPoint(0, 0)).y() >= below.y()
    press(one, qtbot, Qt.Key.Key_Down)
    assert one.window.focusWidget() is offer
    press(one, qtbot, Qt.Key.Key_Return)
    assert one.window.page.title == "查找"
    assert one.window.page.search.text() == "wu"
    assert not offer.isVisible()


def test_the_line_goes_with_the_words_and_with_the_focus(desk, qtbot):
    one = desk()
    page = one.open("problem")
    page.seek()
    typed(one, qtbot, "wu")
    assert page.search.offer.isVisible()
    page.search.clear()
    assert not page.search.offer.isVisible()
    typed(one, qtbot, "w")
    one.window.navigation.buttons["help"].setFocus()
    assert not page.search.offer.isVisible()
    page.seek()
    assert page.search.offer.isVisible()
    one.open("overview")
    assert not page.search.offer.isVisible()


def test_a_change_looks_again_and_keeps_the_row(desk, qtbot):
    from models.services.views.home import Touched

    one = desk()
    page = one.open("search", words="污水")
    page.results.step(1)
    one.session.tell(Touched("problem"))
    one.settle()
    assert one.office.search.asked == ["污水", "污水"]
    assert page.results.currentIndex().row() == 2


def test_the_model_keeps_its_promises(desk):
    page = desk(fakes.county(40)).open("search", words="镇")
    tester = QAbstractItemModelTester(page.results.found, QAbstractItemModelTester.FailureReportingMode.Warning)
    for words in ("污水", "", "没有这样的", "镇"):
        page.results.put(page.session.office.search.find(words))
    tester.deleteLater()


@pytest.mark.parametrize("text", ["<b>x</b>", "&", "镇" * 300])
def test_what_is_typed_is_never_interpreted(desk, qtbot, text):
    one = desk()
    page = one.open("problem")
    page.seek()
    page.search.setText(text)
    assert page.search.offer.accessibleName() == f"在全部里找 “{text}”"
    one.go(Place("search", words=text))
    assert one.window.page.nothing.title.text().startswith("没有找到")


def test_a_source_and_a_village_are_opened_from_the_results(desk):
    one = desk()
    page = one.open("search", words="白水村")
    assert rows(page)[2:4] == ["村（社区）\u20031 个", "白水村，6 个污染源"]
    one.do(page.results.open_current)
    assert one.window.page.title == "白水水泥厂"
    one.do(one.window._back)
    page.results.step(1)
    one.do(page.results.open_current)
    listed = one.window.page
    assert {line.village for line in listed.list.lines} == {"白水村"}
    assert listed.villages.spot == ("361021100", "白水村")
