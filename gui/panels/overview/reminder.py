"""Lines that stand below the header until what they speak of is done; they come and go by themselves."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, NamedTuple

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout

from gui.jobs import Kind
from gui.panel import Panel
from gui.places import Place
from gui.session import Session
from models.progress import Progress


class Due(NamedTuple):
    """What is due: what happened, what to do about it."""

    message: str
    way_out: str


class Reminder(Panel):
    """Asks once it is shown, and after each change, whether something is due."""

    word: ClassVar[str]  # of the button; "" for none
    place: ClassVar[Place]  # where it leads
    tone: ClassVar[str] = "warning"
    kind: ClassVar[Kind] = Kind.READ  # of asking

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.notice)
        self.notice.shut.hide()
        for words in (
            self.notice.message,
            self.notice.way_out,
        ):  # short: no room to wrap is kept
            words.setMinimumHeight(words.fontMetrics().height())
        self.notice.acted.connect(self._act)

    def refresh(self) -> None:
        self.ask(self.read, self._show, kind=self.kind)

    def read(self, progress: Progress) -> Due | None:
        """What is due now; None: nothing."""
        raise NotImplementedError

    @Slot(object)
    def _show(self, due: Due | None) -> None:
        if due is not None:
            self.notice.say(self.tone, due.message, due.way_out, *((self.word,) if self.word else ()))
        self.notice.setVisible(due is not None)

    @Slot(str)
    def _act(self, _: str) -> None:
        self.go(self.place)


class SheetReminder(Reminder):
    """At the county, while its keys are on no paper."""

    word = "去写恢复单"
    place = Place("exchange", tab="enrol")

    def read(self, progress: Progress) -> Due | None:
        del progress
        if not self.session.office.recovery.due:
            return None
        why = "电脑坏了、丢了，凭恢复单可以在新电脑上恢复；没有它，就要请全县重新登记。"
        return Due("县里的密钥还没有写成恢复单。", why)


class PageReminder(SheetReminder):
    """The same right below the header of a page."""

    notice_margins = (24, 12, 24, 0)


class WaitingReminder(Reminder):
    """While something waits for a decision of whoever sits here."""

    notice_margins = (24, 12, 24, 0)
    word = "逐件审核"
    place = Place("deciding")
    tone = "info"
    kind = Kind.COUNT

    def read(self, progress: Progress) -> Due | None:
        counts = self.session.office.queue.counts(progress)
        if not counts:
            return None
        said = "、".join(f"{label} {count} 件" for label, count in counts.items())
        return Due(f"有 {sum(counts.values())} 件等您审核：{said}。", "")


class LostReminder(Reminder):
    """While the other side, which may have put an old backup back, has not acknowledged again what it lost."""

    notice_margins = (24, 12, 24, 0)
    word = "写数据包"
    how = "下一个包会自动带上，不会重复计数；对方的回执到了，这一行就没有了。"
    place = Place("exchange", tab="write")

    def read(self, progress: Progress) -> Due | None:
        del progress
        lost = self.session.office.exchange.lost()
        if not lost:
            return None
        one, others = lost[0], len(lost) - 1
        said = (one if self.session.is_county else replace(one, name="县里")).said
        more = f"另有 {others} 个单位也是这样。" if others else ""
        return Due(said + more, self.how)


class LostLine(LostReminder):
    """The same in one line, where packages are written."""

    word = how = ""
