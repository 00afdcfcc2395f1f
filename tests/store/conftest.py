"""Fixtures of the store: an empty ledger in memory."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from models.domain.unit import derived_id
from models.store import fold, operations, pages, sqlite, upgrade
from models.store.holding import Incoming, hold
from models.store.ledger import Ledger
from models.store.schema import device
from tests.disks import DISKS, KINDS, UNITS
from tests.disks import device as device_of
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


class Log:
    """A county's ledger that is written to directly: records by the dozen, without homes around them."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.nonce = 0

    def enrol(self) -> None:
        """Everybody of tests/disks.py."""
        with self.ledger.write() as connection:
            for name, unit in DISKS.items():
                connection.execute(
                    device.insert().values(
                        id=bytes.fromhex(device_of(name)), unit=unit, kind=KINDS[unit], certificate=b"x", revoked=0,
                        heard=0, forks=0, lists_from=0,
                    )
                )  # fmt: skip
        for code, name in UNITS.items():
            unit = derived_id("unit", code)
            self.write("unit", {"code": code, "kind": KINDS[code], "name": name}, record=unit)

    def write(self, table: str, values: dict[str, Any], *, by: str = "county", record: str | None = None) -> str:
        """One record or a change of one; its id."""
        return self.many(table, [values], by=by, record=record)[0]

    def many(
        self, table: str, records: Sequence[dict[str, Any]], *, by: str = "county", record: str | None = None,
        now: str = "2024-06-15T01:00:00.000000+00:00",
    ) -> list[str]:  # fmt: skip
        incoming: list[Incoming] = []
        for values in records:
            self.nonce += 1
            body = operations.make(
                kind="set", table=table, fields={n: (v, ()) for n, v in values.items()}, aud=(DISKS[by],), lam=1,
                device=device_of(by), nonce=self.nonce, user="", wall="", record=record,
            )  # fmt: skip
            sha = operations.digest_of(body)
            incoming.append(Incoming(operations.read(body, sha), body, sha))
        with self.ledger.write() as connection:
            tops = hold(connection, incoming, fold.registry(connection), now)
            fold.refold(connection, tops)
        return [i.operation.record for i in incoming]

    def rows(self, query: pages.Wanted) -> list[str]:
        """The ids of the records of a list, in its order."""
        with self.ledger.read() as connection:
            numbers = pages.rows(connection, query)
            assert pages.count(connection, query) == len(numbers)
            return [row["id"].hex() for row in pages.block(connection, query.table, numbers)]


@pytest.fixture(scope="session")
def county_ledger(empty_ledger: Path) -> Path:
    """The same with devices and units in it."""
    path = empty_ledger.with_name("county.db")
    shutil.copyfile(empty_ledger, path)
    ledger = Ledger(path)
    Log(ledger).enrol()
    ledger.settle()
    ledger.close()
    return path


@pytest.fixture
def new_log(county_ledger: Path) -> Iterator[Callable[[], Log]]:
    """As many ledgers as a property wants."""
    opened: list[Ledger] = []

    with quick_folder() as folder:

        def make() -> Log:
            path = folder / f"{len(opened)}.db"
            shutil.copyfile(county_ledger, path)
            opened.append(Ledger(path))
            return Log(opened[-1])

        yield make
        for ledger in opened:
            ledger.close()


@pytest.fixture
def log(new_log: Callable[[], Log]) -> Log:
    return new_log()
