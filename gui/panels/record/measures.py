"""整改措施: each with its own bar on a time line with today, and a short form to add or change one."""

from __future__ import annotations

from collections import Counter
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout

from gui import saying
from gui.panels.record.short_form import ShortForm
from gui.panels.record.way import is_late
from gui.widgets.buttons import GAP, button
from gui.widgets.frames import clear
from gui.widgets.labels import label
from gui.widgets.timeline import Stretch, Timeline, as_day
from models.domain import words
from models.services.views.lists import Record

NOBODY = "nobody"  # what no part is called
NOTHING_YET = "还没有拆分措施。一项一项写明时限和责任人，就能看到每一项到没到期。"


class Measures(ShortForm):
    """The card of measures."""

    wanted = Signal(str, object)  # id of the measure or "", the values that were typed
    plan_wanted = Signal()  # milestones are to be proposed

    table = "measure"
    names = ("text", "unit", "person", "due", "done_on")
    required = frozenset({"text"})
    lines = {"text": 2}  # noqa: RUF012 - read only

    def __init__(self) -> None:
        super().__init__("整改措施与时限", "保存这条措施", "先不填了", gap=6)
        self.add_one.setText(f"{GAP}加一条措施")
        self.add_one.setAccessibleName("加一条措施")
        self.plan = button("倒排时间节点", "quiet", icon="calendar", size="slim", tip="按整改时限往回排出各个节点")
        self.tools.addWidget(self.plan)
        self.tools.addWidget(self.add_one)
        self.timeline = Timeline()
        self._rows = QVBoxLayout()
        self._rows.addWidget(self.timeline)
        self._nothing = QVBoxLayout()
        self._rows.addLayout(self._nothing)
        self.add(self._rows)
        self._place_form()
        self._measures: tuple[Record, ...] = ()
        self.add_one.clicked.connect(self.begin)
        self.plan.clicked.connect(self.plan_wanted)
        self.timeline.opened.connect(self._edit)

    def show_measures(self, record: Record, today: date, *, writable: bool) -> None:
        """Show the measures of a problem."""
        self._today = today
        self._measures = tuple(record.get("measures") or ())
        done = sum(1 for one in self._measures if one.get("done_on"))
        late = sum(1 for one in self._measures if is_late(one, today))
        told = f"完成 {done} / {len(self._measures)}" + (f"{saying.SPACE}逾期 {late} 项" if late else "")
        self.quiet.setText(told if self._measures else "")
        deadline = as_day(record.get("deadline"))
        self.add_one.setVisible(writable)
        self.plan.setVisible(writable and deadline is not None and record.get("stage") == "open")
        clear(self._nothing)
        if not self._measures:
            self._nothing.addWidget(label(NOTHING_YET, "quiet", wrap=True))
        found = as_day(record.get("found_on"))
        files = Counter(str(one["part"]) for one in record.get("evidence") or ())
        rows = [
            Stretch(one, str(one.get("text") or ""), str(one.get("person") or one.get("unit") or ""),
                    found, as_day(one.get("due")), as_day(one.get("done_on")), one.get("kind") == "milestone",
                    files[str(one.get("id") or NOBODY)])
            for one in self._measures
        ]  # fmt: skip
        rows += points(record, files)
        self.timeline.setVisible(bool(rows))
        self.timeline.show_rows(rows, today, editable=writable, deadline=deadline)
        if self.piece and (now := self.measure(self.piece)):
            self.rebase(now)

    def measure(self, id_: str) -> Record:
        """A measure by its id; an empty one where it is not there any more."""
        return next((one for one in self._measures if one.get("id") == id_), {})

    @Slot()
    def begin(self) -> None:
        """Open the form for a new measure."""
        self.open_form({}, focus="text")

    @Slot(object)
    def _edit(self, measure: Record) -> None:
        """Open the form for a measure; who did it is what one most often comes to write."""
        self.open_form(measure, str(measure.get("id") or ""), focus="text" if measure.get("done_on") else "done_on")

    def go_on(self, piece: str) -> None:
        """Open the form again for a draft."""
        found = self.measure(piece) if piece else {}
        self.open_form(found, str(found.get("id") or ""), focus="text")

    @Slot()
    def ask_to_save(self) -> None:
        if self.form is None or self._lacks(("text", "还差措施内容，写一句就行。")):
            return
        values = self.form.changes()
        if self._lacks_reason(values):
            return
        if values:
            self.wanted.emit(self.piece, values)
        else:
            self.end()


def points(record: Record, files: Counter[str]) -> list[Stretch]:
    """What came after the measures, as points on the line: the stages of the acceptance, the look-backs.

    `files`: how many photos and documents are of each part, by its id.
    """
    made: list[Stretch] = []
    for one in record.get("acceptances") or ():
        back = f"（{words.CONCLUSION['returned']}）" if one.get("conclusion") == "returned" else ""
        name = words.ACCEPTANCE_STAGE.get(str(one.get("stage")), words.TABLE["acceptance"])
        due = as_day(one.get("expected_on") or one.get("until_on"))
        made.append(_point(f"{name}{back}", one, "unit", due, as_day(one.get("actual_on")), files))
    made += [
        _point(words.TABLE["lookback"], one, "people", as_day(one.get("due")), as_day(one.get("looked_on")), files)
        for one in record.get("lookbacks") or ()
    ]
    return [one for one in made if one.due or one.done]


def _point(text: str, one: Record, who: str, due: date | None, done: date | None, files: Counter[str]) -> Stretch:
    said, count = str(one.get(who) or ""), files[str(one.get("id") or NOBODY)]
    return Stretch(None, text, said, None, due, done, milestone=True, files=count)
