"""What the county lays down for everybody and may change: each dictionary with its default and what fits it.

A dictionary is one JSON value. The default counts until the county says otherwise, and again where what it said does
not fit (it may come from a newer program). A new one is added to `DICTIONARIES`, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

MOST = 500  # entries of a list
LONGEST = 200  # characters of an entry


@dataclass(frozen=True)
class Dictionary:
    """One of them. `check` says in Chinese why a content does not fit, and "" where it does."""

    name: str
    label: str
    default: Any
    check: Callable[[Any], str]


def texts(content: Any) -> str:
    """Whether a content is a list of short texts without repetition."""
    if not isinstance(content, list):
        return "应是一列文字"
    entries = cast("list[object]", content)
    for entry in entries:
        if not isinstance(entry, str) or not entry.strip() or len(entry) > LONGEST:
            return f"每一条应是 1 到 {LONGEST} 字的文字"
    if len(entries) > MOST:
        return f"最多 {MOST} 条"
    if len({str(entry).strip() for entry in entries}) < len(entries):
        return "有重复的条目"
    return ""


# fmt: off
_EVERY = (
    Dictionary("sources", "问题来源", [
        "中央生态环境保护督察", "中央生态环境保护督察“回头看”", "省级生态环境保护督察", "省级生态环境保护督察“回头看”",
        "长江经济带生态环境警示片", "省生态环境警示片", "专项督察", "环保审计", "绿盾行动", "市委市政府督查",
        "市纪委监督", "县纪委工作提示", "信访投诉", "自查自纠",
    ], texts),
    Dictionary("categories", "归类", [
        "大气", "水", "土壤", "噪声", "固废", "生态", "辐射", "其他",
    ], texts),
    Dictionary("trades", "行业", [
        "工业", "矿山", "畜禽养殖", "城市管理", "农村环境", "自然保护区", "其他",
    ], texts),
)
# fmt: on

DICTIONARIES = {one.name: one for one in _EVERY}


def fitting(name: str, content: Any) -> Any:
    """The content to go by: the county's where it fits, else the default."""
    known = DICTIONARIES[name]
    return known.default if content is None or known.check(content) else content
