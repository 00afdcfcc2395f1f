"""建议发的 (the county's): problems whose red or orange light lasts; those that are ticked become drafts at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from gui import theme
from gui.tables.columns import TICK, Column
from gui.tables.sorting import Sorting
from gui.tables.ticking import TickTable
from gui.tables.view import LineView
from gui.widgets.buttons import button
from gui.widgets.empty import Empty
from gui.widgets.frames import Foot, column
from gui.widgets.labels import label
from models.domain import words
from models.services.views.notices import Proposal

TONE = {"supervision": "red", "reminder": "yellow"}
# fmt: off
COLUMNS = (
    TICK,
    Column("kind", "建议发", lambda p: words.NOTICE_KIND[p.kind], 92, "state", tone=lambda p: TONE[p.kind],
           sort="kind"),
    Column("title", "问题", lambda p: p.title, tip=lambda p: f"{p.number}\n{p.title}", sort="title"),
    Column("unit_name", "单位", lambda p: p.unit_name, 110, sort="unit_name"),
    Column("light", "灯", lambda p: p.light, 46, "light", tip=lambda p: p.light_why, sort="light"),
    Column("light_why", "亮灯原因", lambda p: p.light_why, 200, tip=lambda p: p.light_why, sort="light_why"),
    Column("why", "为什么建议", lambda p: p.why, 236, small=True, tip=lambda p: p.why, sort="why"),
)
# fmt: on


class Proposing(QWidget):
    """Nothing is written before the button that says how many."""

    drafted = Signal(object)  # values of notices, one mapping a kind
    opened = Signal(str)  # id of a problem

    def __init__(self) -> None:
        super().__init__()
        self._proposals: Sequence[Proposal] = ()
        self.table = LineView("建议发的通知单", edge=24, least=160)
        self._model = TickTable(COLUMNS, self)
        self._model.serve(self.table)
        self._sorting = Sorting(self.table)
        self.empty = Empty(
            "done", "没有该发的", "连续几个月末都是红灯或橙灯、逾期太久、发了提示单仍没有改的问题，会排到这里。"
        )
        self.middle = QStackedWidget()
        self.middle.addWidget(self.table)
        self.middle.addWidget(self.empty)
        self.all = button("全选", "quiet")
        self.none = button("全不选", "quiet", tip="去掉所有的勾")
        self.do = button("", "primary")
        self.said = label("", "quiet")
        self.said.setToolTip("什么时候建议，由“词典与规则”里的“通知单建议规则”定")
        self.foot = Foot(self.said, None, self.all, self.none, self.do)
        layout = column(self.middle, self.foot, gap=0)
        layout.setContentsMargins(0, theme.px(8), 0, 0)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.table)
        self._model.changed.connect(self._say)
        self.table.opened.connect(self._open)
        self.all.clicked.connect(self._model.tick_all)
        self.none.clicked.connect(self._model.untick)
        self.do.clicked.connect(self._draft)
        self._say()

    def show_proposals(self, proposals: Sequence[Proposal]) -> None:
        """Show what the lights propose now; ticks of those that still stand there stay."""
        self._proposals = proposals
        self._model.ticked &= {one.id for one in proposals}
        self.middle.setCurrentWidget(self.table if proposals else self.empty)
        self.foot.setVisible(bool(proposals))
        self._sorting.show(proposals)
        self._say()

    @Slot()
    def _say(self) -> None:
        count = len({(one.kind, one.unit) for one in self._chosen})
        self.said.setText(f"已选 {len(self._chosen)} 个问题" if count else "先勾选要发的问题，再起草")
        self.do.setText(f"起草 {count} 份通知单" if count else "起草通知单")
        self.do.setEnabled(bool(count))
        self.none.setEnabled(bool(count))

    @property
    def _chosen(self) -> list[Proposal]:
        return [one for one in self._proposals if one.id in self._model.ticked]

    @Slot(int)
    def _open(self, at: int) -> None:
        one = self._model.line(at)
        if one is not None:
            self.opened.emit(one.problem)

    @Slot()
    def _draft(self) -> None:
        chosen = self._chosen
        made = [drafted(kind, some) for kind in words.NOTICE_KIND if (some := [p for p in chosen if p.kind == kind])]
        self._model.untick()
        self.drafted.emit(made)


def drafted(kind: str, proposals: Sequence[Proposal]) -> dict[str, str]:
    """One draft for all proposals of a kind: when it is issued, each unit gets its own, with its own problems."""
    units = dict.fromkeys(one.unit for one in proposals)
    return {"kind": kind, "township": "；".join(units), "problems": "；".join(one.problem for one in proposals)}
