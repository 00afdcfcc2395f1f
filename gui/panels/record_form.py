"""The form of a record: groups of fields in the order of the official ledger."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot

from gui import saying
from gui.widgets.form import Form
from gui.widgets.frames import Card, Scroller
from gui.widgets.labels import label
from models.domain.fields import DATE_OF_STATE, TABLES, Field, Owner, Type
from models.domain.fields import label as label_of
from models.errors import LedgerError
from models.services.views import Record

# fmt: off
GROUPS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "problem": (
        ("问题", ("description", "source", "found_on", "round", "batch", "categories", "trade", "goal",
                 "measures_text")),
        ("时限", ("deadline_kind", "deadline", "deadline_text", "long_term_too")),
        ("责任", ("township", "lead_unit", "responsible_units", "cooperating_units", "supervising_unit", "leader",
                 "person", "phone")),
        ("进展", ("pace", "completed_on", "progress")),
        ("销号", ("closing_stage", "closed_on")),
        ("地点与编号", ("place", "longitude", "latitude", "province_number", "city_number", "county_number")),
        ("内部备注", ("internal_note",)),
    ),
    "petition": (
        ("信访件", ("receipt_number", "batch", "content", "township", "found_on", "pollution_kinds", "duplicate")),
        ("责任", ("lead_unit", "cooperating_units", "person", "phone")),
        ("调查处理", ("investigation", "verified", "handling", "finish_state", "finished_on")),
        ("处理结果", ("orders", "fine_wan", "cases", "talks", "accountability")),
        ("销号", ("closing_stage", "closed_on")),
        ("内部备注", ("internal_note",)),
    ),
}
REQUIRED = {"description", "content"}
WHY = {
    Owner.COUNTY: "由县环委办填写",
    Owner.CREATOR: "由登记这条记录的单位填写",
    Owner.RESPONSIBLE: "由责任单位填写",
    Owner.LOCAL: "只存在本机",
}
# fmt: on


def field_of(table: str, name: str) -> Field:
    """A field of the form; the day of a state is one too."""
    known = TABLES[table].get(name)
    if name in DATE_OF_STATE:
        source = TABLES[table][DATE_OF_STATE[name][0]]
        return Field(name, label_of(table, name), Type.DATE, source.owner)
    assert known is not None, name  # noqa: S101 - GROUPS names fields of the table
    return known


def put_value(record: Record, name: str) -> str:
    """What a form shows of a field: stored words for choices, else the text."""
    if name == "township":
        return str(record.get("township_name") or record.get("township") or "")
    value = record.get(name)
    if isinstance(value, list):
        return saying.value(name, value)
    return "" if value is None else str(value)


class RecordForm(Scroller):
    """All fields of a record; those that this unit may not write are locked and say who may."""

    changed = Signal(int)  # how many fields were changed

    def __init__(self, table: str) -> None:
        super().__init__()
        self._table = table
        self._forms: list[Form] = []
        self.body.addWidget(label("带 * 的必填，其余可以以后再补。灰色的栏由别的单位填写。", "quiet"))
        for title, names in GROUPS[table]:
            card = Card(title, pad=20)
            form = Form()
            for name in names:
                form.add(field_of(table, name), required=name in REQUIRED)
            form.changed.connect(self._count)
            card.add(form)
            self._forms.append(form)
            self.body.addWidget(card)
        self.body.addStretch(1)

    def show_record(self, record: Record, writable: frozenset[str]) -> None:
        """Show the values that stand in the ledger."""
        for form in self._forms:
            for name, one in form.fields.items():
                one.put(put_value(record, name))
                if name not in writable:
                    one.lock(WHY[one.field.owner])
                elif one.field.owner is Owner.LOCAL:
                    one.hint.setText("只存在本机，不随数据包报送")
        self.changed.emit(0)

    def suggest(self, values: Mapping[str, list[str]]) -> None:
        """Offer values for fields: units, sources."""
        for form in self._forms:
            for name, some in values.items():
                if name in form.fields:
                    form.fields[name].suggest(some)

    def changes(self) -> dict[str, str]:
        """What was changed."""
        return {name: value for form in self._forms for name, value in form.changes().items()}

    def missing(self) -> list[str]:
        """Labels of required fields that are empty; the first one gets the focus."""
        empty = [one for form in self._forms for name, one in form.fields.items() if name in REQUIRED and not one.value]
        for one in empty:
            one.mark(f"还差“{one.field.label}”，写一句就行。")
        if empty:
            empty[0].editor.setFocus()
        return [one.field.label for one in empty]

    def refuse(self, error: LedgerError) -> bool:
        """Mark the field whose value was refused."""
        name = getattr(error, "field", "")
        for form in self._forms:
            for key, one in form.fields.items():
                if name and name in (key, one.field.label):
                    one.mark(f"{error.message}{error.way_out}")
                    self.ensureWidgetVisible(one)
                    one.editor.setFocus()
                    return True
        return False

    def begin(self) -> None:
        """Put the focus where work starts: the first field that may be written."""
        for form in self._forms:
            for one in form.fields.values():
                if one.editor.isEnabled() and not one.editor.property("readOnly"):
                    one.editor.setFocus()
                    self.verticalScrollBar().setValue(0)
                    return

    @Slot()
    def _count(self) -> None:
        self.changed.emit(len(self.changes()))
