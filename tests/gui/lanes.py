"""Saves on the thread that only reads would meet long work at the ledger's lock, and be refused: seen here instead."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from models.store.ledger import Ledger
from tests.gui import fakes

WRITING = (
    "_write",
    "settle",
    "settle_many",
    "take",
    "forget",
    "export",
    "bring_in",
    "request",
    "approve",
    "accept",
    "edit_many",
)
SERVICES = ("records", "exchange", "imports", "enrolment", "conflicts", "doubles", "units", "care")


def verbs() -> Iterator[tuple[type, str]]:
    """Every verb that writes: of the ledger itself, and of the services that tests put in its place."""
    yield Ledger, "write"
    office = fakes.township()
    for service in SERVICES:
        kind = type(getattr(office, service))
        yield from ((kind, name) for name in WRITING if hasattr(kind, name))
    yield type(office.units), "add"


def watched(verb: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(verb)
    def called(*args: Any, **kwargs: Any) -> Any:
        thread = threading.current_thread().name
        assert not thread.startswith(("ledger-read", "ledger-count")), (
            f"{verb.__qualname__} on {thread}: work that writes is asked with kind=Kind.SAVE or Kind.LONG"
        )
        return verb(*args, **kwargs)

    return called


VERBS = [(owner, name, watched(getattr(owner, name))) for owner, name in verbs()]
