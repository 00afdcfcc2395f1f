"""What the county lays down reaches every unit by the next package, and nobody else lays down anything."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from cli.main import parse, run
from models.domain import dictionaries as rules
from models.services.base.dictionaries import BadContent, NoDictionary
from models.services.base.refusals import CountyOnly
from models.store.schema import dictionary


def test_every_default_fits():
    for one in rules.DICTIONARIES.values():
        assert one.check(one.default) == "", one.name
        json.dumps(one.default)


@pytest.mark.parametrize("content", ["甲", {"甲": 1}, [1], [""], [" "], ["甲" * 201], ["甲", "甲 "], ["甲"] * 501])
def test_a_list_of_texts_holds_short_texts_once(content):
    assert rules.texts(content)
    assert rules.fitting("sources", content) == rules.DICTIONARIES["sources"].default


@pytest.mark.parametrize(("name", "entry", "mended"), [
    ("thresholds", "near", {"on": True, "number": 10}), ("notice_rules", "overdue", 20),
])  # fmt: skip
def test_an_earlier_program_is_not_told_of_rules_that_came_later_while_they_stand_as_usual(world, name, entry, mended):
    county, known = world["county"], rules.DICTIONARIES[name]
    content = {**known.default, entry: mended}
    shown = county.dictionaries.set(name, content)
    assert (shown.own, shown.content) == (True, content)
    length, sent = sent_of(county, name)
    assert sent == {one: said for one, said in content.items() if one not in known.later}
    county.dictionaries.set(name, content)
    assert sent_of(county, name) == (length, sent)  # nothing new was laid down
    last = known.later[-1]
    other = {"on": False} if name == "thresholds" else 9
    county.dictionaries.set(name, content | {last: other})
    assert sent_of(county, name)[1][last] == other


def sent_of(office, name):
    """How often a dictionary was laid down, and its content as others get it."""
    with office.desk.ledger.read() as connection:
        text = connection.scalar(select(dictionary.c.content).where(dictionary.c.name == name))
    return len(office.dictionaries.show(name).changes), json.loads(text)


def test_it_travels_to_every_unit_and_back_to_the_default(world):
    county, town = world["county"].dictionaries, world["town"].dictionaries
    assert not town.show("trades").own
    county.set("trades", ["矿山", "养殖"], "按县里文件")
    assert county.show("trades").content == ["矿山", "养殖"]
    world.round()
    for name in ("town", "town2", "other", "office"):
        assert (world[name].dictionaries.show("trades").content, world[name].dictionaries.show("trades").own) == (
            ["矿山", "养殖"],
            True,
        )
    county.set("trades", None)
    world.round()
    assert [(one.why, one.default) for one in town.show("trades").changes] == [("", True), ("按县里文件", False)]
    assert town.show("trades") == county.show("trades")
    assert town.show("trades").content == rules.DICTIONARIES["trades"].default
    assert not town.show("trades").own
    assert world["county"].care.check(deep=True).ok


def test_only_the_county_changes_one_and_only_to_what_fits(world):
    with pytest.raises(CountyOnly):
        world["town"].dictionaries.set("trades", ["矿山"])
    county = world["county"].dictionaries
    with pytest.raises(NoDictionary):
        county.set("colours", ["红"])
    with pytest.raises(BadContent):
        county.set("trades", ["矿山", "矿山"])
    assert not county.show("trades").own


def test_the_same_again_writes_nothing(world):
    county = world["county"]
    county.dictionaries.set("trades", ["矿山"])
    before = county.exchange.digest()
    county.dictionaries.set("trades", ["矿山"])
    assert county.exchange.digest() == before
    county.dictionaries.set("trades", ["养殖"])
    assert county.exchange.digest() != before


def test_by_command(world, tmp_path, capsys):
    home = str(world["county"].desk.home)
    world.close()

    def asked(*words: str) -> tuple[int, dict]:
        status = run(parse(["--home", home, "--json", "dictionary", *words]))
        return status, json.loads(capsys.readouterr().out)

    assert len(asked("list")[1]["dictionaries"]) == len(rules.DICTIONARIES)
    new = tmp_path / "新.json"
    new.write_text('["矿山"]', encoding="utf-8")
    assert asked("set", "trades", "--file", str(new))[1]["content"] == ["矿山"]
    assert asked("show", "trades")[1]["own"] is True
    for broken, code in (("{", "S323"), ("null", "S323"), ('["\\ud800"]', "S323"), ("[1]", "S322")):
        new.write_text(broken, encoding="utf-8")
        status, answer = asked("set", "trades", "--file", str(new))
        assert (status, answer["error"]["code"]) == (3, code)
    assert asked("set", "trades", "--default")[1]["own"] is False
