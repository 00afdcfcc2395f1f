"""What must hold whatever happens: the promises of sync.md 5, told from what really happened in a world.

Nothing here asks a home for its reasons. The truth knows whose hand wrote an operation and what that hand had on its
disk, which no home can know, and compares what the homes hold, believe and show with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import combinations

from tests.model.disk import LIVE_WITHIN
from tests.model.home import Home
from tests.model.laws import CERT, COUNTY, EVERYONE, GRANT, LAM_MAX, NOTHING, REMARK, REVOKE, SET, VOID, Fold, Id, Op
from tests.model.laws import digest as digest_of
from tests.model.package import Answer, Package, number_of


class Broken(AssertionError):
    """A promise is broken; `promise` is its short name."""

    def __init__(self, promise: str, detail: object = "") -> None:
        super().__init__(f"{promise}: {detail}")
        self.promise = promise


def promise(name: str, kept: object, detail: object = "") -> None:
    """Raise unless a promise is kept."""
    if not kept:
        raise Broken(name, detail)


@dataclass(frozen=True, eq=False, slots=True)
class Fact:
    """Whose hand wrote an operation, and what lay on its disk then."""

    hand: str
    knew: frozenset[Op]
    villain: bool
    secret: int = 0  # number of the county's that was made with it: of the word that stops a PC of its own


Granted = defaultdict[tuple[Id, str], set[str]]  # record, unit → of whom


class Truth:
    """The side on which everything is known."""

    def __init__(self) -> None:
        self.facts: dict[Op, Fact] = {}
        self.granted: Granted = defaultdict(set)
        self.creators: dict[Id, str] = {}
        self.owners: dict[str, str] = {}  # device → unit
        self.disturbed: set[str] = set()  # devices of which a disk was restored or cloned
        self.villains: set[str] = set()
        self.liars: set[str] = set()
        self.then: dict[Package, frozenset[Op]] = {}  # package → what the disk that wrote it held
        self.met: dict[Package, frozenset[str]] = {}  # package → devices that its writer knew
        self.readers: dict[Package, frozenset[str]] = {}  # of these, those that it did not know to be stopped

    # ------------------------------------------------------------------------------------- while it happens

    def wrote(self, home: Home, op: Op, knew: frozenset[Op]) -> None:
        """A hand wrote an operation."""
        secret = max(home.secrets) if op.kind == REVOKE and home.unit == COUNTY else 0
        self.facts[op] = Fact(home.unit, knew, home.device in self.villains, secret)
        if op.record == op.id:
            self.creators[op.record] = home.unit
        self._note_grant(op, self.granted)

    def found(self, op: Op) -> None:
        """An operation lay on disks when the story began: its device wrote it, and knew of no other."""
        self.facts[op] = Fact(self.owners[op.device], NOTHING, villain=False)
        if op.record == op.id:
            self.creators[op.record] = self.owners[op.device]
        self._note_grant(op, self.granted)

    def forged(self, op: Op) -> bool:
        """Whether it says that another unit wrote it."""
        return self.facts[op].hand != self.owners.get(op.device)

    def may_hold(self, op: Op, unit: str) -> bool:
        """Whether an operation may lie on disks of a unit (law 5), by all the grants ever made."""
        return bool(op.aud) and self._reaches(op, unit, self.granted)

    def _reaches(self, op: Op, unit: str, granted: Granted) -> bool:
        if unit == COUNTY:
            return True
        hand = self.facts[op].hand
        audience = op.aud if hand == COUNTY else {hand}
        if unit in audience or EVERYONE in audience:
            return True
        of = granted.get((op.top, unit))
        return of is not None and not of.isdisjoint(audience)

    def _note_grant(self, op: Op, granted: Granted) -> None:
        of = op.value("of")
        if op.kind == GRANT and self.facts[op].hand == COUNTY and isinstance(of, frozenset):
            granted[op.top, str(op.value("unit"))] |= of

    def exported(self, home: Home, package: Package, diary: Iterable[tuple[str, str]]) -> None:
        """A home wrote a package."""
        self.then[package] = home.held
        self.met[package] = frozenset(home.units)
        self.readers[package] = self.met[package] - self._stopped(home)
        if home.device in self.villains:
            return
        for op, _ in package.operations:
            promise("nothing leaves its audience", self.may_hold(op, package.to), op)
        complete = frozenset({package.welcome}) if package.welcome else self._live(home, package.to, diary)
        promise("complete for the live", package.complete_for == complete, (package.complete_for, complete))

    def _live(self, home: Home, unit: str, diary: Iterable[tuple[str, str]]) -> frozenset[str]:
        """Law 5.4 from the diary of a home: what it imported and whom it learned of, in order."""
        later: dict[str, list[str]] = {}  # device → whose packages came since it was heard or learned of
        for event, device in diary:
            if self.owners[device] == unit:
                if event == "imported":
                    later = {d: [*senders, device] for d, senders in later.items()}
                later[device] = []
        stopped = self._stopped(home)
        later = {d: senders for d, senders in later.items() if d != home.device and d not in stopped}
        fewest = min(map(len, later.values()), default=0)  # the last-heard, or all that are
        return frozenset(
            d
            for d, senders in later.items()
            if len(senders) == fewest or all(senders.count(sibling) < LIVE_WITHIN for sibling in senders)
        )

    def _stopped(self, home: Home) -> set[str]:
        """Whom a home knows to be stopped; the word of somebody of whom it never heard says nothing to it."""
        words = [op for op in home.held if op.kind == REVOKE and self.facts[op].hand == COUNTY]
        return {str(op.value("device")) for op in words if op.device in home.units}

    def imported(self, before: Home, home: Home, package: Package, answer: Answer) -> None:
        """A home was shown a package; `before` is what it was."""
        if home.device in self.villains:
            return
        honest = package.device not in self.villains
        promise("what is written can be read", answer is not Answer.BROKEN or not honest, package.device)
        promise(
            "who is known can read",
            answer is not Answer.SEALED or self.readers[package].isdisjoint({home.device, *home.former}),
            home.device,
        )
        if answer is not Answer.IMPORTED:
            promise("what is refused changes nothing", before.__dict__ == home.__dict__, answer)
            return
        promise("what is stopped is set aside", package.device not in self._stopped(before), package.device)
        new = home.held - before.held
        promise("importing writes nothing", new <= {op for op, _ in package.operations}, new)
        for op in new:
            promise("nothing forged is held", not self.forged(op), op)
            promise("nothing outside its audience", self.may_hold(op, home.unit), op)
        if home.unit == COUNTY != package.unit:
            self._stamped_since(before, package, new)
        undisturbed = not {home.device, package.device} & self.disturbed
        doubted = len(home.doubts) - len(before.doubts)
        loud = home.loud[len(before.loud) :]
        strangers = {op for op in loud if op.device not in home.units} | self._of_a_new_secret(home, package, loud)
        if honest:
            promise("only the forger is refused", len(home.loud) == len(before.loud) + len(strangers), home.loud[-1:])
        if strangers:  # a sibling's work came before the county's word about the sibling, or about its new secret
            self.disturbed |= {home.device, package.device}
        if undisturbed and package.device not in self.liars:
            doubted = doubted and not self._of_strangers(home, package)
            promise("no full resend without a fault", not doubted, (home.device, package.device))
            promise("no fork without a fault", len(home.forks) == len(before.forks), (home.device, package.device))
        earlier: tuple[Package, ...] = before.__dict__["read"]
        older = any(package.id in p.bases for p in earlier if p.device == package.device)
        if older:
            learned = home.known.get(package.device, NOTHING) - before.known.get(package.device, NOTHING)
            promise("an older package teaches what it carries", learned <= {op for op, _ in package.operations})
        if honest and not older and home.device in package.complete_for:
            false = home.known.get(package.device, NOTHING) - self.then[package]
            promise("a checked belief is true", not false, false)

    def _of_strangers(self, home: Home, package: Package) -> bool:
        """Whether one of the two holds work of a device that he does not know: its certificate rotted with a disk."""
        here = any(op.device not in home.units for op in home.held)
        return here or any(op.device not in self.met[package] for op in self.then[package])

    def _of_a_new_secret(self, home: Home, package: Package, operations: Collection[Op]) -> set[Op]:
        """Those stamped with a secret that this PC of the county has not heard of yet, nor can make."""
        stamps = {op: number_of(stamp or 0) for op, stamp in package.operations}
        return {op for op in operations if home.unit == COUNTY and stamps[op] > max(home.secrets)}

    def _stamped_since(self, before: Home, package: Package, new: Collection[Op]) -> None:
        """What others than the sender wrote must be stamped with a secret that was made after each stopped PC's.

        Not counted: two disks that stop two PCs of the county at the same time make two secrets of one number.
        """
        stops = {op for op in before.held if op.kind == REVOKE and self.owners.get(str(op.value("device"))) == COUNTY}
        least = max([1, *(self.facts[op].secret for op in stops)])
        stamps = {op: number_of(stamp or 0) for op, stamp in package.operations}
        for op in new:
            fresh = self.owners.get(op.device) == package.unit or stamps[op] >= least
            promise("an old stamp speaks for nobody", fresh, op)

    # ------------------------------------------------------------------------------------- at the end

    def scopes(self, operations: Collection[Op], units: Iterable[str]) -> dict[str, frozenset[Op]]:
        """What each unit is to hold of the operations that survive, grants among them."""
        granted: Granted = defaultdict(set)
        for op in operations:
            self._note_grant(op, granted)
        genuine = [op for op in operations if not self.forged(op)]
        return {unit: frozenset([op for op in genuine if self._reaches(op, unit, granted)]) for unit in units}

    def same_digest_same_operations(self, homes: Iterable[Home]) -> None:
        """Two homes have one digest exactly when they hold the same travelling operations."""
        seen = {home.travelling() for home in homes}
        promise("same digest, same operations", len({digest_of(held) for held in seen}) == len(seen))

    def forks_are_said(self, home: Home) -> None:
        """Two packages of one device, neither of which knows the other, were written by two disks (law 8)."""
        by_device: defaultdict[str, list[Package]] = defaultdict(list)
        for package in home.__dict__["read"]:
            if package.device not in self.villains:
                by_device[package.device].append(package)
        for device, packages in by_device.items():
            apart = any(p.id not in q.bases and q.id not in p.bases for p, q in combinations(packages, 2))
            promise("a fork is said", not apart or device in home.forks, (home.device, device))

    def shown_alike(self, homes: Iterable[Home], lost: Iterable[Op]) -> list[Fold]:
        """What is shown of a history depends on its operations alone: two orders of arrival of each are compared.

        Whoever never met a device whose certificate was lost with a disk cannot apply what it wrote.
        """
        strangers = {op.value("device") for op in lost if op.kind == CERT}
        seen: dict[tuple[Id, frozenset[Op]], list[Fold]] = defaultdict(list)
        for home in homes:
            for top, operations in home.shared_histories().items():
                if any(op.device in strangers for op in operations):
                    continue
                folds = seen[top, frozenset(operations)]
                if len(folds) < 2 and all(fold.operations != operations for fold in folds):
                    folds.append(home.shared_fold(top, operations))
                if len(operations) < len(home.histories[top]):
                    flags = home.shared_fold(top, operations).flags
                    promise("flags", home.fold(top).flags == flags, "a local operation changed them")
        for folds in seen.values():
            if len(folds) == 2:
                promise("same operations, same state", folds[0].summary() == folds[1].summary(), folds[0].top)
        return [folds[0] for folds in seen.values()]

    def shown_rightly(self, fold: Fold, *, whole: bool) -> None:
        """What is shown of a history is what hands did (laws 10, 11, 13, 14); `whole`: none of it was ever lost."""
        right = self._counts(fold.top, fold.operations)
        promise("ownership", fold.applied == right, fold.applied ^ right)
        remarks = {op for op, _ in right if op.kind == REMARK}
        promise("remarks are entries", fold.remarks == remarks, fold.remarks ^ remarks)
        if whole:
            self._replaced_rightly(fold)
            self._flagged_rightly(fold)

    def _counts(self, top: Id, operations: Collection[Op]) -> frozenset[tuple[Op, str]]:
        """The fields that were their writers' to write (law 13)."""
        responsible = self._named(top, operations, "lead")
        helpers = self._named(top, operations, "helpers") | responsible
        held = {op.record for op in operations if op.record == op.id}
        return frozenset(
            (op, name)
            for op in operations
            for name in op.fields
            if self._may_write(op, name, responsible, helpers, held)
        )

    def _maker(self, record: Id, held: set[Id]) -> str | None:
        return self.creators.get(record) if record in held else None

    def _named(self, top: Id, operations: Collection[Op], field: str) -> set[str]:
        namers = {COUNTY, self._maker(top, {op.record for op in operations if op.record == op.id})}
        found: set[str] = set()
        for op in operations:
            value = op.value(field)
            if op.kind == SET and op.record == top and self.facts[op].hand in namers and value:
                found |= value if isinstance(value, frozenset) else {str(value)}
        return found

    def _may_write(self, op: Op, field: str, responsible: set[str], helpers: set[str], held: set[Id]) -> bool:
        hand = self.facts[op].hand
        makers = {self._maker(op.top, held)}
        may = {
            CERT: set(), GRANT: set(), REVOKE: set(),
            VOID: {self._maker(op.record, held)},
            REMARK: {self._maker(op.top, held)} | helpers,
            SET: {
                "lead": makers, "helpers": makers, "deadline": makers, "verdict": set(), "word": set(),
                "pace": makers | responsible, "progress": makers | responsible, "text": makers | responsible,
            }.get(field),
        }.get(op.kind)  # fmt: skip
        return may is not None and (hand == COUNTY or hand in may)

    def _counted_for(self, op: Op, operations: Collection[Op]) -> frozenset[tuple[Op, str]]:
        """What counted on the disk where an operation was written, of those on its record."""
        knew = self.facts[op].knew
        return self._counts(op.top, [other for other in operations if other in knew])

    def _replaced_rightly(self, fold: Fold) -> None:
        """Heads, conflicts and what is shown: a value is replaced by whoever had it before him, and else never."""
        written: defaultdict[tuple[Id, str], list[Op]] = defaultdict(list)
        before: dict[Op, frozenset[tuple[Op, str]]] = {}
        for op, name in fold.applied:
            if op.kind in (SET, VOID):
                written[op.record, name].append(op)
                before[op] = self._counted_for(op, fold.operations)
        promise("nothing vanishes", written.keys() == fold.heads.keys())
        for (record, name), ops in written.items():
            heads = {op for op in ops if not any((op, name) in before[later] for later in ops)}
            promise("heads", set(fold.heads[record, name]) == heads, (name, fold.heads[record, name], heads))
            values = {op.value(name) for op in heads}
            promise("conflicts", ((record, name) in fold.conflicts) == (len(values) > 1), (name, heads))
            greatest = max(heads, key=lambda op: (op.lam, op.id)).value(name)
            shown = None if name == "verdict" and len(values) > 1 else greatest
            promise("shown", fold.shown[record, name] == shown, (name, heads))
            for later in ops:
                lams = [op.lam for op in ops if (op, name) in before[later] and op.lam < LAM_MAX]
                grows = later.lam > max(lams, default=-1)
                promise("lam grows with knowledge", grows or self.facts[later].villain, later)

    def _flagged_rightly(self, fold: Fold) -> None:
        """Law 14 in plain words: work that the verdict did not see, by somebody who did not know the verdict."""
        for name in ("verdict", "void"):
            heads = [op for op in fold.heads.get((fold.top, name), ()) if op in fold.flags]
            for verdict in heads:
                apart = [
                    op
                    for op in fold.operations
                    if self.facts[op].hand != COUNTY and op is not verdict and op not in self.facts[verdict].knew
                    and (verdict, name) not in self._counted_for(op, fold.operations)
                ]  # fmt: skip
                promise("flags", fold.flags[verdict] == bool(apart), (verdict, apart))
            firm = {op.value(name) for op in heads if not fold.flags[op]}
            promise("review", fold.under_review(name) == any(op.value(name) not in firm for op in heads), heads)
