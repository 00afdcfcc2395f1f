"""One scene for all attacks, copied for each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.attack.forging import Scene
from tests.offices import quick_folder


@pytest.fixture(scope="session")
def played() -> Iterator[Scene]:
    """Three records that have travelled between real homes."""
    with quick_folder() as folder:
        scene = Scene.new(folder / "homes")
        yield scene
        scene.world.close()


@pytest.fixture
def scene(played: Scene) -> Iterator[Scene]:
    """The same on disks of this test's own."""
    with quick_folder() as folder:
        copied = played.copied(folder / "homes")
        yield copied
        copied.world.close()
