"""A table that knows the order of all its lines, and fetches those that are looked at in blocks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal, Slot

from gui.tables.columns import Column
from gui.tables.ticks import Ticks

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NOWHERE = QModelIndex()

LineRole = Role.UserRole
ColumnRole = Role.UserRole.value + 1
TickedRole = Role.UserRole.value + 2  # whether the line is ticked

BLOCK = 60  # lines that are fetched at once: two screens
KEPT = 3_000  # lines that are kept
WAITING = "…"


def cell(column: Column, line: Any, role: int) -> Any:
    """What a column shows of a line."""
    match role:
        case Role.DisplayRole:
            return "" if column.kind == "light" else column.text(line)
        case Role.ToolTipRole:
            return (column.tip(line) if column.tip else "") or None
        case Role.AccessibleTextRole:
            return column.tip(line) if column.tip and column.kind == "light" else column.text(line)
        case Role.TextAlignmentRole:
            return column.align
        case _:
            return line if role == LineRole else column if role == ColumnRole else None


def heading(columns: Sequence[Column], section: int, orientation: Qt.Orientation, role: int) -> Any:
    """What a heading shows."""
    if orientation is Qt.Orientation.Horizontal and section < len(columns):
        if role == Role.DisplayRole:
            return columns[section].heading
        if role == Role.TextAlignmentRole:
            return columns[section].align
        if role == ColumnRole:
            return columns[section]
        if role == Role.ToolTipRole:
            return columns[section].about
    return None


class PagedTable(QAbstractTableModel):
    """Holds the rows of all lines in order, shows a placeholder for those that are not here yet.

    It never touches a database or a thread: it emits `wanted` with the rows it misses, and the page that owns it
    answers with `take`. What was missed during one paint is asked for once.
    """

    wanted = Signal(object)  # tuple of rows (keys of the lines, not places in the list)

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None, ticks: Ticks | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.ticks = ticks
        if ticks is not None:
            ticks.changed.connect(self._tick)
        self._rows: tuple[int, ...] = ()
        self._places: dict[int, int] = {}
        self._lines: dict[int, Any] = {}
        self._stale: set[int] = set()
        self._missed: set[int] = set()  # places in the list that were looked at and are not here
        self._asked: set[int] = set()  # rows that are on their way
        self._soon = QTimer(self)
        self._soon.setObjectName("ask for lines soon")
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._ask)

    @property
    def rows(self) -> tuple[int, ...]:
        """The rows of all lines in order."""
        return self._rows

    def show(self, rows: Sequence[int]) -> None:
        """Show these rows. If they are the same as before, only their lines are fetched again."""
        rows = tuple(rows)
        self._asked.clear()
        self._missed.clear()
        if rows == self._rows:
            self._stale = set(self._lines)
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(self.columns) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self._places = {row: at for at, row in enumerate(rows)}
        self._stale = set(self._lines)
        self.endResetModel()

    def take(self, rows: Sequence[int], lines: Sequence[Any]) -> None:
        """Show lines that were asked for; `rows` are those that were asked, whether or not all came."""
        self._asked.difference_update(rows)
        self._stale.difference_update(rows)
        for line in lines:
            self._lines[line.row] = line
        places = sorted(self._places[row] for row in rows if row in self._places)
        if places:
            self.dataChanged.emit(self.index(places[0], 0), self.index(places[-1], len(self.columns) - 1))
        while len(self._lines) > KEPT:
            self._lines.pop(next(iter(self._lines)))

    def line(self, at: int) -> Any | None:
        """The line at a place, if it is here."""
        return self._lines.get(self._rows[at]) if 0 <= at < len(self._rows) else None

    def place(self, row: int) -> int:
        """Where a row stands; -1 if it is not in the list."""
        return self._places.get(row, -1)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        return heading(self.columns, section, orientation, role)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column, row = self.columns[index.column()], self._rows[index.row()]
        if self.ticks is not None and (role == TickedRole or column.kind == "tick"):
            return self._ticked(column, role, on=row in self.ticks)
        if role in (Role.DisplayRole, LineRole) and (row not in self._lines or row in self._stale):
            self._miss(index.row())
        line = self._lines.get(row)
        if line is None:
            if role == Role.DisplayRole and not column.width:
                return WAITING
            return cell(column, None, role) if role in (Role.TextAlignmentRole, ColumnRole) else None
        return cell(column, line, role)

    def glance(self, row: int, column: int) -> tuple[Column, Any | None, bool | None]:
        """What a cell is painted from: its column, its line if it is here, whether that is ticked (None: cannot be)."""
        key = self._rows[row]
        line = self._lines.get(key)
        if line is None or key in self._stale:
            self._miss(row)
        return self.columns[column], line, None if self.ticks is None else key in self.ticks

    @staticmethod
    def _ticked(column: Column, role: int, *, on: bool) -> Any:
        """What the tick box of a line says; it is known before the line is here."""
        match role:
            case Role.CheckStateRole:
                return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
            case Role.AccessibleTextRole:
                return "已选" if on else "未选"
            case _:
                return on if role == TickedRole else column if role == ColumnRole else None

    @Slot()
    def _tick(self) -> None:
        if self._rows:
            last = self.index(len(self._rows) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last, [Role.CheckStateRole, TickedRole])

    def _miss(self, at: int) -> None:
        self._missed.add(at)
        if not self._soon.isActive():
            self._soon.start()

    @Slot()
    def _ask(self) -> None:
        """Ask for whole blocks around what was looked at, so that the next turn of the wheel finds them here."""
        blocks = {at // BLOCK for at in self._missed if at < len(self._rows)}
        self._missed.clear()
        wanted: list[int] = []
        for block in sorted(blocks):
            wanted.extend(
                row
                for row in self._rows[block * BLOCK : (block + 1) * BLOCK]
                if row not in self._asked and (row not in self._lines or row in self._stale)
            )
        if wanted:
            self._asked.update(wanted)
            self.wanted.emit(tuple(wanted))

    def drop(self, rows: Sequence[int]) -> None:
        """These will not come: ask again when they are looked at."""
        self._asked.difference_update(rows)
