"""Checklists of self-inspection: what is looked at, how, on which ground; and whether a content is a sound checklist.

Every question is put so that 否 is the finding. A checklist never changes: what the county alters is another version,
and an inspection stays bound to the version by which it was begun. Ids of items mean the same in all versions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, cast

from models.domain import words
from models.domain.plain import seen_within

SHIPPED, COUNTY = "shipped", "county"  # who made a version: the program carries it along, or the county issued it
MOST = 60  # items of one checklist
LONGEST = 200  # characters of one text
FULL = 1000  # the most that one item may score
_CODE = re.compile(rf"([a-z_]+)-({SHIPPED}|{COUNTY})-([1-9]\d{{0,4}})")
_ID = re.compile(r"[A-Z]\d{1,3}(-\d{1,3})?")
_TEXTS = {"group": "分组", "text": "检查内容", "how": "检查方法", "basis": "依据", "evidence": "佐证"}
_ASKS_THE_WRONG_WAY = re.compile(r"有无|是否(存在|有无|发现|仍有|还有)")


@dataclass(frozen=True)
class Item:
    """One question. `score` None: it gives no points. `basis_default`: the county has not confirmed the basis yet."""

    id: str
    group: str
    text: str
    how: str
    basis: str
    evidence: str
    severity: str  # of a finding: a word of `words.SEVERITY`
    basis_default: bool = False
    score: int | None = None


@dataclass(frozen=True)
class Checklist:
    """One version of the questions of one theme."""

    theme: str
    maker: str  # SHIPPED or COUNTY
    version: int
    items: tuple[Item, ...]

    @property
    def code(self) -> str:
        """What inspections name it by: air-county-2."""
        return f"{self.theme}-{self.maker}-{self.version}"

    @property
    def title(self) -> str:
        """What people call it."""
        whose = "程序自带" if self.maker == SHIPPED else "县里"
        return f"{words.THEME[self.theme]}（{whose}第 {self.version} 版）"

    def item(self, id: str) -> Item | None:
        """The question with this id."""
        return next((one for one in self.items if one.id == id), None)

    def content(self) -> list[dict[str, Any]]:
        """The questions as plain data: what `fault` checks and `of` reads."""
        return [asdict(one) for one in self.items]


def parts_of(code: str) -> tuple[str, str, int] | None:
    """Theme, maker and version that a code names; None where it is none."""
    found = _CODE.fullmatch(code)
    if found is None or found[1] not in words.THEME:
        return None
    return found[1], found[2], int(found[3])


def of(code: str, content: Any) -> Checklist | None:
    """The checklist with this code and content; None where either does not fit."""
    parts = parts_of(code)
    if parts is None or fault(content):
        return None
    return Checklist(*parts, tuple(Item(**one) for one in seen_within(content)))


def fault(content: Any) -> str:
    """Why a content is no checklist, in Chinese; "" where it is one."""
    if not isinstance(content, list) or not content:
        return "检查表应是一列检查项，至少一项"
    items = cast("list[Any]", content)
    if len(items) > MOST:
        return f"最多 {MOST} 项"
    for at, one in enumerate(items, 1):
        if why := _fault_of(one):
            return f"第 {at} 项：{why}"
    ids = [one["id"] for one in items]
    twice = next((id_ for id_ in ids if ids.count(id_) > 1), None)
    return f"编号 {twice} 用了两次" if twice else ""


def reused(every: Sequence[Checklist], content: Sequence[Mapping[str, Any]]) -> str:
    """Why a content does not follow these versions, oldest first: an id that was retired means what it meant."""
    newest = {item.id for item in every[-1].items}
    gone = {item.id for one in every for item in one.items} - newest
    twice = next((one["id"] for one in content if one["id"] in gone), None)
    return f"编号 {twice} 以前用过，已经停用，请换一个编号" if twice else ""


def _fault_of(one: Any) -> str:
    must = {"id", *_TEXTS, "severity"}
    if not isinstance(one, Mapping) or not must <= set(cast("Mapping[str, Any]", one)) <= {
        *must, "basis_default", "score",
    }:  # fmt: skip
        return f"应写明这些栏目：{'、'.join(sorted(must))}"
    item = cast("Mapping[str, Any]", one)
    if not isinstance(item["id"], str) or not _ID.fullmatch(item["id"]):
        return "编号应是一个大写字母加数字"
    for name, label in _TEXTS.items():
        text = item[name]
        if not isinstance(text, str) or not text.strip() or len(text) > LONGEST:
            return f"{label}应是 1 到 {LONGEST} 字的文字"
    if why := asks(item["text"]):
        return why
    if item["severity"] not in words.SEVERITY:
        return f"严重程度应从这些里选：{'、'.join(words.SEVERITY)}"
    score = item.get("score")
    if score is not None and (type(score) is not int or not 1 <= score <= FULL):
        return f"分值应是 1 到 {FULL} 之间的整数"
    return "" if isinstance(item.get("basis_default", False), bool) else "依据是否默认的标记看不懂"


def asks(text: str) -> str:
    """Why a question is not put so that 否 is the finding; "" where it is."""
    if "是否" not in text or not text.endswith("？"):
        return "检查内容应写成“是否……？”"
    if _ASKS_THE_WRONG_WAY.search(text):
        return "检查内容应让“否”表示有问题：请写“是否没有……？”，不写“有无……”“是否存在……”"
    return ""
