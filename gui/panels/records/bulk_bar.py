"""The bar below a list while rows are ticked: how many, and what can be done with them together."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout

from gui import theme
from gui.widgets.buttons import button
from gui.widgets.frames import upright
from gui.widgets.labels import label

KEYS = "空格 选中\u2003Enter 打开\u2003Ctrl+A 全选\u2003Esc 取消"


class BulkBar(QFrame):
    """Seen only while something is ticked; it stands below the table and does not move its top."""

    dropped = Signal()  # take all ticks away
    edited = Signal(str)  # change this field in all of them; "" to be chosen
    handled = Signal()  # take a step of all of them
    exported = Signal()

    def __init__(self, one: str, quick: str, quick_words: str, *, steps: bool) -> None:
        """`one`: what a record is called; `quick`: the field that is changed most often; `steps`: it has a way."""
        super().__init__()
        self.setObjectName("bulk")
        self.setFixedHeight(theme.px(48))
        self.setMinimumWidth(theme.px(400))
        self._one, self._quick = one, quick
        self.count = label("", "bold")
        self.outside = label("", "quiet")
        self.drop = button("取消选择", "quiet", size="slim", tip="取消选择（Esc）")
        self.handle = button(
            "办理", icon="clipboard", size="slim", tip="选一步，一次办好选中的每一条：交办、验收、退回……"
        )
        self.change = button(f"改{quick_words}", icon="person", size="slim")
        self.other = button("改其他栏目", icon="edit", size="slim", tip="选一栏，一次改好选中的每一条")
        self.write_out = button("导出 Excel", icon="write", size="slim", tip="只导出选中的这些")
        self.keys = label(KEYS, "small")
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(24), 0, theme.px(24), 0)
        line.setSpacing(theme.px(8))
        line.addWidget(self.count)
        line.addWidget(self.outside)
        line.addWidget(self.drop)
        line.addSpacing(theme.px(8))
        mark = upright()
        mark.setFixedHeight(theme.px(20))
        line.addWidget(mark)
        line.addSpacing(theme.px(8))
        for tool in (self.handle, self.change, self.other, self.write_out):
            line.addWidget(tool)
        self.handle.setVisible(steps)
        line.addStretch(1)
        line.addWidget(self.keys)
        self._line = line
        self.drop.clicked.connect(self.dropped)
        self.handle.clicked.connect(self.handled)
        self.change.clicked.connect(self._change)
        self.other.clicked.connect(self._other)
        self.write_out.clicked.connect(self.exported)
        self.hide()

    def say(self, ticked: int, seen: int) -> None:
        """Say how many are ticked, and how many of them the present list shows."""
        self.count.setText(f"已选 {ticked} 个{self._one}")
        self.outside.setText(f"其中 {ticked - seen} 个不在现在的列表里")
        self.outside.setVisible(seen < ticked)
        self.setVisible(bool(ticked))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The hints leave where the buttons need the room."""
        self.keys.setVisible(True)
        self.keys.setVisible(self._line.minimumSize().width() <= self.width())

    @Slot()
    def _change(self) -> None:
        self.edited.emit(self._quick)

    @Slot()
    def _other(self) -> None:
        self.edited.emit("")
