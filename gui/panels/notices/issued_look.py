"""How a notice will look when it is issued: one paper for each unit that gets one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from gui import theme
from gui.widgets.choice import Choice
from gui.widgets.frames import column, row
from gui.widgets.labels import label
from gui.widgets.paper_view import PaperView
from models.domain.paper import Paper


class IssuedLook(QWidget):
    """One paper, and whose it is; nothing can be changed here."""

    def __init__(self) -> None:
        super().__init__()
        self.papers: Sequence[Paper] = ()
        self.one_of = Choice()
        self.one_of.setAccessibleName("看哪个单位的")
        self.one_of.setFixedWidth(theme.px(240))
        self.how_many = label("", "bold")
        self.paper = PaperView("通知单发出的样子")
        layout = column(row(self.how_many, self.one_of, None), self.paper, gap=8)
        layout.setContentsMargins(theme.px(24), theme.px(12), theme.px(24), theme.px(12))
        self.setLayout(layout)
        self.one_of.activated.connect(self._show)

    def show_papers(self, papers: Sequence[Paper], names: Sequence[str]) -> None:
        """Show the first of these; `names`: the unit of each."""
        self.papers = papers
        self.how_many.setText(f"一共 {len(papers)} 份" if len(papers) > 1 else "发出去是这样")
        self.one_of.clear()
        for name in names:
            self.one_of.addItem(name)
        self.one_of.setVisible(len(papers) > 1)
        self._show(0)

    @Slot(int)
    def _show(self, at: int) -> None:
        self.paper.show_paper(self.papers[at])
