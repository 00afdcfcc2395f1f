from __future__ import annotations

import pytest

from models.domain import limits
from tests.model import home, laws
from tests.model.home import Home
from tests.model.scenes import SCENES, carry, disk, work
from tests.model.truth import Broken
from tests.model.world import World


@pytest.mark.parametrize("scene", SCENES)
def test_a_scene_ends_with_every_promise_kept(scene):
    SCENES[scene](Home)


def test_model_and_program_have_one_table_of_limits():
    assert home.BASES == limits.BASES
    assert home.ACKS == limits.ACKS
    assert home.LIVE_WITHIN == limits.LIVE_WITHIN
    assert laws.LAM_MAX == limits.LAM_MAX


def test_law_5_4_starves_the_first_of_six_pcs():
    """A weakness of the law as it stands: silence is counted in packages of all siblings together.

    Six PCs of one unit that all bring a stick before the county writes one: the first of them counts as silent every
    time. What it alone has lost is not sent again. No township has six; when the law changes, this test says so.
    """
    world = World(0)
    world._has_room = lambda unit: True
    for _ in range(4):
        world.enrol(0, 1)
    world._round()
    world.back_up(2)
    work(world, "C1")
    carry(world, "C1", *(h.device for h in world.homes.values() if h.unit == "A"))
    world._round()
    world.restore(0)
    with pytest.raises(Broken, match=r"nothing is missing: .'A1'"):
        world.close()
    assert "A1" in disk(world, "C1").forks
