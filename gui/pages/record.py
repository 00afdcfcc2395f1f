"""One record: read it, change it, add measures, monthly dispatches and remarks, look at its history."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QStackedWidget

from gui import theme
from gui.dialogs.question import Question
from gui.page import Page
from gui.panels import way
from gui.panels.record_form import RecordForm
from gui.panels.record_story import RecordStory, Shown
from gui.places import BACK, Place
from gui.session import Session
from gui.widgets.buttons import button
from gui.widgets.chips import Light
from gui.widgets.frames import Foot
from gui.widgets.labels import label, picture
from gui.widgets.neighbours import Neighbours
from models.domain import words
from models.errors import LedgerError
from models.progress import Progress
from models.services.views import Record, Touched

BACK_TO = {"problem": "督察整改", "petition": "信访件"}
ONE = {"problem": "问题", "petition": "信访件"}
VOID, UNVOID = "作废", "恢复"


class RecordPage(Page):
    """Shows one record of a table; it is read until somebody asks to change it."""

    def __init__(self, session: Session, table: str) -> None:
        super().__init__(session, ONE[table], back=BACK_TO[table])
        self.tables = frozenset({table, "measure", "dispatch", "remark", "conflict", "exchange"})  # pyright: ignore[reportAttributeAccessIssue]
        self._table = table
        self._place = Place(f"{table}/record")
        self._shown: Shown | None = None
        self._after: Callable[[], Any] | None = None
        self._changed = 0

        self.light = Light()
        self.header.lead(self.light)
        self.neighbours = Neighbours()
        self.more = button("", icon="more", tip="更多", size="square")
        self.header.add(self.neighbours, self.more)
        self.story = RecordStory(table)
        self.middle = QStackedWidget()
        self.middle.addWidget(self.story)
        self.form: RecordForm | None = None
        self.reassure = label("", "quiet")
        self.leave = button("不改了")
        self.keep = button("保存", "primary", key="Ctrl+S")
        self.foot = Foot(picture("shield", "green", 18), self.reassure, None, self.leave, self.keep)
        self.foot.hide()
        self.put(self.middle, 1)
        self.put(self.foot)

        self.neighbours.wanted.connect(self._step)
        self.more.clicked.connect(self._ask_more)
        self.leave.clicked.connect(self._leave_form)
        self.keep.clicked.connect(self.save)
        self.story.edit_asked.connect(self.begin_edit)
        self.story.asked.connect(self._do_step)
        self.story.measures.wanted.connect(self._save_measure)
        self.story.dispatches.wanted.connect(self._save_dispatch)
        self.story.remarks.wanted.connect(self._save_remark)
        self.notice.acted.connect(self._act)
        for key, deed in (("PgUp", self.neighbours.go_back), ("PgDown", self.neighbours.go_on), ("Esc", self._escape)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(deed)

    # ------------------------------------------------------------------------------------- being shown

    @property
    def is_dirty(self) -> bool:
        return (self.form is not None and bool(self.form.changes())) or self.story.is_dirty

    def enter(self, place: Place) -> None:
        self.notice.hide()
        self.setFocus()
        self._place = place
        self._shown = None
        self._stale = False
        self._end_form()
        self.story.measures.end()
        self.story.dispatches.end()
        self.story.remarks.text.clear()
        self._show_where()
        if place.new:
            self._begin_new()
        else:
            self.story.to_top()
            self.refresh()

    def refresh(self) -> None:
        if self._place.new or not self._place.id:
            return
        self.ask(partial(self._read, self._place.id), self._show)

    def _read(self, id_: str, _: Progress) -> tuple[str, Shown]:
        records, table = self.session.office.records, self._table
        return id_, Shown(records.show(table, id_), records.history(table, id_), records.writable(table, id_))

    @Slot(object)
    def _show(self, found: tuple[str, Shown]) -> None:
        id_, shown = found
        if id_ != self._place.id:
            return  # the user went on meanwhile
        self._shown = shown
        record = shown.record
        self.header.title.say(str(record.get("title") or record.get("description") or record.get("content") or ""))
        finished = self._table == "problem" and record.get("stage") in {"completed", "closing", "closed"}
        light = "done" if finished else str(record.get("light") or "")
        self.light.show_light("" if record.get("void") else light, str(record.get("light_why") or ""))
        self.story.show_record(shown, self.session.today, county=self.session.is_county)
        if record.get("void"):
            self.notice.say("warning", "这条记录已作废，不再计入台账和统计。", "历史都保留，需要时可以恢复。", UNVOID)
        elif self.notice.kind == "warning":
            self.notice.hide()

    def _show_where(self) -> None:
        place = self._place
        self.neighbours.stand(place.at if self.form is None else -1, len(place.rows))
        self.more.setVisible(not place.new and self.form is None)

    # ------------------------------------------------------------------------------------- neighbours

    @Slot(int)
    def _step(self, at: int) -> None:
        place = self._place
        records = self.session.office.records
        self.ask(lambda _: (at, records.lines(self._table, [place.rows[at]])), self._go_to)

    @Slot(object)
    def _go_to(self, found: tuple[int, tuple[Any, ...]]) -> None:
        at, lines = found
        if lines:
            self.go(Place(self._place.page, id=lines[0].id, rows=self._place.rows, at=at))

    # ------------------------------------------------------------------------------------- changing

    @Slot()
    def begin_edit(self) -> None:
        """Show the form of the record that is read."""
        if self._shown is None or self._shown.record.get("void"):
            return
        self._begin_form(self._shown.record, self._shown.writable)
        self.reassure.setText("还没有改动。")

    def make_new(self) -> None:
        self.go(Place(self._place.page, new=True))

    def _begin_new(self) -> None:
        self.header.title.say(f"新增{ONE[self._table]}")
        self.light.show_light("")
        self.ask(lambda _: self.session.office.records.writable(self._table, None), self._show_new)

    @Slot(object)
    def _show_new(self, writable: frozenset[str]) -> None:
        if not self._place.new:
            return
        name = "" if self.session.is_county else self.session.here.name
        self._begin_form({"township_name": name}, writable)
        self.reassure.setText("填好描述就能保存，其余以后再补。")

    def _begin_form(self, record: Record, writable: frozenset[str]) -> None:
        self._end_form()
        self.form = RecordForm(self._table)
        self.middle.addWidget(self.form)
        self.form.show_record(record, writable)
        self.form.changed.connect(self._count)
        self.middle.setCurrentWidget(self.form)
        self.keep.setText(f"保存这个{ONE[self._table]}" if self._place.new else "保存")
        self.leave.setText("不新增了" if self._place.new else "不改了")
        self.foot.show()
        self._show_where()
        self._count(0)
        self.form.begin()
        records = self.session.office.records
        fields = ("township", "source") if self._table == "problem" else ("township", "batch")
        self.ask(
            lambda _: {one: [f.label for f in records.facets(self._table, one) if f.label] for one in fields},
            self._suggest,
        )

    @Slot(object)
    def _suggest(self, values: dict[str, list[str]]) -> None:
        if self.form is not None:
            self.form.suggest(values)

    @Slot(int)
    def _count(self, changed: int) -> None:
        self.keep.setEnabled(bool(changed))
        self.leave.setText(("不新增了" if self._place.new else "不改了") if changed or self._place.new else "返回")
        self.reassure.setText(f"改了 {changed} 处，还没有保存。" if changed else "还没有改动。")

    def _end_form(self) -> None:
        if self.form is not None:
            self.middle.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = None
        self.middle.setCurrentWidget(self.story)
        self.foot.hide()
        self._show_where()

    @Slot()
    def _leave_form(self) -> None:
        """Not to change: at once where nothing was typed, else asked."""
        if self.form is not None and self.form.changes():
            question = Question(
                "这些改动不要了？", f"改了 {len(self.form.changes())} 处，还没有保存。台账保持原来的样子。",
                "接着改", ("不要了", "danger"), parent=self,
            )  # fmt: skip
            if not question.ask():
                return
        self.drop()

    @Slot()
    def _escape(self) -> None:
        if self.form is not None:
            self._leave_form()
        else:
            self.go(BACK)

    @Slot()
    def save(self) -> None:
        if self.form is None:
            if not self.story.is_dirty:
                self.notice.say("success", "已保存。", "")
            elif self.story.dispatches.is_dirty:
                self.story.dispatches.save.click()
            elif self.story.measures.is_dirty:
                self.story.measures.save.click()
            else:
                self.story.remarks.write.click()
            return
        if not self.form.changes() or self.form.missing():
            self._after = None
            return
        self.keep.setEnabled(False)
        values, place = self.form.changes(), self._place
        records = self.session.office.records
        if place.new:
            self.ask(lambda _: records.add(self._table, values), self._added, refused=self._refuse)
        else:
            self.ask(lambda _: records.edit(self._table, place.id, values), self._saved, refused=self._refuse)

    def save_then(self, after: Callable[[], Any]) -> None:
        self._after = after
        self.save()

    def drop(self) -> None:
        was_new = self._place.new
        self._end_form()
        self.story.measures.end()
        self.story.dispatches.end()
        self.story.remarks.text.clear()
        if was_new and self.isVisible():
            self.go(BACK)

    @Slot(object)
    def _added(self, record: Record) -> None:
        self._place = Place(self._place.page, id=str(record["id"]))
        self._show_where()
        self._saved(record)

    @Slot(object)
    def _saved(self, record: Record) -> None:
        self._end_form()
        self.notice.say("success", "已保存到本机。", self._not_yet_sent())
        self.session.tell(Touched(self._table, frozenset({str(record.get("id"))})))
        after, self._after = self._after, None
        if after is not None:
            after()

    def _not_yet_sent(self) -> str:
        return "" if self.session.is_county else f"{words.EXCHANGE['unreported']}：会随下一个数据包带给县里。"

    @Slot(object)
    def _refuse(self, error: LedgerError) -> None:
        self._after = None
        self.keep.setEnabled(True)
        marked = self.form.refuse(error) if self.form is not None else False
        self.notice.say("refusal", error.message, error.way_out)
        if not marked and self.form is not None:
            self.form.verticalScrollBar().setValue(0)

    # ------------------------------------------------------------------------------------- parts

    @Slot(str)
    def _do_step(self, what: str) -> None:
        if what == "conflicts" and self._shown:
            self.go(way.conflicts_place(self._shown.record))
        elif what == "dispatch":
            self.story.dispatches.begin()
            self.story.show_section("dispatches")
        elif what == "measure":
            self.story.measures.begin()
            self.story.show_section("measures")

    @Slot(str, object)
    def _save_measure(self, measure: str, values: dict[str, str]) -> None:
        records, problem = self.session.office.records, self._place.id
        work = (
            (lambda _: records.edit_measure(problem, measure, values))
            if measure
            else (lambda _: records.add_measure(problem, values))
        )
        self.ask(work, self._saved_measure, refused=self._refuse_part)

    @Slot(object)
    def _save_dispatch(self, values: dict[str, str]) -> None:
        records, problem = self.session.office.records, self._place.id
        self.ask(lambda _: records.add_dispatch(problem, values), self._saved_dispatch, refused=self._refuse_part)

    @Slot(str)
    def _save_remark(self, text: str) -> None:
        records, id_ = self.session.office.records, self._place.id
        self.ask(lambda _: records.edit(self._table, id_, {"remark": text}), self._saved_remark)

    @Slot(object)
    def _saved_measure(self, _: object) -> None:
        self.story.measures.end()
        self._saved_part("措施已保存到本机。")

    @Slot(object)
    def _saved_dispatch(self, _: object) -> None:
        self.story.dispatches.end()
        self._saved_part("月调度已保存到本机。")

    @Slot(object)
    def _saved_remark(self, _: object) -> None:
        self.story.remarks.text.clear()
        self._saved_part("备注已保存到本机。")

    def _saved_part(self, sentence: str) -> None:
        self._saved({"id": self._place.id})
        self.notice.say("success", sentence, self._not_yet_sent())

    @Slot(object)
    def _refuse_part(self, error: LedgerError) -> None:
        self._after = None
        self.story.measures.refuse(error)
        self.story.dispatches.refuse(error)
        self.notice.refuse(error)

    # ------------------------------------------------------------------------------------- void

    @Slot()
    def _ask_more(self) -> None:
        if self._shown is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        void = bool(self._shown.record.get("void"))
        menu.addAction("恢复这条记录" if void else f"作废这个{ONE[self._table]}…").setData(UNVOID if void else VOID)
        menu.addAction("复制编号").setData("copy")
        menu.triggered.connect(self._chosen)
        menu.popup(self.more.mapToGlobal(QPoint(self.more.width() - theme.px(160), self.more.height() + 2)))

    @Slot(QAction)
    def _chosen(self, action: QAction) -> None:
        if action.data() == "copy" and self._shown:
            record = self._shown.record
            QGuiApplication.clipboard().setText(str(record.get("number") or record.get("receipt_number") or ""))
        else:
            self._act(str(action.data()))

    @Slot(str)
    def _act(self, deed: str) -> None:
        records, id_ = self.session.office.records, self._place.id
        if deed == UNVOID:
            self.ask(lambda _: records.unvoid(self._table, id_), self._unvoided)
        elif deed == VOID:
            one = ONE[self._table]
            text = "作废后不再出现在台账和统计里，也会随下一个数据包告诉对方。历史都保留，以后可以在“已作废”里恢复。"
            question = Question(
                f"作废这个{one}？", text, "不作废", (f"作废这个{one}", "danger"),
                reason="作废原因", hint="会写进变更历史，对方也能看到", parent=self,
            )  # fmt: skip
            if question.ask():
                why = question.reason.text().strip()
                self.ask(lambda _: records.void(self._table, id_, why), self._voided)

    @Slot(object)
    def _voided(self, _: object) -> None:
        self.session.tell(Touched(self._table, frozenset({self._place.id})))

    @Slot(object)
    def _unvoided(self, _: object) -> None:
        self.notice.say("success", "已恢复，重新计入台账和统计。")
        self.session.tell(Touched(self._table, frozenset({self._place.id})))
