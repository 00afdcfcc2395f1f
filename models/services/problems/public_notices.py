"""Public notices: how long they stand, by the calendar of this home; a doubtful length is told, never refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection

from models.domain import forms
from models.domain.calendar import CALENDAR, WORKING
from models.domain.fields import label
from models.domain.forms import BadValue
from models.domain.operation import Value
from models.services.base import workdays

LONGEST = 366  # days of a notice whose end is counted


class Window(NamedTuple):
    """How long one stands; days are ISO text."""

    from_on: str
    until_on: str
    days: int
    day_kind: str  # WORKING or CALENDAR


def window(connection: Connection, opens: str, said: Mapping[str, str], today: date) -> Window | None:
    """The window of a notice that opens on a day: its end from its length, or its length from its end; None: neither.

    A length without a kind is one in working days; a length that nobody says is counted in calendar days.
    """
    asked = {name: said.get(name, "") for name in ("until_on", "days", "day_kind")}
    typed = forms.changes("acceptance", {n: text for n, text in asked.items() if text}, {}, today)
    until, days, kind = typed.get("until_on"), typed.get("days"), typed.get("day_kind")
    start = date.fromisoformat(opens)
    if isinstance(until, str):
        if until < opens:
            raise BadValue("until_on", label("acceptance", "until_on"), asked["until_on"], f"早于公示开始的 {opens}")
        if isinstance(days, int):
            return Window(opens, until, days, str(kind or WORKING))
        return Window(opens, until, (date.fromisoformat(until) - start).days + 1, CALENDAR)
    if not isinstance(days, int):
        return None
    if not 1 <= days <= LONGEST:
        raise BadValue("days", label("acceptance", "days"), asked["days"], f"应是 1 到 {LONGEST} 天")
    end = workdays.calendar(connection).end_of(start, days, str(kind or WORKING))
    return Window(opens, end.isoformat(), days, str(kind or WORKING))


def doubt(connection: Connection, row: Mapping[str, Value]) -> str:
    """Why what is written of a notice does not agree, in Chinese; "" where it does, or too little is written."""
    opens, until, days = row.get("from_on"), row.get("until_on"), row.get("days")
    if not isinstance(opens, str) or not isinstance(until, str):
        return ""
    counted = days if isinstance(days, int) else None
    kind = str(row.get("day_kind") or CALENDAR)
    return workdays.calendar(connection).doubt(date.fromisoformat(opens), date.fromisoformat(until), counted, kind)
