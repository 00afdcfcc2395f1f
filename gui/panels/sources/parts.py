"""What is written beside a pollution source: permits and remarks; saving them, and drafts of what is not."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from gui.dialogs.question import Question
from gui.drafts import PERMIT, REMARK, Asked, Draft, Sent, Typing
from gui.jobs import Kind, about
from gui.page import Page
from gui.panels.sources.story import SourceStory
from models.domain import words
from models.errors import LedgerError
from models.services.views.home import Touched
from models.services.views.lists import Record


class SourceParts(QObject):
    """Saves the short forms of a story; the page says the outcome."""

    saved = Signal(str)  # the sentence to say
    refused = Signal(object)  # LedgerError
    late = Signal(object)  # LedgerError, of a source that one has left

    def __init__(self, page: Page, story: SourceStory) -> None:
        super().__init__(page)
        self._page, self._story, self._id = page, story, ""
        forms = {PERMIT: story.permits, REMARK: story.remarks}
        self.typing = {part: Typing(page.session.drafts, part, form, self) for part, form in forms.items()}
        for part, form in forms.items():
            form.typed.connect(self.typing[part].typed)
            form.left.connect(self.typing[part].now)
        story.permits.ended.connect(self.typing[PERMIT].close)
        story.permits.wanted.connect(self._save_permit)
        story.permits.void_asked.connect(self._ask_void)
        story.remarks.wanted.connect(self._save_remark)
        story.history.wanted.connect(self._put_back)

    @property
    def names(self) -> frozenset[str]:
        """The drafts that are being typed."""
        return frozenset(one.name for one in self.typing.values() if one.name)

    def stand(self, record: str, title: str) -> None:
        """Another source is shown; the drafts of this one are written first."""
        self.close()
        self._id = record
        for one in self.typing.values():
            one.stand("source", record, title)

    def close(self) -> None:
        """Close the short forms; what was typed stays a draft."""
        for one in self.typing.values():
            one.now()
        self._story.permits.end()
        self._story.remarks.text.clear()
        for one in self.typing.values():
            one.stop()

    def save(self) -> bool:
        """Save the short form that is typed into, if there is one."""
        if self._story.permits.is_dirty:
            self._story.permits.save.click()
        elif self._story.remarks.is_dirty:
            self._story.remarks.write.click()
        else:
            return False
        return True

    def take_up(self, draft: Draft) -> None:
        """Go on with a draft of last time."""
        if draft.part == REMARK:
            self._story.remarks.restore(draft.values.get("text", ""))
        else:
            self._story.permits.go_on(draft.piece)
            self.typing[PERMIT].take_up(draft)
            self._story.permits.restore(draft.values, draft.base)
        self.typing[draft.part].take_up(draft)

    # ------------------------------------------------------------------------------------- saving

    def _write(self, part: str, deed: Callable[..., Any], done: Callable[..., Any], *given: Any) -> None:
        sent = self.typing[part].send()
        work = partial(_call, sent, deed, self._id, *given)
        once = Asked(part, self._id, (done, sent.name or given))
        self._page.ask(work, done, refused=self._refuse, kind=Kind.SAVE, once=once)

    def _told(self, record: str, sentence: str) -> None:
        """Say that something was saved; where another source is shown by now, only the window hears of it."""
        if record == self._id:
            self.saved.emit(sentence)
        else:
            self._page.session.tell(Touched("source", frozenset({record})))

    @Slot(str, object)
    def _save_permit(self, piece: str, values: dict[str, str]) -> None:
        sources = self._page.session.office.sources
        if piece:
            self._write(PERMIT, sources.edit_permit, self._saved_permit, piece, values)
        else:
            self._write(PERMIT, sources.add_permit, self._saved_permit, values)

    @Slot(object)
    def _saved_permit(self, sent: Sent) -> None:
        if self.typing[PERMIT].settle(sent):
            self._story.permits.end()
        self._told(sent.record, "许可证已保存到本机。")

    @Slot(object)
    def _ask_void(self, permit: Record) -> None:
        kind = words.PERMIT_KIND.get(str(permit["kind"]), "许可证")
        question = Question(
            f"作废这个{kind}？", "作废后不再列出，也不再提醒到期。历史都保留。",
            "不作废", (f"作废这个{kind}", "danger"), reason="作废原因",
            hint="会写进变更历史，对方也能看到", parent=self._page,
        )  # fmt: skip
        if question.ask():
            why = question.reason.text().strip()
            self._write(PERMIT, self._page.session.office.sources.void_permit, self._voided_permit, permit["id"], why)

    @Slot(object)
    def _voided_permit(self, sent: Sent) -> None:
        if self.typing[PERMIT].settle(sent):
            self._story.permits.end()
        self._told(sent.record, "许可证已作废，历史里看得到。")

    @Slot(str)
    def _save_remark(self, text: str) -> None:
        self._write(REMARK, self._edit, self._saved_remark, {"remark": text})

    @Slot(object)
    def _saved_remark(self, sent: Sent) -> None:
        if self.typing[REMARK].settle(sent):
            self._story.remarks.text.clear()
        self._told(sent.record, "备注已保存到本机。")

    @Slot(str, str)
    def _put_back(self, field: str, value: str) -> None:
        work = partial(_call, Sent(self._id, None), self._edit, self._id, {field: value}, "恢复旧值")
        once = Asked("", self._id, (field, value))
        self._page.ask(work, self._put_back_done, refused=self._refuse, kind=Kind.SAVE, once=once)

    @Slot(object)
    def _put_back_done(self, sent: Sent) -> None:
        self._told(sent.record, "已改回旧值，历史里记了一笔。")

    def _edit(self, id_: str, values: dict[str, str], why: str = "") -> Record:
        return self._page.session.office.records.edit("source", id_, values, why)

    @Slot(object)
    def _refuse(self, error: LedgerError) -> None:
        asked: Asked = about(self.sender())
        if asked.record != self._id:
            self.late.emit(error)
            return
        if asked.part == PERMIT:
            self._story.permits.refuse(error)
        self.refused.emit(error)


def _call(sent: Sent, deed: Callable[..., Any], *rest: Any) -> Sent:
    """Call with all but the progress, which comes last and which these short verbs do not report."""
    deed(*rest[:-1])
    return sent
