"""Working days: which days offices work, how long a public notice stands, and whether a stated count agrees.

What the state lays down for a year is handed in as a function; what the county lays down goes before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from models.domain import words
from models.domain.words import DAY_KIND

WORKING, CALENDAR = DAY_KIND
LONGEST = 366  # days of a window that are counted one by one

# Whether offices work on a day, as the state laid it down; None where nothing is known of that year.
Official = Callable[[date], bool | None]


def unknown(_: date) -> None:
    """A calendar that knows of no year."""


@dataclass(frozen=True)
class Calendar:
    """Which days are working days: the county's word first, then the state's, else Monday to Friday."""

    off: frozenset[str] = frozenset()  # ISO days
    worked: frozenset[str] = frozenset()
    official: Official = unknown

    def works(self, day: date) -> bool:
        """Whether offices work on that day."""
        text = day.isoformat()
        if text in self.off or text in self.worked:
            return text in self.worked
        known = self.official(day)
        return day.weekday() < 5 if known is None else known

    def is_sure(self, start: date, end: date) -> bool:
        """Whether the holidays of these years are known, from the state or from the county."""
        told = {text[:4] for text in self.off}
        years = range(start.year, end.year + 1)
        return all(self.official(date(y, 1, 1)) is not None or str(y) in told for y in years)

    def working_days(self, start: date, end: date) -> int:
        """How many working days lie from one day to another, both included; 0 if the end lies before the start."""
        return sum(self.works(day) for day in _days(start, end))

    def end_of(self, start: date, count: int, kind: str) -> date:
        """The last day of a window that opens on `start` and stands `count` days, the first one included."""
        if kind == CALENDAR:
            return start + timedelta(days=max(count, 1) - 1)
        day, left = start, max(count, 1)
        while True:
            left -= self.works(day)
            if not left:
                return day
            day += timedelta(days=1)

    def doubt(self, start: date, end: date, count: int | None, kind: str) -> str:
        """Why the stated length of a public notice does not agree with its days, in Chinese; "" where it does.

        It warns and never blocks: what is printed on a notice is printed.
        """
        if end < start:
            return "公示结束早于公示开始，请核对。"
        if (end - start).days >= LONGEST:
            return "公示超过一年，请核对起止日期。"
        if not count:
            return ""
        working, every = self.working_days(start, end), (end - start).days + 1
        if count != (working if kind == WORKING else every):
            return (
                f"写的是 {count} 个{words.DAY_KIND[kind]}，{start.isoformat()} 至 {end.isoformat()} "
                f"实际是 {working} 个工作日（{every} 个自然日），请核对。"
            )
        if kind == WORKING and not self.is_sure(start, end):
            return "还没有这一年的放假安排，只按周一至周五计算；请县里在节假日字典里补上。"
        return ""


def made(content: dict[str, list[str]], official: Official) -> Calendar:
    """The calendar of a `holidays` dictionary and what the state laid down."""
    return Calendar(frozenset(content["off"]), frozenset(content["worked"]), official)


def _days(start: date, end: date) -> Iterable[date]:
    return (start + timedelta(days=n) for n in range((end - start).days + 1))
