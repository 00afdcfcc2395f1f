"""倒排时间节点: the proposal of a template on a time line; days and ticks are changed, then all is kept at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QDialog, QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from gui import saying, theme, typed
from gui.jobs import Kind
from gui.page import Page
from gui.panels.record.on_behalf import ASK, OnBehalf, has_device
from gui.widgets.buttons import button
from gui.widgets.choice import Choice
from gui.widgets.frames import Scroller, row
from gui.widgets.labels import label, retone
from gui.widgets.timeline import Stretch, Timeline, as_day
from models.domain.fields import TABLES
from models.progress import Progress
from models.services.views.milestones import Backplan, Milestone, Planned

TAKE_BACK = "撤销倒排"
DUE = TABLES["measure"]["due"]
FEW = 9  # milestones that are seen without scrolling


@dataclass(frozen=True)
class Line:
    """One milestone of the proposal as it stands on the paper."""

    milestone: Milestone
    tick: QCheckBox
    day: QLineEdit
    note: QLabel


class BackplanPaper(QDialog):
    """The proposal; nothing is written before its verb is pressed."""

    def __init__(
        self, plans: tuple[Backplan, ...], today: date, *, behalf: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("环改台账")
        self.setFixedWidth(theme.px(760))
        self._plans, self._today = {one.template: one for one in plans}, today
        self.lines: list[Line] = []
        self.template = Choice()
        self.template.setAccessibleName("模板")
        for name in self._plans:
            self.template.addItem(name)
        self.span = label("", "quiet", wrap=True)
        self.timeline = Timeline()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(16))
        self._grid.setVerticalSpacing(theme.px(6))
        self._grid.setColumnStretch(2, 1)
        self.scroller = Scroller(margins=(0, 0, 0, 0))
        self.scroller.body.addLayout(self._grid)
        self.scroller.body.addStretch(1)
        self.doubts = label("", "", "orange", wrap=True)
        self.wrong = label("", "", "red", wrap=True)
        self.behalf = OnBehalf()
        self.behalf.stand("measure" if behalf else "")
        self.behalf.watch(("due",))
        self.leave = button("先不排了")
        self.verb = button("", "primary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(theme.px(24),) * 4)
        layout.setSpacing(theme.px(12))
        layout.addWidget(label("倒排时间节点", "h2"))
        layout.addLayout(row(label("模板"), self.template, None))
        for part in (self.span, self.timeline, self.scroller, self.doubts, self.wrong):
            layout.addWidget(part)
        layout.addLayout(row(self.behalf, None, self.leave, self.verb))
        self.template.setCurrentText(plans[0].template)
        self._show_plan()
        self.template.activated.connect(self._show_plan)
        self.leave.clicked.connect(self.reject)
        self.verb.clicked.connect(self.take)

    @property
    def plan(self) -> Backplan:
        """The proposal of the template that is chosen."""
        return self._plans[self.template.currentText()]

    @property
    def chosen(self) -> list[Milestone]:
        """The ticked milestones with the days that stand beside them."""
        return [one.milestone._replace(due=self._day(one).text) for one in self.lines if one.tick.isChecked()]

    @Slot()
    def _show_plan(self) -> None:
        plan = self.plan
        for one in self.lines:
            for part in (one.tick, one.day, one.note):
                self._grid.removeWidget(part)
                part.hide()
                part.deleteLater()
        start, deadline = (saying.day(date.fromisoformat(day), self._today) for day in (plan.start, plan.deadline))
        done = f"已完成的不再排：{'、'.join(plan.done)}。" if plan.done else ""
        self.span.setText(f"从 {start}到时限 {deadline}，都排在工作日。不要的勾掉，日子可以改。{done}")
        self.lines = [self._line(number, one) for number, one in enumerate(plan.lines)]
        tall = self._grid.sizeHint().height() if len(self.lines) <= FEW else theme.px(36) * FEW
        self.scroller.setFixedHeight(tall + theme.px(2))
        self._look()

    def _line(self, number: int, one: Milestone) -> Line:
        tick, day = QCheckBox(one.text), QLineEdit(one.due)
        tick.setChecked(True)
        tick.setAccessibleName(one.text)
        day.setAccessibleName(f"{one.text}的日子")
        day.setFixedWidth(theme.px(126))
        note = label("", "small")
        for column, part in enumerate((tick, day, note)):
            self._grid.addWidget(part, number, column)
        tick.toggled.connect(self._look)
        day.editingFinished.connect(self._look)
        return Line(one, tick, day, note)

    def _day(self, line: Line) -> typed.Reading:
        return typed.read(DUE, line.day.text(), self._today)

    @Slot()
    def _look(self) -> None:
        """Tidy the days, and show on the line what is ticked."""
        days: list[tuple[str, date]] = []
        rows: list[Stretch] = []
        for line in self.lines:
            reading, ticked = self._day(line), line.tick.isChecked()
            if reading.text != line.day.text():
                line.day.setText(reading.text)
            line.day.setEnabled(ticked)
            day = as_day(reading.text)
            wrong = reading.wrong or ("" if day else "还没有写日子。")
            retone(line.day, bad="1" if ticked and wrong else "0")
            line.note.setText(wrong if ticked and wrong else _note(line.milestone, reading.text))
            if ticked and day:
                days.append((line.milestone.text, day))
                rows.append(Stretch(None, line.milestone.text, "", None, day, None, True))
        self.timeline.show_rows(rows, self._today, editable=False, deadline=as_day(self.plan.deadline))
        self.doubts.setText("".join(self.plan.doubts(days)))
        self.doubts.setVisible(bool(days) and bool(self.doubts.text()))
        self.verb.setText(f"保存 {sum(one.tick.isChecked() for one in self.lines)} 个节点")
        self.verb.setEnabled(any(one.tick.isChecked() for one in self.lines))
        self.wrong.hide()

    @Slot()
    def take(self) -> None:
        """Done, if every ticked milestone has its day."""
        self._look()
        bad = next((x for x in self.lines if x.tick.isChecked() and not as_day(self._day(x).text)), None)
        if bad is not None:
            self._refuse("有的日子没有写对，请改好或勾掉这个节点。", bad.day)
        elif self.behalf.asks(("due",)) and not self.behalf.why(("due",)):
            self._refuse(ASK, self.behalf.reason)
        else:
            self.accept()

    def _refuse(self, text: str, at: QWidget) -> None:
        self.wrong.setText(text)
        self.wrong.show()
        at.setFocus()


def _note(milestone: Milestone, due: str) -> str:
    """How the day differs from what stands in the ledger."""
    if not milestone.id:
        return ""
    return "日子不变" if milestone.before == due else f"原定 {milestone.before or '没有写'}"


class Backplanning(QObject):
    """Asks for the proposal of the problem that is shown, has it looked at, and writes what was kept."""

    planned = Signal(str)  # the sentence to say

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self._id = ""
        self._last: Planned | None = None

    def begin(self, problem: str, unit: str) -> None:
        """Propose milestones of a problem whose unit is known by its code."""
        self._id = problem
        session = self._page.session
        self._page.ask(partial(self._read, problem, unit, session.is_county), self._ask)

    def _read(self, problem: str, unit: str, county: bool, _: Progress) -> tuple[tuple[Backplan, ...], bool]:  # noqa: FBT001
        office = self._page.session.office
        return office.milestones.proposals(problem), county and has_device(office.units, unit, _)

    @Slot(object)
    def _ask(self, found: tuple[tuple[Backplan, ...], bool]) -> None:
        plans, behalf = found
        if plans[0].problem != self._id or not self._page.isVisible():
            return
        paper = BackplanPaper(plans, self._page.session.today, behalf=behalf, parent=self._page)
        if paper.exec() == QDialog.DialogCode.Accepted:
            why = paper.behalf.why(("due",))
            self._page.ask(self._writer(paper.chosen, paper.plan.template, why), self._done, kind=Kind.SAVE)

    def _writer(self, lines: list[Milestone], template: str, why: str) -> Callable[[Progress], Planned]:
        milestones, problem = self._page.session.office.milestones, self._id
        return lambda _: milestones.plan(problem, lines, template, why)

    @Slot(object)
    def _done(self, planned: Planned) -> None:
        self._last = planned
        made, moved = len(planned.made), len(planned.moved)
        told = [f"新加 {made} 个" if made else "", f"改期 {moved} 个" if moved else ""]
        said = "、".join(part for part in told if part)
        self.planned.emit(f"时间节点已保存到本机：{said}。" if said else "节点都没有变，没有改动。")

    @property
    def can_be_taken_back(self) -> bool:
        """Whether the last planning wrote something that may be undone."""
        return self._last is not None and bool(self._last.made or self._last.moved)

    @Slot(str)
    def act(self, word: str) -> None:
        """Undo the last planning."""
        last = self._last
        if word == TAKE_BACK and last is not None:
            self._last = None
            milestones = self._page.session.office.milestones
            self._page.ask(lambda _: milestones.take_back(last), self._taken_back, kind=Kind.SAVE)

    @Slot(object)
    def _taken_back(self, _: object) -> None:
        self.planned.emit("倒排已撤销，措施和以前一样。")
