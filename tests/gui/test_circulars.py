"""What a higher level named, on the page of the problem: filled in by the county, told among the particulars."""

from __future__ import annotations

from gui.panels.record import way
from gui.panels.record.groups import GROUPS, field_of
from models.domain.field import Owner, Type


def told(**record):
    found = {name: (value, tone, below) for name, value, tone, below in way.facts("problem", record)}
    return found.get("上级通报"), found.get("整改时限")


def test_who_named_it_and_since_when_stands_among_the_particulars():
    named = {"circular": "named", "circular_on": "2024-05-12", "circular_by": "省环委办〔2024〕5号"}
    assert told(**named)[0] == ("2024-05-12", "red", "省环委办〔2024〕5号")
    ended = named | {"circular": "ended", "circular_ended_on": "2024-07-01"}
    assert told(**ended)[0] == ("2024-05-12，2024-07-01 解除", "", "省环委办〔2024〕5号")
    assert told(circular="named", circular_on="")[0] == ("被上级通报", "red", "")
    assert told()[0] is None


def test_only_a_light_of_its_days_is_told_beside_the_deadline():
    late = {"deadline": "2024-06-07", "light": "red"}
    assert told(**late, light_why="逾期 8 天")[1][:2] == ("2024-06-07（逾期 8 天）", "red")
    assert told(**late, light_why="2024-05-12 被上级通报")[1][:2] == ("2024-06-07", "")


def test_its_fields_stand_together_and_are_the_countys():
    names = dict(GROUPS["problem"])["上级通报"]
    fields = [field_of("problem", name) for name in names]
    assert [(one.label, one.type, one.owner) for one in fields] == [
        ("被通报时间", Type.DATE, Owner.COUNTY), ("通报单位和文号", Type.TEXT, Owner.COUNTY),
        ("通报解除时间", Type.DATE, Owner.COUNTY),
    ]  # fmt: skip
