"""月调度: a month a row, missing ones visible, and a short form that can take over last month's words."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gui import saying, shortcuts, theme
from gui.panels.record.short_form import ShortForm
from gui.unsaved import Unsaved
from gui.widgets.buttons import GAP, button, carrier
from gui.widgets.chips import PACE_TONE, State
from gui.widgets.frames import clear, rule
from gui.widgets.labels import Prose, label
from models.domain import words
from models.services.views.lists import Record

TAKEN_OVER = ("pace", "progress", "difficulties", "next_step")
SHOWN = 3  # months that are shown at first
BACK = 12  # months that are looked at for gaps
BEFORE = 160  # characters of last month's words that stand below a field


class Dispatches(ShortForm):
    """The card of monthly dispatches, newest first."""

    wanted = Signal(object)  # the values that were typed
    files_wanted = Signal(object)  # id of a month's dispatch: its photos and documents are to be shown

    table = "dispatch"
    names = ("month", "pace", "progress", "difficulties", "next_step")
    required = frozenset({"month", "pace", "progress"})
    lines = {"progress": 4, "difficulties": 2, "next_step": 2}  # noqa: RUF012 - read only

    def __init__(self) -> None:
        super().__init__("月调度", "保存月调度", "先不填了", gap=8)
        self.all = button("", "quiet", size="slim")
        self.all.hide()
        self.add_one.setText(f"{GAP}填一个月")
        self.add_one.setAccessibleName("填一个月")
        self.tools.addWidget(self.all)
        self.tools.addWidget(self.add_one)
        self.take_over = button(
            "带入上月", "quiet", icon="copy", size="slim", tip="把上个月的内容带进来再改", key="Ctrl+D"
        )
        self._place_form(self.take_over)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.px(8))
        self.add(self._rows)
        self._months: list[Record] = []
        self._writable = self._open = self._whole = False
        self._first = ""  # the month in which the problem was found
        self._files: Counter[str] = Counter()  # id of a part → how many photos and documents are of it
        self.add_one.clicked.connect(self.begin)
        self.all.clicked.connect(self._show_all)
        self.take_over.clicked.connect(self._take_over)
        shortcuts.within(self, {"Ctrl+D": self._take_over})

    def unsaved(self) -> Unsaved:
        """The month alone is nothing that was typed."""
        found = super().unsaved()
        if self.form is None or not any(name != "month" for name in found.values):
            return Unsaved({}, {})
        return Unsaved({"month": self.form.fields["month"].value, **found.values}, found.base)

    # ------------------------------------------------------------------------------------- reading

    def show_dispatches(self, record: Record, today: date, *, writable: bool) -> None:
        """Show the months of a problem."""
        self._months = sorted(record.get("dispatches") or (), key=lambda one: str(one.get("month") or ""), reverse=True)
        self._today, self._writable, self._open = today, writable, record.get("stage") == "open"
        self._first = str(record.get("found_on") or "")[:7]
        self._files = Counter(str(one["part"]) for one in record.get("evidence") or ())
        self.add_one.setVisible(writable)
        self._fill()
        if self.form is not None:
            month = self.form.fields["month"]
            self.rebase({"month": month.base, **self.month(month.value)})

    def month(self, month: str) -> Record:
        """The dispatch of a month without its name; an empty one where there is none."""
        found = next((one for one in self._months if one.get("month") == month), {})
        return {name: found.get(name) for name in TAKEN_OVER}

    def missing(self) -> list[str]:
        """The months without a dispatch, newest first: since the first one, but this month at least."""
        if not self._open:
            return []
        there = {str(one.get("month") or "") for one in self._months}
        first = min((month for month in there if month), default="")
        made: list[str] = []
        day = self._today
        for back in range(BACK):
            month = f"{day:%Y-%m}"
            if month not in there and (not back or (first and month > first)):
                made.append(month)
            day = day.replace(day=1) - timedelta(days=1)
        return made

    def _fill(self) -> None:
        clear(self._rows)
        filled = {str(one.get("month") or ""): one for one in self._months}
        rows: list[tuple[str, Record | None]] = [*((month, None) for month in self.missing()), *filled.items()]
        rows.sort(key=lambda one: one[0], reverse=True)
        gaps = sum(1 for _, one in rows if one is None)
        shown = rows if self._whole else rows[:SHOWN]
        said = f"已填 {len(filled)} 个月" if filled else ""
        self.quiet.setText(saying.SPACE.join(part for part in (said, f"缺 {gaps} 个月" if gaps else "") if part))
        self.all.setText(f"全部 {len(rows)} 个月")
        self.all.setVisible(len(rows) > len(shown))
        if not rows:
            self._rows.addWidget(label("还没有月调度。", "quiet"))
        for month, one in shown:
            if self._rows.count():
                self._rows.addWidget(rule())
            self._rows.addLayout(self._gap(month) if one is None else self._filled(month, one))

    def _gap(self, month: str) -> QHBoxLayout:
        now = month == f"{self._today:%Y-%m}"
        if not self._writable:
            return self._row(month, "未收到", "yellow", "这个月的调度还没有收到。", "")
        text = "这个月还没有填。" if now else "这个月没有填，可以补上。"
        if now and self._months:
            text += "可以带入上月内容，再改几个字。"
        fill = carrier(month, "填写" if now else "补填", size="slim", tip=f"填 {saying.month(month)}")
        fill.handed.connect(self._begin_month)
        return self._row(month, "未填写", "yellow", text, "", fill)

    def _filled(self, month: str, one: Record) -> QHBoxLayout:
        pace = str(one.get("pace") or "")
        more = saying.SPACE.join(
            f"{name}：{text}" for name, field in (("困难", "difficulties"), ("下一步", "next_step"))
            if (text := str(one.get(field) or ""))
        )  # fmt: skip
        said = str(one.get("progress") or "") or "没有写进展"
        edit = None
        if self._writable:
            edit = carrier(month, "", "quiet", icon="edit", size="square", tip=f"修改 {saying.month(month)}")
            edit.handed.connect(self._begin_month)
        files = None
        if count := self._files[str(one.get("id") or "nobody")]:
            files = carrier(one.get("id"), f"佐证 {count}", "quiet", icon="photo", size="slim", tip="到佐证材料里看")
            files.handed.connect(self.files_wanted)
        return self._row(month, words.say("pace", pace), PACE_TONE.get(pace, "grey"), said, more, edit, files)

    @staticmethod
    def _row(month: str, state: str, tone: str, text: str, more: str, *deeds: QPushButton | None) -> QHBoxLayout:
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(theme.px(4))
        left.addWidget(label(saying.month(month), "bold"))
        left.addWidget(State(state, tone) if state else label(""))
        left.addStretch(1)
        holder = QWidget()
        holder.setFixedWidth(theme.px(128))
        holder.setLayout(left)
        right = QVBoxLayout()
        right.setSpacing(theme.px(2))
        right.addWidget(Prose(text, "text2" if tone == "yellow" and any(deeds) else "text"))
        if more:
            right.addWidget(Prose(more, "text2", "cell"))
        line = QHBoxLayout()
        line.setSpacing(theme.px(12))
        line.addWidget(holder, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(right, 1)
        for deed in reversed(deeds):
            if deed is not None:
                line.addWidget(deed, 0, Qt.AlignmentFlag.AlignTop)
        return line

    # ------------------------------------------------------------------------------------- filling

    @Slot()
    def begin(self) -> None:
        """Open the form for the month that is asked for: this one, or the newest that is missing."""
        now = f"{self._today:%Y-%m}"
        gaps = self.missing()
        self._begin_month(now if now in gaps or not gaps else gaps[0])

    @Slot(object)
    def _begin_month(self, month: str) -> None:
        if self.form is not None and self.is_dirty:
            return  # what is being typed is finished first
        filled = any(one.get("month") == month for one in self._months)
        form = self.open_form(self.month(month), focus="pace")
        form.fields["month"].put(month)
        before = self._before()
        self.take_over.setVisible(bool(before) and not filled)
        for name in TAKEN_OVER[1:]:
            if before and not filled and (text := str(before.get(name) or "")):
                short = text if len(text) <= BEFORE else f"{text[:BEFORE]}…"
                form.fields[name].note(f"上月：{' '.join(short.split())}")

    def go_on(self, month: str) -> None:
        """Open the form again for a draft."""
        self._begin_month(month or f"{self._today:%Y-%m}")

    def _before(self) -> Record | None:
        month = self.form.fields["month"].value if self.form else ""
        return next((one for one in self._months if str(one.get("month") or "") < month), None)

    @Slot()
    def _take_over(self) -> None:
        before = self._before()
        if before and self.form:
            for name in TAKEN_OVER:
                if not self.form.fields[name].value:  # what was typed already stays
                    self.form.fields[name].rewrite(str(before.get(name) or ""))
            self.form.fields["progress"].editor.setFocus()

    @Slot()
    def ask_to_save(self) -> None:
        if self.form is None or self._lacks(
            ("month", "还差月份，如 2026-11。"),
            ("pace", "还差序时进度，请选一个。"),
            ("progress", "还差进展情况，写一句就行。"),
        ):
            return
        fields = self.form.fields
        if self._lacks_reason(self.unsaved().values):
            return
        self.wanted.emit({name: one.value for name, one in fields.items() if one.value or one.is_changed})

    @Slot()
    def _show_all(self) -> None:
        self._whole = True
        self._fill()
