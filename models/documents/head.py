"""Finding the headings of a table: one to three rows, merged or not, anywhere in the sheet."""

from __future__ import annotations

import re
from dataclasses import dataclass

from models.documents.headings import EXACT, GUESS, Meaning, heading_key, meaning, names_field
from models.documents.raw import Kind
from models.documents.table import Table
from models.documents.texts import squash

DEEPEST = 3
_LOOK_AT_ROWS = 80
_LONGEST_HEADING = 60
_ENOUGH = 0.45  # of the best score: a smaller table further up is read before the larger one
_LINE_ABOVE = re.compile(r"^(填报|填表|报送|制表|编制|被检查|检查)?(单位|日期|时间|部门|人|截至|截止).{0,8}[:：]")
_KEYS = {"problems": "description", "petitions": "content"}


@dataclass(frozen=True)
class Head:
    """The headings of a table."""

    top: int
    depth: int
    paths: dict[int, tuple[str, ...]]  # column → its headings, topmost first
    meanings: dict[int, Meaning]
    score: float

    @property
    def below(self) -> int:
        """The first row under the headings."""
        return self.top + self.depth

    def heading(self, column: int) -> str:
        """The headings of a column in one line."""
        return " / ".join(" ".join(text.split()) for text in self.paths.get(column, ()))

    def fields(self) -> set[str]:
        """What the columns mean, all together."""
        return {m.field for m in self.meanings.values()}


def find_head(table: Table, kind: str, *, start: int = 0) -> Head | None:
    """The best headings at or below a row; None where nothing looks like headings of this kind."""
    found: list[Head] = []  # the best at each row
    for top in range(start, min(table.height, start + _LOOK_AT_ROWS)):
        if len(table.texts(top)) < 2:
            continue
        here = [head for depth in range(1, DEEPEST + 1) if (head := head_at(table, kind, top, depth))]
        if here:
            found.append(max(here, key=lambda head: head.score))
    found = [head for head in found if good_enough(head, kind)]
    most = max((head.score for head in found), default=0.0)
    return next((head for head in found if head.score >= _ENOUGH * most), None)


def good_enough(head: Head, kind: str) -> bool:
    """Whether a table with these headings can be a ledger at all."""
    fields = {m.field for m in head.meanings.values()}
    sure = {m.field for m in head.meanings.values() if not m.field.startswith("-") and m.strength > GUESS}
    key = _KEYS[kind] in fields or "receipt_number" in fields
    return (key and len(fields) >= 2 and bool(sure)) or len(sure) >= 4


def head_at(table: Table, kind: str, top: int, depth: int) -> Head | None:
    """The headings in `depth` rows from `top` on, if these rows can be headings."""
    if top + depth > table.height:
        return None
    for row in range(top, top + depth):
        if not _may_be_headings(table, row):
            return None
    if depth > 1 and not _holds_together(table, top, depth):
        return None
    paths = {column: path for column in range(table.width) if (path := _path(table, column, top, depth))}
    meanings = {column: found for column, path in paths.items() if (found := meaning(path, kind))}
    return Head(top, depth, paths, meanings, _score(paths, meanings, depth))


def head_from(table: Table, kind: str, top: int) -> Head | None:
    """The headings from the row on that a person named, as deep as fits best; None where that row is empty."""
    if not table.texts(top):
        return None
    found = [head for depth in range(1, DEEPEST + 1) if (head := head_at(table, kind, top, depth))]
    if found:
        return max(found, key=lambda head: head.score)
    paths = {column: (text,) for column, text in table.texts(top).items()}
    meanings = {column: known for column, path in paths.items() if (known := meaning(path, kind))}
    return Head(top, 1, paths, meanings, 0.0)


def _score(paths: dict[int, tuple[str, ...]], meanings: dict[int, Meaning], depth: int) -> float:
    """Each field counts once, with the best heading that names it; what nobody knows counts a little against."""
    best: dict[str, float] = {}
    for found in meanings.values():
        worth = found.strength / EXACT * (0.5 if found.field.startswith("-") else 1)
        best[found.field] = max(best.get(found.field, 0), worth)
    again = sum(0.3 for _ in meanings) - 0.3 * len(best)
    return sum(best.values()) + again - 0.25 * (len(paths) - len(meanings)) - 0.1 * (depth - 1)


def _may_be_headings(table: Table, row: int) -> bool:
    texts = table.texts(row)
    kinds = table.kinds(row)
    if any(kind in {Kind.DATE, Kind.ERROR, Kind.FORMULA} for kind in kinds):
        return False
    if any(_LINE_ABOVE.match(squash(text)) for text in texts.values()):
        return False
    if kinds.count(Kind.NUMBER) > len(kinds) // 3:
        return False
    return all(len(text) <= _LONGEST_HEADING for text in texts.values())


def _holds_together(table: Table, top: int, depth: int) -> bool:
    """Rows are one set of headings if ranges are merged across or down, or gaps stand where ranges would be."""
    for row in range(top, top + depth - 1):
        merged = any(
            (area := table.area(row, column)) and area.left <= column <= area.right and area.bottom <= top + depth - 1
            for column in range(table.width)
        )
        own = {column for column in range(table.width) if table.text(row, column)}
        under = {column for column in range(table.width) if table.text(row + 1, column)}
        gaps = bool(under - own) or bool(own - under)
        wide = any(table.span(row, column) > table.width // 2 + 1 for column in own)
        if not (merged or gaps) or (wide and len(own) <= 2) or len(own) < 2:
            return False
    return True


def _path(table: Table, column: int, top: int, depth: int) -> tuple[str, ...]:
    texts: list[str] = []
    for row in range(top, top + depth):
        area = table.area(row, column)
        if area and area.top < top:
            continue  # a title that reaches down
        text = table.shown(row, column) if area else table.text(row, column)
        if not text and not area and row < top + depth - 1:
            text = _unmerged_parent(table, column, row, top + depth - 1)
        if text and (not texts or texts[-1] != text):
            texts.append(text)
    return tuple(texts)


def _unmerged_parent(table: Table, column: int, row: int, last: int) -> str:
    """In a file without merges a heading over several columns stands over the first of them."""
    if not any(table.text(under, column) for under in range(row + 1, last + 1)):
        return ""
    for left in range(column - 1, -1, -1):
        text = table.text(row, left)
        if text:
            stands_over = any(table.text(under, left) for under in range(row + 1, last + 1))
            return text if stands_over and not table.area(row, left) else ""
    return ""


def heading_rows(table: Table, head: Head) -> list[dict[int, str]]:
    """The rows of the headings, by column, to know them again further down."""
    return [{c: heading_key(t) for c, t in table.texts(row).items()} for row in range(head.top, head.below)]


def repeats(texts: dict[int, str], rows: list[dict[int, str]]) -> bool:
    """Whether a row says again what a row of the headings says: a heading on every printed page."""
    if len(texts) < 2:
        return False
    for own in rows:
        same = sum(column in own and own[column] == heading_key(text) for column, text in texts.items())
        if same >= max(2, 0.7 * len(texts)):
            return True
    return False


def another_head(table: Table, kind: str, row: int, head: Head) -> Head | None:
    """The headings of a second table further down, with columns of its own."""
    if len(table.texts(row)) < 3:
        return None
    known = {field for text in table.texts(row).values() if (field := names_field(text, kind))}
    if len(known) < max(3, 0.6 * len(table.texts(row))):
        return None
    candidates = [found for depth in range(1, DEEPEST + 1) if (found := head_at(table, kind, row, depth))]
    best = max(candidates, key=lambda found: found.score, default=None)
    return best if best and good_enough(best, kind) and best.score >= 0.5 * head.score else None
