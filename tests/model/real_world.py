"""The same county on real disks: real homes in a temporary folder, each beside its model (tests/model/twin.py)."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.model.clerks import pick
from tests.model.county import cast
from tests.model.home import Home
from tests.model.ink import Ink
from tests.model.laws import COUNTY, Op
from tests.model.package import Answer, Package
from tests.model.real_clerks import RealClerks
from tests.model.truth import promise
from tests.model.twin import Twin
from tests.model.world import MOST_RENEWED
from tests.offices import Clock

PHOTO_ROUNDS = 3


class RealWorld(RealClerks):
    """A county, two townships and a department, with two PCs of some; or a few of these homes (county.cast)."""

    def __init__(self, seed: int, county: Path, folder: Path) -> None:
        self._county = county
        self._folder = folder
        self._sticks = 0
        self._images = 0
        self.has_photos = False
        self.shown_forks = 0
        super().__init__(seed, Twin)

    def _begin(self, villain: str) -> None:
        del villain
        ink: Ink | None = None
        for slot, name in enumerate(cast(self.seed)):
            folder = self._folder / "homes" / name
            shutil.copytree(self._county / name, folder)
            ink = ink or Ink(_root(folder))
            twin = Twin.of(folder, ink, Clock())
            twin.__dict__.update(diary=_diary(twin), read=())
            self.truth.owners.update(twin.units)
            self.homes[slot] = twin
        for op in frozenset().union(*(home.held for home in self.homes.values())):
            self.truth.found(op)
            self._note_top(op)

    # ------------------------------------------------------------------------------------- sticks and disks

    def export(self, slot: int, number: int) -> None:
        """Write a stick to somebody who has a device: the county has one here, and most units."""
        home = self.home(slot)
        if number % 4 == 0 and len(home.devices(home.unit)) > 1:
            unit = home.unit
        elif home.unit == COUNTY:
            unit = pick((*self.townships, *self.townships, *self.departments), number // 4)
        else:
            unit = COUNTY
        if set(home.devices(unit)) - {home.device}:  # for nobody no stick is written
            self.sticks.append(self._export(home, unit))

    def shuttle(self, slot: int) -> None:
        """A diligent PC brings a stick to the first of the county and takes one home, if anybody there may read it."""
        home = pick([h for h in self.homes.values() if h.unit != COUNTY], slot)
        if self.homes[0].devices(home.unit):
            self._shuttle(home)

    def jump(self, slot: int, value: int) -> None:
        """Somebody sets the clock of a PC, years off; nothing may depend on it."""
        clock = self._twin(pick(self.homes, slot)).office.desk._clock
        assert isinstance(clock, Clock)
        clock.now = clock.now.replace(year=1990 + value % 60, month=1 + value % 12)

    def _export(self, home: Home, unit: str, welcome: str = "") -> Package:
        assert isinstance(home, Twin)
        path = self._approve(home, welcome) if welcome else home.write_package(unit, self._new_stick())
        self._read_log(home)  # an export may write grants first; the package is compared after the model knows of them
        package = home.model_package(unit, path, welcome)
        self.truth.exported(home, package, home.__dict__["diary"])
        self.ever.append(package)
        return package

    def _new_stick(self) -> Path:
        self._sticks += 1
        return self._folder / "sticks" / str(self._sticks)

    def _approve(self, hub: Twin, device: str) -> Path:
        """The county answers the request of a PC that has new keys, and stops its former name."""
        asks = next(h for h in self.homes.values() if h.device == device)
        assert isinstance(asks, Twin)
        stick = self._new_stick()
        code = asks.office.here.unit
        path = hub.office.enrolment.approve(asks.office.enrolment.request(stick), code, stick).path
        hub.ink.volumes[path] = ()
        return path

    def back_up(self, slot: int) -> None:
        """Keep an image of a disk."""
        slot = pick(self.homes, slot)
        self._images += 1
        self.backups.append((slot, self._twin(slot).image(self._folder / "images" / str(self._images))))

    def restore(self, backup: int) -> None:
        """Put an old image back; nobody is told."""
        if alive := self._images_of_living():
            slot, image = pick(alive, backup)
            assert isinstance(image, Twin)
            now = self._twin(slot)
            now.office.close()
            self.homes[slot] = image.settle(now.folder)
            self.truth.disturbed.add(image.device)

    def put_backup_back(self, backup: int) -> None:
        """Restore an old backup by the program itself, which keeps the present ledger aside."""
        alive = [
            (s, image) for s, image in self.backups if image.device in self.homes[s].former | {self.homes[s].device}
        ]
        if alive:
            slot, image = pick(alive, backup)
            assert isinstance(image, Twin)
            self.homes[slot] = self._twin(slot).put_backup_back(image)
            self.truth.disturbed |= {image.device, self.homes[slot].device}

    def revoke(self, slot: int) -> None:
        """The county stops a device of a unit, once."""
        home = self.homes[0]
        alive = [h for h in self.homes.values() if h.device not in {home.device, *self.stopped}]
        mortal = [h.device for h in alive if self._between(h.device)]
        if mortal and not self.stopped - self.renewed:
            self._revoke(pick(sorted(set(mortal)), slot))

    def _revoke(self, device: str) -> None:
        home = self.homes[0]
        self._verb(home, lambda twin: twin.office.devices.revoke(device))
        if device in home.revoked():
            self.stopped.add(device)

    def clone(self, slot: int) -> None:
        """Copy a disk; both go on. Two disks of the county's only PC would have nobody between them."""
        county = {h.device for h in self.homes.values() if h.unit == COUNTY} - self.stopped
        self._copy_disk(pick([s for s, h in self.homes.items() if h.unit != COUNTY or len(county) > 1], slot))

    def _copy_disk(self, slot: int) -> None:
        if self._has_room(self.homes[slot].unit):
            self._images += 1
            image = self._twin(slot).image(self._folder / "images" / str(self._images))
            new = max(self.homes) + 1
            self.homes[new] = image.settle(self._folder / "homes" / f"clone{new}")
            self.truth.disturbed.add(image.device)
            self.cloned = True

    def copied(self, slot: int, number: int, value: int) -> None:
        """A disk is copied, both are used: the county sees it, the second is told so, and one of them gets new keys."""
        hub = self.homes[0]
        able = [s for s, h in self.homes.items() if h.unit != COUNTY and h.device not in self.stopped]
        slot = pick(able, slot) if able else 0
        if not able or not self._has_room(self.homes[slot].unit) or len(self.renewed) >= MOST_RENEWED:
            return
        self._copy_disk(slot)
        both = [self.homes[slot], self.homes[max(self.homes)]]
        for home in both:
            self._edit(home, number, value, "progress")
        answers = {self._import(hub, self._export(home, COUNTY)) for home in both}
        self._carry(hub, both, both[0].unit)
        if answers == {Answer.IMPORTED}:
            promise("a fork is said", both[0].device in hub.forks)
            told = [home.told_forks() for home in both if isinstance(home, Twin)]
            promise("a fork is shown where it happened", told[1], told)
            self.shown_forks += 1
        self._renew(slot if value % 2 else max(self.homes))

    def _renew(self, slot: int) -> None:
        home = self._twin(slot)
        old, hub = home.device, self.homes[0]
        self._call(home, home.take_new_keys())
        self._learn(home)
        if home is not hub:
            self._edit(home, slot, self._sticks, "progress")  # while it waits
            self._welcome(home, self._export(hub, home.unit, home.device))
        self._stop_for_new(old)

    def _twin(self, slot: int) -> Twin:
        twin = self.homes[slot]
        assert isinstance(twin, Twin)
        return twin

    # ------------------------------------------------------------------------------------- the end

    def _look(self, homes: list[Home], lost: set[Op]) -> None:
        self.truth.shown_alike(homes, lost)
        for home in homes:
            assert isinstance(home, Twin)
            home.shows_what_the_laws_show()
        if self.has_photos and not self.cloned:  # of two disks with one name only the one that spoke last is believed
            self._photos_arrive()

    def _photos_arrive(self) -> None:
        """In a few rounds every disk has all those photos that it names and any disk has."""
        for _ in range(PHOTO_ROUNDS):
            if not self._photos_lacking():
                break
            self._round()
        lacking = self._photos_lacking()
        promise("every photo arrives", not lacking, lacking)

    def _photos_lacking(self) -> dict[str, set[str]]:
        homes = [home for home in self.survivors() if isinstance(home, Twin)]
        anywhere = set().union(*(home.photos() for home in homes))
        return {h.device: lacks for h in homes if (lacks := h.photos_named() & anywhere - h.photos())}

    def leave(self) -> None:
        """Close every office."""
        for slot in self.homes:
            self._twin(slot).office.close()


def _diary(twin: Twin) -> tuple[tuple[str, str], ...]:
    """Whom a disk learned of and heard, in order, as far as can be seen on it."""
    events: list[tuple[str, str]] = []
    for unit in sorted(set(twin.units.values())):
        came = twin.arrivals(unit)
        for at in range(len(came) + 1):
            new = [d for d, u in twin.units.items() if u == unit and (0 if d in came else twin.heard[d]) == at]
            events += [("learned", device) for device in new]
            events += [("imported", device) for device in came[at : at + 1]]
    return tuple(events)


def _root(home: Path) -> bytes:
    from models.services.opening import open_office

    office = open_office(home)
    try:
        return office.desk.root or b""
    finally:
        office.close()
