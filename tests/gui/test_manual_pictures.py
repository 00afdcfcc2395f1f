"""The scenes of the manual can be taken anew: the places, buttons and cards that they name are still there."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path

import pytest

from tests.gui import fakes

TOOLS = Path(__file__).resolve().parents[2] / "tools"
# Those that need nothing but lists; the others need packages and workbooks of a real ledger.
FEW = (
    "overview-township", "overview-county", "record", "dispatch", "find", "bulk", "conflict", "write-ready", "backup",
    "month-grid", "month-judge",
)  # fmt: skip


def _load(name: str):
    spec = importlib.util.spec_from_file_location(name, TOOLS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def scenes():
    return _load("manual_scenes")


@pytest.fixture(scope="module")
def tool(scenes):
    return _load("manual")


@pytest.mark.parametrize("name", FEW)
def test_a_scene_is_taken_anew(dressed, scenes, tool, tmp_path, name):
    who, deed = scenes.SCENES[name]
    studio = scenes.Studio(fakes.county() if who == "county" else fakes.township())
    try:
        image = tool.take(deed(studio))
    finally:
        studio.close()
    assert image.width() >= 300
    assert image.height() >= 100
    path = tool.keep(image, tmp_path / f"{name}.png")
    assert 3_000 < path.stat().st_size < 250_000
    colours = {image.pixel(x, y) for x in range(0, image.width(), 5) for y in range(0, image.height(), 5)}
    assert len(colours) > 10, "not an empty page"


def test_the_first_start_is_taken_anew(dressed, tool, tmp_path):
    image = tool._first_start(tmp_path / "nobody")
    assert image.width() >= 1024
    assert not (tmp_path / "nobody").exists(), "nothing is set up for a picture"


def test_no_picture_tells_of_the_machine_that_took_it(scenes):
    assert not Path(scenes.STICK).is_absolute()
    assert os.sep not in scenes.STICK
