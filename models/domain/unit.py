"""Units: names that match although offices write them differently, and what a set of units and devices means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from models.domain.limits import NAMES

COUNTY = "county"
TOWNSHIP = "township"
DEPARTMENT = "department"
KINDS = (COUNTY, TOWNSHIP, DEPARTMENT)

_SUFFIXES = ("人民政府", "街道办事处", "街道", "管理委员会", "管委会", "办事处")
_COUNTY_NAME = re.compile(r"^(.{1,11}?[县市区旗])")
_REMEMBERED = 4_096
_SHORT = 500  # characters of a text that is worth remembering: thousands are
_SEPARATORS = re.compile(r"[；;、，,\n]+")


def county_of(name: str) -> str:
    """The county's own name inside the name of its office: 临江县 of 临江县环委办; "" where there is none."""
    found = _COUNTY_NAME.match(name.strip())
    return found[1] if found else ""


def name_key(name: str, county: str) -> str:
    """What two spellings of one unit have in common: 临江县工业园区管委会 and 工业园区 are one."""
    return _name_key(name, county) if len(name) <= _SHORT else _name_key.__wrapped__(name, county)


@lru_cache(maxsize=16_384)
def _name_key(name: str, county: str) -> str:
    key = re.sub(r"\s", "", name)
    if county and key.startswith(county) and len(key) > len(county):
        key = key[len(county) :]
    for suffix in _SUFFIXES:
        if key.endswith(suffix) and len(key) > len(suffix) + 1:
            key = key[: -len(suffix)]
            break
    return key[1:] if key.startswith("县") and len(key) > 3 else key


def split_names(text: str) -> tuple[str, ...]:
    """The single names in a field that may hold several."""
    return _split_names(text) if len(text) <= _SHORT else _split_names.__wrapped__(text)


@lru_cache(maxsize=16_384)
def _split_names(text: str) -> tuple[str, ...]:
    return tuple(name for part in _SEPARATORS.split(text) if (name := part.strip()))


def unit_names(text: str) -> tuple[str, ...]:
    """The units that a field names: the first of many. All of them would be a row each, in lists and in figures."""
    return split_names(text)[:NAMES]


def derived_id(*parts: str) -> str:
    """The id of a record that is one by nature (a month's dispatch, a unit): two makers make one row."""
    return sha256("\0".join(("huangai", *parts)).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Author:
    """Whom a device belongs to, by its certificate."""

    unit: str
    kind: str

    @property
    def is_county(self) -> bool:
        """Whether it speaks for the county."""
        return self.kind == COUNTY


class Named(NamedTuple):
    """What a field that names units comes to."""

    codes: set[str]  # of those that are units
    keys: tuple[str, ...]  # of all names


class Registry:
    """The units and devices that this home knows: turns devices into authors and names into units."""

    def __init__(
        self,
        devices: Mapping[str, Author],
        units: Mapping[str, str],
        county: str,
        county_name: str,
        former: Iterable[tuple[str, str]] = (),
    ) -> None:
        """`units`: code → name. `former`: name that a unit ever had, code; a unit renamed is still found by them."""
        self._devices = devices
        self._townships = {one.unit for one in devices.values() if one.kind == TOWNSHIP}
        self.units = units
        self.county = county
        self.county_name = county_of(county_name) or county_name
        named = [*sorted(former, reverse=True), *((name, code) for code, name in sorted(units.items(), reverse=True))]
        self._by_key = {name_key(name, self.county_name): code for name, code in named}
        self._named: dict[tuple[str, bool], Named] = {}

    def author(self, device: str) -> Author | None:
        """Who writes with this device; None where no certificate is known."""
        return self._devices.get(device)

    def is_township(self, unit: str) -> bool:
        """Whether the PCs of a unit are certified as those of a township."""
        return unit in self._townships

    def key(self, name: str) -> str:
        """The part of a unit's name that all spellings share."""
        return name_key(name, self.county_name)

    def resolve(self, name: str | None) -> str | None:
        """The code of the unit that is written by code or name; None while it is no unit."""
        if not name:
            return None
        return name if name in self.units else self._by_key.get(self.key(name))

    def named(self, text: str, *, one: bool) -> Named:
        """The units that a field names; `one`: it holds a single name."""
        found = self._named.get((text, one))
        if found is None:
            parts = (text,) if one else unit_names(text)
            found = Named(self.resolve_all(parts), tuple(self.key(self.units.get(part, part)) for part in parts))
            if len(text) <= _SHORT and len(self._named) < _REMEMBERED:  # most records name one of a few dozen units
                self._named[text, one] = found
        return found

    def resolve_all(self, names: Iterable[str]) -> set[str]:
        """The codes of those names that are units."""
        return {code for name in names if (code := self.resolve(name))}
