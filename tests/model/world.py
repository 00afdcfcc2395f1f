"""A county, its townships and departments, and the sticks between them: everything that can happen to a ledger.

Actions take plain numbers, so that the seeded histories and the Hypothesis machine drive the same world.
"""

from __future__ import annotations

from collections.abc import Iterable
from random import Random
from typing import TypeVar

from tests.model.home import Answer, Home, Package
from tests.model.laws import CERT, COUNTY, EVERYONE, GRANT, REMARK, REVOKE, SET, VOID, Id, Op, Value
from tests.model.truth import Truth, promise
from tests.model.villain import TRICKS, Forger, Liar

TOWNSHIPS = ("A", "B")
DEPARTMENTS = ("D", "E")
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
ROUNDS = 3  # of everybody with the county, after which all is told

T = TypeVar("T")


def pick(things: Iterable[T], number: int) -> T:
    """One of some things."""
    those = list(things)
    return those[number % len(those)]


class World:
    """Disks by slot, sticks, and the truth beside them."""

    def __init__(self, seed: int, home_class: type[Home] = Home, villain: str = "") -> None:
        self.seed = seed
        self.chance = Random(seed)
        self.truth = Truth()
        self.home_class = home_class
        self.sticks: list[Package] = []
        self.ever: list[Package] = []
        self.backups: list[tuple[int, Home]] = []
        self.tops: list[Id] = []
        self.homes: dict[int, Home] = {}
        self.diaries: dict[int, tuple[tuple[str, str], ...]] = {}
        self.stopped: set[str] = set()
        self.cloned = self.died = False
        self.rounds = 0
        self._begin(villain)

    def _begin(self, villain: str) -> None:
        for device, unit in FIRST_DEVICES:
            self._install(device, unit, villain if device == VILLAIN else "")
        for device, unit in FIRST_DEVICES:
            self._certify(self.homes[0], device, unit)
        for number in range(3):
            self._create(self.homes[0], number)
        for unit in (COUNTY, *TOWNSHIPS, *DEPARTMENTS):
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
        home.__dict__["diary"] = tuple(("learned", known) for known in home.units)  # of the truth, on the same disk
        self.truth.owners[device] = unit
        self.homes[max(self.homes, default=-1) + 1] = home
        return home

    def _certify(self, home: Home, device: str, unit: str) -> None:
        self._write(home, CERT, {"device": device, "unit": unit}, {EVERYONE}, None, "devices")

    # ------------------------------------------------------------------------------------- writing

    def _write(
        self, home: Home, kind: str, fields: dict[str, Value], aud: Iterable[str], record: Id | None = None,
        top: Id | None = None,
    ) -> Op:  # fmt: skip
        return self._enter(home, home.compose(kind, fields, aud, record, top))

    def _enter(self, home: Home, op: Op, stamp: int | None = None) -> Op:
        knew, devices = home.held, set(home.units)
        home.enter(op, stamp)
        self.truth.wrote(home, op, knew)
        self._note(home, [("learned", d) for d in home.units if d not in devices and d in self.truth.owners])
        return op

    def _note(self, home: Home, events: Iterable[tuple[str, str]]) -> None:
        home.__dict__["diary"] = (*home.__dict__["diary"], *events)

    def home(self, slot: int) -> Home:
        """Some disk."""
        return pick(self.homes.values(), slot)

    def county_home(self, slot: int) -> Home:
        """Some disk of the county."""
        return pick([home for home in self.homes.values() if home.unit == COUNTY], slot)

    def a_top(self, home: Home, number: int) -> Id:
        """Some record of which a home holds anything; one is made where there is none."""
        tops = [top for top in self.tops if top in home.histories]
        return pick(tops, number) if tops else self._create(home, number)

    def audience(self, home: Home, top: Id) -> set[str]:
        """To whom an operation on a record goes: the county tells those whom it names now."""
        if home.unit != COUNTY:
            return {home.unit}
        shown = home.fold(top).shown
        helpers = shown.get((top, "helpers")) or frozenset()
        return {COUNTY, str(shown.get((top, "lead")) or COUNTY), *(helpers if isinstance(helpers, frozenset) else ())}

    def create(self, slot: int, number: int) -> None:
        """A new record; at the county with a unit that is to see to it and perhaps units that help."""
        self._create(self.home(slot), number)

    def _create(self, home: Home, number: int) -> Id:
        if home.unit != COUNTY:
            fields: dict[str, Value] = {"lead": home.unit, "deadline": number}
            self.tops.append(self._write(home, SET, fields, {home.unit}).record)
            return self.tops[-1]
        lead = pick(TOWNSHIPS, number)
        helpers = frozenset(d for d, bit in zip(DEPARTMENTS, (2, 4), strict=True) if number & bit)
        fields = {"lead": lead, "helpers": helpers, "deadline": number}
        self.tops.append(self._write(home, SET, fields, {COUNTY, lead, *helpers}).record)
        for helper in sorted(helpers):
            self._grant(home, self.tops[-1], helper, {lead, COUNTY})
        return self.tops[-1]

    def _grant(self, home: Home, top: Id, unit: str, of: Iterable[str]) -> None:
        self._write(home, GRANT, {"unit": unit, "of": frozenset(of)}, {unit, COUNTY}, None, top)

    def edit(self, slot: int, number: int, value: int, *names: str) -> None:
        """One form with some fields; that some are not this unit's to write, the form does not know."""
        home = self.home(slot)
        top = self.a_top(home, number)
        self._write(home, SET, dict.fromkeys(names, value), self.audience(home, top), top)

    def judge(self, slot: int, number: int, value: int) -> None:
        """The county's verdict on a record."""
        home = self.county_home(slot)
        top = self.a_top(home, number)
        self._write(home, SET, {"verdict": value % 2}, self.audience(home, top), top)

    def report(self, slot: int, number: int, value: int) -> None:
        """The monthly dispatch: a part whose id is derived, so that two makers make one."""
        home = self.home(slot)
        top = self.a_top(home, number)
        self._write(home, SET, {"text": value}, self.audience(home, top), f"{top}/{value % 2}", top)

    def measure(self, slot: int, number: int, value: int) -> None:
        """A part with a creator of its own, who may write all of it."""
        home = self.home(slot)
        top = self.a_top(home, number)
        parts = [op for op in home.histories[top] if op.record == op.id != top and op.kind == SET]
        record = pick(parts, value).record if parts and value % 2 else None
        self._write(home, SET, {"text": value, "deadline": value}, self.audience(home, top), record, top)

    def remark(self, slot: int, number: int, value: int) -> None:
        """An entry under a record."""
        home = self.home(slot)
        top = self.a_top(home, number)
        self._write(home, REMARK, {"remark": value}, self.audience(home, top), None, top)

    def note(self, slot: int, number: int, value: int) -> None:
        """What is for this disk alone."""
        home = self.home(slot)
        top = self.a_top(home, number)
        self._write(home, SET, {"note": value}, (), top)

    def future(self, slot: int, number: int, value: int) -> None:
        """What only a newer program understands: a kind, or a field beside one that we know."""
        home = self.home(slot)
        top = self.a_top(home, number)
        if value % 2:
            self._write(home, "merge", {"into": value}, self.audience(home, top), top)
        else:
            self._write(home, SET, {"progress": value, "mood": value}, self.audience(home, top), top)

    def void(self, slot: int, number: int, value: int) -> None:
        """Void a record, or take that back."""
        home = self.home(slot)
        top = self.a_top(home, number)
        self._write(home, VOID, {"void": value % 3 or None}, self.audience(home, top), top)

    def reassign(self, slot: int, number: int) -> None:
        """Law 5: the new unit gets what all before it had, the old one what is said to it and no more."""
        home = self.county_home(slot)
        top = self.a_top(home, number)
        new, old = pick(TOWNSHIPS, number), self.audience(home, top)
        had = {unit for op in home.histories[top] for unit in home.audience(op)} | {COUNTY}
        self._grant(home, top, new, had - {new})
        for helper in sorted(old - {COUNTY, *TOWNSHIPS}):
            self._grant(home, top, helper, {new})
        self._write(home, SET, {"lead": new}, {*old, new}, top)

    def help(self, slot: int, number: int) -> None:
        """The county shows a record to one more unit."""
        home = self.county_home(slot)
        top = self.a_top(home, number)
        helper, told = pick(DEPARTMENTS, number), self.audience(home, top)
        self._grant(home, top, helper, told | {COUNTY})
        self._write(home, SET, {"helpers": frozenset({helper})}, {*told, helper}, top)

    def word(self, slot: int, value: int) -> None:
        """An entry of the county's dictionary; a township may try."""
        record = f"word/{value % 2}"
        self._write(self.home(slot), SET, {"word": value}, {EVERYONE}, record)

    def forge(self, number: int, trick: int) -> None:
        """The villain at work, where there is one."""
        for home in [h for h in self.homes.values() if h.device in self.truth.villains]:
            if self.tops:
                forgery = pick(TRICKS.values(), trick)(home, pick(self.tops, number), self.chance)
                self._enter(home, forgery.op, forgery.stamp)

    def spoil_stamps(self) -> None:
        """The villain scribbles over the stamps of what it passes on."""
        for home in [h for h in self.homes.values() if h.device in self.truth.villains]:
            for op in list(home.stamps)[::3]:
                home.stamps[op] = self.chance.getrandbits(256)

    # ------------------------------------------------------------------------------------- sticks

    def export(self, slot: int, number: int) -> None:
        """Write a stick: a township to the county or to its other PCs, the county to anybody."""
        home = self.home(slot)
        if home.unit == COUNTY:
            unit = pick((COUNTY, *TOWNSHIPS, *TOWNSHIPS, *DEPARTMENTS), number)
        else:
            unit = home.unit if number % 4 == 0 and home.unit in TOWNSHIPS else COUNTY
        self.sticks.append(self._export(home, unit))

    def _export(self, home: Home, unit: str) -> Package:
        package = home.export(unit)
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
        self.truth.imported(before, home, package, answer)
        return answer

    def shuttle(self, slot: int) -> None:
        """A diligent PC brings a stick to the first of the county and takes one home; others may read that one later."""
        hub, home = self.homes[0], pick([h for h in self.homes.values() if h.unit != COUNTY], slot)
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
        self.home(slot).undo()

    # ------------------------------------------------------------------------------------- what befalls disks

    def back_up(self, slot: int) -> None:
        """Keep an image of a disk."""
        slot = pick(self.homes, slot)
        self.backups.append((slot, self.homes[slot].copy()))

    def restore(self, backup: int) -> None:
        """Put an old image back; nobody is told."""
        alive = [(slot, image) for slot, image in self.backups if slot in self.homes]
        if alive:
            slot, image = pick(alive, backup)
            self.homes[slot] = image.copy()
            self.truth.disturbed.add(image.device)

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

    def _has_room(self, unit: str) -> bool:
        """A unit with six disks starves one of them (law 5.4, see test_laws.py)."""
        return sum(home.unit == unit for home in self.homes.values()) < 5

    def die(self, slot: int) -> None:
        """A PC of a township or department breaks for ever."""
        mortal = [s for s, h in self.homes.items() if h.unit != COUNTY]
        if mortal:
            del self.homes[pick(mortal, slot)]
            self.died = True

    def enrol(self, slot: int, number: int) -> None:
        """The county certifies a new device and writes its welcome."""
        unit = pick((COUNTY, *TOWNSHIPS, *DEPARTMENTS), number)
        if self._has_room(unit) and len(self.truth.owners) < len(FIRST_DEVICES) + 4:
            home, device = self.county_home(slot), f"{unit[0].upper()}{len(self.truth.owners)}"
            new = self._install(device, unit)
            self._certify(home, device, unit)
            self.sticks.append(self._export(home, unit))
            self._import(new, self.sticks[-1])

    def revoke(self, slot: int) -> None:
        """The county stops a device of a township, once."""
        if not self.stopped:
            self.stopped.add("B2")
            self._write(self.county_home(slot), REVOKE, {"device": "B2"}, {EVERYONE}, None, "devices")

    # ------------------------------------------------------------------------------------- the end

    def survivors(self) -> list[Home]:
        """The disks of honest people whose devices are not stopped."""
        out = self.truth.villains | self.stopped
        return [h for h in self.homes.values() if h.device not in out]

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
        lost = {op.top for op in self.truth.facts if op.aud and op not in everything}
        for fold in self.truth.shown_alike(homes):
            self.truth.shown_rightly(fold, whole=fold.top not in lost)
        self._fall_silent()

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
        county = [h for h in self.homes.values() if h.unit == COUNTY and h is not hub]
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
        for unit in (*TOWNSHIPS, *DEPARTMENTS):
            if homes := [h for h in others if h.unit == unit]:
                self._carry(hub, homes, unit)

    def _carry(self, home: Home, to: Iterable[Home], unit: str) -> None:
        package = self._export(home, unit)
        for other in to:
            self._import(other, package)

    def _fall_silent(self) -> None:
        """When all is told, two more rounds are enough for everybody to know it, and bring nothing (law 7)."""
        if self.seed // 12 % 3 or self.cloned or self.truth.liars or self.truth.villains & self.truth.disturbed:
            return  # costly, so not always; two disks with one name never agree on what it holds; nor does one that has lost its forgeries
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
