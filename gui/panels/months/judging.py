"""The county's judgement: one problem after the other, this month beside the last; accept, or return with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QPushButton, QWidget

from gui import saying, theme
from gui.jobs import Kind
from gui.panel import Panel
from gui.session import Session
from gui.turn import Turn
from gui.widgets.buttons import button
from gui.widgets.chips import Light
from gui.widgets.empty import Empty
from gui.widgets.facts import Facts
from gui.widgets.frames import Card, Foot, Scroller, column, row
from gui.widgets.labels import Elided, Prose, label
from gui.widgets.phrase_line import PhraseLine
from models.domain import words
from models.domain.fields import label as label_of
from models.progress import Progress
from models.services.views.home import Touched
from models.services.views.months import Entry, MonthLine, MonthSheet, Saved

SHOWN = ("pace", "progress", "difficulties", "next_step")


class Judging(Panel):
    """A queue: what was reported and is not judged yet. Enter accepts, and the next one comes."""

    judged = Signal(object)  # Saved

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._turn = Turn[MonthLine](lambda one: one.id)
        self._month, self._unit = "", ""
        self.place = label("", "bold")
        self.light, self.title, self.whose = Light(), Prose("", "text", "bold"), Elided("", "quiet")
        self.before, self.now = Card("上月", " "), Card("本月", " ")
        self.facts = {"last": Facts(label_width=84), "now": Facts(label_width=84)}
        self.before.add(self.facts["last"])
        self.now.add(self.facts["now"])
        for one in (self.before, self.now):
            one.body.addStretch(1)
        self._side_by_side = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._side_by_side.setSpacing(theme.px(12))
        self._side_by_side.addWidget(self.before, 1)
        self._side_by_side.addWidget(self.now, 1)
        head = row(self.light, self.title, gap=10)
        head.setStretch(1, 1)
        self.scroller = Scroller(margins=(24, 12, 24, 12))
        self.scroller.body.addLayout(row(self.place, self.whose, None))
        self.scroller.body.addLayout(head)
        self.scroller.body.addLayout(self._side_by_side)
        self.scroller.body.addStretch(1)
        self.opinion = PhraseLine()
        self.opinion.setAccessibleName("退回的原因")
        self.opinion.setPlaceholderText("要退回的，写明哪里要补；打字可选常用语，↓ 列出全部")
        self.back = button("退回", tip="写明原因后退回给单位")
        self.skip = button("先跳过", "quiet", tip="这一条以后再评定（PgDn）")
        self.same = button("", "quiet", tip="认可这个单位其余还没评定的")
        self.accept = button("认可", "primary", tip="认可，看下一条", key="Enter")
        self.foot = Foot(label("退回原因"), self.opinion, self.back, self.same, self.skip, self.accept)
        self.empty = Empty("done", "没有等着评定的", "单位报来的月调度，读入数据包以后就排到这里。")
        layout = column(self.notice, self.scroller, self.empty, self.foot, gap=0)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setStretch(1, 1)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.accept.clicked.connect(self._accept)
        self.back.clicked.connect(self._return)
        self.skip.clicked.connect(self._next)
        self.same.clicked.connect(self._accept_unit)

    @property
    def line(self) -> MonthLine | None:
        """The one that is shown."""
        return self._turn.now

    # ------------------------------------------------------------------------------------- showing

    def show_sheet(self, sheet: MonthSheet, unit: str) -> None:
        """The queue of a month; whoever is in the middle of it stays where he is."""
        anew = (self._month, self._unit) != (sheet.month, unit)
        self._month, self._unit = sheet.month, unit
        reported = [one for one in sheet.lines if one.state in ("reported", "again") and (not unit or one.unit == unit)]
        self._turn.put(reported, anew=anew)
        self.opinion.offer(sheet.phrases.get("opinion", []))
        self._show()

    def _show(self) -> None:
        line = self.line
        for part in (self.scroller, self.foot):
            part.setVisible(line is not None)
        self.empty.setVisible(line is None)
        if line is None:
            return
        month = int(self._month[5:])
        self.place.setText(self._turn.said)
        state = f"{saying.SPACE}退回后又报来的" if line.state == "again" else ""
        self.whose.say(f"{line.unit_name}{saying.SPACE}{line.number}{state}")
        self.light.show_light(line.light, line.light_why)
        self.title.say(line.title)
        self.before.quiet.setText(f"{month - 1 or 12}月")
        now = line.now or Entry()
        late = f"{saying.SPACE}迟报" if line.late else ""
        self.now.quiet.setText(f"{month}月{saying.SPACE}{now.reported_on}{late}")
        self.facts["last"].show_facts(_facts(line.last))
        self.facts["now"].show_facts(_facts(now))
        self.opinion.setText(now.opinion if line.state == "again" else "")
        rest = sum(1 for one in self._turn.queue if one.unit == line.unit)
        self.same.setText(f"{line.unit_name} {rest} 个都认可")
        self.same.setVisible(rest > 1)

    # ------------------------------------------------------------------------------------- judging

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter(QApplication.focusWidget())
        elif event.key() == Qt.Key.Key_PageDown:
            self._step(1)
        elif event.key() == Qt.Key.Key_PageUp:
            self._step(-1)
        else:
            super().keyPressEvent(event)

    def _enter(self, at: QWidget | None) -> None:
        """Enter is the button or the line that one is in; everywhere else it accepts."""
        if at is self.opinion:
            self._return()
        elif isinstance(at, QPushButton) and at is not self.accept:
            at.click()
        else:
            self._accept()

    @Slot()
    def _accept(self) -> None:
        if self.line is not None:
            self._judge([self.line], "accepted", "")

    @Slot()
    def _accept_unit(self) -> None:
        line = self.line
        if line is not None:
            self._judge([one for one in self._turn.queue if one.unit == line.unit], "accepted", "")

    @Slot()
    def _return(self) -> None:
        if self.line is None:
            return
        if self.opinion.text().strip():
            self._judge([self.line], "returned", self.opinion.text().strip())
        else:
            self.notice.say("warning", "还没有写退回的原因。", "在下面写一句哪里要补，或按 ↓ 选一条常用语，再退回。")
            self.opinion.setFocus()

    @Slot()
    def _next(self) -> None:
        self._step(1)

    def _step(self, by: int) -> None:
        self._turn.step(by)
        self._show()

    def _judge(self, lines: Sequence[MonthLine], judgement: str, opinion: str) -> None:
        """The next one is shown at once; what is refused comes back with the sheet."""
        ids = [one.id for one in lines]
        self.notice.hide()
        self._turn.take(ids)
        self._show()
        self.setFocus()
        work = partial(self._write, self._month, ids, judgement, opinion)
        self.ask(work, self._done, kind=Kind.SAVE)

    def _write(self, month: str, ids: Sequence[str], judgement: str, opinion: str, _: Progress) -> Saved:
        return self.session.office.months.judge(month, ids, judgement, opinion)

    @Slot(object)
    def _done(self, saved: Saved) -> None:
        self.judged.emit(saved)
        self.session.tell(Touched("dispatch", frozenset(saved.written)))


def _facts(entry: Entry | None) -> list[tuple[str, str] | tuple[str, str, str]]:
    if entry is None:
        return [("填报", "没有")]
    if entry.zero:
        return [("零报告", "本月无进展")]
    facts: list[tuple[str, str] | tuple[str, str, str]] = []
    for name in SHOWN:
        text = str(getattr(entry, name))
        slow = name == "pace" and text in ("behind", "not_started")
        facts.append((label_of("dispatch", name), words.say(name, text) or saying.MISSING, "red" if slow else ""))
    return facts
