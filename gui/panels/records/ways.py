"""How many records of a list are how far on their way to the other side: three quiet words, each of them a filter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from gui import theme
from gui.panels.records.filter_bar import Where
from gui.widgets.buttons import Carrier, carrier
from gui.widgets.frames import row
from gui.widgets.labels import retone
from models.domain import words
from models.services.views.lists import Facet

FIELD = "exchange"


class WayCounts(QWidget):
    """待报送 12, 已导出待回执 5, 县已接收 80. Pressing one narrows the list to it, pressing it again widens it."""

    chosen = Signal(object)  # Where

    def __init__(self, *, county: bool) -> None:
        super().__init__()
        self._names = {state: words.exchange(state, county=county) for state in words.EXCHANGE}
        self._where: Where = ()
        self.buttons = {state: self._make(state) for state in self._names}
        line = row(*self.buttons.values(), gap=2)
        line.setContentsMargins(0, 0, 0, theme.px(2))
        self.setLayout(line)

    def _make(self, state: str) -> Carrier:
        made = carrier(state, self._names[state], "fact", tip=f"只看“{self._names[state]}”的；再点一下看全部")
        made.handed.connect(self._press)
        return made

    def name(self, field: str, state: str) -> str:
        """What a state is called here; "" for any other field."""
        return self._names.get(state, "") if field == FIELD else ""

    def count(self, facets: Sequence[Facet]) -> None:
        """Write the counts behind the words."""
        for one in facets:
            self.buttons[one.value].setText(f"{self._names[one.value]} {one.count}")
            self.buttons[one.value].setAccessibleName(self.buttons[one.value].text())

    def say(self, where: Where) -> None:
        """Show which of them the list is narrowed to."""
        self._where = where
        for state, one in self.buttons.items():
            retone(one, on="1" if (FIELD, state) in where else "")

    @Slot(object)
    def _press(self, state: str) -> None:
        others = tuple(pair for pair in self._where if pair[0] != FIELD)
        self.chosen.emit(others if (FIELD, state) in self._where else (*others, (FIELD, state)))
