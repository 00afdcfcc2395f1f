"""What each column of a table is used for: by its heading, then by what stands in it, then by what a person says."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from models.documents import states
from models.documents.blocks import Block
from models.documents.dictionary import ASIDE, COUNTER, NUMBERS, PICTURE, PRIVATE
from models.documents.head import Head
from models.documents.headings import LOOSE, heading_key
from models.documents.raw import letter
from models.documents.refusals import BadMapping
from models.documents.states import CLOSING, COMPLETED, FINISH, PACE, is_level, read_state
from models.documents.table import Table
from models.documents.texts import says_nothing, squash
from models.domain.deadline import read_day, read_deadline
from models.domain.field import Type
from models.domain.fields import PETITION, PROBLEM

IGNORED = "-ignored"
_OWN_NUMBER = re.compile(r"^\d{6,12}-\d{4}-\d{4,}-[A-Z]{2}$")
_FOREIGN_NUMBER = re.compile(r"(省|市|县)(?:级|里)?(?:问题)?(?:序号|编号|号)[:：]?(?:第)?([A-Za-z一-鿿]{0,2}[\d\-]+)")
_LEVELS = {"省": "province_number", "市": "city_number", "县": "county_number"}
_VIEWS = {
    "problems": ("closed_on", "circular_on", "circular_ended_on", "remark"),
    "petitions": ("closed_on", "finished_on", "remark"),
}
_SEVERAL = frozenset({"progress", "handling", "investigation", "measures_text", "goal", "remark", ASIDE, COUNTER,
                      PICTURE, PRIVATE, COMPLETED, CLOSING, FINISH, PACE, "deadline_kind", IGNORED})  # fmt: skip
_TOWN = re.compile(r"[乡镇街]")  # against 区县, which is the same in every row
_BY_HAND = 9.0
_CONTACT_WORDS = frozenset({"电话", "联系电话", "联系方式", "手机", "手机号", "手机号码", "地址", "住址", "详细地址"})
_SAMPLES = 4
_LOOK_AT = 500
_MOST = 0.8


@dataclass(frozen=True)
class Use:
    """One column and its use."""

    column: int
    heading: str
    leaf: str  # the lowest heading: how the column is named in the remark
    field: str  # a field, or one of the marks of the dictionary
    strength: float
    sure: bool = True
    states_too: bool = False  # its words state how far a matter is

    @property
    def shown_field(self) -> str | None:
        """What a person is told that the column becomes."""
        if self.field == ASIDE:
            return "remark"
        return None if self.field.startswith("-") else self.field


def fields_of(kind: str) -> dict[str, Type]:
    """The fields that a column may be mapped to."""
    table = PROBLEM if kind == "problems" else PETITION
    known = {field.name: field.type for field in table}
    return known | {name: Type.DATE if name.endswith("_on") else Type.TEXT for name in _VIEWS[kind]}


def plan(table: Table, block: Block, kind: str, mapping: Mapping[str, str] | None) -> list[Use]:
    """The use of every column that has a heading or a value."""
    chosen = by_hand(block.head, mapping or {}, kind)
    columns = _Values(table, block)
    uses: list[Use] = []
    for column in range(table.width):
        path = block.head.paths.get(column, ())
        values = columns.of(column)
        if not path and not values:
            continue
        found = block.head.meanings.get(column)
        heading = block.head.heading(column)
        leaf = re.sub(r"\s", "", path[-1]) if path else f"{letter(column)}列"
        use = Use(column, heading, leaf, found.field if found else IGNORED, found.strength if found else 0)
        use = replace(use, sure=found is None or found.strength >= LOOSE)
        if column in chosen:
            use = replace(use, field=chosen[column] or IGNORED, strength=_BY_HAND, sure=True)
        else:
            use = _by_values(use, values, kind)
        uses.append(use)
    return _settle(_named_apart(uses), columns, kind)


def _named_apart(uses: list[Use]) -> list[Use]:
    """责任单位 stands under 属地责任 and under 部门责任: in the remark both are called by their whole name."""
    leaves = [use.leaf for use in uses]
    return [replace(use, leaf=re.sub(r"\s|/", "", use.heading)) if leaves.count(use.leaf) > 1 else use for use in uses]


class _Values:
    """What stands in the columns of a table."""

    def __init__(self, table: Table, block: Block) -> None:
        self._table, self._block = table, block

    def of(self, column: int) -> list[str]:
        """The cells of a column that say anything."""
        rows = [row for record in self._block.records[:_LOOK_AT] for row in record.rows]
        texts = (self._table.text(row, column) for row in rows)
        return [text for text in texts if not says_nothing(text)]


def _share(values: list[str], true_of: Callable[[str], object]) -> float:
    return sum(bool(true_of(value)) for value in values) / len(values) if values else 0.0


# ------------------------------------------------------------------------------------------------- by values


def _by_values(use: Use, values: list[str], kind: str) -> Use:
    """Headings that mean one thing in one ledger and another in the next are decided by what stands under them."""
    decide = _DECIDE.get(use.field)
    return decide(use, values, kind) if decide and values else use


def _counts_rows(values: list[str]) -> bool:
    numbers = [int(value) for value in values if re.fullmatch(r"\d{1,5}", squash(value))]
    return len(numbers) >= _MOST * len(values) and len(set(numbers)) >= _MOST * len(numbers)


def _decide_counter(use: Use, values: list[str], kind: str) -> Use:
    if kind == "problems" and _share(values, lambda v: _FOREIGN_NUMBER.search(squash(v))) >= _MOST:
        return _decide_numbers(use, values, kind)
    return use


def _decide_number(use: Use, values: list[str], kind: str) -> Use:
    if _share(values, lambda v: _OWN_NUMBER.match(squash(v))) >= 0.5:
        return use
    return _decide_numbers(use, values, kind)


def _decide_numbers(use: Use, values: list[str], kind: str) -> Use:
    """Some number of a problem: the program's own, the province's, the city's, or a mere count of the rows."""
    if kind == "petitions":
        return use
    if _share(values, lambda v: _OWN_NUMBER.match(squash(v))) >= 0.5:
        return replace(use, field="number")
    levels = {m[1] for value in values for m in [_FOREIGN_NUMBER.search(squash(value))] if m}
    if levels:
        return replace(use, field=_LEVELS["市" if "市" in levels else min(levels)])
    return replace(use, field=COUNTER if _counts_rows(values) else "county_number", sure=_counts_rows(values))


def foreign_numbers(text: str) -> dict[str, str]:
    """The numbers of 省, 市 and 县 in a cell like 序号8（市序号9）."""
    return {_LEVELS[m[1]]: m[2] for m in _FOREIGN_NUMBER.finditer(squash(text))}


def _decide_categories(use: Use, values: list[str], kind: str) -> Use:
    del kind
    return replace(use, field=ASIDE) if _share(values, is_level) >= _MOST else use


def _has(axis: str, wanted: str) -> Callable[[str], bool]:
    def states_it(text: str) -> bool:
        read = read_state(text, axis)
        return read is not None and wanted in read.states

    return states_it


def _decide_progress(use: Use, values: list[str], kind: str) -> Use:
    """完成情况 is a text in one ledger, a grade in another, and yes or no in a third."""
    axis = COMPLETED if kind == "problems" else FINISH
    if kind == "problems" and _share(values, lambda v: _grade(v) is not None) >= _MOST:
        return replace(use, field=PACE)
    if _share(values, _has(axis, axis)) >= _MOST:
        return replace(use, states_too=True)
    if kind == "problems" and _share(values, lambda v: _grade(v) or _has(axis, axis)(v)) >= _MOST:
        return replace(use, sure=False)  # grades here, yes and no there: a person must say
    return use


def _grade(text: str) -> str | None:
    """The pace, where the word is one of pace and of nothing else."""
    read = read_state(text, PACE)
    pace = read.states.get(PACE) if read else None
    return pace if pace in {"not_started", "behind", "on_schedule", "ahead"} and text not in {"是", "否"} else None


def _decide_pace(use: Use, values: list[str], kind: str) -> Use:
    del kind
    if _share(values, _has(PACE, PACE)) >= 0.5:
        return use
    if _share(values, _has(COMPLETED, COMPLETED)) >= 0.5:
        return replace(use, field=COMPLETED)
    if _share(values, _has(CLOSING, CLOSING)) >= 0.5:
        return replace(use, field=CLOSING)
    return replace(use, field="progress", sure=False)


def _is_day(text: str) -> bool:
    return read_day(text) is not None


def _decide_completed(use: Use, values: list[str], kind: str) -> Use:
    axis = COMPLETED if kind == "problems" else FINISH
    if use.field == "finished_on":
        return use
    if _share(values, lambda v: _limit_words(v) and not _has(axis, axis)(v)) >= 0.5:
        return replace(use, field="deadline" if kind == "problems" else ASIDE, sure=False)
    if _share(values, _has(axis, axis)) >= 0.3:
        return replace(use, states_too=True)
    if _share(values, lambda v: read_state(v, axis) is not None or _is_day(v)) >= 0.5 or len(values) < 2:
        return use
    return replace(use, field="progress" if kind == "problems" else "handling", sure=False)


def _limit_words(text: str) -> bool:
    return bool(re.search(r"前$|底前|长期|立行立改|立即", squash(text)))


def _decide_closing(use: Use, values: list[str], kind: str) -> Use:
    del kind
    known = _share(values, lambda v: read_state(v, CLOSING) is not None or _is_day(v))
    return use if known >= 0.5 or len(values) < 2 else replace(use, field=ASIDE, sure=False)


def _decide_kind(use: Use, values: list[str], kind: str) -> Use:
    """整改类型 may be a kind of deadline, or a kind of problem."""
    del kind
    known = _share(values, lambda v: read_state(v, states.KIND) is not None or read_deadline(v, found_on=None).kind)
    return use if known >= 0.5 else replace(use, field=ASIDE, sure=False)


_DECIDE: dict[str, Callable[[Use, list[str], str], Use]] = {
    COUNTER: _decide_counter,
    NUMBERS: _decide_numbers,
    "number": _decide_number,
    "categories": _decide_categories,
    "progress": _decide_progress,
    "handling": _decide_progress,
    PACE: _decide_pace,
    COMPLETED: _decide_completed,
    FINISH: _decide_completed,
    CLOSING: _decide_closing,
    "deadline_kind": _decide_kind,
}


# ------------------------------------------------------------------------------------------------- by hand


def by_hand(head: Head, mapping: Mapping[str, str], kind: str) -> dict[int, str]:
    """What a person says, by column: a heading, a whole path of headings, or the letters of a column."""
    allowed = {*fields_of(kind), ""}
    chosen: dict[int, str] = {}
    for name, wanted in mapping.items():
        if wanted not in allowed:
            raise BadMapping(detail=f"没有“{wanted}”这一栏")
        columns = _columns_named(head, name)
        if not columns:
            raise BadMapping(detail=f"表中没有“{name}”这一列")
        chosen.update(dict.fromkeys(columns, wanted))
    return chosen


def _columns_named(head: Head, name: str) -> list[int]:
    key = heading_key(name.rpartition(" / ")[2])
    whole = [c for c in head.paths if head.heading(c) == name]
    leaf = [c for c, path in head.paths.items() if key in {heading_key(path[-1]), heading_key("".join(path))}]
    letters = [c for c in range(max(head.paths, default=-1) + 200) if letter(c) == name] if name.isascii() else []
    return whole or (leaf if " / " not in name else []) or letters


# ------------------------------------------------------------------------------------------------- all together


def _settle(uses: list[Use], columns: _Values, kind: str) -> list[Use]:
    """One column for one field: the better heading wins, the other is kept aside in the remark."""
    types = fields_of(kind)
    uses = _keep_private(uses)
    uses = _settle_dates(uses, kind)
    subject = "description" if kind == "problems" else "content"
    best: dict[str, Use] = {}
    for use in uses:
        if use.field in _SEVERAL or types.get(use.field) is Type.LIST:
            continue
        other = best.get(use.field)
        if other is None or _better(use, other, columns, subject):
            best[use.field] = use
    settled: list[Use] = []
    for use in uses:
        if use.field in best and best[use.field] is not use:
            settled.append(replace(use, field=ASIDE, sure=False))
        else:
            settled.append(use)
    return settled


def _better(use: Use, other: Use, columns: _Values, subject: str) -> bool:
    if use.field == subject and max(use.strength, other.strength) < _BY_HAND:
        return _length(columns.of(use.column)) > _length(columns.of(other.column))
    if use.field == "township" and max(use.strength, other.strength) < _BY_HAND:
        return bool(_TOWN.search(use.leaf)) and not _TOWN.search(other.leaf)
    filled, others = bool(columns.of(use.column)), bool(columns.of(other.column))
    return (filled, use.strength) > (others, other.strength)


def _keep_private(uses: list[Use]) -> list[Use]:
    """A telephone number right beside who complained is theirs."""
    kept: list[Use] = []
    for use in uses:
        beside = bool(kept) and kept[-1].field == PRIVATE and kept[-1].column == use.column - 1
        theirs = beside and use.strength < _BY_HAND and use.leaf in _CONTACT_WORDS
        kept.append(replace(use, field=PRIVATE) if theirs else use)
    return kept


def _length(values: list[str]) -> float:
    return sum(map(len, values)) / len(values) if values else 0


def _settle_dates(uses: list[Use], kind: str) -> list[Use]:
    """整改时间 beside 整改时限 is when it was done; a guess never takes the place of a known heading."""
    if kind != "problems":
        return uses
    others = [u for u in uses if u.field == "deadline" and u.leaf not in {"整改时间", "整改完成时间"}]
    return [
        replace(u, field=COMPLETED, sure=False) if others and u.field == "deadline" and u.leaf == "整改时间" else u
        for u in uses
    ]


def values(table: Table, block: Block, column: int) -> list[str]:
    """The cells of a column that say anything, as many as decide what it is."""
    return _Values(table, block).of(column)


def samples(table: Table, block: Block, column: int) -> tuple[str, ...]:
    """The first values of a column."""
    found: dict[str, None] = {}
    for record in block.records[:_LOOK_AT]:
        text = " ".join(table.text(record.rows[0], column).split())
        if text:
            found.setdefault(text[:40])
        if len(found) == _SAMPLES:
            break
    return tuple(found)
