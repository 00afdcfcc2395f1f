"""The diary of a month: the sheet without a database, and what stands in it over real homes."""

from __future__ import annotations

from datetime import date

import pytest

from models.domain.calendar import Calendar
from models.services.figures.diary import later_rounds
from models.services.views.diary import Entry, diary, shifted, span


@pytest.mark.parametrize(
    ("month", "first", "last"),
    [
        (date(2026, 11, 23), date(2026, 10, 26), date(2026, 12, 6)),
        (date(2027, 2, 1), date(2027, 2, 1), date(2027, 2, 28)),  # four whole weeks
        (date(2026, 8, 31), date(2026, 7, 27), date(2026, 9, 6)),  # six
    ],
)
def test_a_month_stands_in_whole_weeks_from_monday(month, first, last):
    assert span(month) == (first, last)
    sheet = diary(month, month, (), Calendar())
    assert (sheet.days[0].day, sheet.days[-1].day, len(sheet.days) % 7) == (first, last, 0)
    assert (sheet.at(first), sheet.at(last)) == (0, len(sheet.days) - 1)
    assert (sheet.at(date(2020, 1, 1)), sheet.at(date(2030, 1, 1))) == (0, len(sheet.days) - 1)


def test_months_go_on_over_the_year():
    assert shifted(date(2026, 12, 31), 1) == date(2027, 1, 1)
    assert shifted(date(2026, 1, 15), -1) == date(2025, 12, 1)
    assert shifted(date(2026, 11, 1), 14) == date(2028, 1, 1)


def test_a_day_says_whether_offices_work_and_what_comes_first():
    holidays = Calendar(frozenset({"2026-10-01"}), frozenset({"2026-10-10"}))
    entries = [
        Entry("2026-10-01", "month", "", "月调度"),
        Entry("2026-10-01", "deadline", "b", "乙", "青石镇"),
        Entry("2026-10-01", "deadline", "a", "甲", "白水镇"),
        Entry("2026-12-01", "deadline", "c", "不在这几周"),
    ]
    sheet = diary(date(2026, 10, 8), date(2026, 10, 8), entries, holidays)
    by_day = {one.day.isoformat(): one for one in sheet.days}
    assert [(by_day[d].works, by_day[d].moved) for d in ("2026-10-01", "2026-10-10", "2026-10-03", "2026-10-09")] == [
        (False, True), (True, True), (False, False), (True, False),
    ]  # fmt: skip
    assert [one.id for one in by_day["2026-10-01"].entries] == ["a", "b", ""]
    assert list(by_day["2026-10-01"].counts.items()) == [("deadline", 2), ("month", 1)]
    assert sum(len(one.entries) for one in sheet.days) == 3
    assert sheet.is_sure
    assert not diary(date(2026, 11, 8), date(2026, 11, 8), (), Calendar()).is_sure


@pytest.mark.parametrize(
    ("repeat", "ends", "until", "rounds"),
    [
        ("week", "2026-11-29", "", ["2026-12-06", "2026-12-13"]),
        ("half_month", "2026-11-30", "", ["2026-12-15"]),
        ("week", "2026-11-29", "2026-12-02", ["2026-12-02"]),  # the last one is shorter
        ("day", "2026-11-23", "", []),
        ("", "2026-11-23", "2026-11-23", []),
    ],
)
def test_the_rounds_to_come_of_a_plan(repeat, ends, until, rounds):
    plan = {"repeat": repeat, "from_on": "2026-11-01", "until_on": until, "round": {"last": ends}}
    assert later_rounds(plan, date(2026, 12, 13)) == rounds


def test_what_is_not_done_stands_on_its_day(world):
    county, town = world["county"], world["town"]  # it is 15 June 2024, a Saturday
    add = town.records.add
    problem = add("problem", {"description": "垃圾没有清", "deadline": "2024-06-28"})["id"]
    add("problem", {"description": "长期坚持的", "deadline": "2024-06-28", "deadline_kind": "长期坚持"})
    late = add("problem", {"description": "已经逾期", "deadline": "2024-06-03"})["id"]
    done = add("problem", {"description": "整改好了", "deadline": "2024-06-28", "completed_on": "2024-06-10"})["id"]
    town.records.add_measure(problem, {"text": "清运第一批", "due": "2024-06-20", "kind": "时间节点"})
    town.records.add_measure(problem, {"text": "做完了", "due": "2024-06-20", "done_on": "2024-06-14"})
    plant = add("source", {"name": "甲厂", "kind": "industry"})["id"]
    town.sources.add_permit(plant, {"kind": "排污许可证", "expires_on": "2024-06-30"})
    world.round("town")
    notice = county.notices.add(
        {"kind": "督办函", "township": "白水镇", "title": "请尽快整改", "text": "请", "answer_by": "2024-06-21"}
    )["id"]
    plan = {"title": "巡河", "kind": "patrol", "repeat": "每周", "villages": "白水村", "from_on": "2024-06-10"}
    campaign = county.campaigns.add(plan | {"responsible_units": "白水镇"})["id"]
    once = {"title": "夏季专项", "responsible_units": "白水镇", "from_on": "2024-06-18", "until_on": "2024-06-25"}
    coming = county.campaigns.add(once)["id"]
    county.records.edit("problem", done, {"closed_on": "2024-06-12"})
    county.lookbacks.plan("六月", date(2024, 6, 27), [done])
    world.round("town")
    sheet = town.figures.diary(date(2024, 6, 1))
    assert (sheet.today, sheet.days[0].day, sheet.days[-1].day) == (
        date(2024, 6, 15), date(2024, 5, 27), date(2024, 6, 30),
    )  # fmt: skip
    found = {(one.day[5:], one.kind, one.id) for day in sheet.days for one in day.entries}
    assert found == {
        ("06-03", "deadline", late), ("06-28", "deadline", problem), ("06-20", "measure", problem),
        ("06-30", "permit", plant), ("06-21", "notice", notice), ("06-16", "campaign", campaign),
        ("06-23", "campaign", campaign), ("06-30", "campaign", campaign), ("06-25", "campaign", coming),
        ("06-27", "lookback", done), ("06-25", "month", ""),
    }  # fmt: skip
    works = {one.day.isoformat(): (one.works, one.moved) for one in sheet.days}
    assert works["2024-06-10"] == (False, True), "Dragon Boat Festival, as the state laid it down"
    town.inspections.zero({"campaign": campaign, "village": "白水村"})
    add("problem", {"description": "自己查的", "source": "自查自纠", "completed_on": "2024-06-14"})
    today = next(one for one in town.figures.diary(date(2024, 6, 30)).days if one.day == date(2024, 6, 15))
    assert [(one.kind, one.title) for one in today.entries] == [("recheck", "自查发现的问题有 1 个整改完了，要去复查")]
    next_month = town.figures.diary(date(2024, 7, 9))
    assert {one.kind for day in next_month.days for one in day.entries} == {"campaign"}
