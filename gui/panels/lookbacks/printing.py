"""登记表: the forms of a whole plan in one go, for whoever sets out with paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from gui.widgets.buttons import button
from models.services.views.lookbacks import LookbackLine

EVERY = "所有安排"


class Asked(NamedTuple):
    """Which forms are wanted."""

    plan: str  # "": of every plan
    waiting: bool  # only of those that nobody has made


class Printing(QObject):
    """A button with a menu: of each plan the forms that wait, and all of them."""

    wanted = Signal(object)  # Asked

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lines: Sequence[LookbackLine] = ()
        self.button = button(
            "打印登记表…", "quiet", icon="file", size="slim", tip="一次打印整个安排的回头看登记表，一个问题一页"
        )
        self.button.clicked.connect(self._open)

    def show_lines(self, lines: Sequence[LookbackLine]) -> None:
        """What there is to print."""
        self._lines = lines
        self.button.setEnabled(bool(lines))

    def menu(self) -> QMenu:
        """Every plan with its forms; all plans at the top, where there are several."""
        made = QMenu(self.button)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        plans = tuple(dict.fromkeys(one.plan for one in self._lines if one.plan))
        for plan in plans if len(plans) == 1 else ("", *plans):
            some = [one for one in self._lines if plan in ("", one.plan)]
            waiting = sum(not one.looked_on for one in some)
            if waiting:
                made.addAction(f"{plan or EVERY}：还没有看的 {waiting} 张").setData(Asked(plan, waiting=True))
            if waiting < len(some):
                made.addAction(f"{plan or EVERY}：全部 {len(some)} 张，看过的已填好").setData(
                    Asked(plan, waiting=False)
                )
            made.addSeparator()
        made.triggered.connect(self._chosen)
        return made

    @Slot()
    def _open(self) -> None:
        self.menu().popup(self.button.mapToGlobal(QPoint(0, self.button.height())))

    @Slot(QAction)
    def _chosen(self, action: QAction) -> None:
        self.wanted.emit(action.data())
