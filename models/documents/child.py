"""What runs in the child process: one file is opened, read and sent back as plain data."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, time, timedelta
from io import BytesIO
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from models.documents import cage, prescan
from models.documents.csv_in import read_csv
from models.documents.magic import format_of
from models.documents.prescan import SheetScan
from models.documents.raw import Area, Kind, RawBook, RawCell, RawSheet
from models.documents.refusals import (
    WorkbookDamaged,
    WorkbookEmpty,
    WorkbookLocked,
    WorkbookRefused,
    WorkbookTooHard,
    WorkbookTooLarge,
)
from models.domain import limits

READ, REFUSED = b"R", b"X"  # the first byte of an answer

_Value = str | float | bool | date | time | timedelta
_LOST_DIGITS = 1e15


def serve(connection: Connection, path: str) -> None:
    """Answer with the workbook, or with the code of a refusal. Nothing that the reader does escapes."""
    cage.enter()
    try:
        book = read_content(Path(path).read_bytes())
        answer = READ + msgspec.msgpack.encode(book)
    except WorkbookRefused as refusal:
        answer = REFUSED + msgspec.msgpack.encode((refusal.code, refusal.detail))
    except MemoryError:
        answer = REFUSED + msgspec.msgpack.encode((WorkbookTooHard.code, ""))
    except BaseException:  # noqa: BLE001 - the reader panics with BaseExceptions; the parent tells the clerk one thing
        answer = REFUSED + msgspec.msgpack.encode((WorkbookDamaged.code, ""))
    with suppress(OSError):  # the parent has gone
        connection.send_bytes(answer)
        connection.close()


def read_content(content: bytes) -> RawBook:
    """The sheets of a workbook of any kind that we read. Not safe against a hostile file outside of the child."""
    kind = format_of(content)
    if kind == "csv":
        return read_csv(content)
    scan = prescan.scan(content) if kind == "xlsx" else None
    if kind in {"xlsb", "ods"}:
        prescan.check_sizes(content)
    try:
        with CalamineWorkbook.from_filelike(BytesIO(content)) as book:
            sheets = [
                _sheet(book, info.name, info.visible == SheetVisibleEnum.Visible, scan)
                for info in book.sheets_metadata
                if info.typ == SheetTypeEnum.WorkSheet
            ]
    except PasswordError:
        raise WorkbookLocked from None
    except (CalamineError, ValueError, OSError, KeyError, IndexError):
        raise WorkbookDamaged from None
    if not any(sheet.rows for sheet in sheets):
        raise WorkbookEmpty
    return RawBook(
        kind, sheets, formats_known=scan is not None,
        epoch_1904=bool(scan and scan.epoch_1904), macros=bool(scan and scan.macros),
    )  # fmt: skip


def _sheet(book: CalamineWorkbook, name: str, visible: bool, scan: prescan.Scan | None) -> RawSheet:  # noqa: FBT001
    sheet = book.get_sheet_by_name(name)
    if sheet.end is not None and (sheet.end[0] >= limits.SHEET_ROWS or sheet.end[1] >= limits.SHEET_COLUMNS):
        raise WorkbookTooLarge(detail=f"第 {sheet.end[0] + 1} 行第 {sheet.end[1] + 1} 列有内容")
    known = scan.sheets.get(name, SheetScan()) if scan else SheetScan()
    rows: list[list[RawCell | None]] = []
    # The reader starts at the first cell that holds anything.
    top, left = sheet.start or (0, 0)
    rows.extend([] for _ in range(top))
    if sheet.start is not None:
        rows.extend([None] * left + [_cell(value) for value in values] for values in sheet.to_python())
    _mend(rows, known)
    for row in rows:
        while row and row[-1] is None:
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    merges = known.merges if scan else [Area(*a, *b) for a, b in sheet.merged_cell_ranges or ()]
    if len(merges) > limits.SHEET_MERGES:
        raise WorkbookTooLarge(detail="合并单元格太多")
    return RawSheet(name, visible, rows, _clipped(merges, rows))


def _clipped(merges: list[Area], rows: list[list[RawCell | None]]) -> list[Area]:
    height, width = len(rows), max((len(row) for row in rows), default=0)
    return [
        Area(a.top, a.left, min(a.bottom, height - 1), min(a.right, width - 1))
        for a in merges
        if a.top <= a.bottom and a.left <= a.right and a.top < height and a.left < width
    ]


def _cell(value: _Value) -> RawCell | None:
    match value:
        case str():
            return RawCell(Kind.TEXT, value) if value else None
        case bool():
            return RawCell(Kind.BOOL, "是" if value else "否")
        case int() | float():
            return RawCell(Kind.NUMBER, number_text(value))
        case datetime() | date():
            return RawCell(Kind.DATE, value.isoformat())
        case time() | timedelta():
            return RawCell(Kind.TIME, str(value))


def number_text(value: float) -> str:
    """A number as the sheet shows it: 1, 5.5, 13918886615."""
    if value == int(value) if abs(value) < _LOST_DIGITS else False:
        return str(int(value))
    return f"{value:.15g}"


def _mend(rows: list[list[RawCell | None]], known: SheetScan) -> None:
    """Put in what the reader drops, and say what a format shows."""
    for (row, column), formula in known.formulas.items():
        if _at(rows, row, column) is None:
            _put(rows, row, column, RawCell(Kind.FORMULA, formula))
    for (row, column), error in known.errors.items():
        _put(rows, row, column, RawCell(Kind.ERROR, error))
    for (row, column), digits in known.numbers.items():
        _put(rows, row, column, RawCell(Kind.NUMBER, digits))
    for row, column in known.months:
        cell = _at(rows, row, column)
        if cell and cell.kind is Kind.DATE:
            _put(rows, row, column, RawCell(Kind.MONTH, f"{cell.text[:4]}年{int(cell.text[5:7])}月"))
    for row, column in known.percents:
        cell = _at(rows, row, column)
        if cell and cell.kind is Kind.NUMBER:
            _put(rows, row, column, RawCell(Kind.TEXT, f"{float(cell.text) * 100:.10g}%"))


def _at(rows: list[list[RawCell | None]], row: int, column: int) -> RawCell | None:
    return rows[row][column] if row < len(rows) and 0 <= column < len(rows[row]) else None


def _put(rows: list[list[RawCell | None]], row: int, column: int, cell: RawCell) -> None:
    if row < 0 or column < 0:
        return
    while len(rows) <= row:
        rows.append([])
    rows[row].extend([None] * (column + 1 - len(rows[row])))
    rows[row][column] = cell
