"""One record: read it, change it, add measures, monthly dispatches and remarks, look at its history."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from PySide6.QtCore import Slot

from gui.done import Done
from gui.panels.record import way
from gui.panels.record.acts import UNVOID
from gui.panels.record.backplanning import TAKE_BACK
from gui.panels.record.edit import ONE
from gui.panels.record.frame import RecordFrame
from gui.panels.record.story import Shown
from gui.places import BACK, Place
from models.domain import words
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
        self._join()
        self.story.asked.connect(self._do_step)
        self.story.complete.connect(self._shown_whole)
        self.parts.stepped.connect(self._stepped)
        self.acts.asking.done.connect(self._stepped)
        self.story.handling.taken_back.connect(self.taking_back.take)
        self.notice.acted.connect(self._see)
        self.story.merged.opened.connect(self._open_other)
        self.story.origin_asked.connect(self._open_origin)
        self.story.dossier.wanted.connect(self.adder.add_for_paper)
        self.story.dossier.written.connect(self.acts.printing.write_folder)
        self.story.rounds.wanted.connect(self.acts.asking.act)
        self.story.measures.plan_wanted.connect(self._back_plan)
        self.backplanning.planned.connect(self._planned)
        self.notice.acted.connect(self.backplanning.act)

    # ------------------------------------------------------------------------------------- being shown

    def enter(self, place: Place) -> None:
        self._came_for = place.tab
        self._begin(place)
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
        # As in the list: what is completed and waits too long is yellow.
        light = str(record.get("light") or ("done" if finished else ""))
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

    def _begin_new(self) -> None:
        self.header.title.say(f"新增{ONE[self._table]}")
        self.light.show_light("")
        self._ask_new()

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

    def _show_photos(self) -> None:
        self.story.show_section("exhibits")

    @Slot(str)
    def _stepped(self, sentence: str) -> None:
        self._saved_part(sentence)
        self.notice.say("success", sentence, self._not_yet_sent(), *self.taking_back.offer())
        self.setFocus()
        self.story.to_top()  # to what is asked next

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
        elif kind == "step":
            self.story.handling.buttons[name].click()
        elif kind == "papers":
            self.story.show_papers()
        elif kind == "edit":
            self.begin_edit(name)
