"""What is written beside a record that is read: its short forms and remarks, saved one by one, and their drafts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal, Slot

from gui.drafts import REMARK
from gui.jobs import Kind, about
from gui.page import Page
from gui.panels.record.history import History, Remarks
from gui.panels.record.short_form import ShortForm
from gui.unsaved import Asked, Sent, Typing
from models.errors import LedgerError
from models.services.views.home import Touched

OLD = "old"  # what else is written: an old value is put back


class Refusable(Protocol):
    """A form that can show why it was refused."""

    def refuse(self, error: LedgerError) -> bool: ...


class Beside(QObject):
    """Saves short forms, by the part that they are in drafts; the page says the outcome."""

    saved = Signal(str)  # the sentence to say
    refused = Signal(object)  # LedgerError
    late = Signal(object)  # LedgerError, of a record that one has left

    def __init__(
        self, page: Page, table: str, remarks: Remarks, history: History, forms: Mapping[str, ShortForm]
    ) -> None:
        super().__init__(page)
        self._page, self._table = page, table
        self._id = self._unit = ""
        self._remarks, self._forms = remarks, forms
        sources = {**forms, REMARK: remarks}
        self.typing = {part: Typing(page.session.drafts, part, source, self) for part, source in sources.items()}
        for part, source in sources.items():
            source.typed.connect(self.typing[part].typed)
            source.left.connect(self.typing[part].now)
        for part, form in forms.items():
            form.ended.connect(self.typing[part].close)
        remarks.wanted.connect(self._save_remark)
        history.wanted.connect(self._put_back)

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
        for form in self._forms.values():
            form.end()
        self._remarks.text.clear()
        for one in self.typing.values():
            one.stop()

    # ------------------------------------------------------------------------------------- saving

    def _write(self, part: str, done: Callable[..., Any], deed: Callable[..., Any], *given: Any) -> None:
        """Have a deed done; what was sent and what came of it are told to `done`, a slot."""
        sent = self.typing[part].send()
        once = Asked(part, self._id, (done, sent.name or given))
        self._page.ask(partial(call, sent, deed, *given), done, refused=self._refuse, kind=Kind.SAVE, once=once)

    def _told(self, record: str, sentence: str) -> None:
        """Say that something was saved; where another record is shown by now, only the window hears of it."""
        if record == self._id:
            self.saved.emit(sentence)
        else:
            self._page.session.tell(Touched(self._table, frozenset({record})))

    @Slot(str)
    def _save_remark(self, text: str) -> None:
        records = self._page.session.office.records
        self._write(REMARK, self._saved_remark, records.edit, self._table, self._id, {"remark": text})

    @Slot(object)
    def _saved_remark(self, done: tuple[Sent, object]) -> None:
        sent, _ = done
        if self.typing[REMARK].settle(sent):
            self._remarks.text.clear()
        self._told(sent.record, "备注已保存到本机。")

    @Slot(str, str)
    def _put_back(self, field: str, value: str) -> None:
        records = self._page.session.office.records
        work = partial(call, self._id, records.edit, self._table, self._id, {field: value}, "恢复旧值")
        once = Asked(OLD, self._id, (field, value))
        self._page.ask(work, self._put_back_done, refused=self._refuse, kind=Kind.SAVE, once=once)

    @Slot(object)
    def _put_back_done(self, done: tuple[str, object]) -> None:
        self._told(done[0], "已改回旧值，历史里记了一笔。")

    def _form_of(self, part: str) -> Refusable | None:
        """Where a refusal of a part is shown too."""
        return self._forms.get(part)

    @Slot(object)
    def _refuse(self, error: LedgerError) -> None:
        asked: Asked = about(self.sender())
        if asked.record != self._id:
            self.late.emit(error)
            return
        form = self._form_of(asked.part)
        if form is not None:
            form.refuse(error)
        self.refused.emit(error)


def call(about: Any, deed: Callable[..., Any], *rest: Any) -> tuple[Any, Any]:
    """Call with all but the progress, which comes last and which these short verbs do not report.

    What the call is about comes back with its result: the user may have gone on to another record meanwhile.
    """
    return about, deed(*rest[:-1])
