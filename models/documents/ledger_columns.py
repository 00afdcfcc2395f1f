"""The columns of the official ledgers, and what a record shows in each of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.domain import words
from models.domain.deadline import read_deadline
from models.domain.fields import TABLES

Shown = str | int | float | date | None
Record = Mapping[str, Any]


@dataclass(frozen=True)
class OutColumn:
    """One column: the heading above it, if several share one; its own; its width; and its cell."""

    above: str
    heading: str
    width: int
    show: Callable[[Record], Shown]
    always: bool = True  # also where no record says anything
    hidden: bool = False


def _text(name: str) -> Callable[[Record], Shown]:
    def show(record: Record) -> Shown:
        value = record.get(name)
        return value if isinstance(value, int | float) and not isinstance(value, bool) else str(value or "")

    return show


def _list(name: str) -> Callable[[Record], Shown]:
    """Several values as an office writes them; with ； where one of them holds a 、 that must not cut it in two."""

    def show(record: Record) -> Shown:
        value = str(record.get(name) or "")
        if not set("、，,/\n") & set(value):
            return value.replace("；", "、")
        return value if "；" in value else f"{value}；"

    return show


def _word(name: str) -> Callable[[Record], Shown]:
    return lambda record: words.say(name, record.get(name))


def _choice(table: str, name: str) -> Callable[[Record], Shown]:
    states = TABLES[table][name].states
    return lambda record: states.get(str(record.get(name)), str(record.get(name) or ""))


def _permit(show: Callable[[Record], Shown]) -> Callable[[Record], Shown]:
    """A cell of the permit that a source's line shows: the one that holds longest."""
    return lambda record: show(_permits(record)[0]) if record.get("permits") else ""


def _permits(record: Record) -> list[Record]:
    return sorted(record["permits"], key=lambda one: str(one["expires_on"] or ""), reverse=True)


def _more_permits(record: Record) -> Shown:
    """What the line of a source has no columns for: its further permits, in words."""
    said = (
        [words.PERMIT_KIND.get(str(one["kind"]), ""), one["number"], one["issued_on"], one["expires_on"]]
        for one in _permits(record)[1:]
    )
    return "；".join(" ".join(str(part) for part in one if part) for one in said)


def _date(name: str) -> Callable[[Record], Shown]:
    return lambda record: as_date(record.get(name))


def as_date(value: object) -> date | str:
    """An ISO date as a date; what is none stays as it is written."""
    try:
        return date.fromisoformat(str(value)) if value else ""
    except ValueError:
        return str(value)


def _town(record: Record) -> Shown:
    return str(record.get("township_name") or record.get("township") or "")


def is_completed(record: Record) -> bool:
    """Whether a problem counts as completed; what is closed, or about to be, has been."""
    closing = record.get("closing_stage") in {"closing", "closed"}
    return bool(record.get("completed") or record.get("completed_on") or closing)


def _completed(record: Record) -> Shown:
    return words.YES_NO["true" if is_completed(record) else "false"]


def _deadline(record: Record) -> Shown:
    """The office's own words where they say the same as the date; the date; or the kind."""
    text, day = str(record.get("deadline_text") or ""), str(record.get("deadline") or "")
    found = as_date(record.get("found_on"))
    if text:
        read = read_deadline(text, found_on=found if isinstance(found, date) else None)
        if not day or (read.sure and read.day and read.day.isoformat() == day):
            return text
    if day:
        return as_date(day)
    kind = record.get("deadline_kind")
    return words.say("deadline_kind", kind) if kind in {"long_term", "immediate"} else ""


# fmt: off
PROBLEMS = (
    OutColumn("",           "省序号",               8, _text("province_number"), always=False),
    OutColumn("",           "市序号",               8, _text("city_number")),
    OutColumn("",           "县序号",               8, _text("county_number"), always=False),
    OutColumn("",           "问题来源",            16, _text("source")),
    OutColumn("",           "轮次",                 9, _text("round")),
    OutColumn("",           "批次",                 9, _text("batch"), always=False),
    OutColumn("问题基本情况", "反馈问题",            36, _text("description")),
    OutColumn("问题基本情况", "归类",                10, _list("categories")),
    OutColumn("问题基本情况", "行业",                10, _text("trade"), always=False),
    OutColumn("问题基本情况", "乡镇",                12, _town),
    OutColumn("问题基本情况", "具体地点",            14, _text("place"), always=False),
    OutColumn("问题基本情况", "经度",                10, _text("longitude"), always=False),
    OutColumn("问题基本情况", "纬度",                10, _text("latitude"), always=False),
    OutColumn("问题基本情况", "发现时间",            13, _date("found_on"), always=False),
    OutColumn("整改任务",     "整改目标",            20, _text("goal")),
    OutColumn("整改任务",     "整改措施",            30, _text("measures_text")),
    OutColumn("整改任务",     "整改类型",            10, _word("deadline_kind")),
    OutColumn("整改任务",     "整改时限",            13, _deadline),
    OutColumn("责任落实",     "牵头单位",            14, _text("lead_unit")),
    OutColumn("责任落实",     "责任单位",            14, _list("responsible_units"), always=False),
    OutColumn("责任落实",     "配合单位",            14, _list("cooperating_units")),
    OutColumn("责任落实",     "责任人",               9, _text("person")),
    OutColumn("责任落实",     "联系电话",            13, _text("phone")),
    OutColumn("责任落实",     "包案领导",            10, _text("leader"), always=False),
    OutColumn("责任落实",     "督导单位",            14, _list("supervising_unit")),
    OutColumn("整改进展",     "是否达到序时进度",     12, _word("pace")),
    OutColumn("整改进展",     "目前进展情况及存在问题", 34, _text("progress")),
    OutColumn("整改进展",     "是否完成整改",          9, _completed),
    OutColumn("整改进展",     "完成时间",            13, _date("completed_on")),
    OutColumn("验收销号",     "销号情况",            10, _word("closing_stage")),
    OutColumn("验收销号",     "销号时间",            13, _date("closed_on")),
    OutColumn("上级通报",     "被通报时间",          13, _date("circular_on"), always=False),
    OutColumn("上级通报",     "通报解除时间",        13, _date("circular_ended_on"), always=False),
    OutColumn("上级通报",     "通报单位和文号",      18, _text("circular_by"), always=False),
    OutColumn("",           "备注",                18, _text("remark")),
    OutColumn("",           "编号",                22, _text("number")),
    OutColumn("",           "时限原文",            12, _text("deadline_text"), always=False, hidden=True),
    OutColumn("",           "并长期坚持",          10, _word("long_term_too"), always=False, hidden=True),
)
PETITIONS = (
    OutColumn("", "批次",               9, _text("batch"), always=False),
    OutColumn("", "受理编号",          20, _text("receipt_number")),
    OutColumn("", "受理时间",          13, _date("found_on"), always=False),
    OutColumn("", "交办问题基本情况",   40, _text("content")),
    OutColumn("", "行政区域",          12, _town),
    OutColumn("", "污染类型",          10, _list("pollution_kinds")),
    OutColumn("", "调查核实情况",       32, _text("investigation")),
    OutColumn("", "是否属实",          10, _word("verified")),
    OutColumn("", "处理和整改情况",     36, _text("handling")),
    OutColumn("", "办结状态",          11, _word("finish_state")),
    OutColumn("", "办结时间",          13, _date("finished_on"), always=False),
    OutColumn("", "责令整改（家次）",   10, _text("orders")),
    OutColumn("", "立案处罚（家次）",   10, _text("cases")),
    OutColumn("", "罚款金额（万元）",   10, _text("fine_wan")),
    OutColumn("", "约谈（人次）",       10, _text("talks")),
    OutColumn("", "问责（人次）",       10, _text("accountability")),
    OutColumn("", "牵头责任单位",       16, _text("lead_unit"), always=False),
    OutColumn("", "配合单位",          14, _list("cooperating_units"), always=False),
    OutColumn("", "联络人",            10, _text("person"), always=False),
    OutColumn("", "联系电话",          13, _text("phone"), always=False),
    OutColumn("", "是否重复",           9, _word("duplicate")),
    OutColumn("", "是否销号",          10, _word("closing_stage")),
    OutColumn("", "销号时间",          13, _date("closed_on"), always=False),
    OutColumn("", "备注",              18, _text("remark")),
)
SOURCES = (
    OutColumn("", "编号",             22, _text("number")),
    OutColumn("", "名称",             26, _text("name")),
    OutColumn("", "类别",             12, _choice("source", "kind")),
    OutColumn("", "统一社会信用代码",  22, _text("credit_code")),
    OutColumn("", "乡镇",             12, _town),
    OutColumn("", "村（社区）",       12, _text("village")),
    OutColumn("", "地址",             20, _text("place")),
    OutColumn("", "经度",             10, _text("longitude")),
    OutColumn("", "纬度",             10, _text("latitude")),
    OutColumn("", "坐标系",           10, _choice("source", "datum"), always=False),
    OutColumn("", "负责人",            9, _text("person")),
    OutColumn("", "联系电话",         13, _text("phone")),
    OutColumn("", "管控方式",         20, _text("control")),
    OutColumn("", "管控联系人",       12, _text("control_person")),
    OutColumn("", "许可种类",         12, _permit(_choice("permit", "kind"))),
    OutColumn("", "证号",             22, _permit(_text("number"))),
    OutColumn("", "发证日期",         13, _permit(_date("issued_on"))),
    OutColumn("", "有效期至",         13, _permit(_date("expires_on"))),
    OutColumn("", "其他许可",         22, _more_permits, always=False),
    OutColumn("", "备注",             18, _text("remark"), always=False),
)
# fmt: on
OF_KIND = {"problems": PROBLEMS, "petitions": PETITIONS, "sources": SOURCES}
