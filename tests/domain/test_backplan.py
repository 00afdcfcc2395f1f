"""Milestones from the deadline back: in order, in time, on working days; templates that fit and that do not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain import backplan
from models.domain.calendar import Calendar
from models.domain.dictionaries import DICTIONARIES

STEPS = st.lists(
    st.one_of(
        st.fixed_dictionaries({"text": st.just("节点"), "share": st.integers(0, 100)}),
        st.fixed_dictionaries({"text": st.just("节点"), "before": st.integers(0, 30)}),
    ),
    min_size=1,
    max_size=6,
)
DAY = st.dates(date(2024, 1, 1), date(2024, 12, 31))


def rests(days: list[date]) -> Calendar:
    return Calendar(off=frozenset(day.isoformat() for day in days))


@given(STEPS, DAY, st.integers(0, 90), st.integers(-30, 90), st.lists(DAY, max_size=30))
def test_milestones_are_in_order_between_start_and_deadline_and_on_working_days(steps, start, whole, gone, off):
    deadline = start + timedelta(days=whole)
    today = min(start + timedelta(days=gone), deadline)
    calendar = rests(off)
    placed = backplan.nodes(steps, start, deadline, today, calendar)
    days = [one.due for one in placed]
    assert len(placed) == len(steps)
    assert days == sorted(days)
    first = max(start, today)
    assert all(first <= day <= deadline for day in days)
    between = [first + timedelta(days=n) for n in range((deadline - first).days + 1)]
    if any(calendar.works(day) for day in between):
        assert all(calendar.works(day) for day in days)


def test_the_days_of_a_template_as_one_would_count_them():
    """From Wednesday 1 May 2024 (Labour Day, off) to Friday 9 August: 100 days."""
    calendar = rests([date(2024, 5, 1)])
    steps = next(one for one in backplan.TEMPLATES if one["name"] == "一般整改")["steps"]
    placed = backplan.nodes(steps, date(2024, 5, 1), date(2024, 8, 9), date(2024, 5, 1), calendar)
    assert [(one.text, one.due.isoformat()) for one in placed] == [
        ("制定整改方案", "2024-05-10"),  # day 10 is Saturday 11 May
        ("开工", "2024-05-24"),  # day 25 is Sunday 26 May
        ("整改过半", "2024-06-20"),
        ("完成整改", "2024-07-19"),  # day 80 is Saturday 20 July
        ("自查自验", "2024-08-02"),  # five working days are left: 5 to 9 August
        ("申请验收", "2024-08-07"),
    ]
    assert backplan.doubts(placed, date(2024, 8, 9), Calendar(official=lambda _: True)) == []


def test_what_lies_behind_is_planned_from_today_on():
    steps = [{"text": "方案", "share": 10}, {"text": "完成", "share": 90}]
    placed = backplan.nodes(steps, date(2024, 1, 1), date(2024, 12, 31), date(2024, 6, 3), Calendar())
    assert [one.due for one in placed] == [date(2024, 6, 3), date(2024, 11, 22)]  # day 328 is Sunday 24 November


@pytest.mark.parametrize(
    ("kind", "days", "name"),
    [
        ("immediate", 10, "一个月以内"),
        ("time_limited", 30, "一般整改"),
        ("immediate", 400, "一般整改"),
        ("time_limited", 180, "工程类整改"),
        ("long_term", 200, "工程类整改"),
        ("long_term", 20, "一个月以内"),  # none is for it: the first one
    ],
)
def test_which_template_suits(kind, days, name):
    start = date(2024, 1, 1)
    assert backplan.usual(backplan.TEMPLATES, kind, start, start + timedelta(days=days)) == name


def test_what_is_told_of_doubtful_days():
    deadline = date(2024, 6, 14)  # a Friday
    some = [backplan.Node("开工", date(2024, 6, 8)), backplan.Node("完成", date(2024, 6, 17))]
    told = "".join(backplan.doubts([*some, some[1]], deadline, Calendar()))
    assert "晚于整改时限" in told
    assert "开工（2024-06-08）" in told
    assert "落在同一天" in told
    assert "放假安排" in told


GOOD = {"name": "甲", "kinds": ["immediate"], "days": 0, "steps": [{"text": "开工", "share": 10}]}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ([GOOD, {**GOOD, "name": "乙", "steps": [{"text": "验收", "before": 3}]}], ""),
        ([], "至少一个"),
        ([GOOD] * 21, "最多"),
        ([{**GOOD, "more": 1}], "每个模板应写明"),
        ([GOOD, GOOD], "同名"),
        ([{**GOOD, "name": " "}], "名称"),
        ([{**GOOD, "kinds": ["快"]}], "整改类型"),
        ([{**GOOD, "days": -1}], "days"),
        ([{**GOOD, "days": True}], "days"),
        ([{**GOOD, "steps": []}], "节点"),
        ([{**GOOD, "steps": [{"text": "开工"}]}], "share"),
        ([{**GOOD, "steps": [{"text": "开工", "share": 101}]}], "100"),
        ([{**GOOD, "steps": [{"text": "开工", "share": 1}, {"text": "开工", "before": 1}]}], "两个节点同名"),
        ([{**GOOD, "steps": [{"text": "", "share": 1}]}], "节点的名称"),
    ],
)
def test_what_templates_may_say(content, says):
    fault = DICTIONARIES["backplan"].check(content)
    assert (says in fault) if says else fault == ""


def test_the_default_fits():
    assert backplan.check(backplan.TEMPLATES) == ""
