"""A verb broken off at any call that changes a file, half of the write done: the state is old or new, never between.

It is ended there, as by a power switch, or the disk refuses: full, broken, read-only, the stick pulled out.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.attack.forging import Scene
from tests.attack.plays import PLAYS

HERE = Path(__file__).parent
SEED = 1
SOME = 4  # calls of each verb at which it is ended in every run; all of them by `soak`
OFTEN = ("edit", "export", "import", "undo", "restore", "backup")
FAMILIES = {
    "files": ("export with photos", "export to all", "import of a volume", "import of a stick"),
    "PCs": ("setup", "setup of a county", "approve", "accept", "accept at the county"),
    "keys": ("revoke", "renew", "renew at the county", "aside", "recovery"),
}


@pytest.fixture(scope="module")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    gcc = shutil.which("gcc")
    if gcc is None or sys.platform != "linux":
        pytest.skip("needs gcc on Linux to build crash_at.c")
    library = tmp_path_factory.mktemp("shim") / "crash_at.so"
    subprocess.run([gcc, "-shared", "-fPIC", "-O1", "-o", library, HERE / "crash_at.c", "-ldl"], check=True)
    return library


def _broken_off(
    scene: Scene, shim: Path, ends: int, faults: int, *plays: str, seed: int | None = SEED
) -> dict[str, Any]:  # fmt: skip
    """`seed`: of what is tried; none: by chance, for soak. The suite tries the same every day."""
    scene.world.close()
    seed = random.randrange(2**32) if seed is None else seed
    words = (scene.world.folder, scene.own, ends, faults, seed, *plays)
    command = [sys.executable, "-m", "tests.attack.crashing", *map(str, words)]
    done = subprocess.run(
        command, env=os.environ | {"LD_PRELOAD": str(shim), "PYTHONDONTWRITEBYTECODE": "1"}, cwd=HERE.parent.parent,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, (command, done.stderr[-3000:])
    said = json.loads(done.stdout)
    for play in plays:
        one = said[play]
        print(f"{play}: ended at {len(one['ended'])}, failed at {len(one['failed'])} of {one['calls']} calls, seed {seed};"
              f" then {one['then']}")  # fmt: skip
        assert one["calls"] > 10
        for name, wanted in (("ended", ends), ("failed", faults)):
            assert len(one[name]) == (one["calls"] if wanted < 0 else wanted)
    return said


def test_every_verb_has_its_place():
    assert sorted(PLAYS) == sorted([*OFTEN, *(play for family in FAMILIES.values() for play in family)])


@pytest.mark.parametrize("play", OFTEN)
def test_a_verb_ended_at_a_write_leaves_the_old_state_or_the_new(scene: Scene, shim: Path, play: str):
    _broken_off(scene, shim, SOME, 1, play)


@pytest.mark.parametrize("family", FAMILIES)
def test_verbs_of_a_family_are_whole_after_a_crash_and_on_a_disk_that_fails(scene: Scene, shim: Path, family: str):
    _broken_off(scene, shim, 1, 1, *FAMILIES[family])


@pytest.mark.soak
@pytest.mark.parametrize("play", PLAYS)
def test_a_verb_ended_at_every_single_write(scene: Scene, shim: Path, play: str):
    _broken_off(scene, shim, -1, 0, play, seed=None)


@pytest.mark.soak
@pytest.mark.parametrize("play", PLAYS)
def test_a_verb_whose_disk_fails_at_every_single_write(scene: Scene, shim: Path, play: str):
    said = _broken_off(scene, shim, 0, -1, play, seed=None)
    assert said[play]["then"]["refused"]
