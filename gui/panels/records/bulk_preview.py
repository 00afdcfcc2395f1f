"""What becomes of each of several records that are changed at once: a sentence, and a line for each of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from gui import saying, theme
from gui.tables.columns import Column, short_number
from gui.tables.plain import PlainTable
from gui.tables.view import LineView
from gui.widgets.empty import Empty
from gui.widgets.labels import Elided
from models.domain.fields import label as label_of
from models.services.views.lists import BulkLine, BulkPlan

STATES = {"change": ("将修改", "accent"), "same": ("无变化", "grey"), "refused": ("不能改", "yellow")}
TONE = {"change": "green", "same": "", "refused": "yellow"}
ORDER = ("refused", "change", "same")  # what needs a look comes first


def _value(field: str, stored: Any) -> str:
    return saying.value(field, stored) or "（空）"


def _now(line: BulkLine) -> str:
    return _value(line.changes[0][0], line.changes[0][1]) if line.changes else ""


def _then(line: BulkLine) -> str:
    if line.state != "change":
        return ""
    first, *more = ((name, then) for name, now, then in line.changes if then != now)
    also = "".join(f"{saying.SPACE}{label_of('problem', name)}：{_value(name, then)}" for name, then in more)
    return f"{_value(*first)}{also}"


def _what(line: BulkLine) -> str:
    return line.why if line.state == "refused" else _then(line)


# fmt: off
COLUMNS = (
    Column("number", "编号", short_number, 132, small=True, tip=lambda p: p.number),
    Column("title", "内容", lambda p: p.title, tip=lambda p: p.title),
    Column("now", "现在", _now, 150, tip=_now),
    Column("then", "改成 / 不能改的原因", _what, 300, tone=lambda p: TONE[p.state], bold=lambda p: p.state == "change",
           tip=_what),
    Column("state", "结果", lambda p: STATES[p.state][0], 96, "state", tone=lambda p: STATES[p.state][1]),
)
# fmt: on


class LinesPreview(QWidget):
    """Shows a plan line by line; without one it says what is waited for."""

    def __init__(self, columns: Sequence[Column], order: Sequence[str], waiting: Empty) -> None:
        """`order`: the states of lines, what needs a look first."""
        super().__init__()
        self._order = order
        self.summary = Elided("", "bold")
        self.model = PlainTable(columns, self)
        self.table = LineView("每一条会怎样", edge=24, least=120)
        self.table.show_model(self.model)
        self.waiting = waiting
        self.lines = QStackedWidget()
        self.lines.addWidget(self.waiting)
        self.lines.addWidget(self.table)
        above = QVBoxLayout()
        above.setContentsMargins(theme.px(24), 0, theme.px(24), theme.px(6))
        above.addWidget(self.summary)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(above)
        layout.addWidget(self.lines, 1)

    def show_plan(self, plan: Any) -> None:
        """Show another plan, or none."""
        self.lines.setCurrentWidget(self.waiting if plan is None else self.table)
        self.model.show(sorted(plan.lines, key=lambda one: self._order.index(one.state)) if plan else ())
        counts = self.counts(plan) if plan else ()
        self.summary.say(saying.SPACE.join(f"{words} {count} 条" for words, count in counts if count))

    def counts(self, plan: Any) -> Sequence[tuple[str, int]]:
        """How many lines come to what."""
        raise NotImplementedError


class BulkPreview(LinesPreview):
    """The same value for many."""

    def __init__(self) -> None:
        waiting = Empty("edit", "先选一栏，再填要改成什么", "填好以后，这里逐条列出现在的内容和改成的内容。")
        super().__init__(COLUMNS, ORDER, waiting)

    def counts(self, plan: BulkPlan) -> Sequence[tuple[str, int]]:
        return (("要改", plan.changed), ("无变化", plan.same), ("不能改", plan.refused))
