"""已合并: the records that the county merged into this one, each with its own history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui import theme
from gui.panels.record.history import History
from gui.widgets.buttons import carrier
from gui.widgets.frames import clear
from models.services.views.lists import Change, Record

LETTERS = 40  # of its text that tell which record it was


class Merged(QWidget):
    """A card for each of them; nothing where there are none."""

    opened = Signal(object)  # id of a record

    def __init__(self) -> None:
        super().__init__()
        self.cards: list[History] = []
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(theme.px(12))
        self.hide()

    def show_merged(self, merged: Sequence[tuple[Record, Sequence[Change]]], today: date) -> Iterator[None]:
        """Show them one after the other, so that the window never waits."""
        clear(self._rows)
        self.cards = []
        self.setVisible(bool(merged))
        for record, changes in merged:
            name = str(record.get("number") or record.get("title") or "")[:LETTERS]
            card = History(f"已合并：{name}", f"{record.get('void') or ''} 并入")
            deed = carrier(record["id"], "打开", "quiet", size="slim")
            deed.handed.connect(self._hand)
            card.tools.addWidget(deed)
            self._rows.addWidget(card)
            card.show_history(changes, today)
            self.cards.append(card)
            yield

    @Slot(object)
    def _hand(self, id_: str) -> None:
        self.opened.emit(id_)
