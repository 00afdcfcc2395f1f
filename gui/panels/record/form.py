"""The form of a record: groups of fields in the order of the official ledger, and above them what is still to mend."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui import theme
from gui.panels.record.groups import GROUPS, REQUIRED, WHY, field_of, put_value
from gui.slices import Slices
from gui.widgets.form import Form, FormField
from gui.widgets.frames import Card, Scroller
from gui.widgets.lacking import Lacking
from models.domain.field import Owner
from models.domain.sources import credit_code_fault
from models.errors import LedgerError
from models.services.views.lists import Record

SETTLED = 200  # milliseconds after which a form that was just made has its sizes
TO_BEGIN_WITH = "带 * 的要填，其余可以以后再补。"


class RecordForm(QWidget):
    """All fields of a record; those that this unit may not write are locked, say who may, and stand at the end."""

    changed = Signal(int)  # how many fields were changed
    left = Signal()  # a field was left
    ready = Signal()  # all its parts are there: they come one after the other, so that the window never waits

    def __init__(self, table: str, today: date | None = None) -> None:
        super().__init__()
        self._table, self._today = table, today
        self._forms: list[Form] = []
        self._record: Record = {}
        self._writable: frozenset[str] = frozenset()
        self._offers: dict[str, Sequence[str | tuple[str, str]]] = {}
        self._focus = ""
        self._locked: QVBoxLayout | None = None
        self.lacking = Lacking(TO_BEGIN_WITH)
        self.scroller = Scroller(margins=(24, 0, 24, 16))
        self._groups = self.scroller.body
        self._groups.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.lacking)
        layout.addWidget(self.scroller, 1)
        self.lacking.wanted.connect(self.show_field)
        self.scroller.verticalScrollBar().rangeChanged.connect(self._reveal)
        self._slices = Slices("next part of the form", self)
        self._slices.done.connect(self._whole)

    # ------------------------------------------------------------------------------------- building

    def show_record(self, record: Record, writable: frozenset[str]) -> None:
        """Show the values that stand in the ledger: the first group at once, the others right after."""
        self._record, self._writable = record, writable
        groups = GROUPS[self._table]
        mine = [one for one in groups if any(name in writable for name in one[1])]
        others = [one for one in groups if one not in mine]
        if others:
            self.lacking.calm(f"{TO_BEGIN_WITH}灰色的栏由别的单位填写，只能看。")
        self._slices.begin(self._grow([*mine, *(("", names) for _, names in others)]))
        self._slices.step()

    @property
    def is_ready(self) -> bool:
        """Whether all its parts are there."""
        return self._slices.are_done

    def fields(self) -> Iterator[FormField]:
        """Every field that is there already."""
        for form in self._forms:
            yield from form.fields.values()

    def field(self, name: str) -> FormField:
        """The field of a name, even if its group is still to come."""
        self.finish()
        return next(one for one in self.fields() if one.field.name == name)

    def _grow(self, groups: Sequence[tuple[str, tuple[str, ...]]]) -> Iterator[None]:
        """Make one group after the other."""
        for title, names in groups:
            form = Form(self._today)
            for name in names:
                one = form.add(field_of(self._table, name), required=name in REQUIRED)
                self._dress(one)
            form.changed.connect(self._count)
            form.left.connect(self._left)
            self._forms.append(form)
            self._put(form, title)
            yield

    def _put(self, form: Form, title: str) -> None:
        at = self._groups.count() - 1
        if title:
            card = Card(title, pad=20)
            card.add(form)
            self._groups.insertWidget(at, card)
            return
        if self._locked is None:
            card = Card("由别的单位填写", "只能看", pad=20)
            self._locked = card.body
            self._groups.insertWidget(at, card)
        self._locked.addWidget(form)

    @Slot()
    def _whole(self) -> None:
        self._go_to_focus()
        self.ready.emit()

    def finish(self) -> None:
        """Make all groups that are still to come, now."""
        self._slices.finish()

    def _dress(self, one: FormField) -> None:
        name = one.field.name
        one.put(put_value(self._record, name))
        if name == "deadline":
            one.counts_from = next((each for each in self.fields() if each.field.name == "found_on"), None)
        if name not in self._writable:
            one.lock(WHY[one.field.owner])
        elif one.field.owner is Owner.LOCAL:
            one.note("只存在本机，不随数据包报送")
        if name in self._offers:
            one.suggest(self._offers[name])

    # ------------------------------------------------------------------------------------- values

    def suggest(self, values: Mapping[str, Sequence[str | tuple[str, str]]]) -> None:
        """Offer values for fields: units, sources, people."""
        self._offers |= values
        for one in self.fields():
            if one.field.name in values:
                one.suggest(values[one.field.name])

    def changes(self) -> dict[str, str]:
        """What was changed."""
        return {name: value for form in self._forms for name, value in form.changes().items()}

    def base(self) -> dict[str, str]:
        """What stood in the ledger when the form was opened, or when it last looked."""
        return {name: value for form in self._forms for name, value in form.base().items()}

    def restore(self, values: Mapping[str, str], base: Mapping[str, str]) -> list[str]:
        """Go on with what was typed last time; the labels of fields whose value in the ledger is another one now."""
        changed: list[str] = []
        for one in self.fields():
            name = one.field.name
            if name not in values or one.is_locked:
                continue
            if one.go_on(values[name], base.get(name, one.base)):
                changed.append(one.field.label)
        self._list()
        return changed

    def take(self, record: Record, saved: Mapping[str, str]) -> None:
        """These values are in the ledger now, in the words of the ledger; what was typed since then stays."""
        self._record = record
        for one in self.fields():
            value = put_value(record, one.field.name)
            if one.value == saved.get(one.field.name, one.base):
                one.put(value)
            else:
                one.settle_on(value)
        self._list()

    def rebase(self, record: Record, writable: frozenset[str] | None = None) -> list[str]:
        """The ledger has changed under the form: the labels of fields where both values now stand."""
        self._record = record
        if writable is not None:
            self._writable = writable
        labels = [one.field.label for one in self.fields() if one.rebase(put_value(record, one.field.name))]
        self._list()
        return labels

    def asks(self) -> list[str]:
        """Labels of fields that show the ledger's value beside the one that was typed."""
        return [one.field.label for one in self.fields() if one.asks]

    def check(self) -> list[FormField]:
        """Read all that was typed: the fields that cannot stand."""
        wrong = [one for form in self._forms for one in form.check()]
        self._list()
        return wrong

    def missing(self) -> list[str]:
        """Labels of required fields that are empty; the first one gets the focus."""
        empty = [one for one in self.fields() if one.field.name in REQUIRED and not one.value]
        for one in empty:
            one.mark(f"还差“{one.field.label}”，写一句就行。")
        if empty:
            self.show_field(empty[0].field.name)
        self._list()
        return [one.field.label for one in empty]

    def refuse(self, error: LedgerError) -> bool:
        """Mark the field whose value was refused."""
        wanted = getattr(error, "field", "")
        for one in self.fields():
            if wanted and wanted in (one.field.name, one.field.label):
                one.mark(f"{error.message}{error.way_out}")
                self.show_field(one.field.name)
                self._list()
                return True
        return False

    # ------------------------------------------------------------------------------------- the person

    def begin(self, name: str = "") -> None:
        """Put the focus where work starts: a certain field, else the first that may be written."""
        self._focus = name or "*"
        self._go_to_focus()

    def _go_to_focus(self) -> None:
        free = [one for one in self.fields() if not one.is_locked]
        wanted = next((one for one in free if one.field.name == self._focus), None)
        if wanted is not None:
            self._focus = ""
            self.show_field(wanted.field.name)
        elif self._focus == "*" and free:
            self._focus = ""
            free[0].editor.setFocus()
            self.scroller.verticalScrollBar().setValue(0)

    @Slot(str)
    def show_field(self, name: str) -> None:
        """Bring a field into sight and put the focus into it."""
        one = next((each for each in self.fields() if each.field.name == name), None)
        if one is not None:
            one.editor.setFocus()
            self._sought = one
            self._reveal()
            # Again whenever what was just made gets its size; then the page is the person's to scroll.
            QTimer.singleShot(SETTLED, self, self._let_go)

    _sought: FormField | None = None

    @Slot()
    def _reveal(self) -> None:
        if self._sought is not None:
            self.scroller.ensureWidgetVisible(self._sought, 0, theme.px(60))

    @Slot()
    def _let_go(self) -> None:
        self._reveal()
        self._sought = None

    @Slot()
    def _count(self) -> None:
        self.changed.emit(len(self.changes()))
        self._list()

    @Slot()
    def _left(self) -> None:
        self._doubt_wording()
        self._doubt_code()
        self._list()
        self.left.emit()

    def _doubt_wording(self) -> None:
        """A new date beside the old wording would say two things: the clerk is asked to look."""
        some = {one.field.name: one for one in self.fields() if one.field.name in {"deadline", "deadline_text"}}
        due, wording = some.get("deadline"), some.get("deadline_text")
        if due is None or wording is None or wording.is_locked:
            return
        # A wording in the date's own field takes the place of the old one by itself.
        is_date = due.is_changed and due.value[:4].isdigit() and due.value[4:5] == "-"
        if is_date and wording.value and not wording.is_changed:
            wording.doubt("整改时限改了，原文还是原来的，请核对。")
        elif not wording.is_changed:
            wording.doubt("")

    def _doubt_code(self) -> None:
        """A credit code that cannot be right is told while the licence is at hand."""
        for one in self.fields():
            if one.field.name == "credit_code":
                one.doubt(credit_code_fault(one.value))

    def _list(self) -> None:
        """What is still to mend, on top."""
        wrong = [(one.field.name, one.field.label) for one in self.fields() if one.wrong]
        asks = [(one.field.name, one.field.label) for one in self.fields() if one.asks and not one.wrong]
        self.lacking.show_fields(wrong + asks, "要补" if wrong else "要您选")
