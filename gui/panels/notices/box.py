"""A list of notices beside the one that is read, as in a letter box."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from gui import saying, theme
from gui.panels.notices.letter import Letter
from gui.session import Session
from gui.tables.columns import Column
from gui.tables.plain import PlainTable
from gui.tables.view import LineView
from gui.widgets.empty import Empty
from gui.widgets.frames import row, upright
from models.domain import words
from models.services.views.lists import Record

TONE = {"open": "accent", "overdue": "red", "replied": "green", "closed": "grey", "void": "grey"}
LINE = 52


def columns(today: date, *, units: bool) -> tuple[Column, ...]:
    """What stands in the list; days are said as from today. `units`: with whose it is."""

    def below(one: Record) -> str:
        whose = one["township_name"] if units else words.NOTICE_KIND.get(one["kind"], "")
        return saying.SPACE.join(part for part in (whose, one["number"]) if part)

    def day(one: Record) -> str:
        name = {"replied": "replied_on", "closed": "ended_on"}.get(one["state"], "answer_by")
        return saying.on_day(one[name], today) if one[name] else "没有期限"

    return (
        Column("state", "办理", lambda n: words.NOTICE_STATE[n["state"]], 92, "state", tone=lambda n: TONE[n["state"]]),
        Column("title", "通知单", lambda n: n["title"], below=below, tip=lambda n: f"{n['title']}\n{below(n)}"),
        Column("day", "期限或日期", day, 104, small=True, tone=lambda n: "red" if n["state"] == "overdue" else ""),
    )


class Box(QStackedWidget):
    """The list and the letter, or why there is none. Enter goes into the letter."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.table = LineView("通知单", row=LINE, edge=24, least=150)
        self._model = PlainTable(columns(session.today, units=session.is_county), self)
        self.table.show_model(self._model)
        self.letter = Letter(session)
        self.empty = Empty("mail", "没有通知单", "县里发来的会排到这里。")
        line = row(self.table, upright(), self.letter, gap=0)
        line.setStretch(0, 9)
        line.setStretch(2, 11)
        self.both = QWidget()
        self.both.setLayout(line)
        self.table.setMinimumWidth(theme.px(360))
        self.addWidget(self.both)
        self.addWidget(self.empty)
        self.setFocusProxy(self.table)
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.table.opened.connect(self._enter)

    @property
    def lines(self) -> list[Record]:
        """The notices in the list."""
        return self._model.lines

    def show_lines(self, lines: Sequence[Record], why_none: tuple[str, str], wanted: str = "") -> None:
        """Show other notices; whoever reads one goes on reading it. `wanted`: the id of one to go to."""
        keep = wanted or self.letter.id
        self._model.show(lines)
        self.table.fit()
        self.empty.say(*why_none)
        self.setCurrentWidget(self.both if lines else self.empty)
        at = next((at for at, one in enumerate(lines) if one["id"] == keep), 0)
        if lines:
            self.table.selectRow(at)
        self._choose()

    @Slot()
    def _choose(self) -> None:
        self.letter.stand(self._model.line(self.table.currentIndex().row()))

    @Slot(int)
    def _enter(self, _: int) -> None:
        self.letter.setFocus()
