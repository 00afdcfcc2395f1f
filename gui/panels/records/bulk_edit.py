"""Several records changed at once: one field, one value for all of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Slot

from gui import theme
from gui.panels.record import saving
from gui.panels.record.groups import field_of
from gui.panels.record.on_behalf import OnBehalf, with_devices
from gui.panels.records.at_once import AtOnce, Manner
from gui.panels.records.bulk_preview import BulkPreview
from gui.session import Session
from gui.widgets.form import FormField
from models.errors import LedgerError
from models.progress import Progress
from models.services.views.home import Touched
from models.services.views.lists import BulkLine, BulkPlan

MANNER = Manner(
    "改哪一栏", "修改", "不改了", "按“修改”之前什么都不写。改过的都记进历史，能再改回来。",
    "没有可以修改的：都已经是这样，或者不能改。",
)  # fmt: skip


class BulkEdit(AtOnce):
    """Asks for a field and its value."""

    def __init__(self, session: Session, table: str, one: str) -> None:
        self.behalf = OnBehalf()
        super().__init__(session, MANNER, BulkPreview(), self.behalf)
        self._table, self._one = table, one
        self._given = ""  # the value that is known already
        self._with_devices: frozenset[str] = frozenset()  # codes of units that write such things themselves
        self.field: FormField | None = None

    # ------------------------------------------------------------------------------------- asking

    def begin(self, rows: tuple[int, ...], field: str, value: str = "") -> None:
        """Ask what is to be changed in these rows; the field and its value may be known already."""
        self._given = value
        self.start(rows, f"一次修改 {len(rows)} 个{self._one}")
        self.behalf.stand("")
        self.behalf.stand_deadline(there=False)
        records, table = self.session.office.records, self._table
        self.ask(lambda _: (field, records.bulk_fields(table)), self._offer_fields)
        if self.session.is_county:
            units = self.session.office.units
            self.ask(lambda _: with_devices(units), self._know_devices)

    @Slot(object)
    def _know_devices(self, units: frozenset[str]) -> None:
        self._with_devices = units

    @Slot(object)
    def _offer_fields(self, found: tuple[str, tuple[str, ...]]) -> None:
        wanted, fields = found
        if self._rows:  # else left meanwhile
            listed = [(field_of(self._table, name).label, name) for name in fields]
            self.offer([("请选择", ""), *listed], fields.index(wanted) + 1 if wanted in fields else 0)

    @Slot()
    def choose(self) -> None:
        """Show the editor of the field that was chosen."""
        self.forget_plan()
        if self.field is not None:
            self.values_at.removeWidget(self.field)
            self.field.hide()
            self.field.deleteLater()
            self.field = None
        name = str(self.which.currentData() or "")
        if not name:
            self.which.setFocus()
            return
        self.field = FormField(field_of(self._table, name))
        self.field.setMinimumWidth(theme.px(200))
        self.field.changed.connect(self.typed)
        self.values_at.addWidget(self.field)
        self.field.editor.setFocus()
        records, table = self.session.office.records, self._table
        self.ask(partial(saving.offers, records, table, (name,)), self._suggest)
        if self._given:
            self.field.rewrite(self._given)
            self._given = ""
            self.look()

    @Slot(object)
    def _suggest(self, found: saving.Offers) -> None:
        if self.field is not None and self.field.field.name in found:
            self.field.suggest(found[self.field.field.name])

    # ------------------------------------------------------------------------------------- looking

    def planner(self) -> Callable[[Progress], BulkPlan] | None:
        field, rows = self.field, self._rows
        if field is None or not field.value:
            return None
        values, records, table = {field.field.name: field.value}, self.session.office.records, self._table
        return lambda progress: records.plan_bulk(table, rows, values, progress)

    def fits(self, plan: BulkPlan) -> bool:
        field = self.field
        return field is not None and plan.values == ((field.field.name, field.value),)

    def count(self, plan: BulkPlan) -> int:
        return plan.changed

    def mark(self, error: LedgerError) -> bool:
        if self.field is None or getattr(error, "field", "") != self.field.field.name:
            return False
        self.field.mark(error.message)
        return True

    def show_plan(self, plan: BulkPlan | None) -> None:
        super().show_plan(plan)
        if plan is not None:
            theirs = any(line.state == "change" and line.unit in self._with_devices for line in plan.lines)
            self.behalf.stand(self._table if theirs else "")
            moved = self.session.is_county and any(_moves(line) for line in plan.lines if line.state == "change")
            self.behalf.stand_deadline(there=moved)
            self.behalf.watch(name for name, _ in plan.values)

    # ------------------------------------------------------------------------------------- doing

    def writer(self, plan: BulkPlan) -> Callable[[Progress], int] | None:
        names = [name for name, _ in plan.values]
        why, (ask, more) = self.behalf.why(names), self.behalf.lacking(names)
        if ask:
            self.notice.say("warning", ask, more)
            self.behalf.reason.setFocus()
            return None
        records = self.session.office.records
        return lambda progress: records.edit_many(plan, why, progress)

    def finish(self, plan: BulkPlan, result: int) -> None:
        touched = frozenset(line.id for line in plan.lines if line.state == "change")
        names = "、".join(field_of(self._table, name).label for name, _ in plan.values)
        self.session.tell(Touched(self._table, touched))
        self.done.emit(f"已修改 {result} 条的“{names}”。")


def _moves(line: BulkLine) -> bool:
    """Whether one of them has a deadline that would be another."""
    return any(name == "deadline" and now and now != then for name, now, then in line.changes)
