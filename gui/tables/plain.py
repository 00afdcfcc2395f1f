"""A table of lines that are all here: units, packages, cells, changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt

from gui.tables.columns import Column
from gui.tables.paged import NOWHERE, Index, Role, cell, heading


class PlainTable(QAbstractTableModel):
    """Shows the lines it was given, in their order; `sorting.py` gives them another one."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.lines: list[Any] = []

    def show(self, lines: Sequence[Any]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def line(self, at: int) -> Any | None:
        """The line at a place."""
        return self.lines[at] if 0 <= at < len(self.lines) else None

    def glance(self, row: int, column: int) -> tuple[Column, Any | None, bool | None]:
        """What a cell is painted from: its column and its line."""
        return self.columns[column], self.lines[row], None

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        return heading(self.columns, section, orientation, role)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        return cell(self.columns[index.column()], self.lines[index.row()], role)
