"""Look-backs: planned by the county's rule, made by who goes there; what follows is another round, another problem."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, and_, exists, select

from models.domain import facts, forms, lookbacks, words
from models.domain.fields import label
from models.domain.operation import Value
from models.domain.reduce import Record as Part
from models.domain.reduce import Reduced
from models.domain.roles import Deed
from models.services.base import audience, dictionaries, refusals, showing, since
from models.services.base.desk import Desk
from models.services.base.pen import Pen, Place
from models.services.base.writing import allow, find
from models.services.problems import lookback_cover, taking_back
from models.services.problems.cycle_refusals import DerivedAlready, NotARule, Unsaid
from models.services.problems.cycles import standing, write_next
from models.services.problems.requests import waiting, write_request
from models.services.views.lists import Record
from models.services.views.lookbacks import Candidate, Coverage, LookbackLine, LookbackSheet, LookbackUnit, Proposal
from models.store import rows
from models.store.number import Numbers
from models.store.schema import lookback, problem

_ALL = ("", "合计")


class Lookbacks:
    """Everything the window and the hatch may ask of look-backs."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    # ------------------------------------------------------------------------------------- looking

    def list(self, unit: str | None = None) -> LookbackSheet:
        """All look-backs of this ledger, or of one unit by code or as written; those still to be made first."""
        today = self._desk.today().isoformat()
        statement = (
            select(
                lookback,
                problem.c.number,
                problem.c.description,
                problem.c.unit.label("whose"),
                problem.c.place,
                problem.c.source,
                problem.c.closing_stage,
            )
            .join(problem, problem.c.id == lookback.c.top)
            .where(lookback.c.void_from.is_(None), problem.c.void_from.is_(None))
            .order_by(lookback.c.looked_on.is_not(None), lookback.c.due, lookback.c.pk)
        )
        with self._desk.ledger.read() as connection:
            who = self._desk.registry(connection)
            found = connection.execute(statement).mappings()
            lines = [_line(row, who.units, today) for row in found]
        if unit is not None:
            lines = [one for one in lines if one.unit == (who.resolve(unit) or unit)]
        by_unit: dict[tuple[str, str], list[str]] = {}
        for one in lines:
            by_unit.setdefault((one.unit, one.unit_name), []).append(one.state)
        units = tuple(LookbackUnit(*key, **lookbacks.counts(some)) for key, some in sorted(by_unit.items()))
        return LookbackSheet(tuple(lines), units, LookbackUnit(*_ALL, **lookbacks.counts([x.state for x in lines])))

    def propose(self, name: str = "", asked: Mapping[str, Any] | None = None) -> Proposal:
        """The problems that the rule speaks of and that nobody has looked at since they were closed; the drawn ones.

        `asked`: what is to be otherwise than the county's rule this time: months, sources, share, size.
        """
        with self._desk.ledger.read() as connection:
            return self._proposal(connection, name.strip() or self.usual_name(), asked or {})

    def coverage(self, as_of: date | None = None, unit: str | None = None) -> Coverage:
        """How far all that was closed up to a day was looked at again by then; of one unit by code or as written."""
        with self._desk.ledger.read() as connection:
            whose = unit and (self._desk.registry(connection).resolve(unit) or unit)
            return lookback_cover.coverage(self._desk, connection, as_of or self._desk.today(), whose)

    def usual_name(self) -> str:
        """What a plan of today is called."""
        today = self._desk.today()
        return f"{today.year}年{today.month}月回头看"

    def _proposal(self, connection: Connection, name: str, asked: Mapping[str, Any]) -> Proposal:
        rules, today = {**dictionaries.content(connection, "lookback_rules"), **asked}, self._desk.today()
        if fault := lookbacks.fault(rules):
            raise NotARule(fault)
        names = self._desk.registry(connection).units
        statement = select(problem).where(problem.c.void_from.is_(None), problem.c.stage == "closed")
        waits = exists().where(
            and_(lookback.c.top == problem.c.id, lookback.c.void_from.is_(None), lookback.c.looked_on.is_(None))
        )
        looked: dict[bytes, str] = {}
        made = select(lookback.c.top, lookback.c.looked_on).where(lookback.c.void_from.is_(None))
        for top, day in connection.execute(made.where(lookback.c.looked_on.is_not(None))):
            looked[top] = max(day, looked.get(top, ""))
        fitting: list[tuple[RowMapping, str]] = []
        for row in connection.execute(statement.where(~waits).order_by(problem.c.pk)).mappings():
            day = facts.since(rows.loaded(row["closing_stage"]), "closed") or ""
            seen = lookbacks.Closed(row["id"].hex(), row["source"] or "", day)
            if lookbacks.fits(seen, rules, today) and looked.get(row["id"], "") < day:
                fitting.append((row, day))
        order = {one: at for at, one in enumerate(lookbacks.drawn((row["id"].hex() for row, _ in fitting), name), 1)}
        many = lookbacks.size(len(fitting), rules)
        found = tuple(
            Candidate(
                row["id"].hex(), row["number"] or "", row["description"] or "", row["unit"] or "",
                names.get(row["unit"] or "", row["unit"] or ""), row["source"] or "", day,
                order[row["id"].hex()] <= many, order[row["id"].hex()],
            )
            for row, day in fitting
        )  # fmt: skip
        return Proposal(name, rules, lookbacks.basis(rules, name, len(fitting), many), found)

    # ------------------------------------------------------------------------------------- verbs

    def plan(
        self, name: str = "", due: date | None = None, problems: Sequence[str] | None = None,
        asked: Mapping[str, Any] | None = None,
    ) -> LookbackSheet:  # fmt: skip
        """Lay down that these problems, or those drawn by the rule, are looked at until a day. The county's alone.

        By what they were chosen stands in the history of each. One that waits to be looked at already stays as it is.
        """
        desk, name = self._desk, name.strip() or self.usual_name()
        if not desk.is_county:
            raise refusals.CountyOnly
        with desk.ledger.write() as connection:
            proposal = self._proposal(connection, name, asked or {})
            until = (due or desk.today() + timedelta(days=proposal.rules["days"])).isoformat()
            drawn = [c.id for c in proposal.candidates if c.chosen]
            ids = drawn if problems is None else problems
            why = proposal.basis if sorted(ids) == sorted(drawn) else f"{proposal.basis}；由人改为 {len(ids)} 个"
            pen = Pen(desk, connection)
            for id_ in dict.fromkeys(ids):
                row, history = standing(desk, connection, id_)
                if not any(not one.values.get("looked_on") for one in _every(history)):
                    aud = audience.of_record(desk, showing.values_of("problem", row), pen.registry)
                    pen.set(Place("lookback", None, history), {"plan": name, "due": until}, aud, why)
            after = since.length(connection)
            pen.put()
            undo = taking_back.token(connection, taking_back.PLAN, after)
        return self.list()._replace(undo=undo)

    def add(self, wanted: str, values: Mapping[str, str], id: str = "") -> Record:
        """Record a look-back: fills the planned one that is due first, or a new one; `id`: corrects that one.

        What relapsed is opened again, if the county says so; from a unit it is a request to open it again.
        """
        desk = self._desk
        with desk.ledger.write() as connection:
            row, history = standing(desk, connection, wanted)
            entry, now = _entry(history, id, values)
            said = forms.changes("lookback", values, now, desk.today())
            if not said:
                raise Unsaid(label("lookback", "up_to_standard"))
            if set(said) - {"plan", "due"} and not now.get("looked_on"):
                said.setdefault("looked_on", desk.today().isoformat())
            allow(desk, "lookback", said, history)
            pen = Pen(desk, connection)
            if said.get("relapsed") == "true":
                self._relapse(pen, row, history, {**now, **said})
            aud = audience.of_record(desk, showing.values_of("problem", row), pen.registry)
            pen.set(Place("lookback", entry, history), said, aud)
            after = since.length(connection)
            pen.put()
            record = showing.record(desk, connection, "problem", find(connection, "problem", history.top))
            judged = desk.is_county and said.get("relapsed") == "true"
            verb = taking_back.RELAPSE if judged else taking_back.LOOK
            return {**record, "undo": taking_back.token(connection, verb, after)}

    def derive(self, wanted: str, id: str, values: Mapping[str, str]) -> Record:
        """Register the problem that a look-back found beside the old one: same place and source, linked to it."""
        desk = self._desk
        with desk.ledger.write() as connection:
            row, history = standing(desk, connection, wanted)
            _, now = _entry(history, id, {})
            if now.get("derived_problem"):
                raise DerivedAlready
            same = {name: row[name] for name in ("township", "source", "lead_unit") if row[name]}
            seen_on = str(now.get("looked_on") or desk.today().isoformat())
            new = forms.changes("problem", {**same, "found_on": seen_on, **values}, {}, desk.today(), creating=True)
            if not new.get("description"):
                raise refusals.NothingWritten(label("problem", "description"))
            said: dict[str, Value] = {"derived": "true", "looked_on": seen_on}
            allow(desk, "lookback", (*said, "derived_problem"), history)
            device, year = desk.settings["device"], desk.today().year
            new["number"] = Numbers(connection, desk.side.unit, device, year).next()
            pen = Pen(desk, connection)
            record = pen.set(Place("problem"), new, audience.of_record(desk, dict(new), pen.registry))
            aud = audience.of_record(desk, showing.values_of("problem", row), pen.registry)
            pen.set(Place("lookback", id, history), {**said, "derived_problem": record}, aud)
            tops = pen.put()
            if desk.is_county:
                audience.link(desk, connection, tops)
            return showing.record(desk, connection, "problem", find(connection, "problem", record))

    def _relapse(self, pen: Pen, row: RowMapping, history: Reduced, form: Mapping[str, Value]) -> None:
        opinion, day = str(form.get("opinion") or ""), str(form["looked_on"])
        if not opinion:
            raise Unsaid(label("lookback", "opinion"))
        if self._desk.is_county:
            self._desk.ledger.gate(Deed.JUDGE)
            basis = f"{day} {words.TABLE['lookback']}"
            said = {"kind": "relapse", "reason": opinion, "basis": basis, "opened_on": day}
            write_next(self._desk, pen, row, history, said)
        elif not any(one.values.get("kind") == "restart" for one in waiting(history)):
            write_request(self._desk, pen, row, history, {"kind": "restart", "reason": opinion, "asked_on": day})


def _entry(history: Reduced, id: str, values: Mapping[str, str]) -> tuple[str | None, dict[str, Value]]:
    """The look-back that is meant: named, or planned and due first where a result is told; None for a new one."""
    every = _every(history)
    if id:
        found = next((one for one in every if one.id == id), None)
        if found is None:
            raise refusals.NoSuchRecord(id)
        return found.id, found.values
    open_ = [one for one in every if not one.values.get("looked_on")]
    if open_ and set(values) - {"plan", "due"}:
        first = min(open_, key=lambda one: str(one.values.get("due") or "9"))
        return first.id, first.values
    return None, {}


def _every(history: Reduced) -> list[Part]:
    return [one for one in history.records.values() if one.table == "lookback" and one.created and not one.void_from]


def _line(row: RowMapping, names: Mapping[str, str], today: str) -> LookbackLine:
    form = showing.values_of("lookback", row)
    said = {name: form[name] or "" for name in LookbackLine._fields if name in form}
    return LookbackLine(**{
        **said, "id": row["id"].hex(), "problem": row["top"].hex(), "number": row["number"] or "",
        "title": row["description"] or "", "place": row["place"] or "", "source": row["source"] or "",
        "closed_on": lookbacks.closed_on(facts.of(rows.loaded(row["closing_stage"])), today) or "",
        "unit": row["whose"] or "", "unit_name": names.get(row["whose"] or "", row["whose"] or ""),
        "state": lookbacks.state(form, today),
    })  # fmt: skip
