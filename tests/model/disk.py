"""What lies on one disk under the laws of sync.md 5.0 and 5.4: operations, who is who, what each unit may hold.

Every attribute is immutable or a dict of immutables, so a backup, a clone and the state before an import are shallow
copies. Each method is one law or part of one; tests/model/mutants.py overrides them one at a time.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from random import Random
from typing import Self

from tests.model.laws import CERT, COUNTY, EVERYONE, GRANT, LAM_MAX, NOTHING, REVOKE, Fold, Id, Op, Value
from tests.model.package import stamp_of

FIRST = "C1"  # the device with the county's root key: what comes with a welcome vouches for it
LIVE_WITHIN = 5  # packages of one sibling after which a silent device is no longer live


class Disk:
    """The ledger of one installation, or of a copy of its disk; what is written on it."""

    fold_class = Fold

    def __init__(self, device: str, unit: str, chance: Random) -> None:
        self.device = device
        self.unit = unit
        self.former: frozenset[str] = frozenset()  # its names before it got new keys
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

    def renew(self, device: str) -> None:
        """New keys (5.7.6): another name from now on; what it wrote under the former one stays what it was."""
        self.former |= {self.device}
        self.device = device
        self.units = {**self.units, device: self.unit}
        self._before = None
        self._folds = {}

    def learn(self, device: str, unit: str) -> None:
        """Remember whose device it is."""
        if device not in self.units:
            self.units[device] = unit
            self.heard[device] = len(self.arrivals(unit))
            self._folds.clear()

    def believe_certificates(self, operations: Iterable[Op]) -> None:
        """Take the certificates among operations; one by a device that another one introduces comes after it.

        What the county's root key has signed needs nobody who introduces it: its first PC certifies itself anew.
        """
        waiting = [op for op in operations if op.kind == CERT]
        while ready := [op for op in waiting if self.from_county(op) or op.value("signed")]:
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
