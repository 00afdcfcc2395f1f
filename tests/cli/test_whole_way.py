"""The whole way by commands alone, as a script of the county goes it, with the keys that cli.md promises."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

MAIN = Path(__file__).parents[2] / "main.py"
COUNTY, TOWN = "361021", "361021101"


@pytest.fixture
def enrolled(bare):
    """A county and a township, made and enrolled by commands."""
    bare("county", "setup", "--kind", "county", "--name", "临江县环委办", "--code", COUNTY)
    bare("town", "setup", "--kind", "township", "--name", "白水镇", "--code", TOWN)
    bare("county", "unit", "add", "--kind", "township", "--name", "白水镇人民政府", "--code", TOWN)
    asked = bare("town", "enrol", "request", "--to", bare.folder / "u1")
    answer = bare("county", "enrol", "approve", asked["path"], "--unit", TOWN, "--to", bare.folder / "u1")
    bare("town", "enrol", "accept", answer["path"], "--fingerprint", answer["fingerprint"])
    return bare


def test_setup_says_unit_and_device_and_is_done_once(bare):
    made = bare("town", "setup", "--kind", "township", "--name", "白水镇", "--code", TOWN)
    assert set(made) == {"unit", "device"}
    assert made["unit"] == TOWN
    assert len(made["device"]) == 32
    assert bare.refused("town", "setup", "--kind", "township", "--name", "白水镇", "--code", TOWN)["code"] == "H107"
    assert "--kind" in bare.usage("x", "setup", "--kind", "village", "--name", "东门村", "--code", "1")
    assert bare.refused("x", "setup", "--kind", "township", "--name", "东镇", "--code", "空 格")["code"] == "S220"
    assert not (bare.folder / "x" / "ledger.db").exists()


def test_units(bare):
    bare("county", "setup", "--kind", "county", "--name", "临江县环委办", "--code", COUNTY)
    added = bare("county", "unit", "add", "--kind", "department", "--name", "住建局", "--code", "361021901")
    assert added == bare("county", "unit", "list")
    assert [(u["code"], u["kind"], u["name"]) for u in added["units"]] == [
        (COUNTY, "county", "临江县环委办"), ("361021901", "department", "住建局"),
    ]  # fmt: skip
    bare("town", "setup", "--kind", "township", "--name", "白水镇", "--code", TOWN)
    assert bare.refused("town", "unit", "add", "--kind", "township", "--name", "东镇", "--code", "1")["code"] == "R115"
    bare.usage("county", "unit", "add", "--kind", "county", "--name", "东镇", "--code", "1")


def test_enrolment(bare):
    bare("county", "setup", "--kind", "county", "--name", "临江县环委办", "--code", COUNTY)
    bare("town", "setup", "--kind", "township", "--name", "白水镇", "--code", TOWN)
    stick = bare.folder / "u"
    assert bare.refused("town", "exchange", "export", "--to", stick)["code"] == "S214"
    asked = bare("town", "enrol", "request", "--to", stick)
    assert set(asked) == {"path"}
    assert Path(asked["path"]).is_file()
    unknown = bare.refused("county", "enrol", "approve", asked["path"], "--unit", TOWN, "--to", stick)
    assert (unknown["code"], TOWN in unknown["message"]) == ("S211", True)
    bare("county", "unit", "add", "--kind", "township", "--name", "白水镇", "--code", TOWN)
    bare("county", "unit", "add", "--kind", "township", "--name", "青石镇", "--code", "361021102")
    other = bare.refused("county", "enrol", "approve", asked["path"], "--unit", "361021102", "--to", stick)
    assert other["code"] == "S210"
    answer = bare("county", "enrol", "approve", asked["path"], "--unit", TOWN, "--to", stick)
    assert set(answer) == {"path", "fingerprint"}
    wrong = bare.refused("town", "enrol", "accept", answer["path"], "--fingerprint", "1" * 24)
    assert wrong["code"] == "S213"
    done = bare("town", "enrol", "accept", answer["path"], "--fingerprint", answer["fingerprint"])
    assert set(done) == {"county", "fingerprint", "operations"}
    assert (done["county"], done["fingerprint"]) == ("临江县环委办", answer["fingerprint"])
    assert done["operations"] > 0
    assert bare.refused("town", "enrol", "accept", answer["path"])["code"] == "S212"
    assert bare.refused("town", "enrol", "request", "--to", stick)["code"] == "S212"
    assert bare("county", "unit", "list")["units"][1]["devices"] == 1


def test_records(enrolled):
    made = enrolled(
        "town", "records", "add", "problems", "--set", "description=报废汽车拆解污染", "deadline=2024年底前",
        "--set", "internal_note=内部", "categories=大气;水",
    )  # fmt: skip
    assert (made["deadline"], made["deadline_kind"], made["deadline_text"]) == (
        "2024-12-31",
        "time_limited",
        "2024年底前",
    )
    assert (made["township"], made["township_name"], made["created_by"]) == (TOWN, "白水镇人民政府", TOWN)
    assert (made["exchange"], made["closing_stage"], made["categories"]) == ("unreported", "none", "大气；水")
    for key in ("id", "number", "light", "measures", "dispatches", "remarks", "evidence", "conflicts", "completed_on",
                "closed_on", "pace", "progress", "remark"):  # fmt: skip
        assert key in made
    number = made["number"]
    assert number.startswith(f"{TOWN}-")
    assert enrolled("town", "records", "show", "problems", number) == made
    assert enrolled("town", "records", "show", "problems", made["id"]) == made
    edited = enrolled(
        "town",
        "records",
        "edit",
        "problems",
        number,
        "--set",
        "progress=清运",
        "completed_on=2024-06-01",
        "remark=请看",
        "--why",
        "现场看过",
    )
    assert (edited["progress"], edited["completed_on"], edited["remark"]) == ("清运", "2024-06-01", "请看")
    listed = enrolled(
        "town", "records", "list", "problems", "--search", "bfqc", "--where", "progress=清运", "--limit", "5"
    )
    assert listed["total"] == 1
    assert listed["records"][0]["id"] == made["id"]
    assert enrolled("town", "records", "list", "problems", "--where", "progress=没有") == {"total": 0, "records": []}
    changes = enrolled("town", "records", "history", "problems", number)["changes"]
    assert {"at", "by", "unit", "device", "field", "old", "new", "why"} <= set(changes[0])
    last = next(c for c in changes if c["field"] == "completed_on")
    assert (last["old"], last["new"], last["why"], last["unit"]) == (None, "2024-06-01", "现场看过", TOWN)


def test_an_edit_that_changes_nothing_writes_nothing(enrolled):
    made = enrolled("town", "records", "add", "problems", "--set", "description=坏", "person=张三")
    before = enrolled("town", "digest")
    assert enrolled("town", "records", "edit", "problems", made["id"], "--set", "person=张三", "description=坏") == made
    assert enrolled("town", "digest") == before


def test_refusals_of_records(enrolled):
    made = enrolled("county", "records", "add", "problems", "--set", "description=坏", "township=白水镇")["id"]
    refused = enrolled.refused
    assert refused("county", "records", "show", "problems", "0" * 32)["code"] == "R101"
    assert refused("county", "records", "add", "problems", "--set", "person=张三")["code"] == "R109"
    assert refused("county", "records", "edit", "problems", made, "--set", "odour=臭")["code"] == "R102"
    assert refused("county", "records", "edit", "problems", made, "--set", "number=1")["code"] == "R103"
    bad = refused("county", "records", "edit", "problems", made, "--set", "found_on=2024-02-30")
    assert (bad["code"], "发现时间" in bad["message"]) == ("R104", True)
    assert refused("county", "records", "void", "problems", made, "--why", " ")["code"] == "R112"
    enrolled("county", "records", "void", "problems", made, "--why", "重复登记")
    assert refused("county", "records", "edit", "problems", made, "--set", "person=张三")["code"] == "R111"
    assert refused("county", "measure", "add", made, "--set", "text=拆")["code"] == "R111"
    assert enrolled("county", "records", "list", "problems")["total"] == 0
    assert enrolled("county", "records", "list", "problems", "--void")["total"] == 1
    assert enrolled("county", "records", "unvoid", "problems", made)["void"] is None
    assert enrolled("county", "records", "show", "problems", made)["person"] is None
    enrolled.usage("county", "records", "add", "problems", "--set", "没有等号")
    enrolled.usage("county", "records", "list", "drones")
    enrolled.usage("county", "records", "void", "problems", made)
    enrolled.usage("county", "records")
    enrolled.usage("county", "frobnicate")
    enrolled.usage("county", "records", "list", "problems", "--lim", "3")  # options are not guessed


def test_parts(enrolled):
    made = enrolled("town", "records", "add", "problems", "--set", "description=坏")["id"]
    with_measure = enrolled("town", "measure", "add", made, "--set", "text=拆除", "person=张三", "due=2024-07-31")
    (measure,) = with_measure["measures"]
    assert (measure["text"], measure["due"], measure["done_on"]) == ("拆除", "2024-07-31", None)
    done = enrolled("town", "measure", "edit", made, measure["id"], "--set", "done_on=2024-07-01")
    assert done["measures"][0]["done_on"] == "2024-07-01"
    told = enrolled(
        "town", "dispatch", "add", made, "--set", "month=2024-05", "pace=on_schedule", "progress=进场", "next_step=验收"
    )
    (dispatch,) = told["dispatches"]
    assert (dispatch["month"], dispatch["pace"], dispatch["next_step"]) == ("2024-05", "on_schedule", "验收")
    assert (told["pace"], told["progress"]) == ("on_schedule", "进场")
    older = enrolled("town", "dispatch", "add", made, "--set", "month=2024-04", "pace=behind", "progress=未动")
    assert [d["month"] for d in older["dispatches"]] == ["2024-04", "2024-05"]
    assert (older["pace"], older["progress"]) == ("on_schedule", "进场")  # the newest month says how it stands
    again = enrolled("town", "dispatch", "add", made, "--set", "month=2024-05", "progress=已清运")
    assert (len(again["dispatches"]), again["progress"], again["dispatches"][1]["pace"]) == (2, "已清运", "on_schedule")
    assert enrolled.refused("town", "dispatch", "add", made, "--set", "progress=x")["code"] == "R109"
    assert enrolled.refused("town", "measure", "edit", made, "0" * 32, "--set", "text=x")["code"] == "R101"


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
    assert (answer.status, set(answer.object)) == (3, {"packages", "error"})
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


def test_tally(county):
    for words in (
        ("description=一", "source=省督", "deadline=2024年底前", "completed_on=2024-05-20", "closed_on=2024-06-01"),
        ("description=二", "source=省督", "deadline=长期坚持"),
        ("description=三", "source=自查", "found_on=2024-06-10"),
    ):
        county("county", "records", "add", "problems", "--set", *words, "township=白水镇")
    county("county", "records", "add", "petitions", "--set", "content=臭", "township=青石镇", "finish_state=staged")
    found = county("county", "tally", "--as-of", "2024-06-05")
    assert {"as_of", "known_by", "problems", "petitions", "paragraph"} <= set(found)
    assert (found["as_of"], found["known_by"]) == ("2024-06-05", None)
    assert {"total", "time_limited", "long_term", "completed", "closed", "closing", "remaining", "long_term_completed",
            "long_term_closed"} <= set(found["problems"])  # fmt: skip
    assert set(found["petitions"]) == {"total", "completed", "staged", "closed"}
    counts = found["problems"]
    assert (counts["total"], counts["time_limited"], counts["long_term"], counts["closed"]) == (2, 1, 1, 1)
    assert found["paragraph"].startswith("截至2024年6月5日")
    assert county("county", "tally", "--as-of", "2024-05-25")["problems"]["closed"] == 0
    assert county("county", "tally", "--as-of", "2024-06-30")["problems"]["total"] == 3
    later = county("county", "tally", "--as-of", "2999-01-01")
    assert later["petitions"]["staged"] == 1
    assert county("county", "tally", "--as-of", "2024-06-30", "--source", "自查")["problems"]["total"] == 1
    for unit in (TOWN, "白水镇"):
        assert county("county", "tally", "--as-of", "2024-06-30", "--unit", unit)["problems"]["total"] == 3
    assert county("county", "tally", "--known-by", "2000-01-01")["problems"]["total"] == 0
    county.usage("county", "tally", "--as-of", "2024年")


def test_backup_and_restore(county, tmp_path):
    county("town", "records", "add", "problems", "--set", "description=一")
    saved = county("town", "backup", "--to", tmp_path)
    assert (set(saved), saved["verified"]) == ({"path", "verified"}, True)
    assert Path(saved["path"]).is_file()
    county("town", "records", "add", "problems", "--set", "description=二")
    back = county("town", "restore", saved["path"])
    assert back["verified"]
    assert county("town", "records", "list", "problems")["total"] == 1
    assert county.refused("town2", "restore", saved["path"])["code"] == "H112"
    assert county.refused("town", "restore", tmp_path / "没有.db")["code"].startswith("H")
    (tmp_path / "x.db").write_bytes(b"nonsense")
    assert county.refused("town", "restore", tmp_path / "x.db")["code"].startswith("H")


def test_by_real_processes_in_a_bare_locale(bare):
    """The same front door that people use; every letter is UTF-8 whatever the machine believes."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHON"))} | {"LC_ALL": "C"}

    def run(home, *words):
        done = subprocess.run(
            [sys.executable, str(MAIN), *words], capture_output=True, check=False, timeout=120, cwd=bare.folder,
            env=env | {"HUANGAI_HOME": str(bare.folder / home)},
        )  # fmt: skip
        return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")

    assert run("c", "--json", "setup", "--kind", "county", "--name", "临江县环委办", "--code", COUNTY)[0] == 0
    assert run("t", "setup", "--kind", "township", "--name", "白水镇", "--code", TOWN)[1] == "已建立白水镇的台账。\n"
    run("c", "unit", "add", "--kind", "township", "--name", "白水镇", "--code", TOWN)
    asked = json.loads(run("t", "enrol", "request", "--to", "u", "--json")[1])["path"]
    answer = json.loads(run("c", "--json", "enrol", "approve", asked, "--unit", TOWN, "--to", "u")[1])
    assert run("t", "enrol", "accept", answer["path"])[0] == 0
    assert run("t", "records", "add", "problems", "--set", "description=报废汽车")[0] == 0
    assert run("t", "exchange", "export", "--to", "u")[0] == 0
    status, out, _ = run("c", "exchange", "import", "u")
    assert (status, "新增 1 条" in out) == (0, True)
    status, out, err = run("c", "records", "list", "problems", "--search", "bfqc")
    assert (status, "报废汽车" in out, err) == (0, True, "")
    assert run("t", "--json", "digest")[1] == run("c", "--json", "digest", "--unit", TOWN)[1]
    status, out, err = run("c", "records", "show", "problems", "没有")
    assert (status, "没有找到" in out + err) == (3, True)


def test_workbooks_in_and_out(bare, tmp_path):
    for home, name in (("county", "临江县环委办"), ("new", "望江县环委办")):
        bare(home, "setup", "--kind", "county", "--name", name, "--code", COUNTY)
    bare(
        "county",
        "records",
        "add",
        "problems",
        "--set",
        "description=报废汽车拆解场废机油渗漏",
        "source=自查",
        "deadline=2024年底前",
    )
    bare(
        "county", "records", "add", "problems", "--set", "description=采石场扬尘扰民", "source=自查", "township=青石镇"
    )
    book = tmp_path / "台账.xlsx"
    done = bare("county", "records", "export", "problems", "--out", book)
    assert (done["path"], done["rows"]) == (str(book), 2)
    preview = bare("new", "records", "import", "problems", book, "--preview")
    keys = {"rows", "new", "changed", "same", "refused_rows", "rejected", "flagged", "sheet", "as_of", "columns"}
    assert keys <= set(preview)

    def counted(answer):
        return [answer[name] for name in ("rows", "new", "changed", "same", "refused_rows")]

    assert counted(preview) == [2, 2, 0, 0, 0]
    assert bare("new", "records", "list", "problems")["total"] == 0
    assert "description" in preview["columns"].values()
    assert counted(bare("new", "records", "import", "problems", book)) == [2, 2, 0, 0, 0]
    assert bare("new", "records", "list", "problems")["total"] == 2
    before = bare("new", "digest")
    assert counted(bare("new", "records", "import", "problems", book)) == [2, 0, 0, 2, 0]
    assert counted(bare("county", "records", "import", "problems", book)) == [2, 0, 0, 2, 0]
    assert bare("new", "digest") == before


def test_workbooks_that_are_not_taken_in(bare, tmp_path):
    bare("county", "setup", "--kind", "county", "--name", "临江县环委办", "--code", COUNTY)
    (tmp_path / "x.xlsx").write_bytes(b"PK\x03\x04 nonsense")
    (tmp_path / "e.csv").write_bytes(b"")
    (tmp_path / "p.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    for name in ("x.xlsx", "e.csv", "p.jpg", "没有.xlsx"):
        error = bare.refused("county", "records", "import", "problems", tmp_path / name)
        assert error["code"].startswith(("X1", "S3"))
    (tmp_path / "m.json").write_text("[1]", encoding="utf-8")
    refused = bare.refused("county", "records", "import", "problems", tmp_path / "x.xlsx", "--map", tmp_path / "m.json")
    assert refused["code"] == "X190"
    assert bare("county", "records", "list", "problems")["total"] == 0
    bare.usage("county", "records", "import", "drones", tmp_path / "x.xlsx")


def test_the_program_checks_itself(bare):
    assert bare("x", "self-check")["ok"] is True
    assert not (bare.folder / "x").exists()
