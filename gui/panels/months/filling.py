"""Filling in a month: the grid, what stands below it, how many are still missing, saving; drafts of what is typed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal, Slot

from gui import saying
from gui.drafts import MONTH, Draft
from gui.jobs import Kind
from gui.panel import Panel
from gui.panels.months.below import Below
from gui.panels.months.grid import MonthGrid
from gui.panels.months.table import FIELD_OF, PACE, VIEWS, MonthTable
from gui.panels.months.typed import stored
from gui.places import Place
from gui.session import Session
from gui.unsaved import Typing, Unsaved
from gui.widgets.buttons import button
from gui.widgets.empty import Empty
from gui.widgets.frames import Foot, column
from gui.widgets.labels import Elided, label
from models.progress import Progress
from models.services.views.home import Touched
from models.services.views.months import MonthLine, MonthSheet, Saved

SEND = "去写数据包"
NONE = "没有销号的问题会按月排到这里；销号以后就不用再报了。"
FIELDS = (*FIELD_OF.values(), "zero")


class Filling(Panel):
    """A clerk fills in a month here; the page loads and chooses what is shown."""

    notice_margins = (24, 12, 24, 12)

    changed = Signal()  # something was typed
    saved = Signal(object)  # Saved

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.grid = MonthGrid()
        self.below = Below(self.grid)
        self.empty = Empty("calendar", "这个月的调度还没有读出来", NONE)
        self.count = label("", "bold")
        self.said = Elided("", "quiet")
        self.zero = button("其余都零报告", icon="check", tip="没填的都报“本月无进展”", key="F8")
        self.keep = button("保存", "primary", tip="一次保存全部填好的", key="Ctrl+S")
        self.foot = Foot(self.count, self.said, None, self.zero, self.keep)
        layout = column(self.notice, self.empty, self.grid, self.below, self.foot, gap=0)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setStretch(1, 1)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.grid.hide()
        self.below.hide()
        self.drafts = Typing(session.drafts, MONTH, self, self)
        self._stands = ""  # the month whose draft is kept
        self._sends = False  # whether all is saved, so that the button leads on to the package
        self.grid.table.typed_into.connect(self._typed)
        self.grid.cells.typing.connect(self.drafts.typed)
        self.grid.moved.connect(self.drafts.now)
        self.grid.said.connect(self.said.say)
        self.zero.clicked.connect(self.grid.zero_rest)
        self.keep.clicked.connect(self._press)

    @property
    def table(self) -> MonthTable:
        """What is shown and typed."""
        return self.grid.table

    @property
    def is_dirty(self) -> bool:
        """Whether something is typed that is not saved."""
        return bool(self.table.typed.values)

    # ------------------------------------------------------------------------------------- showing

    def show_sheet(self, sheet: MonthSheet, unit: str, view: str) -> None:
        """Show the problems of a sheet that are wanted; one stays in the cell in which one was."""
        line, at = self.grid.current()
        other = sheet.month != self._stands
        self._stands = sheet.month
        self.grid.cells.take()
        wanted = VIEWS[view]
        self.table.show(sheet, [one for one in sheet.lines if wanted(one) and (not unit or one.unit == unit)])
        if other:
            self._take_up_draft(sheet)
        elif self.drafts.name:  # what is saved by now is no draft any more
            self.drafts.typed()
            self.drafts.now()
        row = self.table.row_of(line.id) if line is not None else -1
        if row >= 0:
            self.grid.stand(row, at)
        elif self.table.rowCount():
            self.grid.stand(0, PACE)
        there = bool(self.table.rowCount())
        self.grid.setVisible(there)
        self.below.setVisible(there)
        self.empty.setVisible(not there)
        self.foot.setVisible(bool(sheet.lines))
        self._say_empty(sheet, view)
        self.grid.fit()
        self.below.follow()
        self._say()

    def _say_empty(self, sheet: MonthSheet, view: str) -> None:
        month = saying.month(sheet.month)
        if view and sheet.lines:
            self.empty.say("这里没有问题", f"{month}的调度里，没有这一类的问题。点上面的“全部”看其余的。")
        else:
            self.empty.say(f"{month}没有要报的问题", NONE)

    @Slot()
    def _typed(self) -> None:
        self.drafts.typed()
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        lines, typed = self.table.lines, self.table.typed
        done = sum(1 for one in lines.values() if one.is_told)
        ready = len(typed.ready(lines))
        self.count.setText(f"应报 {len(lines)}{saying.SPACE}已报 {done}{saying.SPACE}还差 {len(lines) - done}")
        lacking = len(typed.values) - ready
        rest = f"，{lacking} 个没填完" if lacking else ""
        self.said.say(f"{typed.cells} 格没有保存，已留草稿{rest}" if typed.cells else "")
        self._sends = bool(done) and not typed.values and not self.session.is_county
        self.keep.setText(SEND if self._sends else f"保存 {ready} 个问题" if ready else "保存")
        self.zero.setEnabled(len(lines) > done)

    # ------------------------------------------------------------------------------------- drafts

    def unsaved(self) -> Unsaved:
        """Every cell that was typed into, the one that is open too."""
        lines = self.table.lines
        values = {f"{id_} {f}": text for id_, texts in self.table.typed.values.items() for f, text in texts.items()}
        if self.grid.cells.open is not None:
            editor, row, column_ = self.grid.cells.open
            line = self.table.line(row)
            if line is not None and editor.isModified():
                values[f"{line.id} {FIELD_OF[column_]}"] = editor.text()
        base = {key: stored(lines[key[:32]], key[33:]) for key in values if key[:32] in lines}
        return Unsaved(values, base, self.table.sheet.month)

    def _take_up_draft(self, sheet: MonthSheet) -> None:
        self.drafts.stand(MONTH, "", f"{saying.month(sheet.month)}月调度")
        kept = next((one for one in self.session.drafts.of(MONTH, "") if one.piece == sheet.month), None)
        if kept is None:
            return
        self.drafts.take_up(kept)
        texts = _of_draft(kept, self.table.lines)
        self.table.typed.put(texts)
        if not texts:
            self.drafts.saved()

    # ------------------------------------------------------------------------------------- saving

    @Slot()
    def _press(self) -> None:
        """Save; where all is saved, the next thing is the package."""
        self.grid.cells.take()
        if self._sends:
            self.go(Place("exchange", tab="write"))
        else:
            self.save()

    @Slot()
    def save(self) -> None:
        """Save every problem that is filled in; what lacks something stays a draft."""
        self.grid.cells.take()
        ready = self.table.typed.ready(self.table.lines)
        if ready:
            self.notice.hide()
            self.ask(partial(self._save, self.table.sheet.month, ready), self._done, kind=Kind.SAVE)
            return
        lacking = len(self.table.typed.values)
        self.said.say(f"有 {lacking} 个问题没填完，标红的格补上后再保存" if lacking else "没有新的内容要保存")

    def _save(self, month: str, rows: Mapping[str, Mapping[str, str]], _: Progress) -> Saved:
        return self.session.office.months.save(month, rows)

    @Slot(object)
    def _done(self, saved: Saved) -> None:
        self.session.tell(Touched("dispatch", frozenset(saved.written)))
        self.saved.emit(saved)

    def let_go(self) -> None:
        """What was typed waits as a draft, and is taken up when the month is shown again."""
        self.grid.cells.take()
        self.drafts.close()
        self.table.typed.begin()
        self._stands = ""


def _of_draft(draft: Draft, lines: Mapping[str, MonthLine]) -> list[tuple[MonthLine, str, str]]:
    """What a draft says of problems that are still there."""
    found = ((key[:32], key[33:], text) for key, text in draft.values.items())
    return [(lines[id_], field, text) for id_, field, text in found if id_ in lines and field in FIELDS]
