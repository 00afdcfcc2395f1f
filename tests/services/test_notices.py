"""A notice goes from the county to one unit and its answer comes back, by packages; numbers never meet."""

from __future__ import annotations

import json

import pytest

from cli.main import parse, run
from models.services.notices import NoReceiver
from models.services.refusals import CountyOnly, NothingWritten, NotYours

SAID = {"kind": "supervision", "township": "白水镇", "title": "关于粉尘问题的督办函", "answer_by": "2024-06-20"}


def test_a_notice_travels_and_its_answer_comes_back(world):
    county, town = world["county"], world["town"]
    one = county.records.add("problem", {"description": "粉尘", "township": "白水镇"})
    made = county.notices.add(SAID | {"text": "请抓紧", "problems": one["number"]})
    assert made["number"].startswith("督办函〔2024〕1号-")
    assert made["problems"] == one["id"]
    assert (made["issued_on"], made["stage"], made["overdue"]) == ("2024-06-15", "open", False)
    assert county.notices.add(SAID)["number"].startswith("督办函〔2024〕2号-")
    assert county.notices.add(SAID | {"kind": "reminder"})["number"].startswith("提示单〔2024〕1号-")
    world.round()
    assert [n["id"] for n in town.notices.list()] == [n["id"] for n in county.notices.list()]
    assert world["other"].notices.list() == ()
    world.clock.jump(days=6)
    assert town.notices.show(made["number"])["overdue"]
    with pytest.raises(NothingWritten):
        town.notices.reply(made["id"], {"reply": " "})
    with pytest.raises(NotYours):
        town.notices.reply(made["id"], {"reply": "好", "title": "改标题"})
    answered = town.notices.reply(made["id"], {"reply": "已整改"})
    assert (answered["stage"], answered["replied_on"], answered["overdue"]) == ("replied", "2024-06-21", True)
    world.round()
    assert county.notices.show(made["id"])["reply"] == "已整改"
    assert county.notices.list()[-1]["id"] == made["id"], "what is answered stands last"
    assert county.care.check(deep=True).ok
    assert town.care.check(deep=True).ok


def test_only_the_county_issues_one_and_only_to_a_unit(world):
    with pytest.raises(CountyOnly):
        world["town"].notices.add(SAID)
    add = world["county"].notices.add
    for wrong in ("不知道", "", world["county"].here.unit):
        with pytest.raises(NoReceiver) as refused:
            add(SAID | {"township": wrong})
        assert "没有做任何改动" in refused.value.message
        assert refused.value.way_out
    for name in ("kind", "title"):
        with pytest.raises(NothingWritten):
            add({n: v for n, v in SAID.items() if n != name})
    with pytest.raises(NotYours):
        add(SAID | {"reply": "好"})
    assert world["county"].notices.list() == ()


def test_by_command(world, capsys):
    def said(name, *words):
        world.close(name)
        code = run(parse(["--home", str(world.home(name)), "--json", "notice", *words]))
        assert code == 0
        return json.loads(capsys.readouterr().out)

    made = said("county", "add", *(part for n, v in SAID.items() for part in ("--set", f"{n}={v}")))
    assert said("county", "show", made["id"])["title"] == SAID["title"]
    assert said("county", "reply", made["id"], "--set", "reply=代回")["reply"] == "代回"
    assert [n["id"] for n in said("county", "list")["notices"]] == [made["id"]]
