"""What lies on a stick, and what becomes of it where it is read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, auto

from tests.model.laws import Op

_SECRET = 0x5EC2E7  # the county's


class Answer(StrEnum):
    """What became of a package that was shown to a home."""

    IMPORTED = auto()
    ALREADY = auto()  # imported before
    OWN = auto()
    FOREIGN = auto()  # for another unit, or from one that may not write to ours
    SEALED = auto()  # not encrypted to this device
    ASIDE = auto()  # from a revoked device: a person decides
    BROKEN = auto()  # something in it is over a limit: refused whole


@dataclass(frozen=True, eq=False, slots=True)
class Package:
    """A package on a stick; its certificate says device and unit, and cannot be forged."""

    id: int
    device: str
    unit: str
    to: str
    operations: tuple[tuple[Op, int | None], ...]  # each with the stamp that travels beside it
    acks: frozenset[tuple[str, int]]  # a package is its device and its number, everywhere
    digest: tuple[int, int]
    bases: frozenset[int]
    complete_for: frozenset[str]
    recipients: frozenset[str]  # whose keys open it
    welcome: str = ""  # the new device that it greets, with all that is its unit's
    secrets: frozenset[int] = frozenset()  # numbers of the county's, between its own PCs


def stamp_of(op: Op, number: int = 1) -> int:
    """The county's stamp with the secret of a number: nobody without it can make one."""
    return (op.sha ^ _SECRET) + (number << 256)


def number_of(stamp: int) -> int:
    """Of which secret a stamp says that it is."""
    return stamp >> 256
