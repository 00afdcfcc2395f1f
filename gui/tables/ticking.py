"""A table of lines with a tick each; the lines have an `id`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Signal, Slot

from gui.tables.columns import Column
from gui.tables.plain import PlainTable
from gui.tables.view import LineView


class TickTable(PlainTable):
    """Lines that are ticked, alone or several together."""

    changed = Signal()  # a person ticked, or took ticks away
    ticked: frozenset[str] = frozenset()

    def serve(self, view: LineView) -> None:
        """Stand in a list, and follow what is ticked there."""
        view.show_model(self)
        view.ticked.connect(self._tick)
        view.ticked_some.connect(self.toggle)
        self.changed.connect(view.viewport().update)

    @Slot(object)
    def toggle(self, places: Iterable[int]) -> None:
        """Tick these lines; where all of them are ticked, take the ticks away."""
        some = frozenset(self.lines[at].id for at in places)
        self.ticked = self.ticked - some if some <= self.ticked else self.ticked | some
        self.changed.emit()

    @Slot()
    def tick_all(self) -> None:
        """Tick every line."""
        self.ticked = frozenset(one.id for one in self.lines)
        self.changed.emit()

    @Slot()
    def untick(self) -> None:
        """Take all ticks away."""
        self.ticked = frozenset()
        self.changed.emit()

    @Slot(int)
    def _tick(self, at: int) -> None:
        self.toggle((at,))

    def glance(self, row: int, column: int) -> tuple[Column, Any | None, bool | None]:
        """With the tick of its line."""
        line = self.lines[row]
        return self.columns[column], line, line.id in self.ticked
