"""Campaigns and figures by command, and what a person reads."""

from __future__ import annotations


def test_a_campaign_by_command(county):
    assert county.raw("county", "campaign", "list", json=False).out.decode() == "没有专项排查。\n"
    one = county(
        "county", "campaign", "add", "--all", "--source-kind", "scrap", "--set", "title=拆解点",
        "checklists=scrap_cars", "villages=白水村", "until_on=2099-01-01",
    )  # fmt: skip
    assert [unit["name"] for unit in one["units"]] == ["白水镇人民政府", "青石镇"]
    assert county("county", "campaign", "edit", one["number"], "--set", "text=逐个看")["text"] == "逐个看"
    made = county(
        "county", "inspection", "add", "--set", f"campaign={one['id']}", "township=白水镇", "inspected_on=2020-02-02"
    )
    county("county", "inspection", "answer", made["id"], "--rest", "no")
    told = county("county", "campaign", "show", one["id"])
    assert (told["units"][0]["findings"], told["missed"]["villages"]) == (len(made["answers"]), ["白水村"])
    assert county("county", "campaign", "show", one["id"], "--as-of", "2020-02-01")["inspections"] == 0
    said = county.raw("county", "campaign", "show", one["id"], json=False).out.decode()
    assert "青石镇：没有报" in said
    assert "漏查：白水村" in said
    assert "1 个单位没有报" in county.raw("county", "campaign", "list", json=False).out.decode()
    figures = county(
        "county", "inspection", "figures", "--as-of", "2020-02-02", "--campaign", one["id"], "--since", "2020-01-01"
    )
    assert [cell["findings"] for cell in figures["matrix"]] == [len(made["answers"])]
    assert county("county", "inspection", "figures", "--known-by", "2019-01-01")["matrix"] == []
    said = county.raw("county", "inspection", "figures", json=False).out.decode()
    assert f"报废机动车拆解：查出 {len(made['answers'])} 项，没有登记问题 {len(made['answers'])}" in said
    assert county("county", "records", "list", "campaigns")["total"] == 1
    county.usage("county", "inspection", "figures", "--as-of", "昨天")


def test_plans_visits_findings_and_samples_by_command(county, tmp_path):
    assert county.raw("county", "campaign", "due", json=False).out.decode() == "现在没有要查的。\n"
    county("county", "campaign", "add", "--all", "--set", "title=每月巡河", "repeat=month", "until_on=2099-01-15")
    assert [one["title"] for one in county("county", "campaign", "due")["campaigns"]] == ["每月巡河"]
    assert "每月巡河  进行中" in county.raw("county", "campaign", "due", json=False).out.decode()
    visit = county("county", "campaign", "add", "--set", "title=暗访", "kind=visit", "responsible_units=白水镇")
    left = county("county", "campaign", "problem", visit["number"], "--set", "description=河边堆渣")
    assert left["source"] == "督导来访、暗访"
    assert county.raw("county", "inspection", "findings", json=False).out.decode() == "没有查出问题。\n"
    made = county("county", "inspection", "add", "--set", "checklists=air", "township=白水镇", "village=石村")
    county("county", "inspection", "answer", made["id"], "--rest", "no")
    found = county("county", "inspection", "findings", "--theme", "air", "--fate", "unregistered")["findings"]
    assert len(found) == len(made["answers"])
    assert "石村  没有登记问题" in county.raw("county", "inspection", "findings", json=False).out.decode()
    county("county", "records", "add", "sources", "--set", "name=甲厂", "township=白水镇", "kind=industry")
    out = tmp_path / "抽查.xlsx"
    drawn = county("county", "inspection", "sample", "--name", "六月", "--kind", "industry", "--out", str(out))
    assert (out.exists(), [one["title"] for one in drawn["lines"]]) == (True, ["甲厂"])
    said = county.raw(
        "county", "inspection", "sample", "--of", "inspections", "--theme", "air", "--share", "50", json=False
    ).out.decode()
    assert "每个单位抽 50%" in said
    assert "石村" in said
