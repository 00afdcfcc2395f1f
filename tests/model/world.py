"""A county, its townships and departments, the sticks between them and what befalls their disks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from tests.model.clerks import Clerks, pick
from tests.model.home import Home
from tests.model.laws import CERT, COUNTY, EVERYONE, REVOKE, Op
from tests.model.package import Answer, Package
from tests.model.truth import promise
from tests.model.villain import Forger, Liar

FIRST_DEVICES = (
    ("C1", COUNTY),
    ("C2", COUNTY),
    ("A1", "A"),
    ("A2", "A"),
    ("B1", "B"),
    ("B2", "B"),
    ("D1", "D"),
    ("E1", "E"),
)
VILLAIN = "A2"
MOST_RENEWED = 4  # PCs in one history
ROUNDS = 3  # of everybody with the county, after which all is told


class World(Clerks):
    """Clerks, sticks, and what befalls disks; at the end everybody meets."""

    def __init__(self, seed: int, home_class: type[Home] = Home, villain: str = "") -> None:
        super().__init__(seed)
        self.home_class = home_class
        self.sticks: list[Package] = []
        self.ever: list[Package] = []
        self.backups: list[tuple[int, Home]] = []
        self.stopped: set[str] = set()
        self.renewed: set[str] = set()  # of those that are stopped: names of PCs that have new keys
        self.cloned = False
        self.answers: Counter[Answer] = Counter()
        self.undone = 0  # imports that were taken back
        self.rounds = 0
        self._begin(villain)

    def _begin(self, villain: str) -> None:
        for device, unit in FIRST_DEVICES:
            self._install(device, unit, villain if device == VILLAIN else "")
        for device, unit in FIRST_DEVICES:
            self._certify(self.homes[0], device, unit)
        for number in range(3):
            self._create(self.homes[0], number)
        for unit in (COUNTY, *self.townships, *self.departments):
            package = self._export(self.homes[0], unit)
            for home in self.homes.values():
                if home.unit == unit and home is not self.homes[0]:
                    self._import(home, package)

    def _install(self, device: str, unit: str, villain: str = "") -> Home:
        made: type[Home] = self.home_class
        if villain:
            made = type(
                "Villain", ({"forger": Forger, "liar": Liar}[villain], self.home_class), {"overheard": self.ever}
            )
            self.truth.villains.add(device)
            if villain == "liar":
                self.truth.liars.add(device)
        home = made(device, unit, self.chance)
        # Of the truth, on the same disk: what was imported and who was met, in order; and the packages themselves.
        home.__dict__.update(diary=tuple(("learned", known) for known in home.units), read=())
        self.truth.owners[device] = unit
        self.homes[max(self.homes, default=-1) + 1] = home
        return home

    def _certify(self, home: Home, device: str, unit: str) -> None:
        signed = 1 if home.has_root else None
        self._write(home, CERT, {"device": device, "unit": unit, "signed": signed}, {EVERYONE}, None, "devices")

    # ------------------------------------------------------------------------------------- sticks

    def export(self, slot: int, number: int) -> None:
        """Write a stick: a township to the county or to its other PCs, the county to anybody."""
        home = self.home(slot)
        if home.unit == COUNTY:
            unit = pick((COUNTY, *self.townships, *self.townships, *self.departments), number)
        else:
            unit = home.unit if number % 4 == 0 and home.unit in self.townships else COUNTY
        self.sticks.append(self._export(home, unit))

    def _export(self, home: Home, unit: str, welcome: str = "") -> Package:
        package = home.export(unit, welcome)
        self.truth.exported(home, package, home.__dict__["diary"])
        self.ever.append(package)
        return package

    def deliver(self, stick: int, slot: int) -> Answer | None:
        """Read some stick at some home of its receiver, any number of times."""
        if not self.sticks:
            return None
        package = pick(self.sticks, stick)
        homes = [h for h in self.homes.values() if h.unit == package.to]
        return self._import(pick(homes, slot), package) if homes else None

    def misdeliver(self, stick: int, slot: int) -> None:
        """Read some stick at any home whatever."""
        if self.sticks:
            self._import(self.home(slot), pick(self.sticks, stick))

    def _import(self, home: Home, package: Package) -> Answer:
        untouched = None if home.look_at(package) is Answer.IMPORTED else home.copy()
        answer = home.bring_in(package)
        before = untouched or home._before
        promise("importing writes nothing", before is not None, answer)
        if answer is Answer.IMPORTED:
            new = [("learned", d) for d in home.units if d not in before.units and d in self.truth.owners]
            self._note(home, [*new, ("imported", package.device)])
            home.__dict__["read"] = (*home.__dict__["read"], package)
            if home.aside:  # who brought it is believed to have less than he says, until somebody decides
                self.truth.disturbed |= {home.device, package.device}
        self.truth.imported(before, home, package, answer)
        self.answers[answer] += 1
        return answer

    def shuttle(self, slot: int) -> None:
        """A diligent PC brings a stick to the first of the county and takes one home; others may read it later."""
        if homes := [h for h in self.homes.values() if h.unit != COUNTY]:
            self._shuttle(pick(homes, slot))

    def _shuttle(self, home: Home) -> None:
        hub = self.homes[0]
        self._import(hub, self._export(home, COUNTY))
        self.sticks.append(self._export(hub, home.unit))
        self._import(home, self.sticks[-1])

    def smuggle(self, slot: int) -> None:
        """The villain's stick goes straight to the county."""
        for home in [h for h in self.homes.values() if h.device in self.truth.villains]:
            self._import(self.county_home(slot), self._export(home, COUNTY))

    def lose(self, stick: int) -> None:
        """A stick goes missing."""
        if self.sticks:
            self.sticks.remove(pick(self.sticks, stick))

    def undo(self, slot: int) -> None:
        """A clerk takes the last import back."""
        home = self.home(slot)
        before = home._before.copy() if home._before else None
        if home.undo():
            self.undone += 1
            promise("undo puts back what was", before is not None and before.ledger == home.ledger, home.device)

    def think_again(self, stick: int, slot: int) -> None:
        """A clerk reads a stick and takes that back at once."""
        if self.sticks:
            package = pick(self.sticks, stick)
            homes = [s for s, h in self.homes.items() if h.unit == package.to]
            if homes:
                slot = pick(homes, slot)
                self._import(self.homes[slot], package)
                self.undo(list(self.homes).index(slot))

    # ------------------------------------------------------------------------------------- what befalls disks

    def back_up(self, slot: int) -> None:
        """Keep an image of a disk."""
        slot = pick(self.homes, slot)
        self.backups.append((slot, self.homes[slot].copy()))

    def restore(self, backup: int) -> None:
        """Put an old image back; nobody is told."""
        if alive := self._images_of_living():
            slot, image = pick(alive, backup)
            self.homes[slot] = image.copy()
            self.truth.disturbed.add(image.device)

    def _images_of_living(self) -> list[tuple[int, Home]]:
        """Not those of the county's first PC under a name that is stopped, nor what cuts its clones off."""
        first = self.homes[0].device
        alive = [(s, image) for s, image in self.backups if s in self.homes and (s or image.device == first)]
        return [(s, image) for s, image in alive if self._between(homes={**self.homes, s: image})]

    def rot(self, slot: int, number: int) -> None:
        """A disk loses the end of a history and keeps all else, and is mended by somebody who knows better."""
        home = self.home(slot)
        top = pick(home.histories, number)
        gone = home.histories[top][-1 - number % 3 :]
        home.lose(top, gone)
        self.truth.disturbed.add(home.device)

    def clone(self, slot: int) -> None:
        """Copy a disk; both go on."""
        home = self.home(slot)
        if self._has_room(home.unit):
            self.homes[max(self.homes) + 1] = home.copy()
            self.truth.disturbed.add(home.device)
            self.cloned = True
            if not self._between():
                del self.homes[max(self.homes)]

    def _has_room(self, unit: str) -> bool:
        """So that a history does not take for ever."""
        return sum(home.unit == unit for home in self.homes.values()) < 8

    def die(self, slot: int) -> None:
        """A PC of a township or department breaks for ever."""
        mortal = [s for s, h in self.homes.items() if h.unit != COUNTY]
        if mortal:
            del self.homes[pick(mortal, slot)]

    def enrol(self, slot: int, number: int) -> None:
        """The county certifies a new device and writes its welcome."""
        unit = pick((COUNTY, *self.townships, *self.departments), number)
        if self._has_room(unit) and len(self.truth.owners) - len(self.renewed) < len(FIRST_DEVICES) + 4:
            home, device = pick(self._county_disks(), slot), f"{unit[0].upper()}{len(self.truth.owners)}"
            new = self._install(device, unit)
            self._certify(home, device, unit)
            self.sticks.append(self._export(home, unit))
            self._import(new, self.sticks[-1])

    def revoke(self, slot: int) -> None:
        """The county stops a device of a township, or its own second one, once; its first PC has the last word."""
        device = pick(("B2", "C2"), slot)
        if not self.stopped - self.renewed and device not in self.stopped and (device != "C2" or self._between(device)):
            self.stopped.add(device)
            home = self.homes[0] if device == "C2" else self.county_home(slot // 2)
            self._write(home, REVOKE, {"device": device}, {EVERYONE}, None, "devices")

    def renew(self, slot: int) -> None:
        """A PC gets new keys: one whose disk was copied or whose name is stopped, if there is any."""
        if len(self.renewed) < MOST_RENEWED:
            self._renew(pick(self._renewable(), slot))

    def _renewable(self) -> list[int]:
        """Of the disks of the county's first PC only the first: two that certify themselves do not know each other."""
        first, names = self.homes[0].device, Counter(home.device for home in self.homes.values())
        able = {s: h.device for s, h in self.homes.items() if s == 0 or h.device not in {first, *self.truth.villains}}
        copied = [s for s, device in able.items() if names[device] > 1 or device in self.stopped]
        return copied or list(able)

    def _renew(self, slot: int) -> None:
        home, hub = self.homes[slot], self.homes[0]
        old, new = home.device, f"{home.unit[0].upper()}{len(self.truth.owners)}"
        self._call(home, new)
        self._certify(hub, new, home.unit)
        if old in hub.units and old not in hub.revoked():
            self._write(hub, REVOKE, {"device": old}, {EVERYONE}, None, "devices")
        if home is not hub:
            self._welcome(home, self._export(hub, home.unit, new))
        self._stop_for_new(old)

    def _call(self, home: Home, new: str) -> None:
        """Another name, of which the old one's siblings know nothing yet: they tell it all once more."""
        self.truth.owners[new] = home.unit
        self.truth.disturbed.add(new)
        home.renew(new)
        home.__dict__["diary"] = (("learned", new), *home.__dict__["diary"])  # itself it never hears

    def _welcome(self, home: Home, package: Package) -> None:
        self._import(home, package)
        home._before = None  # the welcome of the county is no import

    def _stop_for_new(self, old: str) -> None:
        if old in self.homes[0].revoked():
            self.stopped.add(old)
            self.renewed.add(old)

    def _between(self, stopped: str = "", homes: Mapping[int, Home] | None = None) -> bool:
        """Whether no two disks of the county's first PC need another PC between them, or there is one they can meet."""
        county = self._county_disks(stopped, homes)
        known = self._known(county)
        names = [home.device for home in county if home.device in known]
        return names.count(self.homes[0].device) == 1 or len(set(names)) > 1

    def _county_disks(self, stopped: str = "", homes: Mapping[int, Home] | None = None) -> list[Home]:
        """The county's disks that are not stopped."""
        out = {stopped, *self.stopped}
        return [home for home in (homes or self.homes).values() if home.unit == COUNTY and home.device not in out]

    # ------------------------------------------------------------------------------------- the end

    def survivors(self) -> list[Home]:
        """The disks of honest people whose devices are not stopped, nor known to a stopped PC of the county alone."""
        known = self._known(self._county_disks()) - self.truth.villains - self.stopped
        return [h for h in self.homes.values() if h.device in known]

    def _known(self, county: Iterable[Home]) -> set[str]:
        """The devices that the county's first PC knows, or learns of from other PCs of the county that it can meet."""
        known, alive = {self.homes[0].device}, {home.device for home in county}
        while (
            more := {d for h in county if h.device in known or self._believed(h, known & alive) for d in h.units}
            - known
        ):
            known |= more
        return known

    def _believed(self, home: Home, alive: set[str]) -> bool:
        """Whether a PC of the county that none of the known ones alive knows can show them who it is."""
        certificates = [op for op in home.held if op.kind == CERT and op.value("device") == home.device]
        return not alive.isdisjoint(home.units) and any(op.value("signed") or op.device in alive for op in certificates)

    def close(self) -> None:
        """A few rounds of everybody with the county; then every promise must be kept."""
        alive = frozenset(op for h in self.survivors() for op in h.held if op.aud)
        while not self._told() and self.rounds < ROUNDS:
            self._round()
            self.rounds += 1
        homes = self.survivors()
        everything, scopes = self._due(homes)
        for home in homes:
            held, due = home.travelling(), scopes[home.unit]
            promise("nothing is missing", due & alive <= held, (home.device, due & alive - held))
            promise("exactly its scope", held == due, (home.device, held ^ due))
            promise(
                "nothing of another disk's own",
                all(op.aud or self.truth.facts[op].hand == home.unit for op in home.held),
            )
        self.truth.same_digest_same_operations(homes)
        self._look(homes, {op for op in self.truth.facts if op.aud and op not in everything})
        self._fall_silent()

    def _look(self, homes: list[Home], lost: set[Op]) -> None:
        """At what everybody shows in the end; some operations were lost with a disk."""
        tops = {op.top for op in lost}
        for fold in self.truth.shown_alike(homes, lost):
            self.truth.shown_rightly(fold, whole=fold.top not in tops)

    def _told(self) -> bool:
        homes = self.survivors()
        _, scopes = self._due(homes)
        return all(h.travelling() == scopes[h.unit] for h in homes)

    def _due(self, homes: Iterable[Home]) -> tuple[frozenset[Op], dict[str, frozenset[Op]]]:
        """All that survives, and what of it each unit is to hold."""
        everything = frozenset(op for op in frozenset().union(*(h.held for h in homes)) if op.aud)
        return everything, self.truth.scopes(everything, {h.unit for h in homes})

    def _round(self) -> None:
        """Everybody brings a stick to the first county PC and takes one home; the county's PCs meet in between."""
        hub = self.homes[0]
        others = [h for h in self.homes.values() if h.unit != COUNTY and h.device not in self.stopped]
        county = [home for home in self._county_disks() if home is not hub]
        for home in others:
            self._carry(home, [hub], COUNTY)
        for home in county:
            if home.device == hub.device:  # a clone of the first PC: through another one
                between = next(h for h in county if h.device != hub.device)
                for one, other in ((home, between), (between, home), (between, hub), (hub, between), (between, home)):
                    self._carry(one, [other], COUNTY)
            else:
                self._carry(home, [hub], COUNTY)
                self._carry(hub, [home], COUNTY)
        for unit in (*self.townships, *self.departments):
            if homes := [h for h in others if h.unit == unit]:
                self._carry(hub, homes, unit)
        for home in (hub, *county):
            home.take_aside()

    def _carry(self, home: Home, to: Iterable[Home], unit: str) -> None:
        package = self._export(home, unit)
        for other in to:
            self._import(other, package)

    def _fall_silent(self) -> None:
        """When all is told, two more rounds are enough for everybody to know it, and bring nothing (law 7)."""
        if self.seed // 12 % 3 or self.cloned or self.truth.liars or self.truth.villains & self.truth.disturbed:
            # Costly, so not always. Two disks with one name never agree on what it holds, nor does a villain's disk
            # from which forgeries were lost: what was refused from it counts for ever (law 12).
            return
        doubts = [len(h.doubts) for h in self.survivors()]
        self._round()
        settled = [len(h.doubts) for h in self.survivors()]
        self._round()
        promise("the exchange falls silent", settled == [len(h.doubts) for h in self.survivors()], doubts)
        promise("the exchange falls silent", self._told())
        hub = self.homes[0]
        for home in self.survivors():
            if home is not hub:
                for one, other in ((home, hub), (hub, home)):
                    untold = one.share(other.unit) - one.known.get(other.device, frozenset())
                    promise("the exchange falls silent", not untold, (one.device, other.device, untold))
