"""The small parts of a dictionary's form: a number in a sentence, a line, ticks, the rules of the lights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from gui import theme
from gui.widgets.frames import row, rule
from gui.widgets.labels import label
from models.domain import light, words
from models.domain.dictionary_parts import PARTS, Fault, Line, Number, Ticks, read

NARROW, BROAD = 72, 260


class Marked(QWidget):
    """A part whose fault is said below it."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.fault = label("", "", "red", wrap=True)
        self.fault.hide()
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(theme.px(6))

    def mark(self, faults: Sequence[Fault]) -> None:
        """Say what does not fit."""
        self.fault.setText("；".join(one.why for one in faults) + "。")
        self.fault.setVisible(bool(faults))


def field(name: str, width: int, *, edits: bool) -> QLineEdit:
    """A field of a width, read only where nobody may type."""
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setFixedWidth(theme.px(width))
    made.setReadOnly(not edits)
    return made


class Typed(Marked):
    """A number with what it counts, or a line."""

    def __init__(self, part: Number | Line, *, edits: bool) -> None:
        super().__init__()
        number = isinstance(part, Number)
        self.field = field(part.label, NARROW if number else BROAD, edits=edits)
        said = label(part.label)
        said.setBuddy(self.field)
        self.body.addLayout(row(said, self.field, label(part.unit) if number else None, None))
        self.body.addWidget(self.fault)
        self.field.textEdited.connect(self.changed)

    @property
    def value(self) -> str:
        """What is typed."""
        return self.field.text()

    def put(self, value: str) -> None:
        """Show what counts."""
        self.field.setText(value)

    def go_to(self, _: Fault) -> None:
        """Take the keyboard there."""
        self.field.setFocus()


class Ticked(Marked):
    """Some of a few."""

    def __init__(self, part: Ticks, *, edits: bool) -> None:
        super().__init__()
        self.boxes = {name: QCheckBox(word) for name, word in part.words.items()}
        self.body.addLayout(row(label(part.label), *self.boxes.values(), None, gap=16))
        self.body.addWidget(self.fault)
        for box in self.boxes.values():
            box.setEnabled(edits)
            box.clicked.connect(self.changed)

    @property
    def value(self) -> list[str]:
        """The names that are ticked."""
        return [name for name, box in self.boxes.items() if box.isChecked()]

    def put(self, value: Sequence[str]) -> None:
        """Show what counts."""
        for name, box in self.boxes.items():
            box.setChecked(name in value)

    def go_to(self, _: Fault) -> None:
        """Take the keyboard there."""
        next(iter(self.boxes.values())).setFocus()


class Lights(Marked):
    """Each rule as a sentence with a number in it, and an example that follows what is typed."""

    def __init__(self, today: date, *, edits: bool) -> None:
        super().__init__()
        self._today = today
        self.boxes: dict[str, QCheckBox] = {}
        self.numbers: dict[str, QLineEdit] = {}
        for one in light.EVERY:
            box = QCheckBox(one.label)
            box.setEnabled(edits)
            box.clicked.connect(self._change)
            parts: list[QWidget | None] = [box]
            if one.number is not None:
                number = field(f"{one.label}几{one.unit}", NARROW, edits=edits)
                number.textEdited.connect(self._change)
                self.numbers[one.name] = number
                parts += [number, label(one.unit)]
            parts += [label(f"亮{words.LIGHT[one.colour]}灯", "bold", one.colour), None]
            self.boxes[one.name] = box
            self.body.addLayout(row(*parts, gap=8))
        self.body.addWidget(
            label("从上往下，第一条对得上的算数；都对不上的亮绿灯，没有时限的是灰灯。", "small", wrap=True)
        )
        self.body.addWidget(self.fault)
        self.body.addWidget(rule())
        self.left = field("试一试：离时限几天", NARROW, edits=True)
        self.left.setText("10")
        self.example = label("", "bold")
        self.body.addLayout(row(label("试一试：离整改时限还有"), self.left, label("天的问题："), self.example, None))
        self.left.textEdited.connect(self._try)

    @property
    def value(self) -> dict[str, tuple[bool, str]]:
        """Which rules count, and their numbers as typed."""
        return {
            name: (box.isChecked(), self.numbers[name].text() if name in self.numbers else "")
            for name, box in self.boxes.items()
        }

    def put(self, value: Mapping[str, tuple[bool, str]]) -> None:
        """Show what counts."""
        for name, (on, number) in value.items():
            self.boxes[name].setChecked(on)
            if name in self.numbers:
                self.numbers[name].setText(number)
        self._try()

    def _change(self) -> None:
        self._try()
        self.changed.emit()

    def _try(self) -> None:
        content, faults = read("thresholds", {PARTS["thresholds"][0].key: self.value})
        typed = self.left.text().strip()
        left = int(typed) if typed.removeprefix("-").isdecimal() and len(typed) <= 5 else None
        if faults or left is None:
            self.example.setText("请先把数填成整数")
            return
        standing = light.Standing(left, ends=True, kind="time_limited", pace="on_schedule", finished=False)
        found = light.of(standing, self._today, light.thresholds(content))
        self.example.setText(words.light(found.colour, found.why))

    def go_to(self, fault: Fault) -> None:
        """Take the keyboard to the number of a rule."""
        self.numbers[light.EVERY[fault.row].name].setFocus()
