"""Which closed problems are to be looked at again, by the county's rule; and what a look-back came to."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from math import ceil
from typing import Any, NamedTuple

RULE = ("months", "sources", "share", "days")
# name → what people call it, the most that it may be
LIMITS = {
    "months": ("近几个月", 1_200), "share": ("抽取比例", 100), "size": ("抽取个数", 10_000),
    "days": ("看完的天数", 366),
}  # fmt: skip
WAITING = ("planned", "overdue")


class Closed(NamedTuple):
    """A problem that was closed, as the rule sees it."""

    id: str
    source: str
    closed_on: str  # ISO; "" where no day is known


def fault(rules: Mapping[str, Any]) -> str:
    """Why a number of the rule cannot be, in Chinese; "" where all can."""
    for name, (label, most) in LIMITS.items():
        number = rules.get(name, 1)
        if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= most:
            return f"{label}应是 1 到 {most} 之间的整数"
    return ""


def fits(closed: Closed, rules: Mapping[str, Any], today: date) -> bool:
    """Whether the rule speaks of this problem: closed in the last months, of one of its sources (none: of any)."""
    since = months_before(today, rules["months"]).isoformat()
    return since <= closed.closed_on <= today.isoformat() and (
        not rules["sources"] or closed.source in rules["sources"]
    )


def drawn(ids: Iterable[str], name: str) -> list[str]:
    """All of them in the order in which chance draws them: the same for all who draw under the same name."""
    return sorted(ids, key=lambda one: sha256(f"{name}\0{one}".encode()).digest())


def size(count: int, rules: Mapping[str, Any]) -> int:
    """How many of so many are drawn: a fixed `size` where the rule has one, else its share in percent, at least one."""
    return min(count, rules["size"]) if rules.get("size") else ceil(count * rules["share"] / 100)


def basis(rules: Mapping[str, Any], name: str, count: int, many: int) -> str:
    """By what a sample was drawn, in one sentence, so that anybody can draw it again."""
    sources = "、".join(rules["sources"]) or "全部来源"
    how = f"抽 {many} 个" if rules.get("size") else f"抽 {rules['share']}%，共 {many} 个"
    return f"近 {rules['months']} 个月销号、{sources}，还没有回头看的 {count} 个，{how}，以安排名称“{name}”抽签"


class Covered(NamedTuple):
    """A problem that was closed, as coverage counts it."""

    key: str  # what it is counted under: unit, source, year
    name: str
    state: str  # of its look-backs since it was closed; "" where there is none


class Cover(NamedTuple):
    """How far the closed problems of one key were looked at again."""

    key: str
    name: str
    closed: int
    looked: int
    rate: int  # percent, rounded down; 0 where nothing is closed
    never: int  # neither looked at nor planned
    waiting: int  # planned, overdue ones included
    overdue: int
    below: int
    relapsed: int
    derived: int


def cover(key: str, name: str, states: Sequence[str]) -> Cover:
    """Coverage of the problems with these states."""
    waiting = sum(one in WAITING for one in states)
    never = states.count("")
    looked = len(states) - waiting - never
    return Cover(
        key, name, len(states), looked, looked * 100 // len(states) if states else 0, never, waiting,
        *map(states.count, ("overdue", "below", "relapsed", "derived")),
    )  # fmt: skip


def covers(problems: Iterable[Covered]) -> list[Cover]:
    """Coverage by key, in the order of the keys."""
    by: dict[tuple[str, str], list[str]] = {}
    for one in problems:
        by.setdefault((one.key, one.name), []).append(one.state)
    return [cover(*key, states) for key, states in sorted(by.items())]


def closed_on(events: Sequence[Sequence[str]], as_of: str) -> str | None:
    """The last day up to then on which it was closed, "" from the beginning; None: it never was.

    What was opened again later was closed all the same: its look-back counts.
    """
    days = [day for day, state_ in events if state_ == "closed" and day <= as_of]
    return days[-1] if days else None


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def state(row: Mapping[str, Any], today: str) -> str:
    """How far one look-back is: planned overdue, or what it came to: relapsed derived below fine."""
    if not row["looked_on"]:
        return "overdue" if row["due"] and row["due"] < today else "planned"
    if row["relapsed"] == "true":
        return "relapsed"
    if row["derived"] == "true":
        return "derived"
    return "below" if row["up_to_standard"] == "false" or row["feigned"] == "true" else "fine"


def counts(states: Sequence[str]) -> dict[str, int]:
    """Coverage: all that were planned or made, those made, those late, and what they came to."""
    waiting = sum(one in WAITING for one in states)
    return {
        "planned": len(states),
        "done": len(states) - waiting,
        "overdue": states.count("overdue"),
        "relapsed": states.count("relapsed"),
        "derived": states.count("derived"),
    }
