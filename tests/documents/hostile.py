"""Files that somebody made to break the reader, or that a stick broke."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

import openpyxl

_SHEET = (
    '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>{rows}</sheetData>{after}</worksheet>"
)


def workbook(rows: list[list[object]] | None = None) -> bytes:
    """A small honest workbook."""
    book = openpyxl.Workbook()
    for row in rows or [["序号", "反馈问题", "整改时限"], [1, "甲", "2024年底"]]:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed(change: Callable[[str, bytes], bytes | None], **more: bytes) -> bytes:
    """A workbook with parts replaced or, where None comes back, left out; and with strings.xml where it is given."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in more.items():
            new.writestr(f"xl/{name}.xml", content)
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return out.getvalue()


def with_sheet(rows: str, after: str = "") -> bytes:
    """A workbook whose sheet holds this XML."""
    sheet = _SHEET.format(rows=rows, after=after).encode()
    return changed(lambda name, content: sheet if name == "xl/worksheets/sheet1.xml" else content)


def far_cell() -> bytes:
    """One cell at XFD1048576, which makes readers reserve the whole sheet."""
    return with_sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def wide_cell() -> bytes:
    """One cell in a column that no ledger has."""
    return with_sheet('<row r="1"><c r="A1"><v>1</v></c><c r="SG1"><v>1</v></c></row>')


def many_merges() -> bytes:
    """50,000 merged ranges."""
    merges = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 50_001))
    return with_sheet('<row r="1"><c r="A1"><v>1</v></c></row>', f"<mergeCells>{merges}</mergeCells>")


def dtd(part: str) -> bytes:
    """A part that begins with a DTD full of laughs."""
    laugh = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'

    def change(name: str, content: bytes) -> bytes:
        return laugh.encode() + content if name == part else content

    return changed(change, sharedStrings=laugh.encode() + b"<sst/>") if "Strings" in part else changed(change)


def bomb() -> bytes:
    """A sheet of 210 MB of blanks in 200 kB."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name == "xl/worksheets/sheet1.xml":
                with new.open(name, "w", force_zip64=True) as part:
                    for _ in range(210):
                        part.write(b" " * (1 << 20))
            else:
                new.writestr(name, old.read(name))
    return out.getvalue()


def echo() -> bytes:
    """One long shared string that 60,000 cells repeat: 2 GB once it is read."""
    cells = '<c r="A{n}" t="s"><v>0</v></c><c r="B{n}" t="s"><v>0</v></c><c r="C{n}" t="s"><v>0</v></c>'
    rows = "".join(f'<row r="{n}">{cells.format(n=n)}</row>' for n in range(1, 20_001))
    strings = (
        f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{"长" * 30_000}</t></si></sst>'
    )
    sheet = _SHEET.format(rows=rows, after="").encode()
    part = "xl/worksheets/sheet1.xml"
    return changed(lambda name, content: sheet if name == part else content, sharedStrings=strings.encode())


def open_document(before: str = "") -> bytes:
    """An .ods with one row: a text and a date."""
    office = "urn:oasis:names:tc:opendocument:xmlns:"
    cells = (
        '<table:table-cell office:value-type="string"><text:p>反馈问题</text:p></table:table-cell>'
        '<table:table-cell office:value-type="date" office:date-value="2024-06-30"/>'
    )
    content = (
        f'{before}<office:document-content xmlns:office="{office}office:1.0" xmlns:table="{office}table:1.0" '
        f'xmlns:text="{office}text:1.0"><office:body><office:spreadsheet><table:table table:name="台账">'
        f"<table:table-row>{cells}</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        box.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        box.writestr("content.xml", content)
        box.writestr("META-INF/manifest.xml", "<x/>")
    return out.getvalue()


def container(*names: str) -> bytes:
    """An OLE container with empty streams of these names: what office programs wrap a password in."""
    sector = 512
    fat = struct.pack("<II", 0xFFFFFFFD, 0xFFFFFFFE).ljust(sector, b"\xff")
    entries = b""
    for name, kind in (("Root Entry", 5), *((n, 2) for n in names[:3])):
        title = name.encode("utf-16-le")
        entry = title.ljust(64, b"\0") + struct.pack("<HBB", len(title) + 2, kind, 1)
        entries += entry.ljust(116, b"\xff") + struct.pack("<IQ", 0xFFFFFFFE, 0)
    header = bytes.fromhex("D0CF11E0A1B11AE1").ljust(24, b"\0") + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header = header.ljust(44, b"\0") + struct.pack("<IIIIIIIII", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    return (header.ljust(sector, b"\xff")) + fat + entries.ljust(sector, b"\0")


def biting_its_tail() -> bytes:
    """An OLE container whose directory never ends."""
    content = bytearray(container("Workbook"))
    struct.pack_into("<I", content, 512 + 4, 1)  # the second sector is followed by itself
    return bytes(content)
