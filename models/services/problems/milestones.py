"""倒排时间节点: milestones proposed from the deadline, kept as measures of that kind in one go, and taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping

from models.domain import backplan, facts, forms
from models.domain.fields import label
from models.domain.operation import Value
from models.domain.reduce import Record as Part
from models.domain.reduce import Reduced
from models.errors import LedgerError
from models.services.base import audience, dictionaries, refusals, showing, workdays
from models.services.base.desk import Desk
from models.services.base.pen import Pen, Place
from models.services.base.writing import allow
from models.services.problems.cycles import standing
from models.services.views.milestones import Backplan, Milestone, Planned

KIND = "milestone"


@dataclass(eq=False)
class NoDeadline(LedgerError):
    """There is no day to count back from."""

    code = "R340"
    title = "这个问题没有写整改时限，不能倒排"

    @property
    def message(self) -> str:
        return "这个问题没有写整改时限，没有可以倒着排的日子，没有做任何改动。"

    @property
    def way_out(self) -> str:
        return "请先填写整改时限；长期坚持的，可以用“加一条措施”写明分期的日子。"


@dataclass(eq=False)
class TooLate(LedgerError):
    """The day to count back from is over."""

    code = "R341"
    title = "整改时限已过，不能倒排"
    deadline: str

    @property
    def message(self) -> str:
        return f"整改时限是 {self.deadline}，已经过了，没有做任何改动。"

    @property
    def way_out(self) -> str:
        return "请先申请延期；县里同意新的时限以后再倒排，只排还没有完成的节点。"


@dataclass(eq=False)
class NoTemplate(LedgerError):
    """The county has no template of that name."""

    code = "R342"
    title = "没有这个倒排模板"
    name: str
    names: tuple[str, ...]

    @property
    def message(self) -> str:
        return f"没有叫“{self.name}”的倒排模板，没有做任何改动。"

    @property
    def way_out(self) -> str:
        return f"请从这些里选一个：{'、'.join(self.names)}。"


@dataclass(eq=False)
class WrittenSince(LedgerError):
    """What was planned was changed by somebody, or reached."""

    code = "R343"
    title = "节点已经有人改过，没有撤销"
    text: str

    @property
    def message(self) -> str:
        return f"“{self.text}”在倒排以后又改过，没有撤销，什么都没有动。"

    @property
    def way_out(self) -> str:
        return "请在措施里逐条修改；不要的节点可以改成实际要做的事。"


class Milestones:
    """Everything the window and the hatch may ask of back-planning."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def propose(self, problem: str, template: str = "") -> Backplan:
        """What a template of the county says for this problem; no name: the one that suits best."""
        with self._desk.ledger.read() as connection:
            row, history = standing(self._desk, connection, problem)
            return self._proposal(connection, row, history, template)

    def proposals(self, problem: str) -> tuple[Backplan, ...]:
        """What every template of the county says for this problem; the one that suits best stands first."""
        with self._desk.ledger.read() as connection:
            row, history = standing(self._desk, connection, problem)
            best = self._proposal(connection, row, history, "")
            rest = [name for name in best.templates if name != best.template]
            return (best, *(self._proposal(connection, row, history, name) for name in rest))

    def plan(
        self, problem: str, lines: Sequence[Milestone] | None = None, template: str = "", why: str = ""
    ) -> Planned:
        """Write milestones, in one transaction: those that were ticked, or all that a template proposes.

        `due` may be typed as people write days. A line with an id moves that milestone.
        """
        desk = self._desk
        with desk.ledger.write() as connection:
            row, history = standing(desk, connection, problem)
            if lines is None:
                lines = self._proposal(connection, row, history, template).lines
            allow(desk, "measure", ("text", "kind", "due"), history)
            pen = Pen(desk, connection)
            aud = audience.of_record(desk, showing.values_of("problem", row), pen.registry)
            why = why or (f"按“{template}”倒排" if template else "倒排")
            made: list[str] = []
            moved: list[Milestone] = []
            for line in lines:
                said, before = self._said(line, history)
                if not said:
                    continue
                written = pen.set(Place("measure", line.id or None, history), said, aud, why)
                if line.id:
                    moved.append(line._replace(due=str(said.get("due", before)), before=before))
                else:
                    made.append(written)
            pen.put()
            return Planned(history.top, tuple(made), tuple(moved))

    def take_back(self, planned: Planned) -> None:
        """Undo one planning, unless somebody wrote in what it made."""
        desk = self._desk
        with desk.ledger.write() as connection:
            row, history = standing(desk, connection, planned.problem)
            allow(desk, "measure", ("due",), history)
            pen = Pen(desk, connection)
            aud = audience.of_record(desk, showing.values_of("problem", row), pen.registry)
            for id_ in planned.made:
                part = history.records[id_]
                if any(head.id != id_ for heads in part.heads.values() for head in heads):
                    raise WrittenSince(str(part.values.get("text") or ""))
                pen.void(Place("measure", id_, history), desk.today().isoformat(), aud, "撤销倒排")
            for line in planned.moved:
                part = history.records[line.id]
                if part.values.get("due") != line.due or part.values.get("done_on"):
                    raise WrittenSince(line.text)
                pen.set(Place("measure", line.id, history), {"due": line.before or None}, aud, "撤销倒排")
            pen.put()

    # ------------------------------------------------------------------------------------- inside

    def _proposal(self, connection: Connection, row: RowMapping, history: Reduced, wanted: str) -> Backplan:
        now, today = showing.values_of("problem", row), self._desk.today()
        if not isinstance(now["deadline"], str):
            raise NoDeadline
        deadline = date.fromisoformat(now["deadline"])
        if deadline < today:
            raise TooLate(now["deadline"])
        start = min(_start(now, history, today), deadline)
        templates: list[dict[str, Any]] = dictionaries.content(connection, "backplan")
        names = tuple(str(one["name"]) for one in templates)
        name = wanted or backplan.usual(templates, facts.state(now["deadline_kind"]) or "time_limited", start, deadline)
        if name not in names:
            raise NoTemplate(name, names)
        calendar = workdays.calendar(connection)
        steps = templates[names.index(name)]["steps"]
        placed = backplan.nodes(steps, start, deadline, today, calendar)
        there = _there(history, start)
        done = {text for text, part in there.items() if part.values.get("done_on")}
        lines = tuple(_line(node, there.get(node.text)) for node in placed if node.text not in done)
        return Backplan(
            history.top, name, names, start.isoformat(), deadline.isoformat(), lines,
            tuple(node.text for node in placed if node.text in done), calendar,
        )  # fmt: skip

    def _said(self, line: Milestone, history: Reduced) -> tuple[dict[str, Value], str]:
        """What is to be written of one line, and the day that stands there now."""
        typed = {"text": line.text, "due": line.due}
        if not line.id:
            said = forms.changes("measure", {**typed, "kind": KIND}, {}, self._desk.today(), creating=True)
            for name in ("text", "due"):
                if not said.get(name):
                    raise refusals.NothingWritten(label("measure", name))
            return said, ""
        part = history.records.get(line.id)
        if part is None or part.table != "measure":
            raise refusals.NoSuchRecord(line.id)
        return forms.changes("measure", typed, part.values, self._desk.today()), str(part.values.get("due") or "")


def _start(now: Mapping[str, Any], history: Reduced, today: date) -> date:
    """When the work began: the newest round, the day it was handed over, the day it was found."""
    rounds = [str(one.values.get("opened_on") or "") for one in _parts(history, "cycle")]
    days = [max(rounds, default=""), *(str(now[name] or "") for name in ("assigned_on", "claimed_on", "found_on"))]
    return date.fromisoformat(next((day for day in days if day), today.isoformat()))


def _there(history: Reduced, start: date) -> dict[str, Part]:
    """The milestones by text; what was reached in an earlier round is not one of this."""
    found: dict[str, Part] = {}
    for part in _parts(history, "measure"):
        done = str(part.values.get("done_on") or "")
        if part.values.get("kind") == KIND and (not done or done >= start.isoformat()):
            found[str(part.values.get("text") or "")] = part
    return found


def _parts(history: Reduced, table: str) -> list[Part]:
    return [one for one in history.records.values() if one.table == table and one.created and one.void_from is None]


def _line(node: backplan.Node, there: Part | None) -> Milestone:
    due, before = node.due.isoformat(), str(there.values.get("due") or "") if there else ""
    state = "new" if there is None else "same" if before == due else "moved"
    return Milestone(there.id if there else "", node.text, due, before, state)
