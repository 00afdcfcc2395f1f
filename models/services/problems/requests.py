"""What a unit asks of the county: a later deadline, long-term instead, or to begin again; and the county's answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection, RowMapping, select

from models.domain import cycles, facts, forms, words
from models.domain.fields import label
from models.domain.operation import Value
from models.domain.reduce import Record as Part
from models.domain.reduce import Reduced
from models.domain.roles import Deed
from models.services.base import audience, refusals, showing, since
from models.services.base.desk import Desk
from models.services.base.pen import Pen, Place
from models.services.base.writing import allow, find
from models.services.problems import taking_back
from models.services.problems.cycle_refusals import Decided, NotDone, NothingToGain, Unsaid, Waiting
from models.services.problems.cycles import standing, write_next
from models.services.views.lists import Record
from models.services.views.requests import RequestLine
from models.store import schema

ASKED = ("kind", "asked_on", "wanted_deadline", "reason")
ANSWERED = ("decision", "decided_on", "opinion")


class Requests:
    """Everything the window and the hatch may ask of requests."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def list(self) -> tuple[RequestLine, ...]:
        """Every request of this ledger: those that wait for the county first, the oldest first."""
        request, problem = schema.request, schema.problem
        statement = (
            select(request, problem.c.number, problem.c.description, problem.c.deadline, problem.c.unit)
            .join(problem, problem.c.id == request.c.top)
            .where(request.c.void_from.is_(None), problem.c.void_from.is_(None))
            .order_by(request.c.decision.is_not(None), request.c.asked_on, request.c.pk)
        )
        with self._desk.ledger.read() as connection:
            names = self._desk.registry(connection).units
            found = connection.execute(statement).mappings()
            return tuple(_line(row, names) for row in found)

    def ask(self, problem: str, values: Mapping[str, str]) -> Record:
        """Ask something of the county: the responsible unit, or the county noting what came on paper."""
        desk = self._desk
        with desk.ledger.write() as connection:
            row, history = standing(desk, connection, problem)
            said = forms.changes("request", values, {}, desk.today(), creating=True)
            pen = Pen(desk, connection)
            write_request(desk, pen, row, history, said)
            after = since.length(connection)
            pen.put()
            return _shown(desk, connection, history, taking_back.token(connection, taking_back.ASK, after))

    def decide(self, problem: str, request: str, values: Mapping[str, str]) -> Record:
        """Answer a request; what is approved holds at once: the new deadline, long-term, or the next round."""
        desk = self._desk
        if not desk.is_county:
            raise refusals.CountyOnly
        with desk.ledger.write(deed=Deed.JUDGE) as connection:
            row, history = standing(desk, connection, problem)
            part = history.records.get(request)
            if part is None or part.table != "request":
                raise refusals.NoSuchRecord(request)
            if part.values.get("decision"):
                raise Decided
            said = forms.changes("request", values, part.values, desk.today())
            said.setdefault("decided_on", desk.today().isoformat())
            self._check(said)
            pen = Pen(desk, connection)
            if said["decision"] == "approved":
                _grant(desk, pen, row, history, {**part.values, **said})
            aud = audience.of_record(desk, showing.values_of("problem", row), pen.registry)
            pen.set(Place("request", request, history), said, aud)
            after = since.length(connection)
            pen.put()
            return _shown(desk, connection, history, taking_back.token(connection, taking_back.DECIDE, after))

    @staticmethod
    def _check(said: Mapping[str, Value]) -> None:
        for name in said:
            if name not in (*ANSWERED, "wanted_deadline"):  # the county may grant another day than was asked for
                raise refusals.NotYours(label("request", name), "申请单位")
        if not said.get("decision"):
            raise Unsaid(label("request", "decision"))
        if said["decision"] == "refused" and not said.get("opinion"):
            raise Unsaid(label("request", "opinion"))


def write_request(desk: Desk, pen: Pen, row: RowMapping, history: Reduced, said: dict[str, Value]) -> None:
    """Write a request with a pen that is put by the caller."""
    for name in ("kind", "reason"):
        if not said.get(name):
            raise Unsaid(label("request", name))
    answered = next((name for name in said if name in ANSWERED), "")
    if answered:
        raise refusals.NotYours(label("request", answered), "县环委办")
    allow(desk, "request", said, history)
    now = showing.values_of("problem", row)
    _useful(now, said)
    if any(one.values.get("kind") == said["kind"] for one in waiting(history)):
        raise Waiting
    said = {"asked_on": desk.today().isoformat(), **said}
    pen.set(Place("request", None, history), said, audience.of_record(desk, now, pen.registry))


def waiting(history: Reduced) -> list[Part]:
    """The requests of a problem that the county has not answered."""
    return [
        part
        for part in history.records.values()
        if part.table == "request" and part.created and part.void_from is None and not part.values.get("decision")
    ]


def _useful(now: Mapping[str, Value], said: Mapping[str, Value]) -> None:
    """Whether it would change anything."""
    match said["kind"]:
        case "extension":
            wanted, deadline = said.get("wanted_deadline"), now["deadline"]
            if not isinstance(wanted, str):
                raise Unsaid(label("request", "wanted_deadline"))
            if isinstance(deadline, str) and wanted <= deadline:
                raise NothingToGain(deadline)
        case "to_long_term":
            if facts.state(now["deadline_kind"]) == "long_term":
                raise NothingToGain(words.DEADLINE_KIND["long_term"])
        case _:
            if not cycles.is_done(now):
                raise NotDone


def _grant(desk: Desk, pen: Pen, row: RowMapping, history: Reduced, request: Mapping[str, Value]) -> None:
    """What is approved is written beside the answer, in one transaction; what was before stays in the history."""
    now = showing.values_of("problem", row)
    _useful(now, request)
    reason, day = str(request["reason"]), str(request["decided_on"])
    if request["kind"] == "restart":
        basis = str(request.get("opinion") or f"{day} 县里{words.DECISION['approved']}{words.REQUEST_KIND['restart']}")
        write_next(desk, pen, row, history, {"kind": "restart", "reason": reason, "basis": basis})
        return
    if request["kind"] == "extension":
        wanted = date.fromisoformat(str(request["wanted_deadline"]))
        changed: dict[str, Value] = {
            "deadline": wanted.isoformat(),
            "deadline_text": f"延期至{wanted.year}年{wanted.month}月{wanted.day}日",
        }
    else:
        events = facts.of(now["deadline_kind"])
        since = max(day, events[-1][0] if events else "")
        changed = {"deadline_kind": facts.with_event(now["deadline_kind"], since, "long_term")}
    aud = audience.of_record(desk, now, pen.registry)
    why = f"{words.DECISION['approved']}{words.REQUEST_KIND[str(request['kind'])]}：{reason}"
    pen.set(Place("problem", history.top, history), changed, aud, why)


def _shown(desk: Desk, connection: Connection, history: Reduced, undo: str) -> Record:
    return {**showing.record(desk, connection, "problem", find(connection, "problem", history.top)), "undo": undo}


def _line(row: RowMapping, names: Mapping[str, str]) -> RequestLine:
    said = {name: row[name] or "" for name in RequestLine._fields if name in row}
    unit = row["unit"] or ""
    return RequestLine(**{
        **said, "id": row["id"].hex(), "problem": row["top"].hex(), "title": row["description"] or "", "unit": unit,
        "unit_name": names.get(unit, unit),
    })  # fmt: skip
