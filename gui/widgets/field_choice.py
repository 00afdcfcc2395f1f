"""What a column becomes: a choice that opens a list with a box to find in; one list serves all columns."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from gui import sounds, theme
from gui.widgets.choice import Choice
from gui.widgets.labels import label

ASK = "\0ask"  # nobody has said yet what the column is
NOT_TAKEN = ""
Field = Qt.ItemDataRole.UserRole


class Fields(QStandardItemModel):
    """What columns may become: shared by the choices of a sheet, so that a wide sheet costs little."""

    def show_fields(self, fields: Sequence[tuple[str, str]]) -> None:
        """Offer other fields, as (name, label)."""
        self.clear()
        for name, words in ((ASK, "请选一个"), (NOT_TAKEN, "不要"), *fields):
            item = QStandardItem(words)
            item.setData(name, Field)
            self.appendRow(item)

    def row_of(self, name: str) -> int:
        """The row of a field; that of 不要 where it is none."""
        found = self.match(self.index(0, 0), Field, name, 1, Qt.MatchFlag.MatchExactly)
        return found[0].row() if found else 1


class FieldChoice(Choice):
    """The choice above one column."""

    chosen = Signal(str, str)  # what the column is called, the field

    def __init__(self, fields: Fields, column: str, parent: QWidget) -> None:
        super().__init__()
        self.setParent(parent)
        self.setProperty("sz", "slim")
        self.setModel(fields)
        self.column = column
        self._popup: FieldList | None = None

    @property
    def field(self) -> str:
        """What is chosen."""
        return str(self.currentData(Field) or "")

    def put(self, name: str) -> None:
        """Show a field as the chosen one."""
        model = self.model()
        self.setCurrentIndex(model.row_of(name) if isinstance(model, Fields) else -1)

    def showPopup(self) -> None:
        model = self.model()
        if not isinstance(model, Fields):
            return
        self._popup = FieldList(self, model, self.field)
        self._popup.taken.connect(self._take)
        self._popup.closed.connect(self._forget)
        self._popup.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        self._popup.show()

    def hidePopup(self) -> None:
        if self._popup is not None:
            self._popup.close()

    @Slot(str)
    def _take(self, name: str) -> None:
        self.put(name)
        self.chosen.emit(self.column, name)

    @Slot()
    def _forget(self) -> None:
        if self._popup is not None:
            self._popup.deleteLater()
        self._popup = None


class FieldList(QFrame):
    """The fields below the box in which one types a few letters or their pinyin initials; Enter takes the first."""

    taken = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget, fields: Fields, now: str) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popup")
        self.search = QLineEdit()
        self.search.setPlaceholderText("输入几个字或拼音首字母")
        self.search.setAccessibleName("查找栏目")
        self.list = QListWidget()
        self.list.setAccessibleName("可以选的栏目")
        self.list.setFixedSize(theme.px(220), theme.px(280))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for row in range(1, fields.rowCount()):
            item = QListWidgetItem(fields.item(row).text())
            item.setData(Field, fields.item(row).data(Field))
            self.list.addItem(item)
            if fields.item(row).data(Field) == now:
                self.list.setCurrentItem(item)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(theme.px(8),) * 4)
        layout.setSpacing(theme.px(6))
        layout.addWidget(self.search)
        layout.addWidget(self.list)
        layout.addWidget(label("回车选定，Esc 不改", "small"))
        self.search.textChanged.connect(self._narrow)
        self.list.itemClicked.connect(self._take)
        self.search.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if (item := self.list.currentItem()) is not None and not item.isHidden():
                self._take(item)
        elif step:
            self._step(step)
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.closed.emit()

    def _step(self, step: int) -> None:
        rows = [at for at in range(self.list.count()) if not self.list.item(at).isHidden()]
        now = self.list.currentRow()
        at = rows.index(now) + step if now in rows else 0
        if 0 <= at < len(rows):
            self.list.setCurrentRow(rows[at])

    @Slot(object)
    def _take(self, item: QListWidgetItem) -> None:
        name = str(item.data(Field) or "")
        self.close()
        self.taken.emit(name)

    @Slot(str)
    def _narrow(self, text: str) -> None:
        wanted = text.strip().lower()
        first = -1
        for at in range(self.list.count()):
            item = self.list.item(at)
            item.setHidden(wanted not in sounds.key(item.text()))
            first = at if first < 0 and not item.isHidden() else first
        self.list.setCurrentRow(first)
