"""What a user of one PC may do: roles × deeds, as a table. Rights of units are another matter (domain/owner.py).

Users and roles are local to a PC and never travel. A home without users has one who may do everything.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum


class Role(StrEnum):
    """What a user is; one may be several."""

    CLERK = "clerk"
    REVIEWER = "reviewer"
    LEADER = "leader"
    ADMIN = "admin"


class Deed(StrEnum):
    """What somebody wants to do to the ledger of this PC. Looking, searching and printing ask for nothing."""

    EDIT = "edit"  # records, their parts, photos, workbooks
    JUDGE = "judge"  # what decides: completed is asked for acceptance, accepted, closed, returned, approved
    EXCHANGE = "exchange"  # packages out and in
    MANAGE = "manage"  # users, units, PCs, dictionaries, backups
    NOTE = "note"  # what the program notes for itself, whoever sits before it


# fmt: off
MAY: dict[Role, frozenset[Deed]] = {
    Role.CLERK:    frozenset({Deed.EDIT, Deed.EXCHANGE}),
    Role.REVIEWER: frozenset({Deed.EDIT, Deed.JUDGE, Deed.EXCHANGE}),
    Role.LEADER:   frozenset({Deed.JUDGE}),
    Role.ADMIN:    frozenset({Deed.MANAGE, Deed.EXCHANGE}),
}
# fmt: on


def may(roles: Collection[str], deed: Deed) -> bool:
    """Whether somebody with these roles may do that."""
    return deed is Deed.NOTE or any(deed in MAY[Role(role)] for role in roles if role in MAY)


def who_may(deed: Deed) -> tuple[Role, ...]:
    """The roles that allow a deed."""
    return tuple(role for role, deeds in MAY.items() if deed in deeds)
