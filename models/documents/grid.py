"""A sheet as it looks: its rows as texts, made when they are looked at, so that a long sheet costs nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import overload

from models.documents.raw import Kind, RawBook, RawCell, RawSheet
from models.documents.texts import clean

_CHARS = 120  # of one cell
_KEPT = 256  # rows


class Grid(Sequence[tuple[str, ...]]):
    """The rows of a sheet, all of the same width."""

    def __init__(self, sheet: RawSheet) -> None:
        self._rows = sheet.rows
        self._made: dict[int, tuple[str, ...]] = {}  # rows that were looked at lately: a view asks cell by cell
        self._width = max((len(row) for row in sheet.rows), default=0)

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> tuple[str, ...]: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[tuple[str, ...], ...]: ...
    def __getitem__(self, at: int | slice) -> tuple[str, ...] | tuple[tuple[str, ...], ...]:
        if isinstance(at, slice):
            return tuple(self[row] for row in range(*at.indices(len(self))))
        known = self._made.get(at)
        if known is None:
            row = self._rows[at]
            texts = [" ".join(clean(cell.text).split())[:_CHARS] if cell else "" for cell in row]
            known = (*texts, *[""] * (self._width - len(row)))
            if len(self._made) >= _KEPT:
                self._made.clear()
            self._made[at] = known
        return known


def rewritten(book: RawBook, name: str, cells: Mapping[str, str]) -> RawBook:
    """The workbook with other words in some cells of a sheet, by address; "" empties one. The file stays as it is."""
    if not cells:
        return book
    return replace(book, sheets=[_sheet(one, cells) if one.name == name else one for one in book.sheets])


def _sheet(sheet: RawSheet, cells: Mapping[str, str]) -> RawSheet:
    rows = list(sheet.rows)
    for address, text in cells.items():
        row, column = place(address)
        if not (0 <= row < len(rows) and column >= 0):
            continue
        changed = list(rows[row]) + [None] * (column + 1 - len(rows[row]))
        changed[column] = RawCell(Kind.TEXT, text) if text else None
        rows[row] = changed
    return replace(sheet, rows=rows)


def place(address: str) -> tuple[int, int]:
    """Row and column of a cell, both 0-based; (-1, -1) for what is no address."""
    letters = address.rstrip("0123456789")
    digits = address[len(letters) :]
    if not letters.isalpha() or not letters.isascii() or not digits or len(letters) > 3 or len(digits) > 7:
        return -1, -1
    column = 0
    for sign in letters.upper():
        column = column * 26 + ord(sign) - 64
    return int(digits) - 1, column - 1
