"""Which rows of a list are ticked: rows, not places, so that another order or filter does not change them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal


class Ticks(QObject):
    """The ticked rows, also those whose lines are not here, or that the present filter does not show."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[int, None] = {}  # in the order in which they were ticked

    def __contains__(self, row: object) -> bool:
        return row in self._rows

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def rows(self) -> tuple[int, ...]:
        """The ticked rows."""
        return tuple(self._rows)

    def flip(self, rows: Iterable[int]) -> None:
        """Tick these rows; where all of them are ticked already, take their ticks away."""
        some = dict.fromkeys(rows)
        if some.keys() <= self._rows.keys():
            self.put([row for row in self._rows if row not in some])
        else:
            self.put([*self._rows, *some])

    def put(self, rows: Iterable[int]) -> None:
        """Tick these rows and no others."""
        new = dict.fromkeys(rows)
        if new != self._rows:
            self._rows = new
            self.changed.emit()

    def share(self, rows: tuple[int, ...]) -> int:
        """How many of these rows are ticked."""
        return sum(1 for row in rows if row in self._rows) if self._rows else 0
