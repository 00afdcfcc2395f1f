"""Record numbers that are unique without a network: unit code – year – counter – letters of the device."""

from __future__ import annotations

from hashlib import sha256

from sqlalchemy import Connection, func, select

from models.store.schema import problem

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def letters(device: str) -> str:
    """Two letters that tell the devices of one unit apart."""
    value = int.from_bytes(sha256(device.encode()).digest()[:4], "big")
    return _LETTERS[value % 24] + _LETTERS[value // 24 % 24]


class Numbers:
    """Hands out the next numbers of problems for one device within one transaction."""

    def __init__(self, connection: Connection, unit: str, device: str, year: int) -> None:
        self._connection = connection
        self._prefix, self._suffix = f"{unit}-{year}-", f"-{letters(device)}"
        self._last: int | None = None

    def next(self) -> str:
        """The number of the next new problem."""
        self._last = (self._highest() if self._last is None else self._last) + 1
        return f"{self._prefix}{self._last:04}{self._suffix}"

    def _highest(self) -> int:
        """The greatest counter given so far. A number is a text that others write too: only such as ours count."""
        column = problem.c.number
        counter = func.substr(column, len(self._prefix) + 1, func.length(column) - len(self._prefix + self._suffix))
        like = column.startswith(self._prefix, autoescape=True) & column.endswith(self._suffix, autoescape=True)
        ours = like & func.length(counter).between(_DIGITS_LEAST, _DIGITS_MOST) & counter.not_op("GLOB")("*[^0-9]*")
        return int(self._connection.scalar(select(func.max(cast(counter, Integer))).where(ours)) or 0)
