"""Who may write what (sync.md 5.0 law 13), and whether a value fits its field. Pure questions, no state."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cache, lru_cache
from typing import cast

from models.domain.field import Field, Owner, Type
from models.domain.fields import TABLES
from models.domain.limits import FIELD_CHARS
from models.domain.operation import Value
from models.domain.unit import Author

COUNT_MOST = 10**9
_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_DAY_CHARS = 10
_SHAPES = {Type.MONTH: re.compile(r"\d{4}-(0[1-9]|1[0-2])"), Type.HASH: re.compile("[0-9a-f]{64}"),
           Type.RECORD: re.compile("[0-9a-f]{32}")}  # fmt: skip


@dataclass(frozen=True)
class Ties:
    """How units are tied to one record at the top of a history."""

    creator: str | None  # None: nobody (a derived id)
    responsible: Collection[str]  # every unit ever named as township or lead unit
    cooperating: Collection[str]  # units named as cooperating, supervising or responsible beside it


class Right(Enum):
    """What a unit is to a record, as far as its fields are concerned."""

    COUNTY = "county"
    CREATOR = "creator"  # of the record, or of the record at the top
    RESPONSIBLE = "responsible"
    NONE = "none"


_MAY = {  # whose fields each may write; fields of this disk alone may be written by everybody
    Right.COUNTY: frozenset(Owner),
    Right.CREATOR: frozenset({Owner.CREATOR, Owner.RESPONSIBLE, Owner.LOCAL}),
    Right.RESPONSIBLE: frozenset({Owner.RESPONSIBLE, Owner.LOCAL}),
    Right.NONE: frozenset({Owner.LOCAL}),
}


def right(author: Author, ties: Ties, creator: str | None) -> Right:
    """What the author's unit is to a record; `creator` is the record's own, for parts too."""
    if author.is_county:
        return Right.COUNTY
    if author.unit in (creator, ties.creator):
        return Right.CREATOR
    return Right.RESPONSIBLE if author.unit in ties.responsible else Right.NONE


def may_write(field: Field, author: Author, ties: Ties, creator: str | None) -> bool:
    """Whether the author's unit may write a field of a record."""
    return field.owner in _MAY[right(author, ties, creator)]


@cache
def fields_of(table: str, right_: Right, *, local: bool, makes: bool) -> dict[str, Field]:
    """The fields of a table that one operation may write.

    `local`: the operation never leaves its disk; `makes`: it makes the record, and says what is said but once.
    """
    return {
        name: field
        for name, field in TABLES[table].items()
        if (field.owner is Owner.LOCAL) == local and field.owner in _MAY[right_] and (makes or not field.fixed)
    }


@cache
def _free(table: str) -> frozenset[str]:
    """The fields of a table that hold any text."""
    return frozenset(f.name for f in TABLES[table].values() if f.type in (Type.TEXT, Type.LIST))


def fitting(table: str, mine: dict[str, Field], said: Mapping[str, tuple[Value, object]]) -> list[str]:
    """Of what one operation says, the fields that are in `mine` and that hold what fits them."""
    free = _free(table)
    return [
        name
        for name, (value, _) in said.items()
        if name in mine
        and ((name in free and type(value) is str and len(value) <= FIELD_CHARS) or fits(mine[name], value))
    ]


def may_remark(author: Author, ties: Ties) -> bool:
    """Whether the author's unit may add a remark."""
    unit = author.unit
    return author.is_county or unit == ties.creator or unit in ties.responsible or unit in ties.cooperating


def may_void(author: Author, creator: str | None) -> bool:
    """Whether the author's unit may void a record, and take that back."""
    return author.is_county or author.unit == creator


def fits(field: Field, value: Value) -> bool:
    """Whether a value is one that this field may hold."""
    if value is None:
        return True
    match field.type:
        case Type.FACTS:
            return _fits_facts(field, value)
        case Type.NUMBER:
            return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15
        case Type.COUNT:
            return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < COUNT_MOST
        case Type.CHOICE:
            return isinstance(value, str) and value in field.states
        case Type.DATE:
            return is_day(value)
        case Type.MONTH | Type.HASH | Type.RECORD:
            return isinstance(value, str) and bool(_SHAPES[field.type].fullmatch(value))
        case Type.TEXT | Type.LIST:
            return isinstance(value, str) and len(value) <= FIELD_CHARS


def is_day(value: Value) -> bool:
    """Whether a value is a day that the calendar has, in the one form in which days are kept."""
    return isinstance(value, str) and len(value) == _DAY_CHARS and _is_day(value)


@lru_cache(maxsize=8_192)
def _is_day(value: str) -> bool:
    if not _DAY.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _fits_facts(field: Field, value: Value) -> bool:
    if not isinstance(value, list):
        return False
    last: str | None = None
    for event in value:
        if not isinstance(event, list) or len(event) != 2:
            return False
        day, state = cast("list[object]", event)
        if not isinstance(day, str) or not isinstance(state, str):
            return False
        if (day and not is_day(day)) or state not in field.states or (last is not None and day <= last):
            return False
        last = day
    return True
