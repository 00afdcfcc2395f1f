"""A township PC whose owner rewrote the program: it has a genuine key, and nothing else that others have.

It writes operations in other names and addresses (`TRICKS`), and, as a `Liar`, headers that say what is not so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from random import Random
from types import MappingProxyType

from tests.model.home import Home
from tests.model.laws import CERT, COUNTY, EVERYONE, GRANT, LAM_MAX, REVOKE, SET, VOID, Id, Op
from tests.model.package import Package


class Forger(Home):
    """Sends all that it holds to everybody, forged or not, and is honest about having it."""

    def share(self, unit: str) -> frozenset[Op]:
        """To its siblings too."""
        return self.travelling() if unit in (COUNTY, self.unit) else frozenset()


class Liar(Forger):
    """Says in its headers what others would like to hear."""

    overheard: list[Package]  # every stick that ever lay about

    def export(self, unit: str, welcome: str = "") -> Package:
        """Acknowledge what it never saw, call the packages of others its own, make up digests, borrow numbers."""
        package = super().export(unit, welcome)
        others = [p for p in self.overheard if p.to == unit and p.unit == self.unit and p.device != self.device]
        acks = frozenset((p.device, p.id) for p in self.overheard)
        bases = frozenset(p.id for p in self.overheard)
        match self.chance.randrange(5):
            case 0:
                return replace(package, digest=(7, self.chance.getrandbits(256)))
            case 1:
                return replace(package, bases=package.bases | bases)
            case 2:
                return replace(package, acks=acks, complete_for=frozenset())
            case 3 if others:
                return replace(package, id=others[-1].id)
            case _:
                return replace(package, acks=acks, bases=bases)


@dataclass(frozen=True)
class Forgery:
    """An operation as the villain enters it, and what it puts in the place of the county's stamp."""

    op: Op
    stamp: int | None = None


Trick = Callable[[Home, Id, Random], Forgery]


def _as(device: str, op: Op, stamp: int | None = None) -> Forgery:
    return Forgery(replace(op, device=device), stamp)


def _verdict_of_the_county(home: Home, top: Id, chance: Random) -> Forgery:
    borrowed = chance.choice([None, chance.getrandbits(256), *list(home.stamps.values())[:1]])
    return _as("C1", home.compose(SET, {"verdict": 1}, {home.unit}, top), borrowed)


def _work_of_another_township(home: Home, top: Id, chance: Random) -> Forgery:
    return _as("B1", home.compose(SET, {"progress": 9}, {home.unit, "B"}, top), chance.choice([None, 1]))


def _own_grant(home: Home, top: Id, chance: Random) -> Forgery:
    del chance
    fields = {"unit": home.unit, "of": frozenset({"A", "B", "D", "E", COUNTY})}
    return Forgery(home.compose(GRANT, fields, {home.unit}, None, top))


def _grant_of_the_county(home: Home, top: Id, chance: Random) -> Forgery:
    fields = {"unit": home.unit, "of": frozenset({"A", "B", "D", "E", COUNTY})}
    return _as("C1", home.compose(GRANT, fields, {home.unit, COUNTY}, None, top), chance.getrandbits(256))


def _word_of_the_county(home: Home, top: Id, chance: Random) -> Forgery:
    del top
    return _as("C1", home.compose(SET, {"word": 99}, {EVERYONE}, "word/0"), chance.getrandbits(256))


def _own_word(home: Home, top: Id, chance: Random) -> Forgery:
    del top, chance
    return Forgery(home.compose(SET, {"word": 98}, {EVERYONE}, "word/1"))


def _creation_of_what_exists(home: Home, top: Id, chance: Random) -> Forgery:
    del chance
    return Forgery(replace(home.compose(SET, {"lead": home.unit, "deadline": 77}, {home.unit}, top), lam=0))


def _last_word(home: Home, top: Id, chance: Random) -> Forgery:
    name = chance.choice(["progress", "deadline"])
    return Forgery(replace(home.compose(SET, {name: 66}, {home.unit, "B", EVERYONE}, top), lam=LAM_MAX))


def _work_of_its_sibling(home: Home, top: Id, chance: Random) -> Forgery:
    del chance
    return _as("A1", home.compose(SET, {"progress": 65}, {home.unit}, top))


def _verdict_of_its_own(home: Home, top: Id, chance: Random) -> Forgery:
    del chance
    return Forgery(home.compose(SET, {"verdict": 1, "deadline": 55, "progress": 5}, {EVERYONE}, top))


def _void_of_its_own(home: Home, top: Id, chance: Random) -> Forgery:
    del chance
    return Forgery(home.compose(VOID, {"void": 1}, {home.unit}, top))


def _revocation(home: Home, top: Id, chance: Random) -> Forgery:
    del top
    op = home.compose(REVOKE, {"device": "B1"}, {EVERYONE}, None, "devices")
    return chance.choice([Forgery(op), _as("C1", op, chance.getrandbits(256))])


def _certificate(home: Home, top: Id, chance: Random) -> Forgery:
    del top
    op = home.compose(CERT, {"device": "Z9", "unit": chance.choice([COUNTY, "B"])}, {EVERYONE}, None, "devices")
    return chance.choice([Forgery(op), _as("C1", op, chance.getrandbits(256))])


TRICKS: Mapping[str, Trick] = MappingProxyType({
    trick.__name__.strip("_"): trick
    for trick in (
        _verdict_of_the_county, _work_of_another_township, _own_grant, _grant_of_the_county, _word_of_the_county,
        _own_word, _creation_of_what_exists, _last_word, _work_of_its_sibling, _verdict_of_its_own, _void_of_its_own,
        _revocation, _certificate,
    )
})  # fmt: skip
