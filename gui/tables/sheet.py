"""A sheet as it looks: addresses, heading rows, doubtful cells; above each column what it will become."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QVBoxLayout, QWidget

from gui import theme
from gui.tables.sheet_cells import LEAST, Sheet, SheetDelegate
from gui.widgets.field_choice import ASK, FieldChoice, Fields
from gui.widgets.labels import one_line, retone
from gui.widgets.rows import fix_rows
from models.services.views.workbooks import ColumnView, WorkbookView

MOST = 240  # width of a column
LOOKED_AT = 30  # rows that decide how wide the columns are
SPANS = 60  # titles and signatures that are shown across all columns


def key_of(column: ColumnView, columns: Sequence[ColumnView]) -> str:
    """How a person's word on a column names it: by its heading, or by its letters where headings repeat."""
    alone = sum(one.heading == column.heading for one in columns) == 1
    return column.heading if column.heading and alone else column.letter


def _wide(text: str) -> int:
    """About how wide a text is: a Chinese character takes the room of two others."""
    return len(text) + sum(sign > "\u2e7f" for sign in text)


class SheetView(QWidget):
    """The sheet with a choice above each column; the choices follow the columns when one scrolls."""

    mapped = Signal(str, str)  # heading, or letters where headings repeat; field ("" is not taken)
    row_picked = Signal(int)  # sheet row, 1-based, while a row is asked for

    def __init__(self) -> None:
        super().__init__()
        self.model = Sheet(self)
        self.view = QTableView()
        self.view.setObjectName("sheet")
        self.view.setAccessibleName("工作表")
        self.view.setModel(self.model)
        self.view.setItemDelegate(SheetDelegate(self.view))
        self.view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        fix_rows(self.view, 32)
        upright, level = self.view.verticalHeader(), self.view.horizontalHeader()
        upright.setFixedWidth(theme.px(48))
        upright.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        upright.setHighlightSections(False)
        level.setFixedHeight(theme.px(26))
        level.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        level.setHighlightSections(False)
        level.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.strip = QWidget()
        self.strip.setFixedHeight(theme.px(44))
        self.fields = Fields(self)
        self.choices: list[FieldChoice] = []
        self._picks = False
        self._sizing = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.strip)
        layout.addWidget(self.view, 1)
        level.sectionResized.connect(self._place)
        self.view.horizontalScrollBar().valueChanged.connect(self._place)
        self.view.clicked.connect(self._pick)
        self.view.activated.connect(self._pick)
        upright.sectionClicked.connect(self._pick_row)

    def show_book(self, book: WorkbookView, fields: Sequence[tuple[str, str]]) -> None:
        """Show a workbook; `fields` are (name, label) that a column may become."""
        same = [one.column for one in self.choices] == [key_of(one, book.columns) for one in book.columns]
        place = self.view.verticalScrollBar().value(), self.view.horizontalScrollBar().value()
        self.model.show(book)
        if not same:
            self.fields.show_fields(fields)
            self._make_choices(book)
            self._size_columns(book)
        for choice, column in zip(self.choices, book.columns, strict=True):
            choice.put((column.field or "") if column.sure else ASK)
            tones = {"doubt": "0" if column.sure else "1", "none": "0" if column.field or not column.sure else "1"}
            if any(choice.property(name) != tone for name, tone in tones.items()):
                retone(choice, **tones)
        self._span_titles(book)
        if same:  # looked at again: the person stays where they were
            self.view.verticalScrollBar().setValue(place[0])
            self.view.horizontalScrollBar().setValue(place[1])
        self._place()

    def show_states(self, *, shown: bool) -> None:
        """Show what becomes of each row instead of what each column becomes."""
        self.view.setColumnHidden(0, not shown)
        self.strip.setVisible(not shown and not self._picks)
        if shown:
            self.view.horizontalScrollBar().setValue(0)
        self._place()

    def ask_row(self, *, asked: bool) -> None:
        """Let a person point at a row."""
        self._picks = asked
        self.strip.setVisible(not asked)
        self.view.setCursor(Qt.CursorShape.PointingHandCursor if asked else Qt.CursorShape.ArrowCursor)
        if asked:
            self.view.setFocus()

    def show_cell(self, cell: str) -> None:
        """Scroll to a cell."""
        index = self.model.address(cell)
        if index.isValid():
            self.view.setCurrentIndex(index)
            self.view.scrollTo(index, QTableView.ScrollHint.PositionAtCenter)

    def show_row(self, number: int) -> None:
        """Scroll to a row of the sheet, 1-based."""
        index = self.model.index(number - 1, 1)
        self.view.setCurrentIndex(index)
        self.view.scrollTo(index, QTableView.ScrollHint.PositionAtCenter)

    @Slot(object)
    def show_column(self, column: str) -> None:
        """Scroll sideways to the column that a person calls so."""
        at = next((number for number, one in enumerate(self.choices) if one.column == column), -1)
        first = self.view.rowAt(0)
        if at >= 0 and first >= 0:
            self.view.scrollTo(self.model.index(first, at + 1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _make_choices(self, book: WorkbookView) -> None:
        for one in self.choices:
            one.hide()
            one.deleteLater()
        self.choices = []
        for column in book.columns:
            choice = FieldChoice(self.fields, key_of(column, book.columns), self.strip)
            choice.setAccessibleName(f"{column.letter} 栏“{one_line(column.heading)}”是什么")
            such = f"\n如：{'、'.join(column.samples[:4])}" if column.samples else ""
            choice.setToolTip(f"{column.letter} 栏“{one_line(column.heading)}”{such}")
            choice.chosen.connect(self.mapped)
            self.choices.append(choice)

    def _span_titles(self, book: WorkbookView) -> None:
        """A title or a signature that stands alone in its row is shown across all columns."""
        if self.view.rowSpan(0, 1) != 1 or self.view.columnSpan(0, 1) != 1 or book.heading_rows:
            self.view.clearSpans()
        above = range(1, min(book.heading_rows, default=1))
        for number in [*above, *(number for number, _ in book.passed)][:SPANS]:
            cells = book.grid[number - 1]
            filled = [at for at, text in enumerate(cells) if text.strip()]
            if len(filled) == 1 and len(book.columns) > filled[0] + 1:
                self.view.setSpan(number - 1, filled[0] + 1, 1, len(book.columns) - filled[0])

    def _size_columns(self, book: WorkbookView) -> None:
        self._sizing = True
        metrics = QFontMetrics(theme.font("cell"))
        self.view.setColumnWidth(0, theme.px(76))
        # The title rows are long and stand in the first column; they must not widen it.
        first = min(book.heading_rows, default=1)
        rows = range(first - 1, min(first + LOOKED_AT, len(book.grid)))
        for at in range(len(book.columns)):
            longest = max((one_line(self.model.index(row, at + 1).data()) for row in rows), key=_wide, default="")
            becomes = metrics.horizontalAdvance(book.columns[at].label or "请选一个") + theme.px(42)
            widest = max(metrics.horizontalAdvance(longest) + theme.px(18), becomes)
            self.view.setColumnWidth(at + 1, min(max(widest, theme.px(LEAST)), theme.px(MOST)))
        self._sizing = False

    @Slot()
    def _place(self) -> None:
        if self._sizing:
            return
        header, left = self.view.horizontalHeader(), self.view.verticalHeader().width() + self.view.frameWidth()
        for at, one in enumerate(self.choices):
            x = header.sectionViewportPosition(at + 1) + left
            one.setGeometry(x + 3, theme.px(6), self.view.columnWidth(at + 1) - 6, theme.px(32))
            one.setVisible(left - 1 <= x < self.strip.width())

    @Slot(QModelIndex)
    def _pick(self, index: QModelIndex) -> None:
        self._pick_row(index.row())

    @Slot(int)
    def _pick_row(self, row: int) -> None:
        if self._picks:
            self.row_picked.emit(row + 1)
