"""Choices: a few side by side, more in a list, and fields that offer what the ledger holds but take anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QStandardItem, QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QLineEdit, QWidget

from gui import icons, theme
from gui.widgets.buttons import Carrier, carrier

SEGMENTS = 3  # as many choices stand side by side; more go into a list
SOUND = Qt.ItemDataRole.UserRole  # what a choice is found by


class Choice(QComboBox):
    """A choice that the wheel does not change by accident while one scrolls the page."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(14)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class Segments(QWidget):
    """Two or three choices side by side. The chosen one, pressed again, is given up: nothing is chosen then."""

    changed = Signal()
    left = Signal()

    def __init__(self, choices: Mapping[str, str]) -> None:
        super().__init__()
        self.buttons: dict[str, Carrier] = {}
        self._other = ""  # a value that is none of the choices: kept as it is until another is chosen
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        for value, words in choices.items():
            one = carrier(value, words, "segment")
            one.setCheckable(True)
            one.setProperty("place", "" if self.buttons else "first")
            one.handed.connect(self._press)
            line.addWidget(one)
            self.buttons[value] = one
        line.addStretch(1)
        self.setFocusProxy(next(iter(self.buttons.values())))

    @property
    def value(self) -> str:
        """The chosen one; "" for none."""
        return next((value for value, one in self.buttons.items() if one.isChecked()), self._other)

    def put(self, value: str) -> None:
        """Show a value as the chosen one."""
        self._other = "" if value in self.buttons else value
        for key, one in self.buttons.items():
            one.setChecked(key == value)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        for one in self.buttons.values():
            one.setAccessibleName(f"{name} {one.text()}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        some = list(self.buttons.values())
        at = next((number for number, one in enumerate(some) if one.hasFocus()), -1)
        if step is None or not 0 <= at + step < len(some):
            event.ignore()
            return
        some[at + step].setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(object)
    def _press(self, value: str) -> None:
        self._other = ""
        for key, one in self.buttons.items():
            if key != value:
                one.setChecked(False)
        self.changed.emit()
        self.left.emit()


class Finder(QCompleter):
    """Finds choices by any part of them, by pinyin and by its initials; in a list of values, the last one."""

    def __init__(self, line: QLineEdit, *, several: bool) -> None:
        super().__init__(line)
        self._line, self._several = line, several
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self.setCompletionRole(SOUND)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setMaxVisibleItems(12)

    def offer(self, values: Sequence[tuple[str, str]]) -> None:
        """Offer other values: each with what it is found by."""
        self._model.clear()
        for value, sound in values:
            item = QStandardItem(value)
            item.setData(sound, SOUND)
            self._model.appendRow(item)

    def count(self) -> int:
        """How many values are offered."""
        return self._model.rowCount()

    def splitPath(self, path: str) -> list[str]:
        """Only what is typed behind the last ； is looked for."""
        return [path.replace(";", "；").rsplit("；", 1)[-1].strip() if self._several else path]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """The value, behind those that are there already."""
        value = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        before, joint, _ = self._line.text().replace(";", "；").rpartition("；")
        return f"{before}{joint}{value}" if self._several else value


class Offered(QLineEdit):
    """A line that takes anything and offers what the ledger holds: typing finds, ↓ shows all."""

    left = Signal()

    def __init__(self, *, several: bool = False) -> None:
        super().__init__()
        self._several = several
        self.finder: Finder | None = None
        self._arrow: QAction | None = None

    def offer(self, values: Sequence[tuple[str, str]]) -> None:
        """Offer values, each with what it is found by."""
        if self.finder is None:
            self.finder = Finder(self, several=self._several)
            self.setCompleter(self.finder)
        self.finder.offer(values)
        if values and self._arrow is None and not self.isReadOnly():
            self._arrow = QAction(self)
            self._arrow.setIcon(icons.icon("down", "text2", 14))
            self._arrow.setToolTip("列出台账里已有的（↓）")
            self._arrow.triggered.connect(self.show_all)
            self.addAction(self._arrow, QLineEdit.ActionPosition.TrailingPosition)

    @Slot()
    def show_all(self) -> None:
        """Show all that is offered."""
        if self.finder is not None and self.finder.count() and not self.isReadOnly():
            self.setFocus()
            self.finder.setCompletionPrefix(f"{self.text()}；" if self._several and self.text().strip() else "")
            self.finder.complete()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self.finder is not None:
            self.show_all()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(160), super().sizeHint().height())
