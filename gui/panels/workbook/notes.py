"""Cells that want a look: what is the matter with each, and what may be done about it for this import."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from gui import theme
from gui.panels.workbook.words import clipped, column_of, together
from gui.widgets.buttons import button, carrier
from gui.widgets.frames import Card, clear, row, rule
from gui.widgets.labels import Elided, label, picture
from models.services.views.workbooks import CellNote, WorkbookView

AT_ONCE = 8  # notes that are shown, and that each “再看” adds
SUBJECT = frozenset({"description", "content"})


class NoteRow(QWidget):
    """One note: its cell, what stands there, why, and what to do."""

    cell_wanted = Signal(object)
    rewritten = Signal(str, object)
    dismissed = Signal(str)

    def __init__(self, note: CellNote, tone: str, *, may_empty: bool) -> None:
        super().__init__()
        self.note = note
        go = carrier(note.cell, note.cell or "整表", "quiet", size="slim", tip="到这一格")
        go.setEnabled(bool(note.cell))
        go.handed.connect(self.cell_wanted)
        top = row(go, Elided(f"“{note.value}”" if note.value else "", "bold", tone), gap=4)
        top.setStretch(1, 1)
        acts = row(gap=0)
        self.take = button(f"改成 {note.suggestion}", "quiet", size="slim")
        self.edit = button("改这一格", "quiet", size="slim")
        self.empty = button("先空着", "quiet", size="slim")
        self.fine = button("可以", "quiet", size="slim", tip="就这样导入")
        self.take.setVisible(bool(note.suggestion))
        self.edit.setVisible(bool(column_of(note.cell)))
        self.empty.setVisible(bool(column_of(note.cell)) and may_empty and tone == "red")
        self.fine.setVisible(tone == "yellow")
        for one in (self.take, self.edit, self.empty, self.fine):
            acts.addWidget(one)
        acts.addStretch(1)
        self.line = QLineEdit(note.value)
        self.line.setAccessibleName(f"{note.cell} 改成")
        self.use = button("用这个", size="slim")
        self._edit = QWidget()
        edit = row(self.line, self.use, gap=6)
        edit.setStretch(0, 1)
        self._edit.setLayout(edit)
        self._edit.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(2))
        layout.addLayout(top)
        layout.addWidget(label(note.why, "small", wrap=True))
        layout.addLayout(acts)
        layout.addWidget(self._edit)
        self.take.clicked.connect(self._take)
        self.edit.clicked.connect(self._open)
        self.empty.clicked.connect(self._empty)
        self.fine.clicked.connect(self._dismiss)
        self.use.clicked.connect(self._use)
        self.line.returnPressed.connect(self._use)

    @Slot()
    def _take(self) -> None:
        self.rewritten.emit(self.note.cell, self.note.suggestion)

    @Slot()
    def _empty(self) -> None:
        self.rewritten.emit(self.note.cell, "")

    @Slot()
    def _use(self) -> None:
        self.rewritten.emit(self.note.cell, self.line.text().strip())

    @Slot()
    def _open(self) -> None:
        self._edit.setVisible(not self._edit.isVisible())
        self.line.setFocus()
        self.line.selectAll()

    @Slot()
    def _dismiss(self) -> None:
        self.dismissed.emit(self.note.cell)


class ManyRow(QWidget):
    """What is the same in many cells of a column, said once."""

    cell_wanted = Signal(object)
    opened = Signal(object)  # the notes, to be seen one by one
    dismissed = Signal(object)  # the notes

    def __init__(self, notes: Sequence[CellNote], tone: str) -> None:
        super().__init__()
        self.notes = notes
        first = notes[0]
        go = carrier(first.cell, first.cell, "quiet", size="slim", tip="到第一格")
        go.handed.connect(self.cell_wanted)
        said = f"起，{column_of(first.cell)} 栏有 {len(notes)} 格都是这样"
        top = row(go, Elided(said, "bold", tone), gap=4)
        top.setStretch(1, 1)
        self.fine = button("都可以", "quiet", size="slim", tip="就这样导入")
        self.fine.setVisible(tone == "yellow")
        self.each = button("一格一格看", "quiet", size="slim")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(2))
        layout.addLayout(top)
        layout.addWidget(label(first.why, "small", wrap=True))
        layout.addLayout(row(self.fine, self.each, None, gap=0))
        self.fine.clicked.connect(self._dismiss)
        self.each.clicked.connect(self._open)

    @Slot()
    def _dismiss(self) -> None:
        self.dismissed.emit(self.notes)

    @Slot()
    def _open(self) -> None:
        self.opened.emit(self.notes)


class NotesCard(Card):
    """All notes of a workbook; red ones first."""

    cell_wanted = Signal(object)
    rewritten = Signal(str, object)

    def __init__(self) -> None:
        super().__init__("要您看一眼的", " ", gap=6)
        self._book: WorkbookView | None = None
        self._fine: set[str] = set()  # cells that the person called fine
        self._each: set[str] = set()  # cells that are to be seen one by one, although many are alike
        self._most = AT_ONCE
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.px(6))
        self.add(self._rows)

    @property
    def notes(self) -> list[NoteRow]:
        """The notes that are shown."""
        items = [self._rows.itemAt(at) for at in range(self._rows.count())]
        return [one for item in items if item is not None and isinstance(one := item.widget(), NoteRow)]

    def start_over(self) -> None:
        """Forget what was called fine: another workbook is looked at."""
        self._fine, self._each, self._most = set(), set(), AT_ONCE

    def show_book(self, book: WorkbookView) -> None:
        """Show the notes of a workbook."""
        self._book = book
        clear(self._rows)
        for cell, text in book.cells.items():
            self._add_rewritten(cell, text)
        red, yellow = book.rejected, [one for one in book.flagged if one.cell not in self._fine]
        count = len(red) + len(yellow)
        self.quiet.setText(f"{count} 处" if count else "")
        groups = [(one, tone) for tone, notes in (("red", red), ("yellow", yellow)) for one in self._grouped(notes)]
        subject = {one.letter for one in book.columns if one.field in SUBJECT}
        for number, (notes, tone) in enumerate(groups[: self._most]):
            if number or book.cells:
                self._rows.addWidget(rule())
            if len(notes) > 1:
                self._rows.addWidget(self._many(notes, tone))
            else:
                self._rows.addWidget(self._one(notes[0], tone, may_empty=column_of(notes[0].cell) not in subject))
        if len(groups) > self._most:
            rest = sum(len(notes) for notes, _ in groups[self._most :])
            more = button(f"再看几处（还有 {rest} 处）", "quiet", size="slim")
            more.clicked.connect(self._more)
            self._rows.addWidget(more)
        if not count and not book.cells:
            self._rows.addWidget(label("没有认不准的格子。", "quiet"))
        elif not count:
            self._rows.addWidget(label("都看过了。", "quiet"))

    def _grouped(self, notes: Sequence[CellNote]) -> list[list[CellNote]]:
        groups = together(notes)
        return [part for one in groups for part in ([[n] for n in one] if one[0].cell in self._each else [one])]

    def _one(self, note: CellNote, tone: str, *, may_empty: bool) -> NoteRow:
        made = NoteRow(note, tone, may_empty=may_empty)
        made.cell_wanted.connect(self.cell_wanted)
        made.rewritten.connect(self.rewritten)
        made.dismissed.connect(self._dismiss)
        return made

    def _many(self, notes: Sequence[CellNote], tone: str) -> ManyRow:
        made = ManyRow(notes, tone)
        made.cell_wanted.connect(self.cell_wanted)
        made.opened.connect(self._see_each)
        made.dismissed.connect(self._dismiss_all)
        return made

    def _add_rewritten(self, cell: str, text: str) -> None:
        said = f"{cell} 改成 {clipped(text)}" if text else f"{cell} 先空着"
        back = carrier(cell, "改回去", "quiet", size="slim")
        back.handed.connect(self._restore)
        line = row(picture("check", "green", 16), Elided(said, "bold"), back, gap=4)
        line.setStretch(1, 1)
        self._rows.addLayout(line)
        self._rows.addWidget(label("只改这次导入，原来的表格没有动。", "small", wrap=True))

    @Slot(object)
    def _restore(self, cell: str) -> None:
        self.rewritten.emit(cell, None)

    @Slot(str)
    def _dismiss(self, cell: str) -> None:
        self._fine.add(cell)
        self._again()

    @Slot(object)
    def _dismiss_all(self, notes: Sequence[CellNote]) -> None:
        self._fine |= {one.cell for one in notes}
        self._again()

    @Slot(object)
    def _see_each(self, notes: Sequence[CellNote]) -> None:
        self._each |= {one.cell for one in notes}
        self._again()

    @Slot()
    def _more(self) -> None:
        self._most += AT_ONCE
        self._again()

    def _again(self) -> None:
        if self._book is not None:
            self.show_book(self._book)
