"""Workbooks in: look at what a workbook would change, then take it. Looking and taking make the same plan."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from models import file_faults
from models.documents.grid import Grid, rewritten
from models.documents.notes_out import write_notes
from models.documents.raw import RawBook
from models.documents.reading import read_workbook
from models.documents.refusals import WorkbookChanged
from models.documents.rows import Note, Row, Understood
from models.documents.told import converted, day_meant
from models.documents.understanding import bare, chosen_sheet, understand
from models.domain.fields import PLURAL, SOURCES, label
from models.progress import Progress, Silent
from models.services.base import audience
from models.services.base.desk import Desk
from models.services.base.pen import Pen, Place
from models.services.views.workbooks import CellNote, ColumnView, RowView, WorkbookView
from models.services.workbooks import planning, source_workbook
from models.services.workbooks.layouts import Layouts, Said
from models.services.workbooks.planning import Plan
from models.store import fold
from models.store.local_schema import imported
from models.store.number import Numbers
from models.store.sqlite import put_all
from models.version import RELEASED

_DATES = frozenset({"deadline", "found_on", "completed_on", "closed_on", "finished_on"})

_Cells = tuple[dict[str, str], int | None]  # the fields of the columns by their letters; the year of the workbook
_Key = tuple[str, int, int]  # path, time of its last change, size


class Imports:
    """Everything the window and the hatch may ask of a workbook."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._last: tuple[_Key, RawBook] | None = None  # what was looked at, so that it is not read again

    def look(
        self, path: Path, kind: str, *, sheet: str | None = None, mapping: Mapping[str, str] | None = None,
        heading: int | None = None, cells: Mapping[str, str] | None = None, progress: Progress | None = None,
    ) -> WorkbookView:  # fmt: skip
        """What a workbook would change; `kind`: problems, petitions or sources. Nothing is written.

        `mapping` None: as this layout was mapped the last time. `cells`: words that a person put in the place of
        those of the sheet, for this import alone.
        """
        told = progress or Silent()
        book = self._book(path, told)
        if kind in SOURCES:
            return source_workbook.look(self._desk, path, book, _said(sheet, heading, mapping, cells))
        said, read = self._understood(book, kind, _said(sheet, heading, mapping, cells), told, asked=mapping)
        with self._desk.ledger.read() as connection:
            plans = planning.plan(self._desk, connection, PLURAL[kind], read, told)
        return _view(path, kind, (said, read), plans, written=False)

    def take(
        self, path: Path, kind: str, *, sheet: str | None = None, mapping: Mapping[str, str] | None = None,
        heading: int | None = None, cells: Mapping[str, str] | None = None, remember: bool = True,
        progress: Progress | None = None,
    ) -> WorkbookView:  # fmt: skip
        """Write what a workbook says: all of it in one transaction."""
        told = progress or Silent()
        if self._last is not None and self._last[0][0] == str(path) and self._last[0] != _key(path):
            self._last = None
            raise WorkbookChanged(path.name)
        book = self._book(path, told)
        if kind in SOURCES:
            self._last = None
            return source_workbook.take(self._desk, path, book, _said(sheet, heading, mapping, cells))
        said, read = self._understood(book, kind, _said(sheet, heading, mapping, cells), told, asked=mapping)
        with self._desk.ledger.write() as connection:
            plans = planning.plan(self._desk, connection, PLURAL[kind], read, told)
            self._write(connection, PLURAL[kind], plans, told)
            if remember:
                chosen = read.sheet != chosen_sheet(book, kind)
                said_now = replace(said, sheet=read.sheet)
                Layouts(connection, kind).keep(book, read.fingerprint, said_now, chosen=chosen)
        self._last = None
        return _view(path, kind, (said, read), plans, written=True)

    def bare(
        self, path: Path, kind: str, *, sheet: str | None = None, progress: Progress | None = None
    ) -> WorkbookView:
        """A sheet whose headings nobody recognised: shown as it is, so that a person can point at them."""
        read = bare(self._book(path, progress or Silent()), sheet)
        return _view(path, kind, (Said(read.sheet), read), [], written=False)

    def forget(self, layout: str) -> None:
        """Ask again the next time a workbook with these headings comes."""
        with self._desk.ledger.write() as connection:
            for kind in PLURAL:
                Layouts(connection, kind).forget(layout)

    def write_notes(self, book: WorkbookView, to: Path) -> int:
        """A list of the cells that were refused or are in doubt, as a workbook to mend the ledger by."""
        rows = {note.cell: row for row in book.rows for note in row.notes}
        lines = [
            (one.cell, rows[one.cell].title if one.cell in rows else "", one.value, one.why)
            for one in (*book.rejected, *book.flagged)
        ]
        write_notes(to, f"{book.path.name}（工作表：{book.sheet}）", lines)
        return len(lines)

    # ------------------------------------------------------------------------------------- reading

    def _book(self, path: Path, progress: Progress) -> RawBook:
        key = _key(path)
        if self._last is None or self._last[0] != key:
            self._last = None
            self._last = (key, read_workbook(path, progress=progress))
        return self._last[1]

    def _understood(
        self, book: RawBook, kind: str, said: Said, progress: Progress, *, asked: Mapping[str, str] | None
    ) -> tuple[Said, Understood]:
        """`asked` None: what was remembered of the layout holds."""
        if asked is None:
            with self._desk.ledger.read() as connection:
                said = _with_memory(book, said, Layouts(connection, kind), kind)
        told = rewritten(book, said.sheet, said.cells) if said.sheet else book
        read = understand(
            told,
            kind,
            sheet=said.sheet,
            mapping=said.mapping or None,
            heading=said.heading,
            progress=progress,
            today=max(self._desk.today(), date.fromisoformat(RELEASED)),  # whatever a clock that fell back says
        )
        if said.cells:
            read = replace(read, grid=Grid(next(one for one in book.sheets if one.name == read.sheet)))
            read = replace(read, rows=tuple(_wording_kept(row, read, said.cells) for row in read.rows))
        return said, read

    # ------------------------------------------------------------------------------------- writing

    def _write(self, connection: Connection, table: str, plans: list[Plan], progress: Progress) -> None:
        desk = self._desk
        pen = Pen(desk, connection)
        numbers = Numbers(connection, desk.side.unit, desk.settings["device"], desk.today().year)
        histories = dict(
            fold.reduce_many(
                connection, (p.record["id"] for p in plans if p.record and p.state == "changed"), pen.registry
            )
        )
        memory: list[dict[str, object]] = []
        for done, plan in enumerate(plans):
            progress.step(done, len(plans), "正在登记")
            if plan.state == "new":
                values = {**plan.changes, "number": numbers.next()} if table == "problem" else plan.changes
                aud = audience.of_record(desk, dict(values), pen.registry)
                record = pen.set(Place(table), values, aud)
                if plan.remark:
                    pen.first_remark(record, plan.remark, aud)
            elif plan.record is not None:
                record = plan.record["id"].hex()
                if plan.state == "changed":
                    self._change(pen, table, plan, histories[plan.record["id"]])
            else:
                continue
            cells = json.dumps({**plan.before, **plan.brought}, ensure_ascii=False)
            memory.append({"record": bytes.fromhex(record), "cells": cells})
        progress.step(0, 0, "正在写入台账")
        tops = pen.put(progress)
        put_all(imported, memory, connection)
        if desk.is_county:
            progress.step(0, 0, "正在分送到各单位")
            audience.link(desk, connection, tops, progress)

    def _change(self, pen: Pen, table: str, plan: Plan, history: fold.Reduced) -> None:
        record = history.records[history.top]
        before = audience.of_record(self._desk, dict(record.values), pen.registry)
        aud = audience.of_record(self._desk, {**record.values, **plan.changes}, pen.registry, *before)
        if plan.changes:
            pen.set(Place(table, record.id, history), plan.changes, aud)
        if plan.remark:
            pen.remark(history, plan.remark, aud)


def _key(path: Path) -> _Key:
    with file_faults.in_words(path):
        found = path.stat()
    return str(path), found.st_mtime_ns, found.st_size


def _said(
    sheet: str | None, heading: int | None, mapping: Mapping[str, str] | None, cells: Mapping[str, str] | None
) -> Said:
    return Said(sheet, heading, dict(mapping or {}), dict(cells or {}))


def _with_memory(book: RawBook, said: Said, layouts: Layouts, kind: str) -> Said:
    """What was said of this layout the last time, where nothing is said now."""
    remembered = said.sheet or layouts.sheet_for(book)
    sheet = remembered or chosen_sheet(book, kind)
    kept = layouts.said_of(book, sheet) if sheet and said.heading is None else None
    if kept is not None:
        return replace(kept, cells=said.cells)
    return replace(said, sheet=remembered, remembered=remembered is not None and said.sheet is None)


def _wording_kept(row: Row, read: Understood, cells: Mapping[str, str]) -> Row:
    """A deadline that a person worked out keeps the words of the sheet beside it."""
    cell = row.cells.get("deadline")
    if cell is None or cell.address not in cells or "deadline" not in row.values:
        return row
    letters = cell.address.rstrip("0123456789")
    at = [one.letter for one in read.columns].index(letters)
    grid_row = read.grid[int(cell.address[len(letters) :]) - 1]
    return replace(row, values={**row.values, "deadline_text": grid_row[at]})


def _view(path: Path, kind: str, about: tuple[Said, Understood], plans: list[Plan], *, written: bool) -> WorkbookView:
    said, read = about
    table = (PLURAL | SOURCES)[kind]
    counts = {state: sum(p.state == state for p in plans) for state in ("new", "changed", "same", "refused")}
    rejected = [n for p in plans for n in p.rejected]
    flagged = [*read.flagged, *(n for p in plans for n in p.flagged)]
    fields = {column.letter: column.field or "" for column in read.columns}
    about_cells = (fields, read.as_of.year if read.as_of else None)
    return WorkbookView(
        path=path,
        kind=kind,
        sheet=read.sheet,
        sheets=read.sheets,
        as_of=read.as_of.isoformat() if read.as_of else None,
        title=read.title,
        grid=read.grid,
        heading_rows=read.heading_rows,
        columns=tuple(
            ColumnView(
                c.letter, c.heading, c.field, label(table, c.field) if c.field else "", c.samples, c.sure,
                tuple((name, label(table, name)) for name in c.likely),
            )
            for c in read.columns
        ),
        rows=tuple(_row(p, about_cells) for p in plans),
        rejected=_notes(rejected, about_cells),
        flagged=_notes(flagged, about_cells),
        new=counts["new"],
        changed=counts["changed"],
        same=counts["same"],
        refused=counts["refused"],
        written=written,
        passed=read.passed,
        converted=converted(read.rows),
        layout=read.fingerprint,
        heading=said.heading,
        mapping=said.mapping,
        cells=said.cells,
        remembered=said.remembered,
    )  # fmt: skip


def _row(plan: Plan, about: _Cells) -> RowView:
    row = plan.row
    cells = {name: row.cells[name].address for name, _, _ in plan.shown if name in row.cells}
    notes = _notes([*plan.rejected, *plan.flagged], about)
    return RowView(
        row.number, plan.state, row.title, plan.record["id"].hex() if plan.record else None, plan.shown, cells, notes
    )


def _notes(notes: list[Note], about: _Cells) -> tuple[CellNote, ...]:
    return tuple(CellNote(n.cell, n.value, n.why, _suggestion(n, about)) for n in notes)


def _suggestion(note: Note, about: _Cells) -> str:
    fields, year = about
    letters = note.cell.rstrip("0123456789")
    return day_meant(note.value, year) if letters != note.cell and fields.get(letters) in _DATES else ""
