"""The light of a problem on a day: 红 橙 黄 绿 灰, and done. Always with the reason, for people who ask why.

The rules are a table in order of severity: the first that fits gives the light. Which of them count and from which
number on is the county's (the dictionary `thresholds`); store/pages.py says the same rules in SQL.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, cast

ORDER = ("red", "orange", "yellow", "green", "grey", "done")
SLOW = ("behind", "not_started")
MOST = 365  # of a number of days or months


class Light(NamedTuple):
    """A light and one sentence why."""

    colour: str
    why: str


class Standing(NamedTuple):
    """What the rules ask of a problem. `ends`: it has a day that binds it; `finished`: completed or closed."""

    left: int  # days until the deadline, negative when it is over; 0 where nothing ends
    ends: bool
    kind: str
    pace: str
    finished: bool
    slow_months: int = 0  # how many of the newest months, running, did not keep pace
    relapsed: bool = False
    last_month: str = ""  # of the newest monthly dispatch
    named_on: str | None = None  # since when it stands named in a circular; "" where nobody wrote the day
    waiting: int | None = None  # days since it was completed, while nobody began to accept it


@dataclass(frozen=True)
class Rule:
    """One rule. `number` and `unit` are None and "" where it has no number; `fits` gets the standing, number, month."""

    name: str
    colour: str
    label: str
    number: int | None
    unit: str
    fits: Callable[[Standing, int, str], bool]
    why: Callable[[Standing], str]


# fmt: off
RULES = (
    Rule("circular", "red", "被上级通报，没有完成也没有解除", None, "",
         lambda p, _n, _m: p.named_on is not None, lambda p: f"{p.named_on} 被上级通报".strip()),
    Rule("overdue", "red", "逾期未完成", None, "",
         lambda p, _n, _m: p.ends and p.left < 0, lambda p: f"逾期 {-p.left} 天"),
    Rule("relapsed", "red", "反弹，正在重新整改", None, "",
         lambda p, _n, _m: p.relapsed, lambda _: "反弹，正在重新整改"),
    Rule("near", "orange", "距整改时限不多于", 15, "天",
         lambda p, n, _m: p.ends and p.left <= n, lambda p: f"还有 {p.left} 天"),
    Rule("slow_long", "orange", "连续未达到序时进度", 2, "个月",
         lambda p, n, _m: p.slow_months >= n, lambda p: f"连续 {p.slow_months} 个月未达到序时进度"),
    Rule("soon", "yellow", "距整改时限不多于", 30, "天",
         lambda p, n, _m: p.ends and p.left <= n, lambda p: f"还有 {p.left} 天"),
    Rule("slow", "yellow", "未达到序时进度", None, "",
         lambda p, _n, _m: p.pace in SLOW, lambda _: "未达到序时进度"),
    Rule("no_month", "yellow", "报过月调度，上月却没有报", None, "",
         lambda p, _n, m: p.last_month != "" and p.last_month < m, lambda p: f"{p.last_month} 以后没有报月调度"),
)
UNACCEPTED = Rule("unaccepted", "yellow", "完成后没有验收超过", 30, "天",
                  lambda p, n, _m: p.waiting is not None and p.waiting > n, lambda p: f"完成 {p.waiting} 天还没有验收")
# fmt: on
EVERY = (*RULES, UNACCEPTED)

# Rules that came later: a county may have laid down a table without them.
LATER = ("circular",)

# Which rules count, each with its number (0 where it has none): the content of the dictionary, read.
Thresholds = Mapping[str, int]


def content_of_default() -> dict[str, dict[str, Any]]:
    """What the dictionary says before the county changed anything."""
    return {r.name: {"on": True} | ({} if r.number is None else {"number": r.number}) for r in EVERY}


def thresholds(content: Mapping[str, Mapping[str, Any]]) -> Thresholds:
    """The rules that count by a content that fits."""
    return {name: one.get("number", 0) for name, one in content.items() if one["on"]}


USUAL = thresholds(content_of_default())


def fault(content: Any) -> str:
    """Why a content is no table of rules, in Chinese; "" where it is one."""
    names = [rule.name for rule in EVERY]
    if not isinstance(content, dict) or set(all_rules(cast("dict[str, Any]", content))) != set(names):
        return f"应写明每一条规则：{'、'.join(names)}"
    said = all_rules(cast("dict[str, Any]", content))
    for rule in EVERY:
        one = said[rule.name]
        keys = {"on"} | (set[str]() if rule.number is None else {"number"})
        if not isinstance(one, dict) or set(cast("dict[str, object]", one)) != keys:
            return f"{rule.name}（{rule.label}）应写明 {'、'.join(sorted(keys))}"
        rule_said = cast("dict[str, Any]", one)
        if not isinstance(rule_said["on"], bool):
            return f"{rule.name}（{rule.label}）的开关应是真或假"
        number = rule_said.get("number", 1)
        if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= MOST:
            return f"{rule.name}（{rule.label}）的数应是 1 到 {MOST} 之间的整数"
    return ""


def all_rules(content: Mapping[str, Any]) -> dict[str, Any]:
    """A table of rules with the defaults of those that came later, in the order of severity."""
    usual = content_of_default()
    said = {name: usual[name] for name in LATER} | dict(content)
    return {rule.name: said.pop(rule.name) for rule in EVERY if rule.name in said} | said


def month_before(today: date) -> str:
    """The newest month that is over: 2024-05."""
    return f"{today.year - (today.month == 1)}-{(today.month - 2) % 12 + 1:02}"


def slow_months(told: Sequence[Sequence[Any]]) -> int:
    """How many of the newest months did not keep pace, one after the other. `told`: (month, pace), oldest first."""
    running, before = 0, ""
    for month, pace in reversed(told):
        if pace not in SLOW or (running and month != before):
            break
        running += 1
        before = _before(month)
    return running


def _before(month: str) -> str:
    """The month before one; "" where what somebody sent is no month."""
    try:
        return month_before(date.fromisoformat(f"{month}-01"))
    except ValueError:
        return ""


def of(standing: Standing, today: date, rules: Thresholds = USUAL) -> Light:
    """The light of a problem on a day."""
    month = month_before(today)
    for rule in (UNACCEPTED,) if standing.finished else RULES:
        if rule.name in rules and rule.fits(standing, rules[rule.name], month):
            return Light(rule.colour, rule.why(standing))
    if standing.finished:
        return Light("done", "已完成")
    if standing.ends:
        return Light("green", f"还有 {standing.left} 天" if standing.left >= 0 else f"逾期 {-standing.left} 天")
    return Light("grey", "没有到期日，长期推进" if standing.kind == "long_term" else "没有整改时限")
