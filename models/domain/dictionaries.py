"""What the county lays down for everybody and may change: each dictionary with its default and what fits it.

A dictionary is one JSON value. The default counts until the county says otherwise, and again where what it said does
not fit (it may come from a newer program). A new one is added to `DICTIONARIES`, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from models.domain import backplan, light, lookbacks, notices, owner, routes, sources, words
from models.domain.plain import seen_within

MOST = 500  # entries of a list
LONGEST = 200  # characters of an entry
PHRASED = ("progress", "difficulties", "next_step", "opinion")  # columns of the monthly dispatch with stock phrases


@dataclass(frozen=True)
class Dictionary:
    """One of them. `check` says in Chinese why a content does not fit, and "" where it does."""

    name: str
    label: str
    default: Any
    check: Callable[[Any], str]
    whole: Callable[[Any], Any] = lambda content: content  # fills in what a content of an earlier program cannot say
    later: tuple[str, ...] = ()  # what it fills in: entries of a content that earlier programs do not know


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


def dispatch_rules(content: Any) -> str:
    """Whether a content says what is told of every month, and until which day."""
    if not isinstance(content, dict) or set(cast("dict[str, object]", content)) != {"due_day", "kinds"}:
        return "应写明每月几日前报、哪几类问题要报两项"
    rules = cast("dict[str, Any]", content)
    day, kinds = rules["due_day"], rules["kinds"]
    if not isinstance(day, int) or isinstance(day, bool) or not 1 <= day <= 31:
        return "每月几日前报应是 1 到 31 之间的整数"
    if (
        not isinstance(kinds, list)
        or not kinds
        or any(kind not in words.DEADLINE_KIND for kind in cast("list[Any]", kinds))
    ):
        return f"要报的类别应从这些里选：{'、'.join(f'{kind}（{word}）' for kind, word in words.DEADLINE_KIND.items())}"
    return ""


def phrases(content: Any) -> str:
    """Whether a content is a list of phrases for each column that has some."""
    if not isinstance(content, dict) or set(cast("dict[str, object]", content)) != set(PHRASED):
        return f"应写明这几栏各自的常用语：{'、'.join(PHRASED)}"
    return next((fault for some in cast("dict[str, Any]", content).values() if (fault := texts(some))), "")


def lookback_rules(content: Any) -> str:
    """Whether a content says which closed problems are looked at again, how many of them, and within how many days."""
    if not isinstance(content, dict) or set(cast("dict[str, object]", content)) != set(lookbacks.RULE):
        return (
            "应写明 months（近几个月销号的）、sources（哪些来源，空的是全部）、share（抽百分之几）和 days（几天内看完）"
        )
    return lookbacks.fault(cast("dict[str, Any]", content)) or texts(content["sources"])


def holidays(content: Any) -> str:
    """Whether a content says which days are off and which are worked instead."""
    if not isinstance(content, dict) or set(cast("dict[str, object]", content)) != {"off", "worked"}:
        return "应写明 off（放假的日子）和 worked（调休上班的日子）"
    sides = cast("dict[str, Any]", content)
    for days in sides.values():
        if fault := texts(days):
            return fault
        if not all(owner.is_day(day) for day in days):
            return "日子请写成 2024-06-30 这样"
    return "有的日子两边都写了" if set(sides["off"]) & set(sides["worked"]) else ""


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
    Dictionary("dispatch_rules", "月调度规则", {"due_day": 25, "kinds": list(words.DEADLINE_KIND)}, dispatch_rules),
    Dictionary("thresholds", "亮灯规则", light.content_of_default(), light.fault, light.all_rules, light.LATER),
    Dictionary("phrases", "月调度常用语", {
        "progress": ["按整改方案推进，本月无新增", "已完成现场清理", "施工单位已进场", "已完成整改，正在整理资料"],
        "difficulties": ["无", "资金尚未到位", "业主不配合", "雨天影响施工", "用地手续未办结", "需县直部门协调"],
        "next_step": ["继续按方案推进", "加快施工进度", "尽快完成自查自验", "申请县级验收", "组织回头看"],
        "opinion": ["请补充具体进展和数据", "请附现场照片", "进展与上月相同，请核实后重报", "请写明下一步打算"],
    }, phrases),
    Dictionary(
        "lookback_rules", "回头看规则", {"months": 12, "sources": [], "share": 100, "days": 30}, lookback_rules,
    ),
    Dictionary("backplan", "倒排时间节点模板", backplan.TEMPLATES, backplan.check),
    Dictionary("holidays", "节假日（县里补充的）", {"off": [], "worked": []}, holidays),
    Dictionary("routes", "验收路线", routes.ROUTES, routes.check_routes),
    Dictionary("papers", "一问题一档材料", routes.PAPERS, routes.check_papers),
    Dictionary("notice_templates", "通知单模板", notices.TEMPLATES, notices.check_templates),
    Dictionary("notice_rules", "通知单建议规则", notices.RULES, notices.check_rules, notices.all_rules,
               notices.LATER),
    Dictionary("closing_standards", "销号标准", routes.STANDARDS, texts),
    Dictionary("county_bounds", "县域范围（核对经纬度）", sources.EVERYWHERE, sources.bounds_fault),
)
# fmt: on

DICTIONARIES = {one.name: one for one in _EVERY}
WORDS_OF = {"source": "sources", "categories": "categories", "trade": "trades"}  # fields whose words the county lists


def fitting(name: str, content: Any) -> Any:
    """The content to go by: the county's where it fits, else the default."""
    known = DICTIONARIES[name]
    return known.default if content is None or known.check(content) else known.whole(seen_within(content))


def laid_down(name: str, content: Any) -> Any:
    """A content that fits as it is kept and sent: earlier programs do not know what came later, and need not."""
    known = DICTIONARIES[name]
    if content is None or not known.later:
        return content
    said = cast("dict[str, Any]", content)
    return {one: it for one, it in said.items() if one not in known.later or it != known.default[one]}
