"""One campaign: what it asks for, who has said what, what is still to be looked at, what it left."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from gui import saying, theme
from gui.panels.campaigns.found import TONE as FATE_TONE
from gui.panels.campaigns.found import fate_said
from gui.panels.campaigns.lines import TONE, begun, kind
from gui.panels.campaigns.matrix import SAID_TONE
from gui.session import Session
from gui.tables.columns import CENTER, Column
from gui.tables.plain import PlainTable
from gui.tables.view import LineView
from gui.widgets.buttons import button
from gui.widgets.chips import State
from gui.widgets.frames import Card, Scroller, row
from gui.widgets.labels import Elided, label
from models.domain import words
from models.services.views.campaigns import Left, left, line
from models.services.views.lists import Record

ROW, LEAST, MOST = 34, 2, 9
NARROW = 900

# fmt: off
UNITS = (
    Column("name", "单位", lambda u: u["name"], tip=lambda u: u["name"]),
    Column("state", "报了没有", lambda u: words.SAID[u["state"]], 92, "state", tone=lambda u: SAID_TONE[u["state"]]),
    Column("inspections", "检查", lambda u: str(u["inspections"]), 56, align=CENTER),
    Column("zero", "零报告", lambda u: str(u["zero"]), 66, align=CENTER),
    Column("findings", "查出", lambda u: str(u["findings"]), 56, align=CENTER),
)
LEFT = (
    Column("name", "村（社区）、污染源", lambda one: one.name, tip=lambda one: one.name),
    Column("whose", "单位", lambda one: one.whose, 110, small=True),
)
PROBLEMS = (
    Column("fate", "后来", fate_said, 98, "state", tone=lambda p: FATE_TONE[p["fate"]]),
    Column("title", "问题", lambda p: p["title"], tip=lambda p: f"{p['number']}\n{p['title']}"),
    Column("unit_name", "单位", lambda p: p["unit_name"] or "", 110, small=True),
)
# fmt: on


class _List(Card):
    """A card with a short list in it."""

    def __init__(self, name: str, columns: tuple[Column, ...]) -> None:
        super().__init__(name, " ", pad=12, gap=4)
        self.table = LineView(name, row=ROW, least=110)
        self.model = PlainTable(columns, self)
        self.table.show_model(self.model)
        self.nothing = label("", "quiet", wrap=True)
        self.add(self.table, self.nothing)
        self.body.addStretch(1)

    def show_lines(self, lines: list[object], said: str, nothing: str) -> None:
        """Show other lines; `said` beside the title, `nothing` where there are none."""
        self.model.show(lines)
        self.quiet.setText(said)
        self.nothing.setText(nothing)
        self.nothing.setVisible(not lines)
        self.table.setVisible(bool(lines))
        many = min(max(len(lines), LEAST), MOST)
        self.table.setFixedHeight(theme.px(ROW) * (many + 1) + theme.px(4))
        self.table.fit()


class Looking(QWidget):
    """What one campaign shows, and what can be done with it."""

    begun = Signal(str, str)  # "village", "source" or ""; what is inspected
    opened = Signal(str)  # id of a problem

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.record: Record = {}

    def build(self) -> Iterator[None]:
        """Its cards, one after the other."""
        self.title, self.state = Elided("", "h2"), State()
        self.facts, self.text = label("", "quiet", wrap=True), label("", wrap=True)
        self.begin = button("开始检查", "primary", tip="按这次排查的检查表开始一次检查")
        self.zero = button(words.SAID["zero"], tip="查过，没有发现问题")
        self.problem = button("登记留下的问题", "primary")
        self.edit = button("修改")
        self.void = button("作废…", "quiet")
        self.top = Card(gap=6)
        head = row(self.state, self.title, gap=10)
        head.setStretch(1, 1)
        self.top.add(head, self.facts, self.text, row(self.begin, self.problem, self.zero, self.edit, self.void, None))
        yield
        self.units = _List("各单位", UNITS) if self._session.is_county else None
        yield
        self.left = _List("还没有查到的", LEFT)
        self.problems = _List("登记的问题", PROBLEMS)
        yield
        self._pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._pair.setSpacing(theme.px(12))
        right = QVBoxLayout()
        right.setSpacing(theme.px(12))
        own = QVBoxLayout()
        if self.units is not None:
            own.addWidget(self.units)
            right.addWidget(self.left)
        else:  # it is alone
            own.addWidget(self.left)
        right.addWidget(self.problems)
        own.addStretch(1)
        right.addStretch(1)
        self._pair.addLayout(own, 1)
        self._pair.addLayout(right, 1)
        scroller = Scroller(margins=(24, 12, 24, 12))
        scroller.body.addWidget(self.top)
        scroller.body.addLayout(self._pair)
        scroller.body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroller)
        self.setFocusProxy(self.begin)
        self.begin.clicked.connect(self._begin)
        self.left.table.opened.connect(self._begin_at)
        self.problems.table.opened.connect(self._open)

    def show_record(self, record: Record) -> None:
        """Show another campaign, or the same as it is now."""
        self.record = record
        one, today = line(record), self._session.today
        is_visit = one.kind == "visit"
        self.title.say(one.title)
        self.state.say(words.CAMPAIGN_STATE[one.state], TONE[one.state])
        days = [saying.on_day(day, today) for day in record["round"].values() if day]
        once = "这一轮 " if one.repeat else ""
        parts = (
            kind(one), begun(one), record["visitor"] or "", f"{once}{' 至 '.join(days)}" if days else "",
            f"检查表：{'、'.join(words.THEME[name] for name in record['themes'])}" if record["themes"] else "",
            f"参加：{record['people']}" if record["people"] else "",
            f"去查的人：{'、'.join(record['looked_by'])}" if record["looked_by"] else "",
            "" if is_visit else f"检查 {one.inspections} 次，查出 {one.findings} 项",
        )  # fmt: skip
        self.facts.setText(saying.SPACE.join(part for part in parts if part))
        self.text.setText(record["text"] or "")
        self.text.setVisible(bool(record["text"]))
        own = record["created_by"] == self._session.here.unit or self._session.is_county
        self.begin.setVisible(not is_visit)
        self.zero.setVisible(not is_visit and not self._session.is_county)
        self.problem.setVisible(is_visit)
        self.setFocusProxy(self.problem if is_visit else self.begin)
        self.edit.setVisible(own)
        self.void.setVisible(own)
        self._show_lists(record, one.silent)

    def _show_lists(self, record: Record, silent: int) -> None:
        units = sorted(record["units"], key=lambda unit: list(words.SAID)[::-1].index(unit["state"]))
        if self.units is not None:
            self.units.show_lines(units, f"{silent} 个没有报" if silent else "都报了", "这次排查没有写参加单位。")
        names = {unit["unit"]: unit["name"] for unit in record["units"]}
        missing = left(record, names)
        nothing = (
            "范围里的都查到了。"
            if record["villages"] or record["sources"]
            else "没有写要查哪些村、哪些污染源，查哪里都算。"
        )
        said = f"{len(missing)} 处，按 Enter 开始检查" if missing else ""
        self.left.show_lines(list(missing), said, nothing)
        many = len(record["problems"])
        self.problems.show_lines(list(record["problems"]), f"{many} 个" if many else "", "还没有登记问题。")
        self.left.setVisible(record["kind"] != "visit")

    @Slot()
    def _begin(self) -> None:
        at = self.left.model.line(self.left.table.currentIndex().row())
        self._begin_here(at)

    @Slot(int)
    def _begin_at(self, at: int) -> None:
        self._begin_here(self.left.model.line(at))

    def _begin_here(self, at: object) -> None:
        if isinstance(at, Left):
            self.begun.emit(at.field, at.value)
        else:
            self.begun.emit("", "")

    @Slot(int)
    def _open(self, at: int) -> None:
        one = self.problems.model.line(at)
        if one is not None:
            self.opened.emit(one["id"])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        way = QBoxLayout.Direction
        self._pair.setDirection(way.TopToBottom if self.width() < theme.px(NARROW) else way.LeftToRight)
