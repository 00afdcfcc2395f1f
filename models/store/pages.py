"""Lists: which records in which order, and their lines in blocks. Ids first, so that any place can be jumped to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, RowMapping, Table, and_, case, exists, func, not_, or_, select

from models.domain import light
from models.domain.words import DEADLINE_KIND
from models.store import search
from models.store.rows import NO_DEADLINE
from models.store.schema import FOLDED, conflict, problem
from models.store.sqlite import among, temporary_ids

# Columns of a line that a list may be sorted by, and what they are in the table.
_SORT = {
    "number": "number", "title": "description", "source": "source", "township_name": "township", "person": "person",
    "deadline": "due_key", "days_left": "due_key", "pace": "pace_now", "stage": "stage", "kinds": "categories",
}  # fmt: skip
_SORT_PETITION = {
    "number": "receipt_number", "title": "content", "source": "batch", "township_name": "township", "person": "person",
    "stage": "stage", "kinds": "pollution_kinds", "verified": "verified",
}  # fmt: skip


class Monthly(NamedTuple):
    """Which problems are told of month by month."""

    kinds: Sequence[str] = tuple(DEADLINE_KIND)  # of deadlines
    unit: str | None = None  # whose they are to tell of; None: anybody's


@dataclass(frozen=True)
class Wanted:
    """A list that is asked for; the same words as services.views.lists.Query, with the day."""

    table: str
    today: date
    words: str = ""
    where: tuple[tuple[str, str], ...] = ()
    view: str = ""
    sort: str = ""
    descending: bool = False
    tops: frozenset[bytes] | None = None  # only these histories
    rules: light.Thresholds = field(default_factory=lambda: light.USUAL)  # of the lights
    monthly: Monthly = field(default_factory=Monthly)
    claimed_as: frozenset[str] | None = None  # "unclaimed": townships and lead units as written; None: all of them


def told_monthly(monthly: Monthly) -> ColumnElement[bool]:
    """Whether a problem is told of month by month: it counts, is not closed, and of these kinds."""
    kind = problem.c.kind_now
    is_asked = or_(kind.in_(monthly.kinds), kind.not_in(DEADLINE_KIND))
    return and_(problem.c.void_from.is_(None), problem.c.stage != "closed", is_asked, of_unit(monthly.unit))


def of_unit(unit: str | None) -> ColumnElement[bool]:
    """The problems that are a unit's to tell of; None: of all."""
    if unit is None:
        return problem.c.pk.is_not(None)
    return or_(problem.c.unit == unit, and_(problem.c.unit == "", problem.c.creator == unit))


def light_of(table: Table, today: date, rules: light.Thresholds = light.USUAL) -> ColumnElement[str]:
    """The light of a problem on a day, in SQL: the same rules as domain.light (a test compares them)."""
    by_name = _rules(table, today, rules)
    finished = or_(table.c.completed_day.is_not(None), table.c.stage == "closed")
    going = [(by_name[rule.name], rule.colour) for rule in light.RULES if rule.name in by_name]
    waiting = [(and_(finished, by_name[light.UNACCEPTED.name]), light.UNACCEPTED.colour)
               for _ in by_name.keys() & {light.UNACCEPTED.name}]  # fmt: skip
    return case(*waiting, (finished, "done"), *going, (_endless(table), "grey"), else_="green")


def is_bound(table: Table) -> ColumnElement[bool]:
    """A day binds the problem: its deadline counts."""
    return not_(_endless(table))


def _endless(table: Table) -> ColumnElement[bool]:
    """No day binds the problem: it has none, or is long-term without 并长期坚持."""
    long_term = and_(table.c.kind_now == "long_term", func.coalesce(table.c.long_term_too, "") != "true")
    return or_(table.c.due_key == NO_DEADLINE, long_term)


def _rules(table: Table, today: date, rules: light.Thresholds) -> dict[str, ColumnElement[bool]]:
    """Each rule of the lights that counts, as a condition."""

    def until(name: str) -> ColumnElement[bool]:
        return and_(is_bound(table), table.c.due_key <= (today + timedelta(days=rules.get(name, 0))).isoformat())

    long_ago = (today - timedelta(days=rules.get("unaccepted", 0))).isoformat()
    conditions = {
        "circular": table.c.circular_day <= today.isoformat(),
        "overdue": and_(is_bound(table), table.c.due_key < today.isoformat()),
        "relapsed": table.c.relapsed == 1,
        "near": until("near"),
        "slow_long": table.c.slow_months >= rules.get("slow_long", 0),
        "soon": until("soon"),
        "slow": table.c.pace_now.in_(light.SLOW),
        "no_month": and_(table.c.last_month != "", table.c.last_month < light.month_before(today)),
        "unaccepted": and_(
            table.c.stage.in_(("completed", "closing")),  # also applied for: the county has not been there yet
            _said(table.c.closing_stage) == "none",
            table.c.completed_day != "",
            table.c.completed_day < long_ago,
        ),
    }
    return {name: condition for name, condition in conditions.items() if name in rules}


def rows(connection: Connection, query: Wanted) -> tuple[int, ...]:
    """The row numbers of a list, in its order."""
    table = FOLDED[query.table]
    if query.tops is not None:
        temporary_ids(connection, list(query.tops))
    statement = select(table.c.pk).where(*_conditions(table, query)).order_by(*_order(table, query))
    return tuple(connection.scalars(statement))


def count(connection: Connection, query: Wanted) -> int:
    """How many records a list has."""
    table = FOLDED[query.table]
    if query.tops is not None:
        temporary_ids(connection, list(query.tops))
    statement = select(func.count()).select_from(table).where(*_conditions(table, query))
    return connection.scalar(statement) or 0


def block(connection: Connection, table: str, numbers: Sequence[int]) -> list[RowMapping]:
    """The rows with these numbers, in the order asked; one that is gone is left out."""
    source = FOLDED[table]
    found: dict[int, RowMapping] = {}
    for start in range(0, len(numbers), 500):
        statement = select(source).where(source.c.pk.in_(numbers[start : start + 500]))
        found |= {row["pk"]: row for row in connection.execute(statement).mappings()}
    return [found[n] for n in numbers if n in found]


def facets(connection: Connection, query: Wanted, field: str) -> list[tuple[str, int]]:
    """The values of a field and how many records have each."""
    table = FOLDED[query.table]
    value = _value(table, field, query)
    statement = select(value, func.count()).where(*_conditions(table, query)).group_by(value).order_by(value)
    return [(str(v or ""), n) for v, n in connection.execute(statement)]


def _value(table: Table, field: str, query: Wanted) -> ColumnElement[Any]:
    match field:
        case "light":
            return light_of(table, query.today, query.rules)
        case "pace":
            return table.c.pace_now
        case "stage":
            return table.c.stage
        case "closing_stage":
            said = _said(table.c.closing_stage)
            return case((table.c.stage == "closing", "closing"), else_=said) if table is problem else said
        case "deadline_kind":
            return table.c.kind_now
        case "deadline_year":
            return func.substr(table.c.due_key, 1, 4)
        case "kinds":
            return table.c.categories if "categories" in table.c else table.c.pollution_kinds
        case _:
            return table.c[field]


def _said(column: ColumnElement[Any]) -> ColumnElement[str]:
    """The newest state that a column of dated events holds."""
    return func.coalesce(func.json_extract(column, "$[#-1][1]"), "none")


def _conditions(table: Table, query: Wanted) -> Iterable[ColumnElement[bool]]:
    void = table.c.void_from
    yield void.is_not(None) if query.view == "void" else void.is_(None)
    yield from search.conditions(table.c.search_key, query.words)
    yield from _of_view(table, query)
    if query.tops is not None:
        yield among(table.c.id)
    values: dict[str, list[str]] = {}
    for name, value in query.where:
        values.setdefault(name, []).append(value)
    for name, some in values.items():
        column = _value(table, name, query)
        if name in ("categories", "pollution_kinds", "kinds"):
            yield or_(*(func.instr("；" + func.coalesce(column, "") + "；", f"；{v}；") > 0 for v in some))
        else:
            yield or_(column.in_(some), column.is_(None)) if "" in some else column.in_(some)


def _of_view(table: Table, query: Wanted) -> Iterable[ColumnElement[bool]]:
    today = query.today
    is_problem = query.table == "problem"
    unfinished = table.c.stage == "open"
    match query.view:
        case "open":
            yield table.c.stage.in_(("open", "staged")) if not is_problem else unfinished
        case "closed":
            yield table.c.stage == "closed"
        case "unclaimed" if is_problem:
            yield and_(unfinished, *_unclaimed(query.claimed_as))
        case "review":
            yield table.c.review == 1
        case "conflict":
            yield exists().where(conflict.c.top == table.c.id)
        case "overdue" if is_problem:
            yield and_(unfinished, is_bound(table), table.c.due_key < today.isoformat())
        case "due_7" | "due_30" if is_problem:
            last = today + timedelta(days=7 if query.view == "due_7" else 30)
            yield and_(unfinished, table.c.due_key >= today.isoformat(), table.c.due_key <= last.isoformat())
        case "due_month" if is_problem:
            yield and_(unfinished, func.substr(table.c.due_key, 1, 7) == today.isoformat()[:7])
        case "no_dispatch" if is_problem:
            yield and_(told_monthly(query.monthly), table.c.last_month < today.isoformat()[:7])
        case _:
            return


def _unclaimed(claimed_as: frozenset[str] | None) -> Iterable[ColumnElement[bool]]:
    yield func.coalesce(problem.c.assigned_on, "") != ""
    yield func.coalesce(problem.c.claimed_on, "") == ""
    yield problem.c.creator.is_distinct_from(problem.c.unit)  # nobody claims what he registered himself
    if claimed_as is not None:
        yield or_(problem.c.township.in_(claimed_as), problem.c.lead_unit.in_(claimed_as))


def _order(table: Table, query: Wanted) -> Iterable[ColumnElement[Any]]:
    is_problem = query.table == "problem"
    if not query.sort or query.sort == "light":
        if is_problem:
            lights = light_of(table, query.today, query.rules)
            rank = case({colour: n for n, colour in enumerate(light.ORDER)}, value=lights, else_=9)
            yield rank.desc() if query.descending else rank
            yield table.c.due_key
        yield table.c.pk
        return
    names = _SORT if is_problem else _SORT_PETITION
    column = table.c[names.get(query.sort, "pk")]
    key = func.coalesce(column, "")
    yield key.desc() if query.descending else key
    yield table.c.pk
