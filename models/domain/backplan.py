"""倒排时间节点: from the deadline back, by the county's template, which milestone falls on which working day.

A template is for problems of some kinds that have at least so many days. Each of its steps lies a share of the time
after the beginning, or so many working days before the deadline.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple, cast

from models.domain import words
from models.domain.calendar import Calendar

MOST_TEMPLATES, MOST_STEPS = 20, 30
LONGEST = 60  # characters of a name
MOST_DAYS = 3_660

# fmt: off
TEMPLATES: list[dict[str, Any]] = [
    {"name": "一个月以内", "kinds": ["immediate", "time_limited"], "days": 0, "steps": [
        {"text": "落实人员和措施", "share": 15}, {"text": "整改过半", "share": 50},
        {"text": "完成整改", "share": 75}, {"text": "自查自验", "share": 85}, {"text": "申请验收", "share": 95},
    ]},
    {"name": "一般整改", "kinds": ["immediate", "time_limited"], "days": 30, "steps": [
        {"text": "制定整改方案", "share": 10}, {"text": "开工", "share": 25}, {"text": "整改过半", "share": 50},
        {"text": "完成整改", "share": 80}, {"text": "自查自验", "before": 5}, {"text": "申请验收", "before": 2},
    ]},
    {"name": "工程类整改", "kinds": ["time_limited", "long_term"], "days": 180, "steps": [
        {"text": "制定整改方案", "share": 10}, {"text": "落实资金和施工单位", "share": 20},
        {"text": "开工", "share": 25}, {"text": "工程过半", "share": 55}, {"text": "完工", "before": 30},
        {"text": "自查自验", "before": 15}, {"text": "申请验收", "before": 10},
    ]},
]
# fmt: on


class Node(NamedTuple):
    """One milestone and its day."""

    text: str
    due: date


def nodes(
    steps: Sequence[Mapping[str, Any]], start: date, deadline: date, today: date, calendar: Calendar
) -> list[Node]:
    """The milestones in the order of the template: none before today or the start, none after the deadline.

    Each is a working day if there is one between. The deadline must not lie before the start or before today.
    """
    whole = (deadline - start).days
    first = max(start, today)
    placed: list[Node] = []
    day = first
    for step in steps:
        if "share" in step:
            raw = start + timedelta(days=round(whole * step["share"] / 100))
        else:
            raw = _back(deadline, step["before"], calendar, first)
        day = max(day, _working(min(max(raw, first), deadline), first, deadline, calendar))
        placed.append(Node(step["text"], day))
    return placed


def _back(deadline: date, count: int, calendar: Calendar, first: date) -> date:
    """The day from which so many working days are left up to the deadline, which counts itself."""
    day, left = deadline, count
    while left > 0 and day > first:
        left -= calendar.works(day)
        day -= timedelta(days=1)
    return day


def _working(day: date, first: date, last: date, calendar: Calendar) -> date:
    """The nearest working day before, or the next one after; the day itself where offices rest all the time."""
    for some in (_days(day, first, -1), _days(day, last, 1)):
        for one in some:
            if calendar.works(one):
                return one
    return day


def _days(start: date, end: date, by: int) -> Iterator[date]:
    return (start + timedelta(days=by * n) for n in range(abs((end - start).days) + 1))


def usual(templates: Sequence[Mapping[str, Any]], kind: str, start: date, deadline: date) -> str:
    """The name of the template that suits best: of that kind, and for the longest time that this problem has."""
    days = (deadline - start).days
    fitting = [one for one in templates if kind in one["kinds"] and one["days"] <= days]
    return str(max(fitting or templates[:1], key=lambda one: one["days"])["name"])


def doubts(placed: Sequence[Node], deadline: date, calendar: Calendar) -> list[str]:
    """What somebody should look at twice, in Chinese: it warns and never blocks."""
    told: list[str] = []
    days = [one.due for one in placed]
    if any(one > deadline for one in days):
        told.append("有的节点晚于整改时限，请核对。")
    if len(set(days)) < len(days):
        told.append("时间紧，有几个节点落在同一天，请调整或去掉几个。")
    rest = [f"{one.text}（{one.due.isoformat()}）" for one in placed if not calendar.works(one.due)]
    if rest:
        told.append(f"不是工作日：{'、'.join(rest)}。")
    if days and not calendar.is_sure(min(days), max(days)):
        told.append("还没有这一年的放假安排，只按周一至周五计算；请县里在节假日字典里补上。")
    return told


# ------------------------------------------------------------------------------------- the dictionary


def check(content: Any) -> str:
    """Why a content is no list of templates, in Chinese; "" where it is one."""
    if not isinstance(content, list) or not content:
        return "应是一列模板，至少一个"
    templates = cast("list[Any]", content)
    if len(templates) > MOST_TEMPLATES:
        return f"最多 {MOST_TEMPLATES} 个模板"
    for one in templates:
        if not isinstance(one, dict) or set(cast("dict[str, Any]", one)) != {"name", "kinds", "days", "steps"}:
            return "每个模板应写明 name（名称）、kinds（适用的整改类型）、days（至少几天）和 steps（节点）"
        if fault := _template(cast("dict[str, Any]", one)):
            return fault
    names = [one["name"] for one in templates]
    return "有两个模板同名" if len(set(names)) < len(names) else ""


def _template(one: dict[str, Any]) -> str:
    if not _is_text(one["name"]):
        return f"模板的名称应是 1 到 {LONGEST} 字"
    kinds, steps = one["kinds"], one["steps"]
    if not isinstance(kinds, list) or not kinds or any(k not in words.DEADLINE_KIND for k in cast("list[Any]", kinds)):
        return f"适用的整改类型应从这些里选：{'、'.join(f'{k}（{word}）' for k, word in words.DEADLINE_KIND.items())}"
    if not _is_count(one["days"], MOST_DAYS):
        return f"days 应是 0 到 {MOST_DAYS} 之间的整数"
    if not isinstance(steps, list) or not 1 <= len(cast("list[Any]", steps)) <= MOST_STEPS:
        return f"每个模板应有 1 到 {MOST_STEPS} 个节点"
    texts: list[str] = []
    for step in cast("list[Any]", steps):
        if not isinstance(step, dict) or set(cast("dict[str, Any]", step)) not in (
            {"text", "share"},
            {"text", "before"},
        ):
            return "每个节点应写明 text，再写 share（占全程百分之几）或 before（时限前几个工作日）"
        said = cast("dict[str, Any]", step)
        if not _is_text(said["text"]):
            return f"节点的名称应是 1 到 {LONGEST} 字"
        if not _is_count(said.get("share", 0), 100) or not _is_count(said.get("before", 0), MOST_DAYS):
            return f"share 应是 0 到 100、before 应是 0 到 {MOST_DAYS} 之间的整数"
        texts.append(said["text"])
    return "同一个模板里有两个节点同名" if len(set(texts)) < len(texts) else ""


def _is_text(said: object) -> bool:
    return isinstance(said, str) and 1 <= len(said.strip()) <= LONGEST


def _is_count(said: object, most: int) -> bool:
    return isinstance(said, int) and not isinstance(said, bool) and 0 <= said <= most
