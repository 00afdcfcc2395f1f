"""The list of inspections: when, where, by what was looked, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget

from gui import saying
from gui.tables.columns import Column, short_number
from gui.tables.plain import PlainTable
from gui.tables.sorting import Sorting
from gui.tables.view import LineView
from gui.widgets.empty import Empty
from models.domain import words
from models.services.views.inspections import InspectionLine

TONE = {"open": "yellow", "finished": "green", "zero": "grey"}
LINE = 52


def _where(one: InspectionLine) -> str:
    return one.place or ("全部地方" if one.state == "zero" else "没有写地点")


def _result(one: InspectionLine) -> str:
    if one.state == "zero":
        return "没有发现问题"
    if not one.found:
        return "没有发现问题" if one.state == "finished" else f"已答 {one.answered} 项"
    left = one.found - one.registered
    return f"否 {one.found}，没登记 {left}" if left else f"否 {one.found}，都登记了"


def _tone(one: InspectionLine) -> str:
    return "orange" if one.found > one.registered else ""


def columns(today: date, drafts: Callable[[], Collection[str]], *, units: bool) -> tuple[Column, ...]:
    """What stands in the list; days are said as from today. `units`: with whose they are.

    `drafts`: ids of those of which something is typed and not saved.
    """

    def result(one: InspectionLine) -> str:
        return "有没保存的草稿" if one.id in drafts() else _result(one)

    def tone(one: InspectionLine) -> str:
        return "accent" if one.id in drafts() else _tone(one)

    def day(one: InspectionLine) -> str:
        return saying.on_day(one.day, today)

    def below(one: InspectionLine) -> str:
        return saying.SPACE.join(part for part in (one.themes, one.campaign) if part)

    # fmt: off
    made = (
        Column("state", "检查", lambda i: words.INSPECTION_STATE[i.state], 100, "state", tone=lambda i: TONE[i.state],
               sort="state"),
        Column("day", "日期", day, 104, sort="day"),
        Column("place", "检查的地方和检查表", _where, below=below, sort="place",
               tip=lambda i: f"{_where(i)}\n{below(i)}"),
        Column("unit_name", "单位", lambda i: i.unit_name, 104, sort="unit_name"),
        Column("kind", "类别", lambda i: words.INSPECTION_KIND.get(i.kind, ""),
               128, small=True, sort="kind"),
        Column("people", "检查人", lambda i: i.people, 132, small=True, tip=lambda i: i.people, sort="people"),
        Column("found", "结果", result, 136, tone=tone, sort="found"),
        Column("number", "编号", short_number, 124, small=True, tip=lambda i: i.number, sort="number"),
    )
    # fmt: on
    return made if units else tuple(one for one in made if one.key != "unit_name")


class Lines(QStackedWidget):
    """The list, or why there is none. Enter opens an inspection."""

    opened = Signal(str)  # id of an inspection

    def __init__(self, today: date, drafts: Callable[[], Collection[str]], *, units: bool) -> None:
        super().__init__()
        self.table = LineView("检查名单", row=LINE, edge=24, least=190)
        self._model = PlainTable(columns(today, drafts, units=units), self)
        self.table.show_model(self._model)
        self._sorting = Sorting(self.table)
        self.empty = Empty("checks", "还没有检查", "检查会排到这里。")
        self.addWidget(self.table)
        self.addWidget(self.empty)
        self.setFocusProxy(self.table)
        self.table.opened.connect(self._open)

    @property
    def rows(self) -> list[InspectionLine]:
        """The lines in the order in which they are seen."""
        return self._model.lines

    def show_rows(self, rows: Sequence[InspectionLine], why_none: tuple[str, str]) -> None:
        """Show other lines; `why_none`: title and text where there are none."""
        at = self._model.line(self.table.currentIndex().row())
        self.empty.say(*why_none)
        self._sorting.show(rows)
        self.setCurrentWidget(self.table if rows else self.empty)
        same = next((n for n, one in enumerate(self.rows) if at is not None and one.id == at.id), -1)
        if same >= 0:
            self.table.selectRow(same)

    @Slot(int)
    def _open(self, at: int) -> None:
        row = self._model.line(at)
        if row is not None:
            self.opened.emit(row.id)
