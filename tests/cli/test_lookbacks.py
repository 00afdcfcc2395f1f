"""Look-backs by commands."""

from __future__ import annotations


def test_lookbacks_by_commands(enrolled):
    said = ("description=坏", "completed_on=2024-05-01", "closed_on=2024-05-10")
    made = enrolled("county", "records", "add", "problems", "--set", *said)
    rules = enrolled.folder / "rules.json"
    rules.write_text('{"months": 1200, "sources": [], "share": 100, "days": 30}', encoding="utf-8")
    enrolled("county", "dictionary", "set", "lookback_rules", "--file", rules)
    (candidate,) = enrolled("county", "lookback", "plan", "--preview")["candidates"]
    assert (candidate["id"], candidate["closed_on"], candidate["chosen"]) == (made["id"], "2024-05-10", True)
    assert "抽中" in enrolled.raw("county", "lookback", "plan", "--preview", json=False).out.decode()
    asked = ("--months", "1200", "--size", "5", "--name", "夏季")
    proposed = enrolled("county", "lookback", "propose", *asked)
    assert (proposed["name"], proposed["candidates"][0]["rank"]) == ("夏季", 1)
    assert "抽 1 个" in proposed["basis"]
    cover = enrolled("county", "lookback", "coverage")
    assert (cover["closed"], cover["looked"], cover["never"], cover["years"][0]["key"]) == (1, 0, 1, "2024")
    assert enrolled("county", "lookback", "coverage", "--as-of", "2024-05-09")["closed"] == 0
    assert "已销号 1，已看 0（0%）" in enrolled.raw("county", "lookback", "coverage", json=False).out.decode()
    assert enrolled("county", "lookback", "list")["planned"] == 0
    planned = enrolled("county", "lookback", "plan", "--name", "夏季", "--due", "2099-06-30", "--share", "100")
    assert (planned["planned"], planned["done"], planned["lookbacks"][0]["due"]) == (1, 0, "2099-06-30")
    assert "日期" in enrolled.usage("county", "lookback", "plan", "--due", "六月")
    form = enrolled("county", "lookback", "add", made["number"], "--set", "up_to_standard=是", "looked_on=2024-06-01")
    (row,) = form["lookbacks"]
    assert (row["plan"], row["looked_on"], row["up_to_standard"]) == ("夏季", "2024-06-01", "true")
    new = enrolled("county", "lookback", "derive", made["number"], row["id"], "--set", "description=新排口")
    assert (new["description"], new["found_on"]) == ("新排口", "2024-06-01")
    listed = enrolled("county", "lookback", "list")
    assert (listed["done"], listed["derived"], listed["lookbacks"][0]["derived_problem"]) == (1, 1, new["id"])
    assert "应看 1，已看 1" in enrolled.raw("county", "lookback", "list", json=False).out.decode()
