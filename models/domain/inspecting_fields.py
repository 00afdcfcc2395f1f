"""The fields of self-inspection: sources of pollution, permits, campaigns, inspections, checklists (ADR 20)."""

from __future__ import annotations

from models.domain import words
from models.domain.field import Owner, Type
from models.domain.field import choice as _choice
from models.domain.field import make as _f

_COUNTY, _DONE = Owner.COUNTY, Owner.RESPONSIBLE

# fmt: off
# Who may pollute: 一企一档, 一点一档. Both sides keep it, whoever wrote it down first.
SOURCE = (
    _f("number", "编号"),
    _choice("kind", "类别", words.SOURCE_KIND, _DONE),
    _f("name", "名称", owner=_DONE),
    _f("credit_code", "统一社会信用代码", owner=_DONE),
    _f("township", "乡镇"),
    _f("village", "村（社区）", owner=_DONE),
    _f("place", "地址", owner=_DONE),
    _f("longitude", "经度", Type.NUMBER, _DONE),
    _f("latitude", "纬度", Type.NUMBER, _DONE),
    _choice("datum", "坐标系", words.DATUM, _DONE),
    _f("person", "负责人", owner=_DONE),
    _f("phone", "联系电话", owner=_DONE),
    _f("control", "管控方式", owner=_DONE, long=True),
    _f("control_person", "管控联系人", owner=_DONE),
)
PERMIT = (
    _choice("kind", "许可种类", words.PERMIT_KIND, _DONE),
    _f("number", "证号", owner=_DONE),
    _f("issued_on", "发证日期", Type.DATE, _DONE),
    _f("expires_on", "有效期至", Type.DATE, _DONE),
)
# 专项排查: what is to be inspected, where and until when; issued by the county to units, or begun by a township.
# With `repeat` it is a recurring plan (ADR 24); of the kind `visit` it came from outside.
CAMPAIGN = (
    _f("number", "编号"),
    _f("title", "名称"),
    _choice("kind", "类别", words.INSPECTION_KIND, Owner.CREATOR),
    _choice("repeat", "多久查一遍", words.REPEAT, Owner.CREATOR),
    _f("visitor", "来访单位"),
    _f("people", "参加人员"),
    _f("text", "要求", long=True),
    _f("checklists", "检查表", Type.LIST),
    _f("from_on", "开始日期", Type.DATE),
    _f("until_on", "截止日期", Type.DATE),
    _f("township", "开展单位"),
    _f("responsible_units", "参加单位", Type.LIST),
    _f("villages", "村（社区）", Type.LIST),
    _f("sources", "污染源", Type.LIST),
)
# One visit to one place, or one day on which nothing was found; its answers are parts of it.
INSPECTION = (
    _f("number", "编号"),
    _choice("kind", "类别", words.INSPECTION_KIND, Owner.CREATOR),
    _f("campaign", "所属专项", Type.RECORD),
    _f("checklists", "检查表", Type.LIST),
    _f("township", "乡镇"),
    _f("village", "村（社区）"),
    _f("source", "检查对象", Type.RECORD),
    _f("place", "地点"),
    _f("longitude", "经度", Type.NUMBER),
    _f("latitude", "纬度", Type.NUMBER),
    _f("inspected_on", "检查日期", Type.DATE),
    _f("people", "检查人"),
    _f("leader", "带队领导"),
    _choice("zero", "零报告", words.YES_NO, Owner.CREATOR),
    _f("finished_on", "完成日期", Type.DATE),
    _f("opinion", "检查情况", long=True),
)
ANSWER = (
    _f("item", "检查项", owner=_DONE),  # id of a question, or of an item of the township's own; the id comes from it
    _choice("answer", "结果", words.ANSWER, _DONE),
    _f("note", "情况说明", owner=_DONE, long=True),
    _choice("in_bulk", "一次答完", words.YES_NO, _DONE),
    _f("problem", "登记的问题", Type.RECORD, _DONE),
)
# What a township adds to the questions of a theme, for itself.
LOCAL_ITEM = (
    _choice("theme", "检查主题", words.THEME, Owner.CREATOR),
    _f("text", "检查内容"),
    _f("how", "检查方法"),
    _f("basis", "依据"),
    _f("evidence", "佐证"),
    _choice("severity", "严重程度", words.SEVERITY, Owner.CREATOR),
    _f("township", "乡镇"),
)
# A version of a checklist that the county issued: JSON, as models/domain/checklists.py describes; never changed.
CHECKLIST = (
    _f("code", "代码", owner=_COUNTY),
    _f("content", "内容", owner=_COUNTY, long=True),
)
# fmt: on
