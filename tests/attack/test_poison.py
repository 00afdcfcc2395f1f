"""A genuine key in bad hands: every poisoned operation gets the answer of the laws, and nothing else suffers."""

from __future__ import annotations

from typing import Any

import pytest

from tests.attack.forging import Scene
from tests.attack.hatch import calm, pages
from tests.attack.poisons import APPLIED, HELD, IDLE, NOT_HELD, POISONS, REFUSED, Poison

_MOVES = ("exchange", "conflicts", "light", "light_why", "review")


def _still(records: dict[str, Any]) -> dict[str, Any]:
    return {i: {n: v for n, v in record.items() if n not in _MOVES} for i, record in records.items()}


@pytest.mark.parametrize("poison", POISONS, ids=lambda p: p.name)
def test_a_poisoned_package_gets_its_answer_and_leaves_no_harm(poison: Poison, scene: Scene):
    world = scene.world
    bodies = poison.make(scene)
    package = scene.package(bodies, poison.sender, poison.receiver)
    home = world.home(poison.receiver)
    world.close()
    before = pages(home, world.folder)
    digest = calm(home, "digest").json

    answer = calm(home, "exchange", "import", package, endings=(0, 3))

    report = answer.json["packages"][0]
    plain = [body[1] if isinstance(body, tuple) else body for body in bodies]
    if poison.answer == REFUSED:
        assert (answer.status, report["result"]) == (3, "refused"), report
        assert calm(home, "digest").json == digest
    else:
        assert (answer.status, report["result"]) == (0, "imported"), report
        assert report["refused_operations"] == (len(bodies) if poison.answer == NOT_HELD else 0), report
        for body in plain:
            assert scene.is_held(poison.receiver, body) == (poison.answer != NOT_HELD), body[:300]
            assert bool(scene.listed(poison.receiver, body)) == (poison.answer == HELD), body[:300]
    world.close()
    after = pages(home, world.folder)
    if poison.answer in {HELD, IDLE, NOT_HELD, REFUSED}:
        assert _still(after) == _still(before)
    else:
        assert before.keys() <= after.keys() | {scene.own}  # an own void may take it from the list

    for name in ("county", "town"):  # both can still work
        calm(world.home(name), "records", "add", "problems", "--set", "description=照常登记", endings=(0,))
    calm(world.home("town"), "records", "edit", "problems", scene.given, "--set", "progress=照常填报", endings=(0,))
    for _ in range(2):
        world.round("town", "other")
    assert world.agree("town", "other")
    assert world.sound("county", "town", "other") == []
    assert {APPLIED} >= {poison.answer} or calm(world.home("county"), "conflict", "list").json["conflicts"] == []
    world.close()
    for name in ("county", "town"):
        pages(world.home(name), world.folder)
