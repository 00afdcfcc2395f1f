"""A month as a sheet: a week a row, in each day how much falls due of what; the arrows lead from day to day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from PySide6.QtWidgets import QTableView as Table

from gui import saying, theme
from gui.tables.columns import CENTER, LEFT, RIGHT
from gui.tables.headings import Headings
from gui.tables.lettering import Lettering
from gui.tables.paged import NOWHERE, Index, Role
from models.domain import words
from models.services.views.diary import WEEK, Day, Diary

PAD, HEAD, LINE = 6, 24, 17  # pixels of a cell: space at its sides, its first line, each line below
_STEPS = {
    Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -WEEK, Qt.Key.Key_Down: WEEK,
}  # fmt: skip


def rest_said(day: Day) -> str:
    """What kind of day it is for an office, in words."""
    if day.moved:
        return "调休上班" if day.works else "放假"
    return "工作日" if day.works else "休息日"


class MonthModel(QAbstractTableModel):
    """The days of a diary; a cell says in words all that it shows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.diary: Diary | None = None

    def show(self, diary: Diary) -> None:
        """Show another month."""
        self.beginResetModel()
        self.diary = diary
        self.endResetModel()

    def day(self, index: Index) -> Day | None:
        """The day of a cell."""
        if self.diary is None or not index.isValid():
            return None
        return self.diary.days[index.row() * WEEK + index.column()]

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() or self.diary is None else len(self.diary.days) // WEEK

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else WEEK

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Role.DisplayRole and section < WEEK:
            return f"周{saying.WEEKDAYS[section]}"
        return CENTER if role == Role.TextAlignmentRole else None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        day = self.day(index)
        if day is None or self.diary is None or role not in (Role.DisplayRole, Role.ToolTipRole):
            return None
        counts = "，".join(f"{words.DIARY[kind]} {count} 件" for kind, count in day.counts.items())
        now = "今天，" if day.day == self.diary.today else ""
        return f"{now}{saying.day(day.day, self.diary.today)}，{rest_said(day)}。{counts or '没有到期的事'}"


class _Cell(QStyledItemDelegate):
    """Paints one day."""

    def __init__(self, view: MonthView) -> None:
        super().__init__(view)
        self._view = view
        self._lettering = Lettering()

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        model = self._view.sheet
        day, diary = model.day(index), model.diary
        if day is None or diary is None:
            return
        colour = self._lettering.colour
        # Qt's own names of the option are not in the stubs.
        box = QRectF(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # pyright: ignore[reportAttributeAccessIssue]
        painter.fillRect(box, colour("sel" if chosen else "surface" if day.works else "canvas"))
        painter.fillRect(QRectF(box.x(), box.bottom() - 1, box.width(), 1), colour("line"))
        painter.fillRect(QRectF(box.right() - 1, box.y(), 1, box.height()), colour("line"))
        if day.day == diary.today:
            painter.fillRect(QRectF(box.x(), box.y(), box.width() - 1, theme.px(3)), colour("accent"))
        inner = box.adjusted(theme.px(PAD), theme.px(3), -theme.px(PAD), -theme.px(3))
        self._number(painter, QRectF(inner.x(), inner.y(), inner.width(), theme.px(HEAD - 3)), day, diary)
        below = inner.adjusted(0, theme.px(HEAD - 3), 0, 0)
        self._counts(painter, below, day, late=day.day < diary.today)
        if chosen and self._view.hasFocus():
            painter.setPen(colour("accent"))
            painter.drawRect(box.adjusted(0, 0, -2, -2))
            painter.drawRect(box.adjusted(1, 1, -3, -3))

    def _number(self, painter: QPainter, box: QRectF, day: Day, diary: Diary) -> None:
        """The number of the day, today's in the accent; at the right what is otherwise than its weekday says."""
        said, draw = str(day.day.day), self._lettering.draw
        if day.day == diary.today:
            draw(painter, box, f"{said} 今天", "accent", "bold", LEFT)
        elif day.day.month == diary.month.month:
            draw(painter, box, said, "", "bold", LEFT)
        else:
            draw(painter, box, f"{day.day.month}-{said}", "quiet", "small", LEFT)
        if day.moved:
            draw(painter, box, "班" if day.works else "休", "orange" if day.works else "green", "small", RIGHT)

    def _counts(self, painter: QPainter, box: QRectF, day: Day, *, late: bool) -> None:
        """A line for each kind, as many as there is room for; the last one says how many more there are."""
        lines = [(words.DIARY[kind], count) for kind, count in day.counts.items()]
        room = max(int(box.height() // theme.px(LINE)), 1)
        if len(lines) > room:
            rest = sum(count for _, count in lines[room - 1 :])
            lines = [*lines[: room - 1], ("其他" if room > 1 else "到期", rest)]
        tone = "red" if late else ""
        for at, (said, count) in enumerate(lines):
            line = QRectF(box.x(), box.y() + at * theme.px(LINE), box.width(), theme.px(LINE))
            self._lettering.draw(painter, line, said, tone, "small", LEFT)
            self._lettering.draw(painter, line, str(count), tone, "small", RIGHT)


class MonthView(Table):
    """The sheet. Beyond its edge lies the month before or after."""

    chosen = Signal(object)  # date: another day is the current one
    opened = Signal()  # Enter: into the list of the day
    turned = Signal(object)  # date: a day that is not in this sheet is asked for
    paged = Signal(int)  # the month so many later is asked for

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("日历")
        self.sheet = MonthModel(self)
        self.setHorizontalHeader(Headings())
        self.setItemDelegate(_Cell(self))
        self.setModel(self.sheet)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setMinimumSectionSize(theme.px(HEAD + LINE))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def day(self) -> Day | None:
        """The day that one stands on."""
        return self.sheet.day(self.currentIndex())

    def show_diary(self, diary: Diary, day: date) -> None:
        """Show a month, and stand on a day of it."""
        self.sheet.show(diary)
        at = diary.at(day)
        self.setCurrentIndex(self.sheet.index(at // WEEK, at % WEEK))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if self.day is not None:
            self.chosen.emit(self.day.day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        day, diary = self.day, self.sheet.diary
        if day is None or diary is None:
            super().keyPressEvent(event)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Home:
            self.go_to(diary.today)
        elif event.key() in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            self.paged.emit(-1 if event.key() == Qt.Key.Key_PageUp else 1)
        elif (step := _STEPS.get(Qt.Key(event.key()))) is not None and not event.modifiers():
            self.go_to(day.day + timedelta(days=step))
        else:
            super().keyPressEvent(event)

    def go_to(self, day: date) -> None:
        """Stand on a day, in this sheet or in that of another month."""
        diary = self.sheet.diary
        if diary is None or not diary.days[0].day <= day <= diary.days[-1].day:
            self.turned.emit(day)
        else:
            at = diary.at(day)
            self.setCurrentIndex(self.sheet.index(at // WEEK, at % WEEK))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()
