"""导入 Excel: the sheet as it looks, what each column and row will become; nothing is written before the button."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gui import saying, theme
from gui.page import Page, Work
from gui.places import Place
from gui.session import Session
from gui.tables.columns import Column
from gui.tables.plain import PlainTable
from gui.tables.view import LineView
from gui.widgets.buttons import button, carrier
from gui.widgets.drop import Drop
from gui.widgets.form import Choice
from gui.widgets.frames import Card, Foot, Scroller, clear, column, row, rule
from gui.widgets.labels import Elided, label, picture
from gui.widgets.outcome import Outcome, Refusal
from gui.widgets.sheet import STATE, SheetView
from gui.widgets.steps import Steps
from gui.widgets.tabs import Tabs
from gui.widgets.working import Working
from models.domain.fields import DATE_OF_STATE, TABLES, Owner
from models.domain.fields import label as label_of
from models.errors import LedgerError
from models.services.views import CellNote, RowView, Touched, WorkbookView

STEPS = ("选文件", "对栏目、看问题", "导入")
KIND = {"problem": "problems", "petition": "petitions"}
BACK_TO = {"problem": "督察整改", "petition": "信访件"}
NOTES = 40  # notes that the rail shows
FILES = "表格 (*.xlsx *.xls *.csv);;所有文件 (*)"


def choices(table: str) -> list[tuple[str, str]]:
    """What a column may become."""
    own = [
        (name, one.label) for name, one in TABLES[table].items() if one.owner is not Owner.LOCAL and name != "number"
    ]
    days = [(name, label_of(table, name)) for name, (source, _) in DATE_OF_STATE.items() if source in TABLES[table]]
    return [*own, *(pair for pair in days if pair[0] not in TABLES[table]), ("remark", label_of(table, "remark"))]


def rows(table: str) -> tuple[Column, ...]:
    """The columns of what each row will do."""

    def changes(line: RowView) -> str:
        return "；".join(
            f"{label_of(table, name)}：{saying.value(name, now) or '（空）'} → {saying.value(name, then) or '（空）'}"
            for name, now, then in line.changes
        )

    # fmt: off
    return (
        Column("number", "行", lambda r: str(r.number), 56, small=True),
        Column("state", "结果", lambda r: STATE.get(r.state, (r.state, ""))[0], 84, "state",
               tone=lambda r: STATE.get(r.state, ("", "grey"))[1]),
        Column("title", "内容", lambda r: r.title, tip=lambda r: r.title),
        Column("changes", "改动", changes, 320, small=True, tip=changes),
    )
    # fmt: on


class WorkbookPage(Page):
    """Looks first, takes then; a changed mapping is looked at again at once."""

    def __init__(self, session: Session, table: str) -> None:
        super().__init__(session, "导入 Excel", back=BACK_TO[table])
        self._table = table
        self._book: WorkbookView | None = None
        self._path: Path | None = None
        self._sheet: str | None = None
        self._mapping: dict[str, str] = {}
        self.steps = Steps(STEPS)
        bar = column(self.steps)
        bar.setContentsMargins(theme.px(24), theme.px(4), theme.px(24), theme.px(4))
        top = QWidget()
        top.setLayout(bar)
        self.put_above_notice(top)

        self.choose = button("选择表格…", "primary", icon="folder")
        text = "县里发的、镇里自己记的台账都可以：标题、合计行、合并的单元格、写成文字的日期都能认。先看再导入。"
        self.drop_here = Drop("sheet", "选择 Excel 台账，或者把它拖到这里", text, (self.choose,))
        self.working = Working("正在读表格", "取消", "取消不会丢数据：台账没有改动。", verb="已读")
        self.retry = button("换一个文件", "primary", icon="folder")
        self.refusal = Refusal((self.retry,))
        self.again = button("再导入一个")
        self.to_list = button(f"去看{BACK_TO[table]}", "primary", icon="forward")
        self.done = Outcome(True, self.again, self.to_list)
        self._make_look(table)
        self.middle = QStackedWidget()
        self._states = {
            name: self._state(name, part)
            for name, part in (("choose", self.drop_here), ("working", self.working), ("look", self.book),
                               ("refused", self.refusal), ("done", self.done))
        }  # fmt: skip
        self.reassure = label("还没有写入台账。看好了再导入。", "quiet")
        self.other = button("换一个文件")
        self.take = button("导入", "primary", icon="read")
        self.foot = Foot(picture("shield", "green", 18), self.reassure, None, self.other, self.take)
        self.put(self.middle, 1)
        self.put(self.foot)
        self._connect()
        self._show("choose", 0)

    def _make_look(self, table: str) -> None:
        self.file = Elided("", "bold")
        self.sheets = Choice()
        self.sheets.setAccessibleName("工作表")
        self.sheets.setFixedWidth(theme.px(180))
        self.tabs = Tabs((("sheet", "表格"), ("rows", "逐行结果")), plain=True)
        self.tabs.choose("sheet")
        self.sheet = SheetView()
        self.rows = LineView("逐行结果", row=34, least=200)
        self._rows = PlainTable(rows(table), self)
        self.rows.show_model(self._rows)
        self.parts = QStackedWidget()
        self.parts.addWidget(self.sheet)
        self.parts.addWidget(self.rows)
        card = Card(pad=1, gap=0)
        head = row(self.file, label("工作表", "quiet"), self.sheets, None)
        head.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), 0)
        tabs = row(self.tabs)
        tabs.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        card.add(head, tabs, rule())
        card.body.addWidget(self.parts, 1)
        self.counts = Card("导入后", gap=6)
        self._counts = QVBoxLayout()
        self._counts.setSpacing(theme.px(6))
        self.counts.add(self._counts)
        self.notes = Card("要您看一眼的", " ", gap=6)
        self._notes = QVBoxLayout()
        self._notes.setSpacing(theme.px(6))
        self.notes.add(self._notes)
        rail = Scroller(margins=(0, 0, 0, 0))
        rail.setFixedWidth(theme.px(264))
        rail.body.addWidget(self.counts)
        rail.body.addWidget(self.notes)
        rail.body.addStretch(1)
        self.book = QWidget()
        self.book.setObjectName("page")
        line = QHBoxLayout(self.book)
        line.setContentsMargins(theme.px(24), theme.px(8), theme.px(24), theme.px(12))
        line.setSpacing(theme.px(12))
        line.addWidget(card, 1)
        line.addWidget(rail)

    def _state(self, name: str, part: QWidget) -> QWidget:
        if name == "look":
            self.middle.addWidget(part)
            return part
        made = Scroller(margins=(24, 8, 24, 16))
        made.body.addWidget(part)
        made.body.addStretch(1)
        if name != "choose":
            part.setMaximumWidth(theme.px(800))
        self.middle.addWidget(made)
        return made

    def enter(self, place: Place) -> None:
        super().enter(place)
        self._stale = False
        if place.id:
            self.look_at(Path(place.id))
        elif self._job is None:
            self._start_over()

    def look_at(self, path: Path, sheet: str | None = None) -> None:
        """Read a workbook; nothing is written."""
        if self._job is not None:
            return
        if path != self._path or sheet != self._sheet:
            self._mapping = {}
        self._path, self._sheet = path, sheet
        self.notice.hide()
        self._look()

    # ------------------------------------------------------------------------------------- asking

    def _look(self) -> None:
        path, sheet, mapping = self._path, self._sheet, dict(self._mapping) or None
        if path is None or self._job is not None:
            return
        imports, kind = self.session.office.imports, KIND[self._table]
        self._begin(
            lambda progress: imports.look(path, kind, sheet=sheet, mapping=mapping, progress=progress), self._show_book
        )
        if self._book is None:
            self._show("working", 0)
            self.working.begin("正在读表格")

    @Slot()
    def _take(self) -> None:
        path, sheet, mapping = self._path, self._sheet, dict(self._mapping) or None
        if path is None or self._job is not None:
            return
        imports, kind = self.session.office.imports, KIND[self._table]
        self._begin(
            lambda progress: imports.take(path, kind, sheet=sheet, mapping=mapping, progress=progress), self._show_done
        )
        self._show("working", 2)
        self.working.begin("正在导入")

    def _begin(self, work: Work, done: Callable[..., object]) -> None:
        self.take.setEnabled(False)
        self.run(work, done, refused=self._refuse, stopped=self._give_up, progressed=self.working.report)

    # ------------------------------------------------------------------------------------- states

    def _show(self, state: str, step: int) -> None:
        self.steps.go(step)
        self.middle.setCurrentWidget(self._states[state])
        self.foot.setVisible(state == "look")

    @Slot(object)
    def _show_book(self, book: WorkbookView) -> None:
        self._book = book
        self._sheet = book.sheet
        known = sum(1 for one in book.columns if one.field)
        as_of = f"{saying.SPACE}截至 {book.as_of}" if book.as_of else ""
        self.header.quiet.say(f"已认出 {known} 栏，共 {len(book.columns)} 栏{as_of}")
        self.file.say(book.path.name)
        self.sheets.clear()
        self.sheets.addItems(list(book.sheets))
        self.sheets.setCurrentText(book.sheet)
        self.sheet.show_book(book, choices(self._table))
        self._rows.show(book.rows)
        self.rows.fit()
        self.tabs.count("rows", len(book.rows))
        self._show_counts(book)
        self._show_notes(book)
        self._show("look", 1)
        count = book.new + book.changed
        self.take.setEnabled(bool(count))
        self.take.setText(f"\u2002导入 {count} 条" if count else "\u2002没有要导入的")
        unsure = sum(1 for one in book.columns if not one.sure)
        self.reassure.setText(
            f"还没有写入台账。有 {unsure} 栏拿不准，已标成橙色，请看一眼。"
            if unsure
            else "还没有写入台账。看好了再导入。"
        )

    def _show_counts(self, book: WorkbookView) -> None:
        clear(self._counts)
        for state, count in (
            ("new", book.new),
            ("changed", book.changed),
            ("same", book.same),
            ("refused", book.refused),
        ):
            word, tone = STATE[state]
            self._counts.addLayout(
                row(label(word, "quiet"), None, label(f"{count} 条", "bold", tone if count else "hint"))
            )
        self._counts.addWidget(rule())
        whole = book.new + book.changed + book.same + book.refused
        self._counts.addLayout(row(label("表里共", "quiet"), None, label(f"{whole} 条", "bold")))

    def _show_notes(self, book: WorkbookView) -> None:
        clear(self._notes)
        notes = [*((one, "red") for one in book.rejected), *((one, "yellow") for one in book.flagged)]
        self.notes.quiet.setText(f"{len(notes)} 处" if notes else "")
        for number, (one, tone) in enumerate(notes[:NOTES]):
            if number:
                self._notes.addWidget(rule())
            self._add_note(one, tone)
        if len(notes) > NOTES:
            self._notes.addWidget(label(f"另有 {len(notes) - NOTES} 处，在“逐行结果”里看。", "small", wrap=True))
        if not notes:
            self._notes.addWidget(label("没有认不准的格子。", "quiet"))

    def _add_note(self, note: CellNote, tone: str) -> None:
        cell = carrier(note.cell, note.cell, "quiet", size="slim", tip="到这一格")
        cell.setFixedWidth(theme.px(56))
        cell.handed.connect(self._show_cell)
        line = row(cell, Elided(f"“{note.value}”", "bold", tone), gap=4)
        line.setStretch(1, 1)
        self._notes.addLayout(line)
        self._notes.addWidget(label(note.why, "small", wrap=True))

    @Slot(object)
    def _show_done(self, book: WorkbookView) -> None:
        self._show("done", len(STEPS))
        kept = f"；{book.refused} 条未导入，原表里的格子没有动" if book.refused else ""
        self.done.say(f"导入成功：新增 {book.new} 条，更新 {book.changed} 条。", f"无变化 {book.same} 条{kept}。")
        if book.rejected or book.flagged:
            cells = "、".join(one.cell for one in (*book.rejected, *book.flagged)[:12])
            self.done.next.say(
                "warning", f"有 {len(book.rejected) + len(book.flagged)} 个格子请您再看一眼", f"在 {cells}。"
            )
        else:
            self.done.next.say("info", "接下来", "同一张表再导入一次不会重复；表里改过的，会当作更新。")
        self.done.next.shut.hide()
        self._book = None
        self.session.tell(Touched("*"))

    @Slot(object)
    def _refuse(self, error: LedgerError) -> None:
        if self._book is not None:
            self._show("look", 1)
            self.take.setEnabled(True)
            self.notice.refuse(error)
            return
        self._show("refused", 0)
        self.refusal.refuse(error)

    @Slot()
    def _give_up(self) -> None:
        if self._book is not None:
            self._show("look", 1)
            self.take.setEnabled(True)
        else:
            self._start_over()

    # ------------------------------------------------------------------------------------- deeds

    @Slot()
    def _start_over(self) -> None:
        self._book, self._path, self._sheet, self._mapping = None, None, None, {}
        self.notice.hide()
        self.header.quiet.say("")
        self._show("choose", 0)

    @Slot()
    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "选择表格", self.session.settings.stick, FILES)
        if name:
            self._book = None
            self.look_at(Path(name))

    @Slot(object)
    def _dropped(self, paths: list[Path]) -> None:
        if paths:
            self._book = None
            self.look_at(paths[0])

    @Slot(str, str)
    def _map(self, heading: str, field: str) -> None:
        self._mapping[heading] = field
        self._look()

    @Slot(str)
    def _choose_sheet(self, name: str) -> None:
        if self._path is not None and self._book is not None and name != self._book.sheet:
            self.look_at(self._path, name)

    @Slot(str)
    def _choose_tab(self, tab: str) -> None:
        self.parts.setCurrentWidget(self.rows if tab == "rows" else self.sheet)

    @Slot(object)
    def _show_cell(self, cell: str) -> None:
        self.tabs.choose("sheet")
        self._choose_tab("sheet")
        self.sheet.show_cell(cell)

    @Slot()
    def _to_list(self) -> None:
        self.go(Place(self._table, view=""))

    def _connect(self) -> None:
        for one in (self.choose, self.retry, self.other):
            one.clicked.connect(self._choose)
        self.again.clicked.connect(self._start_over)
        self.drop_here.dropped.connect(self._dropped)
        self.working.stopped.connect(self.stop)
        self.take.clicked.connect(self._take)
        self.to_list.clicked.connect(self._to_list)
        self.sheet.mapped.connect(self._map)
        self.sheets.textActivated.connect(self._choose_sheet)
        self.tabs.chosen.connect(self._choose_tab)
