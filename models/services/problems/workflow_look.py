"""How a problem stands on its way, read from its history: what the table of steps asks of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, RowMapping, select

from models.domain import cycles, facts, owner, roles, routes, words, workflow
from models.domain.fields import label
from models.domain.operation import Value
from models.domain.reduce import Record as Part
from models.domain.reduce import Reduced
from models.domain.roles import Deed
from models.domain.unit import Author, Registry
from models.domain.workflow import Done, Standing, Step
from models.services.base import dictionaries, showing
from models.services.base.desk import Desk
from models.store import fold
from models.store.local_schema import user
from models.store.schema import device


class At(NamedTuple):
    """One problem, and how it stands."""

    row: RowMapping
    history: Reduced
    standing: Standing
    kinds: frozenset[str]  # whose steps are this desk's turn
    may: frozenset[str]  # whose steps it may take: the county also for a unit with a PC of its own
    cycle: str
    checked: Part | None  # the self-acceptance that counts
    notices: tuple[Part, ...]  # what was made public in this round, since it was last returned
    county: str  # what the county's unit is called; "" where it is not known


class Ground(NamedTuple):
    """What is the same for every problem that is looked at: read once, however many they are."""

    who: Registry
    routes: Any
    papers: Any
    others: bool  # somebody else on this PC may judge
    reached: frozenset[str]  # the units that have a PC


def ground(desk: Desk, connection: Connection) -> Ground:
    """What the county laid down, and who sits at this PC."""
    content = dictionaries.content
    who, others = desk.registry(connection), _others(desk, connection)
    reached = frozenset(connection.scalars(select(device.c.unit).where(device.c.revoked == 0).distinct()))
    return Ground(who, content(connection, "routes"), content(connection, "papers"), others, reached)


def look(
    desk: Desk, connection: Connection, row: RowMapping, history: Reduced | None = None, on: Ground | None = None
) -> At:
    """How one problem stands, from its history. Who looks at several gives what holds for all of them."""
    on = on or ground(desk, connection)
    history = history or fold.reduce_one(connection, row["id"], on.who)
    parts = [one for one in history.records.values() if not one.void_from]
    author = Author(desk.side.unit, desk.side.kind)
    right = owner.right(author, history.ties, row["creator"])
    kinds = {workflow.COUNTY} if right is owner.Right.COUNTY else {workflow.UNIT}
    if right is owner.Right.NONE:
        kinds = set[str]()
    elif right is owner.Right.COUNTY and row["unit"] not in on.reached - {desk.side.unit}:
        kinds.add(workflow.UNIT)  # nobody else would take them
    may = kinds | ({workflow.UNIT} if right is owner.Right.COUNTY else set[str]())
    own = row["creator"] is not None and row["creator"] == row["unit"]
    route = routes.route_of(on.routes, row["source"], own=own)
    cycle = str(cycles.number_now(one.values for one in parts if one.table == "cycle"))
    since = _returned(parts, cycle)
    checked = max((one for one in _rows(parts, "self_acceptance", cycle, "checked_on", since)),
                  key=lambda one: _order(one, "checked_on"), default=None)  # fmt: skip
    standing = _standing(row, parts, route, own=own, today=desk.today())
    papers = routes.papers_of(on.papers, route.name, _files(parts))
    if checked:
        standing = replace(
            standing, self_accepted_on=_text(checked, "checked_on"), applied_on=_text(checked, "applied_on")
        )
    standing = replace(standing, papers=papers, stages=_stages(parts, cycle, since))
    accepted = _rows(parts, "acceptance", cycle, "conclusion", since)
    if route.two and on.others:
        standing = replace(standing, wrote=_mine(desk, on.who, history, checked, accepted))
    notices = tuple(one for one in accepted if _text(one, "stage") == "public_notice")
    county = on.who.units.get(on.who.county, "")
    return At(row, history, standing, frozenset(kinds), frozenset(may), cycle, checked, notices, county)


def own_work(
    desk: Desk, connection: Connection, row: RowMapping, changes: Mapping[str, Value], on: Ground | None = None
) -> tuple[str, str] | None:
    """Whether these changes close a problem by hand that only somebody else may close: the step, and the own one."""
    if facts.state(changes.get("closing_stage")) != "closed":
        return None
    on = on or ground(desk, connection)
    return workflow.own_work(look(desk, connection, row, on=on).standing) if on.others else None


def label_of(step: Step, name: str) -> str:
    """What a step calls one of its fields."""
    if step.verb == "return" and name == "opinion":
        return "退回原因"
    return label("problem" if name == "closed_on" else step.table, name)


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


def _others(desk: Desk, connection: Connection) -> bool:
    """Whether somebody else on this PC may judge."""
    me = desk.person.name if desk.person else ""
    users = connection.execute(select(user.c.name, user.c.roles))
    return any(one.name != me and roles.may(one.roles.split(), Deed.JUDGE) for one in users)


def _mine(desk: Desk, who: Registry, history: Reduced, checked: Part | None, accepted: list[Part]) -> frozenset[str]:
    """What who sits here took himself: on a PC of this unit, under his name."""
    if desk.person is None:
        return frozenset()
    unit, name = desk.side.unit, desk.person.name
    written = [("self-accept", checked, "checked_on"), ("complete", history.records.get(history.top), "completed_on")]
    written += [(_text(one, "stage"), one, "conclusion") for one in accepted]
    found: set[str] = set()
    for key, part, field in written:
        heads = part.heads.get(field, ()) if part else ()
        authors = {(author.unit, head.user) for head in heads if (author := who.author(head.device))}
        if (unit, name) in authors:
            found.add(key)
    return frozenset(found)


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


def _files(parts: list[Part]) -> list[tuple[str, str, str]]:
    """For each file its id; the paper that it is said to be; its name, its caption, the Chinese word of its stage."""
    return [
        (
            one.id,
            _text(one, "paper"),
            f"{_text(one, 'name')} {_text(one, 'caption')} {words.EVIDENCE_STAGE.get(_text(one, 'stage'), '')}",
        )
        for one in parts
        if one.table == "evidence"
    ]
