"""帮助: F1 opens the chapter of the page, links and words lead on, and the way back is kept."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextFormat

from gui import manual, theme
from gui.main_window import PAGES
from gui.places import Place
from tests.gui import fakes


@pytest.fixture
def helped(desk):
    """The help of a desk."""

    def _open(office=None, **where):
        one = desk(office or fakes.township())
        one.start()
        return one, one.open("help", **where)

    return _open


def _titles(page) -> list[str]:
    return [page.list.item(at).text() for at in range(page.list.count()) if not page.list.item(at).isHidden()]


def _pictures(page) -> list[tuple[str, float]]:
    """Names and widths of the pictures that stand in the text."""
    found = []
    block = page.reader.document().begin()
    while block.isValid():
        at = block.begin()
        while not at.atEnd():
            form = at.fragment().charFormat()
            if form.isImageFormat():
                image = page.reader.loadResource(2, form.toImageFormat().name())
                found.append((form.toImageFormat().name(), image.width() / image.devicePixelRatio()))
            at += 1
        block = block.next()
    return found


@pytest.mark.parametrize(
    "key", sorted({*PAGES, "exchange/write", "exchange/read", "exchange/enrol", "exchange/conflicts"})
)
@pytest.mark.parametrize("county", [False, True], ids=["township", "county"])
def test_every_page_has_a_chapter_of_its_own(key, county):
    chapter = manual.chapter_of(key, county=county)
    pages = {place for one in manual.CHAPTERS for place in one.pages}
    assert key in pages or key.partition("/")[0] in pages
    assert chapter.desk in {"", "county" if county else "township"}


@pytest.mark.parametrize(
    ("tab", "title"),
    [
        ("problem/record", "一个问题，从头到尾"), ("problem/excel", "导入 Excel 台账"), ("exchange", "U 盘报送与接收"),
        ("exchange/conflicts", "两边都改过的内容（冲突）"), ("problem", "查找与筛选、批量修改"), ("overview", "每个月"),
        ("exchange/enrol", "第一天（乡镇）"), ("lost-stick", "U 盘丢了或写坏了"), ("", "第一天（乡镇）"),
        ("nowhere", "第一天（乡镇）"),
    ],
)  # fmt: skip
def test_the_chapter_of_the_page_is_opened(helped, tab, title):
    _, page = helped(tab=tab)
    assert page.chapter.title == title
    assert page.list.currentItem().text() == title
    assert page.reader.accessibleName() == title
    assert page.reader.toPlainText().startswith(title)


def test_each_desk_reads_its_own_chapters_first(helped):
    _, page = helped()
    assert _titles(page)[0] == "第一天（乡镇）"
    assert _titles(page)[-2:] == ["第一天（县）", "收数据的那天（县）"]
    _, page = helped(fakes.county())
    assert page.chapter.title == "第一天（县）"
    assert _titles(page)[-2:] == ["第一天（乡镇）", "每个月"]
    assert len(_titles(page)) == len(manual.CHAPTERS)


def test_a_link_leads_to_another_chapter_and_back_again(helped):
    one, page = helped(tab="first-day-township")
    assert page.before.isHidden()
    page.reader.verticalScrollBar().setValue(120)
    scrolled = page.reader.verticalScrollBar().value()
    page.reader.followed.emit("excel.md")
    one.settle()
    assert page.chapter.key == "excel"
    assert page.before.isVisible()
    page.reader.followed.emit("conflicts.md#x")
    one.settle()
    page.before.click()
    one.settle()
    assert page.chapter.key == "excel"
    page.before.click()
    one.settle()
    assert page.chapter.key == "first-day-township"
    assert page.reader.verticalScrollBar().value() == scrolled
    assert page.before.isHidden()
    page.reader.followed.emit("https://example.com")
    one.settle()
    assert page.chapter.key == "first-day-township"


def test_words_are_found_in_all_chapters(helped, qtbot):
    one, page = helped(tab="record")
    page.seek()
    assert page.search.hasFocus()
    page.search.setText("欢迎包")
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    one.settle()
    assert set(_titles(page)) == {one.title for one in manual.found("欢迎包")} != set()
    assert page.chapter.key == "first-day-township"
    assert page.reader.hits == page.reader.toPlainText().count("欢迎包") > 1
    seen = {page.chapter.key}
    for _ in range(40):
        qtbot.keyClick(page.search, Qt.Key.Key_Return)
        one.settle()
        seen.add(page.chapter.key)
    assert seen == {one.key for one in manual.found("欢迎包")}
    qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(_titles(page)) == len(manual.CHAPTERS))
    assert page.reader.hits == 0


def test_words_that_stand_nowhere_are_said_so(helped, qtbot):
    one, page = helped()
    page.search.setText("没有这样的话")
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    one.settle()
    assert _titles(page) == []
    assert "没有这样的话" in page.none.text()
    assert page.none.isVisible()
    assert page.chapter.key == "first-day-township"


def test_the_text_is_no_wider_than_can_be_read_and_pictures_fit(helped):
    one, page = helped(tab="exchange")
    assert page.reader.column == 640
    assert page.reader.horizontalScrollBar().maximum() == 0
    wide = dict(_pictures(page))
    assert len(wide) >= 3
    assert max(wide.values()) <= page.reader.picture_width <= 800
    one.window.resize(1024, 640)
    one.settle()
    narrow = dict(_pictures(page))
    assert narrow.keys() == wide.keys()
    assert max(narrow.values()) <= page.reader.picture_width < max(wide.values())
    assert page.reader.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("key", list(manual.BY_KEY))
def test_every_chapter_shows_its_pictures_and_has_the_letters_of_the_design(helped, key):
    _, page = helped(tab=key)
    assert [name for name, _ in _pictures(page)] == manual.PICTURES.findall(manual.text_of(manual.BY_KEY[key]))
    assert all(wide > 100 for _, wide in _pictures(page))
    document = page.reader.document()
    first = document.begin()
    assert first.begin().fragment().charFormat().font().pixelSize() == theme.LETTERS["title"][0]
    assert page.reader.horizontalScrollBar().maximum() == 0
    block, sizes = first, set()
    while block.isValid():
        at = block.begin()
        while not at.atEnd():
            form = at.fragment().charFormat()
            assert not form.fontUnderline()
            if not block.blockFormat().headingLevel() and not form.isImageFormat() and not form.fontFixedPitch():
                sizes.add(form.font().pixelSize() if form.hasProperty(QTextFormat.Property.FontPixelSize) else 14)
            at += 1
        block = block.next()
    assert sizes == {14}
    assert "**" not in page.reader.toPlainText()


def test_the_list_is_gone_through_by_keys(helped, qtbot):
    one, page = helped(tab="")
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    one.settle()
    assert page.chapter.title == _titles(page)[1]
    assert page.list.hasFocus()


def test_coming_back_without_a_wish_keeps_what_was_read(helped):
    one, page = helped(tab="conflicts")
    one.open("overview")
    one.open("help")
    assert page.chapter.key == "conflicts"
    one.window.go(Place("help", tab="excel"))
    one.settle()
    assert page.chapter.key == "excel"


@pytest.mark.parametrize(
    ("place", "title"),
    [
        (Place("problem"), "查找与筛选、批量修改"), (Place("exchange", tab="conflicts"), "两边都改过的内容（冲突）"),
        (Place("settings"), "换电脑、重装、恢复备份"), (Place("problem/record", id=f"{0:032x}"), "一个问题，从头到尾"),
    ],
)  # fmt: skip
def test_f1_explains_the_page_and_alt_left_returns_to_it(desk, qtbot, place, title):
    one = desk(fakes.township())
    one.start()
    one.window.go(place)
    one.settle()
    before = one.window.page
    qtbot.keyClick(one.window, Qt.Key.Key_F1)
    one.settle()
    assert one.window.page.chapter.title == title
    qtbot.keyClick(one.window, Qt.Key.Key_F1)
    one.settle()
    assert one.window.page.chapter.title == title, "already there"
    one.window.page.back.click()
    one.settle()
    assert one.window.page is before
