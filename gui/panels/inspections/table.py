"""The questions of one inspection as a table: a question a row, 是, 否 and 不适用 beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt, Signal

from gui.panels.inspections.answers import ANSWER, NOTE, NOTHING, UNKNOWN, Answers
from gui.tables.paged import NOWHERE, Index, Role
from models.domain import words
from models.services.views.lists import Record

CODE, TEXT, CHOICES = range(3)
KINDS = tuple(words.ANSWER)  # in the order of the keys 1, 2, 3
OWN = "本地"


class AnswerTable(QAbstractTableModel):
    """Shows what `answers` holds, and types into it."""

    typed_into = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.answers = Answers()

    def show(self, lines: list[Record], *, again: bool, saved: Mapping[str, Mapping[str, str]] = NOTHING) -> None:
        """Show other questions; `again`: those of the same inspection, in which `saved` was written from here."""
        self.beginResetModel()
        self.answers.stand(lines, again=again, saved=saved)
        self.endResetModel()

    def put(self, row: int, name: str, text: str) -> None:
        """Type something into a row."""
        if self.answers.put(row, name, text):
            self.dataChanged.emit(self.index(row, 0), self.index(row, CHOICES))
            self.typed_into.emit()

    def let_go(self, row: int) -> None:
        """Take what the ledger says in place of what was typed into a row."""
        self.answers.let_go(row)
        self.dataChanged.emit(self.index(row, 0), self.index(row, CHOICES))
        self.typed_into.emit()

    def text(self, row: int) -> str:
        """What is asked."""
        return str(self.answers.lines[row].get("text") or UNKNOWN)

    def below(self, row: int) -> str:
        """What stands in small letters below it: what was seen, else the ground."""
        line = self.answers.lines[row]
        return self.answers.value(row, NOTE) or str(line.get("basis") or line.get("how") or "")

    def again(self, row: int) -> str:
        """That it was found before at the same source, in words; "" where it was not."""
        before = self.answers.lines[row].get("again")
        return f"以前查出 {before['times']} 次，上次 {before['day']}" if before else ""

    def beside(self, row: int) -> str:
        """What the ledger says by now where something else is typed, in words; "" where it is as it was."""
        said = {ANSWER: words.ANSWER.get(self.answers.stored(row, ANSWER), "没有答"),
                NOTE: f"说明“{self.answers.stored(row, NOTE)}”"}  # fmt: skip
        changed = self.answers.changed(row)
        return f"台账里已改为：{'，'.join(said[name] for name in changed)}（按 Delete 用台账里的）" if changed else ""

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.answers.lines)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else CHOICES + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Role.DisplayRole:
            return ("编号", "检查内容", "结果")[section] if section <= CHOICES else None
        return None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role in (Role.DisplayRole, Role.AccessibleTextRole):
            item = str(self.answers.lines[row]["item"])
            said = words.ANSWER.get(self.answers.value(row, ANSWER), "没有答")
            beside = self.beside(row) if role == Role.AccessibleTextRole else ""
            return (item if len(item) < 12 else OWN, self.text(row), f"{said}{beside}")[column]
        if role == Role.ToolTipRole and column == TEXT:
            line = self.answers.lines[row]
            how, basis = line.get("how"), line.get("basis")
            told = (self.text(row), f"怎么查：{how}" if how else "", f"依据：{basis}" if basis else "", self.again(row))
            return "\n".join(part for part in told if part)
        return None
