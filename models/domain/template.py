"""A paper with places: 【编号】 is where a value is put, 【措施：时限】 a column of a list, whose row is repeated.

The papers of the program and those that offices edit in Word (`documents/word_template.py`) have the same places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final, NamedTuple

from models.domain.paper import Block, Fields, Paper, Table, Text

PLACE: Final = re.compile("【([^【】\n]{1,40})】")
COLUMN: Final = "："  # between the name of a list and that of its column
WHOLE: Final = "表"  # 【表：措施】: the list as a table of its own
LINE: Final = "_" * 14  # where nothing is known: to be written on by hand


class Known(NamedTuple):
    """The places that a paper may have."""

    values: frozenset[str]
    lists: Mapping[str, tuple[str, ...]]  # of each list its columns; none: it comes as a whole table only


def place(name: str, column: str = "") -> str:
    """How a place is written."""
    return f"【{name}{COLUMN}{column}】" if column else f"【{name}】"


def row(name: str, table: Table) -> tuple[str, ...]:
    """The row of a list that is repeated."""
    return tuple(place(name, one) for one in table.headings)


def put(text: str, values: Mapping[str, str], empty: str = "") -> str:
    """A text with its places filled in; `empty` where a value is; places that nobody knows stay."""
    return PLACE.sub(lambda found: or_empty(values[found[1]], empty) if found[1] in values else found[0], text)


def or_empty(value: str, empty: str) -> str:
    """A value; where it says nothing, `empty`, or the room that it leaves."""
    return value if value.strip("\n") else empty or value


def list_of(text: str) -> str:
    """The list whose columns a text asks for; "" where it asks for none."""
    return next((name for name, column, _ in map(_parts, PLACE.findall(text)) if column and name != WHOLE), "")


def of_row(name: str, table: Table) -> Iterator[dict[str, str]]:
    """What the places of a repeated row say, row after row of a list."""
    for one in table.rows:
        yield {f"{name}{COLUMN}{column}": said for column, said in zip(table.headings, one, strict=True)}


def places(paper: Paper) -> frozenset[str]:
    """The places of a paper that stand for one value."""
    cells = (cell for block in paper.blocks if isinstance(block, Table) for line in block.rows for cell in line)
    texts = (block.text for block in paper.blocks if isinstance(block, Text))
    found = {name for said in (paper.title, paper.line, paper.foot, *texts, *cells) for name in PLACE.findall(said)}
    return frozenset(name for name in found if COLUMN not in name)


def filled(paper: Paper, fields: Fields) -> Paper:
    """A paper with its places filled in; what a sentence lacks is a line to write on, what a cell lacks is room."""
    blocks = tuple(_filled(block, fields) for block in paper.blocks)
    title, line, foot = (put(said, fields.values, LINE) for said in (paper.title, paper.line, paper.foot))
    return replace(paper, title=title, line=line, foot=foot, blocks=blocks, fields=fields)


def _filled(block: Block, fields: Fields) -> Block:
    match block:
        case Text():
            return replace(block, text=put(block.text, fields.values, LINE))
        case Table():
            return replace(block, rows=tuple(_rows(block, fields)))
        case _:
            return block


def _rows(table: Table, fields: Fields) -> Iterator[tuple[str, ...]]:
    for line in table.rows:
        name = next((found for cell in line if (found := list_of(cell))), "")
        if not name:
            yield tuple(put(cell, fields.values) for cell in line)
            continue
        for more in of_row(name, fields.lists[name]):
            yield tuple(put(cell, {**fields.values, **more}) for cell in line)


def _parts(name: str) -> tuple[str, str, str]:
    first, colon, column = name.partition(COLUMN)
    return first, colon, column
