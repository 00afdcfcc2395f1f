"""What waits for a decision: steps that judge, requests, each for whoever may decide it."""

from __future__ import annotations

import json

from cli.main import parse, run
from tests.services.problems import a_problem
from tests.services.test_workflow import sitting, step
from tests.services.test_workflow_many import closable


def waits(office):
    return [(line.problem, line.label) for line in office.queue.sheet().lines]


def test_what_waits_for_the_county_leaves_the_queue_when_it_is_decided(world, capsys):
    county, town = world["county"], world["town"]
    (quick,) = closable(world, 1)
    slow = a_problem(world, source="乡镇自查", deadline="2024-12-31")
    a_problem(world)
    assert waits(county) == [(quick, "销号")]
    world.round("town")
    step(world, "town", slow, "complete", completed_on="2024-06-02", progress="已清")
    assert waits(town) == [], "a clerk's next step is no decision"
    step(world, "town", slow, "self-accept", people="张三")
    assert waits(town) == [(slow, "提请验收")]
    step(world, "town", slow, "apply", applied_on="2024-06-15")
    late = a_problem(world, deadline="2024-07-01")
    world.round("town")
    town.requests.ask(
        late, {"kind": "extension", "wanted_deadline": "2024-09-01", "reason": "汛期", "asked_on": "2024-05-01"}
    )
    world.round("town")
    assert [one[0] for one in waits(county)] == [late, quick, slow], "the longest waiting first"
    assert waits(county)[0] == (late, "申请延期")
    first = county.queue.sheet().lines[0]
    county.requests.decide(late, first.request, {"decision": "refused", "opinion": "不同意"})
    step(world, "county", quick, "close")
    assert [one[0] for one in waits(county)] == [slow]
    assert county.queue.counts() == {"销号": 1}
    step(world, "county", slow, "return", opinion="台账不全")
    assert waits(county) == []
    world.close()
    run(parse(["--home", str(world.home("county")), "--json", "problem", "waiting"]))
    assert json.loads(capsys.readouterr().out) == {"waiting": [], "others": 0, "role": True}


def test_each_user_has_his_own_queue(world):
    said = {"source": "信访投诉", "completed_on": "2024-06-01", "closing_stage": "closing", "progress": "好"}
    one, county = a_problem(world, **said), world["county"]
    sit = sitting(county, 经一="clerk", 审二="reviewer", 李县长="leader")
    sit("经一")
    assert (waits(county), county.queue.sheet().role) == ([], False)
    sit("审二")
    assert waits(county) == [(one, "县级验收")]
    step(world, "county", one, "accept", unit="甲", actual_on="2024-06-01")
    step(world, "county", one, "public-notice", from_on="2024-06-05", until_on="2024-06-14")
    assert (waits(county), county.queue.sheet().others) == ([], 1), "who accepted does not sign off"
    sit("李县长")
    assert (waits(county), county.queue.sheet().others) == ([(one, "主要领导审签")], 0)
