"""Workbooks in: look at what a workbook would change, then take it. Looking and taking make the same plan."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import Connection, select

from models.documents.reading import read_workbook
from models.documents.rows import Note, Understood
from models.documents.understanding import understand
from models.domain.fields import PLURAL, label
from models.progress import Progress, Silent
from models.services import audience, planning
from models.services.desk import Desk
from models.services.pen import Pen, Place
from models.services.planning import Plan
from models.services.views import CellNote, ColumnView, RowView, WorkbookView
from models.store import fold
from models.store.number import Numbers
from models.store.schema import imported
from models.store.schema import mapping as mappings
from models.store.sqlite import put, put_all


class Imports:
    """Everything the window and the hatch may ask of a workbook."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def look(
        self, path: Path, kind: str, *, sheet: str | None = None, mapping: Mapping[str, str] | None = None,
        progress: Progress | None = None,
    ) -> WorkbookView:  # fmt: skip
        """What a workbook would change. Nothing is written."""
        read = self._read(path, kind, sheet, mapping, progress or Silent())
        with self._desk.ledger.read() as connection:
            plans = planning.plan(self._desk, connection, PLURAL[kind], read)
        return _view(path, kind, read, plans, written=False)

    def take(
        self, path: Path, kind: str, *, sheet: str | None = None, mapping: Mapping[str, str] | None = None,
        progress: Progress | None = None,
    ) -> WorkbookView:  # fmt: skip
        """Write what a workbook says: all of it in one transaction."""
        told = progress or Silent()
        read = self._read(path, kind, sheet, mapping, told)
        with self._desk.ledger.write() as connection:
            plans = planning.plan(self._desk, connection, PLURAL[kind], read)
            told.step(0, len(plans), "正在登记")
            self._write(connection, PLURAL[kind], plans, told)
            if mapping:
                put(mappings, {"layout": read.fingerprint, "columns": json.dumps(dict(mapping))}, connection)
        return _view(path, kind, read, plans, written=True)

    def _read(
        self, path: Path, kind: str, sheet: str | None, mapping: Mapping[str, str] | None, progress: Progress
    ) -> Understood:
        book = read_workbook(path, progress=progress)
        read = understand(book, kind, sheet=sheet, mapping=mapping)
        if mapping is not None:
            return read
        with self._desk.ledger.read() as connection:
            kept = connection.scalar(select(mappings.c.columns).where(mappings.c.layout == read.fingerprint))
        return understand(book, kind, sheet=sheet, mapping=json.loads(kept)) if kept else read

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
        tops = pen.put()
        put_all(imported, memory, connection)
        if desk.is_county:
            progress.step(0, 0, "正在分送到各单位")
            audience.link(desk, connection, tops)

    def _change(self, pen: Pen, table: str, plan: Plan, history: fold.Reduced) -> None:
        record = history.records[history.top]
        before = audience.of_record(self._desk, dict(record.values), pen.registry)
        aud = audience.of_record(self._desk, {**record.values, **plan.changes}, pen.registry, *before)
        if plan.changes:
            pen.set(Place(table, record.id, history), plan.changes, aud)
        if plan.remark:
            pen.remark(history, plan.remark, aud)


def _view(path: Path, kind: str, read: Understood, plans: list[Plan], *, written: bool) -> WorkbookView:
    table = PLURAL[kind]
    counts = {state: sum(p.state == state for p in plans) for state in ("new", "changed", "same", "refused")}
    rejected = [n for p in plans for n in p.rejected]
    flagged = [*read.flagged, *(n for p in plans for n in p.flagged)]
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
            ColumnView(c.letter, c.heading, c.field, label(table, c.field) if c.field else "", c.samples, c.sure)
            for c in read.columns
        ),
        rows=tuple(
            RowView(p.row.number, p.state, p.row.title, p.record["id"].hex() if p.record else None, p.shown)
            for p in plans
        ),
        rejected=_notes(rejected),
        flagged=_notes(flagged),
        new=counts["new"],
        changed=counts["changed"],
        same=counts["same"],
        refused=counts["refused"],
        written=written,
    )


def _notes(notes: list[Note]) -> tuple[CellNote, ...]:
    return tuple(CellNote(n.cell, n.value, n.why) for n in notes)
