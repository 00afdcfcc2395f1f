"""覆盖情况: closed problems × looked at, never, late, relapsed; by unit, source or year; a cell opens its list."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from gui import saying, theme
from gui.tables.columns import CENTER, Column
from gui.tables.counts import SUM, count
from gui.tables.plain import PlainTable
from gui.tables.sorting import Sorting
from gui.tables.view import LineView
from gui.widgets.choice import Segments
from gui.widgets.frames import Card, column, row
from gui.widgets.labels import label
from models.domain import words
from models.domain.lookbacks import Cover
from models.services.views.lookbacks import Coverage

LOUD = {"never": "orange", "overdue": "red", "below": "red", "relapsed": "red", "derived": "orange"}
BY = {"units": "按单位", "sources": "按来源", "years": "按销号年份"}
NOTHING = {"units": "（没有写单位）", "sources": "（没有写来源）", "years": "（没有写日子）"}
# What is counted, and what people call it; the list behind a cell has the same name.
VIEWS = {
    "closed": words.CLOSING_STAGE["closed"], "looked": "已看", "never": "没有看过",
    "waiting": words.LOOKBACK_STATE["planned"],
    **{state: words.LOOKBACK_STATE[state] for state in ("overdue", "below", "relapsed", "derived")},
}  # fmt: skip


def _count(field: str, heading: str) -> Column:
    return count(field, heading, 88, LOUD)


def _rate(one: Cover) -> str:
    return f"{one.rate}%" if one.closed else saying.MISSING


COLUMNS = (
    Column("name", "", lambda one: one.name, bold=lambda one: one.name == SUM, sort="name"),
    _count("closed", VIEWS["closed"]),
    _count("looked", VIEWS["looked"]),
    Column("rate", "覆盖率", _rate, 88, align=CENTER, sort="rate", bold=lambda one: one.name == SUM),
    *(_count(field, VIEWS[field]) for field in ("never", "waiting", "overdue", "below", "relapsed", "derived")),
)


class Covering(QWidget):
    """The matrix and what it is counted by."""

    wanted = Signal(str, str, str)  # by (units sources years), key (None is ""), view: the list behind a cell

    def __init__(self) -> None:
        super().__init__()
        self.by = Segments(BY)
        self.by.setAccessibleName("按什么统计")
        self.by.put("units")
        self.said = label("", "bold", wrap=True)
        self.table = LineView("回头看覆盖情况", row=34, least=140)
        self.table.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self._model = PlainTable(COLUMNS, self)
        self.table.show_model(self._model)
        self._sorting = Sorting(self.table, "never", descending=True)
        card = Card(pad=1)
        card.body.addWidget(self.table, 1)
        head = row(self.said, None, self.by)
        head.setStretch(0, 1)
        layout = column(head, card, gap=10)
        layout.setContentsMargins(theme.px(24), theme.px(12), theme.px(24), theme.px(12))
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._coverage: Coverage | None = None
        self.by.changed.connect(self._fill)
        self.table.clicked.connect(self._open_cell)
        self.table.opened.connect(self._open)
        self.setFocusProxy(self.table)

    @property
    def chosen(self) -> str:
        """By what it is counted."""
        return self.by.value or "units"

    def show_coverage(self, coverage: Coverage) -> None:
        """Show other figures."""
        self._coverage = coverage
        total = coverage.total
        self.said.setText(
            f"已销号 {total.closed} 个，销号后看过 {total.looked} 个，覆盖率 {total.rate}%"
            if total.closed
            else "还没有销号的问题"
        )
        self._fill()

    @Slot()
    def _fill(self) -> None:
        if self._coverage is None:
            return
        groups: tuple[Cover, ...] = getattr(self._coverage, self.chosen)
        named = [one if one.name else one._replace(name=NOTHING[self.chosen]) for one in groups]
        self._sorting.show(named, last=[self._coverage.total._replace(name=SUM)] if named else [])

    @Slot(QModelIndex)
    def _open_cell(self, index: QModelIndex) -> None:
        self._want(index.row(), COLUMNS[index.column()].key)

    @Slot(int)
    def _open(self, at: int) -> None:
        self._want(at, "closed")

    def _want(self, at: int, field: str) -> None:
        one = self._model.line(at)
        if isinstance(one, Cover):
            view = field if field in VIEWS and getattr(one, field) else "closed"
            self.wanted.emit("" if one.name == SUM else self.chosen, one.key, view)
