"""Forms of one problem that people fill in, sign and stamp: papers with places, each a table that a clerk could check.

What the ledger knows is put into the places (`problem_fields.py`), the rest is blank.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from models.domain import template, words
from models.domain.fields import label
from models.domain.paper import Block, Paper, Table, Text, facts
from models.domain.template import Known
from models.services.papers import problem_fields
from models.services.papers.dossier_text import FOOT
from models.services.papers.problem_fields import BLANK, DAY, LISTS, SHOWN, choice
from models.services.papers.problem_file import ProblemFile

_SIGN = "\n\n　　签字：　　　　（盖章）　　　年　　月　　日"
_HAND = "\n\n　　　　　　　　　　　　　　年　　月　　日"
_ABOUT = ("编号", "问题来源", "乡镇", "具体地点", "责任单位", "责任人", "联系电话", "问题描述", "整改目标")
_STAMPS = ("责任单位意见", "行业主管部门核查意见", "县整改办意见", "县分管领导意见", "县主要领导意见")
_DATES = ("整改时限", "完成时间", "销号情况")


def _rows(*names: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, template.place(name)) for name in names)


def _form(title: str, *blocks: Block) -> Paper:
    return Paper(title, blocks, foot=FOOT)


def _roomy(*pairs: tuple[str, str]) -> Table:
    """Labels and what is said of them, with room to write by hand."""
    return replace(facts(*pairs), tall=True)


def _list(name: str) -> Table:
    return replace(LISTS[name], rows=(template.row(name, LISTS[name]),))


_PLAN = _form(
    "生态环境问题整改方案",
    Text("一、问题基本情况", strong=True),
    _roomy(*_rows("编号", "问题来源", "乡镇", "具体地点", "问题描述", "整改类型", "整改时限")),
    Text("二、整改目标", strong=True),
    _roomy(*_rows("整改目标")),
    Text("三、责任分工", strong=True),
    _roomy(*_rows("包案领导", "牵头单位", "责任单位", "配合单位", "督导单位", "责任人", "联系电话")),
    Text("四、整改措施", strong=True),
    _roomy(*_rows("整改措施")),
    _list("措施"),
    Text("五、倒排时间节点", strong=True),
    _list("时间节点"),
    Text("六、验收标准", strong=True),
    _roomy(("销号标准", "【标准条文】"), *_rows("验收路线")),
    Text("七、审核意见", strong=True),
    _roomy(("责任单位意见", _SIGN), ("县整改办意见", _SIGN)),
)
_SELF_ACCEPTANCE = _form("生态环境问题整改自查自验表", facts(
    *_rows(*_ABOUT, "整改措施", "目前进展", "自验日期", "自验人员", "销号标准", "自验情况", "自验结论"),
    ("自验人员签字", _HAND), ("单位负责人意见", _SIGN),
))  # fmt: skip
_SITE = _form("生态环境问题整改现场核查表", facts(
    *_rows(*_ABOUT, "整改措施", "目前进展", "整改时限"),
    ("核查时间", DAY), ("核查单位和人员", "\n"), ("销号标准", "【核查标准】"),
    ("现场核查情况", BLANK), ("存在的问题和建议", BLANK), ("核查结论", choice(words.CONCLUSION, None)),
    ("核查人员签字", _HAND), ("被核查单位签字", _HAND),
))  # fmt: skip
_PUBLIC_NOTICE = Paper("生态环境问题整改完成情况公示", (
    Text("　　按照生态环境问题整改销号工作要求，现将编号【编号】的问题整改完成情况予以公示，接受社会监督。"),
    _roomy(*_rows("问题来源"), ("反馈问题", "【问题描述】"), *_rows("整改目标", "整改时限", "责任单位", "整改措施"),
          ("整改落实情况", "【目前进展】"), *_rows("完成时间", "验收情况")),
    Text("　　公示时间：【公示开始】至【公示结束】，共【公示天数】个【天数按】。"),
    Text("　　公示期间如有异议，请以来电、来信等方式向受理部门反映，并留下姓名和联系方式，便于核实。"),
    _roomy(("受理部门", "【填报单位】"), ("监督电话", ""), ("联系地址", "")),
    Text("【填报单位】", right=True),
    Text("　　　　年　　月　　日", right=True),
))  # fmt: skip
_CLOSING = _form("生态环境问题整改销号申请表", facts(
    *_rows(*_ABOUT, "整改措施", *_DATES, "目前进展"), ("自验结论", "【自验结论和情况】"), *_rows("附件清单"),
    *((name, _SIGN) for name in _STAMPS),
))  # fmt: skip
_LOOKBACK = _form("生态环境问题整改回头看登记表", facts(
    *_rows(*_ABOUT, "目前进展", *_DATES[1:], "回头看安排", "应看时间", "回头看时间", "核查人员", "是否达标", "是否反弹",
           "是否衍生新问题", "是否虚假整改", "设施是否完好并运行", "档案是否齐全", "核查情况"),
    ("核查人员签字", _HAND), ("责任单位签字", _HAND),
))  # fmt: skip

FORMS: Final[dict[str, Paper]] = {  # by the names of words.PROBLEM_FORM
    "plan-form": _PLAN, "self-acceptance-form": _SELF_ACCEPTANCE, "site-form": _SITE,
    "public-notice-form": _PUBLIC_NOTICE, "closing-form": _CLOSING, "lookback-form": _LOOKBACK,
}  # fmt: skip
# Every place that a form of a problem may have.
KNOWN: Final = Known(
    frozenset(name for paper in FORMS.values() for name in template.places(paper))
    | {label("problem", name) for name in SHOWN}
    | {"打印日期"},
    {name: table.headings for name, table in LISTS.items()},
)


def form(file: ProblemFile, name: str, lookback: str = "") -> Paper:
    """One of FORMS, filled in. `lookback`: id of the look-back that is meant."""
    return replace(template.filled(FORMS[name], problem_fields.of(file, lookback)), form=name)
