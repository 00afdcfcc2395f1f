"""Patrols of a township: answers bound to their version, zero reports, findings that become problems."""

from __future__ import annotations

from datetime import date

import pytest

from models.services.base.checklist_refusals import NoChecklist
from models.services.base.refusals import IsVoid, NoSuchRecord, NotYours
from models.services.inspections.inspection_refusals import (
    BoundToIt,
    NoFinding,
    NoSuchItem,
    NothingFound,
    NotYet,
    OneTheme,
    Registered,
    Unanswered,
)
from tests.offices import TOWN


def seen(world, name, record, table="inspection"):
    return world[name].records.show(table, record)


@pytest.fixture
def plant(world):
    return world["town"].records.add(
        "source", {"name": "白水砖厂", "village": "白水村", "place": "村口", "longitude": "116", "latitude": "28"}
    )["id"]


def begun(world, **values):
    return world["town"].inspections.add({"checklists": "scrap_cars"} | values)


def test_an_inspection_takes_its_place_from_the_source_and_its_questions_from_the_version(world, plant):
    one = begun(world, source=plant, people="张三、李四")
    assert one["number"].startswith(f"{TOWN}-J2024-0001-")
    assert (one["kind"], one["village"], one["place"], one["longitude"]) == ("patrol", "白水村", "村口", 116)
    assert (one["checklists"], one["inspected_on"], one["stage"]) == ("scrap_cars-shipped-1", "2024-06-15", "open")
    assert one["source_record"]["title"] == "白水砖厂"
    asked = [line["item"] for line in one["answers"]]
    assert asked[0].startswith("I")
    assert one["counts"] == {"yes": 0, "no": 0, "na": 0, "left": len(asked)}
    town = world["town"].inspections
    told = town.answer(one["number"], {asked[0]: "否", asked[1]: "na"}, {asked[0]: "无证"})
    assert told["counts"] == {"yes": 0, "no": 1, "na": 1, "left": len(asked) - 2}
    assert told["answers"][0]["note"] == "无证"
    with pytest.raises(Unanswered) as left:
        town.finish(one["id"])
    assert left.value.count == len(asked) - 2
    town.answer(one["id"], {}, rest="yes")
    town.answer(one["id"], {asked[2]: "yes"}, {asked[3]: "已看记录"})
    done = town.finish(one["id"])
    assert (done["stage"], done["finished_on"], done["counts"]["left"]) == ("finished", "2024-06-15", 0)
    assert [line["in_bulk"] for line in done["answers"]][:4] == [None, None, None, "true"], "said once more by itself"
    world.round("town", "other")
    there = seen(world, "county", one["id"])
    assert [line["answer"] for line in there["answers"]] == [line["answer"] for line in done["answers"]]
    with pytest.raises(NoSuchRecord):
        seen(world, "other", one["id"])
    assert world.sound("county", "town") == []


def test_marks_leave_out_what_does_not_apply(world):
    one = begun(world, checklists="危险废物与工业固废")
    scored = [line for line in one["answers"] if line["score"]]
    town = world["town"].inspections
    got = town.answer(one["id"], {scored[0]["item"]: "na", scored[1]["item"]: "no"}, rest="yes")
    full = 100 - scored[0]["score"]
    assert got["marks"] == [
        {"checklist": "hazardous_waste-shipped-1", "full": full, "got": full - scored[1]["score"],
         "percent": round(100 * (full - scored[1]["score"]) / full, 1)}
    ]  # fmt: skip


def test_what_an_inspection_refuses(world):
    town = world["town"].inspections
    with pytest.raises(NoChecklist):
        begun(world, checklists="风")
    with pytest.raises(NoChecklist):
        begun(world, checklists="air-county-7")
    with pytest.raises(OneTheme):
        begun(world, checklists="air；air-shipped-1")
    with pytest.raises(NotYet):
        begun(world, inspected_on="2024-06-16")
    one = begun(world)["id"]
    with pytest.raises(NoSuchItem):
        town.answer(one, {"A1-1": "yes"})
    with pytest.raises(NoSuchItem):
        town.answer(one, {}, {"Z9": "?"})
    assert town.edit(one, {"checklists": "waste", "people": "张三"})["checklists"] == "waste-shipped-1"
    with pytest.raises(NotYet):
        town.finish(town.zero()["id"], "2024-06-20")
    first = seen(world, "town", one)["answers"][0]["item"]
    town.answer(one, {first: "yes"})
    with pytest.raises(BoundToIt):
        town.edit(one, {"checklists": "air"})
    with pytest.raises(NoFinding):
        town.register(one, first)
    with pytest.raises(NoSuchItem):
        town.register(one, "A1-1")
    world["town"].records.void("inspection", one, "登错了")
    with pytest.raises(IsVoid):
        town.answer(one, {first: "no"})
    assert world["town"].records.list("inspection")[0] == 1


def test_a_zero_report_is_said_once_a_day(world):
    town = world["town"].inspections
    one = town.zero({"people": "张三"})
    assert (one["stage"], one["zero"], one["finished_on"]) == ("zero", "true", "2024-06-15")
    assert town.zero()["id"] == one["id"]
    assert town.zero({"inspected_on": "2024-06-14"})["finished_on"] == "2024-06-14"
    with pytest.raises(NothingFound):
        town.answer(one["id"], {}, rest="yes")
    world["town"].records.void("inspection", one["id"], "后来发现了问题")
    assert town.zero()["id"] != one["id"]
    assert world["town"].records.list("inspection")[0] == 2


def test_a_finding_becomes_a_problem_with_all_that_is_known(world, plant, tmp_path):
    one = begun(world, source=plant)
    item = one["answers"][0]["item"]
    town = world["town"]
    part = town.inspections.answer(one["id"], {item: "no"}, {item: "没有回收拆解资质"})["answers"][0]["id"]
    (tmp_path / "现场.txt").write_text("照片", encoding="utf-8")
    (tmp_path / "整改后.txt").write_text("照片二", encoding="utf-8")
    town.evidence.add("inspection", one["id"], [tmp_path / "现场.txt"], part=part)
    made = town.inspections.register(one["id"], item, {"person": "王五"})
    assert made["description"].startswith("没有回收拆解资质（依据：")
    assert (made["place"], made["longitude"], made["township"]) == ("白水砖厂（村口）", 116, TOWN)
    assert (made["source"], made["found_on"], made["deadline_kind"]) == ("自查自纠", "2024-06-15", "time_limited")
    assert made["deadline"] > "2024-06-15"
    assert (made["inspection_record"]["id"], made["pollution_source_record"]["id"]) == (one["id"], plant)
    assert [(e["name"], e["stage"], e["part"]) for e in made["evidence"]] == [("现场.txt", "before", "")]
    with pytest.raises(Registered) as twice:
        town.inspections.register(one["id"], item)
    assert twice.value.number == made["number"]
    again = one["answers"][1]["item"]
    part = town.inspections.answer(one["id"], {again: "no"})["answers"][1]["id"]
    town.evidence.add("inspection", one["id"], [tmp_path / "整改后.txt"], {"stage": "after"}, part=part)
    fixed = town.inspections.register(one["id"], again, fixed=True)
    assert fixed["description"].startswith("检查“")
    assert (fixed["completed_on"], fixed["deadline_kind"], fixed["stage"]) == ("2024-06-15", "immediate", "completed")
    assert fixed["evidence"][0]["stage"] == "after"
    world.round("town")
    county = world["county"]
    assert [p["id"] for p in seen(world, "county", one["id"])["problems"]] == [made["id"], fixed["id"]]
    assert [p["id"] for p in county.records.show("source", plant)["problems"]] == [made["id"], fixed["id"]]
    assert county.workflow.step(fixed["id"], "close", {})["closing_stage"] == "closed"
    assert county.records.list("problem", where=[("source", "自查自纠")])[0] == 2
    county.records.void("problem", made["id"], "重复")
    world.round("town")
    assert town.inspections.register(one["id"], item)["number"] != made["number"]
    history = [c.new for c in town.records.history("problem", fixed["id"]) if c.field == "inspection"]
    assert history == [one["number"]]
    assert world.sound("county", "town") == []


def test_what_is_found_again_at_a_source_is_told(world, plant):
    for day in ("2024-05-01", "2024-06-01"):
        one = begun(world, source=plant, inspected_on=day)
        items = [line["item"] for line in one["answers"]]
        world["town"].inspections.answer(one["id"], {items[0]: "no", items[1]: "no" if day > "2024-05-31" else "yes"})
    told = world["town"].records.show("source", plant)
    assert told["repeated"] == [{"item": items[0], "text": one["answers"][0]["text"], "times": 2}]
    assert [(v["inspected_on"], v["findings"]) for v in told["inspections"]] == [("2024-05-01", 1), ("2024-06-01", 2)]


def test_a_visit_of_the_county_reaches_the_township_that_answers_and_changes_nothing_else(world, plant):
    world.round("town")
    county, town = world["county"], world["town"]
    one = county.inspections.add({"kind": "visit", "source": plant, "checklists": "industry"})
    assert one["township"] == TOWN
    item = one["answers"][0]["item"]
    county.inspections.answer(one["id"], {item: "no"}, {item: "设施未开"})
    made = county.inspections.register(one["id"], item)
    assert (made["source"], made["township"]) == ("督导来访、暗访", TOWN)
    world.round("town")
    assert town.records.show("problem", made["id"])["inspection_record"]["number"] == one["number"]
    town.inspections.answer(one["id"], {one["answers"][1]["item"]: "yes"})
    with pytest.raises(NotYours):
        town.inspections.edit(one["id"], {"people": "我们"})
    with pytest.raises(NotYours):
        town.records.void("inspection", one["id"], "不对")
    world.round("town")
    assert seen(world, "county", one["id"])["counts"]["yes"] == 1
    assert world.agree("town")


def test_two_who_answer_one_question_make_one_answer_with_a_conflict(world):
    one = begun(world)
    item = one["answers"][0]["item"]
    world.round("town", "town2")
    world["town"].inspections.answer(one["id"], {item: "yes"})
    world["town2"].inspections.answer(one["id"], {item: "no"})
    world.round("town", "town2")
    world.round("town", "town2")
    (conflict,) = world["county"].conflicts.list()
    assert (conflict.kind, conflict.table, conflict.field) == ("inspection", "answer", "answer")
    assert world["county"].conflicts.settle(conflict.id, value="no")["counts"]["no"] == 1


def test_the_list_says_who_looked_where_and_what_came_of_it(world, plant):
    town = world["town"].inspections
    one = begun(world, source=plant, people="张三", inspected_on="2024-06-10")
    asked = [line["item"] for line in one["answers"]]
    town.answer(one["id"], {asked[0]: "no", asked[1]: "no", asked[2]: "yes"})
    town.register(one["id"], asked[0])
    town.zero()
    zero, line = town.lines()
    assert (zero.state, zero.day, zero.themes, zero.place) == ("zero", "2024-06-15", "", "")
    assert line._replace(number="") == (
        one["id"], "", "2024-06-10", "patrol", "open", "报废机动车拆解", "白水砖厂 白水村 村口",
        "白水镇人民政府", "张三", "", 3, 2, 1,
    )  # fmt: skip
    assert town.lines(date(2024, 6, 11)) == (zero,)
