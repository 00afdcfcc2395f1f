"""Which problems are to be told of in a month, with what was said of them in that month and in the one before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Connection, RowMapping, and_, case, func, or_, select

from models.domain import light
from models.domain.fields import TABLES
from models.store import pages
from models.store.pages import Monthly
from models.store.schema import dispatch, problem
from models.store.sqlite import among, temporary_ids

# What a line of the sheet does not show: long texts would be read for 20,000 problems.
_LONG = {name for name, field in TABLES["problem"].items() if field.long and name != "description"} | {"search_key"}
SAID = ("pace", "progress", "difficulties", "next_step", "zero", "reported_on", "judgement", "opinion")


def lines(
    connection: Connection,
    month: str,
    monthly: Monthly,
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
        .where(problem.c.void_from.is_(None), pages.of_unit(monthly.unit))
        .where(or_(pages.told_monthly(monthly), now.c.id.is_not(None)), problem.c.found <= f"{month}-31")
        .order_by(rank, problem.c.due_key, problem.c.pk)
    )
    return connection.execute(statement).mappings().all()


def told(connection: Connection, tops: Sequence[bytes], month: str) -> set[bytes]:
    """Of these problems those of which something is said in a month."""
    temporary_ids(connection, list(tops))
    said = select(dispatch.c.top).where(among(dispatch.c.top), dispatch.c.month == month)
    return set(connection.scalars(said.where(dispatch.c.void_from.is_(None))))
