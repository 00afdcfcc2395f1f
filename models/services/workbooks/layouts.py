"""What clerks said of workbooks, remembered by their headings: columns, the row of the headings, the sheet."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, delete, select

from models.documents.raw import RawBook
from models.documents.understanding import layout_of
from models.store.local_schema import mapping as table
from models.store.sqlite import put

_HEADING, _COLUMNS, _SHEET, _LAYOUT, _KIND = "heading", "columns", "sheet", "layout", "kind"


@dataclass(frozen=True)
class Said:
    """What a person said of a workbook. Nothing said: the program finds it out."""

    sheet: str | None = None
    heading: int | None = None
    mapping: dict[str, str] = field(default_factory=dict[str, str])
    cells: dict[str, str] = field(default_factory=dict[str, str])
    remembered: bool = False


class Layouts:
    """The remembered layouts of this home."""

    def __init__(self, connection: Connection, kind: str) -> None:
        self._connection, self._kind = connection, kind

    def sheet_for(self, book: RawBook) -> str | None:
        """The sheet that was chosen the last time, if it still has the headings that it had."""
        kept = self._read(self._names_key(book))
        sheet, layout = kept.get(_SHEET), kept.get(_LAYOUT)
        if not isinstance(sheet, str) or not any(one.name == sheet for one in book.sheets):
            return None
        known = {layout_of(book, self._kind, sheet), *(found for _, found, _ in self._with_heading(book, sheet))}
        return sheet if layout in known else None

    def said_of(self, book: RawBook, sheet: str) -> Said | None:
        """What was said of this layout the last time."""
        for heading, _, columns in self._with_heading(book, sheet):
            return Said(sheet, heading, columns, remembered=True)
        kept = self._read(layout_of(book, self._kind, sheet))
        columns = _columns(kept) if kept.get(_KIND, self._kind) == self._kind else {}
        return Said(sheet, None, columns, remembered=True) if columns else None

    def keep(self, book: RawBook, layout: str, said: Said, *, chosen: bool) -> None:
        """Remember a layout; `chosen`: the sheet is another than the one that the program would have taken."""
        if said.mapping or said.heading:
            self._write(layout, {_COLUMNS: said.mapping, _HEADING: said.heading, _KIND: self._kind})
        if chosen:
            self._write(self._names_key(book), {_SHEET: said.sheet, _LAYOUT: layout})

    def forget(self, layout: str) -> None:
        """Ask again the next time."""
        for name, kept in self._all().items():
            if name == layout or kept.get(_LAYOUT) == layout:
                self._connection.execute(delete(table).where(table.c.layout == name))

    def _with_heading(self, book: RawBook, sheet: str) -> list[tuple[int, str, dict[str, str]]]:
        """Layouts whose headings a person showed us, that are found in this sheet at the very row."""
        found: list[tuple[int, str, dict[str, str]]] = []
        for layout, kept in self._all().items():
            heading = kept.get(_HEADING) if kept.get(_KIND) == self._kind else None
            if isinstance(heading, int) and layout_of(book, self._kind, sheet, heading) == layout:
                found.append((heading, layout, _columns(kept)))
        return found

    def _names_key(self, book: RawBook) -> str:
        names = "|".join(sorted(one.name for one in book.sheets))
        return f"sheets-{self._kind}-{sha256(names.encode()).hexdigest()[:24]}"

    def _all(self) -> dict[str, dict[str, Any]]:
        return {row.layout: _decoded(row.columns) for row in self._connection.execute(select(table))}

    def _read(self, layout: str) -> dict[str, Any]:
        kept = self._connection.scalar(select(table.c.columns).where(table.c.layout == layout))
        return _decoded(kept) if kept else {}

    def _write(self, layout: str, kept: Mapping[str, Any]) -> None:
        put(table, {"layout": layout, "columns": json.dumps(kept, ensure_ascii=False)}, self._connection)


def _decoded(text: str) -> dict[str, Any]:
    kept: Any = json.loads(text)
    # Before there was anything else to remember, the columns stood there alone.
    return kept if {_COLUMNS, _SHEET} & set(kept) else {_COLUMNS: kept}


def _columns(kept: Mapping[str, Any]) -> dict[str, str]:
    columns: dict[str, Any] = kept.get(_COLUMNS) or {}
    return {name: str(what) for name, what in columns.items()}
