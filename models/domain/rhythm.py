"""How often something is looked at: the round that a day falls into, by the calendar. Pure."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple


class Round(NamedTuple):
    """First and last day, ISO; "" where there is none."""

    first: str
    last: str

    def days_left(self, today: date) -> int | None:
        """Until its last day, negative once that is over; None: it has none."""
        return (date.fromisoformat(self.last) - today).days if self.last else None


def natural(repeat: str, day: date) -> tuple[date, date]:
    """The day, week (from Monday), half-month, month, quarter or year that a day lies in."""
    year, month = day.year, day.month
    end = date(year, month, monthrange(year, month)[1])
    match repeat:
        case "day":
            return day, day
        case "week":
            monday = day - timedelta(days=day.weekday())
            return monday, date.fromordinal(min(monday.toordinal() + 6, date.max.toordinal()))
        case "half_month":
            return (day.replace(day=1), day.replace(day=15)) if day.day <= 15 else (day.replace(day=16), end)
        case "quarter":
            last = month + (3 - month) % 3
            return date(year, last - 2, 1), date(year, last, monthrange(year, last)[1])
        case "year":
            return date(year, 1, 1), date(year, 12, 31)
        case _:
            return day.replace(day=1), end


def round_of(repeat: str, from_on: str, until_on: str, day: date) -> Round:
    """The round of a plan that a day falls into; before its first day the first one, after its last day the last.

    Without `repeat` there is one round: the whole time of it.
    """
    if not repeat:
        return Round(from_on, until_on)
    inside = max(min(day.isoformat(), until_on or "9999"), from_on)
    first, last = (one.isoformat() for one in natural(repeat, date.fromisoformat(inside)))
    return Round(max(first, from_on), min(last, until_on or last))
