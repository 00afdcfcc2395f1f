"""Histories on real disks by seed: what happens, how often, and the promises at the end."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random

from tests.model.real_world import RealWorld
from tests.model.truth import Broken

STEPS = 22

Deed = Callable[[RealWorld, int, int, int], object]
# fmt: off
DEEDS: tuple[tuple[int, Deed], ...] = (
    (20, lambda w, a, b, v: w.create(a, b)),
    (60, lambda w, a, b, v: w.edit(a, b, v, "progress")),
    (25, lambda w, a, b, v: w.edit(a, b, v, "deadline", "pace")),
    (45, lambda w, a, b, v: w.judge(a, b, v)),
    (5, lambda w, a, b, v: w.edit(a, b, v, "closing_stage", "progress")),
    (30, lambda w, a, b, v: w.cross(a, b, v)),
    (25, lambda w, a, b, v: w.report(a, b, v)),
    (15, lambda w, a, b, v: w.measure(a, b, v)),
    (15, lambda w, a, b, v: w.remark(a, b, v)),
    (15, lambda w, a, b, v: w.attach(a, b, v)),
    (15, lambda w, a, b, v: w.note(a, b, v)),
    (15, lambda w, a, b, v: w.future(a, b, v)),
    (15, lambda w, a, b, v: w.void(a, b, v)),
    (20, lambda w, a, b, v: w.reassign(a, b)),
    (10, lambda w, a, b, v: w.help(a, b)),
    (10, lambda w, a, b, v: w.fill_in(a, b, v)),
    (20, lambda w, a, b, v: w.jump(a, v)),
    (150, lambda w, a, b, v: w.export(a, b)),
    (90, lambda w, a, b, v: w.shuttle(a)),
    (220, lambda w, a, b, v: w.deliver(a, b)),
    (15, lambda w, a, b, v: w.misdeliver(a, b)),
    (80, lambda w, a, b, v: w.lose(a)),
    (10, lambda w, a, b, v: w.undo(a)),
    (40, lambda w, a, b, v: w.think_again(a, b)),
    (10, lambda w, a, b, v: w.revoke(a)),
)
FAULTS: tuple[tuple[int, Deed], ...] = (
    (30, lambda w, a, b, v: w.back_up(a)),
    (25, lambda w, a, b, v: w.restore(a)),
    (15, lambda w, a, b, v: w.put_backup_back(a)),
    (10, lambda w, a, b, v: w.clone(a)),
)
# Costly, so halfway through some histories only: by the last digits of the seed.
RARE: dict[int, Deed] = {
    5: lambda w, a, b, v: w.copied(a, b, v),
    15: lambda w, a, b, v: w.renew(a),
}
# fmt: on


def one(seed: int, county: Path, folder: Path, *, steps: int = STEPS) -> RealWorld:
    """Live through one history on real disks; every third is without faults."""
    world = RealWorld(seed, county, folder)
    chance = Random(seed)
    deeds = DEEDS + (FAULTS if seed % 3 else ())
    try:
        for number, (_, deed) in enumerate(chance.choices(deeds, [weight for weight, _ in deeds], k=steps)):
            if number == steps // 2 and seed % 20 in RARE:
                RARE[seed % 20](world, seed, seed // 20, seed // 20)
            bits = chance.getrandbits(48)
            deed(world, bits & 0xFFFF, bits >> 16 & 0xFFFF, bits >> 32)
        world.close()
    except Broken as broken:
        broken.add_note(f"real history {seed}")
        raise
    finally:
        world.leave()
    return world


def worlds(count: int, seed: int, county: Path, folder: Path) -> Iterable[RealWorld]:
    """Live through histories, each in a folder of its own that is gone afterwards."""
    for number in range(seed, seed + count):
        own = folder / str(number)
        yield one(number, county, own)
        shutil.rmtree(own)
