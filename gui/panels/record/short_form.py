"""A card with a short form in it: a measure, the dispatch of a month. Opened, typed into, saved or left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from gui.panels.record.on_behalf import OnBehalf
from gui.unsaved import Unsaved
from gui.widgets.buttons import button
from gui.widgets.form import Form
from gui.widgets.frames import Card, clear, row
from models.domain.fields import TABLES
from models.errors import LedgerError
from models.services.views.lists import Record


class ShortForm(Card):
    """The card and its form; what was typed is told, so that it can be kept."""

    opened = Signal(bool)  # whether the form is open
    typed = Signal()  # something was typed into it
    left = Signal()  # a field of it was left
    unreasoned = Signal()  # it was to be saved, and the reason is lacking
    ended = Signal()  # it was closed; what was typed is kept by whoever watches

    table = ""
    names: tuple[str, ...] = ()
    required: frozenset[str] = frozenset()
    lines: Mapping[str, int] = {}

    def __init__(self, title: str, save: str, leave: str, *, gap: int) -> None:
        super().__init__(title, " ", gap=gap)
        self.form: Form | None = None
        self.piece = ""  # id of what is being changed; "" for a new one
        self._today = date.min
        self._offers: dict[str, Sequence[str | tuple[str, str]]] = {}
        self.add_one = button("", "quiet", icon="plus", size="slim")
        self.save = button(save, "primary", size="slim", key="Ctrl+S")
        self.leave = button(leave, size="slim", tip="没有保存的内容留作草稿（Esc）")
        self.behalf = OnBehalf()
        self._form_at = QVBoxLayout()
        self._foot = QWidget()
        self._foot.hide()
        self.save.clicked.connect(self.ask_to_save)
        self.leave.clicked.connect(self.end)

    def _place_form(self, *more: QWidget) -> None:
        """Put the room for the form here."""
        self._foot.setLayout(row(self.leave, self.save, self.behalf, None, *more))
        self.add(self._form_at)
        self.add(self._foot)

    @property
    def is_dirty(self) -> bool:
        """Whether something was typed that is not saved."""
        return bool(self.unsaved().values)

    def unsaved(self) -> Unsaved:
        """What was typed and not saved."""
        if self.form is None:
            return Unsaved({}, {}, self.piece)
        return Unsaved(self.form.changes(), self.form.base(), self.piece)

    def suggest(self, values: Mapping[str, Sequence[str | tuple[str, str]]]) -> None:
        """Offer values for its fields."""
        self._offers = dict(values)
        if self.form is not None:
            for name, some in self._offers.items():
                if name in self.form.fields:
                    self.form.fields[name].suggest(some)

    def open_form(self, values: Record, piece: str = "", *, focus: str) -> Form:
        """Open the form over what stands in the ledger."""
        self.end()
        self.piece = piece
        form = Form(self._today)
        for name in self.names:
            field = form.add(TABLES[self.table][name], required=name in self.required, lines=self.lines.get(name, 4))
            field.put(str(values.get(name) or ""))
            if name in self._offers:
                field.suggest(self._offers[name])
        form.changed.connect(self.typed)
        form.changed.connect(self._watch)
        form.left.connect(self.left)
        self.form = form
        self._form_at.addWidget(form)
        self._foot.show()
        self.add_one.setEnabled(False)
        self.opened.emit(True)
        form.fields[focus].editor.setFocus()
        return form

    def restore(self, values: Mapping[str, str], base: Mapping[str, str]) -> None:
        """Go on with what was typed last time, over what the ledger holds now."""
        if self.form is None:
            return
        for name, value in values.items():
            if name in self.form.fields:
                one = self.form.fields[name]
                now = one.base
                one.rewrite(value)
                if base.get(name, now) != now and value != now:
                    one.stand_beside(now)
                one.check()

    def asks(self) -> list[str]:
        """Labels of fields that show the ledger's value beside the one that was typed."""
        return [one.field.label for one in self.form.fields.values() if one.asks] if self.form is not None else []

    def rebase(self, now: Record) -> list[str]:
        """The ledger has changed under the form: the labels of fields where both values now stand."""
        if self.form is None:
            return []
        fields = self.form.fields.values()
        return [one.field.label for one in fields if one.rebase(str(now.get(one.field.name) or ""))]

    @Slot()
    def end(self) -> None:
        """Close the form."""
        if self.form is None:
            return
        self.ended.emit()
        had_focus = self.isAncestorOf(QApplication.focusWidget() or self.window())
        clear(self._form_at)
        self.form = None
        self.behalf.stand("")
        self.piece = ""
        self._foot.hide()
        self.add_one.setEnabled(True)
        if had_focus:
            self.add_one.setFocus()  # the form had it: it must not fall to whatever is next
        self.opened.emit(False)

    @Slot(bool)
    def ask_why(self, unit_has_device: bool) -> None:  # noqa: FBT001 - the answer of a job
        """The unit writes such things itself: whoever does it for the unit says why."""
        if unit_has_device and self.form is not None:
            self.behalf.stand(self.table)
            self._watch()

    @Slot()
    def _watch(self) -> None:
        self.behalf.watch(self.unsaved().values)

    def _lacks_reason(self, values: Mapping[str, str]) -> bool:
        """Whether a reason must be written first."""
        lacking = self.behalf.asks(values) and not self.behalf.why(values)
        if lacking:
            self.unreasoned.emit()
            self.behalf.reason.setFocus()
        return lacking

    @Slot()
    def ask_to_save(self) -> None:
        """Have it saved, if it can be."""

    def refuse(self, error: LedgerError) -> bool:
        """Mark the field that was refused, if it is one of the form."""
        field = getattr(error, "field", "")
        if self.form is None or field not in self.form.fields:
            return False
        self.form.fields[field].mark(f"{error.message}{error.way_out}")
        return True

    def _lacks(self, *wanted: tuple[str, str]) -> bool:
        """Whether something must be mended first; the first such field gets the focus."""
        assert self.form is not None  # noqa: S101 - asked while it is open
        wrong = self.form.check()
        for name, sentence in wanted:
            one = self.form.fields[name]
            if not one.value:
                one.mark(sentence)
                wrong.append(one)
        if wrong:
            wrong[0].editor.setFocus()
        return bool(wrong)
