"""The yellow line at the county's desk while its keys are on no paper."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout

from gui.page import Panel
from gui.places import Place
from gui.session import Session
from models.progress import Progress

DUE = "县里的密钥还没有写成恢复单。"
WHY = "电脑坏了、丢了，凭恢复单可以在新电脑上恢复；没有它，就要请全县重新登记。"
GO = "去写恢复单"


class SheetReminder(Panel):
    """Asks once it is shown, and after each change."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.notice)
        self.notice.shut.hide()
        self.notice.acted.connect(self._act)

    def refresh(self) -> None:
        self.ask(self._read, self._show)

    def _read(self, _: Progress) -> bool:
        return self.session.office.recovery.due

    @Slot(object)
    def _show(self, due: bool) -> None:  # noqa: FBT001 - what a signal hands over
        if due:
            self.notice.say("warning", DUE, WHY, GO)
        self.notice.setVisible(due)

    @Slot(str)
    def _act(self, _: str) -> None:
        self.go(Place("exchange", tab="enrol"))


class PageReminder(SheetReminder):
    """The same right below the header of a page."""

    notice_margins = (24, 12, 24, 0)
