"""A paper: what stands on a document that is handed over, in which order. How it looks is the printer's business.

The same paper becomes a PDF (`gui/printing.py`), a workbook (`models/documents/paper_out.py`) and a text that offices
go on writing (`models/documents/word_out.py`): all say one thing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple


@dataclass(frozen=True)
class Text:
    """A paragraph. `strong`: in bold. `typed`: in letters of equal width, for what somebody has to copy by hand.

    `right`: at the right edge, as a signature and its day.
    """

    text: str
    strong: bool = False
    typed: bool = False
    right: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of cells. On paper the headings stand again on every page; without headings the first column is their like.

    `widths` are parts of the whole width; `centred` are the columns of short values. A workbook can add up the columns
    `numbers`, and draws the columns `chart` as bars, of all rows but the last one, which sums them up. `large`: columns
    in large letters, such as boxes to be ticked by hand; `tall`: rows in which one writes by hand.
    """

    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    headings: tuple[str, ...] = ()
    centred: frozenset[int] = frozenset()
    numbers: frozenset[int] = frozenset()
    chart: tuple[int, ...] = ()
    large: frozenset[int] = frozenset()
    tall: bool = False


@dataclass(frozen=True)
class Photo:
    """A photo, and what is said under it. `picture`: hash of what can be shown; "" where nothing of it is here."""

    picture: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Photos:
    """Photos side by side: a column for each heading, a row for each spot, which is never torn. None: no photo.

    `lacks`: what a place without a photo says, in each column.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[Photo | None, ...], ...]
    lacks: tuple[str, ...]

    def told(self) -> Table:
        """The same in words, for files without pictures."""
        rows = tuple(tuple("\n".join(one.lines) if one else "" for one in row) for row in self.rows)
        return Table(rows, (1,) * len(self.headings), self.headings)


Block = Text | Table | Photos


def facts(*pairs: tuple[str, str]) -> Table:
    """Labels and what is said of them."""
    return Table(pairs, (26, 74))


class Fields(NamedTuple):
    """What may be put into the places of a template: values by name, and lists of one record each row."""

    values: Mapping[str, str]
    lists: Mapping[str, Table]


NOTHING = Fields({}, {})


@dataclass(frozen=True)
class Paper:
    """One document. `form`: the name under which an office may keep a template of its own, `fields` what goes in."""

    title: str
    blocks: tuple[Block, ...]
    line: str = ""  # under the title: whose it is, of which day
    foot: str = ""  # the official last line: unit, by whom, day
    landscape: bool = False
    form: str = ""
    fields: Fields = NOTHING


@dataclass(frozen=True)
class Book:
    """Papers that belong together: the sheets of a workbook, or one after the other.

    `apart`: each begins on a page of its own, under its own title, its pages numbered from one.
    """

    title: str
    papers: tuple[Paper, ...]
    apart: bool = False
    form: str = ""
    fields: Fields = NOTHING

    def as_paper(self) -> Paper:
        """All of it as one paper, across; a sheet becomes a heading with what stands under it."""
        first = self.papers[0]
        blocks = [block for one in self.papers for block in (Text(one.title, strong=True), *one.blocks)]
        whole = Paper(self.title, tuple(blocks), first.line, first.foot, landscape=True)
        return replace(whole, form=self.form, fields=self.fields)


def printed(what: Paper | Book) -> tuple[Paper, ...]:
    """The papers that begin on a page of their own."""
    if isinstance(what, Paper):
        return (what,)
    return what.papers if what.apart else (what.as_paper(),)
