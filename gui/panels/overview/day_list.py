"""What falls due on one day: a line each; a line opens where it is done."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal, Slot

from gui import saying
from gui.panels.overview.month_sheet import rest_said
from gui.panels.overview.todo import RECHECKS
from gui.places import THIS_MONTH, Place
from gui.tables.columns import Column
from gui.tables.plain import PlainTable
from gui.tables.view import LineView
from gui.widgets.frames import Card
from gui.widgets.labels import label
from models.domain import words
from models.services.views.diary import Day, Diary, Entry

# kind → where it is done; `id` is put in where the entry has one
PLACES = {
    "deadline": Place("problem/record"),
    "measure": Place("problem/record", tab="measures"),
    "campaign": Place("inspection", tab="campaigns"),
    "recheck": RECHECKS,
    "lookback": Place("lookback", view="fill"),
    "permit": Place("source/record"),
    "notice": Place("notice", view="open"),
    "month": Place("month", view="missing", where=THIS_MONTH),
}


def place_of(entry: Entry) -> Place:
    """Where an entry is done."""
    return replace(PLACES[entry.kind], id=entry.id)


class DayList(Card):
    """The list beside the sheet."""

    opened = Signal(object)  # Place

    def __init__(self) -> None:
        super().__init__(" ", " ", pad=1, gap=0)
        self.body.setContentsMargins(1, 12, 1, 1)
        self.top.setContentsMargins(16, 0, 16, 8)
        self.view = LineView("这一天到期的事", row=45, least=120, edge=16)
        self._none = label("这一天没有到期的事。", "quiet", wrap=True)
        self._none.setContentsMargins(16, 0, 16, 0)
        self._late = ""
        self._table = PlainTable(
            (
                Column("kind", "事项", lambda e: words.DIARY[e.kind], 68, tone=lambda _: self._late),
                Column("title", "内容", lambda e: e.title, below=lambda e: e.whose, tip=lambda e: e.title),
            ),
            self,
        )
        self.view.show_model(self._table)
        self.add(self.view, self._none)
        self.body.setStretch(self.body.indexOf(self.view), 1)
        self.body.addStretch(0)
        self.view.opened.connect(self._open)

    @property
    def lines(self) -> list[Entry]:
        """What it shows."""
        return self._table.lines

    def show_day(self, day: Day, diary: Diary) -> None:
        """Show another day."""
        self._late = "red" if day.day < diary.today else ""
        self.heading.setText(saying.day(day.day, diary.today))
        over = "，已经过了" if self._late and day.entries else ""
        self.quiet.setText(f"星期{saying.WEEKDAYS[day.day.weekday()]}{saying.SPACE}{rest_said(day)}{over}")
        self._table.show(day.entries)
        self.view.setVisible(bool(day.entries))
        self._none.setVisible(not day.entries)

    @Slot(int)
    def _open(self, at: int) -> None:
        self.opened.emit(place_of(self.lines[at]))
