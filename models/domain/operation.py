"""An operation: what one saved form changed, as an immutable value (sync.md 5.1). The ledger is a set of these."""

from __future__ import annotations

from typing import NamedTuple

from models.domain.limits import LAM_MAX
from models.domain.plain import seen

Value = str | int | float | list[list[str]] | list[str] | None

PREFIX = 16  # hex digits of an id that `prev`, `after` and `saw` write down: 8 bytes

# Kinds. Anything else comes from a newer program: held, not applied.
SET = "set"
VOID = "void"
REMARK = "remark"
GRANT = "grant"
CERT = "cert"
REVOKE = "revoke"
KINDS = (SET, VOID, REMARK, GRANT, CERT, REVOKE)

EVERYONE = "*"


class Operation(NamedTuple):
    """One operation. Ids are lower-case hex: 32 digits whole, 16 digits as a prefix."""

    id: str
    kind: str
    table: str
    record: str  # its own id where the bytes carry no `r`: then it creates the record
    top: str  # id of the record at the top of the history
    creates: bool
    fields: dict[str, tuple[Value, tuple[str, ...]]]  # field → value, prefixes of the heads that the author saw
    aud: tuple[str, ...]
    lam: int
    device: str
    user: str = ""
    wall: str = ""
    why: str = ""
    after: tuple[str, ...] = ()
    saw: frozenset[str] | None = None
    readable: bool = True  # False: envelope understood, content of a newer program

    @property
    def prefix(self) -> str:
        """How other operations name this one."""
        return self.id[:PREFIX]

    @property
    def travels(self) -> bool:
        """Whether it may ever leave this disk."""
        return bool(self.aud)


def visible(value: Value) -> Value:
    """A value as people see it: the bytes stay as they were signed, what they say turns and hides nothing."""
    return seen(value) if isinstance(value, str) else value


def next_lam(highest: int) -> int:
    """The Lamport number after `highest`; it saturates, so no number can block a record for ever."""
    return min(LAM_MAX, highest + 1)
