"""Who has reported a month: units × reported, missing, late; a cell opens the list behind it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from gui import saying, theme
from gui.tables.columns import Column
from gui.tables.counts import SUM, count
from gui.tables.plain import PlainTable
from gui.tables.sorting import Sorting
from gui.tables.view import LineView
from gui.widgets.buttons import button
from gui.widgets.frames import Card, column, row
from gui.widgets.labels import label
from models.services.views.months import MonthSheet, MonthUnit

LOUD = {"missing": "orange", "late": "red", "returned": "red", "waiting": "accent"}


def _count(field: str, heading: str) -> Column:
    return count(field, heading, 92, LOUD)


COLUMNS = (
    Column("name", "单位", lambda unit: unit.name or "（没有写单位）", bold=lambda unit: unit.name == SUM, sort="name"),
    _count("expected", "应报"),
    _count("reported", "已报"),
    _count("zero", "零报告"),
    _count("missing", "还没报"),
    _count("late", "迟报"),
    _count("waiting", "待评定"),
    _count("returned", "退回"),
    _count("accepted", "已认可"),
)


class Units(QWidget):
    """The matrix; those who have not reported stand first."""

    wanted = Signal(str, str)  # unit ("" all), view: the list behind a cell
    urged = Signal(object)  # codes of the units that have not reported

    def __init__(self) -> None:
        super().__init__()
        self.table = LineView("各单位月调度", row=34, least=140)
        self.table.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self._model = PlainTable(COLUMNS, self)
        self.table.show_model(self._model)
        self.said = label("", "bold", wrap=True)
        self.copy = button("复制未报单位", icon="copy", tip="把还没报齐的单位名复制成文字")
        self.urge = button("催报", icon="mail", tip="给还没报齐的单位起草月调度通知，看过再发")
        card = Card(pad=1)
        card.body.addWidget(self.table, 1)
        head = row(self.said, None, self.copy, self.urge)
        head.setStretch(0, 1)
        layout = column(head, card, gap=10)
        layout.setContentsMargins(theme.px(24), theme.px(12), theme.px(24), theme.px(12))
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._late: list[str] = []
        self._units: list[MonthUnit] = []
        self.table.clicked.connect(self._open_cell)
        self.table.opened.connect(self._open)
        self._sorting = Sorting(self.table, "missing", descending=True)
        self.copy.clicked.connect(self._copy)
        self.urge.clicked.connect(self._urge)

    def show_sheet(self, sheet: MonthSheet) -> None:
        """Show the units of a month."""
        self._units = [*sheet.units]
        self._late = [one.name for one in sheet.units if one.missing]
        whole = len(sheet.units) - len(self._late)
        rest = f"{saying.SPACE}{len(self._late)} 个单位还没报齐" if self._late else ""
        self.said.setText(f"{whole} 个单位已报齐{rest}")
        self.copy.setVisible(bool(self._late))
        self.urge.setVisible(any(one.unit for one in sheet.units if one.missing))
        self._sorting.show(self._units, last=[replace(sheet.total, name=SUM)] if self._units else [])

    @Slot(QModelIndex)
    def _open_cell(self, index: QModelIndex) -> None:
        unit = self._model.line(index.row())
        view = COLUMNS[index.column()].key
        if isinstance(unit, MonthUnit):
            self.wanted.emit(unit.unit, "" if view in ("name", "expected") or not getattr(unit, view) else view)

    @Slot(int)
    def _open(self, row_: int) -> None:
        unit = self._model.line(row_)
        if isinstance(unit, MonthUnit):
            self.wanted.emit(unit.unit, "")

    @Slot()
    def _urge(self) -> None:
        self.urged.emit([one.unit for one in self._units if one.missing and one.unit])

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("、".join(self._late))
