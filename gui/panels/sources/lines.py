"""The list of pollution sources, what narrows it, and why there is none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget

from gui import saying, theme
from gui.tables.columns import Column
from gui.tables.plain import PlainTable
from gui.tables.sorting import Sorting
from gui.tables.view import LineView
from gui.widgets.buttons import button
from gui.widgets.chips import EXCHANGE_TONE
from gui.widgets.empty import Empty
from models.domain import words
from models.services.views.sources import SourceLine

VOID = "void"
LEAST = 170  # width that the name keeps


@dataclass(frozen=True)
class View:
    """A tab of the list: which of the sources it shows."""

    key: str
    words: str
    fits: Callable[[SourceLine], bool]


# fmt: off
VIEWS = (
    View("", "全部", lambda _: True),
    View("expiry", "许可要到期", lambda one: bool(one.expiry)),
    View("doubt", "要核对", lambda one: bool(one.doubts)),
    View("problem", "有未销号问题", lambda one: one.problems > 0),
    View("repeated", "屡查屡犯", lambda one: one.repeated > 0),
    View("double", "疑似重复", lambda one: bool(one.double)),
    View("never", "还没查过", lambda one: not one.inspected_on),
    View(VOID, "已作废", lambda _: True),
)
# fmt: on
EXPIRY_TONE = {"ended": "red", "soon": "orange"}


def shown_in(view: str, lines: Sequence[SourceLine]) -> list[SourceLine]:
    """The lines of a view; void ones stand in their own alone."""
    fits = next(one.fits for one in VIEWS if one.key == view)
    return [one for one in lines if one.void is (view == VOID) and fits(one)]


def _told(one: SourceLine) -> tuple[str, str]:
    """What is to be looked at first: its words and its tone."""
    if one.repeated:
        return "屡查屡犯", "red"
    if one.double:
        return "疑似重复", "yellow"
    return ("要核对", "yellow") if one.doubts else ("", "grey")


def _tip(one: SourceLine) -> str:
    told = [f"{one.repeated} 项查出不止一次"] if one.repeated else []
    told += [f"可能和另一个是同一个：{one.double}"] if one.double else []
    return "\n".join([*told, *one.doubts])


def _count(number: int) -> str:
    return str(number) if number else saying.MISSING


# fmt: off
_NAME = Column("name", "名称", lambda s: s.name, tip=lambda s: f"{s.name}\n{s.place}".strip(), sort="name")
_KIND = Column("kind", "类别", lambda s: words.SOURCE_KIND.get(s.kind, ""), 112, sort="kind", leaves=3)
_UNIT = Column("unit_name", "乡镇", lambda s: s.unit_name, 92, sort="unit_name")
_VILLAGE = Column("village", "村（社区）", lambda s: s.village, 96, tip=lambda s: s.village, sort="village", leaves=4)
_REST = (
    Column("person", "负责人", lambda s: s.person, 76, tip=lambda s: s.phone, sort="person", leaves=2),
    Column("expires_on", "许可到期", lambda s: s.expires_on or saying.MISSING, 100, small=True,
           tone=lambda s: EXPIRY_TONE.get(s.expiry, ""), sort="expires_on"),
    Column("inspected_on", "最近检查", lambda s: s.inspected_on or saying.MISSING, 100, small=True,
           sort="inspected_on"),
    Column("problems", words.CLOSING_STAGE["none"], lambda s: _count(s.problems), 66,
           tip=lambda s: f"{s.problems} 个问题还没有销号", sort="problems"),
    Column("told", "提醒", lambda s: _told(s)[0], 100, "state", tone=lambda s: _told(s)[1], tip=_tip),
    Column("exchange", "报送", lambda s: s.exchange_said, 116, "state",
           tone=lambda s: EXCHANGE_TONE.get(s.exchange, "grey"), leaves=1),
)
TOWN = (_NAME, _KIND, _VILLAGE, *_REST)
COUNTY = (_NAME, _KIND, _UNIT, _VILLAGE, *_REST)
# fmt: on


class Lines(QStackedWidget):
    """The list, or why there is none. Enter opens a source."""

    opened = Signal(int)  # place in the list

    def __init__(self, *, county: bool) -> None:
        super().__init__()
        self.table = LineView("污染源", least=LEAST)
        self.model = PlainTable(COUNTY if county else TOWN, self)
        self.table.show_model(self.model)
        self._sorting = Sorting(self.table)
        self.unfilter = button("清除筛选")
        self.nothing = Empty("search", "没有符合筛选的污染源", "换几个字，或者把筛选条件清掉再看。", self.unfilter)
        self.setFocusProxy(self.table)
        self.addWidget(self.table)
        self.addWidget(self.nothing)
        self.table.opened.connect(self.opened)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow, columns that another place tells too leave."""
        super().resizeEvent(event)
        columns = self.model.columns
        short = sum(theme.px(one.width) for one in columns) + theme.px(LEAST) - event.size().width()
        going = sorted((at for at, one in enumerate(columns) if one.leaves), key=lambda at: columns[at].leaves)
        for at in going:
            self.table.setColumnHidden(at, short > 0)
            short -= theme.px(columns[at].width) if short > 0 else 0
        self.table.fit()

    @property
    def lines(self) -> list[SourceLine]:
        """The lines in the order in which they are seen."""
        return self.model.lines

    def show_lines(self, lines: Sequence[SourceLine]) -> None:
        """Show other lines; the one that was current stays so, if it is still there."""
        now = self.model.line(self.table.currentIndex().row())
        self._sorting.show(lines)
        at = next((at for at, one in enumerate(self.lines) if now is not None and one.id == now.id), 0)
        self.setCurrentWidget(self.table if lines else self.nothing)
        if lines:
            self.table.selectRow(at)
