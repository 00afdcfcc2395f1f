"""From the operations of one history to what is shown of it: the laws of sync.md 5.0 as one pure function.

- What is applied is decided per field by who wrote it (law 13) and whether the value fits; the rest is held and listed.
- Heads are the applied operations that no other applied one names (law 10). The head with the greatest (lam, id) is
  shown; for a verdict with different values none is, and figures use the weaker one.
- A verdict and a void know what they saw (law 14); what neither knew of the other is flagged for review.

The order in which the operations are given does not matter, nor does anything outside them but the registry.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from models.domain import facts, owner, words
from models.domain.field import Owner
from models.domain.fields import INSPECTING, ISSUED, KEYS, NOTICES, PARTS, TABLES, TOPS
from models.domain.limits import HELD_FIELDS
from models.domain.operation import CERT, GRANT, REMARK, REVOKE, SET, VOID, Operation, Value, visible
from models.domain.owner import Ties
from models.domain.unit import Author, Registry, derived_id

VERDICTS = ("closing_stage",)
_JUDGED = ("void", *VERDICTS)
# Fields that name units, and whether the unit is responsible or works beside it.
_NAMED = {
    "township": True,
    "lead_unit": True,
    "cooperating_units": False,
    "supervising_unit": False,
    "responsible_units": False,
}
_AT_TOP = frozenset((*TOPS, *NOTICES, *INSPECTING, *ISSUED))
_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(slots=True)
class Record:
    """One record or part, as shown."""

    id: str
    table: str
    top: str
    creator: str | None = None
    created: bool = False  # its creating operation is held (or its id is derived)
    values: dict[str, Value] = field(default_factory=dict[str, Value])
    heads: dict[str, tuple[Operation, ...]] = field(default_factory=dict[str, tuple[Operation, ...]])
    undecided: bool = False  # county verdicts differ
    void_from: str | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A field that is held and not applied, and why: read by a person."""

    operation: str
    field: str
    why: str


@dataclass(slots=True)
class Reduced:
    """What the operations of one history amount to."""

    top: str
    records: dict[str, Record]
    remarks: list[Operation]
    grants: list[tuple[str, tuple[str, ...]]]  # unit, of
    revoked: dict[str, str]  # device → when, as stated
    held: list[Held]
    conflicts: dict[tuple[str, str], tuple[Operation, ...]]
    ties: Ties
    names: dict[str, bool]  # name key → whether as the responsible unit
    review: bool
    lam: int


def same(one: Value, other: Value) -> bool:
    """Whether two values are one: compared as JSON text, so 1 and 1.0 differ and lists compare whole."""
    return json.dumps(one, ensure_ascii=False) == json.dumps(other, ensure_ascii=False)


def reduce(top: str, operations: Iterable[Operation], registry: Registry) -> Reduced:
    """Fold the operations of one history."""
    ordered = sorted(operations, key=lambda o: (o.lam, o.id))
    return _Reduction(top, ordered, registry).run()


_Applied = tuple[Operation, Sequence[str]]  # and its fields that are


class _Reduction:
    """The state of one fold; lives for one call."""

    def __init__(self, top: str, operations: Sequence[Operation], registry: Registry) -> None:
        self.operations = operations
        self.registry = registry
        self.authors: dict[str, Author | None] = {o.device: registry.author(o.device) for o in operations}
        self.applied: defaultdict[str, list[_Applied]] = defaultdict(list)  # by record, in order
        self.creators: dict[str, str] = {}
        self.tables: dict[str, str] = {}
        self._find_creations()
        self.out = Reduced(top, {}, [], [], {}, [], {}, Ties(None, (), ()), {}, review=False, lam=0)

    def run(self) -> Reduced:
        self.out.ties = self._ties()
        for operation in self.operations:
            if self._apply(operation):
                self.out.lam = max(self.out.lam, operation.lam)
        for id_, applied in self.applied.items():
            self._show(self.out.records[id_], applied)
        shown = self.out.records.get(self.out.top)
        self.out.review = shown is not None and any(self._unseen(shown, name) for name in _JUDGED)
        return self.out

    # ------------------------------------------------------------------------------------- who is who

    def _find_creations(self) -> None:
        """Who created which record, and in which table it is: its id is the hash of its creation, or of its key."""
        for operation in self.operations:
            author = self.authors[operation.device]
            if author is None or operation.kind != SET:
                continue
            if operation.creates:
                self.creators[operation.id] = author.unit
                self.tables[operation.id] = operation.table
            elif _is_derived(operation):
                self.tables[operation.record] = operation.table

    def _ties(self) -> Ties:
        """Who is, or ever was, responsible for the top record: named by the county or the record's creator."""
        creator = self.creators.get(self.out.top)
        responsible: set[str] = set()
        cooperating: set[str] = set()
        for operation in self.operations:
            author = self.authors[operation.device]
            if operation.kind != SET or operation.record != self.out.top or author is None or not operation.travels:
                continue
            if not author.is_county and author.unit != creator:
                continue
            for name in [name for name in _NAMED if name in operation.fields]:
                leads, value = _NAMED[name], visible(operation.fields[name][0])
                if isinstance(value, str) and value:
                    codes, keys = self.registry.named(value, one=name == "township")
                    (responsible if leads else cooperating).update(codes)
                    for key in keys:
                        self.out.names[key] = self.out.names.get(key, False) or leads
        return Ties(creator, responsible, cooperating)

    # ------------------------------------------------------------------------------------- what is applied

    def _apply(self, operation: Operation) -> bool:
        author = self.authors[operation.device]
        if not operation.readable:
            why = "由更新版本的程序写入，升级后会自动生效"
        elif author is None:
            why = "写入的电脑没有登记"
        elif operation.kind == SET:
            return self._set(operation, author)
        elif operation.kind == GRANT:
            return self._grant(operation, author)
        elif operation.kind in (CERT, REVOKE):
            return self._county_fact(operation, author)
        elif operation.kind == REMARK:
            return self._remark(operation, author)
        elif operation.kind == VOID:
            return self._void(operation, author)
        else:
            why = "由更新版本的程序写入，升级后会自动生效"
        self._hold(operation, why)
        return False

    def _hold(self, operation: Operation, why: str, name: str = "") -> None:
        self.out.held.append(Held(operation.id, name, why))

    def _hold_fields(self, operation: Operation, names: Sequence[str], mine: Container[str]) -> None:
        """List what is not applied of an operation: each field, of a great many the first, and how many more."""
        for name in names[:HELD_FIELDS]:
            self._hold(operation, _why_not(operation, name, may=name in mine), name)
        if (more := len(names) - HELD_FIELDS) > 0:
            self._hold(operation, f"另有 {more} 栏也没有应用")

    def _grant(self, operation: Operation, author: Author) -> bool:
        unit, of = (operation.fields.get(n, (None,))[0] for n in ("unit", "of"))
        if author.is_county and isinstance(unit, str) and isinstance(of, list):
            self.out.grants.append((unit, tuple(u for u in of if isinstance(u, str))))
            return True
        self._hold(operation, "只有县里可以把记录交给别的单位")
        return False

    def _county_fact(self, operation: Operation, author: Author) -> bool:
        device = operation.fields.get("device", (None,))[0]
        if author.is_county:
            if operation.kind == REVOKE and isinstance(device, str) and _ID.fullmatch(device):
                self.out.revoked.setdefault(device, operation.wall)
            return True
        self._hold(operation, "只有县里可以登记或停用电脑")
        return False

    def _remark(self, operation: Operation, author: Author) -> bool:
        text = operation.fields.get("text", (None,))[0]
        if isinstance(text, str) and owner.may_remark(author, self.out.ties):
            self.out.remarks.append(operation)
            return True
        self._hold(operation, "这个单位与本条记录无关，备注未采用", "remark")
        return False

    def _void(self, operation: Operation, author: Author) -> bool:
        day = operation.fields.get("void", ("?",))[0]
        if not self._has_place(operation) or not (day is None or owner.is_day(day)):
            self._hold(operation, "看不懂的作废", "void")
        elif not owner.may_void(author, self.creators.get(operation.record)):
            self._hold(operation, "只有登记单位或县里可以作废", "void")
        else:
            self._record(operation)
            self.applied[operation.record].append((operation, ("void",)))
            return True
        return False

    def _set(self, operation: Operation, author: Author) -> bool:
        if operation.table not in TABLES or not self._has_place(operation):
            self._hold(operation, "这类记录要升级程序后才能显示")
            return False
        if operation.table in ISSUED and not author.is_county:
            self._hold(operation, f"{words.TABLE[operation.table]}由县里维护")
            return False
        if operation.table in NOTICES and operation.creates and not author.is_county:  # else it would be handed on
            self._hold(operation, f"{words.TABLE[operation.table]}由县里发出")
            return False
        # Who made a part has no more rights than the record at the top gives: else anybody could add parts to anything.
        creator = self.creators.get(operation.record) if operation.record == operation.top else None
        right = owner.right(author, self.out.ties, creator)
        mine = owner.fields_of(operation.table, right, local=not operation.travels, makes=operation.creates)
        fitting = owner.fitting(operation.table, mine, operation.fields)
        if len(fitting) < len(operation.fields):
            fit = set(fitting)
            self._hold_fields(operation, [name for name in operation.fields if name not in fit], mine)
        made = operation.creates and operation.record == operation.top
        if not fitting and not made:
            return False
        record = self._record(operation)
        record.created = record.created or operation.creates or _is_derived(operation)
        self.applied[operation.record].append((operation, fitting))
        return True

    def _has_place(self, operation: Operation) -> bool:
        """Whether there can be such a record at that place, and no creation says that it is in another table."""
        is_top = operation.record == operation.top
        if operation.table not in (_AT_TOP if is_top else PARTS):
            return False
        if operation.table in KEYS and (operation.creates or _renames(operation)):
            return False  # one by nature: its id is given by its key
        there = self.out.records.get(operation.record)
        return operation.table == self.tables.get(operation.record, there.table if there else operation.table)

    def _record(self, operation: Operation) -> Record:
        """The record that an operation speaks of, made when it is first spoken of."""
        record = self.out.records.get(operation.record)
        if record is None:
            record = Record(operation.record, operation.table, operation.top, self.creators.get(operation.record))
            self.out.records[operation.record] = record
        return record

    # ------------------------------------------------------------------------------------- what is shown

    def _show(self, record: Record, applied: list[_Applied]) -> None:
        candidates: dict[str, list[Operation]] = {}  # of fields that several operations speak of
        for operation, names in applied:
            again = [name for name in names if name in record.heads]
            for name in again:
                candidates.setdefault(name, [*record.heads[name]]).append(operation)
            record.heads |= dict.fromkeys(names, (operation,))
            record.values |= {name: operation.fields[name][0] for name in names}
        for name, some in candidates.items():
            self._settle(record, name, some)
        for name, value in record.values.items():
            if (clear := visible(value)) is not value:  # seldom
                record.values[name] = clear
        if "void" in record.values:
            void = record.values.pop("void")
            record.void_from = void if isinstance(void, str) else None

    def _settle(self, record: Record, name: str, candidates: list[Operation]) -> None:
        named = {prefix for o in candidates for prefix in o.fields[name][1]}
        heads = tuple([o for o in candidates if o.prefix not in named])
        if not heads:  # every candidate is named by another: cannot happen without a broken hash
            heads = (candidates[-1],)
        values = [o.fields[name][0] for o in heads]
        record.heads[name] = heads
        record.values[name] = values[-1]  # candidates are in the order of (lam, id)
        if len(heads) > 1 and any(not same(values[0], v) for v in values[1:]):
            if record.created:  # else nobody is shown it, and by its id it may be a part of another history
                self.out.conflicts[record.id, name] = heads
            if name in VERDICTS:
                record.undecided = True
                record.values[name] = facts.weaker(values)

    # ------------------------------------------------------------------------------------- law 14

    def _unseen(self, record: Record, name: str) -> bool:
        """Whether a verdict, or a void, was given without knowing work that did not know it: by all who gave it."""
        heads = record.heads.get(name)
        if not heads:  # nearly always
            return False
        given: defaultdict[str, list[Operation]] = defaultdict(list)
        for head in heads:
            if value := head.fields[name][0]:  # one that was taken back stands on no ground
                given[json.dumps(value)].append(head)
        return any(all(self._flagged(head) for head in heads) for heads in given.values())

    def _flagged(self, verdict: Operation) -> bool:
        saw = verdict.saw or frozenset()
        return any(
            work.prefix not in saw and work.id != verdict.id and verdict.prefix not in knew for work, knew in self._work
        )

    @cached_property
    def _work(self) -> list[tuple[Operation, frozenset[str]]]:
        """The work of others than the county that travels, each with the verdicts that it knew.

        Who held a verdict that replaced another names that one; but then the other is no head.
        """
        return [
            (operation, frozenset(operation.after))
            for operation in self.operations
            if operation.travels and (author := self.authors[operation.device]) is not None and not author.is_county
        ]


def _why_not(operation: Operation, name: str, *, may: bool) -> str:
    """Why a field is not applied. `may`: its author may write it here, so the value is to blame."""
    known = TABLES[operation.table].get(name)
    if known is None:
        return "这一栏要升级程序后才能显示"
    if (known.owner is Owner.LOCAL) == operation.travels:
        return "这一栏只在写入的电脑上有效"
    if known.fixed and not operation.creates:
        return "换一个文件要另加一条"
    return "这个值看不懂" if may else "这一栏由别的单位填写"


def _is_derived(operation: Operation) -> bool:
    """Whether the id of the record is the hash of its key, as this operation states it."""
    key = KEYS.get(operation.table)
    value = operation.fields.get(key, (None,))[0] if key else None
    if key is None or not isinstance(value, str) or not owner.fits(TABLES[operation.table][key], value):
        return False
    base = (operation.table, value) if operation.table in ISSUED else (operation.table, operation.top, value)
    return operation.record == derived_id(*base)


def _renames(operation: Operation) -> bool:
    """Whether this would give a record another key than the one that its id comes from."""
    return KEYS[operation.table] in operation.fields and not _is_derived(operation)
