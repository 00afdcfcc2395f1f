"""How values are said to a person: dates as offices write them, sizes with units, stored words in Chinese."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from models.domain import change_words, words
from models.domain.limits import FIELD_CHARS
from models.services.views.lists import Line

SPACE = "\u2003"  # an em space between facts of one line: its width does not differ from font to font
MISSING = "—"
WEEKDAYS = "一二三四五六日"


def stage(table: str, stored: str) -> str:
    """How far a record is, in words."""
    return words.STAGE[table].get(stored, stored)


def day(value: date, today: date | None = None) -> str:
    """A date in a sentence: 11月23日, with the year only if it is not this year."""
    head = "" if today and value.year == today.year else f"{value.year}年"
    return f"{head}{value.month}月{value.day}日"


def today_line(value: date) -> str:
    """Today in the header of the first page."""
    return f"截至 {day(value)}{SPACE}星期{WEEKDAYS[value.weekday()]}"


def moment(at: str | None, today: date | None = None) -> str:
    """A stored time in local time: 11-23 10:42, with the year only if it is not this year."""
    if not at:
        return MISSING
    try:
        local = datetime.fromisoformat(at)
    except ValueError:
        return at
    if local.tzinfo is not None:
        local = local.astimezone()
    return local.strftime("%m-%d %H:%M" if today and local.year == today.year else "%Y-%m-%d %H:%M")


def date_of(at: str | None) -> date | None:
    """The local day of a stored time."""
    if not at:
        return None
    try:
        local = datetime.fromisoformat(at)
    except ValueError:
        return None
    return (local.astimezone() if local.tzinfo else local).date()


def lately(at: str, today: date) -> str:
    """A stored time in few words: 今天 08:31, 11月14日; "" where there is none."""
    found = date_of(at)
    if found is None:
        return ""
    return f"今天 {moment(at, today)[-5:]}" if found == today else day(found, today)


def on_day(at: str | None, today: date) -> str:
    """The local day of a stored time in a sentence: 11月14日; a dash where there is none."""
    found = date_of(at)
    return day(found, today) if found else MISSING


def ago(at: str | None, today: date) -> str:
    """How long ago a stored time is: 今天, 9 天前; "" where there is none."""
    found = date_of(at)
    if found is None:
        return ""
    days = (today - found).days
    return "今天" if days <= 0 else f"{days} 天前"


def came_this_month(at: str | None, today: date) -> bool:
    """Whether a stored time lies in this month."""
    day_ = date_of(at)
    return day_ is not None and (day_.year, day_.month) == (today.year, today.month)


def month(value: str) -> str:
    """2026-11 as 2026年11月."""
    return change_words.month(value)


def breakable(name: str) -> str:
    """The name of a file that may go on in the next line: it has no spaces."""
    return name.replace("_", "_\u200b")


def size(count: int) -> str:
    """A number of bytes with its unit."""
    if count < 1000:
        return f"{count} 字节"
    for unit, worth in (("KB", 1e3), ("MB", 1e6), ("GB", 1e9)):
        if count < worth * 1000 or unit == "GB":
            amount = count / worth
            return f"{amount:.1f} {unit}" if amount < 10 else f"{amount:.0f} {unit}"
    return str(count)


def length(count: int) -> str:
    """How long a text is; the most that a field takes is told to those who come near it."""
    return "" if not count else f"{count} / {FIELD_CHARS} 字" if count > FIELD_CHARS // 2 else f"{count} 字"


def left(line: Line) -> str:
    """The days left of a line of the list, in words."""
    if line.stage != "open":
        return words.STAGE["problem"].get(line.stage, "")
    if line.days_left is None:
        return MISSING
    if line.days_left < 0:
        return f"逾期 {-line.days_left} 天"
    return f"还有 {line.days_left} 天" if line.days_left else "今天到期"


def deadline(line: Line) -> str:
    """The deadline as a list shows it: the date, else the county's wording, else its kind."""
    if line.deadline and line.deadline_kind != "long_term":
        return line.deadline
    return line.deadline_text or words.DEADLINE_KIND.get(line.deadline_kind, "") or line.deadline or MISSING


def due(line: Line, today: date) -> str:
    """The day of a deadline in a sentence: 11月15日; "" where it has none."""
    if not line.deadline or line.deadline_kind == "long_term":
        return ""
    try:
        return day(date.fromisoformat(line.deadline), today)
    except ValueError:
        return line.deadline


def value(field: str, stored: Any, table: str = "") -> str:
    """A stored value of a field in words."""
    return change_words.value(field, stored, table)


def author(unit: str, by: str) -> str:
    """Who wrote: the unit and the person; where nobody was signed in, “本机” would be another PC than the reader's."""
    return SPACE.join(part for part in (unit, "" if by == words.NO_USER else by) if part)


def place(longitude: float, latitude: float) -> str:
    """A place in degrees: 东经 115.9341° 北纬 27.5522°."""
    east, north = "东经" if longitude >= 0 else "西经", "北纬" if latitude >= 0 else "南纬"
    return f"{east} {abs(longitude):.4f}° {north} {abs(latitude):.4f}°"
