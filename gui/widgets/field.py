"""One field of a form: its label above, its hint below, one sentence where the value is wrong, and what was changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui import saying, theme, typed
from gui.widgets import editors
from gui.widgets.choice import Choice, Offered, Segments
from gui.widgets.frames import row
from gui.widgets.labels import label, picture, retone
from gui.widgets.meanwhile import Meanwhile
from models.domain.field import Field, Type
from models.domain.limits import FIELD_CHARS

# fmt: off
HINTS = {
    Type.DATE: "如 2026-11-23、11.23、11月底",
    Type.MONTH: "如 2026-11",
    Type.LIST: "几个值之间用；隔开",
}
HINT_OF = {
    "deadline": f"日期、“11月底”，或{typed.WORDINGS}",
    "found_on": "如 2026-11-23、11.23",
}
# fmt: on


class FormField(QWidget):
    """One field of a form: label, editor, and a line below for the hint or for what is wrong."""

    changed = Signal()
    left = Signal()  # the field was left: what is typed is final for now

    def __init__(
        self, field: Field, *, required: bool = False, lines: int = editors.LINES, today: date | None = None
    ) -> None:
        super().__init__()
        self.field = field
        self.today = today or date.today()  # noqa: DTZ011 - the local day is meant
        self.counts_from: FormField | None = None  # the day of finding, which a number of days counts from
        self.is_locked = False
        self._before = self._put = ""  # what was put: as the editor says it, and letter by letter
        self._calm = HINT_OF.get(field.name, HINTS.get(field.type, ""))  # what stands below while nothing is wrong
        self._sentence = ""  # what is wrong
        self.name = label(field.label)
        self.hint = label(self._calm, "small", wrap=True)
        self._star = label("*", "", "red") if required else None
        self._dot = label("已改", "small", "accent")
        self._dot.hide()
        self._bad = picture("refused", "redText", 14)
        self._bad.hide()
        self.beside = label("", "small", "accent")
        self.counter = label("", "small") if field.long else None
        self.editor = editors.make(field, lines)
        self.editor.setAccessibleName(field.label)
        self.name.setBuddy(self.editor)
        self._meanwhile: Meanwhile | None = None
        self._build()
        self._connect()
        self._keep_line()

    @property
    def value(self) -> str:
        """The text as typed, or the stored word of a choice."""
        return editors.value(self.editor)

    @property
    def base(self) -> str:
        """What was put, letter by letter: the value that stands in the ledger."""
        return self._put

    @property
    def is_changed(self) -> bool:
        """Whether it holds something else than what was put."""
        return self.value != self._before

    @property
    def wrong(self) -> str:
        """What is wrong with it, in one sentence; "" where nothing is."""
        return self._sentence

    # ------------------------------------------------------------------------------------- values

    def put(self, value: str) -> None:
        """Show a value as the one that stands in the ledger."""
        self._show(value)
        self._before, self._put = self.value, value
        self.clear()
        self._settle()

    def rewrite(self, value: str) -> None:
        """Show another value as one that the person typed."""
        self._show(value)
        self._edited()

    def go_on(self, value: str, base: str) -> bool:
        """Go on with what was typed over `base` last time. Whether the ledger holds another value by now, shown too."""
        now = self.base
        self.rewrite(value)
        is_other = base != now != value
        if is_other:
            self.stand_beside(now)
        self.check()
        return is_other

    def rebase(self, value: str) -> bool:
        """The ledger holds another value now. Untouched, it is shown; else both are. Whether a person must look."""
        if value == self._put:
            return self.asks
        if not self.is_changed or self.value == value.strip():
            self.put(value)
            return False
        self._before, self._put = value.strip(), value
        self.stand_beside(value)
        return True

    def settle_on(self, value: str) -> None:
        """This stands in the ledger now; what is typed stays, and is still a change."""
        self._before, self._put = value.strip(), value
        self._settle()

    def lock(self, why: str) -> None:
        """Let it be read only, and say why."""
        self.is_locked = True
        for part in (self.counter, self._star):
            if part is not None:
                part.hide()
        editors.lock(self.editor)
        self.note(why)

    def note(self, hint: str) -> None:
        """Say another hint below."""
        self._calm = hint
        if not self._sentence:
            self.hint.setText(hint)
        self._keep_line()

    def suggest(self, values: Sequence[str | tuple[str, str]]) -> None:
        """Offer values while one types; others may be typed too. A pair is a value and what it is found by."""
        if isinstance(self.editor, Offered):
            self.editor.offer([(one, one.lower()) if isinstance(one, str) else one for one in values])

    # ------------------------------------------------------------------------------------- right and wrong

    def check(self) -> bool:
        """Read what was typed, tidy it, and say what is wrong with it. Whether it can stand."""
        if not self.is_changed or self.is_locked or isinstance(self.editor, Choice | Segments):
            return not self._sentence
        found_on = typed.tidy_date(self.counts_from.value) if self.counts_from is not None else ""
        reading = typed.read(self.field, self.value, self.today, _day(found_on))
        if reading.text != self.value:
            self._show(reading.text)
            self.changed.emit()
        self.beside.setText(reading.beside)
        if reading.wrong:
            self.mark(reading.wrong)
        elif reading.doubt:
            self.doubt(reading.doubt)
        elif self._sentence or self.hint.text() != self._calm:
            self.clear()
        self._settle()
        return not reading.wrong

    def mark(self, sentence: str) -> None:
        """Say that the value is wrong, in one sentence with the way out."""
        retone(self.editor, bad="1")
        self._sentence = sentence
        self._bad.show()
        self._say(sentence, "red")

    def clear(self) -> None:
        """Take the mark away."""
        if self._sentence:
            retone(self.editor, bad="0")
            self._sentence = ""
            self._bad.hide()
        if self.hint.text() != self._calm:
            self._say(self._calm, "")

    def _say(self, sentence: str, tone: str) -> None:
        if str(self.hint.property("tone") or "") != tone:
            retone(self.hint, tone=tone)
        self.hint.setText(sentence)
        self._keep_line()

    # ------------------------------------------------------------------------------------- parts

    def _build(self) -> None:
        top = row(self.name, gap=4)
        if self._star is not None:
            top.addWidget(self._star)
        top.addStretch(1)
        top.addWidget(self._dot)
        middle = row(self.editor)
        if self.field.type in (Type.DATE, Type.MONTH):
            middle.addWidget(self.beside, 1)
        elif editors.width(self.field) < editors.WIDE:
            middle.addStretch(1)
        below = row(gap=4)
        below.addWidget(self._bad, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self.hint, 1)
        if self.counter is not None:
            below.addWidget(self.counter, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(3))
        for part in (top, middle, below):
            self._column.addLayout(part)
        self._column.addStretch(1)

    def _connect(self) -> None:
        editor = self.editor
        editors.changed(editor).connect(self._edited)
        editor.left.connect(self._leave)
        if isinstance(editor, Offered):
            editor.editingFinished.connect(self._leave)
            editor.returnPressed.connect(self._go_on)

    def _keep_line(self) -> None:
        """A field that may be found wrong keeps the line for it, so that the layout does not jump."""
        self.hint.setMinimumHeight(theme.px(16))

    def _show(self, value: str) -> None:
        self._showing = True
        try:
            editors.show(self.editor, value)
        finally:
            self._showing = False

    _showing = False  # the program writes, not the person

    def doubt(self, sentence: str) -> None:
        """Say that the value may be a slip; it stands all the same."""
        if not self._sentence:
            self._say(sentence or self._calm, "orange" if sentence else "")

    def stand_beside(self, value: str) -> None:
        """Show what the ledger holds now beside what was typed: one of the two is chosen by whoever saves."""
        self._drop_meanwhile()
        made = Meanwhile(self.field.states.get(value, value))
        made.taken.connect(self._take_meanwhile)
        self._column.insertWidget(3, made)
        self._meanwhile = made

    @property
    def asks(self) -> bool:
        """Whether the ledger's value stands beside the one that was typed."""
        return self._meanwhile is not None

    @Slot()
    def _take_meanwhile(self) -> None:
        self.put(self._put)
        self.changed.emit()
        self.editor.setFocus()

    def _drop_meanwhile(self) -> None:
        if self._meanwhile is not None:
            self._meanwhile.hide()
            self._meanwhile.deleteLater()
            self._meanwhile = None

    def _settle(self) -> None:
        """Say whether it was changed, and how long it is."""
        self._dot.setVisible(self.is_changed)
        if not self.is_changed:
            self.beside.setText("")
            self._drop_meanwhile()
        if self.counter is not None:
            count = len(self.value)
            over = count > FIELD_CHARS
            self.counter.setText(saying.length(count))
            if (str(self.counter.property("tone") or "") == "red") != over:
                retone(self.counter, tone="red" if over else "")

    @Slot()
    def _edited(self) -> None:
        if self._showing:
            return
        self.clear()
        self._settle()
        self.changed.emit()

    @Slot()
    def _leave(self) -> None:
        self.check()
        self.left.emit()

    @Slot()
    def _go_on(self) -> None:
        """Enter goes on to the next field, as Tab does."""
        self.focusNextChild()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
