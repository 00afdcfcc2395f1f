"""The first page of a township: lights, what is to be done, the exchange with the county, what falls due, months."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from itertools import zip_longest
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from gui import saying, theme
from gui.jobs import Kind
from gui.panel import Panel
from gui.panels.overview.todo import Todo, calm, tasks
from gui.places import Place
from gui.session import Session
from gui.slices import Slices
from gui.widgets.bars import Bar, MonthBars
from gui.widgets.buttons import Carrier, carrier
from gui.widgets.chips import Light
from gui.widgets.counts import Count, Strip, light_counts
from gui.widgets.facts import Facts
from gui.widgets.frames import Card, Scroller, column, row, rule
from gui.widgets.labels import TwoLines, label
from models.domain import words
from models.progress import Progress
from models.services.views.agenda import Agenda
from models.services.views.exchange import Peer
from models.services.views.figures import DayFigures, Overview
from models.services.views.lists import Line, Query

MONTHS = 12
SOON = 7  # lines of what falls due
LIGHTS = ("red", "orange", "yellow", "green", "grey")
RAIL = 336
NARROW = 880  # width below which the rail goes below what is to be done


class Aside(NamedTuple):
    """What stands beside what is to be done."""

    peers: tuple[Peer, ...]
    due: tuple[Line, ...]
    month_ends: tuple[DayFigures, ...]
    agenda: Agenda


class TownshipOverview(Panel):
    """Its cards."""

    opened = Signal(object)  # Place

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._agenda: Agenda | None = None  # as it was asked for last
        self.strip = Strip()
        self._slices = Slices("next part of what stands beside", self)

    def build(self) -> Iterator[None]:
        self.todo = Todo()
        yield
        self.exchange = self._make_exchange()
        self.soon = Card("快到期的", gap=4)
        self.all_due = carrier(Place("problem", view="due_30"), "看全部", "quiet", size="slim")
        self.soon.tools.addWidget(self.all_due)
        self._due = [DueRow(self.opened) for _ in range(SOON)]
        self._heads = [label("", "small") for _ in range(2)]
        self._between = rule()
        self._none_due = label("30 天内没有到期的问题。", "quiet", wrap=True)
        for part in (*self._heads, self._between, *self._due, self._none_due):
            self.soon.add(part)
        self.soon.body.addStretch(1)
        yield
        self.months = Card("整改完成情况", f"近 {MONTHS} 个月，不含{words.DEADLINE_KIND['long_term']}")
        self.bars = MonthBars()
        for name, tone in ((words.COMPLETION["completed"], "chart"), (words.COMPLETION["open"], "rest")):
            self.months.tools.addWidget(_Swatch(tone))
            self.months.tools.addWidget(label(name, "small"))
        self.months.add(self.bars)
        self.months.setMaximumHeight(theme.px(300))
        yield
        left = column(self.todo, self.months, gap=12)
        left.setStretch(0, 1)
        left.setStretch(1, 2)
        self.rail = QWidget()
        self._beside = QBoxLayout(QBoxLayout.Direction.TopToBottom, self.rail)
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._middle.addLayout(left, 1)
        self._middle.addWidget(self.rail)
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._beside.addWidget(self.exchange)
        self._beside.addWidget(self.soon, 1)
        for one in (self._beside, self._middle):
            one.setSpacing(theme.px(12))
        scroller = Scroller(margins=(24, 12, 24, 12))
        scroller.body.addWidget(self.strip)
        scroller.body.addLayout(self._middle, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroller)
        for one in (self.write, self.read, self.all_due):
            one.handed.connect(self.opened)
        self.strip.opened.connect(self.opened)
        self.todo.chosen.connect(self.opened)
        self._fit()

    def _make_exchange(self) -> Card:
        made = Card("与县交换")
        self.facts = Facts(align_right=True, gap=6)
        self.write = carrier(Place("exchange", tab="write"), "写数据包", icon="write")
        self.read = carrier(Place("exchange", tab="read"), "读入数据包", icon="read")
        made.add(self.facts, row(self.write, self.read, None))
        made.body.addStretch(1)
        return made

    def show_figures(self, overview: Overview) -> None:
        """Show the figures of today, and ask for what stands beside them."""
        waiting = overview.lights.get("done", 0) - overview.listed_closed
        finished = Place("problem", where=(("light", "done"), ("stage", "completed"), ("stage", "closing")))
        self.strip.show_counts([
            *light_counts(overview.lights, LIGHTS),
            Count(waiting, "完成待验收", finished, apart=True),
            Count(overview.listed_closed, words.CLOSING_STAGE["closed"], Place("problem", view="closed")),
        ])  # fmt: skip
        self._show_tasks(overview)
        self.ask(self._look_aside, self._show_aside, refused=self.session.refused, kind=Kind.COUNT)

    def _show_tasks(self, overview: Overview) -> None:
        self.todo.show_tasks(tasks(overview, self.session.here, self._agenda), calm(overview), overview.overdue)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where there is no room for a rail, its cards stand side by side below."""
        narrow = self.width() < theme.px(NARROW)
        way = QBoxLayout.Direction
        self._middle.setDirection(way.TopToBottom if narrow else way.LeftToRight)
        self._beside.setDirection(way.LeftToRight if narrow else way.TopToBottom)
        self.rail.setMinimumWidth(0 if narrow else theme.px(RAIL))
        self.rail.setMaximumWidth(16_777_215 if narrow else theme.px(RAIL))

    def _look_aside(self, _: Progress) -> Aside:
        office = self.session.office
        due = office.records.ids(Query("problem", view="due_30", sort="days_left"))[:SOON]
        lines = office.records.lines("problem", due) if due else ()
        return Aside(
            office.exchange.peers(),
            lines,
            office.figures.course(month_ends(self.session.today, MONTHS)),
            office.figures.agenda(),
        )

    @Slot(object)
    def _show_aside(self, found: Aside) -> None:
        self._slices.begin(self._show_parts(found))

    def _show_parts(self, found: Aside) -> Iterator[None]:
        today = self.session.today
        self._agenda = found.agenda
        if self.session.overview is not None:
            self._show_tasks(self.session.overview)
            yield
        self._show_exchange(next((one for one in found.peers if one.kind == "county"), None))
        self.bars.show_bars([
            Bar(f"{one.day.month}月", one.completed, one.time_limited, now=one.day == today) for one in found.month_ends
        ])  # fmt: skip
        yield
        yield from self._show_due(found.due)

    def _show_exchange(self, county: Peer | None) -> None:
        overview, today = self.session.overview, self.session.today
        waiting, exported = (overview.unreported, overview.exported) if overview else (0, 0)
        last_out, last_in = (county.last_out, county.last_in) if county else (None, None)
        facts: list[tuple[str, str] | tuple[str, str, str]] = [
            (words.EXCHANGE["unreported"], f"{waiting} 条", "accent" if waiting else ""),
            (words.EXCHANGE["exported"], f"{exported} 条{_since(county.oldest_out if county else None, today)}"),
            ("上次写包", _when(last_out, today)),
            ("上次回执", _when(last_in, today)),  # every package of the county brings one
        ]
        if county and county.missing_files:  # always four facts: what is lacking is the one to act on
            facts[2] = ("缺照片", f"{county.missing_files} 张", "yellow")
        self.facts.show_facts(facts)

    def _show_due(self, lines: tuple[Line, ...]) -> Iterator[None]:
        overview = self.session.overview
        seven, thirty = (overview.due_7, overview.due_30) if overview else (0, 0)
        week = [line for line in lines if line.days_left is not None and line.days_left <= 7]
        rest = [line for line in lines if line not in week]
        self.all_due.setVisible(thirty > len(lines))
        body = self.soon.body
        first = body.indexOf(self._heads[0])
        heads = ((self._heads[0], "7 天内", seven, week), (self._heads[1], "30 天内", thirty - seven, rest))
        for head, title, many, some in heads:
            head.setText(f"{title}{saying.SPACE}{many} 个")
            head.setVisible(bool(some))
        self._between.setVisible(bool(week and rest))
        order = [self._heads[0], *self._due[: len(week)], self._between, self._heads[1], *self._due[len(week) :]]
        for at, part in enumerate(order):
            if body.indexOf(part) != first + at:
                body.insertWidget(first + at, part)
        self._none_due.setVisible(not lines)
        for number, (row_, line) in enumerate(zip_longest(self._due, [*week, *rest])):
            row_.show_line(line)
            if number % 2:
                yield


def _since(at: str | None, today: date) -> str:
    """For how long a receipt has been waited for, where that is a day or more: （9 天）."""
    since = saying.date_of(at)
    return f"（{(today - since).days} 天）" if since and since < today else ""


def _when(at: str | None, today: date) -> str:
    found = saying.date_of(at)
    if found is None:
        return "还没有"
    day = saying.on_day(at, today)
    return f"{day}（{saying.ago(at, today)}）" if found.year == today.year else day  # the year tells how long ago


class DueRow(Carrier):
    """One line of what falls due: day, light, what in at most two lines, who."""

    def __init__(self, opened: SignalInstance) -> None:
        super().__init__(Place(""))
        self.setProperty("kind", "due")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._day, self._person = label("", "bold"), label("", "small")
        self._day.setFixedWidth(theme.px(46))
        self._light, self._title = Light(), TwoLines()
        self._line = row(self._day, self._light, self._title, self._person)
        self._line.setContentsMargins(0, theme.px(3), 0, theme.px(3))
        self._line.setStretch(2, 1)
        self.setLayout(self._line)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.handed.connect(opened)
        self.hide()

    def show_line(self, line: Line | None) -> None:
        """Show another problem; none hides the line."""
        self.setVisible(line is not None)
        if line is None:
            return
        self.value = Place("problem/record", id=line.id)
        self.setAccessibleName(f"{line.deadline} {words.light(line.light, line.light_why)} {line.title} {line.person}")
        self.setToolTip(line.title)
        self._day.setText((line.deadline or "")[5:])
        self._light.show_light(line.light, line.light_why)
        self._title.say(line.title)
        self._person.setText(line.person)

    def sizeHint(self) -> QSize:
        return self._line.sizeHint()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._line.heightForWidth(width)


class _Swatch(QWidget):
    """A small square that explains a colour of a chart."""

    def __init__(self, tone: str) -> None:
        super().__init__()
        self.setFixedSize(theme.px(11), theme.px(11))
        self.setAutoFillBackground(True)
        palette = self.palette()
        palette.setColor(self.backgroundRole(), theme.colour(tone))
        self.setPalette(palette)


def month_ends(today: date, count: int) -> list[date]:
    """The last days of the months before, and today."""
    ends: list[date] = [today]
    year, month = today.year, today.month
    for _ in range(count - 1):
        year, month = (year - 1, 12) if month == 1 else (year, month - 1)
        ends.append(date(year, month, monthrange(year, month)[1]))
    return ends[::-1]
