"""逐件审核: everything that waits for a decision of whoever sits here, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from PySide6.QtCore import Slot

from gui.jobs import Kind
from gui.page import Page
from gui.panels.deciding.decision import Deciding
from gui.places import Place
from gui.session import Session
from gui.taking_back import TakingBack
from models.services.views.queue import WaitingSheet


class DecidingPage(Page):
    """Opened from 总览."""

    tables: ClassVar[frozenset[str]] = frozenset({"problem", "exchange", "unit", "dictionary", "evidence"})

    def __init__(self, session: Session) -> None:
        super().__init__(session, "逐件审核", back="总览")

    def build(self) -> Iterator[None]:
        yield
        self.deciding = Deciding(self.session)
        self.deciding.left_for.connect(self.left_for)
        self.deciding.decided.connect(self.say_decided)
        self.put(self.deciding, 1)
        self.taking_back = TakingBack(self)
        self.taking_back.done.connect(self.deciding.come_back)

    def enter(self, place: Place) -> None:
        super().enter(place)
        self.deciding.opinion.setFocus()

    def refresh(self) -> None:
        queue = self.session.office.queue
        self.ask(queue.sheet, self._show, kind=Kind.COUNT)

    @Slot(object)
    def _show(self, sheet: WaitingSheet) -> None:
        self.header.quiet.say(f"{len(sheet.lines)} 件等着审核" if sheet.lines else "")
        self.deciding.show_sheet(sheet)

    @Slot(str)
    def say_decided(self, said: str) -> None:
        """Say what was decided; the next one is there already."""
        self.notice.say(
            "success", said, "记在历史里；下一个数据包带给对方。点错了的，可以撤销。", *self.taking_back.offer()
        )

    @property
    def is_dirty(self) -> bool:
        return self.deciding.is_dirty

    def save(self) -> None:
        self.deciding.say_yes()

    def save_then(self, after: Callable[[], Any]) -> None:
        self.deciding.say_yes()
        after()

    def drop(self) -> None:
        self.deciding.drop()
