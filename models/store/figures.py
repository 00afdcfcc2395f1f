"""What figures ask of the database: facts of records as this home knows them now, or as it knew them on a past day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, func, select, true

from models.domain.cycles import days_opened
from models.domain.operation import Value
from models.domain.reduce import Record, reduce
from models.domain.tally import Item
from models.domain.unit import Registry, derived_id
from models.store import operations, rows
from models.store.doubles import survivors
from models.store.schema import (
    FOLDED,
    acceptance,
    cycle,
    dispatch,
    measure,
    notice,
    op,
    petition,
    problem,
    self_acceptance,
)  # fmt: skip
from models.store.sqlite import among, temporary_ids

Mine = Callable[[ColumnElement[bytes]], ColumnElement[bool]]
_FACTS = ("deadline_kind", "completed_on", "closing_stage", "pace", "finish_state", "circular")
# Fields that hold whatever the day, for breakdowns and for the list behind a figure.
_ABOUT = {
    "problem": (
        "number", "description", "round", "batch", "categories", "trade", "lead_unit", "responsible_units",
        "supervising_unit", "deadline", "long_term_too",
    ),
    "petition": (
        "receipt_number", "content", "pollution_kinds", "verified", "orders", "fine_wan", "cases", "talks",
        "accountability",
    ),
}  # fmt: skip


def items(
    connection: Connection, table: str, *, whole: bool = False, only: list[bytes] | None = None
) -> list[Item]:  # fmt: skip
    """One item for each record, as known now. `whole`: with what breakdowns ask for, not the figures alone.

    `only`: of these records, by id; whom others were merged into is not asked then.
    """
    source = FOLDED[table]
    names = ("id", "unit", "township", "source", "batch", "found_on", "void_from", "merged_into", *_FACTS)
    asked = dict.fromkeys((*names, *(_ABOUT[table] if whole else ())))
    columns = [source.c[n] for n in asked if n in source.c]
    if only is not None:
        temporary_ids(connection, only)
    mine = partial(_of, only=only is not None)
    statement = select(*columns).where(mine(source.c.id)).order_by(source.c.void_from.is_not(None))
    found = connection.execute(statement).mappings().all()
    ends = survivors({row["id"].hex(): row["merged_into"] for row in found if row["merged_into"] and row["void_from"]})
    opened = _opened(connection, mine) if table == "problem" else {}
    told = _told(connection, mine) if whole and table == "problem" else {}
    accepted = _accepted(connection, mine) if whole and table == "problem" else {}
    applied = _applied(connection, mine) if table == "problem" else {}
    made: list[Item] = []
    for row in found:
        about = {name: row[name] for name in _ABOUT[table]} if whole else {}
        if "fine_wan" in about:
            about["fine_wan"] = rows.loaded(about["fine_wan"])
        days = opened.get(row["id"], ())
        made.append(
            _item(
                row, ends, days, told.get(row["id"], ""), about,
                applied.get(row["id"], ()), tuple(accepted.get(row["id"], ())),
            )
        )  # fmt: skip
    return made


def _of(id_: ColumnElement[bytes], *, only: bool) -> ColumnElement[bool]:
    """Whether it is asked for: all are, or those that stand in `wanted`."""
    return among(id_) if only else true()


def _opened(connection: Connection, mine: Mine) -> dict[bytes, list[tuple[str, str]]]:
    """When problems were opened again, and why; oldest first."""
    found: defaultdict[bytes, list[tuple[str, str]]] = defaultdict(list)
    again = select(cycle.c.top, cycle.c.opened_on, cycle.c.kind)
    again = again.where(cycle.c.void_from.is_(None), cycle.c.opened_on.is_not(None), mine(cycle.c.top))
    for top, day, kind in connection.execute(again.order_by(cycle.c.opened_on)):
        found[top].append((day, kind or ""))
    return found


def _applied(connection: Connection, mine: Mine) -> dict[bytes, tuple[str, ...]]:
    """When closing of problems was applied for."""
    found: defaultdict[bytes, tuple[str, ...]] = defaultdict(tuple)
    checked = self_acceptance.c
    asked = select(checked.top, checked.applied_on).where(checked.applied_on.is_not(None), checked.void_from.is_(None))
    for top, day in connection.execute(asked.where(mine(checked.top))):
        found[top] += (day,)
    return found


def _told(connection: Connection, mine: Mine) -> dict[bytes, str]:
    """Month and pace of the monthly dispatches of every problem, as `Item.dispatches` says."""
    one = func.coalesce(dispatch.c.month, "") + " " + func.coalesce(dispatch.c.pace, "")
    statement = select(dispatch.c.top, func.group_concat(one, ";")).where(mine(dispatch.c.top))
    statement = statement.group_by(dispatch.c.top)
    return {row[0]: row[1] for row in connection.execute(statement)}


def _accepted(connection: Connection, mine: Mine) -> dict[bytes, list[tuple[str, str]]]:
    """The stages of acceptance that every problem passed, each with its day."""
    found: defaultdict[bytes, list[tuple[str, str]]] = defaultdict(list)
    asked = (acceptance.c[name] for name in ("top", "stage", "actual_on", "until_on", "from_on"))
    statement = select(*asked).where(acceptance.c.void_from.is_(None), acceptance.c.conclusion == "passed")
    for row in connection.execute(statement.where(mine(acceptance.c.top))).mappings():
        found[row["top"]].append(_passed(row))
    return found


def _passed(row: Mapping[Any, Any]) -> tuple[str, str]:
    """When a stage was passed, and which: a public notice with its last day."""
    return row["actual_on"] or row["until_on"] or row["from_on"] or "", row["stage"] or ""


def _item(
    row: Mapping[Any, Any],
    ends: Mapping[str, str],
    opened: Sequence[tuple[str, str]],
    told: str,
    about: dict[str, Any],
    applied: tuple[str, ...],
    accepted: tuple[tuple[str, str], ...],
) -> Item:
    def loaded(name: str) -> Value:
        return rows.loaded(row.get(name))

    return Item(
        row["unit"] or row["township"] or "", row.get("source") or row.get("batch") or "", row.get("found_on"),
        row["void_from"], loaded("deadline_kind"), loaded("completed_on"), loaded("closing_stage"), loaded("pace"),
        loaded("finish_state"), ends.get(id_ := row["id"].hex(), id_), tuple(day for day, _ in opened), id_, told,
        tuple(day for day, kind in opened if kind == "relapse"), loaded("circular"), about,
        accepted, applied,
    )  # fmt: skip


def known_items(connection: Connection, until: str, who: Registry) -> dict[str, list[Item]]:
    """One item for each record, folded from the operations that had arrived by then; by table. `who`: as known then."""
    found: dict[str, list[Item]] = {"problem": [], "petition": []}
    known = sorted(known_records(connection, until, who, _ABOUT), key=lambda one: one[0].void_from is not None)
    merged = {one.id: _text(one.values, "merged_into") for one, _ in known if one.void_from}
    ends = survivors({id_: into for id_, into in merged.items() if into})
    for record, parts in known:
        values = record.values
        rounds = [one.values for one in parts if one.table == "cycle" and one.created and one.void_from is None]
        told = (
            f"{_text(one.values, 'month')} {_text(one.values, 'pace')}"
            for one in parts
            if one.table == "dispatch" and one.created
        )
        applied = (_text(one.values, "applied_on") for one in parts if rows.is_application(one))
        found[record.table].append(
            Item(
                rows.responsible(values, who) or _text(values, "township"),
                _text(values, "source") or _text(values, "batch"), _text(values, "found_on") or None,
                record.void_from, values.get("deadline_kind"), values.get("completed_on"),
                values.get("closing_stage"), values.get("pace"), values.get("finish_state"),
                ends.get(record.id, record.id), days_opened(rounds), record.id, ";".join(told),
                days_opened(one for one in rounds if one.get("kind") == "relapse"), values.get("circular"),
                {name: values.get(name) for name in _ABOUT[record.table]},
                tuple(_passed(defaultdict(str, one.values)) for one in parts
                      if one.table == "acceptance" and one.created and one.void_from is None
                      and one.values.get("conclusion") == "passed"),
                tuple(filter(None, applied)),
            )
        )  # fmt: skip
    return found


def known_records(
    connection: Connection, until: str, who: Registry, tables: Collection[str]
) -> Iterator[tuple[Record, list[Record]]]:
    """Every record of these tables as known then, with its parts."""
    statement = (
        select(op.c.top, op.c.body, op.c.sha)
        .where(op.c.arrived <= until, op.c.is_data == 1)
        .order_by(op.c.top)
        .execution_options(yield_per=5_000)
    )
    for top, some in groupby(connection.execute(statement), key=attrgetter("top")):
        records = reduce(top.hex(), [operations.read(row.body, row.sha) for row in some], who).records
        record = records.get(top.hex())
        if record is not None and record.created and record.table in tables:
            yield record, list(records.values())


def known_content(connection: Connection, until: str, name: str, who: Registry) -> str | None:
    """What the county had laid down in a dictionary, as known then: JSON, or None."""
    id_ = derived_id("dictionary", name)
    statement = select(op.c.body, op.c.sha).where(op.c.top == bytes.fromhex(id_), op.c.arrived <= until)
    history = [operations.read(row.body, row.sha) for row in connection.execute(statement)]
    record = reduce(id_, history, who).records.get(id_) if history else None
    return _text(record.values, "content") or None if record is not None else None


def _text(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""


def identities(connection: Connection, table: str) -> Iterator[RowMapping]:
    """What tells records apart when a workbook comes in again; void ones last."""
    source = problem if table == "problem" else petition
    order = (source.c.void_from.is_not(None), source.c.pk)
    yield from connection.execute(select(source).order_by(*order)).mappings()


def asks(connection: Connection, tops: Sequence[bytes], today: str) -> dict[bytes, tuple[bool, int, int, int]]:
    """Of each problem: whether this month's dispatch is there; measures, done ones, late ones."""
    of_month = select(dispatch.c.top).where(
        dispatch.c.top.in_(tops), dispatch.c.void_from.is_(None), dispatch.c.month >= today[:7]
    )
    told = set(connection.scalars(of_month))
    done = {top: [0, 0, 0] for top in tops}
    every = select(measure.c.top, measure.c.due, measure.c.done_on)
    for top, due, done_on in connection.execute(every.where(measure.c.top.in_(tops), measure.c.void_from.is_(None))):
        some = done[top]
        some[0] += 1
        some[1] += bool(done_on)
        some[2] += bool(due) and due < today and not done_on
    return {top: (top in told, n, finished, late) for top, (n, finished, late) in done.items()}


def notices(connection: Connection, today: str) -> dict[str, int]:
    """How many notices count: open ones, those of them whose day is over, and replied ones."""
    late = func.coalesce(notice.c.answer_by, today) < today
    counted = select(notice.c.stage, late, func.count()).where(notice.c.void_from.is_(None))
    found = {"open": 0, "overdue": 0, "replied": 0}
    for stage, is_late, count in connection.execute(counted.group_by(notice.c.stage, late)):
        if stage in found:
            found[stage] += count
        if stage == "open" and is_late:
            found["overdue"] += count
    return found


def next_due(connection: Connection, today: str) -> list[int]:
    """The row number of the open problem whose day comes next, if there is one."""
    statement = (
        select(problem.c.pk)
        .where(problem.c.void_from.is_(None), problem.c.stage == "open", problem.c.due_key >= today)
        .where(problem.c.due_key < rows.NO_DEADLINE)
        .order_by(problem.c.due_key, problem.c.pk)
        .limit(1)
    )
    return list(connection.scalars(statement))
