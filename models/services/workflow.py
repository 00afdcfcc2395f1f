"""The way of a problem from its assignment to its closing: what is possible now, and one step of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, RowMapping

from models.domain import cycles, facts, forms, owner, routes, words, workflow
from models.domain.fields import TABLES, label
from models.domain.forms import BadValue
from models.domain.operation import Value
from models.domain.reduce import Record as Part
from models.domain.reduce import Reduced
from models.domain.unit import Author
from models.domain.workflow import Done, Offer, Standing, Step
from models.errors import LedgerError
from models.services import audience, dictionaries, refusals, showing
from models.services.desk import Desk
from models.services.pen import Pen, Place
from models.services.views.lists import Record
from models.services.views.workflow import Asked, PaperView, StepView, WayView
from models.services.writing import find
from models.store import fold


@dataclass(eq=False)
class NoSuchStep(LedgerError):
    """The table has no such step, or the route of this problem has none."""

    code = "R180"
    title = "没有这一步"
    wanted: str
    known: tuple[tuple[str, str], ...]  # verb, label

    @property
    def message(self) -> str:
        return f"这个问题的办理里没有“{self.wanted}”这一步，没有做任何改动。"

    @property
    def way_out(self) -> str:
        return f"请从这些里选：{'、'.join(f'{verb}（{name}）' for verb, name in self.known)}。"


@dataclass(eq=False)
class StepNotYours(LedgerError):
    """The step is somebody else's."""

    code = "R181"
    title = "这一步由别的单位办理"
    label: str
    whose: str

    @property
    def message(self) -> str:
        return f"“{self.label}”由{self.whose}办理，没有做任何改动。"

    @property
    def way_out(self) -> str:
        return "需要催办或说明的，请写进备注报给对方。"


@dataclass(eq=False)
class StepLacks(LedgerError):
    """Something must be there before."""

    code = "R182"
    title = "还缺材料或前面的步骤，没有办理"
    label: str
    missing: tuple[str, ...]

    @property
    def message(self) -> str:
        return f"“{self.label}”还缺：{'、'.join(self.missing)}。没有做任何改动。"

    @property
    def way_out(self) -> str:
        return "请先补齐，再办这一步；平常的保存不受影响。"


@dataclass(eq=False)
class StepDone(LedgerError):
    """It was taken already."""

    code = "R183"
    title = "这一步已经办过了"
    label: str
    day: str

    @property
    def message(self) -> str:
        return f"“{self.label}”{f'已于 {self.day} ' if self.day else '已经'}办过，没有做任何改动。"

    @property
    def way_out(self) -> str:
        return "日期或内容要改的，请在记录里修改；验收不通过的，请由县里退回整改。"


@dataclass(eq=False)
class NotAsked(LedgerError):
    """The step does not ask for this field."""

    code = "R184"
    title = "这一步没有这一栏"
    label: str
    field: str
    known: tuple[str, ...]

    @property
    def message(self) -> str:
        return f"“{self.label}”没有“{self.field}”这一栏，没有做任何改动。"

    @property
    def way_out(self) -> str:
        return f"这一步可以填：{'、'.join(self.known)}。"


class _At(NamedTuple):
    """One problem, and how it stands."""

    row: RowMapping
    history: Reduced
    standing: Standing
    kinds: frozenset[str]
    cycle: str
    checked: Part | None  # the self-acceptance that counts


class Workflow:
    """Everything the window and the hatch may ask of the way of a problem."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def steps(self, id: str) -> WayView:
        """The steps of a problem in their order, what each lacks, and the papers of its file."""
        with self._desk.ledger.read() as connection:
            at = self._look(connection, find(connection, "problem", id))
            standards = tuple(dictionaries.content(connection, "closing_standards"))
            phrases = tuple(dictionaries.content(connection, "phrases")["opinion"])
        standing, today = at.standing, self._desk.today()
        void = bool(at.row["void_from"])
        kinds = frozenset[str]() if void else at.kinds
        return WayView(
            standing.route.name, standing.quick,
            tuple(_view(one, kinds, at.row, today) for one in workflow.offers(standing, kinds)),
            tuple(PaperView(one.name, one.must, one.here) for one in standing.papers), standards, phrases,
        )  # fmt: skip

    def step(self, id: str, verb: str, values: Mapping[str, str], why: str = "") -> Record:
        """Take one step: all that it writes in one transaction. Refused where something is missing."""
        typed = {name: text.strip() for name, text in values.items()}
        stage = typed.pop("stage", "")
        deed = next((one.deed for one in workflow.STEPS if one.verb == verb), None)
        if deed is None:
            raise NoSuchStep(verb, tuple({one.verb: one.label for one in workflow.STEPS}.items()))
        with self._desk.ledger.write(deed=deed) as connection:
            at = self._look(connection, find(connection, "problem", id))
            if at.row["void_from"]:
                raise refusals.IsVoid
            offer = _chosen(at, verb, stage)
            step = offer.step
            if step.who not in at.kinds:
                raise StepNotYours(step.label, "县环委办" if step.who == workflow.COUNTY else "责任单位")
            if offer.done_on is not None:
                raise StepDone(step.label, offer.done_on)
            if verb == "return" and why.strip():
                typed.setdefault("opinion", why.strip())
            self._complete(at, offer, typed)
            _Taking(self._desk, connection, at).take(step, typed, why)
            return showing.record(self._desk, connection, "problem", find(connection, "problem", at.history.top))

    def _complete(self, at: _At, offer: Offer, typed: dict[str, str]) -> None:
        """Whether all that the step asks for is there."""
        step = offer.step
        for name in typed:
            if name not in step.fields:
                raise NotAsked(step.label, name, step.fields)
        lacking = [
            _label(step, name) for name in step.required if not typed.get(name) and not _said(at.row, step, name)
        ]
        if offer.missing or lacking:
            raise StepLacks(step.label, (*offer.missing, *lacking))

    # ------------------------------------------------------------------------------------- how it stands

    def _look(self, connection: Connection, row: RowMapping) -> _At:
        desk = self._desk
        history = fold.reduce_one(connection, row["id"], desk.registry(connection))
        parts = [one for one in history.records.values() if not one.void_from]
        author = Author(desk.side.unit, desk.side.kind)
        right = owner.right(author, history.ties, row["creator"])
        kinds = {workflow.COUNTY} if right is owner.Right.COUNTY else {workflow.UNIT}
        if right is owner.Right.NONE:
            kinds = set[str]()
        elif right is owner.Right.COUNTY and row["unit"] in (None, "", desk.side.unit):
            kinds.add(workflow.UNIT)  # nobody else would take them
        own = row["creator"] is not None and row["creator"] == row["unit"]
        route = routes.route_of(dictionaries.content(connection, "routes"), row["source"], own=own)
        cycle = str(cycles.number_now(one.values for one in parts if one.table == "cycle"))
        since = _returned(parts, cycle)
        checked = max((one for one in _rows(parts, "self_acceptance", cycle, "checked_on", since)),
                      key=lambda one: _order(one, "checked_on"), default=None)  # fmt: skip
        standing = _standing(row, parts, route, own=own, today=desk.today())
        papers = routes.papers_of(dictionaries.content(connection, "papers"), route.name, _files(parts))
        if checked:
            standing = replace(
                standing, self_accepted_on=_text(checked, "checked_on"), applied_on=_text(checked, "applied_on")
            )
        standing = replace(standing, papers=papers, stages=_stages(parts, cycle, since))
        return _At(row, history, standing, frozenset(kinds), cycle, checked)


def _chosen(at: _At, verb: str, stage: str) -> Offer:
    """The step that a verb means: where it stands for several stages, the named one, else the next."""
    every = workflow.offers(at.standing, at.kinds)
    fit = [one for one in every if one.step.verb == verb and stage in ("", one.step.stage)]
    if not fit:
        raise NoSuchStep(stage or verb, tuple((one.step.verb, one.step.label) for one in every))
    return next((one for one in fit if one.done_on is None), fit[-1])


def _label(step: Step, name: str) -> str:
    if step.verb == "return" and name == "opinion":
        return "退回原因"
    return label("problem" if name == "closed_on" else step.table, name)


def _said(row: RowMapping, step: Step, name: str) -> str:
    """What the record says already of a field that a step asks for."""
    if step.table != "problem" or name == step.day:
        return ""
    return row[name] or ""


def _view(offer: Offer, kinds: frozenset[str], row: RowMapping, today: date) -> StepView:
    step = offer.step
    fields = tuple(
        Asked(name, _label(step, name), name in step.required or name == step.day,
              today.isoformat() if name == step.day else _said(row, step, name))
        for name in step.fields
    )  # fmt: skip
    return StepView(step.verb, step.stage, step.label, step.who, step.who in kinds, offer.possible, offer.missing,
                    offer.done_on, step.table, fields)  # fmt: skip


# ----------------------------------------------------------------------------------------- reading a history


def _standing(row: RowMapping, parts: list[Part], route: routes.Route, *, own: bool, today: date) -> Standing:
    now = showing.values_of("problem", row)
    completed, closed = facts.since(now["completed_on"], "completed"), facts.since(now["closing_stage"], "closed")
    return Standing(
        route,
        today=today.isoformat(),
        own=own,
        immediate=facts.state(now["deadline_kind"]) == "immediate",
        unit=bool(row["township"] or row["lead_unit"]),
        measures=bool(row["measures_text"]) or any(one.table == "measure" for one in parts),
        progress=bool(row["progress"]),
        assigned_on=row["assigned_on"] or "",
        claimed_on=row["claimed_on"] or "",
        planned_on=row["planned_on"] or "",
        completed=completed is not None,
        completed_on=completed or "",
        closing=facts.state(now["closing_stage"]) or "none",
        closed_on=closed or "",
        undecided=bool(row["undecided"]),
    )


def _text(part: Part, name: str) -> str:
    value = part.values.get(name)
    return value if isinstance(value, str) else ""


def _order(part: Part, name: str) -> tuple[int, str]:
    """When a field of a part was last written, in the order of the history; never by a clock."""
    return max(((head.lam, head.id) for head in part.heads.get(name, ())), default=(0, ""))


def _rows(parts: list[Part], table: str, cycle: str, name: str, since: tuple[int, str]) -> list[Part]:
    """The parts of a round that were written after it was last returned, oldest first."""
    of_round = [one for one in parts if one.table == table and (_text(one, "cycle") or "1") == cycle]
    return sorted((one for one in of_round if _order(one, name) > since), key=lambda one: _order(one, name))


def _returned(parts: list[Part], cycle: str) -> tuple[int, str]:
    rows = _rows(parts, "acceptance", cycle, "conclusion", (0, ""))
    return max((_order(one, "conclusion") for one in rows if _text(one, "conclusion") == "returned"), default=(0, ""))


def _stages(parts: list[Part], cycle: str, since: tuple[int, str]) -> dict[str, Done]:
    rows = _rows(parts, "acceptance", cycle, "conclusion", since)
    return {
        _text(one, "stage"): Done(_text(one, "actual_on") or _text(one, "from_on"), _text(one, "until_on"))
        for one in rows
        if _text(one, "conclusion") == "passed"
    }


def _files(parts: list[Part]) -> list[str]:
    """For each file its name, its caption, and the Chinese word of its stage."""
    return [
        f"{_text(one, 'name')} {_text(one, 'caption')} {words.EVIDENCE_STAGE.get(_text(one, 'stage'), '')}"
        for one in parts
        if one.table == "evidence"
    ]


# ----------------------------------------------------------------------------------------- writing a step


class _Taking:
    """Writes what one step says, with one pen."""

    def __init__(self, desk: Desk, connection: Connection, at: _At) -> None:
        self._desk, self._connection, self._at = desk, connection, at
        self._pen = Pen(desk, connection)
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
        tops = self._pen.put()
        if self._desk.is_county:
            audience.link(self._desk, self._connection, tops)

    def _day(self, step: Step, typed: dict[str, str]) -> str:
        """The day of the step; today where none is said, and never one that is still to come."""
        today = self._desk.today().isoformat()
        name, text = _label(step, step.day), typed.get(step.day, "")
        day = forms.day_of(step.day, name, text) if text else today
        if day > today and step.verb != "public-notice":
            raise BadValue(step.day, name, text, "还没有到")
        completed = self._at.standing.completed_on
        if step.table != "problem" and day < completed:
            raise BadValue(step.day, name, text, f"早于完成整改的 {completed}")
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
            row |= {"from_on": day} | _counted(day, rest)
        else:
            row["actual_on"] = day
        self._part("acceptance", row)
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
        self._problem(changes, rest.get("opinion", "") if returned else "")

    def _event(self, name: str, day: str, state: str, step: Step) -> facts.Facts:
        """The events of a field after this one; a day before what was said last would undo that, and is refused."""
        events = facts.of(self._now[name])
        if events and events[-1][0] > day:
            raise BadValue(step.day, _label(step, step.day), day, f"早于上一次变动的日期 {events[-1][0]}")
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


def _counted(day: str, rest: Mapping[str, str]) -> dict[str, str]:
    """The length of a public notice, counted in calendar days where nobody says it."""
    until = forms.day_of("until_on", label("acceptance", "until_on"), rest["until_on"])
    if until < day:
        raise BadValue("until_on", label("acceptance", "until_on"), rest["until_on"], f"早于公示开始的 {day}")
    if "days" in rest or "day_kind" in rest:
        return {}
    days = (date.fromisoformat(until) - date.fromisoformat(day)).days + 1
    return {"days": str(days), "day_kind": "calendar"}
