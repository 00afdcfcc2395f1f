"""A notice goes from the county to one unit and its answer comes back, by packages; numbers never meet."""

from __future__ import annotations

import json

import pytest

from cli.main import parse, run
from models.domain.notices import RULES, TEMPLATES
from models.services.base.dictionaries import BadContent
from models.services.base.pen import Pen, Place
from models.services.base.refusals import CountyOnly, IsVoid, NoReason, NothingWritten, NotYours
from models.services.problems.notice_texts import EmptyPlace, UnknownPlace
from models.services.problems.notices import NoReceiver
from models.store import fold
from tests.offices import TOWN

SAID = {"kind": "supervision", "township": "白水镇", "title": "关于粉尘问题的督办函", "answer_by": "2024-06-20"}


def test_a_notice_travels_and_its_answer_comes_back(world):
    county, town = world["county"], world["town"]
    one = county.records.add("problem", {"description": "粉尘", "township": "白水镇"})
    made = county.notices.add(SAID | {"text": "请抓紧", "problems": one["number"]})
    assert made["number"].startswith("环督〔2024〕1号-")
    assert made["problems"] == one["id"]
    assert (made["issued_on"], made["stage"], made["overdue"]) == ("2024-06-15", "open", False)
    assert county.notices.add(SAID)["number"].startswith("环督〔2024〕2号-")
    assert county.notices.add(SAID | {"kind": "reminder"})["number"].startswith("环提〔2024〕1号-")
    world.round()
    assert [n["id"] for n in town.notices.list()] == [n["id"] for n in county.notices.list()]
    assert world["other"].notices.list() == ()
    world.clock.jump(days=6)
    assert town.notices.show(made["number"])["overdue"]
    assert town.figures.overview().notices == {"open": 3, "overdue": 3, "replied": 0}
    with pytest.raises(NothingWritten):
        town.notices.reply(made["id"], {"reply": " "})
    with pytest.raises(NotYours):
        town.notices.reply(made["id"], {"reply": "好", "title": "改标题"})
    answered = town.notices.reply(made["id"], {"reply": "已整改"})
    assert (answered["stage"], answered["replied_on"], answered["overdue"]) == ("replied", "2024-06-21", True)
    world.round()
    assert county.notices.show(made["id"])["reply"] == "已整改"
    assert county.notices.list()[-1]["id"] == made["id"], "what is answered stands last"
    assert county.figures.overview().notices == {"open": 2, "overdue": 2, "replied": 1}
    county.notices.close(made["id"], "予以办结")
    assert county.figures.overview().notices["replied"] == 0
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


def test_each_receiver_gets_a_paper_of_its_own_and_only_its_problems(world):
    county = world["county"]
    mine = county.records.add("problem", {"description": "粉尘外溢。", "township": "白水镇", "deadline": "2024-05-31"})
    theirs = county.records.add("problem", {"description": "污水直排", "township": "青石镇"})
    said = county.notices.draft("提示单")
    assert said.answer_by == "2024-06-21", "five working days after a Saturday"
    asked = {
        "kind": "reminder", "title": said.title, "text": said.text, "answer_by": said.answer_by,
        "township": "白水镇；青石镇；白水镇", "problems": f"{mine['number']}；{theirs['number']}",
    }  # fmt: skip
    papers = county.notices.preview(asked)
    assert county.notices.list() == (), "looking writes nothing"
    made = county.notices.issue(asked)
    assert [one["township_name"] for one in made] == ["白水镇人民政府", "青石镇"]
    assert [one["about"][0]["id"] for one in made] == [mine["id"], theirs["id"]]
    assert len({one["number"] for one in made}) == 2
    first = made[0]["text"]
    assert first.startswith("白水镇人民政府：\n")
    assert f"1．粉尘外溢（{mine['number']}，整改时限：2024年5月31日）" in first
    assert "于2024年6月21日前" in first
    assert "污水" not in first
    assert "整改时限：没有写" in made[1]["text"]
    printed = county.notices.paper(made[0]["id"])
    assert (printed.title, printed.blocks) == (papers[0].title, papers[0].blocks)
    assert (printed.line, papers[0].line) == (made[0]["number"], "文号发出时由程序编")
    with pytest.raises(NoReceiver):
        county.notices.add(asked)
    for text, wrong in (("{乡镇}好", UnknownPlace), ("报{月份}的", EmptyPlace), ("{问题序号}", EmptyPlace)):
        with pytest.raises(wrong) as refused:
            county.notices.issue(SAID | {"text": text})
        assert "没有做任何改动" in refused.value.message
        assert refused.value.way_out
    assert county.notices.add(SAID | {"text": "报{月份}的", "month": "2024-05"})["text"] == "报2024年5月的"


def test_a_notice_ends_with_an_opinion_or_is_withdrawn_and_its_receiver_sees_both(world):
    county, town = world["county"], world["town"]
    one, other = county.notices.add(SAID), county.notices.add(SAID)
    world.round()
    for refused in (lambda: town.notices.close(one["id"], "好"), lambda: town.notices.void(one["id"], "错发")):
        with pytest.raises(CountyOnly):
            refused()
    with pytest.raises(NotYours):
        town.notices.reply(one["id"], {"reply": "好", "opinion": "好"})
    with pytest.raises(NothingWritten):
        county.notices.close(one["id"], " ")
    with pytest.raises(NoReason):
        county.notices.void(one["id"], " ")
    town.notices.reply(one["id"], {"reply": "已整改"})
    world.round()
    assert county.notices.show(one["id"])["state"] == "replied"
    ended = county.notices.close(one["id"], "情况属实，同意")
    assert (ended["state"], ended["stage"], ended["ended_on"]) == ("closed", "closed", "2024-06-15")
    assert county.notices.void(other["id"], "发错单位")["state"] == "void"
    world.round()
    assert [(n["id"], n["state"], n["void_why"]) for n in town.notices.list()] == [
        (one["id"], "closed", None), (other["id"], "void", "发错单位"),
    ]  # fmt: skip
    assert town.figures.overview().notices == {"open": 0, "overdue": 0, "replied": 0}
    assert town.notices.show(one["id"])["opinion"] == "情况属实，同意"
    assert town.notices.show(other["id"])["state"] == "void"
    with town.desk.ledger.write() as connection:  # by a program that does not know the law: it does not count
        pen, top = Pen(town.desk, connection), bytes.fromhex(other["id"])
        pen.void(Place("notice", other["id"], fold.reduce_one(connection, top)), "2024-06-15", [TOWN], "不想要")
        pen.put()
    assert town.notices.list()[1]["void_why"] == "发错单位"
    with pytest.raises(IsVoid):
        town.notices.reply(other["id"], {"reply": "已整改"})
    assert town.notices.paper(one["id"]).blocks[-1].rows[0] == ("回复", "已整改")


def test_a_lasting_red_light_is_proposed_once_on_each_rung(world):
    county = world["county"]
    late = {"description": "粉尘", "township": "白水镇", "deadline": "2024-04-15", "deadline_kind": "time_limited"}
    problem = county.records.add("problem", late)
    county.records.add("problem", {**late, "deadline": "2024-06-10"})
    county.records.add("problem", {**late, "township": ""})  # nobody to send it to
    (one,) = county.notices.proposals()
    assert (one.kind, one.problem, one.unit_name) == ("reminder", problem["id"], "白水镇人民政府")
    assert one.why == "连续 2 个月末是红灯"
    assert world["town"].notices.proposals() == ()
    sent = SAID | {"kind": "reminder", "problems": problem["id"]}
    first = county.notices.add(sent)
    assert county.notices.proposals() == ()
    world.clock.jump(days=6)
    assert [(p.kind, p.why) for p in county.notices.proposals()] == [
        ("supervision", f"提示单 {first['number']} 到期没有回复")
    ]
    county.notices.add(SAID | {"problems": problem["id"]})
    assert county.notices.proposals() == ()
    county.records.edit("problem", problem["id"], {"completed_on": "2024-06-20"})
    county.notices.void(first["id"], "已完成")
    assert county.notices.proposals() == ()


def test_what_stays_orange_is_proposed_too_with_its_reason(world):
    county = world["county"]
    problem = county.records.add("problem", {"description": "粉尘", "township": "白水镇", "found_on": "2024-01-10"})
    county.records.add("problem", {"description": "没有人报", "township": "白水镇"})
    for month in ("2024-03", "2024-04", "2024-05"):
        county.records.add_dispatch(problem["id"], {"month": month, "pace": "behind", "progress": "慢"})
    (one,) = county.notices.proposals()
    assert (one.kind, one.problem, one.light, one.light_why) == (
        "reminder", problem["id"], "orange", "连续 3 个月未达到序时进度",
    )  # fmt: skip
    assert one.why == "连续 2 个月末是橙灯", "April and May: March alone was yellow"
    county.dictionaries.set("notice_rules", RULES | {"orange_ends": 3, "orange_year": 3})
    assert county.notices.proposals() == ()
    county.dictionaries.set("notice_rules", RULES | {"orange_ends": 3, "orange_year": 2})
    (one,) = county.notices.proposals()
    assert one.why == "最近 12 个月末有 2 个是橙灯"


def test_what_the_county_lays_down_counts(world):
    county = world["county"]
    county.dictionaries.set(
        "notice_templates", TEMPLATES | {"supervision": TEMPLATES["supervision"] | {"word": "临环督", "days": 1}}
    )
    assert county.notices.add(SAID)["number"].startswith("临环督〔2024〕1号-")
    assert county.notices.draft("supervision").answer_by == "2024-06-17", "the Monday after"
    with pytest.raises(BadContent) as refused:
        county.dictionaries.set("notice_templates", TEMPLATES | {"reminder": TEMPLATES["reminder"] | {"text": "{谁}"}})
    assert "不认识“{谁}”" in refused.value.message
    late = {"description": "粉尘", "township": "白水镇", "deadline": "2024-06-12", "deadline_kind": "time_limited"}
    county.records.add("problem", late)
    assert county.notices.proposals() == ()
    county.dictionaries.set("notice_rules", RULES | {"month_ends": 9, "overdue": 2, "escalate": 9})
    assert [one.why for one in county.notices.proposals()] == ["逾期 3 天"]


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
    assert said("county", "list", "--state", "open") == {"notices": []}
    assert said("county", "draft", "reminder")["text"].startswith("{单位}")
    assert said("county", "proposals") == {"proposals": []}
    assert said("county", "close", made["id"], "--opinion", "好")["state"] == "closed"
    both = said("county", "add", "--set", "kind=提示单", "--set", "title=好", "--set", "township=白水镇；青石镇")
    assert [n["number"].partition("〕")[2][:3] for n in both["notices"]] == ["1号-", "2号-"]
    gone = both["notices"][0]["number"]
    assert said("county", "void", gone, "--why", "发错")["state"] == "void"
    assert run(parse(["--home", str(world.home("county")), "notice", "list"])) == 0
    assert "已撤回" in next(line for line in capsys.readouterr().out.splitlines() if gone in line)
