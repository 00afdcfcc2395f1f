"""The records behind one number, as they stood on that day. Enter opens one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget

from gui import saying
from gui.tables.columns import Column
from gui.tables.plain import PlainTable
from gui.tables.sorting import Sorting
from gui.tables.view import LineView
from gui.widgets.empty import Empty
from models.domain import words
from models.services.views.breakdowns import FigureLine

# fmt: off
COLUMNS = (
    Column("light", "灯", lambda r: r.light, 46, "light", tip=lambda r: words.light(r.light), sort="light"),
    Column("number", "编号", lambda r: r.number, 190, small=True, tip=lambda r: r.number, sort="number", leaves=1),
    Column("title", "内容", lambda r: r.title, tip=lambda r: r.title, sort="title"),
    Column("unit_name", "乡镇", lambda r: r.unit_name, 120, sort="unit_name"),
    Column("source", "来源（批次）", lambda r: r.source, 130, small=True, tip=lambda r: r.source, sort="source",
           leaves=2),
    Column("deadline", "整改时限", lambda r: r.deadline, 108, small=True, sort="deadline", leaves=3),
    Column("pace", "序时进度", lambda r: words.say("pace", r.pace) or saying.MISSING, 124, sort="pace", leaves=4),
    Column("stage", "阶段", lambda r: words.STAGE[r.table][r.stage], 104, sort="stage"),
)
# fmt: on


class Lines(QStackedWidget):
    """The list, or that there is none."""

    opened = Signal(str, str)  # table, id

    def __init__(self) -> None:
        super().__init__()
        self.table = LineView("名单", edge=24, least=160)
        self._model = PlainTable(COLUMNS, self)
        self.table.show_model(self._model)
        self.empty = Empty("done", "没有这样的记录", "这个数字是 0，换一格看看。")
        self.addWidget(self.table)
        self.addWidget(self.empty)
        self.setFocusProxy(self.table)
        self.table.opened.connect(self._open)
        self._sorting = Sorting(self.table)

    @property
    def rows(self) -> list[FigureLine]:
        """The lines in the order in which they are seen."""
        return self._model.lines

    def show_lines(self, lines: Sequence[FigureLine]) -> None:
        """Show other records."""
        self._sorting.show(lines)
        self.setCurrentWidget(self.table if lines else self.empty)

    @Slot(int)
    def _open(self, at: int) -> None:
        line = self._model.line(at)
        if line is not None:
            self.opened.emit(line.table, line.id)
