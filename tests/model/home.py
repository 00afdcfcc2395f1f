"""One installation of the program under the laws of sync.md 5.0, 5.4 and 5.5: packages out, packages in, undo."""

from __future__ import annotations

from collections.abc import Iterable

from tests.model.disk import Disk
from tests.model.laws import CERT, COUNTY, LAM_MAX, NOTHING, Op, digest
from tests.model.package import Answer, Package, number_of, stamp_of

BASES = 64  # own packages to a peer that a header lists
ACKS = 64  # imported packages that a package acknowledges


class Home(Disk):
    """One installation of the program, or a copy of its disk."""

    # ------------------------------------------------------------------------------------- export

    def export(self, unit: str, welcome: str = "") -> Package:
        """Write a package, also when nothing is new (5.4); a welcome is for one new device."""
        self._before = None
        share = self.share(unit)
        live = frozenset({welcome}) if welcome else self.live(unit)
        lacking = share if welcome else NOTHING.union(*(share - self.known.get(device, NOTHING) for device in live))
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
            welcome,
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
        if package.device in {self.device, *self.former} and package.id in self.written:
            return Answer.OWN
        if package.to != self.unit or (COUNTY not in (self.unit, package.unit) and package.unit != self.unit):
            return Answer.FOREIGN
        if (package.device, package.id) in self.imported:
            return Answer.ALREADY
        if package.device in self.revoked():
            return Answer.ASIDE
        if package.recipients.isdisjoint({self.device, *self.former}):
            return Answer.SEALED
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
            signed = {op for op, _ in operations if op.value("signed")}  # believed whatever becomes of the operation
            self.believe_certificates(op for op, _ in operations if op in signed or op in self.held)
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
