"""What one types into or chooses from in a field: a line, several lines, choices side by side or in a list."""

from __future__ import annotations

from PySide6.QtCore import SignalInstance

from gui import theme
from gui.widgets.choice import SEGMENTS, Choice, Offered, Segments
from gui.widgets.labels import retone
from gui.widgets.long_text import LongText
from models.domain.field import Field, Type

Editor = Offered | LongText | Choice | Segments

# How wide a field is, by what is expected in it; a form is two columns of WIDE.
WIDE, LINES = 308, 4
# fmt: off
WIDTHS = {Type.DATE: 126, Type.MONTH: 126, Type.NUMBER: 126, Type.COUNT: 126}
WIDTH_OF = {
    "deadline": 180, "person": 160, "leader": 160, "phone": 180, "round": 160, "batch": 160, "trade": 180,
    "province_number": 180, "city_number": 180, "county_number": 180, "receipt_number": 220,
}
NOTHING = "（未选）"
# fmt: on


def width(field: Field) -> int:
    """How wide its editor is."""
    return WIDTH_OF.get(field.name, WIDTHS.get(field.type, WIDE))


def make(field: Field, lines: int) -> Editor:
    """The editor of a field; `lines` are seen of a long text."""
    if field.states and field.type in (Type.CHOICE, Type.FACTS):
        return _choice(field)
    if field.long:
        return LongText(lines)
    line = Offered(several=field.type is Type.LIST)
    if width(field) < WIDE:
        line.setFixedWidth(theme.px(width(field)))
    return line


def _choice(field: Field) -> Choice | Segments:
    if len(field.states) <= SEGMENTS:
        return Segments(field.states)
    combo = Choice()
    combo.addItem(NOTHING, "")
    for value, words in field.states.items():
        combo.addItem(words, value)
    return combo


def changed(editor: Editor) -> SignalInstance:
    """What an editor says when it holds something else, whoever wrote it."""
    if isinstance(editor, Segments):
        return editor.changed
    return editor.currentIndexChanged if isinstance(editor, Choice) else editor.textChanged


def value(editor: Editor) -> str:
    """The text as typed, or the stored word of a choice."""
    if isinstance(editor, Choice):
        data = editor.currentData()
        return str(data) if data is not None else ""
    if isinstance(editor, Segments):
        return editor.value
    if isinstance(editor, LongText):
        return editor.toPlainText().strip()
    return editor.text().strip()


def show(editor: Editor, text: str) -> None:
    """Let it hold a value."""
    if isinstance(editor, Segments):
        editor.put(text)
    elif isinstance(editor, Choice):
        if editor.findData(text) < 0:
            editor.addItem(text, text)
        editor.setCurrentIndex(editor.findData(text))
    elif isinstance(editor, LongText):
        editor.setPlainText(text)
    else:
        editor.setText(text)
        editor.setCursorPosition(0)


def lock(editor: Editor) -> None:
    """Let it be read only."""
    if isinstance(editor, Offered | LongText):
        editor.setReadOnly(True)
        retone(editor, locked="1")
    else:
        editor.setEnabled(False)
