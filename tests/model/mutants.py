"""The laws, each broken in one line: a model that is wrong in one way, the world in which that hurts, and what it breaks.

A law whose mutant lives is a law that nothing needs, or that nothing tests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Self

from tests.model.home import Answer, Home, Package, stamp_of
from tests.model.laws import (
    BY_ANYONE,
    BY_COUNTY,
    BY_CREATOR,
    CERT,
    COUNTY,
    EVERYONE,
    GRANT,
    NOTHING,
    OWNERS,
    REVOKE,
    SET,
    Fold,
    Id,
    Op,
    Value,
)


@dataclass(frozen=True)
class Mutant:
    """One law, broken."""

    law: str
    name: str
    sentence: str
    home: type[Home]
    world: str  # the kind of history, or the scene, in which it must die
    breaks: tuple[str, ...]  # any of these promises is the one that it breaks


MUTANTS: dict[str, Mutant] = {}


def breaking(law: str, world: str, *breaks: str) -> Callable[[type], type]:
    """Register a subclass of Home or of Fold as a mutant; its docstring says what is wrong."""

    def register(made: type) -> type:
        home = made if issubclass(made, Home) else type(made.__name__, (Home,), {"fold_class": made})
        MUTANTS[made.__name__] = Mutant(law, made.__name__, (made.__doc__ or "").strip(), home, world, breaks)
        return made

    return register


SCOPE = "exactly its scope"
MISSING = "nothing is missing"
RESENT = "no full resend without a fault"
LEAK = "nothing leaves its audience"
SILENCE = "the exchange falls silent"
BELIEF = "a checked belief is true"
REFUSED = "only the forger is refused"
LIVE = "complete for the live"
OWNERSHIP = "ownership"
HEADS = "heads"
FLAGS = "flags"

# ----------------------------------------------------------------------------------------- law 2: hold is not apply


@breaking("2", "calm", REFUSED, SCOPE, RESENT)
class HoldsOnlyWhatItUnderstands(Home):
    """A kind of a newer program is not held."""

    def takes(self, package, op, stamp):
        return super().takes(package, op, stamp) and op.kind != "merge"


@breaking("2", "calm", REFUSED, SCOPE, RESENT)
class HoldsOnlyWhatApplies(Home):
    """A field against ownership is not held."""

    def takes(self, package, op, stamp):
        if not super().takes(package, op, stamp):
            return False
        county = self.units.get(op.device) == COUNTY
        return county or not any(OWNERS.get(name) == BY_COUNTY for name in op.fields)


# ----------------------------------------------------------------------------------------- law 5: aud and grants


@breaking("5", "forger", LEAK)
class BelievesAudienceOfTownship(Home):
    """Whom a township addresses may hold it."""

    def audience(self, op):
        return op.aud


@breaking("5", "forger", LEAK)
class BelievesGrantOfTownship(Home):
    """A grant counts whoever wrote it."""

    def grants(self, op):
        return op.kind == GRANT


@breaking("5", "forger", LIVE)
class BelievesCertificateOfTownship(Home):
    """A certificate counts whoever wrote it."""

    def believe_certificates(self, operations):
        for op in operations:
            if op.kind == CERT:
                self.learn(str(op.value("device")), str(op.value("unit")))


@breaking("5", "forger", LIVE, MISSING, SCOPE)
class BelievesRevocationOfTownship(Home):
    """A revocation counts whoever wrote it."""

    def revoked(self):
        return {str(op.value("device")) for op in self.held if op.kind == REVOKE}


@breaking("5", "calm", LEAK)
class GrantsTheWholeRecord(Home):
    """A grant is of all operations of the record, not of those of some units."""

    def reaches(self, op, unit, of):
        return bool(of) or super().reaches(op, unit, of)


@breaking("5", "calm", LEAK)
class LetsLocalOperationsTravel(Home):
    """What is for this disk alone goes into packages to the county."""

    def travelling(self):
        return self.held


@breaking("5", "calm", SCOPE, MISSING, RESENT)
class ForgetsGrants(Home):
    """A grant adds nothing."""

    def grants(self, op):
        return False


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

    def export(self, unit):
        package = super().export(unit)
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


@breaking("8", "clones", MISSING, SCOPE)
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


# ----------------------------------------------------------------------------------------- law 10: prev and heads


@breaking("10", "calm", HEADS, "nothing vanishes")
class UnappliedFieldReplaces(Fold):
    """A field that is not applied still takes the place of what it names."""

    def replaced(self, op, name):
        return op.fields[name][1]


@breaking("10", "calm", HEADS)
class WritesNoPrev(Home):
    """An operation names nothing as replaced."""

    def compose(self, *args, **more):
        from dataclasses import replace

        op = super().compose(*args, **more)
        return replace(op, fields={name: (value, ()) for name, (value, _) in op.fields.items()})


@breaking("10", "calm", "shown")
class ShowsOneOfTwoVerdicts(Fold):
    """Of two verdicts the greater is shown."""

    def show(self, name, heads):
        return max(heads, key=lambda op: (op.lam, op.id)).value(name)


@breaking("10", "calm", "same operations, same state", "shown")
class ShowsLastArrived(Fold):
    """Of several heads the one that came last is shown."""

    def show(self, name, heads):
        return None if name == "verdict" and self.differ(heads, name) else heads[-1].value(name)


@breaking("10", "calm", "conflicts", "shown")
class EqualValuesConflict(Fold):
    """Two makers of one value are a conflict."""

    def differ(self, heads, name):
        return len(list(heads)) > 1


# ----------------------------------------------------------------------------------------- law 11: lam


@breaking("11", "calm", "lam grows with knowledge", "shown")
class CountsNothing(Home):
    """Every operation has the number 1."""

    def next_lam(self, fold):
        return 1


@breaking("11", "scene the_greatest_number", "what is written can be read")
class CountsWithoutEnd(Home):
    """The number does not saturate."""

    def next_lam(self, fold):
        return fold.lam + 1


@breaking("11", "calm", REFUSED, MISSING, SCOPE)
class RefusesLowNumbers(Home):
    """An operation with a lower number than those held comes too late."""

    def takes(self, package, op, stamp):
        return super().takes(package, op, stamp) and (op in self.held or op.lam > self.fold(op.top).lam - 2)


# ----------------------------------------------------------------------------------------- law 12: authorship


@breaking("12", "forger", "nothing forged is held")
class AsksForNoStamp(Home):
    """The county takes whatever a township brings."""

    def takes(self, package, op, stamp):
        return self.unit == COUNTY or super().takes(package, op, stamp)


@breaking("12", "forger", "nothing forged is held", "nothing outside its audience")
class TakesAnyStamp(Home):
    """The county takes what has any stamp."""

    def takes(self, package, op, stamp):
        return (self.unit == COUNTY and stamp is not None) or super().takes(package, op, stamp)


@breaking("12", "forger", "nothing forged is held", "nothing outside its audience")
class TakesAllFromSibling(Home):
    """A township takes operations of other units from its other PCs too."""

    def takes(self, package, op, stamp):
        return self.unit != COUNTY or super().takes(package, op, stamp)


@breaking("12", "faults", REFUSED)
class TakesNothingBack(Home):
    """A stamp lets nothing in: the county's own work does not come back to it."""

    def takes(self, package, op, stamp):
        return self.units.get(op.device) == package.unit or (self.unit != COUNTY and super().takes(package, op, stamp))


@breaking("12", "calm", REFUSED)
class LosesStamps(Home):
    """A township does not keep the county's stamps."""

    def export(self, unit):
        if self.unit != COUNTY:
            self.stamps.clear()
        return super().export(unit)


@breaking("12", "forger", RESENT)
class ForgetsWhatItRefused(Home):
    """What was refused does not count in the digest."""

    def believed(self, device):
        return self.known.get(device, NOTHING)


@breaking("12", "scene a_sibling_brings_the_work_of_a_new_pc", REFUSED)
class TakesCertificatesLast(Home):
    """The operations of a package are judged before its certificates are read."""

    def in_turn(self, package):
        return super().in_turn(package)[::-1]


@breaking("12", "calm", REFUSED, LEAK)
class SendsAllToSibling(Home):
    """A township sends its other PCs all that it holds."""

    def share(self, unit):
        return self.travelling() if unit == self.unit else super().share(unit)


@breaking("12", "calm", "what is stopped is set aside")
class ImportsFromTheStopped(Home):
    """Packages of a revoked device are imported."""

    def look_at(self, package):
        answer = super().look_at(package)
        return Answer.IMPORTED if answer is Answer.ASIDE else answer


# ----------------------------------------------------------------------------------------- law 13: ownership


@breaking("13", "forger", OWNERSHIP)
class CreatorIsLowestNumber(Fold):
    """A record was created by the lowest operation on it."""

    def __init__(self, top, operations, units):
        self.lowest = {}
        for op in sorted(operations, key=lambda op: (op.lam, op.id), reverse=True):
            if op.kind == SET:
                self.lowest[op.record] = op
        super().__init__(top, operations, units)

    def creates(self, op):
        return self.lowest.get(op.record) is op


@breaking("13", "calm", OWNERSHIP)
class CreatorWritesVerdict(Fold):
    """The creator may write every field."""

    def _may_write(self, author, op, name):
        return super()._may_write(author, op, "deadline" if OWNERS.get(name) == BY_COUNTY else name)


@breaking("13", "calm", OWNERSHIP)
class ResponsibleWritesAll(Fold):
    """The responsible unit may write what the creator may."""

    def _may_write(self, author, op, name):
        return super()._may_write(author, op, "progress" if OWNERS.get(name) == BY_CREATOR else name)


@breaking("13", "calm", OWNERSHIP)
class AnybodyWritesProgress(Fold):
    """Whoever has a record may report on it."""

    def _may_write(self, author, op, name):
        return OWNERS.get(name) not in (None, BY_CREATOR, BY_COUNTY, BY_ANYONE) or super()._may_write(author, op, name)


@breaking("13", "calm", OWNERSHIP)
class OldUnitIsNothing(Fold):
    """Only the unit that was named last is responsible."""

    def _find_ties(self):
        super()._find_ties()
        named = [op for op in self.operations if op.record == self.top and op.value("lead") in self.responsible]
        self.responsible = {max(named, key=lambda op: (op.lam, op.id)).value("lead")} if named else set()


@breaking("13", "forger", OWNERSHIP)
class AnybodyNamesUnits(Fold):
    """A unit is responsible if anybody says so."""

    def _find_ties(self):
        super()._find_ties()
        self.responsible |= {op.value("lead") for op in self.operations if op.value("lead")}


@breaking("13", "calm", OWNERSHIP)
class AnybodyVoids(Fold):
    """Whoever has a record may void it."""

    def applies(self, op, name):
        return op.kind == "void" or super().applies(op, name)


# ----------------------------------------------------------------------------------------- law 14: verdicts


@breaking("14", "calm", FLAGS)
class IgnoresSaw(Fold):
    """What a verdict saw does not matter."""

    def stands_apart(self, verdict, op):
        return self.author(op) not in (COUNTY, None) and op is not verdict and verdict.prefix not in op.after


@breaking("14", "calm", FLAGS)
class IgnoresAfter(Fold):
    """Whether an operation knew the verdict does not matter."""

    def stands_apart(self, verdict, op):
        return self.author(op) not in (COUNTY, None) and op is not verdict and op.prefix not in verdict.saw


@breaking("14", "calm", FLAGS)
class FlagsWorkOfTheCounty(Fold):
    """The county's own later work flags its verdict."""

    def stands_apart(self, verdict, op):
        return op is not verdict and op.prefix not in verdict.saw and verdict.prefix not in op.after


@breaking("14", "scene two_verdicts_and_work_after_both", FLAGS)
class KnowsNewestVerdictOnly(Home):
    """An operation says that it knew the greatest of the verdicts and voids, not all."""

    def compose(self, *args, **more):
        from dataclasses import replace

        op = super().compose(*args, **more)
        return replace(op, after=frozenset(sorted(op.after)[:1]))


@breaking("14", "calm", FLAGS)
class SeesNoParts(Home):
    """A verdict says what it saw of the record, not of its parts."""

    def seen(self, top, record):
        return [op for op in super().seen(top, record) if op.record == record]


@breaking("14", "calm", "review")
class AnyHeadFlags(Fold):
    """Several heads are flagged when one of them is."""

    def under_review(self, name):
        return any(self.flags[op] for op in self.heads.get((self.top, name), ()) if op in self.flags)


@breaking("14", "calm", FLAGS)
class LocalOperationsFlag(Fold):
    """What is for this disk alone flags a verdict."""

    def stands_apart(self, verdict, op):
        return super().stands_apart(verdict, op) or (
            not op.aud and self.author(op) != COUNTY and verdict.prefix not in op.after
        )


# ----------------------------------------------------------------------------------------- law 16: undo


@breaking("16", "calm", BELIEF, RESENT, LIVE)
class UndoKeepsTheArrival(Home):
    """A package that was taken back is still acknowledged."""

    def undo(self):
        imported, older = dict(self.imported), dict(self.older)
        done = super().undo()
        self.imported, self.older = imported, older
        return done


@breaking("16", "calm", BELIEF, RESENT)
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

    def export(self, unit):
        before = self._before
        package = super().export(unit)
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
        return frozenset(sorted(super().live(unit), key=lambda d: self.silence.get(d, 0))[:1])


@breaking("5.4", "calm busy", "who is known can read")
class EncryptsForTheLive(Home):
    """Only devices that a package is complete for can open it."""

    def recipients(self, unit):
        return self.live(unit)


@breaking("5.4", "calm", RESENT)
class AcknowledgesTheLastOnly(Home):
    """Only the package that came last is acknowledged."""

    def acknowledged(self, unit):
        return frozenset([package for package, u in self.imported.items() if u == unit][-1:])


# ----------------------------------------------------------------------------------------- what lives, and why

SPARED: dict[str, tuple[type[Home], str]] = {}


def spared(why: str) -> Callable[[type[Home]], type[Home]]:
    """Register a change that breaks no promise: a second belt beside other braces, or another order of the same."""

    def register(made: type[Home]) -> type[Home]:
        SPARED[made.__name__] = (made, why)
        return made

    return register


@spared("every package from the device that counts is checked by its digest after its acknowledgements are read, and \
a fork empties after them too; it matters as soon as a fork empties before them (ReadsAcksAfterFork)")
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
