"""How far an inspection is: its groups of questions at the left, with what is answered and found, and its marks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot

from gui import saying, theme
from gui.panels.inspections.answers import Group
from gui.tables.columns import CENTER, Column
from gui.tables.plain import PlainTable
from gui.tables.view import LineView
from gui.widgets.frames import Card
from gui.widgets.labels import Elided, label
from models.services.views.lists import Record

WIDE = 236
ROW = 40
COLUMNS = (
    Column("name", "分组", lambda g: g.name, tip=lambda g: g.name, bold=lambda g: g.answered < g.size),
    Column("done", "已答", lambda g: f"{g.answered} / {g.size}", 64, small=True, align=CENTER,
           tone=lambda g: "red" if g.found else "green" if g.answered == g.size else ""),
)  # fmt: skip


class Themes(Card):
    """Pressing a group leads to its first question."""

    wanted = Signal(int)  # row

    def __init__(self) -> None:
        super().__init__(pad=12, gap=6)
        self.setFixedWidth(theme.px(WIDE))
        self.title, self.version = Elided("", "bold"), label("", "small", wrap=True)
        self.table = LineView("分组", row=ROW, least=100)
        self.table.horizontalHeader().hide()
        self._model = PlainTable(COLUMNS, self)
        self.table.show_model(self._model)
        self.count, self.marks = label("", "bold"), label("", "small", wrap=True)
        self.add(self.title, self.version)
        self.body.addWidget(self.table, 1)
        self.add(self.count, self.marks)
        self.table.clicked.connect(self._go)
        self.table.opened.connect(self._want)
        self._at = -1

    def show_groups(self, groups: Sequence[Group], row: int) -> None:
        """Show how far each group is, and in which one a row stands."""
        same = [one.name for one in self._model.lines] == [one.name for one in groups]
        if list(groups) != self._model.lines:
            self._model.show(groups)
            self.table.fit()
        at = next((n for n, one in enumerate(groups) if one.first <= row < one.first + one.size), -1)
        if at >= 0 and (at != self._at or not same or self.table.currentIndex().row() != at):
            self.table.selectRow(at)
        self._at = at

    def say_counts(self, answered: int, all_: int, found: int) -> None:
        """Show how much is answered."""
        self.count.setText(f"已答 {answered} / {all_}{saying.SPACE}否 {found}")

    def say_marks(self, marks: Sequence[Record]) -> None:
        """Show the points of those checklists that give any."""
        said = [f"得分 {one['got']} / {one['full']}，折合 {one['percent']} 分" for one in marks if one["full"]]
        self.marks.setText("\n".join(said))
        self.marks.setVisible(bool(said))

    @Slot()
    def _go(self) -> None:
        self._want(self.table.currentIndex().row())

    @Slot(int)
    def _want(self, at: int) -> None:
        group = self._model.line(at)
        if group is not None:
            self.wanted.emit(group.first)
