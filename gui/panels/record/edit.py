"""Changing a record, or registering a new one: its form, the bar below, saving, and drafts of what is not saved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout

from gui.drafts import EDIT, Draft
from gui.jobs import Kind, about
from gui.panel import Panel
from gui.panels.record import saving
from gui.panels.record.form import RecordForm
from gui.panels.record.groups import OFFERED
from gui.panels.record.on_behalf import OnBehalf, has_device
from gui.session import Session
from gui.unsaved import Sent, Typing, Unsaved
from gui.widgets.buttons import button
from gui.widgets.frames import Foot
from gui.widgets.labels import label, picture
from gui.widgets.notice import Notice
from models.errors import LedgerError
from models.progress import Progress
from models.services.views.home import Touched
from models.services.views.lists import Record

ONE = {"problem": "问题", "petition": "信访件", "source": "污染源"}
BOTH = ("source",)  # that both sides keep: nobody fills them in for another


class RecordEdit(Panel):
    """The form of one record. What is wrong is kept as a draft and holds back only itself."""

    saved = Signal(object)  # the record as it is in the ledger now; the form is closed
    partly = Signal(object)  # the record; what could not be saved stays in the form
    ended = Signal()  # the form was closed, and what was typed stays a draft
    typed = Signal()
    left = Signal()

    def __init__(self, session: Session, table: str, notice: Notice) -> None:
        super().__init__(session)
        self.notice = notice
        self._table = table
        self._id = ""  # "" for a new record
        self._after: Callable[[], Any] | None = None
        self._draft: Draft | None = None  # to go on with as soon as the form is there
        self.form: RecordForm | None = None
        self.reassure = label("", "quiet")
        self.leave = button("不改了", tip="没有保存的内容留作草稿（Esc）")
        self.keep = button("保存", "primary", key="Ctrl+S")
        self.behalf = OnBehalf()
        self.foot = Foot(picture("shield", "green", 18), self.reassure, None, self.behalf, self.leave, self.keep)
        self._room = QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._room, 1)
        layout.addWidget(self.foot)
        self.typing = Typing(session.drafts, EDIT, self, self)
        self.typing.kept.connect(self._say_kept)
        self.typed.connect(self.typing.typed)
        self.left.connect(self.typing.now)
        self.leave.clicked.connect(self.end)
        self.keep.clicked.connect(self.save)

    # ------------------------------------------------------------------------------------- the form

    @property
    def is_dirty(self) -> bool:
        """Whether something was typed that is not saved."""
        return self.form is not None and bool(self.form.changes())

    @property
    def is_new(self) -> bool:
        """Whether the record is not there yet."""
        return not self._id

    def unsaved(self) -> Unsaved:
        """What was typed and not saved."""
        if self.form is None:
            return Unsaved({}, {})
        return Unsaved(self.form.changes(), self.form.base())

    def begin(self, record: Record, writable: frozenset[str], *, focus: str = "", draft: Draft | None = None) -> None:
        """Open the form of a record; without an id it is a new one."""
        self.close_form()
        self._id = str(record.get("id") or "")
        self.typing.stand(self._table, self._id, str(record.get("title") or ""))
        self._draft = draft
        form = RecordForm(self._table, self.session.today)
        self.form = form
        self._room.addWidget(form)
        form.changed.connect(self._count)
        form.left.connect(self.left)
        form.ready.connect(self._go_on)
        form.begin(focus)
        form.show_record(record, writable)
        self._count(0)
        self.behalf.stand_deadline(there=bool(self._id and self.session.is_county and record.get("deadline")))
        if self._id and self.session.is_county and self._table not in BOTH:
            unit = str(record.get("unit") or "")
            self.ask(partial(has_device, self.session.office.units, unit), self._know_device)
        self.ask(partial(saving.offers, self.session.office.records, self._table, OFFERED[self._table]), self._suggest)

    @Slot()
    def _go_on(self) -> None:
        """The form is whole: a draft is put into it."""
        draft, self._draft = self._draft, None
        if self.form is None or draft is None:
            return
        self.typing.take_up(draft)
        changed = self.form.restore(draft.values, draft.base)
        self._say_changed(changed)

    @Slot(object)
    def _suggest(self, values: dict[str, list[tuple[str, str]]]) -> None:
        if self.form is not None:
            self.form.suggest(values)

    @Slot(object)
    def _know_device(self, there: bool) -> None:  # noqa: FBT001 - the answer of a job
        if there and self.form is not None:
            self.behalf.stand(self._table)
            self.behalf.watch(self.form.changes())

    def renew(self, record: Record, writable: frozenset[str]) -> None:
        """The record was changed by somebody else while the form is open."""
        if self.form is not None and str(record.get("id") or "") == self._id:
            before = set(self.form.asks())
            self._say_changed([one for one in self.form.rebase(record, writable) if one not in before])

    def _say_changed(self, labels: list[str]) -> None:
        if labels:
            self.notice.say(
                "warning", f"“{'”“'.join(labels)}”刚才在台账里也改过，您填的还在。",
                "两个值都列在栏下：保存就用您填的，点“改用台账里的”就用新的。",
            )  # fmt: skip

    @Slot(int)
    def _count(self, changed: int) -> None:
        self.keep.setText(f"保存这个{ONE[self._table]}" if self.is_new else "保存")
        self.keep.setEnabled(bool(changed))
        word = "先不新增了" if self.is_new else "先不改了"
        self.leave.setText(word if changed or self.is_new else "返回")
        first = "名称" if self._table == "source" else "描述"
        nothing = f"填好{first}就能保存，其余以后再补。" if self.is_new else "还没有改动。"
        self.reassure.setText(f"改了 {changed} 处，还没有保存。" if changed else nothing)
        self.behalf.watch(self.form.changes() if self.form is not None else ())
        if changed or self.typing.name:
            self.typed.emit()

    @Slot(object)
    def _say_kept(self, draft: Draft | None) -> None:
        if self.form is not None and draft is not None:
            changed, at = len(self.form.changes()), datetime.fromisoformat(draft.at)
            self.reassure.setText(f"改了 {changed} 处，还没有保存。草稿已留在本机 {at:%H:%M}")

    # ------------------------------------------------------------------------------------- leaving

    @Slot()
    def end(self) -> None:
        """Leave the form: nothing is asked, because nothing is lost."""
        self.close_form()
        self.ended.emit()

    def close_form(self) -> None:
        """Close the form; what is not saved stays a draft."""
        self.typing.close()
        self.behalf.stand("")
        self.behalf.stand_deadline(there=False)
        self._after = self._draft = None
        if self.form is not None:
            self._room.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = None

    # ------------------------------------------------------------------------------------- saving

    @Slot()
    def save(self) -> None:
        """Save all that can stand; what cannot is marked and stays in the form, and as a draft."""
        form = self.form
        if form is None:
            return
        wrong = {one.field.name for one in form.check()}
        values = {name: value for name, value in form.changes().items() if name not in wrong}
        if form.missing() or not values:
            self._after = None
            if wrong:
                form.show_field(next(one.field.name for one in form.fields() if one.wrong))
            elif not values:
                self.notice.say("success", "已保存。", "没有新的改动。")
            return
        why, (ask, more) = self.behalf.why(values), self.behalf.lacking(values)
        if ask:
            self._after = None
            self.notice.say("warning", ask, more)
            self.behalf.reason.setFocus()
            return
        self.keep.setEnabled(False)
        sent = self.typing.send()
        work = partial(self._write, sent, values, form.base(), why)
        once = (sent.record, sent.name)  # a draft that is taken up while it is saved is not saved again
        self.ask(work, self._written, refused=self._refuse, kind=Kind.SAVE, once=once)

    def save_then(self, after: Callable[[], Any]) -> None:
        """Save, and then call; what cannot be saved keeps one here."""
        self.save()
        self._after = after if self.form is not None and not self.keep.isEnabled() else None

    def _write(
        self, sent: Sent, values: dict[str, str], base: dict[str, str], why: str, _: Progress
    ) -> tuple[Sent, dict[str, str], saving.Outcome]:
        records = self.session.office.records
        if not sent.record:
            return sent, values, saving.Outcome(records.add(self._table, values))
        return sent, values, saving.edit(records, self._table, sent.record, values, base, why)

    @Slot(object)
    def _written(self, done: tuple[Sent, dict[str, str], saving.Outcome]) -> None:
        sent, saved, outcome = done
        form, record = self.form, outcome.record
        if form is None or (sent.record, sent.name) != (self._id, self.typing.name):
            self._written_late(sent, saved, outcome)
            return
        if not outcome.saved:
            self._after = None
            self.keep.setEnabled(True)
            self._say_changed(form.rebase(record))
            return
        form.take(record, saved)
        rest = form.changes()
        if not rest:
            self.typing.saved()
            after = self._after
            self.close_form()
            self.saved.emit(record)
            if after is not None:
                after()
            return
        self._after = None
        self._keep_rest(record, len(saved))

    def _written_late(self, sent: Sent, saved: dict[str, str], outcome: saving.Outcome) -> None:
        """The form was left meanwhile: of its draft that stays which was held back, or typed since."""
        if outcome.saved:
            id_ = str(outcome.record.get("id"))
            if sent.draft is not None:
                self.session.drafts.keep_rest(sent.draft, saved, id_)
            self.session.tell(Touched(self._table, frozenset({id_})))

    def _keep_rest(self, record: Record, count: int) -> None:
        """What could not be saved stays in the form of the record that is there now."""
        form = self.form
        assert form is not None  # noqa: S101 - the caller has it
        self.typing.saved()
        self._id = str(record.get("id") or "")
        self.typing.stand(self._table, self._id, str(record.get("title") or ""))
        wrong = [one for one in form.fields() if one.wrong]
        self.partly.emit(record)
        self._count(len(form.changes()))
        self.typing.now()
        names = f"“{'”“'.join(one.field.label for one in wrong)}”" if wrong else "保存时又改的"
        self.notice.say(
            "warning", f"其余 {count} 处已保存到本机，{names}还没有保存。",
            "改好后再点“保存”。先离开也不要紧，草稿留着。",
        )  # fmt: skip
        if wrong:
            form.show_field(wrong[0].field.name)

    @Slot(object)
    def _refuse(self, error: LedgerError) -> None:
        if about(self.sender()) != (self._id, self.typing.name):
            self.notice.refuse_late(error)
            return
        self._after = None
        self.keep.setEnabled(True)
        marked = self.form.refuse(error) if self.form is not None else False
        self.notice.say("refusal", error.message, error.way_out)
        if not marked and self.form is not None:
            self.form.scroller.verticalScrollBar().setValue(0)
