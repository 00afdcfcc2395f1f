"""备注 and 变更历史: what both sides wrote to each other, and what was changed by whom, old → new."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout

from gui import saying, theme
from gui.widgets.buttons import button
from gui.widgets.chips import State
from gui.widgets.frames import Card, clear, column, row
from gui.widgets.labels import Elided, Prose, label
from models.domain import words
from models.services.views import Change, Record

SHOWN = 12  # entries of the history that are shown at first
FIELDS = 3  # fields of one entry that are shown one by one


class Remarks(Card):
    """The remarks that both sides see, and a line to add one."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__("备注", "双方可见，只增不改")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.px(8))
        self.add(self._rows)
        self.text = QLineEdit()
        self.text.setPlaceholderText("写一句备注，随下一个数据包带给对方")
        self.text.setAccessibleName("新的备注")
        self.write = button("加备注")
        self._line = row(self.text, self.write)
        self.add(self._line)
        self.text.returnPressed.connect(self._write)
        self.write.clicked.connect(self._write)

    @property
    def is_dirty(self) -> bool:
        """Whether something was typed that is not saved."""
        return bool(self.text.text().strip())

    def show_remarks(self, record: Record, today: date, *, writable: bool) -> None:
        """Show the remarks of a record."""
        clear(self._rows)
        for one in record.get("remarks") or ():
            who = saying.SPACE.join(
                part
                for part in (str(one.get("unit_name") or one.get("unit") or ""), str(one.get("by") or ""),
                             saying.moment(one.get("at"), today))
                if part
            )  # fmt: skip
            self._rows.addLayout(column(Prose(str(one.get("text") or "")), label(who, "small"), gap=0))
        if not self._rows.count():
            self._rows.addWidget(label("还没有备注。", "quiet"))
        for part in (self.text, self.write):
            part.setVisible(writable)

    @Slot()
    def _write(self) -> None:
        if text := self.text.text().strip():
            self.wanted.emit(text)


class History(Card):
    """The log of a record and its parts, newest first."""

    def __init__(self) -> None:
        super().__init__("变更历史", "每一处改动都可查")
        self.all = button("", "quiet", size="slim")
        self.tools.addWidget(self.all)
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(theme.px(16))
        self._rows.setVerticalSpacing(theme.px(6))
        self._rows.setColumnStretch(1, 1)
        self.add(self._rows)
        self._entries: list[list[Change]] = []
        self._today = date.min
        self.all.clicked.connect(self._show_all)

    def show_history(self, changes: Sequence[Change], today: date) -> None:
        """Show the log; what one form wrote at once is one entry."""
        newest = sorted(changes, key=lambda one: one.at, reverse=True)
        self._entries = [
            list(group) for _, group in groupby(newest, key=lambda one: (one.at, one.by, one.device, one.table))
        ]
        self._today = today
        self._fill(SHOWN)

    def _fill(self, most: int) -> None:
        clear(self._rows)
        at = 0
        for entry in self._entries[:most]:
            first = entry[0]
            when = label(saying.moment(first.at, self._today), "small")
            who = label(saying.SPACE.join(part for part in (first.unit_name or first.unit, first.by) if part), "small")
            self._rows.addWidget(when, at, 0, Qt.AlignmentFlag.AlignTop)
            self._rows.addWidget(who, at, 2, Qt.AlignmentFlag.AlignTop)
            for line in lines_of(entry):
                self._rows.addWidget(Elided(line), at, 1)
                at += 1
            if not all(one.applied for one in entry):
                self._rows.addWidget(State("未应用", "red"), at - 1, 3)
            if first.why:
                self._rows.addWidget(label(f"原因：{first.why}", "small", wrap=True), at, 1)
                at += 1
        if not self._entries:
            self._rows.addWidget(label("还没有改动。", "quiet"), 0, 0)
        self.all.setText(f"全部 {len(self._entries)} 条")
        self.all.setVisible(len(self._entries) > most)

    @Slot()
    def _show_all(self) -> None:
        self._fill(len(self._entries))


def lines_of(entry: Sequence[Change]) -> list[str]:
    """An entry in words: a line a field, the many of a new record in one."""
    part = "" if entry[0].table in {"problem", "petition"} else f"{words.TABLE.get(entry[0].table, '')}{saying.SPACE}"
    if len(entry) > FIELDS:
        names = "、".join(one.label for one in entry)
        new = all(one.old in (None, "", []) for one in entry)
        return [f"{part}{'登记' if new else '改动'} {len(entry)} 处：{names}"]
    return [part + _line(one) for one in entry]


def _line(change: Change) -> str:
    old, new = saying.value(change.field, change.old), saying.value(change.field, change.new)
    if change.field == "void":
        return "恢复" if not change.new else "作废"
    if not old:
        return f"{change.label}{saying.SPACE}{new}"
    return f"{change.label}{saying.SPACE}{old} → {new or '（空）'}"
