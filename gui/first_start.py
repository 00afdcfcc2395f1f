"""首次启动: five short steps, one question a page; nothing is made before the last one, and every answer stays."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from gui import theme
from gui.counter.office import Office
from gui.faults import Faults
from gui.jobs import Job, Jobs
from gui.jobs import Kind as JobKind
from gui.panels.first_start.steps import FURTHER, SECRECY, Check, Code, Kind, Name, Step, Units, Welcome
from gui.unit_lines import UnitLine
from gui.widgets.buttons import Carrier, button
from gui.widgets.frames import Foot, Scroller, clear, column, row
from gui.widgets.labels import Elided, label, picture
from gui.widgets.notice import Notice
from models.errors import LedgerError
from models.progress import Progress
from models.version import VERSION

SetUp = Callable[..., Office]  # home, kind, name, code; join=True for a further PC of a county
Samples = Callable[[Path, str, Progress], Office]


class FirstStart(QWidget):
    """Asks kind, name and code, and the county for its units; everything else comes later."""

    opened = Signal(object)  # the office that was set up
    sampled = Signal(object, object)  # the office of the samples, and where it lies

    def __init__(self, set_up: SetUp, home: Path, samples: Samples | None = None) -> None:
        super().__init__()
        self.setWindowTitle("环改台账 - 第一次使用")
        self.setObjectName("page")
        self.setMinimumSize(1024, 600)
        self.resize(1200, 720)
        self._set_up, self._samples, self._home = set_up, samples, home
        self._office: Office | None = None  # made, but some units of the list were refused
        self.jobs, self.faults = Jobs(self), Faults(None, self)
        self.notice = Notice()
        self.kind, self.named, self.coded, self.units, self.check = Kind(), Name(), Code(), Units(), Check()
        self._pages: tuple[Step, ...] = (Welcome(), self.kind, self.named, self.coded, self.units, self.check)
        self.stack = QStackedWidget()
        for page in self._pages:
            self.stack.addWidget(page)
            page.changed.connect(self._watch)
        self.name, self.code = self.named.text, self.coded.text
        self.side = _Side()
        self.try_out = button("先用示例数据试试", "quiet", tip="示例另放一个文件夹，不影响您自己的台账")
        self.try_out.setVisible(samples is not None)
        self.reason = label("", "quiet")
        self.back = button("上一步", key="Esc")
        self.on = button("下一步", "primary", icon="forward", key="Enter")
        self.start = button("开始使用", "primary", icon="forward", key="Enter")
        middle = Scroller(margins=(64, 40, 64, 24))
        middle.body.addWidget(self.notice)
        middle.body.addWidget(self.stack, 1)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(middle, 1)
        right.addWidget(Foot(self.try_out, None, self.reason, self.back, self.on, self.start))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.side)
        layout.addLayout(right, 1)
        self.side.chosen.connect(self.go)
        self.back.clicked.connect(self.go_back)
        self.on.clicked.connect(self.go_on)
        self.start.clicked.connect(self.begin)
        self.try_out.clicked.connect(self._try_out)
        self._busy = False
        self.at = 0
        self.go(0)

    # ------------------------------------------------------------------------------------- steps

    @property
    def steps(self) -> list[Step]:
        """The steps of the kind of desk that was chosen: five of them."""
        last = self.units if self.kind.value == "county" else self.check
        return [*self._pages[:4], last]

    @Slot(object)
    def go(self, at: int) -> None:
        """Show a step. Forward only past steps that are answered."""
        if self._busy or self._office is not None:
            return
        steps = self.steps
        lacking = next((number for number, one in enumerate(steps[:at]) if one.lacks()), at)
        self.at = max(0, min(lacking, len(steps) - 1))
        step = steps[self.at]
        for one in (self.named, self.coded):
            one.of(self.kind.value)
        self.units.box.know({}, self.coded.value)
        answers = [(one.name, one.answer()) for one in (self.kind, self.named, self.coded)]
        self.check.show_answers(answers, self._home)
        step.count.setText(f"第 {self.at + 1} 步，共 {len(steps)} 步")
        self.side.show_steps(steps, self.at)
        self.stack.setCurrentWidget(step)
        self._watch()
        (step.first() or (self.start if step is steps[-1] else self.on)).setFocus()

    @Slot()
    def go_on(self) -> None:
        """The next step, or the start."""
        step = self.steps[self.at]
        if step.lacks() or step.doubts():
            (step.first() or self).setFocus()
        elif step is self.steps[-1]:
            self.begin()
        else:
            self.notice.hide()
            self.go(self.at + 1)

    @Slot()
    def go_back(self) -> None:
        """The step before."""
        self.go(self.at - 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Esc goes back; on a button of its own Enter presses it."""
        focus = self.focusWidget()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if isinstance(focus, QPushButton) and focus not in {self.on, self.start}:
                focus.click()
            else:
                self.go_on()
        elif event.key() == Qt.Key.Key_Escape:
            self.go_back()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _watch(self) -> None:
        steps = self.steps
        step = steps[self.at]
        last = step is steps[-1]
        lacks = step.lacks()
        self.reason.setText(lacks)
        self.on.setVisible(not last)
        self.start.setVisible(last)
        for one in (self.on, self.start):
            one.setEnabled(not lacks and not self._busy)
        self.back.setVisible(self.at > 0)
        self.back.setEnabled(not self._busy and self._office is None)
        self.try_out.setEnabled(not self._busy and self._office is None)
        if step is self.kind:  # what the last step is depends on it
            self.side.show_steps(steps, self.at)

    # ------------------------------------------------------------------------------------- making the home

    @Slot()
    def begin(self) -> None:
        """Make the home, and add the county's units."""
        if self._office is not None:
            self._open(self._office)
            return
        lacking = next((number for number, one in enumerate(self.steps) if one.lacks()), None)
        if self._busy or lacking is not None:
            self.go(lacking if lacking is not None else self.at)
            return
        kind, name, code = self.kind.value, self.named.value, self.coded.value
        units = self.units.box.good if kind == "county" else []
        self._work(lambda _: self._make(kind, name, code, units), self._made, "正在建立台账和本机的钥匙…")

    def _make(self, kind: str, name: str, code: str, units: list[UnitLine]) -> tuple[Office, list[str]]:
        if kind == FURTHER:
            office = self._set_up(self._home, "county", name, code, join=True)
        else:
            office = self._set_up(self._home, kind, name, code)
        refused: list[str] = []
        for one in units:
            try:
                office.units.add(one.kind, one.name, one.code)
            except LedgerError as error:
                refused.append(f"{one.name}：{error.message}")
        return office, refused

    @Slot(object)
    def _made(self, found: tuple[Office, list[str]]) -> None:
        office, refused = found
        if not refused:
            self._open(office)
            return
        self._office = office
        text = "\n".join([*refused, "请打开台账，在“设置”里再添加。"])
        self.notice.say("warning", f"台账已经建好，有 {len(refused)} 个单位没有添加。", text)
        self.start.setText("打开台账")
        self._watch()

    def _open(self, office: Office) -> None:
        self.jobs.close()
        self.opened.emit(office)

    # ------------------------------------------------------------------------------------- samples

    @Slot()
    def _try_out(self) -> None:
        samples = self._samples
        if samples is None:
            return
        kind = "county" if self.kind.value in ("county", FURTHER) else "township"
        home = self._home.with_name(f"{self._home.name}-示例-{'县' if kind == 'county' else '乡镇'}")
        self._work(
            lambda step: (samples(home, kind, step), home), self._tried, "正在准备示例数据，大约 5 秒…", JobKind.LONG
        )

    @Slot(object)
    def _tried(self, found: tuple[Office, Path]) -> None:
        self.jobs.close()
        self.sampled.emit(*found)

    # ------------------------------------------------------------------------------------- work

    def _work(
        self, work: Callable[[Progress], object], done: Callable[..., object], said: str, kind: JobKind = JobKind.SAVE
    ) -> None:
        self._busy = True
        self.notice.hide()
        self.setFocus()  # the button that had it is off: it must not go to whatever is next
        self._watch()
        self.reason.setText(said)
        job = Job(work, self.jobs, kind)
        job.done.connect(done)
        job.refused.connect(self._refuse)
        job.broken.connect(self._break)
        job.cancelled.connect(self._rest)
        self.jobs.start(job)

    @Slot()
    def _rest(self) -> None:
        self._busy = False
        self._watch()

    @Slot(object)
    def _refuse(self, error: LedgerError) -> None:
        self._rest()
        self.notice.refuse(error)

    @Slot(object)
    def _break(self, bug: BaseException) -> None:
        self._rest()
        self.faults.show(bug)

    def closeEvent(self, event: object) -> None:
        self.jobs.close()
        if self._office is not None and self.isVisible():
            self._office.close()
        super().closeEvent(event)  # pyright: ignore[reportArgumentType]


class _StepButton(Carrier):
    """A step at the left: its mark, its name, what was answered."""

    def __init__(self, at: int, step: Step, state: str) -> None:
        super().__init__(at)
        self.setProperty("kind", "due")
        self.setEnabled(state != "open")
        said = step.answer() if state == "done" else step.lead
        self.setAccessibleName(f"第 {at + 1} 步 {step.name}：{said}")
        icon, tone = {"done": ("done", "green"), "now": ("circle", "accent")}.get(state, ("circle", "control"))
        name = label(step.name, "bold" if state == "now" else "", "accent" if state == "now" else "")
        self._line = row(picture(icon, tone, 20), gap=12)
        self._line.setContentsMargins(theme.px(6), theme.px(5), theme.px(6), theme.px(5))
        self._line.addLayout(column(name, Elided(said, "small"), gap=1), 1)
        self.setLayout(self._line)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        return self._line.sizeHint()


class _Side(QFrame):
    """The steps at the left, and what must never be forgotten below them."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("nav")
        self.setFixedWidth(theme.px(272))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(24), theme.px(36), theme.px(20), theme.px(24))
        layout.setSpacing(theme.px(4))
        layout.addWidget(label("环改台账", "title"))
        layout.addWidget(label("第一次使用，大约 2 分钟", "small"))
        layout.addSpacing(theme.px(20))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.px(8))
        layout.addLayout(self._rows)
        layout.addStretch(1)
        layout.addWidget(label(SECRECY, "small", wrap=True))
        layout.addWidget(label(f"版本 {VERSION}", "small"))

    def show_steps(self, steps: list[Step], at: int) -> None:
        """Show how far one is."""
        clear(self._rows)
        for number, step in enumerate(steps):
            state = "now" if number == at else "done" if number < at else "open"
            one = _StepButton(number, step, state)
            one.handed.connect(self.chosen)
            self._rows.addWidget(one)
