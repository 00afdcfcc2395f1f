"""Figures through the services: of any day, as known on any day, and the first page of today."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from models.domain.meaning import Meaning
from models.services.views.breakdowns import Asked
from tests.offices import OTHER, TOWN

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"


def test_as_of_counts_what_is_dated_up_to_then_and_known_by_what_had_arrived(world):
    county = world["county"]
    first = county.records.add("problem", {"description": "一", "township": "白水镇", "found_on": "2024-03-01"})["id"]
    world.clock.jump(days=10)  # 25 June
    county.records.edit("problem", first, {"completed_on": "2024-04-20"})
    county.records.add("problem", {"description": "二", "township": "青石镇"})

    def figures(as_of, known_by=None):
        n = county.figures.tally(date.fromisoformat(as_of), date.fromisoformat(known_by) if known_by else None)[
            "problems"
        ]
        return n["total"], n["completed"]

    assert figures("2024-06-30") == (2, 1)
    assert figures("2024-04-20") == (2, 1)
    assert figures("2024-04-19") == (2, 0)
    assert figures("2024-02-29") == (1, 0)
    assert figures("2024-06-30", "2024-06-15") == (1, 0)
    assert figures("2024-04-20", "2024-06-24") == (1, 0)
    assert figures("2024-04-20", "2024-06-25") == (2, 1)
    assert figures("2024-06-30", "2024-06-14") == (0, 0)


def test_the_day_of_arrival_is_the_local_one(world):
    world.clock.now = world.clock.now.replace(hour=0, minute=30)  # still the day before in UTC
    world["county"].records.add("problem", {"description": "一"})
    assert world["county"].figures.tally(known_by=date(2024, 6, 14))["problems"]["total"] == 0
    assert world["county"].figures.tally(known_by=date(2024, 6, 15))["problems"]["total"] == 1


def test_what_a_late_stick_brings_is_known_from_its_arrival(world):
    world["town"].records.add("problem", {"description": "一", "completed_on": "2024-06-01"})
    package = world.written("town")
    world.clock.jump(days=20)
    world.taken("county", package)
    county = world["county"].figures
    assert county.tally(date(2024, 6, 30), date(2024, 7, 4))["problems"]["total"] == 0
    assert county.tally(date(2024, 6, 30), date(2024, 7, 5))["problems"]["completed"] == 1
    assert world["town"].figures.tally(date(2024, 6, 30), date(2024, 6, 15))["problems"]["completed"] == 1


def test_a_clock_that_is_set_back_changes_no_past_figure(world):
    county = world["county"]
    county.records.add("problem", {"description": "一"})
    then = county.figures.tally(date(2024, 6, 14), date(2024, 6, 14))
    world.clock.jump(days=-200)
    county.records.add("problem", {"description": "二"})
    assert county.figures.tally(date(2024, 6, 14), date(2024, 6, 14)) == then
    assert county.figures.tally(known_by=date(2024, 6, 15))["problems"]["total"] == 2


def test_a_unit_added_or_renamed_later_regroups_nothing_of_then(world):
    county = world["county"]
    county.records.add("problem", {"description": "一", "township": "新塘乡"})
    county.records.add("problem", {"description": "二", "township": "白水镇"})
    world.clock.jump(days=5)
    then = county.figures.tally(date(2024, 6, 30), date(2024, 6, 15))
    assert [(u["unit"], u["name"]) for u in then["by_township"]] == [(TOWN, "白水镇人民政府"), ("新塘乡", "新塘乡")]
    county.units.add("township", "新塘乡", "361021150")
    county.units.add("township", "白水新镇", TOWN)
    assert county.figures.tally(date(2024, 6, 30), date(2024, 6, 15)) == then
    now = county.figures.tally(date(2024, 6, 30))
    assert [(u["unit"], u["name"]) for u in now["by_township"]] == [(TOWN, "白水新镇"), ("361021150", "新塘乡")]


def test_breakdowns_add_up(world):
    county = world["county"]
    for town, source, days in (
        ("白水镇", "省督", 3),
        ("白水镇", "自查", 40),
        ("青石镇", "省督", -1),
        ("没有的镇", "自查", 9),
    ):
        deadline = str(date(2024, 6, 15) + timedelta(days=days))
        county.records.add("problem", {"description": "坏", "township": town, "source": source, "deadline": deadline})
    county.records.add("petition", {"content": "臭", "township": "白水镇", "finished_on": "2024-06-01"})
    found = county.figures.tally()
    for group in ("by_township", "by_source"):
        for name in ("total", "time_limited", "remaining"):
            assert sum(row[name] for row in found[group]) == found["problems"][name] == 4
    assert {row["unit"]: row["total"] for row in found["by_township"]} == {TOWN: 2, OTHER: 1, "没有的镇": 1}
    assert found["petitions"] == {"total": 1, "completed": 1, "staged": 0, "closed": 0}
    for row in found["by_township"]:
        only = county.figures.tally(unit=row["unit"])
        assert only["problems"]["total"] == row["total"]
    assert county.figures.tally(sources=["省督"])["problems"]["total"] == 2

    page = county.figures.overview()
    assert (page.total, page.overdue, page.due_7, page.due_30, page.petitions_finished) == (4, 1, 1, 2, 1)
    assert sum(page.lights.values()) == 4
    assert page.lights["red"] == 1
    assert [line.light for line in page.urgent] == ["red", "orange", "orange"]
    assert {u.unit: u.total for u in page.units if u.total} == {TOWN: 2, OTHER: 1, "没有的镇": 1}
    assert page.paragraph == found["paragraph"]
    assert page.unreported == 5


def test_the_first_page_of_an_empty_home_is_empty(world):
    page = world["town"].figures.overview()
    assert (page.total, page.petitions, page.conflicts, page.urgent) == (0, 0, 0, ())


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the county's own workbooks are not beside this checkout")
def test_workbooks_taken_in_later_change_no_past_figure(world):
    county = world["county"]
    book = next(SAMPLES.glob("*督察整改台账*.xlsx"))
    letters = next(SAMPLES.glob("*信访件汇总表*.xlsx"))
    county.records.add("problem", {"description": "先有的", "township": "白水镇"})
    world.clock.jump(days=1)
    asked = {day: county.figures.tally(date(2024, 4, 30), day) for day in (date(2024, 6, 15), date(2024, 6, 14))}
    county.imports.take(book, "problems")
    world.clock.jump(days=1)
    asked[date(2024, 6, 16)] = county.figures.tally(date(2024, 4, 30), date(2024, 6, 16))
    assert asked[date(2024, 6, 16)]["problems"]["total"] == 100
    assert asked[date(2024, 6, 15)]["problems"]["total"] == 1
    county.imports.take(letters, "petitions")
    county.imports.take(book, "problems")
    _, found = county.records.list("problem")
    for record in found[::10]:
        county.records.void("problem", record["id"], "试")
    world.clock.jump(days=-5)
    county.records.edit("problem", found[1]["id"], {"completed_on": "2024-01-01", "deadline_kind": "long_term"})
    for day, then in asked.items():
        assert county.figures.tally(date(2024, 4, 30), day) == then
    assert world.sound("county") == []


def test_lights_of_today_are_those_of_the_list_and_those_of_a_past_day_go_by_the_rules_of_then(world):
    county = world["county"]
    for n, days in enumerate((-1, 3, 12, 25, 90)):
        values = {
            "description": "坏" * (n + 1),
            "township": "白水镇",
            "deadline": str(date(2024, 6, 15 + n) if days < 0 else date(2024, 6, 15) + timedelta(days=days)),
        }
        county.records.add("problem", values)
    one = county.records.add("problem", {"description": "慢", "township": "白水镇"})["id"]
    for month in ("2024-05", "2024-06"):
        county.records.add_dispatch(one, {"month": month, "pace": "behind"})
    lights = {row["light"]: row["total"] for row in county.figures.tally()["by_light"]}
    assert lights == {light: n for light, n in county.figures.overview().lights.items() if n}

    world.clock.jump(days=2)
    county.records.edit("problem", one, {"circular_on": "2024-06-16"})
    tomorrow = {row["light"]: row["total"] for row in county.figures.tally()["by_light"]}
    assert (tomorrow["red"], lights.get("red")) == (2, None)  # one deadline is over, and one is named
    assert tomorrow == {light: n for light, n in county.figures.overview().lights.items() if n}
    then = county.figures.tally(date(2024, 6, 15), date(2024, 6, 15))
    rules = county.dictionaries.show("thresholds").content
    county.dictionaries.set("thresholds", rules | {"slow_long": {"on": False, "number": 2}})
    assert county.figures.tally(date(2024, 6, 15), date(2024, 6, 15)) == then
    assert county.figures.tally(date(2024, 6, 15))["by_light"] != then["by_light"]


def test_every_number_of_a_breakdown_opens_the_records_that_it_counts(world):
    county = world["county"]
    for town, said in (
        ("白水镇", {"deadline": "2024-06-01", "pace": "behind"}),
        ("白水镇", {"deadline": "2024-09-01", "completed_on": "2024-06-01"}),
        ("没有的镇", {"deadline_kind": "long_term", "categories": "水；气"}),
    ):
        county.records.add("problem", {"description": "坏", "township": town, "source": "省督"} | said)
    county.records.add("petition", {"receipt_number": "S1", "content": "臭", "finished_on": "2024-06-01",
                                    "closed_on": "2024-06-02"})  # fmt: skip
    county.records.add("petition", {"receipt_number": "S2", "content": "吵", "finished_on": "2024-06-02"})
    for asked in (Asked(), Asked(way="category", known_by=date(2024, 6, 15)), Asked("petition", "batch")):
        found = county.figures.breakdown(asked)
        for row, key in [(found.total, None), *((row, row.key) for row in found.rows)]:
            for name, number in row.counts.items():
                assert len(county.figures.behind(asked, key, name)) == number, (asked, key, name)
    found = county.figures.breakdown(Asked(meaning=Meaning(without_long_term=True)))
    assert [(row.key, row.name, row.counts["total"]) for row in found.rows] == [
        (TOWN, "白水镇人民政府", 2), ("没有的镇", "没有的镇", 1),
    ]  # fmt: skip
    assert (found.total.rates["completion"], found.total.shares["completion"]) == ("50.0%", 0.5)
    assert (found.as_of, found.paragraph) == (date(2024, 6, 15), county.figures.tally()["paragraph"])
    assert dict(found.meanings)["完成率"] == "已完成除以限期整改数，不计长期坚持"
    (late,) = county.figures.behind(Asked(), TOWN, "behind")
    assert late[3:] == ("坏", "白水镇人民政府", "省督", "2024-06-01", "red", "behind", "open")
    letters = county.figures.behind(Asked("petition"), None, "total")
    assert [(one.number, one.stage) for one in letters] == [("S1", "closed"), ("S2", "finished")]
    assert county.figures.behind(Asked(), "无", "total") == ()


def test_how_far_acceptance_is_stands_beside_the_townships_and_opens_its_list(world):
    county = world["county"]
    ids = [
        county.records.add("problem", {"description": text, "township": "白水镇", "source": "省级督察",
                                       "completed_on": "2024-06-01", "progress": "已清运"} | more)["id"]
        for text, more in (("一", {}), ("二", {"closing_stage": "closing"}), ("三", {"closing_stage": "closing"}))
    ]  # fmt: skip
    county.workflow.step(ids[2], "accept", {"unit": "县住建局", "actual_on": "2024-06-08"})
    asked = Asked("problem", "township", None, None, Meaning(), "acceptance")
    found = county.figures.breakdown(asked)
    assert [(one.name, one.keys) for one in found.across] == [
        ("已完成，未提请", ("completed",)), ("已提请，未验收", ("closing",)), ("已过县级验收", ("county",)),
    ]  # fmt: skip
    assert found.rows[0].cells == (1, 1, 1)
    lines = county.figures.behind(asked, found.rows[0].key, "total", ("county",))
    assert [line.id for line in lines] == [ids[2]]
    now = county.figures.tally()
    assert {row["accepted"]: row["total"] for row in now["by_acceptance"]} == {
        "completed": 1,
        "closing": 1,
        "county": 1,
    }
    assert county.figures.tally(known_by=date(2024, 6, 15))["by_acceptance"] == now["by_acceptance"]
    paper = county.papers.matrix()
    table = paper.blocks[-1]
    assert table.headings == ("乡镇", "已完成，未提请", "已提请，未验收", "已过县级验收", "合计")
    assert ("白水镇人民政府", "1", "1", "1", "3") in table.rows
