"""Forms: fields in two columns, what was changed in them, and what of it cannot stand."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from gui import theme
from gui.typed import tidy_date
from gui.widgets.choice import Choice
from gui.widgets.editors import LINES, WIDE
from gui.widgets.field import FormField
from gui.widgets.long_text import LongText
from models.domain.field import Field

__all__ = ["Choice", "Form", "FormField", "LongText", "tidy_date"]


class Form(QWidget):
    """Fields in two columns; long ones take the whole width."""

    changed = Signal()
    left = Signal()

    def __init__(self, today: date | None = None) -> None:
        super().__init__()
        self.fields: dict[str, FormField] = {}
        self._today = today
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(24))
        self._grid.setVerticalSpacing(theme.px(6))
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._row, self._column = 0, 0
        self.setMaximumWidth(theme.px(2 * WIDE + 24))

    def add(self, field: Field, *, required: bool = False, lines: int = LINES) -> FormField:
        """Add a field behind the others."""
        made = FormField(field, required=required, lines=lines, today=self._today)
        made.changed.connect(self.changed)
        made.left.connect(self.left)
        self.fields[field.name] = made
        if field.name == "deadline":
            made.counts_from = self.fields.get("found_on")
        if field.long:
            if self._column:
                self._row, self._column = self._row + 1, 0
            self._grid.addWidget(made, self._row, 0, 1, 2)
            self._row += 1
        else:
            self._grid.addWidget(made, self._row, self._column)
            self._row, self._column = (self._row + 1, 0) if self._column else (self._row, 1)
        return made

    def changes(self) -> dict[str, str]:
        """The fields whose values differ from what was put."""
        return {name: one.value for name, one in self.fields.items() if one.is_changed}

    def base(self) -> dict[str, str]:
        """What was put."""
        return {name: one.base for name, one in self.fields.items()}

    def check(self) -> list[FormField]:
        """Read all that was changed; the fields that cannot stand."""
        return [one for one in self.fields.values() if not one.check()]
