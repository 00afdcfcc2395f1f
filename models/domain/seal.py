"""封账: how every record counted when a month was sealed, kept so that what came later is seen; and that comparison.

A face is what the figures saw of one record: under which value of each breakdown it stood. All figures of a day can be
counted again from the faces alone.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from models.domain import breakdown
from models.domain.breakdown import WAYS, Counts, Seen, Sight
from models.domain.meaning import PENALTIES
from models.domain.tally import Item, Standing

TITLE_CHARS = 60
_NAMES = {"problem": ("number", "description"), "petition": ("receipt_number", "content")}
# Which fields of which table a face depends on; an operation that touches none of them explains nothing.
COUNTED = {
    "problem": frozenset(
        {
            "township", "lead_unit", "source", "round", "batch", "categories", "trade", "responsible_units",
            "supervising_unit", "deadline",
            "long_term_too", "found_on", "deadline_kind", "completed_on", "closing_stage", "pace",
            "circular",
        }
    ),
    "petition": frozenset(
        {"township", "batch", "pollution_kinds", "verified", "found_on", "finish_state", "closing_stage", *PENALTIES}
    ),
    "dispatch": frozenset({"month", "pace"}),
    "cycle": frozenset({"opened_on", "kind"}),
    "acceptance": frozenset({"stage", "conclusion", "actual_on", "from_on", "until_on"}),
}  # fmt: skip


class Face(NamedTuple):
    """What the figures saw of one record on the day."""

    number: str
    title: str
    rows: dict[str, tuple[str, ...]]  # name of a breakdown → the values under which it stood
    sums: dict[str, float]  # of PENALTIES those that are not 0
    group: str  # the record that it was merged into; "" itself


class Field(NamedTuple):
    """One thing that a face says otherwise: of a breakdown (`way`), or of a sum."""

    name: str
    old: tuple[str, ...]
    new: tuple[str, ...]


class Changed(NamedTuple):
    """One record that counts otherwise than it did."""

    table: str
    id: str
    what: str  # new: it counts only now · gone: it counts no more · changed
    face: Face  # as it is now; of what is gone as it was
    fields: tuple[Field, ...]


def month_end(today: date) -> date:
    """The day that a month is usually sealed for: the last one of the newest month that is over, today included."""
    if today.day == monthrange(today.year, today.month)[1]:
        return today
    return today.replace(day=1) - timedelta(days=1)


def faces(table: str, some: Iterable[Seen], sight: Sight) -> dict[str, Face]:
    """The faces of records as of a day, by their ids."""
    made: dict[str, Face] = {}
    for item, standing in some:
        number, title = (breakdown.text(item, name) for name in _NAMES[table])
        rows = {name: tuple(dict.fromkeys(way.keys(item, standing, sight))) for name, way in WAYS[table].items()}
        sums = breakdown.penalties([(item, standing)], PENALTIES) if table == "petition" else {}
        group = item.group if item.group != item.id else ""
        made[item.id] = Face(
            number, title[:TITLE_CHARS], rows, {name: n for name, n in sums.items() if n}, group
        )  # fmt: skip
    return made


def counted(table: str, some: Iterable[Face]) -> Counts:
    """The figures of some records, from their faces alone."""
    if table == "problem":
        return breakdown.problems((_NOBODY, _standing(face)) for face in some)
    return breakdown.petitions(((_petition(face), _NOWHERE) for face in some), "")


_NOBODY = Item("")
_NOWHERE = Standing("", completed=False, closing="none", pace="", cycle=1)


def _standing(face: Face) -> Standing:
    """How a problem stood. The pace of what is completed is no figure's business."""
    stage, kind, pace, cycle = (face.rows[name][0] for name in ("stage", "deadline_kind", "pace", "cycle"))
    closing = stage if stage in ("closing", "closed") else "none"
    return Standing(kind, stage != "open", closing, pace if stage == "open" else "", int(cycle))


def _petition(face: Face) -> Item:
    finish, closing = (face.rows[name][0] for name in ("finish", "closing"))
    return Item("", finish=[["", finish]], closing=[["", closing]])


def changed(table: str, old: Mapping[str, Face], new: Mapping[str, Face]) -> list[Changed]:
    """The records that count otherwise, in the order of their numbers."""
    found = [Changed(table, id_, "gone", face, ()) for id_, face in old.items() if id_ not in new]
    for id_, face in new.items():
        before = old.get(id_)
        if before is None:
            found.append(Changed(table, id_, "new", face, ()))
        elif fields := _fields(before, face):
            found.append(Changed(table, id_, "changed", face, fields))
    return sorted(found, key=lambda one: (one.face.number, one.id))


def _fields(old: Face, new: Face) -> tuple[Field, ...]:
    """What differs. A breakdown that only one of the two programs knew tells nothing; a changed stage says enough."""
    known = [name for name in new.rows if name in old.rows]
    if old.rows.get("stage") != new.rows.get("stage"):
        known = [name for name in known if name != "acceptance"]
    rows = [Field(name, old.rows[name], new.rows[name]) for name in known]
    sums = [Field(name, _number(old.sums, name), _number(new.sums, name)) for name in PENALTIES]
    merged = Field("group", (old.group,), (new.group,))
    return tuple(one for one in (*rows, *sums, merged) if one.old != one.new)


def _number(sums: Mapping[str, float], name: str) -> tuple[str, ...]:
    return (f"{sums.get(name, 0):g}",)
