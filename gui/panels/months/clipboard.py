"""Cells as other programs put them on the clipboard: columns by tabs, rows by lines, cells with either in quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

MOST = 2_000_000  # characters that are taken; a month of 20,000 problems has fewer
# A cell in quotes, or one without; then what ends it. Where quotes do not end a cell they are characters like others.
_CELL = re.compile(r'(?:"((?>[^"]*(?:""[^"]*)*))"(?=[\t\n]|\Z)|([^\t\n]*))([\t\n]|\Z)')


def read(text: str) -> list[list[str]]:
    """The rows and cells of a text."""
    plain = text[:MOST].replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    rows: list[list[str]] = [[]]
    for found in _CELL.finditer(plain):
        quoted, bare, end = found.groups()
        rows[-1].append(bare if quoted is None else quoted.replace('""', '"'))
        if end == "\n":
            rows.append([])
        elif not end:
            break
    return rows


def write(rows: Iterable[Sequence[str]]) -> str:
    """A text that spreadsheets take apart into the same cells."""
    return "\n".join("\t".join(_quoted(cell) for cell in row) for row in rows)


def _quoted(cell: str) -> str:
    if not any(sign in cell for sign in '\t\n"'):
        return cell
    return '"' + cell.replace('"', '""') + '"'
