"""From the plain grid of a workbook to records: which sheet, which headings, which rows, and what they say. No I/O."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from models.documents import columns, draft
from models.documents.about import about
from models.documents.blocks import Block, Blocks
from models.documents.cells import Source
from models.documents.columns import Use
from models.documents.dictionary import PRIVATE
from models.documents.grid import Grid
from models.documents.head import Head, find_head, head_from
from models.documents.headings import EXACT, Meaning, heading_key
from models.documents.likely import likely
from models.documents.raw import RawBook, RawSheet, letter
from models.documents.records import read_records
from models.documents.refusals import NoSuchSheet, NotUnderstood, WorkbookEmpty
from models.documents.rows import Column, Note, Row, Understood
from models.documents.table import Table
from models.documents.texts import squash
from models.progress import Progress, Silent

_NO_DATA = re.compile(r"说明|目录|封面|填表须知|字典|下拉|选项|代码表|示例|样表|参数|数据源|模板说明")
MADE_HERE = "由环改台账导出"  # stands in the unit line of our own ledgers
_WITHOUT_MERGES = frozenset({"csv", "ods", "xlsb"})  # nobody tells of merged ranges in these
_SHOWN_HEADINGS = 30


@dataclass(frozen=True)
class _Candidate:
    """A sheet, and its headings if it has any."""

    sheet: RawSheet
    table: Table
    head: Head | None
    worth: float


def understand(
    book: RawBook, kind: str, *, sheet: str | None = None, mapping: Mapping[str, str] | None = None,
    heading: int | None = None, progress: Progress | None = None, today: date = date.max,
) -> Understood:  # fmt: skip
    """The records of a workbook; `kind` is problems or petitions. Refused in words where no table is recognised.

    `heading`: the sheet row, 1-based, that a person called the first row of the headings. `today`: what is said to have
    happened later is not believed.
    """
    chosen, others = _choose(book, kind, sheet, mapping)
    head = chosen.head if heading is None else head_from(chosen.table, kind, heading - 1)
    if head is None:
        raise NotUnderstood(book.name, headings=_words_seen(chosen.table))
    return _Understanding(book, kind, (chosen, head), others, mapping, today).result(progress or Silent())


def chosen_sheet(book: RawBook, kind: str) -> str:
    """The sheet that is read where nobody says which; "" where none looks like a ledger."""
    try:
        chosen, _ = _choose(book, kind, None, None)
    except WorkbookEmpty:
        return ""
    return chosen.sheet.name if chosen.head else ""


def layout_of(book: RawBook, kind: str, sheet: str, heading: int | None = None) -> str:
    """The fingerprint of the headings of a sheet, or of those that begin in a row; "" where there are none."""
    found = next((one for one in book.sheets if one.name == sheet), None)
    if found is None or not found.rows:
        return ""
    table = Table(found)
    head = find_head(table, kind) if heading is None else head_from(table, kind, heading - 1)
    return _fingerprint(head) if head else ""


def bare(book: RawBook, sheet: str | None = None) -> Understood:
    """A sheet of which nothing is understood yet: it is shown, so that a person can say where its headings are."""
    full = [one for one in book.sheets if one.rows and one.visible] or [one for one in book.sheets if one.rows]
    if not full:
        raise WorkbookEmpty(book.name)
    shown = next((one for one in book.sheets if one.name == sheet), full[0])
    width = max((len(row) for row in shown.rows), default=0)
    columns_ = tuple(Column(letter(at), "", None, (), sure=True) for at in range(width))
    names = tuple(one.name for one in book.sheets)
    return Understood(shown.name, names, None, "", "", Grid(shown), (), columns_, (), (), (), "")


# ------------------------------------------------------------------------------------------------- which sheet


def _choose(
    book: RawBook, kind: str, name: str | None, mapping: Mapping[str, str] | None
) -> tuple[_Candidate, list[_Candidate]]:
    sheets = [s for s in book.sheets if s.rows]
    if name is not None:
        alike = [s for s in book.sheets if s.name.strip() == name.strip()]
        wanted = [s for s in alike if s.name == name] or alike
        if not wanted:
            raise NoSuchSheet(book.name, sheet=name, sheets=tuple(s.name for s in book.sheets))
        return _candidate(wanted[0], kind, mapping), []
    visible = [s for s in sheets if s.visible]
    if not visible:
        raise WorkbookEmpty(book.name, "没有可见的工作表有内容" if sheets else "")
    candidates = [_candidate(s, kind, mapping) for s in visible]
    best = max(candidates, key=lambda c: c.worth)
    return best, [c for c in candidates if c is not best and c.head and c.worth >= 0.6 * best.worth]


def _candidate(sheet: RawSheet, kind: str, mapping: Mapping[str, str] | None) -> _Candidate:
    table = Table(sheet)
    head = find_head(table, kind)
    if mapping and (head is None or not _knows(head, mapping)):
        head = _head_by_mapping(table, mapping) or head
    worth = head.score if head else 0.0
    if head:
        worth += min(table.height - head.below, 50) / 25
        if table.height <= head.below:
            worth *= 0.3
    if _NO_DATA.search(squash(sheet.name)):
        worth *= 0.4
    return _Candidate(sheet, table, head, worth)


def _knows(head: Head, mapping: Mapping[str, str]) -> bool:
    known = {heading_key(path[-1]) for path in head.paths.values()} | {head.heading(c) for c in head.paths}
    return any(name in known or heading_key(name.rpartition(" / ")[2]) in known or name.isascii() for name in mapping)


def _head_by_mapping(table: Table, mapping: Mapping[str, str]) -> Head | None:
    """Headings that nobody knew before a person said what they mean; with letters alone, the first row that is full."""
    names = {heading_key(name.rpartition(" / ")[2]) for name in mapping if not name.isascii()}
    best, best_row = 0, -1
    for row in range(min(table.height, 80)):
        texts = table.texts(row)
        hits = sum(heading_key(text) in names for text in texts.values()) if names else len(texts)
        if hits > best and len(texts) >= 2:
            best, best_row = hits, row
    if best_row < 0 or (names and best * 2 < len(names)):
        return None
    paths = {column: (text,) for column, text in table.texts(best_row).items()}
    meanings = {c: Meaning(mapping[p[0]], EXACT) for c, p in paths.items() if mapping.get(p[0])}
    by_letter = {c: Meaning(mapping[letter(c)], EXACT) for c in paths if mapping.get(letter(c))}
    return Head(best_row, 1, paths, meanings | by_letter, 1.0)


def _words_seen(table: Table) -> tuple[str, ...]:
    """What stands in the fullest of the first rows: most likely the headings, were they known."""
    fullest: list[str] = []
    for row in range(min(table.height, 20)):
        texts = list(table.texts(row).values())
        fullest = texts if len(texts) > len(fullest) else fullest
    return tuple(" ".join(text.split())[:20] for text in fullest[:_SHOWN_HEADINGS])


# ------------------------------------------------------------------------------------------------- one sheet


class _Understanding:
    """The reading of one sheet; lives for one call."""

    def __init__(
        self, book: RawBook, kind: str, chosen: tuple[_Candidate, Head], others: list[_Candidate],
        mapping: Mapping[str, str] | None, today: date,
    ) -> None:  # fmt: skip
        self._book, self._kind, self._others, self._mapping, self._today = book, kind, others, mapping, today
        self._table, self._sheet = chosen[0].table, chosen[0].sheet
        self._head = _with_mapping(chosen[1], mapping, kind)

    def result(self, progress: Progress) -> Understood:
        """Read it all."""
        table, head, book = self._table, self._head, self._book
        merges_lost = book.format in _WITHOUT_MERGES
        walked = Blocks(table, head, self._kind, progress, merges_lost=merges_lost)
        last = max((r.rows[-1] for b in walked.blocks for r in b.records), default=head.below - 1)
        around = about(table, head.top, last + 1, book)
        source = Source(book.epoch_1904, book.formats_known)
        made_here = MADE_HERE in squash(around.unit_line)
        rows: list[Row] = []
        uses: list[Use] = []
        for block in walked.blocks:
            planned = columns.plan(table, block, self._kind, self._mapping if block.head is head else None)
            uses = uses or planned
            setting = draft.setting(self._kind, planned, source, around.as_of, made_here=made_here, today=self._today)
            rows += read_records(table, block.records, setting, progress, merges_lost=merges_lost)
        return Understood(
            sheet=self._sheet.name,
            sheets=tuple(s.name for s in book.sheets),
            as_of=around.as_of,
            title=around.title,
            unit_line=around.unit_line,
            grid=Grid(self._sheet),
            heading_rows=tuple(range(head.top + 1, head.below + 1)),
            columns=tuple(self._column(use, walked.blocks[0]) for use in uses),
            rows=tuple(rows),
            passed=tuple(walked.passed),
            flagged=tuple(self._notes(walked, uses)),
            fingerprint=_fingerprint(head),
        )

    def _column(self, use: Use, block: Block) -> Column:
        samples = columns.samples(self._table, block, use.column) if use.field != PRIVATE else ()
        may_be: tuple[str, ...] = ()
        if not use.sure:
            may_be = likely(use.shown_field, self._kind, columns.values(self._table, block, use.column))
        return Column(letter(use.column), use.heading, use.shown_field, samples, use.sure, may_be)

    def _notes(self, walked: Blocks, uses: list[Use]) -> list[Note]:
        notes = [
            Note("", c.sheet.name, f"这张工作表也像台账，本次没有读入；需要时请选择“{c.sheet.name}”再导入一次")
            for c in self._others
        ]
        if len(walked.blocks) > 1:
            rows = "、".join(f"第 {b.head.top + 1} 行" for b in walked.blocks[1:])
            notes.append(Note("", rows, "从这里起是另一种表头，已按各自的表头读取，请核对"))
        notes += [
            Note(letter(use.column), use.heading, "举报人的信息不读入台账，以免随数据包传到被反映的单位")
            for use in uses
            if use.field == PRIVATE
        ]
        if self._book.macros:
            notes.append(Note("", self._book.name, "工作簿里有宏，没有运行，也没有读入"))
        return notes


def _with_mapping(head: Head, mapping: Mapping[str, str] | None, kind: str) -> Head:
    """The headings as a person says they are: which rows are records depends on it."""
    if not mapping:
        return head
    chosen = columns.by_hand(head, mapping, kind)
    meanings = {c: m for c, m in head.meanings.items() if c not in chosen}
    meanings |= {c: Meaning(name or columns.IGNORED, EXACT) for c, name in chosen.items()}
    return replace(head, meanings=meanings)


def _fingerprint(head: Head) -> str:
    """The same for two workbooks made from one template, whatever they hold."""
    keys = ["/".join(heading_key(text) for text in head.paths[column]) for column in sorted(head.paths)]
    return sha256("|".join(keys).encode()).hexdigest()[:32]
