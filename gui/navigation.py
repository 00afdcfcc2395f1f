"""The navigation at the left: the unit, the pages that work, their counts."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QVBoxLayout

from gui import icons, theme
from gui.widgets.buttons import GAP
from gui.widgets.frames import rule
from gui.widgets.labels import Elided, label
from models.domain import words
from models.services.views.home import Here

WIDE, NARROW = 184, 168
ROOM = 1050  # a page that has less is drawn closer


@dataclass(frozen=True)
class Entry:
    """One entry: the page it opens."""

    key: str
    words: str
    icon: str
    group: int  # a line stands between groups; group 9 stands below


# fmt: off
ENTRIES = (
    Entry("overview", "总览", "gauge", 1),
    Entry("problem", "督察整改", "clipboard", 1),
    Entry("petition", "信访件", "mail", 1),
    Entry("inspection", "自查自纠", "checks", 1),
    Entry("source", "污染源", "shield", 1),
    Entry("month", "月调度", "calendar", 1),
    Entry("lookback", "回头看", "refresh", 1),
    Entry("notice", "通知单", "inbox", 1),
    Entry("figures", "统计", "chart", 1),
    Entry("exchange", "数据交换", "exchange", 2),
    Entry("settings", "设置", "settings", 9),
    Entry("help", "帮助（F1）", "help", 9),
)
# fmt: on
NUMBERED = tuple(entry for entry in ENTRIES if entry.group != 9)[:10]  # by Ctrl+1 … Ctrl+9, the tenth by Ctrl+0


class NavButton(QPushButton):
    """An entry; its count stands at the right."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(icons.icon(entry.icon, "text2", 18, chosen="accent"), f"{GAP}{entry.words}")
        self.setIconSize(QSize(theme.px(18), theme.px(18)))
        self.setCheckable(True)
        self.setObjectName(entry.key)
        self.setAccessibleName(entry.words)
        if entry in NUMBERED:
            self.setToolTip(f"Ctrl+{(NUMBERED.index(entry) + 1) % 10}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._count = ""

    def count(self, number: int | None) -> None:
        """Show a count; none for 0."""
        self._count = str(number) if number else ""
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._count:
            painter = QPainter(self)
            painter.setFont(theme.font("small"))
            painter.setPen(theme.colour("accent" if self.isChecked() else "text2"))
            box = self.rect().adjusted(0, 0, -theme.px(16), 0)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._count)


class Navigation(QFrame):
    """The column at the left."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("nav")
        self.fit(0)
        self.unit = Elided("", "h2")
        self.kind = label("", "small")
        self.buttons: dict[str, NavButton] = {}
        self._group = QButtonGroup(self)
        top = QVBoxLayout()
        top.setContentsMargins(theme.px(16), theme.px(14), theme.px(12), theme.px(10))
        top.setSpacing(theme.px(2))
        top.addWidget(self.unit)
        top.addWidget(self.kind)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, theme.px(8))
        layout.setSpacing(1)
        layout.addLayout(top)
        before = 1
        for entry in ENTRIES:
            if entry.group == 9 and before != 9:
                layout.addStretch(1)
            elif entry.group != before:
                line = QVBoxLayout()
                line.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(8))
                line.addWidget(rule())
                layout.addLayout(line)
            before = entry.group
            one = NavButton(entry)
            one.clicked.connect(self._press)
            self._group.addButton(one)
            layout.addWidget(one)
            self.buttons[entry.key] = one

    def fit(self, window: int) -> None:
        """Take less where the page needs the room: a small window, or large letters on a usual screen."""
        narrow = window - theme.px(WIDE) < theme.px(ROOM)
        self.setFixedWidth(theme.px(NARROW if narrow else WIDE))

    def show_here(self, here: Here) -> None:
        """Show whose ledger this is."""
        self.unit.say(here.name)
        kind = words.UNIT_KIND.get(here.kind, here.kind)
        if here.kind == "county":
            self.kind.setText(f"{kind}级")
        else:
            self.kind.setText(f"{here.county}\u2003{kind}" if here.county else f"{kind}\u2003还没有与县里联系")

    def choose(self, key: str) -> None:
        """Mark an entry; none where the page is not among them."""
        if key in self.buttons:
            self.buttons[key].setChecked(True)
        elif (now := self._group.checkedButton()) is not None:
            self._group.setExclusive(False)
            now.setChecked(False)
            self._group.setExclusive(True)

    @Slot()
    def _press(self) -> None:
        button = self.sender()
        if isinstance(button, NavButton):
            self.chosen.emit(button.objectName())
