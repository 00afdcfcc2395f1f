"""Record numbers that are unique without a network: unit code – year – counter – letters of the device.

Before the year stands what kind of record it is: nothing for a problem, W for a source, J for an inspection, Z for a
campaign. A ledger that was put back from a backup remembers up to where the one before it had counted.
"""

from __future__ import annotations

import json
from hashlib import sha256

from sqlalchemy import Connection, func, select

from models.store.schema import FOLDED, setting

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_DIGITS_MOST = 9
_MARKS = {"problem": "", "source": "W", "inspection": "J", "campaign": "Z"}
NUMBERED = tuple(_MARKS)
GIVEN = "numbers_given"  # setting: what `given` said of the ledger that a backup took the place of


def letters(device: str) -> str:
    """Two letters that tell the devices of one unit apart."""
    value = int.from_bytes(sha256(device.encode()).digest()[:4], "big")
    return _LETTERS[value % 24] + _LETTERS[value // 24 % 24]


def given(connection: Connection, unit: str, device: str) -> str:
    """The greatest counters that this ledger, or one that it took the place of, gave to this device, as text."""
    found = _remembered(connection)
    suffix = f"-{letters(device)}"
    for table in NUMBERED:
        column = FOLDED[table].c.number
        mine = select(column).where(FOLDED[table].c.creator == unit, column.endswith(suffix, autoescape=True))
        for number in connection.scalars(mine):
            head, _, counter = number.removesuffix(suffix).rpartition("-")
            if head.startswith(f"{unit}-") and _is_counter(counter):
                found[f"{head}-{suffix}"] = max(int(counter), found.get(f"{head}-{suffix}", 0))
    return json.dumps(found)


def _remembered(connection: Connection) -> dict[str, int]:
    return json.loads(connection.scalar(select(setting.c.value).where(setting.c.name == GIVEN)) or "{}")


def _is_counter(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _DIGITS_MOST


class Numbers:
    """Hands out the next numbers of one kind of record for one device within one transaction."""

    def __init__(self, connection: Connection, unit: str, device: str, year: int, table: str = "problem") -> None:
        self._connection = connection
        self._table = FOLDED[table]
        self._unit = unit
        self._prefix, self._suffix = f"{unit}-{_MARKS[table]}{year}-", f"-{letters(device)}"
        self._last: int | None = None

    def next(self) -> str:
        """The number of the next new record."""
        self._last = (self._highest() if self._last is None else self._last) + 1
        return f"{self._prefix}{self._last:04}{self._suffix}"

    def _highest(self) -> int:
        """The greatest counter so far. A number is a text that other units write too: only our own records count."""
        column = self._table.c.number
        like = column.startswith(self._prefix, autoescape=True) & column.endswith(self._suffix, autoescape=True)
        numbers = select(column).where(like, self._table.c.creator == self._unit)
        before = _remembered(self._connection).get(f"{self._prefix}{self._suffix}", 0)
        for number in self._connection.scalars(numbers.order_by(func.length(column).desc(), column.desc())):
            counter = number.removeprefix(self._prefix).removesuffix(self._suffix)
            if _is_counter(counter):
                return max(int(counter), before)
        return before
