"""The row above a list: filters that say their values, and what can be done with the whole list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton

from gui import theme
from gui.widgets.buttons import GAP, button, words_of
from gui.widgets.filter_button import FilterButton
from gui.widgets.frames import row
from models.domain import words
from models.services.views.lists import Facet

Where = tuple[tuple[str, str], ...]


def said(table: str, field: str, value: str, given: str = "") -> str:
    """How a value of a filter is said."""
    if field == "stage":
        return words.STAGE[table].get(value, given or value)
    if field == "light" and value == "done":
        return words.COMPLETION["completed"]
    if field == "deadline_year" and value:
        return "没有时限" if value == "9999" else f"{value}年"
    return given or words.say(field, value)


class FilterBar(QFrame):
    """Filters at the left, tools at the right; where there is little room tools keep their icons alone."""

    opened = Signal(str)  # field whose values are wanted: answered with `offer`
    changed = Signal(object)  # Where
    cleared = Signal()

    def __init__(
        self, table: str, fields: Iterable[tuple[str, str]], tools: Sequence[QPushButton], primary: QPushButton
    ) -> None:
        super().__init__()
        self._table = table
        self._where: Where = ()
        self._tools = {tool: words_of(tool) for tool in tools}
        self.filters = {field: FilterButton(field, name) for field, name in fields}
        self.unfilter = button("清除筛选", "quiet", size="slim", tip="清除筛选和查找的字")
        self.setFixedHeight(theme.px(52))
        self.setMinimumWidth(theme.px(400))  # it fits itself to the room there is
        self._line = row(*self.filters.values(), self.unfilter, None, *tools, primary)
        self._line.setContentsMargins(theme.px(24), 0, theme.px(24), 0)
        self.setLayout(self._line)
        for one in self.filters.values():
            one.opened.connect(self.opened)
            one.changed.connect(self._change)
        self.unfilter.clicked.connect(self.cleared)

    def say(self, where: Where, name: Callable[[str, str], str], *, filtered: bool) -> None:
        """Show the filters in force; `name` knows how a value is called."""
        self._where = where
        for field, one in self.filters.items():
            values = [value for key, value in where if key == field]
            one.name({value: said(self._table, field, value, name(field, value)) for value in values})
            one.put(values)
        self.unfilter.setVisible(filtered)
        self.fit()

    def offer(self, field: str, facets: Sequence[Facet]) -> None:
        """Show the values of a filter that was opened."""
        one = self.filters[field]
        one.offer([replace(facet, label=said(self._table, field, facet.value, facet.label)) for facet in facets])

    def in_words(self) -> str:
        """The filters in force as one line."""
        return "、".join(one.text().strip() for one in self.filters.values() if one.values)

    def fit(self) -> None:
        """Where the row is too long, tools keep their icons alone, then the last idle filters leave."""
        idle = [one for one in reversed(list(self.filters.values())) if not one.values]
        for one in idle:
            one.show()
        for tool, word in self._tools.items():
            tool.setText(f"{GAP}{word}")
        if self._line.minimumSize().width() > self.width():
            for tool in self._tools:
                tool.setText("")
        while self._line.minimumSize().width() > self.width() and idle:
            idle.pop(0).hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    @Slot(str, object)
    def _change(self, field: str, values: tuple[str, ...]) -> None:
        others = tuple(pair for pair in self._where if pair[0] != field)
        self.changed.emit((*others, *((field, value) for value in values)))
