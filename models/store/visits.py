"""Inspections as figures need them: of now, from the folded tables; or as this home knew them on a past day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from models.domain.checklists import parts_of
from models.domain.inspected import Visit
from models.domain.unit import Registry
from models.store import figures, rows
from models.store.schema import answer, inspection


def now(connection: Connection, who: Registry) -> list[Visit]:
    """Every inspection, void ones too."""
    told: defaultdict[bytes, dict[str, tuple[str, str]]] = defaultdict(dict)
    statement = select(answer.c.top, answer.c.item, answer.c.answer, answer.c.problem)
    for row in connection.execute(statement.where(answer.c.void_from.is_(None), answer.c.item.is_not(None))):
        told[row.top][row.item] = (row.answer or "", row.problem or "")
    every = connection.execute(select(inspection).order_by(inspection.c.pk)).mappings()
    return [
        _visit(
            row["id"].hex(), _whose(row["creator"], row["unit"], who), row, row["void_from"], told.get(row["id"], {})
        )
        for row in every
    ]


def then(connection: Connection, until: str, who: Registry) -> list[Visit]:
    """The same from the operations that had arrived by a moment (UTC)."""
    found: list[Visit] = []
    for record, parts in figures.known_records(connection, until, who, ("inspection",)):
        told = {
            str(one.values["item"]): (str(one.values.get("answer") or ""), str(one.values.get("problem") or ""))
            for one in parts
            if one.table == "answer" and one.created and one.void_from is None and one.values.get("item")
        }
        unit = _whose(record.creator, rows.responsible(record.values, who), who)
        found.append(_visit(record.id, unit, defaultdict(lambda: None, record.values), record.void_from, told))
    return found


def _whose(creator: str | None, named: str, who: Registry) -> str:
    """Whose word an inspection is: a township looks, and finds nothing, for itself alone, whomever it names."""
    return creator if creator is not None and who.is_township(creator) else named


def _visit(
    id_: str, unit: str, values: Mapping[Any, Any], void_from: str | None, told: Mapping[str, tuple[str, str]]
) -> Visit:  # fmt: skip
    parts = (parts_of(code) for code in str(values["checklists"] or "").split("；"))
    return Visit(
        id_, unit, values["inspected_on"] or "", tuple(dict.fromkeys(one[0] for one in parts if one)),
        values["zero"] == "true", void_from, values["campaign"] or "", (values["village"] or "").strip(),
        values["source"] or "", values["people"] or "", told,
    )  # fmt: skip
