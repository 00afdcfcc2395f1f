"""The first page of the county: figures, townships × lights with their total, who has not reported, the paragraph."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout

from gui import saying, theme
from gui.jobs import Kind
from gui.panel import Panel
from gui.panels.overview import matrix
from gui.panels.overview.awaits import Awaits
from gui.panels.overview.standing import Late, Ranking
from gui.places import Place
from gui.session import Session
from gui.tables.plain import PlainTable
from gui.tables.view import LineView
from gui.widgets.buttons import GAP, button
from gui.widgets.counts import Count, Strip, light_counts
from gui.widgets.frames import Card, Scroller, column, rule
from gui.widgets.labels import Prose, label
from gui.widgets.tabs import Tabs
from models.domain import words
from models.progress import Progress
from models.services.views.agenda import Awaiting
from models.services.views.figures import DayFigures, Overview, UnitFigures

NARROW = 1140  # width below which there is no room for a rail: its cards are a part of their own
ROW, HEAD = 31, 34
RAIL = 332
# The paragraph goes by the pace that townships state; a deadline that has passed does not show in it.
ON_TIME = "均达序时进度"
CAUTION = "这段话按各单位填的序时进度写成；另有 {} 个问题亮红灯，复制前请核对。"
# What the figures of the paragraph count: all but long-term ones.
LIMITED = (("deadline_kind", "immediate"), ("deadline_kind", "time_limited"), ("deadline_kind", ""))


class CountyOverview(Panel):
    """Its cards."""

    opened = Signal(object)  # Place

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.strip = Strip()
        self.table = LineView("各单位整改情况", row=ROW, least=74)
        self.total = LineView(matrix.SUM, row=HEAD, least=74)
        self.total.horizontalHeader().hide()
        self.total.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.total.setSelectionMode(LineView.SelectionMode.NoSelection)
        self.total.setFixedHeight(theme.px(HEAD))
        for view in (self.table, self.total):
            view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            view.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.total.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._model: PlainTable | None = None
        self._sorted = ("", False)
        self._units: list[UnitFigures] = []
        self._then: tuple[dict[str, tuple[int, int]] | None, date | None] = (None, None)  # a month ago
        self.matrix = Card(pad=1, gap=0)
        self.matrix.add(self.table, rule(), self.total)
        self.matrix.body.addStretch(1)
        self.matrix.body.setStretch(0, 1000)
        self.awaits, self.late, self.ranking = Awaits(), Late(), Ranking()
        self.rail = Scroller(margins=(0, 0, 0, 0))
        self.rail.body.addWidget(self.awaits, 1)
        self.rail.body.addWidget(self.late, 1)
        self.rail.body.addWidget(self.ranking, 100)
        self.parts = Tabs((("matrix", "各单位整改情况"), ("awaits", "等您办的"), ("rail", "未报送与排名")), plain=True)
        self.parts.choose("matrix")
        middle = QHBoxLayout()
        middle.setSpacing(theme.px(12))
        middle.addWidget(self.matrix, 1)
        middle.addWidget(self.rail)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(24), theme.px(12), theme.px(24), theme.px(12))
        layout.setSpacing(theme.px(12))
        layout.addWidget(self.strip)
        layout.addWidget(self.parts)
        layout.addLayout(middle, 1)
        layout.addWidget(self._make_paragraph())
        self.strip.opened.connect(self._open_count)
        self.awaits.chosen.connect(self.opened)
        self.table.opened.connect(self._open_unit)
        self.table.clicked.connect(self._open_cell)
        self.total.clicked.connect(self._open_cell)
        self.table.sorted_by.connect(self._sort)
        self.parts.chosen.connect(self._fit)
        self.copy_paragraph.clicked.connect(self._copy_paragraph)

    def _make_paragraph(self) -> Card:
        self.paragraph = Prose()
        self.caution = label("", "small", "yellow", wrap=True)
        self.copy_paragraph = button("复制", icon="copy", tip="复制这段话")
        said = Card(pad=16)
        line = QHBoxLayout()
        line.setSpacing(theme.px(16))
        line.addLayout(column(label("给领导的一段话", "bold"), self.paragraph, self.caution, gap=2), 1)
        line.addWidget(self.copy_paragraph, 0, Qt.AlignmentFlag.AlignTop)
        said.add(line)
        return said

    def show_figures(self, overview: Overview) -> None:
        """Show the figures of today, and ask how far units had come a month ago."""
        today = overview.today
        late = [one for one in overview.units if one.is_listed and not saying.came_this_month(one.last_in, today)]
        limited, long = overview.time_limited, overview.long_term
        closed, closing = words.CLOSING_STAGE["closed"], words.CLOSING_STAGE["closing"]
        # A filter that changes nothing is left out: the list says all that is in force.
        done = () if overview.completed == overview.lights.get("done") else LIMITED
        shut = () if overview.closed == overview.listed_closed else LIMITED
        self.strip.show_counts([
            Count(overview.total, f"问题（限期 {limited}，长期 {long}）", Place("problem", view="")),
            Count(overview.completed, "限期整改完成", Place("problem", where=(("light", "done"), *done))),
            Count(overview.closed, f"{closed}，另 {overview.closing} 个{closing}",
                  Place("problem", where=(("stage", "closed"), *shut))),
            *light_counts(overview.lights, ("red", "orange", "yellow"), apart=True),
            Count(len(late), "个单位未报送", Place("overview"), tone="orange" if late else "", apart=True),
        ])  # fmt: skip
        self._show_matrix(overview)
        self.late.show_late(late, today)
        self.ranking.show_ranks(overview.units, *self._then)
        self.paragraph.say(overview.paragraph)
        late_ones = overview.lights.get("red", 0)
        self.caution.setText(CAUTION.format(late_ones))
        self.caution.setVisible(bool(late_ones) and ON_TIME in overview.paragraph)
        self.copy_paragraph.setText(f"{GAP}复制")
        self._fit()
        self.ask(self._look_back, self._show_change, refused=self.session.refused, kind=Kind.COUNT)
        self.ask(self._read_awaiting, self._show_awaiting, refused=self.session.refused, kind=Kind.COUNT)

    def _read_awaiting(self, _: Progress) -> tuple[Awaiting, ...]:
        return self.session.office.figures.awaiting()

    @Slot(object)
    def _show_awaiting(self, found: tuple[Awaiting, ...]) -> None:
        overview = self.session.overview
        self.awaits.show_waiting(found, overview.conflicts if overview else 0)
        self.parts.count("awaits", self.awaits.count or None)

    def _look_back(self, _: Progress) -> DayFigures:
        today = self.session.today
        return self.session.office.figures.course([date(today.year, today.month, 1) - timedelta(days=1)])[0]

    @Slot(object)
    def _show_change(self, then: DayFigures) -> None:
        self._then = (then.units, then.day)
        self.ranking.show_ranks(self._units, *self._then)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        """Where there is no room for a rail, its cards and the matrix take turns."""
        narrow = self.width() < theme.px(NARROW)
        at_matrix = self.parts.current == "matrix"
        self.parts.setVisible(narrow)
        self.matrix.setVisible(not narrow or at_matrix)
        self.rail.setVisible(not narrow or not at_matrix)
        at_awaits = self.parts.current == "awaits"
        self.awaits.setVisible(not narrow or at_awaits)
        for one in (self.late, self.ranking):
            one.setVisible(not narrow or not at_awaits)
        self.rail.setMinimumWidth(0 if narrow else theme.px(RAIL))
        self.rail.setMaximumWidth(16_777_215 if narrow else theme.px(RAIL))
        way = QBoxLayout.Direction
        self.rail.body.setDirection(way.LeftToRight if narrow else way.TopToBottom)
        self._same_widths()

    # ------------------------------------------------------------------------------------- the matrix

    def _show_matrix(self, overview: Overview) -> None:
        self._units = list(overview.units)
        columns = matrix.columns(overview.today, self._units)
        widths = [one.width for one in columns]
        if self._model is None or widths != [one.width for one in self._model.columns]:
            if self._model is None:
                self.table.horizontalHeader().sectionResized.connect(self._same_widths)
            self._model = PlainTable(columns, self)
            self._sum = PlainTable(columns, self)
            self.table.show_model(self._model)
            self.total.show_model(self._sum)
        self._sum.show([matrix.sum_of(self._units)])
        self.table.setMaximumHeight(theme.px(HEAD) + theme.px(ROW) * max(len(self._units), 1) + 2)
        self._sort(*self._sorted)
        self._same_widths()

    @Slot()
    def _same_widths(self) -> None:
        """The total stands under its columns, also beside a scroll bar."""
        if self._model is None:
            return
        self.table.fit()
        for at in range(len(self._model.columns)):
            self.total.setColumnWidth(at, self.table.columnWidth(at))

    @Slot(str, bool)
    def _sort(self, field: str, descending: bool) -> None:  # noqa: FBT001 - a slot
        if self._model is None:
            return
        self._sorted = (field, descending)
        units = list(self._units)
        if field:
            today = self.session.today
            units.sort(key=lambda one: matrix.key(one, field, today), reverse=descending)
        self._model.show(units)
        self.table.sort_mark(field, descending=descending)

    @Slot(object)
    def _open_count(self, place: Place) -> None:
        """A figure opens its list; who has not reported stands here already: these units come first."""
        if place.page != "overview":
            self.opened.emit(place)
            return
        self.parts.choose("matrix")
        self._fit()
        self._sort("state", False)
        self.table.scrollToTop()
        self.table.setFocus()

    @Slot(int)
    def _open_unit(self, at: int) -> None:
        unit = self._model.line(at) if self._model else None
        if unit is not None:
            self.opened.emit(matrix.place_of(unit, ""))

    @Slot(QModelIndex)
    def _open_cell(self, index: QModelIndex) -> None:
        model = index.model()
        if isinstance(model, PlainTable) and (unit := model.line(index.row())) is not None:
            self.opened.emit(matrix.place_of(unit, model.columns[index.column()].key))

    @Slot()
    def _copy_paragraph(self) -> None:
        QGuiApplication.clipboard().setText(self.paragraph.text)
        self.copy_paragraph.setText(f"{GAP}已复制")
