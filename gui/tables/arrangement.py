"""How a person arranged the columns of a list: which, how wide, in which order; and what a narrow window leaves out."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import QObject, QPoint, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from gui import theme
from gui.settings import Settings
from gui.tables.view import LineView

LEAST = 300  # what the column that takes the rest keeps before others leave
ALWAYS = {"tick", "light", "title"}  # a list without them is no list
RESET = "恢复原来的列"


class Arrangement(QObject):
    """Remembers widths, order and hidden columns of one list, and fits them into the width there is."""

    def __init__(
        self, view: LineView, table: str, settings: Settings, keep: Callable[[], None], alone: Collection[str] = ()
    ) -> None:
        """`alone`: columns that would say the same in every line here."""
        super().__init__(view)
        self._view, self._table, self._settings, self._keep = view, table, settings, keep
        self._alone = frozenset(alone)
        self._columns = view.model().columns  # pyright: ignore[reportAttributeAccessIssue]
        headings = view.headings
        headings.setSectionsMovable(True)
        headings.setFirstSectionMovable(False)  # the tick box
        self._put_in_order()
        headings.sectionMoved.connect(self._moved)
        headings.sectionResized.connect(self._resized)
        headings.asked.connect(self.open_menu)

    @property
    def hidden(self) -> set[str]:
        """The columns that the person does not want."""
        return set(self._settings.hidden.get(self._table, []))

    def fit(self) -> None:
        """Hide what is not wanted, and what a narrow window has no room for: first the least needed."""
        gone = self.hidden | self._alone
        there = [one for one in self._columns if one.key not in gone]
        room = self._view.width() - theme.px(LEAST)
        for one in sorted((one for one in there if one.leaves), key=lambda one: one.leaves):
            if sum(theme.px(other.width) for other in there) <= room:
                break
            there.remove(one)
        seen = {one.key for one in there}
        for at, one in enumerate(self._columns):
            if self._view.isColumnHidden(at) is (one.key in seen):
                self._view.setColumnHidden(at, one.key not in seen)
        self._view.fit()

    @Slot(QPoint)
    def open_menu(self, at: QPoint) -> None:
        """Offer the columns."""
        menu = QMenu(self._view)
        for one in self._columns:
            if one.key in ALWAYS | self._alone:
                continue
            action = QAction(one.heading, menu)
            action.setCheckable(True)
            action.setChecked(one.key not in self.hidden)
            action.setData(one.key)
            menu.addAction(action)
        menu.addSeparator()
        reset = QAction(RESET, menu)
        reset.setEnabled(any(self._table in some for some in self._remembered()))
        menu.addAction(reset)
        menu.triggered.connect(self._choose)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def _remembered(self) -> tuple[dict[str, object], ...]:
        return (self._settings.hidden, self._settings.widths, self._settings.order)  # pyright: ignore[reportReturnType]

    @Slot(QAction)
    def _choose(self, action: QAction) -> None:
        if action.data() is None:
            for some in self._remembered():
                some.pop(self._table, None)
            self._view.show_widths({})
            self._put_in_order()
        else:
            self._settings.hidden[self._table] = sorted(self.hidden ^ {str(action.data())})
        self._keep()
        self.fit()

    def _put_in_order(self) -> None:
        """The order of last time; columns that are new since then stay where they are."""
        headings = self._view.headings
        keys = [one.key for one in self._columns]
        wanted = [key for key in self._settings.order.get(self._table, []) if key in keys[1:]] or keys[1:]
        for place, key in enumerate(wanted, 1):
            headings.moveSection(headings.visualIndex(keys.index(key)), place)

    @Slot()
    def _moved(self) -> None:
        headings = self._view.headings
        if headings.is_dragged:
            order = map(headings.logicalIndex, range(1, headings.count()))
            self._settings.order[self._table] = [self._columns[at].key for at in order]
            self._keep()
        self._view.viewport().update()

    @Slot(int, int, int)
    def _resized(self, section: int, _old: int, new: int) -> None:
        column = self._columns[section]
        if column.width and new and self._view.headings.is_dragged:
            self._settings.widths.setdefault(self._table, {})[column.key] = round(new * 100 / theme.px(100))
            self._view.fit()
