"""The template of one kind of notice: word of its number, days to answer, title, and a text with places in braces."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from gui import theme
from gui.panels.rules.small import NARROW, Marked, field
from gui.widgets.frames import row
from gui.widgets.labels import label
from gui.widgets.long_text import LongText
from models.domain import notices
from models.domain.dictionary_parts import Fault, Letter

WORD, LINES = 110, 6
NAMES = notices.PARTS_OF_TEMPLATE


class Template(Marked):
    """All of it, under the name of its kind."""

    def __init__(self, part: Letter, *, edits: bool) -> None:
        super().__init__()
        named = {name: f"{part.label}：{said}" for name, said in NAMES.items()}
        self.word = field(named["word"], WORD, edits=edits)
        self.days = field(named["days"], NARROW, edits=edits)
        self.title = QLineEdit()
        self.title.setAccessibleName(named["title"])
        self.title.setReadOnly(not edits)
        self.text = LongText(LINES)
        self.text.setAccessibleName(named["text"])
        self.text.setReadOnly(not edits)
        self._fields = {"word": self.word, "days": self.days, "title": self.title, "text": self.text}
        heads = {name: label(said, "quiet") for name, said in NAMES.items()}
        for name, said in heads.items():
            said.setBuddy(self._fields[name])
        if part.hint:
            self.body.addWidget(label(part.hint, "small", wrap=True))
        self.body.addWidget(label(part.label, "bold"))
        self.body.addLayout(row(heads["word"], self.word, heads["days"], self.days, None, gap=8))
        for name in ("title", "text"):
            heads[name].setFixedWidth(theme.px(40))
            line = row(heads[name], self._fields[name], gap=8)
            line.setStretch(1, 1)
            if name == "text":
                line.setAlignment(heads[name], Qt.AlignmentFlag.AlignTop)
            self.body.addLayout(line)
        self.body.addWidget(self.fault)
        for one in (self.word, self.days, self.title):
            one.textEdited.connect(self.changed)
        self.text.textChanged.connect(self.changed)

    @property
    def value(self) -> dict[str, str]:
        """What is typed."""
        return {name: self._text_of(name) for name in NAMES}

    def _text_of(self, name: str) -> str:
        one = self._fields[name]
        return one.text() if isinstance(one, QLineEdit) else one.toPlainText()

    def put(self, value: Mapping[str, str]) -> None:
        """Show what counts."""
        for name, text in value.items():
            one = self._fields[name]
            if isinstance(one, QLineEdit):
                one.setText(text)
                one.setCursorPosition(0)
            else:
                one.setPlainText(text)

    def go_to(self, fault: Fault) -> None:
        """Take the keyboard to what does not fit."""
        self._fields[list(NAMES)[fault.row]].setFocus()
