"""Self-inspection in the demo: a campaign goes out to the townships; what they looked at and found comes back."""

from __future__ import annotations

from cli.demo_play import Play
from models.services.home import sample_checks
from models.services.office import Office


def self_inspection(play: Play) -> None:
    """The first township registers sources, patrols and finds; the last one reports zero; the county sees both."""
    stage, today = play.stage, play.stage.calendar.today.date()
    stage.act("县里下发专项排查；乡镇登记污染源、检查、报零报告，查出的问题报到县里")
    id_ = sample_checks.issue(_verbs(play.county), today, everybody=True)
    play.down()
    sample_checks.live_through(_verbs(play.pc), today, id_)
    asked = {play.first.code: "reported"}
    if play.last != play.first:
        zero = {"campaign": id_, "inspected_on": today.isoformat(), "people": "张小云"}
        stage.office(play.last.code).inspections.zero(zero)
        asked[play.last.code] = "zero"
    play.up(*asked)
    shown = play.county.campaigns.show(id_)
    said = {one["unit"]: one["state"] for one in shown["units"] if one["unit"] in asked}
    stage.expect(said == asked, f"{shown['title']}：{'，'.join(one['name'] + one['said'] for one in shown['units'])}")
    there = {one.name for one in play.county.sources.list()}
    stage.expect({one.name for one in sample_checks.SOURCES} <= there, f"县里看到污染源 {len(there)} 个")
    found = [one["number"] for one in shown["problems"]]
    stage.expect(len(found) == shown["findings"] == 2, f"这次排查查出的都登记成了问题：{'、'.join(found)}")
    stage.calendar.next_day()


def _verbs(office: Office) -> sample_checks.Verbs:
    return sample_checks.Verbs(office.records, office.sources, office.campaigns, office.inspections)
