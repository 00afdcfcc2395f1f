"""督察整改 and 信访件: a list of any length, what narrows it, and what is done with the records that are ticked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Slot
from PySide6.QtGui import QResizeEvent

from gui import saying
from gui.handing import HandingPanel
from gui.page import Page
from gui.panels.records.at_once import AtOnce
from gui.panels.records.bulk_bar import BulkBar
from gui.panels.records.bulk_edit import BulkEdit
from gui.panels.records.bulk_steps import BulkSteps
from gui.panels.records.lines import RecordList
from gui.panels.records.narrowing import Narrowing
from gui.panels.records.writing_out import WritingOut
from gui.places import Place
from gui.session import Session
from gui.tables.kinds import KINDS
from gui.taking_back import TakingBack
from gui.widgets.buttons import button
from models.domain.fields import TABLES
from models.services.views.figures import Overview

BRING_BACK, SEND = "恢复", "去写数据包"


class RecordsPage(Page, HandingPanel):
    """One list page: tabs, filters, the list, and the bar of what is done with several records at once."""

    def __init__(self, session: Session, table: str) -> None:
        kind = KINDS[table]
        super().__init__(session, kind.title)
        self.tables = frozenset({table, "measure", "dispatch", "conflict", "exchange"})  # pyright: ignore[reportAttributeAccessIssue]
        self._table, self._kind = table, kind
        self._counts_due = False

    def build(self) -> Iterator[None]:
        session, table, kind = self.session, self._table, self._kind
        self.columns = button("列", icon="columns", size="slim", tip="显示哪些列；列头可以拖动换位置")
        self.take_in = button("导入 Excel", icon="sheet", size="slim", tip="从 Excel 台账导入")
        self.write_out = button("导出 Excel", icon="write", size="slim", tip="把列表里的都导出成 Excel 台账")
        self.new = button(f"新增{kind.one}", "primary", icon="plus", size="slim", key="Ctrl+N")
        self.print_out = button(
            "打印清单",
            icon="file",
            size="slim",
            tip="列表里的写成清单（PDF、Word、Excel），可以打印；打了钩的，只写打钩的",
        )
        has_way = table == "problem"
        tools = (self.columns, self.take_in, self.write_out, *((self.print_out,) if has_way else ()))
        yield
        self.narrowing = Narrowing(self, session, table, self.ask, tools, self.new)
        self.search, self.tabs, self.filter_bar = self.narrowing.search, self.narrowing.tabs, self.narrowing.bar
        self.header.add(self.search)
        self.put_above_notice(self.tabs)
        self.put_above_notice(self.filter_bar)
        yield
        self.list = RecordList(session, table, self.ask)
        self.view, self.model, self.ticks = self.list.view, self.list.model, self.list.ticks
        self.put(self.list, 1)
        yield
        self.bulk = BulkBar(kind.one, kind.quick, TABLES[table][kind.quick].label, steps=has_way)
        self.put(self.bulk)
        yield
        self.bulk_edit = BulkEdit(session, table, kind.one)
        self.at_once: list[AtOnce] = [self.bulk_edit]  # what takes the place of the list
        if has_way:
            yield
            self.bulk_steps = BulkSteps(session)
            self.taking_back = TakingBack(self)
            self.bulk_steps.done.connect(self._steps_taken)
            self.bulk.handled.connect(self.begin_bulk_steps)
            self.at_once.append(self.bulk_steps)
        for one in self.at_once:
            one.hide()
            one.left.connect(self.end_at_once)
            self.put(one, 1)
        self._connect()

    def _connect(self) -> None:
        self.search.entered.connect(self._to_list)
        self.narrowing.changed.connect(self._look)
        self.narrowing.counted.connect(self._say_how_many)
        self.narrowing.own.dropped.connect(self._say_dropped)
        self.narrowing.own.taken.connect(self._say_taken)
        self.notice.acted.connect(self._act)
        self.list.unfilter.clicked.connect(self.narrowing.clear)
        self.list.fill.clicked.connect(self._take_in)
        self.list.by_hand.clicked.connect(self._new)
        self.list.opened.connect(self._open)
        self.list.filled.connect(self._fill)
        self.list.shown.connect(self._show_list)
        self.list.came.connect(self._count_views)
        self.view.sorted_by.connect(self.narrowing.sort)
        self.view.typed.connect(self._seek_with)
        self.view.copied_in_part.connect(self._say_in_part)
        self.ticks.changed.connect(self._say_ticked)
        self.columns.clicked.connect(self._ask_columns)
        self.take_in.clicked.connect(self._take_in)
        self.new.clicked.connect(self._new)
        self.writing_out = WritingOut(self, self._table, self._kind.title, self.write_out, self.bulk.write_out)
        self.write_out.clicked.connect(self._write_out)
        self.print_out.clicked.connect(self._print)
        self.bulk.dropped.connect(self._untick)
        self.bulk.edited.connect(self.begin_bulk_edit)
        self.bulk.exported.connect(self._write_ticked)
        self.bulk_edit.done.connect(self._bulk_edited)
        self.session.looked.connect(self._looked)

    # ------------------------------------------------------------------------------------- being shown

    def enter(self, place: Place) -> None:
        """Show the list; a place with a view, filters or words sets them, and drops the others."""
        if place.view is not None or place.where or place.words:
            self.end_at_once()
            self.narrowing.go(place)
            self._stale = True
        super().enter(place)
        if self.under_way is None:
            self.view.setFocus()

    def refresh(self) -> None:
        self._counts_due = True
        self._look()
        for one in self.at_once:
            one.refresh()

    def seek(self) -> None:
        if self.under_way is None:
            self.search.setFocus()
            self.search.selectAll()

    def make_new(self) -> None:
        self.go(Place(f"{self._table}/record", new=True))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.is_built:
            self.list.fit()

    @Slot()
    def _look(self) -> None:
        self.list.look(self.narrowing.query)

    @Slot()
    def _show_list(self) -> None:
        self.filter_bar.setVisible(not self.list.is_empty and self.under_way is None)
        if not self.model.rows:
            self._count_views()
        self._say_ticked()
        self._say_how_many()

    @Slot()
    def _count_views(self) -> None:
        """Count the views after the first lines are here: they are what people wait for."""
        if self._counts_due:
            self._counts_due = False
            self.narrowing.count()

    @Slot(object)
    def _looked(self, _overview: Overview) -> None:
        self._say_how_many()

    @Slot(int)
    def _say_in_part(self, most: int) -> None:
        self.notice.say("info", f"只复制了前 {most} 行。", "要更多的，请在选中后点“导出 Excel”。")

    @Slot()
    def _say_how_many(self) -> None:
        all_, shown, figures = self.narrowing.all, len(self.model.rows), self.session.overview
        said = [f"共 {shown} 个" if all_ is None or shown == all_ else f"显示 {shown} 个，共 {all_} 个"]
        if figures is not None and all_:
            done = (("完成", figures.completed), ("销号", figures.closed))
            finished = (("办结", figures.petitions_finished),)
            said += [f"{word} {count}" for word, count in (done if self._table == "problem" else finished)]
        self.header.quiet.say(saying.SPACE.join(said))
        self.tabs.say(f"截至 {self.session.today}")

    @Slot()
    def _to_list(self) -> None:
        self.view.setFocus()

    @Slot(str)
    def _seek_with(self, letters: str) -> None:
        """Letters that are typed into the list begin a search."""
        self.search.setFocus()
        self.search.selectAll()
        self.search.insert(letters)

    @Slot(str)
    def _say_dropped(self, name: str) -> None:
        self.notice.say("info", f"标签“{name}”已删除，记录都在。", "", BRING_BACK)

    @Slot(str)
    def _say_taken(self, name: str) -> None:
        self.notice.say("warning", f"已经有叫“{name}”的标签，名字没有改。", "请换一个名字。")

    @Slot(str)
    def _act(self, word: str) -> None:
        if word == SEND:
            self.go(Place("exchange", tab="write"))
        elif word == BRING_BACK:
            self.notice.hide()
            self.narrowing.own.bring_back()

    @Slot()
    def _ask_columns(self) -> None:
        self.list.arrangement.open_menu(self.columns.mapToGlobal(QPoint(0, self.columns.height() + 2)))

    # ------------------------------------------------------------------------------------- several at once

    @Slot()
    def _say_ticked(self) -> None:
        self.bulk.say(len(self.ticks), self.ticks.share(self.model.rows))
        if self.under_way is not None:
            self.bulk.hide()

    @Slot()
    def _untick(self) -> None:
        self.list.untick()
        self.view.setFocus()

    @property
    def under_way(self) -> AtOnce | None:
        """What is being done with several records, if the list has made room for it."""
        return next((one for one in self.at_once if not one.isHidden()), None)

    @Slot(str)
    def begin_bulk_edit(self, field: str) -> None:
        """Show what changing all that are ticked would do; `field` may be chosen already."""
        if len(self.ticks):
            self.show_at_once(self.bulk_edit)
            self.bulk_edit.begin(self.ticks.rows, field)

    @Slot()
    def begin_bulk_steps(self) -> None:
        """Show which steps those that are ticked can take."""
        if len(self.ticks):
            self.show_at_once(self.bulk_steps)
            self.bulk_steps.begin(self.ticks.rows)

    @Slot()
    def end_at_once(self) -> None:
        """Back to the list; nothing was written."""
        if (now := self.under_way) is not None:
            now.end()
            self.show_at_once(None)
            self.view.setFocus()

    def show_at_once(self, panel: AtOnce | None) -> None:
        """Let one of them take the place of the list; None: the list comes back."""
        self.notice.hide()
        for one in self.at_once:
            one.setVisible(one is panel)
        for part in (self.list, self.tabs, self.search):
            part.setVisible(panel is None)
        self.filter_bar.setVisible(panel is None and not self.list.is_empty)
        self._say_ticked()

    @Slot(str)
    def _bulk_edited(self, said: str) -> None:
        self._done_at_once(said, "每一条都记进了历史，原来的内容在历史里看得到。")

    @Slot(str)
    def _steps_taken(self, said: str) -> None:
        whither = "送到各单位" if self.session.is_county else "报送县里"
        more = f"会随下一个数据包{whither}。办错了的，趁还没有人再改，可以一次撤销。"
        self._done_at_once(said, more, *self.taking_back.offer(), SEND)

    def _done_at_once(self, said: str, more: str, *acts: str) -> None:
        self.show_at_once(None)
        self.list.untick()
        self.notice.say("success", said, more, *acts)
        self.view.setFocus()

    # ------------------------------------------------------------------------------------- deeds

    @Slot(int)
    def _open(self, at: int) -> None:
        line = self.model.line(at)
        if line is not None:
            self.go(Place(f"{self._table}/record", id=line.id, rows=self.model.rows, at=at))

    @Slot(int)
    def _fill(self, at: int) -> None:
        line = self.model.line(at)
        if line is not None:
            self.go(Place(f"{self._table}/record", id=line.id, rows=self.model.rows, at=at, tab="dispatch"))

    @Slot()
    def _take_in(self) -> None:
        self.go(Place(f"{self._table}/excel"))

    @Slot()
    def _new(self) -> None:
        self.make_new()

    @Slot()
    def _write_out(self) -> None:
        self.writing_out.ask_where("台账", self.model.rows if self.narrowing.is_filtered else None)

    @Slot()
    def _write_ticked(self) -> None:
        self.writing_out.ask_where("台账（选中的）", self._ticked())

    def _ticked(self) -> Sequence[int]:
        """The rows that are ticked, in the order of the list; those that it does not show now stand last."""
        chosen = set(self.ticks.rows)
        shown = [row for row in self.model.rows if row in chosen]
        return [*shown, *(row for row in self.ticks.rows if self.model.place(row) < 0)]

    @Slot()
    def _print(self) -> None:
        name = f"{self.session.here.name}{self._kind.title}清单{'（选中的）' if len(self.ticks) else ''}"
        rows = self._ticked() if len(self.ticks) else tuple(self.model.rows)
        self.hand_over(f"{name}_{self.session.today:%Y%m%d}", partial(self.session.office.papers.ledger, rows))
