"""Fixtures of the store: an empty ledger in memory."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.store import sqlite, upgrade
from models.store.ledger import Ledger
from tests.offices import quick_folder


@pytest.fixture(scope="session")
def empty_ledger() -> Iterator[Path]:
    """A ledger as the program makes it, closed."""
    with quick_folder() as folder:
        path = folder / "ledger.db"
        upgrade.create(path)
        engine = sqlite.connect(path)
        sqlite.fold_journal(engine)
        engine.dispose()
        yield path


@pytest.fixture
def path(empty_ledger: Path) -> Iterator[Path]:
    """A ledger file of this test alone."""
    with quick_folder() as folder:
        shutil.copyfile(empty_ledger, folder / "ledger.db")
        yield folder / "ledger.db"


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    """The same, opened."""
    opened = Ledger(path)
    yield opened
    opened.close()
