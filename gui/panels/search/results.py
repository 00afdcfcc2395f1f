"""What was found, in one list: the kinds as headings, records and units with the words marked, a way to all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui import icons, theme
from gui.widgets.chips import SIDE, paint_light
from gui.widgets.labels import one_line
from models.domain import words
from models.services.views.lists import Hit, HitGroup, Hits

HEADS = {
    "problem": "督察整改", "petition": "信访件", "source": words.TABLE["source"], "village": "村（社区）",
    "unit": words.TABLE["unit"],
}  # fmt: skip
COUNTS = {"problem": "个问题", "petition": "件", "source": "个", "village": "个", "unit": "个"}
LISTED = ("problem", "petition", "source")  # that have a list of their own
ICONS = {"petition": "mail", "source": "shield", "village": "folder", "unit": "inbox"}
HIGH = {"head": 40, "hit": 56, "more": 36}
NUMBER = 210  # width of the number at the right
ROW = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Row:
    """One row of the list."""

    kind: str  # head hit more
    group: HitGroup
    hit: Hit | None = None

    @property
    def said(self) -> str:
        """The row in words."""
        name, count = HEADS[self.group.table], f"{self.group.count} {COUNTS[self.group.table]}"
        if self.hit is None:
            return f"{name}\u2003{count}" if self.kind == "head" else f"在“{name}”里看全部 {count}"
        facts = (words.LIGHT.get(self.hit.light, ""), self.hit.title, self.hit.number, self.hit.township_name)
        where = f"{self.hit.where}：{self.hit.extract}" if self.hit.where else self.hit.extract
        return "，".join(one_line(fact) for fact in (*facts, where) if fact)


class Found(QAbstractListModel):
    """The rows of one answer."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()

    def put(self, hits: Hits) -> None:
        """Show another answer."""
        self.beginResetModel()
        self.rows = tuple(_rows(hits))
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.said
        if role == Qt.ItemDataRole.ToolTipRole and row.hit is not None:
            return "\n".join(part for part in (row.hit.light_why, row.hit.title) if part)
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        is_head = self.rows[index.row()].kind == "head"
        return Qt.ItemFlag.ItemIsEnabled if is_head else Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


def _rows(hits: Hits) -> Iterator[Row]:
    for group in hits.groups:
        yield Row("head", group)
        yield from (Row("hit", group, hit) for hit in group.hits)
        if group.count > len(group.hits) and group.table in LISTED:
            yield Row("more", group)


class Results(QListView):
    """The list; a row is opened by a click or Enter."""

    opened = Signal(object)  # Row

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("results")
        self.setAccessibleName("查找结果")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(theme.px(HIGH["hit"]))
        self.found = Found(self)
        self.setModel(self.found)
        self.setItemDelegate(HitDelegate(self))
        self.clicked.connect(self._click)

    def put(self, hits: Hits) -> None:
        """Show an answer, its first row chosen."""
        self.found.put(hits)
        self.scrollToTop()
        self.step(1)

    def step(self, by: int) -> None:
        """Go to the next rows that can be opened, or to those before."""
        can = [at for at, row in enumerate(self.found.rows) if row.kind != "head"]
        if not can:
            return
        now = self.currentIndex().row()
        place = can.index(now) + by if now in can else 0
        at = can[min(max(place, 0), len(can) - 1)]
        self.setCurrentIndex(self.found.index(at))
        self.scrollTo(self.found.index(0) if at == can[0] else self.found.index(at))

    def open_current(self) -> None:
        """Open the row that is chosen."""
        if self.currentIndex().isValid():
            self._click(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 10, Qt.Key.Key_PageUp: -10}
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.open_current()
        elif (by := step.get(Qt.Key(event.key()))) is not None:
            self.step(by)
        else:
            event.ignore()

    @Slot(QModelIndex)
    def _click(self, index: QModelIndex) -> None:
        row: Row = index.data(ROW)
        if row.kind != "head":
            self.opened.emit(row)


class HitDelegate(QStyledItemDelegate):
    """Paints a row; the words that were typed stand on a tinted ground, in bold."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        row: Row = index.data(ROW)
        return QSize(theme.px(200), theme.px(HIGH[row.kind]))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row: Row = index.data(ROW)
        # Qt's own names of the option are not in the stubs.
        box: QRectF = QRectF(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        state = option.state  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        if row.kind == "head":
            self._head(painter, box, row)
        else:
            if state & QStyle.StateFlag.State_Selected:
                painter.fillRect(box, theme.colour("sel"))
                painter.fillRect(QRectF(box.x(), box.y(), theme.px(3), box.height()), theme.colour("accent"))
                if state & QStyle.StateFlag.State_HasFocus:
                    painter.setPen(QPen(theme.colour("accent"), theme.px(2)))
                    painter.drawRect(box.adjusted(theme.px(1), theme.px(1), -theme.px(1), -theme.px(2)))
            elif state & QStyle.StateFlag.State_MouseOver:
                painter.fillRect(box, theme.colour("hover"))
            painter.fillRect(QRectF(box.x(), box.bottom() - 1, box.width(), 1), theme.colour("line"))
            inner = box.adjusted(theme.px(24), 0, -theme.px(24), -1)
            if row.hit is None:
                _write(painter, inner, row.said, (), "body", "accent")
            else:
                self._hit(painter, inner, row.hit)
        painter.restore()

    @staticmethod
    def _head(painter: QPainter, box: QRectF, row: Row) -> None:
        inner = box.adjusted(theme.px(24), theme.px(8), -theme.px(24), 0)
        name, _, count = row.said.partition("\u2003")
        wide = _write(painter, inner, name, (), "h2", "text")
        _write(painter, inner.adjusted(wide + theme.px(8), 0, 0, 0), count, (), "body", "text2")
        painter.fillRect(QRectF(box.x(), box.bottom() - 1, box.width(), 1), theme.colour("line2"))

    @staticmethod
    def _hit(painter: QPainter, box: QRectF, hit: Hit) -> None:
        side = theme.px(SIDE)
        mark = QRectF(box.x(), box.y() + theme.px(7), side, side)
        if hit.light:
            paint_light(painter, mark, hit.light)
        elif hit.table in ICONS:
            shift = (side - theme.px(18)) / 2
            painter.drawPixmap(mark.topLeft() + QPointF(shift, shift), icons.pixmap(ICONS[hit.table], "text2", 18, 2))
        left = side + theme.px(12)
        number = QRectF(box.right() - theme.px(NUMBER), box.y() + theme.px(6), theme.px(NUMBER), theme.px(24))
        title = box.adjusted(left, theme.px(6), -theme.px(NUMBER + 16), 0)
        title.setHeight(theme.px(24))
        below = box.adjusted(left, theme.px(30), 0, 0)
        below.setHeight(theme.px(20))
        _write(painter, title, hit.title, _spans(hit, "title"), "body", "text")
        _write(painter, number, hit.number, _spans(hit, "number"), "cell", "text2", right=True)
        wide = _write(painter, below, hit.township_name, _spans(hit, "township"), "small", "text2")
        rest = below.adjusted(wide + theme.px(16) if wide else 0, 0, 0, 0)
        if hit.where:
            head = f"{hit.where}："
            spans = tuple((start + len(head), end + len(head)) for start, end in _spans(hit, "extract"))
            _write(painter, rest, head + hit.extract, spans, "small", "text2")
        else:
            _write(painter, rest, hit.extract or hit.light_why, (), "small", "text2")


def _spans(hit: Hit, part: str) -> tuple[tuple[int, int], ...]:
    return tuple((start, end) for name, start, end in hit.marks if name == part)


def _write(
    painter: QPainter, box: QRectF, text: str, spans: tuple[tuple[int, int], ...], role: str, tone: str,
    *, right: bool = False,
) -> float:  # fmt: skip
    """Write one line, some of it marked; what does not fit ends in an ellipsis. Returns how wide it is."""
    plain, bold = theme.font(role), theme.font({"body": "bold", "cell": "cellBold"}.get(role, role))
    runs = [(part, marked, QFontMetrics(bold if marked else plain)) for part, marked in _runs(text, spans)]
    x = box.x()
    if right:
        whole = sum(metrics.horizontalAdvance(part) for part, _, metrics in runs)
        x = max(box.right() - whole, box.x())
    start = x
    for part, marked, metrics in runs:
        shown = metrics.elidedText(part, Qt.TextElideMode.ElideRight, int(box.right() - x) + 1)
        wide = metrics.horizontalAdvance(shown)
        place = QRectF(x, box.y(), wide + 2, box.height())
        if marked:
            high = metrics.height()
            painter.fillRect(QRectF(x, box.center().y() - high / 2, wide, high), theme.colour("mine"))
        painter.setFont(bold if marked else plain)
        painter.setPen(theme.colour("text" if marked else tone))
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        x += wide
        if shown != part:
            break
    return x - start


def _runs(text: str, spans: tuple[tuple[int, int], ...]) -> Iterator[tuple[str, bool]]:
    """A text cut where marks begin and end; characters keep their places, so lines are joined sign by sign."""
    flat = "".join(" " if sign.isspace() and sign != "\u2003" else sign for sign in text)
    at = 0
    for start, end in sorted(spans):
        if start > at:
            yield flat[at:start], False
        if end > max(start, at):
            yield flat[max(start, at) : end], True
        at = max(at, end)
    if flat[at:]:
        yield flat[at:], False
