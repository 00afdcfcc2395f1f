"""办理: where a problem is on its way to its closing, what is asked of this desk now, a form for each step."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from gui import saying, theme
from gui.panels.record.form import field_of
from gui.widgets.buttons import Carrier, button, carrier
from gui.widgets.form import Form
from gui.widgets.frames import Card, clear, column, row
from gui.widgets.labels import label, picture
from models.domain.fields import DATE_OF_STATE, TABLES, Field
from models.domain.workflow import COUNTY
from models.errors import LedgerError
from models.services.views.workflow import StepView, WayView

WHOSE = {True: "县环委办", False: "责任单位"}
LINES = 3  # of a long text
PHRASES = 4  # that are offered for a return


def lacks(step: StepView) -> str:
    """What a step still needs, as one reads it beside its button."""
    return f"还缺：{'、'.join(step.missing)}" if step.missing else ""


class Handling(Card):
    """The card of steps."""

    wanted = Signal(str, object)  # verb, the values that were typed
    opened = Signal(bool)

    def __init__(self) -> None:
        super().__init__("办理", " ", gap=6)
        self.form: Form | None = None
        self.buttons: dict[str, Carrier] = {}  # verb and stage → its button
        self._step: StepView | None = None
        self._way = WayView("", quick=False, steps=(), papers=(), standards=(), phrases=())
        self._today = date.min
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.px(6))
        self._form_at = QVBoxLayout()
        self.save = button("", "primary", size="slim", key="Ctrl+S")
        self.leave = button("先不办", size="slim", tip="收起这张表，不做改动（Esc）")
        self._foot = QWidget()
        self._foot.setLayout(row(self.leave, self.save, None))
        self._foot.hide()
        for part in (self._rows, self._form_at):
            self.add(part)
        self.add(self._foot)
        self.save.clicked.connect(self.ask_to_save)
        self.leave.clicked.connect(self.end)

    @property
    def is_dirty(self) -> bool:
        """Whether something was typed that is not done."""
        return self.form is not None and bool(self.form.changes())

    def show_way(self, way: WayView, today: date) -> None:
        """Show the steps of a problem: what was done in one line, then what this desk takes, then who is next."""
        self._today, self._way = today, way
        self.quiet.setText(f"验收路线：{way.route}" + ("（立行立改，直接销号）" if way.quick else ""))
        clear(self._rows)
        self.buttons = {}
        done = [f"{one.label} {one.done_on}".rstrip() for one in way.steps if one.done_on is not None]
        if done:
            self._rows.addWidget(label(f"已办：{saying.SPACE.join(done)}", "quiet", wrap=True))
        for said in way.doubts:
            self._rows.addLayout(
                row(picture("warning", "yellowText", 16), label(f"公示：{said}", "", wrap=True), gap=8)
            )
        mine = [one for one in way.steps if one.mine and one.done_on is None]
        for one in sorted(mine, key=lambda step: not step.possible):
            self._add(one)
        papers = [one.name for one in way.papers if one.must and not one.here]
        if papers:
            self._rows.addWidget(label(f"一问题一档还缺必备材料：{'、'.join(papers)}", "quiet", wrap=True))
        theirs = [one for one in way.steps if not one.mine and one.done_on is None and one.verb != "return"]
        if theirs:
            self._rows.addWidget(label(_others(theirs), "quiet", wrap=True))
        if not mine and not theirs:
            self._rows.addLayout(row(picture("check", "green", 16), label("全部办完。", "quiet"), None, gap=10))
        if self._step is not None and self._step.verb not in {one.verb for one in mine if one.possible}:
            self.end()

    def _add(self, step: StepView) -> None:
        made = carrier(step, step.label, size="slim")
        made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        made.setEnabled(step.possible)
        made.handed.connect(self.begin)
        self.buttons[step.stage or step.verb] = made
        self._rows.addLayout(row(made, label(lacks(step), "small", wrap=True), gap=10))

    @Slot(object)
    def begin(self, step: StepView) -> None:
        """Open the form of a step."""
        self.end()
        self._step = step
        form = Form(self._today)
        for asked in step.fields:
            name = TABLES[step.table].get(asked.name)
            known = name if name and asked.name not in DATE_OF_STATE else field_of("problem", asked.name)
            one = form.add(_named(known, asked.label), required=asked.required, lines=LINES)
            one.put(asked.value)
            if asked.name == "standards":
                one.suggest(self._way.standards)
        self.form = form
        self._form_at.addWidget(form)
        if step.verb == "return":
            phrases = [carrier(text, text, "quiet", size="slim") for text in self._way.phrases[:PHRASES]]
            for one in phrases:
                one.handed.connect(self._phrase)
            self._form_at.addLayout(column(*(row(one, None) for one in phrases), gap=2))
        self.save.setText(step.label)
        self._foot.show()
        self.opened.emit(True)
        form.fields[self._focus(step)].editor.setFocus()

    def _focus(self, step: StepView) -> str:
        """The first field that must be said and is not."""
        return next((one.name for one in step.fields if one.required and not one.value), step.fields[0].name)

    @Slot(object)
    def _phrase(self, text: str) -> None:
        if self.form is not None:
            one = self.form.fields["opinion"]
            one.rewrite(f"{one.value}；{text}" if one.value else text)
            one.editor.setFocus()

    @Slot()
    def ask_to_save(self) -> None:
        """Have the step taken, if nothing is missing in the form."""
        if self.form is None or self._step is None:
            return
        wrong = self.form.check()
        for asked in self._step.fields:
            one = self.form.fields[asked.name]
            if asked.required and not one.value.strip():
                one.mark(f"还差“{asked.label}”。")
                wrong.append(one)
        if wrong:
            wrong[0].editor.setFocus()
            return
        values = {name: one.value for name, one in self.form.fields.items() if one.value.strip()}
        if self._step.stage and self._step.verb == "accept":
            values["stage"] = self._step.stage
        self.wanted.emit(self._step.verb, values)

    def refuse(self, error: LedgerError) -> bool:
        """Mark the field that was refused, if it is one of the form."""
        field = getattr(error, "field", "")
        if self.form is None or field not in self.form.fields:
            return False
        self.form.fields[field].mark(f"{error.message}{error.way_out}")
        return True

    @Slot()
    def end(self) -> None:
        """Close the form."""
        if self.form is None:
            return
        clear(self._form_at)
        self.form = self._step = None
        self._foot.hide()
        self.opened.emit(False)


def _named(known: Field, text: str) -> Field:
    """A field under the name that the step gives it."""
    return known if known.label == text else Field(known.name, text, known.type, known.owner, known.states, known.long)


def _others(steps: list[StepView]) -> str:
    """Whose turn it is, and what comes there."""
    ways = [f"{WHOSE[one.who == COUNTY]}：{one.label}" for one in steps]
    return f"由对方办：{saying.SPACE.join(ways)}"
