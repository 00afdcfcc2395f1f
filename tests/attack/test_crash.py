"""A verb that is ended at any call that changes a file, half of the write done: the state is old or new, never between."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.attack.crashing import PLAYS
from tests.attack.forging import Scene

HERE = Path(__file__).parent
SOME = 4  # calls of each verb that are tried in every run; all of them by `soak`


@pytest.fixture(scope="module")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    gcc = shutil.which("gcc")
    if gcc is None or sys.platform != "linux":
        pytest.skip("needs gcc on Linux to build crash_at.c")
    library = tmp_path_factory.mktemp("shim") / "crash_at.so"
    subprocess.run([gcc, "-shared", "-fPIC", "-O1", "-o", library, HERE / "crash_at.c", "-ldl"], check=True)
    return library


def _crashed(scene: Scene, shim: Path, play: str, most: int) -> None:
    scene.world.close()
    seed = random.randrange(2**32)
    words = (scene.world.folder, scene.own, play, most, seed)
    command = [sys.executable, "-m", "tests.attack.crashing", *map(str, words)]
    done = subprocess.run(
        command, env=os.environ | {"LD_PRELOAD": str(shim)}, cwd=HERE.parent.parent, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, (command, done.stderr[-3000:])
    said = json.loads(done.stdout)
    print(f"{play}: ended at {len(said['tried'])} of {said['calls']} calls, seed {seed}")
    assert said["calls"] > 10
    assert len(said["tried"]) == (min(most, said["calls"]) if most else said["calls"])


@pytest.mark.parametrize("play", PLAYS)
def test_a_verb_ended_at_a_write_leaves_the_old_state_or_the_new(scene: Scene, shim: Path, play: str):
    _crashed(scene, shim, play, SOME)


@pytest.mark.soak
@pytest.mark.parametrize("play", PLAYS)
def test_a_verb_ended_at_every_single_write(scene: Scene, shim: Path, play: str):
    _crashed(scene, shim, play, 0)
