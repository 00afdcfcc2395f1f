"""The view of the grid: a month is typed into it without the mouse."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QGuiApplication, QInputMethodEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from gui import theme
from gui.panels.months import clipboard
from gui.panels.months.cells import CellDelegate
from gui.panels.months.table import COLUMNS, FIELD_OF, LAST, NEXT, PACE, PROGRESS, TITLE, MonthTable
from gui.panels.months.typed import PACES
from gui.tables.headings import Headings
from gui.tables.paged import Index, Role
from gui.widgets.rows import fix_rows
from models.domain import words
from models.services.views.months import MonthLine

ROW = 38
# Widths at the usual letters; the problem takes the rest.
WIDTHS = (42, 0, 118, 118, 226, 140, 140, 92)
LEAST = 132  # of the problem
SPELT = {"not_started": "s", "behind": "w", "on_schedule": "d", "ahead": "c", "completed": "w", "closed": "w"}
MOST = 5_000  # cells that are copied


class MonthGrid(QTableView):
    """Tab and Enter lead from cell to cell; what stands in a cell is told by the page below."""

    moved = Signal()  # another cell is the current one
    said = Signal(str)  # what a key did, in a sentence
    wants_long = Signal()  # F2: the text is to be typed below, where it has room

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("月调度表")
        self.table = MonthTable(self)
        self.cells = CellDelegate(self)
        self.setHorizontalHeader(Headings())
        self.setItemDelegate(self.cells)
        self.setModel(self.table)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.AnyKeyPressed | trigger.DoubleClicked)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        fix_rows(self, ROW)
        self.verticalHeader().hide()
        self.cells.moved.connect(self.go_on)

    # ------------------------------------------------------------------------------------- where one is

    def current(self) -> tuple[MonthLine | None, int]:
        """The problem and the column of the current cell."""
        index = self.currentIndex()
        return (self.table.line(index.row()), index.column()) if index.isValid() else (None, -1)

    def stand(self, row: int, column: int) -> None:
        """Make a cell the current one."""
        if 0 <= row < self.table.rowCount():
            index = self.table.index(row, column)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)

    @Slot(int)
    def go_on(self, step: int) -> None:
        """To the next cell that is typed into, or the one before; behind the last of a row comes the next row."""
        index = self.currentIndex()
        column, row = index.column() + step, index.row()
        if column > NEXT:
            column, row = PACE, row + 1
        elif column < PACE:
            column, row = (PACE, row) if step > 0 else (NEXT, row - 1)
        self.stand(row, column)

    def go_to_empty(self) -> None:
        """To the next cell that is needed and empty, from the top again behind the last."""
        index = self.currentIndex()
        count = self.table.rowCount()
        here = max(index.row(), 0)
        for ahead in range(count + 1):
            row = (here + ahead) % count if count else 0
            line = self.table.line(row)
            if line is None or self.table.typed.value(line, "zero") == "true":
                continue
            for column in (PACE, PROGRESS):
                if not self.table.text(line, column) and (ahead or column > index.column()):
                    self.stand(row, column)
                    return
        self.said.emit("要填的格都填了")

    # ------------------------------------------------------------------------------------- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._go_by_key(event) and not self._act_by_key(event) and not self._choose_by_key(event):
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Words that come at once, as from handwriting, go into the cell too: Qt opens it, but lets them fall."""
        closed, words = self.cells.open is None, event.commitString()
        super().inputMethodEvent(event)
        if closed and words and self.cells.open is not None:
            editor = self.cells.open[0]
            if words not in editor.text():
                editor.insert(words)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's name
        """Tab goes from cell to cell, and out of the grid at its ends, so that nobody is caught in it."""
        at = self.currentIndex()
        end = (self.table.rowCount() - 1, NEXT) if next else (0, PACE)
        inside = at.isValid() and ((at.row(), at.column()) < end if next else (at.row(), at.column()) > end)
        if not inside:
            return super().focusNextPrevChild(next)
        self.go_on(1 if next else -1)
        return True

    def _go_by_key(self, event: QKeyEvent) -> bool:
        key, held = event.key(), event.modifiers()
        back = bool(held & Qt.KeyboardModifier.ShiftModifier)
        at = self.currentIndex()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and at.isValid():
            self.go_on(-1 if back else 1)
            return True
        if key == Qt.Key.Key_Down and held & Qt.KeyboardModifier.ControlModifier:
            self.go_to_empty()
            return True
        return False

    def _act_by_key(self, event: QKeyEvent) -> bool:
        key, held = event.key(), event.modifiers()
        control = bool(held & Qt.KeyboardModifier.ControlModifier)
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif control and key in (Qt.Key.Key_Z, Qt.Key.Key_Y):
            self.step(back=key == Qt.Key.Key_Z and not held & Qt.KeyboardModifier.ShiftModifier)
        elif control and key == Qt.Key.Key_D:
            self.take_over()
        elif key == Qt.Key.Key_F6:
            self.take_over(row=True)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.empty()
        elif key == Qt.Key.Key_F2:
            self.wants_long.emit()
        elif key == Qt.Key.Key_F7:
            self.zero_here()
        elif key == Qt.Key.Key_F8:
            self.zero_rest()
        else:
            return False
        return True

    def _choose_by_key(self, event: QKeyEvent) -> bool:
        """A pace by its number, or by the first letter of its sound: the same letter again, the next such pace."""
        line, column = self.current()
        typed = event.text().lower()
        if line is None or column != PACE or not typed or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        if typed in "123456":
            self.table.put([(self.currentIndex().row(), PACE, PACES[int(typed) - 1])])
            self.go_on(1)
            return True
        fitting = [pace for pace in PACES if SPELT[pace] == typed or words.PACE[pace].startswith(typed)]
        if fitting:
            now = self.table.typed.value(line, "pace")
            at = fitting.index(now) + 1 if now in fitting else 0
            self.table.put([(self.currentIndex().row(), PACE, fitting[at % len(fitting)])])
        return bool(fitting)

    # ------------------------------------------------------------------------------------- deeds

    def step(self, *, back: bool) -> None:
        """Undo or redo."""
        row = self.table.step(back=back)
        if row >= 0:
            self.stand(row, max(self.currentIndex().column(), PACE))
        else:
            self.said.emit("没有可以撤销的了" if back else "没有可以重做的了")

    def selected(self) -> list[Index]:
        """The selected cells that are typed into, from the top left on."""
        chosen: Sequence[Index] = self.selectionModel().selectedIndexes()
        return sorted((one for one in chosen if one.column() in FIELD_OF), key=lambda one: (one.row(), one.column()))

    def take_over(self, *, row: bool = False) -> None:
        """Last month's words: into the selected cells, or into the whole rows."""
        cells = [(one.row(), one.column()) for one in self.selected()]
        if row or not cells:
            rows = sorted({at for at, _ in cells} or {self.currentIndex().row()})
            cells = [(at, column) for at in rows for column in FIELD_OF]
        texts: list[tuple[int, int, str]] = []
        for at, column in cells:
            line = self.table.line(at)
            before = getattr(line.last, FIELD_OF[column]) if line and line.last else ""
            if before:
                texts.append((at, column, before))
        changed = self.table.put(texts)
        self.said.emit(f"从上月带入 {changed} 格" if changed else "上月这里没有内容，没有带入")

    def empty(self) -> None:
        """Empty the selected cells."""
        self.table.put([(one.row(), one.column(), "") for one in self.selected()])

    def zero_here(self) -> None:
        """The selected rows report that nothing moved; once more takes it back."""
        rows = sorted({one.row() for one in self.selectionModel().selectedIndexes()})
        lines = [line for row in rows if (line := self.table.line(row)) is not None]
        on = not all(self.table.typed.value(one, "zero") == "true" for one in lines)
        changed = self.table.zero(rows, on=on)
        self.said.emit(f"{changed} 个零报告" if changed and on else "" if changed else "已经填了内容的不能零报告")

    @Slot()
    def zero_rest(self) -> None:
        """All rows of which nothing is said report that nothing moved."""
        changed = self.table.zero(range(self.table.rowCount()))
        self.said.emit(f"其余 {changed} 个都记为零报告，按保存后生效" if changed else "没有还空着的问题")

    def copy(self) -> None:
        """Put the selected cells on the clipboard."""
        chosen: Sequence[Index] = self.selectionModel().selectedIndexes()[:MOST]
        rows: dict[int, dict[int, str]] = {}
        for one in chosen:
            rows.setdefault(one.row(), {})[one.column()] = str(one.data(Role.DisplayRole) or "")
        columns = sorted({column for cells in rows.values() for column in cells})
        QGuiApplication.clipboard().setText(
            clipboard.write([cells.get(column, "") for column in columns] for _, cells in sorted(rows.items()))
        )

    def paste(self) -> None:
        """Cells from the clipboard: one into all that are selected, several from the current one on."""
        block = clipboard.read(QGuiApplication.clipboard().text())
        chosen = self.selected()
        if not chosen:
            self.said.emit("请先点到要填的一格，再粘贴")
            return
        if block == [[""]]:
            self.said.emit("剪贴板里没有文字")
            return
        if len(block) == len(block[0]) == 1:
            texts = [(one.row(), one.column(), block[0][0]) for one in chosen]
            lost = 0
        else:
            texts, lost = self._laid_out(block, chosen[0].row(), chosen[0].column())
        changed = self.table.put(texts)
        odd = sum(self._is_odd(row, column) for row, column, _ in texts)
        said = f"粘贴了 {changed} 格"
        said += f"；{odd} 格看不懂，已标红，请改正" if odd else ""
        self.said.emit(f"{said}；另有 {lost} 格超出表格，没有粘贴" if lost else said)

    def _laid_out(
        self, block: Sequence[Sequence[str]], row: int, column: int
    ) -> tuple[list[tuple[int, int, str]], int]:
        """Where the cells of a block go, and how many have no place."""
        texts: list[tuple[int, int, str]] = []
        lost = 0
        for down, cells in enumerate(block):
            for right, text in enumerate(cells):
                if column + right > NEXT or row + down >= self.table.rowCount():
                    lost += bool(text)
                else:
                    texts.append((row + down, column + right, text))
        return texts, lost

    def _is_odd(self, row: int, column: int) -> bool:
        line = self.table.line(row)
        text = self.table.typed.value(line, FIELD_OF[column]) if line else ""
        return bool(line and text and self.table.typed.fault(line, FIELD_OF[column]))

    # ------------------------------------------------------------------------------------- looks

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.moved.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.stand(0, PACE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Give the problem what the others leave; where that is too little, they all give way."""
        room = self.viewport().width()
        widths = [theme.px(one) for one in WIDTHS]
        short = sum(widths) + theme.px(LEAST) - room
        if short > 0:
            bending = (PROGRESS, PROGRESS + 1, NEXT)
            for column in bending:
                widths[column] -= min(short // len(bending) + 1, widths[column] - theme.px(96))
            if sum(widths) + theme.px(LEAST) > room:
                widths[LAST] = theme.px(96)
        widths[TITLE] = max(room - sum(widths), theme.px(LEAST))
        for column in COLUMNS:
            self.setColumnWidth(column, widths[column])
