"""A page that is still being built: it is there at once, what is asked of it waits, and nothing is lost by leaving."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QLabel

from gui.main_window import PAGES
from gui.places import Place
from gui.slices import Slices
from gui.widgets.search_box import SearchBox
from models.services.views.home import Touched

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def begun(desk):
    """Go to a place, and no further: the page has its header and nothing else."""

    def _begin(place, office=None):
        one = desk(office)
        one.start()
        one.window.go(place)
        assert not one.window.page.is_built
        return one, one.window.page

    return _begin


@pytest.mark.parametrize("key", [key for key in PAGES if key != "overview"])
def test_a_page_is_there_at_once_and_whole_soon(begun, key):
    one, page = begun(Place(key, new=key.endswith("/record")))
    assert page.isVisible()
    assert page.header.isVisible()
    assert (page.header.y(), page.header.width()) == (0, page.width()), "nowhere but on top"
    assert page.title
    assert one.session.is_busy
    one.settle()
    assert page.is_built
    assert page.isAncestorOf(one.window.focusWidget())


@pytest.mark.parametrize("key", PAGES)
def test_every_page_is_built_in_slices(key, desk):
    one = desk()
    page = one.window._page(key)
    before = len(page.children())
    page._slices.step()
    assert not page.is_built
    page._slices.finish()
    assert page.is_built
    assert len(page.children()) > before


@pytest.mark.parametrize("key", ["problem", "petition", "search", "help"])
def test_what_is_sought_and_typed_meanwhile_waits_for_the_box(begun, qtbot, key):
    one, page = begun(Place(key))
    qtbot.keyClick(page, Qt.Key.Key_F, CTRL)
    qtbot.keyClicks(page, "bfqc")
    assert not page.is_built
    one.settle()
    assert page.search.text() == "bfqc"
    assert one.window.focusWidget() is page.search


def test_letters_typed_into_a_list_that_is_not_there_yet_begin_a_search(begun, qtbot):
    one, page = begun(Place("problem"))
    qtbot.keyClicks(page, "fq")
    one.settle()
    assert page.search.text() == "fq"


def test_tab_goes_the_usual_way_once_the_page_is_whole(begun, desk, qtbot):
    def after_three(one, page):
        page.setFocus()
        for _ in range(3):
            qtbot.keyClick(one.window.focusWidget(), Qt.Key.Key_Tab)
        one.settle()
        return one.window.focusWidget().text() or one.window.focusWidget().accessibleName()

    usual = desk()
    wanted = after_three(usual, usual.open("settings"))
    assert after_three(*begun(Place("settings"))) == wanted


def test_who_went_into_a_part_stays_there(begun, qtbot):
    one, page = begun(Place("problem"))
    qtbot.waitUntil(lambda: bool(page.findChildren(SearchBox)))
    page.search.setFocus()
    one.settle()
    assert one.window.focusWidget() is page.search
    assert page.model.rowCount()


def test_saving_meanwhile_says_that_all_is_saved(begun, qtbot):
    one, page = begun(Place("problem/record", id=f"{0:032x}"))
    qtbot.keyClick(page, Qt.Key.Key_S, CTRL)
    one.settle()
    assert page.is_built
    assert "已保存。" in {part.text() for part in page.notice.findChildren(QLabel) if part.isVisible()}


def test_new_meanwhile_opens_the_form(begun, qtbot):
    one, page = begun(Place("problem"))
    qtbot.keyClick(page, Qt.Key.Key_N, CTRL)
    one.settle()
    assert one.window.page is not page
    assert one.window.page.form is not None


def test_escape_meanwhile_leads_back(begun, qtbot):
    one, page = begun(Place("problem/record", id=f"{0:032x}"))
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    one.settle()
    assert one.window.page is not page


def test_refreshing_and_changes_meanwhile_are_answered_by_the_first_look(begun, qtbot):
    one, page = begun(Place("problem"))
    qtbot.keyClick(page, Qt.Key.Key_F5)
    one.session.tell(Touched("problem"))
    one.settle()
    assert page.model.rowCount()


def test_a_dropped_package_meanwhile_is_read(desk, tmp_path):
    one = desk()
    one.start()
    one.window.go(Place("problem"))
    package = tmp_path / "包.hgb"
    package.write_bytes(b"\x89HGB\r\n\x1a\n")
    one.window.open_files([package])
    assert not one.window.page.is_built
    one.settle()
    assert one.window.page.tabs.current == "read"
    assert [card.path for card in one.window.page.read.list.cards] == [package]


def test_what_cannot_be_opened_is_said_once_the_page_is_there(begun, tmp_path):
    one, page = begun(Place("problem/record", id=f"{0:032x}"))
    other = tmp_path / "说明.pdf"
    other.write_bytes(b"%PDF")
    one.window.open_files([other])
    one.settle()
    assert page.notice.isVisible()


def test_a_page_that_is_left_is_built_on_when_one_comes_back(begun):
    one, page = begun(Place("problem"))
    one.window.page.when_built(lambda: pytest.fail("nobody waits for it any more"))
    one.window.go(Place("help"))
    assert one.window.page is not page
    one.settle()
    assert not page.is_built
    one.open("problem")
    assert page.is_built
    assert page.model.rowCount()


def test_another_record_meanwhile_is_the_one_that_is_shown(begun):
    one, page = begun(Place("problem/record", id=f"{0:032x}"))
    one.window.go(Place("problem/record", id=f"{1:032x}"))
    one.settle()
    assert page._shown.record["id"] == f"{1:032x}"


def test_two_tabs_in_a_row_show_the_last_one(desk):
    one = desk()
    page = one.open("exchange")
    page._choose("read")
    page._choose("journal")
    one.settle()
    assert page.tabs.current == "journal"
    assert page.middle.currentWidget() is page.journal
    page._choose("conflicts")
    assert page.enrol is page.parts["enrol"], "whoever needs a part at once gets it"
    one.settle()
    assert page.middle.currentWidget() is page.conflicts


def test_closing_meanwhile_is_safe(begun, qtbot):
    one, page = begun(Place("problem/record", new=True))
    qtbot.keyClicks(page, "zhatu")
    assert one.window.close()
    qtbot.wait(20)
    assert not page.is_built
    assert not one.session.unbuilt


# ------------------------------------------------------------------------------------- slices alone


def test_slices_are_built_one_by_one_and_done_is_told_once(qtbot):
    holder, made, told = QObject(), [], []
    slices = Slices("test", holder)
    slices.done.connect(lambda: told.append(list(made)))
    assert slices.are_done
    slices.finish()
    slices.step()
    slices.go_on()
    assert not told

    def build(names):
        for name in names:
            made.append(name)
            yield

    slices.begin(build("ab"))
    slices.add(build("c"))
    slices.step()
    assert made == ["a"]
    slices.pause()
    qtbot.wait(10)
    assert made == ["a"]
    slices.go_on()
    qtbot.waitUntil(lambda: bool(told))
    assert told == [["a", "b", "c"]]
    slices.begin(build("xyz"))
    slices.begin(build("d"))
    slices.finish()
    assert made[-1] == "d"
    assert len(told) == 2
