"""A diary for the window: a few days of a month with much, the others with nothing."""

from __future__ import annotations

from datetime import timedelta

from models.domain.calendar import Calendar
from models.services.views.diary import Entry, diary, span
from tests.gui.fake_names import TITLES, TODAY, TOWNS

# days from today → what falls due
DUE = {
    -8: ("deadline",),
    -3: ("notice", "lookback"),
    0: ("recheck", "campaign"),
    2: ("deadline", "deadline", "measure", "measure", "campaign", "lookback", "permit", "notice"),
    7: ("month", "deadline"),
    9: ("permit",),
}
HOLIDAYS = Calendar(frozenset({"2026-11-20", "2026-10-01"}), frozenset({"2026-11-22"}))


def of(month, *, empty=False):
    first, last = span(month)
    entries = [
        Entry((TODAY + timedelta(days=days)).isoformat(), kind,
              "" if kind in {"recheck", "month"} else f"{at % 3:032x}", TITLES[(at + days) % len(TITLES)],
              TOWNS[at % len(TOWNS)] if kind != "month" else "")
        for days, kinds in DUE.items()
        for at, kind in enumerate(kinds)
        if not empty and first <= TODAY + timedelta(days=days) <= last
    ]  # fmt: skip
    return diary(month, TODAY, entries, HOLIDAYS)
