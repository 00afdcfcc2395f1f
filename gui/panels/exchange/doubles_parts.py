"""What likely doubles are shown by: the list of pairs, and two records beside each other with what differs marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton

from gui import saying, theme
from gui.differences import SHORT, marks
from gui.slices import Slices
from gui.tables.columns import Column
from gui.tables.plain import PlainTable
from gui.tables.view import LineView
from gui.widgets.choice import Segments
from gui.widgets.frames import Card, clear, row, rule
from gui.widgets.labels import Prose, label
from models.domain import words
from models.services.views.doubles import Compared, Double, Doubles

NAMES = 112  # width of the column with the names of the fields
AT_ONCE = 4  # rows made in one slice
NOTE = "不合并也不要紧：两条都照常使用，照常统计。"

KINDS = {"problem": "问题", "petition": words.TABLE["petition"]}  # what may be told twice

Marks = list[tuple[int, int]]


def reason(pair: Double) -> str:
    """Why two records may be one."""
    if pair.label:
        return f"{pair.label}相同" + (f"，文字有 {pair.percent}% 相同" if pair.percent else "")
    return f"{pair.one.township_name}，文字有 {pair.percent}% 相同"


@dataclass(frozen=True)
class Row:
    """One field of both records in words, and the passages in which they differ."""

    label: str
    one: str
    other: str
    one_marks: Marks
    other_marks: Marks

    @property
    def is_same(self) -> bool:
        """Whether both say the same."""
        return self.one == self.other


def rows_of(compared: Compared) -> tuple[Row, ...]:
    """All fields in which either says something; what differs is worked out beforehand, it takes a while."""
    made: list[Row] = []
    for name, said, *values in compared.fields:
        one, other = (saying.value(name, value) for value in values)
        if one == other or not one or not other:
            made.append(Row(said, one, other, [], []))
        elif min(len(one), len(other)) < SHORT:
            made.append(Row(said, one, other, [(0, len(one))], [(0, len(other))]))
        else:
            made.append(Row(said, one, other, marks(one, other), marks(other, one)))
    return tuple(made)


class PairList(Card):
    """The pairs, the surest first; of problems or of petitions."""

    wanted = Signal(object)  # Double
    switched = Signal(str)  # problem, petition

    def __init__(self) -> None:
        super().__init__(pad=12)
        self.setFixedWidth(theme.px(300))
        self.count = label("", "h2")
        self.kinds = Segments(KINDS)
        self.kinds.setAccessibleName("看哪一种")
        self.kind = "problem"  # which records are listed
        self.kinds.put(self.kind)
        columns = (Column("title", "疑似重复", lambda p: p.one.title, below=reason, tip=lambda p: p.one.title),)
        self.table = LineView("疑似重复", row=52)
        self.model = PlainTable(columns, self)
        self.table.show_model(self.model)
        self.table.horizontalHeader().hide()
        self.add(self.count, row(self.kinds, None))
        self.body.addWidget(self.table, 1)
        self.add(rule(), label(NOTE, "small", wrap=True))
        self.kinds.changed.connect(self._switch)
        self.table.selectionModel().currentRowChanged.connect(self._choose)

    def say_counts(self, counts: Mapping[str, int]) -> None:
        """Say of each kind how many pairs there are, as far as that is known."""
        for kind, named in KINDS.items():
            if kind in counts:
                self.kinds.buttons[kind].setText(f"{named} {counts[kind]}")

    @property
    def current(self) -> Double | None:
        """The pair that is looked at."""
        return self.model.line(self.table.currentIndex().row())

    def show_pairs(self, found: Doubles, now: Double | None) -> None:
        """List other pairs; the one that was looked at stays, if it is still there."""
        self.count.setText(f"疑似重复 {found.count} 对")
        self.model.show(found.pairs)
        self.table.fit()
        at = next((n for n, one in enumerate(found.pairs) if now is not None and _same_pair(one, now)), 0)
        self.table.selectRow(at)

    @Slot(QModelIndex, QModelIndex)
    def _choose(self, index: QModelIndex, _: QModelIndex) -> None:
        if (pair := self.model.line(index.row())) is not None:
            self.wanted.emit(pair)

    @Slot()
    def _switch(self) -> None:
        if not self.kinds.value:
            self.kinds.put(self.kind)  # the chosen one was pressed again: it stays chosen
        elif self.kinds.value != self.kind:
            self.kind = self.kinds.value
            self.switched.emit(self.kind)


def _same_pair(one: Double, other: Double) -> bool:
    return (one.one.id, one.other.id) == (other.one.id, other.other.id)


class Beside(Card):
    """Two records beside each other: a choice above each, then field for field."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__(pad=20)
        self.keep_one, self.keep_other = QRadioButton(), QRadioButton()
        self._group = QButtonGroup(self)
        for one in (self.keep_one, self.keep_other):
            one.setFont(theme.font("bold"))
            self._group.addButton(one)
        self._group.buttonClicked.connect(self.chosen)
        heads, self._grid = _three_columns(), _three_columns()
        heads.addWidget(self.keep_one, 0, 1)
        heads.addWidget(self.keep_other, 0, 2)
        self.add(heads, rule(), self._grid)
        self._slices = Slices("next fields of both", self)

    def show_heads(self, pair: Double) -> None:
        """Say which two, before all that they say is here."""
        for one, side, where in ((self.keep_one, pair.one, "左边"), (self.keep_other, pair.other, "右边")):
            one.setText(f"留下{where}的" + (f"（{side.number}）" if side.number else ""))
        self.keep_one.setChecked(True)
        self._slices.begin(iter(()))
        clear(self._grid)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show what they say, a few fields at a time, so that the window never waits."""
        self._slices.begin(self._grow(rows))

    def _grow(self, rows: Sequence[Row]) -> Iterator[None]:
        for at, one in enumerate(rows):
            top = Qt.AlignmentFlag.AlignTop
            name = label(one.label, "small")
            name.setContentsMargins(0, theme.px(3), 0, 0)  # on one line with the larger letters beside it
            self._grid.addWidget(name, at, 0, top)
            for column, text, passages, ground in (
                (1, one.one, one.one_marks, "mine"), (2, one.other, one.other_marks, "theirs"),
            ):  # fmt: skip
                said = Prose(tone="text2" if one.is_same or not text else "text")
                said.say(text or "（空）", passages, ground)
                self._grid.addWidget(said, at, column, top)
            if at % AT_ONCE == AT_ONCE - 1:
                yield


def _three_columns() -> QGridLayout:
    """A column for the names of the fields, and two as wide as each other."""
    made = QGridLayout()
    made.setHorizontalSpacing(theme.px(16))
    made.setVerticalSpacing(theme.px(6))
    made.setColumnMinimumWidth(0, theme.px(NAMES))
    for column in (1, 2):
        made.setColumnStretch(column, 1)
    return made
