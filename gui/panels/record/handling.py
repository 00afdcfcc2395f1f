"""办理: where a problem is on its way to its closing, what is asked of this desk now, a form for each step."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from gui import saying, theme
from gui.done import Done
from gui.panels.record.step_form import StepForm
from gui.taking_back import TAKE_BACK
from gui.widgets.buttons import Carrier, button, carrier
from gui.widgets.form import Form
from gui.widgets.frames import Card, clear, row
from gui.widgets.labels import label, picture
from models.domain.workflow import COUNTY
from models.errors import LedgerError
from models.services.views.workflow import StepView, WayView

WHOSE = {True: "县环委办", False: "责任单位"}


def whose(step: StepView) -> str:
    """Who takes a step."""
    return WHOSE[step.who == COUNTY]


def lacks(step: StepView) -> str:
    """What a step still needs, as one reads it beside its button."""
    return f"还缺：{'、'.join(step.missing)}" if step.missing else ""


class Handling(Card):
    """The card of steps."""

    wanted = Signal(str, object)  # verb, the values that were typed
    opened = Signal(bool)
    taken_back = Signal(object)  # Done

    def __init__(self) -> None:
        super().__init__("办理", " ", gap=6)
        self.asking: StepForm | None = None
        self.buttons: dict[str, Carrier] = {}  # verb and stage → its button
        self._way = WayView("", quick=False, steps=(), papers=(), standards=(), phrases=())
        self._today = date.min
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(theme.px(6))
        self._steps = QWidget()  # gives way to the form of a step
        self._steps.setLayout(self._rows)
        self._form_at = QVBoxLayout()
        self.save = button("", "primary", size="slim", key="Ctrl+S")
        self.leave = button("先不办", size="slim", tip="收起这张表，不做改动（Esc）")
        self._foot = QWidget()
        self._foot.setLayout(row(self.leave, self.save, None))
        self._foot.hide()
        self.add(self._steps, self._form_at, self._foot)
        self.save.clicked.connect(self.ask_to_save)
        self.leave.clicked.connect(self.end)

    @property
    def form(self) -> Form | None:
        """The form of the step that was begun."""
        return self.asking.form if self.asking else None

    @property
    def is_dirty(self) -> bool:
        """Whether something was typed that is not done."""
        return self.form is not None and bool(self.form.changes())

    def show_way(self, way: WayView, today: date, last: Done | None = None, *, above: Collection[str] = ()) -> None:
        """Show the steps of a problem: what was done in one line, then what this desk takes, then who is next.

        `last`: what was done here just now and can be taken back. `above`: steps that are offered above already.
        """
        self._today, self._way = today, way
        self.quiet.setText(f"验收路线：{way.route}" + ("（立行立改，直接销号）" if way.quick else ""))
        clear(self._rows)
        for one in self.buttons.values():
            one.deleteLater()
        self.buttons = {}
        done = [f"{one.label} {one.done_on}".rstrip() for one in way.steps if one.done_on is not None]
        if done:
            self._rows.addWidget(label(f"已办：{saying.SPACE.join(done)}", "quiet", wrap=True))
        if last is not None:
            back = carrier(last, TAKE_BACK, "quiet", size="slim")
            back.handed.connect(self.taken_back)
            self._rows.addLayout(row(label(f"刚办的：{last.label}。点错了可以撤销。", "quiet"), back, None, gap=8))
        for said in way.doubts:
            self._rows.addLayout(
                row(picture("warning", "yellowText", 16), label(f"公示：{said}", "", wrap=True), gap=8)
            )
        mine = [one for one in way.steps if one.mine and one.done_on is None]
        for one in sorted(mine, key=lambda step: not step.possible):
            self._add(one, shown=(one.stage or one.verb) not in above)
        papers = [one.name for one in way.papers if one.must and not one.here]
        if papers:
            self._rows.addWidget(label(f"一问题一档还缺必备材料：{'、'.join(papers)}", "quiet", wrap=True))
        theirs = [one for one in way.steps if not one.mine and one.done_on is None and one.verb != "return"]
        if theirs:
            self._rows.addWidget(label(_others(theirs), "quiet", wrap=True))
        if not mine and not theirs:
            self._rows.addLayout(row(picture("check", "green", 16), label("全部办完。", "quiet"), None, gap=10))
        if self.asking is not None and self.asking.step.verb not in {one.verb for one in mine if one.possible}:
            self.end()

    def _add(self, step: StepView, *, shown: bool) -> None:
        made = carrier(step, step.label, size="slim")
        made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        made.setEnabled(step.possible)
        made.handed.connect(self.begin)
        self.buttons[step.stage or step.verb] = made
        if shown:
            self._rows.addLayout(row(made, label(lacks(step), "small", wrap=True), gap=10))
        else:
            made.setParent(self._steps)
            made.hide()

    @Slot(object)
    def begin(self, step: StepView) -> None:
        """Open the form of a step; one in which something is typed stays, and is gone to."""
        if self.asking is None or not self.is_dirty:
            self.end()
            self.asking = StepForm(step, self._today, self._way.standards, self._way.phrases)
            self._form_at.addWidget(self.asking)
            self.save.setText(step.label)
            self._steps.hide()
            self._foot.show()
        self.opened.emit(True)
        self.asking.setFocus()

    @Slot()
    def ask_to_save(self) -> None:
        """Have the step taken, if nothing is missing in the form."""
        if self.asking is None:
            return
        wrong = self.asking.wrong()
        if wrong:
            wrong[0].editor.setFocus()
        else:
            self.wanted.emit(self.asking.step.verb, self.asking.values)

    def refuse(self, error: LedgerError) -> bool:
        """Mark the field that was refused, if it is one of the form."""
        return self.asking is not None and self.asking.mark(error)

    @Slot()
    def end(self) -> None:
        """Close the form."""
        if self.asking is None:
            return
        clear(self._form_at)
        self.asking = None
        self._foot.hide()
        self._steps.show()
        self.opened.emit(False)


def _others(steps: list[StepView]) -> str:
    """What others take, each desk named once."""
    by_whom = {whose(one): [other.label for other in steps if other.who == one.who] for one in steps}
    return saying.SPACE.join(f"由{name}来办：{'、'.join(labels)}" for name, labels in by_whom.items())
