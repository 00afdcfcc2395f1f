"""What clerks write, in a county, its townships and departments: every kind of operation, by whoever sits at a disk.

Deeds take plain numbers, so that the seeded histories and the Hypothesis machine drive the same world.
"""

from __future__ import annotations

from collections.abc import Iterable
from random import Random
from typing import TypeVar

from tests.model.home import Home
from tests.model.laws import COUNTY, EVERYONE, GRANT, REMARK, SET, VOID, Id, Op, Value
from tests.model.truth import Truth
from tests.model.villain import TRICKS

TOWNSHIPS = ("A", "B")
DEPARTMENTS = ("D", "E")

T = TypeVar("T")


def pick(things: Iterable[T], number: int) -> T:
    """One of some things."""
    those = list(things)
    return those[number % len(those)]


class Clerks:
    """Disks by slot, the records that were ever made, and the truth beside them."""

    townships = TOWNSHIPS
    departments = DEPARTMENTS

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.chance = Random(seed)
        self.truth = Truth()
        self.homes: dict[int, Home] = {}
        self.tops: list[Id] = []

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
