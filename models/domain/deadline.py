"""How offices write dates and deadlines, and what can be read out of them for certain.

- What is unsure is never taken for a date: the guess stands in `day`, `sure` is False, and `why` says why.
- A month means its last day (2024年6月, 6月底), 年底前 means 31 December; a date of a workbook is taken as it is.
- A deadline has a date, or 长期坚持, or both; or it is a number of days that counts from the day of finding.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache

FIRST_YEAR, LAST_YEAR = 1990, 2100
SERIAL_ZERO = date(1899, 12, 30)  # day 0 of a workbook, which believes in 29 February 1900

_DIGITS = {c: str(i % 10) for i, c in enumerate("零一二三四五六七八九〇")} | {"○": "0", "两": "2"}
_YEAR_WORDS = re.compile(r"[零〇○一二三四五六七八九]{4}(?=年)")
_SMALL_WORDS = re.compile(r"[一二三四五六七八九十廿两]{1,3}(?=个?(?:月|日|号|天|周|星期|工作日|自然日))")
_DASHES = re.compile("[\u2010-\u2015\u2212\ufe63]+")
_TIME_OF_DAY = re.compile(r"[ T]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$")
_WEEKDAY = re.compile(r"\(?(星期|周)[一二三四五六日天]\)?$")
_HEAD = re.compile(r"^(截至|截止到|截止|限期|限|须于|应于|要求|确保|于|在|至|到)+(?=\d)")
_PLANNED = re.compile(r"^(预计|计划|拟|力争|争取)(于|在)?")
_TAIL = re.compile(
    r"(之前|以前|前|止|为止)?((全部|全面)?(完成整改任务|完成整改|整改完成|整改到位|完成|到位))?[。.,;、]*$"
)


@dataclass(frozen=True)
class Day:
    """What was read where a date should stand."""

    day: date | None  # with `sure` False a guess, or nothing
    sure: bool = True
    why: str = ""
    grain: str = "day"  # what was written: day month year (quarters and halves are months)


@dataclass(frozen=True)
class Deadline:
    """What was read where a deadline should stand."""

    kind: str | None = None  # immediate time_limited long_term
    day: date | None = None
    long_term_too: bool = False
    text: str = ""
    sure: bool = True
    why: str = ""


class _NotADay(Exception):
    """The words look like a date that no calendar has."""


# ------------------------------------------------------------------------------------------------- days


def from_serial(number: float) -> date | None:
    """The date behind a number of a workbook whose cell lost its date format; None where it is none."""
    day = SERIAL_ZERO + timedelta(days=int(number)) if 0 < number < 1e6 else None
    return day if day and FIRST_YEAR <= day.year <= LAST_YEAR else None


def _month_end(year: int, month: int) -> date:
    if not 1 <= month <= 12:
        raise _NotADay
    return date(year, month, calendar.monthrange(year, month)[1])


def _day(year: str, month: str, day: str) -> Day:
    try:
        return Day(date(int(year), int(month), int(day)))
    except ValueError:
        raise _NotADay from None


def _month(year: str, month: str) -> Day:
    return Day(_month_end(int(year), int(month)), grain="month")


def _part_of_month(year: str, month: str, part: str) -> Day:
    end = _month_end(int(year), int(month))
    day = {"初": 10, "上旬": 10, "中": 20, "中旬": 20}.get(part, end.day)
    return Day(end.replace(day=day), sure=False, why=f"只写到“{part}”，没有写哪一天", grain="month")


def _year(year: str, end: str) -> Day:
    last = date(int(year), 12, 31)
    if end:
        return Day(last, grain="year")
    return Day(last, sure=False, why="只写了年份", grain="year")


def _before_year(_year: str) -> Day:
    return Day(None, sure=False, why="分不清是当年年底前还是上年年底前", grain="year")


def _half(year: str, half: str) -> Day:
    return _month(year, "6" if half == "上" else "12")


def _quarter(year: str, quarter: str) -> Day:
    return _month(year, str(3 * ("一二三四".find(quarter) + 1 or int(quarter))))


def _short_year(year: str, *rest: str) -> Day:
    read = _day("20" + year, *rest) if len(rest) == 2 else _month("20" + year, *rest)  # type: ignore[arg-type]
    return replace(read, sure=False, why="年份只写了两位")


def _foreign(first: str, second: str, year: str) -> Day:
    month, day = (second, first) if int(first) > 12 else (first, second)
    return replace(_day(year, month, day), sure=False, why="日、月的先后不明确")


# Tried in order on the words without spaces, heads and tails.
# fmt: off
_Read = Callable[..., Day]
_FORMS: tuple[tuple[re.Pattern[str], _Read], ...] = tuple((re.compile(pattern + "$"), read) for pattern, read in (
    (r"(\d{4})[年.\-/](\d{1,2})[月.\-/](\d{1,2})[日号]?",               _day),
    (r"(\d{4})(\d{2})(\d{2})",                                         _day),
    (r"(\d{4})年(\d{1,2})月份?(?:月?底|月?末|内)?",                     _month),
    (r"(\d{4})[.\-/](\d{1,2})(?:月份?)?(?:月?底|月?末)?",               _month),
    (r"(\d{4})(0[1-9]|1[0-2])",                                        _month),
    (r"(\d{4})[年.\-/](\d{1,2})月?份?(上旬|中旬|下旬|中下旬|初|中)",      _part_of_month),
    (r"(\d{4})年?(上|下)半年(?:底|末|内)?",                             _half),
    (r"(\d{4})年?第?([一二三四1-4])季度(?:底|末|内)?",                   _quarter),
    (r"(\d{4})年?(年?底|年?末|年?内|全年)",                              _year),
    (r"(\d{4})年(?:之|以)?前",                                          _before_year),
    (r"(\d{4})年()",                                                   _year),
    (r"(\d{2})[年.\-/](\d{1,2})[月.\-/](\d{1,2})[日号]?",               _short_year),
    (r"(\d{2})年(\d{1,2})月(?:底|末)?",                                 _short_year),
    (r"(\d{1,2})[.\-/](\d{1,2})[.\-/](\d{4})",                         _foreign),
))
_YEARLESS = re.compile(r"(\d{1,2}月(?:\d{1,2}[日号]?|份?(?:底|末)?)|(?:上|下)半年|第?[一二三四1-4]季度|年)(底|末)?$")
_SERIAL = re.compile(r"\d{5}(\.\d+)?$")
_TWO_DATES = re.compile(r"\d{4}[年.\-/].*\D\d{4}[年.\-/]|\d[年月日.]?\d*[月日]?(?:至|到|~)\d")
# fmt: on


def plain(text: str) -> str:
    """The words without spaces, in half-width digits, dashes and points, Chinese numerals of dates as digits."""
    text = unicodedata.normalize("NFKC", text).strip()
    text = _TIME_OF_DAY.sub("", text)
    text = re.sub(r"\s", "", text)
    text = _DASHES.sub("-", text)
    text = _YEAR_WORDS.sub(lambda m: "".join(_DIGITS[c] for c in m[0]), text)
    return _SMALL_WORDS.sub(lambda m: str(_small_number(m[0])), text)


def _small_number(words: str) -> int:
    words = words.replace("廿", "二十")
    tens, ten, ones = words.rpartition("十")
    if not ten:
        return int("".join(_DIGITS[c] for c in ones))
    return 10 * int(_DIGITS.get(tens, "1")) + int(_DIGITS.get(ones, "0"))


@lru_cache(maxsize=4096)
def read_day(text: str, *, today_year: int | None = None, number: bool = False) -> Day | None:
    """The day that the words mean; None where they do not look like a date at all.

    `number`: the cell holds a number, where 2024.1 may stand for January as well as for October.
    """
    words = plain(text)
    if number and re.fullmatch(r"\d{4}\.1", words):
        return Day(None, sure=False, why="单元格是数字，分不清是1月还是10月")
    if number and re.fullmatch(r"\d{4}", words):
        words += "年"
    if _SERIAL.match(words):
        day = from_serial(float(words))
        return Day(day) if day else None
    unsure = "写的是计划时间" if _PLANNED.match(words) else ""
    words = _WEEKDAY.sub("", _PLANNED.sub("", words))
    words = _HEAD.sub("", words)
    for core in (words, _TAIL.sub("", words)):
        read = _read_core(core, text.strip(), today_year)
        if read:
            return replace(read, sure=False, why=unsure) if unsure and read.sure else read
    if _TWO_DATES.search(words):
        return Day(None, sure=False, why="写了不止一个日期")
    return None


def _read_core(words: str, shown: str, today_year: int | None) -> Day | None:
    for form, read in _FORMS:
        found = form.match(words)
        if not found:
            continue
        try:
            day = read(*found.groups())
        except _NotADay:
            return Day(None, sure=False, why=f"“{shown}”不是有效日期")
        if day.day and not FIRST_YEAR <= day.day.year <= LAST_YEAR:
            return Day(None, sure=False, why=f"年份不在{FIRST_YEAR}至{LAST_YEAR}年之间")
        return day
    if _YEARLESS.match(words):
        guess = _read_core(f"{today_year}年{words}", shown, None) if today_year else None
        return Day(guess.day if guess else None, sure=False, why="没有写年份", grain=guess.grain if guess else "day")
    return None


# ------------------------------------------------------------------------------------------------- deadlines

_LONG = re.compile(
    r"(并|且|同时|需|要)*(长期坚持|长期整改|长期推进|长期保持|长期|持续推进|持续整改|持续坚持|持续保持|常态化(?:推进|坚持|整改|管理|监管|保持)?|持续)"
)
_AT_ONCE = re.compile(r"(立行立改|立即整改|立即改正|立改立行|立整立改|即知即改|即查即改|立查立改|立即)")
_JOINTS = re.compile(r"[,;、。()并且及和+]+")
_SPAN = re.compile(
    r"(?:自|从)?(?P<start>.{0,8}?之?日起|限期?|在)?"
    r"(?P<n>\d{1,3}|半)(?P<unit>个?工作日|个?自然日|天|日|个?星期|个?周|周|个月|年)(?P<within>以内|之内|内)?"
    r"(?:完成整改|整改到位|完成)?$"
)
_FOUND = re.compile(r"(发现|检查|排查)之?日起")
_BARE_DAYS = 366


def read_deadline(value: str | float | date | None, *, found_on: date | None) -> Deadline:
    """The deadline that a cell or a form field states; days count from `found_on`."""
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        return Deadline("time_limited", day, text=day.isoformat())
    number = isinstance(value, int | float)
    return _read_deadline(_as_text(value), found_on, number=number)


def _as_text(value: str | float | None) -> str:
    if value is None:
        return ""
    return value.strip() if isinstance(value, str) else f"{value:.15g}"


@lru_cache(maxsize=4096)
def _read_deadline(text: str, found_on: date | None, *, number: bool) -> Deadline:
    words = _PLANNED.sub("", plain(text))
    if not words or words in {"/", "无", "-"}:
        return Deadline(text=text)
    long = _LONG.search(words)
    at_once = _AT_ONCE.search(words)
    rest = words
    for found in (long, at_once):
        rest = rest.replace(found[0], ",") if found else rest
    rest = _JOINTS.sub(",", rest).strip(",") if long or at_once else rest
    if not rest:
        kind = "immediate" if at_once else "long_term"
        return Deadline(kind, long_term_too=bool(long and at_once), text=text)
    if rest == "限期整改":
        return Deadline("time_limited", long_term_too=bool(long), text=text, sure=False, why="没有写整改到哪一天")
    read = _span(rest, found_on) or read_day(rest, number=number)
    kind = "immediate" if at_once else "time_limited"
    shown = f"{rest}天" if re.fullmatch(r"\d{1,3}(\.0)?", rest) and not (long or at_once) else text
    if read is None:
        return Deadline(text=text, sure=False, why="看不出是哪一天，按原文保留")
    if not read.sure:
        kind = kind if read.day else None
        return Deadline(kind, long_term_too=bool(long), text=shown, sure=False, why=read.why)
    return Deadline(kind, read.day, long_term_too=bool(long), text=shown)


def _span(words: str, found_on: date | None) -> Day | None:
    """A number of days, weeks or months as the day on which it ends."""
    bare = re.fullmatch(r"(\d{1,3})(\.0)?", words)
    if bare:
        count, unit, sure = bare[1], "天", 1 <= int(bare[1]) <= _BARE_DAYS
        why = "" if sure else "看不懂这个数"
    else:
        found = _SPAN.match(words)
        if not found:
            return None
        count, unit = found["n"], found["unit"].removeprefix("个")
        start = found["start"] or ""
        why = _doubt(start, unit, within=bool(found["within"]))
    if found_on is None:
        return Day(None, sure=False, why=why or "写的是天数，但没有发现时间，算不出是哪一天")
    day = _after(found_on, count, unit)
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        return Day(None, sure=False, why="算出的日期不合理")
    return Day(day, sure=not why, why=why)


def _doubt(start: str, unit: str, *, within: bool) -> str:
    if "日起" in start and not _FOUND.search(start):
        return "不是从发现之日算起"
    if unit == "工作日":
        return "写的是工作日，请核对到哪一天"
    if unit == "日" and not within and "日起" not in start:
        return "分不清是天数还是几号"
    if unit == "年" and not within:
        return "看不出是哪一年"
    return ""


def _after(start: date, count: str, unit: str) -> date | None:
    if unit in {"月", "年"}:
        months = {"半": 6 if unit == "年" else 0}.get(count) or int(count) * (12 if unit == "年" else 1)
        year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
        return min(_month_end(year, month + 1), start.replace(day=1, year=year, month=month + 1)
                   + timedelta(days=start.day - 1)) if year < LAST_YEAR else None  # fmt: skip
    if count == "半":
        return None
    return start + timedelta(days=int(count) * (7 if unit in {"星期", "周"} else 1))
