"""What fuzz_package.py grows from goes through every door, and what it ever found is answered in words."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attack.doors import Doors
from tests.offices import quick_folder
from tests.packages_by_hand import Exchange

KEPT = sorted((Path(__file__).parent / "inputs").glob("*.bin"))
SECONDS = 2.0  # that one input may take: a hundred times what it does take


@pytest.fixture(scope="module")
def doors() -> Iterator[Doors]:
    with quick_folder() as folder:
        yield Doors(Exchange.new(), folder)


def test_a_good_input_goes_through_its_door_to_the_end(doors: Doors):
    begins = doors.beginnings()
    assert {data[0] for data in begins.values()} == set(range(len(doors.all())))
    for data in begins.values():
        doors.all()[data[0]](data[1:])
    doors._open(doors.folder / "good.hgb")


def test_a_door_lets_nothing_else_pass(doors: Doors, monkeypatch):
    monkeypatch.setattr("models.sync.meta.decode", lambda _: {}["a bug"])
    with pytest.raises(KeyError):
        doors.try_one(doors.beginnings()["meta"])


@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.name)
def test_what_was_found_once_is_answered_in_words(doors: Doors, kept: Path):
    start = time.process_time()
    doors.try_one(kept.read_bytes())
    assert time.process_time() - start < SECONDS


def test_good_inputs_damaged_in_any_way_are_answered_in_words(doors: Doors):
    seed = random.randrange(2**32)
    print(f"random.Random({seed})")
    rng, begins = random.Random(seed), list(doors.beginnings().values())
    for _ in range(1_500):
        data = bytearray(rng.choice(begins))
        for _ in range(rng.randint(1, 4)):
            at, other = rng.randrange(1, len(data) + 1), rng.choice(begins)
            piece = other[(cut := rng.randrange(len(other))) : cut + rng.randint(1, 40)]
            data[at : at + rng.choice((0, len(piece), 400))] = rng.choice((piece, rng.randbytes(rng.randint(0, 3))))
        doors.try_one(bytes(data))
