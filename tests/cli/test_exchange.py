"""Packages and conflicts by commands, with the keys that cli.md promises."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.offices import COUNTY, TOWN


def test_the_exchange(enrolled):
    made = enrolled("county", "records", "add", "problems", "--set", "description=坏", "township=白水镇")["id"]
    stick = enrolled.folder / "u2"
    assert "--unit" in enrolled.raw("county", "exchange", "export", "--to", stick).err
    assert enrolled.raw("county", "exchange", "export", "--to", stick).status == 2
    assert not stick.exists()
    enrolled("county", "unit", "add", "--kind", "township", "--name", "青石镇", "--code", "361021102")
    out = enrolled("county", "exchange", "export", "--to", stick, "--all")
    assert set(out) >= {"packages", "skipped", "warnings"}
    (package,) = out["packages"]
    assert set(package) == {"path", "to", "number", "operations", "files", "bytes", "sha256"}
    assert (package["to"], package["files"], package["bytes"]) == (TOWN, 0, Path(package["path"]).stat().st_size)
    assert [s["unit"] for s in out["skipped"]] == ["361021102"]
    card = enrolled("town", "exchange", "inspect", package["path"])
    assert {"from", "to", "number", "kind", "genuine", "for_us", "operations"} <= set(card)
    assert (card["from"], card["to"], card["genuine"], card["for_us"], card["kind"]) == (
        COUNTY,
        TOWN,
        True,
        True,
        "data",
    )
    assert card["operations"] == package["operations"] > 0
    preview = enrolled("town", "exchange", "import", stick, "--preview")["packages"]
    assert [(r["result"], r["created"]) for r in preview] == [("imported", 1)]
    assert enrolled("town", "records", "list", "problems")["total"] == 0
    (report,) = enrolled("town", "exchange", "import", stick)["packages"]
    assert {"path", "result", "older", "code", "created", "updated", "unchanged", "conflicts", "held", "files",
            "missing_files", "message"} <= set(report)  # fmt: skip
    assert (report["result"], report["created"], report["older"], report["code"]) == ("imported", 1, False, "")
    (again,) = enrolled("town", "exchange", "import", package["path"])["packages"]
    assert (again["result"], again["created"]) == ("already", 0)
    enrolled("town", "dispatch", "add", made, "--set", "month=2024-05", "progress=清运")
    back = enrolled("town", "exchange", "export", "--to", stick)["packages"][0]
    assert back["to"] == COUNTY
    results = {r["result"] for r in enrolled("county", "exchange", "import", stick)["packages"]}
    assert results == {"imported", "skipped"}
    assert enrolled("county", "records", "show", "problems", made)["progress"] == "清运"
    mine, theirs = enrolled("town", "digest"), enrolled("county", "digest", "--unit", TOWN)
    assert mine == theirs
    assert set(mine) == {"scope", "operations", "digest"}
    empty = enrolled("town", "exchange", "export", "--to", stick)["packages"][0]
    assert empty["operations"] > 0  # the receipt has not come yet
    enrolled("town", "exchange", "import", enrolled(
        "county", "exchange", "export", "--to", stick, "--unit", TOWN)["packages"][0]["path"])  # fmt: skip
    empty = enrolled("town", "exchange", "export", "--to", stick)["packages"][0]
    assert empty["operations"] == 0
    assert Path(empty["path"]).is_file()
    (peer,) = enrolled("town", "exchange", "status")["peers"]
    assert (peer["unit"], peer["waiting"], peer["unacknowledged"], peer["forks"]) == (COUNTY, 0, 0, 0)
    assert {"last_in", "last_out", "missing_files"} <= set(peer)
    tally = enrolled("county", "tally", "--as-of", "2024-06-30")
    assert tally["problems"]["total"] == 1
    assert enrolled("county", "check", "--deep")["ok"]
    assert enrolled("town", "check", "--deep")["ok"]


def test_packages_that_are_not_taken_in(enrolled):
    stick = enrolled.folder / "u3"
    package = Path(enrolled("town", "exchange", "export", "--to", stick)["packages"][0]["path"])
    own = enrolled.refused("town", "exchange", "import", package)
    assert own["code"] == "S121"
    answer = enrolled.raw("town", "exchange", "import", package).object
    assert [(r["result"], r["code"]) for r in answer["packages"]] == [("refused", "S121")]
    assert enrolled("town", "exchange", "import", stick)["packages"][0]["result"] == "skipped"
    damaged = stick / "坏.hgb"
    damaged.write_bytes(package.read_bytes()[:-9])
    assert enrolled.refused("county", "exchange", "import", damaged)["code"] == "S106"
    assert enrolled.refused("county", "exchange", "inspect", damaged)["code"] == "S106"
    mixed = enrolled("county", "exchange", "import", damaged, package)["packages"]
    assert [r["result"] for r in mixed] == ["refused", "imported"]
    text = stick / "说明.hgb"
    text.write_text("不是数据包", encoding="utf-8")
    assert enrolled.refused("county", "exchange", "import", text)["code"] == "S101"
    assert enrolled.refused("county", "exchange", "import", stick / "没有.hgb")["code"] == "S304"
    empty = enrolled.folder / "空"
    empty.mkdir()
    answer = enrolled.raw("county", "exchange", "import", empty)
    assert (answer.status, set(answer.object)) == (3, {"packages", "total", "error"})
    assert answer.object["error"]["code"] == "S124"
    request = stick / "r"
    enrolled("new", "setup", "--kind", "township", "--name", "新塘乡", "--code", "1")
    asked = enrolled("new", "enrol", "request", "--to", request)["path"]
    assert enrolled.refused("county", "exchange", "import", asked)["code"] == "S110"
    card = enrolled("county", "exchange", "inspect", asked)
    assert (card["kind"], card["from"], card["genuine"]) == ("enrol", "1", True)


def test_conflicts(county):
    made = county("county", "records", "add", "problems", "--set", "description=坏", "township=白水镇")["id"]

    def carry(sender, receiver, *unit):
        stick = county.folder / f"{sender}-{receiver}"
        path = county(sender, "exchange", "export", "--to", stick, *unit)["packages"][0]["path"]
        return county(receiver, "exchange", "import", path)["packages"][0]

    for name in ("town", "town2"):
        carry("county", name, "--unit", TOWN)
    for name, value in (("town", "甲说"), ("town2", "乙说")):
        county(name, "records", "edit", "problems", made, "--set", f"progress={value}")
        carry(name, "county")
    (conflict,) = county("county", "conflict", "list")["conflicts"]
    assert {"id", "record", "field", "heads"} <= set(conflict)
    assert (conflict["record"], conflict["field"]) == (made, "progress")
    for head in conflict["heads"]:
        assert {"value", "by", "unit", "device", "at"} <= set(head)
        assert head["unit"] == TOWN
    assert sorted(h["value"] for h in conflict["heads"]) == ["乙说", "甲说"]
    shown = county("county", "records", "show", "problems", made)
    assert shown["conflicts"] == [{"record": made, "field": "progress"}]
    refused = county.refused
    assert refused("county", "conflict", "settle", conflict["id"], "--take", "ours")["code"] == "R114"
    assert refused("county", "conflict", "settle", conflict["id"], "--head", "2")["code"] == "R114"
    assert refused("county", "conflict", "settle", conflict["id"], "--head", "-1")["code"] == "R114"
    assert refused("county", "conflict", "settle", "0" * 32 + "-progress", "--head", "0")["code"] == "R113"
    assert refused("county", "conflict", "settle", "不是标识", "--head", "0")["code"] == "R113"
    assert refused("office", "conflict", "settle", conflict["id"], "--head", "0")["code"] == "R113"
    county.usage("county", "conflict", "settle", conflict["id"])
    county.usage("county", "conflict", "settle", conflict["id"], "--head", "0", "--value", "x")
    chosen = conflict["heads"][1]["value"]
    settled = county("county", "conflict", "settle", conflict["id"], "--head", "1")
    assert (settled["progress"], settled["conflicts"]) == (chosen, [])
    assert county("county", "conflict", "list") == {"conflicts": []}
    for name in ("town", "town2"):
        carry("county", name, "--unit", TOWN)
        assert county(name, "records", "show", "problems", made)["progress"] == chosen


@pytest.mark.parametrize(("how", "expected"), [("ours", "县里说"), ("theirs", "镇里说")])
def test_a_conflict_between_two_units_is_settled_by_taking_a_side(county, how, expected):
    made = county("county", "records", "add", "problems", "--set", "description=坏", "township=白水镇")["id"]
    stick = county.folder / "u"
    out = county("county", "exchange", "export", "--to", stick, "--unit", TOWN)["packages"][0]["path"]
    county("town", "exchange", "import", out)
    county("county", "records", "edit", "problems", made, "--set", "progress=县里说")
    county("town", "records", "edit", "problems", made, "--set", "progress=镇里说")
    back = county("town", "exchange", "export", "--to", stick)["packages"][0]["path"]
    (report,) = county("county", "exchange", "import", back)["packages"]
    assert report["conflicts"] == 1
    (conflict,) = county("county", "conflict", "list")["conflicts"]
    assert county("county", "conflict", "settle", conflict["id"], "--take", how)["progress"] == expected
    value = county.refused("county", "conflict", "settle", conflict["id"], "--value", "合并")
    assert value["code"] == "R113"
