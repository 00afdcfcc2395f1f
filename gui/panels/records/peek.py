"""What a wide window shows beside a list: the record on which the list stands, without leaving it."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from gui import saying, theme
from gui.jobs import Job
from gui.panel import Panel
from gui.panels.record import way
from gui.session import Session
from gui.widgets.buttons import button
from gui.widgets.chips import PACE_TONE, Light, State
from gui.widgets.frames import Scroller, clear, row, rule
from gui.widgets.labels import Prose, label, picture
from models.domain import words
from models.domain.fields import label as label_of
from models.progress import Progress
from models.services.views.lists import Line, Record
from models.services.views.workflow import WayView

PAUSE = 150  # milliseconds on one line before its record is read: whoever runs through the list reads nothing
WIDTH, LEAST = 420, 340
MEASURES = 6  # shown at most
LETTERS = 220  # of a text: the whole of it is one Enter away
TEXTS = {"problem": ("progress",), "petition": ("investigation", "handling")}


def _short(text: str) -> str:
    return text if len(text) <= LETTERS else f"{text[:LETTERS].rstrip()}…"


class Peek(Panel):
    """Reads a record when the list has stood on it for a moment."""

    opened = Signal()
    filled = Signal()  # the monthly dispatch is to be written

    def __init__(self, session: Session, table: str) -> None:
        super().__init__(session)
        self._table = table
        self._line: Line | None = None
        self._stale = True  # whether the record may have changed since it was read
        self._reading: Job | None = None
        self._soon = QTimer(self)
        self._soon.setObjectName("peek soon")
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE)
        self._soon.timeout.connect(self._read)
        self.setMinimumWidth(theme.px(LEAST))
        self.frame = QFrame()
        self.frame.setObjectName("peek")
        self.light = Light()
        self.title = label("", "h2", wrap=True)
        self.under = label("", "small", wrap=True)
        self.open = button("打开（Enter）", icon="forward")
        self.fill = button("填进展", icon="edit")
        self._build()
        self.open.clicked.connect(self.opened)
        self.fill.clicked.connect(self.filled)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addLayout(self._beside_title())
        head.addWidget(self.title, 1)
        self._body = Scroller(margins=(0, 0, 0, 0), gap=8)
        self._story = QVBoxLayout()
        self._story.setSpacing(theme.px(6))
        self._body.body.addLayout(self._story)
        self._body.body.addStretch(1)
        inner = QVBoxLayout(self.frame)
        inner.setContentsMargins(*(theme.px(side) for side in (18, 16, 20, 14)))
        inner.setSpacing(theme.px(8))
        inner.addLayout(head)
        inner.addWidget(self.under)
        inner.addWidget(self.notice)
        inner.addWidget(self._body, 1)
        inner.addLayout(row(self.open, self.fill, None))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.frame)

    def _beside_title(self) -> QVBoxLayout:
        made = QVBoxLayout()
        made.addWidget(self.light)
        made.addStretch(1)
        return made

    def refresh(self) -> None:
        """Read the record again when the list shows it next."""
        self._stale = True

    def show_line(self, line: Line | None) -> None:
        """Show what the list knows at once, and the rest when the list stays there."""
        if line is not None and line == self._line and not self._stale:
            return
        same = line is not None and self._line is not None and line.id == self._line.id
        self._line = line
        self._stop_reading()
        self.frame.setVisible(line is not None)
        if line is None:
            return
        self.notice.hide()
        self.light.show_light(line.light, line.light_why)
        self.title.setText(_short(line.title))
        due = saying.deadline(line) if self._table == "problem" else ""
        left = saying.left(line) if self._table == "problem" and line.days_left is not None else ""
        said = f"时限 {due}" + (f"，{left}" if left else "") if due and due != saying.MISSING else ""
        facts = saying.SPACE.join(part for part in (line.number, line.source, line.person) if part)
        self.under.setText("\n".join(part for part in (facts, said) if part))
        if not same:
            clear(self._story)
            self.fill.hide()
        self._soon.start()

    def hideEvent(self, event: Any) -> None:
        super().hideEvent(event)
        self._stop_reading()

    def _stop_reading(self) -> None:
        self._soon.stop()
        if self._reading is not None:
            self._reading.cancel()
            self._reading, self._stale = None, True

    @Slot()
    def _read(self) -> None:
        line, records, table = self._line, self.session.office.records, self._table
        if line is None or not self.isVisible():
            return

        def work(_: Progress) -> tuple[Record, frozenset[str], WayView | None]:
            view = self.session.office.workflow.steps(line.id) if table == "problem" else None
            return records.show(table, line.id), records.writable(table, line.id), view

        self._stale = False
        self._reading = self.ask(work, self._show)

    @Slot(object)
    def _show(self, found: tuple[Record, frozenset[str], WayView | None]) -> None:
        record, writable, view = found
        if self._line is None or record.get("id") != self._line.id:
            return
        self._reading = None
        clear(self._story)
        today = self.session.today
        county = self.session.is_county
        steps = [] if record.get("void") else way.steps(record, today, view, county=county)
        if steps:
            self._part(way.heading(steps, writable, county=county))
            for step in steps:
                self._mark(step.text, done=step.done)
        if self._table == "problem":
            self._show_dispatch(record, today)
            self._show_measures(record)
        self._show_texts(record)
        live = not record.get("void") and record.get("stage") == "open"
        self.fill.setVisible(self._table == "problem" and live and "progress" in writable)

    def _part(self, title: str, state: tuple[str, str] | None = None) -> None:
        self._story.addSpacing(theme.px(6))
        self._story.addWidget(rule())
        self._story.addSpacing(theme.px(4))
        parts = [label(title, "bold")]
        if state is not None:
            parts.append(State(*state))
        self._story.addLayout(row(*parts, None))

    def _mark(self, text: str, *, done: bool) -> None:
        mark = picture("check" if done else "circle", "green" if done else "control", 16)
        words_ = label(text, "quiet" if done else "", wrap=True)
        line = QHBoxLayout()
        line.setSpacing(theme.px(10))
        line.addWidget(mark)
        line.addWidget(words_, 1)
        self._story.addLayout(line)

    def _show_dispatch(self, record: Record, today: date) -> None:
        dispatches = record.get("dispatches") or ()
        if not dispatches:
            return
        newest = max(dispatches, key=lambda one: str(one.get("month") or ""))
        month = str(newest.get("month") or "")
        name = f"{int(month[5:])}月" if month[:4] == f"{today:%Y}" and month[5:].isdigit() else saying.month(month)
        pace = str(newest.get("pace") or "")
        self._part(f"{name}调度", (words.say("pace", pace), PACE_TONE.get(pace, "grey")) if pace else None)
        if text := str(newest.get("progress") or ""):
            self._story.addWidget(Prose(_short(text)))

    def _show_measures(self, record: Record) -> None:
        measures = record.get("measures") or ()
        if not measures:
            return
        done = sum(1 for one in measures if one.get("done_on"))
        self._part(f"措施 {done} / {len(measures)}")
        for one in measures[:MEASURES]:
            day = str(one.get("done_on") or one.get("due") or "")
            when = f"（{day}{'完成' if one.get('done_on') else ' 到期'}）" if day else ""
            self._mark(f"{_short(str(one.get('text') or ''))}{when}", done=bool(one.get("done_on")))
        if len(measures) > MEASURES:
            self._story.addWidget(label(f"还有 {len(measures) - MEASURES} 条，打开能看到", "small"))

    def _show_texts(self, record: Record) -> None:
        for name in TEXTS[self._table]:
            if text := str(record.get(name) or ""):
                self._part(label_of(self._table, name))
                self._story.addWidget(Prose(_short(text)))
