"""Operations and what they amount to: the laws of sync.md 5.0 on sets, without bytes, files, keys or clocks.

A second writing of the laws, beside models/domain and models/store and independent of both, so that each can be held
against the other. `Fold` is a pure function of the operations of one history. Its methods are the joints of the laws:
tests/model/mutants.py breaks them one at a time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Generic, TypeVar

Id = int | str  # of a record: the op_id of its creating operation, or a text derived from its key
Value = int | str | frozenset[str] | None
Fields = Mapping[str, tuple[Value, tuple[int, ...]]]  # field → value, prefixes of the heads that the author saw

COUNTY = "county"
EVERYONE = "*"
LAM_MAX = 2**53 - 1
NOTHING: frozenset[Op] = frozenset()

# Kinds. Any other comes from a newer program: held, not applied.
SET, VOID, REMARK, GRANT, CERT, REVOKE = "set", "void", "remark", "grant", "cert", "revoke"

# Who may write a field besides the county (law 13). A field that is not here comes from a newer program.
BY_CREATOR, BY_RESPONSIBLE, BY_COUNTY, BY_ANYONE = range(4)
# fmt: off
OWNERS: Mapping[str, int] = MappingProxyType({
    "lead": BY_CREATOR, "helpers": BY_CREATOR, "deadline": BY_CREATOR,
    "pace": BY_RESPONSIBLE, "progress": BY_RESPONSIBLE, "text": BY_RESPONSIBLE,
    "verdict": BY_COUNTY, "word": BY_COUNTY,
    "note": BY_ANYONE,  # on their own disk alone: its aud is []
})
# fmt: on


@dataclass(frozen=True, eq=False, slots=True)
class Op:
    """One operation. Two are the same when they are the same object: bytes are written once."""

    sha: int  # SHA-256 of its bytes
    kind: str
    top: Id
    record: Id
    fields: Fields
    aud: frozenset[str]
    lam: int
    device: str
    after: frozenset[int] = frozenset()
    saw: frozenset[int] | None = None

    @property
    def id(self) -> int:
        """The first 16 bytes of the hash."""
        return self.sha >> 128

    @property
    def prefix(self) -> int:
        """The first 8 bytes of the hash: how other operations name this one."""
        return self.sha >> 192

    def value(self, name: str) -> Value:
        """What it says of a field; None also where it says nothing."""
        return self.fields[name][0] if name in self.fields else None

    def __repr__(self) -> str:
        fields = {name: value for name, (value, _) in self.fields.items()}
        return f"<{self.prefix:016x} {self.kind} by {self.device} on {str(self.top)[:6]} {fields} lam {self.lam}>"


def digest(operations: Iterable[Op]) -> tuple[int, int]:
    """Count, and sum of hashes (law 9)."""
    shas = [op.sha for op in operations]
    return len(shas), sum(shas) % 2**256


T = TypeVar("T")


class Lazy(Generic[T]):
    """A value that is worked out when first asked for; functools.cached_property takes a lock for each."""

    def __init__(self, work: Callable[[Any], T]) -> None:
        self.work = work

    def __get__(self, owner: object, kind: type | None = None) -> T:
        value = owner.__dict__[self.work.__name__] = self.work(owner)
        return value


class Fold:
    """What the operations of one history amount to for those who know these devices. Their order does not matter."""

    verdict = "verdict"  # the field that holds one

    def __init__(self, top: Id, operations: Sequence[Op], units: Mapping[str, str]) -> None:
        self.top = top
        self.operations = operations
        self.units = units
        self.creators = {op.record: self.author(op) for op in operations if self.creates(op)}
        self.responsible: set[str] = set()
        self.helping: set[str] = set()
        self._find_ties()
        self.applied: set[tuple[Op, str]] = set()
        self.heads: dict[tuple[Id, str], tuple[Op, ...]] = {}
        self._find_heads()

    # ------------------------------------------------------------------------------------- who is who

    def author(self, op: Op) -> str | None:
        """The unit whose device wrote it; an operation names its device only (law 12)."""
        return self.units.get(op.device)

    def creates(self, op: Op) -> bool:
        """Whether it is the operation whose id is the record's id."""
        return op.record == op.id

    def _find_ties(self) -> None:
        """Who was ever named as responsible or helping, by the county or the creator."""
        for op in self.operations:
            if op.kind == SET and op.record == self.top and self.author(op) in (COUNTY, self.creators.get(self.top, 0)):
                lead, helpers = op.value("lead"), op.value("helpers")
                if isinstance(lead, str):
                    self.responsible.add(lead)
                if isinstance(helpers, frozenset):
                    self.helping |= helpers

    # ------------------------------------------------------------------------------------- what is applied

    def applies(self, op: Op, name: str) -> bool:
        """Whether one field of an operation counts (law 13)."""
        author = self.author(op)
        match op.kind:
            case "grant" | "cert" | "revoke":
                return author == COUNTY
            case "void":
                return author is not None and author in (COUNTY, self.creators.get(op.record))
            case "remark":
                ties = {COUNTY, self.creators.get(self.top), *self.responsible, *self.helping}
                return author is not None and author in ties
            case "set":
                return author is not None and self._may_write(author, op, name)
        return False

    def _may_write(self, author: str, op: Op, name: str) -> bool:
        owner = self.owner_of(op, name)
        if owner is None or (owner == BY_ANYONE) == bool(op.aud):
            return False
        if author == COUNTY or owner == BY_ANYONE:
            return True
        if owner == BY_COUNTY:
            return False
        if author == self.creators.get(self.top):  # a part follows its record, whoever made it
            return True
        return owner == BY_RESPONSIBLE and author in self.responsible

    def owner_of(self, op: Op, name: str) -> int | None:
        """Who may write a field; None: a newer program knows."""
        del op
        return OWNERS.get(name)

    def replaced(self, op: Op, name: str) -> tuple[int, ...]:
        """The prefixes of the values that a field of an operation takes the place of (law 10)."""
        return op.fields[name][1] if (op, name) in self.applied else ()

    def _find_heads(self) -> None:
        candidates: defaultdict[tuple[Id, str], list[Op]] = defaultdict(list)
        named: defaultdict[tuple[Id, str], set[int]] = defaultdict(set)
        for op in self.operations:
            for name in op.fields:
                if self.applies(op, name):
                    self.applied.add((op, name))
                    if op.kind in (SET, VOID):
                        candidates[op.record, name].append(op)
                if replaced := self.replaced(op, name):
                    named[op.record, name].update(replaced)
        for key, those in candidates.items():
            gone = named.get(key, ())
            self.heads[key] = tuple([op for op in those if op.prefix not in gone] if gone else those)

    @Lazy
    def lam(self) -> int:
        """The highest number among the operations that are applied (law 11)."""
        return max((op.lam for op, _ in self.applied), default=0)

    def prefixes(self, record: Id, name: str) -> tuple[int, ...]:
        """What an operation on this field names as replaced."""
        return tuple(op.prefix for op in self.heads.get((record, name), ()))

    @Lazy
    def after(self) -> frozenset[int]:
        """What every operation on this history says that its disk knew: the heads of verdict and void (law 14)."""
        return frozenset(p for name in (self.verdict, VOID) for p in self.prefixes(self.top, name))

    # ------------------------------------------------------------------------------------- what is shown

    def differ(self, heads: Iterable[Op], name: str) -> bool:
        """Whether heads are a conflict: two makers of one value are none (law 10)."""
        return len({op.value(name) for op in heads}) > 1

    @Lazy
    def conflicts(self) -> frozenset[tuple[Id, str]]:
        """The fields with more than one head and different values."""
        return frozenset(key for key, heads in self.heads.items() if self.differ(heads, key[1]))

    def show(self, name: str, heads: Sequence[Op]) -> Value:
        """The value of a field: for a verdict none while two differ (law 10)."""
        if name == self.verdict and self.differ(heads, name):
            return None
        return max(heads, key=lambda op: (op.lam, op.id)).value(name)

    @Lazy
    def shown(self) -> dict[tuple[Id, str], Value]:
        """Every field of every record."""
        return {key: self.show(key[1], heads) if heads else "nothing" for key, heads in self.heads.items()}

    @Lazy
    def remarks(self) -> frozenset[Op]:
        """The entries under a record: never replaced."""
        return frozenset(op for op, _ in self.applied if op.kind == REMARK)

    # ------------------------------------------------------------------------------------- law 14

    def stands_apart(self, verdict: Op, op: Op) -> bool:
        """Whether a verdict did not see an operation, which did not know the verdict either."""
        if self.author(op) in (COUNTY, None) or not op.aud or op is verdict:
            return False
        return op.prefix not in (verdict.saw or ()) and verdict.prefix not in op.after

    @Lazy
    def flags(self) -> dict[Op, bool]:
        """For each head that is a verdict or a void: 依据已变化，需复核."""
        return {
            head: any(self.stands_apart(head, op) for op in self.operations)
            for name in (self.verdict, VOID)
            for head in self.heads.get((self.top, name), ())
            if head.value(name) is not None
        }

    def under_review(self, name: str) -> bool:
        """Whether a verdict (or a void) of the record is flagged: all heads that give it are."""
        given = [head for head in self.heads.get((self.top, name), ()) if head in self.flags]
        return any(
            all(self.flags[h] for h in given if h.value(name) == value) for value in {h.value(name) for h in given}
        )

    def summary(self) -> tuple[object, ...]:
        """All that a person could see of it, to be compared between homes."""
        review = tuple(self.under_review(name) for name in (self.verdict, VOID))
        heads = frozenset((key, frozenset(those)) for key, those in self.heads.items())
        shown = frozenset(self.shown.items())
        return (
            frozenset(self.applied),
            heads,
            shown,
            self.conflicts,
            self.remarks,
            frozenset(self.flags.items()),
            review,
        )
