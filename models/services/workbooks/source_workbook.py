"""A workbook of pollution sources as the assistant shows it: looked at, and taken in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from models.documents.grid import Grid, rewritten
from models.documents.raw import RawBook, letter
from models.documents.rows import Note
from models.documents.sources_in import SourceTable, read_sources
from models.domain.fields import label
from models.services.base.desk import Desk
from models.services.views.workbooks import CellNote, ColumnView, RowView, WorkbookView
from models.services.workbooks import source_import
from models.services.workbooks.layouts import Said
from models.services.workbooks.source_import import Plan

_SAMPLES, _LOOKED_AT = 4, 200  # words of a column that are shown, rows in which they are looked for


def look(desk: Desk, path: Path, book: RawBook, said: Said) -> WorkbookView:
    """What it would do. Nothing is written."""
    table = _table(book, said)
    with desk.ledger.read() as connection:
        plans = source_import.plan(desk, connection, table)
    return _view(path, book, said, (table, plans), written=False)


def take(desk: Desk, path: Path, book: RawBook, said: Said) -> WorkbookView:
    """Write what it says, in one transaction."""
    table = _table(book, said)
    with desk.ledger.write() as connection:
        plans = source_import.plan(desk, connection, table)
        source_import.write(desk, connection, plans)
    return _view(path, book, said, (table, plans), written=True)


def _table(book: RawBook, said: Said) -> SourceTable:
    told = rewritten(book, said.sheet, said.cells) if said.sheet else book
    return read_sources(told, said.sheet, said.mapping, said.heading)


def _view(
    path: Path, book: RawBook, said: Said, understood: tuple[SourceTable, list[Plan]], *, written: bool
) -> WorkbookView:
    table, plans = understood
    grid = Grid(next(one for one in book.sheets if one.name == table.sheet))
    new, changed, same, refused = (
        sum(one.state == state for one in plans) for state in ("new", "changed", "same", "refused")
    )
    return WorkbookView(
        path, "sources", table.sheet, tuple(one.name for one in book.sheets), None, "", grid, (table.heading,),
        _columns(table, grid), tuple(_row(one) for one in plans),
        _notes([note for one in plans for note in one.row.rejected]),
        _notes([note for one in plans for note in one.row.flagged]), new, changed, same, refused, written,
        passed=table.passed, heading=said.heading, mapping=said.mapping, cells=said.cells,
    )  # fmt: skip


def _columns(table: SourceTable, grid: Grid) -> tuple[ColumnView, ...]:
    """A column for each of the sheet; one whose heading is not known is left out until a person says what it is."""
    known = {one.letter: one for one in table.columns}
    made: list[ColumnView] = []
    for at in range(len(grid[0])):
        one = known.get(letter(at))
        name = (one.field if one else "") or None
        below = islice(grid, table.heading, table.heading + _LOOKED_AT)
        samples = tuple(islice(dict.fromkeys(row[at] for row in below if row[at]), _SAMPLES))
        said = label("source", name) if name else ""
        made.append(ColumnView(letter(at), one.heading if one else "", name, said, samples, sure=True))
    return tuple(made)


def _row(plan: Plan) -> RowView:
    values = {**plan.changes, **{f"permit.{name}": value for name, value in plan.permit.items()}}
    values.pop("township" if plan.state != "new" else "", None)
    return RowView(
        plan.row.number, plan.state, plan.row.values.get("name", ""), plan.record["id"].hex() if plan.record else None,
        tuple((name, None, value) for name, value in values.items()), plan.row.cells,
        _notes([*plan.row.rejected, *plan.row.flagged]),
    )  # fmt: skip


def _notes(some: Sequence[Note]) -> tuple[CellNote, ...]:
    return tuple(CellNote(one.cell, one.value, one.why) for one in some)
