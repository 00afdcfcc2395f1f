"""Homes for histories on real disks, made once and copied for each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.model.county import grown
from tests.offices import quick_folder


@pytest.fixture(scope="session")
def grown_folder(county_folder: Path) -> Iterator[Path]:
    """A county with two PCs, its units, and records on their disks."""
    with quick_folder() as folder:
        yield grown(county_folder, folder / "homes")
