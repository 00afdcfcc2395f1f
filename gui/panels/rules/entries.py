"""A table of a dictionary that one types in: add, retire, move, by keyboard too; what does not fit is marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from gui import theme
from gui.widgets.buttons import button
from gui.widgets.frames import row
from gui.widgets.labels import label
from models.domain.dictionary_parts import YES, Fault, Table

ROW, HEAD, SHOWN = 32, 34, 9  # heights, and how many rows are seen without scrolling
_ON = {True: Qt.CheckState.Checked, False: Qt.CheckState.Unchecked}


class Entries(QWidget):
    """One table. `changed` tells that something was typed."""

    changed = Signal()

    def __init__(self, part: Table, *, edits: bool, titled: bool = True) -> None:
        super().__init__()
        self.part, self._edits, self._filling = part, edits, False
        self.table = QTableWidget(0, len(part.columns))
        self.table.setAccessibleName(part.label)
        self.table.setHorizontalHeaderLabels([one.label for one in part.columns])
        self.table.verticalHeader().setDefaultSectionSize(theme.px(ROW))
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setFixedHeight(theme.px(HEAD))
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.horizontalHeader().setSectionsClickable(False)
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.setTabKeyNavigation(False)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        if not edits:
            self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.add = button("加一行", icon="plus", size="slim", tip="在下面加一行（Insert）")
        self.retire = button("停用这一行", size="slim", tip="拿掉选中的一行（Delete）")
        self.up = button("上移", "quiet", size="slim", tip="Alt+↑")
        self.down = button("下移", "quiet", size="slim", tip="Alt+↓")
        self.fault = label("", "", "red", wrap=True)
        self.fault.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(6))
        if titled:
            layout.addWidget(label(part.label, "bold"))
        if part.hint:
            layout.addWidget(label(part.hint, "small", wrap=True))
        layout.addWidget(self.fault)
        layout.addWidget(self.table)
        if edits:
            layout.addLayout(row(self.add, self.retire, self.up, self.down, None))
        self.table.itemChanged.connect(self._tell)
        self.table.installEventFilter(self)
        self.add.clicked.connect(self.insert)
        self.retire.clicked.connect(self.take_out)
        self.up.clicked.connect(self._up)
        self.down.clicked.connect(self._down)

    # ------------------------------------------------------------------------------------- values

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """What stands in the table."""
        return [
            tuple(self._cell(at, number) for number in range(len(self.part.columns)))
            for at in range(self.table.rowCount())
        ]

    def _cell(self, at: int, number: int) -> str:
        item = self.table.item(at, number)
        if self.part.columns[number].tick:
            return YES if item and item.checkState() is Qt.CheckState.Checked else ""
        return item.text() if item else ""

    def show_rows(self, rows: Sequence[tuple[str, ...]], at: int = -1) -> None:
        """Put rows there, and go to one of them."""
        self._filling = True
        self.table.setRowCount(len(rows))
        for line, cells in enumerate(rows):
            for number, text in enumerate(cells):
                self.table.setItem(line, number, self._item(number, text))
        self._filling = False
        self.table.setFixedHeight(theme.px(HEAD) + theme.px(ROW) * min(max(len(rows), 1), SHOWN) + 2)
        if rows:
            self.table.setCurrentCell(min(max(at, 0), len(rows) - 1), 0)

    def _item(self, number: int, text: str) -> QTableWidgetItem:
        column = self.part.columns[number]
        item = QTableWidgetItem("" if column.tick else text)
        item.setToolTip("" if column.tick else text)
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if column.tick:
            item.setCheckState(_ON[text == YES])
            flags |= Qt.ItemFlag.ItemIsUserCheckable if self._edits else Qt.ItemFlag.NoItemFlags
        elif self._edits:
            flags |= Qt.ItemFlag.ItemIsEditable
        item.setFlags(flags)
        return item

    def mark(self, faults: Sequence[Fault]) -> None:
        """Say what does not fit, and go to the first of it."""
        self._filling = True
        for at in range(self.table.rowCount()):
            for number in range(self.table.columnCount()):
                if (item := self.table.item(at, number)) is not None:
                    item.setData(Qt.ItemDataRole.BackgroundRole, None)
        for one in faults:
            if one.row >= 0 and (item := self.table.item(one.row, one.column)) is not None:
                item.setBackground(theme.colour("redTint"))
        self._filling = False
        self.fault.setText("\n".join(self._said(one) for one in faults))
        self.fault.setVisible(bool(faults))

    def _said(self, fault: Fault) -> str:
        if fault.row < 0:
            return f"{fault.why}。"
        column = f"“{self.part.columns[fault.column].label}”" if len(self.part.columns) > 1 else ""
        return f"第 {fault.row + 1} 行{column}：{fault.why}。"

    def go_to(self, fault: Fault) -> None:
        """Take the keyboard to what does not fit."""
        self.table.setFocus()
        if fault.row >= 0:
            self.table.setCurrentCell(fault.row, fault.column)
            self.table.clearSelection()  # it would hide the mark

    # ------------------------------------------------------------------------------------- deeds

    @Slot()
    def insert(self) -> None:
        """An empty row below the present one, ready to be typed in."""
        rows, at = self.rows, self.table.currentRow() + 1
        rows.insert(at, ("",) * len(self.part.columns))
        self._put(rows, at)
        self.table.setFocus()
        if (first := self.table.item(at, 0)) is not None:
            self.table.editItem(first)

    @Slot()
    def take_out(self) -> None:
        """The present row is taken out."""
        rows, at = self.rows, self.table.currentRow()
        if rows and at >= 0:
            rows.pop(at)
            self._put(rows, at)

    @Slot()
    def _up(self) -> None:
        self._move(-1)

    @Slot()
    def _down(self) -> None:
        self._move(1)

    def _move(self, by: int) -> None:
        rows, at = self.rows, self.table.currentRow()
        if at >= 0 and 0 <= at + by < len(rows):
            rows[at], rows[at + by] = rows[at + by], rows[at]
            self._put(rows, at + by)

    def _put(self, rows: list[tuple[str, ...]], at: int) -> None:
        self.show_rows(rows, at)
        self.mark(())
        self.changed.emit()

    @Slot()
    def _tell(self) -> None:
        if not self._filling:
            self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Insert, Delete and Alt with an arrow do what the buttons do."""
        pressed = watched is self.table and self._edits and event.type() == QEvent.Type.KeyPress
        deed = self._deed(event) if pressed and isinstance(event, QKeyEvent) else None
        if deed is not None:
            deed()
            return True
        return super().eventFilter(watched, event)

    def _deed(self, event: QKeyEvent) -> Callable[[], None] | None:
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            return {Qt.Key.Key_Up: self._up, Qt.Key.Key_Down: self._down}.get(Qt.Key(event.key()))
        return {Qt.Key.Key_Insert: self.insert, Qt.Key.Key_Delete: self.take_out}.get(Qt.Key(event.key()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room, every = self.width() - 24, sum(one.wide for one in self.part.columns)
        for number, one in enumerate(self.part.columns):
            self.table.setColumnWidth(number, room * one.wide // every)
