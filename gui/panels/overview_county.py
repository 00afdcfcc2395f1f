"""The first page of the county: figures, townships × lights with their total, who has not reported, the paragraph."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout

from gui import saying, theme
from gui.page import Panel
from gui.places import Place
from gui.session import Session
from gui.tables.columns import CENTER, Column
from gui.tables.plain import PlainTable
from gui.tables.view import LineView
from gui.widgets.bars import RateBar
from gui.widgets.buttons import button
from gui.widgets.counts import Count, Strip, light_counts
from gui.widgets.frames import Card, Scroller, clear, column, row, rule
from gui.widgets.labels import Prose, label
from models.domain import words
from models.services.views import Overview, UnitFigures

BEST, LAST = 5, 2  # of the ranking: the first ones and the last ones
NARROW = 1000  # width below which there is no room for a rail
SUM = "合计"


def _rate(unit: UnitFigures) -> float:
    return unit.completed / unit.total if unit.total else 0.0


def _light(light: str) -> Column:
    return Column(
        light, words.LIGHT[light], lambda u: str(u.lights.get(light, 0)), 40, align=CENTER, sort=light,
        tone=lambda u: "hint" if not u.lights.get(light) else light if light in {"red", "orange", "yellow"} else "",
        bold=lambda u: (bool(u.lights.get(light)) and light in {"red", "orange", "yellow"}) or u.name == SUM,
        ground=lambda u: f"{light}Tint" if u.lights.get(light) and u.name != SUM else "",
    )  # fmt: skip


def _sum_bold(unit: UnitFigures) -> bool:
    return unit.name == SUM


def matrix(today: Any) -> tuple[Column, ...]:
    """The columns of townships × lights."""

    def came(unit: UnitFigures) -> bool:
        day = saying.date_of(unit.last_in)
        return day is not None and (day.year, day.month) == (today.year, today.month)

    def state(unit: UnitFigures) -> str:
        if unit.name == SUM or not unit.unit.isdigit():
            return "" if unit.name == SUM else "未添加"
        return "已接收" if came(unit) else "未报送"

    # fmt: off
    return (
        Column("name", "单位", lambda u: u.name, bold=_sum_bold, sort="name", tip=lambda u: u.name),
        Column("total", "总数", lambda u: str(u.total), 50, align=CENTER, bold=_sum_bold, sort="total"),
        *(_light(light) for light in words.LIGHT),
        Column("completed", "完成", lambda u: str(u.completed), 50, align=CENTER, bold=_sum_bold, sort="completed"),
        Column("closed", "销号", lambda u: str(u.closed), 50, align=CENTER, bold=_sum_bold, sort="closed"),
        Column("rate", "完成率", lambda u: f"{_rate(u):.0%}" if u.total else saying.MISSING, 62, align=CENTER,
               bold=_sum_bold, sort="rate"),
        Column("no_dispatch", f"{today.month}月缺调度", lambda u: str(u.no_dispatch), 84, align=CENTER,
               tone=lambda u: "red" if u.no_dispatch else "hint",
               bold=lambda u: bool(u.no_dispatch) or _sum_bold(u), sort="no_dispatch"),
        Column("last_in", "上次收到", lambda u: "" if u.name == SUM else saying.moment(u.last_in, today)[:5]
               if u.last_in else saying.MISSING, 72, align=CENTER, small=True, sort="last_in"),
        Column("state", "本月", state, 78, "state",
               tone=lambda u: "orange" if u.unit.isdigit() and not came(u) else "grey"),
    )
    # fmt: on


class CountyOverview(Panel):
    """Its cards."""

    opened = Signal(object)  # Place

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.strip = Strip()
        self.table = LineView("各单位整改情况", row=31, least=110)
        self.total = LineView(SUM, row=34, least=110)
        self.total.horizontalHeader().hide()
        self.total.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.total.setSelectionMode(LineView.SelectionMode.NoSelection)
        self.total.setFixedHeight(theme.px(34))
        for view in (self.table, self.total):
            view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.total.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._model: PlainTable | None = None
        self._sorted = ("", False)
        self._units: list[UnitFigures] = []
        self._names = ""
        matrix_card = Card(pad=1, gap=0)
        matrix_card.add(self.table, self.total)
        middle = QHBoxLayout()
        middle.setSpacing(theme.px(12))
        middle.addWidget(matrix_card, 1)
        self.rail = self._make_rail()
        middle.addWidget(self.rail)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(24), theme.px(12), theme.px(24), theme.px(12))
        layout.setSpacing(theme.px(12))
        layout.addWidget(self.strip)
        layout.addLayout(middle, 1)
        layout.addWidget(self._make_paragraph())
        self.strip.opened.connect(self.opened)
        self.table.opened.connect(self._open_unit)
        self.table.sorted_by.connect(self._sort)
        self.copy_names.clicked.connect(self._copy_names)
        self.copy_too.clicked.connect(self._copy_names)
        self.copy_paragraph.clicked.connect(self._copy_paragraph)

    def _make_rail(self) -> Scroller:
        self.late = Card("还没有报送的单位", " ")
        self.copy_names = button("复制名单", "quiet", icon="copy", size="slim")
        self.late.tools.addWidget(self.copy_names)
        self._late_rows = QVBoxLayout()
        self.late.add(self._late_rows)
        self.ranking = Card("完成率排名")
        self._ranks = QGridLayout()
        self._ranks.setHorizontalSpacing(theme.px(8))
        self._ranks.setVerticalSpacing(theme.px(5))
        self._ranks.setColumnStretch(2, 1)
        self.ranking.add(self._ranks, label(f"完成率 = {words.COMPLETION['completed']} ÷ 总数，含长期坚持。", "small"))
        self.ranking.body.addStretch(1)
        rail = Scroller(margins=(0, 0, 0, 0))
        rail.setFixedWidth(theme.px(332))
        rail.body.addWidget(self.late)
        rail.body.addWidget(self.ranking, 1)
        return rail

    def _make_paragraph(self) -> Card:
        self.paragraph = Prose()
        self.copy_paragraph = button("复制", icon="copy", tip="复制这段话")
        said = Card(pad=16)
        words_ = column(label("给领导的一段话", "bold"), self.paragraph, gap=2)
        line = QHBoxLayout()
        line.setSpacing(theme.px(16))
        line.addLayout(words_, 1)
        self.copy_too = button("复制未报送名单")
        for one in (self.copy_too, self.copy_paragraph):
            line.addWidget(one, 0, Qt.AlignmentFlag.AlignTop)
        said.add(line)
        return said

    def show_figures(self, overview: Overview) -> None:
        """Show the figures of today."""
        late = [one for one in overview.units if one.unit.isdigit() and not self._came(one, overview)]
        limited, long = overview.time_limited, overview.long_term
        closed = words.CLOSING_STAGE["closed"]
        self.strip.show_counts([
            Count(overview.total, f"问题总数（限期 {limited}，长期 {long}）", Place("problem", view="")),
            Count(overview.completed, f"限期整改{words.COMPLETION['completed']}",
                  Place("problem", where=(("stage", "completed"), ("stage", "closing"), ("stage", "closed")))),
            Count(overview.closed, f"{closed}，另 {overview.closing} 个{words.CLOSING_STAGE['closing']}",
                  Place("problem", view="closed")),
            *(replace(one, apart=number == 0)
              for number, one in enumerate(light_counts(overview.lights, ("red", "orange", "yellow")))),
            Count(len(late), "单位本月未报送", Place("exchange", tab="read"),
                  tone="orange" if late else "", apart=True),
        ])  # fmt: skip
        self._show_matrix(overview)
        self._show_late(late)
        self._show_ranks(list(overview.units))
        self.paragraph.say(overview.paragraph)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme.px(NARROW)  # then the matrix takes the whole width
        self.rail.setVisible(not narrow)
        self.copy_too.setVisible(narrow)
        self._same_widths()

    def _came(self, unit: UnitFigures, overview: Overview) -> bool:
        day = saying.date_of(unit.last_in)
        return day is not None and (day.year, day.month) == (overview.today.year, overview.today.month)

    def _show_matrix(self, overview: Overview) -> None:
        columns = matrix(overview.today)
        if self._model is None:
            self._model = PlainTable(columns, self)
            self._sum = PlainTable(columns, self)
            self.table.show_model(self._model)
            self.total.show_model(self._sum)
            self.table.horizontalHeader().sectionResized.connect(self._same_widths)
        self._units = list(overview.units)
        whole = UnitFigures(
            "", SUM, {key: sum(one.lights.get(key, 0) for one in self._units) for key in words.LIGHT},
            sum(one.total for one in self._units), sum(one.completed for one in self._units),
            sum(one.closed for one in self._units), sum(one.no_dispatch for one in self._units), None,
        )  # fmt: skip
        self._sum.show([whole])
        self._sort(*self._sorted)
        self._same_widths()

    def _show_late(self, late: list[UnitFigures]) -> None:
        clear(self._late_rows)
        today = self.session.today
        self.late.quiet.setText(f"{len(late)} 个" if late else "")
        self.copy_names.setVisible(bool(late))
        self._names = "、".join(one.name for one in late)
        for one in late[:6]:
            last = f"上次 {saying.moment(one.last_in, today)[:5]}" if one.last_in else "还没有收到过"
            self._late_rows.addLayout(row(label(one.name, "bold"), None, label(last, "small")))
        if len(late) > 6:
            self._late_rows.addWidget(label(f"另有 {len(late) - 6} 个，名单可以复制", "small"))
        if not late:
            self._late_rows.addWidget(label("本月都收到了。", "quiet"))

    def _show_ranks(self, units: list[UnitFigures]) -> None:
        clear(self._ranks)
        ranked = sorted((one for one in units if one.total), key=lambda one: (-_rate(one), one.name))
        places: list[tuple[int, UnitFigures]] = []
        for number, one in enumerate(ranked, 1):
            same = places and _rate(places[-1][1]) == _rate(one)
            places.append((places[-1][0] if same else number, one))
        if len(places) > BEST + LAST + 1:
            places = [*places[:BEST], *places[-LAST:]]
        for at, (place, one) in enumerate(places):
            if at == BEST and len(ranked) > len(places):
                self._ranks.addWidget(rule(), 2 * at, 0, 1, 4)
            said = label(f"{_rate(one):.0%}")
            said.setAlignment(Qt.AlignmentFlag.AlignRight)
            name = label(one.name if len(one.name) <= 6 else f"{one.name[:5]}…")
            name.setToolTip(one.name)
            for column_, part in enumerate((label(str(place), "quiet"), name, RateBar(_rate(one)), said)):
                self._ranks.addWidget(part, 2 * at + 1, column_, Qt.AlignmentFlag.AlignVCenter)
        if not ranked:
            self._ranks.addWidget(label("还没有问题。", "quiet"), 0, 0, 1, 4)

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
            units.sort(key=lambda one: _key(one, field), reverse=descending)
        self._model.show(units)
        self.table.sort_mark(field, descending=descending)

    @Slot(int)
    def _open_unit(self, at: int) -> None:
        unit = self._model.line(at) if self._model else None
        if unit is not None:
            self.opened.emit(Place("problem", where=(("township", unit.unit),)))

    @Slot()
    def _copy_names(self) -> None:
        QGuiApplication.clipboard().setText(self._names)
        self.copy_names.setText("已复制")

    @Slot()
    def _copy_paragraph(self) -> None:
        QGuiApplication.clipboard().setText(self.paragraph.text)
        self.copy_paragraph.setText("已复制")


def _key(unit: UnitFigures, field: str) -> Any:
    if field in words.LIGHT:
        return unit.lights.get(field, 0)
    if field == "rate":
        return _rate(unit)
    value = getattr(unit, field)
    return (value is not None, value if value is not None else "")
