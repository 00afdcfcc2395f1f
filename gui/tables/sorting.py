"""The order of a list whose lines are all here: as a person chose it by a heading, else as they came."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, cast

from PySide6.QtCore import QObject, Slot

from gui.tables.plain import PlainTable
from gui.tables.view import LineView


class Sorting(QObject):
    """Shows lines in their order, and again in another one when a heading is pressed; it lives as long as its list."""

    def __init__(
        self, view: LineView, field: str = "", *, descending: bool = False, key: Callable[[Any, str], Any] = getattr
    ) -> None:
        super().__init__(view)
        self._view, self._key = view, key
        self._field, self._down = field, descending
        self._lines: Sequence[Any] = ()
        self._first: Sequence[Any] = ()
        self._last: Sequence[Any] = ()
        view.sorted_by.connect(self._sort)

    def show(self, lines: Iterable[Any], *, first: Sequence[Any] = (), last: Sequence[Any] = ()) -> None:
        """Show other lines. `first`, `last`: what stands above or below them in any order, such as a total."""
        self._lines, self._first, self._last = tuple(lines), first, last
        self._fill()

    def forget(self) -> None:
        """Other columns stand there: the lines are in the order in which they come."""
        self._field, self._down = "", False

    @Slot(str, bool)
    def _sort(self, field: str, down: bool) -> None:  # noqa: FBT001 - a slot
        self._field, self._down = field, down
        self._fill()

    def _fill(self) -> None:
        some, field = self._lines, self._field
        if field:
            some = sorted(some, key=lambda line: self._key(line, field), reverse=self._down)
        cast("PlainTable", self._view.model()).show([*self._first, *some, *self._last])
        self._view.sort_mark(field, descending=self._down)
        self._view.fit()
