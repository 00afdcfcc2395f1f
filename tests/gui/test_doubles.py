from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QTimer

from gui.panels.exchange.doubles_parts import rows_of
from gui.places import Place
from gui.widgets.buttons import Carrier, words_of
from models.progress import Cancelled
from models.services.base.refusals import CannotMerge
from models.services.views.doubles import Compared
from models.services.views.home import Touched
from tests.gui import fakes
from tests.gui.fake_doubles import AGAIN, FARM, a_double

FIRST, SECOND = f"{0:032x}", f"{500:032x}"


@pytest.fixture
def county(desk):
    one = desk(fakes.county())
    panel = one.open("exchange", tab="doubles").parts["doubles"]
    one.do(panel.list.kinds.buttons["petition"].click)
    return one, panel


def said(panel):
    grid = panel.beside._grid
    cells = {grid.getItemPosition(at)[:2]: grid.itemAt(at).widget() for at in range(grid.count())}
    return {
        cells[line, 0].text(): (cells[line, 1].text, cells[line, 2].text) for line in range(grid.rowCount())
        if (line, 0) in cells
    }  # fmt: skip


def test_only_the_county_has_them(desk):
    assert "doubles" not in desk().open("exchange").tabs.buttons


def test_a_pair_stands_side_by_side_with_why_and_what_differs(county):
    _, panel = county
    assert panel.list.count.text() == "疑似重复 12 对"
    assert panel.why.text() == "白水镇，文字有 90% 相同"
    told = said(panel)
    assert told["联络人"] == ("李志强", "王秀兰")
    assert told["办结状态"] == ("正在办理", "已办结")
    assert told["调查核实情况"][1] == "（空）"
    assert words_of(panel.merge) == "合并，留下左边的"
    panel.list.table.selectRow(2)
    assert panel.why.text() == "受理编号相同，文字有 88% 相同"


def test_how_many_there_are_stands_on_the_tab_before_it_is_opened(desk):
    one = desk(fakes.county())
    tab = one.open("exchange").tabs.buttons["doubles"]
    assert tab.text() == "疑似重复 12"
    one.do(tab.click)
    panel = one.window.page.parts["doubles"]
    said = panel.list.kinds.buttons
    assert [said[kind].text() for kind in ("problem", "petition")] == ["问题 0", "信访件 12"]
    one.do(said["petition"].click)
    one.do(panel.apart.click)
    assert tab.text() == "疑似重复 11"
    assert said["petition"].text() == "信访件 11"
    one.office.doubles.pairs.clear()
    one.do(lambda: one.session.tell(Touched("*")))
    assert tab.text() == "疑似重复"


def test_the_counting_ends_when_the_page_is_left_and_begins_again_when_it_is_seen(desk, monkeypatch):
    office, stopped, begun, go_on = fakes.county(), [], threading.Event(), threading.Event()
    real = office.doubles.list

    def slow(table, progress):
        begun.set()
        while not go_on.wait(0.01):
            try:
                progress.step(0, 1)
            except Cancelled:
                stopped.append(table)
                raise
        return real(table, progress)

    monkeypatch.setattr(office.doubles, "list", slow)
    one = desk(office)
    one.start()
    QTimer.singleShot(0, lambda: one.window.go(Place("exchange")))
    one.qtbot.waitUntil(begun.is_set)
    one.do(lambda: one.window.go(Place("overview")))
    assert stopped == ["problem"]
    go_on.set()
    assert one.open("exchange").tabs.buttons["doubles"].text() == "疑似重复 12"


@pytest.mark.parametrize("left", [True, False])
def test_one_of_two_is_merged_and_that_is_taken_back(county, left):
    one, panel = county
    if not left:
        one.do(panel.beside.keep_other.click)
        assert words_of(panel.merge) == "合并，留下右边的"
    one.do(panel.merge.click)
    keep, gone = (FIRST, SECOND) if left else (SECOND, FIRST)
    assert one.office.doubles.done == [("merge", keep, gone)]
    assert panel.list.count.text() == "疑似重复 11 对"
    assert panel.notice.message.text() == "已合并，留下的是 XF2026-0412。"
    assert one.window.focusWidget() is panel.list.table, "the keys stay where the work is"
    one.do(panel.notice.first.click)
    assert one.office.doubles.done[-1] == ("unmerge", gone)
    assert panel.list.count.text() == "疑似重复 12 对"


def test_two_things_are_told_apart_and_that_is_taken_back(county):
    one, panel = county
    one.do(panel.apart.click)
    assert one.office.doubles.done == [("tell_apart", FIRST, SECOND)]
    assert panel.list.count.text() == "疑似重复 11 对"
    one.do(panel.notice.first.click)
    assert one.office.doubles.done[-1] == ("ask_again", FIRST, SECOND)
    assert panel.list.count.text() == "疑似重复 12 对"


def test_later_goes_round(county):
    one, panel = county
    for at in (*range(1, 12), 0):
        panel.later.click()
        assert panel.list.table.currentIndex().row() == at
    one.settle()
    assert one.office.doubles.done == []


def test_where_there_are_none_it_says_when_there_would_be(county):
    one, panel = county
    one.do(panel.list.kinds.buttons["problem"].click)
    assert panel.none.isVisible()
    assert not panel.foot.isVisible()
    one.do(panel.list.kinds.buttons["problem"].click)
    assert panel.list.kind == "problem", "the chosen one stays chosen"


def test_what_cannot_be_merged_is_said_and_stays(county, monkeypatch):
    one, panel = county

    def _refuse(*_):
        raise CannotMerge("其中一条已经作废")

    monkeypatch.setattr(one.office.doubles, "merge", _refuse)
    one.do(panel.merge.click)
    assert panel.notice.kind == "refusal"
    assert panel.merge.isEnabled()
    assert panel.list.count.text() == "疑似重复 12 对"


@pytest.mark.parametrize(("which", "id_"), [("open_one", FIRST), ("open_other", SECOND)])
def test_each_of_them_opens(county, which, id_):
    one, panel = county
    one.do(getattr(panel, which).click)
    assert one.window.page._place.id == id_


def test_the_pair_that_is_looked_at_stays_when_the_list_comes_anew(county):
    one, panel = county
    panel.list.table.selectRow(5)
    one.do(panel.refresh)
    assert panel.list.current == a_double(5)


def test_what_differs_is_marked_and_what_one_has_alone_is_not():
    fields = (("a", "甲", "短", "长"), ("b", "乙", "一样", "一样"), ("c", "丙", "只有左边", None),
              ("d", "丁", "下洲村养猪场臭气扰民已停业", "下洲村养猪场臭气扰民未停业"))  # fmt: skip
    rows = {one.label: one for one in rows_of(Compared("petition", {}, {}, fields))}
    assert (rows["甲"].one_marks, rows["甲"].other_marks) == ([(0, 1)], [(0, 1)])
    assert rows["乙"].is_same
    assert not rows["丙"].one_marks
    assert rows["丁"].one_marks


# ------------------------------------------------------------------------------------- the records themselves


@pytest.fixture
def told(desk):
    """Open a record of which the ledger says this too."""

    def _told(**more):
        one = desk(fakes.county())
        show = one.office.records.show
        one.office.records.show = lambda table, id: show(table, id) | more
        return one, one.open("problem/record", id=FIRST)

    return _told


def test_the_one_that_stays_shows_the_history_of_the_other(told):
    one, page = told(merged=[{"id": SECOND, "number": "BS-2024-017", "title": FARM, "void": "2026-11-20"}])
    (card,) = page.story.merged.cards
    assert page.story.merged.isVisible()
    assert card.heading.text() == "已合并：BS-2024-017"
    assert card.quiet.text() == "2026-11-20 并入"
    assert card.count == page.story.history.count > 0
    one.do(card.findChild(Carrier).click)
    assert page._place.id == SECOND


def test_a_record_into_which_none_was_merged_shows_none(told):
    _, page = told()
    assert not page.story.merged.isVisible()


def test_the_one_that_went_says_where_it_went(told):
    one, page = told(void="2026-11-20", merged_into_record={"id": SECOND, "number": "BS-2024-017", "title": FARM})
    assert page.notice.message.text() == "这条记录已并入 BS-2024-017，不再计入台账和统计。"
    one.do(page.notice.second.click)
    assert page._place.id == SECOND


def test_where_the_other_is_not_here_there_is_nothing_to_open(told):
    _, page = told(void="2026-11-20", merged_into_record=None)
    assert page.notice.message.text() == "这条记录已并入 另一条，不再计入台账和统计。"
    assert not page.notice.second.isVisible()


def test_over_a_real_ledger_one_is_merged_and_its_page_says_so(desk, world):
    records = world["county"].records
    kept, gone = (
        records.add("petition", {"receipt_number": number, "content": text, "township": "白水镇"})["id"]
        for number, text in (("甲1", FARM), ("乙7", AGAIN))
    )
    one = desk(world["county"])
    panel = one.open("exchange", tab="doubles").parts["doubles"]
    one.do(panel.list.kinds.buttons["petition"].click)
    assert panel.list.count.text() == "疑似重复 1 对"
    one.do(panel.merge.click)
    assert panel.none.isVisible()
    assert records.show("petition", gone)["merged_into"] == kept
    page = one.open("petition/record", id=kept)
    assert [card.heading.text() for card in page.story.merged.cards] == ["已合并：乙7"]
    one.do(page.story.merged.cards[0].findChild(Carrier).click)
    assert page.notice.message.text() == "这条记录已并入 甲1，不再计入台账和统计。"
