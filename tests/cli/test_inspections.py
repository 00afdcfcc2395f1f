"""Inspections and checklists by command, and what a person reads."""

from __future__ import annotations

import json


def test_an_inspection_by_command(county):
    one = county("town", "inspection", "add", "--set", "checklists=scrap_cars", "place=废品站", "village=白水村")
    first, second = (line["item"] for line in one["answers"][:2])
    told = county(
        "town",
        "inspection",
        "answer",
        one["number"],
        "--set",
        f"{first}=no",
        "--note",
        f"{first}=无证",
        "--rest",
        "yes",
    )
    assert told["counts"]["left"] == 0
    county("town", "inspection", "edit", one["id"], "--set", "people=张三")
    assert county("town", "inspection", "finish", one["id"], "--day", "2020-01-01")["stage"] == "finished"
    made = county("town", "inspection", "problem", one["id"], first, "--fixed", "--set", "person=李四")
    assert (made["stage"], made["person"]) == ("completed", "李四")
    said = county.raw("town", "inspection", "show", one["id"], json=False).out.decode()
    assert "类别：日常排查" in said
    assert f"{first}  否" in said
    assert "无证" in said
    said = county.raw("town", "records", "show", "problems", made["id"], json=False).out.decode()
    assert f"哪次检查发现：{one['number']}" in said
    assert county("town", "inspection", "zero")["stage"] == "zero"
    assert county("town", "records", "list", "inspections", "--where", "stage=zero")["total"] == 1
    assert "废品站" in county.raw("town", "records", "list", "inspections", json=False).out.decode()
    assert county("town", "records", "void", "inspections", one["id"], "--why", "登错")["void"]
    assert county.refused("town", "inspection", "answer", one["id"], "--set", f"{second}=yes")["code"] == "R111"
    county.usage("town", "records", "add", "inspections", "--set", "place=x")
    scored = county("town", "inspection", "add", "--set", "checklists=hazardous_waste")["id"]
    county("town", "inspection", "answer", scored, "--rest", "yes")
    assert "得分：100/100" in county.raw("town", "inspection", "show", scored, json=False).out.decode()


def test_checklists_by_command(county, tmp_path):
    assert len(county("town", "checklist", "list")["checklists"]) == 13
    assert "air  大气" in county.raw("town", "checklist", "list", json=False).out.decode()
    one = county("county", "checklist", "set", "air", "A1-1", "--set", "basis=办法")
    assert one["code"] == "air-county-1"
    assert county("county", "checklist", "retire", "air", "A1-1")["code"] == "air-county-2"
    path = tmp_path / "表.json"
    path.write_text(json.dumps(one["items"][1:3]), encoding="utf-8")
    assert county("county", "checklist", "issue", "air", "--file", path)["count"] == 2
    path.write_text("x", encoding="utf-8")
    assert county.refused("county", "checklist", "issue", "air", "--file", path)["code"] == "S323"
    assert county("town", "checklist", "show", "air")["maker"] == "shipped"
    own = county("town", "checklist", "add", "waste", "--set", "text=是否日清？")
    assert "是否日清？" in county.raw("town", "checklist", "show", "waste", json=False).out.decode()
    assert county("town", "checklist", "void", own["id"], "--why", "不用")["void"]
    assert county.refused("town", "checklist", "show", "风")["code"] == "N100"
