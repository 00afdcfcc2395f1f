"""A log: when, what, who, a line a change; painted, so that a thousand lines scroll as smoothly as ten."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui import theme
from gui.widgets import painted
from gui.widgets.chips import paint_state

WHEN, WHO, MARK, LINE, SMALL = 116, 172, 76, 26, 20
_WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.TextFlag.TextWrapAnywhere)


@dataclass(frozen=True)
class Entry:
    """One entry: what one person wrote at once."""

    when: str
    lines: tuple[str, ...]
    who: str = ""
    note: str = ""
    mark: str = ""  # a word at the right: 未应用
    whole: tuple[str, ...] = ()  # the lines once it is opened, where there are more of them

    @property
    def said(self) -> str:
        """All of it in one text."""
        return "\n".join(
            part for part in (f"{self.when} {self.who} {self.mark}".strip(), *self.lines, self.note) if part
        )


class Log(QWidget):
    """Entries below each other. ↑ ↓ go, Enter or a click shows the whole of what is cut off."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: tuple[Entry, ...] = ()
        self.current = 0
        self._open: set[int] = set()
        self._tops: list[int] = [0]
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show other entries."""
        self.entries = tuple(entries)
        self.current = 0
        self._open.clear()
        self.setAccessibleName(f"变更历史，共 {len(self.entries)} 条")
        self._measure()
        self._tell()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(WHEN + WHO + 120), self._tops[-1])

    # ------------------------------------------------------------------------------------- hands

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moved = {Qt.Key.Key_Down: self.current + 1, Qt.Key.Key_Up: self.current - 1}.get(Qt.Key(event.key()))
        if moved is not None and 0 <= moved < len(self.entries):
            self._stand(moved)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.entries:
            self._toggle(self.current)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._at(event.position().toPoint())
        if at >= 0:
            self._stand(at)
            self._toggle(at)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            at = self._at(event.pos())
            QToolTip.showText(event.globalPos(), self.entries[at].said[:1500] if at >= 0 else "", self)
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._open and event.size().width() != event.oldSize().width():
            self._measure()

    def _toggle(self, at: int) -> None:
        self._open ^= {at}
        self._measure()

    def _stand(self, at: int) -> None:
        self.current = at
        self.update()
        self._tell()
        painted.reveal(self, QRect(0, self._tops[at], self.width(), theme.px(LINE)))

    def _tell(self) -> None:
        painted.tell(self, self.entries[self.current].said[:1500] if self.entries else "")

    def _at(self, point: QPoint) -> int:
        at = bisect_right(self._tops, point.y()) - 1
        return at if 0 <= at < len(self.entries) else -1

    # ------------------------------------------------------------------------------------- sizes

    def _measure(self) -> None:
        self._tops = [0, *accumulate(self._tall(at) for at in range(len(self.entries)))]
        self.setFixedHeight(max(self._tops[-1], 1))
        self.updateGeometry()
        self.update()

    def _wide(self) -> int:
        return max(self.width() - theme.px(WHEN + WHO + MARK), theme.px(80))

    def _tall(self, at: int) -> int:
        one = self.entries[at]
        if at not in self._open:
            return theme.px(LINE) * len(one.lines) + (theme.px(SMALL) if one.note else 0)
        metrics, small = QFontMetrics(theme.font()), QFontMetrics(theme.font("small"))
        tall = sum(self._wrapped(metrics, line) for line in one.whole or one.lines)
        return tall + (self._wrapped(small, one.note) if one.note else 0)

    def _wrapped(self, metrics: QFontMetrics, text: str) -> int:
        box = metrics.boundingRect(QRect(0, 0, self._wide(), 1 << 20), _WRAP, text)
        return max(box.height() + theme.px(6), theme.px(LINE))

    # ------------------------------------------------------------------------------------- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        first = max(bisect_right(self._tops, event.rect().top()) - 1, 0)
        for at in range(first, len(self.entries)):
            if self._tops[at] > event.rect().bottom():
                break
            self._paint(painter, at)
        if self.hasFocus() and self.entries:
            top = self._tops[self.current]
            box = QRectF(0, top, self.width(), self._tops[self.current + 1] - top)
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), theme.px(4), theme.px(4))

    def _paint(self, painter: QPainter, at: int) -> None:
        one, y, whole = self.entries[at], self._tops[at], at in self._open
        line, left, wide = theme.px(LINE), theme.px(WHEN), self._wide()
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("text2"))
        painter.drawText(QRect(theme.px(4), y, left, line), middle, one.when)
        who = QRect(left + wide + theme.px(12), y, theme.px(WHO) - theme.px(16), line)
        painter.drawText(who, middle, painted.cut(painter, one.who, who.width()))
        if one.mark:
            paint_state(
                painter, QRectF(self.width() - theme.px(MARK) + theme.px(8), y, theme.px(MARK), line), one.mark, "red"
            )
        painter.setFont(theme.font())
        painter.setPen(theme.colour("text"))
        for text in (one.whole or one.lines) if whole else one.lines:
            if whole:
                tall = self._wrapped(painter.fontMetrics(), text)
                painter.drawText(QRect(left, y + theme.px(3), wide, tall), _WRAP, text)
            else:
                tall = line
                painter.drawText(QRect(left, y, wide, line), middle, painted.cut(painter, text, wide))
            y += tall
        if one.note:
            painter.setFont(theme.font("small"))
            painter.setPen(theme.colour("text2"))
            box = QRect(left, y, wide, self._tops[at + 1] - y)
            painter.drawText(
                box, _WRAP if whole else middle, one.note if whole else painted.cut(painter, one.note, wide)
            )
