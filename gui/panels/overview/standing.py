"""Beside the matrix: which units have not reported this month, and how units rank by what they completed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import zip_longest
from typing import NamedTuple

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QLabel

from gui import saying, theme
from gui.panels.overview import matrix
from gui.widgets.bars import RateBar
from gui.widgets.buttons import GAP, button
from gui.widgets.frames import Card, row, rule
from gui.widgets.labels import Elided, label
from models.domain import words
from models.services.views.figures import UnitFigures

BEST, LAST = 5, 2  # of the ranking: the first ones and the last ones
NAMED = 4  # late units that are named one by one
DEFINED = f"完成率 = {words.COMPLETION['completed']} ÷ 总数，含{words.DEADLINE_KIND['long_term']}。"


def ranks(rates: Mapping[str, float]) -> dict[str, int]:
    """Places by rate; equal rates share a place, and the next place is left out."""
    values = sorted(rates.values(), reverse=True)
    return {name: values.index(one) + 1 for name, one in rates.items()}


def moved(now: int, before: int | None) -> str:
    """How many places up or down: ↑2, ↓1; 平 for the same place, a dash where there was none."""
    if before is None:
        return saying.MISSING
    return "平" if now == before else f"{'↑' if now < before else '↓'}{abs(now - before)}"


class Late(Card):
    """The units of which nothing came this month; their names can be copied."""

    def __init__(self) -> None:
        super().__init__("还没有报送的单位", " ", gap=4)
        self.names = ""
        self.copy = button("复制名单", "quiet", icon="copy", size="slim")
        self.tools.addWidget(self.copy)
        self._rows = [(Elided("", "bold"), label("", "small")) for _ in range(NAMED)]
        for name, last in self._rows:
            line = row(name, last)
            line.setStretch(0, 1)
            self.add(line)
        self._more = label("", "small")
        self._none = label("本月都收到了。", "quiet")
        self.add(self._more, self._none)
        self.body.addStretch(1)
        self.copy.clicked.connect(self.copy_names)

    def show_late(self, late: Sequence[UnitFigures], today: date) -> None:
        """Show other units."""
        self.quiet.setText(f"{len(late)} 个" if late else "")
        self.copy.setVisible(bool(late))
        self.copy.setText(f"{GAP}复制名单")
        self.names = "、".join(one.name for one in late)
        for (name, last), one in zip_longest(self._rows, late[:NAMED]):
            for part in (name, last):
                part.setVisible(one is not None)
            if one is not None:
                name.say(one.name)
                last.setText(f"上次 {saying.on_day(one.last_in, today)}" if one.last_in else "还没有收到过")
        self._more.setText(f"另有 {len(late) - NAMED} 个，复制的名单里都有")
        self._more.setVisible(len(late) > NAMED)
        self._none.setVisible(not late)

    @Slot()
    def copy_names(self) -> None:
        """Put all their names on the clipboard."""
        QGuiApplication.clipboard().setText(self.names)
        self.copy.setText(f"{GAP}已复制")


class _Rank(NamedTuple):
    """The parts of one line of the ranking."""

    place: QLabel
    name: Elided
    bar: RateBar
    rate: QLabel
    moved: QLabel


class Ranking(Card):
    """The first and the last of the units, by the part of their problems that is completed."""

    def __init__(self) -> None:
        super().__init__("完成率排名")
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(theme.px(3))
        grid.setColumnStretch(2, 1)
        self._since = label("", "small")
        self.tools.addWidget(self._since)
        self._between, self._none = rule(), label("还没有问题。", "quiet")
        self._rows = [
            _Rank(label("", "quiet"), Elided(), RateBar(), _right(), _right("quiet")) for _ in range(BEST + LAST + 1)
        ]
        for at, parts in enumerate(self._rows):
            parts.name.setFixedWidth(theme.px(108))
            for column, part in enumerate(parts):
                grid.addWidget(part, 2 * at + 1, column, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self._between, 2 * BEST, 0, 1, len(_Rank._fields))
        self.add(grid, self._none, label(DEFINED, "small", wrap=True))
        self.body.addStretch(1)

    def show_ranks(
        self, units: Sequence[UnitFigures], before: Mapping[str, tuple[int, int]] | None = None, day: date | None = None
    ) -> None:
        """Show the ranking; `before`: problems and completed ones of each unit on an earlier day."""
        rates = {one.unit: matrix.rate(one) for one in units if one.total}
        places = ranks(rates)
        then = ranks({unit: done / total for unit, (total, done) in (before or {}).items() if total})
        ranked = sorted((one for one in units if one.total), key=lambda one: (places[one.unit], one.name))
        all_shown = len(ranked) <= len(self._rows)
        shown = ranked if all_shown else [*ranked[:BEST], *ranked[-LAST:]]
        for parts, one in zip_longest(self._rows, shown):
            for part in parts:
                part.setVisible(one is not None)
            if one is not None:
                parts.place.setText(str(places[one.unit]))
                parts.name.say(one.name)
                parts.bar.show_rate(rates[one.unit])
                parts.rate.setText(f"{rates[one.unit]:.0%}")
                parts.moved.setText(moved(places[one.unit], then.get(one.unit)) if before is not None else "")
        self._between.setVisible(not all_shown)
        self._none.setVisible(not ranked)
        since = f"名次，较 {saying.day(day, day)}" if before is not None and day is not None and ranked else ""
        self._since.setText(since)
        self._since.setToolTip(
            "与上月末的名次相比：↑ 上升，↓ 下降。没有写完成日期的，按一直已完成计算。" if since else ""
        )


def _right(role: str = "") -> QLabel:
    made = label("", role)
    made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return made
