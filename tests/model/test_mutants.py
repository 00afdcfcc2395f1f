"""Each law is broken in one line, and a promise notices; what no promise notices says why."""

from __future__ import annotations

import pytest

from tests.model import wrong_exchange, wrong_folding, wrong_holding
from tests.model.history import one
from tests.model.mutants import MUTANTS, SPARED, Mutant
from tests.model.scenes import SCENES
from tests.model.truth import Broken

SEEDS = 300
LAWS = {"2", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "16", "5.4"}


def killed(mutant: Mutant) -> Broken | None:
    """What kills a mutant: the first broken promise of its scene, or of the histories of its kind of world."""
    try:
        if mutant.world.startswith("scene "):
            SCENES[mutant.world.removeprefix("scene ")](mutant.home)
            return None
        for seed in range(SEEDS):
            one(seed, mutant.home, mutant.world)
    except Broken as broken:
        return broken
    return None


@pytest.mark.parametrize("name", MUTANTS)
def test_no_mutant_of_a_law_survives(name):
    mutant = MUTANTS[name]
    broken = killed(mutant)
    assert broken, f"law {mutant.law} may be broken unnoticed: {mutant.sentence}"
    assert broken.promise in mutant.breaks, f"{name} was to break one of {mutant.breaks}"


@pytest.mark.parametrize("name", SPARED)
def test_what_is_spared_does_live(name):
    home, _ = SPARED[name]
    for kind in ("faults", "clones", "liar faults"):
        for seed in range(40):
            one(seed, home, kind)


def test_every_law_of_the_exchange_has_a_mutant():
    made = {module.__name__ for module in (wrong_exchange, wrong_folding, wrong_holding)}
    assert {mutant.law for mutant in MUTANTS.values()} == LAWS
    assert {mutant.made_in for mutant in MUTANTS.values()} == made
