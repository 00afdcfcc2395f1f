"""What is written beside a record: measures, monthly dispatches, remarks; saving them, and drafts of what is not."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from gui.drafts import DISPATCH, MEASURE, REMARK, Asked, Draft, Sent, Typing
from gui.jobs import Kind, about
from gui.page import Page
from gui.panels.record import saving
from gui.panels.record.on_behalf import ASK, ASK_WHY, has_device
from gui.panels.record.short_form import ShortForm
from gui.panels.record.story import RecordStory
from models.errors import LedgerError
from models.services.views.home import Touched
from models.services.views.lists import Record

STEP, OLD = "step", "old"  # what else is written: a step is taken, an old value put back


class RecordParts(QObject):
    """Saves the short forms of a story; the page says the outcome."""

    saved = Signal(str)  # the sentence to say
    stepped = Signal(str)  # the same of what can be taken back
    refused = Signal(object)  # LedgerError
    late = Signal(object)  # LedgerError, of a record that one has left

    def __init__(self, page: Page, story: RecordStory, table: str) -> None:
        super().__init__(page)
        self._page, self._story, self._table = page, story, table
        self._id = self._unit = ""
        drafts = page.session.drafts
        sources = {MEASURE: story.measures, DISPATCH: story.dispatches, REMARK: story.remarks}
        self.typing = {part: Typing(drafts, part, source, self) for part, source in sources.items()}
        for part, source in sources.items():
            source.typed.connect(self.typing[part].typed)
            source.left.connect(self.typing[part].now)
        story.measures.ended.connect(self.typing[MEASURE].close)
        story.dispatches.ended.connect(self.typing[DISPATCH].close)
        story.measures.opened.connect(self._ask_offers)
        for form in (story.measures, story.dispatches):
            form.opened.connect(self._ask_device)
            form.unreasoned.connect(self._say_unreasoned)
        story.measures.wanted.connect(self._save_measure)
        story.dispatches.wanted.connect(self._save_dispatch)
        story.remarks.wanted.connect(self._save_remark)
        story.handling.wanted.connect(self._take_step)
        story.history.wanted.connect(self._put_back)

    @property
    def names(self) -> frozenset[str]:
        """The drafts that are being typed."""
        return frozenset(one.name for one in self.typing.values() if one.name)

    def stand(self, record: str, title: str, unit: str = "") -> None:
        """Another record is shown, of a unit; the drafts of this one are written first."""
        self.close()
        self._id, self._unit = record, unit
        for one in self.typing.values():
            one.stand(self._table, record, title)

    def close(self) -> None:
        """Close the short forms; what was typed stays a draft."""
        for one in self.typing.values():
            one.now()
        self._story.measures.end()
        self._story.dispatches.end()
        self._story.handling.end()
        self._story.remarks.text.clear()
        for one in self.typing.values():
            one.stop()

    def save(self) -> bool:
        """Save the short form that is open and typed into, if there is one."""
        for part in (self._story.dispatches, self._story.measures, self._story.handling):
            if part.is_dirty:
                part.save.click()
                return True
        if self._story.remarks.is_dirty:
            self._story.remarks.write.click()
            return True
        if self._story.handling.form is not None:  # a step may be taken just as its form proposes
            self._story.handling.save.click()
            return True
        return False

    def take_up(self, draft: Draft) -> None:
        """Go on with a draft of last time."""
        if draft.part == REMARK:
            self._story.remarks.restore(draft.values.get("text", ""))
            self._story.show_section("remarks")
        else:
            form = self._story.measures if draft.part == MEASURE else self._story.dispatches
            form.go_on(draft.piece if draft.part == MEASURE else draft.values.get("month", ""))
            self.typing[draft.part].take_up(draft)
            form.restore(draft.values, draft.base)
            self._story.show_section("measures" if draft.part == MEASURE else "dispatches")
        self.typing[draft.part].take_up(draft)

    @Slot(bool)
    def _ask_offers(self, opened: bool) -> None:  # noqa: FBT001 - a slot
        """Units and people that the ledger knows are offered for a measure."""
        if opened:
            records = self._page.session.office.records
            self._page.ask(partial(saving.offers, records, self._table, ("lead_unit", "person")), self._offer)

    @Slot(object)
    def _offer(self, found: saving.Offers) -> None:
        self._story.measures.suggest({"unit": found["lead_unit"], "person": found["person"]})

    @Slot(bool)
    def _ask_device(self, opened: bool) -> None:  # noqa: FBT001 - a slot
        """Whether the county must say why it fills in what the unit writes itself."""
        session, form = self._page.session, self.sender()
        if opened and session.is_county and isinstance(form, ShortForm):
            self._page.ask(partial(has_device, session.office.units, self._unit), form.ask_why)

    @Slot()
    def _say_unreasoned(self) -> None:
        self._page.notice.say("warning", ASK, ASK_WHY)

    # ------------------------------------------------------------------------------------- saving

    def _write(self, part: str, done: Callable[..., Any], deed: Callable[..., Any], *given: Any) -> None:
        sent = self.typing[part].send()
        once = Asked(part, self._id, sent.name or given)
        self._page.ask(partial(_call, sent, deed, *given), done, refused=self._refuse, kind=Kind.SAVE, once=once)

    def _told(self, record: str, sentence: str) -> None:
        """Say that something was saved; where another record is shown by now, only the window hears of it."""
        if record == self._id:
            self.saved.emit(sentence)
        else:
            self._page.session.tell(Touched(self._table, frozenset({record})))

    @Slot(str, object)
    def _save_measure(self, piece: str, values: dict[str, str]) -> None:
        records, form = self._page.session.office.records, self._story.measures
        base, why = form.unsaved().base, form.behalf.why(values)
        self._write(MEASURE, self._saved_measure, saving.measure, records, self._id, piece, values, base, why)

    @Slot(object)
    def _save_dispatch(self, values: dict[str, str]) -> None:
        form = self._story.dispatches.form
        records, base = self._page.session.office.records, form.base() if form is not None else {}
        why = self._story.dispatches.behalf.why(values)
        self._write(DISPATCH, self._saved_dispatch, saving.dispatch, records, self._id, values, base, why)

    @Slot(str)
    def _save_remark(self, text: str) -> None:
        records = self._page.session.office.records
        self._write(REMARK, self._saved_remark, records.edit, self._table, self._id, {"remark": text})

    @Slot(str, object)
    def _take_step(self, verb: str, values: dict[str, str]) -> None:
        step, once = (self._id, verb, self._story.handling.save.text()), Asked(STEP, self._id, verb)
        work = partial(_call, step, self._page.session.office.workflow.step, self._id, verb, values)
        self._page.ask(work, self._step_taken, refused=self._refuse, kind=Kind.SAVE, once=once)

    @Slot(object)
    def _step_taken(self, taken: tuple[tuple[str, str, str], Record]) -> None:
        (id_, verb, name), record = taken
        self._page.session.done.add(name, str(record["undo"]), frozenset((id_,)))
        if id_ != self._id:  # the user went on meanwhile
            self._page.session.tell(Touched(self._table, frozenset({id_})))
            return
        asking = self._story.handling.asking
        if asking is not None and asking.step.verb == verb:
            self._story.handling.end()
        self.stepped.emit(f"{name}：已办，保存到本机。")

    @Slot(str, str)
    def _put_back(self, field: str, value: str) -> None:
        records = self._page.session.office.records
        work = partial(_call, self._id, records.edit, self._table, self._id, {field: value}, "恢复旧值")
        once = Asked(OLD, self._id, (field, value))
        self._page.ask(work, self._put_back_done, refused=self._refuse, kind=Kind.SAVE, once=once)

    @Slot(object)
    def _put_back_done(self, done: tuple[str, object]) -> None:
        self._told(done[0], "已改回旧值，历史里记了一笔。")

    @Slot(object)
    def _saved_measure(self, done: tuple[Sent, saving.Outcome]) -> None:
        sent, outcome = done
        if not outcome.saved:
            self._meanwhile()
            return
        if self.typing[MEASURE].settle(sent):
            self._story.measures.end()
        self._told(sent.record, "措施已保存到本机。")

    @Slot(object)
    def _saved_dispatch(self, done: tuple[Sent, saving.Outcome]) -> None:
        sent, outcome = done
        if not outcome.saved:
            self._meanwhile()
            return
        if self.typing[DISPATCH].settle(sent):
            self._story.dispatches.end()
        self._told(sent.record, "月调度已保存到本机。")

    @Slot(object)
    def _saved_remark(self, done: tuple[Sent, object]) -> None:
        sent, _ = done
        if self.typing[REMARK].settle(sent):
            self._story.remarks.text.clear()
        self._told(sent.record, "备注已保存到本机。")

    def _meanwhile(self) -> None:
        """Somebody else wrote the same fields: the page looks again, and the form then shows both values."""
        self._page.refresh()

    @Slot(object)
    def _refuse(self, error: LedgerError) -> None:
        asked: Asked = about(self.sender())
        if asked.record != self._id:
            self.late.emit(error)
            return
        story = self._story
        form = {MEASURE: story.measures, DISPATCH: story.dispatches, STEP: story.handling}.get(asked.part)
        if form is not None:
            form.refuse(error)
        self.refused.emit(error)


def _call(about: Any, deed: Callable[..., Any], *rest: Any) -> tuple[Any, Any]:
    """Call with all but the progress, which comes last and which these short verbs do not report.

    What the call is about comes back with its result: the user may have gone on to another record meanwhile.
    """
    return about, deed(*rest[:-1])
