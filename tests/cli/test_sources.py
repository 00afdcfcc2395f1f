"""Pollution sources by command, and what a person reads."""

from __future__ import annotations

import openpyxl


def test_sources_and_permits_by_command(county):
    made = county("town", "records", "add", "sources", "--set", "name=白水砖厂", "kind=industry", "credit_code=123")
    assert made["doubts"] == ["统一社会信用代码应是 18 位，这里是 3 位"]
    one = made["number"]
    assert county("town", "records", "list", "sources", "--where", "kind=industry")["total"] == 1
    assert county("town", "records", "edit", "sources", one, "--set", "phone=138")["phone"] == "138"
    with_permit = county("town", "permit", "add", one, "--set", "kind=discharge", "expires_on=2000-01-01")
    permit = with_permit["permits"][0]["id"]
    assert county("town", "permit", "due", "--days", "0")["permits"][0]["id"] == permit
    assert county("town", "permit", "edit", one, permit, "--set", "number=P")["permits"][0]["number"] == "P"
    assert "白水砖厂" in county.raw("town", "permit", "due", json=False).out.decode()
    assert county("town", "permit", "void", one, permit, "--why", "错了")["permits"] == []
    assert county.raw("town", "permit", "due", json=False).out.decode() == "没有快到期的许可证。\n"
    county("town", "records", "add", "sources", "--set", "name=白水砖厂")
    assert len(county("town", "source", "doubles")["pairs"]) == 1
    assert "名称相同" in county.raw("town", "source", "doubles", json=False).out.decode()
    said = county.raw("town", "records", "show", "sources", one, json=False).out.decode()
    assert "请核对：统一社会信用代码应是 18 位，这里是 3 位。" in said
    assert "白水砖厂" in county.raw("town", "records", "list", "sources", json=False).out.decode()
    assert county("town", "records", "void", "sources", one, "--why", "重复")["void"]
    assert county.raw("town", "source", "doubles", json=False).out.decode() == "没有可能登记了两次的污染源。\n"
    assert county("town", "records", "unvoid", "sources", one)["void"] is None
    assert county("town", "records", "history", "sources", one)["changes"]
    assert county.refused("town", "records", "show", "sources", "不存在")["code"] == "R101"


def test_the_ledger_of_sources_goes_out_and_comes_back_as_it_was(county, tmp_path):
    said = "name=白水砖厂", "kind=industry", "village=白水村", "longitude=116.5", "datum=cgcs2000"
    one = county("town", "records", "add", "sources", "--set", *said, "latitude=28", "control=每月看一次")["number"]
    county("town", "permit", "add", one, "--set", "kind=mining", "number=K1", "expires_on=2024-01-01")
    county("town", "permit", "add", one, "--set", "kind=discharge", "number=P1", "expires_on=2030-01-01")
    county("town", "records", "add", "sources", "--set", "name=二号砂场", "kind=yard", "datum=cgcs2000")
    book = tmp_path / "污染源.xlsx"
    assert county("town", "records", "export", "sources", "--out", book) == {"path": str(book), "rows": 2}
    first = next(row for row in openpyxl.load_workbook(book).active.iter_rows(values_only=True) if one in row)
    assert {"工业企业", "排污许可证", "P1", "采矿许可 K1 2024-01-01"} <= set(first)
    seen = county("town", "records", "import", "sources", book, "--preview")
    assert (seen["rows"], seen["same"], seen["rejected"], seen["flagged"]) == (2, 2, [], [])
    paper = tmp_path / "污染源.pdf"
    assert county.refused("town", "records", "export", "sources", "--out", paper)["code"] == "R445"
    assert not paper.exists()


def test_a_workbook_of_sources_is_looked_at_and_taken(county, tmp_path):
    book = tmp_path / "污染源.csv"
    book.write_text("企业名称,类型,许可证号\n白水砖厂,工业企业,P1\n,矿山,\n", encoding="utf-8")
    seen = county("town", "records", "import", "sources", str(book), "--preview")
    assert (seen["new"], seen["refused_rows"], seen["written"], seen["rows"]) == (1, 1, False, 2)
    assert seen["columns"] == {"企业名称": "name", "类型": "kind", "许可证号": "permit.number"}
    assert county("town", "records", "list", "sources")["total"] == 0
    said = county.raw("town", "records", "import", "sources", str(book), json=False).out.decode()
    assert "新增 1 条，更新 0 条，无变化 0 条，未采用 1 行" in said
    assert "没有写名称，没有登记" in said
    shown = county(
        "town", "records", "show", "sources", county("town", "records", "list", "sources")["records"][0]["id"]
    )
    assert [one["number"] for one in shown["permits"]] == ["P1"]
    assert county("town", "records", "import", "sources", str(book))["same"] == 1
