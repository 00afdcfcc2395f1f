"""Reading one cell as what its column holds. What cannot be read for certain is said, never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from models.documents.raw import Kind
from models.documents.texts import squash
from models.domain.deadline import FIRST_YEAR, LAST_YEAR, Day, Deadline, read_day, read_deadline

_COUNT = re.compile(r"(\d{1,9})(?:\.0+)?(?:家次?|件次?|人次?|个|起|宗|次|人|条)?")
_MONEY = re.compile(r"(\d[\d,]*(?:\.\d+)?)(万元|万|元)?")
_HEMISPHERE = "[东西南北经纬ENSWens:]*"
_DEGREES = re.compile(
    rf"{_HEMISPHERE}(\d{{1,3}}(?:\.\d+)?)°(?:(\d{{1,2}}(?:\.\d+)?)['\u2032分])?(?:(\d{{1,2}}(?:\.\d+)?)(?:\u2032\u2032|[\"秒]))?[EN]?"
)
_PLAIN_DEGREES = re.compile(rf"{_HEMISPHERE}(\d{{1,3}}\.\d+|\d{{1,3}})[度EN]?")
_PICTURE = re.compile(r"^=(_xlfn\.)?DISPIMG\(", re.IGNORECASE)

NOT_CALCULATED = "公式没有计算结果，请用 WPS 或 Excel 打开该工作簿，保存后再导入"


@dataclass(frozen=True)
class Place:
    """One cell of a record, of whatever rows it was put together."""

    address: str
    text: str
    kind: Kind = Kind.TEXT

    @property
    def trouble(self) -> str:
        """Why there is nothing to read here; "" where there is."""
        if self.kind is Kind.FORMULA:
            return NOT_CALCULATED
        if self.kind is Kind.ERROR:
            return f"单元格里的公式没有算出来（{self.text}）"
        return "单元格里是图片，没有文字" if _PICTURE.match(self.text) else ""


@dataclass(frozen=True)
class Source:
    """What is to be known of a workbook to read its dates."""

    epoch_1904: bool = False
    formats_known: bool = True


def read_date(place: Place, source: Source) -> Day:
    """The day in a cell of a date column; `sure` False where it is none, or not for certain."""
    if place.kind is Kind.DATE:
        day = date.fromisoformat(place.text[:10])
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            return Day(None, sure=False, why=f"年份不在{FIRST_YEAR}至{LAST_YEAR}年之间")
        return Day(day)
    if place.kind is Kind.TIME:
        return Day(None, sure=False, why="写的是时刻，不是日期")
    number = place.kind is Kind.NUMBER
    if number and source.epoch_1904 and re.fullmatch(r"\d{5}(\.\d+)?", place.text):
        return Day(None, sure=False, why="该工作簿的日期从1904年算起，分不清是哪一天")
    return read_day(place.text, number=number) or Day(None, sure=False, why="不是日期")


def read_limit(place: Place, found_on: date | None, source: Source) -> Deadline:
    """The deadline in a cell."""
    if place.kind in {Kind.DATE, Kind.TIME}:
        read = read_date(place, source)
        if read.day is None or not read.sure:
            return Deadline(text=place.text, sure=False, why=read.why)
        month_only = read.day.day == 1 and not source.formats_known
        why = "日期是当月1日，如果表里只写了月份，时限应为月底，请核对" if month_only else ""
        return Deadline("time_limited", read.day, text=place.text, why=why)
    if place.kind is Kind.NUMBER:
        if source.epoch_1904 and re.fullmatch(r"\d{5}(\.\d+)?", place.text):
            return Deadline(text=place.text, sure=False, why="该工作簿的日期从1904年算起，分不清是哪一天")
        return read_deadline(float(place.text), found_on=found_on)
    return read_deadline(place.text, found_on=found_on)


def read_count(text: str) -> int | None:
    """A count of cases, firms or persons."""
    found = _COUNT.fullmatch(squash(text))
    return int(found[1]) if found else None


def read_fine(text: str, heading: str) -> int | float | None:
    """A fine in 万元, whether cell and heading speak of 元 or of 万元; None where neither says."""
    found = _MONEY.fullmatch(squash(text))
    heading = squash(heading)
    unit = found[2] if found and found[2] else "万" if "万" in heading else "元" if "元" in heading else ""
    if not found or not unit:
        return None
    try:
        amount = Decimal(found[1].replace(",", "")) / (1 if unit.startswith("万") else 10_000)
    except InvalidOperation:
        return None
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def read_degrees(text: str) -> float | None:
    """Decimal degrees from 116.52, E116.52, or degrees with minutes and seconds."""
    key = squash(text).replace("’", "'").replace("”", '"')
    found = _DEGREES.fullmatch(key)
    if found:
        return round(float(found[1]) + float(found[2] or 0) / 60 + float(found[3] or 0) / 3600, 6)
    plain = _PLAIN_DEGREES.fullmatch(key)
    return float(plain[1]) if plain else None


def read_pair(text: str) -> tuple[float, float] | None:
    """Longitude and latitude that share a cell, in the order that Chinese places allow."""
    parts = [part for part in re.split(r"[,，;；、/\s\n]+", text.strip()) if part]
    if len(parts) != 2:
        return None
    values = [read_degrees(part) for part in parts]
    if values[0] is None or values[1] is None:
        return None
    longitude, latitude = max(values[0], values[1]), min(values[0], values[1])
    return (longitude, latitude) if is_longitude(longitude) and is_latitude(latitude) else None


def is_longitude(value: float) -> bool:
    """Whether a longitude lies in China."""
    return 73 <= value <= 136


def is_latitude(value: float) -> bool:
    """Whether a latitude lies in China."""
    return 3 <= value <= 54
