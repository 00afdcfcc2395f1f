"""The findings behind a number, and the problems that a campaign left: what was found, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget

from gui.tables.columns import Column
from gui.tables.plain import PlainTable
from gui.tables.sorting import Sorting
from gui.tables.view import LineView
from gui.widgets.empty import Empty
from models.domain import words
from models.services.views.lists import Record

TONE = {"unregistered": "orange", "open": "yellow", "overdue": "red", "completed": "green", "closed": "grey"}


class FoundLine(NamedTuple):
    """One finding."""

    fate: str
    text: str
    place: str
    theme: str
    unit: str
    day: str
    number: str  # of its problem
    problem: str  # id; "" where it was not registered
    inspection: str


def of_finding(one: Record) -> FoundLine:
    """A finding as a line: what was seen, else the question."""
    return FoundLine(
        one["fate"], one["note"] or one["text"], one["place"], one["theme_name"], one["unit_name"], one["inspected_on"],
        one["problem_number"] or "", one["problem"] or "", one["inspection"],
    )  # fmt: skip


# fmt: off
COLUMNS = (
    Column("fate", "后来", lambda f: words.FATE[f.fate], 124, "state", tone=lambda f: TONE[f.fate], sort="fate"),
    Column("text", "查出的问题", lambda f: f.text, below=lambda f: f"{f.place} {f.theme}".strip(),
           tip=lambda f: f"{f.text}\n{f.place} {f.theme}", sort="text"),
    Column("unit", "单位", lambda f: f.unit, 130, sort="unit"),
    Column("day", "检查日期", lambda f: f.day, 104, small=True, sort="day"),
    Column("number", "问题编号", lambda f: f.number, 190, small=True, sort="number"),
)
# fmt: on


class FoundLines(QStackedWidget):
    """The list, or why there is none. Enter opens the problem, or where none was registered the inspection."""

    opened = Signal(str, str)  # id of a problem or "", id of an inspection

    def __init__(self) -> None:
        super().__init__()
        self.table = LineView("查出的问题", row=52, edge=24, least=200)
        self._model = PlainTable(COLUMNS, self)
        self.table.show_model(self._model)
        self._sorting = Sorting(self.table)
        self.empty = Empty("done", "没有查出这样的问题", "换一格看看。")
        self.addWidget(self.table)
        self.addWidget(self.empty)
        self.setFocusProxy(self.table)
        self.table.opened.connect(self._open)

    def show_rows(self, rows: Sequence[FoundLine]) -> None:
        """Show other findings."""
        self._sorting.show(rows)
        self.setCurrentWidget(self.table if rows else self.empty)

    @Slot(int)
    def _open(self, at: int) -> None:
        one = self._model.line(at)
        if one is not None:
            self.opened.emit(one.problem, one.inspection)


def fate_said(one: Mapping[str, str]) -> str:
    """What became of a problem, in words."""
    return words.FATE[one["fate"]]
