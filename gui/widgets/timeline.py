"""A time line: rows with a bar each, months above, today across; planned, done and overdue, always in words too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui import icons, theme
from gui.widgets import painted

MONTHS = 13  # that a time line shows at most
AXIS, ROW, BAR, WHO, PEN, FILES = 38, 34, 16, 76, 32, 44
TEXT_PART = 0.42  # of the width that is left beside the names


@dataclass(frozen=True)
class Stretch:
    """One row: what is to be done by when, and since when it is done."""

    key: object
    text: str
    who: str = ""
    start: date | None = None
    due: date | None = None
    done: date | None = None
    milestone: bool = False  # a point in time: a diamond instead of a bar
    files: int = 0  # photos and documents that are of it

    def said(self, today: date) -> str:
        """How it stands, in words."""
        if self.done:
            late = (self.done - self.due).days if self.due else 0
            return f"{self.done.month}月{self.done.day}日完成" + (f"，晚 {late} 天" if late > 0 else "")
        if self.due is None:
            return "没有写时限"
        left = (self.due - today).days
        if left < 0:
            return f"逾期 {-left} 天"
        return f"{self.due.month}月{self.due.day}日到期" if left else "今天到期"

    def is_late(self, today: date) -> bool:
        """Whether it is overdue."""
        return self.done is None and self.due is not None and self.due < today


class Span:
    """The months that a time line shows, and where a day lies on it."""

    def __init__(self, first: date, last: date, today: date) -> None:
        self.first, self.today = first.replace(day=1), today
        self.months: list[date] = []
        month = self.first
        while len(self.months) < 2 or (month <= last and len(self.months) < 2 * MONTHS):
            self.months.append(month)
            month = (month + timedelta(days=32)).replace(day=1)
        self.end = month

    @classmethod
    def of(cls, rows: Sequence[Stretch], today: date, deadline: date | None = None) -> Span:
        """From the first day to the last one, but around today where that would be too long."""
        days = [day for row in rows for day in (row.start, row.due, row.done, deadline) if day]
        first, last = min([*days, today]), max([*days, today])
        if (last - first).days > MONTHS * 31:
            first = max(first, min(today, last - timedelta(days=(MONTHS - 1) * 30)) - timedelta(days=60))
            last = min(last, first + timedelta(days=(MONTHS - 1) * 31))
        last = max(last, today)
        return cls(first, last + (last - first.replace(day=1)) / 5, today)  # room for the words behind the last bar

    def at(self, day: date) -> float:
        """Where a day lies, from 0 to 1."""
        return min(max((day - self.first).days / (self.end - self.first).days, 0.0), 1.0)


class Timeline(QWidget):
    """Painted rows that the keyboard reaches: ↑ ↓ go, Enter opens."""

    opened = Signal(object)  # the key of a row

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Stretch, ...] = ()
        self.current = 0
        self._today = date.min
        self._deadline: date | None = None
        self._span = Span(date(2000, 1, 1), date(2000, 2, 1), date(2000, 1, 1))
        self._editable = False
        self._over = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rows(self, rows: Sequence[Stretch], today: date, *, editable: bool, deadline: date | None = None) -> None:
        """Show other rows; a deadline stands as a line across all of them. A row without a key only tells."""
        self.rows, self._today, self._editable, self._deadline = tuple(rows), today, editable, deadline
        self._span = Span.of(self.rows, today, deadline)
        self.current = min(self.current, max(len(self.rows) - 1, 0))
        self._over = -1
        until = f"，时限 {deadline.month}月{deadline.day}日" if deadline else ""
        self.setAccessibleName(f"措施时间线，共 {len(self.rows)} 项，今天 {today.month}月{today.day}日{until}")
        self._tell()
        self.setFixedHeight(self.sizeHint().height())
        self.updateGeometry()
        self.update()

    def said(self, at: int) -> str:
        """One row in words."""
        row = self.rows[at]
        files = f"佐证 {row.files} 个" if row.files else ""
        return "，".join(part for part in (row.text, row.who, row.said(self._today), files) if part)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(560), theme.px(AXIS) + theme.px(ROW) * len(self.rows) + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(360), self.sizeHint().height())

    # ------------------------------------------------------------------------------------- hands

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moved = {
            Qt.Key.Key_Down: self.current + 1, Qt.Key.Key_Up: self.current - 1,
            Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(self.rows) - 1,
        }.get(Qt.Key(event.key()))  # fmt: skip
        if moved is not None and 0 <= moved < len(self.rows):
            self._stand(moved)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2, Qt.Key.Key_Space) and self.rows:
            self._open(self.current)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._row_at(event.position().toPoint())
        if at >= 0:
            self._stand(at)
            if self._editable and event.position().x() >= self.width() - theme.px(PEN):
                self._open(at)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at = self._row_at(event.position().toPoint())
        if at >= 0:
            self._open(at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self._row_at(event.position().toPoint())
        if at != self._over:
            self._over = at
            self.update()

    def leaveEvent(self, _event: QEvent) -> None:
        self._over = -1
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._tell()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            at = self._row_at(event.pos())
            QToolTip.showText(event.globalPos(), self.said(at) if at >= 0 else "", self)
            return True
        return super().event(event)

    def _open(self, at: int) -> None:
        if self._editable and self.rows[at].key is not None:
            self.opened.emit(self.rows[at].key)

    def _stand(self, at: int) -> None:
        self.current = at
        self.update()
        self._tell()
        painted.reveal(self, self._box(at))

    def _tell(self) -> None:
        painted.tell(self, f"第 {self.current + 1} 项：{self.said(self.current)}" if self.rows else "")

    # ------------------------------------------------------------------------------------- painting

    def _box(self, at: int) -> QRect:
        return QRect(0, theme.px(AXIS) + at * theme.px(ROW), self.width(), theme.px(ROW))

    def _row_at(self, point: QPoint) -> int:
        at = (point.y() - theme.px(AXIS)) // theme.px(ROW)
        return at if point.y() >= theme.px(AXIS) and 0 <= at < len(self.rows) else -1

    def _line(self) -> QRect:
        """Where the bars are: right of the words."""
        right = theme.px(PEN) if self._editable else 0
        words = round((self.width() - theme.px(WHO) - right) * TEXT_PART) + theme.px(WHO)
        return QRect(words, 0, self.width() - words - right, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        line = self._line()
        self._paint_axis(painter, line)
        for at in range(len(self.rows)):
            if self._box(at).intersects(event.rect()):
                self._paint_row(painter, at, line)
        if self._deadline is not None:
            last = line.x() + round(self._span.at(self._deadline) * line.width())
            painter.setPen(QPen(theme.colour("red"), 1, Qt.PenStyle.DashLine))
            painter.drawLine(last, theme.px(18), last, self.height())
        now = line.x() + round(self._span.at(self._today) * line.width())
        painter.setPen(QPen(theme.colour("accent"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(now, theme.px(18), now, self.height())
        if self.hasFocus() and self.rows:
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRoundedRect(QRectF(self._box(self.current)).adjusted(1, 1, -1, -1), theme.px(4), theme.px(4))

    def _paint_axis(self, painter: QPainter, line: QRect) -> None:
        span, tall = self._span, theme.px(18)
        painter.setFont(theme.font("small"))
        every = max(1, -(-len(span.months) * theme.px(31) // max(line.width(), 1)))
        painter.setPen(theme.colour("text2"))
        for number, month in enumerate(span.months):
            if number % every == 0:
                text = f"{month.month}月" if month.month != 1 else f"{month.year}"
                box = QRectF(line.x() + span.at(month) * line.width() + 3, tall, theme.px(48), tall)
                painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)
        wide, now = theme.px(36), line.x() + span.at(self._today) * line.width()
        tag = QRectF(min(max(now - wide / 2, line.x()), line.right() - wide), 0, wide, tall)
        if self._deadline is not None:
            last = line.x() + span.at(self._deadline) * line.width()
            box = QRectF(min(max(last - wide / 2, line.x()), line.right() - wide), 0, wide, tall)
            if box.intersects(tag):  # the two tags stand side by side, the later day at the right
                later = self._deadline >= self._today
                box.moveLeft(tag.right() + 1 if later else tag.left() - wide - 1)
            painter.setPen(theme.colour("redText"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "时限")
        painter.fillRect(tag, theme.colour("accent"))
        painter.setPen(theme.colour("onAccent"))
        painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, "今天")
        painter.fillRect(QRect(0, theme.px(AXIS) - 1, line.right(), 1), theme.colour("line2"))

    def _paint_row(self, painter: QPainter, at: int, line: QRect) -> None:
        row, box = self.rows[at], self._box(at)
        if at == self._over:
            painter.fillRect(box, theme.colour("hover"))
        for month in self._span.months:
            x = line.x() + self._span.at(month) * line.width()
            painter.fillRect(QRectF(x, box.y(), 1, box.height()), theme.colour("line"))
        middle = Qt.AlignmentFlag.AlignVCenter
        words = QRect(theme.px(4), box.y(), line.x() - theme.px(WHO) - theme.px(12), box.height())
        if row.files:
            words.setRight(words.right() - theme.px(FILES))
            self._paint_files(painter, row.files, QRect(words.right(), box.y(), theme.px(FILES), box.height()))
        painter.setFont(theme.font())
        painter.setPen(theme.colour("text"))
        painter.drawText(words, middle, painted.cut(painter, row.text, words.width()))
        who = QRect(line.x() - theme.px(WHO), box.y(), theme.px(WHO) - theme.px(8), box.height())
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("text2"))
        painter.drawText(who, middle, painted.cut(painter, row.who, who.width()))
        self._paint_bar(painter, row, box, line)
        if self._editable and row.key is not None and at in (self._over, self.current if self.hasFocus() else -1):
            painter.drawPixmap(
                self.width() - theme.px(PEN) + theme.px(8), box.center().y() - theme.px(8),
                icons.pixmap("edit", "accent", 16, 2),
            )  # fmt: skip

    def _paint_files(self, painter: QPainter, count: int, box: QRect) -> None:
        mark = theme.px(16)
        painter.drawPixmap(box.x() + 2, box.center().y() - mark // 2, icons.pixmap("photo", "text2", 16, 2))
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("text2"))
        painter.drawText(box.adjusted(mark + theme.px(5), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, str(count))

    def _paint_bar(self, painter: QPainter, row: Stretch, box: QRect, line: QRect) -> None:
        """Green to the day it was done, blue up to today, pale to the day it is due, red from there."""
        today, tall = self._today, theme.px(BAR)
        y = box.center().y() - tall / 2 + 1

        def x_of(day: date) -> float:
            return line.x() + self._span.at(day) * line.width()

        if row.milestone:
            self._paint_point(painter, row, QRectF(x_of(row.done or row.due or today), y, 0, tall), line)
            return
        start = x_of(row.start or min(day for day in (row.due, row.done, today) if day))
        now, due = x_of(today), x_of(row.due) if row.due else 0.0
        right = start
        if row.due:
            painter.fillRect(QRectF(start, y, max(due - start, 4), tall), theme.colour("rest"))
            right = max(due, start + 4)
        if row.done:
            right = max(right, x_of(row.done), start + 4)
            painter.fillRect(QRectF(start, y, max(x_of(row.done) - start, 4), tall), theme.colour("green"))
        elif row.due:
            painter.fillRect(QRectF(start, y, max(min(now, due) - start, 2), tall), theme.colour("chart"))
            if row.is_late(today):
                painter.fillRect(QRectF(due, y, max(now - due, 3), tall), theme.colour("red"))
                right = max(now, due + 3)
        self._paint_words(painter, row, QRectF(start, y, right - start, tall), line)

    def _paint_point(self, painter: QPainter, row: Stretch, at: QRectF, line: QRect) -> None:
        """A diamond on the day: green where it was reached, red where it is late, blue while it is to come."""
        late, half = row.is_late(self._today), at.height() / 2
        middle = QPointF(at.x(), at.center().y())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("green" if row.done else "red" if late else "chart"))
        painter.drawPolygon([
            middle + QPointF(-half, 0), middle + QPointF(0, -half), middle + QPointF(half, 0), middle + QPointF(0, half)
        ])  # fmt: skip
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        self._paint_words(painter, row, at.adjusted(-half, 0, half, 0), line)

    def _paint_words(self, painter: QPainter, row: Stretch, bar: QRectF, line: QRect) -> None:
        """The words stand behind the bar, else before it, else in it."""
        text, gap = row.said(self._today), theme.px(6)
        painter.setFont(theme.font("small"))
        need = painter.fontMetrics().horizontalAdvance(text) + 2
        late = row.is_late(self._today)
        ink = "redText" if late else "greenText" if row.done else "text2"
        if bar.right() + gap + need <= line.right():
            x = bar.right() + gap
        elif bar.x() - gap - need >= line.x():
            x = bar.x() - gap - need
        else:
            x = bar.x() + gap
            ink = (
                "onAccent"
                if row.done or bar.x() + need < line.x() + self._span.at(self._today) * line.width()
                else "text"
            )
        painter.setPen(theme.colour(ink))
        painter.drawText(QRectF(x, bar.y() - 2, need, bar.height() + 4), Qt.AlignmentFlag.AlignVCenter, text)


def as_day(value: object) -> date | None:
    """A stored date as one; None where there is none."""
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None
