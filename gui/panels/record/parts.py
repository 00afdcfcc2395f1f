"""What is written beside a record: measures, monthly dispatches, remarks; saving them, and drafts of what is not."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, Slot

from gui.drafts import DISPATCH, MEASURE, REMARK, Draft
from gui.jobs import Kind
from gui.page import Page
from gui.panels.record import saving
from gui.panels.record.beside import Beside, Refusable, call
from gui.panels.record.on_behalf import ASK, ASK_WHY, has_device
from gui.panels.record.short_form import ShortForm
from gui.panels.record.story import RecordStory
from gui.unsaved import Asked, Sent
from models.services.views.home import Touched
from models.services.views.lists import Record

STEP = "step"  # what else is written: a step is taken


class RecordParts(Beside):
    """Saves the short forms of a story; the page says the outcome."""

    stepped = Signal(str)  # the sentence to say of what can be taken back

    def __init__(self, page: Page, story: RecordStory, table: str) -> None:
        forms: dict[str, ShortForm] = {MEASURE: story.measures, DISPATCH: story.dispatches}
        super().__init__(page, table, story.remarks, story.history, forms)
        self._story = story
        story.measures.opened.connect(self._ask_offers)
        for form in (story.measures, story.dispatches):
            form.opened.connect(self._ask_device)
            form.unreasoned.connect(self._say_unreasoned)
        story.measures.wanted.connect(self._save_measure)
        story.dispatches.wanted.connect(self._save_dispatch)
        story.handling.wanted.connect(self._take_step)

    def close(self) -> None:
        super().close()
        self._story.handling.end()

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

    @Slot(str, object)
    def _take_step(self, verb: str, values: dict[str, str]) -> None:
        step, once = (self._id, verb, self._story.handling.save.text()), Asked(STEP, self._id, verb)
        work = partial(call, step, self._page.session.office.workflow.step, self._id, verb, values)
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

    def _meanwhile(self) -> None:
        """Somebody else wrote the same fields: the page looks again, and the form then shows both values."""
        self._page.refresh()

    def _form_of(self, part: str) -> Refusable | None:
        return self._story.handling if part == STEP else super()._form_of(part)
