"""One record: read it, change it, add measures, monthly dispatches and remarks, look at its history."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut

from gui.done import Done
from gui.drafts import EDIT, Draft
from gui.panels.record import way
from gui.panels.record.acts import UNVOID
from gui.panels.record.backplanning import TAKE_BACK
from gui.panels.record.edit import ONE
from gui.panels.record.frame import RecordFrame
from gui.panels.record.story import Shown
from gui.places import BACK, Place
from models.domain import words
from models.errors import LedgerError
from models.progress import Progress
from models.services.views.home import Touched
from models.services.views.lists import Record

SEE = "看留下的那一条"


class RecordPage(RecordFrame):
    """Shows one record of a table; it is read until somebody asks to change it."""

    @property
    def keeps_drafts(self) -> bool:
        return self._table != "problem" or not self.story.handling.is_dirty

    def build(self) -> Iterator[None]:
        yield from super().build()
        yield
        self._connect()

    def _connect(self) -> None:
        self.neighbours.wanted.connect(self._step)
        self.acts.change_asked.connect(self.begin_edit)
        self.story.edit_asked.connect(self.begin_edit)
        self.story.asked.connect(self._do_step)
        self.story.complete.connect(self._shown_whole)
        self.story.exhibits_shown.connect(self.photos.ask_pictures)
        self.editing.saved.connect(self._saved)
        self.editing.partly.connect(self._partly)
        self.editing.ended.connect(self._ended)
        self.parts.saved.connect(self._saved_part)
        self.parts.stepped.connect(self._stepped)
        self.acts.asking.done.connect(self._stepped)
        self.story.handling.taken_back.connect(self.taking_back.take)
        self.parts.refused.connect(self._refuse_part)
        self.offer.taken.connect(self._take_up)
        self.notice.acted.connect(self.acts.act)
        self.notice.acted.connect(self._see)
        self.story.merged.opened.connect(self._open_other)
        self.story.origin_asked.connect(self._open_origin)
        self.story.dossier.wanted.connect(self.adder.add_for_paper)
        self.story.dossier.written.connect(self.acts.printing.write_folder)
        self.story.rounds.wanted.connect(self.acts.asking.act)
        self.story.measures.plan_wanted.connect(self._back_plan)
        self.backplanning.planned.connect(self._planned)
        self.notice.acted.connect(self.backplanning.act)
        keys: tuple[tuple[str, Callable[[], Any]], ...] = (
            ("PgUp", self.neighbours.go_back), ("PgDown", self.neighbours.go_on), ("Esc", self._escape),
            ("F2", self.begin_edit), ("Ctrl+V", self._paste),
        )  # fmt: skip
        for key, deed in keys:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(deed)

    # ------------------------------------------------------------------------------------- being shown

    def enter(self, place: Place) -> None:
        self._after = None
        self.notice.hide()
        self.offer.end()
        self.setFocus()
        self._place = place
        self._came_for = place.tab
        self._shown = None
        self._stale = False
        self.editing.close_form()
        self.parts.stand(place.id, "")
        self.photos.stand(place.id)
        self.adder.stand(place.id)
        self._show_story()
        if place.new:
            self._begin_new()
            return
        if self._scroll is None:
            self.story.to_top()
        self.refresh()

    def refresh(self) -> None:
        if self._place.new or not self._place.id:
            return
        self.ask(partial(self._read, self._place.id, self.session.done.of(self._place.id)), self._show)

    def hideEvent(self, event: QHideEvent) -> None:
        """Whatever hides the page, be it the end of the program: what was typed is written."""
        if self.is_built:
            self.editing.typing.now()
            for one in self.parts.typing.values():
                one.now()
        super().hideEvent(event)

    def _read(self, id_: str, done: Done | None, _: Progress) -> tuple[str, Shown]:
        records, table = self.session.office.records, self._table
        record = records.show(table, id_)
        merged = tuple((one, records.history(table, one["id"])) for one in record.get("merged") or ())
        workflow = self.session.office.workflow
        way_ = workflow.steps(id_) if table == "problem" else None
        last = done if done is not None and workflow.may_take_back(done.token) else None
        return id_, Shown(record, records.history(table, id_), records.writable(table, id_), merged, way_, last)

    @Slot(object)
    def _show(self, found: tuple[str, Shown]) -> None:
        id_, shown = found
        if id_ != self._place.id:
            return  # the user went on meanwhile
        first, self._shown = self._shown is None, shown
        record = shown.record
        self.acts.stand(record, shown.writable)
        self.adder.know(record, shown.way.papers if shown.way is not None else ())
        title = str(record.get("title") or record.get("description") or record.get("content") or "")
        self.header.title.say(title)
        finished = self._table == "problem" and record.get("stage") in {"completed", "closing", "closed"}
        light = "done" if finished else str(record.get("light") or "")
        self.light.show_light("" if record.get("void") else light, str(record.get("light_why") or ""))
        self.story.show_record(shown, self.session.today, county=self.session.is_county)
        self._say_void(record)
        if first:
            self.parts.stand(id_, title, str(record.get("unit") or ""))
            self._offer_drafts(record)
        self.editing.renew(record, shown.writable)

    def _say_void(self, record: Record) -> None:
        into = record.get("merged_into_record")
        if record.get("void") and "merged_into_record" in record:
            name = str(into.get("number") or "另一条") if into else "另一条"
            acts = (UNVOID, SEE) if into else (UNVOID,)
            self.notice.say(
                "warning", f"这条记录已并入 {name}，不再计入台账和统计。", "历史都保留；恢复就是撤销合并。", *acts
            )  # fmt: skip
        elif record.get("void"):
            self.notice.say("warning", "这条记录已作废，不再计入台账和统计。", "历史都保留，需要时可以恢复。", UNVOID)
        elif self.notice.first.text() == UNVOID:
            self.notice.hide()

    @Slot(str)
    def _see(self, word: str) -> None:
        """Go to the record that this one was merged into."""
        if word == SEE and self._shown is not None:
            self._open_other(self._shown.record["merged_into_record"]["id"])

    @Slot(object)
    def _open_other(self, id_: str) -> None:
        self.go(Place(self._place.page, id=id_))

    @Slot(object)
    def _open_origin(self, id_: str) -> None:
        self.go(Place("inspection/record", id=id_))

    @Slot()
    def _shown_whole(self) -> None:
        """All parts are there: one is where one read the record before, and hears of values that stand side by side."""
        what, self._came_for = self._came_for, ""
        if what and self._shown is not None and not self._shown.record.get("void"):
            self._do_step(what)
        if self._scroll is not None:
            self.story.scroll_to(self._scroll)
            self._scroll = None
        labels = self.story.measures.asks() + self.story.dispatches.asks()
        if labels:
            self._after = None
            self.notice.say(
                "warning", f"“{'”“'.join(labels)}”刚才在台账里也改过，还没有保存，您填的还在。",
                "两个值都列在栏下：再点一次保存就用您填的，点“改用台账里的”就用新的。",
            )  # fmt: skip

    # ------------------------------------------------------------------------------------- drafts

    def _offer_drafts(self, record: Record) -> None:
        typing = self.parts.names | {self.editing.typing.name}
        self.offer.offer(self._table, self._place.id, typing, record)

    @Slot(object)
    def _take_up(self, draft: Draft) -> None:
        if draft.part != EDIT:
            self.story.finish()
            self.parts.take_up(draft)
        elif self._place.new:
            self._open({"township_name": self._own_name()}, self._may, draft=draft)
        elif self._shown is not None:
            self._open(self._shown.record, self._shown.writable, draft=draft)

    # ------------------------------------------------------------------------------------- neighbours

    @Slot(int)
    def _step(self, at: int) -> None:
        place, records = self._place, self.session.office.records
        self.ask(lambda _: (at, records.lines(self._table, [place.rows[at]])), self._go_to)

    @Slot(object)
    def _go_to(self, found: tuple[int, tuple[Any, ...]]) -> None:
        at, lines = found
        if lines:
            self._scroll = self.story.scroller.verticalScrollBar().value()
            self.go(Place(self._place.page, id=lines[0].id, rows=self._place.rows, at=at))
            if self._place.at != at:
                self._scroll = None  # one stayed here, to save first

    # ------------------------------------------------------------------------------------- changing

    @Slot()
    def begin_edit(self, focus: str = "") -> None:
        """Show the form of the record that is read."""
        shown = self._shown
        if shown is not None and self.form is None and shown.writable and not shown.record.get("void"):
            self._open(shown.record, shown.writable, focus=focus)

    def make_new(self) -> None:
        self.go(Place(self._place.page, new=True))

    def _own_name(self) -> str:
        return "" if self.session.is_county else self.session.here.name

    def _begin_new(self) -> None:
        self.header.title.say(f"新增{ONE[self._table]}")
        self.light.show_light("")
        self.ask(lambda _: self.session.office.records.writable(self._table, None), self._show_new)

    @Slot(object)
    def _show_new(self, writable: frozenset[str]) -> None:
        if self._place.new:
            self._may = writable
            self._open({"township_name": self._own_name()}, writable)
            self._offer_drafts({})

    _may: frozenset[str] = frozenset()  # what may be written of a new record

    def _open(self, record: Record, writable: frozenset[str], *, focus: str = "", draft: Draft | None = None) -> None:
        self.editing.begin(record, writable, focus=focus, draft=draft)
        self.middle.setCurrentWidget(self.editing)
        self._show_where()

    @Slot()
    def _escape(self) -> None:
        """One step back, and nothing is lost by it: a short form, the form, the page."""
        if self.form is not None:
            self.editing.end()
        elif self._table == "problem" and self.story.handling.form is not None:
            self.story.handling.end()
        elif self.story.measures.form is not None or self.story.dispatches.form is not None:
            self.story.measures.end()
            self.story.dispatches.end()
            self._offer_again()
        else:
            self.go(BACK)

    @property
    def takes_files(self) -> bool:
        """Whether photos and documents may be added to what is shown."""
        return self._shown is not None and self.form is None and not self.story.exhibits.add_one.isHidden()

    def take_files(self, paths: Sequence[Path]) -> None:
        """Add photos and documents that were dragged here."""
        self.story.show_section("exhibits")
        self.adder.look(paths)

    @Slot()
    def _paste(self) -> None:
        if self.takes_files and self.adder.paste():
            self.story.show_section("exhibits")

    @Slot()
    def _ended(self) -> None:
        if self._place.new:
            self.go(BACK)
            return
        self._show_story()
        self._offer_again()
        self.refresh()

    def _offer_again(self) -> None:
        if self._shown is not None:
            self._offer_drafts(self._shown.record)

    @Slot()
    def save(self) -> None:
        if self.form is not None:
            self.editing.save()
        elif not self.parts.save():
            self.notice.say("success", "已保存。", "")

    def save_then(self, after: Callable[[], Any]) -> None:
        """Save what was typed, one part after the other, and then call; what cannot be saved keeps one here."""
        self._after = None
        if self.editing.is_dirty:
            self.editing.save_then(partial(self.save_then, after))
        elif self.is_dirty:
            self.parts.save()
            self._after = after if self.has_saves else None
        else:
            after()

    _after: Callable[[], Any] | None = None

    def drop(self) -> None:
        """Leave without saving: the forms close, the drafts stay."""
        self._after = None
        self.editing.close_form()
        self.parts.close()
        self._show_story()

    @Slot(object)
    def _saved(self, record: Record) -> None:
        self._partly(record)
        self._show_story()
        self.notice.say("success", "已保存到本机。", self._not_yet_sent())

    @Slot(object)
    def _partly(self, record: Record) -> None:
        if self._place.new:
            self._place = Place(self._place.page, id=str(record["id"]))
            self.moved.emit(self._place)
            self.photos.stand(self._place.id)
            self.adder.stand(self._place.id)
            self.offer.end()
        self.session.tell(Touched(self._table, frozenset({str(record.get("id"))})))

    @Slot(object)
    def _refuse_part(self, error: LedgerError) -> None:
        self._after = None
        self.notice.refuse(error)

    @Slot(str)
    def _saved_part(self, sentence: str) -> None:
        self.session.tell(Touched(self._table, frozenset({self._place.id})))
        self.notice.say("success", sentence, self._not_yet_sent())
        after, self._after = self._after, None
        if after is not None:
            self.save_then(after)

    @Slot(str)
    def _stepped(self, sentence: str) -> None:
        self._saved_part(sentence)
        self.notice.say("success", sentence, self._not_yet_sent(), *self.taking_back.offer())

    @Slot()
    def _back_plan(self) -> None:
        if self._shown is not None:
            self.backplanning.begin(self._place.id, str(self._shown.record.get("unit") or ""))

    @Slot(str)
    def _planned(self, sentence: str) -> None:
        self.session.tell(Touched(self._table, frozenset({self._place.id})))
        acts = (TAKE_BACK,) if self.backplanning.can_be_taken_back else ()
        self.notice.say("success", sentence, self._not_yet_sent(), *acts)

    def _not_yet_sent(self) -> str:
        return "" if self.session.is_county else f"{words.EXCHANGE['unreported']}：会随下一个数据包带给县里。"

    @Slot(str)
    def _do_step(self, what: str) -> None:
        if self._shown is None:
            return  # another record is on its way
        kind, _, name = what.partition(":")
        self.story.finish()
        if kind == "conflicts":
            self.go(way.conflicts_place(self._shown.record))
        elif kind == "dispatch":
            self.story.dispatches.begin()
            self.story.show_section("dispatches")
        elif kind == "measure":
            self.story.measures.begin()
            self.story.show_section("measures")
        elif kind == "measures":
            self.story.show_section("measures")
            self.story.measures.timeline.setFocus()
        elif kind == "edit":
            self.begin_edit(name)
