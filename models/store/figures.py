"""What figures ask of the database: facts of records as this home knows them now, or as it knew them on a past day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from models.domain.cycles import days_opened
from models.domain.operation import Value
from models.domain.reduce import Record, reduce
from models.domain.tally import Item
from models.domain.unit import Registry
from models.store import operations, rows
from models.store.doubles import survivors
from models.store.schema import FOLDED, cycle, dispatch, measure, op, petition, problem

_Known = tuple[Record, tuple[str, ...]]  # a record, and the days on which it was opened again
_FACTS = ("deadline_kind", "completed_on", "closing_stage", "pace", "finish_state")


def items(connection: Connection, table: str) -> list[Item]:
    """One item for each record, as known now."""
    source = FOLDED[table]
    names = ("id", "unit", "township", "source", "batch", "found_on", "void_from", "merged_into", *_FACTS)
    columns = [source.c[n] for n in names if n in source.c]
    found = connection.execute(select(*columns).order_by(source.c.void_from.is_not(None))).mappings().all()
    ends = survivors({row["id"].hex(): row["merged_into"] for row in found if row["merged_into"] and row["void_from"]})
    opened: defaultdict[bytes, list[str]] = defaultdict(list)
    if table == "problem":
        again = select(cycle.c.top, cycle.c.opened_on).where(
            cycle.c.void_from.is_(None), cycle.c.opened_on.is_not(None)
        )
        for row in connection.execute(again.order_by(cycle.c.opened_on)):
            opened[row.top].append(row.opened_on)
    return [_item(row, ends, tuple(opened.get(row["id"], ()))) for row in found]


def _item(row: RowMapping, ends: Mapping[str, str], opened: tuple[str, ...]) -> Item:
    def loaded(name: str) -> Value:
        return rows.loaded(row.get(name))

    return Item(
        row["unit"] or row["township"] or "", row.get("source") or row.get("batch") or "", row.get("found_on"),
        row["void_from"], loaded("deadline_kind"), loaded("completed_on"), loaded("closing_stage"), loaded("pace"),
        loaded("finish_state"), ends.get(id_ := row["id"].hex(), id_), opened,
    )  # fmt: skip


def known_items(connection: Connection, until: str, who: Registry) -> dict[str, list[Item]]:
    """One item for each record, folded from the operations that had arrived by then; by table. `who`: as known then."""
    found: dict[str, list[Item]] = {"problem": [], "petition": []}
    records = sorted(_known_records(connection, until, who), key=lambda one: one[0].void_from is not None)
    merged = {one.id: _text(one.values, "merged_into") for one, _ in records if one.void_from}
    ends = survivors({id_: into for id_, into in merged.items() if into})
    for record, opened in records:
        values = record.values
        found[record.table].append(
            Item(
                rows.responsible(values, who) or _text(values, "township"),
                _text(values, "source") or _text(values, "batch"), _text(values, "found_on") or None,
                record.void_from, values.get("deadline_kind"), values.get("completed_on"),
                values.get("closing_stage"), values.get("pace"), values.get("finish_state"),
                ends.get(record.id, record.id), opened,
            )
        )  # fmt: skip
    return found


def _known_records(connection: Connection, until: str, who: Registry) -> Iterator[_Known]:
    statement = (
        select(op.c.top, op.c.body, op.c.sha)
        .where(op.c.arrived <= until, op.c.is_data == 1)
        .order_by(op.c.top)
        .execution_options(yield_per=5_000)
    )
    top = b""
    history: list[operations.Operation] = []
    for row in connection.execute(statement):
        if row.top != top and history:
            yield from _top_record(top, history, who)
            history = []
        top = row.top
        history.append(operations.read(row.body, row.sha))
    yield from _top_record(top, history, who)


def _top_record(top: bytes, history: list[operations.Operation], who: Registry) -> Iterator[_Known]:
    records = reduce(top.hex(), history, who).records if history else {}
    record = records.get(top.hex())
    if record is not None and record.created and record.table in ("problem", "petition"):
        again = (r.values for r in records.values() if r.table == "cycle" and r.created and r.void_from is None)
        yield record, days_opened(again)


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
