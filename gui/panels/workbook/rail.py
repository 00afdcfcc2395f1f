"""The right side of the import assistant: one question at a time, what to look at, and whether to remember it."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QRadioButton, QVBoxLayout, QWidget

from gui import theme
from gui.panels.workbook.notes import NotesCard
from gui.tables.sheet import key_of
from gui.tables.sheet_cells import STATE
from gui.widgets.buttons import CountRow, button, carrier
from gui.widgets.frames import Card, Scroller, clear, row
from gui.widgets.labels import Elided, label, one_line, picture
from models.services.views.workbooks import ColumnView, WorkbookView

WIDTH = 304
LEFT_OUT = 8  # columns that are not taken, as many as are listed


def unsure(book: WorkbookView) -> list[ColumnView]:
    """The columns that nobody has answered for."""
    return [one for one in book.columns if not one.sure]


class Question(Card):
    """What one doubtful column is: its samples, two to four likely answers."""

    answered = Signal(str, str)  # what the column is called, field
    wanted = Signal(str)  # show this column

    def __init__(self) -> None:
        super().__init__(name="ask", pad=16, gap=6)
        self.title = label("", "bold", wrap=True)
        self.samples = label("", "small", wrap=True)
        self.more = label("都不是的，请在这一栏上方的格子里选。", "small", wrap=True)
        self._column = ""
        self._fields: list[str] = []
        self._group = QButtonGroup(self)
        self._answers = QVBoxLayout()
        self._answers.setSpacing(theme.px(2))
        top = row(picture("help", "orangeText", 18), self.title)
        top.setStretch(1, 1)
        self.add(top, self.samples, self._answers, self.more)
        self._group.idClicked.connect(self._answer)

    def ask(self, column: ColumnView, name: str, left: int) -> None:
        """Ask about a column; `left`: how many more will be asked about."""
        self._column = name
        self.title.setText(f"{column.letter} 栏“{one_line(column.heading) or '没有标题'}”是哪一种？")
        shown = "、".join(one_line(text) for text in column.samples[:4])
        self.samples.setText(f"这几行写的是：{shown}" if shown else "这一栏没有内容。")
        clear(self._answers)
        for one in self._group.buttons():
            self._group.removeButton(one)
        self._fields = [name for name, _ in column.likely]
        for at, (field, words) in enumerate(column.likely):
            choice = QRadioButton(f"记入{words}" if field == "remark" else words)
            choice.setMinimumHeight(theme.px(26))
            self._group.addButton(choice, at)
            self._answers.addWidget(choice)
        then = f"还有 {left} 栏要问。" if left else ""
        self.more.setText(f"都不是的，请在这一栏上方的格子里选。{then}")

    @property
    def answers(self) -> list[QRadioButton]:
        """The answers that are offered."""
        return [one for one in self._group.buttons() if isinstance(one, QRadioButton)]

    @Slot(int)
    def _answer(self, at: int) -> None:
        self.answered.emit(self._column, self._fields[at])


class Rail(Scroller):
    """What a person is asked and told beside the sheet."""

    mapped = Signal(str, str)
    column_wanted = Signal(object)
    cell_wanted = Signal(object)
    listed = Signal(str)  # rows of this state
    rewritten = Signal(str, object)  # cell, its new words; None: as in the sheet
    forgotten = Signal()

    def __init__(self) -> None:
        super().__init__(margins=(0, 0, 0, 0))
        self.setFixedWidth(theme.px(WIDTH))
        self.question = Question()
        self.clear_ = Card(pad=16, gap=6)
        self.clear_said = label("", "", wrap=True)
        line = row(picture("done", "green", 18), self.clear_said)
        line.setStretch(1, 1)
        self.clear_.add(line)
        self.left_out = Card("不导入的栏", " ", gap=4)
        self._left_out = QVBoxLayout()
        self._left_out.setSpacing(theme.px(2))
        self.left_out.add(self._left_out)
        self.counts = Card("导入后", gap=2)
        self._counts = QVBoxLayout()
        self._counts.setSpacing(theme.px(2))
        self.counts.add(self._counts)
        self.notes = NotesCard()
        self._make_memory()
        for part in (self.question, self.clear_, self.counts, self.notes, self.left_out, self.memory):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.question.answered.connect(self.mapped)
        self.notes.cell_wanted.connect(self.cell_wanted)
        self.notes.rewritten.connect(self.rewritten)
        self.forget.clicked.connect(self.forgotten)

    def _make_memory(self) -> None:
        self.memory = Card(pad=16, gap=4)
        self.remember = QCheckBox("记住这种表")
        self.remember.setFont(theme.font("bold"))
        self.remember.setChecked(True)
        self.memory_said = label("", "small", wrap=True)
        self.forget = button("忘掉，重新对", "quiet", icon="refresh", size="slim")
        self.memory.add(row(self.remember, None), self.memory_said, row(self.forget, None))

    def show_book(self, book: WorkbookView, *, checking: bool) -> None:
        """Show what the step asks and tells."""
        open_ = unsure(book)
        known = bool(book.heading_rows)
        self.question.setVisible(bool(open_) and not checking)
        self.clear_.setVisible(not open_ and not checking and known and any(one.field for one in book.columns))
        self.counts.setVisible(checking)
        self.notes.setVisible(checking)
        self.left_out.setVisible(not checking and known)
        said = bool(book.mapping or book.heading or book.remembered)
        self.memory.setVisible(not checking and known and said and bool(book.layout))
        if checking:
            self._count(book)
            self.notes.show_book(book)
            return
        if open_:
            self.question.ask(open_[0], key_of(open_[0], book.columns), len(open_) - 1)
            self.column_wanted.emit(key_of(open_[0], book.columns))
        taken = sum(1 for one in book.columns if one.field)
        self.clear_said.setText(f"{taken} 栏都对好了。左边每一栏的上方写着它会变成什么，不对的可以改。")
        self._list_left_out(book)
        self.memory_said.setText(
            "这种表以前对过，已照上次的对好。" if book.remembered else "下次遇到同样标题的表，不再询问。"
        )
        self.forget.setVisible(book.remembered)

    def _list_left_out(self, book: WorkbookView) -> None:
        clear(self._left_out)
        found = [one for one in book.columns if not one.field and one.sure]
        self.left_out.setVisible(bool(found) and bool(book.heading_rows))
        self.left_out.quiet.setText(f"{len(found)} 栏")
        for one in found[:LEFT_OUT]:
            name = f"{one.letter} 栏 {one_line(one.heading) or '没有标题'}"
            press = carrier(key_of(one, book.columns), name, "row", tip="到这一栏")
            press.handed.connect(self.column_wanted)
            self._left_out.addWidget(press)
        if len(found) > LEFT_OUT:
            self._left_out.addWidget(label(f"另有 {len(found) - LEFT_OUT} 栏。", "small"))
        self._left_out.addWidget(label("要导入的，在这一栏上方选它是什么。", "small", wrap=True))

    def _count(self, book: WorkbookView) -> None:
        clear(self._counts)
        for state, count in (
            ("new", book.new),
            ("changed", book.changed),
            ("same", book.same),
            ("refused", book.refused),
        ):
            one = CountRow(state, STATE[state][0], count)
            one.setCheckable(False)
            one.setEnabled(bool(count))
            one.setToolTip("只看这些行")
            one.handed.connect(self._list)
            self._counts.addWidget(one)
        line = QWidget()
        line.setLayout(row(Elided("表里共", "quiet"), None, label(f"{len(book.rows)} 条", "quiet")))
        self._counts.addWidget(line)

    @Slot(object)
    def _list(self, state: str) -> None:
        self.listed.emit(state)
