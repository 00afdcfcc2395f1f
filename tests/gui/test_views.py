"""How a list is narrowed: own views and how they are kept, tabs that do not fit, letters that begin a search."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from gui import settings as saved
from gui.dialogs.question import Question
from gui.panels.records.own_views import DROP, KEEP, RENAME
from gui.settings import SavedView
from gui.tables.kinds import FOLDED, KINDS
from gui.widgets.search_box import PAUSE as SEARCH_PAUSE
from gui.widgets.view_tabs import ViewTabs
from models.services.views.lists import VIEWS, Query
from tests.gui import fakes
from tests.gui.menus import menu_of

RED = (("light", "red"),)


# ------------------------------------------------------------------------------------------- own views


@pytest.fixture
def named(monkeypatch):
    """Answer the question for a name."""
    names, asked = [], []

    def ask(question):
        asked.append((question.reason.text(), question.findChildren(type(question.safe))))
        name = names.pop(0)
        if name:
            question.reason.setText(name)
        return next(iter(question.buttons)) if name else ""

    monkeypatch.setattr(Question, "ask", ask)
    return names, asked


def own(page):
    return [one.text() for key, one in page.tabs.buttons.items() if key.startswith("own:")]


def test_a_filter_is_kept_as_a_tab_with_its_count_and_is_there_again(desk, tmp_path, named):
    one = desk(home=tmp_path)
    page = one.open("problem")
    assert page.tabs.keep.isHidden(), "there is nothing to keep"
    one.open("problem", where=RED, words="拆解")
    assert page.tabs.keep.isVisible()
    named[0].append("重点督办")
    one.do(page.tabs.keep.click)
    assert own(page) == ["重点督办 2"]
    assert page.tabs.current == "own:重点督办"
    assert page.tabs.keep.isHidden(), "it is kept already"
    again = desk(home=tmp_path)
    page = again.open("problem")
    assert own(page) == ["重点督办 2"]
    assert again.open("petition").tabs.buttons.keys() == dict(KINDS["petition"].views).keys(), "each list has its own"
    again.open("problem")
    again.do(page.tabs.buttons["own:重点督办"].click)
    assert page.narrowing.query == Query("problem", "拆解", RED)
    assert page.search.text() == "拆解"
    assert page.filter_bar.filters["light"].text().strip() == "灯：红"
    assert page.model.rows == (0, 14)


def test_a_name_is_suggested_and_may_be_declined(desk, named):
    one = desk()
    page = one.open("problem", where=(("source", "自查"),), view="overdue")
    names, asked = named
    names.append("")
    one.do(page.tabs.keep.click)
    assert asked[0][0] == "逾期、来源：自查"
    assert own(page) == []


def test_leaving_a_view_of_ones_own_leaves_its_filters(desk, named):
    one = desk()
    page = one.open("problem", where=RED)
    named[0].append("红的")
    one.do(page.tabs.keep.click)
    one.do(page.tabs.buttons["overdue"].click)
    assert page.narrowing.query == Query("problem", view="overdue")
    one.do(page.tabs.buttons["own:红的"].click)
    page.filter_bar.changed.emit((*RED, ("source", "自查")))
    one.settle()
    assert page.tabs.current == "", "with one more filter it is not that view any more"
    assert page.tabs.keep.isVisible()
    one.do(page.tabs.buttons["overdue"].click)
    assert page.narrowing.query.where == (*RED, ("source", "自查")), "filters stay where the view had none"


def test_the_order_is_kept_too_and_is_the_views_alone(desk, named):
    one = desk()
    page = one.open("problem", where=RED)
    one.do(lambda: page.view.sorted_by.emit("deadline", True))
    named[0].append("红的")
    one.do(page.tabs.keep.click)
    one.do(lambda: page.view.sorted_by.emit("", False))
    assert page.tabs.keep.isVisible(), "in another order it is not the same"
    one.do(page.tabs.buttons["own:红的"].click)
    assert page.narrowing.query == Query("problem", where=RED, sort="deadline", descending=True)
    one.do(page.tabs.buttons[""].click)
    assert page.narrowing.query == Query("problem")


def test_a_view_is_renamed_and_deleted_from_its_menu_and_brought_back(desk, tmp_path, named):
    one = desk(home=tmp_path)
    page = one.open("problem")
    for name, where in (("甲", RED), ("乙", (("source", "自查"),))):
        one.open("problem", where=where)
        named[0].append(name)
        one.do(page.tabs.keep.click)
    page.tabs.buttons["own:甲"].customContextMenuRequested.emit(QPoint(2, 2))
    menu = menu_of(page)
    assert [action.text() for action in menu.actions()] == [f"{RENAME}…", DROP]
    named[0].append("丙")
    menu.actions()[0].trigger()
    menu.close()
    one.settle()
    assert own(page) == ["丙 4", "乙 3"]
    page.tabs.buttons["own:丙"].customContextMenuRequested.emit(QPoint(2, 2))
    menu = menu_of(page)
    menu.actions()[1].trigger()
    menu.close()
    one.settle()
    assert own(page) == ["乙 3"]
    assert page.notice.message.text() == "标签“丙”已删除，记录都在。"
    assert [one_.name for one_ in saved.load(tmp_path).views["problem"]] == ["乙"]
    one.do(page.notice.first.click)
    assert [one_.name for one_ in saved.load(tmp_path).views["problem"]] == ["丙", "乙"]
    page.tabs.buttons["overdue"].customContextMenuRequested.emit(QPoint(2, 2))
    assert not any(one_.isVisible() for one_ in page.findChildren(QMenu)), "built-in views stay as they are"


def test_the_same_name_again_replaces(desk, named):
    one = desk()
    page = one.open("problem", where=RED)
    named[0].extend(["我的", "我的"])
    one.do(page.tabs.keep.click)
    one.open("problem", words="拆解")
    one.do(page.tabs.keep.click)
    assert own(page) == ["我的 2"]
    assert one.session.settings.views["problem"] == [SavedView("我的", "拆解")]


def test_a_name_that_another_view_has_is_not_taken_again(desk, named):
    one = desk()
    page = one.open("problem", where=RED)
    named[0].extend(["甲", "乙", "乙"])
    one.do(page.tabs.keep.click)
    one.open("problem", words="拆解")
    one.do(page.tabs.keep.click)
    page.narrowing.own.rename("own:甲")
    assert own(page) == ["甲 4", "乙 2"]
    assert page.notice.message.text() == "已经有叫“乙”的标签，名字没有改。"


def test_the_question_is_short_and_has_a_limit(desk, monkeypatch):
    one = desk()
    page = one.open("problem", where=RED)
    seen = []
    monkeypatch.setattr(Question, "ask", lambda q: seen.append((q.reason.maxLength(), list(q.buttons))) or "")
    one.do(page.tabs.keep.click)
    assert seen == [(12, [KEEP])]


def test_odd_settings_cost_only_themselves(tmp_path):
    kept = {
        "large": True, "order": {"problem": [1]}, "views": {"problem": [{"name": "甲", "where": [["light", "red"]]}]},
        "sorts": {"problem": ["deadline", "ja"]}, "peek": "breit", "hidden": {"problem": ["stage"]},
    }  # fmt: skip
    (tmp_path / saved.FILE).write_text(json.dumps(kept))
    found = saved.load(tmp_path)
    assert (found.large, found.order, found.sorts, found.peek) == (True, {}, {}, 0)
    assert found.views == {"problem": [SavedView("甲", where=RED)]}
    assert found.hidden == {"problem": ["stage"]}
    saved.save(tmp_path, found)
    assert saved.load(tmp_path) == found


# ------------------------------------------------------------------------------------------- tabs


def test_every_built_in_view_is_one_that_services_know():
    for kind in KINDS.values():
        assert {view for view, _ in kind.views} <= {"", *VIEWS}
    assert [view for view, _ in KINDS["problem"].views][:5] == ["", "overdue", "due_month", "no_dispatch", "closed"]


def test_what_has_no_room_is_in_the_menu_and_nothing_is_squeezed(qtbot, dressed):
    tabs = ViewTabs([(str(n), f"很长的名字之{n}") for n in range(8)], FOLDED)
    qtbot.addWidget(tabs)
    tabs.choose("7")
    tabs.offer_keeping(on=True)
    tabs.say("截至 2026-11-23")
    chosen = []
    tabs.chosen.connect(chosen.append)
    for width in (1500, 1182, 900, 700, 500):
        tabs.resize(width, tabs.height())
        tabs.show()
        qtbot.wait(5)
        shown = [key for key, one in tabs.buttons.items() if one.isVisible()]
        assert "7" in shown, "the chosen one is always seen"
        assert shown[0] == "0" or len(shown) == 1
        assert set(shown) | set(tabs.hidden) == set(tabs.buttons)
        assert tabs.more.isVisible() is bool(tabs.hidden)
        for one in (
            *(tabs.buttons[key] for key in shown),
            tabs.keep,
            *[one for one in (tabs.quiet,) if one.isVisible()],
        ):
            assert one.width() >= one.sizeHint().width(), (width, one.text())
            assert one.geometry().right() <= width
    assert len(tabs.hidden) > 3
    tabs.more.click()
    menu = next(one for one in tabs.findChildren(QMenu) if one.isVisible())
    assert [action.data() for action in menu.actions()] == list(tabs.hidden)
    hidden = tabs.hidden[0]
    menu.actions()[0].trigger()
    menu.close()
    assert chosen == [tabs.current] == [hidden]
    assert tabs.buttons[tabs.current].isVisible()


def test_views_that_people_rarely_need_are_in_the_menu(desk):
    one = desk()
    page = one.open("problem")
    assert page.tabs.more.isVisible()
    assert set(page.tabs.hidden) == {"due_7", "due_30"} | ({"void"} & set(page.tabs.hidden))
    one.open("problem", view="due_7")
    assert page.tabs.buttons["due_7"].isVisible()
    assert page.tabs.current == "due_7"
    one.do(page.tabs.buttons[""].click)
    assert not page.tabs.buttons["due_7"].isVisible()


@pytest.mark.parametrize(("county", "said"), [(False, "未填 11月调度 4"), (True, "未收 11月调度 4")])
def test_who_writes_the_dispatches_and_who_gets_them(desk, county, said):
    one = desk(fakes.county() if county else fakes.township())
    one.start()
    assert one.open("problem").tabs.buttons["no_dispatch"].text() == said


# ------------------------------------------------------------------------------------------- letters


def test_letters_typed_into_the_list_begin_a_search(desk, qtbot):
    one = desk()
    page = one.open("problem", words="拆解")
    qtbot.keyClicks(page.view, "b")
    assert page.search.hasFocus()
    qtbot.keyClicks(page.search, "fqc")
    assert page.search.text() == "bfqc", "what stood there is gone: this is a new search"
    qtbot.wait(SEARCH_PAUSE + 100)
    one.settle()
    assert page.narrowing.query.words == "bfqc"
