"""To whom a notice goes, and which problems it speaks of: units to tick, and the open problems of those ticked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from gui import theme
from gui.tables.columns import PROBLEMS
from gui.tables.ticking import TickTable
from gui.tables.view import LineView
from gui.widgets.buttons import button
from gui.widgets.frames import clear, column, row
from gui.widgets.labels import label
from models.services.views.home import UnitView
from models.services.views.lists import Line

ACROSS, ROW, LEAST, MOST = 4, 34, 2, 7  # units in a row; lines of problems that are seen
SEEN = ("tick", "light", "title", "township_name", "deadline", "days_left")


class Receivers(QWidget):
    """A tick for each unit, or for other things with a code and a name."""

    changed = Signal()

    def __init__(self, title: str = "发给") -> None:
        super().__init__()
        self.boxes: dict[str, QCheckBox] = {}
        self.all = button("全选", "quiet", size="slim")
        self.none = button("全不选", "quiet", size="slim")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(12))
        self._grid.setVerticalSpacing(theme.px(4))
        for at in range(ACROSS):
            self._grid.setColumnStretch(at, 1)
        self.setLayout(column(row(label(title, "bold"), self.all, self.none, None), self._grid, gap=6))
        self.all.clicked.connect(self._tick_all)
        self.none.clicked.connect(self._untick)

    def offer(self, units: Sequence[UnitView]) -> None:
        """The units that may be chosen; those that were ticked stay so."""
        if [one.code for one in units] == list(self.boxes):
            return
        before = self.value
        clear(self._grid)
        self.boxes = {one.code: QCheckBox(one.name) for one in units}
        for at, box in enumerate(self.boxes.values()):
            self._grid.addWidget(box, at // ACROSS, at % ACROSS)
            box.clicked.connect(self.changed)
        self.put(before)

    @property
    def value(self) -> list[str]:
        """The codes of the units that are ticked."""
        return [code for code, box in self.boxes.items() if box.isChecked()]

    def put(self, codes: Iterable[str]) -> None:
        """Tick these and no others."""
        some = set(codes)
        for code, box in self.boxes.items():
            box.setChecked(code in some)

    def name(self, code: str) -> str:
        """What a unit is called."""
        return self.boxes[code].text() if code in self.boxes else code

    @Slot()
    def _tick_all(self) -> None:
        self.put(self.boxes)
        self.changed.emit()

    @Slot()
    def _untick(self) -> None:
        self.put(())
        self.changed.emit()


class Problems(QWidget):
    """The open problems of the units that are ticked, the most urgent first."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        columns = tuple(one for one in PROBLEMS if one.key in SEEN)
        self.said = label("", "small")
        self.table = LineView("涉及的问题", row=ROW, least=200)
        self._model = TickTable(columns, self)
        self._model.serve(self.table)
        self.setLayout(column(row(label("涉及的问题", "bold"), self.said, None), self.table, gap=6))
        self._ids: frozenset[str] = frozenset()  # those of a draft, until their lines are here
        self._model.changed.connect(self._say)
        self._model.changed.connect(self.changed)
        self._size()

    @property
    def value(self) -> list[str]:
        """The ids of the problems that are ticked, as they stand in the list."""
        return [one.id for one in self._model.lines if one.id in self._model.ticked] or sorted(self._ids)

    def put(self, ids: Iterable[str]) -> None:
        """Tick these as soon as they are in the list."""
        self._ids = frozenset(ids)
        self._model.ticked = frozenset()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show other problems; ticks of those that are still among them stay."""
        wanted, self._ids = self._ids | self._model.ticked, frozenset()
        self._model.ticked = frozenset(one.id for one in lines) & wanted
        first = [one for one in lines if one.id in self._model.ticked]
        self._model.show([*first, *(one for one in lines if one.id not in self._model.ticked)])
        self._size()
        self._say()

    def _size(self) -> None:
        lines = min(max(len(self._model.lines), LEAST), MOST)
        self.table.setFixedHeight(theme.px(ROW) * (lines + 1) + theme.px(4))
        self.table.fit()

    @Slot()
    def _say(self) -> None:
        count = len(self._model.ticked)
        said = f"选了 {count} 个，每个单位只看到自己的" if count else "一个也不选，就不点名问题"
        self.said.setText(said if self._model.lines else "勾选单位以后，这里列出它们没有完成的问题")
