"""整改措施: each with its own bar on a time line with today, and a short form to add or change one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from gui import theme
from gui.widgets.buttons import button, carrier
from gui.widgets.form import Form
from gui.widgets.frames import Card, clear, row
from gui.widgets.labels import Elided, label
from models.domain.fields import TABLES
from models.errors import LedgerError
from models.services.views import Record

FIELDS = ("text", "unit", "person", "due", "done_on")
SHOWN = 12  # months that a time line shows at most


class Measures(Card):
    """The card of measures."""

    opened = Signal(bool)  # whether its short form is open
    wanted = Signal(str, object)  # id of the measure or "", the values that were typed

    def __init__(self) -> None:
        super().__init__("整改措施与时限", " ", gap=6)
        self.add_one = button("加一条措施", "quiet", icon="plus", size="slim")
        self.tools.addWidget(self.add_one)
        self._rows = QVBoxLayout()
        self.add(self._rows)
        self._form_at = QVBoxLayout()
        self.add(self._form_at)
        self.form: Form | None = None
        self.save = button("保存这条措施", "primary", size="slim")
        self.leave = button("不改了", size="slim")
        self._foot = QWidget()
        self._foot.setLayout(row(self.leave, self.save, None))
        self.add(self._foot)
        self._foot.hide()
        self._id = ""
        self._measures: tuple[Record, ...] = ()
        self.add_one.clicked.connect(self.begin)
        self.save.clicked.connect(self._save)
        self.leave.clicked.connect(self.end)

    @property
    def is_dirty(self) -> bool:
        """Whether something was typed that is not saved."""
        return self.form is not None and bool(self.form.changes())

    def show_measures(self, record: Record, today: date, *, writable: bool) -> None:
        """Show the measures of a problem."""
        clear(self._rows)
        self._measures = tuple(record.get("measures") or ())
        done = sum(1 for one in self._measures if one.get("done_on"))
        self.quiet.setText(f"完成 {done} / {len(self._measures)}" if self._measures else "")
        self.add_one.setVisible(writable)
        if not self._measures:
            self._rows.addWidget(
                label("还没有拆分措施。一项一项写明时限和责任人，就能看到每一项到没到期。", "quiet", wrap=True)
            )
            return
        span = Span.of(record, self._measures, today)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 4)
        grid.setColumnStretch(2, 5)
        grid.addWidget(Axis(span), 0, 2)
        for at, one in enumerate(self._measures, 1):
            words = Elided(str(one.get("text") or ""))
            words.setMinimumHeight(theme.px(34))
            grid.addWidget(words, at, 0)
            who = Elided(str(one.get("person") or one.get("unit") or ""), "small")
            who.setFixedWidth(theme.px(64))
            grid.addWidget(who, at, 1)
            grid.addWidget(Strip(one, span), at, 2)
            if writable:
                edit = carrier(one, "", "quiet", icon="edit", tip="修改这条措施", size="square")
                edit.handed.connect(self._edit)
                grid.addWidget(edit, at, 3)
        self._rows.addLayout(grid)

    @Slot()
    def begin(self) -> None:
        """Open the form for a new measure."""
        self._open({})

    @Slot()
    def end(self) -> None:
        """Close the form."""
        clear(self._form_at)
        self.form = None
        self._foot.hide()
        self.opened.emit(False)
        self.add_one.setEnabled(True)

    def refuse(self, error: LedgerError) -> bool:
        """Mark the field that was refused, if it is one of the form."""
        field = getattr(error, "field", "")
        if self.form is None or field not in self.form.fields:
            return False
        self.form.fields[field].mark(f"{error.message}{error.way_out}")
        return True

    @Slot(object)
    def _edit(self, measure: Record) -> None:
        self._open(measure)

    def _open(self, measure: Record) -> None:
        self.end()
        self._id = str(measure.get("id") or "")
        self.form = Form()
        for name in FIELDS:
            field = self.form.add(TABLES["measure"][name], required=name == "text", lines=2)
            field.put(str(measure.get(name) or ""))
        self._form_at.addWidget(self.form)
        self._foot.show()
        self.opened.emit(True)
        self.add_one.setEnabled(False)
        self.form.fields["text"].editor.setFocus()

    @Slot()
    def _save(self) -> None:
        if self.form is None:
            return
        values = self.form.changes()
        if not self.form.fields["text"].value:
            self.form.fields["text"].mark("还差措施内容，写一句就行。")
            return
        if values:
            self.wanted.emit(self._id, values)
        else:
            self.end()


class Span:
    """The months that a time line shows, and where a day lies on it."""

    def __init__(self, first: date, last: date, today: date) -> None:
        self.first = first.replace(day=1)
        self.months: list[date] = []
        month = self.first
        while len(self.months) < 2 or month <= last:
            self.months.append(month)
            month = (month + timedelta(days=32)).replace(day=1)
        self.end, self.today = month, today

    @classmethod
    def of(cls, record: Record, measures: tuple[Record, ...], today: date) -> Span:
        """From the hand-over (not more than a year back) to the last due date."""
        days = [day for one in measures for name in ("due", "done_on") if (day := as_day(one.get(name)))]
        found = as_day(record.get("found_on"))
        first = min([*days, found or today, today])
        last = max([*days, today])
        if (last - first).days > SHOWN * 31:
            first = max(first, min(today, last - timedelta(days=SHOWN * 30)) - timedelta(days=60))
            last = min(last, first + timedelta(days=SHOWN * 31))
        made = cls(first, last, today)
        made.start = found or first
        return made

    start: date

    def at(self, day: date) -> float:
        """Where a day lies, from 0 to 1."""
        whole = (self.end - self.first).days
        return min(max((day - self.first).days / whole, 0.0), 1.0)


class Axis(QWidget):
    """The months above the bars, and today."""

    def __init__(self, span: Span) -> None:
        super().__init__()
        self._span = span
        self.setFixedHeight(theme.px(38))
        self.setMinimumWidth(theme.px(160))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        span, wide = self._span, self.width()
        painter.setFont(theme.font("small"))
        months = span.months
        every = max(1, -(-len(months) * theme.px(34) // max(wide, 1)))
        now = span.at(span.today) * wide
        for number, month in enumerate(months):
            if number % every:
                continue
            x = span.at(month) * wide
            text = f"{month.month}月" if month.month != 1 or not number else f"{month.year}"
            painter.setPen(theme.colour("text2"))
            painter.drawText(QRectF(x, theme.px(18), theme.px(48), theme.px(18)), Qt.AlignmentFlag.AlignVCenter, text)
        tag = QRectF(min(max(now - theme.px(17), 0), wide - theme.px(34)), 0, theme.px(34), theme.px(18))
        painter.fillRect(tag, theme.colour("accent"))
        painter.setPen(theme.colour("onAccent"))
        painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, "今天")
        painter.fillRect(QRectF(0, self.height() - 1, wide, 1), theme.colour("line2"))


class Strip(QWidget):
    """The bar of one measure: green to its done date, blue up to today, red from its due date."""

    def __init__(self, measure: Record, span: Span) -> None:
        super().__init__()
        self._due, self._done = as_day(measure.get("due")), as_day(measure.get("done_on"))
        self._span = span
        self.setMinimumWidth(theme.px(160))
        self.setMinimumHeight(theme.px(34))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(self._said())
        self.setToolTip(self._said())

    def _said(self) -> str:
        if self._done:
            return f"{self._done.month}月{self._done.day}日完成"
        if self._due is None:
            return "没有写时限"
        late = (self._span.today - self._due).days
        return f"逾期 {late} 天" if late > 0 else f"{self._due:%m-%d} 到期"

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        span, wide = self._span, self.width()
        for month in span.months:
            painter.fillRect(QRectF(span.at(month) * wide, 0, 1, self.height()), theme.colour("line"))
        y, tall = self.height() / 2 - theme.px(8), theme.px(16)
        start, now = span.at(span.start) * wide, span.at(span.today) * wide
        end = span.at(self._done or self._due or span.today) * wide
        late = self._done is None and self._due is not None and self._due < span.today
        if self._done:
            painter.fillRect(QRectF(start, y, max(end - start, 4), tall), theme.colour("green"))
        else:
            painter.fillRect(QRectF(start, y, max(end - start, 4), tall), theme.colour("rest"))
            painter.fillRect(QRectF(start, y, max(min(now, end) - start, 2), tall), theme.colour("chart"))
        if late:
            painter.fillRect(QRectF(end, y, max(now - end, 3), tall), theme.colour("red"))
        pen = QPen(theme.colour("accent"), 1, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawLine(round(now), 0, round(now), self.height())
        self._letters(painter, QRectF(start, y, end - start, tall), max(end, now if late else end))

    def _letters(self, painter: QPainter, bar: QRectF, right: float) -> None:
        """The words stand in the bar where they fit, else at its right, else at its left."""
        text = self._said()
        painter.setFont(theme.font("small"))
        need = painter.fontMetrics().horizontalAdvance(text) + theme.px(8)
        late = text.startswith("逾期")
        if bar.width() >= need and not late:
            blue = self._span.at(self._span.today) * self.width() - bar.x() >= need
            painter.setPen(theme.colour("onAccent" if self._done or blue else "text"))
            painter.drawText(bar.adjusted(theme.px(6), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)
            return
        painter.setPen(theme.colour("redText" if late else "text2"))
        fits = right + need <= self.width()
        x = right + theme.px(4) if fits else max(bar.x() - need, 0)
        if not fits and late and bar.width() >= need:
            painter.setPen(theme.colour("onAccent"))
            x = bar.x() + theme.px(6)
        painter.drawText(QRectF(x, bar.y(), need, bar.height()), Qt.AlignmentFlag.AlignVCenter, text)


def as_day(value: Any) -> date | None:
    """A stored date as one; None where there is none."""
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None
