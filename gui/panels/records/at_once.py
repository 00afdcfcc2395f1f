"""Several records at once: choose what, say with which values, look at what becomes of each record, then do it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import QEvent, QObject, QSize, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from gui import shortcuts, theme
from gui.jobs import Job
from gui.panel import Panel
from gui.panels.records.bulk_preview import LinesPreview
from gui.session import Session
from gui.widgets.buttons import button
from gui.widgets.choice import Choice
from gui.widgets.frames import Foot, Scroller, row
from gui.widgets.labels import label, picture
from gui.widgets.working import Working
from models.errors import LedgerError
from models.progress import Progress

PAUSE = 350  # milliseconds of quiet after which the preview is made
LOW = 150  # of what is asked, at least
LONG = 300  # records above which writing has a page of its own with progress


class Manner(NamedTuple):
    """What one way of doing several records at once is called."""

    which: str  # what is chosen first: 改哪一栏
    verb: str  # 修改
    leave: str  # 不改了
    before: str  # said while nothing is written yet
    nothing: str  # said where no record would change


class Above(Scroller):
    """What is asked: as high as it needs, but where the screen is small it gives way to the lines and scrolls."""

    def __init__(self) -> None:
        super().__init__(margins=(0, 0, 0, 0), gap=0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.body.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), min(theme.px(LOW), self.sizeHint().height()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


class AtOnce(Panel):
    """Nothing is written before the button that says how many records it is about."""

    notice_margins = (24, 12, 24, 0)
    left = Signal()
    done = Signal(str)  # what was done, in one sentence

    def __init__(self, session: Session, manner: Manner, preview: LinesPreview, *beside: QWidget) -> None:
        """`beside`: what else stands in the foot, before the buttons."""
        super().__init__(session)
        self._manner = manner
        self._rows: tuple[int, ...] = ()
        self._plan: Any = None
        self._doing: Any = None
        self._planning: Job | None = None
        self._soon = QTimer(self)
        self._soon.setObjectName("look at many soon")
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE)
        self._soon.timeout.connect(self.look)

        self.title = label("", "h2")
        self.which = Choice()
        self.which.setAccessibleName(manner.which)
        self.which.setFixedWidth(theme.px(200))
        self.values_at = QVBoxLayout()
        self.preview = preview
        self.leave = button(manner.leave, tip=f"{manner.leave}（Esc）")
        self.change = button(manner.verb, "primary")
        self.reassure = label(manner.before, "quiet")
        self.foot = Foot(picture("shield", "green", 18), self.reassure, None, *beside, self.leave, self.change)
        self.working = Working(f"正在{manner.verb}", f"停止{manner.verb}",
                               "停止以后一条也不改，台账保持原来的样子。", verb=f"已{manner.verb}")  # fmt: skip
        self._lay()
        self.which.currentIndexChanged.connect(self.choose)
        self.leave.clicked.connect(self.left)
        self.change.clicked.connect(self._do)
        self.working.stopped.connect(self.stop)
        shortcuts.within(self, {"Esc": self._leave})

    def _lay(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(4))
        head.setSpacing(theme.px(10))
        head.addWidget(self.title)
        which = QVBoxLayout()
        which.setSpacing(theme.px(3))
        name = label(self._manner.which)
        name.setBuddy(self.which)
        which.addWidget(name)
        which.addWidget(self.which)
        which.addStretch(1)
        fields = QHBoxLayout()
        fields.setSpacing(theme.px(24))
        fields.addLayout(which)
        fields.addLayout(self.values_at)
        fields.addStretch(1)
        head.addLayout(fields)
        self.above = Above()
        self.above.body.addLayout(head)
        self.asking = QWidget()
        inner = QVBoxLayout(self.asking)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(self.above)
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

    # ------------------------------------------------------------------------------------- what each way says

    def choose(self) -> None:
        """Show what may be said of the one that was chosen."""
        raise NotImplementedError

    def planner(self) -> Callable[[Progress], Any] | None:
        """What finds out what would become of each; None while too little is said."""
        raise NotImplementedError

    def fits(self, plan: Any) -> bool:
        """Whether a plan is of what is said now."""
        raise NotImplementedError

    def count(self, plan: Any) -> int:
        """How many records a plan is about to write."""
        raise NotImplementedError

    def mark(self, error: LedgerError) -> bool:
        """Say beside a field that its value was refused, if it was."""
        raise NotImplementedError

    def writer(self, plan: Any) -> Callable[[Progress], Any] | None:
        """What does what was looked at; None where something has to be said first, and was asked for."""
        raise NotImplementedError

    def finish(self, plan: Any, result: Any) -> None:
        """Say what was done."""
        raise NotImplementedError

    # ------------------------------------------------------------------------------------- asking

    def start(self, rows: tuple[int, ...], title: str) -> None:
        """Ask what is to be done with these rows."""
        self._rows = rows
        self.notice.hide()
        self.title.setText(title)
        self.middle.setCurrentIndex(0)
        self.show_plan(None)

    def offer(self, choices: list[tuple[str, Any]], at: int = 0) -> None:
        """Offer what may be chosen: words and what stands for them."""
        self.which.currentIndexChanged.disconnect(self.choose)
        self.which.clear()
        for text, value in choices:
            self.which.addItem(text, value)
        self.which.setCurrentIndex(at)
        self.which.currentIndexChanged.connect(self.choose)
        self.choose()

    def end(self) -> None:
        """Forget what was asked."""
        self._soon.stop()
        self.forget_plan()
        self._rows = ()

    def refresh(self) -> None:
        """Look again, if there is something to look at."""
        if self._rows and self._doing is None:
            self.look()

    @Slot()
    def typed(self) -> None:
        """Something else is said: look soon."""
        self.forget_plan()
        self._soon.start()

    # ------------------------------------------------------------------------------------- looking

    @Slot()
    def look(self) -> None:
        """Have it found what would become of each record."""
        self._soon.stop()
        self.forget_plan()
        work = self.planner() if self._rows else None
        if work is not None:
            self.preview.summary.say("正在核对每一条…")
            self._planning = self.ask(work, self._take_plan, refused=self._refuse_plan, progressed=self._report)

    def forget_plan(self) -> None:
        """What was looked at is of something else."""
        if self._planning is not None:
            self._planning.cancel()
            self._planning = None
        self.show_plan(None)

    @Slot(object, object, str)
    def _report(self, done: int, total: int, what: str) -> None:
        if self._planning is not None and self._planning is self.sender() and done < total:
            self.preview.summary.say(f"{what} {done} / {total}")

    @Slot(object)
    def _take_plan(self, plan: Any) -> None:
        if self.fits(plan):
            self._planning = None
            self.show_plan(plan)

    @Slot(object)
    def _refuse_plan(self, error: LedgerError) -> None:
        self.forget_plan()
        if not self.mark(error):
            self.notice.refuse(error)

    def show_plan(self, plan: Any) -> None:
        """Show what becomes of each; None: nothing is looked at yet."""
        self._plan = plan
        self.preview.show_plan(plan)
        about = self.count(plan) if plan is not None else 0
        self.change.setText(f"{self._manner.verb} {about} 条" if about else self._manner.verb)
        self.change.setEnabled(bool(about))
        manner = self._manner
        self.reassure.setText(manner.nothing if plan is not None and not about else manner.before)

    # ------------------------------------------------------------------------------------- doing

    @Slot()
    def _leave(self) -> None:
        if self._doing is None:
            self.left.emit()

    @Slot()
    def _do(self) -> None:
        plan = self._plan
        about = self.count(plan) if plan is not None else 0
        work = self.writer(plan) if about else None
        if work is None:
            return
        self.notice.hide()
        self._doing = plan
        self.asking.setEnabled(False)  # what is being done is not changed any more
        if about > LONG:
            self.working.begin(f"正在{self._manner.verb} {about} 条")
            self.middle.setCurrentIndex(1)
        self.run(work, self._did, refused=self._refuse, stopped=self._stopped, progressed=self.working.report)

    @Slot(object)
    def _did(self, result: Any) -> None:
        plan = self._doing
        self._ask_again()
        if plan is not None:
            self.end()
            self.finish(plan, result)

    @Slot(object)
    def _refuse(self, error: LedgerError) -> None:
        self._ask_again()
        self.notice.refuse(error)
        self.look()

    @Slot()
    def _stopped(self) -> None:
        self._ask_again()
        self.notice.say("info", f"已停下，一条也没有{self._manner.verb}。", "台账保持原来的样子。")

    def _ask_again(self) -> None:
        self._doing = None
        self.asking.setEnabled(True)
        self.middle.setCurrentIndex(0)
