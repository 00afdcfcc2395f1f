"""备注 and 变更历史: what both sides wrote to each other, and what was changed by whom, old → new."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from gui import saying, theme
from gui.panels.record.former import Former, FormerDialog
from gui.unsaved import Unsaved
from gui.widgets.buttons import button
from gui.widgets.choice import Choice
from gui.widgets.frames import Card, clear, column, row
from gui.widgets.labels import Prose, label
from gui.widgets.log import Entry, Log
from models.domain import words
from models.services.views.lists import Change, Record

SHOWN = 12  # entries of the history that are shown at first
FIELDS = 3  # fields of one entry that are shown one by one


class _Line(QLineEdit):
    """A line that tells when it is left."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class Remarks(Card):
    """The remarks that both sides see, and a line to add one."""

    wanted = Signal(str)
    typed = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__("备注", "双方可见，只增不改")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.px(8))
        self.add(self._rows)
        self.text = _Line()
        self.text.setPlaceholderText("写一句备注，随下一个数据包带给对方")
        self.text.setAccessibleName("新的备注")
        self.write = button("加备注")
        self._line = row(self.text, self.write)
        self.add(self._line)
        self.text.returnPressed.connect(self._write)
        self.write.clicked.connect(self._write)
        self.text.textEdited.connect(self._typed)
        self.text.left.connect(self.left)

    @property
    def is_dirty(self) -> bool:
        """Whether something was typed that is not saved."""
        return bool(self.text.text().strip())

    def unsaved(self) -> Unsaved:
        """What was typed and not saved."""
        text = self.text.text().strip()
        return Unsaved({"text": text} if text else {}, {})

    def restore(self, text: str) -> None:
        """Go on with what was typed last time."""
        self.text.setText(text)
        self.text.setFocus()

    def show_remarks(self, record: Record, today: date, *, writable: bool) -> None:
        """Show the remarks of a record."""
        clear(self._rows)
        for one in record.get("remarks") or ():
            unit, by = str(one.get("unit_name") or one.get("unit") or ""), str(one.get("by") or "")
            parts = (saying.author(unit, by), saying.moment(one.get("at"), today))
            who = saying.SPACE.join(part for part in parts if part)
            self._rows.addLayout(column(Prose(str(one.get("text") or "")), label(who, "small"), gap=0))
        if not self._rows.count():
            self._rows.addWidget(label("还没有备注。", "quiet"))
        for part in (self.text, self.write):
            part.setVisible(writable)

    @Slot()
    def _typed(self) -> None:
        self.typed.emit()

    @Slot()
    def _write(self) -> None:
        if text := self.text.text().strip():
            self.wanted.emit(text)


class History(Card):
    """The log of a record and its parts, newest first; long ones can be searched, former values put back."""

    wanted = Signal(str, str)  # a field and its former value

    def __init__(self, title: str = "变更历史", quiet: str = "每一处改动都可查") -> None:
        super().__init__(title, quiet)
        self.seek = QLineEdit()
        self.seek.setPlaceholderText("在历史里找")
        self.seek.setAccessibleName("在历史里找")
        self.seek.setClearButtonEnabled(True)
        self.seek.setFixedWidth(theme.px(150))
        self.who = Choice()
        self.who.setAccessibleName("谁改的")
        self.who.setProperty("sz", "slim")
        self.all = button("", "quiet", size="slim")
        self.all.hide()
        self.former = button("恢复旧值…", "quiet", size="slim")
        self._formers: list[Former] = []
        for part in (self.seek, self.who, self.all, self.former):
            self.tools.addWidget(part)
        self.log = Log()
        self._nothing = label("", "quiet")
        self.add(self.log, self._nothing)
        self._entries: list[tuple[Entry, str]] = []  # with the unit that wrote it
        self._whole = False
        self.all.clicked.connect(self._show_all)
        self.former.clicked.connect(self._ask_former)
        self.seek.textChanged.connect(self._fill)
        self.who.currentIndexChanged.connect(self._fill)

    @property
    def count(self) -> int:
        """How many entries there are."""
        return len(self._entries)

    def show_history(self, changes: Sequence[Change], today: date) -> None:
        """Show the log; what one form wrote at once is one entry."""
        newest = sorted(changes, key=lambda one: one.at, reverse=True)
        groups = groupby(newest, key=lambda one: (one.at, one.by, one.device, one.table))
        self._entries = [_entry(list(group), today) for _, group in groups]
        self._whole = False
        units = list(dict.fromkeys(unit for _, unit in self._entries))
        many = len(self._entries) > SHOWN
        self.seek.setVisible(many)
        self.who.setVisible(many and len(units) > 1)
        self.seek.clear()
        self.who.clear()
        self.who.addItem("谁改的：全部", "")
        for unit in units:
            self.who.addItem(unit, unit)
        self._fill()

    def offer(self, formers: list[Former]) -> None:
        """These values can be put back."""
        self._formers = formers
        self.former.setVisible(bool(formers))

    @Slot()
    def _ask_former(self) -> None:
        chosen = FormerDialog(self._formers, self).ask()
        if chosen is not None:
            self.wanted.emit(chosen.field, chosen.value)

    @Slot()
    def _fill(self) -> None:
        typed, unit = self.seek.text().strip().lower(), str(self.who.currentData() or "")
        found = [
            one for one, by in self._entries
            if (not unit or by == unit) and (not typed or typed in one.said.lower())
        ]  # fmt: skip
        narrowed = bool(typed or unit)
        shown = found if self._whole or narrowed else found[:SHOWN]
        self.log.show_entries(shown)
        self.log.setVisible(bool(shown))
        self._nothing.setText("没有这样的改动。" if narrowed else "还没有改动。")
        self._nothing.setVisible(not shown)
        self.all.setText(f"全部 {len(self._entries)} 条")
        self.all.setVisible(len(found) > len(shown))

    @Slot()
    def _show_all(self) -> None:
        self._whole = True
        self._fill()


def _entry(group: list[Change], today: date) -> tuple[Entry, str]:
    first = group[0]
    unit = first.unit_name or first.unit
    who = saying.author(unit, first.by)
    note = f"原因：{first.why}" if first.why else ""
    mark = "" if all(one.applied for one in group) else "未应用"
    lines = tuple(lines_of(group))
    whole = tuple(_line(one) for one in group) if len(group) > FIELDS else ()
    return Entry(saying.moment(first.at, today), lines, who, note, mark, whole), unit


def lines_of(entry: Sequence[Change]) -> list[str]:
    """An entry in words: a line a field, the many of a new record in one."""
    name = "" if entry[0].table in {"problem", "petition"} else words.TABLE.get(entry[0].table, "")
    part = f"{name}{saying.SPACE}" if name and name != entry[0].label else ""
    if len(entry) > FIELDS:
        names = "、".join(one.label for one in entry)
        new = all(one.old in (None, "", []) for one in entry)
        return [f"{part}{'登记' if new else '改动'} {len(entry)} 处：{names}"]
    return [part + _line(one) for one in entry]


def _line(change: Change) -> str:
    old, new = (saying.value(change.field, one, change.table) for one in (change.old, change.new))
    if change.field == "void":
        return "恢复" if not change.new else "作废"
    if not old:
        return f"{change.label}{saying.SPACE}{new}"
    return f"{change.label}{saying.SPACE}{old} → {new or '（空）'}"
