"""What stands below the grid: the whole text of the current cell, and last month's beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from gui import saying, theme
from gui.panels.months.grid import MonthGrid
from gui.panels.months.table import FIELD_OF, PACE
from gui.widgets.buttons import button
from gui.widgets.frames import Scroller, column, row
from gui.widgets.labels import Elided, Prose, label
from gui.widgets.long_text import LongText
from models.domain import words
from models.domain.fields import label as label_of

LINES = 3
PACES = saying.SPACE.join(f"{number} {word}" for number, word in enumerate(words.PACE.values(), 1))
HINT = saying.SPACE.join(f"{key} {deed}" for key, deed in (
    ("Tab", "下一格"), ("1–6", "选进度"), ("Ctrl+D", "带入上月"), ("Ctrl+↓", "下一个空格"), ("F2", "在下面写"),
    ("F7", "零报告"), ("Ctrl+Z", "撤销"),
))  # fmt: skip


class CellText(LongText):
    """The text of a cell where it has room. Tab goes on in the grid, Esc back to it."""

    ended = Signal(int)  # where to go in the grid: 1 next cell, -1 the one before, 0 the same

    def __init__(self, lines: int) -> None:
        super().__init__(lines)
        self.setTabChangesFocus(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1, Qt.Key.Key_Escape: 0}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.ended.emit(step)


class Below(QWidget):
    """Follows the current cell of a grid, and writes into it."""

    def __init__(self, grid: MonthGrid) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._grid = grid
        self._showing = False  # the text is changed by the program, not typed
        self.hint = Elided(HINT, "small")
        self.before = label("", "bold")
        self.take_over = button(
            "带入上月", "quiet", icon="copy", size="slim", tip="把上月的内容带进这一格", key="Ctrl+D"
        )
        self.last = Prose("", "text2", "cell")
        self.now, self.title, self.count = label("", "bold"), Elided("", "quiet"), label("", "small")
        self.text = CellText(LINES)
        self.choices = Prose(PACES, "text2", "cell")
        self.fault = label("", "small", "red", wrap=True)
        self.middle = QStackedWidget()
        self.middle.addWidget(self.text)
        self.middle.addWidget(self.choices)
        self.middle.setFixedHeight(self.text.height())
        last = Scroller(margins=(0, 0, 0, 0))
        last.body.addWidget(self.last)
        last.body.addStretch(1)
        last.setFixedHeight(self.text.height())
        last.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        left = column(row(self.before, None, self.take_over), last, gap=4)
        head = row(self.now, self.title, self.count)
        head.setStretch(1, 1)
        right = column(head, self.middle, self.fault, gap=4)
        both = row(gap=16)
        both.addLayout(left, 2)
        both.addLayout(right, 3)
        whole = column(self.hint, both, gap=6)
        whole.setContentsMargins(theme.px(24), theme.px(6), theme.px(24), theme.px(8))
        self.setLayout(whole)
        grid.moved.connect(self.follow)
        grid.table.typed_into.connect(self.follow)
        grid.wants_long.connect(self._write_long)
        self.take_over.clicked.connect(self._take_over)
        self.text.textChanged.connect(self._typed)
        self.text.ended.connect(self._back)

    @Slot()
    def follow(self) -> None:
        """Show the current cell."""
        line, at = self._grid.current()
        table = self._grid.table
        field = FIELD_OF.get(at, "pace" if line is not None else "")
        month = int(table.sheet.month[5:] or 1)
        said = table.typed.value(line, field) if line is not None else ""
        if not self.text.hasFocus() or self.text.toPlainText().strip() != said:
            self._showing = True
            self.text.setPlainText(said)
            self._showing = False
        self.middle.setCurrentIndex(1 if at not in FIELD_OF or at == PACE else 0)
        name = label_of("dispatch", field) if field else ""
        self.before.setText(f"{month - 1 or 12}月{name}")
        before = getattr(line.last, field) if line is not None and line.last else ""
        self.last.say(words.say(field, before) if before else "上月没有填。")
        self.take_over.setEnabled(bool(before))
        self.now.setText(f"{month}月{name}")
        self.title.say(f"{line.number}{saying.SPACE}{line.title}" if line is not None else "")
        self.count.setText(saying.length(len(said)) if at in FIELD_OF and at != PACE else "")
        returned = line.now.opinion if line is not None and line.now and line.state == "returned" else ""
        fault = table.typed.fault(line, field) if line is not None and field else ""
        self.fault.setText(fault or (f"县里退回：{returned}" if returned else ""))

    @Slot()
    def _write_long(self) -> None:
        if self.middle.currentWidget() is self.text:
            self.text.setFocus()
            self.text.moveCursor(self.text.textCursor().MoveOperation.End)

    @Slot()
    def _typed(self) -> None:
        if self._showing:
            return
        index = self._grid.currentIndex()
        self._grid.table.put([(index.row(), index.column(), self.text.toPlainText())], on=True)

    @Slot(int)
    def _back(self, step: int) -> None:
        self._grid.setFocus()
        if step:
            self._grid.go_on(step)

    @Slot()
    def _take_over(self) -> None:
        self._grid.take_over()
        self._grid.setFocus()
