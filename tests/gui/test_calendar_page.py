"""日历: a month in days, the list of a day, and the keys."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from gui.pages.calendar import MEANS, UNSURE
from gui.panels.overview.day_list import PLACES, place_of
from gui.places import THIS_MONTH, Place
from models.domain import words
from models.domain.calendar import Calendar
from models.services.views.diary import Entry, diary
from tests.gui import fake_diary, fakes


def test_every_kind_leads_to_where_it_is_done():
    assert set(PLACES) == set(words.DIARY)
    assert place_of(Entry("2026-11-23", "measure", "a" * 32, "清运")) == Place(
        "problem/record", id="a" * 32, tab="measures"
    )
    assert place_of(Entry("2026-11-30", "month", "", "月调度")) == Place("month", view="missing", where=THIS_MONTH)


def test_the_first_page_leads_to_the_calendar_and_today_is_what_one_stands_on(desk, qtbot):
    one = desk()
    one.do(one.start().calendar.click)
    page = one.window.page
    assert (page.title, page.back.accessibleName()) == ("日历", "总览")
    assert page.sheet.hasFocus()
    assert page.month.text() == "2026年11月"
    assert page.header.quiet.accessibleName() == "11月有 15 件到期的事"
    assert page.sheet.day.day == fakes.TODAY
    assert page.sheet.currentIndex().data() == "今天，11月23日，工作日。排查 1 件，复查 1 件"
    assert [entry.kind for entry in page.days.lines] == ["campaign", "recheck"]
    assert page.days.heading.text() == "11月23日"
    assert page.means.text() == MEANS


def test_the_keys_lead_through_days_months_and_the_list(desk, qtbot):
    one = desk()
    page = one.open("overview/calendar")

    def press(key, widget=None):
        qtbot.keyClick(widget or page.sheet, key)
        one.settle()

    press(Qt.Key.Key_Left)
    assert page.sheet.day.day == date(2026, 11, 22)
    assert page.sheet.currentIndex().data() == "11月22日，调休上班。没有到期的事"
    press(Qt.Key.Key_Return)
    assert page.sheet.hasFocus(), "a day with nothing has no list to go into"
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Return)
    assert page.days.view.hasFocus()
    assert [entry.kind for entry in page.days.lines] == [
        "deadline", "deadline", "measure", "measure", "campaign", "lookback", "permit", "notice",
    ]  # fmt: skip
    page.sheet.setFocus()
    press(Qt.Key.Key_PageDown)
    assert (page.month.text(), page.sheet.day.day) == ("2026年12月", date(2026, 12, 1))
    press(Qt.Key.Key_Up)
    assert (page.month.text(), page.sheet.day.day) == ("2026年11月", date(2026, 11, 24)), "beyond its edge: the other"
    press(Qt.Key.Key_PageUp)
    press(Qt.Key.Key_PageDown)
    assert page.sheet.day.day == fakes.TODAY, "of this month one stands on today"
    press(Qt.Key.Key_PageUp)
    press(Qt.Key.Key_Home)
    assert (page.month.text(), page.sheet.day.day) == ("2026年11月", fakes.TODAY)
    one.do(page.next.click)
    one.do(page.now.click)
    assert page.sheet.day.day == fakes.TODAY


@pytest.mark.parametrize(
    ("kind", "place"), [("deadline", "problem/record"), ("campaign", "inspection"), ("permit", "source/record")]
)
def test_a_line_opens_where_it_is_done_and_the_way_back_finds_the_day_again(desk, kind, place):
    one = desk()
    page = one.open("overview/calendar")
    one.do(lambda: page.sheet.go_to(date(2026, 11, 25)))
    at = next(at for at, entry in enumerate(page.days.lines) if entry.kind == kind)
    one.do(lambda: page.days.view.opened.emit(at))
    assert one.window._place.page == place
    one.do(one.window._back)
    assert (one.window.page, page.sheet.day.day) == (page, date(2026, 11, 25))


def test_a_month_that_comes_late_is_not_shown_over_another(desk):
    one = desk()
    page = one.open("overview/calendar")
    one.do(page.next.click)
    page._show(fake_diary.of(fakes.TODAY))
    assert page.month.text() == "2026年12月"


def test_a_day_that_is_over_is_red_and_a_cramped_cell_counts_the_rest(desk):
    one = desk()
    one.window.resize(1024, 640)
    page = one.open("overview/calendar")
    one.do(lambda: page.sheet.go_to(date(2026, 11, 20)))
    assert page.days._table.columns[0].tone(page.days.lines[0]) == "red"
    assert page.days.quiet.text() == "星期五\u2003放假，已经过了"
    one.do(lambda: page.sheet.go_to(date(2026, 11, 25)))
    assert page.days._table.columns[0].tone(page.days.lines[0]) == ""
    one.office.figures.diary = lambda month: diary(month, fakes.TODAY, (), Calendar())
    one.do(page.refresh)
    assert page.means.text() == f"{UNSURE}{MEANS}"
    assert page.header.quiet.accessibleName() == "这个月没有到期的事"
