"""主题 × 乡镇: what was found where, what is not mended, how often was looked; what became of each theme's findings."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QWidget

from gui import theme
from gui.tables.columns import CENTER, Column
from gui.tables.counts import SUM
from gui.tables.plain import PlainTable
from gui.tables.sorting import Sorting
from gui.tables.view import LineView
from gui.widgets.choice import Choice
from gui.widgets.frames import Card, column, row
from gui.widgets.labels import label
from models.domain import words
from models.services.views.campaigns import COUNTS, MatrixRow, by_theme, by_unit, total
from models.services.views.lists import Record

FATES = "fates"  # by theme, what became of it
SAID_TONE = {"reported": "green", "zero": "grey", "silent": "orange"}
LOUD = {"overdue": "red", "unregistered": "orange"}
HEADS = {"inspections": "检查次数", "findings": "查出"}
UNKNOWN = "?"  # the theme of a question that is not known here


def _number(key: str, heading: str, wide: int, tone: str = "", about: str = "") -> Column:
    def number(one: MatrixRow) -> int:
        return one.counts.get(key, 0)

    def loud(one: MatrixRow) -> bool:
        return one.name == SUM or (bool(tone) and number(one) > 0)

    def said(one: MatrixRow) -> str:
        return "—" if one.said == "silent" and not number(one) else str(number(one))  # none is no zero

    return Column(
        key or "sum", heading, said, wide, align=CENTER, sort=key or "sum", about=about,
        tone=lambda one: tone if number(one) else "hint", bold=loud,
        tip=lambda one: f"{one.name}：{about or heading} {number(one)}，点开看名单" if number(one) else "",
    )  # fmt: skip


def _value(one: MatrixRow, field: str) -> object:
    if field in ("name", "said"):
        return getattr(one, field)
    return one.counts.get("" if field == "sum" else field, 0)


def _name(heading: str) -> Column:
    return Column("name", heading, lambda one: one.name, bold=lambda one: one.name == SUM, sort="name",
                  tip=lambda one: one.name)  # fmt: skip


def unit_columns(themes: tuple[str, ...]) -> tuple[Column, ...]:
    """A column for each theme that somebody looked at."""
    said = Column("said", "排查", lambda one: words.SAID.get(one.said, ""), 84, "state",
                  tone=lambda one: SAID_TONE.get(one.said, "grey"), sort="said")  # fmt: skip
    some = (_number(one, words.THEME_SHORT.get(one, "其他"), 62, about=words.THEME.get(one, "不清楚是哪个主题"))
            for one in themes)  # fmt: skip
    return (_name("乡镇"), said, *some, _number("", SUM, 66))


FATE_COLUMNS = (
    _name("主题"),
    *(_number(key, heading, 92) for key, heading in HEADS.items()),
    *(_number(key, heading, 104, LOUD.get(key, "")) for key, heading in words.FATE.items()),
)


class Matrix(QWidget):
    """Each number opens the list behind it."""

    wanted = Signal(str, object, str, str)  # unit ("" all), theme (None all), fate ("" all), what it is called

    def __init__(self, *, units: bool) -> None:
        """`units`: of several, so that one begins with what was found where; else with what became of it."""
        super().__init__()
        self._figures: Record | None = None
        self.what = Choice()
        self.what.setAccessibleName("看什么")
        self.what.addItem("查出的问题", "findings")
        self.what.addItem("没有整改好的", "waiting")
        self.what.addItem(COUNTS["inspections"], "inspections")
        self.what.addItem("各主题后来怎样", FATES)
        self.what.setCurrentIndex(0 if units else self.what.count() - 1)
        self.said = label("", "quiet", wrap=True)
        self.table = LineView("主题和乡镇", row=34, least=120)
        self.table.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)  # the cell that Enter opens
        self._model = PlainTable(FATE_COLUMNS, self)
        self.table.show_model(self._model)
        self._sorting = Sorting(self.table, key=_value)
        card = Card(pad=1)
        card.body.addWidget(self.table, 1)
        head = row(self.said, self.what)
        head.setStretch(0, 1)
        layout = column(head, card, gap=10)
        layout.setContentsMargins(theme.px(24), theme.px(4), theme.px(24), theme.px(12))
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.table)
        self.what.activated.connect(self._fill)
        self.table.clicked.connect(self._open_cell)
        self.table.opened.connect(self._open)  # by Enter; a double click has opened its cell when it was one

    def show_figures(self, figures: Record) -> None:
        """Show other figures."""
        self._figures = figures
        self._fill()

    @Slot()
    def _fill(self) -> None:
        if self._figures is None:
            return
        what = str(self.what.currentData())
        rows = by_theme(self._figures) if what == FATES else by_unit(self._figures, what)
        if what == FATES:
            self._stand(FATE_COLUMNS)
        else:
            known = {cell["theme"] or UNKNOWN for cell in self._figures["matrix"]}
            self._stand(unit_columns(tuple(one for one in (*words.THEME, UNKNOWN) if one in known)))
        units = [one["state"] for one in self._figures["units"]]
        states = "，".join(f"{units.count(state)} 个{said}" for state, said in words.SAID.items() if state in units)
        self.said.setText(
            f"{states}。“零报告”是查过、没有发现问题，“没有报”是什么都没有写。" if states else "还没有检查"
        )
        self._sorting.show(rows, last=[total(rows, SUM)] if rows else [])

    def _stand(self, columns: tuple[Column, ...]) -> None:
        if [one.key for one in columns] == [one.key for one in self._model.columns]:
            return
        self._model.deleteLater()
        self._model = PlainTable(columns, self)
        self.table.show_model(self._model)

    @Slot(QModelIndex)
    def _open_cell(self, index: QModelIndex) -> None:
        self._want(index.row(), self._model.columns[index.column()].key)

    @Slot(int)
    def _open(self, at: int) -> None:
        """The cell on which one stands; the name of a row opens its sum, as a click does."""
        self._want(at, self._model.columns[max(self.table.currentIndex().column(), 0)].key)

    def _want(self, at: int, key: str) -> None:
        one = self._model.line(at)
        if not isinstance(one, MatrixRow):
            return
        what = str(self.what.currentData())
        if what == FATES:
            theme_ = None if one.name == SUM else one.key
            fate = key if key in words.FATE else ""
            self.wanted.emit("", theme_, fate, " ".join(filter(None, (one.name, words.FATE.get(fate, "")))))
            return
        theme_ = "" if key == UNKNOWN else key if key in words.THEME else None
        named = words.THEME_SHORT.get(key, "")
        fate = "waiting" if what == "waiting" else ""
        self.wanted.emit(
            one.key, theme_, fate, " ".join(filter(None, (one.name, named, COUNTS["waiting"] if fate else "")))
        )
