"""What a form has done off the GUI thread: it asks what to offer, and saves if nobody else changed the same fields.

One queue does all work of this window, so nothing comes between the look and the writing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gui import sounds
from gui.counter.records import Records
from gui.panels.record.groups import put_value
from models.progress import Progress
from models.services.views.lists import Record

OFFERS = 200  # values that a field offers at most

Offers = dict[str, list[tuple[str, str]]]  # field → values, each with what it is found by


@dataclass(frozen=True)
class Outcome:
    """The record after saving; or, where another value came in between, as it is now and nothing was written."""

    record: Record
    saved: bool = True


def edit(
    records: Records, table: str, id: str, values: Mapping[str, str], base: Mapping[str, str], why: str = ""
) -> Outcome:
    """Save a form whose fields showed `base` when they were typed into."""
    now = records.show(table, id)
    if any(put_value(now, name) != base.get(name, "") for name in values):
        return Outcome(now, saved=False)
    return Outcome(records.edit(table, id, values, why))


def measure(
    records: Records, problem: str, piece: str, values: Mapping[str, str], base: Mapping[str, str], why: str
) -> Outcome:  # fmt: skip
    """Save a measure: a new one, or changes of one."""
    if not piece:
        records.add_measure(problem, values, why)
        return Outcome({})
    now = records.show("problem", problem)
    if _differs(next((one for one in now.get("measures") or () if one.get("id") == piece), {}), values, base):
        return Outcome(now, saved=False)
    records.edit_measure(problem, piece, values, why)
    return Outcome({})


def dispatch(
    records: Records, problem: str, values: Mapping[str, str], base: Mapping[str, str], why: str
) -> Outcome:  # fmt: skip
    """Save the dispatch of a month: one for each month, whoever writes it."""
    now = records.show("problem", problem)
    month = values.get("month", "")
    found = next((one for one in now.get("dispatches") or () if one.get("month") == month), {})
    if _differs(found, {name: value for name, value in values.items() if name != "month"}, base):
        return Outcome(now, saved=False)
    records.add_dispatch(problem, values, why)
    return Outcome({})


def _differs(now: Record, values: Mapping[str, str], base: Mapping[str, str]) -> bool:
    return any(str(now.get(name) or "") != base.get(name, "") for name in values)


def offers(records: Records, table: str, names: Iterable[str], _: Progress) -> Offers:
    """What may be offered where one also types: what the ledger holds, most frequent first, then the county's words."""
    made: Offers = {}
    for name in names:
        counted: dict[str, int] = {}
        for facet in records.facets(table, name):
            for part in facet.label.split("；"):
                if word := part.strip():
                    counted[word] = counted.get(word, 0) + facet.count
        held = sorted(counted, key=lambda one: -counted[one])
        words = dict.fromkeys((*held, *records.listed(name)))
        made[name] = [(word, sounds.key(word)) for word in list(words)[:OFFERS]]
    return made
