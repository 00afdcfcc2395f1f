"""What is to be done beside what the figures of the day say: look at places, look again, renew permits."""

from __future__ import annotations

from typing import NamedTuple


class Agenda(NamedTuple):
    """Counts, and of campaigns the one that ends first."""

    campaigns: int = 0  # of which something is to be looked at now
    campaign: str = ""  # the id of the one that ends first
    title: str = ""
    days_left: int = 0
    left: int = 0  # villages and sources of it that nobody has looked at
    lookbacks: int = 0  # to be made, late ones included
    lookbacks_late: int = 0
    permits: int = 0  # that have ended or end soon
    permits_ended: int = 0
    rechecks: int = 0  # self-found problems that are completed and not closed
    unclaimed: int = 0  # problems that the county assigned and the unit has not claimed


class Awaiting(NamedTuple):
    """One kind of thing that waits for the county itself."""

    kind: str  # a key of KINDS
    number: int
    id: str = ""  # of the record that comes first, where there is one


# What may wait for the county, in the order in which it is to be done.
KINDS = (
    "review", "petition_review", "aside", "replied", "proposed", "silent", "unjudged", "late_lookbacks", "unplanned",
    "permits", "unsent", "unheard",
)  # fmt: skip
