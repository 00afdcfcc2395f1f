"""The county of tests/offices.py with a second PC of its own, and three records that every home has its part of."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

from models.services.opening import set_up
from tests.offices import COUNTY, HOMES, OFFICE, OTHER, TOWN, World

SECOND = "county2"
FOLDERS = ("county", SECOND, *(name for name in HOMES if name != "county"))


def grown(county: Path, folder: Path) -> Path:
    """Build it in a folder, from a county whose homes are enrolled; returns where its homes lie."""
    world = World(county).copied(folder)
    world.codes[SECOND] = COUNTY
    second_pc(world)
    for number in range(3):
        values = {"description": f"第{number}个", "deadline": "2024-05-31", "township": (TOWN, OTHER)[number % 2]}
        world["county"].records.add("problem", values | {"cooperating_units": OFFICE if number & 2 else ""})
    world.send("county", SECOND)
    for _ in range(2):
        world.round(*(name for name in FOLDERS if name != "county"))
    world.close()
    shutil.rmtree(folder / "sticks")
    for name in FOLDERS:  # what came before a history cannot be undone in it
        shutil.rmtree(folder / name / "backups", ignore_errors=True)
    return folder


def second_pc(world: World) -> None:
    """Take it up: a device key of its own, the county's certificate and secret."""
    _, _, name, _ = HOMES["county"]
    second = set_up(world.home(SECOND), "county", name, COUNTY, join=True, clock=world.clock)
    stick = world.stick()
    answer = world["county"].enrolment.approve(second.enrolment.request(stick), COUNTY, stick)
    second.enrolment.accept(answer.path, answer.fingerprint)
    second.close()


def cast(seed: int) -> tuple[str, ...]:
    """The homes that a history is about: all, or the county's first with some others; fewer are quicker."""
    chance = Random(f"cast {seed}")
    if chance.random() < 0.12:
        return FOLDERS
    some = chance.sample(FOLDERS[1:], chance.choice((2, 2, 3)))
    return tuple(name for name in FOLDERS if name == "county" or name in some)
