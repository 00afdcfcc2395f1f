"""A change of a record as people read it, in the window and on paper: what stood there, and what stands there then."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, cast

from models.domain import words
from models.domain.field import Type
from models.domain.fields import TABLES

VOID, MONTH = "void", "dispatch"  # what is told of a change that is no field
SAME = "unchanged"
EMPTY, NOT_HERE, WHOLE = "（空）", "（本机没有）", "整条记录"
_ID = re.compile(r"[0-9a-f]{32}")


def value(field: str, stored: Any, table: str = "") -> str:
    """A stored value of a field: enum words in Chinese, several values joined, dated states with their dates.

    `table`: whose field it is, where one name means several; `permit.kind` says so itself.
    """
    if stored is None or not (stored or stored == 0):
        return ""
    part, _, name = field.rpartition(".")
    known = TABLES.get(part or table, {}).get(name)
    if known is not None and known.type is Type.CHOICE:
        return known.states.get(str(stored), str(stored))
    if known is not None and known.type is Type.RECORD and _ID.fullmatch(str(stored)):
        return "另一条记录"
    if isinstance(stored, bool):
        return words.YES_NO["true" if stored else "false"]
    if isinstance(stored, Sequence) and not isinstance(stored, str):
        return "；".join(_part(field, one) for one in cast("Sequence[Any]", stored))
    return words.say(field, stored)


def _part(field: str, stored: Any) -> str:
    """One of several values; a dated state is a pair of its date and its word."""
    pair = cast("Sequence[Any]", stored) if isinstance(stored, Sequence) and not isinstance(stored, str) else ()
    if len(pair) == 2:
        day, state = pair
        return f"{words.say(field, state)}（{day}）" if day else words.say(field, state)
    return words.say(field, cast("object", stored))


def month(stored: str) -> str:
    """2026-11 as 2026年11月."""
    year, _, number = stored.partition("-")
    return f"{year}年{int(number)}月" if number.isdigit() else stored


def before(what: str, field: str, now: Any, table: str) -> str:
    """What stands in this home before a change."""
    if what == SAME:
        return ""
    if field == VOID:
        return "已作废" if now else "有效"
    return value(field, now, table) or (NOT_HERE if what == "new" else EMPTY)


def after(what: str, field: str, then: Any, table: str) -> str:
    """What stands there after it."""
    if what == SAME:
        return "与本机一样"
    if field == MONTH:
        return f"填了{month(str(then))}的"
    if field == VOID:
        return f"作废（自 {then}）" if then else "恢复有效"
    return value(field, then, table) or (WHOLE if what == "new" else EMPTY)
