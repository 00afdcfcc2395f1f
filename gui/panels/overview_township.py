"""The first page of a township: lights, what is to be done, the exchange with the county, what falls due, months."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui import saying, theme
from gui.page import Panel
from gui.panels.todo import Todo, tasks
from gui.places import Place
from gui.session import Session
from gui.widgets.bars import Bar, MonthBars
from gui.widgets.buttons import Carrier, carrier
from gui.widgets.chips import Light
from gui.widgets.counts import Count, Strip, light_counts
from gui.widgets.facts import Facts
from gui.widgets.frames import Card, Scroller, clear, column, row, rule
from gui.widgets.labels import Elided, label
from models.domain import words
from models.progress import Progress
from models.services.views import Line, Overview, Peer, Query

MONTHS = 12
SOON = 6  # lines of what falls due
LIGHTS = ("red", "orange", "yellow", "green", "grey")


class TownshipOverview(Panel):
    """Its cards."""

    opened = Signal(object)  # Place

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.strip = Strip()
        self.todo = Todo()
        self.exchange = Card("与县交换")
        self.facts = Facts(align_right=True, gap=6)
        self.write = carrier(Place("exchange", tab="write"), "写数据包", icon="write")
        self.read = carrier(Place("exchange", tab="read"), "读入数据包", icon="read")
        self.exchange.add(self.facts, row(self.write, self.read, None))
        self.soon = Card("快到期的", gap=4)
        self._due = QVBoxLayout()
        self._due.setSpacing(theme.px(4))
        self.soon.add(self._due)
        self.soon.body.addStretch(1)
        self.months = Card("整改完成情况", f"近 {MONTHS} 个月，{words.DEADLINE_KIND['time_limited']}")
        self.bars = MonthBars()
        for name, tone in ((words.COMPLETION["completed"], "chart"), (words.COMPLETION["open"], "rest")):
            self.months.tools.addWidget(_Swatch(tone))
            self.months.tools.addWidget(label(name, "small"))
        self.months.add(self.bars)

        left = column(self.todo, self.months, gap=12)
        left.setStretch(0, 1)
        right = QWidget()
        right.setFixedWidth(theme.px(336))
        inner = column(self.exchange, self.soon, gap=12)
        inner.setStretch(1, 1)
        right.setLayout(inner)
        middle = QHBoxLayout()
        middle.setSpacing(theme.px(12))
        middle.addLayout(left, 1)
        middle.addWidget(right)
        scroller = Scroller(margins=(24, 12, 24, 12))
        scroller.body.addWidget(self.strip)
        scroller.body.addLayout(middle, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroller)
        for one in (self.write, self.read):
            one.handed.connect(self.opened)
        self.strip.opened.connect(self.opened)
        self.todo.chosen.connect(self.opened)

    def show_figures(self, overview: Overview) -> None:
        """Show the figures of today, and ask for what stands beside them."""
        closed = words.CLOSING_STAGE["closed"]
        self.strip.show_counts([
            *light_counts(overview.lights, LIGHTS),
            Count(overview.completed - overview.closed, "完成待验收", Place("problem", where=(("stage", "completed"),)),
                  apart=True),
            Count(overview.closed, closed, Place("problem", view="closed")),
        ])  # fmt: skip
        nothing = "今天没有急事。"
        self.todo.show_tasks(tasks(overview, self.session.here), nothing)
        self.ask(self._look_aside, self._show_aside)

    def _look_aside(self, _: Progress) -> tuple[tuple[Peer, ...], tuple[Line, ...], list[Bar]]:
        office = self.session.office
        due = office.records.ids(Query("problem", view="due_30", sort="days_left"))[:SOON]
        lines = office.records.lines("problem", due) if due else ()
        bars: list[Bar] = []
        for day in _month_ends(self.session.today):
            figures: dict[str, Any] = office.figures.tally(as_of=day)["problems"]
            bars.append(Bar(f"{day.month}月", figures["completed"], figures["time_limited"], day == self.session.today))
        return office.exchange.peers(), lines, bars

    @Slot(object)
    def _show_aside(self, found: tuple[tuple[Peer, ...], tuple[Line, ...], list[Bar]]) -> None:
        peers, lines, bars = found
        overview, today = self.session.overview, self.session.today
        county = next((one for one in peers if one.kind == "county"), None)
        waiting = overview.unreported if overview else 0
        exported = overview.exported if overview else 0
        facts: list[tuple[str, str] | tuple[str, str, str]] = [
            (words.EXCHANGE["unreported"], f"{waiting} 条", "accent" if waiting else ""),
            (words.EXCHANGE["exported"], f"{exported} 条"),
            ("上次写包", saying.moment(county.last_out, today) if county else saying.MISSING),
            ("上次收到县里的包", saying.moment(county.last_in, today) if county else saying.MISSING),
        ]
        if county and county.missing_files:
            facts.append(("缺照片", f"{county.missing_files} 张", "yellow"))
        self.facts.show_facts(facts)
        self.bars.show_bars(bars)
        self._show_due(lines)

    def _show_due(self, lines: tuple[Line, ...]) -> None:
        clear(self._due)
        week = [line for line in lines if line.days_left is not None and line.days_left <= 7]
        rest = [line for line in lines if line not in week]
        for title, some in (("7 天内", week), ("30 天内", rest)):
            if not some:
                continue
            if title == "30 天内" and week:
                self._due.addWidget(rule())
            self._due.addWidget(label(title, "small"))
            for line in some:
                self._due.addWidget(DueRow(line, self.opened))
        if not lines:
            self._due.addWidget(label("30 天内没有到期的问题。", "quiet", wrap=True))


class DueRow(Carrier):
    """One line of what falls due: day, light, what, who."""

    def __init__(self, line: Line, opened: Any) -> None:
        super().__init__(Place("problem/record", id=line.id))
        self.setProperty("kind", "row")
        self.setAccessibleName(f"{line.deadline} {line.title} {line.person}")
        self.setToolTip(line.title)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        day = label((line.deadline or "")[5:], "bold")
        day.setFixedWidth(theme.px(46))
        inner = row(day, Light(line.light, line.light_why), Elided(line.title), label(line.person, "small"))
        inner.setStretch(2, 1)
        self.setLayout(inner)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.handed.connect(opened)


class _Swatch(QWidget):
    """A small square that explains a colour of a chart."""

    def __init__(self, tone: str) -> None:
        super().__init__()
        self.setFixedSize(theme.px(11), theme.px(11))
        self.setAutoFillBackground(True)
        palette = self.palette()
        palette.setColor(self.backgroundRole(), theme.colour(tone))
        self.setPalette(palette)


def _month_ends(today: date) -> list[date]:
    """The last days of eleven months, and today."""
    ends: list[date] = [today]
    year, month = today.year, today.month
    for _ in range(MONTHS - 1):
        year, month = (year - 1, 12) if month == 1 else (year, month - 1)
        ends.append(date(year, month, monthrange(year, month)[1]))
    return ends[::-1]
