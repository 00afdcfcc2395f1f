"""A table of lines with a tick each; the lines have an `id`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gui.tables.columns import Column
from gui.tables.plain import PlainTable


class TickTable(PlainTable):
    """Lines that are ticked, alone or several together."""

    ticked: frozenset[str] = frozenset()

    def toggle(self, places: Iterable[int]) -> None:
        """Tick these lines; where all of them are ticked, take the ticks away."""
        some = frozenset(self.lines[at].id for at in places)
        self.ticked = self.ticked - some if some <= self.ticked else self.ticked | some

    def glance(self, row: int, column: int) -> tuple[Column, Any | None, bool | None]:
        """With the tick of its line."""
        line = self.lines[row]
        return self.columns[column], line, line.id in self.ticked
