"""Notices: what their templates may say, how a text is filled in, which notice a lasting light asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple, cast

from models.domain import words

LONGEST = 5_000  # characters of a template's text
MOST_DAYS = 365

# What a text may ask for in braces, and what stands there on the paper.
PLACES = {
    "单位": "接收单位", "发文单位": "发出的单位", "问题序号": "问题的编号", "问题描述": "问题是什么",
    "整改时限": "问题的整改时限", "问题清单": "逐条列出的问题", "月份": "哪个月的月调度", "印发日期": "印发日期",
    "回复期限": "哪一天前回复",
}  # fmt: skip
_PLACE = re.compile(r"[{\uff5b]\s*([^{}\uff5b\uff5d\n]*?)\s*[}\uff5d]")

# fmt: off
# What a notice of each kind says before anybody changed it: the word of its number, and working days to answer.
_DEFAULTS = (
    ("assignment", "环交", 10, "关于交办生态环境问题的通知",
     ("{单位}：\n现将下列问题交办你单位：\n{问题清单}\n"
     "请对照问题制定整改方案，明确措施、责任人和完成时间，于{回复期限}前报送整改方案，并按月报送进展。")),
    ("reminder", "环提", 5, "关于加快生态环境问题整改的提示",
     ("{单位}：\n你单位负责的下列问题整改进度滞后，特此提示：\n{问题清单}\n"
     "请查明原因，落实措施和责任人，抓紧整改，并于{回复期限}前书面回复整改进展和下一步安排。")),
    ("supervision", "环督", 5, "关于生态环境问题整改的督办函",
     ("{单位}：\n经提示，你单位负责的下列问题仍未按要求完成整改，现予督办：\n{问题清单}\n"
     "请主要负责同志亲自研究，倒排工期，限期整改到位，并于{回复期限}前书面报告整改情况。"
     "逾期未报告或者整改不力的，将按有关规定通报、约谈。")),
    ("month_request", "环调", 3, "关于报送{月份}月调度的通知",
     ("{单位}：\n你单位{月份}月调度还没有报齐。请逐个问题填写序时进度、进展情况、存在困难和下一步打算，"
     "没有进展的报零报告，于{回复期限}前写成数据包报送。")),
)
TEMPLATES: dict[str, dict[str, Any]] = {
    kind: {"word": word, "days": days, "title": title, "text": text} for kind, word, days, title, text in _DEFAULTS
}
PARTS_OF_TEMPLATE = {"word": "文号的代字", "days": "几个工作日内回复", "title": "标题", "text": "内容"}
# After how many red month-ends, or days overdue, a 提示单 is proposed; and days after it, still red, a 督办函. Of an
# orange light the same after so many month-ends running, or so many of the last twelve; each more is the next rung.
RULES = {"month_ends": 2, "overdue": 15, "escalate": 10, "orange_ends": 2, "orange_year": 4}
LATER = ("orange_ends", "orange_year")  # a county may have laid down the first ones, those of red, alone
RULE_LABELS = {
    "month_ends": "连续几个月末是红灯，建议发提示单", "overdue": "逾期超过几天，建议发提示单",
    "escalate": "提示单发出几天后仍是红灯，建议发督办函",
    "orange_ends": "连续几个月末是橙灯，建议发提示单；发出后又是这么多，建议发督办函",
    "orange_year": "最近 12 个月末里有几个是橙灯或红灯，建议发提示单",
}
YEAR = 12  # month-ends that are looked back at
GRAVE = ("red", "orange")
# fmt: on


# ------------------------------------------------------------------------------------------- templates


def unknown(text: str) -> str:
    """The first place in braces that nothing is known for, as written; "" where there is none."""
    return next((f"{{{name}}}" for name in places(text) if name not in PLACES), "")


def places(text: str) -> list[str]:
    """The names in braces, in their order."""
    return _PLACE.findall(text)


def filled(text: str, said: Mapping[str, str]) -> str:
    """A text with its places filled in; what is not said stays as it is."""
    return _PLACE.sub(lambda found: said.get(found[1]) or found[0], text)


def known_places() -> str:
    """The places that a text may have, as people are told."""
    return "、".join(f"{{{name}}}" for name in PLACES)


def check_templates(content: Any) -> str:
    """Whether a content has a template for each kind of notice, and asks only for what is known."""
    kinds = words.NOTICE_KIND
    if not isinstance(content, dict) or set(cast("dict[str, object]", content)) != set(kinds):
        return f"应写明每一种通知单的模板：{'、'.join(kinds.values())}"
    for kind, one in cast("dict[str, Any]", content).items():
        if (fault := template_fault(one)) is not None:
            return f"{words.NOTICE_KIND[kind]}的模板：{fault[1]}"
    return ""


def template_fault(one: Any) -> tuple[str, str] | None:
    """Which part of a template does not fit, and why; its name is one of PARTS_OF_TEMPLATE."""
    if not isinstance(one, dict) or set(cast("dict[str, object]", one)) != set(PARTS_OF_TEMPLATE):
        return "word", f"应写明{'、'.join(PARTS_OF_TEMPLATE.values())}"
    said = cast("dict[str, Any]", one)
    for name, most in (("word", 20), ("title", 200), ("text", LONGEST)):
        text = said[name]
        if not isinstance(text, str) or not text.strip() or len(text) > most:
            return name, f"{PARTS_OF_TEMPLATE[name]}应是 1 到 {most} 字的文字"
    if any(sign in said["word"] for sign in "〔〕{}\n"):
        return "word", "文号的代字只写文字，如“临环督”；年份和序号由程序编"
    for name in ("title", "text"):
        if wrong := unknown(said[name]):
            return name, f"不认识“{wrong}”；可以写的有：{known_places()}"
    if why := _whole(said["days"], PARTS_OF_TEMPLATE["days"]):
        return "days", why
    return None


def check_rules(content: Any) -> str:
    """Whether a content says when a notice is proposed."""
    if not isinstance(content, dict) or not set(RULES) - set(LATER) <= set(cast("dict[str, object]", content)) <= set(
        RULES
    ):
        return f"应写明{'、'.join(RULE_LABELS.values())}"
    said = all_rules(cast("dict[str, Any]", content))
    return next((fault for name, label in RULE_LABELS.items() if (fault := _whole(said[name], label))), "")


def all_rules(content: Mapping[str, Any]) -> dict[str, Any]:
    """The rules with the defaults of those that came later: a county may have laid down the first three alone."""
    return {**RULES, **content}


def _whole(number: Any, label: str) -> str:
    if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= MOST_DAYS:
        return f"{label}应是 1 到 {MOST_DAYS} 之间的整数"
    return ""


# ------------------------------------------------------------------------------------------- proposals


class Sent(NamedTuple):
    """A notice on a problem that counts. Days are ISO text."""

    kind: str
    number: str
    issued_on: str
    answer_by: str
    stage: str  # open replied closed


def month_ends(since: date, today: date) -> int:
    """How many last days of a month lie from a day to yesterday."""

    def months(day: date) -> int:  # that have ended before a day
        return day.year * 12 + day.month

    return months(today) - months(since) if since < today else 0


def proposed(
    since: date, overdue: int, sent: Iterable[Sent], today: date, rules: Mapping[str, int]
) -> tuple[str, str] | None:
    """The kind of notice that a red light asks for, and why. `since`: red from this day on; `overdue`: days.

    Only notices of this red time count. One that is not ended yet is not proposed again; what stays red after a
    reminder, unanswered past its day or so many days after it, asks for the next rung.
    """
    now = [one for one in sent if one.issued_on >= since.isoformat()]
    supervisions = [one for one in now if one.kind == "supervision"]
    if any(one.stage != "closed" for one in supervisions):
        return None
    last = _newest(supervisions) or _newest([one for one in now if one.kind == "reminder"])
    if last is not None:
        return _next_rung(last, today, rules)
    ends = month_ends(since, today)
    if ends >= rules["month_ends"]:
        return "reminder", f"连续 {ends} 个月末是红灯"
    if overdue > rules["overdue"]:
        return "reminder", f"逾期 {overdue} 天"
    return None


def last_ends(today: date) -> list[date]:
    """The last days of the twelve months that are over, the newest first."""
    found: list[date] = []
    day = today
    for _ in range(YEAR):
        day = day.replace(day=1) - timedelta(days=1)
        found.append(day)
    return found


def proposed_of_orange(
    colours: Sequence[str], sent: Iterable[Sent], today: date, rules: Mapping[str, int]
) -> tuple[str, str] | None:
    """The kind of notice that an orange light asks for, and why. `colours`: of the `last_ends`; "" where it was not.

    Only notices since the first of the month-ends that ask for it count. One that is not ended is not proposed again.
    """
    grave = [at for at, colour in enumerate(colours) if colour in GRAVE]
    running = next((at for at, colour in enumerate(colours) if colour not in GRAVE), len(colours))
    if running >= rules["orange_ends"]:
        first, why = running - 1, f"连续 {running} 个月末是{_said(colours[:running])}"
    elif len(grave) >= rules["orange_year"]:
        first, why = grave[-1], f"最近 {YEAR} 个月末有 {len(grave)} 个是{_said([colours[at] for at in grave])}"
    else:
        return None
    ends = last_ends(today)
    now = [one for one in sent if one.issued_on >= ends[first].isoformat()]
    if any(one.kind == "supervision" and one.stage != "closed" for one in now):
        return None
    last = _newest([one for one in now if one.kind in ("supervision", "reminder")])
    if last is None:
        return "reminder", why
    word = words.NOTICE_KIND[last.kind]
    if _is_unanswered(last, today):
        return "supervision", f"{word} {last.number} 到期没有回复"
    since = [colours[at] for at in grave if ends[at].isoformat() >= last.issued_on]
    if len(since) >= rules["orange_ends"]:
        return "supervision", f"{word}发出后又有 {len(since)} 个月末是{_said(since)}"
    return None


def _said(colours: Sequence[str]) -> str:
    return "或".join(f"{words.LIGHT[one]}灯" for one in reversed(GRAVE) if one in colours)


def _is_unanswered(one: Sent, today: date) -> bool:
    return one.stage == "open" and one.answer_by != "" and one.answer_by < today.isoformat()


def _next_rung(last: Sent, today: date, rules: Mapping[str, int]) -> tuple[str, str] | None:
    word = words.NOTICE_KIND[last.kind]
    if _is_unanswered(last, today):
        return "supervision", f"{word} {last.number} 到期没有回复"
    days = (today - date.fromisoformat(last.issued_on)).days
    if days >= rules["escalate"]:
        return "supervision", f"{word}发出 {days} 天后仍是红灯"
    return None


def _newest(sent: Sequence[Sent]) -> Sent | None:
    return max(sent, key=lambda one: one.issued_on, default=None)


def red_since(overdue_from: str, relapsed_on: str, named_on: str) -> date | None:
    """From which day on the light is red: after the deadline, by the relapse, by the circular; the first of them.

    All are ISO text, "" where it does not count.
    """
    days = [date.fromisoformat(overdue_from) + timedelta(days=1)] if overdue_from else []
    days += [date.fromisoformat(day) for day in (relapsed_on, named_on) if day]
    return min(days, default=None)
