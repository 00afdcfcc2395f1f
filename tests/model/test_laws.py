from __future__ import annotations

import pytest

from models.domain import limits
from tests.model import disk, home, laws
from tests.model.home import Home
from tests.model.scenes import SCENES


@pytest.mark.parametrize("scene", SCENES)
def test_a_scene_ends_with_every_promise_kept(scene):
    SCENES[scene](Home)


def test_model_and_program_have_one_table_of_limits():
    assert home.BASES == limits.BASES
    assert home.ACKS == limits.ACKS
    assert disk.LIVE_WITHIN == limits.LIVE_WITHIN
    assert laws.LAM_MAX == limits.LAM_MAX
