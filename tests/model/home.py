"""One disk under the laws of sync.md 5.0, 5.4 and 5.5: what it holds, what it believes of others, what it writes.

Every attribute is immutable or a dict of immutables, so a backup, a clone and the state before an import are shallow
copies. Each method is one law or part of one; tests/model/mutants.py overrides them one at a time.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from random import Random
from typing import Self

from tests.model.laws import CERT, COUNTY, EVERYONE, GRANT, LAM_MAX, NOTHING, REVOKE, Fold, Id, Op, Value, digest
from tests.model.package import Answer, Package, number_of, stamp_of

BASES = 64  # own packages to a peer that a header lists
FIRST = "C1"  # the device with the county's root key: what comes with a welcome vouches for it
ACKS = 64  # imported packages that a package acknowledges
LIVE_WITHIN = 5  # packages of one sibling after which a silent device is no longer live


class Home:
    """One installation of the program, or a copy of its disk."""

    fold_class = Fold

    def __init__(self, device: str, unit: str, chance: Random) -> None:
        self.device = device
        self.unit = unit
        self.chance = chance
        self.units = {FIRST: COUNTY, device: unit}  # by the certificates seen: a device belongs to one unit for ever
        self.held: frozenset[Op] = NOTHING
        self.histories: dict[Id, tuple[Op, ...]] = {}  # in the order of arrival
        self.stamps: dict[Op, int] = {}
        self.secrets = frozenset({1} if unit == COUNTY else ())  # numbers of those that are here
        self.has_root = device == FIRST  # the county's root key, which makes its secrets again
        self.aside: dict[int, frozenset[Op]] = {}  # by package: what a stopped PC of the county could have stamped
        self.known: dict[str, frozenset[Op]] = {}  # what each device has (law 6)
        self.refused: dict[str, frozenset[Op]] = {}
        self.written: dict[int, tuple[str, frozenset[Op]]] = {}  # own packages: to whom, with which operations
        self.forgotten: dict[str, frozenset[int]] = {}  # own packages whose acknowledgement counts no more
        self.imported: dict[tuple[str, int], str] = {}  # packages, by unit, in the order of arrival
        self.older: dict[str, frozenset[int]] = {}  # packages of a device that a newer one of it has listed
        self.newest: dict[str, int] = {}
        self.heard: dict[str, int] = {}  # how many packages of its unit had come when a device was heard or learned of
        self.forks: tuple[str, ...] = ()
        self.doubts: tuple[str, ...] = ()  # devices whose `known` had to be emptied
        self.loud: tuple[Op, ...] = ()  # operations that were refused and reported
        self._folds: dict[Id, Fold] = {}
        self._before: Self | None = None

    @property
    def ledger(self) -> dict[str, object]:
        """All that an undo puts back: not the keys, nor what is worked out from the rest."""
        return {name: state for name, state in self.__dict__.items() if name not in {"secrets", "_folds"}}

    def copy(self) -> Self:
        """An image of the disk."""
        twin = object.__new__(type(self))
        twin.__dict__.update({k: dict(v) if type(v) is dict else v for k, v in self.__dict__.items()})
        return twin

    # ------------------------------------------------------------------------------------- writing

    def fold(self, top: Id) -> Fold:
        """What this disk shows of one history."""
        if top not in self._folds:
            self._folds[top] = self.fold_class(top, self.histories.get(top, ()), self.units)
        return self._folds[top]

    def compose(
        self, kind: str, fields: dict[str, Value], aud: Iterable[str], record: Id | None = None, top: Id | None = None
    ) -> Op:
        """Make an operation as this disk would; nothing is held yet."""
        sha = self.chance.getrandbits(256)
        record = sha >> 128 if record is None else record
        top = record if top is None else top
        fold, aud = self.fold(top), frozenset(aud)
        judges = "verdict" in fields or "void" in fields
        return Op(
            sha, kind, top, record,
            {name: (value, fold.prefixes(record, name)) for name, value in fields.items()},
            aud | {self.unit} if aud else aud,
            self.next_lam(fold),
            self.device,
            fold.after,
            frozenset(op.prefix for op in self.seen(top, record)) if judges else None,
        )  # fmt: skip

    def seen(self, top: Id, record: Id) -> Iterable[Op]:
        """What a verdict says that it saw (law 14): all on the record and its parts."""
        del record
        return [op for op in self.histories.get(top, ()) if op.aud]

    def next_lam(self, fold: Fold) -> int:
        """Law 11: counted over what is applied, and saturating."""
        return min(LAM_MAX, fold.lam + 1)

    def enter(self, op: Op, stamp: int | None = None) -> Op:
        """Hold an operation written here."""
        self._before = None
        self._hold([op])
        if self.unit == COUNTY:
            if op.kind == REVOKE and self.units.get(str(op.value("device"))) == COUNTY:
                self.secrets |= {max(self.secrets) + 1}
            stamp = stamp_of(op, max(self.secrets))
        if stamp is not None:
            self.stamps[op] = stamp
        self.believe_certificates([op])
        return op

    def _hold(self, operations: Iterable[Op]) -> None:
        new = [op for op in operations if op not in self.held]
        self.held |= frozenset(new)
        for op in new:
            self.histories[op.top] = (*self.histories.get(op.top, ()), op)
            self._folds.pop(op.top, None)

    def lose(self, top: Id, operations: Collection[Op]) -> None:
        """Hold some operations no more, as if the disk had rotted there: what is noted about them stays."""
        self._before = None
        self.held -= frozenset(operations)
        self.histories[top] = tuple(op for op in self.histories[top] if op not in operations)
        self._folds.pop(top, None)

    # ------------------------------------------------------------------------------------- who is who

    def learn(self, device: str, unit: str) -> None:
        """Remember whose device it is."""
        if device not in self.units:
            self.units[device] = unit
            self.heard[device] = len(self.arrivals(unit))
            self._folds.clear()

    def believe_certificates(self, operations: Iterable[Op]) -> None:
        """Take the certificates among operations; one by a device that another one introduces comes after it."""
        waiting = [op for op in operations if op.kind == CERT]
        while ready := [op for op in waiting if self.from_county(op)]:
            for op in ready:
                self.learn(str(op.value("device")), str(op.value("unit")))
            waiting = [op for op in waiting if op not in ready]

    def from_county(self, op: Op) -> bool:
        """Whether it counts where only the county's word does (law 5)."""
        return self.units.get(op.device) == COUNTY

    def revoked(self) -> set[str]:
        """The devices that the county has stopped."""
        return {str(op.value("device")) for op in self.held if op.kind == REVOKE and self.from_county(op)}

    def devices(self, unit: str) -> list[str]:
        """The unrevoked devices of a unit, this one among them."""
        stopped = self.revoked()
        return [d for d, u in self.units.items() if u == unit and d not in stopped]

    def live(self, unit: str) -> frozenset[str]:
        """The devices that a package is complete for (5.4)."""
        heard = {d: self.heard.get(d, 0) for d in self.devices(unit) if d != self.device}
        last = max(heard.values(), default=0)
        return frozenset(d for d, n in heard.items() if n == last or self.silence(unit, n) < LIVE_WITHIN)

    def silence(self, unit: str, since: int) -> int:
        """How long a device that was heard then has been silent: the packages of its most diligent sibling."""
        return max(Counter(self.arrivals(unit)[since:]).values(), default=0)

    def arrivals(self, unit: str) -> list[str]:
        """Whose packages of a unit came, in their order."""
        return [device for (device, _), u in self.imported.items() if u == unit]

    # ------------------------------------------------------------------------------------- scope

    def audience(self, op: Op) -> frozenset[str]:
        """Law 5: in an operation of a township or department only its own unit counts."""
        if not op.aud or self.from_county(op):
            return op.aud
        return frozenset({self.units.get(op.device, "")})

    def grants(self, op: Op) -> bool:
        """Whether an operation is a grant that counts."""
        return op.kind == GRANT and self.from_county(op)

    def scope(self, unit: str) -> frozenset[Op]:
        """What a unit may hold (law 5): addressed to it, or granted."""
        granted: defaultdict[Id, frozenset[str]] = defaultdict(frozenset)
        for op in self.held:
            of = op.value("of")
            if self.grants(op) and op.value("unit") == unit and isinstance(of, frozenset):
                granted[op.top] |= of
        return frozenset(op for op in self.held if op.aud and self.reaches(op, unit, granted[op.top]))

    def reaches(self, op: Op, unit: str, of: frozenset[str]) -> bool:
        """Whether a unit that was granted the operations `of` some units on this record may hold one of them."""
        audience = self.audience(op)
        return unit in audience or EVERYONE in audience or bool(audience & of)

    def travelling(self) -> frozenset[Op]:
        """All but what is for this disk alone."""
        return frozenset([op for op in self.held if op.aud])

    def share(self, unit: str) -> frozenset[Op]:
        """What a complete package to a unit holds (law 9)."""
        if unit == COUNTY:
            return self.travelling()
        if unit == self.unit:
            return frozenset(op for op in self.travelling() if self.units.get(op.device) == self.unit)
        return self.scope(unit)

    # ------------------------------------------------------------------------------------- export

    def export(self, unit: str) -> Package:
        """Write a package, also when nothing is new (5.4)."""
        self._before = None
        share = self.share(unit)
        live = self.live(unit)
        lacking = NOTHING.union(*(share - self.known.get(device, NOTHING) for device in live))
        package = Package(
            self.new_number(),
            self.device,
            self.unit,
            unit,
            tuple((op, self.stamps.get(op)) for op in sorted(lacking, key=lambda op: op.sha)),
            self.acknowledged(unit),
            digest(self.digested(unit, share)),
            self.bases(unit),
            live,
            frozenset(self.recipients(unit)),
            self.secrets if unit == self.unit else frozenset(),
        )
        self.written[package.id] = (unit, lacking)
        return package

    def new_number(self) -> int:
        """The random id of a package."""
        return self.chance.getrandbits(128)

    def acknowledged(self, unit: str) -> frozenset[tuple[str, int]]:
        """The newest packages imported from devices of a unit."""
        return frozenset([package for package, u in self.imported.items() if u == unit][-ACKS:])

    def digested(self, unit: str, share: frozenset[Op]) -> frozenset[Op]:
        """What the digest in a package to a unit speaks of: the share, never the operations in the package."""
        del unit
        return share

    def bases(self, unit: str) -> frozenset[int]:
        """The packages that this disk wrote to this peer (law 8)."""
        return frozenset([number for number, (to, _) in self.written.items() if to == unit][-BASES:])

    def recipients(self, unit: str) -> Iterable[str]:
        """Whose keys a package is encrypted to: every unrevoked device, live or not."""
        return self.devices(unit)

    # ------------------------------------------------------------------------------------- import

    def bring_in(self, package: Package) -> Answer:
        """Import a package: set union, and what it teaches about its sender. No operation is written (law 7)."""
        answer = self.look_at(package)
        if answer is not Answer.IMPORTED:
            return answer
        before = self.copy()
        device = package.device
        self.learn(device, package.unit)
        self.learn_secrets(package)
        self.fill(device, self.take(package))
        older = self.is_older(package)
        forked = not older and self.is_fork(package)
        self._note_arrival(package)
        if forked:
            self.forks += (device,)
        if not older:
            self.newest[device] = package.id
        if self.heeds_acks(older=older):
            for ack in package.acks:
                self.heed(device, ack)
        if self.heeds_digest(package, older=older) and digest(self.believed(device)) != package.digest:
            self.doubt(device)
        elif forked:
            self.doubt_fork(device)
        self._before = before
        return answer

    def look_at(self, package: Package) -> Answer:
        """What will become of a package, by its outside, its sender and its limits."""
        if package.device == self.device and package.id in self.written:
            return Answer.OWN
        if package.to != self.unit or (COUNTY not in (self.unit, package.unit) and package.unit != self.unit):
            return Answer.FOREIGN
        if self.device not in package.recipients:
            return Answer.SEALED
        if (package.device, package.id) in self.imported:
            return Answer.ALREADY
        if package.device in self.revoked():
            return Answer.ASIDE
        if any(not 0 <= op.lam <= LAM_MAX for op, _ in package.operations):
            return Answer.BROKEN
        return Answer.IMPORTED

    def take(self, package: Package) -> frozenset[Op]:
        """Hold what law 12 lets in, certificates first; remember what it does not."""
        taken: set[Op] = set()
        for operations in filter(None, self.in_turn(package)):
            genuine = [(op, stamp) for op, stamp in operations if self.takes(package, op, stamp)]
            aside = frozenset(op for op, stamp in genuine if self.doubts_stamp(package, op, stamp))
            if aside:
                self.aside[package.id] = self.aside.get(package.id, NOTHING) | aside
            good = [(op, stamp) for op, stamp in genuine if op not in aside]
            bad = frozenset(op for op, _ in operations) - {op for op, _ in good}
            self.refuse(package.device, bad, loud=bad - aside)
            self._hold(op for op, _ in good)
            self.believe_certificates(op for op, _ in good)
            for op, stamp in good:
                if self.unit == COUNTY:
                    self.stamps.setdefault(op, stamp_of(op, max(self.secrets)))
                elif package.unit == COUNTY and stamp is not None:
                    self.stamps.setdefault(op, stamp)
            taken.update(op for op, _ in good)
        return frozenset(taken)

    def in_turn(self, package: Package) -> tuple[list[tuple[Op, int | None]], ...]:
        """The operations of a package in the order in which they are judged: certificates teach who wrote the rest."""
        certificates = [pair for pair in package.operations if pair[0].kind == CERT]
        return certificates, [pair for pair in package.operations if pair[0].kind != CERT]

    def takes(self, package: Package, op: Op, stamp: int | None) -> bool:
        """Law 12: who may bring whose operations."""
        author = self.units.get(op.device)
        if self.unit == COUNTY:
            return author == package.unit or self.genuine(op, stamp)
        return package.unit == COUNTY or author == self.unit

    def genuine(self, op: Op, stamp: int | None) -> bool:
        """Whether it is the county's stamp: with a secret that is here, or that the root key makes again."""
        if stamp is None:
            return False
        known = self.secrets | (frozenset({number_of(stamp)}) if self.has_root else frozenset())
        return stamp in {stamp_of(op, number) for number in known if number}

    def learn_secrets(self, package: Package) -> None:
        """The county's secrets come with a package of its own PCs, or are seen to be further on than this disk knew."""
        if self.unit != COUNTY:
            return
        self.secrets |= package.secrets
        for op, stamp in package.operations:
            if stamp is not None and number_of(stamp) > max(self.secrets) and self.genuine(op, stamp):
                self.secrets |= frozenset(range(1, number_of(stamp) + 1))

    def doubts_stamp(self, package: Package, op: Op, stamp: int | None) -> bool:
        """Law 5.7.7: only the stamp of a secret that a stopped PC may know speaks for it, and it is not held."""
        if self.unit != COUNTY or package.unit == COUNTY or op in self.held or stamp is None:
            return False
        return self.units.get(op.device) != package.unit and number_of(stamp) < max(self.secrets)

    def take_aside(self) -> None:
        """The county has looked at what was set aside, and takes it."""
        for operations in self.aside.values():
            late = operations - self.held
            if late:
                self._before = None
            self._hold(sorted(late, key=lambda op: op.sha))
            for op in late:
                self.stamps[op] = stamp_of(op, max(self.secrets))
            for device, refused in list(self.refused.items()):
                if late & refused:
                    self.refused[device] = refused - late
                    self.fill(device, late & refused)
        self.aside = {}

    def refuse(self, device: str, operations: frozenset[Op], *, loud: frozenset[Op]) -> None:
        """Report what is not held, and remember who brought it: its digest will speak of it."""
        if operations:
            self.loud += tuple(loud)
            self.refused[device] = self.refused.get(device, NOTHING) | operations

    def is_older(self, package: Package) -> bool:
        """Whether a package imported from the same device was written after it (law 8)."""
        return package.id in self.older.get(package.device, ())

    def is_fork(self, package: Package) -> bool:
        """Whether the disk that wrote it has not written the newest package imported from its device (law 8)."""
        newest = self.newest.get(package.device)
        return newest is not None and newest not in package.bases

    def _note_arrival(self, package: Package) -> None:
        device = package.device
        self.imported[device, package.id] = package.unit
        self.older[device] = self.older.get(device, frozenset()) | package.bases
        self.heard[device] = len(self.arrivals(package.unit))

    def heeds_acks(self, *, older: bool) -> bool:
        """Whether acknowledgements count: not in an older package (law 8)."""
        return not older

    def heeds_digest(self, package: Package, *, older: bool) -> bool:
        """Whether the digest counts: not in an older package, nor in one that is not complete for this device."""
        return not older and self.device in package.complete_for

    def heed(self, device: str, ack: tuple[str, int]) -> None:
        """Take an acknowledgement: the device holds what that package held, if its list still counts (law 6)."""
        writer, number = ack
        if writer == self.device and number in self.written and number not in self.forgotten.get(device, ()):
            self.fill(device, self.written[number][1])

    def fill(self, device: str, operations: frozenset[Op]) -> None:
        """Know that a device has operations."""
        self.known[device] = self.known.get(device, NOTHING) | operations

    def believed(self, device: str) -> frozenset[Op]:
        """What a device's digest should speak of: what it is known to have, with what was refused from it (law 12)."""
        return self.known.get(device, NOTHING) | self.refused.get(device, NOTHING)

    def doubt(self, device: str) -> None:
        """Believe nothing of a device any more (law 6): the next package to it is complete."""
        self.doubts += (device,)
        self.known[device] = NOTHING
        self.refused.pop(device, None)  # a restored disk may not have its forgeries any more
        self.forget_lists(device)

    def doubt_fork(self, device: str) -> None:
        """A disk that has been restored or cloned: like a digest that differs (law 8)."""
        self.doubt(device)

    def forget_lists(self, device: str) -> None:
        """Acknowledgements by this device of packages written so far count no more (law 6)."""
        self.forgotten[device] = frozenset(self.written)

    # ------------------------------------------------------------------------------------- undo

    def undo(self) -> bool:
        """Put back the state before the last import, while nothing has been written since (law 16)."""
        if self._before is None or not self._before.held:  # the welcome of the county is no import
            return False
        secrets = self.secrets
        self.__dict__.update(self._before.copy().__dict__)  # a clone may hold the same image
        self.secrets = secrets  # keys are no part of the ledger
        return True

    def shared_histories(self) -> dict[Id, tuple[Op, ...]]:
        """Every history without what is for this disk alone, in the order of arrival here."""
        shared = {top: tuple([op for op in operations if op.aud]) for top, operations in self.histories.items()}
        return {top: operations for top, operations in shared.items() if operations}

    def shared_fold(self, top: Id, operations: tuple[Op, ...]) -> Fold:
        """What this disk would show of a history if nothing on it were for this disk alone."""
        if len(operations) == len(self.histories[top]):
            return self.fold(top)
        return self.fold_class(top, operations, self.units)

    def shared_folds(self) -> Iterator[Fold]:
        """All of them."""
        return (self.shared_fold(top, operations) for top, operations in self.shared_histories().items())
