"""Figures broken down: by source, trade, light … Each way is one line of a table; no record of the total is left out.

Where a record may have several values (归类, 责任单位) it counts under each: the rows add up to more than the total. A
record without a value counts under "".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from models.domain import circulars, facts, light, tally, words
from models.domain.tally import Item, PetitionCounts, ProblemCounts, Standing
from models.domain.unit import unit_names

MOST_ROWS = 500  # of a breakdown: the rarest values share the last one
MOST_COLUMNS = 8  # of one breakdown crossed with another; what is left stands in one more
# How the name of whoever governs a place ends; all others that are named for a problem are departments.
_OF_PLACES = re.compile("(乡|镇|街道|园区|管委会|管理委员会|办事处|人民政府|林场|农场|垦殖场|村|社区)$")
_NAMED = ("lead_unit", "responsible_units", "supervising_unit")
REST = "（其余）"
NOT_SAID = "（没有写）"
NO_DEADLINE = "（没有时限）"


class Sight(NamedTuple):
    """From where a record is looked at: the day, and the rules of the lights that count."""

    day: date
    rules: light.Thresholds = light.USUAL


# What a way asks: the record, how it stands on the day (petitions: None), from where it is looked at.
Keys = Callable[[Item, Standing, Sight], Sequence[str]]


@dataclass(frozen=True)
class Way:
    """One way to break figures down. In JSON the list is `by_{name}`, and a row says which it is under `key`."""

    name: str
    key: str
    label: str
    keys: Keys
    table: str = "problem"
    several: bool = False  # a record may stand in several rows
    field: str = ""  # whose words its values are, as models/domain/words.py has them


def text(item: Item, name: str) -> str:
    """A field of a record that holds whatever the day."""
    value = item.about.get(name)
    return value if isinstance(value, str) else ""


def light_of(item: Item, standing: Standing, sight: Sight) -> str:
    """The light of a problem on a day: what the list shows today, of any day."""
    day = sight.day
    as_of = day.isoformat()
    due = due_of(item, standing)
    told = sorted(one.split(" ", 1) for one in item.dispatches.split(";") if one and one[:7] <= as_of[:7])
    done = _day(facts.since(item.completed, "completed", as_of) or "")
    unaccepted = (facts.state(item.closing, as_of) or "none") == "none" and done is not None
    return light.of(
        light.Standing(
            (due - day).days if due else 0, due is not None, standing.kind, standing.pace,
            standing.completed, light.slow_months(told), _relapsed(item, as_of),
            told[-1][0] if told else "", circulars.standing(item.circular, item.completed, item.opened, as_of),
            (day - done).days if unaccepted and done else None,
        ),
        day, sight.rules,
    ).colour  # fmt: skip


def due_of(item: Item, standing: Standing) -> date | None:
    """The day until which a problem must be done; None where none is said, or where it has no end."""
    ends = standing.kind != "long_term" or text(item, "long_term_too") == "true"
    return _day(text(item, "deadline")) if ends else None


def _relapsed(item: Item, as_of: str) -> bool:
    """Whether the newest round on that day was opened by a relapse."""
    newest = max((day for day in item.opened if day <= as_of), default="")
    return bool(newest) and newest in item.relapses


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        return None


def _stage(_item: Item, standing: Standing, _sight: Sight) -> Sequence[str]:
    if standing.closing == "closed" or not standing.completed:
        return (standing.closing if standing.completed else "open",)
    return ("closing" if standing.closing == "closing" else "completed",)


def _accepted(item: Item, standing: Standing, sight: Sight) -> Sequence[str]:
    """How far acceptance has come: of what was passed after it was last returned, the newest."""
    (stage,) = _stage(item, standing, sight)
    if stage != "closing":
        return (stage,)
    as_of, order = sight.day.isoformat(), list(words.ACCEPTED)
    returned = max((day for day, state in facts.of(item.closing) if state == "none" and day <= as_of), default="")
    passed = [
        (day, order.index(one))
        for day, one in item.accepted
        if one in order and day <= as_of and (not returned or day > returned)
    ]
    return (order[max(passed)[1]] if passed else stage,)


def _pace(_item: Item, standing: Standing, _sight: Sight) -> Sequence[str]:
    if not standing.completed:
        return (standing.pace,)
    return ("closed" if standing.closing == "closed" else "completed",)


def _finish(item: Item, _standing: Standing, sight: Sight) -> Sequence[str]:
    return (facts.state(item.finish, sight.day.isoformat()) or "open",)


def _closing(item: Item, _standing: Standing, sight: Sight) -> Sequence[str]:
    return (facts.state(item.closing, sight.day.isoformat()) or "none",)


def _one(name: str) -> Keys:
    return lambda item, _standing, _sight: (text(item, name),)


def _each(name: str) -> Keys:
    return lambda item, _standing, _sight: tuple(dict.fromkeys(unit_names(text(item, name)))) or ("",)


def _departments(item: Item, _standing: Standing, _sight: Sight) -> Sequence[str]:
    """The departments that lead, are responsible or supervise."""
    names = (name for field in _NAMED for name in unit_names(text(item, field)))
    return tuple(dict.fromkeys(name for name in names if not _OF_PLACES.search(name))) or ("",)


# fmt: off
PROBLEMS = (
    Way("township", "unit", "乡镇", lambda item, _p, _s: (item.unit,)),
    Way("source", "source", "问题来源", lambda item, _p, _s: (item.source,)),
    Way("round", "round", "轮次", _one("round")),
    Way("batch", "batch", "批次", _one("batch")),
    Way("category", "category", "归类", _each("categories"), several=True),
    Way("trade", "trade", "行业", _one("trade")),
    Way("unit", "unit", "责任单位", _each("responsible_units"), several=True),
    Way("department", "department", "部门（牵头、责任、督导）", _departments, several=True),
    Way("deadline_kind", "deadline_kind", "整改类型", lambda _i, p, _s: (p.kind,), field="deadline_kind"),
    Way("deadline_year", "year", "整改时限（年）", lambda item, _p, _s: (text(item, "deadline")[:4],)),
    Way("pace", "pace", "序时进度", _pace, field="pace"),
    Way("stage", "stage", "整改阶段", _stage, field="stage"),
    Way("acceptance", "accepted", "验收环节", _accepted, field="accepted"),
    Way("light", "light", "灯", lambda item, p, s: (light_of(item, p, s),), field="light"),
    Way("cycle", "cycle", "第几轮整改", lambda _i, p, _s: (str(p.cycle),)),
)
PETITIONS = (
    Way("township", "unit", "乡镇", lambda item, _p, _s: (item.unit,), "petition"),
    Way("batch", "batch", "批次", lambda item, _p, _s: (item.source,), "petition"),
    Way("kind", "kind", "污染类型", _each("pollution_kinds"), "petition", several=True),
    Way("verified", "verified", "是否属实", _one("verified"), "petition", field="verified"),
    Way("finish", "finish", "办结状态", _finish, "petition", field="finish_state"),
    Way("closing", "closing_stage", "销号", _closing, "petition", field="closing_stage"),
)
# fmt: on
WAYS: Mapping[str, Mapping[str, Way]] = {
    "problem": {way.name: way for way in PROBLEMS},
    "petition": {way.name: way for way in PETITIONS},
}  # fmt: skip

_NOWHERE = Standing("", completed=False, closing="none", pace="", cycle=1)
Counts = ProblemCounts | PetitionCounts
Seen = tuple[Item, Standing]


def seen(table: str, items: Iterable[Item], as_of: str, *, merged_once: bool = False) -> list[Seen]:
    """The records that are there on a day, each with how it stands; petitions that were merged once where asked."""
    here = [item for item in items if item.counts(as_of)]
    if table == "problem":
        return [(item, tally.standing(item, as_of)) for item in here]
    return [(item, _NOWHERE) for item in (tally.once(here) if merged_once else here)]


def problems(some: Iterable[Seen]) -> ProblemCounts:
    """The figures of some problems."""
    counts = ProblemCounts()
    for _, standing in some:
        counts.add(standing)
    return counts


def petitions(some: Iterable[Seen], as_of: str) -> PetitionCounts:
    """The figures of some petitions on a day."""
    counts = PetitionCounts()
    for item, _ in some:
        counts.add(item, as_of)
    return counts


def counted(table: str, some: Iterable[Seen], as_of: str) -> Counts:
    """The figures of some records of a table."""
    return problems(some) if table == "problem" else petitions(some, as_of)


def groups(way: Way, some: Iterable[Seen], sight: Sight) -> dict[str, list[Seen]]:
    """The records of each value, the values in their order: that of their words, else that of their letters.

    Of very many values the most frequent; the records of all others stand, each once, under REST at the end.
    """
    found = _groups(way, some, sight)
    if len(found) <= MOST_ROWS:
        return found
    large = set(sorted(found, key=lambda key: -len(found[key]))[: MOST_ROWS - 1])
    rest = {id(one): one for key, few in found.items() if key not in large for one in few}
    return {key: few for key, few in found.items() if key in large} | {REST: list(rest.values())}


def _groups(way: Way, some: Iterable[Seen], sight: Sight) -> dict[str, list[Seen]]:
    found: dict[str, list[Seen]] = {}
    for one in some:
        for key in way.keys(*one, sight):
            found.setdefault(key, []).append(one)
    stages = words.STAGE["problem"] if way.field == "stage" else words.BY_FIELD.get(way.field, {})
    rank = {value: at for at, value in enumerate(stages)}
    return dict(sorted(found.items(), key=lambda one: (rank.get(one[0], len(rank)), one[0])))


def columns(across: Way, some: Iterable[Seen], sight: Sight) -> list[tuple[str, ...]]:
    """The columns of a breakdown that is crossed with another, each with its values: the rarest share the last one."""
    found = _groups(across, some, sight)
    large = sorted(found, key=lambda key: -len(found[key]))[:MOST_COLUMNS]
    rest = tuple(key for key in found if key not in large)
    return [(key,) for key in found if key in large] + ([rest] if rest else [])


def of_column(across: Way, keys: Sequence[str], some: Iterable[Seen], sight: Sight) -> list[Seen]:
    """The records of a column, each once."""
    wanted = set(keys)
    return [one for one in some if not wanted.isdisjoint(across.keys(*one, sight))]


def penalties(some: Iterable[Seen], names: Iterable[str]) -> dict[str, float]:
    """What orders, fines and the like of some petitions add up to."""
    listed = list(some)
    return {name: sum(_number(item.about.get(name)) for item, _ in listed) for name in names}


def _number(value: object) -> float:
    return value if isinstance(value, int | float) else 0


def named(way: Way, key: str) -> str:
    """What a value of a way is called; the name of a unit that is known by its code only a registry knows."""
    if key == REST:
        return REST
    if way.key == "year":
        return f"{key}年" if key else NO_DEADLINE
    if way.key == "cycle":
        return f"第 {key} 轮整改"
    if way.field == "stage":
        return words.STAGE["problem"].get(key, key)
    return words.say(way.field, key) or NOT_SAID
