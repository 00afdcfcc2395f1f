"""What is written beside a pollution source: permits and remarks; saving them, and drafts of what is not."""

from __future__ import annotations

from PySide6.QtCore import Slot

from gui.dialogs.question import Question
from gui.drafts import PERMIT, REMARK, Draft
from gui.page import Page
from gui.panels.record.beside import Beside
from gui.panels.sources.story import SourceStory
from gui.unsaved import Sent
from models.domain import words
from models.services.views.lists import Record


class SourceParts(Beside):
    """Saves the short forms of a story; the page says the outcome."""

    def __init__(self, page: Page, story: SourceStory) -> None:
        super().__init__(page, "source", story.remarks, story.history, {PERMIT: story.permits})
        self._story = story
        story.permits.wanted.connect(self._save_permit)
        story.permits.void_asked.connect(self._ask_void)

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

    @Slot(str, object)
    def _save_permit(self, piece: str, values: dict[str, str]) -> None:
        sources = self._page.session.office.sources
        if piece:
            self._write(PERMIT, self._saved_permit, sources.edit_permit, self._id, piece, values)
        else:
            self._write(PERMIT, self._saved_permit, sources.add_permit, self._id, values)

    @Slot(object)
    def _saved_permit(self, done: tuple[Sent, Record]) -> None:
        sent, _ = done
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
            sources = self._page.session.office.sources
            self._write(PERMIT, self._voided_permit, sources.void_permit, self._id, permit["id"], why)

    @Slot(object)
    def _voided_permit(self, done: tuple[Sent, Record]) -> None:
        sent, _ = done
        if self.typing[PERMIT].settle(sent):
            self._story.permits.end()
        self._told(sent.record, "许可证已作废，历史里看得到。")
