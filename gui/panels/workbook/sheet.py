"""The left side of the import assistant: the sheet as it looks, and what each row will do."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QWidget

from gui import theme
from gui.panels.workbook.words import MOST_TOLD, cell_of, choices, row_columns, told
from gui.tables.plain import PlainTable
from gui.tables.sheet import SheetView
from gui.tables.view import LineView
from gui.widgets.buttons import button, carrier
from gui.widgets.frames import Card, clear, row, rule
from gui.widgets.labels import Elided, label
from gui.widgets.notice import Notice
from gui.widgets.tabs import Tabs
from models.services.views.workbooks import RowView, WorkbookView

KEEP = "不改了"


class SheetCard(Card):
    """Two looks: what the columns become, and what the rows will do."""

    mapped = Signal(str, str)
    sheet_chosen = Signal(str)
    heading_chosen = Signal(int)

    def __init__(self, table: str) -> None:
        super().__init__(pad=1, gap=0)
        self._table = table
        self._book: WorkbookView | None = None
        self._state = ""  # the rows that are listed: new changed same refused; "" all
        self.file = Elided("", "bold")
        self.where = Elided("", "quiet")
        self.other_sheet = button("换一张表", "quiet", icon="sheet", size="slim")
        self.other_heading = button("标题行不对？", "quiet", size="slim", tip="自己指出哪一行是标题行")
        self.tabs = Tabs((("sheet", "表格"), ("rows", "逐行结果")), plain=True)
        self.tabs.choose("sheet")
        self.all = button("显示全部行", "quiet", size="slim")
        self.tabs.add(self.all)
        self.ask = Notice()
        self.ask.shut.hide()
        self.sheet = SheetView()
        self.rows = LineView("逐行结果", row=34, least=240)
        self.lines = PlainTable(row_columns(table), self)
        self.rows.show_model(self.lines)
        self.parts = QStackedWidget()
        self.parts.addWidget(self.sheet)
        self.parts.addWidget(self.rows)
        self._told = QHBoxLayout()
        self._told.setSpacing(theme.px(4))
        self._lay_out()
        self.other_sheet.clicked.connect(self._offer_sheets)
        self.other_heading.clicked.connect(self.ask_heading)
        self.ask.acted.connect(self._keep_heading)
        self.sheet.mapped.connect(self.mapped)
        self.sheet.row_picked.connect(self._picked)
        self.tabs.chosen.connect(self.show_part)
        self.rows.opened.connect(self._open)
        self.all.clicked.connect(self._show_all)

    def _lay_out(self) -> None:
        side = theme.px(16)
        head = row(self.file, self.where, None, self.other_sheet, self.other_heading)
        head.setContentsMargins(side, theme.px(8), theme.px(8), theme.px(4))
        self._tabs = QWidget()
        tabs = row(self.tabs)
        tabs.setContentsMargins(side, 0, theme.px(8), 0)
        self._tabs.setLayout(tabs)
        ask = row(self.ask)
        ask.setContentsMargins(side, 0, side, theme.px(4))
        foot = row()
        foot.addLayout(self._told, 1)
        foot.setContentsMargins(theme.px(8), theme.px(6), side, theme.px(6))
        self.add(head, ask, self._tabs, rule())
        self.body.addWidget(self.parts, 1)
        self.add(rule(), foot)

    def show_book(self, book: WorkbookView) -> None:
        """Show a workbook."""
        self._book = book
        self.file.say(book.path.name)
        count = f"（共 {len(book.sheets)} 张）" if len(book.sheets) > 1 else ""
        as_of = f"\u2003截至 {book.as_of}" if book.as_of else ""
        self.where.say(f"工作表：{book.sheet}{count}{as_of}")
        self.other_sheet.setVisible(len(book.sheets) > 1)
        self.sheet.show_book(book, choices(self._table))
        self.list_rows(self._state)
        self._tell(book)
        if book.heading_rows:
            self._keep_heading("")
        else:
            self.ask_heading()

    def show_step(self, *, checking: bool) -> None:
        """Show the columns, or what the rows will do."""
        self.sheet.show_states(shown=checking)
        self._tabs.setVisible(checking)
        self.other_sheet.setVisible(not checking and self._book is not None and len(self._book.sheets) > 1)
        self.other_heading.setVisible(not checking)
        if not checking:
            self.show_part("sheet")

    def list_rows(self, state: str) -> None:
        """List the rows of one state, or all of them."""
        self._state = state
        rows = self._book.rows if self._book else ()
        shown: list[RowView] = [one for one in rows if not state or one.state == state]
        # What people should see stands on top.
        if not state:
            shown.sort(key=lambda one: (one.state != "refused", not one.notes, one.state != "changed"))
        self.lines.show(shown)
        self.rows.fit()
        self.tabs.count("rows", len(shown))
        self.all.setVisible(bool(state))

    @Slot(str)
    def show_part(self, part: str) -> None:
        """Show the sheet or the list of rows."""
        self.tabs.choose(part)
        self.parts.setCurrentWidget(self.rows if part == "rows" else self.sheet)

    @Slot(object)
    def show_cell(self, cell: str) -> None:
        """Show a cell in the sheet; where only a row or a column is named, that one."""
        self.show_part("sheet")
        if cell.startswith("第") and cell.endswith("行"):
            self.sheet.show_row(int(cell[1:-1]))
        elif cell.isalpha():
            self.sheet.show_cell(f"{cell}1")
        else:
            self.sheet.show_cell(cell)

    @Slot()
    def ask_heading(self) -> None:
        """Ask which row holds the headings."""
        unknown = self._book is not None and not self._book.heading_rows
        title = "没有认出哪一行是标题行。" if unknown else "请点一下标题所在的那一行。"
        way = (
            "请在下面点一下标题所在的那一行；标题有两三行的，点最上面一行。"
            if unknown
            else "标题有两三行的，点最上面一行。"
        )
        self.ask.say("warning" if unknown else "info", title, way, *(() if unknown else (KEEP,)))
        self.ask.shut.hide()
        self.other_heading.setEnabled(False)
        self.sheet.ask_row(asked=True)

    @Slot(str)
    def _keep_heading(self, _word: str) -> None:
        self.ask.hide()
        self.other_heading.setEnabled(True)
        self.sheet.ask_row(asked=False)

    @Slot(int)
    def _picked(self, number: int) -> None:
        self.heading_chosen.emit(number)

    @Slot()
    def _offer_sheets(self) -> None:
        if self._book is None:
            return
        menu = QMenu(self)
        for name in self._book.sheets:
            action = menu.addAction(name)
            action.setCheckable(True)
            action.setChecked(name == self._book.sheet)
        menu.triggered.connect(self._take_sheet)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.other_sheet.mapToGlobal(QPoint(0, self.other_sheet.height())))

    @Slot(QAction)
    def _take_sheet(self, action: QAction) -> None:
        if self._book is not None and action.text() != self._book.sheet:
            self.sheet_chosen.emit(action.text())

    def _tell(self, book: WorkbookView) -> None:
        """The line below the sheet: which rows are no records, and how many there are."""
        clear(self._told)
        found = told(book)
        for first, rows, words in found[:MOST_TOLD]:
            chip = carrier(f"第 {first} 行", rows, "quiet", size="slim", tip="到这一行")
            chip.handed.connect(self.show_cell)
            self._told.addWidget(chip)
            self._told.addWidget(label(words, "small"))
        if len(found) > MOST_TOLD:
            self._told.addWidget(label(f"另有 {len(found) - MOST_TOLD} 种", "small"))
        self._told.addStretch(1)
        count = f"表里共 {len(book.rows)} 条" if book.rows else f"表里共 {len(book.grid)} 行"
        self._told.addWidget(label(count, "small"))

    @Slot(int)
    def _open(self, at: int) -> None:
        line = self.lines.line(at)
        if line is not None:
            self.show_cell(cell_of(line) or f"第 {line.number} 行")

    @Slot()
    def _show_all(self) -> None:
        self.list_rows("")
