"""What falls due in a month, day by day, in whole weeks, with the days on which offices work. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from models.domain import words
from models.domain.calendar import Calendar

WEEK = 7


class Entry(NamedTuple):
    """One thing that is not done yet and falls due on a day."""

    day: str  # ISO
    kind: str  # of words.DIARY
    id: str  # of the record that it is done in; "" where it is many
    title: str
    whose: str = ""  # name of the unit


class Day(NamedTuple):
    """One day of the sheet."""

    day: date
    works: bool  # whether offices work
    moved: bool  # whether that is otherwise than its weekday says: a holiday, or a day worked for one
    entries: tuple[Entry, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many of each kind, in the order of words.DIARY."""
        found = dict.fromkeys(words.DIARY, 0)
        for one in self.entries:
            found[one.kind] += 1
        return {kind: count for kind, count in found.items() if count}


class Diary(NamedTuple):
    """A month in whole weeks, from Monday: its days are a multiple of seven."""

    month: date  # its first day
    today: date
    days: tuple[Day, ...]
    is_sure: bool  # whether the holidays of these days are known

    def at(self, day: date) -> int:
        """The place of a day in the sheet; the nearest one where it lies outside."""
        return min(max((day - self.days[0].day).days, 0), len(self.days) - 1)


def span(month: date) -> tuple[date, date]:
    """The first and the last day of the whole weeks that a month lies in. `month`: any day of it."""
    first = month.replace(day=1)
    monday = first - timedelta(days=first.weekday())
    last = shifted(first, 1) - timedelta(days=1)
    return monday, last + timedelta(days=WEEK - 1 - last.weekday())


def shifted(month: date, by: int) -> date:
    """The first day of the month so many months later."""
    year, at = divmod(month.year * 12 + month.month - 1 + by, 12)
    return date(year, at + 1, 1)


def diary(month: date, today: date, entries: Iterable[Entry], calendar: Calendar) -> Diary:
    """The sheet of a month; on a day, what comes first in words.DIARY stands first."""
    first, last = span(month)
    order = list(words.DIARY)
    by_day: dict[str, list[Entry]] = {}
    for one in sorted(entries, key=lambda one: (order.index(one.kind), one.whose, one.title)):
        by_day.setdefault(one.day, []).append(one)
    days: list[Day] = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        works = calendar.works(day)
        days.append(Day(day, works, works is not (day.weekday() < 5), tuple(by_day.get(day.isoformat(), ()))))
    return Diary(month.replace(day=1), today, tuple(days), calendar.is_sure(first, last))
