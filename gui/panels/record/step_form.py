"""The form of one step: the fields that the table of steps asks for, and phrases for a reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui import theme
from gui.panels.record.groups import field_of
from gui.widgets.buttons import Carrier, carrier
from gui.widgets.form import Form, FormField
from gui.widgets.frames import column, row
from models.domain.field import Field
from models.domain.fields import DATE_OF_STATE, TABLES
from models.errors import LedgerError
from models.services.views.workflow import ManyStep, StepView

LINES = 3  # of a long text
PHRASES = 4  # that are offered for a return


class StepForm(QWidget):
    """Asks for what one step says, of one problem or of several."""

    changed = Signal()

    def __init__(
        self, step: StepView | ManyStep, today: date, standards: Sequence[str], phrases: Sequence[str], *,
        lines: int = LINES,
    ) -> None:  # fmt: skip
        """`standards`: of closing, to be ticked; `phrases`: for the reason of a return."""
        super().__init__()
        self.step = step
        self.form = Form(today)
        for asked in step.fields:
            name = TABLES[step.table].get(asked.name)
            known = name if name and asked.name not in DATE_OF_STATE else field_of("problem", asked.name)
            one = self.form.add(_named(known, asked.label), required=asked.required or asked.either, lines=lines)
            one.put(asked.value)
            if asked.name == "standards":
                one.suggest(standards)
        offered = phrases[:PHRASES] if step.verb == "return" else ()
        self.phrases: list[Carrier] = [carrier(text, text, "quiet", size="slim") for text in offered]
        for one in self.phrases:
            one.handed.connect(self._phrase)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(2))
        layout.addWidget(self.form)
        layout.addLayout(column(*(row(one, None) for one in self.phrases), gap=2))
        first = next((one.name for one in step.fields if one.required and not one.value), step.fields[0].name)
        self.setFocusProxy(self.form.fields[first].editor)
        self.form.changed.connect(self.changed)

    @property
    def values(self) -> dict[str, str]:
        """What is said, as the services take it."""
        values = {name: one.value for name, one in self.form.fields.items() if one.value.strip()}
        if self.step.stage and self.step.verb == "accept":
            values["stage"] = self.step.stage
        return values

    def wrong(self) -> list[FormField]:
        """The fields that cannot stand or are missing; each says so."""
        either = [(self.form.fields[asked.name], asked.label) for asked in self.step.fields if asked.either]
        for one, _ in either:  # what is said in one of them takes the mark from the other
            one.clear()
        wrong = self.form.check()
        for asked in self.step.fields:
            one = self.form.fields[asked.name]
            if asked.required and not one.value.strip():
                one.mark(f"还差“{asked.label}”。")
                wrong.append(one)
        if not any(one.value.strip() for one, _ in either):
            for one, _ in either:
                one.mark(f"{'、'.join(f'“{label}”' for _, label in either)}，填一个就行。")
                wrong.append(one)
        return wrong

    def mark(self, error: LedgerError) -> bool:
        """Mark the field that was refused, if it is one of these."""
        field = getattr(error, "field", "")
        if field not in self.form.fields:
            return False
        self.form.fields[field].mark(f"{error.message}{error.way_out}")
        return True

    @Slot(object)
    def _phrase(self, text: str) -> None:
        one = self.form.fields["opinion"]
        one.rewrite(f"{one.value}；{text}" if one.value else text)
        one.editor.setFocus()


def _named(known: Field, text: str) -> Field:
    """A field under the name that the step gives it."""
    return known if known.label == text else Field(known.name, text, known.type, known.owner, known.states, known.long)
