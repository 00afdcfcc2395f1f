"""Fixtures of the exchange: one county and one township, and a folder for what is under way."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.packages_by_hand import Exchange


@pytest.fixture(scope="session")
def exchange() -> Exchange:
    return Exchange.new()


@pytest.fixture
def staging(tmp_path: Path) -> Path:
    return tmp_path / "staging"
