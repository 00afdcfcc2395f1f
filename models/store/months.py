"""Which problems are to be told of in a month, with what was said of them in that month and in the one before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, case, func, or_, select

from models.domain import light, words
from models.domain.fields import TABLES
from models.store import pages
from models.store.schema import dispatch, problem

# What a line of the sheet does not show: long texts would be read for 20,000 problems.
_LONG = {name for name, field in TABLES["problem"].items() if field.long and name != "description"} | {"search_key"}
SAID = ("pace", "progress", "difficulties", "next_step", "zero", "reported_on", "judgement", "opinion")


def asked(kinds: Sequence[str], unit: str | None) -> ColumnElement[bool]:
    """The problems that are told of month by month: not closed, of these kinds; `unit`: whose they are."""
    kind = problem.c.kind_now
    conditions = [
        problem.c.void_from.is_(None),
        problem.c.stage != "closed",
        or_(kind.in_(kinds), kind.not_in(words.DEADLINE_KIND)),
    ]
    return and_(*conditions, of_unit(unit))


def of_unit(unit: str | None) -> ColumnElement[bool]:
    """The problems that are a unit's to tell of; None: of all."""
    if unit is None:
        return problem.c.pk.is_not(None)
    return or_(problem.c.unit == unit, and_(problem.c.unit == "", problem.c.creator == unit))


def lines(
    connection: Connection,
    month: str,
    kinds: Sequence[str],
    unit: str | None,
    today: date,
    rules: light.Thresholds = light.USUAL,
) -> Sequence[RowMapping]:
    """The problems of a month, the most urgent first. What a month says is called now_… and last_…."""
    now, last = dispatch.alias("now"), dispatch.alias("last")
    before = (date.fromisoformat(f"{month}-01") - timedelta(days=1)).isoformat()[:7]
    colour = pages.light_of(problem, today, rules)
    rank = case({one: at for at, one in enumerate(light.ORDER)}, value=colour, else_=9)
    statement = (
        select(
            *(column for column in problem.c if column.name not in _LONG),
            func.coalesce(func.nullif(problem.c.unit, ""), problem.c.township, "").label("whose"),
            *(table.c[name].label(f"{said}_{name}") for said, table in (("now", now), ("last", last)) for name in SAID),
            now.c.id.label("now_id"),
            last.c.id.label("last_id"),
        )
        .outerjoin(now, and_(now.c.top == problem.c.id, now.c.month == month, now.c.void_from.is_(None)))
        .outerjoin(last, and_(last.c.top == problem.c.id, last.c.month == before, last.c.void_from.is_(None)))
        .where(problem.c.void_from.is_(None), of_unit(unit))
        .where(or_(asked(kinds, unit), now.c.id.is_not(None)), problem.c.found <= f"{month}-31")
        .order_by(rank, problem.c.due_key, problem.c.pk)
    )
    return connection.execute(statement).mappings().all()


def is_told(connection: Connection, top: bytes, month: str) -> bool:
    """Whether something is said of a problem in a month."""
    said = select(dispatch.c.pk).where(dispatch.c.top == top, dispatch.c.month == month, dispatch.c.void_from.is_(None))
    return connection.scalar(said) is not None
