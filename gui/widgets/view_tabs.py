"""The views of a list as tabs; those that have no room go into a menu, so that nothing is squeezed or cut off."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from gui import icons, theme
from gui.widgets.buttons import GAP, button
from gui.widgets.labels import label
from gui.widgets.tabs import Tabs

SLACK = 8  # the chosen one is bold, and a little wider than it says


class ViewTabs(Tabs):
    """Tabs, `更多` with those that do not fit, a button that keeps the present filter, a quiet word at the right."""

    asked = Signal(str, QPoint)  # right click on a view
    kept = Signal()  # the present filter is to be kept

    def __init__(self, entries: Iterable[tuple[str, str]], folded: Collection[str] = ()) -> None:
        """`folded`: those that stand in the menu unless they are chosen."""
        super().__init__(entries)
        self._folded = frozenset(folded)
        self.setMinimumWidth(theme.px(320))  # it fits itself to the room there is
        self._offered: dict[str, bool] = dict.fromkeys(self.buttons, True)
        self.more = button("更多", "view", tip="其余的筛选")
        self.more.setIcon(icons.icon("down", "text2", 12))
        self.more.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.more.clicked.connect(self._open)
        self.keep = button("保存当前筛选", "quiet", icon="bookmark", size="slim", tip="给现在的筛选起个名字，留成标签")
        self.keep.clicked.connect(self.kept)
        self.keep.hide()
        self.quiet = label("", "small")
        self._beside: list[QWidget] = []
        at = self.line.count() - 1  # before the stretch
        self.line.insertWidget(at, self.more)
        self.line.insertWidget(at + 1, self.keep)
        self.line.addWidget(self.quiet)
        for one in self.buttons.values():
            self._watch(one)
        self._fit()

    @property
    def hidden(self) -> tuple[str, ...]:
        """The keys of those that have no room."""
        return tuple(key for key, one in self.buttons.items() if self._offered[key] and one.isHidden())

    def put(self, key: str, words: str) -> None:
        """Add a view behind the others, or give one another name."""
        if key not in self.buttons:
            self.insert(key, words, self.line.indexOf(self.more))
            self._watch(self.buttons[key])
            self._offered[key] = True
        self.rename(key, words)
        self._fit()

    def drop(self, key: str) -> None:
        """Take a view away."""
        self.remove(key)
        self._offered.pop(key, None)
        self._fit()

    def offer(self, key: str, *, on: bool) -> None:
        """Say whether a view is offered at all."""
        if self._offered.get(key) is not on:
            self._offered[key] = on
            self._fit()

    def choose(self, key: str) -> None:
        super().choose(key)
        self._fit()

    def count(self, key: str, number: int | None) -> None:
        super().count(key, number)
        self._fit()

    def beside(self, part: QWidget) -> None:
        """Put something at the right that always has its room, before the quiet word."""
        self.line.insertWidget(self.line.indexOf(self.quiet), part)
        self._beside.append(part)
        self._fit()

    def say(self, quiet: str) -> None:
        """Say a quiet word at the right, where there is room for it."""
        if quiet != self.quiet.text():
            self.quiet.setText(quiet)
            self._fit()

    def offer_keeping(self, *, on: bool) -> None:
        """Show or hide the button that keeps the present filter."""
        if self.keep.isHidden() is on:
            self.keep.setVisible(on)
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _watch(self, one: QWidget) -> None:
        one.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        one.customContextMenuRequested.connect(self._ask)

    def _fit(self) -> None:
        """Show what fits: the chosen one always, then from the left."""
        if not hasattr(self, "quiet"):
            return  # still being made
        self.keep.setText(f"{GAP}保存当前筛选")
        self.quiet.setVisible(bool(self.quiet.text()))
        keys = [key for key, on in self._offered.items() if on or key == self.current]
        shown = [key for key in keys if key not in self._folded or key == self.current]
        more = len(shown) < len(keys)
        if not self._fits(shown, more=more):
            self.quiet.hide()
        if not self._fits(shown, more=more):
            self.keep.setText("")  # its icon and tool tip say enough
        if not self._fits(shown, more=more):
            shown = [self.current] if self.current in keys else []
            for key in keys:
                if key not in shown and key not in self._folded and self._fits([*shown, key], more=True):
                    shown.append(key)
        for key, one in self.buttons.items():
            one.setVisible(key in shown)
        self.more.setVisible(len(shown) < len(keys))

    def _fits(self, keys: list[str], *, more: bool = False) -> bool:
        parts: list[QWidget] = [self.buttons[key] for key in keys]
        parts += [one for one in (self.keep, *self._beside, self.quiet) if not one.isHidden()]
        parts += [self.more] if more else []
        wide = sum(one.sizeHint().width() + self.line.spacing() for one in parts)
        margins = self.line.contentsMargins()
        return wide + theme.px(SLACK) + margins.left() + margins.right() <= self.width()

    @Slot()
    def _open(self) -> None:
        menu = QMenu(self)
        for key in self.hidden:
            action = QAction(self.buttons[key].text(), menu)
            action.setData(key)
            menu.addAction(action)
        menu.triggered.connect(self._choose_hidden)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    @Slot(QAction)
    def _choose_hidden(self, action: QAction) -> None:
        self.choose(str(action.data()))
        self.chosen.emit(self.current)

    @Slot(QPoint)
    def _ask(self, at: QPoint) -> None:
        one = self.sender()
        if isinstance(one, QWidget):
            self.asked.emit(one.objectName(), one.mapToGlobal(at))
