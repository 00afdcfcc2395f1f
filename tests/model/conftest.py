"""Homes for histories on real disks, made once and copied for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.pool import QueuePool

from models.store import sqlite
from tests.model.county import grown
from tests.offices import quick_folder


class KeptOpen(QueuePool):
    """One connection stays open until the ledger is closed."""

    def __init__(self, creator: Callable[[], object], pool_size: int = 1, max_overflow: int = -1, **more: Any) -> None:
        super().__init__(creator, pool_size=pool_size, max_overflow=max_overflow, **more)


@pytest.fixture(autouse=True)
def _kept_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ledgers that no other program has: to open one for every question is a quarter of a history, and says nothing.

    The program does open it for every question (docs/benchmarks.md says why); all other tests stand on that.
    """
    monkeypatch.setattr(sqlite, "NullPool", KeptOpen)


@pytest.fixture(scope="session")
def grown_folder(county_folder: Path) -> Iterator[Path]:
    """A county with two PCs, its units, and records on their disks."""
    with quick_folder() as folder:
        yield grown(county_folder, folder / "homes")
