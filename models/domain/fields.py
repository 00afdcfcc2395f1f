"""The fields of every table, as data: name, Chinese label, type, and who may write them.

Names are those of docs/glossary.md; scripts rely on them. A *facts* field holds dated events, oldest first:
`[["", "closing"], ["2024-05-12", "closed"]]`, where the date "" means from the beginning.
"""

from __future__ import annotations

from models.domain import words
from models.domain.field import Field, Owner, Type
from models.domain.field import choice as _choice
from models.domain.field import make as _f
from models.domain.field import of_file as _of_file
from models.domain.inspecting_fields import ANSWER, CAMPAIGN, CHECKLIST, INSPECTION, LOCAL_ITEM, PERMIT, SOURCE
from models.domain.plain import seen

_COUNTY, _DONE = Owner.COUNTY, Owner.RESPONSIBLE


def _merged() -> Field:
    """Into which record the county merged this one: with its void, and only together with it, does it mean anything."""
    return Field("merged_into", "并入", Type.RECORD, Owner.COUNTY, by_verb=True)


# fmt: off
PROBLEM = (
    _f("number", "编号"),
    _f("county_number", "县序号", owner=_COUNTY),
    _f("city_number", "市序号", owner=_COUNTY),
    _f("province_number", "省序号", owner=_COUNTY),
    _f("source", "问题来源"),
    _f("round", "轮次"),
    _f("batch", "批次"),
    _f("description", "问题描述", long=True),
    _f("goal", "整改目标", long=True),
    _f("measures_text", "整改措施", long=True),
    _f("categories", "归类", Type.LIST),
    _f("trade", "行业"),
    _f("township", "乡镇"),
    _f("place", "具体地点"),
    _f("longitude", "经度", Type.NUMBER),
    _f("latitude", "纬度", Type.NUMBER),
    _f("lead_unit", "牵头单位"),
    _f("responsible_units", "责任单位", Type.LIST),
    _f("cooperating_units", "配合单位", Type.LIST),
    _f("supervising_unit", "督导单位", Type.LIST),
    _f("leader", "包案领导"),
    _f("person", "责任人"),
    _f("phone", "联系电话"),
    _f("found_on", "发现时间", Type.DATE),
    _f("assigned_on", "交办时间", Type.DATE, _COUNTY),
    _f("claimed_on", "认领时间", Type.DATE, _DONE),
    _f("planned_on", "整改方案时间", Type.DATE, _DONE),
    _f("deadline_kind", "整改类型", Type.FACTS),
    _f("deadline", "整改时限", Type.DATE),
    _f("deadline_text", "时限原文"),
    _f("long_term_too", "并长期坚持", Type.CHOICE),
    _f("pace", "序时进度", Type.FACTS, _DONE),
    _f("progress", "目前进展", owner=_DONE, long=True),
    _f("completed_on", "完成时间", Type.FACTS, _DONE),
    _f("closing_stage", "销号情况", Type.FACTS, _COUNTY),
    _f("circular", "上级通报", Type.FACTS, _COUNTY),
    _f("circular_by", "通报单位和文号", owner=_COUNTY),
    _merged(),
    Field("inspection", "哪次检查发现", Type.RECORD, by_verb=True),
    Field("pollution_source", "污染源", Type.RECORD, by_verb=True),
    _f("internal_note", "内部备注（不报送）", owner=Owner.LOCAL, long=True),
)
PETITION = (
    _f("receipt_number", "受理编号"),
    _f("batch", "批次"),
    _f("content", "交办问题基本情况", long=True),
    _f("township", "行政区域"),
    _f("lead_unit", "牵头责任单位"),
    _f("cooperating_units", "配合单位", Type.LIST),
    _f("person", "联络人"),
    _f("phone", "联系电话"),
    _f("pollution_kinds", "污染类型", Type.LIST),
    _f("investigation", "调查核实情况", owner=_DONE, long=True),
    _f("verified", "是否属实", Type.CHOICE, _DONE),
    _f("handling", "处理和整改情况", owner=_DONE, long=True),
    _f("found_on", "受理时间", Type.DATE),
    _f("finish_state", "办结状态", Type.FACTS, _DONE),
    _f("closing_stage", "销号情况", Type.FACTS, _COUNTY),
    _f("orders", "责令整改（家次）", Type.COUNT, _DONE),
    _f("fine_wan", "罚款金额（万元）", Type.NUMBER, _DONE),
    _f("cases", "立案处罚（家次）", Type.COUNT, _DONE),
    _f("talks", "约谈（人次）", Type.COUNT, _DONE),
    _f("accountability", "问责（人次）", Type.COUNT, _DONE),
    _f("duplicate", "是否重复", Type.CHOICE),
    _merged(),
    _f("internal_note", "内部备注（不报送）", owner=Owner.LOCAL, long=True),
)
MEASURE = (
    _f("text", "措施", owner=_DONE, long=True),
    _f("unit", "责任单位", owner=_DONE),
    _f("person", "责任人", owner=_DONE),
    _f("due", "时限", Type.DATE, _DONE),
    _f("done_on", "完成时间", Type.DATE, _DONE),
    _choice("kind", "类别", words.MEASURE_KIND, _DONE),
)
DISPATCH = (
    _f("month", "月份", Type.MONTH, _DONE),
    _f("pace", "序时进度", Type.CHOICE, _DONE),
    _f("progress", "进展情况", owner=_DONE, long=True),
    _f("difficulties", "存在困难", owner=_DONE, long=True),
    _f("next_step", "下一步打算", owner=_DONE, long=True),
    _choice("zero", "零报告", words.YES_NO, _DONE),
    _f("reported_on", "填报日期", Type.DATE, _DONE),
    _choice("judgement", "县里评定", words.JUDGEMENT, _COUNTY),
    _f("opinion", "评定意见", owner=_COUNTY, long=True),
)
# A round of rectification after the first: 反弹 or 申请重启 opened it.
CYCLE = (
    _f("number", "第几轮整改", owner=_COUNTY),  # "2" for the first that was opened again; the id comes from it
    _choice("kind", "重新整改的原因", words.CYCLE_KIND, _COUNTY),
    _f("opened_on", "重新整改时间", Type.DATE, _COUNTY),
    _f("reason", "原因", owner=_COUNTY, long=True),
    _f("basis", "依据", owner=_COUNTY, long=True),
)
# What a unit asks of the county, and what the county answers.
REQUEST = (
    _choice("kind", "申请事项", words.REQUEST_KIND, _DONE),
    _f("asked_on", "申请日期", Type.DATE, _DONE),
    _f("wanted_deadline", "申请的时限", Type.DATE, _DONE),
    _f("reason", "理由", owner=_DONE, long=True),
    _choice("decision", "审批结果", words.DECISION, _COUNTY),
    _f("decided_on", "审批日期", Type.DATE, _COUNTY),
    _f("opinion", "审批意见", owner=_COUNTY, long=True),
)
SELF_ACCEPTANCE = (
    _f("cycle", "第几轮整改", owner=_DONE),
    _f("checked_on", "自验日期", Type.DATE, _DONE),
    _choice("conclusion", "自验结论", words.CONCLUSION, _DONE),
    _f("people", "自验人员", owner=_DONE),
    _f("standards", "达到的销号标准", Type.LIST, _DONE),
    _f("opinion", "自验情况", owner=_DONE, long=True),
    _f("applied_on", "提请验收日期", Type.DATE, _DONE),
)
# One stage of an acceptance route, once: returned and done again is another row.
ACCEPTANCE = (
    _f("cycle", "第几轮整改", owner=_COUNTY),
    _choice("stage", "环节", words.ACCEPTANCE_STAGE, _COUNTY),
    _f("expected_on", "预计时间", Type.DATE, _COUNTY),
    _f("actual_on", "实际时间", Type.DATE, _COUNTY),
    _choice("conclusion", "结论", words.CONCLUSION, _COUNTY),
    _f("unit", "验收单位", owner=_COUNTY),
    _f("people", "验收人", owner=_COUNTY),
    _f("standards", "达到的销号标准", Type.LIST, _COUNTY),
    _f("opinion", "意见", owner=_COUNTY, long=True),
    _f("from_on", "公示开始", Type.DATE, _COUNTY),
    _f("until_on", "公示结束", Type.DATE, _COUNTY),
    _f("days", "公示天数", Type.COUNT, _COUNTY),
    _choice("day_kind", "天数按", words.DAY_KIND, _COUNTY),
)
LOOKBACK = (
    _f("plan", "回头看安排", owner=_DONE),
    _f("due", "应看时间", Type.DATE, _DONE),
    _f("looked_on", "回头看时间", Type.DATE, _DONE),
    _f("people", "核查人员", owner=_DONE),
    _choice("up_to_standard", "是否达标", words.YES_NO, _DONE),
    _choice("relapsed", "是否反弹", words.YES_NO, _DONE),
    _choice("derived", "是否衍生新问题", words.YES_NO, _DONE),
    _choice("feigned", "是否虚假整改", words.YES_NO, _DONE),
    _choice("facilities", "设施是否完好并运行", words.YES_NO, _DONE),
    _choice("papers_kept", "档案是否齐全", words.YES_NO, _DONE),
    _f("opinion", "核查情况", owner=_DONE, long=True),
    _f("derived_problem", "衍生的问题", Type.RECORD, _DONE),
)
# A paper from the county to a unit: it stands by itself, and may speak of several problems.
NOTICE = (
    _f("number", "文号"),
    _choice("kind", "种类", words.NOTICE_KIND, Owner.CREATOR),
    _f("township", "接收单位"),
    _f("title", "标题"),
    _f("text", "内容", long=True),
    _f("problems", "涉及的问题", Type.LIST),
    _f("month", "月份", Type.MONTH),
    _f("issued_on", "印发日期", Type.DATE),
    _f("answer_by", "回复期限", Type.DATE),
    _f("reply", "回复", owner=_DONE, long=True),
    _f("replied_on", "回复日期", Type.DATE, _DONE),
    _f("replied_by", "回复人", owner=_DONE),
    _f("ended_on", "办结日期", Type.DATE, _COUNTY),
    _f("opinion", "办结意见", owner=_COUNTY, long=True),
)
# What the county lays down for everybody: the content is JSON, as models/domain/dictionaries.py describes.
DICTIONARY = (
    _f("name", "名称", owner=_COUNTY),
    _f("content", "内容", owner=_COUNTY, long=True),
)
# Two records that look like one, and the county's word that they are two: for its own PCs, and the unit of two sources.
APART = (
    _f("pair", "两条记录", owner=_COUNTY),  # both ids, the smaller first, with a dash between; the id comes from it
    _choice("apart", "不是同一件", words.YES_NO, _COUNTY),
)
EVIDENCE = (
    _of_file("sha256", "文件校验值", Type.HASH),
    _of_file("name", "文件名"),
    _of_file("bytes", "文件大小", Type.COUNT),
    _of_file("media", "文件类型"),
    _of_file("copy_sha256", "小图校验值", Type.HASH),  # at most 1600 pixels: it travels first
    _of_file("shot_at", "拍摄时间"),  # as the camera wrote it: 2024-05-12 09:30:11
    _of_file("longitude", "拍摄经度", Type.NUMBER),
    _of_file("latitude", "拍摄纬度", Type.NUMBER),
    _of_file("looks", "画面特征"),  # 16 hex digits: photos that look alike have nearly the same
    _f("part", "所属环节", Type.RECORD, _DONE),  # id of a measure, a dispatch …; none: of the record itself
    Field("stage", "整改阶段", Type.CHOICE, _DONE, words.EVIDENCE_STAGE),
    _f("caption", "说明", owner=_DONE),
    _f("taken_on", "拍摄日期", Type.DATE, _DONE),
    _f("paper", "一问题一档材料", owner=_DONE),  # the name of one of the dictionary `papers`
)
UNIT = (
    _f("code", "代码", owner=_COUNTY),
    _f("kind", "类别", owner=_COUNTY),
    _f("name", "名称", owner=_COUNTY),
)
# fmt: on

TABLES: dict[str, dict[str, Field]] = {
    name: {f.name: f for f in fields}
    for name, fields in {
        "problem": PROBLEM,
        "petition": PETITION,
        "measure": MEASURE,
        "dispatch": DISPATCH,
        "evidence": EVIDENCE,
        "cycle": CYCLE,
        "request": REQUEST,
        "self_acceptance": SELF_ACCEPTANCE,
        "acceptance": ACCEPTANCE,
        "lookback": LOOKBACK,
        "notice": NOTICE,
        "source": SOURCE,
        "permit": PERMIT,
        "campaign": CAMPAIGN,
        "inspection": INSPECTION,
        "answer": ANSWER,
        "local_item": LOCAL_ITEM,
        "checklist": CHECKLIST,
        "dictionary": DICTIONARY,
        "apart": APART,
        "unit": UNIT,
    }.items()
}

# Records that stand at the top of their own history; the others are parts of one of them.
TOPS = ("problem", "petition")
PARTS = (
    "measure", "dispatch", "evidence", "cycle", "request", "self_acceptance", "acceptance", "lookback", "permit",
    "answer",
)  # fmt: skip
# Records that stand at the top and are no rectification: notices; self-inspection and what it looks at; and what
# the county alone says, to everybody or to its own PCs, which no figure counts.
NOTICES = ("notice",)
INSPECTING = ("source", "campaign", "inspection", "local_item")
ISSUED = ("unit", "dictionary", "checklist", "apart")

# Tables whose records are one by nature: the id is the hash of this field, so two makers make one record.
KEYS = {
    "dispatch": "month", "cycle": "number", "answer": "item",
    "unit": "code", "dictionary": "name", "checklist": "code", "apart": "pair",
}  # fmt: skip

# What a record must say to be one, and goes on saying.
MUST = {
    "problem": "description", "petition": "content", "notice": "title", "source": "name", "campaign": "title",
    "inspection": "number", "local_item": "text",
}  # fmt: skip

PART_MUST = {"measure": "text", "permit": "kind"}  # and of parts

# What a script calls a list of records.
PLURAL = {"problems": "problem", "petitions": "petition"}
SOURCES = {"sources": "source"}  # records like them that stand in no workbook of rectification
INSPECTED = {"inspections": "inspection", "campaigns": "campaign"}  # and those that have verbs of their own
# Fields that name a record of another kind than the one they stand in.
LINKS = {"source": "source", "pollution_source": "source", "campaign": "campaign", "inspection": "inspection"}

# Fields that people set and read as one date, kept as the date of a state in a facts field.
DATE_OF_STATE = {
    "completed_on": ("completed_on", "completed"),
    "closed_on": ("closing_stage", "closed"),
    "finished_on": ("finish_state", "finished"),
    "circular_on": ("circular", "named"),
    "circular_ended_on": ("circular", "ended"),
}

# Numbers that others gave to a problem: identity of an imported row, together with its source.
FOREIGN_NUMBERS = ("province_number", "city_number", "county_number")


def label(table: str, name: str) -> str:
    """The Chinese label of a field, or of `permit.kind`; views of facts and fields of newer programs included."""
    views = {
        "closed_on": "销号时间",
        "finished_on": "办结时间",
        "circular_on": "被通报时间",
        "circular_ended_on": "通报解除时间",
        "remark": "备注",
        "light": "灯",
        "exchange": "报送",
        "void": "作废",
        "township_name": "乡镇",
    }
    part, _, own = name.rpartition(".")
    known = TABLES.get(part or table, {}).get(own)
    return known.label if known else views.get(name) or seen(name)
