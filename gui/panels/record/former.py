"""恢复旧值: which former value of a record shall stand again. Choosing one is a change like any other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from gui import saying, theme
from gui.panels.record.groups import put_value
from gui.widgets.buttons import button
from gui.widgets.frames import row
from gui.widgets.labels import label
from models.domain.field import Type
from models.domain.fields import TABLES
from models.services.views.lists import Change, Record

SHOWN = 60
LONG = 40  # signs of a value in the list
PLAIN = frozenset({Type.TEXT, Type.DATE, Type.CHOICE, Type.NUMBER, Type.COUNT, Type.LIST})  # dated events have steps


@dataclass(frozen=True)
class Former:
    """A value that a field had before."""

    field: str
    value: str
    said: str


def formers(table: str, changes: Iterable[Change], record: Record, writable: frozenset[str]) -> list[Former]:
    """What can be put back, the newest change first: only what this unit may write, and only what stands no more."""
    found: dict[tuple[str, str], Former] = {}
    for one in sorted(changes, key=lambda change: change.at, reverse=True):
        known = TABLES[table].get(one.field)
        if one.table != table or not one.applied or known is None or known.type not in PLAIN or known.by_verb:
            continue
        old = "" if one.old is None else str(one.old)
        if one.field == "township" or one.field not in writable or old == put_value(record, one.field):
            continue
        was, now = (saying.value(one.field, value) or "（空）" for value in (old, record.get(one.field)))
        who = saying.SPACE.join((saying.moment(one.at), saying.author(one.unit_name or one.unit, one.by)))
        text = f"{one.label}：改回 {_short(was)}\n现在是 {_short(now)}（{who} 改的）"
        found.setdefault((one.field, old), Former(one.field, old, text))
    return list(found.values())[:SHOWN]


def _short(text: str) -> str:
    return text if len(text) <= LONG else f"{text[:LONG]}…"


class FormerDialog(QDialog):
    """A list of former values, and two verbs; Esc changes nothing."""

    def __init__(self, offered: Sequence[Former], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("环改台账")
        self.setFixedWidth(theme.px(520))
        self.list = QListWidget()
        self.list.setAccessibleName("旧值")
        self.list.setWordWrap(True)
        self.list.setMinimumHeight(theme.px(220))
        for one in offered:
            item = QListWidgetItem(one.said)
            item.setData(Qt.ItemDataRole.UserRole, one)
            self.list.addItem(item)
        self.keep = button("不恢复")
        self.put = button("恢复这个值", "primary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(theme.px(24),) * 4)
        layout.setSpacing(theme.px(12))
        layout.addWidget(label("恢复旧值", "h2"))
        text = "选一个要改回去的值。改回去也是一次改动：写进历史，随下一个数据包带给对方。"
        layout.addWidget(label(text, wrap=True))
        layout.addWidget(self.list)
        layout.addLayout(row(None, self.keep, self.put))
        self.keep.clicked.connect(self.reject)
        self.put.clicked.connect(self.accept)
        self.list.itemActivated.connect(self.accept)
        self.list.currentRowChanged.connect(self._watch)
        self.list.setCurrentRow(0)
        self.list.setFocus()
        self._watch()

    def ask(self) -> Former | None:
        """Ask and wait; None: nothing is to be changed."""
        if not self.exec():
            return None
        item = self.list.currentItem()
        return item.data(Qt.ItemDataRole.UserRole) if item is not None else None

    @Slot()
    def _watch(self) -> None:
        self.put.setEnabled(self.list.currentRow() >= 0)
