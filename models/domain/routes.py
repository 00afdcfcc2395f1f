"""Which way a problem goes to its closing, and which papers it needs on that way: dictionaries of the county.

A route is an ordered list of stages of acceptance, chosen by words of the problem's source. `quick`: what was put right
at once (立行立改) is closed without self-acceptance and acceptance. `two`: who judges a step is not who wrote it, where
a PC has two users (left out: false).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from models.domain import words

MOST = 100  # routes, sources or papers
LONGEST = 60  # characters of a name or word
_LAST = ("closing", "filing")  # stages in this order end every route

# fmt: off
ROUTES: dict[str, Any] = {
    "routes": [
        {"name": "自查自纠", "stages": ["closing"], "quick": True},
        {"name": "县级交办", "stages": ["county", "sign_off", "closing"], "quick": True},
        {"name": "信访交办",
         "stages": ["county", "public_notice", "sign_off", "closing", "filing"], "quick": False,
         "two": True},
        {"name": "省级督察",
         "stages": ["county", "public_notice", "sign_off", "city", "closing", "filing"], "quick": False,
         "two": True},
        {"name": "中央督察",
         "stages": ["county", "public_notice", "sign_off", "city", "trade", "province", "closing", "filing"],
         "quick": False, "two": True},
    ],
    "sources": [  # the first whose word stands in the source
        ["中央", "中央督察"], ["长江经济带", "中央督察"], ["省", "省级督察"], ["信访", "信访交办"],
        ["自查", "自查自纠"],
    ],
    "own": "自查自纠",  # without a source, registered by the unit itself
    "default": "县级交办",
}
PAPERS: list[dict[str, Any]] = [  # a file whose name, caption or stage holds one of the words is that paper
    {"name": "问题来源文件或交办单", "words": ["交办单", "来源文件"], "must": []},
    {"name": "整改方案", "words": ["方案"], "must": ["省级督察", "中央督察"]},
    {"name": "责任分工、会议纪要或领导批示", "words": ["分工", "纪要", "批示"], "must": []},
    {"name": "整改过程材料", "words": ["过程", "合同", "整改中", "处罚", "通知书"], "must": []},
    {"name": "整改前照片", "words": ["整改前"], "must": []},
    {"name": "整改后照片", "words": ["整改后"], "must": ["县级交办", "信访交办", "省级督察", "中央督察"]},
    {"name": "监测报告或第三方评估", "words": ["监测", "检测", "评估"], "must": []},
    {"name": "整改完成情况报告", "words": ["完成情况", "完成报告"], "must": ["信访交办", "省级督察", "中央督察"]},
    {"name": "自查自验表", "words": ["自查自验", "自验表"], "must": []},
    {"name": "各级验收意见", "words": ["验收意见", "核查表"], "must": []},
    {"name": "公示文本和截图", "words": ["公示"], "must": []},
    {"name": "销号申请表", "words": ["销号申请"], "must": []},
    {"name": "销号批复或备案表", "words": ["批复", "备案表"], "must": []},
    {"name": "群众回访记录", "words": ["回访"], "must": []},
    {"name": "回头看记录", "words": ["回头看"], "must": []},
    {"name": "长效机制文件", "words": ["长效", "制度"], "must": []},
]
STANDARDS = [
    "整改方案的任务措施全部落实到位", "环境违法问题依法依规处理处罚到位", "整改效果符合法律法规和行业技术规范",
    "举一反三，同类问题一并整改到位", "建立长效机制，保持整改成效",
]
# fmt: on


@dataclass(frozen=True)
class Route:
    """The way of one problem."""

    name: str
    stages: tuple[str, ...]
    quick: bool
    two: bool = False


@dataclass(frozen=True)
class Paper:
    """One paper of 一问题一档 on a route."""

    name: str
    must: bool
    files: tuple[str, ...] = ()  # ids of the entries that are it

    @property
    def here(self) -> bool:
        """Whether there is any."""
        return bool(self.files)


def route_of(content: Any, source: str | None, *, own: bool) -> Route:
    """The route of a problem with this source; `own`: the unit registered it itself."""
    name = content["own"] if own and not source else content["default"]
    name = next((route for word, route in content["sources"] if source and word in source), name)
    found = next(one for one in content["routes"] if one["name"] == name)
    return Route(name, tuple(found["stages"]), found["quick"], found.get("two", False))


def papers_of(content: Any, route: str, files: Iterable[tuple[str, str, str]]) -> tuple[Paper, ...]:
    """The papers of a route, and which are there.

    `files`: for each file its id, the paper that somebody said it is ("" where nobody did), and its name, caption and
    stage as one text, which speaks where nobody did.
    """
    told = list(files)

    def _of(one: Any) -> tuple[str, ...]:
        return tuple(
            id_
            for id_, paper, text in told
            if (paper == one["name"] if paper else any(word in text for word in one["words"]))
        )

    return tuple(Paper(one["name"], route in one["must"], _of(one)) for one in content)


def check_routes(content: Any) -> str:
    """Why a content is no table of routes; "" where it is."""
    if not isinstance(content, dict) or set(cast("dict[str, object]", content)) != set(ROUTES):
        return f"应写明这几项：{'、'.join(ROUTES)}"
    table = cast("dict[str, Any]", content)
    routes, sources = table["routes"], table["sources"]
    if not isinstance(routes, list) or not 1 <= len(cast("list[Any]", routes)) <= MOST:
        return f"routes 应是 1 到 {MOST} 条路线"
    names: list[str] = []
    for one in cast("list[Any]", routes):
        fault = _route_fault(one)
        if fault:
            return fault
        names.append(one["name"])
    if len(set(names)) < len(names):
        return "有两条路线同名"
    if not isinstance(sources, list) or len(cast("list[Any]", sources)) > MOST or not all(
        _texts(pair) and len(pair) == 2 and pair[1] in names for pair in cast("list[Any]", sources)
    ):  # fmt: skip
        return f"sources 的每一项应是“来源里的字、路线名”，路线名要在 routes 里，最多 {MOST} 项"
    if any(table[key] not in names for key in ("own", "default")):
        return "own 和 default 应是 routes 里的路线名"
    return ""


def _route_fault(one: Any) -> str:
    if not isinstance(one, dict) or set(cast("dict[str, object]", one)) - {"two"} != {
        "name", "stages", "quick",
    }:  # fmt: skip
        return "每条路线应写明 name（路线名）、stages（环节）、quick（立行立改是否直接销号），可写 two（审核是否换人）"
    route = cast("dict[str, Any]", one)
    stages = route["stages"]
    if not _texts([route["name"]]) or not all(isinstance(route.get(key, False), bool) for key in ("quick", "two")):
        return "路线名应是文字，quick 和 two 应是 true 或 false"
    if not _texts(stages) or any(stage not in words.ACCEPTANCE_STAGE for stage in stages):
        return f"环节应从这些里选：{'、'.join(f'{name}（{word}）' for name, word in words.ACCEPTANCE_STAGE.items())}"
    if len(set(stages)) < len(stages) or "closing" not in stages:
        return "每条路线应有且只有一次 closing（销号），别的环节也不重复"
    if (
        tuple(stages[stages.index("closing") :]) not in (_LAST[:1], _LAST)
        or "filing" in stages[: stages.index("closing")]
    ):
        return "closing（销号）后面只能是 filing（备案）"
    return ""


def check_papers(content: Any) -> str:
    """Why a content is no list of papers; "" where it is."""
    if not isinstance(content, list) or len(cast("list[Any]", content)) > MOST:
        return f"应是一列材料，最多 {MOST} 份"
    for one in cast("list[Any]", content):
        if not isinstance(one, dict) or set(cast("dict[str, object]", one)) != {"name", "words", "must"}:
            return "每份材料应写明 name（名称）、words（文件名或说明里的字）、must（哪些路线必备）"
        paper = cast("dict[str, Any]", one)
        if not _texts([paper["name"]]) or not _texts(paper["words"]) or not _texts(paper["must"], empty=True):
            return f"名称、字和路线名都应是 1 到 {LONGEST} 字的文字，words 不能空"
    return ""


def _texts(content: Any, *, empty: bool = False) -> bool:
    """Whether a content is a list of short texts."""
    if not isinstance(content, list) or len(cast("list[Any]", content)) > MOST:
        return False
    entries = cast("list[Any]", content)
    return (empty or bool(entries)) and all(isinstance(e, str) and 0 < len(e.strip()) <= LONGEST for e in entries)
