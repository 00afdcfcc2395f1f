"""What is shown of users."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class UserView:
    """One user of this PC. `roles`: clerk, reviewer, leader, admin."""

    name: str
    roles: tuple[str, ...]
    since: str
