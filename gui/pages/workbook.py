"""导入 Excel: choose a workbook, say what its columns are, see what would change; then, and only then, take it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QStackedWidget, QWidget

from gui import theme
from gui.jobs import Kind
from gui.page import Page
from gui.panel import Work
from gui.panels.workbook.asked import Asked
from gui.panels.workbook.done import Done
from gui.panels.workbook.foot import LookFoot
from gui.panels.workbook.rail import Rail
from gui.panels.workbook.sheet import SheetCard
from gui.panels.workbook.words import OWN_ALONE, lacking, of_others
from gui.places import Place
from gui.session import Session
from gui.widgets.buttons import button
from gui.widgets.drop import Drop
from gui.widgets.field_choice import ASK
from gui.widgets.frames import Scroller, column
from gui.widgets.outcome import Refusal
from gui.widgets.steps import Steps
from gui.widgets.working import Working
from models.errors import LedgerError
from models.services.views.home import Touched
from models.services.views.workbooks import WorkbookView

STEPS = ("选文件", "对栏目", "查问题", "导入")
CHOOSE, COLUMNS, CHECK, TAKE = range(len(STEPS))
BACK_TO = {"problem": "督察整改", "petition": "信访件", "source": "污染源"}
LEDGER = (
    "选择 Excel 台账，或者把它拖到这里",
    "县里发的、镇里自己记的台账都可以：标题、合计行、合并的单元格、写成文字的日期都能认。先看再导入。",
)
SOURCES = (
    "选择污染源名单，或者把它拖到这里",
    "一行一个，至少要有名称一栏；类别、村、信用代码、经纬度、负责人、许可证有的都能认。台账里已有的只补空着的。先看再导入。",
)
NO_HEADINGS = frozenset({"X110", "R700"})  # refusals that a person can mend by pointing at the headings
FILES = "表格 (*.xlsx *.xls *.csv);;所有文件 (*)"
LISTS = "Excel 工作簿 (*.xlsx)"


class WorkbookPage(Page):
    """Looks first, takes then; whatever a person says is looked at again at once."""

    def __init__(self, session: Session, table: str) -> None:
        super().__init__(session, "导入 Excel", back=BACK_TO[table])
        self._table = table
        self._asked: Asked | None = None
        self._book: WorkbookView | None = None
        self._step = CHOOSE
        self._again = False

    def build(self) -> Iterator[None]:
        table = self._table
        self.steps = Steps(STEPS)
        bar = column(self.steps)
        bar.setContentsMargins(theme.px(24), theme.px(8), theme.px(24), theme.px(8))
        top = QFrame()
        top.setObjectName("tabs")
        top.setLayout(bar)
        self.put_above_notice(top)
        yield
        self.choose = button("选择表格…", "primary", icon="folder")
        what, text = SOURCES if table == "source" else LEDGER
        self.drop_here = Drop("sheet", what, text, (self.choose,))
        self.middle = QStackedWidget()
        self.put(self.middle, 1)
        self._states: dict[str, QWidget] = {}
        self._state("choose", self.drop_here)
        yield
        self.working = Working("正在读表格", "取消", "取消不会丢数据：台账没有改动。", verb="已读", unit="行")
        self.retry = button("换一个文件", "primary", icon="folder")
        self.refusal = Refusal((self.retry,))
        self._state("working", self.working)
        self._state("refused", self.refusal)
        yield
        self.done = Done(BACK_TO[table])
        self._state("done", self.done)
        yield
        self.sheet = SheetCard(table)
        yield
        self.rail = Rail()
        yield
        self.look = self._make_look()
        self._state("look", self.look)
        yield
        self.foot = LookFoot(table)
        self.reason, self.back_step = self.foot.reason, self.foot.back_step
        self.next_step, self.take = self.foot.next_step, self.foot.take
        self.put(self.foot)
        self._connect()
        self._show("choose", CHOOSE)

    def _make_look(self) -> QWidget:
        made = QWidget()
        made.setObjectName("page")
        line = QHBoxLayout(made)
        line.setContentsMargins(theme.px(24), theme.px(12), theme.px(24), theme.px(12))
        line.setSpacing(theme.px(12))
        line.addWidget(self.sheet, 1)
        line.addWidget(self.rail)
        return made

    def _state(self, name: str, part: QWidget) -> None:
        made = part
        if name != "look":
            scroller = Scroller(margins=(24, 8, 24, 16))
            scroller.body.addWidget(part)
            scroller.body.addStretch(1)
            if name != "choose":
                part.setMaximumWidth(theme.px(800))
            made = scroller
        self.middle.addWidget(made)
        self._states[name] = made

    def enter(self, place: Place) -> None:
        super().enter(place)
        self._stale = False
        if place.id:
            self.look_at(Path(place.id))
        elif self._job is None and self._book is None:
            self._start_over()

    def look_at(self, path: Path) -> None:
        """Read a workbook; nothing is written."""
        if self._job is not None:
            return
        self._book, self._asked = None, Asked(path, self._table)
        self._step = COLUMNS
        self.rail.notes.start_over()
        self.sheet.list_rows("")
        self.notice.hide()
        self._look()

    # ------------------------------------------------------------------------------------- asking

    def _look(self) -> None:
        if self._asked is None:
            return
        if self._job is not None:
            self._again = True  # what was said meanwhile is looked at when the present look is done
            return
        self._begin(self._asked.look(self.session.office.imports), self._show_book, self._refuse)
        if self._book is None:
            self._show("working", CHOOSE)
            self.working.begin("正在读表格")

    @Slot()
    def _take(self) -> None:
        if self._asked is None or self._job is not None:
            return
        work = self._asked.take(self.session.office.imports, remember=self.rail.remember.isChecked())
        self._begin(work, self._show_done, self._refuse)
        self._show("working", TAKE)
        self.working.begin("正在导入")

    def _begin(self, work: Work, done: Callable[..., object], refused: Callable[..., object]) -> None:
        self.foot.wait()
        self.run(work, done, refused=refused, stopped=self._give_up, progressed=self._progress)

    @Slot(object, object, str)
    def _progress(self, done: int, total: int, what: str) -> None:
        self.working.report(done, total, what)
        if self.middle.currentWidget() is self.look:
            self.foot.say_progress(done, total, what)

    # ------------------------------------------------------------------------------------- states

    def _show(self, state: str, step: int) -> None:
        self.steps.go(step)
        self.middle.setCurrentWidget(self._states[state])
        self.foot.setVisible(state == "look")

    @Slot(object)
    def _show_book(self, book: WorkbookView) -> None:
        first = self._book is None
        self._book = book
        if self._asked is not None and self._again:
            self._again, self._job = False, None
            self._look()
            return
        if self._asked is not None:
            self._asked.learn(book)
        known = sum(1 for one in book.columns if one.field)
        self.header.quiet.say(f"已认出 {known} 栏" if book.heading_rows else "没有认出标题行")
        if first and book.remembered and not lacking(book, self._table):
            self._step = CHECK
            self.notice.say("info", "这种表以前对过，已照上次的对好。", "要改的，点“上一步”。")
        self.sheet.show_book(book)
        QTimer.singleShot(0, self._show_step)  # in one go with the sheet it would keep people waiting

    @Slot()
    def _show_step(self) -> None:
        book = self._book
        if book is None:
            return
        checking = self._step == CHECK
        first = self.middle.currentWidget() is not self.look
        self._show("look", self._step)
        self.sheet.show_step(checking=checking)
        self.rail.show_book(book, checking=checking)
        self.rail.setVisible(bool(book.heading_rows))
        self.foot.show_book(book, checking=checking)
        if first:
            (self.take if checking else self.next_step).setFocus()

    @Slot(object)
    def _show_done(self, book: WorkbookView) -> None:
        self._book = self._asked = None
        self.notice.hide()
        self._show("done", len(STEPS))
        self.done.show_book(book)
        self.done.to_list.setFocus()
        self.session.tell(Touched("*"))

    @Slot(object)
    def _refuse(self, error: LedgerError) -> None:
        if error.code in NO_HEADINGS and self._step == COLUMNS and self._asked is not None:
            # The sheet is shown as it is, so that a person can point at the headings.
            self._begin(self._asked.bare(self.session.office.imports), self._show_book, self._refuse_wholly)
        elif self._book is not None:
            self._show_step()
            self.notice.refuse(error)
        else:
            self._refuse_wholly(error)

    @Slot(object)
    def _refuse_wholly(self, error: LedgerError) -> None:
        self._book = None
        self._show("refused", CHOOSE)
        self.refusal.refuse(error)

    @Slot()
    def _give_up(self) -> None:
        if self._book is not None:
            self._show_step()
        else:
            self._start_over()

    # ------------------------------------------------------------------------------------- deeds

    @Slot()
    def _start_over(self) -> None:
        self._book = self._asked = None
        self.notice.hide()
        self.header.quiet.say("")
        self._show("choose", CHOOSE)
        self.choose.setFocus()

    @Slot()
    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "选择表格", self.session.settings.stick, FILES)
        if name:
            self.look_at(Path(name))

    @Slot(object)
    def _dropped(self, paths: list[Path]) -> None:
        if paths:
            self.look_at(paths[0])

    @Slot(str, str)
    def _map(self, heading: str, name: str) -> None:
        if self._asked is not None and name != ASK:
            self._asked.mapping = {**(self._asked.mapping or {}), heading: name}
            self._look()

    @Slot(str)
    def _choose_sheet(self, name: str) -> None:
        """Another sheet is another table: what was said of the first one does not hold for it."""
        if self._asked is not None:
            self._asked = Asked(self._asked.path, self._table, name)
            self._look()

    @Slot(int)
    def _choose_heading(self, row: int) -> None:
        if self._asked is not None:
            self._asked = Asked(self._asked.path, self._table, self._asked.sheet, row, {})
            self._look()

    @Slot(str, object)
    def _rewrite(self, cell: str, text: str | None) -> None:
        if self._asked is None:
            return
        if text is None:
            self._asked.cells.pop(cell, None)
        else:
            self._asked.cells[cell] = text
        self._look()

    @Slot(str)
    def _list(self, state: str) -> None:
        self.sheet.list_rows(state)
        self.sheet.show_part("rows")

    @Slot()
    def _forget(self) -> None:
        """Forget what was remembered of this kind of table, and ask again."""
        book, asked = self._book, self._asked
        if book is None or asked is None or self._job is not None:
            return
        imports = self.session.office.imports
        self.ask(lambda _: imports.forget(book.layout), self._forgotten, kind=Kind.SAVE)

    @Slot(object)
    def _forgotten(self, _: object) -> None:
        if self._asked is not None:
            self._asked = Asked(self._asked.path, self._table, self._asked.sheet, None, {})
            self.notice.say("info", "已忘掉这种表以前的对法。", "台账没有改动。")
            self._look()

    @Slot()
    def _go_on(self) -> None:
        self._step = CHECK
        self.notice.hide()
        self._show_step()
        self.take.setFocus()
        self._say_whose()

    def _say_whose(self) -> None:
        """A township that takes in the county's ledger gets the problems of all the others too: say so before."""
        book = None if self.session.is_county else self._book
        if book is not None and (others := of_others(book, self.session.here.name)):
            self.notice.say("warning", others, OWN_ALONE)

    @Slot()
    def _go_back_step(self) -> None:
        self._step = COLUMNS
        self.notice.hide()
        self._show_step()

    @Slot()
    def _save_list(self) -> None:
        book = self.done.book
        if book is None:
            return
        start = str(book.path.with_name(f"{book.path.stem}_要改的格子.xlsx"))
        name, _ = QFileDialog.getSaveFileName(self, "存成清单", start, LISTS)
        if name:
            self.save_list(Path(name))

    def save_list(self, to: Path) -> None:
        """Write the list of what was left out."""
        book, imports = self.done.book, self.session.office.imports
        if book is not None:
            self.ask(lambda _: (imports.write_notes(book, to), to)[1], self._list_saved, kind=Kind.LONG)

    @Slot(object)
    def _list_saved(self, to: Path) -> None:
        self.notice.say("success", "清单存好了。", f"文件：{to}")

    @Slot()
    def _to_list(self) -> None:
        self.go(Place(self._table, view=""))

    def _connect(self) -> None:
        for one in (self.choose, self.retry, self.foot.other):
            one.clicked.connect(self._choose)
        self.done.again.clicked.connect(self._start_over)
        self.done.save.clicked.connect(self._save_list)
        self.done.to_list.clicked.connect(self._to_list)
        self.drop_here.dropped.connect(self._dropped)
        self.working.stopped.connect(self.stop)
        self.take.clicked.connect(self._take)
        self.next_step.clicked.connect(self._go_on)
        self.back_step.clicked.connect(self._go_back_step)
        self.sheet.mapped.connect(self._map)
        self.sheet.sheet_chosen.connect(self._choose_sheet)
        self.sheet.heading_chosen.connect(self._choose_heading)
        self.rail.mapped.connect(self._map)
        self.rail.cell_wanted.connect(self.sheet.show_cell)
        self.rail.column_wanted.connect(self.sheet.sheet.show_column)
        self.rail.listed.connect(self._list)
        self.rail.rewritten.connect(self._rewrite)
        self.rail.forgotten.connect(self._forget)
