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


def stamp_of(op: Op) -> int:
    """The county's stamp: nobody without its secret can make one."""
    return op.sha ^ _SECRET
