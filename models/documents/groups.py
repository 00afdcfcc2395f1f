"""Rows that stand above others and say one thing for all of them: a source, a town, a kind, a department."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from models.documents.dictionary import ASIDE
from models.documents.headings import EXACT, meaning
from models.documents.states import CLOSING, COMPLETED, KIND
from models.documents.texts import clean, squash

_NUMBER = re.compile(r"^\s*[（(]?(?:[一二三四五六七八九十百]+|\d{1,3}|[\u2160-\u216b]+|[A-Z])[)）、.．:：]\s*")
_COUNT = re.compile(
    r"\s*[（(【]?\s*(?:共|合计|计|小计)?[：:]?\s*\d+\s*(?:个|件|项|条|处|宗)(?:问题|信访件)?\s*[)）】]?\s*$"
)
_LABELLED = re.compile(r"^([^:：]{2,10})[:：]\s*(.+)$", re.DOTALL)
_LABELS = frozenset({"source", "township", "round", "batch", "categories", "pollution_kinds", "lead_unit",
                     "responsible_units", "trade", "deadline_kind", "place", "supervising_unit"})  # fmt: skip

_ELEMENTS = "水|大气|空气|土壤|固废|固体废物|噪声|生态|辐射|扬尘|矿山|自然保护地|农业面源|饮用水源"
# What a group's words show it to be, tried in order.
# fmt: off
_SHOWN = tuple((name, re.compile(pattern)) for name, pattern in (
    ("round",             r"^(第?[一二三四五\d]轮|20\d\d年度?|[一二三]轮次)$"),
    ("batch",             r"^第?[一二三四五六七八九十百\d]+批次?$"),
    ("source",            r"督察|督查|督导组|警示片|审计|绿盾|纪委|反馈|交办|披露|回头看|自查|巡[查视]|提示[单函]"),
    ("source",            r"行动|移交|专项|信访|曝光|通报|暗访"),
    ("township",          r"^.{1,12}(镇|乡|街道|街道办|办事处|园区|开发区|工业园|工业区|林场|农场|垦殖场)$"),
    ("township",          r"^.{1,12}(管委会|管理区|高新区)$|^.{2,14}(镇|乡)人民政府$"),
    (CLOSING,             r"^(已|未)销号|销号中|^正在销号"),
    (COMPLETED,           r"^(已|未)完成"),
    (KIND,                r"限期整改|长期坚持|立行立改|立即整改"),
    ("responsible_units", r"^.{2,14}(局|委|办|中心|公司|支队|大队|办公室|委员会|集团|部门)$"),
    ("categories",        rf"^({_ELEMENTS})(环境|污染|生态)?(防治|治理)?(类|方面|领域)?(问题)?$"),
))
# fmt: on
_KINDS = {"限期整改": "限期整改", "长期坚持": "长期坚持", "立行立改": "立行立改", "立即整改": "立行立改"}


@dataclass(frozen=True)
class Group:
    """One such row: the field that it fills, and with what."""

    field: str
    value: str
    row: int
    column: int
    text: str


def read_group(text: str, row: int, column: int, kind: str) -> Group:
    """What a group row says; with field ASIDE where its words belong to no field."""
    shown = clean(text)
    value = _COUNT.sub("", _NUMBER.sub("", shown)).strip(" ：:")
    labelled = _LABELLED.match(value)
    if labelled:
        known = meaning((labelled[1],), kind)
        if known and known.strength == EXACT and known.field in _LABELS:
            return Group(known.field, _COUNT.sub("", labelled[2]).strip(), row, column, shown)
    key = squash(value)
    for name, pattern in _SHOWN:
        if pattern.search(key):
            return Group(_for_kind(name, kind), _value(name, key, value), row, column, shown)
    return Group(ASIDE, value, row, column, shown)


def _value(name: str, key: str, value: str) -> str:
    if name == KIND:
        return next(said for word, said in _KINDS.items() if word in key)
    if name in {CLOSING, COMPLETED}:
        return re.sub(r"(整改)?(的)?(问题|事项|任务)$", "", value)
    if name == "categories":
        return re.sub(r"(类|方面|领域)?(问题)?$", "", value)
    return value


def _for_kind(name: str, kind: str) -> str:
    if kind == "petitions":
        return {"categories": "pollution_kinds", "responsible_units": "lead_unit", COMPLETED: "finish_state",
                "source": ASIDE, "round": ASIDE, KIND: ASIDE}.get(name, name)  # fmt: skip
    return name


def looks_like_a_group(text: str) -> bool:
    """Whether words in the place of a description head a group: short, numbered or a name, and no sentence."""
    shown = clean(text)
    if len(shown) > 40 or shown.endswith(("。", "；", ";", "，")):
        return False
    return bool(re.match(r"^[（(]?[一二三四五六七八九十]+[)）、.．]", shown)) or bool(_COUNT.search(shown))


@dataclass
class Groups:
    """The groups that stand above the present row, the widest first."""

    above: list[Group] = field(default_factory=list[Group])

    def enter(self, group: Group) -> None:
        """A group row: it ends the group of its own kind and everything inside it."""
        kept: list[Group] = []
        for known in self.above:
            if known.field == group.field:
                break
            kept.append(known)
        self.above = [*kept, group]

    def now(self) -> tuple[Group, ...]:
        """What stands above."""
        return tuple(self.above)
