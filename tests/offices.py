"""A county with real homes in a temporary folder: two townships, one with two PCs, and a department."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from sqlalchemy import select

from models.services.office import Office
from models.services.opening import open_office, set_up
from models.services.views.exchange import Report, Written
from models.store.schema import metadata

COUNTY, TOWN, OTHER, OFFICE = "361021", "361021101", "361021102", "361021901"
# name of the home → code, kind, the unit as it calls itself, the unit as the county has it on its list
# fmt: off
HOMES = {
    "county": (COUNTY, "county", "临江县环委办", "临江县环委办"),
    "town": (TOWN, "township", "白水镇", "白水镇人民政府"),
    "town2": (TOWN, "township", "白水镇", "白水镇人民政府"),
    "other": (OTHER, "township", "青石镇人民政府", "青石镇"),
    "office": (OFFICE, "department", "临江县住建局", "县住建局"),
}
# fmt: on
AWAY = tuple(name for name in HOMES if name != "county")


@contextmanager
def quick_folder() -> Iterator[Path]:
    """A folder in memory where there is such a thing: flushing to a disk is most of what these tests would wait for."""
    memory = Path("/dev/shm")
    place = memory if memory.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="huangai-test-", dir=place) as folder:
        yield Path(folder)


@contextmanager
def lived_in(county: Path, live: Callable[[World], object]) -> Iterator[World]:
    """A county in which something has happened, closed, and what `live` says of it: made once, copied for each test."""
    with quick_folder() as folder:
        world = World(county).copied(folder / "homes")
        world.told = live(world)
        world.close()
        yield world


@dataclass
class Clock:
    """What the PCs of a test take for now."""

    now: datetime = datetime(2024, 6, 15, 9, 0, tzinfo=timezone(timedelta(hours=8)))

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def jump(self, *, days: float) -> None:
        self.now += timedelta(days=days)


@dataclass
class World:
    """The homes of one county in one folder, opened when they are first asked for."""

    folder: Path
    clock: Clock = field(default_factory=Clock)
    codes: dict[str, str] = field(default_factory=lambda: {name: home[0] for name, home in HOMES.items()})
    _open: dict[str, Office] = field(default_factory=dict)
    _sticks: int = 0
    told: Any = None  # what `lived_in` was told

    def home(self, name: str) -> Path:
        return self.folder / name

    def __getitem__(self, name: str) -> Office:
        if name not in self._open:
            self._open[name] = open_office(self.home(name), clock=self.clock)
        return self._open[name]

    def close(self, *names: str) -> None:
        for name in names or tuple(self._open):
            if name in self._open:
                self._open.pop(name).close()

    # ------------------------------------------------------------------------------------- setting up

    @classmethod
    def new(cls, folder: Path) -> World:
        """All homes, enrolled, with nothing in them."""
        world = cls(folder)
        for name, (code, kind, called, _) in HOMES.items():
            world._open[name] = set_up(world.home(name), kind, called, code, clock=world.clock)
        for name in AWAY:
            code, kind, _, listed = HOMES[name]
            world["county"].units.add(kind, listed, code)
        for name in AWAY:
            world.enrol(name)
        for _ in range(2):  # until everybody knows everybody, and that
            world.round()
        return world

    def enrol(self, name: str) -> None:
        stick = self.stick()
        asked = self[name].enrolment.request(stick)
        answer = self["county"].enrolment.approve(asked, HOMES[name][0], stick)
        self[name].enrolment.accept(answer.path, answer.fingerprint)

    def copied(self, folder: Path) -> World:
        """The same county once more, as if all disks were cloned."""
        self.close()
        shutil.copytree(self.folder, folder, ignore=shutil.ignore_patterns("sticks", "auto-*.db"))
        return World(folder, Clock(self.clock.now))

    # ------------------------------------------------------------------------------------- sticks

    def stick(self) -> Path:
        """An empty stick."""
        self._sticks += 1
        return self.folder / "sticks" / str(self._sticks)

    def written(self, sender: str, receiver: str | None = None) -> Written:
        """A package from one home, to the county or to the unit of another home."""
        units = [self.codes[receiver]] if receiver else None
        return self[sender].exchange.export(self.stick(), units).packages[0]

    def taken(self, receiver: str, *packages: Written | Path) -> Report:
        """What one home says to the last of these packages."""
        paths = [p if isinstance(p, Path) else p.path for p in packages]
        return self[receiver].exchange.bring_in(paths)[-1]

    def send(self, sender: str, receiver: str) -> Report:
        return self.taken(receiver, self.written(sender, receiver if receiver != "county" else None))

    def round(self, *names: str) -> list[Report]:
        """Every home to the county, then the county back to every home."""
        back = names or AWAY
        reports = [self.send(name, "county") for name in back]
        for code in dict.fromkeys(self.codes[name] for name in back):
            package = self["county"].exchange.export(self.stick(), [code]).packages[0]
            reports += [self.taken(name, package) for name in back if self.codes[name] == code]
        return reports

    # ------------------------------------------------------------------------------------- disks

    @contextmanager
    def restored(self, name: str) -> Iterator[None]:
        """What happens inside is undone on one disk afterwards, as an image put back undoes it."""
        self.close(name)
        kept = self.folder / f"{name}.image"
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(self.home(name), kept)
        yield
        self.close(name)
        shutil.rmtree(self.home(name))
        kept.rename(self.home(name))

    def clone(self, name: str, new: str) -> None:
        """A second disk with the same keys."""
        self.close(name)
        shutil.copytree(self.home(name), self.home(new))
        self.codes[new] = self.codes[name]

    # ------------------------------------------------------------------------------------- asking

    def digests(self, name: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """The scope of a home's unit, as it is there and as it is at the county."""
        code = self.codes[name]
        return self[name].exchange.digest(code), self["county"].exchange.digest(code)

    def dump(self, name: str) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table of a home: what must be the same where nothing was to be changed.

        Not the register of media, which says that it was tried.
        """
        with self[name].desk.ledger.read() as connection:
            return {
                table.name: sorted(map(tuple, connection.execute(select(table))), key=repr)
                for table in metadata.sorted_tables
                if table.name != "register"
            }

    def agree(self, *names: str) -> bool:
        return all(here == there for here, there in map(self.digests, names or AWAY))

    def sound(self, *names: str) -> list[str]:
        """What deep checks find in these homes; nothing, one hopes."""
        return [
            f"{name}: {finding.text}"
            for name in names or HOMES
            for finding in self[name].care.check(deep=True).findings
            if finding.level == "damage"
        ]
