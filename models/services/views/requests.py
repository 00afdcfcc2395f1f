"""What is shown of requests: the queue that waits for the county, and what was answered."""

from __future__ import annotations

from typing import NamedTuple


class RequestLine(NamedTuple):
    """One request with the problem that it speaks of; "" where nothing is said."""

    id: str
    problem: str
    number: str
    title: str
    unit: str
    unit_name: str
    kind: str  # extension to_long_term restart
    asked_on: str
    deadline: str  # of the problem now
    wanted_deadline: str
    reason: str
    decision: str  # approved refused; "" while it waits
    decided_on: str
    opinion: str
