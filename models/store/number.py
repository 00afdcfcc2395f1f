"""Record numbers that are unique without a network: unit code – year – counter – letters of the device.

Before the year stands what kind of record it is: nothing for a problem, W for a source, J for an inspection, Z for a
campaign.
"""

from __future__ import annotations

from hashlib import sha256

from sqlalchemy import Connection, func, select

from models.store.schema import FOLDED

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_DIGITS_MOST = 9
_MARKS = {"problem": "", "source": "W", "inspection": "J", "campaign": "Z"}
NUMBERED = tuple(_MARKS)


def letters(device: str) -> str:
    """Two letters that tell the devices of one unit apart."""
    value = int.from_bytes(sha256(device.encode()).digest()[:4], "big")
    return _LETTERS[value % 24] + _LETTERS[value // 24 % 24]


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
        for number in self._connection.scalars(numbers.order_by(func.length(column).desc(), column.desc())):
            counter = number.removeprefix(self._prefix).removesuffix(self._suffix)
            if counter.isascii() and counter.isdigit() and len(counter) <= _DIGITS_MOST:
                return int(counter)
        return 0
