"""Reports at the hatch: PDF and workbook by the ending of the name; what there is none of is refused in words."""

from __future__ import annotations

from zipfile import ZipFile

import pytest


def test_receipt_report_and_register_are_written_as_pdf_and_workbook(county, qapp):
    county("town", "records", "add", "problems", "--set", "description=河道堆放")
    sent = county("town", "exchange", "export", "--to", county.folder / "stick")["packages"][0]
    county("county", "exchange", "import", sent["path"])
    county("county", "seal", "add")
    for words in (
        ("receipt", "--package", sent["number"]),
        ("import-report",),
        ("register",),
        ("monthly", "--seal", 1),
        ("matrix", "--as-of", "2024-06-14"),
    ):
        for ending in ("pdf", "xlsx", "docx"):
            out = county.folder / f"{words[0]}.{ending}"
            assert county("county", "report", *words, "--out", out) == {"path": str(out)}
            assert out.read_bytes().startswith(b"%PDF" if ending == "pdf" else b"PK")


def test_the_ledger_is_the_official_workbook_or_a_list_on_paper(county, qapp):
    county("town", "records", "add", "problems", "--set", "description=河道堆放", "--set", "deadline=2024-06-10")
    out = county.folder / "ledger.xlsx"
    assert county("town", "report", "ledger", "--out", out) == {"path": str(out), "rows": 1}
    for ending in ("pdf", "docx"):
        county("town", "report", "ledger", "--out", county.folder / f"ledger.{ending}")
    with ZipFile(county.folder / "ledger.docx") as archive:
        said = archive.read("word/document.xml").decode()
    assert "河道堆放" in said
    assert ">红<" in said


def test_the_ledger_of_a_past_day_is_what_counted_then_and_says_what_was_known(county, qapp):
    told = ("found_on=2024-06-03", "deadline=2024-06-10", "completed_on=2024-06-12")
    county("town", "records", "add", "problems", "--set", "description=河道堆放", *told)
    county("town", "records", "add", "problems", "--set", "description=后来发现", "found_on=2024-06-13")
    county("town", "seal", "add")

    def of(*days):
        out = county.folder / "then.docx"
        assert county("town", "report", "ledger", "--out", out, *days) == {"path": str(out)}
        with ZipFile(out) as archive:
            text = archive.read("word/document.xml").decode()
        return [word for word in ("河道堆放", "后来发现", "2024-06-12", ">红<", ">已完成<", "已知截至") if word in text]

    assert of("--as-of", "2024-06-02") == ["已知截至"]
    assert of("--as-of", "2024-06-11") == ["河道堆放", ">红<", "已知截至"]
    assert of("--as-of", "2024-06-12", "--known-by", "2099-12-31") == [
        "河道堆放", "2024-06-12", ">已完成<", "已知截至",
    ]  # fmt: skip
    assert of("--known-by", "2024-06-14") == ["已知截至"]
    assert of("--seal", "1")[:3] == ["河道堆放", "后来发现", "2024-06-12"]
    out = county.folder / "then.xlsx"
    assert county("town", "report", "ledger", "--out", out, "--as-of", "2024-06-11") == {"path": str(out)}


def test_the_papers_of_a_problem_are_written_one_by_one_and_all_at_once(county, qapp):
    made = county("town", "records", "add", "problems", "--set", "description=河道堆放")
    for name in ("dossier", "pairs", "closing-form", "self-acceptance-form", "site-form", "lookback-form"):
        out = county.folder / f"{name}.pdf"
        assert county("town", "report", name, "--problem", made["number"], "--out", out) == {"path": str(out)}
        assert out.read_bytes().startswith(b"%PDF")
    whole = county.folder / "河道堆放"
    done = county("town", "report", "dossier", "--problem", made["id"], "--out", whole)
    assert done == {"path": str(whole), "files": 0, "missing": []}
    assert (whole / "00 表格" / "销号申请表.pdf").read_bytes().startswith(b"%PDF")
    assert county.refused("town", "report", "dossier", "--problem", made["id"], "--out", whole)["code"] == "R730"
    for wrong in ("dossier", "nosuch"):  # without saying which problem; no report at all
        assert county.raw("town", "report", wrong, "--out", county.folder / "a.pdf").status == 2


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("lookback-form", "--plan", "春季", "--out", "a.pdf"), "R510"),
        (("monthly", "--seal", "3", "--out", "a.pdf"), "R371"),
        (("register", "--out", "a.odt"), "X120"),
        (("receipt", "--out", "a.pdf", "--package", "99"), "S132"),
        (("receipt", "--got", "--package", "99", "--out", "a.pdf"), "S132"),
    ],
)  # fmt: skip
def test_what_cannot_be_written_is_refused_in_words(county, words, code):
    assert county.refused("other", "report", *words)["code"] == code


def test_the_register_is_listed_and_remembers_who_carries(county):
    found = county("town", "exchange", "register", "--hand", "王芳", "--limit", "1")
    assert found["hand"] == "王芳"
    assert len(found["lines"]) == 1
    assert found["total"] > 1


def test_an_import_is_undone_at_the_hatch(county):
    sent = county("town", "exchange", "export", "--to", county.folder / "stick")["packages"][0]
    before = county("county", "digest")
    county("county", "exchange", "import", sent["path"])
    done = county("county", "exchange", "undo")["undone"]
    assert (done["from"], done["number"]) == ("361021101", sent["number"])
    assert county("county", "digest") == before


def test_many_packages_have_one_report_each_and_one_sum(county):
    stick = county.folder / "stick"
    for home in ("town", "other"):
        county(home, "records", "add", "problems", "--set", f"description={home}")
        county(home, "exchange", "export", "--to", stick)
    broken = stick / "坏.hgb"
    content = next(stick.glob("hg_*.hgb")).read_bytes()
    broken.write_bytes(content[:-9])
    found = county("county", "exchange", "import", stick)
    assert sorted(one["result"] for one in found["packages"]) == ["imported", "imported", "refused"]
    assert (found["total"]["imported"], found["total"]["refused"], found["total"]["created"]) == (2, 1, 2)
    text = county.raw("county", "exchange", "import", stick, json=False).out.decode()
    assert text.rstrip().endswith("共 3 个包：已导入 0 个，新增 0 条，更新 0 条。")
