"""Forms: labels above their fields, hints below, one sentence where a value is wrong, and what was changed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QFontMetrics, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from gui import theme
from gui.widgets.labels import label, picture, retone
from models.domain.fields import Field, Type

# How wide a field is, by what is expected in it; a form is two columns of WIDE.
WIDE, NARROW, LONG_LINES = 308, 180, 4
HINTS = {
    Type.DATE: "如 2026-11-23、2026.11.23、20261123",
    Type.MONTH: "如 2026-11",
    Type.LIST: "几个值之间用；隔开",
}
_DATE = re.compile(r"(\d{4})\s*[-./年]?\s*(\d{1,2})\s*[-./月]?\s*(\d{1,2})\s*日?")


def tidy_date(text: str) -> str:
    """A date as it is kept, where the meaning is beyond doubt; else the text as typed."""
    text = text.strip()
    found = _DATE.fullmatch(text)
    if not found or (text.isdigit() and len(text) != 8):
        return text
    year, month, day = (int(part) for part in found.groups())
    return f"{year:04}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else text


class Choice(QComboBox):
    """A choice that the wheel does not change by accident while one scrolls the page."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class LongText(QPlainTextEdit):
    """Several lines; Tab leaves it."""

    left = Signal()

    def __init__(self, lines: int) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setFixedHeight(round(QFontMetrics(theme.font()).lineSpacing() * lines + theme.px(18)))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class FormField(QWidget):
    """One field of a form: label, editor, and a line below for the hint or for what is wrong."""

    changed = Signal()

    def __init__(self, field: Field, *, required: bool = False, lines: int = LONG_LINES) -> None:
        super().__init__()
        self.field = field
        self._lines = lines
        self._before = ""
        self.name = label(field.label)
        self.hint = label(HINTS.get(field.type, ""), "small", wrap=True)
        self._bad = picture("refused", "redText", 14)
        self._bad.hide()
        self.editor = self._make()
        self.editor.setAccessibleName(field.label)
        self.name.setBuddy(self.editor)
        top = QHBoxLayout()
        top.setSpacing(theme.px(4))
        top.addWidget(self.name)
        if required:
            top.addWidget(label("*", "", "red"))
        top.addStretch(1)
        below = QHBoxLayout()
        below.setSpacing(theme.px(4))
        below.addWidget(self._bad, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self.hint, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(3))
        layout.addLayout(top)
        layout.addWidget(self.editor)
        layout.addLayout(below)
        layout.addStretch(1)
        self._keep_line()

    @property
    def value(self) -> str:
        """The text as typed, or the stored word of a choice."""
        editor = self.editor
        if isinstance(editor, QComboBox):
            data = editor.currentData()
            return str(data) if data is not None else ""
        if isinstance(editor, QPlainTextEdit):
            return editor.toPlainText().strip()
        return editor.text().strip()

    @property
    def is_changed(self) -> bool:
        """Whether it holds something else than what was put."""
        return self.value != self._before

    def put(self, value: str) -> None:
        """Show a value as the one that stands in the ledger."""
        editor = self.editor
        if isinstance(editor, QComboBox):
            at = editor.findData(value)
            if at < 0:
                editor.addItem(value, value)
                editor.setCurrentIndex(editor.count() - 1)
            else:
                editor.setCurrentIndex(at)
        elif isinstance(editor, QPlainTextEdit):
            editor.setPlainText(value)
        else:
            editor.setText(value)
            editor.setCursorPosition(0)
        self._before = self.value
        self.clear()

    def rewrite(self, value: str) -> None:
        """Show another value as one that the person typed."""
        before = self._before
        self.put(value)
        self._before = before
        self.changed.emit()

    def lock(self, why: str) -> None:
        """Let it be read only, and say why."""
        editor = self.editor
        if isinstance(editor, QComboBox):
            editor.setEnabled(False)
        else:
            editor.setReadOnly(True)
            retone(editor, locked="1")
        self.hint.setText(why)
        self._keep_line()

    def suggest(self, values: Sequence[str]) -> None:
        """Offer values while one types; others may be typed too."""
        if isinstance(self.editor, QLineEdit):
            completer = QCompleter(list(values), self.editor)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            self.editor.setCompleter(completer)

    def mark(self, sentence: str) -> None:
        """Say that the value is wrong, in one sentence with the way out."""
        retone(self.editor, bad="1")
        retone(self.hint, tone="red")
        self.hint.setText(sentence)
        self._bad.show()
        self._keep_line()

    def clear(self) -> None:
        """Take the mark away."""
        if self._bad.isHidden():
            return
        retone(self.editor, bad="0")
        retone(self.hint, tone="")
        self.hint.setText(HINTS.get(self.field.type, ""))
        self._bad.hide()
        self._keep_line()

    def _keep_line(self) -> None:
        """A field that may be found wrong keeps the line for it, so that the layout does not jump."""
        if not self.field.long:
            self.hint.setMinimumHeight(theme.px(16))
        else:
            self.hint.setVisible(bool(self.hint.text()))

    def _make(self) -> QLineEdit | QComboBox | QPlainTextEdit:
        field = self.field
        if field.states and field.type in (Type.CHOICE, Type.FACTS):
            combo = Choice()
            combo.addItem("", "")
            for value, words in field.states.items():
                combo.addItem(words, value)
            combo.currentIndexChanged.connect(self._edited)
            return combo
        if field.long:
            text = LongText(self._lines)
            text.textChanged.connect(self._edited)
            return text
        line = QLineEdit()
        line.textEdited.connect(self._edited)
        line.editingFinished.connect(self._tidy)
        if field.type in (Type.DATE, Type.MONTH, Type.NUMBER, Type.COUNT):
            line.setFixedWidth(theme.px(NARROW))
        return line

    @Slot()
    def _edited(self) -> None:
        self.clear()
        self.changed.emit()

    @Slot()
    def _tidy(self) -> None:
        if self.field.type is Type.DATE and isinstance(self.editor, QLineEdit):
            tidy = tidy_date(self.editor.text())
            if tidy != self.editor.text():
                self.editor.setText(tidy)
                self.changed.emit()


class Form(QWidget):
    """Fields in two columns; long ones take the whole width."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, FormField] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(24))
        self._grid.setVerticalSpacing(theme.px(6))
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._row, self._column = 0, 0
        self.setMaximumWidth(theme.px(2 * WIDE + 24))

    def add(self, field: Field, *, required: bool = False, lines: int = LONG_LINES) -> FormField:
        """Add a field behind the others."""
        made = FormField(field, required=required, lines=lines)
        made.changed.connect(self.changed)
        self.fields[field.name] = made
        if field.long:
            if self._column:
                self._row, self._column = self._row + 1, 0
            self._grid.addWidget(made, self._row, 0, 1, 2)
            self._row += 1
        else:
            self._grid.addWidget(made, self._row, self._column)
            self._row, self._column = (self._row + 1, 0) if self._column else (self._row, 1)
        return made

    def changes(self) -> dict[str, str]:
        """The fields whose values differ from what was put."""
        return {name: one.value for name, one in self.fields.items() if one.is_changed}
