"""数字: the sentence with all figures, and one breakdown; each number opens the records that it counts."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from gui import theme
from gui.tables.columns import CENTER, Column
from gui.tables.counts import SUM
from gui.tables.plain import PlainTable
from gui.tables.sorting import Sorting
from gui.tables.view import LineView
from gui.widgets.buttons import GAP, button
from gui.widgets.choice import Choice
from gui.widgets.frames import Card, column, row
from gui.widgets.labels import Elided, Prose, label
from models.domain.breakdown import Way
from models.domain.meaning import FIGURES, RATES, SHOWN
from models.domain.words import LIGHT
from models.services.views.breakdowns import Across, FigureRow, FigureTable

LOUD = {"behind": "red", "reopened": "orange"}
# Which rates stand beside the figures, and which columns leave a narrow window first.
OF = {"problem": ("completion", "closing"), "petition": ("finish", "closing")}
LEAVES = {"reopened": 1, "closing": 2, "long_term": 3, "time_limited": 4}
FIGURES_THERE = "各项数字"
CELL = "cell:"  # before the place of a column across
SEVERAL = "一条可以有几个，各行相加大于合计"


def _number(name: str, heading: str, says: str) -> Column:
    loud = LOUD.get(name, "")

    def tone(line: FigureRow) -> str:
        return loud if line.counts[name] else "hint"

    return Column(
        name, heading, lambda line: str(line.counts[name]), 86, align=CENTER, sort=name, about=says, tone=tone,
        bold=lambda line: line.name == SUM, leaves=LEAVES.get(name, 0),
        tip=lambda line: f"{line.name}：{heading} {line.counts[name]} 个，点开看名单",
    )  # fmt: skip


def _rate(name: str) -> Column:
    return Column(
        f"rate:{name}", RATES[name], lambda line: line.rates[name], 104, "bar", align=CENTER, sort=f"rate:{name}",
        bold=lambda line: line.name == SUM, share=lambda line: line.shares[name],
    )  # fmt: skip


def columns(table: str) -> tuple[Column, ...]:
    """The columns of a table's figures; what each means is said by its heading."""
    name = Column("name", "", lambda line: line.name, bold=lambda line: line.name == SUM, sort="name",
                  tip=lambda line: line.name)  # fmt: skip
    figures = (_number(one.name, one.heading, one.says) for one in map(FIGURES[table].__getitem__, SHOWN[table]))
    return (name, *figures, *(_rate(one) for one in OF[table]))


def _cell(at: int, across: Across) -> Column:
    def tone(line: FigureRow) -> str:
        return (across.light if across.light in LIGHT else "") if line.cells[at] else "hint"

    return Column(
        f"{CELL}{at}", across.name, lambda line: str(line.cells[at]), min(max(len(across.name) * 14 + 34, 72), 118),
        align=CENTER, sort=f"{CELL}{at}", about=across.name, tone=tone, bold=lambda line: line.name == SUM,
        tip=lambda line: f"{line.name}：{across.name} {line.cells[at]} 个，点开看名单",
    )  # fmt: skip


def crossed(table: FigureTable) -> tuple[Column, ...]:
    """The columns of one breakdown crossed with another."""
    name, total, *_ = columns(table.asked.table)
    return (name, total, *(_cell(at, one) for at, one in enumerate(table.across)))


def as_text(table: FigureTable) -> str:
    """A breakdown as lines with tabs, for a workbook or a letter."""
    shown = crossed(table) if table.across else columns(table.asked.table)
    heads = [table.label, *(one.heading for one in shown[1:])]
    lines = ["\t".join(one.text(line) for one in shown) for line in (table.total, *table.rows)]
    return "\n".join(["\t".join(heads), *lines])


class Counting(QWidget):
    """The figures of a day, broken down by one thing."""

    wanted = Signal(object, str, int)  # key of a row, None for the total; figure; which column across, -1: none

    def __init__(self) -> None:
        super().__init__()
        self.paragraph = Prose()
        self.copy = button("复制", icon="copy", tip="复制这段话")
        said = Card(pad=12)
        line = row(gap=16)
        line.addLayout(column(label("给领导的一段话", "bold"), self.paragraph, gap=2), 1)
        line.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignTop)
        said.add(line)
        self.said = Elided("", "quiet")
        self.take = button("复制表格", icon="copy", tip="复制下面的表，可以贴到 Excel 或公文里")
        self.table = LineView("统计表", row=37, least=150)
        self.table.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self._shown: tuple[str, tuple[Across, ...]] = ("problem", ())
        self._model = PlainTable(columns("problem"), self)
        self.table.show_model(self._model)
        self._sorting = Sorting(self.table, key=_value)
        card = Card(pad=1)
        card.body.addWidget(self.table, 1)
        self.across = Choice()
        self.across.setAccessibleName("再按什么分开")
        self.across.setToolTip("每一格写着几个，点开就是名单")
        self.across.setMinimumWidth(theme.px(150))
        again = label("再按")
        again.setBuddy(self.across)
        head = row(self.said, again, self.across, self.take)
        head.setStretch(0, 1)
        layout = column(said, head, card, gap=10)
        layout.setContentsMargins(theme.px(24), theme.px(10), theme.px(24), theme.px(12))
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self._found: FigureTable | None = None
        self.copy.clicked.connect(self._copy)
        self.take.clicked.connect(self._take)
        self.table.clicked.connect(self._open_cell)
        self.table.opened.connect(self._open)
        self.setFocusProxy(self.table)

    def offer_ways(self, ways: Iterable[Way]) -> None:
        """By what the rows may be counted once more; nothing else: the figures stand there."""
        self.across.clear()
        self.across.addItem(FIGURES_THERE, "")
        for way in ways:
            self.across.addItem(way.label, way.name)

    def show_table(self, found: FigureTable, known: str) -> None:
        """Show other figures. `known`: from what was known, in words."""
        if (found.asked.table, found.across) != self._shown:
            self._shown, gone = (found.asked.table, found.across), self._model
            self._model = PlainTable(crossed(found) if found.across else columns(found.asked.table), self)
            self.table.show_model(self._model)
            self._sorting.forget()
            gone.deleteLater()
        self._found = found
        self.paragraph.say(found.paragraph)
        for made, words in ((self.copy, "复制"), (self.take, "复制表格")):
            made.setText(f"{GAP}{words}")
        parts = [f"按{found.label}分开", f"截至 {found.as_of.isoformat()}", f"已知截至 {known}"]
        self.said.say("，".join([*parts, SEVERAL] if found.several else parts))
        self._sorting.show(found.rows, first=[found.total])
        self.table.give(max((one.name for one in found.rows), key=len, default=""), 250)

    @Slot(QModelIndex)
    def _open_cell(self, index: QModelIndex) -> None:
        self._want(index.row(), self._model.columns[index.column()].key)

    @Slot(int)
    def _open(self, at: int) -> None:
        self._want(at, "total")

    def _want(self, at: int, figure: str) -> None:
        line = self._model.line(at)
        if self._found is not None and isinstance(line, FigureRow):
            known = figure if figure in FIGURES[self._found.asked.table] else "total"
            at = int(figure.removeprefix(CELL)) if figure.startswith(CELL) else -1
            self.wanted.emit(None if line is self._found.total else line.key, known, at)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.paragraph.text)
        self.copy.setText(f"{GAP}已复制")

    @Slot()
    def _take(self) -> None:
        if self._found is not None:
            QGuiApplication.clipboard().setText(as_text(self._found))
            self.take.setText(f"{GAP}已复制")


def _value(line: FigureRow, field: str) -> str | float:
    """By what a row is sorted."""
    kind, _, name = field.rpartition(":")
    if kind:
        return line.cells[int(name)] if f"{kind}:" == CELL else line.shares[name]
    return line.name if name == "name" else line.counts[name]
