"""The county's versions of the checklists travel to all; what was begun stays bound; a township adds for itself."""

from __future__ import annotations

import pytest

from models.services.base.checklist_refusals import NoChecklist, NotAChecklist, NotAnItem
from models.services.base.refusals import CountyOnly
from tests.offices import TOWN

NEW = {"group": "扬尘", "text": "工地是否装了喷淋？", "how": "看", "basis": "条例", "evidence": "照片"}


def test_the_county_alters_adds_and_retires_and_what_was_begun_stays_bound(world):
    county, town = world["county"].checklists, world["town"]
    assert len(county.list()) == 13
    begun = town.inspections.add({"checklists": "air"})
    first = county.show("air")["items"][0]
    made = county.set("air", "A1-1", {"basis": "《本县扬尘管理办法》第三条"})
    assert (made["code"], made["items"][0]["basis_default"], first["basis_default"]) == ("air-county-1", False, True)
    assert county.set("air", "A1-1", {"basis": "《本县扬尘管理办法》第三条"})["code"] == "air-county-1", (
        "nothing changed"
    )
    assert county.set("大气：四尘三烟三气", "A99", NEW)["code"] == "air-county-2"
    last = county.retire("air", "A1-2")
    assert (last["code"], last["count"]) == ("air-county-3", county.show("air-shipped-1")["count"])
    assert last["versions"] == ["air-shipped-1", "air-county-1", "air-county-2", "air-county-3"]
    world.round("town", "town2", "other", "office")
    for name in ("town", "town2", "other", "office"):
        assert world[name].checklists.show("air")["items"] == last["items"]
    told = town.inspections.answer(begun["id"], {"A1-2": "no", "A1-1": "yes"})
    assert told["checklists"] == "air-shipped-1"
    assert "A99" not in [line["item"] for line in told["answers"]]
    after = town.inspections.add({"checklists": "air"})
    assert after["checklists"] == "air-county-3"
    assert {"A99"} == {line["item"] for line in after["answers"]} - {line["item"] for line in told["answers"]}
    world.round("town")
    assert world["county"].records.show("inspection", begun["id"])["counts"]["no"] == 1
    assert world.agree("town", "other")
    assert world.sound("county", "town", "other") == []


def test_what_the_county_cannot_issue(world):
    county = world["county"].checklists
    with pytest.raises(CountyOnly):
        world["town"].checklists.retire("air", "A1-1")
    with pytest.raises(NoChecklist):
        county.retire("wind", "A1-1")
    with pytest.raises(NoChecklist):
        county.show("air-county-1")
    with pytest.raises(NotAChecklist) as wrong:
        county.set("air", "A1-1", {"text": "有无扬尘？"})
    assert "第 1 项" in wrong.value.message
    with pytest.raises(NotAChecklist):
        county.set("air", "A99", {"text": "是否已覆盖？"})
    for content in ("x", [], None):
        with pytest.raises(NotAChecklist):
            county.issue("air", content)
    assert county.retire("air", "没有")["maker"] == "shipped", "nothing to retire"
    county.retire("air", "A1-1")
    with pytest.raises(NotAChecklist) as again:
        county.set("air", "A1-1", NEW)
    assert "以前用过" in again.value.message
    whole = county.show("air")["items"]
    assert county.issue("air", list(reversed(whole)))["items"] == list(reversed(whole))


def test_a_township_adds_questions_of_its_own(world):
    town = world["town"]
    with pytest.raises(NotAnItem):
        town.checklists.add_item("waste", {"text": "垃圾桶有无破损？"})
    own = town.checklists.add_item("waste", {"text": "垃圾桶是否每天清运？", "basis": "村规民约"})
    assert own["severity"] == "general"
    one = town.inspections.add({"checklists": "waste"})
    assert (one["answers"][-1]["item"], one["answers"][-1]["group"]) == (own["id"], "本地检查项")
    town.inspections.answer(one["id"], {own["id"]: "no"})
    problem = town.inspections.register(one["id"], own["id"])
    assert problem["description"] == "检查“垃圾桶是否每天清运？”，结果为“否”（依据：村规民约）"
    world.round("town", "other")
    assert world["county"].records.show("inspection", one["id"])["answers"][-1]["text"] == "垃圾桶是否每天清运？"
    assert [item["unit"] for item in world["county"].checklists.show("waste")["local"]] == [TOWN]
    assert world["other"].checklists.show("waste")["local"] == []
    town.checklists.retire_item(own["id"], "不再需要")
    assert town.checklists.show("waste")["local"] == []
    kept = town.records.show("inspection", one["id"])["answers"][-1]
    assert (kept["text"], kept["answer"]) == ("垃圾桶是否每天清运？", "no"), "what was answered keeps its question"
    assert own["id"] not in [line["item"] for line in town.inspections.add({"checklists": "waste"})["answers"]]
