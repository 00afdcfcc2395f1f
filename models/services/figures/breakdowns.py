"""Figures broken down for the window: one breakdown with its total, and the records behind each of its numbers."""

from __future__ import annotations

from collections.abc import Sequence

from models.domain import breakdown, facts, tally
from models.domain import meaning as meanings
from models.domain.breakdown import WAYS, Seen
from models.domain.meaning import FIGURES, RATES
from models.domain.tally import PetitionCounts
from models.services.base.counting import Counted
from models.services.views.breakdowns import Across, Asked, FigureLine, FigureRow, FigureTable

ALL = "合计"
_NAMES = {"problem": ("number", "description"), "petition": ("receipt_number", "content")}


def table(whole: Counted, asked: Asked) -> FigureTable:
    """One breakdown, and the sentence with all figures."""
    some = {name: whole.seen(name, merged_once=asked.meaning.merged_once) for name in FIGURES}
    way, mine = WAYS[asked.table][asked.way], some[asked.table]
    across = _across(whole, asked, mine)
    rows = tuple(
        _row(whole, asked, key, whole.name(way, key), few, across)
        for key, few in breakdown.groups(way, mine, whole.sight).items()
    )
    said = tally.paragraph(
        breakdown.problems(some["problem"]), breakdown.petitions(some["petition"], whole.day), whole.day
    )  # fmt: skip
    total = _row(whole, asked, "", ALL, mine, across)
    told = [(one.heading, one.says) for one in FIGURES[asked.table].values()]
    told += [(RATES[name], meanings.rate_says(name, asked.meaning)) for name in total.rates]
    several = way.several or bool(asked.across and WAYS[asked.table][asked.across].several)
    return FigureTable(asked, whole.sight.day, way.label, several, rows, total, said, tuple(told), across)


def behind(
    whole: Counted, asked: Asked, key: str | None, figure: str, column: Sequence[str] = ()
) -> tuple[FigureLine, ...]:
    """The records that a number counts. `key`: None for the total; `column`: the values of a column across."""
    seen: Sequence[Seen] = whole.seen(asked.table, merged_once=asked.meaning.merged_once)
    if key is not None:
        seen = breakdown.groups(WAYS[asked.table][asked.way], seen, whole.sight).get(key, ())
    if column:
        seen = breakdown.of_column(WAYS[asked.table][asked.across], column, seen, whole.sight)
    counts = FIGURES[asked.table][figure].counts
    return tuple(_line(whole, asked.table, one) for one in seen if counts(*one, whole.day))


def _across(whole: Counted, asked: Asked, some: Sequence[Seen]) -> tuple[Across, ...]:
    """The columns across; none where the figures stand there."""
    if not asked.across:
        return ()
    way = WAYS[asked.table][asked.across]
    return tuple(
        Across(
            whole.name(way, keys[0]) if len(keys) == 1 else f"其余 {len(keys)} 个", keys,
            keys[0] if way.field == "light" else "",
        )
        for keys in breakdown.columns(way, some, whole.sight)
    )  # fmt: skip


def _row(
    whole: Counted, asked: Asked, key: str, name: str, some: Sequence[Seen], across: Sequence[Across]
) -> FigureRow:  # fmt: skip
    counts = breakdown.counted(asked.table, some, whole.day)
    if isinstance(counts, PetitionCounts):
        rates = meanings.petition_rates(counts, asked.meaning)
    else:
        rates = meanings.problem_rates(counts, asked.meaning)
    return FigureRow(
        key, name, {figure: getattr(counts, figure) for figure in FIGURES[asked.table]},
        {rate: str(one) for rate, one in rates.items()}, {rate: one.share or 0.0 for rate, one in rates.items()},
        tuple(
            len(breakdown.of_column(WAYS[asked.table][asked.across], one.keys, some, whole.sight)) for one in across
        ),
    )  # fmt: skip


def _line(whole: Counted, table: str, one: Seen) -> FigureLine:
    item, standing = one
    number, title = (breakdown.text(item, name) for name in _NAMES[table])
    unit = whole.name(WAYS[table]["township"], item.unit)
    if table == "petition":
        stage = "closed" if facts.state(item.closing, whole.day) == "closed" else _key(whole, table, "finish", one)
        return FigureLine(table, item.id, number, title, unit, item.source, "", "", "", stage)
    due = breakdown.due_of(item, standing)
    light, stage = (_key(whole, table, way, one) for way in ("light", "stage"))
    return FigureLine(
        table, item.id, number, title, unit, item.source, due.isoformat() if due else "", light, standing.pace, stage
    )  # fmt: skip


def _key(whole: Counted, table: str, way: str, one: Seen) -> str:
    return WAYS[table][way].keys(*one, whole.sight)[0]
