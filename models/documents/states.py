"""The words by which offices say how far a matter is, and what each of them states.

One word may state several things: 已销号 says completed and closed. With 是 and 否 the column says what is meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from models.documents.texts import squash
from models.domain.deadline import read_day

COMPLETED, CLOSING, PACE, FINISH, KIND = "completed_on", "closing_stage", "pace", "finish_state", "deadline_kind"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_YES = _words("是 √ ✓ ✔ ☑ Y y yes YES 对 有 已")
_NO = _words("否 × ✗ ✘ x X N n no NO 未 没有 不是")

# What a word states, whatever the column.
# fmt: off
_STATED: tuple[tuple[frozenset[str], dict[str, str]], ...] = (
    (_words("""
        已完成 完成 已完成整改 完成整改 整改完成 已整改 已整改完成 整改到位 已整改到位 全部完成 已全部完成
        已经完成 已经整改到位 已经完成整改 完成整改任务 已完成整改任务 全部整改到位 已全部整改到位 全部整改完成
        已落实 已落实到位 已到位 完成100% 100%
    """),
     {COMPLETED: "completed", FINISH: "finished", PACE: "completed"}),
    (_words("""
        未完成 正在整改 整改中 正在整改中 正在推进 推进中 正在推进中 正在进行 进行中 未整改 未完成整改 部分完成
        部分整改 尚未完成 持续整改 持续推进 持续整改中 持续推进中 有序推进 有序推进中 正在落实 待整改 未到位
        未整改到位 正在实施 施工中 正在施工
    """),
     {COMPLETED: "open", FINISH: "open"}),
    (_words("""
        已销号 完成销号 已完成销号 销号 交账销号 已交账销号 验收销号 已验收销号 已办结销号 办结销号 同意销号
        准予销号 销号完成 已通过销号 完成验收销号 已完成验收销号 完成并销号 已完成并销号 已申请并销号
    """),
     {CLOSING: "closed", COMPLETED: "completed", FINISH: "finished", PACE: "closed"}),
    (_words("完成交账销号 已完成交账销号"),
     {PACE: "closed", CLOSING: "closed", COMPLETED: "completed", FINISH: "finished"}),
    (_words("""
        销号中 正在销号 正在销号中 申请销号 已申请销号 已提交销号 销号申请中 正在申请销号 待销号 等待销号
        完成待销号 已完成待销号 拟销号 验收中 待验收 正在验收 已申请验收 已办结验收中 办结验收中 销号公示中
        公示中 已完成正在销号 完成正在销号 提请销号 已提请销号 已报市销号 报市销号中 正在办理销号 销号办理中
        正在走销号程序
    """),
     {CLOSING: "closing", COMPLETED: "completed", FINISH: "finished"}),
    (_words("""
        未销号 尚未销号 未申请销号 未申请 未达到销号条件 不具备销号条件 未启动销号 暂未销号 没有销号
    """),
     {CLOSING: "none"}),
    (_words("""
        尚未启动 未启动 未开工 未开展 尚未开展 未实施
    """),
     {PACE: "not_started", COMPLETED: "open"}),
    (_words("""
        未达到序时进度 未达序时进度 未达时序进度 未达到时序进度 滞后 滞后任务 进度滞后 未达序时 未达到序时
        未达进度 落后 推进滞后 未达到进度 滞后序时进度 落后序时进度
    """),
     {PACE: "behind"}),
    (_words("""
        达到序时进度 已达到序时进度 达序时进度 已达序时进度 达时序进度 达时序进展 达到时序进度 序时任务 达序时
        达到序时 符合序时进度 按序时推进 按序时进度推进 正常推进 达到进度 达进度 均达序时进度 均达时序进度
        按计划推进 序时推进
    """),
     {PACE: "on_schedule"}),
    (_words("""
        超过序时进度 超序时进度 超序时 超前 提前 超过时序进度 超时序进度 超过序时 快于序时进度
    """),
     {PACE: "ahead"}),
    (_words("""
        已办结 办结 已结案 结案 全部办结 已全部办结 办理完毕 已办理完毕
    """),
     {FINISH: "finished", COMPLETED: "completed"}),
    (_words("""
        阶段性办结 阶段办结 已阶段性办结 阶段性完成 已阶段办结 阶段性整改完成 阶段完成
    """),
     {FINISH: "staged", COMPLETED: "open"}),
    (_words("""
        正在办理 办理中 正在办理中 未办结 尚未办结 在办 待办理 未办理
    """),
     {FINISH: "open", COMPLETED: "open"}),
    (_words("限期整改 限期 限时整改"),  {KIND: "time_limited"}),
    (_words("""
        立行立改 立即整改 立即改正 立整立改 立改立行 即知即改
    """),  {KIND: "immediate"}),
    (_words("""
        长期坚持 长期整改 长期 持续坚持 长期推进 持续推进 长期任务 常态化 持续整改
    """),  {KIND: "long_term"}),
)
_YES_MEANS = {COMPLETED: "completed", CLOSING: "closed", PACE: "on_schedule", FINISH: "finished", KIND: ""}
_NO_MEANS = {COMPLETED: "open", CLOSING: "none", PACE: "behind", FINISH: "open", KIND: ""}
# What a word of one column says about another: only these are carried over.
_CARRIED = {
    COMPLETED: (COMPLETED, CLOSING), CLOSING: (CLOSING, COMPLETED), PACE: (PACE, CLOSING, COMPLETED),
    FINISH: (FINISH, CLOSING), KIND: (KIND,),
}
# fmt: on

_VERIFIED = {
    word: state
    for state, words in {
        "true": "属实 是 情况属实 全部属实 基本情况属实 查实 反映属实 反映情况属实 举报属实 完全属实 均属实",
        "mostly": "基本属实 反映情况基本属实 情况基本属实",
        "partly": "部分属实 反映情况部分属实 情况部分属实 有部分属实",
        "false": "不属实 否 未查实 反映情况不属实 情况不属实 失实 举报不属实 均不属实 不实",
    }.items()
    for word in words.split()
}
_LEVELS = _words("""
        一般 较大 重大 特别重大 特大 重点 轻微 较轻 严重 较重 较严重 一般隐患 较大隐患 重大隐患 一般问题 重点问题
        突出问题 普通 一级 二级 三级 四级 高 中 低 A B C 一般性 I级 II级 III级
    """)
_DATE_INSIDE = re.compile(r"(于|在)?(\d{4}[年./-]\d{1,2}(?:[月./-](?:\d{1,2}日?|底|末|份)?)?)(前)?")
_JOINTS = re.compile(r"[,;、。()/并且但及]+")


@dataclass(frozen=True)
class Stated:
    """What a cell states: states by axis, and the day if it names one."""

    states: dict[str, str] = field(default_factory=dict[str, str])
    day: date | None = None


def _lookup(word: str, axis: str) -> dict[str, str] | None:
    if word in _YES:
        return {axis: _YES_MEANS[axis]} if _YES_MEANS[axis] else None
    if word in _NO:
        return {axis: _NO_MEANS[axis]} if _NO_MEANS[axis] else None
    for words, states in _STATED:
        if word in words and axis in states:
            return {a: states[a] for a in _CARRIED[axis] if a in states}
    for words, states in _STATED:  # a word of another axis: it says what it says
        if word in words:
            return {a: s for a, s in states.items() if a in _CARRIED[axis]} or None
    return None


@lru_cache(maxsize=4096)
def read_state(text: str, axis: str) -> Stated | None:
    """What the cell of a column about `axis` states; None where it is not made of known words."""
    key = squash(text)
    found = _DATE_INSIDE.search(key)
    day = None
    if found:
        read = read_day(found[2])
        if read is None or not read.sure or found[3]:
            return None  # a day before which is a plan
        day = read.day
        key = key[: found.start()] + "," + key[found.end() :]
    whole = _lookup(key.strip(",。;"), axis)
    if whole is not None:
        return Stated(whole, day)
    states: dict[str, str] = {}
    for part in filter(None, _JOINTS.split(key)):
        known = _lookup(part, axis)
        if known is None:
            return None
        for of, state in known.items():
            if states.get(of, state) != state:
                return None  # it says both
            states[of] = state
    return Stated(states, day) if states or day else None


def read_verified(text: str) -> str | None:
    """Whether a complaint was true."""
    return _VERIFIED.get(squash(text).strip("。,"))


def read_yes(text: str) -> str | None:
    """是 and 否 as "true" and "false"."""
    key = squash(text).strip("。,")
    if key in _YES or key in {"重复", "重复件", "1"}:
        return "true"
    return "false" if key in _NO or key in {"不重复", "非重复", "非重复件", "0", "首次"} else None


def is_level(text: str) -> bool:
    """Whether the word is how grave a matter is, and not of what kind."""
    return squash(text) in _LEVELS
