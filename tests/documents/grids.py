"""Sheets made of plain lists, without a file: only what the test is about."""

from __future__ import annotations

from datetime import date

from models.documents.raw import Area, Kind, RawBook, RawCell, RawSheet
from models.documents.rows import Row, Understood
from models.documents.understanding import understand

Grid = list[list[object]]


def cell(value: object) -> RawCell | None:
    """A cell that holds a value; a RawCell as it is."""
    match value:
        case None | "":
            return None
        case RawCell():
            return value
        case date():
            return RawCell(Kind.DATE, value.isoformat())
        case int() | float():
            return RawCell(Kind.NUMBER, f"{value:.15g}")
        case _:
            return RawCell(Kind.TEXT, str(value))


def sheet(rows: Grid, *merges: tuple[int, int, int, int], name: str = "台账", visible: bool = True) -> RawSheet:
    """A sheet; merges as (top, left, bottom, right), 0-based."""
    return RawSheet(name, visible, [[cell(v) for v in row] for row in rows], [Area(*m) for m in merges])


def book(*sheets: RawSheet, format: str = "xlsx", **more: object) -> RawBook:  # noqa: A002
    """A workbook."""
    return RawBook(format, list(sheets), **({"formats_known": True} | more))  # type: ignore[arg-type]


def read(rows: Grid, *merges: tuple[int, int, int, int], kind: str = "problems", **more: object) -> Understood:
    """What is understood of one sheet."""
    mapping = more.pop("mapping", None)
    return understand(book(sheet(rows, *merges), **more), kind, mapping=mapping)  # type: ignore[arg-type]


def facts(row: Row) -> dict[str, tuple[str, date | None]]:
    """The facts of a row by field."""
    return {f.field: (f.state, f.day) for f in row.facts}


def fields(read_: Understood) -> dict[str, str | None]:
    """Heading → field."""
    return {c.heading: c.field for c in read_.columns}
