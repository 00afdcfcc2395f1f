"""Mutants of what is applied and shown: heads, lam, ownership, verdicts (laws 10, 11, 13, 14)."""

from __future__ import annotations

from dataclasses import replace

from tests.model.home import Home
from tests.model.laws import BY_ANYONE, BY_COUNTY, BY_CREATOR, BY_RESPONSIBLE, COUNTY, OWNERS, SET, Fold
from tests.model.mutants import FLAGS, HEADS, MISSING, OWNERSHIP, REFUSED, SCOPE, breaking

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
class PartBelongsToItsMaker(Fold):
    """Who made a part may write all of it, whosesoever the record is."""

    def _may_write(self, author, op, name):
        makes = self.creators.get(op.record) == author and OWNERS.get(name) in (BY_CREATOR, BY_RESPONSIBLE)
        return makes or super()._may_write(author, op, name)


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
        op = super().compose(*args, **more)
        return replace(op, after=frozenset(sorted(op.after)[:1]))


@breaking("14", "calm", FLAGS)
class SeesNoParts(Home):
    """A verdict says what it saw of the record, not of its parts."""

    def seen(self, top, record):
        return [op for op in super().seen(top, record) if op.record == record]


@breaking("14", "calm", "review")
class AnyHeadFlags(Fold):
    """Several heads of one value are flagged when one of them is."""

    def under_review(self, name):
        return any(self.flags[op] for op in self.heads.get((self.top, name), ()) if op in self.flags)


@breaking("14", "calm", "review")
class OnlyAllHeadsFlag(Fold):
    """A verdict is flagged only where another, of another value, is too."""

    def under_review(self, name):
        flags = [self.flags[op] for op in self.heads.get((self.top, name), ()) if op in self.flags]
        return bool(flags) and all(flags)


@breaking("14", "calm", FLAGS)
class LocalOperationsFlag(Fold):
    """What is for this disk alone flags a verdict."""

    def stands_apart(self, verdict, op):
        return super().stands_apart(verdict, op) or (
            not op.aud and self.author(op) != COUNTY and verdict.prefix not in op.after
        )
