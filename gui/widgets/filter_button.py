"""A filter of a list: a button that says its value, and a popup with the values and their counts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gui import icons, theme
from gui.widgets.buttons import button
from gui.widgets.frames import row
from gui.widgets.labels import label, retone
from models.services.views.lists import Facet

MANY = 12  # values above which the popup has a box to find one
NOTHING = "（未填）"


class FilterButton(QPushButton):
    """Shows what it filters and by which values; asks for the values only when it is opened."""

    opened = Signal(str)  # field: whoever owns the button answers with `offer`
    changed = Signal(str, object)  # field, the chosen values as a tuple

    def __init__(self, field: str, words: str) -> None:
        super().__init__(f"{words} ")
        self.field, self.words = field, words
        self.values: tuple[str, ...] = ()
        self._labels: dict[str, str] = {}
        self.setProperty("kind", "filter")
        self.setIcon(icons.icon("down", "text2", 12))
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.setAccessibleName(f"筛选 {words}")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.popup: FilterPopup | None = None
        self.clicked.connect(self._open)

    def put(self, values: Sequence[str]) -> None:
        """Show chosen values without telling anybody."""
        self.values = tuple(values)
        said = "、".join(self._labels.get(one, one) or NOTHING for one in self.values[:2])
        more = f"等 {len(self.values)} 项" if len(self.values) > 2 else ""
        self.setText(f"{self.words}：{said}{more} " if self.values else f"{self.words} ")
        retone(self, on="1" if self.values else "0")

    def name(self, labels: dict[str, str]) -> None:
        """Learn how values are said."""
        self._labels |= labels
        self.put(self.values)

    def offer(self, facets: Sequence[Facet]) -> None:
        """Show the values in the popup that is open."""
        self.name({one.value: one.label for one in facets})
        if self.popup is not None:
            self.popup.fill(facets, self.values)

    @Slot()
    def _open(self) -> None:
        self.popup = FilterPopup(self)
        self.popup.chosen.connect(self._take)
        self.popup.closed.connect(self._forget)
        self.popup.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        self.popup.show()
        self.opened.emit(self.field)

    @Slot(object)
    def _take(self, values: tuple[str, ...]) -> None:
        self.put(values)
        self.changed.emit(self.field, self.values)

    @Slot()
    def _forget(self) -> None:
        if self.popup is not None:
            self.popup.deleteLater()
        self.popup = None


class FilterPopup(QFrame):
    """Values with tick boxes and counts; each tick takes effect at once."""

    chosen = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popup")
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setMinimumWidth(theme.px(240))
        self.search = QLineEdit()
        self.search.setPlaceholderText("输入几个字查找")
        self.search.hide()
        self.list = QListWidget()
        self.list.setAccessibleName("可选的值")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.note = label("正在读取…", "small")
        self.all = button("不筛选", "quiet", size="slim")
        self.search.textChanged.connect(self._narrow)
        self.list.itemChanged.connect(self._tell)
        self.all.clicked.connect(self._drop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(theme.px(8),) * 4)
        layout.setSpacing(theme.px(6))
        layout.addWidget(self.search)
        layout.addWidget(self.list)
        layout.addLayout(row(self.note, None, self.all))

    def fill(self, facets: Sequence[Facet], values: Sequence[str]) -> None:
        """Show the values and tick those in force."""
        self.list.itemChanged.disconnect(self._tell)
        self.list.clear()
        for one in facets:
            item = QListWidgetItem(f"{one.label or NOTHING}\u2003{one.count}")
            item.setData(Qt.ItemDataRole.UserRole, one.value)
            item.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(Qt.CheckState.Checked if one.value in values else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.itemChanged.connect(self._tell)
        self.search.setVisible(len(facets) > MANY)
        self.note.setText(f"{len(facets)} 个值，空格打钩" if facets else "还没有可选的值")
        height = sum(self.list.sizeHintForRow(at) for at in range(min(len(facets), 10))) + theme.px(8)
        self.list.setFixedHeight(max(height, theme.px(40)))
        self.adjustSize()
        (self.search if len(facets) > MANY else self.list).setFocus()
        if facets:
            self.list.setCurrentRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}:
            self.close()
            return
        super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.closed.emit()

    @Slot()
    def _tell(self) -> None:
        items = [self.list.item(at) for at in range(self.list.count())]
        ticked = (one for one in items if one.checkState() == Qt.CheckState.Checked)
        self.chosen.emit(tuple(str(one.data(Qt.ItemDataRole.UserRole)) for one in ticked))

    @Slot()
    def _drop(self) -> None:
        self.chosen.emit(())
        self.close()

    @Slot(str)
    def _narrow(self, text: str) -> None:
        for at in range(self.list.count()):
            item = self.list.item(at)
            item.setHidden(text.strip() not in item.text())
