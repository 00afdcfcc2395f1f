"""Several records changed at once: choose a field, give a value, look at what becomes of each record, then do it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gui import theme
from gui.jobs import Job
from gui.page import Panel
from gui.panels.record import saving
from gui.panels.record.form import field_of
from gui.panels.record.on_behalf import ASK, ASK_WHY, OnBehalf, with_devices
from gui.panels.records.bulk_preview import BulkPreview
from gui.session import Session
from gui.widgets.buttons import button
from gui.widgets.choice import Choice
from gui.widgets.form import FormField
from gui.widgets.frames import Foot, row
from gui.widgets.labels import label, picture
from gui.widgets.working import Working
from models.errors import LedgerError
from models.progress import Progress
from models.services.views.home import Touched
from models.services.views.lists import BulkPlan

PAUSE = 350  # milliseconds of quiet after which the preview is made
LONG = 300  # records above which writing has a page of its own with progress
BEFORE = "按“修改”之前什么都不写。改过的都记进历史，能再改回来。"
NOTHING = "没有可以修改的：都已经是这样，或者不能改。"


class BulkEdit(Panel):
    """Nothing is written before the button that says how many records it changes."""

    notice_margins = (24, 12, 24, 0)
    left = Signal()
    done = Signal(str)  # what was done, in one sentence

    def __init__(self, session: Session, table: str, one: str) -> None:
        super().__init__(session)
        self._table, self._one = table, one
        self._rows: tuple[int, ...] = ()
        self._given = ""  # the value that is known already
        self._plan: BulkPlan | None = None
        self._doing: BulkPlan | None = None
        self._planning: Job | None = None
        self.field: FormField | None = None
        self._soon = QTimer(self)
        self._soon.setObjectName("look at many soon")
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE)
        self._soon.timeout.connect(self.look)

        self.title = label("", "h2")
        self.which = Choice()
        self.which.setAccessibleName("改哪一栏")
        self.which.setFixedWidth(theme.px(200))
        self._value_at = QVBoxLayout()
        self.preview = BulkPreview()
        self.leave = button("不改了", tip="不改了（Esc）")
        self.change = button("修改", "primary")
        self.reassure = label(BEFORE, "quiet")
        self.behalf = OnBehalf()
        self._with_devices: frozenset[str] = frozenset()  # codes of units that write such things themselves
        self.foot = Foot(picture("shield", "green", 18), self.reassure, None, self.behalf, self.leave, self.change)
        self.working = Working("正在修改", "停止修改", "停止以后一条也不改，台账保持原来的样子。", verb="已修改")
        self._build()
        self.which.currentIndexChanged.connect(self._choose)
        self.leave.clicked.connect(self.left)
        self.change.clicked.connect(self._do)
        self.working.stopped.connect(self.stop)
        leave = QShortcut(QKeySequence("Esc"), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self._leave)

    def _build(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(4))
        head.setSpacing(theme.px(10))
        head.addWidget(self.title)
        which = QVBoxLayout()
        which.setSpacing(theme.px(3))
        name = label("改哪一栏")
        name.setBuddy(self.which)
        which.addWidget(name)
        which.addWidget(self.which)
        which.addStretch(1)
        fields = QHBoxLayout()
        fields.setSpacing(theme.px(24))
        fields.addLayout(which)
        fields.addLayout(self._value_at)
        fields.addStretch(1)
        head.addLayout(fields)
        self.asking = QWidget()
        inner = QVBoxLayout(self.asking)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addLayout(head)
        inner.addWidget(self.preview, 1)
        inner.addWidget(self.foot)
        busy = QWidget()
        around = QVBoxLayout(busy)
        around.setContentsMargins(*(theme.px(24),) * 4)
        around.addLayout(row(self.working))
        around.addStretch(1)
        self.middle = QStackedWidget()
        self.middle.addWidget(self.asking)
        self.middle.addWidget(busy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.notice)
        layout.addWidget(self.middle, 1)

    # ------------------------------------------------------------------------------------- asking

    def begin(self, rows: tuple[int, ...], field: str, value: str = "") -> None:
        """Ask what is to be changed in these rows; the field and its value may be known already."""
        self._rows, self._given = rows, value
        self.notice.hide()
        self.title.setText(f"一次修改 {len(rows)} 个{self._one}")
        self.middle.setCurrentIndex(0)
        self._show_plan(None)
        self.behalf.stand("")
        records, table = self.session.office.records, self._table
        self.ask(lambda _: (field, records.bulk_fields(table)), self._offer_fields)
        if self.session.is_county:
            units = self.session.office.units
            self.ask(lambda _: with_devices(units), self._know_devices)

    def end(self) -> None:
        """Forget what was asked."""
        self._soon.stop()
        self._forget_plan()
        self._rows = ()

    def refresh(self) -> None:
        """Look again, if there is something to look at."""
        if self._rows and self._doing is None:
            self.look()

    @Slot(object)
    def _know_devices(self, units: frozenset[str]) -> None:
        self._with_devices = units

    @Slot(object)
    def _offer_fields(self, found: tuple[str, tuple[str, ...]]) -> None:
        wanted, fields = found
        if not self._rows:
            return  # left meanwhile
        self.which.currentIndexChanged.disconnect(self._choose)
        self.which.clear()
        self.which.addItem("请选择", "")
        for name in fields:
            self.which.addItem(field_of(self._table, name).label, name)
        self.which.setCurrentIndex(max(self.which.findData(wanted), 0))
        self.which.currentIndexChanged.connect(self._choose)
        self._choose()

    @Slot()
    def _choose(self) -> None:
        """Show the editor of the field that was chosen."""
        self._forget_plan()
        if self.field is not None:
            self._value_at.removeWidget(self.field)
            self.field.hide()
            self.field.deleteLater()
            self.field = None
        name = str(self.which.currentData() or "")
        if not name:
            self.which.setFocus()
            return
        self.field = FormField(field_of(self._table, name))
        self.field.setMinimumWidth(theme.px(200))
        self.field.changed.connect(self._typed)
        self._value_at.addWidget(self.field)
        self.field.editor.setFocus()
        records, table = self.session.office.records, self._table
        self.ask(partial(saving.offers, records, table, (name,)), self._suggest)
        if self._given:
            self.field.rewrite(self._given)
            self._given = ""
            self.look()

    @Slot(object)
    def _suggest(self, found: saving.Offers) -> None:
        if self.field is not None and self.field.field.name in found:
            self.field.suggest(found[self.field.field.name])

    @Slot()
    def _typed(self) -> None:
        self._forget_plan()
        self._soon.start()

    # ------------------------------------------------------------------------------------- looking

    @Slot()
    def look(self) -> None:
        """Have it found what would become of each record."""
        self._soon.stop()
        self._forget_plan()
        field, rows = self.field, self._rows
        if field is None or not field.value or not rows:
            return
        values, records, table = {field.field.name: field.value}, self.session.office.records, self._table

        def work(progress: Progress) -> BulkPlan:
            return records.plan_bulk(table, rows, values, progress)

        self.preview.summary.say("正在核对每一条…")
        self._planning = self.ask(work, self._take_plan, refused=self._refuse_value, progressed=self._report)

    def _forget_plan(self) -> None:
        if self._planning is not None:
            self._planning.cancel()
            self._planning = None
        self._show_plan(None)

    @Slot(object, object, str)
    def _report(self, done: int, total: int, what: str) -> None:
        if self._planning is not None and self._planning is self.sender() and done < total:
            self.preview.summary.say(f"{what} {done} / {total}")

    @Slot(object)
    def _take_plan(self, plan: BulkPlan) -> None:
        field = self.field
        if field is not None and plan.values == ((field.field.name, field.value),):
            self._planning = None
            self._show_plan(plan)

    @Slot(object)
    def _refuse_value(self, error: LedgerError) -> None:
        self._forget_plan()
        if self.field is not None and getattr(error, "field", "") == self.field.field.name:
            self.field.mark(error.message)
        else:
            self.notice.refuse(error)

    def _show_plan(self, plan: BulkPlan | None) -> None:
        self._plan = plan
        self.preview.show_plan(plan)
        if plan is not None:
            theirs = any(line.state == "change" and line.unit in self._with_devices for line in plan.lines)
            self.behalf.stand(self._table if theirs else "")
            self.behalf.watch(name for name, _ in plan.values)
        changed = plan.changed if plan else 0
        self.change.setText(f"修改 {changed} 条" if changed else "修改")
        self.change.setEnabled(bool(changed))
        self.reassure.setText(NOTHING if plan is not None and not changed else BEFORE)

    # ------------------------------------------------------------------------------------- doing

    @Slot()
    def _leave(self) -> None:
        if self._doing is None:
            self.left.emit()

    @Slot()
    def _do(self) -> None:
        plan = self._plan
        if plan is None or not plan.changed:
            return
        names = [name for name, _ in plan.values]
        why = self.behalf.why(names)
        if self.behalf.asks(names) and not why:
            self.notice.say("warning", ASK, ASK_WHY)
            self.behalf.reason.setFocus()
            return
        self.notice.hide()
        records, self._doing = self.session.office.records, plan
        self.asking.setEnabled(False)  # what is being done is not changed any more
        if plan.changed > LONG:
            self.working.begin(f"正在修改 {plan.changed} 条")
            self.middle.setCurrentIndex(1)

        def work(progress: Progress) -> int:
            return records.edit_many(plan, why, progress)

        self.run(work, self._did, refused=self._refuse, stopped=self._stopped, progressed=self.working.report)

    @Slot(object)
    def _did(self, changed: int) -> None:
        plan = self._doing
        self._ask_again()
        if plan is None:
            return
        touched = frozenset(line.id for line in plan.lines if line.state == "change")
        names = "、".join(field_of(self._table, name).label for name, _ in plan.values)
        self.end()
        self.session.tell(Touched(self._table, touched))
        self.done.emit(f"已修改 {changed} 条的“{names}”。")

    @Slot(object)
    def _refuse(self, error: LedgerError) -> None:
        self._ask_again()
        self.notice.refuse(error)
        self.look()

    @Slot()
    def _stopped(self) -> None:
        self._ask_again()
        self.notice.say("info", "已停下，一条也没有修改。", "台账保持原来的样子。")

    def _ask_again(self) -> None:
        self._doing = None
        self.asking.setEnabled(True)
        self.middle.setCurrentIndex(0)
