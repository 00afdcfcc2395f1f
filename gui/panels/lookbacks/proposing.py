"""抽取安排 (the county's): which closed problems are to be looked at again, drawn by rule, ticked, planned at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QStackedWidget

from gui import theme, typed
from gui.jobs import Kind
from gui.panel import Panel
from gui.session import Session
from gui.tables.columns import TICK, Column
from gui.tables.sorting import Sorting
from gui.tables.ticking import TickTable
from gui.tables.view import LineView
from gui.widgets.buttons import button
from gui.widgets.choice import Choice
from gui.widgets.empty import Empty
from gui.widgets.frames import Foot, column, row
from gui.widgets.labels import label, retone
from models.domain.fields import TABLES
from models.progress import Progress
from models.services.views.lookbacks import LookbackSheet, Proposal

DUE = TABLES["lookback"]["due"]
MONTHS = (3, 6, 12, 24, 36)
SHARES, SIZES = (100, 50, 30, 20, 10), (3, 5, 10, 20)
ALL = "全部来源"

# fmt: off
COLUMNS = (
    TICK,
    Column("title", "问题", lambda c: c.title, tip=lambda c: f"{c.number}\n{c.title}", sort="title"),
    Column("unit_name", "单位", lambda c: c.unit_name, 110, sort="unit_name"),
    Column("source", "来源", lambda c: c.source, 150, small=True, tip=lambda c: c.source, sort="source"),
    Column("closed_on", "销号时间", lambda c: c.closed_on, 104, small=True, sort="closed_on"),
    Column("rank", "为什么在里面", lambda c: f"抽签第 {c.rank} 位" + ("，抽中" if c.chosen else ""), 150,
           tone=lambda c: "accent" if c.chosen else "quiet", sort="rank"),
)
# fmt: on


class Proposing(Panel):
    """The rule above, what it proposes below. Nothing is written before the button that says how many."""

    planned = Signal(object, int)  # LookbackSheet, how many were planned

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._proposal: Proposal | None = None
        self.name = QLineEdit()
        self.name.setAccessibleName("安排名称")
        self.name.setFixedWidth(theme.px(180))
        self.months, self.source, self.many = Choice(), Choice(), Choice()
        for part, said in ((self.months, "销号多久以内"), (self.source, "来源"), (self.many, "抽多少")):
            part.setAccessibleName(said)
        self.source.setFixedWidth(theme.px(190))
        for count in MONTHS:
            self.months.addItem(f"近 {count} 个月销号", count)
        self.source.addItem(ALL, "")
        for share in SHARES:
            self.many.addItem("全部" if share == 100 else f"抽 {share}%", ("share", share))
        for count in SIZES:
            self.many.addItem(f"抽 {count} 个", ("size", count))
        self.basis = label("", "quiet", wrap=True)
        self.table = LineView("要回头看的问题", edge=24, least=160)
        self._model = TickTable(COLUMNS, self)
        self._model.serve(self.table)
        self._sorting = Sorting(self.table, "rank")
        self.empty = Empty("done", "没有要安排的", "销号以后还没有看过的问题，会按规则排到这里；可以把上面的范围放宽。")
        self.middle = QStackedWidget()
        self.middle.addWidget(self.table)
        self.middle.addWidget(self.empty)
        self.due = QLineEdit()
        self.due.setAccessibleName("看完期限")
        self.due.setFixedWidth(theme.px(126))
        self.none = button("全不选", "quiet", tip="去掉所有的勾")
        self.do = button("", "primary")
        self.foot = Foot(label("看完期限"), self.due, self.none, None, self.do)
        name = label("安排名称")
        name.setBuddy(self.name)
        head = row(self.months, self.source, self.many, name, self.name, None)
        top = column(head, self.basis, gap=8)
        top.setContentsMargins(theme.px(24), theme.px(12), theme.px(24), theme.px(8))
        layout = column(self.notice, top, self.middle, self.foot, gap=0)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        for one in (self.months, self.source, self.many):
            one.activated.connect(self.refresh)
        self.name.editingFinished.connect(self._named)
        self._model.changed.connect(self._say)
        self.none.clicked.connect(self._model.untick)
        self.do.clicked.connect(self._plan)
        self.setFocusProxy(self.months)

    # ------------------------------------------------------------------------------------- asking

    def offer_sources(self, sources: Sequence[str]) -> None:
        """The sources that may be drawn from."""
        known = {self.source.itemText(at) for at in range(self.source.count())}
        for one in sources:
            if one and one not in known:
                self.source.addItem(one, one)

    @Slot()
    def refresh(self) -> None:
        self.ask(partial(self._read, self.name.text(), self._asked()), self._show)

    def _asked(self) -> Mapping[str, Any]:
        """What is chosen above; nothing of it before the county's own rule was shown."""
        if self._proposal is None:
            return {}
        kind, number = self.many.currentData()
        source = self.source.currentData()
        return {"months": self.months.currentData(), "sources": [source] if source else [], kind: number}

    def _read(self, name: str, asked: Mapping[str, Any], _: Progress) -> Proposal:
        return self.session.office.lookbacks.propose(name, asked)

    @Slot(object)
    def _show(self, proposal: Proposal) -> None:
        first, self._proposal = self._proposal is None, proposal
        rules = proposal.rules
        if first:
            _choose(self.months, rules["months"], f"近 {rules['months']} 个月销号")
            _choose(self.many, ("share", rules["share"]), f"抽 {rules['share']}%")
            if rules["sources"]:  # several, as the county laid it down
                self.offer_sources(rules["sources"])
                self.source.setCurrentIndex(self.source.findData(rules["sources"][0]))
            self.due.setText((self.session.today + timedelta(days=rules["days"])).isoformat())
        self.name.setText(proposal.name)
        self.basis.setText(
            f"{proposal.basis}。同一个名称，抽出来的总是这几个，以后可以核对。" if proposal.candidates else ""
        )
        self._model.ticked = frozenset(one.id for one in proposal.candidates if one.chosen)
        self._sorting.show(proposal.candidates)
        self._say()
        self.middle.setCurrentWidget(self.table if proposal.candidates else self.empty)
        self.foot.setVisible(bool(proposal.candidates))

    @Slot()
    def _say(self) -> None:
        count = len(self._model.ticked)
        self.do.setText(f"安排 {count} 个回头看" if count else "安排回头看")
        self.do.setEnabled(bool(count))
        self.none.setEnabled(bool(count))

    @Slot()
    def _named(self) -> None:
        if self._proposal is not None and self.name.text().strip() != self._proposal.name:
            self.refresh()

    # ------------------------------------------------------------------------------------- planning

    @Slot()
    def _plan(self) -> None:
        reading = typed.read(DUE, self.due.text(), self.session.today)
        self.due.setText(reading.text)
        retone(self.due, bad="1" if reading.wrong or not reading.text else "0")
        if reading.wrong or not reading.text:
            self.notice.say("warning", reading.wrong or "还没有写看完期限。", "改好下面的看完期限，再点一次。")
            self.due.setFocus()
            return
        self.notice.hide()
        self.do.setEnabled(False)
        ids = [one.id for one in self._model.lines if one.id in self._model.ticked]
        until, name = date.fromisoformat(reading.text), self.name.text()
        work = partial(self._write, name, until, ids, self._asked())
        self.ask(work, self._done, ended=self._say_again, kind=Kind.SAVE)

    def _write(
        self, name: str, due: date, ids: Sequence[str], asked: Mapping[str, Any], _: Progress
    ) -> tuple[LookbackSheet, int]:
        return self.session.office.lookbacks.plan(name, due, ids, asked), len(ids)

    @Slot(object)
    def _done(self, done: tuple[LookbackSheet, int]) -> None:
        self.name.clear()
        self.planned.emit(*done)

    @Slot()
    def _say_again(self) -> None:
        self._say()


def _choose(choice: Choice, data: object, text: str) -> None:
    """Stand on a choice, which is added if it is none of those."""
    at = next((n for n in range(choice.count()) if choice.itemData(n) == data), -1)
    if at < 0:
        choice.addItem(text, data)
        at = choice.count() - 1
    choice.setCurrentIndex(at)
