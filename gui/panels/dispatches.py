"""月调度: a month a row, the missing one visible, and a short form that can take over last month's words."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui import saying, theme
from gui.widgets.buttons import button
from gui.widgets.chips import PACE_TONE, State
from gui.widgets.form import Form
from gui.widgets.frames import Card, clear, row, rule
from gui.widgets.labels import Prose, label
from models.domain import words
from models.domain.fields import TABLES
from models.errors import LedgerError
from models.services.views import Record

FIELDS = ("month", "pace", "progress", "difficulties", "next_step")
TAKEN_OVER = ("pace", "progress", "difficulties", "next_step")
LINES = {"progress": 3, "difficulties": 2, "next_step": 2}
SHOWN = 3


class Dispatches(Card):
    """The card of monthly dispatches, newest first."""

    opened = Signal(bool)  # whether its short form is open
    wanted = Signal(object)  # the values that were typed

    def __init__(self) -> None:
        super().__init__("月调度", " ", gap=8)
        self.all = button("", "quiet", size="slim")
        self.add_one = button("填一个月", "quiet", icon="plus", size="slim")
        self.tools.addWidget(self.all)
        self.tools.addWidget(self.add_one)
        self._form_at = QVBoxLayout()
        self.add(self._form_at)
        self.form: Form | None = None
        self.save = button("保存", "primary", size="slim", key="Ctrl+S")
        self.leave = button("不填了", size="slim")
        self.take_over = button("带入上月", "quiet", icon="copy", size="slim", tip="把上个月的内容带进来再改")
        self._foot = QWidget()
        self._foot.setLayout(row(self.leave, self.save, None, self.take_over))
        self._foot.hide()
        self.add(self._foot)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.px(8))
        self.add(self._rows)
        self._months: list[Record] = []
        self._today = date.min
        self._writable = self._open = self._whole = False
        self.add_one.clicked.connect(self.begin)
        self.all.clicked.connect(self._show_all)
        self.save.clicked.connect(self._save)
        self.leave.clicked.connect(self.end)
        self.take_over.clicked.connect(self._take_over)

    @property
    def is_dirty(self) -> bool:
        """Whether something was typed that is not saved."""
        return self.form is not None and any(name != "month" for name in self.form.changes())

    def show_dispatches(self, record: Record, today: date, *, writable: bool) -> None:
        """Show the months of a problem."""
        self._months = sorted(record.get("dispatches") or (), key=lambda one: str(one.get("month") or ""), reverse=True)
        self._today, self._writable, self._open = today, writable, record.get("stage") == "open"
        self.add_one.setVisible(writable)
        self._fill()

    def _fill(self) -> None:
        clear(self._rows)
        count = len(self._months)
        shown = self._months if self._whole else self._months[:SHOWN]
        self.quiet.setText(f"最近 {len(shown)} 个月" if count > len(shown) else f"{count} 个月" if count else "")
        self.all.setText(f"全部 {count} 个月")
        self.all.setVisible(count > len(shown))
        now = f"{self._today:%Y-%m}"
        if self._open and not any(one.get("month") == now for one in self._months):
            self._rows.addLayout(
                self._row(now, "未填写", "yellow", "这个月还没有填。可以带入上月内容，再改几个字。", "")
            )
        elif not count:
            self._rows.addWidget(label("还没有月调度。", "quiet"))
        for one in shown:
            if self._rows.count():
                self._rows.addWidget(rule())
            pace = str(one.get("pace") or "")
            more = saying.SPACE.join(
                f"{name}：{text}" for name, field in (("困难", "difficulties"), ("下一步", "next_step"))
                if (text := str(one.get(field) or ""))
            )  # fmt: skip
            said = str(one.get("progress") or "") or "没有写进展"
            state = words.say("pace", pace)
            self._rows.addLayout(self._row(str(one.get("month") or ""), state, PACE_TONE.get(pace, "grey"), said, more))

    def _row(self, month: str, state: str, tone: str, text: str, more: str) -> QHBoxLayout:
        left = QVBoxLayout()
        left.setSpacing(theme.px(4))
        left.addWidget(label(saying.month(month), "bold"))
        left.addWidget(State(state, tone) if state else label(""))
        left.addStretch(1)
        holder = QWidget()
        holder.setFixedWidth(theme.px(128))
        holder.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        right = QVBoxLayout()
        right.setSpacing(theme.px(2))
        right.addWidget(Prose(text, "text2" if state == "未填写" else "text"))
        if more:
            right.addWidget(Prose(more, "text2", "cell"))
        line = QHBoxLayout()
        line.setSpacing(theme.px(12))
        line.addWidget(holder, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(right, 1)
        return line

    @Slot()
    def begin(self) -> None:
        """Open the form for this month."""
        if self.form is not None:
            return
        self.form = Form()
        for name in FIELDS:
            required = name in {"month", "pace", "progress"}
            self.form.add(TABLES["dispatch"][name], required=required, lines=LINES.get(name, 4)).put("")
        now = f"{self._today:%Y-%m}"
        filled = next((one for one in self._months if one.get("month") == now), None)
        self.form.fields["month"].rewrite(now)
        if filled:
            for name in TAKEN_OVER:
                self.form.fields[name].put(str(filled.get(name) or ""))
        self._form_at.addWidget(self.form)
        self._foot.show()
        self.opened.emit(True)
        self.take_over.setVisible(bool(self._before()))
        self.add_one.setEnabled(False)
        self.form.fields["pace"].editor.setFocus()

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

    def _before(self) -> Record | None:
        month = self.form.fields["month"].value if self.form else ""
        return next((one for one in self._months if str(one.get("month") or "") < month), None)

    @Slot()
    def _take_over(self) -> None:
        before = self._before()
        if before and self.form:
            for name in TAKEN_OVER:
                self.form.fields[name].rewrite(str(before.get(name) or ""))
            self.form.fields["progress"].editor.setFocus()

    @Slot()
    def _save(self) -> None:
        if self.form is None:
            return
        fields = self.form.fields
        for name, sentence in (("month", "还差月份，如 2026-11。"), ("pace", "还差序时进度，请选一个。")):
            if not fields[name].value:
                fields[name].mark(sentence)
                fields[name].editor.setFocus()
                return
        self.wanted.emit({name: one.value for name, one in fields.items() if one.value or one.is_changed})

    @Slot()
    def _show_all(self) -> None:
        self._whole = True
        self._fill()
