"""What a clerk typed into a field: tidied where its meaning is beyond doubt, and one sentence where it cannot stand.

The rules are those of models.domain; here they are only asked earlier, when a field is left, and answered in words
that fit below it. A *doubt* is said and blocks nothing; what is *wrong* is kept as a draft and blocks only itself.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from models.domain import words
from models.domain.deadline import Deadline, plain, read_day, read_deadline
from models.domain.field import Field, Type
from models.domain.limits import FIELD_CHARS

_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?|(\d{4})(\d{2})(\d{2})")
_SHORT_DAY = re.compile(r"(\d{1,2})[-./月](\d{1,2})[日号]?")
_SHORT_MONTH = re.compile(r"\d{1,2}月(份|初|底|末|中旬|上旬|下旬)?(之前|以前|前)?")
_MONTH = re.compile(r"(\d{4})[-./年](\d{1,2})月?|(\d{4})(\d{2})")
_JOINTS = re.compile(r"\s*[;；、，,\n]+\s*")
_PHONE = re.compile(r"[\d\-—() +/,;、，；转]+")
_PLACES = {"longitude": (73.0, 136.0, "经度"), "latitude": (3.0, 54.0, "纬度")}
WORDINGS = "".join(f"“{words.DEADLINE_KIND[one]}”" for one in ("immediate", "long_term"))


@dataclass(frozen=True)
class Reading:
    """What was read out of one field."""

    text: str  # as it is kept
    beside: str = ""  # what it was understood as, where that differs from the text
    wrong: str = ""  # one sentence: why it cannot stand, and the way out
    doubt: str = ""  # one sentence: it stands, but may be a slip


def read(field: Field, text: str, today: date, found_on: date | None = None) -> Reading:
    """Read what was typed into a field."""
    text = text.strip()
    if not text:
        return Reading("")
    match field.type:
        case Type.DATE if field.name == "deadline":
            return _deadline(text, today, found_on)
        case Type.DATE:
            return _date(text, today)
        case Type.MONTH:
            return _month(text, today)
        case Type.NUMBER | Type.COUNT:
            return _number(field, text)
        case Type.LIST:
            return _limited("；".join(part for part in _JOINTS.split(text) if part))
        case _ if field.name == "phone":
            return _phone(text)
        case _:
            return _limited(text)


def tidy_date(text: str) -> str:
    """A date as it is kept, where the meaning is beyond doubt; else the text as typed."""
    text = text.strip()
    found = _DAY.fullmatch(re.sub(r"\s", "", text))
    day = _as_date(found) if found else None
    return day.isoformat() if day else text


def with_year(text: str, today: date) -> str:
    """11.23 and 11月底 get the year that it is: a person sees it and may change it."""
    bare = plain(text)
    if found := _SHORT_DAY.fullmatch(bare):
        month, day = int(found[1]), int(found[2])
        return f"{today.year}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else text
    if _SHORT_MONTH.fullmatch(bare):
        return f"{today.year}年{bare}"
    return f"{today.year}年底" if bare in {"年底", "年底前"} else text


def _as_date(found: re.Match[str]) -> date | None:
    year, month, day = (int(part) for part in found.groups() if part is not None)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _no_such_day(text: str) -> str:
    """The sentence for a date that no calendar has; "" where it is not of that kind."""
    found = _DAY.fullmatch(plain(text))
    if found is None or _as_date(found) is not None:
        return ""
    year, month, day = (int(part) for part in found.groups() if part is not None)
    if not 1 <= month <= 12:
        return f"没有 {month} 月。请核对月份。"
    last = calendar.monthrange(year, month)[1] if 1 <= year <= 9999 else 31
    return f"{month}月没有 {day} 日，最后一天是 {year}-{month:02}-{last}。" if day > last else ""


def _date(text: str, today: date) -> Reading:
    whole = with_year(text, today)
    found = read_day(whole)
    if found is not None and found.day is not None and found.sure:
        kept = found.day.isoformat()
        return Reading(kept, f"“{text}”按今年算" if whole != text else f"“{text}”" if kept != tidy_date(text) else "")
    if wrong := _no_such_day(whole):
        return Reading(text, wrong=wrong)
    if found is not None and found.day is not None:
        return Reading(
            text, wrong=f"{found.why.removesuffix('，没有写哪一天')}，请写到哪一天，如 {found.day.isoformat()}。"
        )
    return Reading(text, wrong="看不出是哪一天，请写成 2026-11-23 或 11.23 这样。")


def _deadline(text: str, today: date, found_on: date | None) -> Reading:
    whole = tidy_date(with_year(text, today))
    found = read_deadline(whole, found_on=found_on)
    if found.sure and (found.day or found.kind):
        return Reading(whole, _said(found, whole, by_year=whole != tidy_date(text)))
    if wrong := _no_such_day(whole):
        return Reading(text, wrong=wrong)
    guess = read_day(whole)
    if guess is not None and guess.day is not None:
        return Reading(
            text, wrong=f"{guess.why.removesuffix('，没有写哪一天')}，请写到哪一天，如 {guess.day.isoformat()}。"
        )
    why = found.why if found.why and "按原文" not in found.why else "看不出到哪一天"
    return Reading(text, wrong=f"{why}，请写日期，或写{WORDINGS}。")


def _said(found: Deadline, text: str, *, by_year: bool) -> str:
    """How a deadline was understood, where its wording does not say it itself."""
    kind = words.DEADLINE_KIND.get(found.kind or "", "")
    long = words.DEADLINE_KIND["long_term"]
    parts = [
        found.day.isoformat() if found.day and found.day.isoformat() != text else "",
        "按今年算" if by_year else "",
        kind if found.kind != "time_limited" and kind not in text else "",
        f"并{long}" if found.long_term_too and long not in text else "",
    ]
    return "，".join(part for part in parts if part)


def _month(text: str, today: date) -> Reading:
    bare = plain(text)
    found = _MONTH.fullmatch(bare)
    year, month = (int(part) for part in found.groups() if part is not None) if found else (today.year, 0)
    if found is None and (short := re.fullmatch(r"(\d{1,2})月?", bare)):
        month = int(short[1])
    if not 1 <= month <= 12:
        return Reading(text, wrong="看不出是哪个月，请写成 2026-11 这样。")
    return Reading(f"{year:04}-{month:02}")


def _number(field: Field, text: str) -> Reading:
    bare = plain(text).replace(",", "")
    try:
        number = float(bare)
    except ValueError:
        return Reading(
            text, wrong="这里只填数字，如 115.9214。" if field.name in _PLACES else "这里只填数字，单位不用写。"
        )
    if field.type is Type.COUNT and (number < 0 or not number.is_integer()):
        return Reading(text, wrong="这里填整数，没有就填 0。")
    if field.name in _PLACES:
        low, high, name = _PLACES[field.name]
        if not low <= number <= high:
            return Reading(bare, doubt=f"我国的{name}在 {low:.0f} 到 {high:.0f} 之间，请核对是不是填反了。")
    return Reading(bare)


def _phone(text: str) -> Reading:
    digits = re.sub(r"\D", "", text)
    if not _PHONE.fullmatch(text) or not len(digits) >= 7:
        return Reading(text, doubt="不太像电话号码，请核对。手机是 11 位，座机如 0796-8440112。")
    if digits.startswith("1") and len(digits) < 11:
        return Reading(text, doubt=f"手机号是 11 位，这里有 {len(digits)} 位，请核对。")
    return Reading(text)


def _limited(text: str) -> Reading:
    over = len(text) - FIELD_CHARS
    return Reading(text, wrong=f"超出 {over} 字：一栏最多 {FIELD_CHARS} 字，请删短一些。" if over > 0 else "")
