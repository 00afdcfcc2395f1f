"""What is doubtful about a pollution source: credit code, coordinates, permits. Doubts are told, never refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations
from math import cos, hypot, radians
from typing import Any, NamedTuple, cast

from models.domain import words
from models.domain.doubles import pair_key

# GB 32100-2015: the letters I, O, S, V and Z are not used.
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = tuple(pow(3, n, 31) for n in range(17))
_LICENCE = re.compile(r"\d{15}")  # 工商注册号 of old
EXPIRES_SOON = 60  # days before a permit ends that it is told
NEAR = 50  # metres within which two sources may be one
_METRES = 111_320  # of one degree of latitude
SIDES = {"west": "最西（经度）", "east": "最东（经度）", "south": "最南（纬度）", "north": "最北（纬度）"}
# In degrees, as texts: until the county says where it lies, the whole country.
EVERYWHERE = {"west": "73", "east": "136", "south": "3", "north": "54"}
_NUMBER = re.compile(r"\d{1,3}(\.\d{1,8})?")


def check_digit(code: str) -> str:
    """The eighteenth sign of a credit code, from its first seventeen (GB 32100-2015)."""
    total = sum(_ALPHABET.index(sign) * weight for sign, weight in zip(code, _WEIGHTS, strict=True))
    return _ALPHABET[(31 - total % 31) % 31]


def credit_code_fault(code: str) -> str:
    """Why a 统一社会信用代码 cannot be right; "" where it may be, or where it is a licence number of old."""
    plain = code.strip().upper()
    if not plain or _LICENCE.fullmatch(plain):
        return ""
    if len(plain) != 18:
        return f"统一社会信用代码应是 18 位，这里是 {len(plain)} 位"
    if set(plain) - set(_ALPHABET):
        return "统一社会信用代码里有不会用到的字，请对照执照"
    return "" if check_digit(plain[:17]) == plain[17] else "统一社会信用代码的校验位不对，可能抄错了一位"


def coordinate_faults(longitude: object, latitude: object, datum: str | None, bounds: Mapping[str, float]) -> list[str]:
    """What is doubtful about a place. `bounds`: west, east, south, north of the county in degrees."""
    if longitude is None and latitude is None:
        return []
    if not isinstance(longitude, int | float) or not isinstance(latitude, int | float):
        return ["经度和纬度只填了一个"]
    found: list[str] = []
    if not _within(longitude, latitude, bounds):
        swapped = _within(latitude, longitude, bounds)
        found.append("经度和纬度像是写反了" if swapped else "经纬度不在本县范围内，请核对")
    if datum in (None, "", "unknown"):
        found.append("没有写明坐标系")
    elif datum == "gcj02":
        found.append("手机地图坐标与国家坐标相差几百米，上报前请换算")
    return found


def _within(longitude: float, latitude: float, bounds: Mapping[str, float]) -> bool:
    return bounds["west"] <= longitude <= bounds["east"] and bounds["south"] <= latitude <= bounds["north"]


def expiry(expires_on: str | None, today: date) -> str:
    """Whether a permit has `ended`, or ends `soon`; "" where it does neither."""
    if not expires_on:
        return ""
    if expires_on < today.isoformat():
        return "ended"
    return "soon" if expires_on <= (today + timedelta(days=EXPIRES_SOON)).isoformat() else ""


def permit_faults(expires_on: str | None, today: date) -> str:
    """What is to be said of the day on which a permit ends; "" where nothing is."""
    said = {"ended": "已于 {} 到期", "soon": "将于 {} 到期"}.get(expiry(expires_on, today), "")
    return said.format(expires_on)


def same_permits(said: Mapping[str, Any], held: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Which of the permits that a source holds a said one may be; several where nothing tells them apart.

    Each: `kind`, and `number`, `issued_on`, `expires_on` or none of them. Its number tells it; where one of the two has
    no number, its kind; and then its last day.
    """
    number = said.get("number")
    some = [one for one in held if one["kind"] == said["kind"]]
    if number:
        some = [one for one in some if one["number"] == number] or [one for one in some if not one["number"]]
    ends = said.get("expires_on")
    if len(some) > 1 and ends:
        return [one for one in some if one["expires_on"] == ends][:1] or some
    return some


def doubts(source: Mapping[str, Any], bounds: Mapping[str, float], today: date) -> list[str]:
    """All that is doubtful about one source with its `permits`, in words."""
    found = own_doubts(source, bounds)
    found += [
        f"{words.PERMIT_KIND.get(one['kind'], '许可证')}：{said}"
        for one in source.get("permits", ())
        if (said := permit_faults(one.get("expires_on"), today))
    ]
    return found


def own_doubts(source: Mapping[str, Any], bounds: Mapping[str, float]) -> list[str]:
    """What is doubtful about its credit code and its coordinates, in words."""
    code = credit_code_fault(str(source.get("credit_code") or ""))
    place = coordinate_faults(source.get("longitude"), source.get("latitude"), source.get("datum"), bounds)
    return [one for one in (code, *place) if one]


def bounds_fault(content: Any) -> str:
    """Why a content does not say where the county lies; "" where it does."""
    if not isinstance(content, dict) or set(cast("dict[str, object]", content)) != set(SIDES):
        return f"应写明{'、'.join(SIDES.values())}"
    sides = cast("dict[str, Any]", content)
    for name, label in SIDES.items():
        if not isinstance(sides[name], str) or not _NUMBER.fullmatch(sides[name]):
            return f"{label}请写成 115.8 这样的度数"
    found = bounds(sides)
    if not found["west"] < found["east"] <= 180 or not found["south"] < found["north"] <= 90:
        return "最西要小于最东，最南要小于最北"
    return ""


def bounds(content: Mapping[str, str]) -> dict[str, float]:
    """The sides of the county in degrees."""
    return {name: float(text) for name, text in content.items()}


def apart(one: Mapping[str, Any], other: Mapping[str, Any]) -> float | None:
    """Metres between two places; None where one has no coordinates, or they are by different data."""
    numbers = [one.get("longitude"), one.get("latitude"), other.get("longitude"), other.get("latitude")]
    if not all(isinstance(number, int | float) for number in numbers) or one.get("datum") != other.get("datum"):
        return None
    east, north, east_too, north_too = (float(number) for number in numbers if number is not None)
    return hypot((east - east_too) * _METRES * cos(radians(north)), (north - north_too) * _METRES)


class Likely(NamedTuple):
    """Two sources that may be one: their ids, and why."""

    one: str
    other: str
    why: str


def likely_doubles(some: Sequence[Mapping[str, Any]], dismissed: Collection[tuple[str, str]] = ()) -> list[Likely]:
    """Pairs that may be one source: the same credit code, the same name in one unit, or one kind at nearly one place.

    Each of `some`: id, unit, kind, name, credit_code, longitude, latitude, datum. A pair is told once, by the surest.
    `dismissed` are pairs (`doubles.pair_key`) of which the county says that they are two.
    """
    found: dict[tuple[str, str], Likely] = {}
    for why, pairs in (
        ("统一社会信用代码相同", _same(some, _code_of)),
        ("名称相同", _same(some, _name_of)),
        ("", _near(some)),
    ):
        for one, other in pairs:
            if pair_key(one["id"], other["id"]) in dismissed:
                continue
            told = why or f"同类，相距约 {round(apart(one, other) or 0)} 米"
            found.setdefault((one["id"], other["id"]), Likely(one["id"], other["id"], told))
    return list(found.values())


_Pairs = Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]


def _same(some: Iterable[Mapping[str, Any]], key: Callable[[Mapping[str, Any]], object]) -> _Pairs:
    by_key: dict[object, list[Mapping[str, Any]]] = {}
    for one in some:
        if (value := key(one)) is not None:
            by_key.setdefault(value, []).append(one)
    for group in by_key.values():
        yield from combinations(group, 2)


def _near(some: Sequence[Mapping[str, Any]]) -> _Pairs:
    """Those of one kind within `NEAR`: from south to north, so that none is compared with all others."""
    order = {one["id"]: n for n, one in enumerate(some)}
    placed = sorted(
        (one for one in some if isinstance(one.get("latitude"), int | float)), key=lambda one: one["latitude"]
    )
    for at, one in enumerate(placed):
        for other in placed[at + 1 :]:
            if (other["latitude"] - one["latitude"]) * _METRES > NEAR:
                break
            metres = apart(one, other)
            if one["kind"] == other["kind"] and metres is not None and metres <= NEAR:
                yield (one, other) if order[one["id"]] < order[other["id"]] else (other, one)


def _code_of(one: Mapping[str, Any]) -> str | None:
    text = one.get("credit_code")
    return str(text).strip().upper() if text else None


def _name_of(one: Mapping[str, Any]) -> tuple[str, str] | None:
    name = re.sub(r"[\s（）()]", "", str(one["name"] or ""))
    return (str(one["unit"]), name) if name else None
