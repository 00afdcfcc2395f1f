"""The grid's table: a problem a row; last month's pace, then what is typed. It knows no ledger and no thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt, Signal

from gui import saying
from gui.panels.months.typed import FIELDS, Change, Typed
from gui.tables.paged import NOWHERE, Index, Role
from gui.widgets.chips import name_of
from models.domain import words
from models.domain.fields import label
from models.services.views.months import MonthLine, MonthSheet

# The columns, from left to right: three that are read, four that are typed into, one that says how far a row is.
LIGHT, TITLE, LAST, PACE, PROGRESS, DIFFICULTIES, NEXT, STATE = COLUMNS = tuple(range(8))
FIELD_OF = dict(zip((PACE, PROGRESS, DIFFICULTIES, NEXT), FIELDS, strict=True))
ZERO = "本月无进展"
TONE = {"missing": "yellow", "reported": "green", "again": "accent", "returned": "red", "accepted": "green"}
VIEWS: dict[str, Callable[[MonthLine], bool]] = {
    "": lambda _: True,
    "missing": lambda one: one.state == "missing",
    "returned": lambda one: one.state == "returned",
    "waiting": lambda one: one.state in ("reported", "again"),
    "accepted": lambda one: one.state == "accepted",
    "late": lambda one: one.late,
    "zero": lambda one: one.now is not None and one.now.zero,
    "reported": lambda one: one.is_told,
}


class MonthTable(QAbstractTableModel):
    """Shows the lines of a sheet, or some of them; what is typed is kept beside them."""

    typed_into = Signal()  # something was typed, or a step was taken

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.typed = Typed()
        self.sheet = MonthSheet("", "", "", (), (), {})
        self.lines: dict[str, MonthLine] = {}
        self._shown: list[MonthLine] = []
        self._places: dict[str, int] = {}
        self._headings = ("灯", "问题", "", "", "", "", "", "状态")

    def show(self, sheet: MonthSheet, shown: Sequence[MonthLine]) -> None:
        """Show these lines of a sheet; what was typed stays where it is the same month."""
        self.beginResetModel()
        if sheet.month != self.sheet.month:
            self.typed.begin()
        if sheet is not self.sheet:
            self.sheet, self.lines = sheet, {one.id: one for one in sheet.lines}
            self.typed.rest(self.lines)
        self._shown = list(shown)
        self._places = {one.id: at for at, one in enumerate(self._shown)}
        number = int(sheet.month[5:] or 0)
        last = f"{number - 1 or 12}月" if number else ""
        said = [label("dispatch", field) for field in FIELDS]
        self._headings = ("灯", "问题", f"{last}{said[0]}", f"{said[0]} *", f"{said[1]} *", said[2], said[3], "状态")
        self.endResetModel()

    def line(self, row: int) -> MonthLine | None:
        """The problem of a row."""
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def row_of(self, id_: str) -> int:
        """The row of a problem; -1 where it is not shown."""
        return self._places.get(id_, -1)

    # ------------------------------------------------------------------------------------- what a cell says

    def text(self, line: MonthLine, column: int) -> str:
        """The words of a cell."""
        if column == TITLE:
            return line.title
        if column == LAST:
            return words.say("pace", line.last.pace) if line.last and line.last.pace else saying.MISSING
        if column == STATE:
            return self.state(line)[0]
        text = self.typed.value(line, FIELD_OF[column]) if column in FIELD_OF else ""
        if column == PROGRESS and not text and self.typed.value(line, "zero") == "true":
            return ZERO
        return words.PACE.get(text, text) if column == PACE else text

    def state(self, line: MonthLine) -> tuple[str, str]:
        """How far a row is, in a word, and its tone."""
        if line.id in self.typed.values:
            complete = not any(self.typed.fault(line, field) for field in FIELDS)
            return ("待保存", "accent") if complete else ("没填完", "orange")
        if line.now is not None and line.now.zero and line.state == "reported":
            return "零报告", "grey"
        late = "（迟）" if line.late and line.state != "missing" else ""
        return f"{words.MONTH_STATE[line.state]}{late}", TONE[line.state]

    def tip(self, line: MonthLine, column: int) -> str:
        """What a cell says beyond its words."""
        if column == LIGHT:
            return name_of(line.light, line.light_why)
        if column == TITLE:
            return f"{line.number}  {line.title}"
        if column == STATE:
            entry = line.now
            return f"退回原因：{entry.opinion}" if entry and line.state == "returned" else ""
        if column in FIELD_OF:
            return self.typed.fault(line, FIELD_OF[column]) or self.text(line, column)
        return ""

    # ------------------------------------------------------------------------------------- being typed into

    def put(self, texts: Iterable[tuple[int, int, str]], *, on: bool = False) -> int:
        """Write into cells (row, column, text) as one step; how many changed. `on`: see Typed.put."""
        wanted = [
            (line, FIELD_OF[column], text)
            for row, column, text in texts
            if column in FIELD_OF and (line := self.line(row)) is not None
        ]
        return self._told(self.typed.put(_moving(self.typed, wanted), on=on))

    def zero(self, rows: Iterable[int], *, on: bool = True) -> int:
        """Report that nothing moved, in rows of which nothing is said; how many."""
        lines = [line for row in rows if (line := self.line(row)) is not None]
        if on:
            lines = [one for one in lines if one.now is None and not any(self.typed.value(one, f) for f in FIELDS)]
        return self._told(self.typed.put((one, "zero", "true" if on else "") for one in lines))

    def step(self, *, back: bool) -> int:
        """One step back, or forth again; the row where something changed, -1 for none."""
        changes = self.typed.step(self.lines, back=back)
        self._told(changes)
        return max((self.row_of(one.id) for one in changes), default=-1)

    def _told(self, changes: Sequence[Change]) -> int:
        rows = [self.row_of(one.id) for one in changes if one.id in self._places]
        if rows:
            self.dataChanged.emit(self.index(min(rows), 0), self.index(max(rows), STATE))
        if changes:
            self.typed_into.emit()
        return len(changes)

    # ------------------------------------------------------------------------------------- as Qt asks

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        known = super().flags(index)
        return known | Qt.ItemFlag.ItemIsEditable if index.isValid() and index.column() in FIELD_OF else known

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Role.DisplayRole and 0 <= section < len(COLUMNS):
            return self._headings[section]
        return None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        match role:
            case Role.DisplayRole:
                return self.text(line, index.column())
            case Role.EditRole:
                field = FIELD_OF.get(index.column())
                return self.typed.value(line, field) if field else self.text(line, index.column())
            case Role.ToolTipRole:
                return self.tip(line, index.column()) or None
            case Role.AccessibleTextRole:
                return self.text(line, index.column()) or self.tip(line, index.column())
            case _:
                return None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        if role != Role.EditRole or not index.isValid() or index.column() not in FIELD_OF:
            return False
        self.put([(index.row(), index.column(), str(value or ""))])
        return True


def _moving(typed: Typed, texts: Iterable[tuple[MonthLine, str, str]]) -> Iterable[tuple[MonthLine, str, str]]:
    """Where something is written, nothing moved is not true any more."""
    for line, field, text in texts:
        if text.strip() and typed.value(line, "zero") == "true":
            yield line, "zero", ""
        yield line, field, text
