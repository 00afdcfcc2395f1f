"""What is shown of users."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class UserView:
    """One user of this PC. `roles`: clerk, reviewer, leader, admin."""

    name: str
    roles: tuple[str, ...]
    since: str


@dataclass(frozen=True)
class Person:
    """Who signed in at this PC. `roles` as in domain/roles.py."""

    name: str
    roles: frozenset[str]
