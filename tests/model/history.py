"""Histories by seed: some weeks in a world, and the promises at its end. `python -m tests.model.history 500`."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import accumulate
from random import Random

from tests.model.home import Home
from tests.model.truth import Broken
from tests.model.world import World

STEPS = 75
KINDS = (  # of worlds: the words say what happens in them, and how the work is spread
    "calm", "calm busy", "calm growing", "faults", "faults busy", "clones",
    "forger", "forger faults", "forger faults growing", "liar", "liar busy", "liar faults clones",
)  # fmt: skip

Deed = Callable[[World, int, int, int], object]

# fmt: off
WORK: tuple[tuple[int, Deed], ...] = (
    (30, lambda w, a, b, v: w.create(a, b)),
    (60, lambda w, a, b, v: w.edit(a, b, v, "progress")),
    (20, lambda w, a, b, v: w.edit(a, b, v, "deadline")),
    (25, lambda w, a, b, v: w.edit(a, b, v, "deadline", "pace")),
    (50, lambda w, a, b, v: w.judge(a, b, v)),
    (5, lambda w, a, b, v: w.edit(a, b, v % 2, "verdict", "progress")),
    (20, lambda w, a, b, v: w.report(a, b, v)),
    (15, lambda w, a, b, v: w.measure(a, b, v)),
    (20, lambda w, a, b, v: w.remark(a, b, v)),
    (15, lambda w, a, b, v: w.note(a, b, v)),
    (12, lambda w, a, b, v: w.future(a, b, v)),
    (15, lambda w, a, b, v: w.void(a, b, v)),
    (20, lambda w, a, b, v: w.reassign(a, b)),
    (8, lambda w, a, b, v: w.help(a, b)),
    (10, lambda w, a, b, v: w.word(a, v)),
    (240, lambda w, a, b, v: w.export(a, b)),
    (280, lambda w, a, b, v: w.deliver(a, b)),
    (15, lambda w, a, b, v: w.misdeliver(a, b)),
    (110, lambda w, a, b, v: w.lose(a)),
    (20, lambda w, a, b, v: w.undo(a)),
    (20, lambda w, a, b, v: w.think_again(a, b)),
    (4, lambda w, a, b, v: w.enrol(a, b)),
    (2, lambda w, a, b, v: w.die(a)),
    (2, lambda w, a, b, v: w.revoke(a)),
)
FAULTS: tuple[tuple[int, Deed], ...] = (
    (30, lambda w, a, b, v: w.back_up(a)),
    (30, lambda w, a, b, v: w.restore(a)),
    (10, lambda w, a, b, v: w.rot(a, b)),
    (4, lambda w, a, b, v: w.clone(a)),
    (20, lambda w, a, b, v: w.renew(a)),
)
GROWTH: tuple[tuple[int, Deed], ...] = (
    (40, lambda w, a, b, v: w.enrol(a, b)),
    (60, lambda w, a, b, v: w.export(a, b & ~3)),  # to its siblings
)
CLONES: tuple[tuple[int, Deed], ...] = (
    (20, lambda w, a, b, v: w.clone(a)),
)
TRAFFIC: tuple[tuple[int, Deed], ...] = (
    (120, lambda w, a, b, v: w.shuttle(a % 5 * (b % 4 == 0))),  # mostly the first of them
)
CRIMES: tuple[tuple[int, Deed], ...] = (
    (60, lambda w, a, b, v: w.forge(a, b)),
    (30, lambda w, a, b, v: w.smuggle(a)),
    (5, lambda w, a, b, v: w.spoil_stamps()),
)
# fmt: on


def one(seed: int, home_class: type[Home] = Home, kind: str = "", steps: int = STEPS) -> World:
    """Live through one history; the seed chooses the kind of world where none is given."""
    kind = kind or KINDS[seed % len(KINDS)]
    words = kind.split()
    villain = next((word for word in words if word in ("forger", "liar")), "")
    world = World(seed, home_class, villain)
    deeds = (
        WORK
        + (FAULTS if "faults" in words else ())
        + (CRIMES if villain else ())
        + (CLONES if "clones" in words else ())
        + (GROWTH if "growing" in words else ())
        + (TRAFFIC if "busy" in words else ())
    )
    weights = list(accumulate(weight for weight, _ in deeds))
    chance = Random(seed)
    try:
        for _, deed in chance.choices(deeds, cum_weights=weights, k=steps):
            bits = chance.getrandbits(48)
            deed(world, bits & 0xFFFF, bits >> 16 & 0xFFFF, bits >> 32)
        world.close()
    except Broken as broken:
        broken.add_note(
            f"history {seed} ({kind}) of {home_class.__name__}: tests.model.history.one({seed}, kind={kind!r})"
        )
        raise
    return world


def histories(count: int, seed: int = 0, home_class: type[Home] = Home, kind: str = "") -> Iterator[World]:
    """Live through histories, each with its own seed; the first broken promise ends them, naming its seed."""
    for number in range(seed, seed + count):
        yield one(number, home_class, kind)


def main(count: int, seed: int) -> None:
    """Live through many histories and say what was seen."""
    seen: Counter[str] = Counter()
    start = time.perf_counter()
    for world in histories(count, seed):
        seen[f"{world.rounds} rounds"] += 1
        seen["operations"] += len(world.truth.facts)
        seen["packages"] += len(world.ever)
        for home in world.survivors():
            seen["flags"] += sum(len(fold.flags) for fold in home.shared_folds())
            seen["flags up"] += sum(sum(fold.flags.values()) for fold in home.shared_folds())
            seen["conflicts"] += sum(len(fold.conflicts) for fold in home.shared_folds())
            seen["doubts"] += len(home.doubts)
            seen["forks"] += len(home.forks)
            seen["refused"] += len(home.loud)
    print(f"{count} histories in {time.perf_counter() - start:.1f} s:", dict(sorted(seen.items())))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0)
