"""Which record a row of a workbook speaks of (cli.md rule 1). Pure: rows and records in, a choice out.

- A receipt number, or our own number, is identity. So is a 省/市/县序号 together with the same source: unless the
  description is very different, then a person is asked.
- Else the same source, township and normalised description. Two rows of one workbook never speak of one record: of two
  with one receipt number a person says which is meant.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from models.domain.fields import FOREIGN_NUMBERS
from models.domain.unit import Registry

_NOISE = re.compile(r"[\W_]+")
_BLANKS = re.compile(r"\s+")
_BLANK_OF_DIGITS = re.compile(r"(?<=\d)\s+(?=\d)")
_OF_AN_INSPECTION = re.compile(r"[dx]\d?[a-z]{2}\d{12}")  # its parts have fixed lengths: nothing need part them
ALIKE = 0.5  # below this share of common text two descriptions speak of different things


@dataclass(frozen=True)
class Match:
    """What was found for a row: a record, nothing, or a doubt."""

    record: Mapping[str, Any] | None = None
    doubt: str = ""  # why a person must decide
    twin: int = 0  # number of the first row of this workbook that reads the same; 0: none


def normal(text: object) -> str:
    """A text without what two typists do differently."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", str(text or ""))).lower()


def number_key(number: object) -> str:
    """A number without what two typists do differently. What parts its digits stays: 1-12 is not 11-2."""
    plain = unicodedata.normalize("NFKC", str(number or "")).lower()
    whole = _NOISE.sub("", plain)
    if _OF_AN_INSPECTION.fullmatch(whole):
        return whole
    return _NOISE.sub("-", _BLANKS.sub("", _BLANK_OF_DIGITS.sub("-", plain))).strip("-")


class Finder:
    """The records of one table, found by what identifies them."""

    def __init__(self, table: str, records: Iterable[Mapping[str, Any]], who: Registry) -> None:
        self._text = "description" if table == "problem" else "content"
        self._who = who
        self._exact: dict[str, Mapping[str, Any]] = {}
        self._numbered: defaultdict[tuple[str, str, str], list[Mapping[str, Any]]] = defaultdict(list)
        self._worded: defaultdict[tuple[str, str, str], list[Mapping[str, Any]]] = defaultdict(list)
        self._used: set[bytes] = set()
        self._read: dict[tuple[str, str, str], int] = {}  # what was read → number of the first such row
        self._received: dict[str, int] = {}  # receipt number that was read → number of its row
        for record in records:
            for name in ("number", "receipt_number"):
                if record.get(name):
                    self._exact.setdefault(number_key(record[name]), record)
            for name in FOREIGN_NUMBERS:
                if record.get(name):
                    self._numbered[name, number_key(record[name]), normal(record.get("source"))].append(record)
            self._worded[self._words(record)].append(record)

    def _words(self, values: Mapping[str, Any]) -> tuple[str, str, str]:
        town = str(values.get("township") or "")
        return (
            normal(values.get("source")),
            self._who.resolve(town) or self._who.key(town),
            normal(values.get(self._text)),
        )

    def find(self, values: Mapping[str, Any], row: int) -> Match:
        """The record that a row of the workbook (1-based number) with these values speaks of."""
        key = self._words(values)
        twin = self._read.setdefault(key, row)
        found = self._twice(values, row) or self._by_number(values) or self._by_words(key, values)
        if twin != row and not found.doubt:
            found = replace(found, twin=twin)
        if found.record is not None:
            self._used.add(found.record["id"])
        return found

    def _twice(self, values: Mapping[str, Any], row: int) -> Match | None:
        number = number_key(values.get("receipt_number"))
        first = self._received.setdefault(number, row) if number else row
        return None if first == row else Match(doubt=f"第 {first} 行已有这个受理编号，请核对后并成一行，或者改正编号")

    def _by_number(self, values: Mapping[str, Any]) -> Match | None:
        for name in ("receipt_number", "number"):
            record = self._exact.get(number_key(values.get(name))) if values.get(name) else None
            if record is not None and record["id"] not in self._used:
                return self._if_alike(record, values) if name == "number" else Match(record)
        if values.get("receipt_number"):
            return Match()
        for name in FOREIGN_NUMBERS:
            key = (name, number_key(values.get(name)), normal(values.get("source")))
            free = [r for r in self._numbered[key] if r["id"] not in self._used] if key[1] else []
            if free:
                return self._if_alike(max(free, key=lambda r: self._alike(r, values)), values)
        return None

    def _if_alike(self, record: Mapping[str, Any], values: Mapping[str, Any]) -> Match:
        if self._alike(record, values) < ALIKE:
            number = record.get("number") or record["id"].hex()
            return Match(doubt=f"可能是另一条：编号与 {number} 相同，但内容差别很大")
        return Match(record)

    def _alike(self, record: Mapping[str, Any], values: Mapping[str, Any]) -> float:
        one, other = normal(record.get(self._text)), normal(values.get(self._text))
        return 1.0 if one == other else SequenceMatcher(None, one, other, autojunk=False).ratio()

    def _by_words(self, key: tuple[str, str, str], values: Mapping[str, Any]) -> Match:
        free = [r for r in self._worded[key] if r["id"] not in self._used and not _contradict(r, values)]
        if not free:
            return Match()
        return Match(max(free, key=lambda r: _agreement(r, values)))


def _contradict(record: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    """Whether both carry a number of one kind, and it differs."""
    names = (*FOREIGN_NUMBERS, "receipt_number")
    return any(record.get(n) and values.get(n) and number_key(record[n]) != number_key(values[n]) for n in names)


def _agreement(record: Mapping[str, Any], values: Mapping[str, Any]) -> int:
    """How many of the other columns say the same: tells rows apart that read alike."""
    names = ("place", "found_on", "person", "deadline", "deadline_text", "batch", "round")
    return sum(bool(values.get(n)) and record.get(n) == values.get(n) for n in names)
