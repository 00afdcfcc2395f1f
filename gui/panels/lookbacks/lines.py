"""A list of look-backs or of closed problems: the same columns for both, so that every figure opens one list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget

from gui.panels.record.rounds import LOOKBACK_TONE
from gui.tables.columns import Column
from gui.tables.plain import PlainTable
from gui.tables.sorting import Sorting
from gui.tables.view import LineView
from gui.widgets.empty import Empty
from models.domain import words
from models.services.views.lookbacks import CoverLine, LookbackLine

NEVER = "没有看过"


class Row(NamedTuple):
    """One line of the list."""

    problem: str
    number: str
    title: str
    unit: str
    source: str
    closed_on: str
    due: str
    looked_on: str
    state: str  # "" never planned overdue fine below relapsed derived
    said: str


def of_lookback(one: LookbackLine) -> Row:
    """A look-back as a line."""
    said = "；".join(part for part in (one.plan, one.people, one.opinion) if part)
    return Row(
        one.problem, one.number, one.title, one.unit_name, one.source, one.closed_on, one.due, one.looked_on, one.state,
        said,
    )  # fmt: skip


def of_closed(one: CoverLine) -> Row:
    """A closed problem as a line."""
    return Row(
        one.problem, one.number, one.title, one.unit_name, one.source, one.closed_on, "", one.looked_on, one.state, ""
    )


def _state(row: Row) -> str:
    return words.LOOKBACK_STATE.get(row.state, NEVER)


# fmt: off
COLUMNS = (
    Column("state", "回头看", _state, 108, "state", tone=lambda r: LOOKBACK_TONE.get(r.state, "grey"), sort="state"),
    Column("title", "问题", lambda r: r.title, tip=lambda r: f"{r.number}\n{r.title}", sort="title"),
    Column("unit", "单位", lambda r: r.unit, 100, sort="unit"),
    Column("source", "来源", lambda r: r.source, 120, small=True, tip=lambda r: r.source, sort="source"),
    Column("closed_on", "销号时间", lambda r: r.closed_on, 100, small=True, sort="closed_on"),
    Column("due", "应看时间", lambda r: r.due, 100, small=True, tone=lambda r: "red" if r.state == "overdue" else "",
           sort="due"),
    Column("looked_on", "回头看时间", lambda r: r.looked_on, 100, small=True, sort="looked_on"),
    Column("said", "安排和情况", lambda r: r.said, 170, small=True, tip=lambda r: r.said),
)
# fmt: on


class Lines(QStackedWidget):
    """The list, or why there is none. Enter opens the problem."""

    opened = Signal(str)  # id of a problem

    def __init__(self) -> None:
        super().__init__()
        self.table = LineView("回头看名单", edge=24, least=160)
        self._model = PlainTable(COLUMNS, self)
        self.table.show_model(self._model)
        self._sorting = Sorting(self.table)
        self.empty = Empty("done", "没有待看的", "县里安排回头看以后排到这里。")
        self.setFocusProxy(self.table)
        self.addWidget(self.table)
        self.addWidget(self.empty)
        self.table.opened.connect(self._open)

    @property
    def rows(self) -> list[Row]:
        """The lines in the order in which they are seen."""
        return self._model.lines

    def show_rows(self, rows: Sequence[Row], why_none: tuple[str, str]) -> None:
        """Show other lines; `why_none`: title and text where there are none."""
        self.empty.say(*why_none)
        self._sorting.show(rows)
        self.setCurrentWidget(self.table if rows else self.empty)

    @Slot(int)
    def _open(self, at: int) -> None:
        row = self._model.line(at)
        if row is not None:
            self.opened.emit(row.problem)
