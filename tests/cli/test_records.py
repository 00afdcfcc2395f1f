"""Records, their parts, workbooks and figures by commands, with the keys that cli.md promises."""

from __future__ import annotations

from cli.output import say
from tests.offices import COUNTY, TOWN


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


def test_a_number_is_found_however_it_was_typed_and_a_name_that_is_none_is_refused(county):
    said = "receipt_number=d3jx202405160022", "content=焚烧"
    one = county("county", "records", "add", "petitions", "--set", *said)["id"]
    for typed in ("D3JX202405160022", "Ｄ3JX 202405160022"):
        assert county("county", "records", "show", "petitions", typed)["id"] == one
    assert county.refused("county", "records", "show", "petitions", "D3JX202405160023")["code"] == "R101"
    county("county", "records", "add", "problems", "--set", "description=甲", "deadline_kind=立行立改")
    listed = "county", "records", "list", "problems", "--where"
    assert (
        county(*listed, "deadline_kind=立行立改")["total"] == county(*listed, "deadline_kind=immediate")["total"] == 1
    )
    county("county", "records", "add", "problems", "--set", "description=乙", "completed_on=2024-06-01")
    county("county", "records", "add", "problems", "--set", "description=丙", "closed_on=2024-06-02")
    for asked, total in {
        "stage=已完成": 1, "stage=completed": 1, "light=已完成": 1, "completed_on=已完成": 1,
        "completed_on=2024-06-01": 1, "completed=是": 1, "closing_stage=未销号": 2, "exchange=待下发": 3, "pace=": 3,
    }.items():  # fmt: skip
        assert county(*listed, asked)["total"] == total, asked
    for asked in ("stage=做完了", "light=蓝", "pace=快"):
        assert county.refused(*listed, asked)["code"] == "R460"
    assert "deadline_kind" in county.refused(*listed, "nosuch=1")["way_out"]
    assert county.refused("county", "tally", "--unit", "999")["code"] == "R448"
    assert county.refused("county", "digest", "--unit", "999")["code"] == "R448"
    assert county("county", "tally", "--unit", "361021")["problems"]["total"] >= 0


def test_adding_a_unit_again_says_that_it_is_renamed_and_who_is_called_the_same(county):
    add = "county", "unit", "add", "--kind", "township", "--code"
    county(*add, "361021801", "--name", "老镇")
    assert county(*add, "361021801", "--name", "新镇")["was"] == "老镇"
    again = county.raw(*add, "361021802", "--name", "新镇", json=False).out.decode()
    assert "请核对：361021801 也叫新镇。" in again


def test_a_closed_output_is_no_bug(monkeypatch):
    monkeypatch.setattr("sys.stdout", None)
    say({"ok": True}, "好", as_json=True)
