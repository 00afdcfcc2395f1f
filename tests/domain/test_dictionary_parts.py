"""Dictionaries on a form: there and back, what does not fit and where, and what changes in words."""

from __future__ import annotations

import pytest

from models.domain.dictionaries import DICTIONARIES
from models.domain.dictionary_differences import differences
from models.domain.dictionary_parts import Fault, read, shown


@pytest.mark.parametrize("name", DICTIONARIES)
def test_every_dictionary_has_a_form_and_its_default_comes_back_from_it(name):
    values = shown(name, DICTIONARIES[name].default)
    assert read(name, values) == (DICTIONARIES[name].default, ())
    assert differences(name, values, values) == ()


def typed(name, key, value):
    return shown(name, DICTIONARIES[name].default) | {key: value}


def rows(name, key, *more):
    return [*shown(name, DICTIONARIES[name].default)[key], *more]


def lights(**change):
    return shown("thresholds", DICTIONARIES["thresholds"].default)[""] | change


def letter(**change):
    return shown("notice_templates", DICTIONARIES["notice_templates"].default)["reminder"] | change


# fmt: off
UNFIT = [
    ("trades", "", rows("trades", "", ("工业 ",)), Fault("", 7, 0, "和第 1 行重复")),
    ("trades", "", [("甲" * 201,)], Fault("", 0, 0, "最多 200 字")),
    ("dispatch_rules", "due_day", "32", Fault("due_day", -1, -1, "应是 1 到 31 之间的整数")),
    ("dispatch_rules", "due_day", "月底", Fault("due_day", -1, -1, "应是 1 到 31 之间的整数")),
    ("dispatch_rules", "kinds", [], Fault("due_day", -1, -1, "要报的类别应从这些里选")),
    ("holidays", "off", [("国庆",)], Fault("off", 0, 0, "日期请写成 2024-06-30 这样")),
    ("thresholds", "", lights(near=(True, "0")), Fault("", 3, -1, "应是 1 到 365 之间的整数")),
    ("routes", "routes", rows("routes", "routes", ("新", "验收、销号", "", "")), Fault("routes", 5, 1, "没有叫“验收”")),
    ("routes", "routes", rows("routes", "routes", ("新", "", "", "")), Fault("routes", 5, 1, "还没有填")),
    ("routes", "sources", [("省", "没有的")], Fault("sources", 0, 1, "没有叫“没有的”的路线")),
    ("routes", "own", "", Fault("own", -1, -1, "请写上面的一条路线")),
    ("papers", "", [("", "方案", "")], Fault("", 0, 0, "还没有填")),
    ("papers", "", [("方案", "", "")], Fault("", 0, 1, "还没有填，几个词")),
    ("backplan", "", [("快", "立行立改", "0", "开工", "一半")], Fault("", 0, 4, "请写“50%”")),
    ("backplan", "", [("快", "立行立改", "多", "开工", "50%")], Fault("", 0, 2, "应是整数")),
    ("backplan", "", [("快", "立行立改", "0", "开工", "50%"), ("快", "立行立改", "1", "完工", "时限前2天")],
     Fault("", 1, 1, "“快”前面写的不一样")),
    ("notice_templates", "reminder", letter(word=" "), Fault("reminder", 0, -1, "文号的代字应是 1 到 20 字的文字")),
    ("notice_templates", "reminder", letter(word="环〔提"), Fault("reminder", 0, -1, "年份和序号由程序编")),
    ("notice_templates", "reminder", letter(days="三"), Fault("reminder", 1, -1, "应是 1 到 365 之间的整数")),
    ("notice_templates", "reminder", letter(title="{谁}"), Fault("reminder", 2, -1, "不认识“{谁}”")),
    ("notice_templates", "reminder", letter(text=""), Fault("reminder", 3, -1, "内容应是 1 到 5000 字的文字")),
    ("notice_rules", "overdue", "0", Fault("overdue", -1, -1, "应是 1 到 365 之间的整数")),
]
# fmt: on


@pytest.mark.parametrize(("name", "key", "value", "fault"), UNFIT)
def test_what_does_not_fit_is_said_where_it_stands(name, key, value, fault):
    _, faults = read(name, typed(name, key, value))
    assert faults[0][:3] == fault[:3]
    assert fault.why in faults[0].why


def test_blank_rows_count_for_nothing_and_new_ones_are_read():
    content, faults = read("routes", typed("routes", "routes", rows(
        "routes", "routes", ("", "", "", ""), ("快办", "县级验收、销号", "是", "是"))))  # fmt: skip
    assert faults == ()
    assert content["routes"][-1] == {"name": "快办", "stages": ["county", "closing"], "quick": True, "two": True}


# fmt: off
CHANGED = [
    ("trades", "", [*rows("trades", "")[1:], ("渔业",)], ("行业新增：渔业", "行业停用：工业")),
    ("trades", "", rows("trades", "")[::-1], ("行业：次序有变",)),
    ("dispatch_rules", "due_day", "20", ("每月几日前报：25 → 20",)),
    ("dispatch_rules", "kinds", ["immediate"], ("哪几类问题要报：立行立改、限期整改、长期坚持 → 立行立改",)),
    ("thresholds", "", lights(near=(True, "10"), slow=(False, "")), (
        "距整改时限不多于 15 天，橙灯 → 距整改时限不多于 10 天，橙灯",
        "未达到序时进度，黄灯 → 停用（未达到序时进度）")),
    ("routes", "routes", [("自查自纠", "县级验收、销号", "", ""), *rows("routes", "routes")[1:]],
     ("路线“自查自纠”：环节（按先后）：销号 → 县级验收、销号；立行立改直接销号：是 → 没有",)),
    ("notice_templates", "reminder", letter(days="7", text="{单位}：请抓紧。"),
     ("提示单的几个工作日内回复：5 → 7", "提示单的内容有改动")),
    ("notice_rules", "escalate", "20", ("提示单发出几天后仍是红灯，建议发督办函：10 → 20",)),
]
# fmt: on


@pytest.mark.parametrize(("name", "key", "value", "said"), CHANGED)
def test_what_changes_is_said_in_words(name, key, value, said):
    values = typed(name, key, value)
    assert read(name, values)[1] == ()
    assert differences(name, shown(name, DICTIONARIES[name].default), values) == said
