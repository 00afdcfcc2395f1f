"""What one step writes, with a pen that the caller puts: fields and events of the problem, the row of its paper."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from models.domain import facts, forms, words, workflow
from models.domain.fields import TABLES
from models.domain.forms import BadValue
from models.domain.operation import Value
from models.domain.reduce import Record as Part
from models.domain.workflow import Step
from models.services.base import audience, showing
from models.services.base.desk import Desk
from models.services.base.pen import Pen, Place
from models.services.problems import public_notices
from models.services.problems.workflow_look import At, label_of
from models.services.problems.workflow_refusals import StepLacks

NO_END = "公示结束的日期，或公示天数"


class Taking:
    """Writes what one step says. Where it refuses, nothing was given to the pen."""

    def __init__(self, desk: Desk, connection: Connection, at: At, pen: Pen) -> None:
        self._desk, self._connection, self._at = desk, connection, at
        self._pen = pen
        self._now = showing.values_of("problem", at.row)
        self._aud = audience.of_record(desk, self._now, self._pen.registry)

    def take(self, step: Step, typed: dict[str, str], why: str) -> None:
        """All that the step writes."""
        day = self._day(step, typed)
        rest = {name: text for name, text in typed.items() if name != step.day and text}
        if step.table == "problem":
            self._of_the_problem(step, day, rest, why)
        elif step.verb == "apply":
            self._part("self_acceptance", {"applied_on": day}, self._at.checked)
        elif step.table == "self_acceptance":
            self._part("self_acceptance", {**rest, step.day: day, "conclusion": "passed"})
        else:
            self._accepted(step, day, rest)

    def _day(self, step: Step, typed: dict[str, str]) -> str:
        """The day of the step; today where none is said, and never one that is still to come."""
        today = self._desk.today()
        name, text = label_of(step, step.day), typed.get(step.day, "")
        past = None if step.verb == "public-notice" else today
        day = forms.day_of(step.day, name, text, past=past) if text else today.isoformat()
        completed = self._at.standing.completed_on
        if step.table != "problem" and day < completed:
            raise BadValue(step.day, name, text, f"早于完成整改的 {completed}")
        if step.verb == "return" and day < (applied := self._at.standing.applied_on):
            raise BadValue(step.day, name, text, f"早于提请验收的 {applied}")  # else it would count again
        return day

    def _of_the_problem(self, step: Step, day: str, rest: dict[str, str], why: str) -> None:
        changes: dict[str, Value] = forms.changes("problem", rest, self._now, self._desk.today())
        if step.verb == "complete":
            changes["completed_on"] = self._event("completed_on", day, "completed", step)
        else:
            changes[step.day] = day
        self._problem(changes, why)

    def _accepted(self, step: Step, day: str, rest: dict[str, str]) -> None:
        returned = step.verb == "return"
        row: dict[str, str] = {"stage": step.stage or workflow.returned_at(self._at.standing),
                               "conclusion": "returned" if returned else "passed", **rest}  # fmt: skip
        if step.verb == "public-notice":
            row |= self._window(day, rest)
        else:
            row["actual_on"] = day
        changes: dict[str, Value] = {}
        closing = self._at.standing.closing
        if returned:
            if closing != "none":
                changes["closing_stage"] = self._event("closing_stage", day, "none", step)
            if self._at.standing.completed:
                changes["completed_on"] = self._event("completed_on", day, "open", step)
        elif step.verb == "close":
            changes["closing_stage"] = self._event("closing_stage", day, "closed", step)
        elif step.verb != "file" and closing == "none":
            events = facts.of(self._now["closing_stage"])
            applied = max(self._at.standing.applied_on, events[-1][0] if events else "")
            changes["closing_stage"] = self._event("closing_stage", min(applied, day), "closing", step)
        self._part("acceptance", row)
        self._problem(changes, rest.get("opinion", "") if returned else "")

    def _window(self, day: str, rest: dict[str, str]) -> dict[str, str]:
        found = public_notices.window(self._connection, day, rest, self._desk.today())
        if found is None:
            raise StepLacks(words.ACCEPTANCE_STAGE["public_notice"], (NO_END,))
        return {name: str(value) for name, value in found._asdict().items()}

    def _event(self, name: str, day: str, state: str, step: Step) -> facts.Facts:
        """The events of a field after this one; a day before what was said last would undo that, and is refused."""
        events = facts.of(self._now[name])
        if events and events[-1][0] > day:
            raise BadValue(step.day, label_of(step, step.day), day, f"早于上一次变动的日期 {events[-1][0]}")
        return facts.with_event(self._now[name], day, state)

    def _problem(self, changes: Mapping[str, Value], why: str) -> None:
        if changes:
            self._pen.set(Place("problem", self._at.history.top, self._at.history), changes, self._aud, why)

    def _part(self, table: str, typed: Mapping[str, str], part: Part | None = None) -> None:
        today, now = self._desk.today(), part.values if part else {}
        changes = forms.changes(table, typed, now, today, creating=part is None)
        if part is None:
            changes["cycle"] = self._at.cycle
        place = Place(table, part.id if part else None, self._at.history)
        self._pen.set(place, {n: v for n, v in changes.items() if n in TABLES[table]}, self._aud)
