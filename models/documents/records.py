"""One record of a sheet as values, facts and complaints."""

from __future__ import annotations

import re
from collections.abc import Callable

from models.documents.blocks import Record
from models.documents.cells import Place
from models.documents.columns import Use
from models.documents.dictionary import ASIDE
from models.documents.draft import Draft, Setting
from models.documents.facts_in import Told
from models.documents.groups import Group
from models.documents.raw import Kind, RawCell, address, letter
from models.documents.rows import Note, Row
from models.documents.states import CLOSING, COMPLETED, FINISH, KIND, PACE, read_state
from models.documents.table import Table
from models.documents.take_states import (
    keep_limit,
    take_circular,
    take_kind,
    take_limit,
    take_progress,
    take_state,
    take_state_day,
)
from models.documents.take_values import (
    take_contact,
    take_degrees,
    take_fine,
    take_numbers,
    take_receipt,
    take_remark,
    take_value,
)
from models.documents.texts import clean, says_nothing
from models.domain.fields import FOREIGN_NUMBERS
from models.domain.limits import FIELD_CHARS
from models.progress import Progress

_TITLE_CHARS = 60
_SHOWN_CHARS = 40
_CARRIED = frozenset({"source", "round", "batch"})
_CARRIED_IN_TEXT_FILES = _CARRIED | {"township", "lead_unit"}  # where a merged range is one cell and empty ones below
_SPARSE = 0.7

# How the cells of a field are taken, where its type alone does not say it.
_Take = Callable[[Draft, Use, Place], None]
# fmt: off
_TAKE: dict[str, _Take] = {
    **dict.fromkeys(FOREIGN_NUMBERS,                     take_numbers),
    **dict.fromkeys((COMPLETED, CLOSING, FINISH, PACE),  take_state),
    **dict.fromkeys(("closed_on", "finished_on"),        take_state_day),
    **dict.fromkeys(("circular", "circular_on", "circular_ended_on"), take_circular),
    **dict.fromkeys(("person", "phone"),                 take_contact),
    **dict.fromkeys(("longitude", "latitude"),           take_degrees),
    **dict.fromkeys(("progress", "handling"),            take_progress),
    "remark":                                            take_remark,
    "receipt_number":                                    take_receipt,
    "fine_wan":                                          take_fine,
    "deadline_kind":                                     take_kind,
    "deadline":                                          keep_limit,
}
# fmt: on


def read_records(
    table: Table, records: list[Record], setting: Setting, progress: Progress, *, merges_lost: bool
) -> list[Row]:
    """The rows of one table. A source that stands in the first of several rows alone holds for those below it."""
    found: list[list[tuple[Use, Place]]] = []
    for record in records:
        progress.step(len(found), len(records), "正在找内容")
        found.append(_places(table, record, setting))
    merged = {area.left for area in table.sheet.merges if area.bottom > area.top}
    carried = {
        use.column
        for use in setting.uses
        if use.column not in merged and _is_carried(use, found, merges_lost=merges_lost)
    }
    above: dict[int, tuple[Use, Place]] = {}
    rows: list[Row] = []
    for record, places in zip(records, found, strict=True):
        filled = {use.column for use, _ in places}
        below = [above[column] for column in sorted(carried - filled) if column in above]
        above |= {use.column: (use, place) for use, place in places if use.column in carried}
        progress.step(len(rows), len(records), "正在认内容")
        rows.append(_read(record, setting, places, below))
    return rows


def _is_carried(use: Use, found: list[list[tuple[Use, Place]]], *, merges_lost: bool) -> bool:
    if use.field not in (_CARRIED_IN_TEXT_FILES if merges_lost else _CARRIED):
        return False
    filled = [any(u.column == use.column for u, _ in places) for places in found]
    return bool(filled) and filled[0] and sum(filled) <= _SPARSE * len(filled)


def _read(record: Record, setting: Setting, places: list[tuple[Use, Place]], below: list[tuple[Use, Place]]) -> Row:
    """The row with everything that its cells, and what stands above it, say."""
    draft = Draft(setting, Told(setting.kind))
    draft.phone = next((place.text for use, place in places if use.field == "phone"), "")
    draft.exact = setting.made_here and (setting.kind == "petitions" or any(use.field == "number" for use, _ in places))
    for use, place in places:
        _take(draft, use, place)
    for group in record.groups:
        _take_group(draft, group)
    for use, place in below:
        if use.field not in draft.values:
            _take(draft, use, place)
            where = address(record.rows[0], use.column)
            why = f"“{use.leaf}”为空，按上面的“{place.text[:_SHOWN_CHARS]}”登记，请核对"
            draft.flagged.append(Note(where, "", why))
    take_limit(draft)
    _take_unit(draft)
    facts = draft.told.facts(setting.as_of)
    for place, why, _ in draft.told.rejected:
        draft.reject_text(place, why, _leaf_of(setting, place))
    draft.flagged += draft.told.flagged
    _check_order(draft)
    if draft.kept:
        draft.values["remark"] = "；".join(dict.fromkeys(draft.kept))
    number = record.rows[0] + 1
    _check_whole(draft, number)
    title = " ".join(str(draft.values.get(setting.subject) or draft.values.get("receipt_number") or "").split())
    return Row(
        number, title[:_TITLE_CHARS], draft.values, facts, draft.cells,
        tuple(draft.refused), tuple(draft.rejected), tuple(draft.flagged),
    )  # fmt: skip


def _places(table: Table, record: Record, setting: Setting) -> list[tuple[Use, Place]]:
    """The cells of a record that say anything; those of several rows of one record put together."""
    found: list[tuple[Use, Place]] = []
    for use in setting.uses:
        texts: dict[str, None] = {}
        first: tuple[str, RawCell] | None = None
        for row in record.rows:
            cell = table.filled(row, use.column)
            if cell is None or says_nothing(cell.text):
                continue
            area = table.area(row, use.column)
            first = first or (address(area.top if area else row, use.column), cell)
            texts.setdefault(cell.text if setting.made_here else clean(cell.text))
        if first is not None:
            kind = first[1].kind if len(texts) == 1 else Kind.TEXT
            found.append((use, Place(first[0], "\n".join(texts), kind)))
    return found


def _take(draft: Draft, use: Use, place: Place) -> None:
    if use.field == ASIDE and not place.trouble:
        draft.keep(use.leaf, place.text)
    elif use.field.startswith("-"):
        return
    elif place.trouble:
        note = Note(place.address, place.text, place.trouble)
        (draft.refused if use.field == draft.at.subject else draft.rejected).append(note)
    else:
        _TAKE.get(use.field, take_value)(draft, use, place)


def _take_group(draft: Draft, group: Group) -> None:
    """What a group row says holds for the row unless its own cell says something."""
    place = Place(address(group.row, group.column), group.value)
    if group.field == ASIDE:
        draft.keep("分组", group.text)
    elif group.field in {KIND, COMPLETED, CLOSING, FINISH}:
        read = read_state(place.text, group.field)
        if read and group.field not in draft.told.states:
            for axis, state in read.states.items():
                draft.told.say(axis, state, place, implied=axis != group.field)
            draft.came_from(group.field, place)
    elif group.field not in draft.values:
        draft.set(group.field, place.text, place)


def _take_unit(draft: Draft) -> None:
    """Where no column names a town or a leading unit, the first of the responsible ones leads."""
    if not draft.at.unit_told and "responsible_units" in draft.values and "lead_unit" not in draft.values:
        draft.values["lead_unit"] = str(draft.values["responsible_units"]).split("；")[0]
        draft.cells["lead_unit"] = draft.cells["responsible_units"]


def _leaf_of(setting: Setting, place: Place) -> str:
    letters = re.sub(r"\d", "", place.address)
    return next((use.leaf for use in setting.uses if letter(use.column) == letters), "")


def _check_order(draft: Draft) -> None:
    found = draft.values.get("found_on")
    done = draft.told.days.get(COMPLETED)
    if found and done and done[0].isoformat() < str(found):
        draft.flag(done[1], f"完成时间早于发现时间（{found}），请核对")


def _check_whole(draft: Draft, number: int) -> None:
    for name, value in draft.values.items():
        if isinstance(value, str) and len(value) > FIELD_CHARS:
            cell = draft.cells.get(name)
            where = cell.address if cell else f"第 {number} 行"
            draft.refused.append(Note(where, f"{value[:_SHOWN_CHARS]}…", f"文字超过 {FIELD_CHARS} 字，放不下"))
    if draft.refused or draft.values.get(draft.at.subject) or draft.values.get("receipt_number"):
        return
    first = next((str(value)[:_SHOWN_CHARS] for value in draft.values.values()), "")
    words = "没有问题描述" if draft.at.kind == "problems" else "没有受理编号和交办问题"
    draft.refused.append(Note(f"第 {number} 行", first, words))
