"""Mutants of what homes tell each other: known, bases, digests, undo, export (laws 6-9, 16, 5.4)."""

from __future__ import annotations

from tests.model.disk import LIVE_WITHIN
from tests.model.home import Answer, Home
from tests.model.laws import NOTHING, SET
from tests.model.mutants import BELIEF, LIVE, MISSING, RESENT, SCOPE, breaking, spared

# ----------------------------------------------------------------------------------------- law 6: known


@breaking("6", "faults", BELIEF, MISSING, SCOPE)
class BelievesOnAfterMismatch(Home):
    """A digest that differs empties nothing."""

    def doubt(self, device):
        self.doubts += (device,)


@breaking("6", "calm", RESENT)
class ReadsNoAcks(Home):
    """An acknowledgement teaches nothing."""

    def heeds_acks(self, *, older):
        return False


@breaking("6", "calm", BELIEF, RESENT)
class BelievesAckForWholeUnit(Home):
    """What one device of a unit acknowledges, all its devices have."""

    def heed(self, device, ack):
        for sibling, unit in self.units.items():
            if unit == self.units[device]:
                super().heed(sibling, ack)


@breaking("6", "calm", BELIEF, RESENT)
class BelievesPackageForWholeUnit(Home):
    """What one device of a unit sends, all its devices have."""

    def fill(self, device, operations):
        for sibling, unit in self.units.items():
            if unit == self.units[device]:
                super().fill(sibling, operations)


@breaking("6", "calm", BELIEF, RESENT)
class TakesSentForArrived(Home):
    """What is written on a stick has arrived."""

    def export(self, unit, welcome=""):
        package = super().export(unit, welcome)
        for device in package.complete_for:
            self.fill(device, frozenset(op for op, _ in package.operations))
        return package


@breaking("6", "scene a_borrowed_number", BELIEF, RESENT)
class KnowsPackagesByNumberAlone(Home):
    """An acknowledgement of a number is one of our package with that number, whoever wrote the other."""

    def heed(self, device, ack):
        super().heed(device, (self.device, ack[1]))


# ----------------------------------------------------------------------------------------- law 7: import writes nothing


@breaking("7", "calm", "importing writes nothing")
class ImportWritesReceipt(Home):
    """An import writes an operation that says so."""

    def bring_in(self, package):
        answer = super().bring_in(package)
        if answer is Answer.IMPORTED:
            self.enter(self.compose(SET, {"progress": 1}, {self.unit}, "receipts"))
        return answer


# ----------------------------------------------------------------------------------------- law 8: older and forks


@breaking("8", "calm", RESENT, "no fork without a fault")
class IgnoresBases(Home):
    """No package is older, none shows a fork."""

    def is_older(self, package):
        return False

    def is_fork(self, package):
        return False


@breaking("8", "calm", RESENT, "no fork without a fault")
class SeesNoOlder(Home):
    """No package is older."""

    def is_older(self, package):
        return False


@breaking("8", "calm", RESENT)
class ReadsDigestOfOlder(Home):
    """The digest of an older package is compared."""

    def heeds_digest(self, package, *, older):
        return super().heeds_digest(package, older=False)


@breaking("8", "scene an_older_package_is_not_the_newest", "a fork is said")
class TakesOlderForNewest(Home):
    """The newest package of a device is the one that came last."""

    def bring_in(self, package):
        answer = super().bring_in(package)
        if answer is Answer.IMPORTED:
            self.newest[package.device] = package.id
        return answer


@breaking("8", "scene a_villain_lists_the_packages_of_another", MISSING, SCOPE, BELIEF)
class BelievesBasesOfOthers(Home):
    """A package that any device lists is older."""

    def is_older(self, package):
        return any(package.id in listed for listed in self.older.values())


@breaking("8", "clones", MISSING, SCOPE)
class OnlySaysFork(Home):
    """A fork is said, and `known` stays."""

    def doubt_fork(self, device):
        pass


@breaking("8", "faults", MISSING, SCOPE, "what is refused changes nothing")
class RefusesFork(Home):
    """A package of a restored or cloned disk is refused."""

    def look_at(self, package):
        if not self.is_older(package) and self.is_fork(package):
            return Answer.ASIDE
        return super().look_at(package)


@breaking("8", "scene two_disks_with_one_name", MISSING, SCOPE)
class ReadsAcksAfterFork(Home):
    """A fork empties `known` before the acknowledgements beside it are read, and keeps the lists."""

    def is_fork(self, package):
        forked = super().is_fork(package)
        if forked:
            self.known[package.device] = NOTHING
        return forked

    def doubt_fork(self, device):
        pass


@breaking("8", "liar faults busy", "an older package teaches what it carries")
class ReadsAcksOfOlder(Home):
    """The acknowledgements of an older package count."""

    def heeds_acks(self, *, older):
        return True


# ----------------------------------------------------------------------------------------- law 9: digest


@breaking("9", "faults", BELIEF, MISSING, SCOPE)
class ReadsNoDigest(Home):
    """No digest is compared."""

    def heeds_digest(self, package, *, older):
        return False


@breaking("9", "calm", RESENT)
class DigestOfAllItHolds(Home):
    """The digest speaks of all that travels, not of what the peer may hold."""

    def digested(self, unit, share):
        return self.travelling()


@breaking("9", "calm", RESENT)
class DigestOfThePackage(Home):
    """The digest speaks of what no device has told us it holds."""

    def digested(self, unit, share):
        return share - NOTHING.union(*self.known.values())


@breaking("9", "calm busy", RESENT)
class DigestForTheIncomplete(Home):
    """A device for which a package is not complete compares the digest all the same."""

    def heeds_digest(self, package, *, older):
        return not older


# ----------------------------------------------------------------------------------------- law 16: undo


@breaking("16", "calm", "undo puts back what was")
class UndoKeepsTheArrival(Home):
    """A package that was taken back is still acknowledged."""

    def undo(self):
        imported, older = dict(self.imported), dict(self.older)
        done = super().undo()
        self.imported, self.older = imported, older
        return done


@breaking("16", "calm", "undo puts back what was")
class UndoKeepsBelief(Home):
    """After an undo its sender is still believed to have what it sent and acknowledged."""

    def undo(self):
        known = dict(self.known)
        done = super().undo()
        self.known = known
        return done


@breaking("16", "scene no_undo_after_writing", BELIEF, RESENT, MISSING)
class UndoesAfterWriting(Home):
    """The last import can be taken back although a package has been written since."""

    def export(self, unit, welcome=""):
        before = self._before
        package = super().export(unit, welcome)
        if before is not None:
            before.written[package.id] = self.written[package.id]
        self._before = before
        return package


# ----------------------------------------------------------------------------------------- 5.4: export


@breaking("5.4", "calm", LIVE)
class WritesForEveryDevice(Home):
    """A package is complete for devices that have long been silent."""

    def live(self, unit):
        return frozenset(d for d in self.devices(unit) if d != self.device)


@breaking("5.4", "calm", LIVE)
class WritesForLastHeard(Home):
    """A package is complete for the device heard last, and no other."""

    def live(self, unit):
        return frozenset(sorted(super().live(unit), key=lambda d: -self.heard.get(d, 0))[:1])


@breaking("5.4", "scene six_pcs_of_one_unit", LIVE, MISSING, SCOPE)
class CountsAllSiblingsTogether(Home):
    """A device is silent after five packages of all its siblings together."""

    def silence(self, unit, since):
        return len(self.arrivals(unit)) - since


@breaking("5.4", "scene the_last_heard_is_stopped", LIVE, MISSING, SCOPE)
class ForgetsTheLastHeard(Home):
    """Where every unrevoked device of a unit has long been silent, none is live."""

    def live(self, unit):
        heard = {d: self.heard.get(d, 0) for d in self.devices(unit) if d != self.device}
        return frozenset(d for d, n in heard.items() if self.silence(unit, n) < LIVE_WITHIN)


@breaking("5.4", "calm busy", "who is known can read")
class EncryptsForTheLive(Home):
    """Only devices that a package is complete for can open it."""

    def recipients(self, unit):
        return self.live(unit)


@breaking("5.4", "faults", "who is known can read")
class ThrowsItsFormerKeysAway(Home):
    """Who has new keys opens nothing that was sealed to the ones before, by those who have not heard."""

    def look_at(self, package):
        answer = super().look_at(package)
        return Answer.SEALED if answer is Answer.IMPORTED and self.device not in package.recipients else answer


@breaking("5.4", "calm", RESENT)
class AcknowledgesTheLastOnly(Home):
    """Only the package that came last is acknowledged."""

    def acknowledged(self, unit):
        return frozenset([package for package, u in self.imported.items() if u == unit][-1:])


# ----------------------------------------------------------------------------------------- what lives, and why


@spared(
    "every package from the device that counts is checked by its digest after its acknowledgements are read, and \
a fork empties after them too; it matters as soon as a fork empties before them (ReadsAcksAfterFork)"
)
class KeepsLists(Home):
    """After a mismatch the acknowledgements of packages written before still count."""

    def forget_lists(self, device):
        pass


@spared("the lists are gone with `known` (law 6), so the acknowledgements that come in the same package count no more")
class EmptiesBeforeAcks(Home):
    """A fork empties `known` and the lists before the acknowledgements beside it are read."""

    def is_fork(self, package):
        forked = super().is_fork(package)
        if forked:
            self.doubt(package.device)
        return forked

    def doubt_fork(self, device):
        pass
