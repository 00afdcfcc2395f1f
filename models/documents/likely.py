"""What a doubtful column is likely to be: two to four choices for the one question that is asked about it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from models.documents.states import CLOSING, COMPLETED, FINISH, PACE, read_state
from models.documents.texts import squash
from models.domain.deadline import read_day, read_deadline

ASIDE_FIELD = "remark"  # always possible: the words are kept in the remark, with their heading
_MOST = 3  # besides the remark
_FITS = 0.3  # share of the cells that must read as a field before it is offered
_LONG = 12  # letters from which on a cell is a text
_UNIT = re.compile(r"[镇乡局办委]$|街道|园区|政府|管委会|林场|公司|县委|支队|大队")
_NAME = re.compile(r"^[一-鿿·]{2,4}$")
_PHONE = re.compile(r"\d{7,}")

# Fields that one heading may mean in one ledger and the next.
_FAMILIES = {
    "problems": (
        (PACE, "progress", COMPLETED, CLOSING),
        ("deadline", "found_on", COMPLETED, "closed_on"),
        ("responsible_units", "lead_unit", "township", "cooperating_units", "supervising_unit"),
        ("description", "goal", "measures_text", "progress"),
        ("county_number", "city_number", "province_number"),
        ("person", "leader", "phone"),
        ("source", "batch", "round"),
        ("categories", "trade"),
    ),
    "petitions": (
        (FINISH, "handling", CLOSING),
        ("found_on", "finished_on", "closed_on"),
        ("lead_unit", "cooperating_units", "township"),
        ("content", "investigation", "handling"),
        ("person", "phone"),
        ("receipt_number", "batch"),
        ("orders", "cases", "talks", "accountability", "fine_wan"),
    ),
}


def likely(field: str | None, kind: str, values: Sequence[str]) -> tuple[str, ...]:
    """The fields that a column may be, the most likely first; the remark is always the last of them."""
    families = [one for one in _FAMILIES[kind] if field in one] or _FAMILIES[kind]
    guess = [field] if field and field != ASIDE_FIELD else []
    worth = {name: _share(values, _reads_as(name)) for family in families for name in family}
    others = sorted((name for name in worth if name not in guess and worth[name] >= _FITS), key=lambda n: -worth[n])
    if not guess and not others and values:
        others = list(families[0]) if len(families) == 1 else []
    return (*guess, *others[: _MOST - len(guess)], ASIDE_FIELD)


def _share(values: Sequence[str], reads: Callable[[str], object]) -> float:
    return sum(bool(reads(value)) for value in values) / len(values) if values else 0.0


def _reads_as(name: str) -> Callable[[str], object]:
    """Whether one cell can be read as a field."""
    if name in {PACE, CLOSING, FINISH, COMPLETED}:
        return lambda text: _states(text, name) or (name == COMPLETED and _is_day(text))
    if name.endswith("_on"):
        return _is_day
    return _READS.get(name, lambda _: False)


def _states(text: str, axis: str) -> bool:
    read = read_state(text, axis)
    return read is not None and axis in read.states


def _is_day(text: str) -> bool:
    read = read_day(text)
    return read is not None and read.day is not None


def _is_limit(text: str) -> bool:
    read = read_deadline(text, found_on=None)
    return bool(read.kind or read.day)


def _is_unit(text: str) -> bool:
    return bool(_UNIT.search(squash(text)))


def _is_text(text: str) -> bool:
    return len(text) >= _LONG


def _is_number(text: str) -> bool:
    return squash(text).isdigit()


_READS: dict[str, Callable[[str], object]] = {
    "deadline": _is_limit,
    **dict.fromkeys(("responsible_units", "lead_unit", "township", "cooperating_units", "supervising_unit"), _is_unit),
    **dict.fromkeys(("description", "content", "investigation", "goal", "measures_text"), _is_text),
    **dict.fromkeys(("progress", "handling"), lambda text: len(text) >= 4),
    **dict.fromkeys(("orders", "cases", "talks", "accountability", "fine_wan"), _is_number),
    **dict.fromkeys(("person", "leader"), lambda text: _NAME.match(squash(text))),
    "phone": lambda text: _PHONE.search(squash(text)),
    **dict.fromkeys(("county_number", "city_number", "province_number"), lambda text: re.search(r"\d", text)),
}
