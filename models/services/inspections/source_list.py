"""The list of pollution sources: one line each, with what is asked of several tables read once for all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, func, select

from models.domain import inspections, sources
from models.services.base import dictionaries, showing
from models.services.base.desk import Desk
from models.services.views.sources import SourceLine
from models.store import exchanged, search
from models.store.doubles import told_apart
from models.store.schema import answer, inspection, permit, problem, source


def lines(desk: Desk, connection: Connection, words: str) -> tuple[SourceLine, ...]:
    """Those that fit all words, void ones too; by unit, village and name."""
    rows = connection.execute(select(source).order_by(source.c.pk)).mappings().all()
    fit = set(connection.scalars(select(source.c.pk).where(*search.conditions(source.c.search_key, words))))
    names = desk.registry(connection).units
    ways = exchanged.Ways.all(connection, desk.side)
    bounds = sources.bounds(dictionaries.content(connection, "county_bounds"))
    ends, visited = _first_ends(connection), _visited(connection)
    open_, again, doubles = _open_problems(connection), _repeated(connection), why_double(rows, told_apart(connection))
    made: list[SourceLine] = []
    for row in rows:
        if row["pk"] not in fit:
            continue
        id_ = row["id"].hex()
        expires_on = ends.get(row["id"], "")
        made.append(
            SourceLine(
                row["pk"], id_, row["number"] or "", row["name"] or "", row["kind"] or "", row["unit"],
                names.get(row["unit"], row["unit"]), row["village"] or "", row["place"] or "", row["person"] or "",
                row["phone"] or "", expires_on, sources.expiry(expires_on, desk.today()),
                tuple(sources.own_doubts(showing.values_of("source", row), bounds)), visited.get(id_, ""), open_[id_],
                again.get(id_, 0), doubles.get(id_, ""), bool(row["void_from"]), ways.of(row["id"]),
                ways.said(row["id"]),
            )
        )  # fmt: skip
    return tuple(sorted(made, key=lambda one: (one.unit, one.village, one.name)))


def told(rows: Sequence[RowMapping]) -> list[Mapping[str, Any]]:
    """Sources as `domain.sources.likely_doubles` compares them; void ones are left out."""
    return [
        {**showing.values_of("source", row), "id": row["id"].hex(), "unit": row["unit"]}
        for row in rows
        if row["void_from"] is None
    ]


def permits(connection: Connection) -> dict[bytes, list[dict[str, Any]]]:
    """The permits of every source that has any, by its id."""
    found: dict[bytes, list[dict[str, Any]]] = {}
    held = select(permit).where(permit.c.void_from.is_(None)).order_by(permit.c.pk)
    for one in connection.execute(held).mappings():
        found.setdefault(one["top"], []).append({f"{name}": value for name, value in one.items()})
    return found


def why_double(rows: Sequence[RowMapping], apart: Collection[tuple[str, str]]) -> dict[str, str]:
    """By source, why it may be one with another of them; `apart`: pairs that are two."""
    found: dict[str, str] = {}
    for pair in sources.likely_doubles(told(rows), apart):
        for id_ in (pair.one, pair.other):
            found.setdefault(id_, pair.why)
    return found


def _first_ends(connection: Connection) -> dict[bytes, str]:
    """By source, the day on which the first of its permits ends."""
    first = select(permit.c.top, func.min(permit.c.expires_on)).where(permit.c.void_from.is_(None))
    return {row[0]: row[1] for row in connection.execute(first.group_by(permit.c.top)) if row[1]}


def _visited(connection: Connection) -> dict[str, str]:
    """By source, the day of its last inspection."""
    last = select(inspection.c.source, func.max(inspection.c.inspected_on)).where(
        inspection.c.source.is_not(None), inspection.c.void_from.is_(None)
    )
    return {row[0]: row[1] for row in connection.execute(last.group_by(inspection.c.source)) if row[1]}


def _open_problems(connection: Connection) -> Counter[str]:
    """By source, the problems found there that are not closed."""
    open_ = select(problem.c.pollution_source).where(
        problem.c.pollution_source.is_not(None), problem.c.void_from.is_(None), problem.c.stage != "closed"
    )
    return Counter(one for one in connection.scalars(open_) if one)


def _repeated(connection: Connection) -> dict[str, int]:
    """By source, how many questions were answered 否 in more than one inspection of it."""
    said = (
        select(inspection.c.source, answer.c.item, inspection.c.number)
        .join(answer, answer.c.top == inspection.c.id)
        .where(
            inspection.c.source.is_not(None), inspection.c.void_from.is_(None), answer.c.void_from.is_(None),
            answer.c.answer == "no", answer.c.item.is_not(None),
        )
    )  # fmt: skip
    found: dict[str, list[tuple[str, str]]] = {}
    for of, item, number in connection.execute(said):
        found.setdefault(of, []).append((item, number))
    return {of: count for of, some in found.items() if (count := len(inspections.repeated(some)))}
