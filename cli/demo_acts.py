"""The acts of an ordinary month: ledgers taken in, PCs enrolled, May reported, the county's verdict, the digests."""

from __future__ import annotations

from datetime import date

import resources
from cli.demo_data import (
    AS_OF,
    COMPLETED,
    COUNTY,
    DISPATCHES,
    MEASURES,
    OWN_LEDGER,
    OWN_ROWS,
    SPEECH,
    SPEECH_PETITIONS,
    WORKBOOKS,
    Unit,
)
from cli.demo_play import Play, counts, refusal
from cli.demo_stage import FIRST_MORNING
from models.services.office import Office


def found_county(play: Play) -> None:
    """The county's desk, both county workbooks, and the speech's own figures out of them."""
    stage = play.stage
    stage.act("县环委办建立台账，读入两份 Excel")
    here = stage.found("county", "county", COUNTY).here
    stage.tell(f"{here.name}（{here.unit}）建好了空的台账和密钥。")
    for name, kind, rows in WORKBOOKS:
        path = resources.path(name)
        seen = play.county.imports.look(path, kind)
        stage.tell(f"预览“{seen.title}”：{counts(seen)}；还没有写入。")
        taken = play.county.imports.take(path, kind)
        stage.expect((taken.new, taken.refused) == (rows, 0), f"{rows} 行全部登记")
        again = play.county.imports.take(path, kind)
        stage.expect(again.same == rows, "同一份表再读一遍，没有任何变化")
    counted = play.tally(AS_OF)
    stage.expect(
        SPEECH.items() <= counted["problems"].items() and SPEECH_PETITIONS.items() <= counted["petitions"].items(),
        "问题 99 = 64 + 35，已完成 50 = 46 + 4，剩余 14；信访件 102、102、101，与讲话一致",
    )
    stage.tell(counted["paragraph"])
    play.speech = counted
    stage.calendar.next_day()


def enrol(play: Play) -> None:
    """Units, requests, approvals; the first township has two PCs."""
    stage = play.stage
    stage.act("登记乡镇的电脑，打电话核对 24 位号码")
    for unit in play.towns:
        play.county.units.add("township", unit.name, unit.code)
    stage.tell("县里添加：" + "、".join(f"{u.name}（{u.code}）" for u in play.towns))
    for unit in play.towns:
        play.pcs[unit.code] = unit
    play.pcs[play.second] = play.first
    for name, unit in play.pcs.items():
        join(play, name, unit)
    for name, unit, office in play.offices():
        own = [("township", unit.code)]
        asked, got = (
            [o.records.list(table, where=own)[0] for table in ("problem", "petition")] for o in (play.county, office)
        )
        stage.expect(got == asked and got[0] > 0, f"{play.title(name)}拿到本单位的问题 {got[0]} 个、信访件 {got[1]} 件")
    play.down()
    stage.calendar.next_day()


def join(play: Play, name: str, unit: Unit) -> Office:
    """One PC becomes the county's: request, approval, comparison of digits."""
    stage = play.stage
    office = stage.found(name, "township", unit)
    asked = office.enrolment.request(stage.stick())
    approved = play.county.enrolment.approve(asked, unit.code, stage.stick())
    if name == play.first.code:
        misread = approved.fingerprint.translate(str.maketrans("0123456789", "1234567890"))
        no = refusal(lambda: office.enrolment.accept(approved.path, misread))
        stage.expect(no is not None and no.code == "S213", "24 位号码念错时不予登记")
    accepted = office.enrolment.accept(approved.path, approved.fingerprint)
    stage.expect(accepted.fingerprint == approved.fingerprint, f"{unit.name}与县里核对一致：{accepted.fingerprint}")
    return office


def own_ledger(play: Play) -> None:
    """The first township's own workbook, and its way to the second PC."""
    stage = play.stage
    stage.act(f"{play.first.name}读入自己的自查自纠台账，带到二号机")
    taken = play.pc.imports.take(resources.path(OWN_LEDGER), "problems")
    stage.tell(f"“{taken.title}”：{counts(taken)}。")
    stage.expect((taken.new, taken.refused) == (OWN_ROWS, 0), f"{OWN_ROWS} 行全部登记")
    stick = stage.stick()
    play.pc.exchange.export(stick, [play.first.code])
    stage.taken_in(play.title(play.second), stage.office(play.second).exchange.bring_in([stick]))
    there, _ = stage.office(play.second).records.list("problem")
    stage.expect(there == play.pc.records.list("problem")[0], "两台电脑记录相同")


def month_of_work(play: Play) -> None:
    """Townships fill in May; packages there and back; the county counts."""
    stage = play.stage
    stage.act("乡镇填报五月进展；数据包送县里，回执带回")
    for number, unit in enumerate(play.towns):
        records = stage.office(unit.code).records
        problems = play.open_problems(unit)
        for problem, dispatch in zip(problems, DISPATCHES, strict=False):
            records.add_dispatch(problem["id"], dispatch)
        records.add_measure(problems[0]["id"], MEASURES[number % len(MEASURES)])
        stage.tell(f"{unit.name}：月调度 {min(len(problems), len(DISPATCHES))} 份、整改措施 1 条。")
    play.up()
    play.down()
    shown = play.pc.records.show("problem", play.open_problems(play.first)[0]["id"])
    stage.expect(shown["exchange"] == "received", "乡镇看到自己报的那条“县已接收”")
    total = play.tally()["problems"]["total"]
    stage.expect(total == SPEECH["total"] + OWN_ROWS, f"县里现在有 99 + {OWN_ROWS} = {total} 个问题")
    first_day = play.tally(AS_OF, FIRST_MORNING.date())
    stage.expect(
        (first_day["problems"], first_day["petitions"]) == (play.speech["problems"], play.speech["petitions"]),
        "写明“截至 4 月 30 日、已知截至 5 月 6 日”，数字和当天一样，以后也不会变",
    )
    stage.calendar.next_day(7)


def verdict(play: Play) -> None:
    """A township completes, the county closes; what comes in meanwhile asks for another look."""
    stage = play.stage
    stage.act("完成整改、县里销号；销号时不知道的新情况要复核")
    id_ = play.open_problems(play.first)[0]["id"]
    play.pc.records.edit("problem", id_, COMPLETED)
    play.up(play.first.code)
    today = stage.calendar.today.date().isoformat()
    play.county.records.edit("problem", id_, {"closing_stage": "closed", "closed_on": today}, "现场核查达标")
    stage.tell("县里核查后销号；同时乡镇又补写了一份月调度。")
    play.pc.records.add_dispatch(id_, {**DISPATCHES[1], "month": "2024-04"})
    play.up(play.first.code)
    stage.expect(play.county.records.show("problem", id_)["review"], "县里看到“依据已变化，需复核”")
    stage.calendar.next_day()
    again = {"closed_on": stage.calendar.today.date().isoformat()}
    play.county.records.edit("problem", id_, again, "看过补写的内容，维持销号")
    stage.expect(not play.county.records.show("problem", id_)["review"], "复核后不再提示")
    play.down()
    shown = play.pc.records.show("problem", id_)
    stage.expect(shown["closing_stage"] == "closed", f"乡镇看到已销号（{shown['closed_on']}）")
    counted = play.tally()["problems"]
    stage.expect(
        counted["closed"] <= counted["completed"], f"今天完成 {counted['completed']}，销号 {counted['closed']}"
    )
    old = play.tally(AS_OF, date(2024, 5, 6))
    stage.expect(old["problems"] == play.speech["problems"], "4 月 30 日的数字没有变")
    stage.calendar.next_day()


def compare(play: Play) -> None:
    """Every home holds what the county holds for its unit; every ledger is sound."""
    stage = play.stage
    stage.act("核对：各台电脑与县里的数据摘要")
    play.meet()
    for unit in play.towns:
        there = play.county.exchange.digest(unit.code)
        stage.tell(f"{unit.code} {unit.name:<6}　县里　 {there['operations']:>5} 条  {there['digest']}")
        for name in (n for n, u in play.pcs.items() if u == unit):
            here = stage.office(name).exchange.digest(unit.code)
            stage.expect(here == there, f"{play.title(name)}　{here['operations']} 条  {here['digest']}")
    for name in ("county", *play.pcs):
        office = stage.office(name)
        sound = office.care.check(deep=True).ok and not office.conflicts.list()
        stage.expect(sound, f"{name}：没有遗留的冲突；从操作记录重算，表格一致")
