"""Disks that write operations by the laws, without a database: what the tests of the pure rules stand on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from models.domain.field import Field, Type
from models.domain.fields import KEYS
from models.domain.operation import GRANT, REMARK, SET, VOID, Operation, Value, next_lam
from models.domain.reduce import VERDICTS, Reduced, reduce
from models.domain.unit import Author, Registry, derived_id

COUNTY, TOWN, OTHER, OFFICE = "361021", "361021101", "361021102", "361021901"
UNITS = {COUNTY: "临江县环委办", TOWN: "白水镇", OTHER: "青石镇人民政府", OFFICE: "县住建局"}
KINDS = {COUNTY: "county", TOWN: "township", OTHER: "township", OFFICE: "department"}
DISKS = {"county": COUNTY, "county2": COUNTY, "town": TOWN, "town2": TOWN, "other": OTHER, "office": OFFICE}


def device(name: str) -> str:
    """The id of the device behind a disk of that name."""
    return sha256(name.encode()).hexdigest()[:32]


def registry(units: Mapping[str, str] = UNITS) -> Registry:
    """Everybody, as all disks know them."""
    devices = {device(name): Author(unit, KINDS[unit]) for name, unit in DISKS.items()}
    return Registry(devices, units, COUNTY, UNITS[COUNTY])


WHO = registry()
_made = 0


@dataclass
class Disk:
    """One disk: the operations on it, and a hand that writes more as the program would."""

    name: str
    held: dict[str, Operation] = field(default_factory=dict)
    knew: dict[str, frozenset[str]] = field(default_factory=dict)  # operation written here → what lay here then

    @property
    def unit(self) -> str:
        return DISKS[self.name]

    def reduced(self, top: str) -> Reduced:
        return reduce(top, self.of(top), WHO)

    def of(self, top: str) -> list[Operation]:
        return [o for o in self.held.values() if o.top == top]

    def take(self, *others: Disk) -> Disk:
        """Everything that travels, from other disks."""
        for other in others:
            self.held |= {i: o for i, o in other.held.items() if o.travels}
            self.knew |= other.knew
        return self

    # ------------------------------------------------------------------------------------- writing

    def add(self, table: str = "problem", *, aud: tuple[str, ...] | None = None, **values: Value) -> str:
        """A new record; its id."""
        return self.write(SET, table, None, None, values, aud).id

    def part(self, table: str, top: str, **values: Value) -> str:
        """A new part of a record; one that is one by nature has the id of its key."""
        if table in KEYS:
            return self.edit(derived_id(table, top, str(values[KEYS[table]])), table=table, top=top, **values)
        return self.write(SET, table, None, top, values).id

    def edit(
        self, record: str, *, table: str = "problem", top: str | None = None, aud: tuple[str, ...] | None = None,
        **values: Value,
    ) -> str:  # fmt: skip
        """Fields of a record."""
        self.write(SET, table, record, top or record, values, aud)
        return record

    def void(self, record: str, day: str | None = "2024-06-30", *, table: str = "problem") -> Operation:
        return self.write(VOID, table, record, record, {"void": day})

    def remark(self, top: str, text: str) -> Operation:
        return self.write(REMARK, "remark", None, top, {"text": text})

    def grant(self, top: str, unit: str, of: list[str]) -> Operation:
        return self.write(GRANT, "grant", None, top, {"unit": unit, "of": of})

    def write(
        self, kind: str, table: str, record: str | None, top: str | None, values: Mapping[str, Value],
        aud: tuple[str, ...] | None = None, /, **changes: Any,
    ) -> Operation:  # fmt: skip
        """One operation; `changes` make it one that the program would not write."""
        global _made  # noqa: PLW0603 - ids must differ across disks
        _made += 1
        new = sha256(f"op {_made}".encode()).hexdigest()[:32]
        history = self.reduced(top) if top else None
        shown = history.records.get(record) if history and record else None
        fields = {
            name: (value, tuple(h.prefix for h in shown.heads.get(name, ())) if shown and kind in (SET, VOID) else ())
            for name, value in values.items()
        }
        main = history.records.get(history.top) if history else None
        after = tuple(h.prefix for n in ("void", *VERDICTS) for h in main.heads.get(n, ())) if main else ()
        judges = kind == VOID or any(name in VERDICTS for name in values)
        given: dict[str, Any] = {
            "id": new, "kind": kind, "table": table, "record": record or new, "top": top or record or new,
            "creates": record is None, "fields": fields, "aud": (self.unit,) if aud is None else aud,
            "lam": next_lam(history.lam if history else 0), "device": device(self.name), "user": "本机",
            "wall": "2024-06-15T09:00:00+08:00", "after": after,
            "saw": frozenset(o.prefix for o in self.of(top or new) if o.travels) if judges else None,
        }  # fmt: skip
        operation = Operation(**given | changes)
        self.knew[operation.id] = frozenset(self.held)
        self.held[operation.id] = operation
        return operation


def merged(top: str, *disks: Disk) -> Reduced:
    """What all disks together amount to."""
    return reduce(top, everything(*disks).of(top), WHO)


def everything(*disks: Disk) -> Disk:
    """A disk of the county's archive that holds what all others hold, local operations too."""
    all_of = Disk("county")
    for disk in disks:
        all_of.held |= disk.held
        all_of.knew |= disk.knew
    return all_of


def applied(reduced: Reduced, operation: str) -> set[str]:
    """The fields of an operation that are heads, or were: what is neither listed as held nor unknown."""
    return {f for r in reduced.records.values() for f, heads in r.heads.items() if operation in {h.id for h in heads}}


def why_held(reduced: Reduced, operation: str) -> dict[str, str]:
    """The fields of an operation that are held and not applied, with the reason."""
    return {h.field: h.why for h in reduced.held if h.operation == operation}


def a_value(known: Field, n: int = 1) -> Value:
    """A value that fits a field."""
    match known.type:
        case Type.TEXT | Type.LIST:
            return f"内容{n}"
        case Type.DATE:
            return f"2024-06-{n:02}"
        case Type.MONTH:
            return f"2024-{n:02}"
        case Type.NUMBER | Type.COUNT:
            return n
        case Type.CHOICE:
            return list(known.states)[n % len(known.states)]
        case Type.RECORD:
            return f"{n:032x}"
        case Type.HASH:
            return f"{n:064x}"
        case Type.FACTS:
            return [["", list(known.states)[n % len(known.states)]]]
